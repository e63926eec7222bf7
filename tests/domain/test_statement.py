"""Statements: canonical bytes, strict decoding, every field bound."""

import dataclasses
import hashlib
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped, statement
from obsqra_desktop.domain.commitment import Limbs, commit
from obsqra_desktop.domain.decision import Action, decide
from obsqra_desktop.domain.errors import InfeasiblePolicy, InvalidInput
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import STARK_PRIME
from obsqra_desktop.domain.poseidon2 import P
from obsqra_desktop.domain.proof import ProofPhase, ProofRequest
from obsqra_desktop.domain.risk import OBSQRA_V1_2, RULES, RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import (
    Binding,
    Statement,
    build_statement,
    public_mismatches,
)
from tests.domain.strategies import felts, policies, salts, snapshots

SALT: Limbs = (1, 2, 3, 4, 5, 6, 7, 8)
POLICY = shipped.preset("balanced")
MODELS = tuple(shipped.model(name) for name in shipped.MODEL_NAMES)


def build(
    snapshot: Snapshot,
    policy: Policy,
    salt: Limbs = SALT,
    rule: RiskRule = OBSQRA_V1_2,
    model: Model = MODELS[0],
    binding: Binding | None = None,
) -> Statement:
    decision = decide(snapshot, rule, model, policy)
    return build_statement(snapshot, rule, model, policy, salt, decision, binding)


SAMPLE = build(shipped.sample(), POLICY)
RAW = SAMPLE.encode()
bindings = st.builds(
    Binding, felts, felts, felts, st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1)
)


def test_layout_by_hand() -> None:
    raw = b"OBSQRA/STMT/1\0\0\0" + struct.pack("<II", 1, 1) + bytes(96) + bytes(24)
    raw += shipped.sample().digest() + struct.pack("<I", 1)
    flat = MODELS[0].weights.flat()
    raw += MODELS[0].digest() + struct.pack("<75i", *flat)
    raw += struct.pack("<8I", *commit(POLICY, SAMPLE.pool_ids, SALT)) + struct.pack("<I", 2)
    raw += int.from_bytes(b"SAMPLE_JEDISWAP", "big").to_bytes(32, "little")
    raw += struct.pack("<10I", 6500, 3500, 1, 98, 800, 850, 44, 2, 1, 4000)
    raw += int.from_bytes(b"SAMPLE_EKUBO", "big").to_bytes(32, "little")
    raw += struct.pack("<10I", 5000, 2500, 2, 95, 600, 1210, 34, 0, 0, 6000)
    raw += struct.pack("<II", 1, 0)
    assert raw == RAW
    assert SAMPLE.digest() == hashlib.blake2s(raw).digest()
    assert len(raw) == statement.HEAD_BYTES + 2 * statement.POOL_BYTES + statement.TAIL_BYTES


def test_statement_names_the_chain_and_block_of_its_snapshot() -> None:
    sample = shipped.sample()
    change = {"chain": "SN_MAIN", "block_number": 77, "block_timestamp": 5}
    made = build(sample.model_copy(update=change), POLICY)
    assert made.binding == Binding(chain_id=0x534E5F4D41494E)
    assert made.block_number == 77


@given(snapshots(), bindings, salts, st.sampled_from(RULES), st.sampled_from(MODELS), st.data())
def test_round_trip(
    snapshot: Snapshot,
    binding: Binding,
    salt: Limbs,
    rule: RiskRule,
    model: Model,
    data: st.DataObject,
) -> None:
    policy = data.draw(policies(snapshot.pool_ids, loose=True))
    try:
        made = build(snapshot, policy, salt, rule, model, binding)
    except InfeasiblePolicy:
        assert not decide(snapshot, rule, model, policy).feasible
        return
    assert Statement.decode(made.encode()) == made
    assert public_mismatches(made) == ()


