"""Writes the seed corpora: `python -m tests.fuzz.seeds FOLDER`."""

import json
import sys
from pathlib import Path

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.record import Disclosure
from tests.fuzz.material import ROOT, entries, pairs
from tests.fuzz.mist import seeds as mist_seeds
from tests.fuzz.targets import PARSERS

JSONS = (
    b'{"a":[1,2,{"b":null}],"c":"\\u001f\xc3\xa9"}',
    b"[[[[[[]]]]]]",
    b'{"\xf0\x9f\x98\x80":1,"\xef\xbf\xbd":2}',
    b"-9007199254740991",
    b'{"a":1,"a":2}',
    b"1e5",
    b'"\\ud800"',
    b"[" * 3000,
)


def document_seeds() -> list[bytes]:
    """Every document of a bundle, the vectors' snapshots and policies, odd JSON."""
    files = entries(Disclosure.OWNER)
    found = [bytes([len(PARSERS)]) + raw for raw in JSONS]
    found.append(bytes([len(PARSERS) + 1]) + files["attestations.intoto.jsonl"])
    for index, (name, _) in enumerate(PARSERS):
        if name in files:
            found.append(bytes([index]) + files[name])
    vectors = json.loads((ROOT / "tests" / "vectors" / "decisions.json").read_text("utf-8"))
    for one in vectors[:20]:
        for index, key in ((0, "snapshot"), (1, "policy"), (2, "model")):
            if isinstance(one.get(key), dict):
                found.append(bytes([index]) + strict_json.canonical(one[key]))
    return found


def seeds() -> dict[str, list[bytes]]:
    """By target."""
    steps = [bytes([k, p]) + bytes([k * 7, 0, k, 1]) for k in range(8) for p in (0, 40, 200)]
    statements = [bytes([2 * i]) + b"" for i in range(4)]
    statements += [b"\1" + pair.statement for pair in pairs()]
    statements += [
        b"\x80" + bytes([p, 1, k]) + b"\x81\0\0\0" for p in range(0, 250, 9) for k in (0, 2)
    ]
    proofs = [bytes([2 * i]) for i in range(4)]
    proofs += [b"\0" + bytes([p, p, k]) + b"\1\2\3\4" for p in range(0, 250, 9) for k in range(6)]
    bundles = [
        bytes([head, n]) + b"".join(steps[i : i + 2])
        for i in range(len(steps))
        for head in (0, 2, 4, 32, 34, 36, 64, 100)
        for n in (1,)
    ]
    return {
        "documents": document_seeds(),
        "statement": statements,
        "proof": proofs,
        "bundle": bundles,
        "mist": mist_seeds(),
    }


def main(folder: Path) -> None:
    """Write them."""
    for target, inputs in seeds().items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for index, data in enumerate(inputs):
            (folder / target / f"seed-{index:03}").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
