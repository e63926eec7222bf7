#!/usr/bin/env python3
"""Writes the seed corpora from the shared vectors: `python3 native/fuzz/seeds.py FOLDER`."""

import json
import random
import sys
from pathlib import Path

VECTORS = Path(__file__).parents[2] / "tests" / "vectors" / "proofs.json"
REGIONS = 34


def seeds() -> "dict[str, list[bytes]]":
    """Inputs by target; the formats are described at the head of each target."""
    pairs = [
        (bytes.fromhex(one["statement"]), bytes.fromhex(one["proof"]))
        for one in json.loads(VECTORS.read_text("utf-8"))
    ]
    rng = random.Random(1)
    proofs = [bytes([i, 0]) for i in range(6)] + [bytes([0, 1]) + pairs[0][1]]
    for kind in range(12):
        for region in range(REGIONS):
            head = bytes([rng.randrange(6), 0])
            proofs.append(head + bytes([kind, region]) + rng.randbytes(6))
    statements = [bytes([i, 0]) for i in range(6)]
    statements += [bytes([i, 1]) + pair[0] for i, pair in enumerate(pairs)]
    for place in range(0, 700, 4):
        step = bytes([place % 256, place // 256, 4, place % 3 + 1, 0, 0, 0])
        statements.append(bytes([place % 6, rng.choice([0, 2, 4, 6])]) + step)
    statements += [bytes([i, 6, 0, 0, 5, i, 7, 0, 0]) for i in range(6)]
    opening = b"".join(
        value.to_bytes(4, "little") for value in (6000, 2, 60, 5000, 1, 0, 3, *range(1, 9))
    )
    inputs = [bytes([1, i]) + opening for i in range(6)] + [b"\2" + opening + pairs[0][0]]
    inputs += [b"\0" + rng.randbytes(16 * 8 + 60) for _ in range(60)]
    loose = b"".join(v.to_bytes(2, "little") for v in (9_999, 0, 100, 10_000, 0, 0, 255))
    for pools in range(8):
        for model in (0, 200):
            metrics = rng.randbytes(12 * (pools + 1))
            head = bytes([0, pools | rng.choice([0, 128])])
            inputs.append(head + metrics + loose + rng.randbytes(32) + bytes([model]) + bytes(6))
    return {"verify_proof": proofs, "parse_statement": statements, "prove_inputs": inputs}


def main(folder: Path) -> None:
    """Write them."""
    for target, found in seeds().items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for index, data in enumerate(found):
            (folder / target / f"seed-{index:03}").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
