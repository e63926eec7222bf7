"""Errors, the legacy hash, schemas, shipped files."""

import itertools
import json

import jsonschema
import pytest

from obsqra_desktop.domain import legacy, shipped
from obsqra_desktop.domain.errors import (
    AppError,
    Cancelled,
    InvalidInput,
    NotFound,
    ProofRejected,
    StorageBusy,
    StorageError,
)
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import SourceKind
from obsqra_desktop.domain.snapshot import Snapshot
from tests.domain.strategies import make_metrics

JEDISWAP = make_metrics(6500, 3500, 1, 98, 800)
EKUBO = make_metrics(5000, 2500, 2, 95, 600)
ROOT = shipped.resource_root()


def test_legacy_hash_is_the_original() -> None:
    assert legacy.legacy_hash(JEDISWAP, EKUBO) == (
        "0xa580bdcca2ad02eeaed8dec976ea5903e7e4419e65a2abb95eda5f6bceb7b7ec"
    )
    assert legacy.LABEL == "hash, not a proof"


def test_legacy_hash_depends_on_every_number() -> None:
    base = legacy.legacy_hash(JEDISWAP, EKUBO)
    assert legacy.legacy_hash(EKUBO, JEDISWAP) != base
    for name in ("utilization_bps", "volatility_bps", "liquidity_tier", "audit_score", "age_days"):
        assert legacy.legacy_hash(JEDISWAP.model_copy(update={name: 0}), EKUBO) != base
    assert legacy.legacy_hash(JEDISWAP.model_copy(update={"apy_bps": 9}), EKUBO) == base


def test_legacy_shares() -> None:
    assert legacy.legacy_shares((44, 34), (850, 1210)) == (3533, 6467)
    assert legacy.legacy_shares((25, 35, 45), (850, 900, 1210)) == (3892, 2976, 3132)
    assert legacy.legacy_shares((5, 5), (0, 0)) == (0, 10_000)


def test_errors_are_one_line_and_typed() -> None:
    error = InvalidInput("two\nlines", where="a.b", hint="do this")
    assert str(error) == "Invalid input: a.b: two lines — do this"
    assert (error.code, error.retryable, error.where) == ("invalid_input", False, "a.b")
    assert ProofRejected("bad root").reason == "bad root"
    assert str(Cancelled("")) == "Cancelled"
    assert issubclass(StorageBusy, StorageError)
    assert StorageBusy.retryable


def test_codes_and_titles_differ() -> None:
    def below(kind: type[AppError]) -> list[type[AppError]]:
        return [kind, *(each for child in kind.__subclasses__() for each in below(child))]

    kinds = [kind for kind in below(AppError) if kind.__module__.endswith("domain.errors")]
    assert len({kind.code for kind in kinds}) == len({kind.title for kind in kinds}) == len(kinds)


def test_shipped_files_parse() -> None:
    names = {path.stem for path in (ROOT / "models").glob("*.json")}
    assert names == set(shipped.MODEL_NAMES)
    for name in names:
        assert shipped.model(name).name == name
    assert {path.stem for path in (ROOT / "presets").glob("*.json")} == set(shipped.PRESET_NAMES)
    assert [shipped.preset(name).name for name in shipped.PRESET_NAMES] == [
        "Conservative",
        "Balanced",
        "Aggressive",
    ]
    assert shipped.DEFAULT_MODEL in shipped.MODEL_NAMES
    assert shipped.DEFAULT_PRESET in shipped.PRESET_NAMES


def test_presets_loosen_step_by_step() -> None:
    presets = [shipped.preset(name) for name in shipped.PRESET_NAMES]
    for strict, loose in itertools.pairwise(presets):
        assert strict.max_allocation_bps < loose.max_allocation_bps
        assert strict.max_risk_score < loose.max_risk_score
        assert strict.max_volatility_bps < loose.max_volatility_bps
        assert strict.min_liquidity_tier > loose.min_liquidity_tier
        assert strict.exclude_flagged >= loose.exclude_flagged


@pytest.mark.parametrize("name", ["", "other", "../presets/balanced", "linear_v0.json"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(NotFound):
        shipped.model(name)
    with pytest.raises(NotFound):
        shipped.preset(name)


def test_sample_is_the_two_pools_and_says_that_nothing_was_measured() -> None:
    sample = shipped.sample()
    first, second = sample.pools
    assert first.metrics == JEDISWAP.model_copy(update={"apy_bps": 850})
    assert second.metrics == EKUBO.model_copy(update={"apy_bps": 1210})
    assert (sample.chain, sample.block_number, sample.chain_felt) == (None, None, 0)
    for pool in sample.pools:
        for name in type(pool.sources).model_fields:
            assert getattr(pool.sources, name).kind is SourceKind.ASSUMED


@pytest.mark.parametrize(
    ("schema", "kind", "folder"),
    [
        ("snapshot", Snapshot, "snapshots"),
        ("policy", Policy, "presets"),
        ("model", Model, "models"),
    ],
)
def test_schemas_describe_the_shipped_files(
    schema: str, kind: type[Snapshot | Policy | Model], folder: str
) -> None:
    document = json.loads((ROOT / "schema" / f"{schema}.schema.json").read_text("utf-8"))
    fresh = kind.model_json_schema(by_alias=True)
    assert document["$defs" if "$defs" in fresh else "title"] == fresh.get("$defs", kind.__name__)
    assert set(document["properties"]) == set(fresh["properties"])
    assert set(document["required"]) == set(document["properties"]) - {"evidence"}
    validator = jsonschema.Draft202012Validator(document)
    files = list((ROOT / folder).glob("*.json"))
    assert files
    for path in files:
        value = json.loads(path.read_text("utf-8"))
        validator.validate(value)
        assert not validator.is_valid({**value, "extra": 1})
        for key in value:
            assert not validator.is_valid({k: v for k, v in value.items() if k != key})
