"""Three verifiers, one verdict: native, plain Python and the contract on a real devnet.

At least 300 pairs of statement and proof: vectors and fresh proofs, proofs with one word changed in
every record, statements with every word changed one by one, wrong lengths, forgeries. What has no
packing at all, because a word of it is no field element, must be refused by the other two.
"""

import json
import random
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.calldata import FIELD, compared, pack
from obsqra_desktop.domain.errors import InvalidInput, ProofRejected
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.onchain import ENTRY_POINT, VERIFIER, refusal_words
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.onchain_parts import declare_and_deploy
from tests.devnet import PATIENCE, Devnet
from tests.proving.making import ignore, never, sample
from tests.verifier.loading import forgeries, forgery, pair, vb

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
PRESETS = ("conservative", "balanced", "aggressive")
FRESH = 12
WORDS_CHANGED = 200
Pair = tuple[str, bytes, bytes]
NATIVE = NativeProver()


@pytest.fixture(scope="module")
def verifier(devnet: Devnet) -> int:
    return declare_and_deploy(devnet, *ContractClasses(Path()).load(VERIFIER))


def changed(data: bytes, at: int, word: int) -> bytes:
    return data[:at] + word.to_bytes(4, "little") + data[at + 4 :]


def fresh() -> Iterator[Pair]:
    """New proofs, each with salts of its own."""
    for number in range(FRESH):
        case = sample(PRESETS[1 + number % 2], model=number % 2)
        found = NATIVE.prove(case.request, ignore, never)
        yield f"fresh {number}", case.statement.encode(), found.proof


def other_proofs() -> Iterator[Pair]:
    """One word of the proof is another field element; sections in turn."""
    chance = random.Random(7)
    for number in range(WORDS_CHANGED):
        statement, proof = pair(number % 4)
        words = len(proof) // 4
        at = 4 * (4 + (number * (words - 4) // WORDS_CHANGED))
        old = int.from_bytes(proof[at : at + 4], "little")
        word = chance.choice([(old + 1) % FIELD, chance.randrange(FIELD), 0, FIELD - 1])
        if word != old:
            yield f"word {at // 4} of proof {number % 4}", statement, changed(proof, at, word)


def other_statements() -> Iterator[Pair]:
    """Every word of every statement, one by one; what no longer parses is refused as well."""
    for number in range(4):
        statement, proof = pair(number)
        for at in range(0, len(statement), 4):
            old = int.from_bytes(statement[at : at + 4], "little")
            word = (old + 1) % 2**32 if number % 2 == 0 else old ^ 1
            yield f"word {at // 4} of statement {number}", changed(statement, at, word), proof


def other_lengths() -> Iterator[Pair]:
    statement, proof = pair()
    for cut in (1, 4, 32, 1000, len(proof) - 16):
        yield f"{cut} bytes less", statement, proof[:-cut]
    for more in (b"\0", b"\0" * 4, b"\0" * 32):
        yield f"{len(more)} bytes more", statement, proof + more
    yield "statement and proof of two decisions", pair(1)[0], proof
    for size in (4, 72):
        yield f"a statement of {size} bytes less", statement[:-size], proof
        yield f"a statement of {size} bytes more", statement + b"\0" * size, proof
    for at in (16, 112, len(proof) // 2):
        yield f"p at {at}", statement, changed(proof, 4 * (at // 4), FIELD)


def forged() -> Iterator[Pair]:
    """Wrong traces, and everything else honest."""
    for number, one in enumerate(forgeries()):
        yield f"{one['group']}: {one['how']}", *forgery(number)


def native(statement: bytes, proof: bytes) -> bool:
    try:
        NATIVE.verify(statement, proof)
    except ProofRejected:
        return False
    return True


def plain(statement: bytes, proof: bytes) -> bool:
    try:
        vb.verify_proof(statement, proof)
    except vb.Rejected:
        return False
    return True


def contract(devnet: Devnet, address: int, statement: bytes, proof: bytes) -> bool | None:
    """None if it cannot even be asked. A yes must answer the very statement."""
    try:
        felts = pack(statement, proof)
    except InvalidInput:
        return None
    request = {
        "contract_address": hex(address),
        "entry_point_selector": hex(selector(ENTRY_POINT)),
        "calldata": [hex(one) for one in (len(felts), *felts)],
    }
    params = {"request": request, "block_id": "latest"}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "starknet_call", "params": params})
    ask = urllib.request.Request(devnet.url, body.encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(ask, timeout=PATIENCE) as answer:
        reply: Any = json.load(answer)
    if "error" in reply:
        said = json.dumps(reply["error"])
        assert refusal_words(said) != said[:300], said  # it names the step
        return False
    answered = [int(one, 16) for one in reply["result"]]
    assert all(one.same for one in compared(Statement.decode(statement), answered))
    return True


def agree(devnet: Devnet, address: int, cases: list[Pair]) -> list[tuple[str, bool | None]]:
    """The contract's verdicts, after the other two were found to be the same."""
    with ThreadPoolExecutor(1) as beside:  # the devnet is a process of its own
        asked = [
            (name, s, p, beside.submit(contract, devnet, address, s, p)) for name, s, p in cases
        ]
        found: list[tuple[str, bool | None]] = []
        for name, statement, proof, waiting in asked:
            both = native(statement, proof), plain(statement, proof)
            verdict = waiting.result()
            assert both == (bool(verdict), bool(verdict)), f"{name}: {both}, contract {verdict}"
            found.append((name, verdict))
    return found


def test_valid_proofs_are_accepted_by_all_three(devnet: Devnet, verifier: int) -> None:
    cases = [(f"vector {number}", *pair(number)) for number in range(4)] + list(fresh())
    assert [verdict for _, verdict in agree(devnet, verifier, cases)] == [True] * (4 + FRESH)


def test_changed_ones_are_refused_by_all_three(devnet: Devnet, verifier: int) -> None:
    cases = [*other_proofs(), *other_statements(), *other_lengths(), *forged()]
    verdicts = agree(devnet, verifier, cases)
    assert [name for name, verdict in verdicts if verdict] == []
    reached = [name for name, verdict in verdicts if verdict is False]
    assert len(reached) >= 300
    print(f"{len(verdicts)} changed pairs, {len(reached)} of them asked of the contract")
