"""The shipped venues and audits, the strict loaders, the rubric."""

import copy
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.market import audit_registry as a
from obsqra_desktop.domain.market.deployments import (
    SHIPPED,
    Deployments,
    shipped_deployments,
)
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.pools import SourceKind

VENUES = shipped.resource_root() / "venues"
MAIN: dict[str, Any] = json.loads((VENUES / "mainnet.json").read_bytes())
AUDITS: dict[str, Any] = json.loads((VENUES / "audits.json").read_bytes())
SEPTEMBER = 1_789_344_000  # 2026-09-14


def changed(document: dict[str, Any], *path: object, to: object) -> bytes:
    result = copy.deepcopy(document)
    place: Any = result
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return json.dumps(result).encode()


@pytest.mark.parametrize("network", SHIPPED)
def test_shipped_venues(network: str) -> None:
    found = shipped_deployments(network)
    pools = (*found.ekubo_candidates(), *found.v1_pools(), *found.vesu_markets())
    assert len({pool.id for pool in pools}) == len(pools) > 10
    assert Deployments.parse(found.canonical()) == found
    for pool in pools:
        assert pool.token1 is None or pool.token0.address < pool.token1.address


def test_published_figures() -> None:
    found = shipped_deployments("mainnet")
    assert found.ekubo is not None
    # verbatim: Ekubo's own pools were made with these, and not with the exact fractions
    assert [(tier.fee, tier.tick_spacing) for tier in found.ekubo.tiers] == [
        (34028236692093847977029636859101184, 200),
        (170141183460469235273462165868118016, 1_000),
        (1020847100762815411640772995208708096, 5_982),
        (3402823669209384634633746074317682114, 19_802),
        (17014118346046923173168730371588410572, 95_310),
    ]
    names = [one.symbol for one in sorted(found.tokens, key=lambda token: token.address)]
    published = ["wstETH", "USDC", "WBTC", "STRK", "ETH", "USDC.e", "USDT", "EKUBO"]
    assert [one for one in names if one in published] == published
    eth_usdc = next(one for one in found.ekubo_candidates() if "USDC / ETH" in one.name)
    assert eth_usdc.token0.symbol == "USDC"
    assert found.is_dollar(found.token("USDC.e"))
    assert not found.is_dollar(found.token("USDT"))
    for network in SHIPPED:
        token = shipped_deployments(network).token("STRK")
        assert hex(token.address).endswith("938d")


def test_known_classes() -> None:
    found = shipped_deployments("mainnet")
    known = found.classes[0]
    assert found.known_class(known.contract, known.class_hash)
    assert not found.known_class(known.contract, known.class_hash + 1)
    assert not found.known_class(known.contract, found.classes[1].class_hash)
    assert found.known_class(12345, known.class_hash), "a pool that a factory told of"
    assert not found.known_class(12345, known.class_hash + 1)


def test_since() -> None:
    found = shipped_deployments("sepolia")
    assert found.since(VenueId.JEDISWAP_V1) is None
    ekubo = found.since(VenueId.EKUBO)
    assert ekubo is not None
    assert (ekubo.block, ekubo.timestamp) == (21323, None)


def test_no_such_network_or_token() -> None:
    with pytest.raises(NotFound):
        shipped_deployments("../mainnet")
    with pytest.raises(NotFound):
        shipped_deployments("mainnet").token("DOGE")


