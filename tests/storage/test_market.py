"""Kept snapshots: what is written is what is read, and a changed byte is found."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.market.derivation import (
    Figure,
    MarketSnapshot,
    MetricDerivation,
    PoolDerivation,
)
from obsqra_desktop.domain.market.kept import HistoryPoint
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId
from obsqra_desktop.domain.market.questions import Reply, evidence_digest, result_reply
from obsqra_desktop.domain.pools import METRIC_NAMES, STARK_PRIME, PoolMetrics, SourceKind
from obsqra_desktop.storage import market_series
from obsqra_desktop.storage.market import DAY, MarketFile, pack, unpack
from obsqra_desktop.storage.market_series import HIGHEST, RECORD
from obsqra_desktop.storage.market_tables import VERSION

FIRST_TABLES = """
CREATE TABLE snapshots (
    id TEXT PRIMARY KEY, network TEXT NOT NULL, chain TEXT NOT NULL, taken_at INTEGER NOT NULL,
    block_number INTEGER NOT NULL, block_timestamp INTEGER NOT NULL, pools INTEGER NOT NULL,
    warnings INTEGER NOT NULL, raw_bytes INTEGER NOT NULL,
    document BLOB NOT NULL, document_digest BLOB NOT NULL, replies BLOB NOT NULL
) STRICT;
CREATE INDEX snapshots_by_time ON snapshots (network, taken_at);
CREATE TABLE points (
    snapshot_id TEXT NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE, pool_id TEXT NOT NULL,
    m0 INTEGER, m1 INTEGER, m2 INTEGER, m3 INTEGER, m4 INTEGER, m5 INTEGER,
    stale INTEGER NOT NULL, depth_usd TEXT NOT NULL, PRIMARY KEY (snapshot_id, pool_id)
) STRICT;
CREATE TABLE samples (
    number INTEGER PRIMARY KEY, chain TEXT NOT NULL, key TEXT NOT NULL, block_hash TEXT NOT NULL,
    raw BLOB NOT NULL, UNIQUE (chain, key)
) STRICT;
CREATE TABLE entered (
    network TEXT NOT NULL, pool_id TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (network, pool_id, name)
) STRICT;
PRAGMA user_version = 1;
"""

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
    assert file.history("practice") == {}
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
    (point,) = file.history("practice")[PAIR.id]
    assert point == HistoryPoint(50, (1, 1, 1, 1, 1, None))
    assert file.history("sepolia") == {}
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
    assert len(file.history("practice")[PAIR.id]) == 1


def test_points_of_the_newest(file: MarketFile) -> None:
    for number in (5, 7, 6):
        file.save(*market(number))
    file.save(*market(50, "mainnet"))
    for newest, times in ((None, [50, 60, 70]), (2, [60, 70]), (9, [50, 60, 70])):
        found = file.history("practice", newest)
        assert [one.taken_at for one in found[PAIR.id]] == times
    assert file.history("practice", 0) == {}


@given(
    st.lists(
        st.dictionaries(
            st.integers(0, STARK_PRIME - 1),
            st.tuples(*(st.none() | st.integers(0, highest) for highest in HIGHEST)),
            max_size=4,
        ),
        max_size=5,
    )
)
def test_series_give_what_was_packed(snapshots: list[dict[int, tuple[int | None, ...]]]) -> None:
    found = market_series.unpack(
        (number, market_series.pack(pools.items())) for number, pools in enumerate(snapshots)
    )
    slow: dict[int, list[HistoryPoint]] = {}
    for number, pools in enumerate(snapshots):
        for pool, values in pools.items():
            slow.setdefault(pool, []).append(HistoryPoint(number, values))
    assert {pool: list(points) for pool, points in found.items()} == slow
    assert all(list(found[pool][1:]) == points[1:] for pool, points in slow.items())


def test_plots_can_show_exactly_what_metrics_can_be() -> None:
    for number, (name, highest) in enumerate(zip(METRIC_NAMES, HIGHEST, strict=True)):
        values = [0, 0, 0, 0, 0, 0]
        for value, fits in ((0, True), (highest, True), (highest + 1, False), (-1, False)):
            values[number] = value
            (points,) = market_series.unpack([(1, market_series.pack([(7, values)]))]).values()
            assert points[0].values[number] == (value if fits else None)
            assert (points[0].metrics is not None) is fits
            try:
                PoolMetrics(**dict(zip(METRIC_NAMES, values, strict=True)))
            except ValidationError:
                assert not fits, name
            else:
                assert fits, name


@pytest.mark.parametrize(
    "packed",
    [
        b"x",
        RECORD.pack(bytes(32), 0, 0, 0, 0, 0, 0)[:-1],
        RECORD.pack(bytes(32), 0, 0, 4, 0, 0, 0),
        RECORD.pack(bytes(32), 0, -2, 0, 0, 0, 0),
    ],
)
def test_a_changed_series_is_told(file: MarketFile, data_dir: Path, packed: bytes) -> None:
    file.save(*market(5))
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        data.execute("UPDATE heads SET series = ?", (packed,))
    data.close()
    with pytest.raises(StorageError, match="changed or damaged"):
        file.history("practice")
    assert file.find(market(5)[0].id).market == market(5)[0], "nothing is proved over it"


def test_plots_show_what_the_documents_say(file: MarketFile) -> None:
    for number in range(12):
        file.save(*market(number, ("practice", "mainnet")[number % 3 == 0]))
    for network in ("practice", "mainnet"):
        slow: dict[int, list[HistoryPoint]] = {}
        for row in reversed(file.listing(network)):
            for pool in file.find(row.id).market.pools:
                values = tuple(one.value for one in pool.metrics)
                slow.setdefault(pool.id, []).append(HistoryPoint(row.taken_at, values))
        assert {key: list(one) for key, one in file.history(network).items()} == slow


def write_first_version(folder: Path, numbers: Iterable[int]) -> None:
    """A file as version 1 of the tables wrote it."""
    with sqlite3.connect(folder / "market.sqlite") as data:
        data.executescript(FIRST_TABLES)
        for number in numbers:
            made, replies = market(number)
            document = made.canonical()
            packed = pack(replies)
            data.execute(
                "INSERT INTO snapshots VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
                (
                    made.id,
                    made.network,
                    made.chain,
                    made.taken_at,
                    made.block_number,
                    made.block_timestamp,
                    len(made.pools),
                    0,
                    len(packed),
                    zlib.compress(document),
                    hashlib.blake2s(document).digest(),
                    packed,
                ),
            )
            for pool in made.pools:
                data.execute(
                    "INSERT INTO points VALUES (?,?,?,?,?,?,?,?,?,?)",
                    (made.id, hex(pool.id), *(one.value for one in pool.metrics), 0, "12.5"),
                )
        data.execute("INSERT INTO entered VALUES ('practice', '0x7', 'apy_bps', 13)")
        data.execute("INSERT INTO samples VALUES (1, 'A', 'header 5', '0x9', x'01')")
    data.close()


def test_a_file_of_the_first_version_becomes_one_of_this(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    write_first_version(tmp_path / "old", (5, 7, 6))
    fresh = MarketFile(tmp_path / "new")
    for number in (5, 7, 6):
        fresh.save(*market(number))
    for old in (MarketFile(tmp_path / "old"), MarketFile(tmp_path / "old")):
        assert old.listing() == fresh.listing()
        found, wanted = old.history("practice"), fresh.history("practice")
        assert {k: list(v) for k, v in found.items()} == {k: list(v) for k, v in wanted.items()}
        for row in fresh.listing():
            assert old.find(row.id) == fresh.find(row.id)
        assert old.entered("practice") == {7: {"apy_bps": 13}}
        assert old.recall("A", ["header 5"]) == {"header 5": b"\x01"}
    old.delete(market(7)[0].id)
    old.save(*market(8))
    assert [row.block_number for row in old.listing()] == [8, 6, 5]
    shapes = []
    for name in ("old", "new"):
        with sqlite3.connect(tmp_path / name / "market.sqlite") as data:
            query = "SELECT name, sql FROM sqlite_schema ORDER BY name"
            shapes.append([(n, q and " ".join(q.split())) for n, q in data.execute(query)])
            assert data.execute("PRAGMA foreign_key_check").fetchall() == []
            assert data.execute("PRAGMA user_version").fetchone() == (VERSION,)
        data.close()
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("pool", ["seven", f"{2**256:#x}", "-0x1"])
def test_a_damaged_file_of_the_first_version_stays_as_it_is(
    file: MarketFile, data_dir: Path, pool: str
) -> None:
    write_first_version(data_dir, (5, 6))
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        data.execute("UPDATE points SET pool_id = ? WHERE snapshot_id = ?", (pool, market(6)[0].id))
    data.close()
    for _ in range(2):
        with pytest.raises(StorageError, match="left as it is"):
            file.listing()
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        assert data.execute("PRAGMA user_version").fetchone() == (1,)
        assert data.execute("SELECT count(*) FROM points").fetchone() == (2,)
    data.close()


def test_samples_and_entries(file: MarketFile) -> None:
    replies = replies_of(5)
    file.remember("A", 9, replies)
    assert file.recall("A", [replies[0].key, "header 6"]) == {replies[0].key: replies[0].raw}
    assert file.recall("B", [replies[0].key]) == {}
    assert file.remembered("A", "header ") == ("header 5",)
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
        data.execute(f"PRAGMA user_version = {VERSION + 1}")
    data.close()
    with pytest.raises(StorageError, match="newer"):
        file.listing()


@pytest.mark.parametrize("prefix", ["", "abc", "zzzz", "%", "____"])
def test_what_is_no_id_is_not_looked_up(file: MarketFile, prefix: str) -> None:
    file.save(*market(5))
    with pytest.raises(NotFound):
        file.find(prefix)
