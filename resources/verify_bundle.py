#!/usr/bin/env python3
"""Check an Obsqra audit bundle (OAB/1) with nothing but Python 3.9 or newer.

    python3 -I -S verify_bundle.py FILE [--key KEY] [--reveal FILE] [--json] [--skip-proof]

This is a second, independent implementation: it was written from docs/proof-specification.md and
shares no line with the program that makes bundles. Chapters S1 to S13 follow the sections of that
specification and use its names; B1 to B5 are about the bundle around the proof. Nothing is
unpacked to disk or executed, and no network is used. Use your own copy of this file: one that
came inside a bundle says what its maker wants.

--key KEY     the signer's ed25519 public key, from its owner: 64 hex digits, or a file that
              holds them or a signer.json. Without it the signer is unknown, whatever the bundle
              says; that does not change the verdict. With it, another signer is a FAIL.
--reveal FILE a field that the owner opened (obsqra decisions reveal): check that it is the one
              that this bundle hides behind a salted hash; if not, that is a FAIL
--json        print one JSON object instead of text
--skip-proof  leave the proof out, for a quick look; the verdict is then PARTIAL at best

exit 0 VALID: no check failed and none was skipped · 1 INVALID: a check failed, or the file cannot
be read · 2 PARTIAL: some checks were skipped · 3 usage: wrong options, or a key that is not one

What VALID does not say: that the metrics are true, that a policy or model is wise, that anything
was executed, or that README.txt and the words in the model's card are right: they are signed, for
people, and not interpreted here. The proof system and this program are unaudited.

Sources: docs/proof-specification.md · RFC 7693 (Blake2s) · ePrint 2023/323 (Poseidon2) · ePrint
2024/1037 (hiding FRI) · RFC 8032 (Ed25519) · RFC 8785 (canonical JSON) · PKWARE APPNOTE 6.3 (zip)
· in-toto Statement v1 · DSSE v1.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import json
import re
import stat
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NoReturn


class Rejected(Exception):  # noqa: N818 - a verdict, not a mishap
    """Something is wrong with the input. `kind` is a stable word, the text says what it is."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class Unavailable(Exception):  # noqa: N818 - a verdict, not a mishap
    """A check cannot run because something before it failed, or was left out."""


def require(condition: object, kind: str, reason: str) -> None:
    """Reject unless the condition holds."""
    if not condition:
        raise Rejected(kind, reason)


def blake2s(data: bytes) -> bytes:
    """`H` of the specification: Blake2s-256 (RFC 7693), unkeyed, 32 bytes."""
    return hashlib.blake2s(data).digest()


def dot(left: Sequence[Any], right: Sequence[Any]) -> Any:
    """The scalar product."""
    return sum(a * b for a, b in zip(left, right))


class Reader:
    """Takes little-endian numbers and byte strings off the front of a byte string."""

    def __init__(self, data: bytes, kind: str) -> None:
        self.data, self.kind, self.at = data, kind, 0

    def take(self, size: int) -> bytes:
        """The next `size` bytes."""
        require(len(self.data) - self.at >= size, self.kind, "it is cut short")
        self.at += size
        return self.data[self.at - size : self.at]

    def unpack(self, layout: str) -> tuple[int, ...]:
        """Numbers of a `struct` layout, always little-endian and without padding."""
        return struct.unpack("<" + layout, self.take(struct.calcsize("<" + layout)))

    def end(self) -> None:
        """Nothing may be left."""
        require(self.at == len(self.data), self.kind, "bytes follow behind its end")


# === S1 Statement =================================================================================

STATEMENT_MAGIC, VERSION, PARAMETER_SET = b"OBSQRA/STMT/1\0\0\0", 1, 1
MAX_POOLS, FULL = 8, 10_000
FELT_END = 2**251 + 17 * 2**192 + 1
WEIGHT_BOUNDS = [63, 63, 65_535, 4_095, 31] * 8 + [2**20] * 8 + [15] * 24 + [2**23] * 3
RISK_METRICS = ["utilization_bps", "volatility_bps", "liquidity_tier", "audit_score", "age_days"]
METRICS = [*RISK_METRICS, "apy_bps"]
METRIC_BOUNDS = (10_000, 10_000, 3, 100, 30_000, 20_000)
RULES = {  # name, then w_util w_vol L[0..3] w_audit d_audit A w_age d_age lo hi
    1: ("obsqra-v1.2", (35, 30, 15, 10, 5, 0, 1, 5, 1099, 1, 100, 5, 95)),
    2: ("risk-engine-v4", (25, 40, 30, 15, 5, 0, 3, 10, 730, 10, 730, 5, 95)),
}


@dataclass(frozen=True)
class Pool:
    """A pool in a statement."""

    id: int
    metrics: tuple[int, ...]
    score: int
    model_class: int
    flag: int
    allocation: int


@dataclass(frozen=True)
class Statement:
    """What a proof is about; every number is within its range."""

    raw: bytes
    chain_id: int
    gate: int
    account: int
    nonce: int
    expiry: int
    block_number: int
    snapshot_digest: bytes
    rule_id: int
    model_digest: bytes
    weights: tuple[int, ...]
    commitment: tuple[int, ...]
    pools: tuple[Pool, ...]
    decision: int
    idle: int

    @property
    def digest(self) -> bytes:
        """The statement digest."""
        return blake2s(self.raw)

    @property
    def commitment_hex(self) -> str:
        """The commitment as files write it."""
        return struct.pack("<8I", *self.commitment).hex()

    @property
    def pools_digest(self) -> tuple[int, ...]:
        """Eight words, each with its two top bits cleared."""
        ids = b"".join(pool.id.to_bytes(32, "little") for pool in self.pools)
        data = b"OBSQRA/POOLS/1\0\0" + struct.pack("<I", len(self.pools)) + ids
        return tuple(word & 0x3FFFFFFF for word in struct.unpack("<8I", blake2s(data)))


def parse_statement(raw: bytes) -> Statement:
    """Read a statement strictly."""

    def check(condition: object, what: str) -> None:
        require(condition, "statement", what)

    r = Reader(raw, "statement")
    check(r.take(16) == STATEMENT_MAGIC, "it is no statement")
    check(r.unpack("II") == (VERSION, PARAMETER_SET), "unknown version or parameter set")
    felts = [int.from_bytes(r.take(32), "little") for _ in range(3)]
    counters = r.unpack("QQQ")
    check(max(felts) < FELT_END, "a felt is out of range")
    check(max(counters) < 2**63, "a counter is out of range")
    snapshot_digest, (rule_id,) = r.take(32), r.unpack("I")
    check(rule_id in RULES, "unknown rule")
    model_digest, weights = r.take(32), r.unpack("75i")
    bounded = all(abs(w) <= bound for w, bound in zip(weights, WEIGHT_BOUNDS))
    check(bounded, "a weight is out of range")
    digest = blake2s(b"OBSQRA/MODEL/1\0\0" + struct.pack("<75i", *weights))
    check(digest == model_digest, "model digest and weights differ")
    commitment, (count,) = r.unpack("8I"), r.unpack("I")
    check(max(commitment) < P, "the commitment is out of range")
    check(1 <= count <= MAX_POOLS, "the number of pools is out of range")
    pools = []
    for _ in range(count):
        pool_id, metrics = int.from_bytes(r.take(32), "little"), r.unpack("6I")
        pool = Pool(pool_id, metrics, *r.unpack("4I"))
        check(pool_id < FELT_END, "a pool id is out of range")
        check(all(m <= b for m, b in zip(metrics, METRIC_BOUNDS)), "a metric is out of range")
        check(pool.score <= 100, "a score is out of range")
        check(pool.model_class <= 2, "a class is out of range")
        check(pool.flag == (pool.model_class == 2), "a flag does not follow from its class")
        check(pool.allocation <= FULL, "an allocation is out of range")
        pools.append(pool)
    check(len({pool.id for pool in pools}) == count, "two pools have the same id")
    decision, idle = r.unpack("II")
    r.end()
    check(decision <= 1, "the decision is out of range")
    check(idle <= FULL, "the idle share is out of range")
    total = sum(pool.allocation for pool in pools) + idle
    check(total == FULL, "allocations and idle share do not sum to 10000")
    rest: list[Any] = [snapshot_digest, rule_id, model_digest, weights, commitment, tuple(pools)]
    return Statement(*[raw, *felts, *counters, *rest, decision, idle])


def score_of(rule_id: int, metrics: Sequence[int]) -> int:
    """The score that a rule gives to a pool."""
    w_util, w_vol, *tiers, w_audit, d_audit, limit, w_age, d_age, low, high = RULES[rule_id][1]
    util, vol, tier, audit, age, _ = metrics
    total = util * w_util // FULL + vol * w_vol // FULL + tiers[tier]
    total += (100 - audit) * w_audit // d_audit + max(0, limit - age) * w_age // d_age
    return min(max(total, low), high)


def class_of(weights: Sequence[int], metrics: Sequence[int]) -> int:
    """The class that the network 5 -> 8 -> 3 gives to a pool; ties go to the higher class."""
    w1, w2 = [weights[5 * i : 5 * i + 5] for i in range(8)], weights[48:72]
    h = [max(0, b + dot(row, metrics)) for row, b in zip(w1, weights[40:48])]
    o0, o1, o2 = (weights[72 + k] + dot(w2[8 * k : 8 * k + 8], h) for k in range(3))
    return 2 if o2 >= max(o0, o1) else 1 if o1 >= o0 else 0


def allows(policy: dict[str, Any], pool: Pool) -> bool:
    """Whether the policy's mask has the pool's bit; no list allows every pool."""
    return policy["allowlist"] is None or f"{pool.id:#x}" in policy["allowlist"]


def eligible(policy: dict[str, Any], pool: Pool) -> bool:
    """Whether a pool may get a share."""
    _, volatility, tier, _, _, apy = pool.metrics
    return (
        allows(policy, pool)
        and pool.score <= policy["max_risk_score"]
        and volatility <= policy["max_volatility_bps"]
        and tier >= policy["min_liquidity_tier"]
        and apy >= 1
        and not (policy["exclude_flagged"] and pool.flag)
    )


def allocate(policy: dict[str, Any], pools: Sequence[Pool]) -> list[int]:
    """The allocation that a policy demands; scores and flags of the pools are taken as given."""
    cap = policy["max_allocation_bps"]
    share = {
        i: pool.metrics[5] * FULL // (pool.score + 1)
        for i, pool in enumerate(pools)
        if eligible(policy, pool)
    }
    to_share, capped = min(FULL, cap * len(share)), set[int]()
    while True:  # the least fixpoint: every round but the last caps one pool more
        free = [i for i in share if i not in capped]
        rest, total = to_share - cap * len(capped), sum(share[i] for i in free)
        more = {i for i in free if rest * share[i] >= cap * total}
        if not more:
            break
        capped |= more
    result = [cap if i in capped else 0 for i in range(len(pools))]
    for i in free:
        result[i] = rest * share[i] // total
    if free:
        dust = to_share - sum(result)
        result[free[-1]] = min(cap, result[free[-1]] + dust)
    return result


# === S2 Field =====================================================================================

P = 2**31 - 2**24 + 1
GENERATOR = 3
ROOTS = [pow(0x6AC49F88, 1 << (24 - k), P) for k in range(25)]  # g_k has order 2^k
TO_WORD = 2**32 % P
FROM_WORD = pow(TO_WORD, -1, P)


