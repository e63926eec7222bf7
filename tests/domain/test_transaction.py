"""Transactions: calldata against starknet-py, fees and limits at their edges, foreign text."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from starknet_py.hash.selector import get_selector_from_name
from starknet_py.net.account.account import _parse_calls
from starknet_py.net.client_models import Call as PyCall

from obsqra_desktop.domain.chain_errors import OverLimit
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.strict_json import MAX_INT
from obsqra_desktop.domain.transaction import (
    FOREIGN_TEXT,
    MAX_CALLDATA,
    MAX_EVENTS,
    MAX_L2_BOUND,
    MAX_L2_GAS,
    NO_BOUNDS,
    Bound,
    Bounds,
    Call,
    Declare,
    DeployAccount,
    FeeEstimate,
    Gas,
    Head,
    Invoke,
    Receipt,
    Signed,
    Simulation,
    Transfer,
    check_limits,
    check_ranges,
    execute_calldata,
    foreign_text,
    scaled,
)
from tests.domain.chain_strategies import (
    bounds,
    calls,
    deployments,
    gases,
    invokes,
    make_receipt,
    receipts,
    signed,
    transfers,
)
from tests.domain.strategies import felts

ZERO = Gas(amount=0, price=0)
NONE = Bound(max_amount=0, max_price=0)
CALL = Call(to=1, entry_point="transfer", calldata=(2, 3, 0))
INVOKE = Invoke(sender=1, nonce=0, calls=(CALL,), bounds=NO_BOUNDS)


def estimate(l1: Gas = ZERO, data: Gas = ZERO, l2: Gas = ZERO) -> FeeEstimate:
    return FeeEstimate(l1_gas=l1, l1_data_gas=data, l2_gas=l2, overall=0)


def with_l2_bound(amount: int) -> Invoke:
    l2 = Bound(max_amount=amount, max_price=1)
    return INVOKE.model_copy(update={"bounds": NO_BOUNDS.model_copy(update={"l2_gas": l2})})


def with_felts(count: int) -> Invoke:
    """Calldata of that size: a length, and four felts in front of the call's own."""
    call = Call(to=1, entry_point="f", calldata=(0,) * (count - 4))
    return INVOKE.model_copy(update={"calls": (call,)})


@given(st.lists(calls, min_size=1, max_size=4))
def test_calldata_is_that_of_starknet_py(made: list[Call]) -> None:
    theirs = [
        PyCall(one.to, get_selector_from_name(one.entry_point), list(one.calldata)) for one in made
    ]
    assert list(execute_calldata(tuple(made))) == _parse_calls(1, theirs)


def test_calldata_of_a_transfer() -> None:
    transfer = 0x83AFD3F4CAEDC6EEBF44246FE54E38C95E3179A5EC9EA81740ECA5B482D12E
    assert INVOKE.calldata == (1, 1, transfer, 3, 2, 3, 0)


@given(st.one_of(invokes, deployments, signed, receipts, bounds))
def test_round_trips(model: BaseModel) -> None:
    assert type(model).model_validate_json(model.model_dump_json()) == model


@pytest.mark.parametrize("name", ["", "a-b", "1a", "a b", "é", "a\n", "a\x00", "a" * 122])
def test_refused_entry_points(name: str) -> None:
    with pytest.raises(ValidationError):
        Call(to=1, entry_point=name)


