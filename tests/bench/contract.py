"""The proof on chain: `python -m tests.bench.contract RUNS [gas]`, answers in JSON.

Without `gas` nobody is asked: from the statement to the packed calldata, its first time with the
import of the native module. With it a devnet of its own says what the transaction costs, whole and
by phase.
"""

import json
import sys
import time
from typing import Any

from obsqra_desktop.domain.calldata import pack
from obsqra_desktop.proving.native import NativeProver
from tests.bench.inputs import POOL_COUNTS, request

PHASES = (
    ("account", "calldata, account, call"),
    ("statement", "statement"),
    ("publics", "public values"),
    ("claims", "roots, claims: unpacking"),
    ("transcript", "transcript"),
    ("constraints", "selectors, constraints, quotient"),
    ("batches", "batches: unpacking, leaf hashes, combination"),
    ("folding", "folding rounds: unpacking, leaf hashes, folding"),
    ("trees", "trees: unpacking, inner nodes"),
)
"""In the order of the probe's `run`: each run goes as far as this phase."""


def for_the_chain(pools: int) -> tuple[int, ...]:
    """Proved and packed."""
    asked = request(pools)
    result = NativeProver().prove(asked, lambda _: None, lambda: False)
    return pack(asked.statement.encode(), result.proof)


def making(runs: int) -> dict[str, Any]:
    """Seconds of proving and packing, and the felts that come out, of the largest decision."""
    seconds, felts = [], []
    for _ in range(runs):
        started = time.perf_counter()
        felts.append(len(for_the_chain(max(POOL_COUNTS))))
        seconds.append(time.perf_counter() - started)
    return {"seconds": seconds, "felts": felts}


def gas(runs: int) -> dict[str, Any]:
    """L2 gas of the transaction for each number of pools, of `runs` proofs each, and by phase.

    A phase's samples are differences between runs that go so far and one phase less.
    """
    from obsqra_desktop.domain.onchain import VERIFIER
    from tests.chain.verifier_contract import deploy, deploy_probe
    from tests.devnet import running

    with running() as devnet:
        verifier, probe = deploy(devnet, VERIFIER), deploy_probe(devnet)
        whole: dict[int, list[int]] = {}
        for pools in POOL_COUNTS:
            packed = [for_the_chain(pools) for _ in range(runs)]
            whole[pools] = [verifier.gas("verify", [len(one), *one]) for one in packed]
        phases: list[list[int]] = [[] for _ in PHASES]
        for _ in range(runs):
            felts = for_the_chain(2)
            before = 0
            for phase, samples in enumerate(phases):
                spent = probe.gas("run", [len(felts), *felts, phase])
                samples.append(spent - before)
                before = spent
    return {"whole": whole, "phases": phases}


if __name__ == "__main__":
    measure = gas if "gas" in sys.argv[2:] else making
    print(json.dumps(measure(int(sys.argv[1]))))
