"""Snapshots and policies as files: strict ranges, digests, round trips."""

import copy
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped, strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import (
    METRIC_NAMES,
    STARK_PRIME,
    PoolMetrics,
    felt_from_hex,
    felt_from_short_string,
    felt_to_hex,
)
from obsqra_desktop.domain.snapshot import MAX_BYTES, Snapshot
from tests.domain.strategies import felts, policies, snapshots

SAMPLE: dict[str, Any] = json.loads(strict_json.pretty(shipped.sample()))
POLICY: dict[str, Any] = json.loads(strict_json.pretty(shipped.preset("balanced")))


def changed(document: dict[str, Any], path: tuple[str | int, ...], value: object) -> bytes:
    result = copy.deepcopy(document)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(result).encode()


def without(document: dict[str, Any], path: tuple[str | int, ...]) -> bytes:
    result = copy.deepcopy(document)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return json.dumps(result).encode()


METRICS = ("pools", 0, "metrics")
HIGHEST = dict(zip(METRIC_NAMES, (10_000, 10_000, 3, 100, 30_000, 20_000), strict=True))
NO_WHOLE_NUMBERS = (True, False, "1", None, 1.0, 0.5, [], {}, 10**30, -(10**30))


@pytest.mark.parametrize(("name", "highest"), HIGHEST.items())
def test_metric_ranges(name: str, highest: int) -> None:
    for value in (0, highest):
        Snapshot.parse(changed(SAMPLE, (*METRICS, name), value))
    for wrong in (-1, highest + 1, *NO_WHOLE_NUMBERS):
        with pytest.raises(InvalidInput):
            Snapshot.parse(changed(SAMPLE, (*METRICS, name), wrong))


@pytest.mark.parametrize(("name", "highest"), HIGHEST.items())
def test_metric_ranges_without_a_file(name: str, highest: int) -> None:
    values = dict.fromkeys(METRIC_NAMES, 0)
    PoolMetrics(**{**values, name: highest})
    for wrong in (-1, highest + 1, True, 1.0, "1"):
        with pytest.raises(ValueError, match=name):
            PoolMetrics(**{**values, name: wrong})  # type: ignore[arg-type]


