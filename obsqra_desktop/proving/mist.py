"""MIST's hashes, trees and proofs behind their port: calls into `obsqra_native`.

The GIL is released for trees and proofs. A proof is verified with the published key before it is
handed out. Errors never carry claiming keys.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from obsqra_desktop.domain.errors import Cancelled, InvalidInput, ProofRejected, ProvingFailed
from obsqra_desktop.domain.mist.deep import Ladder
from obsqra_desktop.domain.mist.errors import KeyDataDamaged, NoteMissing
from obsqra_desktop.domain.mist.note import (
    FIELD,
    HEIGHT,
    SpendPhase,
    SpendProof,
    SpendPublics,
    SpendStatement,
    SpendTiming,
    TreePath,
    element,
)
from obsqra_desktop.proving.mist_calldata import load_garaga, proof_calldata
from obsqra_desktop.proving.mist_key import KeyData, load_key_data
from obsqra_desktop.proving.native import load, one_line


def packed(values: Sequence[int]) -> bytes:
    """32 big-endian bytes each; InvalidInput for what is no element of the field."""
    return b"".join(element(value, "element").to_bytes(32, "big") for value in values)


def numbers(data: bytes) -> tuple[int, ...]:
    """The reverse."""
    return tuple(int.from_bytes(data[at : at + 32], "big") for at in range(0, len(data), 32))


class NativeMistHash:
    """Implements FieldHash over the Rust module."""

    def __call__(self, *elements: int) -> int:
        """Poseidon2 of two or three elements; raises InvalidInput, ToolMissing."""
        native = load()
        try:
            return int.from_bytes(native.mist_hash(packed(elements)), "big")
        except native.InvalidInput as error:
            raise InvalidInput(one_line(str(error))) from None


class NativeMistTree:
    """Implements MistTree over the Rust module."""

    def root(self, leaves: Sequence[int]) -> int:
        """Of all leaves in the order of their insertion; 0 without any. Raises InvalidInput."""
        native = load()
        try:
            return int.from_bytes(native.mist_root(packed(leaves)), "big")
        except native.InvalidInput as error:
            raise InvalidInput(one_line(str(error)), where="leaves") from None

    def path(self, leaves: Sequence[int], leaf: int) -> TreePath:
        """Of the leaf's first place, padded to 20; raises NoteMissing, InvalidInput."""
        native = load()
        try:
            index = leaves.index(leaf)
            found = numbers(native.mist_path(packed(leaves), index))
        except ValueError as error:
            if isinstance(error, native.InvalidInput):
                raise InvalidInput(one_line(str(error)), where="leaves") from None
            raise NoteMissing(
                "Its leaf is not among the pool's leaves. Nothing was sent.",
                hint="Wait until the deposit is confirmed, then look again.",
            ) from None
        return TreePath(index, found[0], found[1 : 1 + HEIGHT])


class NativeLeafSearch:
    """Implements LeafSearch over the Rust module, on several threads, without the GIL."""

    def find(
        self, secrets: Sequence[int], values: Sequence[tuple[int, int]], leaves: Sequence[int]
    ) -> tuple[tuple[int, int, int], ...]:
        """Places of secret, value and leaf; raises InvalidInput beyond 2^21 combinations."""
        native = load()
        flat = [part for value in values for part in value]
        try:
            found = native.mist_find(packed(secrets), packed(flat), packed(leaves))
        except native.InvalidInput as error:
            raise InvalidInput(one_line(str(error))) from None
        return tuple(found)

    def find_amounts(
        self, secrets: Sequence[int], token: int, amounts: Ladder, leaves: Sequence[int]
    ) -> tuple[tuple[int, int, int], ...]:
        """Places of secret, amount and leaf; raises InvalidInput beyond 2^21 combinations."""
        native = load()
        first, step = packed([amounts.first]), packed([amounts.step % FIELD])
        try:
            found = native.mist_find_steps(
                packed(secrets), packed([token]), first, step, amounts.count, packed(leaves)
            )
        except native.InvalidInput as error:
            raise InvalidInput(one_line(str(error))) from None
        return tuple(found)


class NativeMistProver:
    """Implements MistProver: the circuit and the published keys, read once and kept."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.perf_counter) -> None:
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._loaded: tuple[KeyData, Any] | None = None

    def _ready(self) -> tuple[KeyData, Any]:
        native = load()
        with self._lock:
            if self._loaded is None:
                data = load_key_data(self._folder)
                try:
                    prover = native.MistProver(data.circuit, data.proving_key, data.verifying_key)
                except native.InvalidInput as error:
                    raise KeyDataDamaged(one_line(str(error))) from None
                self._loaded = data, prover
            return self._loaded

    def check(self) -> KeyData:
        """Read the key data and what writes calldata now; raises KeyDataDamaged, ToolMissing."""
        load_garaga()
        return self._ready()[0]

    def prove(
        self,
        statement: SpendStatement,
        progress: Callable[[SpendTiming], None],
        cancelled: Callable[[], bool],
    ) -> SpendProof:
        """Prove and verify; blocks, without the GIL.

        Raises Cancelled, ProvingFailed, KeyDataDamaged, ToolMissing.
        """
        native, (_, prover) = load(), self._ready()
        phases: list[SpendTiming] = []

        def report(name: str, seconds: float) -> None:
            timing = SpendTiming(SpendPhase(name), seconds)
            phases.append(timing)
            progress(timing)

        assignment = packed((*statement.publics.values(), *statement.secrets))
        started = self._clock()
        try:
            proof = prover.prove(assignment, report, cancelled)
        except native.Cancelled:
            raise Cancelled(
                "Proving was stopped. Nothing was sent, the note is as before."
            ) from None
        except native.InvalidInput:
            raise ProvingFailed(
                "The note, its path and what is made of it do not fit the circuit. "
                "Nothing was sent, the note is as before.",
                hint="Look at the pool again and try once more.",
            ) from None
        except native.ProverStopped as error:
            raise ProvingFailed(
                f"{one_line(str(error))}. Nothing was sent.", hint="Try again."
            ) from error
        return SpendProof(numbers(proof), self._clock() - started, tuple(phases))

    def verify(self, publics: SpendPublics, points: Sequence[int]) -> None:
        """Accept, or raise ProofRejected with the verifier's reason."""
        native, (_, prover) = load(), self._ready()
        try:
            proof = b"".join(value.to_bytes(32, "big") for value in points)
        except OverflowError:
            raise ProofRejected("a coordinate is out of range") from None
        try:
            prover.verify(packed(publics.values()), proof)
        except native.ProofRejected as error:
            raise ProofRejected(one_line(str(error))) from None

    def calldata(self, publics: SpendPublics, points: Sequence[int]) -> tuple[int, ...]:
        """The whole argument of `handle_zkp`, 2062 felts, for a proof that verifies here.

        Raises ProofRejected, ProvingFailed, KeyDataDamaged, ToolMissing.
        """
        self.verify(publics, points)
        return proof_calldata(self.check(), publics, points)
