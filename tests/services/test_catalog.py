"""Finding rules, models and policies by name or file."""

from pathlib import Path

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import shipped, strict_json
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.typed_pools import typed_metrics, typed_pool, typed_snapshot
from obsqra_desktop.services.catalog import CatalogService


@pytest.fixture
def catalog(data_dir: Path) -> CatalogService:
    return build_services(data_dir).catalog


def test_names(catalog: CatalogService) -> None:
    assert [rule.name for rule in catalog.rules()] == ["obsqra-v1.2", "risk-engine-v4"]
    assert [model.name for model in catalog.models()] == list(shipped.MODEL_NAMES)
    assert [policy.name for policy in catalog.presets()] == [
        "Conservative",
        "Balanced",
        "Aggressive",
    ]
    for missing in (catalog.rule, catalog.model, catalog.policy):
        with pytest.raises(NotFound):
            missing("nothing")


def test_files(catalog: CatalogService, tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    policy = shipped.preset("balanced").model_copy(update={"name": "Mine"})
    path.write_bytes(strict_json.pretty(policy))
    assert catalog.policy(str(path)) == policy
    assert catalog.save_policy(policy) == "mine"
    assert catalog.policy("mine") == policy
    assert catalog.saved() == ("mine",)
    model = tmp_path / "model.json"
    model.write_bytes(strict_json.pretty(shipped.model("linear_v0")))
    assert catalog.model(str(model)) == shipped.model("linear_v0")
    with pytest.raises(NotFound):
        catalog.policy(str(tmp_path / "none.json"))


def test_typed_pools() -> None:
    metrics = typed_metrics((5000, 2500, 2, 95, 600, 1210))
    pool = typed_pool("Ekubo", "ETH / USDC", metrics)
    assert typed_pool("Ekubo", "ETH / USDC", metrics).id == pool.id
    snapshot = typed_snapshot([pool], 5)
    assert snapshot.chain is None
    assert {pool.sources.apy_bps.kind.value} == {"entered"}
    with pytest.raises(InvalidInput, match="utilization"):
        typed_metrics((10_001, 0, 0, 0, 0, 0))
    with pytest.raises(InvalidInput):
        typed_metrics((1, 2))
    with pytest.raises(InvalidInput):
        typed_pool("", "x", metrics)
    nine = [typed_pool("v", str(i), metrics) for i in range(9)]
    for pools in ([], [pool, pool], nine):
        with pytest.raises(InvalidInput):
            typed_snapshot(pools, 5)