class Ext:
    """An element `c0 + c1 X + c2 X^2 + c3 X^3` of the extension `F_p[X]/(X^4 - 3)`.

    An `int` on either side of an operator is an element of `F_p`.
    """

    __slots__ = ("c",)

    def __init__(self, c0: int, c1: int = 0, c2: int = 0, c3: int = 0) -> None:
        self.c = (c0 % P, c1 % P, c2 % P, c3 % P)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ext) and self.c == other.c

    def __add__(self, other: Ext | int) -> Ext:
        a0, a1, a2, a3 = self.c
        if isinstance(other, int):
            return Ext(a0 + other, a1, a2, a3)
        b0, b1, b2, b3 = other.c
        return Ext(a0 + b0, a1 + b1, a2 + b2, a3 + b3)

    def __neg__(self) -> Ext:
        a0, a1, a2, a3 = self.c
        return Ext(-a0, -a1, -a2, -a3)

    def __sub__(self, other: Ext | int) -> Ext:
        return self + -other

    def __rsub__(self, other: int) -> Ext:
        return -self + other

    def __mul__(self, other: Ext | int) -> Ext:
        a0, a1, a2, a3 = self.c
        if isinstance(other, int):
            return Ext(a0 * other, a1 * other, a2 * other, a3 * other)
        b0, b1, b2, b3 = other.c
        return Ext(
            a0 * b0 + 3 * (a1 * b3 + a2 * b2 + a3 * b1),
            a0 * b1 + a1 * b0 + 3 * (a2 * b3 + a3 * b2),
            a0 * b2 + a1 * b1 + a2 * b0 + 3 * a3 * b3,
            a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0,
        )

    __radd__ = __add__
    __rmul__ = __mul__

    def power(self, exponent: int) -> Ext:
        """This element to a power that is not negative."""
        result, base = Ext(1), self
        while exponent:
            if exponent & 1:
                result *= base
            base *= base
            exponent >>= 1
        return result

    def inverse(self) -> Ext:
        """1/a through the norm, with `a = A + B X` over `Y = X^2`: `(A - B X)/(A^2 - Y B^2)`."""
        a0, a1, a2, a3 = self.c
        n0 = a0 * a0 + 3 * a2 * a2 - 6 * a1 * a3
        n1 = 2 * a0 * a2 - a1 * a1 - 3 * a3 * a3
        norm = (n0 * n0 - 3 * n1 * n1) % P
        require(norm, "transcript", "a challenge lies in the domain")
        i = pow(norm, -1, P)
        i0, i1 = n0 * i % P, -n1 * i % P  # 1/(n0 + n1 Y)
        return Ext(
            a0 * i0 + 3 * a2 * i1,
            -a1 * i0 - 3 * a3 * i1,
            a0 * i1 + a2 * i0,
            -a1 * i1 - a3 * i0,
        )


def invert_all(elements: Sequence[Ext]) -> list[Ext]:
    """The inverses of all elements with a single inversion (Montgomery's trick)."""
    products, product = [], Ext(1)
    for one in elements:
        products.append(product)
        product *= one
    inverse, result = product.inverse(), []
    for one, before in zip(reversed(elements), reversed(products)):
        result.append(inverse * before)
        inverse *= one
    return result[::-1]


def to_words(elements: Iterable[int]) -> bytes:
    """Field elements as hashed words."""
    words = [element * TO_WORD % P for element in elements]
    return struct.pack(f"<{len(words)}I", *words)


def ext_to_words(elements: Iterable[Ext]) -> bytes:
    """Extension elements as four hashed words each."""
    return to_words(c for element in elements for c in element.c)


def bitrev(index: int, bits: int) -> int:
    """`index` with its `bits` low bits reversed."""
    return int(f"{index:0{bits}b}"[::-1], 2)


# === S3 Public values =============================================================================


class Publics:
    """The 194 public values, taken apart again by name."""

    def __init__(self, flat: Sequence[int]) -> None:
        self.flat = list(flat)
        f = self.flat
        self.w_util, self.w_vol, *self.liquidity = f[0:6]
        self.w_audit, self.d_audit, self.age_limit, self.w_age, self.d_age = f[6:11]
        self.low, self.high = f[11:13]
        self.w1 = [f[13 + 5 * i : 18 + 5 * i] for i in range(8)]
        self.b1 = f[53:61]
        self.w2 = [f[61 + 8 * k : 69 + 8 * k] for k in range(3)]
        self.b2 = f[85:88]
        self.pools = [f[88 + 11 * b : 99 + 11 * b] for b in range(8)]
        self.commitment, self.pools_digest = f[176:184], f[184:192]
        self.decision, self.idle = f[192:194]

    @classmethod
    def of(cls, s: Statement) -> Publics:
        """The public values of a statement."""
        flat = [*RULES[s.rule_id][1], *s.weights]
        for b in range(MAX_POOLS):
            active = b < len(s.pools)
            pool = s.pools[b if active else 0]
            flat += [int(active), *pool.metrics, pool.score, pool.model_class, pool.flag]
            flat.append(pool.allocation if active else 0)
        flat += [*s.commitment, *s.pools_digest, s.decision, s.idle]
        return cls([value % P for value in flat])


# === S4 Trace =====================================================================================

LOG_ROWS, ROWS, COLUMNS = 7, 128, 68


class Row:
    """The 68 cells of one row by name."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cells = cells
        self.d = cells[0:21]
        self.sign, self.bit = cells[21:23]
        self.out = cells[23:26]
        self.total, self.passed = cells[26:28]
        self.allow, self.eligible, self.capped, self.share_hi, self.share_lo = cells[28:33]
        self.quota, self.last, self.open_from, self.mask_from = cells[33:37]
        self.cap, self.min_pools, self.max_risk, self.max_volatility = cells[37:41]
        self.min_liquidity, self.exclude, self.rest, self.sum_hi, self.sum_lo = cells[41:46]
        self.dust, self.n_capped, self.share_sum, self.quota_sum = cells[46:50]
        self.spread, self.any_flag = cells[50:52]
        self.s = cells[52:68]

    def number(self, a: int, b: int) -> Any:
        """`D[a..b]`: the number of the base-4 digits `d_a` to `d_(b-1)`."""
        return sum(4**i * digit for i, digit in enumerate(self.d[a:b]))


def sigma(beta: Any, v: Any) -> Any:
    """`V` if beta is 1, `-(V+1)` if it is 0: a number whose sign is shown by beta."""
    return beta * (2 * v + 1) - v - 1


# === S5 Selectors (periodic columns) ==============================================================


@dataclass(frozen=True)
class Selectors:
    """The periodic columns and the three boundary selectors at one place."""

    row: Sequence[Any]
    block: Sequence[Any]
    linear: Any
    external: Any
    internal: Any
    carry: Any
    absorb: Any
    k: Sequence[Any]
    first: Any
    final: Any
    trans: Any

    def rows(self, *numbers: int) -> Any:
        """The sum of `row_r` over these rows."""
        return sum(self.row[r] for r in numbers)

    def rows_but(self, *numbers: int) -> Any:
        """The sum of `row_r` over all rows but these."""
        return sum(self.row[r] for r in range(16) if r not in numbers)


def round_constant(row: int, i: int) -> int:
    """The value of the column `k_i` on a row of the window of 32."""
    if 1 <= row <= 4:
        return EXTERNAL_INITIAL[row - 1][i]
    if 25 <= row <= 28:
        return EXTERNAL_FINAL[row - 25][i]
    return INTERNAL[row - 5] if 5 <= row <= 24 and i == 0 else 0


def indicators(x: Ext, log_size: int) -> list[Ext]:
    """At `x`, the polynomials that are 1 on one element of `<g_log_size>` and 0 on the others.

    `L_i(x) = (x^n - 1) w^i / (n (x - w^i))`.
    """
    size, root = 1 << log_size, ROOTS[log_size]
    points = [pow(root, i, P) for i in range(size)]
    scale = (x.power(size) - 1) * pow(size, -1, P)
    inverses = invert_all([x - point for point in points])
    return [scale * inverse * point for inverse, point in zip(inverses, points)]


def selectors_at(zeta: Ext) -> Selectors:
    """All selectors at `zeta`, which must lie outside the trace's domain."""
    of_16, of_32 = indicators(zeta.power(8), 4), indicators(zeta.power(4), 5)
    of_128 = indicators(zeta, 7)
    vanishing, last_point = zeta.power(ROWS) - 1, pow(ROOTS[LOG_ROWS], -1, P)
    return Selectors(
        row=of_16,
        block=[sum(of_128[16 * b : 16 * b + 16], Ext(0)) for b in range(8)],
        linear=of_32[0],
        external=sum(of_32[1:5] + of_32[25:29], Ext(0)),
        internal=sum(of_32[5:25], Ext(0)),
        carry=of_32[29] + of_32[30],
        absorb=of_32[31],
        k=[dot(of_32, [round_constant(r, i) for r in range(32)]) for i in range(16)],
        first=vanishing * (zeta - 1).inverse(),
        final=vanishing * (zeta - last_point).inverse(),
        trans=zeta - last_point,
    )


# === S6 Constraints ===============================================================================
# Each group returns its constraints in order. `s` selectors, `n` this row ("now"), `x` the next
# row, `m` the public numbers of the current pool, `p` the other public values. The formulas only
# use + - *, so they work on extension elements as well as on whole numbers.

CONSTRAINTS = 178
HALF, SIXTH = pow(2, -1, P), pow(6, -1, P)


class CurrentPool:
    """The public numbers of the current pool: `sum_b block_b * public_b`."""

    def __init__(self, s: Selectors, p: Publics) -> None:
        numbers = [dot(s.block, column) for column in zip(*p.pools)]
        self.active, self.util, self.vol, self.tier, self.audit, self.age, self.apy = numbers[:7]
        self.score, self.model_class, self.flag, self.alloc = numbers[7:]


@dataclass(frozen=True)
class Place:
    """Everything that the constraints see at one place."""

    s: Selectors
    n: Row
    x: Row
    m: CurrentPool
    p: Publics

    @property
    def u(self) -> Any:
        """Eligible and not capped."""
        return self.n.eligible - self.n.capped

    @property
    def inside(self) -> Any:
        """`in`: every row of a block but its last."""
        return 1 - self.s.row[15]


def cells(at: Place) -> list[Any]:
    """1-31: digits and bits are digits and bits, unused cells are zero."""
    s, n = at.s, at.n
    return [
        *(d * (d - 1) * (d - 2) * (d - 3) for d in n.d),
        *(b * (b - 1) for b in (n.sign, n.bit, n.allow, n.capped, n.exclude)),
        s.rows(2, 4, 6, 7) * n.d[18],
        s.rows_but(3, 8, 9, 12, 13, 14, 15) * n.d[19],
        s.rows_but(8, 12, 13, 14, 15) * n.d[20],
        s.rows_but(0, 1, 2, 3, 4, 5, 6, 7, 10, 11) * n.sign,
        s.rows_but(0, 1, 3, 4, 5, 6, 7, 10, 11, 15) * n.bit,
    ]


def constancy(at: Place) -> list[Any]:
    """32-50: some columns are constant in a block, some in the whole trace."""
    s, now, then = at.s, at.n.cells, at.x.cells
    return [s.trans * at.inside * (then[i] - now[i]) for i in range(28, 37)] + [
        s.trans * (then[i] - now[i]) for i in range(37, 47)
    ]


