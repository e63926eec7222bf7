"""What a node may show of a private step, and what stands for a simulation that is not asked."""

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.domain.mist.calls import spend_publics
from obsqra_desktop.domain.transaction import Approval, FeeEstimate, Gas, Head, Simulation
from obsqra_desktop.services.plans import Intent, Unseen


def is_deposits_own(approval: Approval, intent: Intent, asked: dict[int, int]) -> bool:
    """A deposit lets the pool, and nobody else, take the amount once."""
    return (
        intent.kind is TxKind.MIST_DEPOSIT
        and approval.spender == intent.recipient
        and approval.amount <= asked.get(approval.token, 0)
    )


def refuse_other_gains(simulation: Simulation, account: Account, intent: Intent) -> None:
    """A proved spend pays its sender what the proof says, and moves nothing else of theirs."""
    expected: dict[int, int] = {}
    for call in intent.calls:
        publics = spend_publics(call)
        if publics is not None and publics[2]:
            expected[publics[3]] = expected.get(publics[3], 0) + publics[2]
    if simulation.differences(account.address) != expected:
        raise WouldFail(
            "The node's simulation does not pay your account what the proof says. "
            "Nothing was sent.",
            hint="Use another node, or look at what the pool's contract is now.",
        )


def refuse_short_deposit(simulation: Simulation, intent: Intent) -> None:
    """A deposit has to bring the pool all of what its note will be worth.

    The pool writes down the amount that it is told, not what arrives. A token that keeps a part of
    each transfer leaves a note behind that the pool cannot pay out. Raises WouldFail.
    """
    if intent.recipient is None:
        return
    expected = {one.token: one.amount for one in intent.spends}
    arrived = simulation.differences(intent.recipient)
    if arrived != expected:
        shown = ", ".join(f"{arrived.get(token, 0):,} of {expected[token]:,}" for token in expected)
        raise WouldFail(
            f"Of this token {shown} units would arrive in the pool. The pool writes down the whole "
            "amount all the same, and its note could not be paid out. Nothing was sent.",
            hint="Tokens that keep a part of each transfer cannot be used in the pool.",
        )


def hint_of_revert(intent: Intent) -> str:
    """What to do about a simulation that reverts."""
    if intent.kind is TxKind.MIST_SPEND:
        return (
            "If it speaks of a balance, the pool has less of this token than its notes say, as "
            "with tokens that keep a part of each transfer: try a smaller amount. Else look at "
            "the pool again: obsqra mist scan"
        )
    return "Check the amount and the address."


def unsimulated(unseen: Unseen, head: Head) -> Simulation:
    """What is assumed, at the newest block's prices."""
    parts = ((unseen.l2_gas, head.l2_gas_price), (unseen.l1_data_gas, head.l1_data_gas_price))
    return Simulation(
        fee=FeeEstimate(
            l1_gas=Gas(amount=0, price=head.l1_gas_price),
            l1_data_gas=Gas(amount=unseen.l1_data_gas, price=head.l1_data_gas_price),
            l2_gas=Gas(amount=unseen.l2_gas, price=head.l2_gas_price),
            overall=sum(amount * price for amount, price in parts),
        ),
        transfers=unseen.transfers,
        approvals=(),
        revert_reason=None,
    )
