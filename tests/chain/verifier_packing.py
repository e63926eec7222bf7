"""The packing of docs/on-chain-verifier.md, written from that page for the tests.

It takes a proof apart by its sizes alone, so that proofs with wrong content reach the contract.
"""

from collections.abc import Sequence

P = 2**31 - 2**24 + 1
QUERIES = 20
WIDTHS = ([8], [72], [8] * 8)
SALT, SIBLINGS = 4, 28


def pieces(data: Sequence[int], size: int) -> list[Sequence[int]]:
    """Cut into pieces; the last may be shorter."""
    return [data[i : i + size] for i in range(0, len(data), size)]


def pack_bytes(data: bytes) -> list[int]:
    """28 bytes a felt."""
    return [int.from_bytes(bytes(piece), "little") for piece in pieces(data, 28)]


def pack_field(data: bytes) -> list[int]:
    """Seven field words a felt; ValueError for a word that is not below p."""
    words = [int.from_bytes(bytes(four), "little") for four in pieces(data, 4)]
    if any(word >= P for word in words):
        raise ValueError("a word is not below p")
    felts = []
    for seven in pieces(words, 7):
        low = sum(word * P**i for i, word in enumerate(seven[:4]))
        felts.append(low + 2**128 * sum(word * P**i for i, word in enumerate(seven[4:])))
    return felts


class Cursor:
    """Takes words off the front."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def words(self, count: int) -> bytes:
        """That many words; ValueError if there are fewer."""
        self.at += 4 * count
        if self.at > len(self.data):
            raise ValueError("it is cut short")
        return self.data[self.at - 4 * count : self.at]


def pack(statement: bytes, proof: bytes) -> list[int]:
    """The contract's calldata without its length; ValueError if it cannot be expressed."""
    c = Cursor(proof)
    if c.words(4) != b"OBSQRA/PROOF/1\0\0":
        raise ValueError("it is no proof")
    roots = c.words(24)
    trace, following, chunks, random = (c.words(4 * n) for n in (68, 68, 32, 4))
    codewords = [c.words(16) for _ in range(11)]
    claims = random + codewords[0] + trace + codewords[1] + following + codewords[2]
    for m in range(8):
        claims += chunks[64 * m : 64 * m + 64] + codewords[3 + m]
    roots += c.words(16)
    tail = c.words(17)
    leaves: list[list[bytes]] = [[] for _ in range(QUERIES)]
    trees = []
    for widths in (*WIDTHS, [SIBLINGS], [SIBLINGS]):
        rows = [[c.words(width) for width in widths] for _ in range(QUERIES)]
        salts = [[c.words(SALT) for _ in widths] for _ in range(QUERIES)]
        for q in range(QUERIES):
            both = zip(rows[q], salts[q], strict=True)
            leaves[q].append(b"".join(row + salt for row, salt in both))
        count = int.from_bytes(c.words(1), "little")
        trees.append((count, c.words(8 * count)))
    if c.at != len(proof):
        raise ValueError("bytes follow behind its end")
    felts = [*pack_bytes(statement), *pack_bytes(roots), *pack_field(claims), *pack_field(tail)]
    for query in leaves:
        for leaf in query:
            felts += pack_field(leaf)
    for count, digests in trees:
        felts += [count, *pack_bytes(digests)]
    return felts