TOKEN = MAIN["tokens"][0]
PAIR = MAIN["ekubo"]["pairs"][0]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "obsqra/venues/2"),
        (("chain",), ""),
        (("extra",), 1),
        (("compiled",), "yesterday"),
        (("sources",), []),
        (("tokens", 1), TOKEN),
        (("tokens", 1, "symbol"), "ETH"),
        (("tokens", 1, "symbol"), "ЕTH"),  # a Cyrillic letter
        (("tokens", 1, "decimals"), 31),
        (("tokens", 1, "decimals"), "18"),
        (("tokens", 1, "address"), "0x0" + TOKEN["address"][2:]),
        (("tokens", 1, "address"), int(TOKEN["address"], 16) % 1000),
        (("dollars",), []),
        (("dollars",), ["DOGE"]),
        (("ekubo", "core"), "0x0"),
        (("ekubo", "core"), "0x1"),
        (("ekubo", "pairs", 0), PAIR[::-1]),
        (("ekubo", "pairs", 0), [PAIR[0], "DOGE"]),
        (("ekubo", "pairs", 0), [*PAIR, "ETH"]),
        (("ekubo", "tiers"), []),
        (("ekubo", "tiers", 0, "fee"), str(2**128)),
        (("ekubo", "tiers", 0, "fee"), "1e30"),
        (("ekubo", "tiers", 0, "tick_spacing"), 0),
        (("ekubo", "kept_bps"), 10_001),
        (("ekubo", "oracle_token"), "DOGE"),
        (("jediswap_v1", "pairs", 0, "tokens"), ["USDC.e", "ETH"]),
        (("jediswap_v2", "tiers", 0, "fee"), "1000000"),
        (("jediswap_v2", "tiers", 0, "fee"), "0"),
        (("vesu_v2", "pools", 0, "assets"), []),
        (("vesu_v2", "pools", 0, "assets"), ["DOGE"]),
        (("feeds", 0, "token"), "DOGE"),
        (("classes", 0, "class_hash"), "not a felt"),
    ],
)
def test_venues_are_read_strictly(path: tuple[object, ...], value: object) -> None:
    Deployments.parse(json.dumps(MAIN).encode())
    with pytest.raises(InvalidInput):
        Deployments.parse(changed(MAIN, *path, to=value))


# --- audits


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)))
def test_midnight(day: datetime.date) -> None:
    at = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
    assert a._midnight(day.isoformat()) == at.timestamp()


def test_no_such_day() -> None:
    for text in ("2025-02-29", "2024-04-31", "2100-02-29"):
        assert a._midnight(text) == -1
    assert a._midnight("2024-02-29") > 0


@pytest.mark.parametrize(
    ("venue", "expected"),
    [(VenueId.EKUBO, 78), (VenueId.JEDISWAP_V2, 15), (VenueId.JEDISWAP_V1, 0)],
)
def test_shipped_scores_in_september_2026(venue: VenueId, expected: int) -> None:
    found = a.shipped_audits().score(venue, SEPTEMBER)
    assert found is not None
    assert (found.score, found.kind) == (expected, SourceKind.ASSUMED)


def test_an_unknown_venue_has_no_score() -> None:
    assert a.shipped_audits().score(VenueId.VESU_V2, SEPTEMBER) is None


def test_every_row_has_a_date_and_a_source() -> None:
    for venue in a.shipped_audits().venues:
        assert venue.rows
        for row in venue.rows:
            assert row.source
            assert row.timestamp <= SEPTEMBER


def row(kind: a.RowKind, date: str, settled: bool = False) -> a.AuditRow:
    return a.AuditRow(
        kind=kind,
        date=date,
        timestamp=a._midnight(date),
        title="t",
        settled=settled,
        source="s",
    )


def scored(*rows: a.AuditRow, at: str) -> a.AuditScore:
    venue = a.VenueAudits(venue=VenueId.EKUBO, note="n", rows=rows)
    registry = a.AuditRegistry(compiled="2026-01-01", venues=(venue,))
    found = registry.score(VenueId.EKUBO, a._midnight(at))
    assert found is not None
    return found


K = a.RowKind


