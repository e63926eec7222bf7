"""Private money on its page: what is shown of a book, and where a step is. No Qt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.around import Around, Surroundings
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.mist.scan_report import ScanReport
from obsqra_desktop.services.mist.steps import MistDraft, MistPlan, MistResult

FRESH: Final = 120.0
"""Seconds for which a proved step is good to be confirmed; its fee gets old, not its proof."""
GONE: Final = frozenset({NoteState.SPENT, NoteState.VOID})
STATE_WORDS: Final = {
    NoteState.AWAITED: "awaited",
    NoteState.UNSPENT: "in the pool",
    NoteState.UNCHECKED: "in the pool, not checked",
    NoteState.SPENDING: "being spent",
    NoteState.SPENT: "spent",
    NoteState.VOID: "never came to be",
}
STATE_LOOKS: Final = {
    NoteState.AWAITED: ("plain", "hourglass"),
    NoteState.UNSPENT: ("good", "check-circle"),
    NoteState.UNCHECKED: ("warn", "warning"),
    NoteState.SPENDING: ("accent", "hourglass"),
    NoteState.SPENT: ("plain", "minus-circle-fill"),
    NoteState.VOID: ("plain", "prohibit"),
}


@dataclass(frozen=True)
class NoteFacts:
    """One note as the table shows it. Unknown is None."""

    note: HeldNote
    around: Around
    """How long it is there and among how many others, as of the last look."""

    @property
    def state(self) -> str:
        """In words."""
        words = STATE_WORDS[self.note.state]
        return f"{words}, frozen" if self.note.frozen else words


def note_facts(book: MistBook, everything: bool = False) -> tuple[NoteFacts, ...]:
    """The notes, newest first; those that are gone only on demand."""
    surroundings = Surroundings(book)
    return tuple(
        NoteFacts(one, surroundings.of(one))
        for one in reversed(book.notes)
        if everything or one.state not in GONE
    )


@dataclass(frozen=True)
class TokenSum:
    """What is in the pool of one token, in its smallest unit."""

    token: int
    seen: int
    """By the last look; what is being spent is still in it."""
    unchecked: int
    """Of notes that may be spent already: that could not be looked up yet."""


def totals(book: MistBook) -> tuple[TokenSum, ...]:
    """For each token of which there is anything, by address."""
    sums: dict[int, list[int]] = {}
    for one in book.notes:
        if one.held:
            sums.setdefault(one.token, [0, 0])[one.state is NoteState.UNCHECKED] += one.amount
    return tuple(TokenSum(token, *sums[token]) for token in sorted(sums))


def look_words(report: ScanReport) -> str:
    """What a look has shown that was not known before it. What one's own steps spent was: it is
    settled from the journal, so a figure for it, even none, would say something else."""

    def notes(count: int) -> str:
        return "1 note was" if count == 1 else f"{count} notes were"

    words = []
    if report.arrived:
        words.append(f"{notes(len(report.arrived))} seen in the pool for the first time.")
    if report.spent:
        known = "it was" if len(report.spent) == 1 else "they were"
        words.append(f"{notes(len(report.spent))} found spent, and {known} not known to be.")
    return " ".join(words) or "Nothing was found that was not known before."


def under_way(book: MistBook | None) -> bool:
    """Whether a step is open by the book: its transaction may have come to its end meanwhile."""
    open_ones = {NoteState.SPENDING, NoteState.AWAITED}
    return book is not None and any(one.state in open_ones for one in book.notes)


def to_take_out(book: MistBook) -> bool:
    """Whether there is a note to spend while none ever was."""
    spent = {NoteState.SPENT, NoteState.SPENDING}
    return any(one.state is NoteState.UNSPENT and not one.frozen for one in book.notes) and not any(
        one.state in spent for one in book.notes
    )


def seen_acting(book: MistBook | None) -> frozenset[int]:
    """Accounts that are known here to have put money into the pool or to have spent from it:
    everybody saw them act."""
    notes = book.notes if book is not None else ()
    spent = (one.owner for one in notes if one.state in {NoteState.SPENT, NoteState.SPENDING})
    paid = (one.depositor for one in notes if one.depositor is not None)
    return frozenset((*spent, *paid))


def put_in(book: MistBook | None, account: int) -> bool:
    """Whether an account is known here to have put money into the pool: what it withdraws points
    at its deposit, so what stays of its notes is better with a fresh one. What stays of any other
    account's stays with it: two withdrawals by it belong together, but the first STRK of a fresh
    one come from somewhere, and from an account of one's own would tell more."""
    notes = book.notes if book is not None else ()
    return any(one.depositor == account and one.state is not NoteState.VOID for one in notes)


