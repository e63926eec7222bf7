"""Models: inference against numpy and the original formula, bounds, files, digests."""

import hashlib
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from obsqra_desktop.domain import model as models
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.model import Model, Weights
from obsqra_desktop.domain.pools import PoolMetrics
from tests.domain.strategies import make_metrics, metrics, weights

LINEAR = shipped.model("linear_v0")


def linear_v0_score(m: PoolMetrics) -> int:
    return (
        2 * m.utilization_bps
        + 3 * m.volatility_bps
        + 500 * m.liquidity_tier
        + 200 * max(0, 100 - m.audit_score)
        + 5 * max(0, 730 - m.age_days)
    )


@given(metrics)
def test_linear_v0_is_the_original_formula(m: PoolMetrics) -> None:
    output = LINEAR.infer(m)
    assert output.flag == (linear_v0_score(m) >= 22_000)
    assert output.outputs[2] == linear_v0_score(m) - 22_000
    assert LINEAR.class_name(output) == ("rebalance" if output.flag else "hold")


def test_linear_v0_samples() -> None:
    jediswap = LINEAR.infer(make_metrics(6500, 3500, 1, 98, 800))
    ekubo = LINEAR.infer(make_metrics(5000, 2500, 2, 95, 600))
    assert (jediswap.outputs[2] + 22_000, jediswap.flag) == (24_400, True)
    assert (ekubo.outputs[2] + 22_000, ekubo.flag) == (20_150, False)


def with_numpy(w: Weights, m: PoolMetrics) -> tuple[list[int], int]:
    x = np.array([m.utilization_bps, m.volatility_bps, m.liquidity_tier, m.audit_score, m.age_days])
    hidden = np.maximum(np.array(w.w1) @ x + np.array(w.b1), 0)
    outputs = np.array(w.w2) @ hidden + np.array(w.b2)
    best = [k for k in range(3) if outputs[k] == outputs.max()]
    return outputs.tolist(), best[-1]


@given(weights, metrics)
def test_inference_is_the_matrix_form(w: Weights, m: PoolMetrics) -> None:
    outputs, best = with_numpy(w, m)
    output = w.infer(m)
    assert (list(output.outputs), output.model_class) == (outputs, best)
    assert output.flag == (best == 2)


@given(weights, metrics)
def test_nothing_reaches_half_the_field(w: Weights, m: PoolMetrics) -> None:
    assert max(w.hidden(m)) < 2**22
    outputs = w.infer(m).outputs
    assert max(outputs) - min(outputs) < 2**30
    assert max(map(abs, outputs)) < 2**30


def test_bounds_keep_the_worst_case_in_the_field() -> None:
    highest = (10_000, 10_000, 3, 100, 30_000)
    hidden = models.B1_BOUND + sum(
        bound * x for bound, x in zip(models.W1_BOUNDS, highest, strict=True)
    )
    output = models.B2_BOUND + 8 * models.W2_BOUND * hidden
    assert hidden < 2**22
    assert 2 * output < 2**30


@pytest.mark.parametrize(
    ("b2", "expected"),
    [
        ((0, 0, 0), 2),
        ((1, 1, 0), 1),
        ((1, 0, 1), 2),
        ((0, 1, 1), 2),
        ((1, 0, 0), 0),
        ((0, 1, 0), 1),
        ((0, 0, 1), 2),
    ],
)
def test_ties_go_to_the_higher_class(b2: tuple[int, ...], expected: int) -> None:
    zero = Weights(((0,) * 5,) * 8, (0,) * 8, ((0,) * 8,) * 3, b2)
    assert zero.infer(make_metrics(1, 2, 3, 4, 5)).model_class == expected


@given(weights)
def test_flat_and_digest(w: Weights) -> None:
    flat = w.flat()
    assert len(flat) == 75
    assert Weights.from_flat(flat) == w
    assert len(w.encode()) == 300
    expected = hashlib.blake2s(
        b"OBSQRA/MODEL/1\0\0" + b"".join(v.to_bytes(4, "little", signed=True) for v in flat)
    )
    assert w.digest() == expected.digest()


def test_every_weight_changes_the_digest() -> None:
    flat = LINEAR.weights.flat()
    digests = {LINEAR.digest()}
    for i, value in enumerate(flat):
        # Towards zero from a bound, else up: always another allowed value.
        changed = (*flat[:i], value + 1 if value <= 0 else value - 1, *flat[i + 1 :])
        digests.add(Weights.from_flat(changed).digest())
    assert len(digests) == 76


BOUNDS_OF_FLAT = (
    *(models.W1_BOUNDS * 8),
    *((models.B1_BOUND,) * 8),
    *((models.W2_BOUND,) * 24),
    *((models.B2_BOUND,) * 3),
)


@pytest.mark.parametrize("position", range(75))
def test_each_bound(position: int) -> None:
    bound = BOUNDS_OF_FLAT[position]
    for value in (-bound, bound):
        Weights.from_flat((0,) * position + (value,) + (0,) * (74 - position))
    for value in (-bound - 1, bound + 1):
        with pytest.raises(InvalidInput):
            Weights.from_flat((0,) * position + (value,) + (0,) * (74 - position))


@pytest.mark.parametrize("count", [0, 74, 76])
def test_wrong_number_of_weights(count: int) -> None:
    with pytest.raises(InvalidInput):
        Weights.from_flat((0,) * count)


def linear_document() -> dict[str, Any]:
    path = shipped.resource_root() / "models" / "linear_v0.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


def parse(document: object) -> Model:
    return Model.parse(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "obsqra/model/2"),
        (("schema",), None),
        (("kind",), "forest"),
        (("features",), ["volatility_bps", "utilization_bps"]),
        (("classes",), ["hold", "rebalance"]),
        (("classes",), ["hold", "hold", "rebalance"]),
        (("weights", "w1"), [[0] * 5] * 7),
        (("weights", "w1", 0), [0] * 4),
        (("weights", "w1", 0, 0), 64),
        (("weights", "w1", 0, 0), True),
        (("weights", "w1", 0, 0), 2.0),
        (("weights", "w2", 2, 0), 16),
        (("weights", "b2"), [0, 0]),
        (("weights", "b3"), [0]),
        (("extra",), 1),
        (("card", "limits"), []),
        (("card", "evaluation"), {"samples": 1, "correct": 1}),
        (("name",), ""),
        (("name",), "a\u202eb"),
    ],
)
def test_strict_file(path: tuple[str | int, ...], value: object) -> None:
    document = linear_document()
    parse(document)
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(InvalidInput):
        parse(document)


def test_file_uses_documented_names_only() -> None:
    document = linear_document()
    document["weights_file"] = document.pop("weights")
    with pytest.raises(InvalidInput):
        parse(document)


@pytest.mark.parametrize("key", ["schema", "name", "features", "weights", "card", "scales"])
def test_no_key_may_be_missing(key: str) -> None:
    document = linear_document()
    del document[key]
    with pytest.raises(InvalidInput):
        parse(document)


def test_too_large_a_file() -> None:
    with pytest.raises(InvalidInput, match="at most"):
        Model.parse(b" " * (models.MAX_BYTES + 1))
