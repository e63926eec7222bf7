"""The amounts of the deep search, against a plain statement of which they are."""

from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.mist.deep import (
    AT_ONCE,
    Ladder,
    Places,
    found_by_search,
    ladders,
    steps,
    tries,
    unused,
    work,
)

UNITS = 10**18
TOTALS = [162_198, 12_222_198, 822_222_198]
"""Of 1 000 tokens, with up to 4, 6 and 8 digits."""


def amounts(found: tuple[Ladder, ...]) -> list[int]:
    return [one.amount(place) for one in found for place in range(one.count)]


def digits_of(amount: int) -> int:
    """How many digits a number has without the zeros behind."""
    return len(str(amount).rstrip("0"))


@given(st.integers(1, 4_000), st.integers(1, 4), st.sampled_from([0, 2, 8, None]))
def test_a_whole_is_divided_in_every_way_with_so_few_digits(
    whole: int, digits: int, decimals: int | None
) -> None:
    """With units as the smallest digit: every amount whose own digits, or its rest's, are few."""
    tried = {one for depth in range(1, digits + 1) for one in amounts(ladders(whole, None, depth))}
    assert tried == {
        one
        for one in range(1, whole)
        if digits_of(one) <= digits or digits_of(whole - one) <= digits
    }
    assert tried == {one for one in range(whole + 2) if found_by_search(one, whole, None, digits)}
    assert ladders(whole, decimals, digits) == ladders(whole, None, digits)


@given(st.integers(1, 10**24), st.integers(1, 5), st.integers(9, 18))
def test_nothing_below_the_eighth_place_and_nothing_beyond_the_whole(
    whole: int, digits: int, decimals: int
) -> None:
    unit = 10 ** (decimals - 8)
    for one in ladders(whole, decimals, digits):
        for place in {0, one.count // 2, one.count - 1}:
            amount = one.amount(place)
            assert 0 < amount < whole
            assert amount % unit == 0 or (whole - amount) % unit == 0
            assert one.count > 0


def test_how_much_work_an_amount_of_six_digits_is() -> None:
    """The figures of docs/private-money.md."""
    total = [sum(tries(1000 * UNITS, 18, one) for one in range(1, most + 1)) for most in (4, 6, 8)]
    assert total == TOTALS


@given(
    st.lists(st.integers(0, 40), unique=True, min_size=3, max_size=8),
    st.integers(1, 10**4),
    st.integers(1, 4),
    st.integers(0, 10**5),
)
def test_a_step_goes_on_where_it_was_stopped(
    secrets: list[int], whole: int, digits: int, done: int
) -> None:
    places = Places(tuple(secrets[:1]), tuple(secrets[1:3]), tuple(secrets[3:]))

    everything = list(steps(places, whole, None, digits))
    counted = 0
    for one in everything:
        assert one.before == counted
        assert 0 < one.count <= AT_ONCE
        counted += one.count
    assert counted == work(places, whole, None, digits)
    for start in (0, done, *(one.before for one in everything[:3]), counted):
        left = list(steps(places, whole, None, digits, start))
        assert left == [one for one in everything if one.before >= start]
    pairs = [
        (secret, one.amounts.amount(place))
        for one in everything
        for secret in one.secrets
        for place in range(one.amounts.count)
    ]
    assert sorted(pairs) == sorted(
        (secret, ladder.amount(place))
        for some, depth in places.at(digits)
        for secret in some
        for ladder in ladders(whole, None, depth)
        for place in range(ladder.count)
    )


def test_less_likely_places_get_fewer_digits() -> None:
    places = Places((1,), (2,), (3,))
    assert list(places.at(1)) == [((1,), 1)]
    assert list(places.at(5)) == [((1,), 5), ((2,), 4), ((3,), 2)]
    assert list(Places((1,), (), (3,)).at(5)) == [((1,), 5), ((3,), 2)]


def test_indices_that_are_taken_are_not_tried() -> None:
    assert unused(5, (5, 7, 3), 3) == (6, 4, 2)
    assert unused(0, (), 2) == (0, 1)
    assert unused(1, (), 4) == (1, 2, 3, 4, 0)
