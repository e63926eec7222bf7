"""Limits: what counts, for how long, and what a clock that jumps changes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.amounts import ETH, STRK, parse_amount
from obsqra_desktop.domain.chain_errors import OverCap
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import UNPAID, Spend, TxRecord, TxState
from obsqra_desktop.domain.network import Network, NetworkKind, default_settings
from obsqra_desktop.domain.spending import (
    DAY,
    SPENDING_SCHEMA,
    UNIT,
    NetworkCaps,
    SpendingRules,
    TokenCaps,
    amount,
    at_most,
    cap_uses,
    check_caps,
    default_caps,
    spent_since,
)
from tests.domain.chain_strategies import amounts, make_receipt, make_record, records, tokens

NOW = 1_700_000_000
OTHER = 0x77
caps_of_tokens = st.builds(
    TokenCaps, token=tokens, per_transaction=st.none() | amounts, per_day=st.none() | amounts
)
network_caps = st.builds(
    NetworkCaps,
    network=st.sampled_from(("mainnet", "sepolia", "practice")),
    max_fee=st.none() | amounts,
    tokens=st.lists(caps_of_tokens, max_size=3, unique_by=lambda one: one.token).map(tuple),
)


def parse(raw: bytes) -> SpendingRules:
    return strict_json.parse(
        SpendingRules, raw, what="spending.json", schema=SPENDING_SCHEMA, limit=10**6
    )


def caps(**limits: int) -> NetworkCaps:
    """Of one token, OTHER unless it is named."""
    token = limits.pop("token", OTHER)
    return NetworkCaps(network="mainnet", tokens=(TokenCaps(token=token, **limits),))


def spend(value: int, token: int = OTHER) -> tuple[Spend, ...]:
    return (Spend(token=token, amount=value),)


@pytest.mark.parametrize("state", TxState)
@pytest.mark.parametrize("fee", [None, 7])
def test_what_counts_of_each_state(state: TxState, fee: int | None) -> None:
    receipt = None if fee is None else make_receipt(fee)
    strk = make_record(state=state, amount=1_000, max_fee=100, receipt=receipt)
    other = make_record(state=state, amount=1_000, max_fee=100, receipt=receipt, token=OTHER)
    paid_fee = 0 if state in UNPAID else 100 if fee is None else fee
    paid = 0 if state in UNPAID or state is TxState.REVERTED else 1_000
    assert spent_since((strk,), STRK.address, 0) == paid + paid_fee
    assert spent_since((other,), STRK.address, 0) == paid_fee
    assert spent_since((other,), OTHER, 0) == paid
    assert spent_since((other,), ETH.address, 0) == 0


@given(st.lists(records, max_size=6).map(tuple), tokens, st.integers(0, 2**53))
def test_spent_is_the_sum_of_each_and_falls_with_time(
    made: tuple[TxRecord, ...], token: int, since: int
) -> None:
    whole = spent_since(made, token, since)
    assert whole == sum(spent_since((one,), token, since) for one in made)
    assert whole <= spent_since(made, token, 0)
    assert spent_since(made, token, since + 1) <= whole
    later = tuple(one for one in made if one.created_at >= since)
    assert whole == spent_since(later, token, 0)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (NOW, True),
        (NOW - DAY, True),
        (NOW - DAY - 1, False),
        (NOW + 1, True),
        (NOW + 10**9, True),  # a clock that was set back must not free anything
        (0, False),
    ],
)
def test_a_day_and_clocks_that_jump(at: int, counts: bool) -> None:
    before = (make_record(at=at, amount=60, token=OTHER),)
    limits = caps(per_day=100)
    use = next(one for one in cap_uses(limits, before, spend(41), 5, NOW) if one.token == OTHER)
    assert (use.now, use.today) == (41, 60 if counts else 0)
    if counts:
        check_caps(limits, before, spend(40), 5, NOW)
        with pytest.raises(OverCap, match=r"41 units.*60 units.*100 units.*a day"):
            check_caps(limits, before, spend(41), 5, NOW)
    else:
        check_caps(limits, before, spend(100), 5, NOW)


def test_limits_hold_at_their_edge() -> None:
    limits = caps(per_transaction=100)
    check_caps(limits, (), spend(100), 10**30, NOW)
    with pytest.raises(OverCap, match=r"a transaction\. Nothing was sent") as caught:
        check_caps(limits, (), spend(101), 0, NOW)
    assert "fee" not in caught.value.detail
    two = (*spend(60), *spend(41))  # two payments of one transaction count together
    with pytest.raises(OverCap, match="101 units"):
        check_caps(limits, (), two, 0, NOW)


def test_fees_count_as_strk() -> None:
    limits = caps(token=STRK.address, per_transaction=100, per_day=300)
    check_caps(limits, (), spend(60, STRK.address), 40, NOW)
    with pytest.raises(OverCap, match="with the highest fee"):
        check_caps(limits, (), spend(60, STRK.address), 41, NOW)
    with pytest.raises(OverCap, match="with the highest fee"):
        check_caps(limits, (), spend(1), 101, NOW)
    before = (make_record(at=NOW, amount=150, max_fee=100),)
    check_caps(limits, before, (), 50, NOW)
    with pytest.raises(OverCap, match="a day"):
        check_caps(limits, before, (), 51, NOW)
    told = (make_record(at=NOW, amount=150, max_fee=100, receipt=make_receipt(90)),)
    check_caps(limits, told, (), 60, NOW)
    reverted = make_record(at=NOW, amount=150, state=TxState.REVERTED, receipt=make_receipt(90))
    check_caps(limits, (reverted,), spend(10, STRK.address), 90, NOW)


def test_highest_fee() -> None:
    limits = NetworkCaps(network="mainnet", max_fee=UNIT)
    check_caps(limits, (), (), UNIT, NOW)
    with pytest.raises(OverCap, match=r"could be 1.0001 STRK.*limit is 1 STRK.*Nothing was sent"):
        check_caps(limits, (), (), UNIT + 1, NOW)
    check_caps(limits.model_copy(update={"max_fee": None}), (), (), 2**200, NOW)
    with pytest.raises(OverCap):
        check_caps(limits.model_copy(update={"max_fee": 0}), (), (), 1, NOW)


@given(
    network_caps,
    st.lists(records, max_size=4).map(tuple),
    st.lists(st.builds(Spend, token=tokens, amount=amounts), max_size=3).map(tuple),
    st.integers(0, 2**200),
    st.integers(0, 2**53),
)
def test_caps_against_their_definition(
    limits: NetworkCaps,
    made: tuple[TxRecord, ...],
    spends: tuple[Spend, ...],
    fee: int,
    now: int,
) -> None:
    leaving = {one.token: 0 for one in spends} | {STRK.address: fee}
    for one in spends:
        leaving[one.token] += one.amount
    over = limits.max_fee is not None and fee > limits.max_fee
    for token, value in leaving.items():
        per_transaction = limits.of(token).per_transaction
        per_day = limits.of(token).per_day
        over |= per_transaction is not None and value > per_transaction
        over |= per_day is not None and value + spent_since(made, token, now - DAY) > per_day
    if over:
        with pytest.raises(OverCap):
            check_caps(limits, made, spends, fee, now)
        return
    uses = check_caps(limits, made, spends, fee, now)
    assert {one.token: one.now for one in uses} == leaving
    assert [json.loads(one.model_dump_json())["now"] for one in uses] == [
        str(one.now) for one in uses
    ]


def test_defaults() -> None:
    shipped = {one.id: one for one in default_settings().networks}
    mainnet = default_caps(shipped["mainnet"])
    assert mainnet.max_fee == 20 * UNIT
    assert mainnet.of(STRK.address).per_transaction == 500 * UNIT
    assert mainnet.of(STRK.address).per_day == 1_000 * UNIT
    assert mainnet.of(ETH.address).per_transaction == UNIT // 10
    assert mainnet.of(ETH.address).per_day == UNIT // 4
    assert mainnet.of(OTHER) == TokenCaps(token=OTHER)
    assert default_caps(shipped["practice"]) == NetworkCaps(network="practice", max_fee=20 * UNIT)


def test_a_custom_way_to_mainnet_is_as_careful() -> None:
    mine = Network(id="mine", name="Mine", kind=NetworkKind.CUSTOM, chain_id="SN_MAIN")
    assert default_caps(mine).tokens == default_caps(default_settings().networks[0]).tokens


@given(st.lists(network_caps, max_size=3, unique_by=lambda one: one.network))
def test_file_round_trip(listed: list[NetworkCaps]) -> None:
    rules = SpendingRules(networks=tuple(listed))
    assert parse(strict_json.pretty(rules)) == rules
    for network in default_settings().networks:
        found = next((one for one in listed if one.network == network.id), None)
        assert rules.of(network) == (found or default_caps(network))


@given(network_caps, caps_of_tokens)
def test_replacing_limits(limits: NetworkCaps, new: TokenCaps) -> None:
    changed = limits.with_token(new)
    assert changed.of(new.token) == new
    assert [one for one in changed.tokens if one.token != new.token] == [
        one for one in limits.tokens if one.token != new.token
    ]
    rules = SpendingRules().with_network(limits).with_network(changed)
    assert rules.networks == (changed,)
    assert parse(strict_json.pretty(rules)) == rules


LIMIT = {"token": "0x77", "per_day": "5"}
ONE = {"network": "mainnet", "tokens": [LIMIT]}


@pytest.mark.parametrize(
    "listed",
    [
        [ONE, ONE],
        [{**ONE, "tokens": [LIMIT, {**LIMIT, "token": "0X077", "per_day": "9"}]}],
        [{**ONE, "max_fee": "-1"}],
        [{**ONE, "max_fee": "1e3"}],
        [{**ONE, "max_fee": 2**53}],
        [{**ONE, "max_fee": str(2**256)}],
        [{**ONE, "max_fee": 1.5}],
        [{**ONE, "max_fee": "\u0661"}],
        [{**ONE, "tokens": [{**LIMIT, "token": "STRK"}]}],
        [{**ONE, "tokens": [LIMIT] * 65}],
        [{**ONE, "more": 1}],
        [{"tokens": []}],
    ],
    ids=range(12),
)
def test_limits_have_one_meaning(listed: list[object]) -> None:
    good = {"schema": SPENDING_SCHEMA, "networks": [ONE]}
    assert parse(json.dumps(good).encode()).networks[0].of(OTHER).per_day == 5
    with pytest.raises(InvalidInput):
        parse(json.dumps(good | {"networks": listed}).encode())


def test_words() -> None:
    assert amount(STRK.address, 15 * UNIT // 10) == "1.5 STRK"
    assert amount(ETH.address, 1) == "<0.000001 ETH"
    assert amount(OTHER, 1234) == "1,234 units of 0x77…"


@pytest.mark.parametrize(
    ("fee", "words"),
    [(1, "0.0001"), (10**14, "0.0001"), (10**14 + 1, "0.0002"), (1_232_246 * 10**12, "1.2323")],
)
def test_a_highest_fee_is_rounded_up(fee: int, words: str) -> None:
    assert at_most(fee) == f"{words} STRK"


@given(st.integers(0, 10**24))
def test_nothing_of_a_highest_fee_is_cut(fee: int) -> None:
    figure, _, symbol = at_most(fee).rpartition(" ")
    shown = parse_amount(figure, STRK.decimals)
    assert symbol == "STRK"
    assert fee <= shown < fee + 10**14
