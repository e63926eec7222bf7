"""Market snapshots, unknown and entered values, and the document that a proof is made over."""

import json

import pytest

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.market import derivation as m
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.domain.snapshot import Snapshot

DIGEST = "ab" * 32


def derived(number: int, **values: int | None) -> m.PoolDerivation:
    pool = PoolRef(
        venue=VenueId.JEDISWAP_V1,
        contract=0x100 + number,
        token0=Token(address=0x10, symbol="ETH", decimals=18),
        token1=Token(address=0x20, symbol="USDC.e", decimals=6),
        fee=3000,
    )
    known: dict[str, int | None] = {**dict.fromkeys(METRIC_NAMES, 1), **values}
    return m.PoolDerivation(
        pool=pool,
        id=pool.id,
        metrics=tuple(
            m.MetricDerivation.model_validate(
                {
                    "metric": name,
                    "value": known[name],
                    "kind": SourceKind.ASSUMED if name == "audit_score" else SourceKind.MEASURED,
                    "reason": "" if known[name] is not None else "the node has no history",
                    "formula": f"floor(x of {name})",
                    "inputs": (
                        m.DerivationInput(name="x", value="1", keys=("call 9 0x1 totalSupply",)),
                    ),
                }
            )
            for name in METRIC_NAMES
        ),
        stale=False,
    )


def market(*pools: m.PoolDerivation) -> m.MarketSnapshot:
    return m.MarketSnapshot(
        network="practice",
        chain="SN_PRACTICE",
        block_number=9,
        block_hash=0xABC,
        block_timestamp=1_700_000_000,
        start_block=1,
        start_timestamp=1_699_913_600,
        taken_at=1_700_000_005,
        light=False,
        pools=pools,
        evidence_digest=DIGEST,
    )


def test_round_trip() -> None:
    whole = market(derived(0), derived(1, age_days=None))
    assert m.MarketSnapshot.parse(whole.canonical()) == whole
    assert whole.id == DIGEST
    with pytest.raises(InvalidInput):
        m.MarketSnapshot.parse(whole.canonical().replace(b'"light":false', b'"light":0'))
    with pytest.raises(InvalidInput):
        whole.pool(5)


def test_only_known_pools_go_into_the_document() -> None:
    found = m.assemble(market(derived(0), derived(1, age_days=None), derived(2)))
    assert found.pool_ids == (0x100, 0x102)
    assert found.evidence is not None
    assert (found.evidence.digest, found.evidence.definition_version) == (DIGEST, m.DEFINITION)
    assert found.pools[0].sources.age_days.kind is SourceKind.MEASURED
    assert found.pools[0].sources.audit_score.kind is SourceKind.ASSUMED
    assert found.pools[0].sources.age_days.detail == "block 9: floor(x of age_days)"
    assert (found.chain, found.block_number) == ("SN_PRACTICE", 9)


def test_an_unknown_metric_is_not_filled_in() -> None:
    whole = market(derived(0, volatility_bps=None))
    assert whole.pools[0].unknown == ("volatility_bps",)
    assert not whole.pools[0].provable
    with pytest.raises(InvalidInput, match="1 to 8"):
        m.assemble(whole)
    with pytest.raises(InvalidInput, match="volatility_bps is unknown"):
        m.assemble(whole, [0x100])


def test_an_entered_value_is_marked() -> None:
    whole = market(derived(0, volatility_bps=None), derived(1))
    found = m.assemble(
        whole, entries={0x100: {"volatility_bps": 4000}, 0x101: {"liquidity_tier": 0}}
    )
    first, second = found.pools
    assert first.metrics.volatility_bps == 4000
    assert first.sources.volatility_bps.kind is SourceKind.ENTERED
    assert first.sources.volatility_bps.detail == "entered by hand in place of unknown"
    assert first.sources.age_days.kind is SourceKind.MEASURED
    assert second.metrics.liquidity_tier == 0
    assert second.sources.liquidity_tier.detail == "entered by hand in place of 1"
    assert found.digest() != m.assemble(whole, [0x101]).digest()


def test_an_entered_value_is_in_range() -> None:
    with pytest.raises(ValueError, match="liquidity_tier"):
        m.assemble(market(derived(0)), entries={0x100: {"liquidity_tier": 4}})


def test_at_most_eight_pools() -> None:
    whole = market(*(derived(number) for number in range(10)))
    assert len(m.assemble(whole).pools) == 8
    with pytest.raises(InvalidInput):
        m.assemble(whole, [0x100 + number for number in range(9)])
    with pytest.raises(InvalidInput):
        m.assemble(whole, [])
    chosen = m.assemble(whole, [0x109, 0x100])
    assert chosen.pool_ids == (0x109, 0x100)
    assert Snapshot.parse(chosen.canonical()) == chosen


def test_long_words_are_cut_for_the_document() -> None:
    one = derived(0).metrics[0].model_copy(update={"formula": "x" * 400})
    assert len(one.source(9).detail) == 280


def test_the_schema_is_named() -> None:
    raw = json.loads(market(derived(0)).canonical())
    assert raw["schema"] == "obsqra/market/1"
    raw["schema"] = "obsqra/market/2"
    with pytest.raises(InvalidInput):
        m.MarketSnapshot.parse(json.dumps(raw).encode())