def test_infeasible_decisions_have_no_statement() -> None:
    with pytest.raises(InfeasiblePolicy, match="your policy wants 2"):
        build(shipped.sample(), shipped.preset("conservative"))


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_every_changed_byte_is_another_statement_or_none(position: int, change: int) -> None:
    raw = bytearray(RAW)
    raw[position] ^= change
    try:
        decoded = Statement.decode(bytes(raw))
    except InvalidInput:
        return
    assert decoded != SAMPLE
    assert decoded.encode() == bytes(raw)
    assert decoded.digest() != SAMPLE.digest()


def test_every_length_but_the_right_one_is_refused() -> None:
    for length in range(len(RAW)):
        with pytest.raises(InvalidInput):
            Statement.decode(RAW[:length])
    with pytest.raises(InvalidInput, match="follow"):
        Statement.decode(RAW + b"\0")


@given(st.binary(max_size=900))
def test_random_bytes_are_refused(raw: bytes) -> None:
    for candidate in (raw, RAW[:24] + raw):
        try:
            decoded = Statement.decode(candidate)
        except InvalidInput:
            continue
        assert decoded.encode() == candidate


# Offsets of the fields that follow the magic; the first pool starts at HEAD_BYTES.
POOL = statement.HEAD_BYTES
END = len(RAW) - 8
AT = {
    "version": 16,
    "parameter_set": 20,
    "chain_id": 24,
    "gate": 56,
    "account": 88,
    "nonce": 120,
    "expiry": 128,
    "block_number": 136,
    "snapshot_digest": 144,
    "rule_id": 176,
    "model_digest": 180,
    "weights": 212,
    "commitment": 512,
    "n_pools": 544,
}
PRIME = STARK_PRIME.to_bytes(32, "little")


def u32(value: int) -> bytes:
    return value.to_bytes(4, "little")


@pytest.mark.parametrize(
    ("offset", "piece"),
    [
        (0, b"o"),
        (AT["version"], u32(2)),
        (AT["parameter_set"], u32(2)),
        (AT["chain_id"], PRIME),
        (AT["gate"], PRIME),
        (AT["account"], PRIME),
        (AT["nonce"], (2**63).to_bytes(8, "little")),
        (AT["expiry"], (2**63).to_bytes(8, "little")),
        (AT["block_number"], (2**63).to_bytes(8, "little")),
        (AT["rule_id"], u32(0)),
        (AT["rule_id"], u32(3)),
        (AT["model_digest"], bytes(32)),
        (AT["weights"], u32(3)),
        (AT["weights"], u32(64)),
        (AT["commitment"], u32(P)),
        (AT["n_pools"], u32(0)),
        (AT["n_pools"], u32(1)),
        (AT["n_pools"], u32(3)),
        (AT["n_pools"], u32(9)),
        (AT["n_pools"], u32(2**32 - 1)),
        (POOL, PRIME),
        (POOL, RAW[POOL + 72 : POOL + 104]),
        (POOL + 32, u32(10_001)),
        (POOL + 36, u32(10_001)),
        (POOL + 40, u32(4)),
        (POOL + 44, u32(101)),
        (POOL + 48, u32(30_001)),
        (POOL + 52, u32(20_001)),
        (POOL + 56, u32(101)),
        (POOL + 60, u32(3)),
        (POOL + 60, u32(1)),
        (POOL + 64, u32(0)),
        (POOL + 64, u32(2)),
        (POOL + 68, u32(4_001)),
        (POOL + 68, u32(10_001)),
        (END, u32(2)),
        (END + 4, u32(1)),
        (END + 4, u32(10_001)),
    ],
)
def test_decode_refuses(offset: int, piece: bytes) -> None:
    with pytest.raises(InvalidInput):
        Statement.decode(RAW[:offset] + piece + RAW[offset + len(piece) :])


def first_pool(**change: object) -> Callable[[Statement], Statement]:
    def apply(s: Statement) -> Statement:
        pool = dataclasses.replace(s.pools[0], **change)  # type: ignore[arg-type]
        return dataclasses.replace(s, pools=(pool, *s.pools[1:]))

    return apply


