"""MistMoney over its real book, vault, journal and sending, beside a pool in memory."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.counts import DepositCounted, made
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.domain.mist.keys import PoolKeys, place_of
from obsqra_desktop.domain.mist.looks import BlockMark, ScanState, leaves_digest
from obsqra_desktop.domain.mist.note import (
    Note,
    SpendPhase,
    SpendProof,
    SpendPublics,
    SpendStatement,
    SpendTiming,
)
from obsqra_desktop.domain.mist.own import own_leaves
from obsqra_desktop.domain.mist.pool import KnownPool
from obsqra_desktop.domain.network import Endpoint, Network, default_settings
from obsqra_desktop.privacy import calls, guards
from obsqra_desktop.privacy.keys import MistKeys
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.privacy.request import read_request, write_request
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.parts import MistParts
from obsqra_desktop.services.mist.steps import MistDraft, MistPlan, MistResult
from obsqra_desktop.services.mist.tools import MistTools
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.journal_seal import VaultSeal
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.mist.handover import SealedHandOver
from obsqra_desktop.storage.mist.notes import MistFolder
from obsqra_desktop.storage.networks import NetworksFile
from tests.services.mist import parts
from tests.services.mist.parts import POOL, drawing, lock_in, open_vault, run
from tests.services.mist.pool_chain import PoolChain, digest, tree
from tests.services.model_chain import ModelCrypto
from tests.storage.vaults import CHEAP

NETWORK: Network = parts.NETWORK.model_copy(
    update={"endpoints": (Endpoint(url="http://127.0.0.1:1"),)}
)
WHOLE = 10**18
PLENTY = 1_000 * WHOLE
NOW = 1_750_000_000
FELTS = 2061


class Curve(StarkCrypto, ModelCrypto):
    """Real keys and addresses; signatures of the chain in memory."""

    @cache  # noqa: B019 - few keys, many services
    def public_key(self, private_key: int) -> int:
        return super().public_key(private_key)

    sign = ModelCrypto.sign  # type: ignore[assignment]
    sign_query = ModelCrypto.sign_query  # type: ignore[assignment]


CURVE = Curve()


@dataclass
class QuickProver:
    """Proves nothing and says so of everything; the real one is in tests/proving. `during` is
    called while it "proves", as time passes then."""

    proved: list[SpendStatement] = field(default_factory=list)
    during: Callable[[], None] = lambda: None
    damage: AppError | None = None
    """What its key data is met with."""

    def check(self) -> None:
        if self.damage is not None:
            raise self.damage

    def prove(
        self,
        statement: SpendStatement,
        progress: Callable[[SpendTiming], None],
        cancelled: Callable[[], bool],
    ) -> SpendProof:
        self.proved.append(statement)
        timings = tuple(SpendTiming(phase, 0.0) for phase in SpendPhase)
        for timing in timings:
            progress(timing)
        self.during()
        return SpendProof(tuple(range(8)), 0.0, timings)

    def verify(self, publics: SpendPublics, points: Sequence[int]) -> None:
        return None

    def calldata(self, publics: SpendPublics, points: Sequence[int]) -> tuple[int, ...]:
        halves = [half for value in publics.values() for half in calls.u256(value)]
        felts = [*range(10, 42), 10, *halves]
        return (FELTS, *felts, *[7] * (FELTS - len(felts)))


@dataclass(frozen=True)
class KnownPools:
    """Implements Pools."""

    pool: KnownPool

    def on(self, network: Network) -> KnownPool | None:
        return self.pool


def tools_with(prover: QuickProver) -> MistTools:
    ids = itertools.count(7)

    def drawn(count: int) -> bytes:
        return next(ids).to_bytes(max(count, 4), "big")[-count:]

    return MistTools(
        guards=guards,
        calls=calls,
        planner=lambda keys: Planner(keys, digest, drawn),
        statement=lambda spend, leaves, root: make_statement(spend, leaves, root, digest, tree),
        digest=digest,
        tree=tree,
        prover=prover,
        read_request=read_request,
        write_request=write_request,
        files=SealedHandOver(CHEAP),
    )


class Wallet:
    """One data folder with its services; the chain outlives both."""

    def __init__(
        self, folder: Path, chain: PoolChain, make_journal: Any = TransactionFolder
    ) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.chain = folder, chain
        self.lock = lock_in(folder)
        self.prover = QuickProver()
        self.tools = tools_with(self.prover)
        vault = open_vault(folder, self.lock)
        books = MistFolder(folder, self.lock)
        seed = folder.name.encode()
        self.notes = NotesService(vault, books, MistKeys, drawing(seed), lambda: NOW)
        current = CurrentNetworks(NetworksFile(folder, self.lock))
        self.current = current
        self.network(NETWORK)
        anything = cast("Any", chain)
        self.networks = NetworkService(current, anything, cast("Any", None))
        self.journal = make_journal(folder, self.lock)
        self.ids = itertools.count(1 + len(self.journal.listing()) * 100)
        self.accounts = AccountService(
            self.networks,
            anything,
            CURVE,
            vault,
            KeystoreFormat(rounds=2),
            AccountsFolder(folder, self.lock),
            lambda: NOW,
            self.random,
        )
        self.copies = parts.copies_in(folder, self.notes, self.accounts, lambda: NOW)
        self.sending = SendingService(
            self.networks,
            anything,
            CURVE,
            self.accounts,
            self.journal,
            SpendingFile(folder, self.lock),
            self.random,
            seal=VaultSeal(vault, self.lock),
            look_again=lambda session, record: self.money.look_again(session, record),
        )
        self.keys: PoolKeys = run(self.notes.keys(NETWORK, POOL, create=True))
        self.pool = KnownPool(chain="TEST", address=POOL, name="Test pool", source="a test")
        self.start()

    def random(self, count: int) -> bytes:
        return next(self.ids).to_bytes(count, "big")

    def network(self, network: Network) -> None:
        """The one that is in use."""
        self.current.save(
            default_settings().model_copy(update={"networks": (network,), "selected": network.id})
        )

    def start(self) -> None:
        """With the tools as they are now."""

        self.parts = MistParts(
            self.networks,
            cast("Any", self.chain),
            self.accounts,
            self.sending,
            self.journal,
            self.notes,
            KnownPools(self.pool),
            self.tools,
            lambda: NOW,
            self.random,
            Owners(CURVE, self.accounts.listing),
            copy_state=self.copies.state,
        )
        self.money = MistMoney(self.parts)

    def use(self, **tools: Any) -> None:
        """Other tools from now on."""
        self.tools = replace(self.tools, **tools)
        self.start()

    # --- people ---

    def account(self, label: str, key: int) -> Account:
        """One that is deployed and has plenty."""
        kind = AccountKind.OPENZEPPELIN
        made = run(self.accounts.import_key(key + 2**200, kind, label, NETWORK.id))
        self.chain.give(made.address, PLENTY)
        return made

    @property
    def book(self) -> MistBook:
        """As it is on the disk."""
        return MistFolder(self.folder, self.lock).load(place_of(self.keys))

    def held(self) -> dict[str, HeldNote]:
        return {one.id: one for one in self.book.notes}

    def whole(self, held: HeldNote) -> Note:
        return held.note(self.keys)

    def unspent(self) -> list[HeldNote]:
        return [one for one in self.book.notes if one.state is NoteState.UNSPENT]

    # --- steps ---

    def done(self, plan: MistPlan) -> MistResult:
        """Prepared, sent and followed."""

        async def all_of_it() -> MistResult:
            draft = await self.money.prepare(plan)
            return await self.money.follow(await self.money.send(draft))

        return run(all_of_it())

    def looked(self, since: int = 0) -> None:
        """As after a look through all blocks that counted the deposits of strangers, from a block
        on; they came in blocks 1, 2 …, as their leaves did."""
        leaves, mine = self.chain.ledger.leaves, own_leaves(self.book)
        mark = BlockMark(number=len(leaves) + 1, hash=1)
        found = [
            DepositCounted(token, amount, place, 1 + place)
            for place, leaf in enumerate(leaves)
            for token, amount in [self.chain.public.get(leaf, (0, 0))]
            if token and leaf not in mine and 1 + place >= since
        ]
        own = tuple(place for place, leaf in enumerate(leaves) if leaf in mine)
        scan = scanned(leaves, mark).model_copy(update={"own": own})

        def step(book: MistBook) -> MistBook:
            places = {leaf: place for place, leaf in enumerate(leaves)}
            notes = tuple(
                one.model_copy(update={"position": places.get(one.leaf)}) for one in book.notes
            )
            counted = made(since, mark.number, found)
            return again(book, notes=notes, scan=scan, deposits=counted)

        run(self.notes.change(self.keys, step))

    def prepared(self, plan: MistPlan) -> MistDraft:
        return run(self.money.prepare(plan))

    def plan_deposit(self, account: Account, amount: int = 10 * WHOLE, **words: Any) -> MistPlan:
        return run(self.money.plan_deposit(account, STRK, amount, **words))

    def deposit(self, account: Account, amount: int = 10 * WHOLE, **words: Any) -> HeldNote:
        result = self.done(self.plan_deposit(account, amount, **words))
        return self.held()[result.made[0].id]


def scanned(leaves: Sequence[int], mark: BlockMark) -> ScanState:
    """As a look leaves it that went through all blocks up to this one."""
    return ScanState(
        leaves=len(leaves),
        root=tree.root(leaves),
        digest=leaves_digest(leaves),
        block=mark,
        at=NOW,
        history=(mark,),
        history_leaves=len(leaves),
    )
