"""The fact registry of Herodotus Integrity: which verifications a fact has, by which verifier.

A fact is poseidon(program hash, output hash) of a Cairo program. Integrity verifies Stone proofs
and registers the fact with the security bits and the configuration of the verifier that took the
proof (github.com/HerodotusDev/integrity). Anybody may register a weak proof of the same fact, so a
fact alone says nothing: bits and configuration have to be looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import address_form, from_short_string

ENTRY_POINT: Final = "get_all_verifications_for_fact_hash"
REGISTRIES: Final = {
    "SN_MAIN": 0x00CC63A1E8E7824642B89FA6BAF996B8ED21FA4707BE90EF7605570CA8E4F00B,
    "SN_SEPOLIA": 0x04CE7851F00B6C3289674841FD7A1B96B6FD41ED1EDC248FACCD672C26371B8C,
}
"""FactRegistry by chain id (the address list of Integrity's repository)."""
MOST: Final = 500
"""Verifications that are read of one fact."""
FELTS_EACH: Final = 6
MAX_BITS: Final = 2**32 - 1
ENOUGH: Final = 100
"""Conjectured bits that this program asks of its own proofs."""

SHOWS: Final = (
    (
        "What it shows: Integrity's contract took a Stone proof that the program with this hash "
        "ran and had this output, with the bits that its settings claim."
    ),
    (
        "What it does not show: what that program does, that its input was true, or anything about "
        "a decision of this program, whose proofs are of another kind and not registered there."
    ),
    (
        "The bits are those of the proof's settings (queries, blow-up, grinding), by conjecture. A "
        "proof with few bits can be forged: look at the most, and at the configuration."
    ),
)


@dataclass(frozen=True, slots=True)
class Registered:
    """One verification of a fact; words are short strings as the registry answered them."""

    verification_hash: int
    security_bits: int
    layout: str
    hasher: str
    stone_version: str
    memory_verification: str

    @property
    def weak(self) -> bool:
        """Fewer bits than this program asks of its own proofs."""
        return self.security_bits < ENOUGH


@dataclass(frozen=True, slots=True)
class FactReport:
    """What a registry answered about a fact."""

    network: str
    node: str
    registry: int
    known: bool
    """Whether the address is the one that this program ships for the network."""
    class_hash: int
    fact: int
    block_number: int
    block_timestamp: int
    verifications: tuple[Registered, ...]

    @property
    def best(self) -> int | None:
        """The most bits of any verification."""
        return max((one.security_bits for one in self.verifications), default=None)

    @property
    def sentence(self) -> str:
        """Who says what."""
        where = (
            f"the registry {address_form(self.registry)} at block {self.block_number:,} of "
            f"{self.network}, as {self.node} answers"
        )
        count = len(self.verifications)
        if not count:
            return f"No verification of this fact is in {where}. Nothing was sent."
        many = "verification" if count == 1 else "verifications"
        return f"{count} {many}, at most {self.best} bits, in {where}. Nothing was sent."


def decoded(felts: Sequence[int]) -> tuple[Registered, ...]:
    """The answer of `get_all_verifications_for_fact_hash`; raises NodeAnswerInvalid.

    Cairo's serialisation: the length, then for each its hash, its bits (u32), four short strings.
    """
    if not felts or felts[0] > MOST or len(felts) != 1 + FELTS_EACH * felts[0]:
        raise NodeAnswerInvalid(
            "The registry's answer is not of the form that it should have.",
            hint="Check that the address is a fact registry of Integrity.",
        )
    found = []
    for at in range(1, len(felts), FELTS_EACH):
        verification, bits, *words = felts[at : at + FELTS_EACH]
        if bits > MAX_BITS:
            raise NodeAnswerInvalid("The registry names security bits that no number can hold.")
        layout, hasher, stone, memory = (word_of(one) for one in words)
        found.append(Registered(verification, bits, layout, hasher, stone, memory))
    return tuple(found)


def word_of(felt: int) -> str:
    """A short string, or hex if it is none that can be shown."""
    return from_short_string(felt)
