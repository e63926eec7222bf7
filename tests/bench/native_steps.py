"""One step of ours in a fresh process: `python -m tests.bench.native_steps STEP POOLS FOLDER`.

The import of the native module belongs to what is measured. Answers in JSON.
"""

import json
import sys
import time
from pathlib import Path

from tests.bench.inputs import request
from tests.bench.memory import peak_bytes


def prove(pools: int, folder: Path) -> dict[str, object]:
    """From statement and opening to the proof."""
    asked = request(pools)
    statement, opening = asked.statement.encode(), asked.policy_opening()
    started = time.perf_counter()
    import obsqra_native

    proof = obsqra_native.prove(statement, opening, lambda *_: None, lambda: False)
    seconds = time.perf_counter() - started
    (folder / f"statement-{pools}").write_bytes(statement)
    (folder / f"proof-{pools}").write_bytes(proof)
    return {"seconds": seconds, "bytes": len(proof), "peak": peak_bytes()}


def verify(pools: int, folder: Path) -> dict[str, object]:
    """The files' bytes, checked; a bad proof raises."""
    started = time.perf_counter()
    import obsqra_native

    statement = (folder / f"statement-{pools}").read_bytes()
    obsqra_native.verify(statement, (folder / f"proof-{pools}").read_bytes())
    return {"seconds": time.perf_counter() - started, "good": True, "peak": peak_bytes()}


if __name__ == "__main__":
    step = {"prove": prove, "verify": verify}[sys.argv[1]]
    print(json.dumps(step(int(sys.argv[2]), Path(sys.argv[3]))))
