"""The generated Cairo: it is what the formulas say, read back from its own text."""

import re
from collections.abc import Sequence
from random import Random

import pytest

from tests.devtools.pairing.__main__ import TARGET, render
from tests.devtools.pairing.circuits import Circuit
from tests.devtools.pairing.numbers import Number, flat
from tests.devtools.pairing.parts import circuits
from tests.devtools.pairing.tower import P

GENERATED = render()
ALL = circuits()


def test_the_files_are_those_of_the_script() -> None:
    for name, text in GENERATED.items():
        assert (TARGET / name).read_text("utf-8") == text, "python3 -m tests.devtools.pairing"


def body(name: str) -> str:
    found = re.search(rf"^pub fn {name}\((.*?)^}}", GENERATED["circuits.cairo"], re.S | re.M)
    assert found is not None
    return found[1]


def run(text: str, given: Sequence[int]) -> list[int]:
    """What the function returns for its arguments: an interpreter of the few forms used."""
    names = re.findall(r"let (i\d+) = CircuitElement::<CircuitInput<(\d+)>> \{\};", text)
    assert [f"i{number}" for _, number in names] == [name for name, _ in names]
    arguments = [
        name
        for group in re.findall(r"let \[\s*([^\]]*?)\s*\] =", text)
        for name in re.findall(r"\w+", group)
    ]
    value_of = dict(zip(arguments, given, strict=True))
    filled = []
    for literal, name in re.findall(r"inputs\.next\((?:u384 \{ ([^}]*) \}|(\w+))\);", text):
        parts = [int(limb, 16) for limb in re.findall(r"0x[0-9a-f]+", literal)]
        filled.append(
            value_of[name] if name else sum(limb << 96 * i for i, limb in enumerate(parts))
        )
    wires = {name: filled[int(number)] for name, number in names}
    assert len(filled) == len(names)
    for wire, operation, left, right in re.findall(
        r"let (t\d+) = circuit_(\w+)\((\w+)(?:, (\w+))?\);", text
    ):
        a = wires[left]
        if operation == "inverse":
            wires[wire] = pow(a, -1, P)
        else:
            b = wires[right]
            wires[wire] = {"add": a + b, "sub": a - b, "mul": a * b}[operation] % P
    return [wires[wire] for wire in re.findall(r"outputs\.get_output\((t\d+)\)", text)]


@pytest.mark.parametrize("circuit", ALL, ids=[circuit.name for circuit in ALL])
def test_each_circuit_computes_its_function(circuit: Circuit) -> None:
    chance = Random(circuit.name)
    for _ in range(3):
        groups = [[chance.randrange(P) for _ in range(size)] for _, size in circuit.groups]
        expected = circuit.function(*[[Number(value) for value in group] for group in groups])
        numbers = [one.value for one in flat(expected) if isinstance(one, Number)]
        assert run(body(circuit.name), [value for group in groups for value in group]) == numbers
