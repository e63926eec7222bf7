"""Models: one integer network 5 → 8 (ReLU) → 3 for every model, and the file it is read from.

    h_i = max(0, b1_i + Σ_j W1_ij·x_j)        o_k = b2_k + Σ_i W2_ki·h_i
    class = argmax of o with ties to the higher class;  flag = (class is 2)

x = (utilization_bps, volatility_bps, liquidity_tier, audit_score, age_days), raw. The bounds on
the weights keep every o_k and every difference of two below 2^30, so inside the proof's
31-bit field nothing wraps.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import METRIC_NAMES, Name, PoolMetrics, Strict

SCHEMA: Final = "obsqra/model/1"
MAX_BYTES: Final = 64 * 1024
FEATURES: Final = METRIC_NAMES[:5]
INPUTS, HIDDEN, CLASSES = 5, 8, 3
WEIGHT_COUNT: Final = HIDDEN * INPUTS + HIDDEN + CLASSES * HIDDEN + CLASSES
FLAG_CLASS: Final = 2
W1_BOUNDS: Final = (63, 63, 65_535, 4_095, 31)
B1_BOUND: Final = 2**20
W2_BOUND: Final = 15
B2_BOUND: Final = 2**23
_DIGEST_PREFIX: Final = b"OBSQRA/MODEL/1\0\0"
_LAYOUT: Final = struct.Struct(f"<{WEIGHT_COUNT}i")


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """What a model says about one pool: outputs o_0..o_2, class 0..2, flag."""

    outputs: tuple[int, int, int]
    model_class: int
    flag: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """The 75 integers of a network; InvalidInput when a shape or a bound is broken.

    w1: 8 rows of 5, b1: 8, w2: 3 rows of 8, b2: 3.
    """

    w1: tuple[tuple[int, ...], ...]
    b1: tuple[int, ...]
    w2: tuple[tuple[int, ...], ...]
    b2: tuple[int, ...]

    def __post_init__(self) -> None:
        _shape("w1", self.w1, HIDDEN, INPUTS)
        _shape("b1", (self.b1,), 1, HIDDEN)
        _shape("w2", self.w2, CLASSES, HIDDEN)
        _shape("b2", (self.b2,), 1, CLASSES)
        for j, bound in enumerate(W1_BOUNDS):
            _bounded(f"w1 column {j}", [row[j] for row in self.w1], bound)
        _bounded("b1", self.b1, B1_BOUND)
        for k, row in enumerate(self.w2):
            _bounded(f"w2 row {k}", row, W2_BOUND)
        _bounded("b2", self.b2, B2_BOUND)

    def flat(self) -> tuple[int, ...]:
        """All 75 in the order of the digest: w1 row by row, b1, w2 row by row, b2."""
        rows = (*self.w1, self.b1, *self.w2, self.b2)
        return tuple(value for row in rows for value in row)

    @classmethod
    def from_flat(cls, values: Sequence[int]) -> "Weights":
        """The inverse of `flat`."""
        if len(values) != WEIGHT_COUNT:
            raise InvalidInput(f"a model has {WEIGHT_COUNT} weights, not {len(values)}")
        at_b1, at_w2 = HIDDEN * INPUTS, HIDDEN * INPUTS + HIDDEN
        at_b2 = at_w2 + CLASSES * HIDDEN
        return cls(
            w1=tuple(tuple(values[i : i + INPUTS]) for i in range(0, at_b1, INPUTS)),
            b1=tuple(values[at_b1:at_w2]),
            w2=tuple(tuple(values[i : i + HIDDEN]) for i in range(at_w2, at_b2, HIDDEN)),
            b2=tuple(values[at_b2:]),
        )

    def encode(self) -> bytes:
        """300 bytes: the flat weights as little-endian int32."""
        return _LAYOUT.pack(*self.flat())

    def digest(self) -> bytes:
        """32 bytes that stand for the model on chain and in proofs."""
        return hashlib.blake2s(_DIGEST_PREFIX + self.encode()).digest()

    def hidden(self, metrics: PoolMetrics) -> tuple[int, ...]:
        """The eight activations h_i."""
        x = tuple(getattr(metrics, name) for name in FEATURES)
        return tuple(
            max(0, bias + sum(w * v for w, v in zip(row, x, strict=True)))
            for row, bias in zip(self.w1, self.b1, strict=True)
        )

    def infer(self, metrics: PoolMetrics) -> ModelOutput:
        """Evaluate the network on one pool."""
        h = self.hidden(metrics)
        o0, o1, o2 = (
            bias + sum(w * v for w, v in zip(row, h, strict=True))
            for row, bias in zip(self.w2, self.b2, strict=True)
        )
        model_class = 1 if o1 >= o0 else 0
        if o2 >= max(o0, o1):
            model_class = 2
        return ModelOutput((o0, o1, o2), model_class, model_class == FLAG_CLASS)


def _shape(name: str, rows: Sequence[Sequence[int]], height: int, width: int) -> None:
    if len(rows) != height or any(len(row) != width for row in rows):
        raise InvalidInput(f"{name} must have {height} × {width} numbers")


def _bounded(name: str, values: Sequence[int], bound: int) -> None:
    for value in values:
        if isinstance(value, bool) or abs(value) > bound:
            raise InvalidInput(f"{name} has {value}, allowed are -{bound} to {bound}")


Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Count = Annotated[int, Field(ge=0)]


class Evaluation(Strict):
    """How a fitted model did on data it had not seen; the integer network was measured."""

    samples: Count
    correct: Count
    confusion: tuple[tuple[Count, Count, Count], ...] = Field(
        min_length=3, max_length=3, description="rows: true class, columns: class said"
    )


class ModelCard(Strict):
    """What people should know before they rely on a model."""

    summary: Text
    fitted_to: Text = Field(description="the data and the formula of its labels, or none")
    method: Text
    flag_means: Name = Field(description="what class 2 says about a pool, in a few words")
    evaluation: Evaluation | None = Field(description="null for a model that was not fitted")
    limits: tuple[Text, ...] = Field(min_length=1)


class WeightsFile(Strict):
    """The weights as a model file holds them."""

    w1: tuple[tuple[int, ...], ...]
    b1: tuple[int, ...]
    w2: tuple[tuple[int, ...], ...]
    b2: tuple[int, ...]


class Model(Strict):
    """A model file `obsqra/model/1`: name, meaning, card and weights."""

    schema_id: Literal["obsqra/model/1"] = Field(default=SCHEMA, alias="schema")
    name: Name
    version: Name
    kind: Literal["linear", "relu-network"]
    features: tuple[Name, ...] = Field(description="must be the five features in their order")
    classes: tuple[Name, Name, Name] = Field(description="names of class 0, 1 and 2")
    scales: Text = Field(description="units of the weights and the outputs")
    weights_file: WeightsFile = Field(alias="weights")
    card: ModelCard

    @classmethod
    def parse(cls, raw: bytes) -> "Model":
        """Read a model file strictly, bounds included; raises InvalidInput."""
        model = strict_json.parse(cls, raw, what="the model", schema=SCHEMA, limit=MAX_BYTES)
        if model.features != FEATURES:
            raise InvalidInput(f"features must be {', '.join(FEATURES)}", where="features")
        if len(set(model.classes)) != CLASSES:
            raise InvalidInput("the three classes need three names", where="classes")
        model.weights.digest()
        return model

    @property
    def weights(self) -> Weights:
        """The checked weights."""
        file = self.weights_file
        return Weights(file.w1, file.b1, file.w2, file.b2)

    def digest(self) -> bytes:
        """Digest of the weights alone: a changed card is the same model."""
        return self.weights.digest()

    def infer(self, metrics: PoolMetrics) -> ModelOutput:
        """Evaluate the model on one pool."""
        return self.weights.infer(metrics)

    def class_name(self, output: ModelOutput) -> str:
        """The word for the class that the model said."""
        return self.classes[output.model_class]
