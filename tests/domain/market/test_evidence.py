"""A snapshot with its replies in a file: what comes back, and that whatever is done to it is an
error with words or other numbers under another digest."""

from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.market import evidence
from obsqra_desktop.domain.market.derivation import assemble
from obsqra_desktop.domain.market.errors import NotReproduced
from obsqra_desktop.domain.market.questions import Reply, error_reply, result_reply
from obsqra_desktop.services.market.derive import derive
from tests.services.market.scripted import Bench, ekubo_pool

EKUBO = ekubo_pool().id
JUNK = [
    error_reply(20, "Contract not found"),
    error_reply(24, "Block not found"),
    result_reply([]),
    result_reply(["0x0"]),
    result_reply(["0x0"] * 4),
    result_reply(["0x0"] * 5),
    result_reply(["0x1"] * 5),
    result_reply(["0x" + "f" * 32, "0x0", "0x0", "0x0"]),
    result_reply("0x0"),
    result_reply({}),
    result_reply(None),
    b"{}",
    b"",
    b"[",
]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return Bench(tmp_path_factory.mktemp("market")).take()


def test_it_comes_back(taken: Any) -> None:
    found = evidence.parse(evidence.dump(taken.market, taken.replies))
    assert found.market == taken.market
    assert sorted(found.replies, key=lambda one: one.key) == sorted(
        taken.replies, key=lambda one: one.key
    )


def test_replies_of_another_digest_are_refused(taken: Any) -> None:
    for spoiled in (taken.replies[1:], (*taken.replies, Reply("header 1", b"{}"))):
        with pytest.raises(NotReproduced):
            evidence.parse(evidence.dump(taken.market, spoiled))


def test_hostile_replies_are_refused_in_words_or_give_other_evidence(taken: Any) -> None:
    """Whoever makes such a file can make its digest fit: nothing in it may break the program. One
    reply of each kind, at the head and in the window."""
    replies = sorted(taken.replies, key=lambda one: one.key)
    kinds: dict[tuple[str, ...], int] = {}
    for place, one in enumerate(replies):
        words = one.key.split(" ")
        name = words[3] if words[0] == "call" else ""
        kinds[words[0], name, str("60" in words)] = place
    assert len(kinds) > 12
    for place in kinds.values():
        for raw in JUNK:
            if raw == replies[place].raw:
                continue
            spoiled = list(replies)
            spoiled[place] = Reply(replies[place].key, raw)
            try:
                market = derive(spoiled)
            except AppError:
                continue
            assert market.evidence_digest != taken.market.evidence_digest


def test_a_bundles_metrics_are_held_against_it(taken: Any, tmp_path: Path) -> None:
    market = taken.market
    snapshot = assemble(market, [EKUBO], {EKUBO: {"age_days": 9_000}})
    evidence.bound(market, snapshot)
    (pool,) = snapshot.pools
    other = Bench(tmp_path / "other").take().market
    digest = snapshot.evidence.model_copy(update={"digest": "0" * 64})  # type: ignore[union-attr]
    lied = pool.metrics.model_copy(update={"volatility_bps": pool.metrics.volatility_bps - 1})
    hidden = pool.sources.model_copy(
        update={"age_days": pool.sources.volatility_bps}  # entered, but said to be measured
    )
    for changed in (
        snapshot.model_copy(update={"evidence": None}),
        snapshot.model_copy(update={"evidence": digest}),
        snapshot.model_copy(update={"block_number": 61}),
        snapshot.model_copy(update={"pools": (pool.model_copy(update={"id": 5}),)}),
        snapshot.model_copy(update={"pools": (pool.model_copy(update={"metrics": lied}),)}),
        snapshot.model_copy(update={"pools": (pool.model_copy(update={"sources": hidden}),)}),
    ):
        with pytest.raises(InvalidInput):
            evidence.bound(market, changed)
    assert other.evidence_digest == market.evidence_digest, "the same world, the same replies"
