"""The statement: everything that a proof says in public, as one canonical byte string.

Only well-formed statements can exist: the constructor checks every range, so `decode` accepts
exactly the outputs of `encode`. The layout, integers little-endian, without padding:

    16 B  "OBSQRA/STMT/1" and three zero bytes
    u32 version = 1, u32 parameter set = 1
    32 B chain_id, 32 B gate, 32 B account
    u64 nonce, u64 expiry, u64 block_number
    32 B snapshot digest, u32 rule id, 32 B model digest, 75 × i32 weights
    8 × u32 policy commitment
    u32 number of pools, 1..8; for each pool:
        32 B id; u32 utilization, volatility, tier, audit, age, apy;
        u32 score, u32 model class, u32 flag, u32 allocation_bps
    u32 decision (1 = rebalance), u32 idle_bps
"""

import hashlib
import struct
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.commitment import Limbs, commit, limbs_from_bytes, limbs_to_bytes
from obsqra_desktop.domain.commitment import to_limbs as check_limbs
from obsqra_desktop.domain.decision import Action, Decision
from obsqra_desktop.domain.errors import InfeasiblePolicy, InvalidInput
from obsqra_desktop.domain.model import CLASSES, FLAG_CLASS, WEIGHT_COUNT, Model, Weights
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import MAX_POOLS, STARK_PRIME, TOTAL_BPS, PoolMetrics
from obsqra_desktop.domain.risk import RiskRule, rule_by_id, score
from obsqra_desktop.domain.snapshot import Snapshot

MAGIC: Final = b"OBSQRA/STMT/1\0\0\0"
VERSION: Final = 1
PARAMETER_SET: Final = 1
MAX_U63: Final = 2**63 - 1
MAX_SCORE: Final = 100
HEAD_BYTES: Final = 16 + 8 + 96 + 24 + 32 + 4 + 32 + 4 * WEIGHT_COUNT + 32 + 4
POOL_BYTES: Final = 32 + 10 * 4
TAIL_BYTES: Final = 8
_POOL_RANGES: Final = (
    ("utilization_bps", 10_000),
    ("volatility_bps", 10_000),
    ("liquidity_tier", 3),
    ("audit_score", 100),
    ("age_days", 30_000),
    ("apy_bps", 20_000),
)


@dataclass(frozen=True, slots=True)
class Binding:
    """Where and when a decision may be executed. All zero but the chain: nowhere, a record only.

    chain_id, gate, account: felts; nonce; expiry in unix seconds.
    """

    chain_id: int
    gate: int = 0
    account: int = 0
    nonce: int = 0
    expiry: int = 0


