"""What a call of MIST's contract says, read back from its calldata.

Layout of `handle_zkp`'s argument by npm garaga 1.x and MIST SDK 0.5.2 (proof_calldata.txt): its
length, 8 coordinates in 4 limbs of 96 bits, the number of public inputs (10), then each public
input as low and high half; hints follow.
"""

from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, FIELD, Note, note_id
from obsqra_desktop.domain.transaction import Call, Invoke

PUBLICS: Final = 10
PUBLICS_AT: Final = 1 + 8 * 4 + 1
"""Felt of the first public input's low half in `handle_zkp`'s calldata."""
LEAST: Final = PUBLICS_AT + 2 * PUBLICS
HALF: Final = 2**128
SPEND: Final = "handle_zkp"
DEPOSIT: Final = "deposit"
EMERGENCY: Final = ("withdraw_no_zk", "seek_and_hide_no_zk")
NULLIFIER: Final = 6
"""Its place among the public inputs."""


def whole(low: int, high: int) -> int | None:
    """A u256 from its halves; None if they are none."""
    return low + high * HALF if max(low, high) < HALF else None


def spend_publics(call: Call) -> tuple[int, ...] | None:
    """The ten public inputs of a spend, in the circuit's order; None if it is no such call."""
    felts = call.calldata
    if call.entry_point != SPEND or len(felts) < LEAST or felts[0] != len(felts) - 1:
        return None
    if felts[PUBLICS_AT - 1] != PUBLICS:
        return None
    pairs = range(PUBLICS_AT, LEAST, 2)
    values = [whole(felts[at], felts[at + 1]) for at in pairs]
    found = tuple(value for value in values if value is not None and value < FIELD)
    return found if len(found) == PUBLICS else None


def deposit_secret(call: Call) -> int | None:
    """The secret that a deposit names; None if it is no such call."""
    if call.entry_point != DEPOSIT or len(call.calldata) != 5:
        return None
    return whole(*call.calldata[:2])


def deposited(transaction: Invoke, pool: int) -> tuple[tuple[int, int, int], ...]:
    """(secret, token, amount) of all deposits at a pool."""
    found = []
    for call in transaction.calls:
        secret = deposit_secret(call) if call.to == pool else None
        amount = whole(*call.calldata[2:4]) if secret is not None else None
        if secret is None or amount is None or secret >= FIELD:
            continue
        if 0 < amount < AMOUNT_BOUND:
            found.append((secret, call.calldata[4], amount))
    return tuple(found)


def emergency_key(call: Call) -> int | None:
    """The claiming key that a call without a proof publishes; None if it is no such call."""
    if call.entry_point not in EMERGENCY or len(call.calldata) < 7:
        return None
    return whole(*call.calldata[:2])


def spent_nullifiers(transaction: Invoke, pool: int) -> tuple[int, ...]:
    """Of all proved spends at a pool."""
    publics = (spend_publics(call) for call in transaction.calls if call.to == pool)
    return tuple(one[NULLIFIER] for one in publics if one is not None)


def deposited_secrets(transaction: Invoke, pool: int) -> tuple[int, ...]:
    """Of all deposits at a pool."""
    found = (deposit_secret(call) for call in transaction.calls if call.to == pool)
    return tuple(one for one in found if one is not None)


def emergency_note(call: Call) -> Note | None:
    """The note whose key a call without a proof publishes; None if it is no such call."""
    key = emergency_key(call)
    amount = whole(*call.calldata[3:5]) if key is not None else None
    if key is None or amount is None:
        return None
    try:
        return Note(key, call.calldata[2], call.calldata[5], amount)
    except InvalidInput:
        return None


def emergency_notes(transaction: Invoke) -> tuple[str, ...]:
    """Ids of all notes whose keys its calls publish, at whatever pool."""
    found = (emergency_note(call) for call in transaction.calls)
    return tuple(note_id(one) for one in found if one is not None)


def without_keys(transaction: Invoke) -> Invoke:
    """The same with the calldata left out of all calls that publish a key."""
    calls = tuple(
        call.model_copy(update={"calldata": ()}) if call.entry_point in EMERGENCY else call
        for call in transaction.calls
    )
    return transaction.model_copy(update={"calls": calls})


def published_keys(transaction: Invoke, pool: int) -> tuple[int, ...]:
    """Of all calls without a proof at a pool."""
    found = (emergency_key(call) for call in transaction.calls if call.to == pool)
    return tuple(one for one in found if one is not None)
