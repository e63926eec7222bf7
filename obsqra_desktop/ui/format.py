"""Numbers and times as people read them. Unknown is "—", never 0."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal, InvalidOperation

from obsqra_desktop.domain import spending
from obsqra_desktop.domain.amounts import STRK, format_amount

UNKNOWN = "—"
HIDDEN = "•••••"
FEE_PLACES = 4
THIN = "\u202f"  # narrow no-break space: groups digits, keeps a number and its unit together
AMOUNT = re.compile(
    r"^\s*(?P<number>[0-9][0-9\s\u202f'’]*(?:[.,][0-9]+)?)\s*(?P<unit>[A-Za-z]\w{0,11})?\s*$"
)


def percent(bps: int) -> str:
    """Basis points, exactly: 6500 is `65.00 %`."""
    return f"{bps // 100}.{bps % 100:02d}{THIN}%"


def whole_percent(bps: int) -> str:
    """`60 %` where nothing is lost by it, else two decimals."""
    return f"{bps // 100}{THIN}%" if bps % 100 == 0 else percent(bps)


def grouped(number: int) -> str:
    """`1 204`, with narrow spaces."""
    return f"{number:,}".replace(",", THIN)


def duration(seconds: float) -> str:
    """Milliseconds below a second, else seconds with one decimal."""
    if seconds < 0.001:
        return f"{seconds * 1000:.1f}{THIN}ms"
    return f"{seconds * 1000:.0f}{THIN}ms" if seconds < 1 else f"{seconds:.1f}{THIN}s"


def duration_words(seconds: int) -> str:
    """A rough age: `5 min`, `3 h`, `2 d`."""
    if seconds < 3600:
        return f"{max(0, seconds) // 60}{THIN}min"
    return f"{seconds // 3600}{THIN}h" if seconds < 86_400 else f"{seconds // 86_400}{THIN}d"


def size(count: int) -> str:
    """Bytes as KB (1000)."""
    return f"{count / 1000:.1f}{THIN}KB" if count >= 1000 else f"{count}{THIN}bytes"


def moment(unix: int | None) -> str:
    """Local date and time."""
    if unix is None:
        return UNKNOWN
    return datetime.fromtimestamp(unix).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def minute(unix: int | None) -> str:
    """The same without seconds."""
    return moment(unix).rpartition(":")[0] or UNKNOWN


def clock_time(unix: int | None) -> str:
    """Local time of day."""
    return (
        UNKNOWN if unix is None else datetime.fromtimestamp(unix).astimezone().strftime("%H:%M:%S")
    )


def breakable(path: str) -> str:
    """A path that wraps after its separators: zero-width spaces, so only to be read."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")


def listed(words: list[str], last: str) -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def at_most(fee: int) -> str:
    """A highest fee in STRK with four places, rounded up: it is never more than that."""
    return spending.at_most(fee)


def likely(fee: int) -> str:
    """A fee in STRK that is only likely: with four places, rounded; none that is paid is 0."""
    step = 10 ** (STRK.decimals - FEE_PLACES)
    rounded = (fee + step // 2) // step * step
    if fee and not rounded:
        return f"<{format_amount(step, STRK.decimals)} {STRK.symbol}"
    return f"{format_amount(rounded, STRK.decimals)} {STRK.symbol}"


@dataclass(frozen=True)
class Amount:
    """An amount that only this screen sees; it is neither proved nor stored."""

    value: Decimal
    unit: str

    def share(self, bps: int) -> str:
        """The part of it, rounded down to cents."""
        part = (self.value * bps / 10000).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
        return f"{part:,.2f}".replace(",", THIN)

    @property
    def figure(self) -> str:
        """The whole amount without its unit."""
        number = f"{self.value:,f}"
        return number.replace(",", THIN)


def parse_amount(text: str) -> Amount | None:
    """`2 500 USDC` or `0.5`; None for an empty text. Raises ValueError for anything else."""
    if not text.strip():
        return None
    match = AMOUNT.match(text)
    if match is None:
        raise ValueError(text)
    digits = re.sub(r"[\s\u202f'’]", "", match["number"]).replace(",", ".")
    try:
        return Amount(Decimal(digits), match["unit"] or "")
    except InvalidOperation as error:  # pragma: no cover - the pattern leaves only numbers
        raise ValueError(text) from error
