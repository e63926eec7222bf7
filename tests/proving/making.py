"""Feasible decisions with their statements, as samples and as hypothesis strategies."""

import random
import secrets
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.commitment import Limbs, commit, draw_salt, to_limbs
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.model import (
    B1_BOUND,
    B2_BOUND,
    HIDDEN,
    W1_BOUNDS,
    W2_BOUND,
    Model,
    Weights,
    WeightsFile,
)
from obsqra_desktop.domain.policy import FILLED_BPS, Policy
from obsqra_desktop.domain.pools import MAX_POOLS
from obsqra_desktop.domain.poseidon2 import P
from obsqra_desktop.domain.proof import PhaseTiming, ProofRequest
from obsqra_desktop.domain.risk import OBSQRA_V1_2, RULES, RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import MAX_U63, Binding, Statement, build_statement
from tests.domain.strategies import felts, make_snapshot, metrics

SHIPPED_MODELS = tuple(shipped.model(name) for name in shipped.MODEL_NAMES)


@dataclass(frozen=True)
class Case:
    """A decision's inputs and the statement that follows from them."""

    snapshot: Snapshot
    rule: RiskRule
    model: Model
    policy: Policy
    salt: Limbs
    binding: Binding | None = None

    @cached_property
    def statement(self) -> Statement:
        decision = decide(self.snapshot, self.rule, self.model, self.policy)
        return build_statement(
            self.snapshot, self.rule, self.model, self.policy, self.salt, decision, self.binding
        )

    @cached_property
    def request(self) -> ProofRequest:
        return ProofRequest(self.statement, self.policy, self.salt)

    @property
    def pair(self) -> tuple[bytes, bytes]:
        """What the native module takes: the statement's bytes and the opening."""
        request = self.request
        return request.statement.encode(), request.policy_opening()

    def but(self, **changes: Any) -> "Case":
        return replace(self, **changes)


def sample(preset: str = "balanced", salt: Limbs | None = None, model: int = 0) -> Case:
    """The shipped sample of two pools under a preset that fits it."""
    return Case(
        shipped.sample(),
        OBSQRA_V1_2,
        SHIPPED_MODELS[model],
        shipped.preset(preset),
        salt or draw_salt(secrets.token_bytes),
    )


def ignore(_: PhaseTiming) -> None:
    """A listener that does not listen."""


def never() -> bool:
    """Nobody cancels."""
    return False


def with_weights(chosen: Weights) -> Model:
    """A model of these weights; its card means nothing."""
    file = WeightsFile(w1=chosen.w1, b1=chosen.b1, w2=chosen.w2, b2=chosen.b2)
    return SHIPPED_MODELS[0].model_copy(update={"weights_file": file})


def random_weights(seed: int) -> Weights:
    """Weights anywhere within the bounds; every fourth seed keeps to the bounds themselves."""
    rng = random.Random(seed)
    bounds = [*W1_BOUNDS * HIDDEN, *[B1_BOUND] * HIDDEN, *[W2_BOUND] * 24, *[B2_BOUND] * 3]
    if seed % 4 == 0:
        return Weights.from_flat([rng.choice((-bound, bound)) for bound in bounds])
    return Weights.from_flat([rng.randint(-bound, bound) for bound in bounds])


def random_salt(seed: int) -> Limbs:
    """A salt anywhere, the greatest and the least elements among them."""
    rng = random.Random(seed)
    return to_limbs([rng.choice((0, P - 1, rng.randrange(P), rng.randrange(P))) for _ in range(8)])


# By seed, as drawing and shrinking 75 weights one by one costs much and shows nothing.
seeds = st.integers(0, 2**32)
models = st.one_of(
    st.sampled_from(SHIPPED_MODELS), seeds.map(lambda seed: with_weights(random_weights(seed)))
)
bindings = st.builds(
    Binding,
    chain_id=felts,
    gate=felts,
    account=felts,
    nonce=st.integers(0, MAX_U63),
    expiry=st.integers(0, MAX_U63),
)


@st.composite
def policies_for(draw: st.DrawFn, snapshot: Snapshot, shares: tuple[int, ...] = ()) -> Policy:
    """A policy whose limits lie near the pools' own numbers, where mistakes would show.

    `shares`, if given, are what the pools would get without a cap.
    """
    count = len(snapshot.pools)
    own = [pool.metrics for pool in snapshot.pools]
    even = [10_000 // count, -(-10_000 // count)]
    near = [s + d for s in shares for d in (-1, 0, 1) if max(even) < s + d <= 10_000]
    special = st.sampled_from([1, 999, 1_000, 9_999, 10_000, *even])
    caps = (st.sampled_from(near or even), special, st.integers(min(even), 10_000))
    allowed = st.lists(st.sampled_from(snapshot.pool_ids), unique=True, max_size=count)
    return Policy(
        name="Random",
        max_allocation_bps=draw(st.one_of(*caps)),
        min_pools=draw(st.integers(1, 4)),
        max_risk_score=draw(st.sampled_from([100, 100, 100, *range(100)])),
        max_volatility_bps=draw(
            st.sampled_from([10_000, max(m.volatility_bps for m in own), 5_000])
        ),
        min_liquidity_tier=draw(st.sampled_from([0, 0, *(m.liquidity_tier for m in own)])),
        exclude_flagged=draw(st.booleans()),
        allowlist=draw(st.one_of(st.none(), st.none(), st.none(), allowed.map(tuple))),
    )


@st.composite
def snapshots_of_any_size(draw: st.DrawFn) -> Snapshot:
    """One to eight pools, each number as likely; at least one yields something."""
    size = draw(st.sampled_from(range(MAX_POOLS, 0, -1)))
    chosen = draw(st.lists(metrics, min_size=size, max_size=size))
    if draw(st.booleans()):  # yields of one magnitude, so that several pools share and are capped
        apys = [draw(st.integers(300, 900)) for _ in chosen]
        chosen = [
            one.model_copy(update={"apy_bps": apy}) for one, apy in zip(chosen, apys, strict=True)
        ]
    assume(any(one.apy_bps for one in chosen))
    return make_snapshot(chosen, draw(st.lists(felts, min_size=size, max_size=size, unique=True)))


NO_LIMITS = Policy(
    name="No limits",
    max_allocation_bps=10_000,
    min_pools=1,
    max_risk_score=100,
    max_volatility_bps=10_000,
    min_liquidity_tier=0,
    exclude_flagged=False,
    allowlist=None,
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Any feasible decision: the policy is loosened until it gives an allocation."""
    snapshot = draw(snapshots_of_any_size())
    rule, model = draw(st.sampled_from(RULES)), draw(models)
    shares = decide(snapshot, rule, model, NO_LIMITS).allocations_bps
    wanted = draw(policies_for(snapshot, shares or ()))
    loosened: list[dict[str, Any]] = [
        {},
        {"min_pools": 1},
        {"min_pools": 1, "max_allocation_bps": max(FILLED_BPS, wanted.max_allocation_bps)},
    ]
    tried = [wanted.model_copy(update=changes) for changes in loosened]
    policy = next(p for p in (*tried, NO_LIMITS) if decide(snapshot, rule, model, p).feasible)
    return Case(snapshot, rule, model, policy, random_salt(draw(seeds)), draw(bindings))


def committed_to(statement: Statement, policy: Policy, salt: Limbs) -> Statement:
    """The statement with the commitment to another policy and nothing else changed."""
    return replace(statement, commitment=commit(policy, statement.pool_ids, salt))
