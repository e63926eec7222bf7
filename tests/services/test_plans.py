"""What a plan says: every number is there, and nothing is said that is not so."""

from decimal import Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starknet_py.hash.address import get_checksum_address
from starknet_py.serialization import Uint256Serializer

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK, Token
from obsqra_desktop.domain.contracts import UDC
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.transaction import (
    NO_BOUNDS,
    Call,
    DeployAccount,
    FeeEstimate,
    Gas,
    Simulation,
    Transfer,
)
from obsqra_desktop.services.plans import (
    CallWords,
    call_words,
    changes,
    deploy_words,
    is_transfer,
    known_token,
    split_u256,
    transfer_call,
)
from tests.domain.chain_strategies import addresses, amounts, calls, deployments, transfers
from tests.domain.strategies import felts

OTHER = Token("OTHER", "Another token", 0x77, 6)
ZERO = Gas(amount=0, price=0)
FREE = FeeEstimate(l1_gas=ZERO, l1_data_gas=ZERO, l2_gas=ZERO, overall=0)


def simulated(*moved: Transfer) -> Simulation:
    return Simulation(fee=FREE, transfers=moved, approvals=(), revert_reason=None)


@given(amounts)
def test_halves_are_those_of_starknet_py(value: int) -> None:
    low, high = split_u256(value)
    assert [low, high] == Uint256Serializer().serialize(value)
    assert 0 <= low < 2**128
    assert low + (high << 128) == value


@pytest.mark.parametrize(
    ("value", "halves"),
    [
        (0, (0, 0)),
        (2**128 - 1, (2**128 - 1, 0)),
        (2**128, (0, 1)),
        (2**256 - 1, (2**128 - 1,) * 2),
    ],
)
def test_edges_of_halves(value: int, halves: tuple[int, int]) -> None:
    assert split_u256(value) == halves


def test_a_transfer_in_words() -> None:
    call = transfer_call(STRK, 0x1234, 15 * 10**17)
    assert call == Call(to=STRK.address, entry_point="transfer", calldata=(0x1234, 15 * 10**17, 0))
    assert call_words(call) == CallWords(
        "STRK token (0x04718f5a0Fc34cC1AF16A1cdee98fFB20C31f5cD61D6Ab07201858f4287c938D)",
        "transfer",
        (("to", get_checksum_address("0x1234")), ("amount", "1.5 STRK")),
    )


@given(st.sampled_from((STRK, ETH, OTHER)), addresses, amounts)
def test_words_of_transfers_are_exact(token: Token, to: int, amount: int) -> None:
    words = call_words(transfer_call(token, to, amount), (OTHER,))
    said = dict(words.arguments)
    assert said["to"] == get_checksum_address(hex(to))
    number, symbol = said["amount"].rsplit(" ", 1)
    exact = Decimal(number.replace("\N{NARROW NO-BREAK SPACE}", ""))
    assert exact.scaleb(token.decimals, Context(prec=100)) == amount
    assert symbol == token.symbol
    assert get_checksum_address(hex(token.address)) in words.contract


@given(calls | st.builds(Call, to=st.just(STRK.address), entry_point=st.just("transfer")))
def test_what_is_not_understood_is_shown_as_it_is(call: Call) -> None:
    words = call_words(call)
    assert words.entry_point == call.entry_point
    assert get_checksum_address(hex(call.to)) in words.contract
    assert [int(value, 16) for _, value in words.arguments] == list(call.calldata)
    assert len({name for name, _ in words.arguments}) == len(call.calldata)


@pytest.mark.parametrize(
    ("entry_point", "calldata"),
    [
        ("transfer", (1, 2)),
        ("transfer", (1, 2, 0, 0)),
        ("transfer", (1, 2**128, 0)),  # not the halves of a u256: the contract would refuse
        ("transfer", (1, 0, 2**128)),
        ("Transfer", (1, 2, 0)),
        ("approve", (1, 2, 0)),
        ("transfer_from", (1, 2, 3, 0)),
    ],
)
def test_only_a_transfer_is_called_one(entry_point: str, calldata: tuple[int, ...]) -> None:
    words = call_words(Call(to=STRK.address, entry_point=entry_point, calldata=calldata))
    assert words.entry_point == entry_point
    assert words.arguments == tuple(
        (f"felt {place}", hex(value)) for place, value in enumerate(calldata)
    )


