"""Statistics that two groups of proofs must not differ in, nor differ from uniform words in.

Each check is a statistic with a limit that it exceeds with a probability below `ALARM` if what
docs/zero-knowledge.md says is true: field words uniform below p, digests uniform bytes, and
queries uniform, the same in both groups. The limits are bounds, not estimates, where the
statistic allows it:

* a mean of uniform words is strictly sub-Gaussian: P(|z| > t) <= 2 exp(-t^2 / 2);
* a mean of values within an interval of length r, by Hoeffding:
  P(|mean - mu| > e) <= 2 exp(-2 n e^2 / r^2);
* sums of products of neighbouring words are martingales, sub-Gaussian with variance 1/48 a term;
* two samples of n = m >= 4: P(D > e) <= e exp(-n e^2) (Kolmogorov-Smirnov; Wei and Dudley 2012);
* chi-square: the Wilson-Hilferty approximation, with counts large enough for it.

Every limit is divided by the number of statistics in its check (Bonferroni).
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from obsqra_desktop.domain.poseidon2 import P
from tests.zk.layout import TREES, WIDTHS, Parsed, Words, canonical

Floats = npt.NDArray[np.float64]
Group = Sequence[Parsed]
Trainer = Callable[[Floats, Floats], tuple[Floats, float]]

ALARM: Final = 1e-9
BINS: Final = 64
LAGS: Final = range(1, 9)
BITS: Final = 31
STEPS: Final = 150
VARIANCE: Final = 1 / 12


@dataclass(frozen=True)
class Check:
    """A statistic, the greatest of `count`, and what it may be."""

    name: str
    value: float
    limit: float
    count: int = 1

    @property
    def passed(self) -> bool:
        return self.value <= self.limit


def unit(words: Words) -> Floats:
    """Words as numbers around 0, uniform in [-1/2, 1/2] if the words are uniform."""
    return (words.astype(np.float64) + 0.5) / P - 0.5


def worst(values: npt.ArrayLike) -> float:
    return float(np.max(np.abs(values), initial=0.0))


def sub_gaussian(count: int) -> float:
    """What |z| may be for the greatest of `count` sub-Gaussian values of variance 1."""
    return math.sqrt(2 * math.log(2 * count / ALARM))


def smirnov(name: str, left: Sequence[int], right: Sequence[int]) -> Check:
    """Two samples of equal size come from one distribution; any one, discrete too."""
    assert len(left) == len(right) >= 4
    at = np.union1d(left, right)
    steps = [np.searchsorted(np.sort(side), at, "right") for side in (left, right)]
    distance = float(np.max(np.abs(steps[0] - steps[1]))) / len(left)
    return Check(name, distance, math.sqrt(math.log(math.e / ALARM) / len(left)))


def chi_limit(freedom: int, count: int) -> float:
    """The chi-square value that one of `count` exceeds with probability ALARM."""
    z = -NormalDist().inv_cdf(ALARM / count)
    spread = 2 / (9 * freedom)
    return float(freedom * (1 - spread + z * math.sqrt(spread)) ** 3)


def chi_uniform(counts: npt.NDArray[np.int64]) -> float:
    expected = counts.sum() / len(counts)
    return float(((counts - expected) ** 2).sum() / expected)


def chi_two(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> float:
    both = left + right
    total, share = both.sum(), left.sum() / both.sum()
    used = both > 0
    gap = left[used] - both[used] * share
    return float((gap**2 / (both[used] * share * (1 - share))).sum()) if total else 0.0


def distinct(group: Group, region: str) -> Words:
    """A region's words, each once a proof: a leaf that two queries share is shown twice."""
    return np.concatenate([np.unique(one.fields[region]) for one in group])


