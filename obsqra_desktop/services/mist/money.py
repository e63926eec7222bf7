"""Everything that moves private money; what pages and commands call.

    plan = await money.plan_withdraw(None, note_id, amount)      # what, how private; takes nothing
    draft = await money.prepare(plan, on_phase, cancel)          # proves, simulates: the fee
    result = await money.send(draft, on_phase, cancel)           # after the user's word
    result = await money.follow(result)                          # to its receipt

`network_id` None is the network in use. `on_phase` is called on the caller's event loop. Cancelling
works until the step SENDING; before it nothing was sent. After a crash `settle` puts the book
right; it signs nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.domain.mist.book import find_note, label_from, with_notes
from obsqra_desktop.domain.mist.errors import PoolChanged
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.pool import VERIFIER_CODE, PoolIdentity, changed_parts
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.mist.fresh_accounts import FreshAccounts
from obsqra_desktop.services.mist.funding import MistFunding
from obsqra_desktop.services.mist.giving import GivenRequest, Imported, MistGiving
from obsqra_desktop.services.mist.ledger import MistLedger
from obsqra_desktop.services.mist.making import MistMaking
from obsqra_desktop.services.mist.parts import MistParts, Place
from obsqra_desktop.services.mist.planning import MistPlanning
from obsqra_desktop.services.mist.proving import OnPhase, Work
from obsqra_desktop.services.mist.sending import MistSending
from obsqra_desktop.services.mist.steps import (
    MistDraft,
    MistPhase,
    MistPlan,
    MistResult,
    PoolStanding,
    WaitView,
)
from obsqra_desktop.services.mist.waiting import MistWaiting
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.services.tokens import balance_of, token_at


def quiet(_phase: MistPhase) -> None:
    """For callers that follow nothing."""


class MistMoney:
    """Plans, proves, sends and follows."""

    def __init__(
        self, parts: MistParts, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._parts = parts
        self._planning = MistPlanning(parts)
        self._making = MistMaking(parts)
        self._ledger = MistLedger(parts)
        self._sending = MistSending(parts, self._making, self._ledger)
        self._giving = MistGiving(parts, self._ledger)
        self._accounts = FreshAccounts(parts)
        self._funding = MistFunding(parts)
        self._waiting = MistWaiting(parts, self._planning, pause)

    # --- the pool ---

    async def standing(self, network_id: str | None = None) -> PoolStanding:
        """The pool's contract as it is and as it was trusted. Needs no keys.

        Raises NotFound without a pool, chain errors.
        """
        return await self._planning.standing(network_id)

    async def trust(self, shown: PoolIdentity, network_id: str | None = None) -> None:
        """Take a changed contract for the right one, as its user has seen it and said why.

        Raises PoolChanged if it is not that any more.
        """
        found = (await self._planning.standing(network_id)).found
        if found != shown:
            moved = ", its ".join(changed_parts(shown, found)) or VERIFIER_CODE
            raise PoolChanged(
                f"It has changed again since it was shown: its {moved}. Nothing was kept.",
                hint="Look at it once more before you trust it.",
            )
        place = await self._parts.place(network_id, create=True)
        await self._ledger.trust(place, found)

    async def book(self, network_id: str | None = None) -> MistBook:
        """All that is remembered of the network's pool; asks nobody.

        Raises NotFound without a secret, VaultLocked, StorageError.
        """
        place = await self._parts.place_here(network_id)
        return await self._parts.notes.load(place.keys)

    async def open(self, network_id: str | None = None, *, create: bool = False) -> Place:
        """Network, pool and keys, as ScanService wants them. With `create` the secret is made.

        Raises NotFound without a pool or a secret, VaultLocked.
        """
        return await self._parts.place(network_id, create=create)

    async def edit_note(
        self,
        network_id: str | None,
        note: str,
        label: str | None = None,
        frozen: bool | None = None,
    ) -> MistBook:
        """Another label, or (un)freeze it: a frozen note is left out of every spend."""
        label = label_from(label) if label is not None else None
        place = await self._parts.place_here(network_id)

        def step(book: MistBook) -> MistBook:
            held = find_note(book, note)
            changed = {"label": label, "frozen": frozen}
            kept = {name: value for name, value in changed.items() if value is not None}
            return with_notes(book, (held.model_validate({**dict(held), **kept}),))

        return await self._parts.notes.change(place.keys, step)

    async def token(self, network: Network, address: int) -> Token:
        """A known token, or one that is read from the chain."""
        found = known_token(address)
        if found is not None:
            return found
        async with self._parts.chain.open(network, "reading a token") as session:
            return await token_at(session, address, self._parts.tokens(network))

    def tokens(self, network_id: str | None = None) -> tuple[Token, ...]:
        """Those that have a name and decimals here; reads a small file."""
        return self._parts.tokens(self._parts.networks.network(network_id))

    async def balance(self, account: Account, token: Token) -> int:
        """What an account holds of a token, in its smallest unit, by one node.

        Raises InvalidInput where list and contract give it other decimals, chain errors.
        """
        network = await self._parts.networks.resolve(account.network)
        async with self._parts.chain.open(network, "balance") as session:
            named = await token_at(session, token.address, self._parts.tokens(network))
            return await balance_of(session, named, account.address)

    # --- plans ---

    async def plan_deposit(
        self,
        account: Account,
        token: Token,
        amount: int,
        owner: int | None = None,
        request: str | None = None,
        label: str = "",
    ) -> MistPlan:
        """Money into the pool: for a note of one's own that `owner` (an account here, by default
        the depositing one) can spend, or to somebody's payment request.

        Raises InvalidInput, ForeignRequest, NotFound, VaultLocked, chain errors.
        """
        secret = self._parts.secret_of(account.network, request) if request is not None else None
        if secret is not None and owner is not None:
            raise InvalidInput("a request has an owner already", where="owner")
        return await self._planning.deposit(account, token, amount, owner, secret, label)

    async def plan_withdraw(
        self,
        network_id: str | None,
        note: str,
        amount: int | None = None,
        change_owner: int | None = None,
        label: str = "",
    ) -> MistPlan:
        """An amount, or all, out to the note's owner; the rest stays hidden as a new note.

        `note` is its id or at least four characters of it. Raises UnsafeSpend, NoteMissing.
        """
        spend = self._planning.spend
        return await spend(MistAction.WITHDRAW, network_id, note, amount, change_owner, label=label)

    async def plan_rewrap(
        self, network_id: str | None, note: str, owner: int | None = None, label: str = ""
    ) -> MistPlan:
        """All of a note to a new one, by default of the same owner."""
        return await self._planning.spend(
            MistAction.REWRAP, network_id, note, None, owner, label=label
        )

    async def plan_split(
        self,
        network_id: str | None,
        note: str,
        amount: int,
        owner: int | None = None,
        label: str = "",
    ) -> MistPlan:
        """Two notes out of one, one of them of this amount."""
        return await self._planning.spend(
            MistAction.SPLIT, network_id, note, amount, owner, label=label
        )

    async def plan_forward(
        self,
        network_id: str | None,
        note: str,
        request: str,
        amount: int | None = None,
        change_owner: int | None = None,
        label: str = "",
    ) -> MistPlan:
        """An amount, or all, to somebody's payment request inside the pool. They have to be told
        the amount: see `hand_over_file`. Raises ForeignRequest for one of another network."""
        secret = self._parts.secret_of(network_id, request)
        return await self._planning.spend(
            MistAction.FORWARD, network_id, note, amount, change_owner, secret, label
        )

    async def plan_emergency(self, network_id: str | None, note: str) -> MistPlan:
        """All of a note to its owner without a proof: publishes its key. Never the usual way."""
        return await self._planning.spend(MistAction.EMERGENCY, network_id, note, None, None)

    # --- doing ---

    async def prepare(
        self, plan: MistPlan, on_phase: OnPhase = quiet, cancel: CancelToken | None = None
    ) -> MistDraft:
        """Check the guards, take fresh keys, prove, have it simulated. Nothing is signed for
        sending. Raises PoolChanged, UnsafeSpend, StaleRoot, ProvingFailed, Cancelled, and what
        SendingService.plan raises."""
        return await self._making.draft(plan, Work(on_phase, cancel or CancelToken()))

    async def send(
        self, draft: MistDraft, on_phase: OnPhase = quiet, cancel: CancelToken | None = None
    ) -> MistResult:
        """Send what its user has confirmed. If the pool has grown it is proved again, at most
        three times in all, and sent if that costs no more than was shown.

        Raises as `prepare` and SendingService.send do; SendUncertain means that it may be under
        way: `settle` finds out.
        """
        return await self._sending.send(draft, Work(on_phase, cancel or CancelToken()))

    async def follow(self, result: MistResult) -> MistResult:
        """To its receipt; the book follows."""
        return await self._sending.follow(result)

    async def settle(self, network_id: str | None = None, resend: bool = False) -> MistBook:
        """After a crash, or any time: look where open steps are and put the book right.

        Never signs; with `resend` the same bytes are given to a node that does not know them, and
        followed to their receipt. What is kept back (PoolChanged, UnsafeSpend, WouldFail) is told
        after all others were looked at.
        """
        return await self._sending.settle(network_id, resend)

    async def look_again(self, session: ChainSession, record: TxRecord) -> None:
        """The last look at a step whose bytes are about to be sent again; see SendingService.

        Raises PoolChanged, UnsafeSpend, WouldFail, VaultLocked, KeyDataDamaged, ToolMissing, chain
        errors.
        """
        await self._sending.look_again(session, record)

    # --- giving and receiving ---

    async def new_request(
        self,
        network_id: str | None,
        owner: int,
        token: Token | None = None,
        amount: int | None = None,
        label: str = "",
    ) -> GivenRequest:
        """A payment request for a note that `owner`, an account here, can spend.

        Its text carries only the note's secret: its payer can pay it, and spend nothing.
        """
        return await self._giving.request(network_id, owner, token, amount, label)

    async def request_again(self, network_id: str | None, request: str) -> GivenRequest:
        """The text of one that was made before, by its id."""
        return await self._giving.request_again(network_id, request)

    async def requests_again(
        self, network_id: str | None, request: str | None = None
    ) -> tuple[GivenRequest, ...]:
        """All of them with their texts, or the one whose id begins so."""
        return await self._giving.requests_again(network_id, request)

    async def hand_over_file(
        self, network_id: str | None, hand_over: str, passphrase: str
    ) -> bytes:
        """The encrypted file that tells the receiver what was forwarded; it holds no key. `result.
        hand_over.id` names it. Call `mark_handed_over` when it is saved."""
        return await self._giving.hand_over(network_id, hand_over, passphrase)

    async def mark_handed_over(self, network_id: str | None, hand_over: str) -> None:
        """The file was saved."""
        await self._giving.mark_handed_over(network_id, hand_over)

    async def export_note(self, network_id: str | None, note: str, passphrase: str) -> bytes:
        """An encrypted file with a whole note and its key."""
        return await self._giving.export(network_id, note, passphrase)

    async def import_file(self, network_id: str | None, raw: bytes, passphrase: str) -> Imported:
        """Take in a note from a hand-over or export file.

        Raises InvalidInput, WrongPassphrase, UnsafeSpend, chain errors.
        """
        return await self._giving.read_file(network_id, raw, passphrase)

    # --- waiting ---

    async def keep_waiting(self, plan: MistPlan, leaves: int) -> WaitView:
        """Keep a plan that becomes ready when `leaves` new leaves came; it outlives the program."""
        return await self._waiting.add(plan, leaves)

    async def waiting(self, network_id: str | None = None) -> tuple[WaitView, ...]:
        """All open waiting plans, as the pool is now."""
        return await self._waiting.listing(network_id)

    async def drop_waiting(self, network_id: str | None, plan: str) -> None:
        """Give one up."""
        await self._waiting.drop(network_id, plan)

    async def plan_waiting(
        self, network_id: str | None, plan: str, label: str | None = None
    ) -> MistPlan:
        """The plan to be confirmed, with its label or this one; raises InvalidInput while leaves
        are missing, UnsafeSpend."""
        return await self._waiting.ready(network_id, plan, label)

    async def wait(
        self,
        network_id: str | None,
        plan: str,
        on_look: Callable[[WaitView], None] = lambda _view: None,
        cancel: CancelToken | None = None,
        label: str | None = None,
    ) -> MistPlan:
        """Look again and again until it is ready; Cancelled leaves it as it is."""
        until = self._waiting.until_ready
        return await until(network_id, plan, on_look, cancel or CancelToken(), label)

    # --- accounts ---

    async def new_account(self, network_id: str | None = None, label: str = "") -> Account:
        """A fresh account whose key follows from the secret of private money. It has to be funded
        and deployed before it can spend; where its first STRK come from is public."""
        return await self._accounts.new(network_id, label)

    async def spare_account(self, network_id: str | None = None) -> Account:
        """One like it that nothing has been done with yet: for what stays of a spend."""
        return await self._accounts.spare(network_id)

    async def say_funding(self, network_id: str | None, account: int, *, apart: bool) -> MistBook:
        """Its user's word on the money for an account's fees: `apart` if it does not lead to them.

        Raises NotFound, and InvalidInput where another account here has paid it.
        """
        return await self._funding.say(network_id, account, apart)

    async def accounts_again(self, network_id: str | None = None) -> tuple[Account, ...]:
        """Bring back the accounts that own notes in the book, after a restored backup."""
        return await self._accounts.again(network_id)
