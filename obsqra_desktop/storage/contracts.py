"""Compiled contracts that ship with the program, and copies of those that were declared from here.

The folder `resources/contracts` has manifest.json and one Contract.json.gz each. A copy of a class
is kept in the data folder before its declaration is sent, so that the same bytes can be sent again
even after the program was updated. Whether a class is what its hash says is checked where it is
used.
"""

import gzip
import zlib
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.contracts import (
    MANIFEST_LIMIT,
    MAX_CLASS_BYTES,
    ContractFacts,
    ContractsManifest,
    SierraClass,
)
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic

PACKED_LIMIT: Final = 2 * 1024 * 1024
ENDING: Final = ".json.gz"
GZIP: Final = 16 + zlib.MAX_WBITS


def unpacked(raw: bytes, name: str) -> bytes:
    """One gzip member of at most MAX_CLASS_BYTES and nothing behind it; raises InvalidInput."""
    reader = zlib.decompressobj(GZIP)
    try:
        data = reader.decompress(raw, MAX_CLASS_BYTES + 1)
    except zlib.error as error:
        raise InvalidInput(f"{name} is not a gzip file", where=name) from error
    if len(data) > MAX_CLASS_BYTES:
        raise InvalidInput(f"{name} is larger than a class can be", where=name)
    if not reader.eof or reader.unused_data:
        raise InvalidInput(f"{name} is cut off or has something behind it", where=name)
    return data


class ContractClasses:
    """Implements ClassStore."""

    def __init__(self, data_dir: Path, shipped: Path | None = None) -> None:
        self._shipped = shipped or resource_root() / "contracts"
        self._kept = data_dir / "classes"

    def listing(self) -> tuple[ContractFacts, ...]:
        """All contracts of the manifest; raises StorageError if that is missing or damaged."""
        with reported("reading the list of contracts"):
            try:
                raw = read_capped(self._shipped / "manifest.json", MANIFEST_LIMIT)
                return ContractsManifest.parse(raw).contracts
            except (ValueError, InvalidInput) as error:
                raise damaged("manifest.json") from error

    def facts(self, name: str) -> ContractFacts:
        """What the manifest says of a contract; raises NotFound, StorageError."""
        facts = next((one for one in self.listing() if one.name == name), None)
        if facts is None:
            known = ", ".join(one.name for one in self.listing())
            raise NotFound(f"There is no contract {name[:70]!r}.", hint=f"There are: {known}.")
        return facts

    def load(self, name: str) -> tuple[ContractFacts, SierraClass]:
        """A contract by name; raises NotFound, StorageError."""
        facts = self.facts(name)
        found = self._read(self._shipped / f"{name}{ENDING}")
        if len(found.sierra_program) != facts.sierra_felts:
            raise damaged(name)
        return facts, found

    def find(self, class_hash: int) -> SierraClass:
        """A class by its hash: one that ships, or one that was kept; raises NotFound."""
        facts = next((one for one in self.listing() if one.class_hash == class_hash), None)
        if facts is not None:
            return self._read(self._shipped / f"{facts.name}{ENDING}")
        path = self._kept / f"{hex(class_hash)}{ENDING}"
        if not path.is_file():
            raise NotFound(
                f"The class {hex(class_hash)} is neither shipped nor kept here.",
                hint="Nothing was sent.",
            )
        return self._read(path)

    def keep(self, class_hash: int) -> None:
        """A copy that outlives an update, on the disk before this returns."""
        path = self._kept / f"{hex(class_hash)}{ENDING}"
        if path.is_file():
            return
        raw = self.find(class_hash).model_dump_json(by_alias=True).encode()
        with reported("keeping the class"):
            make_folder(self._kept)
        write_atomic(path, gzip.compress(raw, mtime=0), "keeping the class")

    def _read(self, path: Path) -> SierraClass:
        with reported("reading a contract class"):
            try:
                raw = read_capped(path, PACKED_LIMIT)
                return SierraClass.parse(unpacked(raw, path.name), path.name)
            except (ValueError, InvalidInput) as error:
                raise damaged(path.name) from error


def damaged(name: str) -> StorageError:
    """A file of the program is not what it was."""
    return StorageError(f"{name} is damaged. Nothing was sent.", hint="Install the program again.")
