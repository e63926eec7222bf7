"""From an intent to a plan: local limits, simulation, fees, caps. Nothing is signed for sending."""

import asyncio
from dataclasses import dataclass

from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, constructor_calldata
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodesDisagree,
    NodeUnreachable,
    PlanChanged,
    WatchOnly,
    WouldFail,
)
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.contracts import check_class_limits, check_network_takes
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import TxKind, TxRecord
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import (
    NO_BOUNDS,
    REPLACEMENT,
    AnyTransaction,
    Bounds,
    Declare,
    DeployAccount,
    Invoke,
    Simulation,
    check_limits,
    scaled,
)
from obsqra_desktop.services.chain_ports import (
    Chain,
    ChainSession,
    Crypto,
    Journal,
    KeyHolder,
    Networks,
)
from obsqra_desktop.services.in_flight import InFlight
from obsqra_desktop.services.mist.effects import hint_of_revert, unsimulated
from obsqra_desktop.services.plans import Intent, Plan, changes, transaction_words
from obsqra_desktop.services.refusals import enough, refuse_surprises
from obsqra_desktop.services.tokens import balance_of

TEXT_LIMIT = 300
UNSEEN = (
    "This was not simulated: that would show the node what only your word may publish. "
    "Fee and effect are what this program assumes."
)


@dataclass(frozen=True)
class Draft:
    """A transaction with its bounds, and what the node says about it."""

    transaction: AnyTransaction
    simulation: Simulation


