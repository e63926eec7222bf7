"""Replies changed at random: each is read as it should be or refused with its typed error."""

import contextlib
import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.chain import replies
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import PRIME, selector
from obsqra_desktop.domain.journal import TxState

PRICE = {"price_in_fri": "0x10", "price_in_wei": "0x1"}
MOVE = {
    "from_address": "0x5",
    "keys": [hex(selector("Transfer")), "0x1", "0x2"],
    "data": ["0x7", "0x0"],
    "order": 0,
}
CALL = {"contract_address": "0x5", "calls": [], "events": [MOVE], "result": []}
BLOCK = {
    "block_hash": "0xabc",
    "block_number": 7,
    "timestamp": 1_700_000_000,
    "starknet_version": "0.14.2",
    "l1_gas_price": {**PRICE},
    "l1_data_gas_price": {**PRICE},
    "l2_gas_price": {**PRICE},
    "transactions": [],
}
SIMULATED = [
    {
        "transaction_trace": {
            "type": "INVOKE",
            "execute_invocation": {**CALL, "calls": [CALL, {**CALL, "calls": [CALL]}]},
        },
        "fee_estimation": {
            "l1_gas_consumed": "0x0",
            "l1_gas_price": "0x1",
            "l1_data_gas_consumed": "0x80",
            "l1_data_gas_price": "0x1",
            "l2_gas_consumed": "0xf4240",
            "l2_gas_price": "0x2",
            "overall_fee": "0x1e8500",
            "unit": "FRI",
        },
    }
]
RECEIPT = {
    "type": "INVOKE",
    "transaction_hash": "0xdef",
    "actual_fee": {"amount": "0x99", "unit": "FRI"},
    "execution_status": "SUCCEEDED",
    "finality_status": "ACCEPTED_ON_L2",
    "block_number": 8,
    "events": [MOVE],
}
STATUS = {"finality_status": "ACCEPTED_ON_L2", "execution_status": "SUCCEEDED"}


def block(value: Any) -> Any:
    return replies.head_of(replies.checked(replies.BLOCK, value, "node", "block"))


def simulated(value: Any) -> Any:
    (one,) = replies.checked(replies.SIMULATED, value, "node", "simulation")
    return replies.simulation_of(one, "node")


def receipt(value: Any) -> Any:
    return replies.receipt_of(replies.checked(replies.RECEIPT, value, "node", "receipt"))


def status(value: Any) -> Any:
    return replies.status_of(replies.checked(replies.STATUS, value, "node", "status"))


