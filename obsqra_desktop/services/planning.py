"""From an intent to a plan: local limits, simulation, fees, caps. Nothing is signed for sending."""

import asyncio
from dataclasses import dataclass, replace

from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, constructor_calldata
from obsqra_desktop.domain.amounts import STRK, Token, format_amount
from obsqra_desktop.domain.chain_errors import (
    AccountBusy,
    NodeAnswerInvalid,
    NodesDisagree,
    NodeUnreachable,
    NotEnough,
    PlanChanged,
    WatchOnly,
    WouldFail,
)
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.contracts import ContractFacts, check_class_limits, check_network_takes
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import UNPAID, Spend, TxKind, TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import CapUse, check_caps
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
    SpendingStore,
)
from obsqra_desktop.services.mist.effects import (
    hint_of_revert,
    is_deposits_own,
    refuse_other_gains,
    refuse_short_deposit,
    unsimulated,
)
from obsqra_desktop.services.plans import (
    Intent,
    Plan,
    changes,
    transaction_words,
    transfer_call,
)
from obsqra_desktop.services.tracking import Tracker

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
        spending: SpendingStore,
        tracker: Tracker,
    ) -> None:
        self._networks = networks
        self._chain = chain
        self._crypto = crypto
        self._keys = keys
        self._journal = journal
        self._spending = spending
        self._tracker = tracker

    async def plan(self, account: Account, intent: Intent) -> Plan:
        """Ask one node for everything, and a second one to agree if the network wants that.

        Raises the chain errors; nothing is sent and nothing that could be sent is signed.
        """
        if account.watch_only:
            raise WatchOnly(
                "There is no key for it here, so nothing can be sent from it.",
                hint="Choose an account that was made here.",
            )
        self.refuse_unsettled(account, intent.replaces)
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
        await self._refuse_surprising_payments(session, account, draft.transaction.nonce)
        bounds = draft.transaction.bounds
        balance = await balance_of(session, STRK, account.address)
        await enough(session, account, intent, balance, bounds)
        checked_with = None
        if network.cross_check:
            checked_with, words = await self._second_node(network, session, account)
            warnings += words
        uses = self.caps_now(
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

    def refuse_unsettled(self, account: Account, replaces: str | None = None) -> None:
        """One transaction at a time: an open one may still take the nonce or be paid."""
        place = {one.id for one in self._in_its_place(replaces)}
        for record in self._journal.listing():
            waits = not record.settled and record.state is not TxState.PRE_CONFIRMED
            if waits and record.account == account.id and record.id not in place:
                raise AccountBusy(
                    f"“{record.title}” is not settled yet. Nothing was sent.",
                    hint="Look at it in the history first: look again, send the same again, or "
                    f"cancel it (obsqra tx resume {record.id}).",
                )

    def _in_its_place(self, replaces: str | None) -> list[TxRecord]:
        """That one and all that wait with its nonce: of these one can be paid."""
        if replaces is None:
            return []
        old = self._journal.find(replaces).signed
        return [
            one
            for one in self._journal.listing()
            if not one.settled
            and one.signed.chain_id == old.chain_id
            and one.signed.transaction.sender == old.transaction.sender
            and one.signed.transaction.nonce == old.transaction.nonce
        ]

    async def _refuse_surprising_payments(
        self, session: ChainSession, account: Account, nonce: int
    ) -> None:
        """Whether something that counted as unpaid was paid after all; raises PlanChanged.

        A node can refuse a transaction and pass it on all the same. If it used its nonce, the one
        that is now wanted in its place would be a second payment.
        """
        records = [one for one in self._journal.listing() if one.account == account.id]
        final = {
            one.signed.transaction.nonce
            for one in records
            if one.settled and one.state not in UNPAID
        }
        for record in records:
            mine = record.signed.transaction.nonce
            if record.state in UNPAID and mine < nonce and mine not in final:
                seen = await self._tracker.look(session, record)
                if seen.state not in UNPAID:
                    raise PlanChanged(
                        f"“{record.title}” counted as {record.state.value} and went through after "
                        "all. Nothing was sent now.",
                        hint="Look at the history before you send again.",
                    )

    def caps_now(
        self,
        network: Network,
        spends: tuple[Spend, ...],
        max_fee: int,
        now: int,
        replaces: str | None = None,
    ) -> tuple[CapUse, ...]:
        """The uses of the caps; raises OverCap.

        What is to be replaced does not count: of several with one nonce one can be paid.
        """
        place = {one.id for one in self._in_its_place(replaces)}
        records = tuple(
            one
            for one in self._journal.listing()
            if one.signed.chain_id == network.chain_id and one.id not in place
        )
        return check_caps(self._spending.load().of(network), records, spends, max_fee, now)

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
        transaction = bare.model_copy(update={"bounds": self._bounds(simulation, intent)})
        check_limits(transaction)
        return Draft(transaction, simulation)

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
        waiting = [one.signed.transaction.bounds for one in self._in_its_place(intent.replaces)]
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


def refuse_surprises(simulation: Simulation, account: Account, intent: Intent) -> None:
    """The simulation may take from the account what was asked for and nothing else.

    Raises WouldFail. A token of the sender's choice is a contract that others wrote; even an
    honest node can show that it takes more.
    """
    asked: dict[int, int] = {}
    for spend in intent.spends:
        asked[spend.token] = asked.get(spend.token, 0) + spend.amount
    for token, change in simulation.differences(account.address).items():
        if -change > asked.get(token, 0):
            raise WouldFail(
                f"It would take {-change:,} units of the token {address_form(token)}, "
                f"asked for were {asked.get(token, 0):,}. Nothing was sent.",
                hint="Do not send this. The contract or the node is not what it should be.",
            )
    if intent.kind is TxKind.TRANSFER and intent.recipient not in {None, account.address}:
        for spend in intent.spends:
            moved = simulation.differences(account.address).get(spend.token, 0)
            if moved != -spend.amount:
                raise WouldFail(
                    f"The node's simulation moves {-moved:,} units, asked for were "
                    f"{spend.amount:,}. Nothing was sent.",
                    hint="Use another node, or check the token.",
                )
    if intent.kind is TxKind.MIST_SPEND:
        refuse_other_gains(simulation, account, intent)
    if intent.kind is TxKind.MIST_DEPOSIT:
        refuse_short_deposit(simulation, intent)
    if intent.kind is not TxKind.CALL:
        granted = [
            one
            for one in simulation.approvals
            if one.owner == account.address and not is_deposits_own(one, intent, asked)
        ]
        if granted:
            raise WouldFail(
                f"It would let {address_form(granted[0].spender)} take tokens later, which was "
                "not asked for. Nothing was sent.",
                hint="Do not send this.",
            )


async def enough(
    session: ChainSession, account: Account, intent: Intent, balance: int, bounds: Bounds
) -> None:
    """Whether the balances cover the amounts and the highest fee; raises NotEnough."""
    needed: dict[int, int] = {STRK.address: bounds.max_fee}
    for spend in intent.spends:
        needed[spend.token] = needed.get(spend.token, 0) + spend.amount
    for address, amount in needed.items():
        token = next((one for one in (STRK, *intent.tokens) if one.address == address), None)
        token = token or Token("", "", address, 0)
        held = (
            balance
            if address == STRK.address
            else await balance_of(session, token, account.address)
        )
        if held < amount:
            with_fee = address == STRK.address and bounds.max_fee
            fee = " with the highest fee" if with_fee else ""
            raise NotEnough(
                f"It needs {format_amount(amount, token.decimals, 6)} {token.symbol}{fee}, the "
                f"account has {format_amount(held, token.decimals, 6)}. Nothing was sent.",
                hint="Send less, or add funds first.",
            )


async def balance_of(session: ChainSession, token: Token, address: int) -> int:
    """`balanceOf` of an ERC-20 at the pre-confirmed block (SNIP-2); a u256."""
    answer = await session.call(token.address, "balanceOf", (address,), Block.PRE_CONFIRMED)
    if len(answer) != 2 or any(half >> 128 for half in answer):
        raise NodeAnswerInvalid(f"The balance of {token.symbol or 'the token'} is no number.")
    return answer[0] + (answer[1] << 128)


def transfer_intent(token: Token, to: int, amount: int, network: Network, name: str = "") -> Intent:
    """Send tokens to one address."""
    if amount <= 0:
        raise InvalidInput("The amount has to be more than zero.", where="amount")
    shown = address_form(to)
    who = name or f"{shown[:8]}…{shown[-6:]}"
    return Intent(
        kind=TxKind.TRANSFER,
        title=f"Send {format_amount(amount, token.decimals)} {token.symbol} to {who} "
        f"on {network.name}",
        calls=(transfer_call(token, to, amount),),
        spends=(Spend(token=token.address, amount=amount),),
        recipient=to,
        tokens=(token,),
    )


def deploy_intent(account: Account, network: Network) -> Intent:
    """Deploy the account itself."""
    name = account.label or address_form(account.address)[:12]
    return Intent(TxKind.DEPLOY_ACCOUNT, f"Deploy the account “{name}” on {network.name}", (), ())


def declare_intent(entry: ContractFacts, network: Network) -> Intent:
    """Make a class known."""
    title = f"Declare the class {entry.name} on {network.name}"
    return Intent(TxKind.DECLARE, title, (), (), declares=entry)


def cancel_intent(record: TxRecord, account: Account) -> Intent:
    """Take the nonce of a waiting transaction with a transfer of nothing to oneself."""
    title = f"Cancel “{record.title}”"
    return replace(
        Intent(TxKind.CANCEL, title[:200], (transfer_call(STRK, account.address, 0),), ()),
        replaces=record.id,
    )


def faster_intent(
    record: TxRecord, account: Account, network: Network, tokens: tuple[Token, ...]
) -> Intent:
    """The same again in the place of one that waits, for a higher price; only one can be paid."""
    transaction = record.signed.transaction
    if isinstance(transaction, DeployAccount):
        return replace(deploy_intent(account, network), title=record.title, replaces=record.id)
    if not isinstance(transaction, Invoke):
        raise InvalidInput("A transaction of this kind cannot be replaced while it waits.")
    return Intent(
        kind=record.kind,
        title=record.title,
        calls=transaction.calls,
        spends=record.spends,
        recipient=record.recipient,
        tokens=tokens,
        replaces=record.id,
    )
