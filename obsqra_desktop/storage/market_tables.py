"""The tables of market.sqlite, and how a file of an earlier version becomes one of this.

`snapshots` holds the bytes that digests bind. `heads` lies beside it in the order of lists and
plots: a thousand rows of it are one short walk that touches no document.
"""

import sqlite3
from collections.abc import Callable
from itertools import groupby
from typing import Final

from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.storage import market_series

VERSION: Final = 2
SNAPSHOTS: Final = (
    """CREATE TABLE snapshots (
        id TEXT PRIMARY KEY, document BLOB NOT NULL, document_digest BLOB NOT NULL,
        replies BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE heads (
        network TEXT NOT NULL, taken_at INTEGER NOT NULL, block_number INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE REFERENCES snapshots (id) ON DELETE CASCADE,
        chain TEXT NOT NULL, block_timestamp INTEGER NOT NULL, pools INTEGER NOT NULL,
        warnings INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, series BLOB NOT NULL,
        PRIMARY KEY (network, taken_at, block_number, id)
    ) STRICT, WITHOUT ROWID""",
)
BESIDE: Final = (
    """CREATE TABLE samples (
        number INTEGER PRIMARY KEY, chain TEXT NOT NULL, key TEXT NOT NULL,
        block_hash TEXT NOT NULL, raw BLOB NOT NULL, UNIQUE (chain, key)
    ) STRICT""",
    """CREATE TABLE entered (
        network TEXT NOT NULL, pool_id TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (network, pool_id, name)
    ) STRICT""",
)


def prepare(data: sqlite3.Connection) -> None:
    """Settings of the connection, the tables of a new file, those of an old one made new."""
    data.execute("PRAGMA journal_mode = WAL")
    data.execute("PRAGMA synchronous = FULL")
    data.execute("PRAGMA foreign_keys = ON")
    data.execute("PRAGMA trusted_schema = OFF")
    if version(data) != VERSION:
        renew(data)


def version(data: sqlite3.Connection) -> int:
    """Of the file; 0: it is new."""
    (found,) = data.execute("PRAGMA user_version").fetchone()
    return int(found)


def renew(data: sqlite3.Connection) -> None:
    """All or nothing; another process may have been quicker. Raises StorageError for a file of a
    later version."""
    data.execute("BEGIN IMMEDIATE")
    try:
        found = version(data)
        if found not in STEPS and found != VERSION:
            raise StorageError(
                "The kept snapshots were written by a newer version of this program.",
                hint="Use that version, or another --data-dir.",
            )
        if found != VERSION:
            STEPS[found](data)
            data.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        data.execute("ROLLBACK")
        raise
    data.execute("COMMIT")


def new(data: sqlite3.Connection) -> None:
    """A new file."""
    for statement in (*SNAPSHOTS, *BESIDE):
        data.execute(statement)


def from_first(data: sqlite3.Connection) -> None:
    """Version 1 kept what lists show beside the documents, and a row for each pool."""
    data.execute("ALTER TABLE snapshots RENAME TO before")
    for statement in SNAPSHOTS:
        data.execute(statement)
    data.execute("INSERT INTO snapshots SELECT id, document, document_digest, replies FROM before")
    points = data.execute(
        "SELECT snapshot_id, pool_id, m0, m1, m2, m3, m4, m5 FROM points "
        "ORDER BY snapshot_id, rowid"
    )
    try:
        series = {
            key: market_series.pack((int(row[1], 16), row[2:]) for row in rows)
            for key, rows in groupby(points, key=lambda row: str(row[0]))
        }
    except (ValueError, OverflowError) as error:
        raise StorageError(
            "market.sqlite was changed or damaged since an earlier version of this program wrote "
            "it. It was left as it is.",
            hint="Move the file away and take new snapshots.",
        ) from error
    heads = data.execute(
        "SELECT network, taken_at, block_number, id, chain, block_timestamp, pools, warnings, "
        "raw_bytes FROM before"
    ).fetchall()
    data.executemany(
        "INSERT INTO heads VALUES (?,?,?,?,?,?,?,?,?,?)",
        [(*row, series.get(row[3], b"")) for row in heads],
    )
    data.execute("DROP TABLE points")
    data.execute("DROP TABLE before")


STEPS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {0: new, 1: from_first}
"""From which version."""
