"""The deep search: parts with more digits come back by the secret and the chain, and it goes on
where it was stopped."""

import asyncio
from pathlib import Path

import pytest

from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.errors import Cancelled, InvalidInput
from obsqra_desktop.domain.mist.held_notes import NoteOrigin
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist import deep, finding, owners
from obsqra_desktop.services.mist.deep import DeepProgress
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import NETWORK, run
from tests.services.mist.test_recovery import recovered
from tests.services.mist.world import (
    ALSO_MINE,
    STRANGER,
    WHOLE,
    Person,
    digest,
    held,
)

pytestmark = pytest.mark.native
PART = 123 * WHOLE // 10**7
"""0.0000123 STRK: smaller than what the first look tries."""


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer indices and accounts than in earnest: less to try."""
    monkeypatch.setattr(finding, "NEAR", 5)
    monkeypatch.setattr(deep, "NEAR", 5)
    monkeypatch.setattr(owners, "GAP", 3)


def test_parts_of_splits_forwards_and_what_came_of_them_come_back(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    whole, other = person.deposit(5 * WHOLE), person.deposit(3 * WHOLE, ALSO_MINE)
    person.scan()
    small, large = person.split(whole, PART)
    person.forward(other, PART, digest(77, STRANGER), ALSO_MINE)
    person.scan()
    person.split(large, 3 * PART)
    person.withdraw(small, PART // 2)
    mine = person.scan().book
    heir = recovered(person, tmp_path / "heir")
    assert held(heir.book) != held(mine)
    assert {one.amount for one in heir.book.missing} == {5 * WHOLE, 3 * WHOLE}
    report = run(heir.deep.search(NETWORK, heir.keys, digits=3, tokens=(STRK, ETH)))
    assert held(report.book) == held(mine)
    assert report.book.missing == ()
    assert {one.id for one in report.book.notes} == {one.id for one in mine.notes}
    assert report.book.next_index >= mine.next_index
    origins = {one.id: one.origin for one in report.book.notes}
    assert origins[small.id] is NoteOrigin.SPLIT
    assert len(report.found) == 5


def test_a_fresh_owner_and_indices_that_were_given_up_hide_nothing(
    person: Person, tmp_path: Path
) -> None:
    whole = person.deposit(5 * WHOLE)
    person.scan()
    fresh = person.fresh_owner()
    run(person.notes.take(person.keys, 2))
    part = 12 * WHOLE // 10**7
    person.split(whole, part, fresh)
    mine = person.scan().book
    heir = recovered(person, tmp_path / "heir")
    assert held(heir.book) == {}
    run(heir.deep.search(NETWORK, heir.keys, digits=3, tokens=(STRK,)))
    assert held(heir.book) == held(mine)
    assert heir.book.next_account == 1


def test_what_has_more_digits_stays_missing_and_is_not_tried_twice(
    person: Person, tmp_path: Path
) -> None:
    whole = person.deposit(5 * WHOLE)
    person.scan()
    person.split(whole, 1_234_567_890_123_456_789)
    heir = recovered(person, tmp_path / "heir")
    (missing,) = heir.book.missing
    report = run(heir.deep.search(NETWORK, heir.keys, digits=3, tokens=(STRK,)))
    assert report.found == ()
    (still,) = report.book.missing
    assert (still.note, still.outputs, still.digits) == (missing.note, missing.outputs, 3)
    tried = len(heir.tried.goes)
    assert tried
    heir.scan(everything=True)  # a look at the chain forgets nothing of the search
    run(heir.deep.search(NETWORK, heir.keys, digits=3, tokens=(STRK,)))
    assert len(heir.tried.goes) == tried


def test_each_amount_is_tried_once_over_all_stops(person: Person, tmp_path: Path) -> None:
    whole = person.deposit(5 * WHOLE)
    person.scan()
    person.split(whole, 1_234_567_890_123_456_789)
    once, twice = recovered(person, tmp_path / "one"), recovered(person, tmp_path / "two")
    run(once.deep.search(NETWORK, once.keys, digits=3, tokens=(STRK,)))
    for after in (5, 40, 10**6):
        token = CancelToken()
        left = after

        def stop(_: DeepProgress, token: CancelToken = token) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                token.cancel()

        try:
            run(
                twice.deep.search(
                    NETWORK, twice.keys, digits=3, tokens=(STRK,), progress=stop, cancel=token
                )
            )
        except Cancelled:
            assert after < 10**6
    assert twice.tried.goes == once.tried.goes


def test_the_number_of_digits_is_bounded(person: Person) -> None:
    for digits in (0, 11):
        with pytest.raises(InvalidInput):
            run(person.deep.search(NETWORK, person.keys, digits=digits))


def test_a_task_that_is_cancelled_keeps_how_far_it_came(person: Person, tmp_path: Path) -> None:
    """As Ctrl-C in a terminal does."""
    whole = person.deposit(5 * WHOLE)
    person.scan()
    person.split(whole, 1_234_567_890_123_456_789)
    heir = recovered(person, tmp_path / "heir")
    keys, reached = heir.keys, []

    async def interrupted() -> None:
        def stop(progress: DeepProgress) -> None:
            if progress.digits == 3 and progress.done > 5_000 and not reached:
                reached.append(progress.done)
                task.cancel()

        task = asyncio.ensure_future(
            heir.deep.search(NETWORK, keys, digits=3, tokens=(STRK,), progress=stop)
        )
        with pytest.raises(asyncio.CancelledError):
            await task

    run(interrupted())
    (part,) = heir.book.missing
    assert (part.digits, part.tried) == (2, reached[0])


def test_a_search_that_dies_goes_on_at_what_it_wrote_down(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle of a step: only the goes since the last writing are done again."""
    monkeypatch.setattr(deep, "KEEP_EVERY", 2)
    whole = person.deposit(5 * WHOLE)
    person.scan()
    person.split(whole, 1_234_567_890_123_456_789)
    heir = recovered(person, tmp_path / "heir")
    seen = []

    def die(progress: DeepProgress) -> None:
        seen.append(progress.done)
        if progress.digits == 3 and progress.done > 5_000:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        run(heir.deep.search(NETWORK, heir.keys, digits=3, tokens=(STRK,), progress=die))
    (part,) = heir.book.missing
    assert part.digits == 2
    assert 0 < part.tried <= seen[-1]
