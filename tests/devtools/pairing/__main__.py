"""Writes circuits.cairo and constants.cairo of contracts/mist_verifier.

python3 -m tests.devtools.pairing            write them
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tests.devtools.pairing.circuits import cairo, limbs, wrapped
from tests.devtools.pairing.final import CHAIN
from tests.devtools.pairing.groth16 import pairing
from tests.devtools.pairing.key import read_key, sums
from tests.devtools.pairing.miller import LOOP, lines_of
from tests.devtools.pairing.numbers import Number, flat
from tests.devtools.pairing.parts import circuits
from tests.devtools.pairing.tower import Element, P, R
from tests.devtools.setup import ROOT

TARGET: Final = ROOT / "contracts" / "mist_verifier" / "src"
MADE: Final = "//! Written by tests/devtools/pairing.\n"

HEAD: Final = f"""{MADE}
use core::circuit::{{
    AddInputResultTrait, CircuitElement, CircuitInput, CircuitInputs, CircuitModulus,
    CircuitOutputsTrait, EvalCircuitTrait, circuit_add, circuit_inverse, circuit_mul, circuit_sub,
    u384,
}};

/// The prime of the curve's field.
fn modulus() -> CircuitModulus {{
    TryInto::<_, CircuitModulus>::try_into(
        [{", ".join(f"{P >> 96 * i & (1 << 96) - 1:#x}" for i in range(4))}],
    )
        .unwrap()
}}
"""


def value_of(element: Element) -> int:
    assert isinstance(element, Number)
    return element.value


def array(elements: Iterable[Element], indent: str) -> str:
    """An array of u384."""
    items = "".join(f"{indent}    {limbs(value_of(one))},\n" for one in elements)
    return f"[\n{items}{indent}]"


def table(name: str, says: str, rows: Sequence[Sequence[Element]]) -> str:
    """A constant array of arrays of u384."""
    body = "".join(f"    {array(row, '    ')},\n" for row in rows)
    kind = f"[[u384; {len(rows[0])}]; {len(rows)}]"
    return f"/// {says}\npub const {name}: {kind} = [\n{body}];\n"


def digits(name: str, says: str, values: Sequence[int], kind: str = "felt252") -> str:
    """A constant array of small numbers."""
    body = wrapped([str(value) for value in values], "    ")
    return f"/// {says}\npub const {name}: [{kind}; {len(values)}] = [\n{body}\n];\n"


def steps() -> tuple[list[int], list[int]]:
    """The chain of x: how often each step squares, and the place of what it multiplies with."""
    squarings, powers = [0], []
    for digit in CHAIN[1:]:
        squarings[-1] += 1
        if digit:
            powers.append(1 + abs(digit) // 2 + (0 if digit > 0 else 4))
            squarings.append(0)
    if squarings[-1] == 0:
        squarings.pop()
    return squarings, powers + [0] * (len(squarings) - len(powers))


def constants() -> str:
    """constants.cairo"""
    key = read_key()
    known = sums(key)
    squarings, powers = steps()
    start = "/// The power that the chain of x starts with, by its place.\n"
    first = "/// What the sum over the public inputs starts with.\n"
    last = "/// What takes start and offsets away again and adds the point of the constant.\n"
    alpha_beta = array(flat(pairing([(key.alpha, key.beta)])), "")
    parts = [
        MADE + "\nuse core::circuit::u384;\n",
        f"/// The prime of the curve's field.\npub const P: u256 = {P:#x};\n",
        f"/// The order of the groups.\npub const R: u256 = {R:#x};\n",
        digits(
            "LOOP",
            "6x + 2 after its leading 1, the highest digit first; 2 is -1.",
            [digit % 3 for digit in LOOP],
        ),
        f"{start}pub const CHAIN_START: u32 = {CHAIN[0] // 2};\n",
        digits("CHAIN_SQUARINGS", "How often each step of the chain squares.", squarings, "u32"),
        digits(
            "CHAIN_POWERS",
            "What each then multiplies with: 1 + the place in a, a³, a⁵, a⁷, 1/a, …; 0 is nothing.",
            powers,
            "u32",
        ),
        f"/// e(α, β).\npub const ALPHA_BETA: [u384; 12] = {alpha_beta};\n",
        f"{first}pub const START: [u384; 2] = {array(known.start, '')};\n",
        f"{last}pub const CORRECTION: [u384; 2] = {array(known.correction, '')};\n",
    ]
    for k, entries in enumerate(known.tables):
        a, b, c = known.bound[3 * k : 3 * k + 3]
        says = f"At x + 4y + 16z an offset + x·IC{a + 1} + y·IC{b + 1} + z·IC{c + 1}."
        parts.append(table(f"TABLE_{k}", says, entries))
    for name, sign, point in (("GAMMA", "γ", key.gamma), ("DELTA", "δ", key.delta)):
        rows = [flat(line) for line in lines_of(point)[0]]
        parts.append(table(name, f"Slope and offset of the loop's lines of {sign}.", rows))
    return "\n".join(parts)


def render() -> dict[str, str]:
    """The generated files by name."""
    body = "\n".join(cairo(circuit) for circuit in circuits())
    return {"circuits.cairo": f"{HEAD}\n{body}", "constants.cairo": constants()}


if __name__ == "__main__":
    for file, text in render().items():
        (TARGET / file).write_text(text, "utf-8")
