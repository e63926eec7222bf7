"""Writes Poseidon2 over the BN254 scalar field, widths 2 and 3, as Cairo circuits.

    python3 -m tests.devtools.poseidon2_cairo > contracts/practice_chamber/src/poseidon2.cairo

Parameters and round keys are those of gnark-crypto 0.19 `ecc/bn254/fr/poseidon2` (d = 5, 6 full and
50 partial rounds): Keccak-256 of the parameter string, again and again, each output a big-endian
number. A circuit's shape is in its type, so there are no loops: every gate is a line.
"""

from Crypto.Hash import keccak

FIELD = 21888242871839275222246405745257275088548364400416034343698204186575808495617
FULL, PARTIAL = 6, 50
LIMB = 2**96
LANES = {2: 1, 3: 0}
"""Which lane of the permutation becomes the hash (MIST SDK 0.5.2)."""

HEADER = """//! Poseidon2 over the BN254 scalar field as arithmetic circuits: MIST's two hashes.
//!
//! Written by tests/devtools/poseidon2_cairo.py, which says where parameters and keys come from.
//! hash2(a, b) is lane 1 of the permutation of (a, b), plus b; hash3(a, b, c) lane 0, plus a.

use core::circuit::{
    AddInputResultTrait, CircuitElement, CircuitInput, CircuitInputs, CircuitModulus,
    CircuitOutputsTrait, EvalCircuitTrait, circuit_add, circuit_mul, u384,
};

/// The field's order.
pub const FIELD: u256 = 0x%x;

/// Panics unless the number is an element of the field: another would hash as one that is.
pub fn element(value: u256) {
    assert(value < FIELD, 'not a field element');
}
"""

FOOTER = """
fn modulus() -> CircuitModulus {
    TryInto::<[core::circuit::u96; 4], CircuitModulus>::try_into([%s]).unwrap()
}
"""


def digest(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


def limbs(value: int) -> str:
    """Four of 96 bits, the lowest first."""
    return ", ".join(hex(value >> (96 * index) & (LIMB - 1)) for index in range(4))


class Writer:
    """One circuit: its inputs, keys and gates in the order of their use."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.inputs = width
        self.keys: list[int] = []
        self.gates: list[tuple[str, str, str]] = []
        self.state_digest = digest(
            ("Poseidon2-BN254[t=%d,rF=%d,rP=%d,d=5]" % (width, FULL, PARTIAL)).encode()
        )

    def key(self) -> str:
        """The next round key's input."""
        self.state_digest = digest(self.state_digest)
        self.keys.append(int.from_bytes(self.state_digest, "big") % FIELD)
        self.inputs += 1
        return "i%d" % (self.inputs - 1)

    def gate(self, kind: str, one: str, two: str) -> str:
        self.gates.append((kind, one, two))
        return "g%d" % (len(self.gates) - 1)

    def lines(self, result: str) -> list[str]:
        """Those gates that the result needs: of the last round not all are."""
        needed = {result}
        kept = []
        for number, (kind, one, two) in reversed(list(enumerate(self.gates))):
            name = "g%d" % number
            if name in needed:
                needed.update((one, two))
                kept.append("let %s = circuit_%s(%s, %s);" % (name, kind, one, two))
        return kept[::-1]

    def fifth(self, value: str) -> str:
        square = self.gate("mul", value, value)
        return self.gate("mul", self.gate("mul", square, square), value)

    def mix(self, state: list[str], inner: bool) -> list[str]:
        """circ(2, 1) or circ(2, 1, 1); inside the last element counts once more."""
        total = state[0]
        for one in state[1:]:
            total = self.gate("add", total, one)
        mixed = [self.gate("add", total, one) for one in state]
        if inner:
            mixed[-1] = self.gate("add", mixed[-1], state[-1])
        return mixed

    def write(self) -> str:
        names = ["a", "b", "c"][: self.width]
        inputs = ["i%d" % index for index in range(self.width)]
        state = self.mix(inputs, inner=False)
        for number in range(FULL + PARTIAL):
            inner = FULL // 2 <= number < FULL // 2 + PARTIAL
            touched = 1 if inner else self.width
            for place in range(touched):
                state[place] = self.fifth(self.gate("add", state[place], self.key()))
            state = self.mix(state, inner)
        lane = LANES[self.width]
        result = self.gate("add", state[lane], inputs[lane])
        head = [
            "let i%d = CircuitElement::<CircuitInput<%d>> {};" % (index, index)
            for index in range(self.inputs)
        ]
        tail = ["let filled = (%s,).new_inputs()" % result]
        tail += ["    .next(Into::<u256, u384>::into(%s))" % name for name in names]
        tail += ["    .next([%s])" % limbs(key) for key in self.keys]
        tail += [
            "    .done();",
            "let outputs = filled.eval(modulus()).unwrap();",
            "outputs.get_output(%s).try_into().unwrap()" % result,
        ]
        arguments = ", ".join("%s: u256" % name for name in names)
        body = "\n".join("    " + line for line in (*head, *self.lines(result), *tail))
        return "\n/// Of %s elements.\npub fn hash%d(%s) -> u256 {\n%s\n}\n" % (
            {2: "two", 3: "three"}[self.width],
            self.width,
            arguments,
            body,
        )


def cairo() -> str:
    """The whole file."""
    hashes = "".join(Writer(width).write() for width in LANES)
    return HEADER % FIELD + hashes + FOOTER % limbs(FIELD)


if __name__ == "__main__":
    print(cairo(), end="")
