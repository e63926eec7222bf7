"""The plain statement of MIST's hash, common amounts, the ranges of notes, the privacy level."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.mist.amounts import grid, is_common
from obsqra_desktop.domain.mist.note import (
    AMOUNT_BOUND,
    FIELD,
    HEIGHT,
    MAX_LEAVES,
    Output,
    Spend,
    SpendStatement,
    TreePath,
)
from obsqra_desktop.domain.mist.privacy import (
    FEW,
    MistAction,
    PrivacyLevel,
    Situation,
    assess,
)
from tests.privacy.plain import plain_hash
from tests.vectors.mist import VECTORS, notes, number, numbers, published_statement

BEST = Situation(
    MistAction.WITHDRAW,
    leaves_since=FEW,
    leaves_among=FEW,
    owner_deposited=False,
    owner_seen=False,
    owner_funded=False,
    hidden_route=True,
)


def test_the_plain_statement_meets_the_published_vectors() -> None:
    for elements, expected in VECTORS["hashes"]:
        assert plain_hash(*numbers(elements)) == number(expected)
    for note, values in notes():
        assert note.leaf(plain_hash) == values["leaf"]
        assert note.nullifier(plain_hash) == values["nullifier"]


@pytest.mark.parametrize(
    "change",
    [
        {"claiming_key": 0},
        {"claiming_key": FIELD - 1},
        {"owner": 0},
        {"owner": ADDRESS_BOUND},
        {"token": 1},
        {"amount": 0},
        {"amount": AMOUNT_BOUND},
    ],
)
def test_what_is_no_note(change: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        replace(notes()[0][0], **change)


def test_parts_add_up_to_the_note() -> None:
    """Less would be lost in a leaf that nobody knows, more cannot be proved."""
    note, _ = notes()[0]
    whole = note.amount
    for withdraw, first, second in (
        (0, whole - 1, 0),
        (1, whole, 0),
        (whole - 2, 1, 0),
        (-1, whole, 1),
    ):
        with pytest.raises(InvalidInput, match="add up"):
            Spend(note, withdraw, (Output(1, first), Output(2, second)))
    Spend(note, whole, (Output(1, 0), Output(2, 0)))


@pytest.mark.parametrize(("secret", "amount"), [(0, 1), (FIELD, 1), (1, -1), (1, AMOUNT_BOUND)])
def test_what_is_no_output(secret: int, amount: int) -> None:
    with pytest.raises(InvalidInput):
        Output(secret, amount)


@pytest.mark.parametrize(
    ("index", "root", "siblings"),
    [
        (0, 1, (0,) * (HEIGHT - 1)),
        (0, 1, (0,) * (HEIGHT + 1)),
        (-1, 1, (0,) * HEIGHT),
        (MAX_LEAVES, 1, (0,) * HEIGHT),
        (0, FIELD, (0,) * HEIGHT),
        (0, 1, (*(0,) * (HEIGHT - 1), FIELD)),
    ],
)
def test_what_is_no_path(index: int, root: int, siblings: tuple[int, ...]) -> None:
    """An unpadded one above all: the circuit takes 20 siblings."""
    with pytest.raises(InvalidInput):
        TreePath(index, root, siblings)


def test_what_is_no_statement() -> None:
    good = published_statement()
    for secrets in (good.secrets[:-1], (*good.secrets, 0), (*good.secrets[:-1], FIELD)):
        with pytest.raises(InvalidInput):
            SpendStatement(good.publics, secrets)
    with pytest.raises(InvalidInput):
        replace(good, publics=replace(good.publics, root=FIELD))
    with pytest.raises(ValueError, match="auth_done"):
        replace(good.publics, auth_done=1)


def test_the_grid() -> None:
    digits = [str(one).rstrip("0") for one in grid(6)]
    assert digits == ["1", "2", "5"] * 9
    assert (grid(6)[0], grid(6)[-1]) == (10**3, 5 * 10**11)
    assert grid(0)[0] == 1
    assert not is_common(7_300_000, 6)
    for decimals in (-1, 37):
        with pytest.raises(InvalidInput):
            grid(decimals)


def test_shielded_only_when_nothing_is_unknown_or_bad() -> None:
    assert assess(BEST).level is PrivacyLevel.SHIELDED
    assert assess(BEST).suggestions == ()
    assert assess(Situation(MistAction.WITHDRAW)).level is PrivacyLevel.LINKABLE
    known = ("leaves_since", "leaves_among")
    for name in (*known, "owner_deposited", "owner_seen", "owner_funded", "hidden_route"):
        assert assess(replace(BEST, **{name: None})).level is PrivacyLevel.LINKABLE, name


@pytest.mark.parametrize(
    ("change", "level", "code"),
    [
        ({"action": MistAction.DEPOSIT}, "LINKABLE", "deposit_public"),
        ({"action": MistAction.DEPOSIT, "common_amount": False}, "EXPOSED", "deposit_amount"),
        ({"action": MistAction.EMERGENCY}, "EXPOSED", "no_proof"),
        ({"common_amount": False}, "LINKABLE", "amount_unusual"),
        ({"whole_deposit": True, "equal_deposits": 0}, "EXPOSED", "amount_matches"),
        ({"whole_deposit": True}, "LINKABLE", "amount_matches"),
        ({"whole_deposit": True, "common_amount": False}, "EXPOSED", "amount_matches"),
        ({"whole_deposit": True, "equal_deposits": FEW - 1}, "LINKABLE", "amount_matches"),
        ({"whole_deposit": True, "equal_deposits": FEW}, "SHIELDED", "leaf_hidden"),
        ({"whole_deposit": None}, "LINKABLE", "amount_origin"),
        ({"whole_deposit": None, "equal_deposits": 0}, "LINKABLE", "amount_origin"),
        ({"whole_deposit": None, "equal_deposits": FEW - 1}, "LINKABLE", "amount_origin"),
        ({"whole_deposit": None, "equal_deposits": FEW}, "SHIELDED", "leaf_hidden"),
        ({"leaves_since": 0}, "EXPOSED", "leaves_none"),
        ({"leaves_since": FEW - 1}, "LINKABLE", "leaves_few"),
        ({"leaves_among": None}, "LINKABLE", "leaf_unknown"),
        ({"leaves_among": 0, "leaves_since": 0}, "EXPOSED", "leaf_alone"),
        ({"leaves_among": 1, "leaves_since": 1}, "LINKABLE", "leaf_few"),
        ({"leaves_among": FEW - 1, "leaves_since": 1}, "LINKABLE", "leaf_few"),
        ({"owner_deposited": True}, "EXPOSED", "owner_deposited"),
        ({"owner_deposited": True, "action": MistAction.REWRAP}, "LINKABLE", "owner_deposited"),
        ({"owner_seen": True}, "LINKABLE", "owner_seen"),
        ({"owner_funded": True}, "LINKABLE", "owner_funded"),
        ({"hidden_route": False}, "LINKABLE", "route"),
        ({"hidden_route": False, "shared_route": True}, "LINKABLE", "route"),
        ({"shared_route": True}, "LINKABLE", "route_shared"),
        ({"shared_route": True, "action": MistAction.REWRAP}, "LINKABLE", "route_shared"),
        ({"action": MistAction.FORWARD, "common_amount": False}, "SHIELDED", "leaf_hidden"),
    ],
)
def test_each_fact(change: dict[str, object], level: str, code: str) -> None:
    view = assess(replace(BEST, **change))  # type: ignore[arg-type]
    assert view.level is PrivacyLevel[level]
    assert view.facts[0].code == code


@pytest.mark.parametrize(
    ("change", "levels"),
    [
        ({}, {"deposit_public": 1, "deposit_equal": 1, "route_hidden": 2}),
        ({"equal_deposits": FEW - 1}, {"deposit_public": 1, "deposit_equal": 1, "route_hidden": 2}),
        ({"equal_deposits": FEW}, {"deposit_public": 1, "deposit_equal": 2, "route_hidden": 2}),
        ({"hidden_route": None}, {"deposit_public": 1, "deposit_equal": 1, "route": 1}),
        ({"shared_route": True}, {"deposit_public": 1, "deposit_equal": 1, "route_shared": 1}),
    ],
)
def test_what_a_deposit_lists(change: dict[str, object], levels: dict[str, int]) -> None:
    """Its level is that of what everybody sees; so each fact's own level is looked at."""
    deposit = replace(BEST, action=MistAction.DEPOSIT)
    view = assess(replace(deposit, **change))  # type: ignore[arg-type]
    assert {fact.code: fact.level for fact in view.facts} == levels


