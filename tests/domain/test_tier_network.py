"""The shipped tier network is what its script makes, and as good as its card says."""

import importlib.util
import json
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from obsqra_desktop.domain import shipped
from tests.domain.strategies import make_metrics

MODEL = shipped.model("risk-tier-mlp-v1")


@cache
def script() -> ModuleType:
    path = shipped.resource_root() / "models" / "train_tier_network.py"
    spec = importlib.util.spec_from_file_location("train_tier_network", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def arrays() -> tuple[Any, Any, Any, Any]:
    w = MODEL.weights
    return np.array(w.w1), np.array(w.b1), np.array(w.w2), np.array(w.b2)


def test_script_makes_the_shipped_file() -> None:
    """Trains anew: some seconds."""
    trained = script().train()
    for fresh, kept in zip(trained, arrays(), strict=True):
        assert np.array_equal(fresh, kept)
    path = shipped.resource_root() / "models" / "risk-tier-mlp-v1.json"
    assert script().model_file(trained) == json.loads(path.read_text("utf-8"))


def test_card_states_the_measured_accuracy() -> None:
    confusion = script().evaluate(arrays())
    evaluation = MODEL.card.evaluation
    assert evaluation is not None
    assert confusion.tolist() == [list(row) for row in evaluation.confusion]
    assert evaluation.samples == confusion.sum()
    assert evaluation.correct == confusion.trace()
    assert evaluation.correct * 100 >= evaluation.samples * 96
    assert all(row[i] * 100 >= sum(row) * 94 for i, row in enumerate(evaluation.confusion))
    # Never a low pool called high or the other way round.
    assert evaluation.confusion[0][2] == evaluation.confusion[2][0] == 0


def test_program_and_script_agree_on_held_out_pools() -> None:
    pools = script().synthetic_pools(2_000, stream=700)
    said = script().classify(pools, *arrays())
    for row, expected in zip(pools.tolist(), said.tolist(), strict=True):
        assert MODEL.infer(make_metrics(*row)).model_class == expected


def test_errors_lie_near_the_boundaries() -> None:
    made = script()
    pools = made.synthetic_pools(20_000, stream=700)
    index = made.risk_index(pools)
    nearest = np.minimum(abs(index - made.MEDIUM_FROM), abs(index - made.HIGH_FROM))
    wrong = made.classify(pools, *arrays()) != made.labels(pools)
    assert nearest[wrong].mean() * 4 < nearest[~wrong].mean()


def test_synthetic_pools_are_in_range_and_fixed() -> None:
    pools = script().synthetic_pools(5_000, stream=700)
    assert (pools >= 0).all()
    assert (pools.max(axis=0) <= [10_000, 10_000, 3, 100, 30_000]).all()
    assert (pools[:, 4] > 5_000).any()
    # Training pools and held-out pools are different pools.
    assert not (script().synthetic_pools(5_000, stream=100) == pools).all(axis=1).any()


def test_index_spans_its_stated_range() -> None:
    worst = np.array([[10_000, 10_000, 0, 0, 0], [0, 0, 3, 100, 30_000]])
    assert script().risk_index(worst).tolist() == [11_000, 6]


def test_sensible_on_clear_cases() -> None:
    def tier(*values: int) -> str:
        return MODEL.class_name(MODEL.infer(make_metrics(*values)))

    assert tier(100, 100, 3, 100, 5000) == "low"
    assert tier(10000, 10000, 0, 0, 0) == "high"
    assert tier(6500, 2000, 3, 98, 1500) == "low"
    assert tier(3000, 7000, 0, 60, 10) == "high"
