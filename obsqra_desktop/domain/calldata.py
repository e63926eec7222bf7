"""The packed calldata of the on-chain verifier, and the statement that it answers.

docs/on-chain-verifier.md is the rule, the proof specification's section 9 the proof's own order.
Packing is one to one: `unpack` gives back the very bytes of statement and proof, or refuses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.commitment import limbs_to_bytes
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.statement import Statement

FIELD: Final = 2**31 - 2**24 + 1
"""KoalaBear (specification, section 2)."""
MAGIC: Final = b"OBSQRA/PROOF/1\0\0"
QUERIES: Final = 20
SALT: Final = 4
BATCHES: Final = ((8,), (72,), (8,) * 8)
"""Words of each matrix's row, random codewords included (section 8)."""
ROUNDS: Final = ((28,), (28,))
"""The seven extension elements beside the queried one, for each folding round."""
HEIGHTS: Final = (13, 13, 13, 10, 7)
FELT_BYTES: Final = 28
WORD: Final = 4
DIGEST: Final = 8
"""Words of a digest."""
ROOTS: Final = 5
CLAIMS: Final = 864
TAIL: Final = 17
STATEMENT_WORDS: Final = 139
POOL_WORDS: Final = 18
COUNT_AT: Final = 136
"""The word of the statement that holds the number of pools."""
HALF: Final = 1 << 128
MAX_POOLS: Final = 8


def pack(statement: bytes, proof: bytes) -> tuple[int, ...]:
    """The felts of `verify`, without their number; raises InvalidInput for what has no packing.

    Sizes and field words are checked here, all else is the contract's to refuse.
    """
    pools = int.from_bytes(statement[WORD * COUNT_AT : WORD * (COUNT_AT + 1)], "little")
    if len(statement) != WORD * (STATEMENT_WORDS + POOL_WORDS * pools) or not pools <= MAX_POOLS:
        # Padding would make a statement whose last words are zero equal to a shorter one.
        raise InvalidInput("the statement has another length than its number of pools")
    source = Words(proof)
    if source.take(4) != MAGIC:
        raise InvalidInput("these bytes are no proof")
    roots = source.take(3 * DIGEST)
    trace, following, chunks, random = (source.take(4 * n) for n in (68, 68, 32, 4))
    codewords = [source.take(4 * SALT) for _ in range(11)]
    claims = random + codewords[0] + trace + codewords[1] + following + codewords[2]
    for chunk in range(8):
        claims += chunks[64 * chunk : 64 * (chunk + 1)] + codewords[3 + chunk]
    roots += source.take(2 * DIGEST)
    tail = source.take(TAIL)
    leaves: list[list[bytes]] = [[] for _ in range(QUERIES)]
    trees: list[tuple[int, bytes]] = []
    for widths, height in zip((*BATCHES, *ROUNDS), HEIGHTS, strict=True):
        rows = [[source.take(width) for width in widths] for _ in range(QUERIES)]
        salts = [[source.take(SALT) for _ in widths] for _ in range(QUERIES)]
        for query in range(QUERIES):
            both = zip(rows[query], salts[query], strict=True)
            leaves[query].append(b"".join(row + salt for row, salt in both))
        count = int.from_bytes(source.take(1), "little")
        if count > QUERIES * height:
            raise InvalidInput("the proof has more digests than its trees")
        trees.append((count, source.take(DIGEST * count)))
    source.end()
    felts = [*from_bytes(statement), *from_bytes(roots), *from_field(claims), *from_field(tail)]
    felts += [felt for query in leaves for leaf in query for felt in from_field(leaf)]
    for count, digests in trees:
        felts += [count, *from_bytes(digests)]
    return tuple(felts)


