"""The words of an audit: who may see what, and what checks found."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class DisclosureLevel(StrEnum):
    """For whom a bundle is made: the more trusted the reader, the less is hidden."""

    PUBLIC = "public"
    AUDITOR = "auditor"
    OWNER = "owner"


class CheckState(StrEnum):
    """What one check found."""

    PASS = "PASS"  # noqa: S105 - no password
    FAIL = "FAIL"
    SKIPPED = "SKIPPED"


class BundleVerdict(StrEnum):
    """All checks together."""

    VALID = "VALID"
    PARTIAL = "PARTIAL"
    INVALID = "INVALID"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a bundle: what was looked at, what was found, and why."""

    name: str
    state: CheckState
    detail: str


def verdict(checks: Sequence[Check]) -> BundleVerdict:
    """VALID only when there are checks and nothing failed or was skipped."""
    states = {check.state for check in checks}
    if CheckState.FAIL in states or not states:
        return BundleVerdict.INVALID
    return BundleVerdict.PARTIAL if CheckState.SKIPPED in states else BundleVerdict.VALID
