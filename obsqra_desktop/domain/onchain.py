"""What a contract answered about a proof, and what that shows."""

import re
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.calldata import Field
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import address_form

VERIFIER: Final = "DecisionVerifier"
ENTRY_POINT: Final = "verify"
SALT: Final = 0
"""The verifier has no owner and no constructor: deployed with this salt by nobody in particular, it
lies at the same address on every network, whoever pays for it."""

STEPS: Final = (
    "statement",
    "layout",
    "transcript",
    "grinding",
    "merkle",
    "folding",
    "constraints",
)
"""With which the verifier's refusals begin (docs/on-chain-verifier.md)."""
FELT: Final = re.compile(r"0x[0-9a-fA-F]{2,62}\b")

SHOWS: Final = (
    "It shows that this node says so: it ran the public contract over this proof. A node can lie "
    "about a read-only call; only your own node, or a transaction, binds the answer to the chain."
)


class ContractUnfit(AppError):  # noqa: N818 - the name says what happened
    """No contract there, or one of another class than this program ships."""

    code = "contract_unfit"
    title = "That contract cannot be asked"

    def __init__(self, detail: str, *, hint: str = "", missing: bool = False) -> None:
        super().__init__(detail, hint=hint)
        self.missing = missing
        """Nothing lies at the address: it can be put there."""


@dataclass(frozen=True, slots=True)
class OnChainReport:
    """One read-only call; `fields` is empty when the contract refused."""

    network: str
    node: str
    contract: int
    class_hash: int
    block_number: int
    block_hash: int
    block_timestamp: int
    """Unix seconds."""
    felts: int
    """Of calldata."""
    refusal: str | None
    """The contract's word, which names the step."""
    fields: tuple[Field, ...]

    @property
    def accepted(self) -> bool:
        """Whether the contract took the proof and answered our statement, number by number."""
        return self.refusal is None and bool(self.fields) and not self.different

    @property
    def different(self) -> tuple[Field, ...]:
        """Numbers that are not those of our statement."""
        return tuple(one for one in self.fields if not one.same)

    @property
    def sentence(self) -> str:
        """Who says what, in one or two sentences."""
        where = (
            f"contract {address_form(self.contract)} at block {self.block_number:,} of "
            f"{self.network}, answered by {self.node}"
        )
        call = "read-only call; nothing was sent."
        if self.accepted:
            return f"Verified by the {where}, {call}"
        if self.refusal is not None:
            return f"Refused by the {where} (“{self.refusal}”), {call}"
        names = ", ".join(one.name for one in self.different[:5])
        return f"The {where}, speaks of another statement ({names}), {call}"


def refusal_words(text: str) -> str:
    """The contract's short string among what the node says of a failed call, else the node's text.

    Nodes write a panic's felts in hex; the words of the verifier begin with the name of a step.
    """
    for found in FELT.findall(text):
        raw = int(found, 16).to_bytes(31, "big").lstrip(b"\0")
        words = raw.decode("ascii", "replace")
        if words.isascii() and words.isprintable() and words.split(":")[0] in STEPS:
            return words
    return text[:300] or "no reason given"