def test_nan_and_infinity() -> None:
    for word in ("NaN", "Infinity"):
        raw = changed(SAMPLE, (*METRICS, "apy_bps"), 4242).replace(b"4242", word.encode())
        with pytest.raises(InvalidInput):
            Snapshot.parse(raw)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("extra",), 1),
        (("pools", 0, "extra"), 1),
        ((*METRICS, "extra"), 1),
        (("pools", 0, "sources", "extra"), {"kind": "assumed", "detail": "x"}),
        (("pools", 0, "sources", "apy_bps", "extra"), 1),
        (("pools", 0, "sources", "apy_bps", "kind"), "guessed"),
        (("pools", 0, "sources", "apy_bps", "detail"), ""),
        (("pools", 0, "sources", "apy_bps", "detail"), "x" * 281),
        (("pools", 0, "name"), ""),
        (("pools", 0, "name"), "x" * 65),
        (("pools", 0, "name"), " padded"),
        (("pools", 0, "name"), "line\nbreak"),
        (("pools", 0, "venue"), "\u202eobukE"),
        (("pools", 0, "venue"), 7),
        (("pools", 0, "id"), 7),
        (("pools", 0, "id"), "7"),
        (("pools", 0, "id"), "0x07"),
        (("pools", 0, "id"), "0xAB"),
        (("pools", 0, "id"), "0X1"),
        (("pools", 0, "id"), "0x"),
        (("pools", 0, "id"), "-0x1"),
        (("pools", 0, "id"), "0x1 "),
        (("pools", 0, "id"), "0x١"),
        (("pools", 0, "id"), hex(STARK_PRIME)),
        (("pools", 0, "id"), "0x" + "f" * 5000),
        (("pools", 0, "id"), SAMPLE["pools"][1]["id"]),
        (("pools",), []),
        (("pools",), {}),
        (("pools",), [SAMPLE["pools"][0]] * 9),
        (("chain",), ""),
        (("chain",), "SN_MAIN"),
        (("block_number",), 1),
        (("block_timestamp",), 1),
        (("taken_at",), -1),
        (("taken_at",), None),
        (("taken_at",), 2**53),
        (("schema",), "obsqra/snapshot/2"),
    ],
)
def test_refused_snapshot(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(InvalidInput):
        Snapshot.parse(changed(SAMPLE, path, value))


@pytest.mark.parametrize(
    "path",
    [
        *((key,) for key in SAMPLE),
        *(("pools", 1, key) for key in SAMPLE["pools"][1]),
        *(("pools", 1, "metrics", key) for key in METRIC_NAMES),
        *(("pools", 1, "sources", key) for key in METRIC_NAMES),
    ],
)
def test_nothing_may_be_missing_in_a_snapshot(path: tuple[str | int, ...]) -> None:
    with pytest.raises(InvalidInput):
        Snapshot.parse(without(SAMPLE, path))


@pytest.mark.parametrize("count", [1, 2, 8, 9])
def test_number_of_pools(count: int) -> None:
    pools = [{**SAMPLE["pools"][0], "id": hex(i)} for i in range(count)]
    raw = changed(SAMPLE, ("pools",), pools)
    if count <= 8:
        assert Snapshot.parse(raw).pool_ids == tuple(range(count))
    else:
        with pytest.raises(InvalidInput):
            Snapshot.parse(raw)


def test_chain_and_block_go_together() -> None:
    on_chain = {**SAMPLE, "chain": "SN_SEPOLIA", "block_number": 5, "block_timestamp": 6}
    snapshot = Snapshot.parse(json.dumps(on_chain).encode())
    assert snapshot.chain_felt == 0x534E5F5345504F4C4941
    for key in ("chain", "block_number", "block_timestamp"):
        with pytest.raises(InvalidInput, match="together"):
            Snapshot.parse(changed(on_chain, (key,), None))
    for chain in ("x" * 32, "é", "a\tb"):
        with pytest.raises(InvalidInput):
            Snapshot.parse(changed(on_chain, ("chain",), chain))


def test_size_cap() -> None:
    with pytest.raises(InvalidInput, match="at most"):
        Snapshot.parse(b" " * (MAX_BYTES + 1))


@given(snapshots())
def test_snapshot_round_trip(snapshot: Snapshot) -> None:
    assert Snapshot.parse(strict_json.pretty(snapshot)) == snapshot
    assert Snapshot.parse(snapshot.canonical()) == snapshot


@given(snapshots())
def test_digest_needs_only_the_standard_library(snapshot: Snapshot) -> None:
    value = json.loads(strict_json.pretty(snapshot))
    raw = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert hashlib.blake2s(b"OBSQRA/SNAPSHOT1" + raw).digest() == snapshot.digest()


def test_every_leaf_changes_the_digest() -> None:
    document = {**SAMPLE, "chain": "SN_MAIN", "block_number": 5, "block_timestamp": 6}
    base = Snapshot.parse(json.dumps(document).encode()).digest()
    seen = {base}
    replacements: list[tuple[tuple[str | int, ...], object]] = [
        (("chain",), "SN_SEPOLIA"),
        (("block_number",), 7),
        (("block_timestamp",), 7),
        (("taken_at",), 7),
        (("pools", 0, "id"), "0x7"),
        (("pools", 0, "venue"), "Other"),
        (("pools", 0, "name"), "Other"),
        *(((*METRICS, name), 3) for name in METRIC_NAMES),
        *((("pools", 0, "sources", name, "kind"), "entered") for name in METRIC_NAMES),
        *((("pools", 0, "sources", name, "detail"), "other") for name in METRIC_NAMES),
    ]
    for path, value in replacements:
        seen.add(Snapshot.parse(changed(document, path, value)).digest())
    assert len(seen) == len(replacements) + 1


POLICY_RANGES = {
    "max_allocation_bps": (1, 10_000),
    "min_pools": (1, 8),
    "max_risk_score": (0, 100),
    "max_volatility_bps": (0, 10_000),
    "min_liquidity_tier": (0, 3),
}


@pytest.mark.parametrize(("name", "least", "most"), [(k, *v) for k, v in POLICY_RANGES.items()])
def test_policy_ranges(name: str, least: int, most: int) -> None:
    for value in (least, most):
        Policy.parse(changed(POLICY, (name,), value))
    for wrong in (least - 1, most + 1, *NO_WHOLE_NUMBERS):
        with pytest.raises(InvalidInput):
            Policy.parse(changed(POLICY, (name,), wrong))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("extra",), 1),
        (("exclude_flagged",), 1),
        (("exclude_flagged",), "true"),
        (("exclude_flagged",), None),
        (("allowlist",), "0x1"),
        (("allowlist",), [1]),
        (("allowlist",), ["0x01"]),
        (("allowlist",), ["0x1", "0x1"]),
        (("allowlist",), [hex(i) for i in range(65)]),
        (("name",), ""),
        (("name",), "x" * 65),
        (("name",), "\u0000"),
    ],
)
def test_refused_policy(path: tuple[str | int, ...], value: object) -> None:
    with pytest.raises(InvalidInput):
        Policy.parse(changed(POLICY, path, value))


