"""Each trap that loses money or privacy, made and refused."""

from dataclasses import replace

import pytest

from obsqra_desktop.domain.mist.errors import PoolChanged, StaleRoot, UnsafeSpend
from obsqra_desktop.domain.mist.note import Note
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.privacy import guards
from tests.privacy.plain import plain_hash
from tests.privacy.test_plans import NEXT_OWNER, NOTE, OWNER, planner, statement_of
from tests.vectors.mist import VECTORS, notes, numbers

LEAVES = frozenset(numbers(VECTORS["leaves"]))


def test_a_leaf_is_never_deposited_as_a_secret() -> None:
    note, values = notes()[0]
    guards.ensure_secret(values["secret"], LEAVES)
    with pytest.raises(UnsafeSpend, match="lost"):
        guards.ensure_secret(note.leaf(plain_hash), LEAVES)


@pytest.mark.parametrize("other", [{"amount": 1_000}, {"amount": 5}, {"owner": 9}, {"token": 9}])
def test_a_key_is_used_once(other: dict[str, int]) -> None:
    with pytest.raises(UnsafeSpend, match="never be spent"):
        guards.ensure_new(replace(NOTE, **other), [NOTE])


def test_the_same_four_values_have_one_nullifier() -> None:
    """Why: the pool marks it as spent for both."""
    again = Note(NOTE.claiming_key, NOTE.owner, NOTE.token, NOTE.amount)
    assert again.nullifier(plain_hash) == NOTE.nullifier(plain_hash)


def test_keys_in_sequence_are_refused() -> None:
    following = replace(NOTE, claiming_key=NOTE.claiming_key + 1)
    assert following.leaf(plain_hash) == NOTE.nullifier(plain_hash)  # why
    for pair in ((NOTE, following), (following, NOTE)):
        with pytest.raises(UnsafeSpend, match="follows"):
            guards.ensure_new(pair[0], [pair[1]])
    guards.ensure_new(replace(NOTE, claiming_key=NOTE.claiming_key + 2), [NOTE])
    guards.ensure_new(NOTE, [])


def test_only_the_owner_sends_and_only_to_itself() -> None:
    """Who is paid is in no constraint of the published circuit (tests/proving/test_mist.py)."""
    statement = statement_of(planner().withdraw(NOTE, 400, NEXT_OWNER, 5))
    assert statement.publics.auth_done == 0
    guards.ensure_sender(statement, OWNER)
    with pytest.raises(UnsafeSpend):
        guards.ensure_sender(statement, NEXT_OWNER)
    redirected = replace(statement, publics=replace(statement.publics, withdraw_to=NEXT_OWNER))
    with pytest.raises(UnsafeSpend):
        guards.ensure_sender(redirected, OWNER)
    key_in_hand = replace(statement)
    object.__setattr__(key_in_hand.publics, "auth_done", 1)
    with pytest.raises(UnsafeSpend):
        guards.ensure_sender(key_in_hand, OWNER)


def test_a_root_that_changed_while_proving() -> None:
    statement = statement_of(planner().withdraw(NOTE, 400, NEXT_OWNER, 5))
    guards.ensure_current(statement, statement.publics.root)
    with pytest.raises(StaleRoot) as caught:
        guards.ensure_current(statement, statement.publics.root + 1)
    assert caught.value.retryable


def test_dust_that_came_first() -> None:
    guards.ensure_unclaimed(0)
    with pytest.raises(UnsafeSpend):
        guards.ensure_unclaimed(1)


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("class_hash", "its code"),
        ("verifier", r"its verifier\."),
        ("owner", "its owner"),
        ("verifier_class", "its verifier's code"),
    ],
)
def test_a_changed_pool(part: str, word: str) -> None:
    known = PoolIdentity(1, 2, 3, 4)
    guards.ensure_same_pool(known, PoolIdentity(1, 2, 3, 4))
    guards.ensure_same_pool(PoolIdentity(1, 2, 3), known)  # from before this was looked up
    with pytest.raises(PoolChanged, match="its verifier's code"):
        guards.ensure_same_pool(known, PoolIdentity(1, 2, 3))
    with pytest.raises(PoolChanged, match=word):
        guards.ensure_same_pool(known, replace(known, **{part: 9}))
