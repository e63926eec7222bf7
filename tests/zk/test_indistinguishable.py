"""Two policies with the same public values: their proofs look the same, and look like noise.

The proofs are random at every run; a false alarm has a probability below 10^-6 in all
(about thirty checks with 10^-9 each, see `battery`).
"""

import random

import pytest

from tests.zk import battery, spoiling
from tests.zk.conftest import PROOFS, Corpus
from tests.zk.layout import COLUMNS, Parsed, canonical
from tests.zk.spoiling import Spoil

pytestmark = pytest.mark.native


def test_proofs_do_not_tell_policies_apart(corpus: Corpus) -> None:
    checks = battery.run(corpus.left, corpus.right, len(corpus.pairs))
    assert len(checks) * battery.ALARM < 1e-7
    assert battery.failed(checks) == {}


def test_nor_for_any_single_statement(corpus: Corpus) -> None:
    for number, pair in enumerate(corpus.pairs):
        part = slice(number * PROOFS, (number + 1) * PROOFS)
        checks = battery.run(corpus.left[part], corpus.right[part])
        assert battery.failed(checks) == {}, pair.name


def spoiled(corpus: Corpus, number: int, spoil: Spoil) -> dict[str, tuple[float, float]]:
    """What the battery finds in one pair's proofs without their hiding."""
    part, pair = slice(number * PROOFS, (number + 1) * PROOFS), corpus.pairs[number]
    rng = random.Random(number)
    sides: list[list[Parsed]] = [
        spoil(case, group[part], rng)
        for case, group in ((pair.left, corpus.left), (pair.right, corpus.right))
    ]
    return battery.failed(battery.run(sides[0], sides[1]))


@pytest.mark.parametrize(
    ("spoil", "number", "noticed"),
    [
        (spoiling.raw_rows, 2, {"words against uniform", "words against the other group"}),
        (
            spoiling.unmasked,
            0,
            {
                "mean of each column, between",
                "correlation of successive proofs",
                "centroid classifier, off one half",
                "logistic classifier, off one half",
            },
        ),
        (spoiling.one_column, 0, {"mean of each column, between", "spread of each column"}),
        (spoiling.same_masks, 1, {"rows in two proofs"}),
        (spoiling.same_salts, 1, {"salts in two proofs"}),
        (spoiling.telling_length, 2, {"length"}),
        (spoiling.telling_bit, 0, {"bits of each word, between"}),
    ],
)
def test_the_battery_notices_what_is_not_hidden(
    corpus: Corpus, spoil: Spoil, number: int, noticed: set[str]
) -> None:
    found = spoiled(corpus, number, spoil)
    assert noticed <= set(found), found


def test_the_unmasked_rows_are_those_of_the_trace(corpus: Corpus) -> None:
    """The control opens what it says: a constant column stays that constant."""
    case = corpus.pairs[0].left
    trace = spoiling.cells(case)
    rows = spoiling.extended(trace, range(40))
    assert (rows[:, 37] == case.policy.max_allocation_bps).all()
    assert len({row.tobytes() for row in rows}) == 40
    (one, *_) = spoiling.unmasked(case, corpus.left[:1], random.Random(0))
    assert (canonical(one.fields["trace rows"])[:, 37] == case.policy.max_allocation_bps).all()
    assert one.fields["trace rows"].shape[1] > COLUMNS