@pytest.mark.parametrize("name", ["owner_deposited", "owner_seen"])
@pytest.mark.parametrize("value", [True, None])
def test_a_move_to_a_fresh_account_is_not_told_to_move_to_a_fresh_account(
    name: str, value: bool | None
) -> None:
    def told(action: MistAction, moves_on: bool) -> tuple[str, ...]:
        words = {name: value, "action": action, "moves_on": moves_on}
        return assess(replace(BEST, **words)).suggestions  # type: ignore[arg-type]

    for action in (MistAction.REWRAP, MistAction.SPLIT):
        assert told(action, True) == ()
        (only,) = told(action, False)
        assert only.startswith("Choose a fresh account as the new owner.")
    for moves_on in (True, False):
        (only,) = told(MistAction.WITHDRAW, moves_on)
        assert only.startswith("Move the note to a fresh account first.")


def test_every_fact_that_was_looked_at_is_listed() -> None:
    codes = [fact.code for fact in assess(BEST).facts]
    assert codes == [
        "leaf_hidden",
        "amount_apart",
        "leaves_many",
        "owner_apart",
        "owner_fresh",
        "owner_unfunded",
        "route_hidden",
    ]
    words = {fact.code: fact.text for fact in assess(BEST).facts}
    assert "your own word" in words["owner_unfunded"]
    assert "none is known to be your own" in words["leaves_many"]
    practice = {fact.code: fact.text for fact in assess(replace(BEST, practice=True)).facts}
    assert "faucet" in practice["owner_unfunded"]


