"""A fresh process that proves: `python -m tests.bench.prove POOLS RUNS`, answers in JSON.

The first proof is the cold one: its time includes the import of the native module.
"""

import json
import sys

from obsqra_desktop.proving.native import MODULE, NativeProver
from tests.bench.inputs import request
from tests.bench.memory import peak_bytes


def measure(pools: int, runs: int) -> dict[str, object]:
    """Seconds of each proof and verification, bytes of each proof, phases, memory."""
    assert MODULE not in sys.modules, "the import belongs to the cold proof"
    asked = request(pools)
    statement = asked.statement.encode()
    prover = NativeProver()
    proofs = [prover.prove(asked, lambda _: None, lambda: False) for _ in range(runs)]
    verified = [prover.verify(statement, one.proof).seconds for one in proofs]
    return {
        "prove": [one.seconds for one in proofs],
        "verify": verified,
        "bytes": [len(one.proof) for one in proofs],
        "phases": [{p.phase.value: p.seconds for p in one.phases} for one in proofs],
        "peak": peak_bytes(),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]))))
