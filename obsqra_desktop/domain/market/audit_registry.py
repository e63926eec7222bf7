"""The audit score: a dated, itemised, sourced list, `resources/venues/audits.json`, scored by a
rubric that anyone can check and that a person may override on this computer.

Points, by whole numbers; a month is 30 days, counted to the head block's time:

    +60  the first independent audit of the full scope      +30  a second one
    +5   a public contest or bounty on this very code
    -2   for each month past 18 since the last full audit ended, at most -20
    -10  a material upgrade that was not audited again
    -15  not maintained                                     -10  an incident with users' funds

clamped to 0..100. Each kind but "month" counts once, "second audit" needs a first. Reports after
the head block do not count yet. An absent report is no proof that there is none: a score says
what is published, not what is safe.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import NotFound
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.pools import Note, SourceKind, Strict
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.snapshot import Unsigned

SCHEMA: Final = "obsqra/audits/1"
MAX_BYTES: Final = 256 * 1024
MONTH: Final = 30 * 86_400
FRESH_MONTHS: Final = 18
MONTHS: Final = "months"
"""Key of the line about the time since the last full audit."""
OWN: Final = "own"
"""Key of the one line that a person's own score has."""
Date = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class RowKind(StrEnum):
    """What a row of the registry is about."""

    FULL_AUDIT = "full_audit"
    PARTIAL_AUDIT = "partial_audit"
    """A part of the code: shown, without points."""
    CONTEST = "contest"
    UPGRADE = "upgrade"
    """A material upgrade; `settled` when an audit covers it."""
    UNMAINTAINED = "unmaintained"
    INCIDENT = "incident"
    OTHER_CODE = "other_code"
    """About code that this venue does not run: shown, without points."""


class AuditRow(Strict):
    """One dated fact with its source."""

    kind: RowKind
    date: Date = Field(description="when the work ended or the thing happened")
    timestamp: Unsigned = Field(description="that day, 00:00 UTC")
    title: Note
    findings: Note | None = None
    commit: Annotated[str, Field(pattern=r"^[0-9a-f]{7,40}$")] | None = None
    report_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="of the report's file; null where the file was not at hand"
    )
    settled: bool = False
    source: Note

    @model_validator(mode="after")
    def _date_is_the_time(self) -> Self:
        if _midnight(self.date) != self.timestamp:
            raise ValueError("timestamp is not the date's midnight, UTC")
        return self

    @property
    def key(self) -> str:
        """Names this fact wherever it stands in the list: kind, date, and a mark of its title."""
        mark = hashlib.sha256(self.title.encode()).hexdigest()[:8]
        return f"{self.kind}/{self.date}/{mark}"


class VenueAudits(Strict):
    """All that is known of one venue's code."""

    venue: VenueId
    note: Note
    rows: tuple[AuditRow, ...] = Field(max_length=64)


class AuditOverride(Strict):
    """A person's own score for a venue, recorded in the snapshot and marked as entered."""

    venue: VenueId
    score: int = Field(ge=0, le=100)
    reason: Note
    entered_at: Unsigned