@dataclass(frozen=True, slots=True)
class StatementPool:
    """One pool's public inputs and outputs."""

    id: int
    metrics: PoolMetrics
    score: int
    model_class: int
    flag: bool
    allocation_bps: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The public values of one proof; raises InvalidInput when any is out of range."""

    binding: Binding
    block_number: int
    snapshot_digest: bytes
    rule_id: int
    weights: Weights
    commitment: Limbs
    pools: tuple[StatementPool, ...]
    action: Action
    idle_bps: int

    def __post_init__(self) -> None:
        b = self.binding
        for name, felt in (("chain_id", b.chain_id), ("gate", b.gate), ("account", b.account)):
            _in_range(name, felt, STARK_PRIME - 1)
        counters = (("nonce", b.nonce), ("expiry", b.expiry), ("block_number", self.block_number))
        for name, counter in counters:
            _in_range(name, counter, MAX_U63)
        if len(self.snapshot_digest) != 32:
            raise InvalidInput("snapshot_digest must have 32 bytes")
        if rule_by_id(self.rule_id) is None:
            raise InvalidInput(f"there is no risk rule {self.rule_id}")
        check_limbs(self.commitment)
        _in_range("n_pools", len(self.pools), MAX_POOLS, least=1)
        for index, pool in enumerate(self.pools):
            _check_pool(f"pools.{index}", pool)
        if len({pool.id for pool in self.pools}) != len(self.pools):
            raise InvalidInput("two pools have the same id")
        _in_range("idle_bps", self.idle_bps, TOTAL_BPS)
        if sum(pool.allocation_bps for pool in self.pools) + self.idle_bps != TOTAL_BPS:
            raise InvalidInput(f"allocations and idle_bps must sum to {TOTAL_BPS}")

    def encode(self) -> bytes:
        """The canonical bytes."""
        b = self.binding
        parts = [
            MAGIC,
            struct.pack("<II", VERSION, PARAMETER_SET),
            *(felt.to_bytes(32, "little") for felt in (b.chain_id, b.gate, b.account)),
            struct.pack("<QQQ", b.nonce, b.expiry, self.block_number),
            self.snapshot_digest,
            struct.pack("<I", self.rule_id),
            self.weights.digest(),
            self.weights.encode(),
            limbs_to_bytes(self.commitment),
            struct.pack("<I", len(self.pools)),
        ]
        for pool in self.pools:
            m = pool.metrics
            parts.append(pool.id.to_bytes(32, "little"))
            parts.append(
                struct.pack(
                    "<10I",
                    m.utilization_bps,
                    m.volatility_bps,
                    m.liquidity_tier,
                    m.audit_score,
                    m.age_days,
                    m.apy_bps,
                    pool.score,
                    pool.model_class,
                    pool.flag,
                    pool.allocation_bps,
                )
            )
        parts.append(struct.pack("<II", self.action, self.idle_bps))
        return b"".join(parts)

    def digest(self) -> bytes:
        """32 bytes: blake2s of the canonical bytes."""
        return hashlib.blake2s(self.encode()).digest()

    @property
    def pool_ids(self) -> tuple[int, ...]:
        """The ids in order."""
        return tuple(pool.id for pool in self.pools)

    @classmethod
    def decode(cls, raw: bytes) -> "Statement":
        """Read canonical bytes; raises InvalidInput for anything `encode` cannot make."""
        reader = _Reader(raw)
        if reader.take(16) != MAGIC:
            raise InvalidInput("these bytes are no statement")
        if (reader.u32(), reader.u32()) != (VERSION, PARAMETER_SET):
            raise InvalidInput("the statement has another version or parameter set")
        chain_id, gate, account = reader.felt(), reader.felt(), reader.felt()
        binding = Binding(chain_id, gate, account, reader.u64(), reader.u64())
        block_number = reader.u64()
        snapshot_digest = reader.take(32)
        rule_id = reader.u32()
        model_digest = reader.take(32)
        flat = struct.unpack(f"<{WEIGHT_COUNT}i", reader.take(4 * WEIGHT_COUNT))
        weights = Weights.from_flat(flat)
        if weights.digest() != model_digest:
            raise InvalidInput("the model digest does not belong to the weights")
        commitment = limbs_from_bytes(reader.take(32))
        count = reader.u32()
        _in_range("n_pools", count, MAX_POOLS, least=1)
        pools = tuple(reader.pool(f"pools.{index}") for index in range(count))
        action = reader.flag("decision")
        idle_bps = reader.u32()
        reader.end()
        return cls(
            binding=binding,
            block_number=block_number,
            snapshot_digest=snapshot_digest,
            rule_id=rule_id,
            weights=weights,
            commitment=commitment,
            pools=pools,
            action=Action(action),
            idle_bps=idle_bps,
        )


class _Reader:
    """A cursor over bytes that never reads past the end."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def take(self, count: int) -> bytes:
        piece = self._raw[self._at : self._at + count]
        if len(piece) != count:
            raise InvalidInput("the statement is cut short")
        self._at += count
        return piece

    def u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def u64(self) -> int:
        return int.from_bytes(self.take(8), "little")

    def felt(self) -> int:
        return int.from_bytes(self.take(32), "little")

    def flag(self, name: str) -> bool:
        value = self.u32()
        _in_range(name, value, 1)
        return value == 1

    def pool(self, where: str) -> StatementPool:
        pool_id = self.felt()
        values: list[int] = []
        for name, greatest in _POOL_RANGES:
            value = self.u32()
            _in_range(f"{where}.{name}", value, greatest)
            values.append(value)
        utilization, volatility, tier, audit, age, apy = values
        metrics = PoolMetrics(
            utilization_bps=utilization,
            volatility_bps=volatility,
            liquidity_tier=tier,
            audit_score=audit,
            age_days=age,
            apy_bps=apy,
        )
        pool_score, model_class = self.u32(), self.u32()
        flag = self.flag(f"{where}.flag")
        return StatementPool(pool_id, metrics, pool_score, model_class, flag, self.u32())

    def end(self) -> None:
        if self._at != len(self._raw):
            raise InvalidInput("bytes follow the end of the statement")


