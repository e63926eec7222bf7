"""Plans of Seek & Hide and the statements made of them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.errors import NoteMissing, StaleRoot
from obsqra_desktop.domain.mist.note import (
    AMOUNT_BOUND,
    Note,
    Output,
    Spend,
    SpendPlan,
    SpendStatement,
)
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.privacy.statement import make_statement
from tests.privacy.plain import PlainTree, plain_hash
from tests.privacy.test_keys import KEYS
from tests.vectors.mist import VECTORS, notes, number, numbers, published_statement

OWNER, NEXT_OWNER, TOKEN = 0xA11CE, 0xB0B, 0x70CE
NOTE = Note(KEYS.claiming_key(0), OWNER, TOKEN, 1_000)
STRANGER = plain_hash(123, 456)
Draw = Callable[[int], bytes]


def planner(bit: int = 1) -> Planner:
    return Planner(KEYS, plain_hash, lambda count: bytes([bit] * count))


def leaves_of(plan: SpendPlan) -> list[int]:
    note = plan.spend.note
    return [plain_hash(one.secret, note.token, one.amount) for one in plan.spend.outputs]


ACTIONS: dict[str, Callable[[Planner, Note, int], SpendPlan]] = {
    "withdraw": lambda p, note, amount: p.withdraw(note, amount, NEXT_OWNER, 5),
    "rewrap": lambda p, note, amount: p.rewrap(note, NEXT_OWNER, 5),
    "split": lambda p, note, amount: p.split(note, amount, NEXT_OWNER, 5),
    "forward": lambda p, note, amount: p.forward(note, amount, STRANGER, NEXT_OWNER, 5),
}


@given(st.sampled_from(sorted(ACTIONS)), st.integers(2, AMOUNT_BOUND - 1), st.data())
def test_every_plan_keeps_all_money_and_all_keys(
    action: str, total: int, data: st.DataObject
) -> None:
    note = Note(KEYS.claiming_key(0), OWNER, TOKEN, total)
    amount = data.draw(st.integers(1, total - 1 if action == "split" else total))
    plan = ACTIONS[action](planner(data.draw(st.integers(0, 1))), note, amount)
    out = {"withdraw": amount}.get(action, 0)
    given_away = amount if action == "forward" else 0
    mine = sum(one.note.amount for one in plan.notes)
    assert plan.spend.withdraw == out
    assert out + given_away + mine == total
    for one in plan.notes:
        assert one.note.claiming_key == KEYS.claiming_key(one.index)
        assert 5 <= one.index < plan.next_index
        assert (one.note.owner, one.note.token) == (NEXT_OWNER, TOKEN)
        assert one.note.leaf(plain_hash) in leaves_of(plan)
    assert given_away == 0 or Output(STRANGER, amount) in plan.spend.outputs


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_the_order_of_outputs_is_drawn(action: str) -> None:
    one, other = (ACTIONS[action](planner(bit), NOTE, 400).spend.outputs for bit in (0, 1))
    assert one == other[::-1]


def test_a_zero_output_cannot_be_recognised() -> None:
    """The SDK's example uses the secret 0, whose leaf is the same for everybody."""
    known = number(VECTORS["assignment"]["publics"][8])
    token = number(VECTORS["assignment"]["token"])
    assert plain_hash(0, token, 0) == known
    seen = set()
    for index in range(20):
        plan = planner().withdraw(NOTE, NOTE.amount, NEXT_OWNER, 2 * index)
        assert [one.amount for one in plan.spend.outputs] == [0, 0]
        seen.update(leaves_of(plan))
    assert len(seen) == 40
    with pytest.raises(InvalidInput):
        Output(0, 0)


def test_amounts_that_cannot_be() -> None:
    plans = planner()
    for amount in (0, -1, NOTE.amount + 1):
        for call in (
            lambda amount=amount: plans.withdraw(NOTE, amount, NEXT_OWNER, 5),
            lambda amount=amount: plans.split(NOTE, amount, NEXT_OWNER, 5),
            lambda amount=amount: plans.forward(NOTE, amount, STRANGER, NEXT_OWNER, 5),
        ):
            with pytest.raises(InvalidInput):
                call()
    with pytest.raises(InvalidInput):
        plans.split(NOTE, NOTE.amount, NEXT_OWNER, 5)
    with pytest.raises(InvalidInput):
        plans.forward(NOTE, 1, NOTE.secret(plain_hash), NEXT_OWNER, 5)
    with pytest.raises(InvalidInput):
        Spend(NOTE, 1, (Output(1, 500), Output(2, 500)))
    with pytest.raises(InvalidInput):
        Spend(NOTE, 0, (Output(1, 500), Output(1, 500)))


def test_the_published_statement_comes_of_its_note() -> None:
    """The same numbers as the SDK's assignment, but for what this program never does: the secret 0,
    another receiver, a payload. Those are put in by hand."""
    published = published_statement()
    note, _ = notes()[0]
    first = Output(published.secrets[24], 2_500)
    spend = Spend(note, 97_500, (first, Output(1, 0)))
    leaves = numbers(VECTORS["leaves"])
    root = number(VECTORS["roots"]["17"])
    made = make_statement(spend, leaves, root, plain_hash, PlainTree())
    ours, theirs = list(made.publics.values()), list(published.publics.values())
    assert ours[4] == note.owner
    assert ours[9] == 0
    for place in (4, 8, 9):
        ours[place] = theirs[place]
    assert ours == theirs
    assert made.secrets[:26] == published.secrets[:26]
    assert (made.secrets[26], published.secrets[26]) == (1, 0)


def statement_of(plan: SpendPlan) -> SpendStatement:
    leaves = (7, 8, plan.spend.note.leaf(plain_hash), 9)
    root = PlainTree().path(leaves, 7).root
    return make_statement(plan.spend, leaves, root, plain_hash, PlainTree())


def test_nothing_withdrawn_names_no_token() -> None:
    assert statement_of(planner().rewrap(NOTE, NEXT_OWNER, 5)).publics.withdraw_token == 0
    assert statement_of(planner().withdraw(NOTE, 1, NEXT_OWNER, 5)).publics.withdraw_token == TOKEN


def test_a_path_is_padded_and_a_foreign_root_refused() -> None:
    """An unpadded path, and leaves that a node has made up or cut short."""
    plan = planner().withdraw(NOTE, 1, NEXT_OWNER, 5)
    made = statement_of(plan)
    assert len(made.secrets) == 27
    assert made.secrets[5:23] == (0,) * 18
    leaf = NOTE.leaf(plain_hash)
    root = PlainTree().path((7, leaf), leaf).root
    with pytest.raises(StaleRoot):
        make_statement(plan.spend, (7, leaf, 9), root, plain_hash, PlainTree())
    with pytest.raises(NoteMissing):
        make_statement(plan.spend, (7, 9), root, plain_hash, PlainTree())


def test_nothing_secret_in_any_repr() -> None:
    plan = planner().forward(NOTE, 400, STRANGER, NEXT_OWNER, 5)
    shown = repr(plan) + repr(statement_of(plan)) + repr(planner())
    hidden = [NOTE.claiming_key, KEYS.claiming_key(5), *(o.secret for o in plan.spend.outputs)]
    for value in hidden:
        assert f"{value}" not in shown
        assert f"{value:x}" not in shown
