"""Traces the formulas into circuits of Cairo's core::circuit, written as straight lines.

A Gate is an element whose operations are written down. The same operation on the same gates is one
gate, as it is one type in Cairo. A circuit is a function of groups of inputs to groups of outputs,
each group a fixed-size array; constants are further inputs, which the function fills in itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tests.devtools.pairing.numbers import flat
from tests.devtools.pairing.tower import Element, P

LIMB = 96
WIDTH = 96


@dataclass
class Trace:
    """Gates in order; each is its operation and the indices of what it takes."""

    inputs: int
    gates: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    known: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)
    constants: dict[int, str] = field(default_factory=dict)

    def gate(self, operation: str, *names: str) -> Gate:
        key = operation, names if operation == "sub" else tuple(sorted(names))
        if key not in self.known:
            self.known[key] = f"t{len(self.gates)}"
            self.gates.append(key)
        return Gate(self, self.known[key])

    def constant(self, value: int) -> Gate:
        name = self.constants.setdefault(value % P, f"i{self.inputs + len(self.constants)}")
        return Gate(self, name)

    def live(self, outputs: Sequence[str]) -> set[str]:
        """Names that the outputs need."""
        need = set(outputs)
        for index in range(len(self.gates) - 1, -1, -1):
            if f"t{index}" in need:
                need.update(self.gates[index][1])
        return need


class Gate(Element):
    """A wire of a circuit."""

    __slots__ = ("name", "trace")

    def __init__(self, trace: Trace, name: str) -> None:
        self.trace, self.name = trace, name

    def __add__(self, other: Element) -> Gate:
        return self.trace.gate("add", self.name, cast(Gate, other).name)

    def __sub__(self, other: Element) -> Gate:
        return self.trace.gate("sub", self.name, cast(Gate, other).name)

    def __mul__(self, other: Element) -> Gate:
        return self.trace.gate("mul", self.name, cast(Gate, other).name)

    def inverse(self) -> Gate:
        return self.trace.gate("inverse", self.name)

    def of(self, value: int) -> Gate:
        return self.trace.constant(value)


@dataclass(frozen=True)
class Circuit:
    """A traced function: its name, what it is, groups (name, size) in, groups' sizes out."""

    name: str
    says: str
    groups: Sequence[tuple[str, int]]
    sizes: Sequence[int]
    function: Callable[..., Sequence[Any]]
    trace: Trace
    outputs: Sequence[str]


def trace(
    name: str,
    says: str,
    groups: Sequence[tuple[str, int]],
    function: Callable[..., Sequence[Any]],
) -> Circuit:
    """Run the function over gates: it takes the groups as lists, and returns groups."""
    total = sum(size for _, size in groups)
    traced = Trace(total)
    wires = iter([Gate(traced, f"i{index}") for index in range(total)])
    found = function(*[[next(wires) for _ in range(size)] for _, size in groups])
    parts = [[cast(Gate, element).name for element in flat(part)] for part in found]
    return Circuit(
        name,
        says,
        groups,
        [len(part) for part in parts],
        function,
        traced,
        [one for part in parts for one in part],
    )


def limbs(value: int) -> str:
    """A u384 literal."""
    parts = ", ".join(f"limb{i}: {value >> LIMB * i & (1 << LIMB) - 1:#x}" for i in range(4))
    return f"u384 {{ {parts} }}"


def wrapped(items: Sequence[str], indent: str) -> str:
    """Items with commas, in lines of bounded width."""
    lines, line = [], indent
    for item in items:
        piece = f"{item},"
        if line != indent and len(line) + len(piece) + 1 > WIDTH:
            lines.append(line)
            line = indent
        line += piece if line == indent else f" {piece}"
    return "\n".join([*lines, line])


def cairo(circuit: Circuit) -> str:
    """The circuit as a Cairo function, which returns None if an inverse does not exist."""
    arguments = ", ".join(f"{name}: [u384; {size}]" for name, size in circuit.groups)
    results = ", ".join(f"[u384; {size}]" for size in circuit.sizes)
    if len(circuit.sizes) > 1:
        results = f"({results})"
    lines = [
        f"/// {circuit.says}",
        f"pub fn {circuit.name}(",
        f"    {arguments},",
        f") -> Option<{results}> {{",
        *wires(circuit),
        *values(circuit),
        "    let outputs = inputs.done().eval(modulus()).ok()?;",
        f"    Some({returned(circuit)})",
        "}\n",
    ]
    return "\n".join(lines)


def wires(circuit: Circuit) -> list[str]:
    """Declarations of all inputs and of the gates that are needed."""
    traced = circuit.trace
    live = traced.live(circuit.outputs)
    inputs = [f"i{i}" for i in range(traced.inputs + len(traced.constants))]
    missing = [one for one in inputs if one not in live]
    if missing or len(set(circuit.outputs)) < len(circuit.outputs):
        raise ValueError(f"{circuit.name} does not use {missing}, or returns a gate twice")
    if not all(one.startswith("t") for one in circuit.outputs):
        raise ValueError(f"{circuit.name} returns an input")
    first = [f"    let {one} = CircuitElement::<CircuitInput<{one[1:]}>> {{}};" for one in inputs]
    gates = enumerate(traced.gates)
    return first + [
        f"    let t{index} = circuit_{operation}({', '.join(names)});"
        for index, (operation, names) in gates
        if f"t{index}" in live
    ]


def values(circuit: Circuit) -> list[str]:
    """The circuit with its inputs filled in, in the order of their indices."""
    outputs = wrapped(circuit.outputs, " " * 8)
    lines = [f"    let inputs = (\n{outputs}\n    )\n        .new_inputs();"]
    for name, size in circuit.groups:
        parts = [f"{name}_{i}" for i in range(size)]
        lines.append(f"    let [\n{wrapped(parts, ' ' * 8)}\n    ] = {name};")
        lines += [f"    let inputs = inputs.next({one});" for one in parts]
    constants = circuit.trace.constants
    return lines + [f"    let inputs = inputs.next({limbs(value)});" for value in constants]


def returned(circuit: Circuit) -> str:
    """What the function returns, one array a group."""
    at, parts = 0, []
    for size in circuit.sizes:
        got = [f"outputs.get_output({one})" for one in circuit.outputs[at : at + size]]
        parts.append(f"[\n{wrapped(got, ' ' * 12)}\n        ]")
        at += size
    body = ",\n        ".join(parts)
    return f"({body})" if len(parts) > 1 else body
