"""Make risk-tier-mlp-v1.json: train the 5-8-3 integer network that names a pool's risk tier.

    python resources/models/train_tier_network.py            train, measure, print, write the file
    python resources/models/train_tier_network.py --check    train and compare with the file

Nothing here is random at run time: data come from a seeded counter generator in integer
arithmetic, and training is exact. The network is trained as it is shipped, on rounded weights
(straight-through gradients) with a margin loss, so that every sum is a whole number below
2^53; what remains are single correctly rounded float64 operations. Any machine therefore
makes the same weights, whatever its BLAS, and a test can demand equality.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SEED: Final = 20_251_208
TRAIN: Final = 24_000
HELD_OUT: Final = 20_000
BATCH: Final = 1_000
STEPS: Final = 20_000
RATE: Final = 0.002
MARGIN: Final = float(2**17)
W1_BOUND: Final = np.array([63.0, 63.0, 65_535.0, 4_095.0, 31.0])
B1_BOUND: Final = float(2**20)
W2_BOUND: Final = 15.0
B2_BOUND: Final = float(2**23)
MEDIUM_FROM: Final = 2_500
HIGH_FROM: Final = 4_000
CLASSES = ("low", "medium", "high")
FEATURES = ("utilization_bps", "volatility_bps", "liquidity_tier", "audit_score", "age_days")
TARGET = Path(__file__).with_name("risk-tier-mlp-v1.json")


def uniform(stream: int, count: int) -> NDArray[np.uint64]:
    """`count` 64-bit words of SplitMix64, counter mode; streams do not overlap."""
    base = np.uint64(SEED) + np.uint64(stream) * np.uint64(2**40)
    x = (np.arange(1, count + 1, dtype=np.uint64) + base) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def below(stream: int, count: int, bound: int) -> Ints:
    """Whole numbers 0..bound-1, all but equally likely."""
    return ((uniform(stream, count) >> np.uint64(33)) % np.uint64(bound)).astype(np.int64)


def synthetic_pools(count: int, stream: int) -> Ints:
    """`count` rows of the five features, in range.

    Utilization uniform; volatility the product of two uniforms (calm pools are common); tiers
    equally likely; audit scores the better of two; ages half below two years, the rest up to
    30000 days through the product of two uniforms.
    """
    utilization = below(stream, count, 10_001)
    volatility = below(stream + 1, count, 10_001) * below(stream + 2, count, 10_001) // 10_000
    tier = below(stream + 3, count, 4)
    audit = np.maximum(below(stream + 4, count, 101), below(stream + 5, count, 101))
    young = below(stream + 6, count, 731)
    old = below(stream + 7, count, 30_001) * below(stream + 8, count, 30_001) // 30_000
    age = np.where(below(stream + 9, count, 2) == 0, young, old)
    return np.stack([utilization, volatility, tier, audit, age], axis=1)


def risk_index(pools: Ints) -> Ints:
    """The index 0..11000 that the labels are cut from, in whole numbers; interactions included.

    swings  = 3500·v                        v, u: volatility and utilization 0..1
    crowded = 2000·u²                       a full pool is hard to leave
    squeeze = 1500·u·v                      and harder when prices move
    thin    = 1400·(3 - tier)/3 · (1 + v)/2 depth matters more in a storm
    trust   = 1600·(1 - audit)²             doubt grows faster than the missing points
    youth   = 1000·365/(365 + age) · (2 - audit)/2     a good audit makes up for some youth
    """
    u, v, tier, audit, age = pools.T
    swings = 3_500 * v // 10_000
    crowded = 2_000 * u * u // 10**8
    squeeze = 1_500 * u * v // 10**8
    thin = 1_400 * (3 - tier) * (10_000 + v) // 60_000
    trust = 1_600 * (100 - audit) ** 2 // 10_000
    youth = 1_000 * 365 * (200 - audit) // (200 * (365 + age))
    index: Ints = swings + crowded + squeeze + thin + trust + youth
    return index


def labels(pools: Ints) -> Ints:
    """0 low, 1 medium, 2 high."""
    index = risk_index(pools)
    return (index >= MEDIUM_FROM).astype(np.int64) + (index >= HIGH_FROM)


def classify(pools: Ints, w1: Ints, b1: Ints, w2: Ints, b2: Ints) -> Ints:
    """Classes that the integer network gives, ties to the higher one."""
    outputs = np.maximum(pools @ w1.T + b1, 0) @ w2.T + b2
    classes: Ints = 2 - np.argmax(outputs[:, ::-1], axis=1)
    return classes


def start() -> list[Floats]:
    """Seeded starting point, each weight as a share of its bound; coarse, so exact."""

    def centred(stream: int, shape: tuple[int, ...], divisor: float) -> Floats:
        count = int(np.prod(shape))
        return ((below(stream, count, 2_001) - 1_000).astype(np.float64) / divisor).reshape(shape)

    # Ages reach far beyond the others, so their weights start small and lean to "older is safer".
    w1 = centred(900, (8, 5), 2_000.0)
    w1[:, 4] = -np.abs(w1[:, 4])
    return [w1, centred(901, (8,), 4_000.0), centred(902, (3, 8), 2_000.0), np.zeros(3)]


BOUNDS: tuple[Floats | float, ...] = (W1_BOUND, B1_BOUND, W2_BOUND, B2_BOUND)


def rounded(shares: list[Floats]) -> list[Floats]:
    """The integer weights (held as whole floats) that the shares stand for."""
    return [np.rint(share * bound) for share, bound in zip(shares, BOUNDS, strict=True)]


def gradient(x: Floats, y: Ints, weights: list[Floats]) -> list[Floats]:
    """Gradient of Σ max(0, MARGIN - (o_true - o_best_other)); whole numbers throughout."""
    w1, b1, w2, b2 = weights
    rows = np.arange(len(y))
    before = x @ w1.T + b1
    hidden = np.maximum(before, 0.0)
    outputs = hidden @ w2.T + b2
    others = outputs.copy()
    others[rows, y] = -np.inf
    rival = np.argmax(others, axis=1)
    violated = outputs[rows, y] - others[rows, rival] < MARGIN
    push = np.zeros_like(outputs)
    push[rows[violated], rival[violated]] = 1.0
    push[rows[violated], y[violated]] = -1.0
    # A unit that is off for this pool passes nothing back.
    back = (push @ w2) * (before > 0.0)
    return [back.T @ x, back.sum(axis=0), push.T @ hidden, push.sum(axis=0)]


def train() -> tuple[Ints, Ints, Ints, Ints]:
    """w1 8×5, b1 8, w2 3×8, b2 3: whole numbers within the bounds."""
    pools = synthetic_pools(TRAIN, stream=100)
    x, y = pools.astype(np.float64), labels(pools)
    shares = start()
    first = [np.zeros_like(share) for share in shares]
    second = [np.zeros_like(share) for share in shares]
    order = below(990, STEPS, TRAIN // BATCH)
    best, best_correct = rounded(shares), -1
    for step in range(STEPS):
        at = int(order[step]) * BATCH
        weights = rounded(shares)
        slopes = gradient(x[at : at + BATCH], y[at : at + BATCH], weights)
        rate = RATE * (STEPS - step) / STEPS
        for i, bound in enumerate(BOUNDS):
            slope = slopes[i] * bound
            first[i] = 0.9 * first[i] + 0.1 * slope
            second[i] = 0.99 * second[i] + 0.01 * slope * slope
            move = first[i] / (np.sqrt(second[i]) + 1.0)
            shares[i] = np.clip(shares[i] - rate * move, -1.0, 1.0)
        if step % 100 == 99:
            whole = [weight.astype(np.int64) for weight in rounded(shares)]
            correct = int((classify(pools, *whole) == y).sum())
            if correct > best_correct:
                best, best_correct = rounded(shares), correct
    w1, b1, w2, b2 = (weight.astype(np.int64) for weight in best)
    return w1, b1, w2, b2


def evaluate(weights: tuple[Ints, Ints, Ints, Ints]) -> Ints:
    """Confusion on held-out pools: row = label, column = what the integer network says.

    These pools were neither trained on nor looked at when the settings above were chosen.
    """
    pools = synthetic_pools(HELD_OUT, stream=700)
    table = np.zeros((3, 3), dtype=np.int64)
    np.add.at(table, (labels(pools), classify(pools, *weights)), 1)
    return table


def model_file(weights: tuple[Ints, Ints, Ints, Ints]) -> dict[str, object]:
    """The document `obsqra/model/1`, its card filled in from a measurement."""
    w1, b1, w2, b2 = weights
    confusion = evaluate(weights)
    correct = int(confusion.trace())
    recalls = ", ".join(
        f"{name} {100 * int(confusion[i, i]) / int(confusion[i].sum()):.1f} %"
        for i, name in enumerate(CLASSES)
    )
    return {
        "schema": "obsqra/model/1",
        "name": "risk-tier-mlp-v1",
        "version": "1",
        "kind": "relu-network",
        "features": list(FEATURES),
        "classes": list(CLASSES),
        "scales": (
            "Raw metrics in. The weights are whole numbers as trained; outputs have no unit, "
            "only their order counts."
        ),
        "weights": {
            "w1": w1.tolist(),
            "b1": b1.tolist(),
            "w2": w2.tolist(),
            "b2": b2.tolist(),
        },
        "card": {
            "summary": (
                "Names a pool's risk tier, low, medium or high, from five metrics with a small "
                "network (5 inputs, 8 ReLU units, 3 outputs). High sets the flag."
            ),
            "fitted_to": (
                f"{TRAIN} synthetic pools, no real ones. Their labels come from a written-down "
                "index of swings, crowding, squeeze, thin depth, trust and youth, each in whole "
                f"numbers (0 to 11000): low below {MEDIUM_FROM}, medium below {HIGH_FROM}, high "
                "from there on. The formula is risk_index in "
                "resources/models/train_tier_network.py."
            ),
            "method": (
                "Trained directly on rounded weights (straight-through gradients, margin loss), "
                "so that the network measured is the network that is proved. Reproducible to the "
                "bit by the same script."
            ),
            "flag_means": "high risk",
            "evaluation": {
                "samples": HELD_OUT,
                "correct": correct,
                "confusion": confusion.tolist(),
            },
            "limits": [
                (
                    "It imitates a formula that people wrote. It has seen no losses, no hacks "
                    "and no market, and predicts none."
                ),
                (
                    f"On {HELD_OUT} held-out synthetic pools it agrees with the formula in "
                    f"{100 * correct / HELD_OUT:.2f} % (share found, by label: {recalls}). Near "
                    "the boundaries between tiers it errs more often."
                ),
                (
                    "Held-out pools are drawn like the training pools; real pools may be spread "
                    "differently."
                ),
                "A proof about this model shows that the model said so, not that it is right.",
            ],
        },
    }


def main() -> int:
    """Train, then write or compare."""
    parser = argparse.ArgumentParser(description="Train the risk tier network.")
    parser.add_argument("--check", action="store_true", help="only compare with the file")
    arguments = parser.parse_args()
    weights = train()
    text = json.dumps(model_file(weights), indent=2, ensure_ascii=False) + "\n"
    text = re.sub(r"\[[-\d,\s]+\]", lambda row: re.sub(r"\s+", " ", row[0]), text)
    print(evaluate(weights))
    if arguments.check:
        same = TARGET.read_text("utf-8") == text
        print("the file is what this script makes" if same else "the file DIFFERS")
        return 0 if same else 1
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