def network(at: Place) -> list[Any]:
    """51-61: hidden neuron i on row i, outputs summed up, class and flag on rows 10 and 11."""
    s, n, x, m, p = at.s, at.n, at.x, at.m, at.p
    v = n.number(0, 11)
    inputs = (m.util, m.vol, m.tier, m.audit, m.age)
    neurons = [dot(row, inputs) + bias for row, bias in zip(p.w1, p.b1)]
    result = [dot(s.row[:8], neurons) - s.rows(*range(8)) * sigma(n.sign, v)]
    for k in range(3):
        step = at.inside * (x.out[k] - n.out[k]) - dot(s.row[:8], p.w2[k]) * n.sign * v
        result += [s.row[0] * (n.out[k] - p.b2[k]), s.trans * step]
    out0, out1, out2 = n.out
    best = n.sign * (out1 - out0)  # max(out0, out1) - out0
    result += [
        s.row[10] * (out1 - out0 - sigma(n.sign, n.number(0, 15))),
        s.row[10] * (out2 - out0 - best - sigma(x.sign, x.number(0, 15))),
        s.row[10] * (m.model_class - 2 * x.sign - (1 - x.sign) * n.sign),
        s.row[10] * (m.flag - x.sign),
    ]
    return result


def score(at: Place) -> list[Any]:
    """62-74: five parts with remainders, their sum, clamped."""
    s, n, x, m, p = at.s, at.n, at.x, at.m, at.p
    number, following = n.number, x.number
    q, r = number(0, 3), number(3, 10)
    t, (l0, l1, l2, l3) = m.tier, p.liquidity
    parts = (
        s.row[0] * number(11, 14)
        + s.row[2] * number(11, 13)
        + s.row[7]
        * (
            l0
            + t * (l1 - l0)
            + t * (t - 1) * HALF * (l2 - 2 * l1 + l0)
            + t * (t - 1) * (t - 2) * SIXTH * (l3 - 3 * l2 + 3 * l1 - l0)
        )
        + s.rows(8, 9) * q
    )
    years = n.bit * number(11, 19) * p.w_age
    return [
        s.row[8] * (p.w_util * m.util - 10000 * q - r),
        s.row[9] * (p.w_vol * m.vol - 10000 * q - r),
        s.rows(8, 9) * (9999 - r - number(10, 17)),
        s.row[0] * ((100 - m.audit) * p.w_audit - p.d_audit * number(11, 14) - number(14, 16)),
        s.row[0] * (p.d_audit - 1 - number(14, 16) - number(16, 18)),
        s.row[1] * (p.age_limit - m.age - sigma(n.bit, number(11, 19))),
        s.row[1] * (years - p.d_age * following(11, 13) - following(13, 18)),
        s.row[2] * (p.d_age - 1 - number(13, 18) - following(11, 16)),
        s.row[0] * n.total,
        s.trans * (at.inside * (x.total - n.total) - parts),
        s.row[10] * (n.total - p.low - sigma(n.bit, number(15, 19))),
        s.row[10] * (p.high - p.low - n.bit * number(15, 19) - sigma(x.bit, following(15, 19))),
        s.row[10] * (m.score - p.high + x.bit * following(15, 19)),
    ]


def eligibility(at: Place) -> list[Any]:
    """75-81: each limit of the policy is compared, and the results multiplied."""
    s, n, x, m = at.s, at.n, at.x, at.m
    number = n.number
    kept = 1 - s.row[15] - s.rows(0, 3, 4, 5) * (1 - n.bit) - s.row[6] * n.exclude * m.flag
    return [
        s.row[0] * (m.tier - n.min_liquidity - sigma(n.bit, number(18, 19))),
        s.row[3] * (n.max_risk - m.score - sigma(n.bit, number(16, 20))),
        s.row[4] * (n.max_volatility - m.vol - sigma(n.bit, number(11, 18))),
        s.row[5] * (m.apy - 1 - sigma(n.bit, number(11, 19))),
        s.row[0] * (n.passed - m.active * n.allow),
        s.trans * (at.inside * x.passed - n.passed * kept),
        s.row[7] * (n.eligible - n.passed),
    ]


def share(at: Place) -> list[Any]:
    """82-86: the share weight `apy*10000 div (score+1)` in two limbs of 14 bits."""
    s, n, x, m = at.s, at.n, at.x, at.m
    number, following = n.number, x.number
    low = 10000 * m.apy - n.share_lo * (m.score + 1) - number(13, 17)
    return [
        s.row[12] * (n.share_hi - number(0, 6)),
        s.row[12] * (n.share_lo - number(6, 13)),
        s.row[12] * (low - 2**14 * following(0, 7)),
        s.row[12] * (m.score - number(13, 17) - number(17, 21)),
        s.row[13] * (n.share_hi * (m.score + 1) - number(0, 7)),
    ]


def allocation(at: Place) -> list[Any]:
    """87-105: `R s = t S + rem` in limbs, caps, dust to the last uncapped pool."""
    s, n, x, m, u = at.s, at.n, at.x, at.m, at.u
    number, following = n.number, x.number
    room = n.cap - n.quota
    carry = number(0, 8) - 2**15
    low = n.rest * n.share_lo - n.quota * n.sum_lo - following(0, 7)
    high = n.rest * n.share_hi - n.quota * n.sum_hi - number(8, 21)
    opens = x.open_from + u - x.open_from * u
    return [
        n.capped * (1 - n.eligible),
        (1 - n.eligible) * n.quota,
        n.capped * (n.quota - n.cap),
        s.row[13] * (n.quota - number(7, 14)),
        s.row[13] * (number(14, 21) - u * (room - 1)),
        s.row[14] * (low - 2**14 * carry),
        s.row[14] * (high + carry),
        s.row[14] * (following(14, 21) - u * (n.sum_hi - number(8, 21) - x.bit)),
        s.row[15] * (number(7, 14) - u * (n.sum_lo - 1 - number(0, 7) + 2**14 * n.bit)),
        s.row[15] * n.bit * (1 - u),
        s.row[7] * (n.last * (room - n.dust) - sigma(n.bit, number(11, 18))),
        s.row[7] * (m.alloc - n.quota - n.last * (n.bit * (n.dust - room) + room)),
        s.row[6] * (m.alloc - 1000 - sigma(n.bit, number(11, 18))),
        s.first * n.spread,
        s.trans * (x.spread - n.spread - s.row[6] * n.bit),
        s.trans * s.row[15] * (n.open_from - opens),
        s.trans * s.row[15] * (n.last - u * (1 - x.open_from)),
        s.final * (n.open_from - u),
        s.final * (n.last - u),
    ]


def totals(at: Place) -> list[Any]:
    """106-118: sums over the blocks, and what they must be at the end."""
    s, n, x, m, p, u = at.s, at.n, at.x, at.m, at.p, at.u
    weight = u * (2**14 * n.share_hi + n.share_lo)
    flagged = n.any_flag + n.eligible * m.flag * (1 - n.any_flag)
    running = (
        (n.n_capped, x.n_capped, n.capped),
        (n.share_sum, x.share_sum, weight),
        (n.quota_sum, x.quota_sum, u * n.quota),
        (n.any_flag, x.any_flag, flagged - n.any_flag),
    )
    result = []
    for now, then, delta in running:
        result += [s.first * now, s.trans * (then - now - s.row[15] * delta)]
    return [
        *result,
        s.final * (n.rest + n.cap * (n.n_capped + n.capped) - 10000),
        s.final * (n.share_sum + weight - 2**14 * n.sum_hi - n.sum_lo),
        s.final * (n.rest - n.quota_sum - u * n.quota - n.dust),
        s.final * (p.decision - flagged),
        s.first * (sum(pool[10] for pool in p.pools) + p.idle - 10000),
    ]


def policy_ranges(at: Place) -> list[Any]:
    """119-128: the policy's numbers are in range, each shown on row 8 of one block."""
    s, n, x = at.s, at.n, at.x
    e = n.number(17, 21)
    w = e + 256 * x.number(17, 20)
    shown = (
        (0, w - (n.cap - 1)),
        (1, w - (10000 - n.cap)),
        (2, w - n.max_volatility),
        (3, w - n.rest),
        (4, w - n.sum_hi),
        (5, w - n.sum_lo),
        (7, w - (n.spread - n.min_pools)),
        (6, e - n.max_risk),
        (6, x.number(17, 19) + 1 - n.min_pools),
        (6, x.d[19] - n.min_liquidity),
    )
    return [s.row[8] * s.block[b] * difference for b, difference in shown]


def commitment(at: Place) -> list[Any]:
    """129-178: the policy, the pools digest and the salt hash to the public commitment."""
    s, n, x, p = at.s, at.n, at.x, at.p
    limits = (n.cap, n.min_pools, n.max_risk, n.max_volatility, n.min_liquidity, n.exclude)
    initial = [1, *limits, n.mask_from, CAPACITY_TAG, *[0] * 7]
    cubes = [cube(cell + k) for cell, k in zip(n.s, s.k)]
    linear, external = external_matrix(n.s), external_matrix(cubes)
    internal = internal_matrix([cubes[0], *n.s[1:]])
    result = [
        s.trans * s.row[15] * (n.mask_from - n.allow - 2 * x.mask_from),
        s.final * (n.mask_from - n.allow),
        *(s.first * (cell - start) for cell, start in zip(n.s, initial)),
    ]
    for i in range(16):
        rate = i < 8  # the rate is free where a block is absorbed, the capacity is kept
        step = (1 - s.absorb if rate else 1) * x.s[i]
        step = step - s.linear * linear[i] - s.external * external[i] - s.internal * internal[i]
        result.append(s.trans * (step - (s.carry if rate else s.carry + s.absorb) * n.s[i]))
    for i in range(8):
        result += [
            s.trans * s.block[1] * s.row[15] * (x.s[i] - p.pools_digest[i]),
            s.block[5] * s.row[15] * (n.s[i] - p.commitment[i]),
        ]
    return result


def constraints(s: Selectors, now: Sequence[Any], then: Sequence[Any], p: Publics) -> list[Any]:
    """All 178 constraints in order, on a row and the row after it."""
    at = Place(s, Row(now), Row(then), CurrentPool(s, p), p)
    result = cells(at) + constancy(at) + network(at) + score(at) + eligibility(at) + share(at)
    return result + allocation(at) + totals(at) + policy_ranges(at) + commitment(at)


# --- Poseidon2 over KoalaBear, width 16 (ePrint 2023/323), as in section 6 ---

CAPACITY_TAG = 0x4F425351
M4 = ((2, 3, 1, 1), (1, 2, 3, 1), (1, 1, 2, 3), (3, 1, 1, 2))


INVERSE = [pow(2, -k, P) for k in range(25)]  # 2^-k
DIAGONAL = [-2, 1, 2, INVERSE[1], 3, 4, -INVERSE[1], -3, -4, INVERSE[8], INVERSE[3], INVERSE[24]]
DIAGONAL += [-INVERSE[8], -INVERSE[3], -INVERSE[4], -INVERSE[24]]


def cube(x: Any) -> Any:
    """`x^3`."""
    return x * x * x


def external_matrix(state: Sequence[Any]) -> list[Any]:
    """`M_E`."""
    z = [dot(row, state[4 * k : 4 * k + 4]) for k in range(4) for row in M4]
    sums = [z[i] + z[4 + i] + z[8 + i] + z[12 + i] for i in range(4)]
    return [z[i] + sums[i % 4] for i in range(16)]


def internal_matrix(state: Sequence[Any]) -> list[Any]:
    """`M_I`."""
    total = sum(state)
    return [total + d * cell for d, cell in zip(DIAGONAL, state)]


def permute(state: Sequence[int]) -> list[int]:
    """The Poseidon2 permutation of 16 field elements."""
    now = [cell % P for cell in external_matrix(state)]
    for k in EXTERNAL_INITIAL:
        now = [cell % P for cell in external_matrix([cube(a + b) for a, b in zip(now, k)])]
    for constant in INTERNAL:
        now = [cell % P for cell in internal_matrix([cube(now[0] + constant), *now[1:]])]
    for k in EXTERNAL_FINAL:
        now = [cell % P for cell in external_matrix([cube(a + b) for a, b in zip(now, k)])]
    return now


