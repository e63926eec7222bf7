"""Writes calldata.json: `python -m tests.vectors.make_calldata`.

For each proof of proofs.json: the number of felts of its packed calldata, the first forty and the
last eight, SHA-256 over all of them (32 bytes each, big-endian), and the felts that the contract
answers.
"""

import hashlib
import json

from obsqra_desktop.domain.calldata import expected_answer
from obsqra_desktop.domain.statement import Statement
from tests.chain.verifier_packing import pack
from tests.conftest import ROOT
from tests.verifier.loading import pair, vectors


def vector(number: int, name: str) -> dict[str, object]:
    statement, proof = pair(number)
    felts = pack(statement, proof)
    return {
        "name": name,
        "felts": len(felts),
        "first": [hex(one) for one in felts[:40]],
        "last": [hex(one) for one in felts[-8:]],
        "sha256": hashlib.sha256(b"".join(one.to_bytes(32, "big") for one in felts)).hexdigest(),
        "answer": [
            [key, hex(value)] for key, value in expected_answer(Statement.decode(statement))
        ],
    }


if __name__ == "__main__":
    made = [vector(number, one["name"]) for number, one in enumerate(vectors())]
    path = ROOT / "tests" / "vectors" / "calldata.json"
    path.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