def unpack(felts: Sequence[int]) -> tuple[bytes, bytes]:
    """Statement and proof of packed calldata; raises InvalidInput for what `pack` cannot make.

    What the bytes say is not looked at, but for the number of pools, which sets the length.
    """
    source = Felts(felts)
    number = pools_of(felts)
    statement = source.bytes_of(STATEMENT_WORDS + POOL_WORDS * number)
    roots = source.bytes_of(ROOTS * DIGEST)
    claims, tail = source.field(CLAIMS), source.field(TAIL)
    leaves = [
        [source.field(sum(widths) + SALT * len(widths)) for widths in (*BATCHES, *ROUNDS)]
        for _ in range(QUERIES)
    ]
    trees = [source.tree(QUERIES * height) for height in HEIGHTS]
    source.end()

    cut = Words(claims)
    random, first = cut.take(16), cut.take(16)
    trace, second = cut.take(272), cut.take(16)
    following, third = cut.take(272), cut.take(16)
    chunks = [(cut.take(16), cut.take(16)) for _ in range(8)]
    parts = [
        *(MAGIC, roots[: 3 * 32], trace, following, *(chunk for chunk, _ in chunks), random),
        *(first, second, third, *(codeword for _, codeword in chunks)),
        *(roots[3 * 32 :], tail),
    ]
    for place, widths in enumerate((*BATCHES, *ROUNDS)):
        rows, salts = [], []
        for query in range(QUERIES):
            leaf = Words(leaves[query][place])
            for width in widths:
                rows.append(leaf.take(width))
                salts.append(leaf.take(SALT))
        count, digests = trees[place]
        parts += [*rows, *salts, count.to_bytes(WORD, "little"), digests]
    return statement, b"".join(parts)


def pools_of(felts: Sequence[int]) -> int:
    """How many pools packed calldata says that its statement has."""
    felt, word = divmod(COUNT_AT, 7)
    if felt >= len(felts):
        raise InvalidInput("the calldata is cut short")
    number = felts[felt] >> 32 * word & 0xFFFFFFFF
    if not 1 <= number <= MAX_POOLS:
        raise InvalidInput("the calldata's statement has no number of pools")
    return number


def from_bytes(data: bytes) -> list[int]:
    """28 bytes a felt."""
    places = range(0, len(data), FELT_BYTES)
    return [int.from_bytes(data[at : at + FELT_BYTES], "little") for at in places]


def from_field(data: bytes) -> list[int]:
    """Seven field words a felt; raises InvalidInput for a word that is not below p."""
    places = range(0, len(data), WORD)
    words = [int.from_bytes(data[at : at + WORD], "little") for at in places]
    if any(word >= FIELD for word in words):
        raise InvalidInput("the proof has a word that is no field element")
    felts = []
    for at in range(0, len(words), 7):
        low, high = words[at : at + 4], words[at + 4 : at + 7]
        felts.append(in_base(low) + HALF * in_base(high))
    return felts


def in_base(words: Sequence[int]) -> int:
    """The number with these digits in base p, the lowest first."""
    value = 0
    for word in reversed(words):
        value = value * FIELD + word
    return value


