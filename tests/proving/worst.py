"""What a process must survive; run with a folder that holds statement, opening and proof.

Says "still here" at the end, and nothing else.
"""

import gc
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import obsqra_native as native


def refused(call: Callable[[], object], *kinds: type[BaseException]) -> None:
    """The call must raise one of these."""
    try:
        call()
    except kinds:
        return
    raise SystemExit(f"expected {kinds}")


class Rude:
    """An answer that cannot be asked."""

    def __bool__(self) -> bool:
        raise ZeroDivisionError


def nothing(*_: object) -> bool:
    return False


def huge(statement: bytes, proof: bytes) -> None:
    """A hundred megabytes of each kind of nonsense, and every count at its largest."""
    for filler in (b"\0", b"\xff", proof[:1]):
        big = filler * 100_000_000
        refused(lambda b=big: native.verify(statement, b), native.ProofRejected)
        refused(lambda b=big: native.verify(b, proof), native.ProofRejected)
        refused(lambda b=big: native.verify(statement, proof[:16] + b), native.ProofRejected)
    for word in range(0, len(proof) - 3, 4):
        changed = proof[:word] + struct.pack("<I", 2**32 - 1) + proof[word + 4 :]
        refused(lambda c=changed: native.verify(statement, c), native.ProofRejected)


def callbacks(statement: bytes, opening: bytes) -> None:
    """Callbacks that raise, leave, recurse, prove again, collect, or drop what they stand on."""

    def leave(*_: object) -> None:
        sys.exit(7)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    def deep(*_: object) -> None:
        deep()

    def prove(progress: Callable[..., object], cancelled: Callable[..., object]) -> bytes:
        return bytes(native.prove(statement, opening, progress, cancelled))

    for bad, kind in ((leave, SystemExit), (interrupt, KeyboardInterrupt), (deep, RecursionError)):
        refused(lambda b=bad: prove(b, nothing), kind)
        refused(lambda b=bad: prove(nothing, b), kind)
    refused(lambda: prove(nothing, Rude), ZeroDivisionError)
    refused(lambda: prove(nothing, lambda: True), native.Cancelled)

    inner: list[bytes] = []
    prove(lambda *_: inner.append(prove(nothing, nothing)), nothing)
    for proof in inner:
        native.verify(statement, proof)

    held: list[object] = []

    def drop(*_: object) -> None:
        held.clear()
        gc.collect()

    held.append(drop)
    native.verify(statement, prove(drop, nothing))


def threads(statement: bytes, opening: bytes, proof: bytes) -> None:
    """Proving, verifying and rejecting in many threads at once."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            made = native.prove(statement, opening, nothing, nothing)
            for _ in range(20):
                native.verify(statement, made)
                refused(lambda: native.verify(statement, proof[:-1]), native.ProofRejected)
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    running = [threading.Thread(target=work) for _ in range(8)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if failed:
        raise failed[0]


def main(folder: Path) -> None:
    statement, opening, proof = (
        (folder / name).read_bytes() for name in ("statement", "opening", "proof")
    )
    huge(statement, proof)
    callbacks(statement, opening)
    threads(statement, opening, proof)
    native.verify(statement, proof)
    print("still here")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
