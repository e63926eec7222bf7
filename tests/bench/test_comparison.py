"""The comparison's table and its count of agreements; it measures nothing here."""

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.pools import PoolMetrics
from tests.bench.comparison import (
    CORNERS,
    EZKL,
    FEATURES,
    LIMITS,
    MODEL,
    Line,
    agreement,
    plan,
    table,
)


def test_plans_cover_the_ranges() -> None:
    model = shipped.model(MODEL)
    for one in EZKL:
        made = plan(model, one)
        rows = [row for batch in made["tests"] for row in batch]
        assert rows[: len(CORNERS)] == CORNERS
        assert all(len(batch) == one.pools for batch in made["tests"])
        assert all(0 <= v <= top for row in rows for v, top in zip(row, LIMITS, strict=True))
        assert len(made["input"]) == one.pools


def test_agreement_counts_outputs_and_classes() -> None:
    model = shipped.model(MODEL)
    right = [
        list(
            model.weights.infer(
                PoolMetrics(**dict(zip(FEATURES, row, strict=True)), apy_bps=1)
            ).outputs
        )
        for row in CORNERS
    ]
    batches = [[row] for row in CORNERS]
    count = len(CORNERS)
    assert agreement(model, batches, right) == {
        "inputs": count,
        "same_outputs": count,
        "same_class": count,
    }
    shifted = [[value + 1 for value in row] for row in right]
    assert agreement(model, batches, shifted)["same_outputs"] == 0
    assert agreement(model, batches, shifted)["same_class"] == count


def test_the_table_shows_what_each_rests_on() -> None:
    ours = Line("a", "Ours", "yes", "none", "hashes")
    theirs = Line("b", "Theirs", "yes", "yes (KZG)", "pairing")
    theirs.setup = {
        "srs_seconds": 1.0,
        "setup_seconds": 0.5,
        "srs_bytes": 10,
        "vk_bytes": 20,
        "pk_bytes": 3_000_000,
    }
    for line in (ours, theirs):
        line.proved({"seconds": 0.25, "bytes": 3_072, "peak": None})
        line.verified({"seconds": 0.002, "good": True, "peak": None})
    assert (ours.setup_bytes, theirs.setup_bytes) == (None, 3_000_030)
    head, first, second = table([ours, theirs]).splitlines()
    for word in ("zero knowledge", "trusted set-up", "security"):
        assert word in head
    assert "none" in first
    assert "3.1 KB" in first
    assert "1.5 s" in second
    assert "3.0 MB" in second