@pytest.mark.parametrize(
    ("rows", "at", "points"),
    [
        ([], "2026-01-01", 0),
        ([row(K.FULL_AUDIT, "2025-01-01")], "2026-01-01", 60),
        ([row(K.FULL_AUDIT, "2025-01-01")], "2024-12-31", 0),  # not yet
        ([row(K.PARTIAL_AUDIT, "2025-01-01"), row(K.OTHER_CODE, "2025-01-01")], "2026-01-01", 0),
        ([row(K.FULL_AUDIT, f"2025-0{n}-01") for n in (1, 2, 3)], "2026-01-01", 90),
        ([row(K.FULL_AUDIT, "2025-01-01"), row(K.CONTEST, "2025-01-01")], "2025-01-01", 65),
        ([row(K.CONTEST, f"2025-0{n}-01") for n in (1, 2, 3)], "2026-01-01", 5),
        ([row(K.FULL_AUDIT, "2025-01-01"), row(K.UPGRADE, "2025-06-01")], "2026-01-01", 50),
        ([row(K.FULL_AUDIT, "2025-01-01"), row(K.UPGRADE, "2025-06-01", True)], "2026-01-01", 60),
        ([row(K.FULL_AUDIT, "2025-01-01"), row(K.UNMAINTAINED, "2025-06-01")], "2026-01-01", 45),
        ([row(K.FULL_AUDIT, "2025-01-01"), row(K.INCIDENT, "2025-06-01")], "2026-01-01", 50),
        ([row(K.INCIDENT, "2025-06-01"), row(K.UNMAINTAINED, "2025-06-01")], "2026-01-01", 0),
        ([row(K.FULL_AUDIT, "2020-01-01")], "2026-01-01", 40),  # at most 20 for its age
        ([row(K.FULL_AUDIT, "2020-01-01"), row(K.FULL_AUDIT, "2025-12-01")], "2026-01-01", 90),
    ],
)
def test_rubric(rows: list[a.AuditRow], at: str, points: int) -> None:
    found = scored(*rows, at=at)
    assert found.score == points
    assert found.score == min(100, max(0, sum(item.points for item in found.items)))


@given(st.integers(0, 3000))
def test_months_past_eighteen(days: int) -> None:
    late = max(0, days // 30 - 18)
    assert a.months_late(0, days * 86_400 + 5) == late
    start = datetime.date(2020, 1, 1)
    found = scored(
        row(K.FULL_AUDIT, "2020-01-01"), at=(start + datetime.timedelta(days)).isoformat()
    )
    assert found.score == 60 - min(20, 2 * late)


def test_overrides() -> None:
    shipped_rows = a.shipped_audits()
    mine = a.AuditOverride(venue=VenueId.VESU_V2, score=70, reason="read the report", entered_at=5)
    found = shipped_rows.overridden(mine)
    score = found.score(VenueId.VESU_V2, SEPTEMBER)
    assert score is not None
    assert (score.score, score.kind) == (70, SourceKind.ENTERED)
    assert score.items[0].words == "read the report"
    again = found.overridden(mine.model_copy(update={"score": 60}))
    assert len(again.overrides) == 1
    assert a.AuditRegistry.parse(again.canonical()) == again
    assert again.canonical() != found.canonical() != shipped_rows.canonical()


ROWS = ("venues", 0, "rows", 0)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "obsqra/audits/2"),
        (("venues", 0, "venue"), "uniswap"),
        (("venues", 0, "venue"), "jediswap_v1"),
        ((*ROWS, "kind"), "rumour"),
        ((*ROWS, "date"), "2024-04-01"),
        ((*ROWS, "date"), "2024-02-30"),
        ((*ROWS, "timestamp"), -1),
        ((*ROWS, "source"), ""),
        ((*ROWS, "commit"), "b66c"),
        ((*ROWS, "extra"), 1),
        (("overrides",), [{"venue": "ekubo", "score": 101, "reason": "r", "entered_at": 1}]),
        (("overrides",), [{"venue": "ekubo", "score": 1, "reason": "r", "entered_at": 1}] * 2),
    ],
)
def test_audits_are_read_strictly(path: tuple[object, ...], value: object) -> None:
    a.AuditRegistry.parse(json.dumps(AUDITS).encode())
    with pytest.raises(InvalidInput):
        a.AuditRegistry.parse(changed(AUDITS, *path, to=value))
