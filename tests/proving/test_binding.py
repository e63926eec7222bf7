"""Every public value is bound: change it, and the proof no longer verifies."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice

import pytest

from obsqra_desktop.domain.commitment import to_limbs
from obsqra_desktop.domain.decision import Action
from obsqra_desktop.domain.errors import ProofRejected
from obsqra_desktop.domain.model import WEIGHT_COUNT, Weights
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics
from obsqra_desktop.domain.risk import RISK_ENGINE_V4
from obsqra_desktop.domain.statement import Binding, Statement, StatementPool
from obsqra_desktop.proving.native import NativeProver
from tests.proving.conftest import Proved
from tests.proving.making import SHIPPED_MODELS, Case, ignore, never, sample

Change = tuple[str, Statement]
DOES_NOT_HOLD = "the proof does not hold"


def step(value: int) -> int:
    """The next value, or the one before: always within the range of a metric above zero."""
    return value - 1 if value else 1


def in_pool(statement: Statement, index: int, **to: object) -> Statement:
    pools = list(statement.pools)
    pools[index] = replace(pools[index], **to)  # type: ignore[arg-type]
    return replace(statement, pools=tuple(pools))


def binding_changes(statement: Statement) -> Iterator[Change]:
    for field in fields(Binding):
        changed = step(getattr(statement.binding, field.name))
        binding = replace(statement.binding, **{field.name: changed})
        yield f"binding.{field.name}", replace(statement, binding=binding)


def plain_changes(statement: Statement) -> Iterator[Change]:
    digest = statement.snapshot_digest
    for index in range(len(digest)):
        other = digest[:index] + bytes([digest[index] ^ 1]) + digest[index + 1 :]
        yield f"snapshot_digest.{index}", replace(statement, snapshot_digest=other)
    yield "block_number", replace(statement, block_number=step(statement.block_number))
    yield "rule_id", replace(statement, rule_id=RISK_ENGINE_V4.id)
    for index in range(WEIGHT_COUNT):
        flat = list(statement.weights.flat())
        flat[index] = step(flat[index]) if flat[index] >= 0 else flat[index] + 1
        yield f"weights.{index}", replace(statement, weights=Weights.from_flat(flat))
    for index in range(8):
        limbs = list(statement.commitment)
        limbs[index] = step(limbs[index])
        yield f"commitment.{index}", replace(statement, commitment=to_limbs(limbs))
    yield "action", replace(statement, action=Action(1 - statement.action))


def pool_changes(statement: Statement) -> Iterator[Change]:
    for index, pool in enumerate(statement.pools):
        yield f"pools.{index}.id", in_pool(statement, index, id=pool.id + 1)
        for name in METRIC_NAMES:
            changed = {name: step(getattr(pool.metrics, name))}
            metrics = pool.metrics.model_copy(update=changed)
            yield f"pools.{index}.metrics.{name}", in_pool(statement, index, metrics=metrics)
        yield f"pools.{index}.score", in_pool(statement, index, score=step(pool.score))
        for other in {0, 1, 2} - {pool.model_class}:
            changed_class = in_pool(statement, index, model_class=other, flag=other == 2)
            yield f"pools.{index}.model_class {other}", changed_class
            if (other == 2) != pool.flag:
                yield f"pools.{index}.flag", changed_class
        less = in_pool_amount(statement, index, pool.allocation_bps - 1)
        yield f"pools.{index}.allocation_bps", less
        yield f"idle_bps and pool {index}", less


def in_pool_amount(statement: Statement, index: int, amount: int) -> Statement:
    """The pool gets this much; what it loses stays idle."""
    pools = list(statement.pools)
    idle = statement.idle_bps + pools[index].allocation_bps - amount
    pools[index] = replace(pools[index], allocation_bps=amount)
    return replace(statement, pools=tuple(pools), idle_bps=idle)


def whole_changes(statement: Statement) -> Iterator[Change]:
    """Changes of several values at once that keep the statement well-formed."""
    first, second = statement.pools
    yield "pools in another order", replace(statement, pools=(second, first))
    for kept, gone in ((first, second), (second, first)):
        idle = statement.idle_bps + gone.allocation_bps
        yield "one pool less", replace(statement, pools=(kept,), idle_bps=idle)
    more = replace(first, id=first.id + second.id + 1, allocation_bps=0)
    yield "one pool more", replace(statement, pools=(first, second, more))
    moved = (
        replace(first, allocation_bps=first.allocation_bps - 1),
        replace(second, allocation_bps=second.allocation_bps + 1),
    )
    yield "a point from pool to pool", replace(statement, pools=moved)
    swapped = (
        replace(first, allocation_bps=second.allocation_bps),
        replace(second, allocation_bps=first.allocation_bps),
    )
    yield "allocations swapped", replace(statement, pools=swapped)


def changes(statement: Statement) -> Iterator[Change]:
    yield from binding_changes(statement)
    yield from plain_changes(statement)
    yield from pool_changes(statement)
    yield from whole_changes(statement)


def test_no_changed_value_is_accepted(prover: NativeProver, proved: Proved) -> None:
    statement = proved.case.statement
    tried = 0
    for name, changed in changes(statement):
        assert changed != statement, name
        with pytest.raises(ProofRejected, match=DOES_NOT_HOLD):
            prover.verify(changed.encode(), proved.proof)
        tried += 1
    assert tried > 150


def test_every_field_is_among_the_changes(proved: Proved) -> None:
    words = {word for name, _ in changes(proved.case.statement) for word in name.split(".")}
    words = {part for word in words for part in word.split()}
    for kind in (Statement, Binding, StatementPool):
        assert {field.name for field in fields(kind)} <= words
    assert set(PoolMetrics.model_fields) <= words


def test_no_changed_byte_is_accepted(prover: NativeProver, proved: Proved) -> None:
    for index in range(len(proved.statement)):
        for mask in (1 << index % 8, 0x80):
            changed = bytearray(proved.statement)
            changed[index] ^= mask
            with pytest.raises(ProofRejected):
                prover.verify(bytes(changed), proved.proof)


def other_cases(case: Case) -> tuple[Case, ...]:
    """The same decision but for one thing; each is feasible too."""
    pools = case.snapshot.pools
    metrics = pools[0].metrics.model_copy(update={"age_days": 799})
    older = (pools[0].model_copy(update={"metrics": metrics}), *pools[1:])
    renamed = (pools[0].model_copy(update={"name": "Another name"}), *pools[1:])
    tighter = {"max_volatility_bps": case.policy.max_volatility_bps - 1}
    return (
        case.but(salt=sample().salt),
        case.but(policy=case.policy.model_copy(update=tighter)),
        case.but(model=SHIPPED_MODELS[1]),
        case.but(rule=RISK_ENGINE_V4),
        case.but(snapshot=case.snapshot.model_copy(update={"pools": older})),
        case.but(snapshot=case.snapshot.model_copy(update={"pools": renamed})),
        case.but(snapshot=case.snapshot.model_copy(update={"taken_at": 1})),
        case.but(binding=Binding(chain_id=0, nonce=1)),
        sample("aggressive"),
    )


def test_a_proof_is_good_for_its_own_statement_only(prover: NativeProver, proved: Proved) -> None:
    for other in other_cases(proved.case):
        proof = prover.prove(other.request, ignore, never).proof
        prover.verify(other.statement.encode(), proof)
        for statement, wrong in (
            (proved.statement, proof),
            (other.statement.encode(), proved.proof),
        ):
            with pytest.raises(ProofRejected, match=DOES_NOT_HOLD):
                prover.verify(statement, wrong)


def test_parts_of_two_proofs_make_no_third(prover: NativeProver, proved: Proved) -> None:
    """Roots of one proof before the openings of another of the same statement."""
    other = prover.prove(proved.case.request, ignore, never).proof
    assert other != proved.proof
    for cut in islice(range(48, min(len(other), len(proved.proof)), 1_201), 40):
        with pytest.raises(ProofRejected):
            prover.verify(proved.statement, proved.proof[:cut] + other[cut:])
