"""Proofs of wrong traces in which everything is honest but one constraint.

They were made by provers who know that a verifier leaves this constraint out: statement, layout,
transcript, proof of work, trees and folding hold, and only the check out of domain refuses them.
"""

import importlib
import itertools
from typing import Any

import pytest

from tests.verifier.loading import forgeries, forgery, vb

NUMBERS = range(len(forgeries()))
IDS = [f"{one['group']}: {one['constraint'] or one['how']}" for one in forgeries()]
forged = pytest.mark.parametrize("number", NUMBERS, ids=IDS)


@forged
def test_the_plain_verifier_refuses_them_at_the_constraints(number: int) -> None:
    with pytest.raises(vb.Rejected) as refused:
        vb.verify_proof(*forgery(number))
    assert refused.value.kind == "constraints"


@forged
def test_whoever_leaves_the_constraint_out_is_cheated(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So the proof is a real attack, and all else in it is honest."""
    left_out = forgeries()[number]["constraint"]
    if left_out is None:  # nobody would be cheated but who leaves all of them out
        monkeypatch.setattr(vb, "check_constraints", lambda *_: None)
    else:
        whole = vb.constraints

        def weakened(*at: Any) -> list[Any]:
            found: list[Any] = whole(*at)
            found[left_out - 1] = vb.Ext(0)
            return found

        monkeypatch.setattr(vb, "constraints", weakened)
    vb.verify_proof(*forgery(number))


@pytest.mark.native
@forged
def test_the_native_verifier_refuses_them_out_of_domain(number: int) -> None:
    native = importlib.import_module("obsqra_native")
    with pytest.raises(native.ProofRejected, match="out-of-domain evaluation mismatch"):
        native.verify(*forgery(number))


def test_every_group_of_constraints_has_one() -> None:
    ends = (0, 31, 50, 61, 74, 81, 86, 105, 118, 128, 178)
    numbers = [one["constraint"] for one in forgeries() if one["constraint"]]
    for start, end in itertools.pairwise(ends):
        assert any(start < number <= end for number in numbers), (start + 1, end)
