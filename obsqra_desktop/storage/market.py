"""market.sqlite: kept snapshots of pools, the replies behind them, samples and what was entered.

Replies lie compressed in one block for each snapshot, whose digest is the snapshot's id: every
reading checks it, so a changed byte is found. Lists and plots read copies of what the documents
say (see `market_tables`), which are never proved over.
"""

import hashlib
import os
import sqlite3
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageBusy, StorageError
from obsqra_desktop.domain.market import evidence
from obsqra_desktop.domain.market.derivation import MarketSnapshot
from obsqra_desktop.domain.market.kept import History, KeptMarket, MarketRow
from obsqra_desktop.domain.market.questions import Reply, evidence_digest
from obsqra_desktop.storage import market_series, market_tables
from obsqra_desktop.storage.files import PRIVATE_FILE, make_folder, reported, write_atomic

PATIENCE: Final = 10.0
"""Seconds in which another program that writes has to be done."""
SHORTEST: Final = 4
UNPACKED_LIMIT: Final = 64 * 1024 * 1024
SHARED_FILE: Final = 0o644
MOST_SAMPLES: Final = 100_000
DAY: Final = 86_400


class MarketFile:
    """Implements MarketStore. Each call opens the file and closes it again."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "market.sqlite"

    def save(self, market: MarketSnapshot, replies: Iterable[Reply]) -> None:
        """Durable before this returns; raises StorageError, InvalidInput if the replies are not
        those of the digest."""
        kept = tuple(replies)
        if evidence_digest(kept).hex() != market.evidence_digest:
            raise InvalidInput("the replies are not those that the snapshot was made from")
        document, packed = market.canonical(), pack(kept)
        warnings = len(market.warnings) + sum(len(one.warnings) for one in market.pools)
        with self._writing() as data:
            data.execute("DELETE FROM snapshots WHERE id = ?", (market.id,))
            data.execute(
                "INSERT INTO snapshots VALUES (?,?,?,?)",
                (
                    market.id,
                    zlib.compress(document),
                    hashlib.blake2s(document).digest(),
                    packed,
                ),
            )
            data.execute(
                "INSERT INTO heads VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    market.network,
                    market.taken_at,
                    market.block_number,
                    market.id,
                    market.chain,
                    market.block_timestamp,
                    len(market.pools),
                    warnings,
                    len(packed),
                    market_series.pack(
                        (pool.id, [one.value for one in pool.metrics]) for pool in market.pools
                    ),
                ),
            )

    def listing(self, network: str | None = None, limit: int = 1000) -> tuple[MarketRow, ...]:
        """Newest first."""
        with self._reading() as data:
            if data is None:
                return ()
            rows = data.execute(
                "SELECT id, network, chain, taken_at, block_number, block_timestamp, pools, "
                "warnings, raw_bytes FROM heads WHERE ?1 IS NULL OR network = ?1 "
                "ORDER BY taken_at DESC, block_number DESC, id DESC LIMIT ?2",
                (network, limit),
            )
            return tuple(MarketRow(*row) for row in rows)

    def history(self, network: str, newest: int | None = None) -> History:
        """By pool id, oldest first; of the newest so many snapshots. Opens no document."""
        with self._reading() as data:
            if data is None:
                return {}
            rows = data.execute(
                "SELECT taken_at, series FROM heads WHERE network = ? "
                "ORDER BY taken_at DESC, block_number DESC, id DESC LIMIT ?",
                (network, -1 if newest is None else newest),
            ).fetchall()
        try:
            return market_series.unpack(reversed(rows))
        except ValueError as error:
            raise StorageError(
                "What market.sqlite keeps for plots was changed or damaged.",
                hint="Move the file away and take new snapshots.",
            ) from error

    def find(self, prefix: str) -> KeptMarket:
        """By the beginning of its id; raises NotFound, StorageError if a byte was changed."""
        wanted = prefix.strip().lower().removeprefix("0x")
        if len(wanted) < SHORTEST or not all(one in "0123456789abcdef" for one in wanted):
            raise NotFound("Give at least the first four characters of the snapshot's id.")
        with self._reading() as data:
            rows = (
                []
                if data is None
                else data.execute(
                    "SELECT id, document, document_digest, replies FROM snapshots "
                    "WHERE id >= ?1 AND id < ?1 || 'g' LIMIT 2",
                    (wanted,),
                ).fetchall()
            )
        if len(rows) != 1:
            many = "More than one snapshot starts" if rows else "No snapshot starts"
            raise NotFound(f"{many} with {wanted[:64]!r}.", hint="See: obsqra snapshot list")
        return opened(*rows[0])

    def delete(self, snapshot_id: str) -> None:
        """Forget one."""
        with self._writing() as data:
            data.execute("DELETE FROM snapshots WHERE id = ?", (snapshot_id,))

    def prune(self, keep_days: int, now: int) -> int:
        """Forget those that are older; how many. The newest of each network stays."""
        with self._writing() as data:
            done = data.execute(
                "DELETE FROM snapshots WHERE id IN (SELECT id FROM heads WHERE taken_at < ? "
                "AND id NOT IN (SELECT id FROM (SELECT id, max(taken_at) FROM heads "
                "GROUP BY network)))",
                (now - keep_days * DAY,),
            )
            return done.rowcount

    def remember(self, chain: str, block_hash: int, replies: Iterable[Reply]) -> None:
        """Keep replies of past blocks, the newest hundred thousand."""
        with self._writing() as data:
            data.executemany(
                "INSERT OR REPLACE INTO samples (chain, key, block_hash, raw) VALUES (?,?,?,?)",
                [(chain, one.key, hex(block_hash), one.raw) for one in replies],
            )
            data.execute(
                "DELETE FROM samples WHERE number <= (SELECT max(number) FROM samples) - ?",
                (MOST_SAMPLES,),
            )

    def recall(self, chain: str, keys: Iterable[str]) -> Mapping[str, bytes]:
        """Of the kept replies those with these keys."""
        found: dict[str, bytes] = {}
        with self._reading() as data:
            if data is not None:
                for key in keys:
                    row = data.execute(
                        "SELECT raw FROM samples WHERE chain = ? AND key = ?", (chain, key)
                    ).fetchone()
                    if row is not None:
                        found[key] = row[0]
        return found

    def remembered(self, chain: str, starting: str) -> tuple[str, ...]:
        """Keys of kept replies that begin so."""
        with self._reading() as data:
            if data is None:
                return ()
            rows = data.execute(
                "SELECT key FROM samples WHERE chain = ?1 AND substr(key, 1, length(?2)) = ?2 "
                "ORDER BY number",
                (chain, starting),
            )
            return tuple(row[0] for row in rows)

    def enter(self, network: str, pool_id: int, name: str, value: int | None) -> None:
        """A value that a person typed for a metric or an audit row; None takes it back."""
        with self._writing() as data:
            place = (network, hex(pool_id), name)
            data.execute(
                "DELETE FROM entered WHERE network = ? AND pool_id = ? AND name = ?", place
            )
            if value is not None:
                data.execute("INSERT INTO entered VALUES (?,?,?,?)", (*place, value))

    def entered(self, network: str) -> dict[int, dict[str, int]]:
        """All of them: pool, name, value."""
        found: dict[int, dict[str, int]] = {}
        with self._reading() as data:
            if data is not None:
                for pool, name, value in data.execute(
                    "SELECT pool_id, name, value FROM entered WHERE network = ?", (network,)
                ):
                    found.setdefault(int(pool, 16), {})[name] = value
        return found

    def write_evidence(self, path: Path, raw: bytes) -> None:
        """Atomically, readable for others, since it is made to be given away."""
        if path.is_dir() or not path.parent.is_dir():
            raise InvalidInput("The evidence needs a file name in a folder that exists.")
        write_atomic(path, raw, "saving the evidence", mode=SHARED_FILE)

    def read_evidence(self, path: Path) -> bytes:
        """Of at most `evidence.LIMIT` bytes."""
        if not path.is_file():
            raise NotFound(f"There is no file {path.name!r}.", hint="Check the path.")
        with reported("reading the evidence"), path.open("rb") as file:
            raw = file.read(evidence.LIMIT + 1)
        if len(raw) > evidence.LIMIT:
            raise InvalidInput(f"It is larger than {evidence.LIMIT >> 20} MiB.")
        return raw

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """None if there is no file yet."""
        with reported("reading the kept snapshots"):
            there = self._path.is_file()
        if not there:
            yield None
            return
        with self._open() as data:
            yield data

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        with reported("opening the kept snapshots"):
            make_folder(self._path.parent)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        with self._open() as data:
            data.execute("BEGIN IMMEDIATE")
            try:
                yield data
            except BaseException:
                data.execute("ROLLBACK")
                raise
            data.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        data: sqlite3.Connection | None = None
        try:
            data = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            market_tables.prepare(data)
            yield data
        except sqlite3.Error as error:
            raise told(error) from error
        finally:
            if data is not None:
                data.close()


def told(error: sqlite3.Error) -> StorageError:
    """The file's trouble in words."""
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StorageBusy("Another Obsqra is writing snapshots right now. This one wrote nothing.")
    if code.startswith("SQLITE_FULL"):
        return StorageError(
            "There was no room left for the snapshot. What was kept before is unchanged."
        )
    return StorageError(
        "market.sqlite, which holds the kept snapshots, cannot be used.",
        hint="Check the disk; if the file is damaged, move it away and take new snapshots.",
    )