# === S7 Transcript ================================================================================


class Transcript:
    """A byte sponge over `H`; `steps` keeps the input and the digest of every `H`."""

    def __init__(self, start: bytes) -> None:
        self.input, self.output = bytearray(start), bytearray()
        self.steps: list[tuple[bytes, bytes]] = []

    def absorb(self, data: bytes) -> None:
        """Append to the input; what was left of the output is dropped."""
        self.output.clear()
        self.input += data

    def squeeze(self) -> int:
        """One byte, from the end of the output."""
        if not self.output:
            before = bytes(self.input)
            self.input = bytearray(blake2s(before))
            self.output = bytearray(self.input)
            self.steps.append((before, bytes(self.input)))
        return self.output.pop()

    def word(self) -> int:
        """32 bits, the least significant byte first."""
        return sum(self.squeeze() << 8 * i for i in range(4))

    def element(self) -> int:
        """A field element; words that are too large are dropped."""
        while True:
            word = self.word() & 0x7FFFFFFF
            if word < P:
                return word

    def ext(self) -> Ext:
        """An extension element."""
        return Ext(self.element(), self.element(), self.element(), self.element())

    def bits(self, count: int) -> int:
        """A number of `count` bits."""
        return self.word() & ((1 << count) - 1)


@dataclass(frozen=True)
class Challenges:
    """All that the transcript gives."""

    alpha: Ext
    zeta: Ext
    batching: Ext
    betas: list[Ext]
    queries: list[int]
    steps: list[tuple[bytes, bytes]]


def run_transcript(statement: Statement, publics: Publics, proof: Proof) -> Challenges:
    """Derive the challenges; refuses insufficient grinding."""
    t = Transcript(b"OBSQRA/STARK/1\0\0" + statement.digest)
    t.absorb(SEP_STARK + proof.trace_root + to_words(publics.flat))
    alpha = t.ext()
    t.absorb(proof.quotient_root + proof.random_root)
    zeta = t.ext()
    require(zeta.power(ROWS) != Ext(1), "transcript", "zeta lies in the trace's domain")
    t.absorb(SEP_PCS)
    for claim in proof.claims:
        t.absorb(ext_to_words(claim.values))
    batching = t.ext()
    t.absorb(SEP_FRI)
    betas = []
    for opened in proof.rounds:
        t.absorb(opened.root)
        betas.append(t.ext())
    t.absorb(ext_to_words(proof.final))
    t.squeeze()
    t.absorb(to_words([proof.grinding]))
    require(t.bits(GRINDING_BITS) == 0, "grinding", "the proof of work is insufficient")
    queries = [t.bits(LOG_POINTS) for _ in range(QUERIES)]
    return Challenges(alpha, zeta, batching, betas, queries, t.steps)


# === S8 Commitments and Merkle trees ==============================================================

LOG_POINTS, QUERIES, GRINDING_BITS = 13, 20, 16
SALT, CODEWORDS, CHUNKS = 4, 4, 8
LOG_ARITY, ARITY, FOLDING_ROUNDS, FINAL_SIZE = 3, 8, 2, 4
BATCHES = ([4 + CODEWORDS], [COLUMNS + CODEWORDS], [4 + CODEWORDS] * CHUNKS)
"""The widths of the matrices of batch 0 (randomisation), 1 (trace), 2 (quotient chunks)."""


def check_tree(
    root: bytes, height: int, opened: Iterable[tuple[int, bytes]], digests: Sequence[bytes]
) -> None:
    """Check a multiproof: the opened leaves (index, bytes) are in the tree, no digest is left."""
    nodes: dict[int, bytes] = {}
    for index, leaf in opened:
        same = nodes.setdefault(index, blake2s(leaf)) == blake2s(leaf)
        require(same, "merkle", "one leaf is opened in two ways")
    given = iter(digests)
    for _ in range(height):
        above = {}
        for parent in sorted({index >> 1 for index in nodes}):
            pair = [
                nodes[child] if child in nodes else next(given, b"")
                for child in (2 * parent, 2 * parent + 1)
            ]
            require(all(pair), "merkle", "a multiproof has too few digests")
            above[parent] = blake2s(pair[0] + pair[1])
        nodes = above
    require(next(given, None) is None, "merkle", "a multiproof has too many digests")
    require(nodes[0] == root, "merkle", "a root does not match")


# === S9 Proof layout ==============================================================================

PROOF_MAGIC = b"OBSQRA/PROOF/1\0\0"


@dataclass(frozen=True)
class Claim:
    """The claimed opening of a matrix at zeta, or at gamma*zeta: columns, random codewords."""

    batch: int
    matrix: int
    next_row: bool
    values: list[Ext]


@dataclass(frozen=True)
class Opened:
    """The opened leaves of a tree: `rows[query][matrix]`, salts likewise, the other digests.

    A folding round has one matrix whose rows are the seven values beside the queried one.
    """

    root: bytes
    rows: list[list[list[int]]]
    salts: list[list[list[int]]]
    digests: list[bytes]


@dataclass(frozen=True)
class Proof:
    """A proof taken apart; nothing is checked yet but its form."""

    trace_root: bytes
    quotient_root: bytes
    random_root: bytes
    claims: list[Claim]
    final: list[Ext]
    grinding: int
    batches: list[Opened]
    rounds: list[Opened]


class ProofReader(Reader):
    """Reads hashed words and what is made of them."""

    def elements(self, count: int) -> list[int]:
        """Field elements."""
        words = self.unpack(f"{count}I")
        require(max(words) < P, "layout", "a word is not below the field's order")
        return [word * FROM_WORD % P for word in words]

    def exts(self, count: int) -> list[Ext]:
        """Extension elements."""
        return [Ext(*self.elements(4)) for _ in range(count)]

    def opened(self, root: bytes, widths: Sequence[int], height: int) -> Opened:
        """The openings of a tree; the count of digests is bounded before they are read."""
        rows = [[self.elements(width) for width in widths] for _ in range(QUERIES)]
        salts = [[self.elements(SALT) for _ in widths] for _ in range(QUERIES)]
        (count,) = self.unpack("I")
        require(count <= QUERIES * height, "layout", "a multiproof claims too many digests")
        return Opened(root, rows, salts, [self.take(32) for _ in range(count)])


def parse_proof(raw: bytes) -> Proof:
    """Read a proof strictly."""
    r = ProofReader(raw, "layout")
    require(r.take(16) == PROOF_MAGIC, "layout", "it is no proof")
    trace_root, quotient_root, random_root = r.take(32), r.take(32), r.take(32)
    trace, trace_next = r.exts(COLUMNS), r.exts(COLUMNS)
    chunks, random = [r.exts(4) for _ in range(CHUNKS)], r.exts(4)
    claims = [
        Claim(0, 0, False, random + r.exts(CODEWORDS)),
        Claim(1, 0, False, trace + r.exts(CODEWORDS)),
        Claim(1, 0, True, trace_next + r.exts(CODEWORDS)),
        *(Claim(2, m, False, chunk + r.exts(CODEWORDS)) for m, chunk in enumerate(chunks)),
    ]
    round_roots = [r.take(32) for _ in range(FOLDING_ROUNDS)]
    final, (grinding,) = r.exts(FINAL_SIZE), r.elements(1)
    roots = (random_root, trace_root, quotient_root)
    batches = [r.opened(root, widths, LOG_POINTS) for root, widths in zip(roots, BATCHES)]
    rounds = [
        r.opened(root, [4 * (ARITY - 1)], LOG_POINTS - LOG_ARITY * number)
        for number, root in enumerate(round_roots, 1)
    ]
    r.end()
    return Proof(trace_root, quotient_root, random_root, claims, final, grinding, batches, rounds)


# === S10 Verifier =================================================================================


def verify_proof(statement: bytes, proof: bytes) -> Challenges:
    """Accept, or raise Rejected: the five steps of section 10."""
    stated, parsed = parse_statement(statement), parse_proof(proof)
    publics = Publics.of(stated)
    challenges = run_transcript(stated, publics, parsed)
    check_folding(parsed, challenges, check_openings(parsed, challenges))
    check_constraints(parsed, challenges, publics)
    return challenges


def check_openings(proof: Proof, challenges: Challenges) -> list[Ext]:
    """Step 3: the opened rows are committed to; returns `ro_i` for every query."""
    for opened in proof.batches:
        leaves = []
        for index, rows, salts in zip(challenges.queries, opened.rows, opened.salts):
            leaves.append((index, b"".join(to_words(r + s) for r, s in zip(rows, salts))))
        check_tree(opened.root, LOG_POINTS, leaves, opened.digests)
    exponents = [bitrev(i, LOG_POINTS) for i in challenges.queries]
    domain = [GENERATOR * pow(ROOTS[LOG_POINTS], exponent, P) for exponent in exponents]
    zeta, gamma = challenges.zeta, ROOTS[LOG_ROWS]
    inverses = {
        next_row: invert_all([point - x for x in domain])
        for next_row, point in ((False, zeta), (True, zeta * gamma))
    }
    result, scale = [Ext(0)] * QUERIES, Ext(1)
    for claim in proof.claims:
        scales = []
        for _ in claim.values:
            scales.append(scale)
            scale *= challenges.batching
        claimed = dot(scales, claim.values)
        columns = list(zip(*(one.c for one in scales)))
        for q, inverse in enumerate(inverses[claim.next_row]):
            row = proof.batches[claim.batch].rows[q][claim.matrix]
            found = Ext(*(dot(column, row) for column in columns))
            result[q] += (claimed - found) * inverse
    return result


def fold(values: Sequence[Ext], y: int, beta: Ext) -> Ext:
    """The value at beta of the polynomial of degree < 8 with `v_m` at `y * g_3^bitrev(m, 3)`.

    Neighbours lie at `x` and `-x`, so that `f(X) = f_even(X^2) + X f_odd(X^2)` takes the eight
    values to four of a polynomial in `X^2`, and so on; no division by a challenge is needed.
    """
    points = [y * pow(ROOTS[3], bitrev(m, 3), P) % P for m in range(0, ARITY, 2)]
    while len(values) > 1:
        values = [
            (left + right + beta * pow(x, -1, P) * (left - right)) * HALF
            for x, left, right in zip(points, values[0::2], values[1::2])
        ]
        points, beta = [x * x % P for x in points[0::2]], beta * beta
    return values[0]


def check_folding(proof: Proof, challenges: Challenges, reduced: Sequence[Ext]) -> None:
    """Step 4: the batched codeword folds down to the final polynomial."""
    places, values, log_size = list(challenges.queries), list(reduced), LOG_POINTS
    for opened, beta in zip(proof.rounds, challenges.betas):
        leaves = []
        for q, place in enumerate(places):
            own, j = place % ARITY, place // ARITY
            (row,), (salt,) = opened.rows[q], opened.salts[q]
            row = [*row[: 4 * own], *values[q].c, *row[4 * own :]]
            leaves.append((j, to_words(row + salt)))
            y = pow(ROOTS[log_size], bitrev(j, log_size - LOG_ARITY), P)
            values[q] = fold([Ext(*row[i : i + 4]) for i in range(0, 4 * ARITY, 4)], y, beta)
            places[q] = j
        log_size -= LOG_ARITY
        check_tree(opened.root, log_size, leaves, opened.digests)
    for place, value in zip(places, values):
        x = pow(ROOTS[LOG_POINTS], bitrev(place, LOG_POINTS), P)
        expected = dot(proof.final, [pow(x, i, P) for i in range(FINAL_SIZE)])
        require(value == expected, "folding", "a query does not end on the final polynomial")