def _in_range(name: str, value: int, greatest: int, *, least: int = 0) -> None:
    if isinstance(value, bool) or not least <= value <= greatest:
        raise InvalidInput(f"{value} is not within {least} to {greatest}", where=name)


def _check_pool(where: str, pool: StatementPool) -> None:
    _in_range(f"{where}.id", pool.id, STARK_PRIME - 1)
    _in_range(f"{where}.score", pool.score, MAX_SCORE)
    _in_range(f"{where}.model_class", pool.model_class, CLASSES - 1)
    _in_range(f"{where}.allocation_bps", pool.allocation_bps, TOTAL_BPS)
    if pool.flag != (pool.model_class == FLAG_CLASS):
        raise InvalidInput(f"the flag must be set exactly for class {FLAG_CLASS}", where=where)


def build_statement(
    snapshot: Snapshot,
    rule: RiskRule,
    model: Model,
    policy: Policy,
    salt: Limbs,
    decision: Decision,
    binding: Binding | None = None,
) -> Statement:
    """The statement of a feasible decision; InfeasiblePolicy for one without an allocation.

    Without a binding the decision is bound to the snapshot's chain and to nothing else.
    """
    amounts = decision.allocations_bps
    if amounts is None or decision.idle_bps is None:
        raise InfeasiblePolicy("; ".join(reason.text for reason in decision.infeasible_reasons))
    pools = tuple(
        StatementPool(
            id=pool.id,
            metrics=pool.metrics,
            score=verdict.risk.score,
            model_class=verdict.model.model_class,
            flag=verdict.model.flag,
            allocation_bps=amount,
        )
        for pool, verdict, amount in zip(snapshot.pools, decision.verdicts, amounts, strict=True)
    )
    return Statement(
        binding=binding or Binding(chain_id=snapshot.chain_felt),
        block_number=snapshot.block_number or 0,
        snapshot_digest=snapshot.digest(),
        rule_id=rule.id,
        weights=model.weights,
        commitment=commit(policy, snapshot.pool_ids, salt),
        pools=pools,
        action=decision.action,
        idle_bps=decision.idle_bps,
    )


def public_mismatches(statement: Statement) -> tuple[str, ...]:
    """Scores and model classes that do not follow from the public metrics, a sentence each.

    Anybody can check this much without a proof; the rest needs the proof.
    """
    rule = rule_by_id(statement.rule_id)
    if rule is None:
        raise InvalidInput(f"there is no risk rule {statement.rule_id}")
    found: list[str] = []
    for index, pool in enumerate(statement.pools):
        expected = score(rule, pool.metrics).score
        if expected != pool.score:
            found.append(f"pool {index}: the score is {expected}, the statement says {pool.score}")
        said = statement.weights.infer(pool.metrics).model_class
        if said != pool.model_class:
            found.append(
                f"pool {index}: the model says class {said}, the statement {pool.model_class}"
            )
    return tuple(found)
