"""Proofs with the hiding taken away, to see that the battery notices."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import obsqra_native

from obsqra_desktop.domain.poseidon2 import P
from tests.proving.making import Case
from tests.zk.layout import COLUMNS, QUERIES, Parsed, Words, hashed

Ints = npt.NDArray[np.uint64]

ROWS: Final = 128
LOG_POINTS: Final = 13
SHIFT: Final = 3
GENERATOR_24: Final = 0x6AC49F88
TRACE: Final = "trace rows"


def root_of_unity(log_order: int) -> int:
    return pow(GENERATOR_24, 1 << (24 - log_order), P)


def cells(case: Case) -> Ints:
    """The raw trace, row by row."""
    raw = obsqra_native.trace_bytes(*case.pair)
    return np.frombuffer(raw, "<u4").reshape(ROWS, COLUMNS).astype(np.uint64)


def inverted(values: Ints) -> Ints:
    result, power, exponent = np.ones_like(values), values, P - 2
    while exponent:
        if exponent & 1:
            result = result * power % P
        power, exponent = power * power % P, exponent >> 1
    return result


def extended(trace: Ints, positions: Sequence[int]) -> Words:
    """Rows of the trace's low-degree extension, as a proof without masks would open them."""
    root = root_of_unity(7)
    domain = np.array([pow(root, i, P) for i in range(ROWS)], np.uint64)
    step = root_of_unity(LOG_POINTS)
    points = np.array([SHIFT * pow(step, j, P) % P for j in positions], np.uint64)
    scale = [(pow(int(x), ROWS, P) - 1) * pow(ROWS, -1, P) % P for x in points]
    gaps = inverted((points[:, None] + P - domain[None, :]) % P)
    weights = gaps * domain[None, :] % P * np.array(scale, np.uint64)[:, None] % P
    total = np.zeros((len(points), trace.shape[1]), np.uint64)
    for row in range(ROWS):
        total = (total + weights[:, row, None] * trace[row]) % P
    return total.astype(np.uint32)


def shown(one: Parsed, rows: Words, columns: slice = slice(COLUMNS)) -> Parsed:
    """The proof with these trace rows in place of its masked ones."""
    changed = one.fields[TRACE].copy()
    changed[:, columns] = hashed(rows)[:, columns]
    return replace(one, fields={**one.fields, TRACE: changed})


Spoil = Callable[[Case, Sequence[Parsed], random.Random], list[Parsed]]


def raw_rows(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """Trace rows themselves."""
    trace = cells(case).astype(np.uint32)
    return [shown(one, trace[[rng.randrange(ROWS) for _ in range(QUERIES)]]) for one in group]


def unmasked(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """What a scheme that does not hide would open."""
    positions = [rng.randrange(1 << LOG_POINTS) for _ in range(QUERIES * len(group))]
    rows = extended(cells(case), positions).reshape(len(group), QUERIES, COLUMNS)
    return [shown(one, own) for one, own in zip(group, rows, strict=True)]


def one_column(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """All columns masked but that of the cap."""
    positions = [rng.randrange(1 << LOG_POINTS) for _ in range(QUERIES * len(group))]
    rows = np.zeros((len(group), QUERIES, COLUMNS), np.uint32)
    rows[:, :, 37:38] = extended(cells(case)[:, 37:38], positions).reshape(-1, QUERIES, 1)
    return [shown(one, own, slice(37, 38)) for one, own in zip(group, rows, strict=True)]


def same_masks(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """Masked, with the same masks for every proof: rows come back."""
    mask = np.random.default_rng(rng.randrange(1 << 30)).integers(
        0, P, (1 << LOG_POINTS, COLUMNS), np.uint32
    )
    drawn = [[rng.randrange(1 << LOG_POINTS) for _ in range(QUERIES)] for _ in group]
    return [
        replace(one, fields={**one.fields, TRACE: np.hstack([mask[at], mask[at, :4]])})
        for one, at in zip(group, drawn, strict=True)
    ]


def same_salts(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """One salt of one proof comes back in another."""
    salts = group[1].fields["trace salts"].copy()
    salts[3] = group[0].fields["trace salts"][7]
    second = replace(group[1], fields={**group[1].fields, "trace salts": salts})
    return [group[0], second, *group[2:]]


def telling_length(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """Longer by 80 digests, as with three queries more, where the policy has an allowlist."""
    return [
        replace(one, size=one.size + 2560 * (case.policy.allowlist is not None)) for one in group
    ]


def telling_bit(case: Case, group: Sequence[Parsed], rng: random.Random) -> list[Parsed]:
    """The last bit of one word says which policy it was."""
    made = []
    for one in group:
        claims = one.fields["trace at zeta"].copy()
        claims[30, 2] = claims[30, 2] & ~np.uint32(1) | np.uint32(case.policy.min_pools == 1)
        made.append(replace(one, fields={**one.fields, "trace at zeta": claims}))
    return made
