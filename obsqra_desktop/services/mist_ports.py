"""What private money needs from prover, disk and chain. Adapters come in by constructor."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from pathlib import Path
from typing import Protocol

from obsqra_desktop.domain.mist.backup import BackupContents
from obsqra_desktop.domain.mist.chain import ChainBlock
from obsqra_desktop.domain.mist.copy import CopyContents, CopyRecord
from obsqra_desktop.domain.mist.deep import Ladder
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.keys import BookPlace, PoolKeys
from obsqra_desktop.domain.mist.note import (
    SpendProof,
    SpendPublics,
    SpendStatement,
    SpendTiming,
    TreePath,
)
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import Head

MakeKeys = Callable[[bytes, int, int], PoolKeys]
"""Secret, chain id, pool: their keys."""
MakeCopyKey = Callable[[bytes], bytes]
"""Of the secret: the 32 bytes that the copy beside a backup is sealed under."""


class MistTree(Protocol):
    """MIST's Merkle tree. Blocks: about 0.7 s for 100 000 leaves."""

    def root(self, leaves: Sequence[int]) -> int:
        """0 without leaves; raises InvalidInput for more than 2^20 or what is no element."""
        ...

    def path(self, leaves: Sequence[int], leaf: int) -> TreePath:
        """Of the leaf's first place; raises NoteMissing, InvalidInput."""
        ...


class MistProver(Protocol):
    """Proofs under MIST's published keys. All calls block; the services run them in a thread."""

    def check(self) -> object:
        """Read the key data now, and whatever else a proof takes: about 0.1 s, once.

        Raises KeyDataDamaged, ToolMissing.
        """
        ...

    def prove(
        self,
        statement: SpendStatement,
        progress: Callable[[SpendTiming], None],
        cancelled: Callable[[], bool],
    ) -> SpendProof:
        """Prove and verify; `progress` comes after each phase, `cancelled` is asked before each.

        Raises Cancelled, ProvingFailed, KeyDataDamaged, ToolMissing.
        """
        ...

    def verify(self, publics: SpendPublics, points: Sequence[int]) -> None:
        """Accept or raise ProofRejected with the reason."""
        ...

    def calldata(self, publics: SpendPublics, points: Sequence[int]) -> tuple[int, ...]:
        """The whole argument of the contract's `handle_zkp` for a proof that verifies.

        Raises ProofRejected, ProvingFailed, ToolMissing.
        """
        ...


class MistBooks(Protocol):
    """Sealed books on the disk, one for each chain and pool. All calls block.

    Each raises StorageError if the book is damaged or was sealed under another secret: it is left
    as it is, and nothing is taken from it.
    """

    def load(self, place: BookPlace) -> MistBook:
        """The book; an empty one if there is none."""
        ...

    def save(self, place: BookPlace, book: MistBook) -> None:
        """Durable before this returns. Raises StorageError, before anything is written, if a
        counter would fall below the kept one."""
        ...

    def take(self, place: BookPlace, count: int, at_least: int = 0) -> int:
        """The first of `count` indices that nobody has used and nobody else will get, none of them
        below `at_least`.

        The counter is raised on the disk before this returns; what is taken and not used is lost
        on purpose. Under the lock.
        """
        ...

    def take_account(self, place: BookPlace, at_least: int = 0) -> int:
        """The same for one index of a fresh account."""
        ...

    def places(self) -> tuple[tuple[int, int], ...]:
        """Chain and pool of every book that is there, readable or not."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """The folder's lock, for reading, changing and saving as one step."""
        ...


class PoolWatch(Protocol):
    """One node for the time of one look at a pool.

    Every question is about a whole pool or a whole block. Raises what ChainSession does, and
    NodeRefused for a state that the node does not keep.
    """

    @property
    def node(self) -> str:
        """Label of the node, fit to be shown."""
        ...

    async def head(self) -> Head:
        """The newest accepted block."""
        ...

    async def call_at(
        self, to: int, entry_point: str, block: int, *, long: bool = False
    ) -> tuple[int, ...]:
        """A read-only call without arguments at an accepted block; `long` for long answers."""
        ...

    async def header(self, block: int) -> Head | None:
        """None if there is no such block (any more)."""
        ...

    async def block(self, number: int) -> ChainBlock:
        """A whole block."""
        ...


class PoolWatches(Protocol):
    """Opens them."""

    def open(self, network: Network, purpose: str) -> AbstractAsyncContextManager[PoolWatch]:
        """On the first node that passes preflight; raises what Chain.open does."""
        ...


class LeafSearch(Protocol):
    """Finds leaves by trying: native, without the GIL. Blocks."""

    def find(
        self, secrets: Sequence[int], values: Sequence[tuple[int, int]], leaves: Sequence[int]
    ) -> tuple[tuple[int, int, int], ...]:
        """Every (secret's place, value's place, leaf's place) with
        hash(secret, token, amount) = leaf, for values (token, amount)."""
        ...

    def find_amounts(
        self, secrets: Sequence[int], token: int, amounts: Ladder, leaves: Sequence[int]
    ) -> tuple[tuple[int, int, int], ...]:
        """The same for one token and amounts that follow each other; the second is the amount's
        place on the ladder."""
        ...


class BackupFormat(Protocol):
    """Encrypted backup files. Both calls block for a tenth of a second and take 64 MiB."""

    def write(self, contents: BackupContents, passphrase: str) -> bytes:
        """The file's bytes; raises InvalidInput."""
        ...

    def read(self, raw: bytes, passphrase: str) -> BackupContents:
        """What is in it; raises InvalidInput, WrongPassphrase."""
        ...


class CopyFormat(Protocol):
    """Sealed copies of the notes. Both calls block."""

    def write(self, contents: CopyContents, key: bytes) -> bytes:
        """The file's bytes, of a length that says little; raises InvalidInput."""
        ...

    def read(self, raw: bytes, key: bytes) -> CopyContents:
        """What is in it; raises NotThisCopy, DamagedCopy."""
        ...


class CopyPlace(Protocol):
    """Where the copy lies, named by its backup's path, and what is remembered of it. All block;
    the place may be slow or gone."""

    def held(self) -> AbstractContextManager[None]:
        """The copy's own lock."""
        ...

    def named(self, backup: Path) -> str:
        """Its absolute path."""
        ...

    def record(self) -> CopyRecord | None:
        """None for nothing, or nothing that can be read."""
        ...

    def remember(self, record: CopyRecord) -> None:
        """Durable; raises StorageError."""
        ...

    def books(self) -> str:
        """A digest of the sealed books as they are."""
        ...

    def there(self, backup: str) -> bool:
        """Whether the backup is where it was."""
        ...

    def same_disk(self, backup: str) -> bool | None:
        """Whether the data folder is on the same file system; None is not known."""
        ...

    def read(self, backup: str) -> bytes | None:
        """None if there is none; raises NotThisCopy, CopyPlaceGone, StorageError."""
        ...

    def replace(self, backup: str, data: bytes) -> None:
        """All new or all old; raises CopyPlaceGone, StorageError."""
        ...
