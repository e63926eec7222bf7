"""Kept snapshots: what is written is what is read, and a changed byte is found."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.market.derivation import (
    Figure,
    MarketSnapshot,
    MetricDerivation,
    PoolDerivation,
)
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId
from obsqra_desktop.domain.market.questions import Reply, evidence_digest, result_reply
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.storage.market import DAY, MarketFile, pack, unpack

PAIR = PoolRef(
    venue=VenueId.JEDISWAP_V1,
    contract=0x77,
    token0=Token(address=1, symbol="ETH", decimals=18),
    token1=Token(address=2, symbol="USDC", decimals=6),
    fee=3000,
)


def replies_of(number: int) -> tuple[Reply, ...]:
    return (
        Reply(f"header {number}", result_reply({"block_number": number})),
        Reply(f"call {number} 0x77 get_reserves", result_reply(["0x1", "0x2"])),
    )


def market(number: int, network: str = "practice") -> tuple[MarketSnapshot, tuple[Reply, ...]]:
    replies = replies_of(number)
    metrics = tuple(
        MetricDerivation(
            metric=name,  # type: ignore[arg-type]
            value=None if name == "apy_bps" else number % 4,
            kind=SourceKind.MEASURED,
            reason="no fees" if name == "apy_bps" else "",
            formula="as it is",
        )
        for name in METRIC_NAMES
    )
    pool = PoolDerivation(
        pool=PAIR,
        id=PAIR.id,
        metrics=metrics,
        stale=number % 2 == 1,
        figures=(Figure(name="depth_usd", value="12.5", unit="USD"),),
    )
    made = MarketSnapshot(
        network=network,
        chain="OBSQRA_PRACTICE",
        block_number=number,
        block_hash=number + 1,
        block_timestamp=number * 10,
        start_block=0,
        start_timestamp=0,
        taken_at=number * 10,
        light=False,
        pools=(pool,),
        evidence_digest=evidence_digest(replies).hex(),
    )
    return made, replies


@pytest.fixture
def file(data_dir: Path) -> MarketFile:
    return MarketFile(data_dir)


def test_nothing_is_made_by_reading(file: MarketFile, data_dir: Path) -> None:
    assert file.listing() == ()
    assert file.points("practice") == ()
    assert file.recall("x", ["y"]) == {}
    assert file.entered("practice") == {}
    with pytest.raises(NotFound):
        file.find("abcd")
    assert list(data_dir.iterdir()) == []


def test_what_is_kept_comes_back(file: MarketFile, data_dir: Path) -> None:
    first, replies = market(5)
    file.save(first, replies)
    file.save(first, replies)
    second, others = market(6, "mainnet")
    file.save(second, others)
    kept = file.find(first.id[:8])
    assert kept.market == first
    assert set(kept.replies) == set(replies)
    assert [row.id for row in file.listing()] == [second.id, first.id]
    assert [row.id for row in file.listing("practice")] == [first.id]
    (point,) = file.points("practice", PAIR.id)
    assert point.metrics == (1, 1, 1, 1, 1, None)
    assert point.stale
    assert point.depth_usd == "12.5"
    assert file.points("practice", 0x78) == ()
    assert (data_dir / "market.sqlite").stat().st_mode & 0o777 == 0o600


def test_other_replies_than_those_of_the_digest_are_not_kept(file: MarketFile) -> None:
    made, replies = market(5)
    with pytest.raises(InvalidInput):
        file.save(made, replies[:1])
    with pytest.raises(InvalidInput):
        file.save(made, (replies[0], replace(replies[1], raw=replies[1].raw + b" ")))
    assert file.listing() == ()


def test_one_changed_byte_is_found(file: MarketFile, data_dir: Path) -> None:
    made, replies = market(5)
    file.save(made, replies)
    spoiled = replace(replies[1], raw=replies[1].raw.replace(b"0x2", b"0x3"))
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        data.execute("UPDATE snapshots SET replies = ?", (pack((replies[0], spoiled)),))
    data.close()
    with pytest.raises(StorageError, match="changed or damaged"):
        file.find(made.id)


def test_a_changed_metric_is_found(file: MarketFile, data_dir: Path) -> None:
    import zlib

    made, replies = market(5)
    file.save(made, replies)
    better = made.canonical().replace(b'"value":1', b'"value":2')
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        data.execute("UPDATE snapshots SET document = ?", (zlib.compress(better),))
    data.close()
    with pytest.raises(StorageError, match="changed or damaged"):
        file.find(made.id)


def test_every_cut_and_flip_of_packed_replies_is_found() -> None:
    replies = replies_of(5)
    packed = pack(replies)
    assert set(unpack(packed)) == set(replies)
    for length in range(len(packed)):
        with pytest.raises(ValueError, match=r"."):
            unpack(packed[:length])
    for place in range(len(packed)):
        changed = bytearray(packed)
        changed[place] ^= 1
        try:
            found = unpack(bytes(changed))
        except ValueError:
            continue
        assert evidence_digest(found) == evidence_digest(replies), "only compression may differ"


def test_old_ones_go_but_the_newest_of_each_network(file: MarketFile) -> None:
    for number in (5, 6, 7):
        file.save(*market(number))
    file.save(*market(5_000_0, "mainnet"))
    assert file.prune(1, 10 * DAY) == 2
    assert {row.block_number for row in file.listing()} == {7, 50_000}
    assert len(file.points("practice")) == 1


def test_points_of_the_newest(file: MarketFile) -> None:
    for number in (5, 7, 6):
        file.save(*market(number))
    file.save(*market(50, "mainnet"))
    for newest, blocks in ((None, [5, 6, 7]), (2, [6, 7]), (0, []), (9, [5, 6, 7])):
        found = file.points("practice", newest=newest)
        assert [one.block_number for one in found] == blocks


def test_samples_and_entries(file: MarketFile) -> None:
    replies = replies_of(5)
    file.remember("A", 9, replies)
    assert file.recall("A", [replies[0].key, "header 6"]) == {replies[0].key: replies[0].raw}
    assert file.recall("B", [replies[0].key]) == {}
    assert file.remembered("A", "header ") == ("header 5",)
    file.forget_samples("A")
    assert file.remembered("A", "header ") == ()
    file.enter("practice", 7, "apy_bps", 12)
    file.enter("practice", 7, "apy_bps", 13)
    file.enter("practice", 8, "apy_bps", 1)
    file.enter("practice", 8, "apy_bps", None)
    assert file.entered("practice") == {7: {"apy_bps": 13}}
    assert file.entered("mainnet") == {}


@pytest.mark.parametrize("content", [b"no database" * 99, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_told(file: MarketFile, data_dir: Path, content: bytes) -> None:
    (data_dir / "market.sqlite").write_bytes(content)
    with pytest.raises(StorageError):
        file.listing()


def test_a_file_of_a_newer_version_is_left_alone(file: MarketFile, data_dir: Path) -> None:
    file.save(*market(5))
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        data.execute("PRAGMA user_version = 2")
    data.close()
    with pytest.raises(StorageError, match="newer"):
        file.listing()


@pytest.mark.parametrize("prefix", ["", "abc", "zzzz", "%", "____"])
def test_what_is_no_id_is_not_looked_up(file: MarketFile, prefix: str) -> None:
    file.save(*market(5))
    with pytest.raises(NotFound):
        file.find(prefix)
