"""A proof's bytes by region (docs/proof-specification.md, section 9), as numpy arrays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from obsqra_desktop.domain.poseidon2 import P

Words = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]

QUERIES: Final = 20
COLUMNS: Final = 68
CODEWORDS: Final = 4
CHUNKS: Final = 8
EXT: Final = 4
SALT: Final = 4
ROUNDS: Final = 2
SIBLINGS: Final = 7
HEAD: Final = 16
DIGEST: Final = 32
TREES: Final = ("random", "trace", "quotient", "fold1", "fold2")
WIDTHS: Final = {
    "random": EXT + CODEWORDS,
    "trace": COLUMNS + CODEWORDS,
    "quotient": CHUNKS * (EXT + CODEWORDS),
    "fold1": SIBLINGS * EXT,
    "fold2": SIBLINGS * EXT,
}
MATRICES: Final = {"random": 1, "trace": 1, "quotient": CHUNKS, "fold1": 1, "fold2": 1}
CLAIMED: Final = (
    ("trace at zeta", COLUMNS),
    ("trace at next", COLUMNS),
    ("quotient at zeta", CHUNKS * EXT),
    ("random at zeta", EXT),
    ("codewords at zeta", CODEWORDS * (1 + 2 + CHUNKS)),
)
R_INVERSE: Final = pow(1 << 32, -1, P)


def canonical(words: Words) -> Words:
    """From the words of the proof, x * 2^32 mod p, to x."""
    return (words.astype(np.uint64) * R_INVERSE % P).astype(np.uint32)


def hashed(values: Words) -> Words:
    """From x to the word of the proof."""
    return ((values.astype(np.uint64) << np.uint64(32)) % P).astype(np.uint32)


@dataclass(frozen=True)
class Parsed:
    """Field words of fixed shape by region, digests by tree, and what else there is."""

    size: int
    fields: Mapping[str, Words]
    digests: Mapping[str, Bytes]
    roots: Bytes
    grinding: int

    @cached_property
    def flat(self) -> Words:
        """All field words but the grinding witness, in one row: as long for every proof."""
        return np.concatenate([region.ravel() for region in self.fields.values()])


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def words(self, *shape: int) -> Words:
        count = int(np.prod(shape))
        found = np.frombuffer(self.raw, "<u4", count, self.at).reshape(shape)
        self.at += 4 * count
        return found.astype(np.uint32)

    def digests(self, count: int) -> Bytes:
        found = np.frombuffer(self.raw, np.uint8, DIGEST * count, self.at)
        self.at += DIGEST * count
        return found.reshape(count, DIGEST)


def parse(proof: bytes) -> Parsed:
    """Take a proof apart; nothing may be left over."""
    reader = _Reader(proof)
    reader.at = HEAD
    roots = [reader.digests(3)]
    fields: dict[str, Words] = {name: reader.words(width, EXT) for name, width in CLAIMED}
    roots.append(reader.digests(ROUNDS))
    fields["final polynomial"] = reader.words(EXT, EXT)
    grinding = int(canonical(reader.words(1))[0])
    digests: dict[str, Bytes] = {}
    for tree in TREES:
        fields[f"{tree} rows"] = reader.words(QUERIES, WIDTHS[tree])
        fields[f"{tree} salts"] = reader.words(QUERIES, MATRICES[tree] * SALT)
        digests[tree] = reader.digests(int(reader.words(1)[0]))
    assert reader.at == len(proof)
    assert all(int(region.max()) < P for region in fields.values())
    return Parsed(len(proof), fields, digests, np.concatenate(roots), grinding)


def salts(parsed: Parsed) -> Iterator[bytes]:
    """Every salt once: repeated queries show the same leaf again."""
    for tree in TREES:
        for row in np.unique(parsed.fields[f"{tree} salts"], axis=0):
            for salt in row.reshape(-1, SALT):
                yield salt.tobytes()
