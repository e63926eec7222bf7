"""The zip of an audit bundle: one form, byte for byte.

The archive is written without compression, flags, extra fields or comments, entries sorted by
name, dated 1980-01-01, mode 0644. Reading walks the entries within strict limits, packs them
again and demands the same bytes, so there is nothing that two programs could read differently.
"""

import binascii
import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.storage.files import reported, write_atomic

MAX_ENTRIES: Final = 64
MAX_ENTRY: Final = 8 << 20
MAX_ARCHIVE: Final = 16 << 20
NAME: Final = re.compile(rb"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
MAX_NAME: Final = 100

LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<4sHHHHIIH")
LOCAL_MARK: Final = b"PK\x03\x04"
VERSION: Final = 20
MADE_BY_UNIX: Final = 3 << 8 | VERSION
DATE_1980: Final = 0x21
PLAIN_FILE: Final = 0o100644 << 16
BUNDLE_MODE: Final = 0o644


class BundleDamaged(InvalidInput):
    """The file is not an archive of the one form, or breaks a limit."""

    code = "bundle_damaged"
    title = "This is not an intact audit bundle"


class BundleArchive:
    """Implements BundleFiles."""

    def pack(self, entries: Mapping[str, bytes]) -> bytes:
        """The archive of these files."""
        return pack({name.encode("ascii"): data for name, data in entries.items()})

    def unpack(self, archive: bytes) -> dict[str, bytes]:
        """The files of an archive; raises BundleDamaged."""
        entries = walk(archive)
        if pack(entries) != archive:
            raise BundleDamaged("The archive was repacked or altered.")
        return {name.decode("ascii"): data for name, data in entries.items()}

    def write(self, path: Path, archive: bytes) -> None:
        """Save atomically, readable for others, since a bundle is made to be given away."""
        if path.is_dir():
            raise InvalidInput("The bundle needs a file name, not a folder.")
        if not path.parent.is_dir():
            raise InvalidInput("The folder for the bundle does not exist.")
        write_atomic(path, archive, "saving the bundle", mode=BUNDLE_MODE)

    def read(self, path: Path) -> bytes:
        """The bytes of a file of at most 16 MiB."""
        if not path.is_file():
            raise NotFound(f"There is no file {path.name!r}.", hint="Check the path.")
        with reported("reading the file"), path.open("rb") as file:
            data = file.read(MAX_ARCHIVE + 1)
        if len(data) > MAX_ARCHIVE:
            raise BundleDamaged(f"It is larger than {MAX_ARCHIVE >> 20} MiB.")
        return data


def pack(entries: Mapping[bytes, bytes]) -> bytes:
    """Local entries, central directory, end record: what APPNOTE 6.3 calls version 2.0."""
    local, central = bytearray(), bytearray()
    for name in sorted(entries):
        data = entries[name]
        crc, size = binascii.crc32(data), len(data)
        offset = len(local)
        common = (0, 0, 0, DATE_1980, crc, size, size, len(name), 0)
        local += LOCAL.pack(LOCAL_MARK, VERSION, *common) + name + data
        central += CENTRAL.pack(
            b"PK\x01\x02", MADE_BY_UNIX, VERSION, *common, 0, 0, 0, PLAIN_FILE, offset
        )
        central += name
    count = len(entries)
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)
    return bytes(local + central + end)


def walk(archive: bytes) -> dict[bytes, bytes]:
    """The local entries within the limits; whatever follows them is left to the comparison."""
    entries: dict[bytes, bytes] = {}
    at = 0
    while archive[at : at + 4] == LOCAL_MARK:
        if len(archive) < at + LOCAL.size:
            raise BundleDamaged("The archive is cut short.")
        header = LOCAL.unpack_from(archive, at)
        size, name_length = header[8], header[9]
        if size > MAX_ENTRY or not 0 < name_length <= MAX_NAME:
            raise BundleDamaged("An entry is too large or has too long a name.")
        at += LOCAL.size
        name = archive[at : at + name_length]
        at += name_length
        data = archive[at : at + size]
        at += size
        if len(data) != size:
            raise BundleDamaged("The archive is cut short.")
        if not NAME.fullmatch(name) or b".." in name:
            raise BundleDamaged("An entry has a name that no bundle has.")
        if name in entries:
            raise BundleDamaged("Two entries have the same name.")
        entries[name] = data
        if len(entries) > MAX_ENTRIES:
            raise BundleDamaged("There are too many entries.")
    if not entries:
        raise BundleDamaged("This is no zip archive.")
    return entries