def check_constraints(proof: Proof, challenges: Challenges, publics: Publics) -> None:
    """Step 5: the constraints, folded with alpha, are the quotient times `Z`."""
    zeta, folded = challenges.zeta, Ext(0)
    now, then = (claim.values[:COLUMNS] for claim in proof.claims if claim.batch == 1)
    for constraint in constraints(selectors_at(zeta), now, then, publics):
        folded = folded * challenges.alpha + constraint
    expected = (zeta.power(ROWS) - 1) * quotient_at(proof, zeta)
    require(folded == expected, "constraints", "the constraints do not hold")


def quotient_at(proof: Proof, zeta: Ext) -> Ext:
    """`Q(zeta)`, put together from its eight chunks."""
    shifts = [pow(GENERATOR * pow(ROOTS[10], m, P), ROWS, P) for m in range(CHUNKS)]  # h_m^128
    to_128, basis, result = zeta.power(ROWS), [Ext(*unit) for unit in UNITS], Ext(0)
    chunks = (claim.values[:4] for claim in proof.claims if claim.batch == 2)
    for own, chunk in zip(shifts, chunks):
        part = dot(chunk, basis)
        for shift in shifts:
            if shift != own:  # Z_l(zeta) / Z_l(h_m), both times h_l^128
                part *= (to_128 - shift) * pow(own - shift, -1, P)
        result += part
    return result


UNITS = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))


# === S11 What is hidden: the commitment to the policy =============================================


def commit(policy: dict[str, Any], statement: Statement, salt: Sequence[int]) -> tuple[int, ...]:
    """The sponge over policy, pools digest and salt."""
    mask = sum(allows(policy, pool) << i for i, pool in enumerate(statement.pools))
    limits = [policy["max_allocation_bps"], policy["min_pools"], policy["max_risk_score"]]
    limits += [policy["max_volatility_bps"], policy["min_liquidity_tier"]]
    state = [0] * 8 + [CAPACITY_TAG] + [0] * 7
    for rate in ([1, *limits, int(policy["exclude_flagged"]), mask], statement.pools_digest, salt):
        state = permute([*rate, *state[8:]])
    return tuple(state[:8])


# === S12 and S13 Parameters and constants =========================================================

PARAMETERS = {  # what payload/verifier.json must say, beside the maker's version and note
    "schema": "obsqra/verifier/1",
    "parameter_set": PARAMETER_SET,
    "system": "Plonky3 0.8.0 uni-stark with hiding FRI",
    "field_name": "KoalaBear, 2^31 - 2^24 + 1",
    "field_bits": 123,
    "extension_degree": 4,
    "hash_name": "Blake2s-256",
    "hash_bits": 128,
    "log_blowup": 5,
    "queries": QUERIES,
    "grinding_bits": GRINDING_BITS,
    "folding_arity": ARITY,
    "final_polynomial_length": FINAL_SIZE,
    "trace_rows": ROWS,
    "trace_columns": COLUMNS,
    "constraints": CONSTRAINTS,
    "constraint_degree": 4,
    "quotient_chunks": CHUNKS,
    "salt_elements": SALT,
    "random_codewords": CODEWORDS,
    "opening_points": 2,
    "hiding_rows_available": ROWS,
    "hiding_rows_needed": 2 * (QUERIES + 4 * 2),
    "hiding_formula": "2*(queries + 4*points)",
    "conjectured_bits": 102,
    "conjectured_model": "random words, ePrint 2025/2010 section 1.5",
    "proven_list_bits": 65,
    "proven_list_source": "list decoding up to the Johnson bound, "
    "ePrint 2024/1553 theorem 3 with ePrint 2026/2056 theorem 5.12",
    "proven_unique_bits": 35,
    "proven_unique_source": "unique decoding, ePrint 2024/1553 theorem 2",
    "target_bits": 100,
    "audited": False,
}
SEP_STARK = bytes.fromhex("""
73feff0ca050985f57582128d8d41727f86f190729ffff560000000000000000000000000000000000000000000000000000
00000000000000000000000000000000000000000000000000000000000000000000000000006940f6151d0cfb62ec8c1913
ea3e1a1415d1a46949ac0a366f2b6d10b64317497bde7504616f0c1e4d33c532000000003fffff40e0efff1f000000000000
0000f0ffff0fe0efff1f0000000000000000f2ffff0de0efff1f000000000000000077ffff08e0efff1f0000000000000000
00000000e0efff1f0000000000000000a6ffff59e0efff1f0000000000000000f0ffff0fe0efff1f0000000000000000feff
ff01e0efff1f0000000000000000fcfdfe03
""")
SEP_PCS = bytes.fromhex("""
e2fdff1da050985f7366190cf0e01d0f6917ff16000000000000000000000000000000000000000000000000000000000000
00000000000000000000000000000000000000000000000000000000000000000000000000000b8f2e74495dd536737ee70b
84165e7aacd9c353539f9a2ca6985758b8207746477a30374d913131d420262a00000000aefeff51e0efff1f000000000000
0000faffff05e0efff1f0000000000000000feffff01e0efff1f0000000000000000feffff01e0efff1f0000000000000000
feffff01e0efff1f0000000000000000fcffff03e0efff1f0000000000000000f0ffff0fe0efff1f0000000000000000feff
ff01e0efff1f0000000000000000feffff01e0efff1f0000000000000000feffff01e0efff1f0000000000000000feffff01
e0efff1f0000000000000000feffff01e0efff1f0000000000000000feffff01e0efff1f0000000000000000feffff01e0ef
ff1f0000000000000000fafdfe05
""")
SEP_FRI = bytes.fromhex("""
d4feff2ba050985f7366190c2dffff5200000000000000000000000000000000000000000000000000000000000000000000
000000000000000000000000000000000000000000000000000000000000000000000000000001065c7d69d2e915757af70a
ac011e53bcde3e42de40b3207122960df2977c0dfa1304048e2bdf7105788b7a00000000a0ffff5fe0efff1f000000000000
0000f6ffff09e0efff1f0000000000000000faffff05e0efff1f0000000000000000faffff05e0efff1f0000000000000000
f6fdfe09
""")
ROUND_CONSTANTS: tuple[int, ...] = struct.unpack(
    ">148I",
    bytes.fromhex("""
7ee56a48 11367045 12e41941 7ebbc12b 1970b7d5 662b60e8 3e4990c6 679f91f5 350813bb 00874ad4 28a0081a
18fa5872 5f25b071 5e5d5998 5e6fd3e7 5b2e2660 6f1837bf 3fe6182b 1edd7ac5 57470d00 43d486d5 1982c70f
0ea53af9 61d6165b 51639c00 2dec352c 2950e531 2d2cb947 08256cef 1a0109f6 1f51faf3 5cef1c62 3d65e50e
33d91626 133d5a1e 0ff49b0d 38900cd1 2c22cc3f 28852bb2 06c65a02 7b2cf7bc 68016e1a 15e16bc0 5248149a
6dd212a0 18d6830a 5001be82 64dac34e 5902b287 426583a0 0c921632 3fe028a5 245f8e49 43bb297e 7873dbd9
3cc987df 286bb4ce 640a8dcd 512a8e36 03a4cf55 481837a2 03d6da84 73726ac7 760e7fdf 43e7dc24 259a5d61
27e85a3b 1b9133fa 343e5628 485cd4c2 16e269f5 165b60c6 25f683d9 124f81f9 174331f9 77344dc5 5a821dba
5fc4177f 54153bf5 5e3f1194 3bdbf191 088c84a3 68256c9b 3c90bbc6 6846166a 03f4238d 463335fb 5e3d3551
6e59ae6f 32d06cc0 596293f3 6c87edb2 08fc60b5 34bcca80 24f007f3 62731c6f 1e1db6c6 0ca409bb 585c1e78
56e94edc 16d22734 18e11467 7b2c3730 770075e4 35d1b18c 22be3db5 4fb1fbb7 477cb3ed 7d5311c6 5b62ae7d
559c5fa8 77f15048 3211570b 490fef6a 77ec311f 2247171b 4e0ac711 2edf69c9 3b5a8850 65809421 5619b4aa
362019a7 6bf9d4ed 5b413dff 617e181e 5e7ab57b 33ad7833 3466c7ca 54dfeb5d 7d40afd6 722cb316 106a4573
45a7ccdb 44061375 154077a5 45744faa 4eb5e5ee 3794e83f 47c7093c 5694903c 69cb6299 373df84c 46a0df58
46b8758a 3241ebcb 0b09d233 1af42357 1e66cec2
"""),
)
EXTERNAL_INITIAL = [ROUND_CONSTANTS[i : i + 16] for i in range(0, 64, 16)]
EXTERNAL_FINAL = [ROUND_CONSTANTS[i : i + 16] for i in range(64, 128, 16)]
INTERNAL = ROUND_CONSTANTS[128:]


# === B1 Ed25519 (RFC 8032, 5.1) ===================================================================
# Verification only, and strict where the RFC leaves a choice: the equation without the cofactor,
# `S < L` (5.1.7), points in their one encoding with `y < p` (5.1.3). A key or an `R` of low order
# (`8 A = 0`) is refused, since such a key fits signatures that nobody made. A point is
# (X, Y, Z, T) with `x = X/Z`, `y = Y/Z`, `x y = T/Z`.

