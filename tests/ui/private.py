"""Private money as the window sees it, answered by hand; and the scenes that are looked at."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from obsqra_desktop.app import Services
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, STRK, Token, format_amount
from obsqra_desktop.domain.chain_errors import SendUncertain, VaultLocked
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError, Cancelled
from obsqra_desktop.domain.mist.copy import NO_COPY, CopyKind, CopyState
from obsqra_desktop.domain.mist.counts import CountedAmount, CountedDeposits
from obsqra_desktop.domain.mist.entries import HandOver, PaymentRequest, PlanKind, WaitingPlan
from obsqra_desktop.domain.mist.errors import PoolChanged
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark, FundingWord, MissingPart, ScanState
from obsqra_desktop.domain.mist.merge import implausible
from obsqra_desktop.domain.mist.note import SpendPhase, SpendTiming
from obsqra_desktop.domain.mist.pool import TRUST_NOTES, KnownPool, PoolIdentity
from obsqra_desktop.domain.mist.privacy import MistAction, Situation, assess
from obsqra_desktop.privacy.request import write_request
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import MarketPhase, OnPhase
from obsqra_desktop.services.mist.backup import Backup, CopyUse, Restored
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport, OnDeep
from obsqra_desktop.services.mist.desk import Overview
from obsqra_desktop.services.mist.giving import GivenRequest, Imported
from obsqra_desktop.services.mist.scan_report import OnScan, ScanPhase, ScanProgress, ScanReport
from obsqra_desktop.services.mist.steps import (
    MistDraft,
    MistPhase,
    MistPlan,
    MistResult,
    MistStep,
    PoolStanding,
    WaitView,
)
from obsqra_desktop.ui.widgets.private.spend import ACTIONS
from obsqra_desktop.ui.window import PRIVATE
from tests.parts import exchanged
from tests.ui.conftest import Driver
from tests.ui.wallet import FRIEND, NOW, Wallet

ONE = 10**18
WORDS = "four words are enough"
FIRST = f"{1:012x}"
USDC = Token(
    "USDC.e", "USDC.e", 0x053C91253BC9682C04929CA02ED00B3E423F6710D2EE7E0D5EBB06F3ECF368A8, 6
)
NAMELESS = 0x05A6B68181BB48501A7A447A3F99936827E41D77114728960F22892F02E24928
POOL = 0x6F8C0C1E0D1B2A394857667584930A1B2C3D4E5F60718293A4B5C6D7E8F44
PRACTICE = 0x534E5F5345504F4C4941
TRUSTED = PoolIdentity(0xC1A55, 0x7E51F1E4, 0x0E4, 0x7E51C1A55)
SECRET = 0x1234567890ABCDEF1234567890ABCDEF1234567890ABCDEF1234567890AB
BAD = Situation(MistAction.WITHDRAW, False, True, 0, 0, True, True, True, False, leaves_among=0)
MIDDLE = replace(
    Situation(MistAction.WITHDRAW, True, False, 40, 40, False, True, False, True), leaves_among=40
)
GOOD = replace(MIDDLE, owner_seen=False)


def request_text(secret: int) -> str:
    """A payment request for the pool of these pictures."""
    return write_request(secret, PRACTICE, POOL)


def note(number: int, amount: int, owner: int, **words: object) -> HeldNote:
    """One that is in the pool."""
    return HeldNote.model_validate(
        {
            "id": f"{number:012x}",
            "index": number,
            "owner": owner,
            "token": STRK.address,
            "amount": amount,
            "leaf": 1000 + number,
            "origin": NoteOrigin.DEPOSIT,
            "state": NoteState.UNSPENT,
            "made_at": NOW,
            "position": number,
            **words,
        }
    )


def scanned(leaves: int) -> ScanState:
    """A look that has ended."""
    block = BlockMark(number=1204, hash=0xB10C)
    return ScanState(
        leaves=leaves,
        root=7,
        digest="0" * 64,
        block=block,
        at=NOW,
        history=(block,),
        own=(1, 2, 30),
    )


@dataclass
class HandMist:
    """Implements what the page calls of MistDesk and MistMoney, and makes pools."""

    wallet: Wallet
    pool: bool = True
    book: MistBook | None = None
    identity: PoolIdentity = TRUSTED
    misfit: AppError | None = None
    """What planning says to whatever is asked."""
    trusted: PoolIdentity | None = TRUSTED
    leaves: int = 48
    ready: bool = False
    situation: Situation = MIDDLE
    error: AppError | None = None
    """What the next question about the pool meets."""
    tokens: tuple[Token, ...] = KNOWN_TOKENS
    """Those that have names."""
    far: bool = False
    """Whether a backup's counters are far beyond all that is known."""
    copy: CopyState = NO_COPY
    """Of the notes, beside the last backup."""
    use: CopyUse = field(default_factory=lambda: CopyUse(False))
    """What comes of it when a backup is restored."""
    left_out: tuple[str, ...] = ()
    """What a backup cannot bring back."""
    held: dict[int, int] = field(default_factory=dict)
    """What every account has of other tokens than STRK and ETH, by their addresses."""
    refusal: AppError | None = None
    """What proving or sending meets."""
    settled: MistBook | None = None
    """The book after open steps were looked at, if that changes it."""
    damage: AppError | None = None
    """What the key data is met with."""
    asked: list[tuple[object, ...]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    # --- the desk ---

    async def overview(self, network_id: str | None = None) -> Overview:
        network = await self.wallet.services.networks.resolve(network_id)
        if self.pool and self.wallet.services.accounts.vault_state().locked:
            raise VaultLocked("Your keys are locked.")
        book = self.book if self.pool else None
        return Overview(network, self.pool, book, self.tokens, self.copy)

    async def check_proofs(self) -> None:
        if self.damage is not None:
            raise self.damage

    async def standing(self, network_id: str | None = None) -> PoolStanding:
        if self.error is not None:
            raise self.error
        network = await self.wallet.services.networks.resolve(network_id)
        pool = KnownPool(chain="SN_SEPOLIA", address=POOL, name="Practice pool", source="a test")
        node, notes = "127.0.0.1:5050", TRUST_NOTES
        return PoolStanding(
            network, pool, self.identity, self.trusted, None, self.leaves, 1204, node, notes
        )

    async def waiting(self, network_id: str | None = None) -> tuple[WaitView, ...]:
        assert self.book is not None
        self.asked.append(("waiting",))
        return tuple(
            WaitView(
                one.id,
                f"Withdraw part of note {one.note[:6]}",
                one.note,
                10 if self.ready else 3,
                one.leaves_wanted,
                self.ready,
            )
            for one in self.book.plans
        )

    async def scan(
        self,
        network_id: str | None = None,
        *,
        everything: bool = False,
        progress: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> ScanReport:
        self.asked.append(("scan", everything))
        progress(ScanProgress(ScanPhase.HISTORY, 12, 40))
        await self.gate.wait()
        assert self.book is not None
        self.book = self.book.model_copy(update={"scan": scanned(self.leaves)})
        gap = "127.0.0.1:5050 does not tell about old blocks." if self.leaves == 1 else ""
        arrived = tuple(one.id for one in self.book.notes)
        return ScanReport(
            self.book, 1204, NOW, "127.0.0.1:5050", self.leaves, 1, arrived, (), False, not gap, gap
        )

    async def search_deeper(
        self,
        network_id: str | None = None,
        *,
        digits: int,
        progress: OnDeep = lambda _: None,
        looking: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> DeepReport:
        self.asked.append(("search", digits))
        assert self.book is not None
        progress(DeepProgress(self.book.missing[0], 1, 2, digits, 1_310_720, 6_666_648))
        await self.gate.wait()
        if cancel is not None and cancel.cancelled:
            raise Cancelled("The search was stopped. It goes on from here the next time.")
        looking(ScanProgress(ScanPhase.HISTORY, 12, 40))
        found, left = self.book.notes[:1], self.book.missing[1:]
        left = tuple(one.model_copy(update={"digits": digits}) for one in left)
        self.book = self.book.model_copy(update={"missing": left})
        return DeepReport(self.book, found, digits)

    def _change(self, wanted: str, **words: object) -> MistBook:
        assert self.book is not None
        notes = tuple(
            one.model_copy(update=words) if one.id == wanted else one for one in self.book.notes
        )
        self.book = self.book.model_copy(update={"notes": notes})
        return self.book

    async def edit_note(
        self,
        network_id: str | None,
        wanted: str,
        label: str | None = None,
        frozen: bool | None = None,
    ) -> MistBook:
        words: dict[str, object] = {"label": label, "frozen": frozen}
        return self._change(wanted, **{key: one for key, one in words.items() if one is not None})

    async def copy_state(self) -> CopyState:
        return self.copy

    async def keep_copy(self, *, on: bool) -> CopyState:
        self.asked.append(("keep_copy", on))
        self.copy = replace(self.copy, kind=CopyKind.CURRENT if on else CopyKind.OFF)
        return self.copy

    async def back_up(self, path: Path, passphrase: str, *, with_copy: bool) -> Backup:
        self.asked.append(("back_up", path, passphrase, with_copy))
        assert self.book is not None
        ids = tuple(one.id for one in self.book.notes)
        self.book = self.book.model_copy(update={"backed_up": NOW, "backed_up_notes": ids})
        return Backup(b"", (self.book,), len(ids), (), self.left_out)

    async def restore(
        self, path: Path, passphrase: str, *, trust_counters: bool = False
    ) -> Restored:
        self.asked.append(("restore", path, passphrase, trust_counters))
        if self.far and not trust_counters:
            raise implausible("4,000 keys", 7)
        assert self.book is not None
        return Restored((self.book,), len(self.book.notes), NOW, (), (), self.use)

    async def take_in(self, network_id: str | None, path: Path, passphrase: str) -> Imported:
        assert self.book is not None
        return Imported(self.book.notes[0], False, True, True)

    async def hand_over(
        self, network_id: str | None, wanted: str, path: Path, passphrase: str
    ) -> str:
        self.asked.append(("hand_over", wanted, path, passphrase))
        assert self.book is not None
        done = tuple(one.model_copy(update={"handed_over": True}) for one in self.book.handovers)
        self.book = self.book.model_copy(update={"handovers": done})
        return path.name

    # --- money ---

    async def new_account(self) -> Account:
        return await self.wallet.account("private 1", fund=0, deployed=False)

    async def spare_account(self) -> Account:
        self.asked.append(("spare",))
        accounts = self.wallet.services.accounts
        before = accounts.selected(self.wallet.services.networks.network().id)
        made = await self.wallet.account("private 1", fund=0, deployed=False)
        assert before is not None
        accounts.select(before)  # the one in use stays the one in use
        return made

    async def say_funding(self, network_id: str | None, account: int, *, apart: bool) -> MistBook:
        self.asked.append(("fees", account, apart))
        if self.refusal is not None:
            raise self.refusal
        assert self.book is not None
        word = FundingWord(account=account, apart=apart, at=NOW)
        self.book = self.book.model_copy(update={"funding": (word,)})
        return self.book

    async def _plan(
        self, action: MistAction, *words: object, amount: int, label: str = ""
    ) -> MistPlan:
        self.asked.append((action, *words))
        if self.misfit is not None:
            raise self.misfit
        account = self.wallet.services.accounts.selected("practice")
        assert account is not None
        held = self.book.notes[0] if self.book is not None and self.book.notes else None
        situation = replace(self.situation, action=action)
        spent = held if action is not MistAction.DEPOSIT else None
        stays = spent.amount - amount if spent is not None else amount
        warnings = ("This publishes the note’s key.",) if action is MistAction.EMERGENCY else ()
        title = f"{action.value.capitalize()} {amount // ONE} STRK"
        return MistPlan(
            action,
            await self.standing(),
            account,
            STRK,
            amount,
            spent,
            stays,
            account.address,
            None,
            label,
            title,
            situation,
            assess(situation),
            warnings,
            sender_there=account.address in self.wallet.ledger.deployed,
        )

    async def plan_deposit(
        self,
        account: Account,
        token: Token,
        amount: int,
        owner: int | None = None,
        request: str | None = None,
        label: str = "",
    ) -> MistPlan:
        plan = await self._plan(
            MistAction.DEPOSIT, owner, request, label, amount=amount, label=label
        )
        if token == STRK:
            return plan
        self.asked.append(("token", token.symbol, amount))
        shown = f"Deposit {format_amount(amount, token.decimals)} {token.symbol}"
        return replace(plan, token=token, title=shown)

    async def balance(self, account: Account, token: Token) -> int:
        self.asked.append(("balance", account.label, token.symbol))
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.held.get(token.address, 0)

    async def plan_withdraw(
        self, network_id: str | None, wanted: str, amount: int | None, owner: int | None, words: str
    ) -> MistPlan:
        whole, action = 5 * ONE, MistAction.WITHDRAW
        return await self._plan(action, wanted, amount, amount=amount or whole, label=words)

    async def plan_rewrap(
        self, network_id: str | None, wanted: str, owner: int | None, words: str
    ) -> MistPlan:
        return await self._plan(MistAction.REWRAP, wanted, owner, amount=5 * ONE)

    async def plan_split(
        self, network_id: str | None, wanted: str, amount: int, owner: int | None, words: str
    ) -> MistPlan:
        return await self._plan(MistAction.SPLIT, wanted, amount, amount=amount)

    async def plan_forward(
        self,
        network_id: str | None,
        wanted: str,
        request: str,
        amount: int | None,
        owner: int | None,
        words: str,
    ) -> MistPlan:
        return await self._plan(MistAction.FORWARD, wanted, request, amount, amount=amount or 1)

    async def plan_emergency(self, network_id: str | None, wanted: str) -> MistPlan:
        return await self._plan(MistAction.EMERGENCY, wanted, amount=5 * ONE)

    async def plan_waiting(self, network_id: str | None, plan: str) -> MistPlan:
        return await self._plan(MistAction.WITHDRAW, plan, None, amount=2 * ONE)

    async def drop_waiting(self, network_id: str | None, plan: str) -> None:
        self.asked.append(("drop", plan))
        assert self.book is not None
        self.book = self.book.model_copy(update={"plans": ()})

    async def keep_waiting(self, plan: MistPlan, leaves: int) -> WaitView:
        assert plan.note is not None
        self.asked.append(("wait", plan.action, plan.note.id, leaves, plan.amount, plan.label))
        return WaitView("0" * 12, "Withdraw", plan.note.id, 0, leaves, False)

    async def prepare(
        self, plan: MistPlan, on_phase: Callable[[MistPhase], None], cancel: CancelToken
    ) -> MistDraft:
        proved = plan.action not in {MistAction.DEPOSIT, MistAction.EMERGENCY}
        on_phase(MistPhase(MistStep.READING))
        if proved:
            on_phase(MistPhase(MistStep.PROVING))
            on_phase(MistPhase(MistStep.PROVING, SpendTiming(SpendPhase.WITNESS, 0.12)))
        while not self.gate.is_set():
            if cancel.cancelled:
                raise Cancelled("Stopped. Nothing was sent.")
            await asyncio.sleep(0.005)
        on_phase(MistPhase(MistStep.SIMULATING))
        if self.refusal is not None:
            raise self.refusal
        plans = self.wallet.services.sending.plan_transfer
        sending = await plans(plan.account, int(FRIEND, 16), STRK, ONE, "")
        seconds = 0.92 if proved else None
        return MistDraft(plan, sending, (), None, None, None, 7, seconds, 1 if proved else 0)

    async def send(self, draft: MistDraft, on_phase: Callable[[MistPhase], None]) -> MistResult:
        self.asked.append(("send", draft.plan.title))
        for step in (MistStep.CHECKING, MistStep.SIGNING, MistStep.WRITING, MistStep.SENDING):
            on_phase(MistPhase(step))
            if isinstance(self.refusal, SendUncertain) and step is MistStep.SENDING:
                raise self.refusal
        record = await self.wallet.services.sending.send(draft.sending)
        return MistResult(draft.plan, record, (), None, 1)

    async def follow(self, result: MistResult) -> MistResult:
        record = await self.wallet.services.sending.track(result.record.id)
        return replace(result, record=record)

    async def settle(self, network_id: str | None = None) -> MistBook:
        self.asked.append(("settle",))
        assert self.book is not None
        if self.settled is not None:
            self.book = self.settled
        return self.book

    async def trust(self, found: PoolIdentity) -> None:
        if found != self.identity:
            raise PoolChanged("It has changed again since it was shown. Nothing was kept.")
        self.asked.append(("trust", found))
        self.trusted = found

    async def new_request(
        self,
        network_id: str | None,
        owner: int,
        token: Token | None = None,
        amount: int | None = None,
        *,
        label: str = "",
    ) -> GivenRequest:
        made = PaymentRequest(
            id="ab" * 6,
            index=30,
            owner=owner,
            secret=SECRET,
            token=token.address if token is not None else None,
            amount=amount,
            label=label,
            made_at=NOW,
        )
        assert self.book is not None
        self.book = self.book.model_copy(update={"requests": (made,)})
        return GivenRequest(made, request_text(SECRET), "Practice chain")

    async def request_again(self, network_id: str | None, request: str) -> GivenRequest:
        assert self.book is not None
        return GivenRequest(self.book.requests[0], request_text(SECRET), "Practice chain")

    # --- the practice pool ---

    async def make(
        self, on_phase: OnPhase | None = None, cancel: CancelToken | None = None
    ) -> object:
        assert on_phase is not None
        assert cancel is not None
        on_phase(MarketPhase("Declaring the pool's contracts"))
        while not self.gate.is_set():
            if cancel.cancelled:
                raise Cancelled("Stopped. Nothing was sent.")
            await asyncio.sleep(0.005)
        self.pool = True
        return None


def services_with(wallet: Wallet, hand: HandMist) -> Services:
    """The wallet's, and private money by hand."""
    return exchanged(wallet.services, private=hand, money=hand, practice_private=hand)


def rich_book(main: int, other: int) -> MistBook:
    """Notes in every state, a request, a hand-over and a plan."""
    return MistBook(
        chain_id=PRACTICE,
        pool=POOL,
        next_index=40,
        notes=(
            note(1, 5 * ONE, main, label="Savings", seen_at=NOW),
            note(2, 2 * ONE, other, frozen=True),
            note(3, ONE // 2, main, state=NoteState.AWAITED, position=None),
            note(4, 10 * ONE, main, state=NoteState.SPENDING),
            note(5, 7 * ONE, main, state=NoteState.SPENT, origin=NoteOrigin.CHANGE),
            note(6, 1_234_567 * ONE // 1000, main, state=NoteState.UNCHECKED),
        ),
        requests=(
            PaymentRequest(
                id="cd" * 6, index=31, owner=main, secret=SECRET, label="Rent", made_at=NOW
            ),
        ),
        handovers=(
            HandOver(
                id="ef" * 6,
                note=f"{5:012x}",
                secret=SECRET,
                leaf=77,
                token=STRK.address,
                amount=3 * ONE,
                label="For Ada",
                made_at=NOW,
            ),
        ),
        plans=(
            WaitingPlan(
                id="aa" * 6,
                note=f"{1:012x}",
                kind=PlanKind.WITHDRAW,
                amount=2 * ONE,
                leaves_at_start=45,
                leaves_wanted=10,
                made_at=NOW,
            ),
        ),
        scan=scanned(48),
        deposits=CountedDeposits(
            since=900,
            upto=1204,
            amounts=(
                CountedAmount(token=STRK.address, amount=5 * ONE, seen=((9, 950), (10, 960))),
            ),
        ),
    )


def opened(ui: Driver) -> None:
    """The page, with everything asked."""
    ui.window.open_page(PRIVATE)
    ui.settle()
    ui.window.private.steps.review.setInterval(0)


def hand(ui: Driver) -> HandMist:
    """The one that the window was made with."""
    found: object = ui.services.money
    assert isinstance(found, HandMist)
    return found


def pick(ui: Driver, action: MistAction) -> None:
    """One thing that can become of the note; an emergency stands apart."""
    form = ui.window.private.view.spend
    if action is MistAction.EMERGENCY:
        ui.click(form.emergency_button)
    else:
        ui.click(form.action.button(ACTIONS.index(action)))


def with_book(ui: Driver, wallet: Wallet, *, rich: bool = True) -> None:
    """Two accounts, and notes."""
    other = ui.run(wallet.account("Fresh", fund=0))
    main = ui.run(wallet.account("Savings"))
    empty = MistBook(chain_id=PRACTICE, pool=POOL)
    hand(ui).book = rich_book(main.address, other.address) if rich else empty
    opened(ui)


def chosen(ui: Driver, wallet: Wallet, action: MistAction) -> QWidget:
    """The first note and one thing that can become of it."""
    with_book(ui, wallet)
    view = ui.window.private.view
    view.notes.choose(f"{1:012x}")
    ui.pause()
    pick(ui, action)
    view.spend.amount.text.setText("2")
    view.spend.request.setText(request_text(SECRET))
    return view.spend


def planned(ui: Driver, wallet: Wallet, situation: Situation) -> None:
    chosen(ui, wallet, MistAction.WITHDRAW)
    hand(ui).situation = situation
    ui.click(ui.window.private.view.spend.button)
    ui.settle()


# --- scenes: each returns what is to be in sight ---


def private_nobody(ui: Driver, wallet: Wallet) -> None:
    hand(ui).pool = False
    opened(ui)


def private_down(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.services.practice.down())
    opened(ui)


def private_locked(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.services.accounts.create_vault(VaultMethod.PASSPHRASE, WORDS))
    ui.run(wallet.account())
    wallet.services.accounts.lock()
    opened(ui)


def private_no_pool(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account())
    hand(ui).pool = False
    opened(ui)


def private_making(ui: Driver, wallet: Wallet) -> None:
    private_no_pool(ui, wallet)
    hand(ui).gate.clear()
    ui.click(ui.window.private.view.pool.make_button)
    ui.pause()


def private_no_funds(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account(fund=0, deployed=False))
    opened(ui)


def private_first(ui: Driver, wallet: Wallet) -> None:
    with_book(ui, wallet, rich=False)


def private_first_note(ui: Driver, wallet: Wallet) -> None:
    """The first deposit is there; how it is taken out was not seen yet."""
    main = ui.run(wallet.account("Savings"))
    only = note(1, 10 * ONE, main.address, label="First", seen_at=NOW, position=0)
    made = hand(ui)
    made.leaves = 1
    made.book = MistBook(
        chain_id=PRACTICE,
        pool=POOL,
        next_index=3,
        notes=(only,),
        scan=scanned(1).model_copy(update={"own": (0,)}),
    )
    opened(ui)


def private_notes(ui: Driver, wallet: Wallet) -> None:
    with_book(ui, wallet)


def private_hidden(ui: Driver, wallet: Wallet) -> None:
    with_book(ui, wallet)
    ui.window.state.update(hide_amounts=True)


def private_tokens(ui: Driver, wallet: Wallet) -> None:
    """A token of the network's list, and one that nobody here knows."""
    with_book(ui, wallet)
    made = hand(ui)
    assert made.book is not None
    owner = made.book.notes[0].owner
    listed = note(7, 1_500_000, owner, token=USDC.address, label="Rent")
    strange = note(8, 123_456_789, owner, token=NAMELESS)
    missing = MissingPart(
        note=f"{21:012x}", token=USDC.address, amount=2_250_000, tx_hash=9, outputs=(1, 2)
    )
    given = made.book.handovers[0].model_copy(update={"token": NAMELESS, "amount": 7})
    made.book = made.book.model_copy(
        update={
            "notes": (*made.book.notes, listed, strange),
            "missing": (missing,),
            "handovers": (given,),
        }
    )
    made.tokens = (*KNOWN_TOKENS, USDC)
    ui.window.private.refresh()
    ui.settle()


def private_changed(ui: Driver, wallet: Wallet) -> QWidget:
    hand(ui).identity = replace(TRUSTED, class_hash=0xBAD)
    with_book(ui, wallet)
    return ui.window.private.view.pool


def private_withdraw(ui: Driver, wallet: Wallet) -> QWidget:
    return chosen(ui, wallet, MistAction.WITHDRAW)


def private_rest(ui: Driver, wallet: Wallet) -> QWidget:
    """A withdrawal by the account that put the money in."""
    with_book(ui, wallet)
    mist = hand(ui)
    assert mist.book is not None
    first, *others = mist.book.notes
    mine = first.model_copy(update={"depositor": first.owner})
    mist.book = mist.book.model_copy(update={"notes": (mine, *others)})
    ui.window.private.refresh()
    ui.settle()
    view = ui.window.private.view
    view.notes.choose(FIRST)
    ui.pause()
    view.spend.amount.text.setText("2")
    return view.spend.fresh


def private_forward(ui: Driver, wallet: Wallet) -> QWidget:
    return chosen(ui, wallet, MistAction.FORWARD)


def private_emergency(ui: Driver, wallet: Wallet) -> QWidget:
    return chosen(ui, wallet, MistAction.EMERGENCY)


def private_exposed(ui: Driver, wallet: Wallet) -> None:
    planned(ui, wallet, BAD)


def private_shielded(ui: Driver, wallet: Wallet) -> None:
    planned(ui, wallet, GOOD)


def private_proving(ui: Driver, wallet: Wallet) -> None:
    planned(ui, wallet, MIDDLE)
    hand(ui).gate.clear()
    ui.click(ui.window.private.steps.prove_button)
    ui.pause()


def private_proved(ui: Driver, wallet: Wallet) -> None:
    planned(ui, wallet, MIDDLE)
    ui.click(ui.window.private.steps.prove_button)
    ui.settle()
    ui.until(ui.window.private.steps.send_button.isEnabled)


def private_done(ui: Driver, wallet: Wallet) -> None:
    private_proved(ui, wallet)
    ui.click(ui.window.private.steps.send_button)
    ui.settle()


def private_uncertain(ui: Driver, wallet: Wallet) -> None:
    private_proved(ui, wallet)
    hand(ui).refusal = SendUncertain("No node answered in time. It may be under way.")
    ui.click(ui.window.private.steps.send_button)
    ui.settle()


def private_request(ui: Driver, wallet: Wallet) -> QWidget:
    with_book(ui, wallet)
    ui.click(ui.window.private.view.requests.button)
    ui.settle()
    return ui.window.private.view.requests


def private_deposit(ui: Driver, wallet: Wallet) -> QWidget:
    """A token of the list, a common amount of it."""
    private_tokens(ui, wallet)
    hand(ui).held = {USDC.address: 1_234_567_800}
    form = ui.window.private.view.deposit
    form.token.choose(USDC.address)
    form.amount.text.setText("50")
    ui.settle()
    return form


def private_asked(ui: Driver, wallet: Wallet) -> QWidget:
    """A request for an amount of such a token."""
    private_tokens(ui, wallet)
    card = ui.window.private.view.requests
    card.token.choose(USDC.address)
    card.amount.text.setText("20")
    ui.click(card.button)
    ui.settle()
    card.amount.text.setText("20")
    return card


def private_ready(ui: Driver, wallet: Wallet) -> QWidget:
    hand(ui).ready = True
    with_book(ui, wallet)
    return ui.window.private.view.waiting


def private_backup(ui: Driver, wallet: Wallet) -> QWidget:
    with_book(ui, wallet)
    ui.click(ui.window.private.view.back_up.button)
    ui.pause()
    return ui.window.private.view.files


def backed_up(ui: Driver, wallet: Wallet, *, newer: tuple[HeldNote, ...] = ()) -> None:
    """All notes of the rich book are in a backup; `newer` came after it."""
    other = ui.run(wallet.account("Fresh", fund=0))
    main = ui.run(wallet.account("Savings"))
    book = rich_book(main.address, other.address)
    ids = tuple(one.id for one in book.notes)
    words = {"backed_up": NOW, "backed_up_notes": ids, "notes": (*book.notes, *newer)}
    hand(ui).book = book.model_copy(update=words)
    opened(ui)


def private_back_up_again(ui: Driver, wallet: Wallet) -> None:
    """Two halves of a split, with many digits, and somebody's note from a file."""
    halves = tuple(
        note(number, amount, 7, origin=NoteOrigin.SPLIT, parent=f"{4:012x}")
        for number, amount in ((7, 3_141_592 * ONE // 10**6), (8, 6_858_408 * ONE // 10**6))
    )
    theirs = note(9, ONE, 7, index=None, claiming_key=5, origin=NoteOrigin.IMPORTED)
    backed_up(ui, wallet, newer=(*halves, theirs))


COPY = CopyState(
    CopyKind.CURRENT,
    name="obsqra-private-backup.json.notes",
    folder="/media/stick",
    written_at=NOW,
    there=True,
    same_disk=False,
)


def private_copied(ui: Driver, wallet: Wallet) -> QWidget:
    """The same notes, all of them in the copy; on the disk of the data folder."""
    return with_copy(ui, wallet, replace(COPY, same_disk=True))


def private_copy_behind(ui: Driver, wallet: Wallet) -> QWidget:
    """Its disk was pulled out before the split."""
    trouble = "The backup is not where it was saved."
    return with_copy(ui, wallet, replace(COPY, kind=CopyKind.BEHIND, there=False, trouble=trouble))


def private_copy_off(ui: Driver, wallet: Wallet) -> QWidget:
    """Its user does not want one."""
    return with_copy(ui, wallet, replace(COPY, kind=CopyKind.OFF, there=False))


def with_copy(ui: Driver, wallet: Wallet, copy: CopyState) -> QWidget:
    private_back_up_again(ui, wallet)
    hand(ui).copy = copy
    ui.window.private.refresh()
    ui.settle()
    return ui.window.private.view.files


def private_counters(ui: Driver, wallet: Wallet) -> QWidget:
    """A backup that counts too far was chosen, and is refused."""
    with_book(ui, wallet)
    hand(ui).far = True
    page = ui.window.private
    ui.act(lambda: page.desk.restore(Path("old.json"), WORDS))
    ui.settle()
    return page.view.files.counters


def private_missing(ui: Driver, wallet: Wallet) -> QWidget:
    """After a restore: two sums that no look found again, and a search for them."""
    backed_up(ui, wallet)
    parts = tuple(
        MissingPart(note=f"{at:012x}", token=STRK.address, amount=amount, tx_hash=9, outputs=(1, 2))
        for at, amount in ((21, 5 * ONE), (22, 31_415 * ONE // 100))
    )
    made = hand(ui)
    assert made.book is not None
    made.book = made.book.model_copy(update={"missing": parts})
    ui.window.private.refresh()
    ui.settle()
    made.gate.clear()
    ui.click(ui.window.private.view.missing.button)
    ui.pause()
    return ui.window.private.view.missing


Scene = Callable[[Driver, Wallet], object]
SCENES: tuple[Scene, ...] = (
    private_nobody,
    private_down,
    private_locked,
    private_no_pool,
    private_making,
    private_no_funds,
    private_first,
    private_first_note,
    private_notes,
    private_hidden,
    private_tokens,
    private_changed,
    private_withdraw,
    private_rest,
    private_forward,
    private_emergency,
    private_exposed,
    private_shielded,
    private_proving,
    private_proved,
    private_done,
    private_uncertain,
    private_request,
    private_deposit,
    private_asked,
    private_ready,
    private_backup,
    private_back_up_again,
    private_copied,
    private_copy_behind,
    private_copy_off,
    private_counters,
    private_missing,
)
