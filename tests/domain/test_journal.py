"""Records of transactions: which step may follow which, and their file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import (
    EXECUTED,
    FOLLOWS,
    RECORD_SCHEMA,
    SETTLED,
    UNPAID,
    TxRecord,
    TxState,
)
from obsqra_desktop.domain.transaction import Receipt
from tests.domain.chain_strategies import counts, make_receipt, make_record, records

S = TxState
OPEN = {S.SIGNED, S.RECEIVED, S.PRE_CONFIRMED}
ON_CHAIN = {S.ACCEPTED_L2, S.ACCEPTED_L1, S.REVERTED}
ALLOWED = {
    # Written apart from the module: what may happen to a transaction that is in one of these.
    S.SIGNED: set(S) - {S.SIGNED},
    S.RECEIVED: set(S) - {S.SIGNED, S.RECEIVED},
    S.PRE_CONFIRMED: set(S) - {S.SIGNED, S.PRE_CONFIRMED},
    S.ACCEPTED_L2: {S.ACCEPTED_L1},
    S.ACCEPTED_L1: set(),
    S.REVERTED: set(),
    S.REFUSED: {S.RECEIVED, S.PRE_CONFIRMED} | ON_CHAIN,
    S.EXPIRED: {S.RECEIVED, S.PRE_CONFIRMED, S.REPLACED} | ON_CHAIN,
    S.REPLACED: ON_CHAIN,
}


def parse(raw: bytes) -> TxRecord:
    return strict_json.parse(TxRecord, raw, what="record", schema=RECORD_SCHEMA, limit=10**6)


@pytest.mark.parametrize("old", S)
@pytest.mark.parametrize("new", S)
def test_every_pair_of_states(old: TxState, new: TxState) -> None:
    record = make_record(state=old)
    moved = record.moved(new, 5, "why")
    if new not in ALLOWED[old]:
        assert moved is record
        return
    assert (moved.state, moved.events[-1].state, moved.events[-1].at) == (new, new, 5)
    assert moved.events[-1].detail == "why"
    same = {"state": old, "events": (), "receipt": None}
    assert moved.model_copy(update=same) == record


def test_the_table_of_states_is_complete_and_careful() -> None:
    assert {state: set(after) for state, after in FOLLOWS.items()} == ALLOWED
    assert set(S) - OPEN == SETTLED
    assert UNPAID == SETTLED - ON_CHAIN
    assert ON_CHAIN | {S.PRE_CONFIRMED} == EXECUTED
    for state in ON_CHAIN:  # what has been paid never counts as unpaid or open again
        assert not FOLLOWS[state] & (UNPAID | OPEN)
    for state in UNPAID:  # a node may lie; what the chain shows later counts
        assert FOLLOWS[state] >= ON_CHAIN
    assert all(S.SIGNED not in after for after in FOLLOWS.values())


steps = st.lists(
    st.tuples(
        st.sampled_from(S), counts, st.text(max_size=10), st.none() | st.just(make_receipt(9))
    ),
    max_size=90,
)


@given(records.map(lambda one: one.model_copy(update={"events": (), "receipt": None})), steps)
def test_any_sequence_keeps_a_consistent_record(
    record: TxRecord, taken: list[tuple[TxState, int, str, Receipt | None]]
) -> None:
    first, paid = record, record.state in ON_CHAIN
    for state, at, detail, receipt in taken:
        before = record
        record = record.moved(state, at, detail, receipt)
        if record is before:
            continue
        assert record.events[-1].state is record.state is state
        assert len(record.events) <= 64
        assert record.receipt == ((receipt or before.receipt) if record.state in EXECUTED else None)
        paid = paid or record.state in ON_CHAIN
        assert not paid or record.state in ON_CHAIN
    for old, new in zip(record.events, record.events[1:], strict=False):
        assert new.state in ALLOWED[old.state]
    assert record.signed == first.signed
    assert record.settled is (record.state not in OPEN)
    assert parse(strict_json.pretty(record)) == record


def test_only_the_last_64_events_are_kept() -> None:
    record = make_record(state=S.RECEIVED)
    for number in range(200):
        state = S.RECEIVED if number % 2 else S.PRE_CONFIRMED
        record = record.moved(state, number, "")
    assert [one.at for one in record.events] == list(range(136, 200))


def test_a_receipt_goes_with_its_execution() -> None:
    record = make_record().moved(S.PRE_CONFIRMED, 1, "", make_receipt(3))
    assert record.receipt == make_receipt(3)
    assert record.moved(S.RECEIVED, 2, "").receipt is None
    assert record.moved(S.EXPIRED, 2, "").receipt is None
    assert record.moved(S.ACCEPTED_L2, 2, "").receipt == make_receipt(3)
    assert record.moved(S.ACCEPTED_L2, 2, "", make_receipt(4)).receipt == make_receipt(4)


def test_words_of_a_node_cannot_make_a_record_unreadable() -> None:
    record = make_record().moved(S.REFUSED, 1, "\ud800\x00\u202e" + "x" * 10**6)
    assert parse(strict_json.pretty(record)) == record
    assert record.events[0].detail.startswith("\ufffd\ufffd\ufffdx")


@given(records)
def test_file_round_trip(record: TxRecord) -> None:
    assert parse(strict_json.pretty(record)) == record


def test_signature_is_in_the_file_and_in_no_text() -> None:
    record = make_record()
    assert b"0x5ec12e7" in strict_json.pretty(record)
    for text in (repr(record), str(record), f"{record}", repr([record])):
        assert str(0x5EC12E7) not in text
        assert "5ec12e7" not in text


DOCUMENT = json.loads(strict_json.pretty(make_record()))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("id", one) for one in ("", "0" * 11, "0" * 13, "ABCDEF012345", "../../../..12", 1)),
        *(("account", one) for one in ("", "../../../../x", "0123456789ab\n", None)),
        *(("network", one) for one in ("", "../x", "A", "x" * 32)),
        *(("replaces", one) for one in ("", "x", 1)),
        *(("created_at", one) for one in (-1, 2**53, 1.5, "1", None)),
        *(("max_fee", one) for one in ("-1", "1.0", "\u0661", str(2**256), None, True)),
        *(("state", one) for one in ("lost", "SIGNED", 0, None)),
        *(("kind", one) for one in ("theft", None)),
        *(("title", one) for one in ("x" * 201, None)),
        *(("recipient", one) for one in ("0x", "1234", hex(2**252))),
        ("signed", None),
        ("events", [{"at": 1, "state": "signed", "detail": "", "more": 1}]),
        ("more", 1),
    ],
)
def test_refused(name: str, value: object) -> None:
    with pytest.raises(InvalidInput):
        parse(json.dumps(DOCUMENT | {name: value}).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"signature": ["0x1"]},
        {"signature": "0x1"},
        {"hash": "0x" + "f" * 64},
        {"transaction": {**DOCUMENT["signed"]["transaction"], "kind": "declare"}},
        {"transaction": {**DOCUMENT["signed"]["transaction"], "calls": []}},
        {"transaction": {**DOCUMENT["signed"]["transaction"], "nonce": -1}},
    ],
)
def test_refused_signed_transactions(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        parse(json.dumps(DOCUMENT | {"signed": DOCUMENT["signed"] | change}).encode())


def test_repeated_key_is_refused() -> None:
    raw = json.dumps(DOCUMENT).encode()
    assert parse(raw) == make_record()
    with pytest.raises(InvalidInput, match="twice"):
        parse(raw.replace(b'"state"', b'"state": "refused", "state"', 1))