@pytest.mark.parametrize("key", POLICY)
def test_nothing_may_be_missing_in_a_policy(key: str) -> None:
    with pytest.raises(InvalidInput):
        Policy.parse(without(POLICY, (key,)))


def test_policy_takes_no_internal_names() -> None:
    document = dict(POLICY)
    document["schema_id"] = "obsqra/policy/1"
    with pytest.raises(InvalidInput):
        Policy.parse(json.dumps(document).encode())


@given(policies())
def test_policy_round_trip(policy: Policy) -> None:
    assert Policy.parse(strict_json.pretty(policy)) == policy
    assert Policy.parse(policy.canonical()) == policy


@given(st.lists(felts, min_size=1, max_size=8, unique=True), st.data())
def test_allow_mask(ids: list[int], data: st.DataObject) -> None:
    policy = data.draw(policies(tuple(ids)))
    bits = [policy.allow_mask(tuple(ids)) >> i & 1 for i in range(8)]
    expected = [policy.allowlist is None or i in policy.allowlist for i in ids]
    assert bits == expected + [0] * (8 - len(ids))


@given(felts)
def test_felt_text_round_trip(value: int) -> None:
    assert felt_from_hex(felt_to_hex(value)) == value


def test_short_strings() -> None:
    assert felt_from_short_string("SN_MAIN") == 0x534E5F4D41494E


# --- evidence

EVIDENCE = {"digest": "ab" * 32, "definition_version": "obsqra-metrics/1"}
CHAINED = {
    **SAMPLE,
    "chain": "SN_PRACTICE",
    "block_number": 7,
    "block_timestamp": 8,
}


def test_documents_without_evidence_keep_their_bytes() -> None:
    """The digest from before snapshots could bind evidence."""
    sample = shipped.sample()
    assert b"evidence" not in sample.canonical()
    assert b"evidence" not in strict_json.pretty(sample)
    assert (
        sample.digest().hex() == "2bddaee06823f4852517a585967f876397953b92f1c182fab650f2f79a2c31ab"
    )


def test_evidence_is_in_the_digest() -> None:
    bare = Snapshot.parse(json.dumps(CHAINED).encode())
    bound = Snapshot.parse(json.dumps({**CHAINED, "evidence": EVIDENCE}).encode())
    other = {**EVIDENCE, "digest": "ac" + "ab" * 31}
    swapped = Snapshot.parse(json.dumps({**CHAINED, "evidence": other}).encode())
    assert len({bare.digest(), bound.digest(), swapped.digest()}) == 3
    assert Snapshot.parse(bound.canonical()) == bound
    assert Snapshot.parse(strict_json.pretty(bound)) == bound
    assert bare.evidence is None


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        {},
        "ab" * 32,
        {**EVIDENCE, "digest": "AB" * 32},
        {**EVIDENCE, "digest": "ab" * 31},
        {**EVIDENCE, "definition_version": ""},
        {**EVIDENCE, "definition_version": "with space"},
        {**EVIDENCE, "more": 1},
    ],
)
def test_evidence_has_one_form(evidence: object) -> None:
    with pytest.raises(InvalidInput):
        Snapshot.parse(json.dumps({**CHAINED, "evidence": evidence}).encode())


def test_no_evidence_without_a_chain() -> None:
    with pytest.raises(InvalidInput, match="no chain"):
        Snapshot.parse(json.dumps({**SAMPLE, "evidence": EVIDENCE}).encode())
