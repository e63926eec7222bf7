"""What a plan is refused for before it is signed: surprising effects, money that is not there."""

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token, format_amount
from obsqra_desktop.domain.chain_errors import NotEnough, PlanChanged, WouldFail
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.domain.transaction import Bounds, Simulation
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.mist.effects import (
    is_deposits_own,
    refuse_other_gains,
    refuse_short_deposit,
)
from obsqra_desktop.services.plans import Intent, Plan
from obsqra_desktop.services.tokens import balance_of


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
                f"account has {format_amount(held, token.decimals, 6)} {token.symbol}. Nothing was "
                "sent.",
                hint="Send less, or add funds first.",
            )


def refuse_changed(plan: Plan, again: Plan) -> None:
    """What was confirmed must be what would happen now; raises PlanChanged."""
    if again.transaction.nonce != plan.transaction.nonce:
        raise PlanChanged(
            "Another transaction of this account went through in the meantime. Nothing was sent.",
            hint="Check the plan again.",
        )
    if effects(again.simulation) != effects(plan.simulation):
        raise PlanChanged(
            "The simulation now moves other tokens than before. Nothing was sent.",
            hint="Check the plan again.",
        )
    if not covers(plan.transaction.bounds, again.simulation):
        raise PlanChanged(
            "The fee has risen above the highest fee that was shown. Nothing was sent.",
            hint="Check the plan again.",
        )


def effects(simulation: Simulation) -> tuple[object, ...]:
    """What a simulation does besides costing a fee."""
    return (simulation.transfers, simulation.approvals, simulation.revert_reason)


def covers(bounds: Bounds, simulation: Simulation) -> bool:
    """Whether the bounds still allow what the newest estimate needs."""
    fee = simulation.fee
    return all(
        gas.amount <= bound.max_amount and gas.price <= bound.max_price
        for gas, bound in (
            (fee.l1_gas, bounds.l1_gas),
            (fee.l1_data_gas, bounds.l1_data_gas),
            (fee.l2_gas, bounds.l2_gas),
        )
        if gas.amount
    )
