"""A fresh process that proves spends of MIST: `python -m tests.bench.mist RUNS`, answers in JSON.

The first proof is the cold one: its time includes the import of the native module, reading and
checking the key data.
"""

import json
import sys
import time

from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.proving.mist import NativeMistProver
from obsqra_desktop.proving.mist_trial import trial_statement
from obsqra_desktop.proving.native import MODULE
from tests.bench.memory import peak_bytes


def measure(runs: int) -> dict[str, object]:
    """Seconds of each proof (with its own check), verification and calldata; memory."""
    assert MODULE not in sys.modules, "the import belongs to the cold proof"
    prover = NativeMistProver(resource_root() / "mist")
    proved, verified, written = [], [], []
    for _ in range(runs):
        started = time.perf_counter()
        statement = trial_statement()
        proof = prover.prove(statement, lambda _: None, lambda: False)
        proved.append(time.perf_counter() - started)
        started = time.perf_counter()
        prover.verify(statement.publics, proof.points)
        verified.append(time.perf_counter() - started)
        started = time.perf_counter()
        prover.calldata(statement.publics, proof.points)
        written.append(time.perf_counter() - started)
    return {"prove": proved, "verify": verified, "calldata": written, "peak": peak_bytes()}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
