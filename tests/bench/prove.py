"""A fresh process that proves: `python -m tests.bench.prove POOLS RUNS`, answers in JSON.

The first proof is the cold one: its time includes the import of the native module.
"""

import json
import sys
from pathlib import Path

from obsqra_desktop.proving.native import MODULE, NativeProver
from tests.bench.inputs import request


def peak_bytes() -> int | None:
    """The most memory that this process ever held; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss this starts anew with every program
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


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
