"""MIST's published key data: read from the resources, and refused unless it is exactly that.

Made by tests/devtools/mist_key.py; resources/mist/README.md says where the numbers come from.
"""

import hashlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.mist.errors import KeyDataDamaged

DIGESTS: Final = {
    "circuit.bin.z": "8dd402196e12698adc2e307364ab9698107439bad2780b37ea27ba0aa1e19c51",
    "proving_key.bin": "50110a170fd85a1e1be515b7bd7d2abc38c02f2604b323d444157135ac5f61c6",
    "verifying_key.bin": "120c8fb57c9414d26c5a986a78047fa4975e79c592057bc511c6deb898aabf60",
}
"""SHA-256 of each file; of the circuit, before compression."""
MAX_BYTES: Final = 4 << 20
MAGIC: Final = 8


@dataclass(frozen=True, slots=True)
class KeyData:
    """The three files' contents, the circuit without its compression."""

    circuit: bytes
    proving_key: bytes
    verifying_key: bytes

    def verifying_numbers(self) -> tuple[int, ...]:
        """alpha (2), beta, gamma, delta (4 each: x0, x1, y0, y1), then 11 points (2 each)."""
        body = self.verifying_key[MAGIC:]
        chunks = range(0, len(body), 32)
        return tuple(int.from_bytes(body[at : at + 32], "little") for at in chunks)


def load_key_data(folder: Path) -> KeyData:
    """Read and check `resources/mist`; raises KeyDataDamaged."""
    circuit, proving, verifying = (
        pinned(folder / name, digest) for name, digest in DIGESTS.items()
    )
    return KeyData(circuit, proving, verifying)


def pinned(path: Path, digest: str) -> bytes:
    """The file's content, decompressed; raises KeyDataDamaged unless it has this digest."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if path.suffix == ".z":
            stream = zlib.decompressobj()
            content = stream.decompress(content, MAX_BYTES + 1)
            if not stream.eof or stream.unused_data:
                raise damaged(path)
    except (OSError, zlib.error) as error:
        raise damaged(path) from error
    if len(content) > MAX_BYTES or hashlib.sha256(content).hexdigest() != digest:
        raise damaged(path)
    return content


def damaged(path: Path) -> KeyDataDamaged:
    """What to tell and to do."""
    return KeyDataDamaged(
        f"{path.name} is missing or not the published one, so nothing can be proved with it. "
        "No money is touched.",
        hint="Install the program again.",
    )
