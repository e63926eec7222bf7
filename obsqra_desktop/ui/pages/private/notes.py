"""What is asked of private money on its page: a deposit, what becomes of a note, a request."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, SignalInstance

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook
from obsqra_desktop.flows.private import put_in, seen_acting
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.steps import MistPlan
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.pages.private.step import StepWork
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.private.overview import OverviewView
from obsqra_desktop.ui.widgets.private.owners import choose_owner, fill_owners, name_of
from obsqra_desktop.ui.widgets.private.spend import Wanted

T = TypeVar("T")


class Host(Protocol):
    """The page, as far as it is needed here."""

    account: Account | None
    accounts: tuple[Account, ...]
    book: MistBook | None
    tokens: tuple[Token, ...]

    @property
    def practice(self) -> bool: ...
    @property
    def said(self) -> SignalInstance: ...
    @property
    def keys_changed(self) -> SignalInstance: ...
    def refresh(self) -> None: ...
    def read_accounts(self) -> None: ...
    def show_book(self, book: MistBook | None) -> None: ...
    def deploy(self, account: Account, done: Callable[[], None], button: Button) -> None: ...
    def run_task(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        button: Button | None = None,
        busy: str = "",
        misfit: Callable[[InvalidInput], None] | None = None,
    ) -> None: ...


class NoteWork(QObject):
    """Each verb of the notes, the forms and the requests; nothing of it sends."""

    def __init__(self, host: Host, view: OverviewView, money: MistMoney, steps: StepWork) -> None:
        super().__init__()
        self._host, self._view, self._money, self._steps = host, view, money, steps
        self._undeployed: Account | None = None
        view.notes.chosen.connect(self._on_chosen)
        view.notes.labelled.connect(self._on_labelled)
        view.notes.frozen.connect(self._on_frozen)
        view.deposit.wanted.connect(self.plan_deposit)
        view.deposit.account_button.clicked.connect(
            lambda: self.new_account(view.deposit.owner, view.deposit.account_button)
        )
        view.spend.fresh.button.clicked.connect(
            lambda: self.new_account(view.spend.owner, view.spend.fresh.button)
        )
        view.spend.fees.said.connect(self._on_fees)
        view.spend.wanted.connect(self.plan_spend)
        view.spend.closed.connect(view.notes.clear_choice)
        view.spend.undeployed.button.clicked.connect(self.deploy_sender)
        view.requests.wanted.connect(self.make_request)
        view.requests.again.connect(self.show_request)
        view.waiting.go.connect(self.plan_waiting)
        view.waiting.drop.connect(self.drop_waiting)

    # --- notes ---

    def _on_chosen(self, held: HeldNote | None) -> None:
        there = held is not None and held.held
        self._view.spend.setVisible(there)
        if held is not None and there:
            tokens = self._host.tokens
            words = amount_text(held.token, held.amount, self._steps.hide_amounts, tokens)
            known = known_token(held.token, tokens)
            places = known.decimals if known is not None else 0
            moves = put_in(self._host.book, held.owner)
            self._view.spend.show_note(held, words, self._host.accounts, places, put_in=moves)
            self._view.spend.show_seen(seen_acting(self._host.book))
            names = {one.address: name_of(one) for one in self._host.accounts}
            said = self._host.book.funding if self._host.book is not None else ()
            apart = next((one.apart for one in said if one.account == held.owner), None)
            name = names.get(held.owner) or self.tr("An account whose key is not here")
            self._view.spend.show_sender(name, apart, self._host.practice)

    def _on_labelled(self, note: str, words: str) -> None:
        work = self._money.edit_note(None, note, label=words)
        self._host.run_task(work, self._host.show_book, self._view.notes.save)

    def _on_frozen(self, note: str, on: bool) -> None:
        self._host.run_task(self._money.edit_note(None, note, frozen=on), self._host.show_book)

    def _on_fees(self, apart: bool) -> None:
        held = self._view.spend.held
        if held is not None:
            work = self._money.say_funding(None, held.owner, apart=apart)
            self._host.run_task(work, self._host.show_book)

    def new_account(self, owner: Select, button: Button) -> None:
        """Its key follows from the secret; it has to be funded and deployed before it can spend."""

        def done(account: Account) -> None:
            self._host.said.emit(self.tr("{0} is made").format(name_of(account)))
            self._host.keys_changed.emit()
            self._host.refresh()
            fill_owners(owner, self._host.accounts, account.address)
            choose_owner(owner, account.address)

        self._host.run_task(self._money.new_account(), done, button, self.tr("Making it…"))

    # --- steps ---

    def plan_deposit(
        self, token: Token, amount: int, owner: int | None, request: str | None, words: str
    ) -> None:
        """Money in."""
        if self._host.account is not None:
            plan = self._money.plan_deposit
            work = plan(self._host.account, token, amount, owner, request, words)
            button = self._view.deposit.button
            misfit = self._view.deposit.show_problem
            looking = self.tr("Looking at the pool…")
            self._host.run_task(
                work, lambda one: self._steps.begin(one, request or ""), button, looking, misfit
            )

    def plan_spend(self, wanted: Wanted, words: str) -> None:
        """Divide the note that is chosen, now or after new leaves."""
        held, button = self._view.spend.held, self._view.spend.button
        misfit = self._view.spend.show_problem
        if held is None:
            return
        if wanted.after_leaves is None:
            work = self._planned(wanted, held.id, words)
            looking = self.tr("Looking at the pool…")
            self._host.run_task(
                work, lambda one: self.begin(one, wanted.request or ""), button, looking, misfit
            )
            return
        kept = self._keep(wanted, wanted.after_leaves, held.id, words)
        self._host.run_task(kept, self._on_kept, button, self.tr("Keeping…"), misfit)

    def begin(self, plan: MistPlan, request: str = "") -> None:
        """Its check; or, where its sender cannot send yet, the way to that, beside the note."""
        if plan.sender_there:
            self._steps.begin(plan, request)
            return
        self._undeployed = plan.account
        if plan.note is not None:
            self._view.notes.choose(plan.note.id)
        notice = self._view.spend.undeployed
        notice.show_sender(name_of(plan.account), self._host.practice)
        self._view.show_part(notice)

    def deploy_sender(self) -> None:
        """On the practice chain at once; elsewhere on the Account page, which names the fee."""
        account, notice = self._undeployed, self._view.spend.undeployed
        if account is not None:
            self._host.deploy(account, notice.hide, notice.button)

    async def _planned(self, wanted: Wanted, note: str, words: str) -> MistPlan:
        """The plan; a fresh owner of what stays is made now, or one that has done nothing yet is
        taken. Going back leaves it to the next plan."""
        if wanted.fresh:
            account = await self._money.spare_account()
            wanted = replace(wanted, owner=account.address)
            self._host.read_accounts()
        return await self._steps.planned(wanted, note, words)

    async def _keep(self, wanted: Wanted, leaves: int, note: str, words: str) -> MistPlan:
        """Keep it for later; what it were now, with its level. What cannot be planned now is not
        kept."""
        now = await self._planned(wanted, note, words)
        await self._money.keep_waiting(now, leaves)
        return now

    def _on_kept(self, now: MistPlan) -> None:
        told = self.tr("It waits, also while this program is closed. Done now it were {0}.")
        self._host.said.emit(told.format(now.privacy.level.label))
        self._view.spend.wait.setChecked(False)
        self._view.notes.clear_choice()
        self._host.refresh()

    def plan_waiting(self, plan: str) -> None:
        """What has waited long enough becomes a step like any other."""
        self._host.run_task(self._money.plan_waiting(None, plan), self.begin)

    def drop_waiting(self, plan: str) -> None:
        """Give it up."""
        self._host.run_task(self._money.drop_waiting(None, plan), lambda _: self._host.refresh())

    # --- requests ---

    def make_request(
        self, owner: int | None, token: Token | None, amount: int | None, words: str
    ) -> None:
        """A text that carries a note's secret and nothing else."""

        def done(given: GivenRequest) -> None:
            self._view.requests.show_request(given)
            self._host.refresh()

        if owner is not None:
            work = self._money.new_request(None, owner, token, amount, label=words)
            self._host.run_task(work, done, self._view.requests.button, self.tr("Making it…"))

    def show_request(self, request: str) -> None:
        """Once more."""
        work = self._money.request_again(None, request)
        self._host.run_task(work, self._view.requests.show_request)