@pytest.mark.parametrize("signature", [(), (1,), (1,) * 4_001, (1, PRIME), (1, -1), (1, 1.5)])
def test_refused_signatures(signature: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        Signed(transaction=INVOKE, chain_id="SN_MAIN", hash=1, signature=signature)


def test_signatures_are_in_no_text() -> None:
    made = Signed(transaction=INVOKE, chain_id="SN_MAIN", hash=1, signature=(987654321, 1))
    assert "987654321" not in repr(made) + str(made)
    with pytest.raises(ValidationError) as caught:
        Signed(transaction=INVOKE, chain_id="SN_MAIN", hash=-1, signature=(987654321, 1, 1.5))  # type: ignore[arg-type]
    assert "987654321" not in str(caught.value) + repr(caught.value)


@given(st.integers(0, 2**128), st.integers(1, 99), st.integers(1, 99))
def test_margins_round_up(value: int, over: int, under: int) -> None:
    exact = Fraction(value * over, under)
    assert 0 <= scaled(value, (over, under)) - exact < 1


@given(bounds)
def test_highest_fee_is_the_dearest_of_everything(made: Bounds) -> None:
    gas = (made.l1_gas, made.l1_data_gas, made.l2_gas)
    expected = sum(one.max_amount * one.max_price for one in gas)
    assert made.max_fee == expected + made.tip * made.l2_gas.max_amount


@given(gases, gases, st.integers(0, MAX_L2_GAS), st.integers(0, 2**127), st.integers(0, 99))
def test_bounds_cover_the_estimate(l1: Gas, data: Gas, used: int, price: int, tip: int) -> None:
    made = estimate(l1, data, Gas(amount=used, price=price)).bounds(tip)
    assert made.tip == tip
    for gas, limit in ((l1, made.l1_gas), (data, made.l1_data_gas)):
        assert limit.max_amount - Fraction(gas.amount * 12, 10) < 1
        assert limit.max_price - Fraction(gas.price * 15, 10) < 1
        assert limit.max_amount >= gas.amount
        assert limit.max_price >= gas.price
    assert used <= made.l2_gas.max_amount <= MAX_L2_BOUND
    assert made.l2_gas.max_price == -(-price * 3 // 2)


@pytest.mark.parametrize(
    ("used", "limit"),
    [
        (0, 0),
        (1, 2),
        (10, 12),
        (1_008_333_333, 1_210_000_000),  # x 1.2 = 1,209,999,999.6
        (1_008_333_334, 1_210_000_000),
        (MAX_L2_GAS, MAX_L2_BOUND),
    ],
)
def test_edges_of_l2_gas(used: int, limit: int) -> None:
    made = estimate(l2=Gas(amount=used, price=1)).bounds()
    assert made.l2_gas.max_amount == limit
    check_limits(INVOKE.model_copy(update={"bounds": made}))


def test_more_l2_gas_than_an_execution_may_use() -> None:
    with pytest.raises(OverLimit, match=r"1,110,000,001.*1,110,000,000.*Nothing was sent"):
        estimate(l2=Gas(amount=MAX_L2_GAS + 1, price=1)).bounds()


@pytest.mark.parametrize("resource", ["l1_gas", "l1_data_gas", "l2_gas"])
@pytest.mark.parametrize(
    "gas",
    [
        {"amount": 2**64, "price": 1},
        {"amount": 1, "price": 2**128},
        {"amount": 1, "price": 2**256 - 1},  # times its margin it is no amount any more
        {"amount": 2**256 - 1, "price": 2**256 - 1},
    ],
)
def test_numbers_of_a_lying_node(resource: str, gas: dict[str, int]) -> None:
    made = estimate().model_copy(update={resource: Gas(**gas)})
    with pytest.raises(OverLimit, match="Nothing was s"):
        made.bounds()


@given(bounds, felts)
def test_what_fits_into_the_hash_passes(made: Bounds, nonce: int) -> None:
    check_ranges(INVOKE.model_copy(update={"bounds": made, "nonce": nonce}))


@pytest.mark.parametrize("resource", ["l1_gas", "l1_data_gas", "l2_gas"])
@pytest.mark.parametrize(("name", "value"), [("max_amount", 2**64), ("max_price", 2**128)])
def test_too_wide_for_the_hash(resource: str, name: str, value: int) -> None:
    for number, fits in ((value - 1, True), (value, False)):
        limit = NONE.model_copy(update={name: number})
        made = INVOKE.model_copy(update={"bounds": NO_BOUNDS.model_copy(update={resource: limit})})
        if fits:
            check_ranges(made)
        else:
            with pytest.raises(OverLimit, match="Nothing was signed"):
                check_ranges(made)


def test_too_wide_tip_and_nonce() -> None:
    check_ranges(INVOKE.model_copy(update={"nonce": PRIME - 1}))
    wide = (
        INVOKE.model_copy(update={"nonce": PRIME}),
        INVOKE.model_copy(update={"bounds": NO_BOUNDS.model_copy(update={"tip": 2**64})}),
    )
    for one in wide:
        with pytest.raises(OverLimit):
            check_limits(one)


def test_limits_of_the_gateway() -> None:
    check_limits(with_l2_bound(MAX_L2_BOUND))
    with pytest.raises(OverLimit, match=r"1,210,000,001.*at most 1,210,000,000"):
        check_limits(with_l2_bound(MAX_L2_BOUND + 1))
    assert len(with_felts(MAX_CALLDATA).calldata) == MAX_CALLDATA
    check_limits(with_felts(MAX_CALLDATA))
    with pytest.raises(OverLimit, match=r"5,001 felts.*5,000.*Nothing was sent"):
        check_limits(with_felts(MAX_CALLDATA + 1))
    deployment = DeployAccount(
        sender=1, class_hash=1, salt=1, constructor_calldata=(0,) * 5_001, bounds=NO_BOUNDS
    )
    with pytest.raises(OverLimit, match="5,001"):
        check_limits(deployment)


@given(st.lists(transfers, max_size=8), felts)
def test_differences_balance(moved: list[Transfer], other: int) -> None:
    found = Simulation(fee=estimate(), transfers=tuple(moved), approvals=(), revert_reason=None)
    people = {other, *(one.sender for one in moved), *(one.recipient for one in moved)}
    total: dict[int, int] = {}
    for person, (token, change) in itertools.chain.from_iterable(
        ((person, item) for item in found.differences(person).items()) for person in people
    ):
        assert change != 0
        assert person in people
        total[token] = total.get(token, 0) + change
    assert not any(total.values())


def test_differences() -> None:
    def move(token: int, sender: int, recipient: int, amount: int) -> Transfer:
        return Transfer(token=token, sender=sender, recipient=recipient, amount=amount)

    moved = (
        move(7, 1, 2, 10),
        move(7, 2, 1, 4),
        move(8, 2, 1, 5),
        move(7, 1, 1, 99),
        move(9, 1, 2, 3),
    )
    found = Simulation(
        fee=estimate(), transfers=(*moved, move(9, 2, 1, 3)), approvals=(), revert_reason=None
    )
    assert found.differences(1) == {7: -6, 8: 5}
    assert found.differences(3) == {}


@given(st.text(st.characters(), max_size=50))
def test_text_of_others_is_printable_and_can_be_kept(text: str) -> None:
    clean = foreign_text(text)
    assert isinstance(clean, str)
    assert clean.replace("\n", "").isprintable()
    clean.encode("utf-8")
    assert foreign_text(clean) == clean
    assert len(clean) == len(text)


def test_text_of_others_is_cut_and_typed() -> None:
    receipt = make_receipt(1, reverted=True).model_dump()
    bidi = receipt | {"revert_reason": "no\x1b[31m\u202e\ud800" + "x" * 10**6}
    shown = Receipt(**bidi).revert_reason
    assert shown is not None
    assert shown.startswith("no\ufffd[31m\ufffd\ufffdx")
    assert len(shown) == FOREIGN_TEXT
    for wrong in (1, b"no", ["no"]):
        with pytest.raises(ValidationError):
            Receipt(**receipt | {"revert_reason": wrong})


def test_receipts_stay_small_and_counts_stay_readable() -> None:
    receipt = make_receipt(1).model_dump()
    move = Transfer(token=1, sender=1, recipient=1, amount=1)
    Receipt(**receipt | {"transfers": (move,) * MAX_EVENTS})
    for change in ({"transfers": (move,) * (MAX_EVENTS + 1)}, {"block_number": MAX_INT + 1}):
        with pytest.raises(ValidationError):
            Receipt(**receipt | change)
    head = {"hash": 1, "starknet_version": "0.14.2"} | dict.fromkeys(
        ("l1_gas_price", "l1_data_gas_price", "l2_gas_price", "number", "timestamp"), 1
    )
    Head(**head)  # type: ignore[arg-type]
    for name in ("number", "timestamp"):
        with pytest.raises(ValidationError):
            Head(**head | {name: 2**63})  # type: ignore[arg-type]


def test_a_declaration_pays_for_its_bytes_and_has_no_limit_of_executions() -> None:
    gas = Gas(amount=MAX_L2_GAS + 1, price=1)
    declaration = Declare(
        sender=1,
        nonce=0,
        contract="Verifier",
        class_hash=2,
        compiled_class_hash=3,
        bounds=estimate(l2=gas).bounds(limited=False),
    )
    assert declaration.calldata == ()
    assert declaration.bounds.l2_gas.max_amount == scaled(gas.amount, (12, 10)) > MAX_L2_BOUND
    check_limits(declaration)
    with pytest.raises(OverLimit):
        estimate(l2=gas).bounds()
    with pytest.raises(OverLimit, match="no transaction can hold"):
        check_limits(declaration.model_copy(update={"nonce": PRIME}))
