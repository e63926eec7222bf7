"""Which leaves hide a withdrawal, against what everybody who knows all deposits could rule out."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.mist.counts import DepositCounted, made
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.looks import BlockMark, ScanState, leaves_digest
from obsqra_desktop.domain.mist.privacy import FEW
from obsqra_desktop.domain.mist.sources import Sources, hiding, hiding_then

STRK, OTHER, POOL = 7, 8, 0x900
UPTO = 50


@dataclass(frozen=True)
class Leaf:
    """One of the pool's, as whoever runs the world knows it."""

    block: int
    mine: bool = False
    token: int | None = None
    """None: an output of a spend; nobody knows what it holds."""
    amount: int = 0


def book_of(pool: list[Leaf], since: int, upto: int, complete: bool = True) -> MistBook:
    """After a look at block `upto` that went through the blocks from `since` on."""
    there = tuple(1 + at for at, one in enumerate(pool) if one.block <= upto)
    mark = BlockMark(number=upto, hash=upto + 1)
    found = [
        DepositCounted(one.token, one.amount, at, one.block)
        for at, one in enumerate(pool)
        if one.token is not None and not one.mine and since <= one.block <= upto
    ]
    return MistBook(
        chain_id=0x54455354,
        pool=POOL,
        next_index=0,
        scan=ScanState(
            leaves=len(there),
            root=1,
            digest=leaves_digest(there),
            block=mark,
            at=1,
            history=(mark,) if complete else (),
        ),
        deposits=made(since, upto, found),
    )


def asked(pool: list[Leaf], book: MistBook, start: int, amount: int) -> Sources:
    leaves = range(1, 1 + len(pool))
    own = {1 + at for at, one in enumerate(pool) if one.mine}
    return hiding(book, tuple(leaves), own).sources(start, STRK, amount)


def left(pool: list[Leaf], start: int, amount: int) -> int:
    """Whom an observer, who sees every deposit of the chain, cannot rule out."""
    return sum(
        not one.mine and (one.token is None or (one.token == STRK and one.amount >= amount))
        for one in pool[start:]
    )


leaf = st.builds(
    Leaf,
    block=st.integers(1, UPTO + 10),
    mine=st.booleans(),
    token=st.sampled_from([None, STRK, STRK, OTHER]),
    amount=st.integers(1, 4),
)
pools = st.lists(leaf, max_size=40).map(lambda all_of: sorted(all_of, key=lambda one: one.block))


@given(
    pool=pools,
    start=st.integers(0, 40),
    amount=st.integers(1, 4),
    since=st.integers(0, UPTO),
    complete=st.booleans(),
)
def test_never_more_than_an_observer_cannot_rule_out(
    pool: list[Leaf], start: int, amount: int, since: int, complete: bool
) -> None:
    found = asked(pool, book_of(pool, since, UPTO, complete), start, amount)
    truth = left(pool, start, amount)
    assert found.fit <= truth
    assert found.fit + found.unseen >= truth
    sure = found.at_least(FEW)
    assert sure is None or sure <= truth
    if sure is None:
        assert found.unseen
        assert found.fit < FEW
    if not complete:
        assert found.fit == 0


@given(pool=pools, start=st.integers(0, 40), amount=st.integers(1, 4))
def test_all_of_it_where_all_blocks_were_looked_through(
    pool: list[Leaf], start: int, amount: int
) -> None:
    found = asked(pool, book_of(pool, 0, UPTO + 10), start, amount)
    assert found == Sources(left(pool, start, amount), 0)
    assert found.at_least(FEW) == left(pool, start, amount)


@given(
    pool=pools,
    start=st.integers(0, 40),
    amount=st.integers(1, 4),
    since=st.integers(0, UPTO),
    complete=st.booleans(),
)
def test_the_last_look_counts_as_the_pool_of_then(
    pool: list[Leaf], start: int, amount: int, since: int, complete: bool
) -> None:
    """A table that asks nobody tells what a level would have told when it looked."""
    pool = [one for one in pool if one.block <= UPTO]
    book = book_of(pool, since, UPTO, complete)
    assert book.scan is not None
    mine = tuple(at for at, one in enumerate(pool) if one.mine)
    then = hiding_then(book.model_copy(update={"scan": book.scan.model_copy(update={"own": mine})}))
    assert then is not None
    assert then.sources(start, STRK, amount) == asked(pool, book, start, amount)
    assert then.others(start) == sum(not one.mine for one in pool[start:])


def test_before_the_first_look_nothing_is_counted() -> None:
    assert hiding_then(MistBook(chain_id=0x54455354, pool=POOL, next_index=0)) is None


ME = Leaf(1, mine=True, token=STRK, amount=9)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (Leaf(2, token=STRK, amount=1), 0),
        (Leaf(2, token=STRK, amount=4), 0),
        (Leaf(2, token=STRK, amount=5), FEW),
        (Leaf(2, token=STRK, amount=6), FEW),
        (Leaf(2, token=OTHER, amount=9), 0),
        (Leaf(2), FEW),
        (Leaf(UPTO + 1, token=STRK, amount=5), None),
        (Leaf(2, mine=True, token=STRK, amount=5), 0),
    ],
    ids=["dust", "one less", "equal", "more", "token", "spend", "not looked through", "mine"],
)
def test_ten_of_a_kind(others: Leaf, expected: int | None) -> None:
    pool = [ME, *[others] * FEW]
    assert asked(pool, book_of(pool, 0, UPTO), 1, 5).at_least(FEW) == expected


def test_a_count_that_began_later_says_nothing_of_what_came_before() -> None:
    """Unless the note's own key was not used before it began, or a counted deposit is older."""
    pool = [ME, *[Leaf(8, token=STRK, amount=1)] * FEW, *[Leaf(20)] * FEW]
    late = book_of(pool, 10, UPTO)
    assert asked(pool, late, 1, 5) == Sources(0, 2 * FEW)
    older = [Leaf(9, token=STRK, amount=5), ME, *[Leaf(20)] * FEW]
    assert asked(older, book_of(older, 5, UPTO), 2, 5) == Sources(FEW, 0)


def test_a_look_at_another_past_says_nothing() -> None:
    pool = [ME, *[Leaf(2)] * FEW]
    book = book_of(pool, 0, UPTO)
    leaves = (9_999, *range(2, 2 + FEW))
    assert hiding(book, leaves, {9_999}).sources(1, STRK, 5) == Sources(0, FEW)