KINDS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "block": (block, BLOCK),
    "simulation": (simulated, SIMULATED),
    "receipt": (receipt, RECEIPT),
    "status": (status, STATUS),
}

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.text(max_size=40)
    | st.integers(-1, 2**256).map(hex)
    | st.sampled_from(["0x", "0x00", "0xG", hex(PRIME), hex(PRIME - 1), "0X1", " 0x1", "1"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [here, *(one for key, part in inside for one in places(part, (*here, key)))]


def at(value: Any, place: tuple[Any, ...], new: Any, remove: bool) -> Any:
    """A copy with another value there, or none."""
    if not place:
        return new
    changed = copy.deepcopy(value)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    if remove:
        del inner[place[-1]]
    else:
        inner[place[-1]] = new
    return changed


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_any_change_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    read, honest = KINDS[kind]
    changed = honest
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(places(changed)))
        changed = at(changed, place, data.draw(json_values), data.draw(st.booleans()))
    with contextlib.suppress(NodeAnswerInvalid):
        read(changed)


@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_the_future_change_nothing(kind: str) -> None:
    read, honest = KINDS[kind]
    more = [{**honest[0], "new": {"a": [1]}}] if isinstance(honest, list) else {**honest, "new": 1}
    assert read(more) == read(honest)


def test_what_an_honest_reply_says() -> None:
    head = block(BLOCK)
    assert (head.number, head.hash, head.l2_gas_price) == (7, 0xABC, 16)
    one = simulated(SIMULATED)
    assert one.fee.overall == 2_000_128
    assert one.differences(1) == {5: -28}  # four calls emit a move of 7 each
    assert one.revert_reason is None
    kept = receipt(RECEIPT)
    assert (kept.hash, kept.actual_fee, kept.reverted) == (0xDEF, 0x99, False)
    assert status(STATUS).state is TxState.ACCEPTED_L2


@pytest.mark.parametrize(
    ("place", "new"),
    [
        (("block_hash",), hex(PRIME)),
        (("block_hash",), 5),
        (("block_number",), -1),
        (("block_number",), "7"),
        (("block_number",), True),
        (("timestamp",), 2**64),
        (("starknet_version",), "0.14\u202e"),
        (("l2_gas_price", "price_in_fri"), 3),
        (("l2_gas_price",), None),
    ],
)
def test_a_wrong_block_is_refused(place: tuple[str, ...], new: Any) -> None:
    with pytest.raises(NodeAnswerInvalid, match=str(place[0])):
        block(at(BLOCK, place, new, remove=False))


@pytest.mark.parametrize("field", [key for key in BLOCK if key != "transactions"])
def test_no_field_of_a_block_may_be_missing(field: str) -> None:
    with pytest.raises(NodeAnswerInvalid, match=field):
        block(at(BLOCK, (field,), None, remove=True))


def test_a_fee_in_another_unit_is_refused() -> None:
    with pytest.raises(NodeAnswerInvalid, match="unit"):
        simulated(at(SIMULATED, (0, "fee_estimation", "unit"), "WEI", remove=False))


def test_two_simulations_or_none_are_refused() -> None:
    for wrong in ([], SIMULATED * 2):
        with pytest.raises(NodeAnswerInvalid):
            simulated(wrong)


def test_calls_nested_too_deeply_or_too_many_are_refused() -> None:
    deep: dict[str, Any] = {**CALL}
    for _ in range(replies.DEEPEST + 1):
        deep = {**CALL, "calls": [deep]}
    wide = {**CALL, "calls": [CALL] * (replies.MOST_CALLS + 1)}
    for wrong in (deep, wide):
        trace = {"execute_invocation": wrong}
        with pytest.raises(NodeAnswerInvalid, match="more calls"):
            simulated(at(SIMULATED, (0, "transaction_trace"), trace, remove=False))


@pytest.mark.parametrize(
    ("finality", "execution", "state"),
    [
        ("RECEIVED", None, TxState.RECEIVED),
        ("CANDIDATE", None, TxState.RECEIVED),
        ("PRE_CONFIRMED", "SUCCEEDED", TxState.PRE_CONFIRMED),
        ("PRE_CONFIRMED", "REVERTED", TxState.PRE_CONFIRMED),
        ("ACCEPTED_ON_L2", "REVERTED", TxState.REVERTED),
        ("ACCEPTED_ON_L1", "REVERTED", TxState.REVERTED),
        ("ACCEPTED_ON_L1", "SUCCEEDED", TxState.ACCEPTED_L1),
    ],
)
def test_statuses(finality: str, execution: str | None, state: TxState) -> None:
    reply = {"finality_status": finality, "execution_status": execution}
    assert status(reply).state is state


def test_tokens_are_moved_by_either_form_of_the_event() -> None:
    in_data = {**MOVE, "keys": [hex(selector("Transfer"))], "data": ["0x1", "0x2", "0x7", "0x0"]}
    nft = {**MOVE, "keys": [hex(selector("Transfer")), "0x1", "0x2", "0x7", "0x0"], "data": ["0x9"]}
    wide = {**MOVE, "data": [hex(1 << 128), "0x0"]}
    kept = receipt({**RECEIPT, "events": [MOVE, in_data, nft, wide, {**MOVE, "keys": []}]})
    assert len(kept.transfers) == 2
    assert len(set(kept.transfers)) == 1