class Words:
    """Takes words off the front of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        """That many words; raises InvalidInput if there are fewer."""
        piece = self._data[self._at : self._at + WORD * count]
        if len(piece) != WORD * count:
            raise InvalidInput("the proof is cut short")
        self._at += WORD * count
        return piece

    def end(self) -> None:
        """Raises InvalidInput if something follows."""
        if self._at != len(self._data):
            raise InvalidInput("bytes follow the end of the proof")


class Felts:
    """Takes records off the front of packed calldata; each begins with a new felt."""

    def __init__(self, felts: Sequence[int]) -> None:
        self._felts, self._at = felts, 0

    def _take(self, count: int) -> Sequence[int]:
        piece = self._felts[self._at : self._at + count]
        if len(piece) != count or not all(0 <= one < PRIME for one in piece):
            raise InvalidInput("the calldata is cut short")
        self._at += count
        return piece

    def bytes_of(self, words: int) -> bytes:
        """A record of bytes."""
        parts = []
        for felt in self._take(-(-words // 7)):
            if felt >> 8 * FELT_BYTES:
                raise InvalidInput("a felt of the calldata holds more than 28 bytes")
            parts.append(felt.to_bytes(FELT_BYTES, "little"))
        return without_padding(b"".join(parts), WORD * words)

    def field(self, words: int) -> bytes:
        """A record of field words."""
        found = []
        for felt in self._take(-(-words // 7)):
            for half, digits in ((felt % HALF, 4), (felt // HALF, 3)):
                rest = half
                for _ in range(digits):
                    rest, word = divmod(rest, FIELD)
                    found.append(word.to_bytes(WORD, "little"))
                if rest:
                    raise InvalidInput("the calldata has a word that is no field element")
        return without_padding(b"".join(found), WORD * words)

    def tree(self, most: int) -> tuple[int, bytes]:
        """The number of digests of a tree, and the digests."""
        (count,) = self._take(1)
        if count > most:
            raise InvalidInput("the calldata has more digests than its trees")
        return count, self.bytes_of(DIGEST * count) if count else b""

    def end(self) -> None:
        """Raises InvalidInput if something follows."""
        if self._at != len(self._felts):
            raise InvalidInput("felts follow the end of the calldata")


def without_padding(data: bytes, length: int) -> bytes:
    """The first bytes; raises InvalidInput if the others are not zero."""
    if any(data[length:]):
        raise InvalidInput("the calldata's padding is not zero")
    return data[:length]


@dataclass(frozen=True, slots=True)
class Field:
    """One number of the statement: its name, ours, and the contract's (None: not answered)."""

    name: str
    ours: int
    answered: int | None

    @property
    def same(self) -> bool:
        """Whether both agree."""
        return self.ours == self.answered


def expected_answer(statement: Statement) -> tuple[tuple[str, int], ...]:
    """The felts that `verify` must answer for a statement, each with its name.

    Cairo's serialisation of the contract's Statement: a u256 is its low and its high half, a span
    its length and its elements; strings of 32 bytes are little-endian integers.
    """
    b = statement.binding
    found = [
        ("chain_id", b.chain_id),
        ("gate", b.gate),
        ("account", b.account),
        ("nonce", b.nonce),
        ("expiry", b.expiry),
        ("block_number", statement.block_number),
        *halves("snapshot_digest", statement.snapshot_digest),
        ("rule_id", statement.rule_id),
        *halves("model_digest", statement.weights.digest()),
        *halves("commitment", limbs_to_bytes(statement.commitment)),
        ("pools", len(statement.pools)),
    ]
    for place, pool in enumerate(statement.pools):
        m = pool.metrics
        found += [
            (f"pools.{place}.{name}", int(value))
            for name, value in (
                ("id", pool.id),
                ("utilization_bps", m.utilization_bps),
                ("volatility_bps", m.volatility_bps),
                ("liquidity_tier", m.liquidity_tier),
                ("audit_score", m.audit_score),
                ("age_days", m.age_days),
                ("apy_bps", m.apy_bps),
                ("score", pool.score),
                ("model_class", pool.model_class),
                ("flag", pool.flag),
                ("allocation_bps", pool.allocation_bps),
            )
        ]
    return (
        *found,
        ("decision", int(statement.action)),
        ("idle_bps", statement.idle_bps),
        *halves("digest", statement.digest()),
    )


def halves(name: str, raw: bytes) -> tuple[tuple[str, int], tuple[str, int]]:
    """32 bytes as the two halves of a u256."""
    return (
        (f"{name}.low", int.from_bytes(raw[:16], "little")),
        (f"{name}.high", int.from_bytes(raw[16:], "little")),
    )


def compared(statement: Statement, answer: Sequence[int]) -> tuple[Field, ...]:
    """Every number of the statement beside the one that was answered; too many are named too."""
    expected = expected_answer(statement)
    fields = [
        Field(name, ours, answer[place] if place < len(answer) else None)
        for place, (name, ours) in enumerate(expected)
    ]
    more = answer[len(expected) :]
    return (*fields, *(Field(f"felt {len(expected) + at}", -1, one) for at, one in enumerate(more)))
