"""How many others deposited the same amount: counted on the way, and unknown where it is."""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.mist import counts as mist_counts
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.chain import ChainTransaction, Moved
from obsqra_desktop.domain.mist.counts import CountedDeposits
from obsqra_desktop.domain.mist.facts import equal_deposits
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.privacy.calls import deposit_calls, u256
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist import history
from obsqra_desktop.services.mist.scan_report import ScanPhase, ScanProgress
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import POOL
from tests.services.mist.world import (
    STRANGER,
    TOKEN,
    WHOLE,
    Person,
    digest,
    strangers,
    tree,
)

pytestmark = pytest.mark.native
OTHER_TOKEN = 0x70CE


@pytest.fixture
def chain() -> ReferenceChamber:
    made = ReferenceChamber(POOL, digest, tree)
    made.mine(empty=7)
    return made


def others(
    book: MistBook, chain: ReferenceChamber, amount: int, token: int = TOKEN
) -> tuple[int, int] | None:
    return equal_deposits(book, chain.state.leaves, token, amount)


def pay(chain: ReferenceChamber, number: int, amount: int, token: int = TOKEN) -> int:
    """A stranger's deposit; its secret."""
    secret = digest(number, STRANGER, 1)
    chain.deposit(STRANGER, secret, token, amount)
    return secret


def test_others_are_counted_and_oneself_is_not(person: Person, chain: ReferenceChamber) -> None:
    assert others(person.book, chain, WHOLE) is None
    for number in range(3):
        pay(chain, number, WHOLE)
    pay(chain, 3, 2 * WHOLE)
    pay(chain, 4, WHOLE, OTHER_TOKEN)
    person.deposit(WHOLE)
    person.deposit(5 * WHOLE)
    asked = person.request()
    chain.deposit(STRANGER, asked.secret, TOKEN, 2 * WHOLE)  # a note of one's own all the same
    person.scan()
    book = person.book
    assert others(book, chain, WHOLE) == (3, 0)
    assert others(book, chain, 2 * WHOLE) == (1, 0)
    assert others(book, chain, 5 * WHOLE) == (0, 0)
    assert others(book, chain, WHOLE, OTHER_TOKEN) == (1, 0)

    pay(chain, 5, WHOLE)
    person.scan()
    assert others(person.book, chain, WHOLE) == (4, 0)
    person.scan(everything=True)
    assert others(person.book, chain, WHOLE) == (4, 0)


def test_a_deposit_through_another_contract_is_one(person: Person, chain: ReferenceChamber) -> None:
    secret = digest(9, STRANGER)
    inner = deposit_calls(POOL, secret, TOKEN, WHOLE)[1].calldata
    wrapped = ChainTransaction(1, STRANGER, (1, 0xADA, 77, 9, 4, *inner), (paid(WHOLE),))
    chain.mine(wrapped, state=chain.add(chain.state, digest(secret, TOKEN, WHOLE)))
    person.scan()
    assert others(person.book, chain, WHOLE) == (1, 0)


def paid(amount: int, token: int = TOKEN, to: int = POOL) -> Moved:
    return Moved(token, to, amount)


@pytest.mark.parametrize(
    "moves",
    [(), (paid(WHOLE - 1),), (paid(WHOLE, to=0xADA),), (paid(WHOLE, OTHER_TOKEN),), (paid(0),)],
    ids=["none", "less", "elsewhere", "another token", "nothing"],
)
def test_what_pays_nothing_in_is_no_deposit(
    person: Person, chain: ReferenceChamber, moves: tuple[Moved, ...]
) -> None:
    """Who has a leaf can write down what is in it; without the money that hides nobody."""
    secret = digest(9, STRANGER)
    calldata = (*u256(secret), *u256(WHOLE), TOKEN)
    said = ChainTransaction(1, STRANGER, calldata, moves)
    chain.mine(said, state=chain.add(chain.state, digest(secret, TOKEN, WHOLE)))
    person.scan()
    assert others(person.book, chain, WHOLE) == (0, 0)


