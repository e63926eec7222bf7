"""What private money needs from the prover. Adapters fit by shape and come in by constructor."""

from collections.abc import Callable, Sequence
from typing import Protocol

from obsqra_desktop.domain.mist import (
    SpendProof,
    SpendPublics,
    SpendStatement,
    SpendTiming,
    TreePath,
)


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
