"""Own deposits and spends in calldata, however it is wrapped; nothing where there is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.mist.candidates import can_be_found, parts_of, short_amounts
from obsqra_desktop.domain.mist.chain import ChainTransaction
from obsqra_desktop.domain.mist.events import DepositSeen, SpendSeen, Wanted
from obsqra_desktop.domain.mist.note import FIELD, Note, Output, TreePath
from obsqra_desktop.privacy.calls import deposit_calls, emergency_call, u256
from tests.privacy.plain import plain_hash

KEY = 0xC0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE
NOTE = Note(KEY, 0xA11CE, 0x70CE, 1_000)
SECRET, LEAF = NOTE.secret(plain_hash), NOTE.leaf(plain_hash)
NULLIFIER = NOTE.nullifier(plain_hash)
FIRST, SECOND = 2**200 + 1, 2**201 + 1
POOL = 0xB001
WANTED = Wanted({SECRET}, {"note": NOTE}, plain_hash)
Felts = tuple[int, ...]


def transaction(felts: Felts) -> ChainTransaction:
    return ChainTransaction(hash=5, sender=NOTE.owner, calldata=felts)


def seen(felts: Felts, leaves: set[int]) -> list[DepositSeen | SpendSeen]:
    return list(WANTED.look_through(transaction(felts), leaves))


DEPOSIT = deposit_calls(POOL, SECRET, NOTE.token, NOTE.amount)[1].calldata


def publics(**changes: int) -> Felts:
    values = {
        "owner": NOTE.owner,
        "auth": 0,
        "amount": 300,
        "token": NOTE.token,
        "to": NOTE.owner,
        "root": 2**190,
        "nullifier": NULLIFIER,
        "first": FIRST,
        "second": SECOND,
        "payload": 0,
    } | changes
    return tuple(half for value in values.values() for half in u256(value))


WRAPS = st.tuples(
    st.lists(st.integers(0, 2**251), max_size=30), st.lists(st.integers(0, 2**251), max_size=30)
)


@given(WRAPS)
def test_a_deposit_is_found_in_whatever_stands_around(around: tuple[list[int], list[int]]) -> None:
    before, after = around
    found = seen((*before, *DEPOSIT, *after), {LEAF})
    assert found == [DepositSeen(SECRET, NOTE.token, NOTE.amount, NOTE.owner, 5)]


@given(WRAPS)
def test_a_spend_is_found_in_whatever_stands_around(around: tuple[list[int], list[int]]) -> None:
    before, after = around
    found = seen((*before, *publics(), *after), {FIRST, SECOND})
    assert found == [SpendSeen("note", 300, (FIRST, SECOND), 5, proved=True)]


@given(st.lists(st.integers(0, 2**251), max_size=200))
def test_nothing_is_found_where_nothing_is(felts: list[int]) -> None:
    assert seen(tuple(felts), {LEAF, FIRST, SECOND}) == []


@pytest.mark.parametrize(
    ("felts", "leaves"),
    [
        (DEPOSIT, set()),
        (DEPOSIT[:-1], {LEAF}),
        ((*DEPOSIT[:2], 0, 0, NOTE.token), {LEAF}),
        ((*DEPOSIT[:2], NOTE.amount, 1, NOTE.token), {LEAF}),
        ((*DEPOSIT[:2], NOTE.amount, 0, NOTE.token + 1), {LEAF}),
        ((DEPOSIT[1], DEPOSIT[0], *DEPOSIT[2:]), {LEAF}),
        (publics(), {FIRST}),
        (publics(owner=1), {FIRST, SECOND}),
        (publics(amount=NOTE.amount + 1), {FIRST, SECOND}),
        (publics()[1:], {FIRST, SECOND}),
        (publics()[:-1], {FIRST, SECOND}),
        (publics(nullifier=NULLIFIER + 1), {FIRST, SECOND}),
    ],
)
def test_what_does_not_fit_is_no_event(felts: Felts, leaves: set[int]) -> None:
    assert seen(felts, leaves) == []


PATH = TreePath(0, LEAF, (3, 4, *[0] * 18))


@pytest.mark.parametrize("felts", [publics(), emergency_call(POOL, NOTE, PATH, None).calldata])
def test_only_the_notes_own_account_spends_it(felts: Felts) -> None:
    forged = ChainTransaction(hash=6, sender=0xD00D, calldata=felts)
    assert not list(WANTED.look_through(forged, {FIRST, SECOND}))
    assert len(seen(felts, {FIRST, SECOND})) == 1


@pytest.mark.parametrize("kept", [None, 400])
def test_calls_without_proof(kept: int | None) -> None:
    output = Output(2**180, kept) if kept else None
    felts = emergency_call(POOL, NOTE, PATH, output).calldata
    leaf = plain_hash(2**180, NOTE.token, kept or 0)
    (found,) = [one for one in seen((9, *felts, 9), {leaf}) if isinstance(one, SpendSeen)]
    assert not found.proved
    assert found.outputs == ((leaf,) if kept else ())
    assert found.withdraw == NOTE.amount - (kept or 0)


def test_numbers_of_ones_own_are_in_no_words() -> None:
    words = f"{WANTED!r} {seen(DEPOSIT, {LEAF})!r} {seen(publics(), {FIRST, SECOND})!r}"
    for hidden in (KEY, SECRET, LEAF, NULLIFIER, FIRST):
        assert str(hidden) not in words
        assert f"{hidden:x}" not in words


def test_a_key_of_two_notes_is_told_apart_by_what_the_call_says() -> None:
    other = Note(KEY, NOTE.owner, NOTE.token, 2_000)
    wanted = Wanted((), {"one": NOTE, "two": other}, plain_hash)
    felts = emergency_call(POOL, other, PATH).calldata
    found = list(wanted.look_through(transaction(felts), set()))
    assert [one.note for one in found if isinstance(one, SpendSeen)] == ["two"]


# --- amounts that are tried ---


@given(st.integers(1, 999), st.integers(15, 20))
def test_amounts_of_three_digits_are_tried(mantissa: int, zeros: int) -> None:
    assert mantissa * 10**zeros in short_amounts(18)


@pytest.mark.parametrize("decimals", [0, 2, 6, 18])
@pytest.mark.parametrize("digits", [1, 2, 3])
def test_what_is_tried_has_few_digits_and_lies_in_its_range(decimals: int, digits: int) -> None:
    found = short_amounts(decimals, digits)
    assert list(found) == sorted(set(found))
    for amount in found:
        assert len(str(amount).rstrip("0")) <= digits
        assert 10 ** max(0, decimals - 3) <= amount < 10 ** (decimals + 6)


@given(st.integers(1, 2**100))
def test_parts_begin_with_the_whole_and_leave_what_is_short(whole: int) -> None:
    found = parts_of(whole, 18)
    assert found[:2] == (whole, 0)
    assert len(set(found)) == len(found)
    short = set(short_amounts(18))
    for part in found[2:]:
        assert 0 < part < whole
        assert part in short or whole - part in short


def test_an_unknown_token_is_tried_with_the_usual_decimals() -> None:
    whole = 5 * 10**18
    for part in (2 * 10**6, 15 * 10**7, 3 * 10**18):
        assert part in parts_of(whole, None)
        assert can_be_found(part, None)
    assert 2 * 10**6 not in parts_of(whole, 18)


def test_no_parts_of_what_no_note_can_hold() -> None:
    assert parts_of(-1, 18) == parts_of(2**128, 18) == ()


@given(st.integers(1, 10**21), st.integers(1, 10**21))
def test_what_can_be_found_is_what_is_tried(amount: int, more: int) -> None:
    whole = amount + more
    assert can_be_found(amount, 18, whole) == (amount in parts_of(whole, 18))
    assert can_be_found(amount, 18) == (amount in short_amounts(18))


def test_every_field_element_can_be_looked_for() -> None:
    assert list(Wanted({0, FIELD - 1}, {}, plain_hash).look_through(transaction((0, 0)), {1})) == []


def test_what_is_wanted_later_is_found_and_what_was_spent_is_left_alone() -> None:
    """Step by step as from the start; two notes of one key are two."""
    other = replace(NOTE, amount=NOTE.amount + 1)
    later = Wanted((), {}, plain_hash)
    later.add_secrets({SECRET})
    later.add_note("note", NOTE)
    later.add_note("other", other)
    assert vars(later) == vars(Wanted({SECRET}, {"note": NOTE, "other": other}, plain_hash))
    later.drop_note("other")
    later.drop_note("other")
    once = vars(Wanted({SECRET}, {"note": NOTE}, plain_hash))
    assert {**vars(later), "_halves": 0} == {**once, "_halves": 0}
    later.drop_note("note")
    assert later._keys == {}
    assert later._nullifiers == {}
