"""Sending in three steps: choose, check, do. One confirmation sends once."""

from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.services.plans import Plan

FRESH: Final = 60.0
"""Seconds for which a plan is good to be confirmed."""


class Step(StrEnum):
    """Where one is."""

    CHOOSE = "choose"
    CHECK = "check"
    DO = "do"


class SendFlow:
    """Holds the plan between showing and sending it. Times are of a steady clock, in seconds."""

    def __init__(self) -> None:
        self.step = Step.CHOOSE
        self.plan: Plan | None = None
        self.record: TxRecord | None = None
        self.working = False
        self._made_at = 0.0

    def planned(self, plan: Plan, now: float) -> None:
        """A plan is there to be looked at."""
        self._must(self.step is not Step.DO, "A transaction is being sent.")
        self.step, self.plan, self.record, self._made_at = Step.CHECK, plan, None, now

    def stale(self, now: float) -> bool:
        """Whether the plan is too old to be confirmed as it stands."""
        return self.plan is not None and not 0 <= now - self._made_at < FRESH

    def confirm(self, now: float) -> Plan:
        """The user's word; the plan to send. A second word for the same plan is refused."""
        self._must(self.step is Step.CHECK and self.plan is not None, "There is no plan to send.")
        self._must(not self.stale(now), "The plan is too old.")
        assert self.plan is not None
        self.step, self.working = Step.DO, True
        return self.plan

    def moved(self, record: TxRecord) -> None:
        """It is in the journal, or its state has changed."""
        self._must(self.step is Step.DO, "Nothing is being sent.")
        self.record = record

    def ended(self) -> None:
        """Sending and following are over, for better or worse."""
        self._must(self.step is Step.DO, "Nothing is being sent.")
        self.working = False

    def back(self) -> None:
        """To the choices; not while it is being sent."""
        self._must(not self.working, "A transaction is being sent.")
        self.step, self.plan, self.record = Step.CHOOSE, None, None

    @staticmethod
    def _must(holds: bool, otherwise: str) -> None:
        if not holds:
            raise InvalidInput(otherwise)
