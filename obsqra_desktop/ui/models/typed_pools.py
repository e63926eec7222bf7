"""Pools typed by hand: from the words of a row to a pool, or to what is wrong with it. No Qt."""

import re
from dataclasses import dataclass, fields

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import MAX_POOLS, Pool, PoolMetrics
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.typed_pools import typed_pool, typed_snapshot
from obsqra_desktop.ui.format import whole_percent

PERCENT = re.compile(r"^[0-9]{1,3}(?:[.,][0-9]{1,2})?$")
WHOLE = re.compile(r"^[0-9]{1,5}$")


@dataclass
class Row:
    """What stands in one row, as typed."""

    venue: str = ""
    name: str = ""
    use: str = ""
    swings: str = ""
    depth: str = ""
    audit: str = ""
    age: str = ""
    apy: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, f.name).strip() for f in fields(self))


@dataclass(frozen=True)
class Fault:
    """A field of a row and what it must be."""

    field: str
    text: str


def percent_to_bps(text: str, most: int) -> int:
    """`65` or `65.25` as basis points, exactly; ValueError with the words to show."""
    words = f"a percentage from 0 to {whole_percent(most)}, at most two decimals"
    cleaned = text.strip().rstrip("%").strip()
    if not PERCENT.match(cleaned):
        raise ValueError(words)
    whole, _, rest = cleaned.replace(",", ".").partition(".")
    bps = int(whole) * 100 + int(rest.ljust(2, "0") or "0")
    if bps > most:
        raise ValueError(words)
    return bps


def whole_number(text: str, most: int) -> int:
    """A whole number from 0; ValueError with the words to show."""
    if not WHOLE.match(text.strip()) or int(text) > most:
        raise ValueError(f"a whole number from 0 to {most}")
    return int(text)


LABELS = {
    "venue": "Venue",
    "name": "Pool",
    "use": "Use",
    "swings": "Swings",
    "depth": "Depth",
    "audit": "Audit",
    "age": "Age",
    "apy": "Yield",
}


def parse_row(row: Row) -> Pool | list[Fault]:
    """One pool, or every fault of its row."""
    faults: list[Fault] = []

    def read(field: str, kind: str, most: int) -> int:
        try:
            text: str = getattr(row, field)
            return percent_to_bps(text, most) if kind == "%" else whole_number(text, most)
        except ValueError as error:
            faults.append(Fault(field, f"{LABELS[field]} must be {error}"))
            return 0

    faults += [
        Fault(field, f"{LABELS[field]} needs a name")
        for field in ("venue", "name")
        if not getattr(row, field).strip()
    ]
    metrics = PoolMetrics(
        utilization_bps=read("use", "%", 10_000),
        volatility_bps=read("swings", "%", 10_000),
        liquidity_tier=read("depth", "#", 3),
        audit_score=read("audit", "#", 100),
        age_days=read("age", "#", 30_000),
        apy_bps=read("apy", "%", 20_000),
    )
    if faults:
        return faults
    venue, name = row.venue.strip(), row.name.strip()
    try:
        return typed_pool(venue, name, metrics)
    except InvalidInput:
        return [Fault("name", "Names must be printable text of at most 64 characters")]


def parse_rows(rows: list[Row], taken_at: int) -> tuple[Snapshot | None, dict[int, list[Fault]]]:
    """The snapshot of all rows, or the faults by row number. Empty rows do not count."""
    faults: dict[int, list[Fault]] = {}
    pools: list[Pool] = []
    seen: set[int] = set()
    for number, row in enumerate(rows):
        if row.empty:
            continue
        parsed = parse_row(row)
        if isinstance(parsed, list):
            faults[number] = parsed
        elif parsed.id in seen:
            faults[number] = [Fault("name", "This venue and pool stand in a row above already")]
        else:
            seen.add(parsed.id)
            pools.append(parsed)
    if faults or not pools or len(pools) > MAX_POOLS:
        return None, faults
    return typed_snapshot(pools, taken_at), {}