def pack(replies: Iterable[Reply]) -> bytes:
    """Key and raw bytes of each with their lengths in front (u32, little-endian), compressed."""
    parts = []
    for one in sorted(replies, key=lambda one: one.key.encode()):
        for part in (one.key.encode(), one.raw):
            parts += [struct.pack("<I", len(part)), part]
    return zlib.compress(b"".join(parts), 6)


def unpack(packed: bytes) -> tuple[Reply, ...]:
    """What `pack` packed; ValueError if it is damaged."""
    raw = unpressed(packed)
    parts: list[bytes] = []
    at = 0
    while at < len(raw):
        if at + 4 > len(raw):
            raise ValueError("cut off")
        (length,) = struct.unpack_from("<I", raw, at)
        if at + 4 + length > len(raw):
            raise ValueError("cut off")
        parts.append(raw[at + 4 : at + 4 + length])
        at += 4 + length
    if len(parts) % 2:
        raise ValueError("a key without a reply")
    return tuple(
        Reply(key.decode(), value) for key, value in zip(parts[::2], parts[1::2], strict=True)
    )


def unpressed(packed: bytes) -> bytes:
    """Of at most 64 MB; ValueError if it is damaged."""
    worker = zlib.decompressobj()
    try:
        raw = worker.decompress(packed, UNPACKED_LIMIT)
    except zlib.error as error:
        raise ValueError("not compressed data") from error
    if not worker.eof or worker.unused_data:
        raise ValueError("too large, or cut off")
    return raw


def opened(snapshot_id: str, document: bytes, digest: bytes, packed: bytes) -> KeptMarket:
    """A kept snapshot, checked against its digests; raises StorageError."""
    try:
        raw = unpressed(document)
        replies = unpack(packed)
        good = (
            hashlib.blake2s(raw).digest() == digest
            and evidence_digest(replies).hex() == snapshot_id
        )
        market = MarketSnapshot.parse(raw)
        if not good or market.id != snapshot_id:
            raise ValueError("another digest")
    except (ValueError, InvalidInput) as error:
        raise StorageError(
            f"Snapshot {snapshot_id[:12]} was changed or damaged since it was kept.",
            hint="Take a new one. Nothing should be decided over this one.",
        ) from error
    return KeptMarket(market, replies)
