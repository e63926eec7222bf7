"""Reading calls of MIST's contract back: round trips with what writes them, and everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.mist.calls import (
    LEAST,
    PUBLICS_AT,
    deposit_secret,
    emergency_key,
    spend_publics,
)
from obsqra_desktop.domain.mist.note import FIELD, HEIGHT, Note, TreePath
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.privacy.calls import deposit_calls, emergency_call, u256

POOL = 0xB001
elements = st.integers(0, FIELD - 1)


def spend(values: tuple[int, ...], more: int = 5) -> Call:
    felts = [*range(32), 10, *(half for value in values for half in u256(value)), *[7] * more]
    return Call(to=POOL, entry_point="handle_zkp", calldata=(len(felts), *felts))


@given(st.lists(elements, min_size=10, max_size=10), st.integers(0, 40))
def test_public_inputs_come_back(values: list[int], more: int) -> None:
    assert spend_publics(spend(tuple(values), more)) == tuple(values)


def test_anything_else_has_none() -> None:
    good = spend((1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    felts = list(good.calldata)
    for place, value in (
        (0, len(felts)),
        (PUBLICS_AT - 1, 9),
        (PUBLICS_AT, 2**128),
        (PUBLICS_AT + 1, FIELD >> 128),
        (LEAST - 1, 2**127),
    ):
        changed = [*felts]
        changed[place] = value
        low = {PUBLICS_AT + 1: (PUBLICS_AT, 2**128 - 1)}.get(place)
        if low is not None:
            changed[low[0]] = low[1]
        assert spend_publics(good.model_copy(update={"calldata": tuple(changed)})) is None, place
    assert spend_publics(good.model_copy(update={"calldata": ()})) is None
    assert spend_publics(good.model_copy(update={"entry_point": "deposit"})) is None


@given(elements.filter(bool), st.integers(1, 2**128 - 1))
def test_secrets_and_keys_come_back(secret: int, amount: int) -> None:
    approve, deposit = deposit_calls(POOL, secret, 0x70, amount)
    assert deposit_secret(deposit) == secret
    assert deposit_secret(approve) is None
    note = Note(min(secret, FIELD - 2), 0x0E, 0x70, amount)
    path = TreePath(0, 9, (5,) * 3 + (0,) * (HEIGHT - 3))
    call = emergency_call(POOL, note, path)
    assert emergency_key(call) == note.claiming_key
    assert emergency_key(deposit) is None
    assert deposit_secret(call) is None


@pytest.mark.parametrize("felts", [(), (1, 0, 1, 0), (2**128, 0, 1, 0, 5)])
def test_other_deposits_have_no_secret(felts: tuple[int, ...]) -> None:
    assert deposit_secret(Call(to=POOL, entry_point="deposit", calldata=felts)) is None