@given(st.lists(felts | st.integers(0, 2**128), max_size=4).map(tuple))
def test_what_a_transfer_is(calldata: tuple[int, ...]) -> None:
    try:
        Uint256Serializer().deserialize(list(calldata[1:]))
        fits = len(calldata) == 3
    except Exception:  # noqa: BLE001 - whatever starknet-py raises says that it is no u256
        fits = False
    assert is_transfer(calldata) is fits


def test_known_tokens_come_first() -> None:
    false_friend = Token("FREE", "Not STRK", STRK.address, 0)
    assert known_token(STRK.address, (false_friend,)) is STRK
    assert known_token(OTHER.address, (OTHER,)) is OTHER
    assert known_token(OTHER.address) is None
    assert all(known_token(one.address) is one for one in KNOWN_TOKENS)
    call = transfer_call(OTHER, 0x1234, 5)
    assert "OTHER" in call_words(call, (OTHER,)).contract
    assert call_words(call).contract == get_checksum_address("0x77")


@given(deployments)
def test_deployments_in_words(made: DeployAccount) -> None:
    words = deploy_words(made)
    assert get_checksum_address(hex(made.sender)) in words.contract
    assert words.entry_point == "constructor"
    assert words.arguments[0] == ("class", hex(made.class_hash))
    assert [int(value, 16) for _, value in words.arguments[1:]] == list(made.constructor_calldata)


def test_a_deployment_in_words() -> None:
    made = DeployAccount(
        sender=ADDRESS_BOUND - 1,
        class_hash=0xC1A55,
        salt=9,
        constructor_calldata=(0, 7, 1),
        bounds=NO_BOUNDS,
    )
    assert deploy_words(made).arguments == (
        ("class", "0xc1a55"),
        ("felt 0", "0x0"),
        ("felt 1", "0x7"),
        ("felt 2", "0x1"),
    )


@given(st.lists(transfers, max_size=6), felts)
def test_changes_are_the_simulations_differences(moved: list[Transfer], account: int) -> None:
    for one in (account, *(move.sender for move in moved)):
        found = changes(simulated(*moved), one, (OTHER,))
        assert {change.token.address: change.amount for change in found} == (
            simulated(*moved).differences(one)
        )


def test_changes_of_unknown_contracts_are_whole_units_named_by_address() -> None:
    def gain(token: int, amount: int) -> Transfer:
        return Transfer(token=token, sender=2, recipient=1, amount=amount)

    found = changes(simulated(gain(OTHER.address, 5), gain(0xABCDEF0123456789, 7)), 1, (OTHER,))
    assert [(one.token.symbol, one.token.decimals, one.amount) for one in found] == [
        ("OTHER", 6, 5),
        ("0xabcdef01…", 0, 7),
    ]
    assert changes(simulated(gain(STRK.address, 9)), 2, ())[0].amount == -9


@given(felts, felts, st.booleans())
def test_a_bare_deployment_is_named(class_hash: int, salt: int, bound: bool) -> None:
    found = call_words(
        Call(to=UDC, entry_point="deployContract", calldata=(class_hash, salt, int(bound), 0))
    )
    assert found.contract.startswith("universal deployer (0x")
    assert found.arguments[:2] == (("class", hex(class_hash)), ("salt", hex(salt)))
    assert ("sender" in found.arguments[2][1]) is bound


@given(st.lists(felts, max_size=8).filter(lambda one: len(one) != 4))
def test_any_other_deployment_shows_its_numbers(calldata: list[int]) -> None:
    found = call_words(Call(to=UDC, entry_point="deployContract", calldata=tuple(calldata)))
    assert [int(value, 16) for _, value in found.arguments] == calldata