maybe = st.none() | st.booleans()
counts = st.none() | st.integers(0, 2 * FEW)
situations = st.builds(
    Situation,
    action=st.sampled_from(MistAction),
    common_amount=st.booleans(),
    whole_deposit=maybe,
    equal_deposits=counts,
    leaves_since=counts,
    leaves_among=counts,
    owner_deposited=maybe,
    owner_seen=maybe,
    owner_funded=maybe,
    hidden_route=maybe,
    shared_route=st.booleans(),
    counted_since=st.none() | st.integers(0, 9),
    moves_on=st.booleans(),
    practice=st.booleans(),
)


@given(situations)
def test_worst_first_and_at_most_two_suggestions_with_their_cost(situation: Situation) -> None:
    view = assess(situation)
    levels = [fact.level for fact in view.facts]
    assert levels == sorted(levels)
    assert view.level is levels[0]
    assert len(view.suggestions) <= 2
    assert len(set(view.suggestions)) == len(view.suggestions)
    assert all("Cost:" in one for one in view.suggestions)
    good = [fact.text for fact in view.facts if fact.level is PrivacyLevel.SHIELDED]
    if situation.leaves_among is None or situation.leaves_among < FEW:
        assert not any("leaf is spent" in one for one in good), "nothing to hide among"
    offered = [fact.suggestion for fact in view.facts if fact.suggestion]
    assert list(view.suggestions) == list(dict.fromkeys(offered))[:2]


@given(situations, st.data())
def test_knowing_something_good_never_makes_it_worse(
    situation: Situation, data: st.DataObject
) -> None:
    good = {field.name: getattr(BEST, field.name) for field in fields(BEST)}
    name = data.draw(st.sampled_from(sorted(set(good) - {"action", "equal_deposits"})))
    assert assess(replace(situation, **{name: good[name]})).level >= assess(situation).level
