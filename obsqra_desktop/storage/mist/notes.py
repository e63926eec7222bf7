"""mist/: the notes books, one sealed file for each chain and pool.

AES-256-GCM (NIST SP 800-38D) under the book's own key, a fresh 96-bit nonce for each seal; schema,
chain, pool and the key's mark are bound as associated data. Outside of the seal stand only chain
and pool, and the mark: 8 bytes of HMAC-SHA256 under the key (RFC 2104), which tell another secret's
book from a damaged one.
"""

import base64
import hashlib
import hmac
import os
import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.felt import Felt
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.held_notes import BOOK_LIMIT, BOOK_SCHEMA, MistBook
from obsqra_desktop.domain.mist.keys import BookPlace
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

SCHEMA: Final = "obsqra/mist-sealed/1"
LIMIT: Final = BOOK_LIMIT * 4 // 3 + 64 * 1024
NONCE_BYTES: Final = 12
NAME: Final = re.compile(r"([0-9a-f]{1,64})-([0-9a-f]{1,64})\.json")


class SealedBook(Strict):
    """A book's file."""

    schema_id: Literal["obsqra/mist-sealed/1"] = Field(default=SCHEMA, alias="schema")
    chain_id: Felt
    pool: Felt
    mark: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=LIMIT, repr=False)]


class MistFolder:
    """Implements MistBooks."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._folder = data_dir / "mist"
        self._lock = lock

    def held(self) -> AbstractContextManager[None]:
        """The data folder's lock."""
        return self._lock.held()

    def places(self) -> tuple[tuple[int, int], ...]:
        """Chain and pool of every book, by its name."""
        with reported("reading the notes books"):
            names = [path.name for path in self._folder.glob("*.json")]
        found = [name for name in map(NAME.fullmatch, sorted(names)) if name]
        return tuple((int(one[1], 16), int(one[2], 16)) for one in found)

    def load(self, place: BookPlace) -> MistBook:
        """The book, empty if there is none; raises StorageError."""
        path = self._path(place)
        with reported("reading the notes book"):
            if not os.path.lexists(path):
                return MistBook(chain_id=place.chain_id, pool=place.pool)
            try:
                raw = read_capped(path, LIMIT)
                sealed = strict_json.parse(
                    SealedBook, raw, what=path.name, schema=SCHEMA, limit=LIMIT
                )
            except (ValueError, InvalidInput):
                raise damaged() from None
        return opened(sealed, place)

    def save(self, place: BookPlace, book: MistBook) -> None:
        """Replace the book; raises StorageError, also when a counter would fall."""
        with self._lock.held():
            kept = self.load(place)
            if book.next_index < kept.next_index or book.next_account < kept.next_account:
                raise StorageError(
                    "A notes book with older counters would have replaced a newer one: keys could "
                    "be used twice. Nothing was written.",
                    hint="Read the book again, then change it.",
                )
            self._write(place, book)

    def take(self, place: BookPlace, count: int, at_least: int = 0) -> int:
        """The first of `count` free indices, not below `at_least`; the counter is raised on the
        disk before this returns."""
        if count < 1:
            raise InvalidInput("at least one index is taken", where="count")
        with self._lock.held():
            book = self.load(place)
            first = max(book.next_index, at_least)
            self._write(place, again(book, next_index=first + count))
            return first

    def take_account(self, place: BookPlace, at_least: int = 0) -> int:
        """The same for a fresh account's index."""
        with self._lock.held():
            book = self.load(place)
            first = max(book.next_account, at_least)
            self._write(place, again(book, next_account=first + 1))
            return first

    def _path(self, place: BookPlace) -> Path:
        return self._folder / f"{place.chain_id:x}-{place.pool:x}.json"

    def _write(self, place: BookPlace, book: MistBook) -> None:
        """What is written was tried first: a book that could not be read again is refused."""
        if (book.chain_id, book.pool) != (place.chain_id, place.pool):
            raise InvalidInput("this is the book of another pool", where="book")
        plain = strict_json.pretty(book)
        if len(plain) > BOOK_LIMIT:
            raise StorageError(
                "The notes book is full. Nothing was written; what is in it stays readable.",
                hint="Withdraw what is left, and go on with a new data folder.",
            )
        sealed = seal(plain, place)
        if opened(sealed, place) != book:
            raise StorageError("The notes book could not be written so that it can be read again.")
        with reported("opening the folder of notes"):
            make_folder(self._folder)
        write_atomic(self._path(place), strict_json.pretty(sealed), "saving the notes book")


def mark_of(key: bytes) -> str:
    """Tells keys apart and gives nothing of them away."""
    return hmac.new(key, b"obsqra/mist-sealed/1 mark", hashlib.sha256).hexdigest()[:16]


def bound(place: BookPlace) -> bytes:
    """Associated data of the seal."""
    return f"{SCHEMA}\n{place.chain_id:x}\n{place.pool:x}\n{mark_of(place.key)}".encode()


def seal(plain: bytes, place: BookPlace) -> SealedBook:
    """Under a fresh nonce."""
    nonce = os.urandom(NONCE_BYTES)
    data = AESGCM(place.key).encrypt(nonce, plain, bound(place))
    return SealedBook(
        chain_id=place.chain_id,
        pool=place.pool,
        mark=mark_of(place.key),
        nonce=nonce.hex(),
        data=base64.b64encode(data).decode("ascii"),
    )


def opened(sealed: SealedBook, place: BookPlace) -> MistBook:
    """The book inside; raises StorageError."""
    if (sealed.chain_id, sealed.pool) != (place.chain_id, place.pool):
        raise damaged()
    if sealed.mark != mark_of(place.key):
        raise StorageError(
            "The notes book here was sealed under another secret than the vault has. "
            "It was left as it is; nothing was sent.",
            hint="Bring back the backup of that secret, or use another data folder.",
        )
    try:
        data = base64.b64decode(sealed.data, validate=True)
        plain = AESGCM(place.key).decrypt(bytes.fromhex(sealed.nonce), data, bound(place))
        book = strict_json.parse(
            MistBook, plain, what="notes book", schema=BOOK_SCHEMA, limit=BOOK_LIMIT
        )
    except (ValueError, InvalidTag, InvalidInput):
        raise damaged() from None
    if (book.chain_id, book.pool) != (place.chain_id, place.pool):
        raise damaged()
    return book


def damaged() -> StorageError:
    """The file is not what was written."""
    return StorageError(
        "The notes book is damaged or was changed from outside. It was left as it is; "
        "nothing was sent.",
        hint="Bring back a backup: obsqra mist restore. The chain still has the money.",
    )