class PrivateFlow:
    """Plan, proof, word: one confirmation sends once. Times are of a steady clock, in seconds."""

    def __init__(self) -> None:
        self.step = Step.CHOOSE
        self.plan: MistPlan | None = None
        self.draft: MistDraft | None = None
        self.result: MistResult | None = None
        self.working = False
        self._made_at = 0.0

    @property
    def emergency(self) -> bool:
        """Whether the step publishes the note's key."""
        return self.plan is not None and self.plan.action is MistAction.EMERGENCY

    def planned(self, plan: MistPlan) -> None:
        """What would be done, and how private it is; nothing is proved yet."""
        self._must(not self.working, "Something is being done.")
        self.step, self.plan, self.draft, self.result = Step.CHECK, plan, None, None

    def proved(self, draft: MistDraft, now: float) -> None:
        """Its proof and fee are there."""
        self._must(self.step is Step.CHECK and self.plan is not None, "There is no plan.")
        self.draft, self._made_at = draft, now

    def stale(self, now: float) -> bool:
        """Whether the fee that was shown is too old to be confirmed."""
        return self.draft is not None and not 0 <= now - self._made_at < FRESH

    def confirm(self, now: float) -> MistDraft:
        """The user's word; the draft to send. A second word for the same is refused."""
        draft = self.draft
        self._must(self.step is Step.CHECK and draft is not None, "There is nothing to send.")
        self._must(not self.stale(now), "The fee is too old.")
        assert draft is not None
        self.step, self.working = Step.DO, True
        return draft

    def sent(self, result: MistResult) -> None:
        """It is in the journal, or has moved on."""
        self._must(self.step is Step.DO, "Nothing is being sent.")
        self.result = result

    def ended(self) -> None:
        """Sending and following are over, for better or worse."""
        self._must(self.step is Step.DO, "Nothing is being sent.")
        self.working = False

    def back(self) -> None:
        """To the choices; not while it is being sent."""
        self._must(not self.working, "Something is being done.")
        self.step, self.plan, self.draft, self.result = Step.CHOOSE, None, None, None

    @staticmethod
    def _must(holds: bool, otherwise: str) -> None:
        if not holds:
            raise InvalidInput(otherwise)


class PrivateNeed(StrEnum):
    """What a newcomer's next step is, read off from what there is."""

    CHAIN = "chain"
    """The practice chain does not run."""
    ACCOUNT = "account"
    UNLOCK = "unlock"
    POOL = "pool"
    FUNDS = "funds"
    DEPLOY = "deploy"
    DEPOSIT = "deposit"
    TAKE_OUT = "take out"
    """A note is there, and none was ever spent: how that goes was not seen yet."""
    NOTHING = "nothing"


NEED_STEPS: Final = {
    PrivateNeed.CHAIN: 0,
    PrivateNeed.ACCOUNT: 0,
    PrivateNeed.UNLOCK: 0,
    PrivateNeed.POOL: 1,
    PrivateNeed.FUNDS: 2,
    PrivateNeed.DEPLOY: 2,
    PrivateNeed.DEPOSIT: 2,
    PrivateNeed.TAKE_OUT: 3,
    PrivateNeed.NOTHING: 3,
}
"""Steps as a newcomer sees them: account, pool, in, out."""


def private_need(
    account: Account | None,
    locked: bool,
    pool: bool,
    book: MistBook | None,
    balance: int | None,
    deployed: bool | None,
    *,
    running: bool = True,
) -> PrivateNeed:
    """What is missing; balance in fri, None for not known yet.

    Without a chain there is nothing to see. Then come keys that are locked: with them everything
    else may be there already.
    """
    if not running:
        return PrivateNeed.CHAIN
    if locked and account is not None:
        return PrivateNeed.UNLOCK
    if book is not None and book.notes:
        return PrivateNeed.TAKE_OUT if to_take_out(book) else PrivateNeed.NOTHING
    if account is None:
        return PrivateNeed.ACCOUNT
    if not pool:
        return PrivateNeed.POOL
    if balance == 0:
        return PrivateNeed.FUNDS
    return PrivateNeed.DEPLOY if deployed is False else PrivateNeed.DEPOSIT
