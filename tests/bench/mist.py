"""A fresh process that proves spends of MIST: `python -m tests.bench.mist RUNS`, answers in JSON.

The first proof is the cold one: its time includes the import of the native module, reading and
checking the key data. `python -m tests.bench.mist RUNS look` measures what a look and a recovery
compute here; no node is in it.
"""

import json
import sys
import time

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.chain import ChainTransaction
from obsqra_desktop.domain.mist.deep import Ladder
from obsqra_desktop.domain.mist.events import HALF, Wanted
from obsqra_desktop.domain.mist.looks import leaves_digest
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.proving.mist import (
    NativeLeafSearch,
    NativeMistHash,
    NativeMistProver,
    NativeMistTree,
)
from obsqra_desktop.proving.mist_trial import trial_statement
from obsqra_desktop.proving.native import MODULE
from obsqra_desktop.services.mist.pool import leaves_of
from tests.bench.memory import peak_bytes

LEAVES, TRANSACTIONS, FELTS = 50_000, 1_000, 500


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


def looking(runs: int) -> dict[str, list[float]]:
    """Seconds: a million amounts of the deep search, 400,000 combinations of the first one, the
    root and digest of 50,000 leaves, and 1,000 transactions searched for 500 numbers."""
    digest, tree, search = NativeMistHash(), NativeMistTree(), NativeLeafSearch()
    leaves = tuple(digest(place, 7) for place in range(LEAVES))
    answer = (LEAVES, *(half for one in leaves for half in (one % HALF, one // HALF)))
    values = [(STRK.address, amount) for amount in range(1, 4001)]
    wanted = Wanted(range(5, 505), {}, digest)
    calldata = tuple(range(10**6, 10**6 + FELTS))
    block = [ChainTransaction(one, 1, calldata, ()) for one in range(TRANSACTIONS)]

    def deep() -> None:
        for part in range(8):
            search.find_amounts([5], STRK.address, Ladder(part * 125_000, 1, 125_000), (1, 2))

    def look() -> None:
        found = leaves_of(answer)
        tree.root(found)
        leaves_digest(found)

    def blocks() -> None:
        for one in block:
            list(wanted.look_through(one, frozenset()))

    work = {
        "deep": deep,
        "first": lambda: search.find(range(100), values, leaves),
        "leaves": look,
        "blocks": blocks,
    }
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(runs):
        for name, step in work.items():
            started = time.perf_counter()
            step()
            taken[name].append(time.perf_counter() - started)
    return taken


if __name__ == "__main__":
    made = looking if sys.argv[2:] == ["look"] else measure
    print(json.dumps(made(int(sys.argv[1]))))