ED_P = 2**255 - 19
ED_L = 2**252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_ROOT = pow(2, (ED_P - 1) // 4, ED_P)  # a square root of -1


def point_add(a: Sequence[int], b: Sequence[int]) -> Sequence[int]:
    """The sum of two points, also of equal ones (5.1.4)."""
    left, right = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    t, z = 2 * a[3] * b[3] * ED_D, 2 * a[2] * b[2]
    e, f, g, h = right - left, z - t, z + t, right + left
    return e * f % ED_P, g * h % ED_P, f * g % ED_P, e * h % ED_P


def point_times(point: Sequence[int], factor: int) -> Sequence[int]:
    """A multiple of a point; all numbers are public, so the time may tell them."""
    result: Sequence[int] = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = point_add(result, point)
        point, factor = point_add(point, point), factor >> 1
    return result


def decode_point(raw: bytes, what: str) -> Sequence[int]:
    """A point from its 32 bytes (5.1.3), if that is its one encoding and its order is not low."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (2**255 - 1)
    require(y < ED_P, "signature", f"{what} has no canonical encoding")
    u, v = (y * y - 1) % ED_P, (ED_D * y * y + 1) % ED_P
    x = u * v**3 * pow(u * v**7 % ED_P, (ED_P - 5) // 8, ED_P) % ED_P
    if v * x * x % ED_P == -u % ED_P:
        x = x * ED_ROOT % ED_P
    require(v * x * x % ED_P == u, "signature", f"{what} is not on the curve")
    require(x or not odd, "signature", f"{what} has no canonical encoding")
    x = x if x & 1 == odd else ED_P - x
    point = (x, y, 1, x * y % ED_P)
    require(point_times(point, 8)[0], "signature", f"{what} is of low order")
    return point


ED_BASE = decode_point((4 * pow(5, -1, ED_P) % ED_P).to_bytes(32, "little"), "the base point")


def check_signature(key: bytes, message: bytes, signature: bytes) -> None:
    """Reject unless the signature of the message belongs to the key of 32 bytes (5.1.7)."""
    require(len(signature) == 64, "signature", "a signature has 64 bytes")
    r_bytes, s = signature[:32], int.from_bytes(signature[32:], "little")
    require(s < ED_L, "signature", "S is not below the group's order")
    a, r = decode_point(key, "the key"), decode_point(r_bytes, "R")
    k = int.from_bytes(hashlib.sha512(r_bytes + key + message).digest(), "little") % ED_L
    left, right = point_times(ED_BASE, s), point_add(r, point_times(a, k))
    same = all((left[i] * right[2] - right[i] * left[2]) % ED_P == 0 for i in (0, 1))
    require(same, "signature", "it does not belong to the key in the bundle")


# === B2 Canonical JSON (RFC 8785) =================================================================

MAX_JSON, MAX_INT = 256 * 1024, 2**53 - 1
ESCAPES = {i: f"\\u{i:04x}" for i in range(32)}
ESCAPES.update({8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"})


def canonical(value: Any) -> str:
    """RFC 8785 of a value without fractions: keys sorted by UTF-16 units, no spaces."""
    if isinstance(value, str):
        return '"' + value.translate(ESCAPES) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: str(key).encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    return json.dumps(value)  # null, true, false, a whole number


def parse_json(raw: bytes, what: str) -> Any:
    """Read JSON that is exactly its own RFC 8785 form: one meaning, one digest."""

    def integer(digits: str) -> int:
        small = len(digits) <= 17 and abs(int(digits)) <= MAX_INT
        require(small, "json", f"{what} has a number out of range")
        return int(digits)

    def refuse(_: str) -> NoReturn:
        raise Rejected("json", f"{what} has a number that is not whole")

    require(len(raw) <= MAX_JSON, "json", f"{what} is too large")
    try:
        text = raw.decode("utf-8")
        value = json.loads(text, parse_int=integer, parse_float=refuse, parse_constant=refuse)
        again = canonical(value).encode("utf-8")
    except (ValueError, RecursionError):
        raise Rejected("json", f"{what} is not JSON in UTF-8, or nested too deeply") from None
    require(again == raw, "json", f"{what} is not in its canonical form (RFC 8785)")
    return value


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape.

    A dict: an object with exactly these keys. `[shape, low, high]`: a list of so many of a shape.
    `(low, high)`: a whole number in that range. Text: a string that matches this expression. A
    function decides by itself; a set holds alternatives. All else stands for itself.
    """
    if isinstance(shape, dict):
        same = isinstance(value, dict) and value.keys() == shape.keys()
        return same and all(fits(value[key], shape[key]) for key in shape)
    if isinstance(shape, list):
        item, low, high = shape
        sized = isinstance(value, list) and low <= len(value) <= high
        return sized and all(fits(one, item) for one in value)
    if isinstance(shape, tuple):
        return type(value) is int and shape[0] <= value <= shape[1]
    if isinstance(shape, str):
        return isinstance(value, str) and re.fullmatch(shape, value, re.DOTALL) is not None
    if isinstance(shape, frozenset):
        return any(fits(value, one) for one in shape)
    return bool(shape(value)) if callable(shape) else type(value) is type(shape) and value == shape


def is_felt(value: Any) -> bool:
    """A felt as files write it: lower case, no leading zeros."""
    return fits(value, "0x(0|[1-9a-f][0-9a-f]{0,62})") and int(value, 16) < FELT_END


def is_name(value: Any) -> bool:
    """Printable text without spaces around it."""
    return fits(value, ".{1,64}") and value.isprintable() and value == value.strip()


def felt(value: int) -> str:
    """A felt as files write it."""
    return f"{value:#x}"


HEX32, COUNT, ANY_TEXT, LEVEL = "[0-9a-f]{64}", (0, MAX_INT), ".{1,2000}", "public|auditor|owner"
DECISION_TYPE = "https://obsqra.fi/oab/decision/v1"
RESULT_TYPE = "https://in-toto.io/attestation/svr/v0.1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
MANIFEST_FILE = {
    "path": ANY_TEXT,
    "sha256": HEX32,
    "size": COUNT,
    "mediaType": ANY_TEXT,
    "role": ANY_TEXT,
    "disclosure": LEVEL,
}
POLICY = {
    "schema": "obsqra/policy/1",
    "name": is_name,
    "max_allocation_bps": (1, FULL),
    "min_pools": (1, MAX_POOLS),
    "max_risk_score": (0, 100),
    "max_volatility_bps": (0, FULL),
    "min_liquidity_tier": (0, 3),
    "exclude_flagged": frozenset((True, False)),
    "allowlist": lambda value: value is None or fits(value, [is_felt, 0, 64]),
}
SNAPSHOT_POOL = {
    "id": is_felt,
    "venue": is_name,
    "name": is_name,
    "metrics": dict(zip(METRICS, ((0, bound) for bound in METRIC_BOUNDS))),
    "sources": {name: {"kind": "measured|entered|assumed", "detail": ANY_TEXT} for name in METRICS},
}
SNAPSHOT = {
    "schema": "obsqra/snapshot/1",
    "chain": frozenset((None, "[ -~]{1,31}")),
    "block_number": frozenset((None, COUNT)),
    "block_timestamp": frozenset((None, COUNT)),
    "taken_at": COUNT,
    "pools": [SNAPSHOT_POOL, 1, MAX_POOLS],
}
EVIDENCE = {"digest": HEX32, "definition_version": "[a-z0-9][a-z0-9./-]{0,39}"}
INT32 = (-(2**31), 2**31 - 1)
WEIGHTS = {
    "w1": [[INT32, 5, 5], 8, 8],
    "b1": [INT32, 8, 8],
    "w2": [[INT32, 8, 8], 3, 3],
    "b2": [INT32, 3, 3],
}
EVALUATION = {"samples": COUNT, "correct": COUNT, "confusion": [[COUNT, 3, 3], 3, 3]}
MODEL_CARD = {
    "summary": ANY_TEXT,
    "fitted_to": ANY_TEXT,
    "method": ANY_TEXT,
    "flag_means": is_name,
    "limits": [ANY_TEXT, 1, MAX_JSON],
    "evaluation": lambda value: value is None or fits(value, EVALUATION),
}
ENVELOPE = {
    "payload": f".{{1,{MAX_JSON}}}",
    "payloadType": re.escape(PAYLOAD_TYPE),
    "signatures": [{"keyid": HEX32, "sig": ANY_TEXT}, 1, 1],
}
RESULT = {
    "verifier": {"id": ANY_TEXT},
    "timeCreated": "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "properties": [ANY_TEXT, 0, 16],
}


def is_snapshot(value: Any) -> bool:
    """The pools at one moment; `evidence` is there or left out, and never null."""
    bound = isinstance(value, dict) and "evidence" in value
    return fits(value, {**SNAPSHOT, "evidence": EVIDENCE} if bound else SNAPSHOT)


SHAPES: dict[str, Any] = {
    "manifest.json": {
        "schema": "oab/1",
        "decision": "[0-9a-f]{32}",
        "level": LEVEL,
        "statements": [ANY_TEXT, 0, 8],
        "files": [MANIFEST_FILE, 0, 64],
    },
    "keys/signer.json": {
        "schema": "obsqra/signer/1",
        "algorithm": "ed25519",
        "kind": "device",
        "public_key": HEX32,
        "key_id": HEX32,
    },
    "payload/snapshot.json": is_snapshot,
    "payload/model.json": {
        "schema": "obsqra/model/1",
        "name": is_name,
        "version": is_name,
        "kind": "linear|relu-network",
        "features": lambda value: value == RISK_METRICS,
        "classes": lambda value: fits(value, [is_name, 3, 3]) and len(set(value)) == 3,
        "scales": ANY_TEXT,
        "weights": WEIGHTS,
        "card": MODEL_CARD,
    },
    "payload/policy.json": {
        "schema": "obsqra/opening/1",
        "policy": POLICY,
        "salt": [(0, P - 1), 8, 8],
    },
    "payload/redacted.json": {
        "schema": "obsqra/redacted/1",
        "hash": re.escape("sha256(salt || RFC 8785 of [path, value])"),
        "fields": [{"path": ANY_TEXT, "sha256": HEX32}, 0, 64],
    },
    "payload/verifier.json": {
        "version": ANY_TEXT,
        "note": ANY_TEXT,
        **{key: re.escape(v) if isinstance(v, str) else v for key, v in PARAMETERS.items()},
    },
}
SCHEMAS = {  # nothing in these is used
    "payload/owner.json": "obsqra/owner/1",
}


# === B3 The archive (APPNOTE 6.3) =================================================================

MAX_ENTRIES, MAX_ENTRY, MAX_ARCHIVE = 64, 8 << 20, 16 << 20
JSON, BYTES, TEXT = "application/json", "application/octet-stream", "text/plain; charset=utf-8"
COPY = "verify_bundle.py"
FILES = {  # what each file is, and from which level on it is there
    "README.txt": (TEXT, "explanation", "public"),
    "keys/signer.json": (JSON, "signer", "public"),
    "payload/model.json": (JSON, "model", "public"),
    "payload/output.json": (JSON, "output", "public"),
    "payload/owner.json": (JSON, "record", "owner"),
    "payload/policy.json": (JSON, "policy", "auditor"),
    "payload/proof.bin": (BYTES, "proof", "public"),
    "payload/redacted.json": (JSON, "redaction", "public"),
    "payload/snapshot.json": (JSON, "input", "public"),
    "payload/statement.bin": (BYTES, "statement", "public"),
    "payload/statement.json": (JSON, "statement", "public"),
    "payload/verifier.json": (JSON, "parameters", "public"),
    COPY: ("text/x-python; charset=utf-8", "verifier", "public"),
}
HIDDEN = {  # what payload/redacted.json has hashes of, by the level up to which it does
    "public": [f"policy.{key}" for key in POLICY if key != "schema"] + ["salt"],
    "auditor": ["created_at", "phases", "proving_micros"],
}
REVEALED = {
    "schema": "obsqra/reveal/1",
    "decision": "[0-9a-f]{32}",
    "field": ANY_TEXT,
    "value": lambda value: True,
    "salt": HEX32,
}
LEVELS = ("public", "auditor", "owner")
ATTESTATIONS = "attestations.intoto.jsonl"
UNLISTED = {"manifest.json", ATTESTATIONS}
LOCAL, CENTRAL, END = "<4sHHHHHIIIHH", "<4sHHHHHHIIIHHHHHII", "<4sHHHHIIH"
DATE_1980, PLAIN_FILE = 0x21, 0o100644 << 16


def intact(condition: object, reason: str) -> None:
    """Reject an archive unless the condition holds."""
    require(condition, "archive", reason)


def unzip(archive: bytes) -> dict[str, bytes]:
    """The files of an archive of the one allowed form.

    Python's `zipfile` is not used: it skips data before, between and behind entries and accepts
    what other programs read differently. Here every byte of the archive is accounted for: entries
    stored without compression, in order of their names, back to back from the first byte on,
    dated 1980-01-01, mode 0644, no flags, extra fields or comments; then the directory; then the
    end record, which is the end of the file.
    """
    intact(len(archive) <= MAX_ARCHIVE, "it is larger than 16 MiB")
    intact(len(archive) >= 22, "it is no zip archive")
    mark, *disks, on_disk, count, length, start, comment = struct.unpack(END, archive[-22:])
    intact(mark == b"PK\5\6", "it is no zip archive, or data follow behind its end")
    intact([*disks, comment, on_disk] == [0, 0, 0, count], "its end record is unusual")
    intact(1 <= count <= MAX_ENTRIES, "it has no entries, or more than 64")
    at_end = start + length + 22 == len(archive)
    intact(at_end, "its directory is not right before its end: data were put in, or it was cut")
    entries: dict[str, bytes] = {}
    directory, at = Reader(archive[start:-22], "archive"), 0
    for _ in range(count):
        name, data, at = read_entry(archive, directory, at)
        intact(name not in entries, f"two entries have the name {shown(name)}")
        intact(name in FILES or name in UNLISTED, f"unknown entry {shown(name)}")
        entries[name] = data
    directory.end()
    intact(at == start, "data lie between its entries and its directory")
    intact(list(entries) == sorted(entries), "its entries are not in order")
    return entries


def read_entry(archive: bytes, directory: Reader, at: int) -> tuple[str, bytes, int]:
    """One entry: name, bytes, and where it ends; the directory and the local header agree."""
    central = struct.unpack(CENTRAL, directory.take(46))
    mark, maker, needs, flags, method, time, date, crc, packed, size = central[:10]
    name_size, extra, comment, disk, internal, external, offset = central[10:]
    intact(mark == b"PK\1\2", "its directory is damaged")
    intact(name_size <= 100, "an entry has too long a name")
    raw_name = directory.take(name_size)
    name = raw_name.decode("ascii", "replace")
    parts = name.replace("\\", "/").split("/")
    outside = parts[0] == "" or ":" in name or ".." in parts
    intact(not outside, f"{shown(name)} leads out of the bundle")
    intact(size <= MAX_ENTRY, f"{shown(name)} is larger than 8 MiB")
    intact(method == 0 and packed == size, f"{shown(name)} is compressed, which no bundle is")
    intact(not stat.S_ISLNK(external >> 16), f"{shown(name)} is a link")
    plain = [maker, needs, flags, time, date, extra, comment, disk, internal, external]
    usual = [3 << 8 | 20, 20, 0, 0, DATE_1980, 0, 0, 0, 0, PLAIN_FILE]
    intact(plain == usual, f"{shown(name)} has unusual attributes")
    intact(offset == at, "data lie before or between its entries, or in two of them")
    header = [b"PK\3\4", 20, 0, 0, 0, DATE_1980, crc, size, size, name_size, 0]
    local = struct.pack(LOCAL, *header) + raw_name
    begin = at + len(local)
    intact(archive[at:begin] == local, f"{shown(name)} has two different headers")
    data = archive[begin : begin + size]
    intact(len(data) == size and binascii.crc32(data) == crc, f"{shown(name)} is damaged")
    return name, data, begin + size


def shown(name: str) -> str:
    """A name from outside, safe to print."""
    return ascii(name[:100])


# === B4 The checks of a bundle ====================================================================


@dataclass
class Bundle:
    """The files of a bundle; each is parsed once, and a broken one is reported once."""

    entries: dict[str, bytes] = field(default_factory=dict)
    parsed: dict[str, Any] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def read(self, name: str, parse: Callable[[bytes], Any] = bytes) -> Any:
        """What a file says; its bytes without a function that parses them."""
        if name in self.broken:
            raise Unavailable(f"{name} cannot be used")
        try:
            require(name in self.entries, "missing", "it is missing")
            if parse is bytes:
                return self.entries[name]
            if name not in self.parsed:
                self.parsed[name] = parse(self.entries[name])
            return self.parsed[name]
        except Rejected as error:
            self.broken.add(name)
            raise Rejected(error.kind, f"{name}: {error}") from None

    def json(self, name: str) -> Any:
        """A JSON file of the right shape."""
        return self.read(name, lambda raw: parse_document(raw, name))

    @property
    def statement(self) -> Statement:
        """The statement."""
        found: Statement = self.read("payload/statement.bin", parse_statement)
        return found

    @property
    def key(self) -> bytes:
        """The signer's public key."""
        return bytes.fromhex(self.json("keys/signer.json")["public_key"])

    @property
    def envelopes(self) -> list[tuple[str, bytes, bytes]]:
        """The DSSE envelopes: key id, payload, signature."""
        found: list[tuple[str, bytes, bytes]] = self.read(ATTESTATIONS, parse_envelopes)
        return found


def parse_document(raw: bytes, name: str) -> Any:
    """A JSON file of the right shape."""
    value = parse_json(raw, "it")
    if name in SHAPES:
        require(fits(value, SHAPES[name]), "schema", "it does not have the form of its schema")
    elif name in SCHEMAS:
        same = isinstance(value, dict) and value.get("schema") == SCHEMAS[name]
        require(same, "schema", f"it is not of schema {SCHEMAS[name]}")
    if name == "keys/signer.json":
        own = sha256(bytes.fromhex(value["public_key"])) == value["key_id"]
        require(own, "schema", "the key id does not belong to the key")
    return value


def parse_envelopes(raw: bytes) -> list[tuple[str, bytes, bytes]]:
    """The DSSE envelopes, one to a line."""
    require(raw.endswith(b"\n"), "signature", "it does not end with a line")
    lines, result = raw[:-1].split(b"\n"), []
    require(len(lines) <= 8, "signature", "it has too many lines")
    for line in lines:
        envelope = parse_json(line, "an envelope")
        require(fits(envelope, ENVELOPE), "signature", "an envelope has another form")
        (signature,) = envelope["signatures"]
        payload, signed = unbase64(envelope["payload"]), unbase64(signature["sig"])
        result.append((signature["keyid"], payload, signed))
    return result


def unbase64(text: str) -> bytes:
    """Bytes from base64 in its one form."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    same = base64.b64encode(raw).decode("ascii") == text
    require(same, "signature", "an envelope has bad base64")
    return raw


def sha256(data: bytes) -> str:
    """Lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def check_manifest(b: Bundle) -> str:
    """Every file is listed, described and hashed by the manifest, and no other is there."""
    manifest = b.json("manifest.json")
    reach = LEVELS.index(manifest["level"])
    expected = sorted(name for name, kind in FILES.items() if LEVELS.index(kind[2]) <= reach)
    listed = [one["path"] for one in manifest["files"]]
    found = b.entries.keys() - UNLISTED
    extra, missing = sorted(found - set(listed)), sorted(set(listed) - found)
    require(not extra, "manifest", f"not in the manifest: {', '.join(extra)}")
    missing_words = ", ".join(map(shown, missing))
    require(not missing, "manifest", f"in the manifest, but missing: {missing_words}")
    require(listed == expected, "manifest", f"these are not the files of level {LEVELS[reach]}")
    for one in manifest["files"]:
        name, data = one["path"], b.entries[one["path"]]
        described = (one["mediaType"], one["role"], one["disclosure"])
        require(described == FILES[name], "manifest", f"{name} is described wrongly")
        same = one["size"] == len(data) and one["sha256"] == sha256(data)
        require(same, "manifest", f"{name} was altered")
    return f"{len(listed)} files, level {LEVELS[reach]}"


def check_signatures(b: Bundle) -> str:
    """DSSE: each line is signed by the key in the bundle."""
    kind = PAYLOAD_TYPE.encode("ascii")
    for number, (key_id, payload, signature) in enumerate(b.envelopes, 1):
        require(key_id == sha256(b.key), "signature", f"signature {number} names another key")
        message = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
        try:
            check_signature(b.key, message, signature)
        except Rejected as error:
            raise Rejected("signature", f"signature {number}: {error}") from None
    return f"{len(b.envelopes)} signatures by key {sha256(b.key)}"


def check_subjects(b: Bundle) -> str:
    """in-toto: what was signed is this manifest and this decision; nothing was dropped."""
    manifest, s = b.json("manifest.json"), b.statement
    subject = {"name": "manifest.json", "digest": {"sha256": sha256(b.read("manifest.json"))}}
    decision = {
        "decision": manifest["decision"],
        "level": manifest["level"],
        "statementDigest": s.digest.hex(),
        "policyCommitment": s.commitment_hex,
        "proofSha256": sha256(b.read("payload/proof.bin")),
    }
    kinds, found = [DECISION_TYPE, RESULT_TYPE], []
    for _, payload, _ in b.envelopes:
        value = parse_json(payload, "a signed statement")
        kind = value.get("predicateType") if isinstance(value, dict) else None
        predicate = decision if kind == DECISION_TYPE else RESULT
        form = {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": lambda given: given == [subject],
            "predicateType": lambda given: given in kinds,
            "predicate": predicate,
        }
        require(fits(value, form), "subjects", "a signed statement is about something else")
        found.append(kind)
    require(manifest["statements"] == kinds, "subjects", "the manifest expects other statements")
    require(found == kinds, "subjects", "a signed statement is missing, was added or moved")
    own = s.digest.hex()[:32] == manifest["decision"]
    require(own, "subjects", "the decision's id does not belong to the statement")
    return f"{len(found)} statements about the manifest"


def check_schema(b: Bundle) -> str:
    """Every document is canonical and of its schema, and the statement parses."""
    names = [name for name, kind in FILES.items() if kind[0] == JSON and name in b.entries]
    for name in names:
        if name != "payload/verifier.json":  # a check of its own
            b.json(name)
    reach = LEVELS.index(b.json("manifest.json")["level"])
    expected = sorted(path for level in LEVELS[reach:2] for path in HIDDEN[level])
    hidden = [one["path"] for one in b.json("payload/redacted.json")["fields"]]
    require(hidden == expected, "schema", "redacted.json hides other fields than its level does")
    return f"{len(names)} documents, a statement about {len(b.statement.pools)} pools"


def check_snapshot(b: Bundle) -> str:
    """The statement binds this snapshot: digest, pools, metrics, block and chain."""
    snapshot, s = b.json("payload/snapshot.json"), b.statement
    digest = blake2s(b"OBSQRA/SNAPSHOT1" + b.read("payload/snapshot.json"))
    require(digest == s.snapshot_digest, "binding", "the statement is about another snapshot")
    given = [(one["id"], [one["metrics"][name] for name in METRICS]) for one in snapshot["pools"]]
    stated = [(felt(pool.id), list(pool.metrics)) for pool in s.pools]
    require(given == stated, "binding", "pools or metrics differ")
    absent = [snapshot[key] is None for key in ("chain", "block_number", "block_timestamp")]
    require(len(set(absent)) == 1, "binding", "chain and block go together or are all null")
    chained = not absent[0] or "evidence" not in snapshot
    require(chained, "binding", "there is evidence of numbers that come from no chain")
    require((snapshot["block_number"] or 0) == s.block_number, "binding", "the block differs")
    chain = (snapshot["chain"] or "").encode("ascii")
    require(int.from_bytes(chain, "big") == s.chain_id, "binding", "the chain differs")
    return digest.hex()


def check_model(b: Bundle) -> str:
    """The statement carries the weights of this model."""
    weights = b.json("payload/model.json")["weights"]
    rows = [*weights["w1"], weights["b1"], *weights["w2"], weights["b2"]]
    flat = tuple(weight for row in rows for weight in row)
    require(flat == b.statement.weights, "binding", "the weights differ")
    return b.statement.model_digest.hex()


def check_documents(b: Bundle) -> str:
    """The readable files are, byte for byte, what the statement implies."""
    s, named = b.statement, b.json("payload/snapshot.json")["pools"]
    require(len(named) == len(s.pools), "documents", "the number of pools differs")
    decision = "rebalance" if s.decision else "hold"
    pools, shares = [], []
    for pool, name in zip(s.pools, named):
        said = {"id": felt(pool.id), "score": pool.score, "allocation_bps": pool.allocation}
        judged = {"model_class": pool.model_class, "flag": pool.flag == 1}
        pools.append({**said, **judged, "metrics": dict(zip(METRICS, pool.metrics))})
        shares.append({**said, "venue": name["venue"], "name": name["name"]})
    statement = {
        "schema": "obsqra/statement/1",
        "version": VERSION,
        "parameter_set": PARAMETER_SET,
        "chain_id": felt(s.chain_id),
        "gate": felt(s.gate),
        "account": felt(s.account),
        "nonce": str(s.nonce),
        "expiry": str(s.expiry),
        "block_number": str(s.block_number),
        "snapshot_digest": s.snapshot_digest.hex(),
        "rule_id": s.rule_id,
        "model_digest": s.model_digest.hex(),
        "policy_commitment": s.commitment_hex,
        "pools": pools,
        "decision": decision,
        "idle_bps": s.idle,
    }
    output = {
        "schema": "obsqra/output/1",
        "statement_digest": s.digest.hex(),
        "rule": RULES[s.rule_id][0],
        "decision": decision,
        "allocation": shares,
        "idle_bps": s.idle,
    }
    for name, document in (("statement", statement), ("output", output)):
        same = canonical(document).encode("utf-8") == b.read(f"payload/{name}.json")
        require(same, "documents", f"{name}.json says something else than the statement")
    return "statement.json, output.json"


def check_evaluation(b: Bundle) -> str:
    """Section 1's rules, as far as public numbers show whether they were kept."""
    s = b.statement
    for number, pool in enumerate(s.pools, 1):

        def check(condition: object, what: str, which: str = f"pool {number}") -> None:
            require(condition, "evaluation", f"{which}: {what}")

        score, found = score_of(s.rule_id, pool.metrics), class_of(s.weights, pool.metrics)
        check(pool.score == score, f"its score is {score}")
        check(pool.model_class == found, f"its class is {found}")
        check(pool.metrics[5] or not pool.allocation, "it has a share but yields nothing")
        used = pool.allocation and pool.flag
        check(s.decision or not used, "it is flagged and has a share, yet the decision is hold")
    possible = any(pool.flag and pool.metrics[5] for pool in s.pools)
    require(possible or not s.decision, "evaluation", "no pool can demand to rebalance")
    filled = any(pool.allocation >= 1000 for pool in s.pools)
    require(filled, "evaluation", "no pool holds 10 %, which every policy demands")
    return f"{len(s.pools)} pools by rule {RULES[s.rule_id][0]}"


def check_parameters(b: Bundle) -> str:
    """The proof's parameters are those that this file verifies."""
    said = b.json("payload/verifier.json")
    bits = "{conjectured_bits} bits conjectured, {proven_list_bits} proven; unaudited"
    return bits.format(**said)


def check_proof(b: Bundle) -> str:
    """The STARK proof (section 10)."""
    statement, proof = b.read("payload/statement.bin"), b.read("payload/proof.bin")
    try:
        verify_proof(statement, proof)
    except Rejected as error:
        raise Rejected(error.kind, f"{error} ({error.kind})") from None
    return "accepted by this file's own verifier"


def check_opening(b: Bundle) -> str:
    """The disclosed policy and salt open the commitment (section 11)."""
    opening, s = b.json("payload/policy.json"), b.statement
    ids = opening["policy"]["allowlist"] or []
    require(len(set(ids)) == len(ids), "schema", "the allowlist names a pool twice")
    same = commit(opening["policy"], s, opening["salt"]) == s.commitment
    require(same, "opening", "policy and salt give another commitment")
    return "policy and salt give the commitment in the statement"


def check_decision(b: Bundle) -> str:
    """The whole decision is made again under the disclosed policy (section 1)."""
    policy, s = b.json("payload/policy.json")["policy"], b.statement
    shares = allocate(policy, s.pools)
    same = shares == [pool.allocation for pool in s.pools]
    require(same, "decision", f"the policy demands the allocation {shares}")
    spread = sum(share >= 1000 for share in shares)
    require(spread >= policy["min_pools"], "decision", "too few pools hold 10 % or more")
    flagged = any(pool.flag and eligible(policy, pool) for pool in s.pools)
    require(s.decision == flagged, "decision", "the policy demands the other decision")
    return f"{'rebalance' if s.decision else 'hold'}, idle {s.idle} bps"


def check_revealed(raw: bytes, b: Bundle) -> str:
    """A field that its owner opened has the salted hash that this bundle holds for it."""
    one = json.loads(raw)  # as a person saved it, indented or not
    require(fits(one, REVEALED), "reveal", "it is no opened field")
    path, same = one["field"], one["decision"] == b.json("manifest.json")["decision"]
    require(same, "reveal", "it belongs to another decision")
    hidden = {item["path"]: item["sha256"] for item in b.json("payload/redacted.json")["fields"]}
    require(path in hidden, "reveal", "the bundle hides no such field")
    told = canonical([path, one["value"]]).encode()
    found = sha256(bytes.fromhex(one["salt"]) + told)
    require(found == hidden[path], "reveal", "value or salt is not what the bundle hides")
    return f"{path} = {canonical(one['value'])}"


CHECKS: list[tuple[str, str, Callable[[Bundle], str]]] = [
    ("manifest", "Every file is the one in the manifest, and no other is there", check_manifest),
    ("signature", "The signatures belong to the key in the bundle", check_signatures),
    ("subjects", "What was signed is this manifest", check_subjects),
    ("schema", "Every document has its strict form", check_schema),
    ("snapshot", "The snapshot is the one in the statement", check_snapshot),
    ("model", "The model is the one in the statement", check_model),
    ("documents", "The readable files say what the statement says", check_documents),
    ("evaluation", "Scores and model verdicts follow from the metrics", check_evaluation),
    ("parameters", "The proof's parameters are those of this verifier", check_parameters),
    ("proof", "The proof is a proof of the statement", check_proof),
]
PRIVATE_CHECKS: list[tuple[str, str, Callable[[Bundle], str]]] = [
    ("opening", "The disclosed policy opens the commitment", check_opening),
    ("decision", "Deciding again gives the same answer", check_decision),
]


# === B5 The report and the command line ===========================================================

PASS, FAIL, SKIPPED = "PASS", "FAIL", "SKIPPED"
EXIT, USAGE = {"VALID": 0, "INVALID": 1, "PARTIAL": 2}, 3


def outcome_of(check: Callable[[], str]) -> tuple[str, str]:
    """Run a check, whatever it does; the outcome and why."""
    try:
        return PASS, check()
    except Rejected as error:
        return FAIL, str(error)
    except Unavailable as error:
        return SKIPPED, str(error)
    except Exception as error:  # noqa: BLE001 - no input may get past the report
        return FAIL, f"it could not be checked ({type(error).__name__})"


def check_bundle(
    read: Callable[[], bytes],
    key: bytes | None = None,
    skip_proof: bool = False,
    revealed: bytes | None = None,
) -> dict[str, Any]:
    """The report on the archive that `read` gives, as `--json` prints it."""
    bundle, checks, outcomes = Bundle(), [], {}

    def run(name: str, title: str, check: Callable[[], str]) -> None:
        outcome, detail = outcome_of(check)
        outcomes[name] = outcome
        checks.append({"id": name, "title": title, "outcome": outcome, "detail": detail})

    def structure() -> str:
        bundle.entries = unzip(read())
        return f"{len(bundle.entries)} entries"

    def unless_left_out(name: str, check: Callable[[Bundle], str]) -> str:
        if not bundle.entries:
            raise Unavailable("the archive could not be opened")
        if skip_proof and name == "proof":
            raise Unavailable("left out, as asked for")
        return check(bundle)

    def named(b: Bundle) -> str:
        require(b.key == key, "signer", "the bundle was signed with another key")
        return sha256(b.key)

    def run_all(several: list[tuple[str, str, Callable[[Bundle], str]]]) -> None:
        for name, title, check in several:
            run(name, title, partial(unless_left_out, name, check))

    run("structure", "The archive is of the strict form", structure)
    run_all(CHECKS)
    manifest, signer = (bundle.parsed.get(n) for n in ("manifest.json", "keys/signer.json"))
    if manifest and manifest["level"] != "public":
        run_all(PRIVATE_CHECKS)
    if revealed is not None:
        title = "The opened field is the one that the bundle hides"
        run_all([("reveal", title, partial(check_revealed, revealed))])
    known = "unknown" if signer else "unreadable"
    if key is not None:
        run_all([("signer", "The signer is the one you named", named)])
        both = {outcomes["signer"], outcomes["signature"]} == {PASS}
        known = "known" if both else "not the given key"
    found = set(outcomes.values())
    return {
        "bundle": "INVALID" if FAIL in found else "PARTIAL" if SKIPPED in found else "VALID",
        "signer": known,
        "key_id": signer["key_id"] if signer else None,
        "copy": compare_copy(bundle.entries.get(COPY)),
        "level": manifest["level"] if manifest else None,
        "decision": manifest["decision"] if manifest else None,
        "checks": checks,
    }


def compare_copy(inside: bytes | None) -> str:
    """Whether the verifier in the bundle is this very file. No check: versions differ, too."""
    try:
        own = Path(__file__).read_bytes()
    except (NameError, OSError):
        return "unknown"
    return "none" if inside is None else "same" if inside == own else "different"


def in_words(report: dict[str, Any]) -> str:
    """The report for people."""
    lines = ["{outcome:<8} {id:<11} {title}: {detail}".format(**one) for one in report["checks"]]
    signer = {
        "known": "the key that you gave",
        "not the given key": "NOT the key that you gave, or its signatures are bad",
        "unknown": "unknown signer; bring the key from its owner with --key",
        "unreadable": "unreadable",
    }[report["signer"]]
    about = "Bundle: {bundle} (decision {decision}, level {level})".format(**report)
    copy = {
        "same": "the same file as this one",
        "different": "NOT this file: of another version, or changed; do not run it",
        "none": "none",
        "unknown": "not compared",
    }[report["copy"]]
    who = f"Signer: {signer} (key id {report['key_id']})"
    return "\n".join([*lines, "", about, who, f"verify_bundle.py inside: {copy}"])


def read_file(path: str) -> bytes:
    """A regular file of at most 16 MiB."""
    try:
        file = Path(path)
        intact(file.is_file(), "there is no such file")
        with file.open("rb") as stream:
            data = stream.read(MAX_ARCHIVE + 1)
    except (OSError, ValueError) as error:
        raise Rejected("archive", f"it cannot be read ({type(error).__name__})") from None
    return data


def read_key(given: str) -> bytes:
    """A public key from hex digits, or from a file with them or with a signer.json."""
    digits = r"\s*(?:0x)?([0-9a-fA-F]{64})\s*"
    found = re.fullmatch(digits, given)
    if not found:
        raw = read_file(given)
        if raw.lstrip().startswith(b"{"):
            return Bundle({"keys/signer.json": raw.strip()}).key
        found = re.fullmatch(digits, raw.decode("ascii", "replace"))
    if not found:
        raise Rejected("key", "a public key is 64 hex digits, or a file that holds them")
    return bytes.fromhex(found[1])


class Arguments(argparse.ArgumentParser):
    """Usage errors have an exit code of their own."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave."""
        self.exit(USAGE, f"{ascii(message)[1:-1]}\nsee: python3 -I -S verify_bundle.py --help\n")


def main(arguments: Sequence[str]) -> int:
    """Print the report; returns the exit code."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = Arguments("verify_bundle.py", description=__doc__, formatter_class=layout)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--key", metavar="KEY")
    parser.add_argument("--reveal", metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--skip-proof", action="store_true")
    options = parser.parse_args(arguments)
    try:
        key = None if options.key is None else read_key(options.key)
    except Rejected as error:
        parser.error(f"--key: {error}")
    try:
        revealed = None if options.reveal is None else read_file(options.reveal)
    except Rejected as error:
        parser.error(f"--reveal: {error}")
    report = check_bundle(lambda: read_file(options.file), key, options.skip_proof, revealed)
    print(json.dumps(report, indent=2) if options.json else ascii_only(in_words(report)))
    return EXIT[report["bundle"]]


def ascii_only(text: str) -> str:
    """Text for any terminal."""
    return text.encode("ascii", "backslashreplace").decode("ascii")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