def test_one_payment_is_one_deposit_however_often_it_is_said(
    person: Person, chain: ReferenceChamber
) -> None:
    secrets = [digest(number, STRANGER) for number in (1, 2, 3)]
    calldata = tuple(
        felt for one in (*secrets, *secrets) for felt in (*u256(one), *u256(WHOLE), TOKEN)
    )
    leaves = [digest(one, TOKEN, WHOLE) for one in secrets]
    said = ChainTransaction(1, STRANGER, calldata, (paid(WHOLE), paid(WHOLE)))
    chain.mine(said, state=chain.add(chain.state, *leaves))
    person.scan()
    assert others(person.book, chain, WHOLE) == (2, 0)


def test_junk_in_calldata_is_read_over(person: Person, chain: ReferenceChamber) -> None:
    huge = 2**251
    junk = ChainTransaction(1, STRANGER, (huge, huge, WHOLE, 0, TOKEN, 1), (paid(WHOLE),))
    chain.mine(junk, state=chain.add(chain.state, 5))
    short = ChainTransaction(2, STRANGER, (1, 2), (paid(WHOLE),))
    chain.mine(short, state=chain.add(chain.state, 6))
    person.scan()
    assert others(person.book, chain, WHOLE) == (0, 0)


def test_a_chain_that_takes_deposits_back_is_counted_anew(
    person: Person, chain: ReferenceChamber
) -> None:
    pay(chain, 1, WHOLE)
    person.scan()
    before = chain.height
    for number in (2, 3, 4):
        pay(chain, number, WHOLE)
    person.scan()
    assert others(person.book, chain, WHOLE) == (4, 0)
    chain.reorganise(before)
    pay(chain, 9, 2 * WHOLE)
    assert others(person.book, chain, WHOLE) is None  # its leaves are gone: what else is?
    person.scan()
    assert others(person.book, chain, WHOLE) == (1, 0)
    assert others(person.book, chain, 2 * WHOLE) == (1, 0)


def test_a_chain_that_was_started_anew_has_no_deposits_of_the_old_one(
    person: Person, chain: ReferenceChamber
) -> None:
    strangers(chain, 6)
    person.scan()
    chain.blocks.clear()
    chain.salt += 1
    chain.mine(empty=3)
    pay(chain, 1, WHOLE)
    person.scan()
    assert others(person.book, chain, WHOLE) == (1, 0)
    assert others(person.book, chain, 2 * WHOLE) == (0, 0)


def test_without_old_blocks_it_is_unknown(person: Person, chain: ReferenceChamber) -> None:
    pay(chain, 1, WHOLE)
    chain.mine(empty=5)
    chain.archive = chain.height
    assert not person.scan().complete
    assert others(person.book, chain, WHOLE) is None
    chain.archive = 0
    assert person.scan().complete
    assert others(person.book, chain, WHOLE) == (1, 0)


def test_partly_looked_through_it_is_unknown(
    person: Person, chain: ReferenceChamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "KEEP_EVERY", 2)
    for number in range(6):
        pay(chain, number, WHOLE)
    stop = CancelToken()

    def progress(one: ScanProgress) -> None:
        if one.phase is ScanPhase.HISTORY and one.done >= one.total // 2:
            stop.cancel()

    with pytest.raises(Cancelled):
        person.scan(progress=progress, cancel=stop)
    assert others(person.book, chain, WHOLE) is None
    assert person.book.deposits is not None
    person.scan()
    assert others(person.book, chain, WHOLE) == (6, 0)


def test_what_was_not_counted_is_said_by_the_block_where_it_began(
    person: Person, chain: ReferenceChamber
) -> None:
    """A book of a version that did not count, or whose count was lost."""
    for number in range(3):
        pay(chain, number, WHOLE)
    person.scan()
    height = chain.height
    person.change(lambda book: again(book, deposits=None))
    pay(chain, 3, WHOLE)
    person.scan()
    assert others(person.book, chain, WHOLE) == (1, height + 1)
    person.scan(everything=True)
    assert others(person.book, chain, WHOLE) == (4, 0)


def test_of_too_many_the_newest_are_kept_and_that_is_said(
    person: Person, chain: ReferenceChamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mist_counts, "MAX_COUNTED", 4)
    for number in range(7):
        pay(chain, number, WHOLE)
    person.scan()
    found = others(person.book, chain, WHOLE)
    assert found == (4, chain.height - 3)
    pay(chain, 8, WHOLE)
    person.scan()
    assert others(person.book, chain, WHOLE) == (4, chain.height - 3)


