"""The one way to send: plan, confirm, write down, send once, follow.

The order of `send` is what makes a crash harmless. Before the journal is written nothing that
could be sent exists; after that the same bytes are all that is ever sent for this plan, and a
network executes them at most once.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token
from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodeUnreachable,
    PlanChanged,
    SendUncertain,
)
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import AppError, InvalidInput, StorageError
from obsqra_desktop.domain.journal import TxEvent, TxKind, TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import NetworkCaps
from obsqra_desktop.domain.transaction import Signed, scaled
from obsqra_desktop.services.chain_ports import (
    Chain,
    ChainSession,
    ClassKeeper,
    Crypto,
    Journal,
    KeyHolder,
    Networks,
    Now,
    SpendingStore,
)
from obsqra_desktop.services.in_flight import InFlight
from obsqra_desktop.services.intents import (
    cancel_intent,
    declare_intent,
    deploy_intent,
    faster_intent,
    never_faster,
    still_waits,
    transfer_intent,
)
from obsqra_desktop.services.planning import Planner
from obsqra_desktop.services.plans import Intent, Plan, known_token
from obsqra_desktop.services.ports import RandomBytes
from obsqra_desktop.services.refusals import refuse_changed
from obsqra_desktop.services.sealing import RecordSeal, to_be_sent, to_be_written
from obsqra_desktop.services.tokens import balance_of, read_token, token_by_symbol
from obsqra_desktop.services.tracking import Tracker

DUPLICATE: Final = 59
ALL_MARGIN: Final = (11, 10)
CERTAIN_REFUSALS: Final = frozenset({-32602, -32601, 41, 51, 52, 53, 54, 55, 58, 61, 64, 65, 69})
"""Codes with which a node says that it has not taken the transaction (starknet-specs,
starknet_write_api). Any other answer leaves open whether it has."""


LOOKED_AT_AGAIN: Final = frozenset({TxKind.MIST_DEPOSIT, TxKind.MIST_SPEND})
"""What is asked about and simulated before the same bytes go out once more. Not a withdrawal
without a proof: a simulation shows its key, also where nothing is sent then."""
BeforeSigning = Callable[[ChainSession], Awaitable[None]]
"""The last look of whoever made the plan."""
LookAgain = Callable[[ChainSession, TxRecord], Awaitable[None]]
"""The same before the bytes of a record are given to a node once more; raises to keep them here."""


class SendStep(StrEnum):
    """What `send` is doing; each begins after the one before has succeeded."""

    CHECKING = "checking"
    SIGNING = "signing"
    WRITING = "writing"
    SENDING = "sending"


class SendingService:
    """Plans, sends and follows the transactions of all accounts."""

    def __init__(
        self,
        networks: Networks,
        chain: Chain,
        crypto: Crypto,
        keys: KeyHolder,
        journal: Journal,
        spending: SpendingStore,
        random_bytes: RandomBytes,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        classes: ClassKeeper | None = None,
        seal: RecordSeal | None = None,
        look_again: LookAgain | None = None,
        clock: Now | None = None,
    ) -> None:
        """`look_again` looks before a private step is sent again; without it none is."""
        self._again, self._clock = look_again, clock
        self._classes = classes
        self._seal = seal
        self._networks = networks
        self._chain = chain
        self._crypto = crypto
        self._keys = keys
        self._journal = journal
        self._spending = spending
        self._random_bytes = random_bytes
        self._tracker = Tracker(networks, chain, journal, pause)
        self._in_flight = InFlight(journal, spending, self._tracker)
        self._planner = Planner(networks, chain, crypto, keys, journal, self._in_flight)

    # --- plans ---

    async def plan_transfer(
        self, account: Account, to: int, token: Token, amount: int, name: str = ""
    ) -> Plan:
        """Tokens to one address; `name` is the contact's, for the words."""
        network = await self._networks.resolve(account.network)
        return await self._planner.plan(account, transfer_intent(token, to, amount, network, name))

    async def plan_deploy(self, account: Account) -> Plan:
        """The account's own deployment, paid by its balance; raises NotEnough."""
        network = await self._networks.resolve(account.network)
        return await self._planner.plan(account, deploy_intent(account, network))

    async def plan_declare(self, account: Account, entry: ContractFacts) -> Plan:
        """A class that ships with the program; raises OverLimit, WouldFail if the network does
        not take it."""
        network = await self._networks.resolve(account.network)
        return await self._planner.plan(account, declare_intent(entry, network))

    async def plan_cancel(self, record: TxRecord, account: Account) -> Plan:
        """A transaction of nothing that takes the nonce of a waiting one."""
        still_waits(record, account)
        return await self._planner.plan(account, cancel_intent(record, account))

    async def plan_faster(self, record: TxRecord, account: Account) -> Plan:
        """The same once more in the place of a waiting one, for at least a tenth more a unit."""
        still_waits(record, account)
        if (why := never_faster(record)) is not None:
            raise why
        network = await self._networks.resolve(account.network)
        tokens = tuple(
            [
                known_token(one.token) or await self.read_token(account, one.token)
                for one in record.spends
            ]
        )
        return await self._planner.plan(account, faster_intent(record, account, network, tokens))

    async def plan(self, account: Account, intent: Intent) -> Plan:
        """Any intent."""
        return await self._planner.plan(account, intent)

    async def highest_deploy_fee(self, account: Account) -> int:
        """Fri that the account needs before it can be deployed."""
        network = await self._networks.resolve(account.network)
        async with self._chain.open(network, "fee of a deployment") as session:
            draft = await self._planner.draft(session, account, deploy_intent(account, network))
        return draft.transaction.bounds.max_fee

    async def most(self, account: Account, to: int, token: Token) -> int:
        """All that can be sent now: for STRK the balance without a generous highest fee."""
        network = await self._networks.resolve(account.network)
        async with self._chain.open(network, "how much can be sent") as session:
            balance = await balance_of(session, token, account.address)
            if token.address != STRK.address or not balance:
                return balance
            one = transfer_intent(token, to, 1, network)
            draft = await self._planner.draft(session, account, one)
        return max(0, balance - scaled(draft.transaction.bounds.max_fee, ALL_MARGIN))

    def token_by_symbol(self, symbol: str) -> Token | None:
        """STRK or ETH."""
        return token_by_symbol(symbol)

    async def read_token(self, account: Account, address: int) -> Token:
        """Any ERC-20 on the account's network."""
        network = await self._networks.resolve(account.network)
        async with self._chain.open(network, "reading a token") as session:
            return await read_token(session, address)

    # --- caps ---

    def caps(self, network: Network) -> NetworkCaps:
        """The user's limits in force; raises StorageError."""
        return self._spending.load().of(network)

    def set_caps(self, caps: NetworkCaps) -> None:
        """Change the limits of one network."""
        with self._journal.held():
            self._spending.save(self._spending.load().with_network(caps))

    # --- sending ---

    async def send(
        self,
        plan: Plan,
        progress: Callable[[SendStep], None] = lambda _step: None,
        before_signing: BeforeSigning | None = None,
    ) -> TxRecord:
        """Send a plan that its user has confirmed.

        Until the step SENDING any error means that nothing was sent. From then on the journal has
        the transaction: SendUncertain, or being cancelled, means that `resume` finds out.
        `before_signing` is asked last, on the same node; what it raises stops the plan.

        Raises PlanChanged when the chain has moved so that the plan no longer holds.
        """
        progress(SendStep.CHECKING)
        with self._journal.sending(plan.account.id):
            self._in_flight.refuse_unsettled(plan.account, plan.replaces)
            network = await self._networks.resolve(plan.network.id)
            if network.chain_id != plan.network.chain_id:
                raise PlanChanged("The network has another chain now. Nothing was sent.")
            async with self._chain.open(network, plan.kind.value) as session:
                await self._still_holds(session, plan)
                if before_signing is not None:
                    await before_signing(session)
                progress(SendStep.SIGNING)
                private_key = await self._keys.private_key(plan.account)
                signed = await asyncio.to_thread(
                    self._crypto.sign, plan.transaction, plan.network.chain_id, private_key
                )
                if signed.transaction != plan.transaction:
                    raise PlanChanged("Not what was shown was signed. Nothing was sent.")
                head = await session.head()
                progress(SendStep.WRITING)
                record = TxRecord(
                    id=self._random_bytes(6).hex(),
                    network=plan.network.id,
                    account=plan.account.id,
                    kind=plan.kind,
                    title=plan.title[:200],
                    signed=signed,
                    spends=plan.intent.spends,
                    recipient=plan.recipient,
                    likely_fee=plan.likely_fee,
                    max_fee=plan.max_fee,
                    created_at=head.timestamp,
                    made_at=self._clock() if self._clock is not None else None,
                    node=session.node,
                    events=(
                        TxEvent(
                            at=head.timestamp,
                            state=TxState.SIGNED,
                            detail=f"Signed and written down at block {head.number}.",
                        ),
                    ),
                    replaces=plan.replaces,
                )
                record = await asyncio.to_thread(to_be_written, record, self._seal)
                self._write_down(plan, record, head.timestamp)
                progress(SendStep.SENDING)
                return await self._send_once(session, record, signed, head.timestamp)

    async def resume(self, record_id: str, resend: bool = False) -> TxRecord:
        """Look where it is; with `resend` give a node that does not know it the same bytes.

        Signs nothing that could be sent. Raises AccountBusy, chain errors, SendUncertain;
        VaultLocked before a sealed transaction or a private step would be sent again, and before
        the latter what its last look raises.
        """
        record = self._journal.find(record_id)
        network = await self._networks.resolve(record.network)
        with self._journal.sending(record.account):
            async with self._chain.open(network, "looking at a transaction") as session:
                record = await self._tracker.look(session, record)
                if not resend or record.settled:
                    return record
                if await session.status(record.signed.hash) is not None:
                    return record
                if record.kind in LOOKED_AT_AGAIN:
                    await self._look_again(session, record)
                signed = await asyncio.to_thread(to_be_sent, record, self._seal)
                head = await session.head()
                note = TxEvent(
                    at=head.timestamp, state=record.state, detail="The same bytes are sent again."
                )
                record = record.model_copy(
                    update={"events": (*record.events, note)[-64:], "node": session.node}
                )
                self._journal.update(record)
                return await self._send_once(session, record, signed, head.timestamp)

    async def simulate_again(
        self, session: ChainSession, account: Account, record: TxRecord
    ) -> None:
        """Have the node run what is signed already, before it is given the same bytes once more.
        Raises WouldFail, VaultLocked."""
        await self._planner.simulate_again(session, account, record)

    async def track(
        self,
        record_id: str,
        changed: Callable[[TxRecord], None] = lambda _record: None,
        until: TxState = TxState.ACCEPTED_L2,
    ) -> TxRecord:
        """Follow it until it is settled or as far as `until`; can be cancelled at any time."""
        return await self._tracker.track(record_id, changed, until)

    async def seal_old(self) -> None:
        """Seal the keys in records of a version that wrote them in clear. Raises VaultLocked,
        StorageError."""

        def work() -> None:
            for one in self._journal.listing():
                if one.kind is TxKind.MIST_EMERGENCY and one.sealed is None:
                    with self._journal.held():
                        record = self._journal.find(one.id)
                        written = to_be_written(record, self._seal)
                        if written is not record:
                            self._journal.update(written)

        await asyncio.to_thread(work)

    def unsettled(self, network_id: str | None = None) -> tuple[TxRecord, ...]:
        """What is still open, newest first."""
        return tuple(
            one
            for one in self._journal.listing()
            if not one.settled and network_id in {None, one.network}
        )

    async def _still_holds(self, session: ChainSession, plan: Plan) -> None:
        """Make the plan again and compare; what was confirmed must be what would happen."""
        again = await self._planner.plan_on(session, plan.network, plan.account, plan.intent)
        refuse_changed(plan, again)

    def _write_down(self, plan: Plan, record: TxRecord, now: int) -> None:
        declares = plan.intent.declares
        if declares is not None and self._classes is not None:
            self._classes.keep(declares.class_hash)  # to send the same bytes after an update too
        with self._journal.held():  # so that two processes cannot share the rest of a day's cap
            self._in_flight.caps_now(
                plan.network, record.spends, record.max_fee, now, record.replaces
            )
            self._journal.add(record)

    async def _look_again(self, session: ChainSession, record: TxRecord) -> None:
        if self._again is None:
            raise InvalidInput(
                "A private step is looked at before it is sent again, which cannot be done here. "
                "Nothing was sent again.",
                hint="Cancel it (obsqra tx cancel), or send it again with: "
                "obsqra mist settle --resend",
            )
        await self._again(session, record)

    async def _send_once(
        self, session: ChainSession, record: TxRecord, signed: Signed, now: int
    ) -> TxRecord:
        try:
            await session.send(signed)
        except NodeRefused as error:
            if error.rpc_code == DUPLICATE:
                return self._moved(record, TxState.RECEIVED, now, "The node had it already.")
            if error.rpc_code in CERTAIN_REFUSALS:
                return self._moved(record, TxState.REFUSED, now, str(error.detail))
            raise uncertain(record, error) from error
        except (NodeUnreachable, NodeAnswerInvalid) as error:
            raise uncertain(record, error) from error
        return self._moved(record, TxState.RECEIVED, now, f"Taken by {session.node}.")

    def _moved(self, record: TxRecord, state: TxState, at: int, detail: str) -> TxRecord:
        moved = record.moved(state, at, detail)
        if moved is not record:
            try:
                self._journal.update(moved)
            except StorageError as error:
                raise uncertain(record, error) from error
        return moved


def uncertain(record: TxRecord, error: AppError) -> SendUncertain:
    """The journal has it; whether a node has it is open."""
    return SendUncertain(
        f"{error.detail} The transaction is in the journal as {record.id}; looking again or "
        "sending the same again cannot pay twice.",
        hint=f"Look at it in the history, or: obsqra tx resume {record.id}",
    )