class Planner:
    """Makes plans; sends nothing."""

    def __init__(
        self,
        networks: Networks,
        chain: Chain,
        crypto: Crypto,
        keys: KeyHolder,
        journal: Journal,
        in_flight: InFlight,
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._crypto = crypto
        self._keys = keys
        self._journal = journal
        self._in_flight = in_flight

    async def plan(self, account: Account, intent: Intent) -> Plan:
        """Ask one node for everything, and a second one to agree if the network wants that.

        Raises the chain errors; nothing is sent and nothing that could be sent is signed.
        """
        if account.watch_only:
            raise WatchOnly(
                "There is no key for it here, so nothing can be sent from it.",
                hint="Choose an account that was made here.",
            )
        self._in_flight.refuse_unsettled(account, intent.replaces)
        network = await self._networks.resolve(account.network)
        async with self._chain.open(network, intent.kind.value) as session:
            return await self.plan_on(session, network, account, intent)

    async def plan_on(
        self, session: ChainSession, network: Network, account: Account, intent: Intent
    ) -> Plan:
        """The same on a session that is open."""
        head = await session.head()
        if intent.declares is not None:
            check_class_limits(intent.declares)
            check_network_takes(intent.declares, head.starknet_version, network.name)
        warnings = await self._look_at_account(session, account, intent)
        balance = await balance_of(session, STRK, account.address)
        # Before the simulation: that would say so too, in words that nobody understands.
        await enough(session, account, intent, balance, NO_BOUNDS)
        draft = await self.draft(session, account, intent)
        await self._in_flight.refuse_surprising_payments(session, account, draft.transaction.nonce)
        bounds = draft.transaction.bounds
        balance = await balance_of(session, STRK, account.address)
        await enough(session, account, intent, balance, bounds)
        checked_with = None
        if network.cross_check:
            checked_with, words = await self._second_node(network, session, account)
            warnings += words
        uses = self._in_flight.caps_now(
            network, intent.spends, bounds.max_fee, head.timestamp, intent.replaces
        )
        if self._journal.damaged():
            warnings.append(
                "A file of the journal of transactions cannot be read. Look at the history before "
                "you pay something a second time."
            )
        transaction = draft.transaction
        return Plan(
            network=network,
            account=account,
            node=session.node,
            intent=intent,
            transaction=transaction,
            simulation=draft.simulation,
            calls=transaction_words(transaction, intent.tokens),
            changes=tuple(changes(draft.simulation, account.address, intent.tokens)),
            likely_fee=draft.simulation.fee.overall,
            max_fee=bounds.max_fee,
            balance=balance,
            block_number=head.number,
            block_timestamp=head.timestamp,
            caps=uses,
            checked_with=checked_with,
            warnings=tuple(warnings),
        )

    async def draft(self, session: ChainSession, account: Account, intent: Intent) -> Draft:
        """Simulate at the nonce that is next and put bounds around the estimate."""
        private_key = await self._keys.private_key(account)
        nonce = await session.nonce(account.address, Block.PRE_CONFIRMED)
        bare = self._bare(account, intent, nonce)
        check_limits(bare)
        if intent.unseen is not None:
            assumed = unsimulated(intent.unseen, await session.head())
            bounds = self._bounds(assumed, intent)
            return Draft(bare.model_copy(update={"bounds": bounds}), assumed)
        simulation = await self._simulated(session, account, intent, bare, private_key)
        transaction = bare.model_copy(update={"bounds": self._bounds(simulation, intent)})
        check_limits(transaction)
        return Draft(transaction, simulation)

    async def simulate_again(
        self, session: ChainSession, account: Account, record: TxRecord
    ) -> None:
        """What is signed already, run once more before a node is given the same bytes again: its
        calls at its nonce, under a signature that nobody can send. Raises WouldFail."""
        private_key = await self._keys.private_key(account)
        bare = record.signed.transaction.model_copy(update={"bounds": NO_BOUNDS})
        calls = bare.calls if isinstance(bare, Invoke) else ()
        intent = Intent(record.kind, record.title, calls, record.spends, record.recipient)
        await self._simulated(session, account, intent, bare, private_key)

    async def _simulated(
        self,
        session: ChainSession,
        account: Account,
        intent: Intent,
        bare: AnyTransaction,
        private_key: int,
    ) -> Simulation:
        """What the node says that it would do; raises WouldFail for more or less than is wanted."""
        signature = await asyncio.to_thread(
            self._crypto.sign_query, bare, session.network.chain_id, private_key
        )
        simulation = await session.simulate(bare, signature)
        if simulation.revert_reason is not None:
            raise WouldFail(
                f"The node says: {simulation.revert_reason[:TEXT_LIMIT]} Nothing was sent.",
                hint=hint_of_revert(intent),
            )
        refuse_surprises(simulation, account, intent)
        return simulation

    def _bare(self, account: Account, intent: Intent, nonce: int) -> AnyTransaction:
        if intent.declares is not None:
            entry = intent.declares
            return Declare(
                sender=account.address,
                nonce=nonce,
                contract=entry.name,
                class_hash=entry.class_hash,
                compiled_class_hash=entry.compiled_class_hash,
                bounds=NO_BOUNDS,
            )
        if intent.kind is not TxKind.DEPLOY_ACCOUNT:
            if intent.replaces is not None:
                old = self._journal.find(intent.replaces).signed.transaction.nonce
                if nonce != old:
                    raise PlanChanged(
                        "Its place in the account's order is taken: it went through, or another "
                        "did. Nothing was sent.",
                        hint="Look at it in the history again.",
                    )
            return Invoke(sender=account.address, nonce=nonce, calls=intent.calls, bounds=NO_BOUNDS)
        if account.kind is None or account.public_key is None or account.salt is None:
            raise WatchOnly("There is no key for it here, so it cannot be deployed from here.")
        return DeployAccount(
            sender=account.address,
            nonce=nonce,
            class_hash=CLASS_HASHES[account.kind],
            salt=account.salt,
            constructor_calldata=constructor_calldata(account.kind, account.public_key),
            bounds=NO_BOUNDS,
        )

    def _bounds(self, simulation: Simulation, intent: Intent) -> Bounds:
        bounds = simulation.fee.bounds(limited=intent.declares is None)
        if intent.replaces is None:
            return bounds
        waiting = [
            one.signed.transaction.bounds for one in self._in_flight.in_its_place(intent.replaces)
        ]
        dearest = max((one.l2_gas.max_price for one in waiting), default=0)
        tip = max((one.tip for one in waiting), default=0)
        price = max(bounds.l2_gas.max_price, scaled(dearest, REPLACEMENT))
        return bounds.model_copy(
            update={
                "l2_gas": bounds.l2_gas.model_copy(update={"max_price": price}),
                "tip": scaled(tip, REPLACEMENT),
            }
        )

    async def _look_at_account(
        self, session: ChainSession, account: Account, intent: Intent
    ) -> list[str]:
        found = await session.class_hash_at(account.address)
        if intent.kind is TxKind.DEPLOY_ACCOUNT:
            if found is not None:
                raise InvalidInput("This account is deployed already. Nothing was sent.")
            return []
        if found is None:
            raise InvalidInput(
                "This account is not deployed yet, so it can send nothing.",
                hint="Deploy it first.",
            )
        if intent.declares is not None and await session.class_known(intent.declares.class_hash):
            raise InvalidInput(
                f"The class {intent.declares.name} is declared on this network already. "
                "Nothing was sent."
            )
        warnings = [] if intent.unseen is None else [UNSEEN]
        if account.class_hash is not None and found != account.class_hash:
            warnings.append(f"The account's contract was changed: its class is now {hex(found)}.")
        return warnings

    async def _second_node(
        self, network: Network, session: ChainSession, account: Account
    ) -> tuple[str | None, list[str]]:
        try:
            label = await self._chain.cross_check(network, session.node, account.address)
        except NodesDisagree:
            raise
        except NodeUnreachable as error:
            return None, [f"No second node confirmed what the first one tells: {error.detail}"]
        return label, []
