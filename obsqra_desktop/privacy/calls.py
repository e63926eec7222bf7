"""The calls of MIST's contract, by its published ABI (npm @mistcash/config 0.5.2).

A u256 is two felts, the lower 128 bits first. `Asset` is amount, then token.
"""

from collections.abc import Sequence

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, Note, Output, TreePath, address, element
from obsqra_desktop.domain.transaction import Call


def u256(value: int) -> tuple[int, int]:
    """Low and high half."""
    return value & (2**128 - 1), value >> 128


def deposit_calls(pool: int, secret: int, token: int, amount: int) -> tuple[Call, Call]:
    """Allow the pool to take the amount, and deposit it: one transaction.

    The secret comes from a note or a payment request; see `guards.ensure_secret`.
    """
    address(pool, "pool")
    address(token, "token")
    if element(secret, "secret") == 0:
        raise InvalidInput("no note has the secret 0", where="secret")
    if not 0 < amount < AMOUNT_BOUND:
        raise InvalidInput("amounts are from 1 to below 2^128", where="amount")
    approve = Call(to=token, entry_point="approve", calldata=(pool, *u256(amount)))
    deposit = Call(to=pool, entry_point="deposit", calldata=(*u256(secret), *u256(amount), token))
    return approve, deposit


def proof_call(pool: int, felts: Sequence[int]) -> Call:
    """Spend with a proof: `felts` is the whole argument, its length first."""
    if not felts or felts[0] != len(felts) - 1:
        raise InvalidInput("the argument does not begin with its own length")
    return Call(to=pool, entry_point="handle_zkp", calldata=tuple(felts))


def shown_siblings(path: TreePath) -> tuple[int, ...]:
    """Without the zeros that only the circuit needs."""
    siblings = path.siblings
    while siblings and siblings[-1] == 0:
        siblings = siblings[:-1]
    return siblings


def emergency_call(pool: int, note: Note, path: TreePath, change: Output | None = None) -> Call:
    """Withdraw without a proof. Publishes the note's key: only for an emergency.

    With `change` the sender must be the owner; that part stays in the pool.
    """
    siblings = shown_siblings(path)
    common = (
        *u256(note.claiming_key),
        note.owner,
        *u256(note.amount),
        note.token,
        len(siblings),
        *(half for sibling in siblings for half in u256(sibling)),
    )
    if change is None:
        return Call(to=pool, entry_point="withdraw_no_zk", calldata=common)
    if not 0 < change.amount < note.amount:
        raise InvalidInput("the part that stays is more than nothing and less than the note")
    more = (*u256(change.secret), *u256(change.amount))
    return Call(to=pool, entry_point="seek_and_hide_no_zk", calldata=(*common, *more))