def test_nothing_more_is_asked_for_it(tmp_path: Path, chain: ReferenceChamber) -> None:
    """Heads, roots, leaves and blocks: the same questions whatever amounts are one's own."""
    strangers(chain, 6)
    person = Person(tmp_path / "data", chain)
    person.deposit(3 * WHOLE)
    chain.asked.clear()
    person.scan()
    kinds = Counter(str(one[0]) for one in chain.asked)
    assert set(kinds) <= {"open", "head", "header", "call", "block"}
    for one in chain.asked:
        if one[0] == "call":
            assert one[2] in {"tx_array", "merkle_root"}


blocks = st.lists(st.integers(1, 3), max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("mined"), blocks),
        st.tuples(st.just("empty"), st.integers(1, 4)),
        st.tuples(st.just("back"), st.integers(1, 6)),
        st.tuples(st.just("look"), st.booleans()),
        st.tuples(st.just("broken_off"), st.integers(1, 4)),
        st.tuples(st.just("forgets"), st.integers(0, 3)),
    ),
    min_size=3,
    max_size=14,
)


class Story:
    """A chain, one who looks at it, and what really was deposited: block to amounts."""

    def __init__(self, folder: Path) -> None:
        self.chain = ReferenceChamber(POOL, digest, tree)
        self.chain.mine(empty=2)
        self.person = Person(folder, self.chain)
        self.truth: dict[int, int] = {}
        self.number = 0

    def mined(self, amounts: list[int]) -> None:
        for amount in amounts:
            self.number += 1
            pay(self.chain, self.number, amount * WHOLE)
            self.truth[self.chain.height] = amount * WHOLE

    def empty(self, count: int) -> None:
        self.chain.mine(empty=count)

    def back(self, count: int) -> None:
        self.chain.reorganise(max(1, self.chain.height - count))
        kept = self.chain.height
        self.truth = {block: paid for block, paid in self.truth.items() if block <= kept}
        self.chain.mine()

    def forgets(self, count: int) -> None:
        self.chain.archive = max(0, self.chain.height - count)
        self.person.scan()
        self.chain.archive = 0

    def look(self, everything: bool) -> None:
        self.person.scan(everything=everything)

    def broken_off(self, after: int) -> None:
        stop, left = CancelToken(), list(range(after))

        def progress(one: ScanProgress) -> None:
            if one.phase is ScanPhase.HISTORY and (not left or left.pop() == 0):
                stop.cancel()

        with suppress(Cancelled):
            self.person.scan(progress=progress, cancel=stop)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps)
def test_whatever_happens_the_count_is_that_of_the_blocks_it_names(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, Any]]
) -> None:
    """Held against all deposits of those blocks, counted one by one."""
    story = Story(tmp_path_factory.mktemp("data"))
    for what, how in told:
        getattr(story, what)(how)
        if what in {"forgets", "look", "broken_off"} and story.person.book.deposits is not None:
            agrees(story.person.book.deposits, story.truth)
    assert story.person.scan().complete
    counted = story.person.book.deposits
    assert counted is not None
    assert (counted.since, counted.upto) == (0, story.chain.height)
    agrees(counted, story.truth)


def agrees(counted: CountedDeposits, truth: dict[int, int]) -> None:
    inside = Counter(
        amount for block, amount in truth.items() if counted.since <= block <= counted.upto
    )
    assert Counter(one.amount for one in counted.all()) == inside


def test_a_book_with_a_count_that_cannot_be_is_refused() -> None:
    one = {"token": 1, "amount": 1, "seen": ((3, 5),)}
    good = {"since": 5, "upto": 5, "amounts": (one,)}
    assert CountedDeposits.model_validate(good).others(1, 1, ()) == 1
    for bad in (
        {**good, "since": 6, "upto": 7},
        {**good, "upto": 4, "since": 0},
        {**good, "amounts": (one, one)},
        {**good, "amounts": (one, {**one, "amount": 2})},
        {**good, "amounts": ({**one, "seen": ()},)},
        {**good, "amounts": ({**one, "seen": ((2**20, 5),)},)},
        {**good, "more": 1},
    ):
        with pytest.raises(ValidationError):
            CountedDeposits.model_validate(bad)