class AuditRegistry(Strict):
    """The shipped rows and the person's overrides. The evidence keeps it whole."""

    schema_id: Literal["obsqra/audits/1"] = Field(default=SCHEMA, alias="schema")
    compiled: Date
    venues: tuple[VenueAudits, ...] = Field(max_length=16)
    overrides: tuple[AuditOverride, ...] = Field(default=(), max_length=16)

    @model_validator(mode="after")
    def _once(self) -> Self:
        for names in ([one.venue for one in self.venues], [one.venue for one in self.overrides]):
            if len(set(names)) != len(names):
                raise ValueError("a venue comes twice")
        return self

    @classmethod
    def parse(cls, raw: bytes) -> "AuditRegistry":
        """Read a registry strictly; raises InvalidInput."""
        return strict_json.parse(cls, raw, what="the audits", schema=SCHEMA, limit=MAX_BYTES)

    def canonical(self) -> bytes:
        """RFC 8785 bytes, as the evidence keeps them."""
        return strict_json.canonical(strict_json.document(self))

    def overridden(self, override: AuditOverride) -> "AuditRegistry":
        """With this override in place of an earlier one of the venue."""
        others = tuple(one for one in self.overrides if one.venue is not override.venue)
        return self.model_copy(update={"overrides": (*others, override)})

    def override(self, venue: VenueId) -> AuditOverride | None:
        """The person's own score, if there is one."""
        return next((one for one in self.overrides if one.venue is venue), None)

    def rows(self, venue: VenueId) -> tuple[AuditRow, ...]:
        """What is known of a venue, by date."""
        found = next((one.rows for one in self.venues if one.venue is venue), ())
        return tuple(sorted(found, key=lambda one: one.timestamp))

    def score(self, venue: VenueId, head_time: int) -> "AuditScore | None":
        """The venue's score at the head block; None if the registry does not know the venue."""
        own = self.override(venue)
        if own is not None:
            return AuditScore(
                own.score, SourceKind.ENTERED, (AuditItem(OWN, own.score, own.reason),)
            )
        if all(one.venue is not venue for one in self.venues):
            return None
        rows = [one for one in self.rows(venue) if one.timestamp <= head_time]
        items = tuple(_items(rows, head_time))
        total = sum(one.points for one in items)
        return AuditScore(min(100, max(0, total)), SourceKind.ASSUMED, items)


@dataclass(frozen=True)
class AuditItem:
    """One line of the sum; `key` names what it is about, not where it stands."""

    key: str
    points: int
    words: str
    source: str = ""


@dataclass(frozen=True)
class AuditScore:
    """0..100, and the lines that it is the clamped sum of."""

    score: int
    kind: SourceKind
    """ASSUMED: from the registry, which no chain confirms; ENTERED: overridden."""
    items: tuple[AuditItem, ...]


def months_late(ended: int, head_time: int) -> int:
    """Whole months past the eighteenth since an audit ended."""
    return max(0, (head_time - ended) // MONTH - FRESH_MONTHS)


def _items(rows: list[AuditRow], head_time: int) -> list[AuditItem]:
    items: list[AuditItem] = []
    full = [one for one in rows if one.kind is RowKind.FULL_AUDIT]
    for points, row in zip((60, 30), full, strict=False):
        items.append(_item(row, points))
    if full:
        late = months_late(full[-1].timestamp, head_time)
        if late:
            words = f"{late} months past 18 since the last full audit"
            items.append(AuditItem(MONTHS, -min(20, 2 * late), words))
    once = ((RowKind.CONTEST, 5), (RowKind.UPGRADE, -10), (RowKind.UNMAINTAINED, -15))
    for kind, points in (*once, (RowKind.INCIDENT, -10)):
        found = [one for one in rows if one.kind is kind and not one.settled]
        if found:
            items.append(_item(found[-1], points))
    return items


def _item(row: AuditRow, points: int) -> AuditItem:
    return AuditItem(row.key, points, f"{row.title}, {row.date}", row.source)


def _midnight(date: str) -> int:
    """Unix seconds of a day's beginning in UTC (days from civil, Hinnant); -1 for no real day."""
    year, month, day = (int(part) for part in date.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if day > longest:
        return -1
    shifted = year - (month <= 2)
    era_year = shifted % 400
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = era_year * 365 + era_year // 4 - era_year // 100 + day_of_year
    return (shifted // 400 * 146_097 + day_of_era - 719_468) * 86_400


def shipped_audits() -> AuditRegistry:
    """The registry that the program ships with."""
    path = resource_root() / "venues" / "audits.json"
    if not path.is_file():
        raise NotFound("the audit registry is missing from this installation")
    return AuditRegistry.parse(path.read_bytes())
