"""Text for terminals: tables, bars, and what to do without Unicode."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, TextIO

from obsqra_desktop.domain.decision import Decision, PoolVerdict, percent
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.record import DecisionRecord
from obsqra_desktop.domain.snapshot import Snapshot

ASCII: Final = str.maketrans(
    {
        "—": "-",
        "–": "-",
        "…": "...",
        "·": "|",
        "’": "'",
        "•": "*",
        "✓": "+",
        "✗": "x",
        "█": "#",
        "▒": "=",
        "░": ".",
        "─": "-",
        "→": "->",
        "×": "x",
        "−": "-",
    }
)
BAR: Final = 30
SHADES: Final = "█▒"
UNKNOWN: Final = "—"


def plain(text: str, stream: TextIO) -> str:
    """The text as the stream can show it."""
    try:
        text.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return text.translate(ASCII)
    return text


def table(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Columns as wide as needed; those in `right` are set flush right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        placed = (
            cell.rjust(width) if i in right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(placed).rstrip()

    return "\n".join([line(head), *(line(row) for row in rows)])


def bar(parts: Sequence[int], full: int = 100) -> str:
    """Parts of `full` side by side, in turning shades, the rest dotted."""
    cells, done = "", 0
    for number, part in enumerate(parts):
        done += part
        want = round(min(done, full) * BAR / full)
        cells += SHADES[number % 2] * (want - len(cells))
    return cells.ljust(BAR, "░")


def moment(at: int) -> str:
    """Unix seconds as UTC, to the minute."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def milliseconds(seconds: float) -> str:
    """A short duration."""
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def amount(bps: int | None) -> str:
    """Basis points as a percentage with two decimals, or unknown."""
    return UNKNOWN if bps is None else f"{bps / 100:.2f} %"


def origin(snapshot: Snapshot) -> str:
    """Where the metrics come from, in one line."""
    kinds = sorted(
        {
            getattr(pool.sources, name).kind.value
            for pool in snapshot.pools
            for name in type(pool.sources).model_fields
        }
    )
    if snapshot.chain is None or snapshot.block_number is None:
        place = f"no chain, taken {moment(snapshot.taken_at)}"
    else:
        place = f"{snapshot.chain} block {snapshot.block_number}"
        if snapshot.block_timestamp is not None:
            place += f", {moment(snapshot.block_timestamp)}"
    return f"Metrics  {', '.join(kinds)} ({place})"


def scores(snapshot: Snapshot, model: Model, decision: Decision) -> str:
    """Where the metrics come from, scores with their components, the model's words."""
    blocks = [origin(snapshot)]
    for pool, verdict in zip(snapshot.pools, decision.verdicts, strict=True):
        risk = verdict.risk
        word = model.class_name(verdict.model) + (" (flagged)" if verdict.model.flag else "")
        parts = (risk.util, risk.vol, risk.liquidity, risk.audit, risk.age)
        blocks.append(
            f"{pool.venue}  {pool.name}\n"
            f"  {bar(parts)}  risk {risk.score} of 100, {risk.label.value}\n"
            f"  use {risk.util} · swings {risk.vol} · depth {risk.liquidity} · "
            f"audit {risk.audit} · age {risk.age}    model says: {word}"
        )
    return "\n".join(blocks)


def standing(verdict: PoolVerdict) -> str:
    """Why a pool got what it got, in a few words."""
    if verdict.reasons:
        return "left out: " + "; ".join(reason.text for reason in verdict.reasons)
    return "at the cap" if verdict.capped else ""


def allocation(snapshot: Snapshot, decision: Decision) -> str:
    """The allocation with its idle share, or why there is none."""
    rows = [
        (f"{pool.venue}  {pool.name}", amount(verdict.allocation_bps), standing(verdict))
        for pool, verdict in zip(snapshot.pools, decision.verdicts, strict=True)
    ]
    if decision.feasible:
        rows.append(("Kept idle", amount(decision.idle_bps), ""))
    text = table(("Pool", "Share", ""), rows, right=(1,))
    if decision.feasible:
        return text
    reasons = "\n".join(f"  {reason.text}" for reason in decision.infeasible_reasons)
    return f"{text}\nThis policy allows no allocation:\n{reasons}"


def record_line(record: DecisionRecord) -> tuple[str, ...]:
    """One row of the list."""
    shares = " / ".join(
        UNKNOWN if one.allocation_bps is None else percent(one.allocation_bps)
        for one in record.allocation
    )
    return (record.id[:8], moment(record.created_at), record.decision, shares, record.status.words)
