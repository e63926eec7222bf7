"""A person with a wallet beside a reference Chamber: deposits, spends, losses and recoveries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.book import spending, with_notes, with_requests
from obsqra_desktop.domain.mist.deep import Ladder
from obsqra_desktop.domain.mist.entries import PaymentRequest
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.mist.note import Note, SpendPlan
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.proving.mist import NativeLeafSearch, NativeMistHash, NativeMistTree
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.deep import DeepService
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.scan import ScanService
from obsqra_desktop.services.mist.scan_report import ScanReport
from obsqra_desktop.services.tokens import TokensOn, only_known
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import NETWORK, POOL, drawing, notes_in, run


class KnownCurve(StarkCrypto):
    """The real curve; what it was asked once it knows, as many tests ask for the same keys."""

    @cache  # noqa: B019 - one object for all tests
    def public_key(self, private_key: int) -> int:
        return super().public_key(private_key)


CURVE = KnownCurve()
NOW = 1_750_000_000
MINE, ALSO_MINE, STRANGER = 0xA11CE, 0xA11CF, 0xBAD
digest, tree = NativeMistHash(), NativeMistTree()
TOKEN = STRK.address
WHOLE = 10**18


def account(address: int, network: str = "test") -> Account:
    kind = AccountKind.OPENZEPPELIN
    return Account(
        id=f"{address:012x}"[-12:],
        label=f"account {address % 1000}",
        network=network,
        address=address,
        kind=kind,
        class_hash=CLASS_HASHES[kind],
        salt=7,
        public_key=7,
        created_at=0,
    )


class Tried(NativeLeafSearch):
    """The real search; which amounts it was asked for under which secret."""

    def __init__(self) -> None:
        self.goes: list[tuple[int, Ladder]] = []

    def find_amounts(
        self, secrets: Sequence[int], token: int, amounts: Ladder, leaves: Sequence[int]
    ) -> tuple[tuple[int, int, int], ...]:
        self.goes += [(one, amounts) for one in secrets]
        return super().find_amounts(secrets, token, amounts, leaves)


@dataclass
class Person:
    """One data folder with its services; `chain` outlives the folder."""

    data_dir: Path
    chain: ReferenceChamber
    addresses: tuple[int, ...] = (MINE, ALSO_MINE)
    seed: bytes = b"one"
    tokens: TokensOn = only_known
    notes: NotesService = field(init=False)
    scans: ScanService = field(init=False)
    deep: DeepService = field(init=False)
    tried: "Tried" = field(init=False)

    def __post_init__(self) -> None:
        self.data_dir.mkdir(exist_ok=True)
        self.start()

    def start(self) -> None:
        """As after starting the program anew."""
        self.notes = notes_in(self.data_dir, self.seed)
        accounts = tuple(account(one) for one in self.addresses)
        owners = Owners(CURVE, lambda _: accounts)
        self.tried = Tried()
        self.scans = ScanService(
            self.notes,
            self.chain,
            owners,
            digest,
            tree,
            NativeLeafSearch(),
            lambda: NOW,
            self.tokens,
        )
        self.deep = DeepService(self.notes, self.scans, owners, digest, self.tried, lambda: NOW)

    @property
    def keys(self) -> PoolKeys:
        return run(self.notes.keys(NETWORK, POOL, create=True))

    @property
    def book(self) -> MistBook:
        return run(self.notes.load(self.keys))

    def fresh_owner(self) -> int:
        """The address of a fresh account, as the program makes it."""
        index = run(self.notes.take_account(self.keys))
        public = CURVE.public_key(self.keys.account_key(index))
        return CURVE.account_address(AccountKind.OPENZEPPELIN, public, public)

    def scan(self, **words: Any) -> ScanReport:
        return run(self.scans.scan(NETWORK, self.keys, **words))

    def change(self, step: Callable[[MistBook], MistBook]) -> None:
        run(self.notes.change(self.keys, step))

    # --- acting, as the program does: written down first ---

    def deposit(self, amount: int, owner: int = MINE, token: int = TOKEN) -> HeldNote:
        keys = self.keys
        index = run(self.notes.take(keys, 1))
        note = Note(keys.claiming_key(index), owner, token, amount)
        entry = held_note(note, digest, NoteOrigin.DEPOSIT, NOW, index=index)
        self.change(lambda book: with_notes(book, (entry,)))
        self.chain.deposit(owner, note.secret(digest), token, amount)
        return entry

    def request(self, amount: int | None = None, owner: int = MINE) -> PaymentRequest:
        keys = self.keys
        index = run(self.notes.take(keys, 1))
        secret = digest(keys.claiming_key(index), owner)
        made = PaymentRequest(
            id=f"{index:012x}",
            index=index,
            owner=owner,
            secret=secret,
            token=TOKEN if amount else None,
            amount=amount,
            made_at=NOW,
        )
        self.change(lambda book: with_requests(book, made))
        return made

    def spend(
        self, entry: HeldNote, plan: Callable[[Planner, Note, int], SpendPlan], origin: NoteOrigin
    ) -> tuple[HeldNote, ...]:
        """Take two indices, plan, write down, and let the chain run it."""
        keys = self.keys
        index = run(self.notes.take(keys, 2))
        made = plan(Planner(keys, digest, drawing()), entry.note(keys), index)
        new = tuple(
            held_note(one.note, digest, origin, NOW, index=one.index, parent=entry.id)
            for one in made.notes
        )
        self.change(lambda book: spending(with_notes(book, new), entry.id))
        self.chain.spend(made.spend)
        return new

    def withdraw(self, entry: HeldNote, amount: int, to: int = MINE) -> tuple[HeldNote, ...]:
        return self.spend(entry, lambda p, n, i: p.withdraw(n, amount, to, i), NoteOrigin.CHANGE)

    def rewrap(self, entry: HeldNote, to: int) -> tuple[HeldNote, ...]:
        return self.spend(entry, lambda p, n, i: p.rewrap(n, to, i), NoteOrigin.REWRAP)

    def split(self, entry: HeldNote, amount: int, to: int = MINE) -> tuple[HeldNote, ...]:
        return self.spend(entry, lambda p, n, i: p.split(n, amount, to, i), NoteOrigin.SPLIT)

    def forward(
        self, entry: HeldNote, amount: int, secret: int, to: int = MINE
    ) -> tuple[HeldNote, ...]:
        return self.spend(
            entry, lambda p, n, i: p.forward(n, amount, secret, to, i), NoteOrigin.CHANGE
        )


def strangers(chain: ReferenceChamber, count: int, start: int = 1) -> None:
    """Deposits of other people, of amounts that many use."""
    for number in range(start, start + count):
        chain.deposit(STRANGER, digest(number, STRANGER), TOKEN, (1 + number % 5) * WHOLE)


def held(book: MistBook) -> dict[tuple[int, int, int], NoteState | tuple[NoteState, ...]]:
    """What is in the pool: (owner, token, amount) to its state; to all their states where several
    notes have the same, so that none of them is missed unnoticed."""
    found: dict[tuple[int, int, int], list[NoteState]] = {}
    for one in book.notes:
        if one.held:
            found.setdefault((one.owner, one.token, one.amount), []).append(one.state)
    return {
        what: states[0] if len(states) == 1 else tuple(sorted(states))
        for what, states in found.items()
    }


def balance(book: MistBook) -> int:
    return sum(one.amount for one in book.notes if one.held)