def binned(words: Words) -> npt.NDArray[np.int64]:
    counts: npt.NDArray[np.int64] = np.bincount(words.astype(np.int64) * BINS // P, minlength=BINS)
    return counts


def bytes_at(words: Words, place: int) -> npt.NDArray[np.int64]:
    """How often each byte is at this place of the words."""
    found = (words >> np.uint32(8 * place)) & np.uint32(255)
    return np.bincount(found, minlength=256).astype(np.int64)


def lengths(left: Group, right: Group) -> Iterator[Check]:
    """How long proofs are, how many digests each tree shows, how long the grinding took."""
    yield smirnov("length", [p.size for p in left], [p.size for p in right])
    for tree in TREES:
        sizes = [[len(p.digests[tree]) for p in side] for side in (left, right)]
        yield smirnov(f"digests of {tree}", *sizes)
    yield smirnov("grinding", [p.grinding for p in left], [p.grinding for p in right])


def histograms(left: Group, right: Group) -> Iterator[Check]:
    """Words of each region, as written and as field elements, against uniform and each other."""
    regions = list(left[0].fields)
    found: dict[str, list[float]] = {"uniform": [], "the other group": []}
    for region in regions:
        words = [distinct(side, region) for side in (left, right)]
        for form in (words, [canonical(side) for side in words]):
            counts = [binned(side) for side in form]
            found["uniform"] += [chi_uniform(side) for side in counts]
            found["the other group"].append(chi_two(counts[0], counts[1]))
    for against, values in found.items():
        limit = chi_limit(BINS - 1, len(values))
        yield Check(f"words against {against}", max(values), limit, len(values))


def byte_histograms(left: Group, right: Group) -> Iterator[Check]:
    """Bytes of the words of each region by place, and of the digests of each tree."""
    regions: list[list[npt.NDArray[np.int64]]] = []
    for region in left[0].fields:
        words = [distinct(side, region) for side in (left, right)]
        # The last byte of a word stays below 0x80 and is left to `binned`.
        regions += [[bytes_at(side, place) for side in words] for place in range(3)]
    for tree in TREES:
        shown = [np.concatenate([p.digests[tree].ravel() for p in s]) for s in (left, right)]
        regions.append([np.bincount(side, minlength=256) for side in shown])
    roots = [np.concatenate([p.roots.ravel() for p in side]) for side in (left, right)]
    regions.append([np.bincount(side, minlength=256) for side in roots])
    uniform = [chi_uniform(side) for both in regions for side in both]
    between = [chi_two(*both) for both in regions]
    for against, values in (("uniform", uniform), ("the other group", between)):
        limit = chi_limit(255, len(values))
        yield Check(f"bytes against {against}", max(values), limit, len(values))


def moments(left: Floats, right: Floats) -> Iterator[Check]:
    """Mean and spread of every word over the proofs."""
    words = left.shape[1]
    scale = math.sqrt(VARIANCE / len(left))
    own = max(worst(side.mean(0)) for side in (left, right)) / scale
    yield Check("mean of each word", own, sub_gaussian(2 * words), 2 * words)
    gap = worst(left.mean(0) - right.mean(0)) / (scale * math.sqrt(2))
    yield Check("mean of each word, between", gap, sub_gaussian(words), words)
    spreads = [(side**2).mean(0) - VARIANCE for side in (left, right)]
    # Squares lie in an interval of length 1/4.
    limit = math.sqrt(math.log(4 * words / ALARM) / (2 * len(left))) / 4
    yield Check("spread of each word", max(map(worst, spreads)), limit, 2 * words)
    limit = math.sqrt(math.log(2 * words / ALARM) / len(left)) / 4
    yield Check("spread of each word, between", worst(spreads[0] - spreads[1]), limit, words)


def columns(left: Group, right: Group) -> Iterator[Check]:
    """Mean and spread of every committed column over queries and proofs; of every region too."""
    means: list[float] = []
    gaps: list[float] = []
    spreads: list[float] = []
    for region in ("random rows", "trace rows", "quotient rows"):
        sides = [
            unit(np.concatenate([np.unique(p.fields[region], axis=0) for p in side]))
            for side in (left, right)
        ]
        variance = [VARIANCE / len(side) for side in sides]
        means += [worst(s.mean(0)) / math.sqrt(v) for s, v in zip(sides, variance, strict=True)]
        gaps.append(worst(sides[0].mean(0) - sides[1].mean(0)) / math.sqrt(sum(variance)))
        # Squares lie in an interval of length 1/4: sub-Gaussian with variance 1/64.
        spreads += [
            worst((side**2).mean(0) - VARIANCE) * math.sqrt(64 * len(side)) for side in sides
        ]
    for region in left[0].fields:
        words = [unit(distinct(side, region)) for side in (left, right)]
        means += [abs(float(w.mean())) / math.sqrt(VARIANCE / len(w)) for w in words]
    width = sum(WIDTHS[name] for name in ("random", "trace", "quotient"))
    count = 2 * (width + len(left[0].fields))
    yield Check("mean of each column and region", max(means), sub_gaussian(count), count)
    yield Check("mean of each column, between", max(gaps), sub_gaussian(width), width)
    yield Check("spread of each column", max(spreads), sub_gaussian(2 * width), 2 * width)


def correlations(left: Group, right: Group) -> Iterator[Check]:
    """Neighbouring words of a region, and the same word of two proofs, are unrelated."""
    serial: list[float] = []
    for region in left[0].fields:
        for side in (left, right):
            words = np.stack([unit(p.fields[region]).ravel() for p in side])
            for lag in LAGS:
                if lag < words.shape[1]:
                    products = words[:, lag:] * words[:, :-lag]
                    serial.append(abs(float(products.sum())) / math.sqrt(products.size / 48))
    yield Check("serial correlation", max(serial), sub_gaussian(len(serial)), len(serial))
    across: list[float] = []
    for region in left[0].fields:
        for side in (left, right):
            words = np.stack([unit(p.fields[region]).ravel() for p in side])
            products = words[1:] * words[:-1]
            across.append(abs(float(products.sum())) / math.sqrt(products.size / 48))
    limit = sub_gaussian(len(across))
    yield Check("correlation of successive proofs", max(across), limit, len(across))


def bits(left: Words, right: Words) -> Iterator[Check]:
    """How often each bit of each word is set, between the groups; as written and as element."""
    found = []
    for one, other in ((left, right), (canonical(left), canonical(right))):
        for bit in range(BITS):
            share = [((side >> np.uint32(bit)) & np.uint32(1)).mean(0) for side in (one, other)]
            found.append(worst(share[0] - share[1]))
    count = 2 * BITS * left.shape[1]
    limit = math.sqrt(math.log(2 * count / ALARM) / len(left))
    yield Check("bits of each word, between", max(found), limit, count)


def trained_centroid(known: Floats, labels: Floats) -> tuple[Floats, float]:
    """Direction and threshold halfway between the two means."""
    one, other = known[labels > 0].mean(0), known[labels < 0].mean(0)
    direction = one - other
    return direction, float(direction @ (one + other) / 2)


def trained_logistic(known: Floats, labels: Floats) -> tuple[Floats, float]:
    """Logistic regression by gradient descent with a small weight penalty.

    There are more features than proofs, so the weights are kept as a sum of the proofs.
    """
    centre = known.mean(0)
    features = known - centre
    products = features @ features.T
    step = 4 * len(features) / float(np.trace(products) / len(features) + 1e-9)
    shares = np.zeros(len(features))
    for _ in range(STEPS):
        margin = np.clip(labels * (products @ shares), -30, 30)
        shares += step * (labels / (1 + np.exp(margin)) / len(features) - 1e-4 * shares)
    weights = features.T @ shares
    return weights, float(weights @ centre)


def guessed(left: Floats, right: Floats, train: Trainer) -> int:
    """How many of the second halves a classifier guesses that saw the first halves."""
    half = len(left) // 2
    known, fresh = (
        np.concatenate([side[start::2][:half] for side in (left, right)]) for start in (0, 1)
    )
    labels = np.repeat([1.0, -1.0], half)
    direction, threshold = train(known, labels)
    return int(((fresh @ direction > threshold) == (labels > 0)).sum())


def classifiers(left: Floats, right: Floats, parts: int) -> Iterator[Check]:
    """Trained on every second proof, they guess the others no better than a coin.

    Once over all statements together, and once for each statement on its own.
    """

    def features(side: Floats) -> Floats:
        return np.concatenate([side, 4 * side**2 - 4 * VARIANCE], axis=1)

    sides = [features(left), features(right)]
    split = [np.split(side, parts) for side in sides]
    total = 2 * parts * (len(left) // parts // 2)
    limit = math.sqrt(math.log(2 / ALARM) / (2 * total))
    trainers: dict[str, Trainer] = {"centroid": trained_centroid, "logistic": trained_logistic}
    for name, train in trainers.items():
        share = guessed(sides[0], sides[1], train) / (2 * (len(left) // 2))
        yield Check(f"{name} classifier, off one half", abs(share - 0.5), limit)
        share = sum(guessed(one, other, train) for one, other in zip(*split, strict=True)) / total
        yield Check(f"{name} for each statement, off one half", abs(share - 0.5), limit)


def repeats(groups: Group) -> Iterator[Check]:
    """Nothing random is shown by two proofs: no leaf row, salt, sibling digest or root.

    By chance that has a probability below 2^-80 for four words and 2^-100 for more.
    """
    found: dict[str, int] = {"rows": 0, "salts": 0, "digests": 0, "roots": 0}
    seen: dict[str, set[bytes]] = {name: set() for name in found}
    for one in groups:
        own: Mapping[str, set[bytes]] = {
            "rows": {row.tobytes() for tree in TREES for row in one.fields[f"{tree} rows"]},
            "salts": {
                row[at : at + 4].tobytes()
                for tree in TREES
                for row in one.fields[f"{tree} salts"]
                for at in range(0, len(row), 4)
            },
            "digests": {row.tobytes() for tree in TREES for row in one.digests[tree]},
            "roots": {row.tobytes() for row in one.roots},
        }
        for name, values in own.items():
            found[name] += len(values & seen[name])
            seen[name] |= values
    for name, number in found.items():
        yield Check(f"{name} in two proofs", number, 0)


def run(left: Group, right: Group, parts: int = 1) -> list[Check]:
    """Every check; the groups are of equal size and list the proofs of `parts` statements."""
    words = [np.stack([p.flat for p in side]) for side in (left, right)]
    units: Any = [unit(side) for side in words]
    return [
        *lengths(left, right),
        *histograms(left, right),
        *byte_histograms(left, right),
        *moments(*units),
        *columns(left, right),
        *correlations(left, right),
        *bits(*words),
        *classifiers(units[0], units[1], parts),
        *repeats([*left, *right]),
    ]


def failed(checks: Sequence[Check]) -> dict[str, tuple[float, float]]:
    """The checks that fail, with value and limit."""
    return {one.name: (one.value, one.limit) for one in checks if not one.passed}