def first_metric(**change: int) -> Callable[[Statement], Statement]:
    metrics = SAMPLE.pools[0].metrics.model_copy(update=change)
    return first_pool(metrics=metrics)


def bound(**change: int) -> Callable[[Statement], Statement]:
    return lambda s: dataclasses.replace(s, binding=dataclasses.replace(s.binding, **change))


def field(**change: object) -> Callable[[Statement], Statement]:
    return lambda s: dataclasses.replace(s, **change)  # type: ignore[arg-type]


TAMPERS: dict[str, Callable[[Statement], Statement]] = {
    "chain_id": bound(chain_id=1),
    "gate": bound(gate=1),
    "account": bound(account=1),
    "nonce": bound(nonce=1),
    "expiry": bound(expiry=1),
    "block_number": field(block_number=1),
    "snapshot_digest": field(snapshot_digest=bytes(32)),
    "rule_id": field(rule_id=2),
    "weights": field(weights=MODELS[1].weights),
    "commitment": field(commitment=SALT),
    "pool id": first_pool(id=5),
    "utilization": first_metric(utilization_bps=1),
    "volatility": first_metric(volatility_bps=1),
    "tier": first_metric(liquidity_tier=0),
    "audit": first_metric(audit_score=1),
    "age": first_metric(age_days=1),
    "apy": first_metric(apy_bps=1),
    "score": first_pool(score=1),
    "class and flag": first_pool(model_class=1, flag=False),
    "action": field(action=Action.HOLD),
    "pool order": lambda s: dataclasses.replace(s, pools=s.pools[::-1]),
    "allocation": lambda s: dataclasses.replace(
        s,
        pools=(dataclasses.replace(s.pools[0], allocation_bps=3_999), s.pools[1]),
        idle_bps=1,
    ),
}


@pytest.mark.parametrize("tamper", TAMPERS.values(), ids=TAMPERS)
def test_every_field_is_in_the_bytes(tamper: Callable[[Statement], Statement]) -> None:
    changed = tamper(SAMPLE)
    assert changed.encode() != RAW
    assert changed.digest() != SAMPLE.digest()
    assert Statement.decode(changed.encode()) == changed


@pytest.mark.parametrize("name", ["weights", "rule_id", "utilization", "score", "class and flag"])
def test_public_mismatches_are_told(name: str) -> None:
    assert public_mismatches(TAMPERS[name](SAMPLE))


@pytest.mark.parametrize(
    "tamper",
    [
        bound(chain_id=STARK_PRIME),
        bound(nonce=-1),
        bound(expiry=2**63),
        bound(nonce=True),
        field(snapshot_digest=bytes(31)),
        field(rule_id=9),
        field(pools=()),
        field(idle_bps=1),
        field(commitment=(0,) * 7),
        first_pool(score=-1),
        first_pool(flag=False),
        first_pool(id=SAMPLE.pools[1].id),
    ],
)
def test_no_malformed_statement_exists(tamper: Callable[[Statement], Statement]) -> None:
    with pytest.raises(InvalidInput):
        tamper(SAMPLE)


def test_request_opens_the_commitment() -> None:
    opening = ProofRequest(SAMPLE, POLICY, SALT).policy_opening()
    assert opening == struct.pack("<15I", 6000, 2, 60, 5000, 1, 0, 3, *SALT)
    with pytest.raises(InvalidInput):
        ProofRequest(SAMPLE, shipped.preset("aggressive"), SALT)
    with pytest.raises(InvalidInput):
        ProofRequest(SAMPLE, POLICY, (2, 2, 3, 4, 5, 6, 7, 8))


def test_phases_have_words() -> None:
    assert [phase.label for phase in ProofPhase] == [
        "Build the trace",
        "Commit to the trace",
        "Evaluate the constraints",
        "Open and fold (FRI)",
    ]
