"""The tables of the Cairo verifier, worked out from docs/proof-specification.md alone.

`python -m tests.chain.verifier_constants` writes contracts/decision_verifier/src/constants.cairo;
a test compares the file with what this module says.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "contracts" / "decision_verifier" / "src" / "constants.cairo"
P = 2**31 - 2**24 + 1
ROOTS = [pow(0x6AC49F88, 1 << (24 - k), P) for k in range(25)]
"""`g_k`, of order `2^k` (section 2)."""


def bitrev(index: int, bits: int) -> int:
    """`index` with its low bits reversed."""
    return sum((index >> i & 1) << (bits - 1 - i) for i in range(bits))


def coefficients(values: Sequence[int]) -> list[int]:
    """The polynomial through `f(w^i) = values_i` on the group of that order."""
    size = len(values)
    root = pow(ROOTS[size.bit_length() - 1], -1, P)
    scale = pow(size, -1, P)
    return [
        scale * sum(value * pow(root, i * k, P) for i, value in enumerate(values)) % P
        for k in range(size)
    ]


def hexadecimal_block(after: str, text: str) -> str:
    """The fenced block of section 13 that follows some words."""
    found = re.search(re.escape(after) + r".*?```\n(.*?)```", text, re.S)
    assert found is not None
    return found.group(1)


def round_constants(text: str) -> list[list[int]]:
    """`k_0 … k_15` on each of the 32 rows of a window (section 5)."""
    titles = ("External initial, 4 rounds", "External final, 4 rounds", "Internal, 20 rounds")
    initial, final, internal = (
        [int(number, 16) for number in hexadecimal_block(title, text).split()] for title in titles
    )
    rows = [[0] * 16 for _ in range(32)]
    for number in range(4):
        rows[1 + number] = initial[16 * number : 16 * number + 16]
        rows[25 + number] = final[16 * number : 16 * number + 16]
    for number in range(20):
        rows[5 + number] = [internal[number]] + [0] * 15
    return rows


def separator(name: str, text: str) -> list[int]:
    """A separator of section 13 as little-endian words."""
    data = bytes.fromhex("".join(hexadecimal_block(f"`{name}`", text).split()))
    return [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)]


def flat(name: str, values: Iterable[int], kind: str = "felt252") -> str:
    """A Cairo table."""
    items = [f"{value:#x}" for value in values]
    lines = [f"    {', '.join(items[i : i + 8])},\n" for i in range(0, len(items), 8)]
    return f"pub const {name}: [{kind}; {len(items)}] = [\n{''.join(lines)}];\n"


def nested(name: str, rows: Sequence[Sequence[int]]) -> str:
    """A Cairo table of tables."""
    body = ""
    for row in rows:
        items = [f"{value:#x}" for value in row]
        lines = [f"        {', '.join(items[i : i + 8])},\n" for i in range(0, len(items), 8)]
        body += f"    [\n{''.join(lines)}    ],\n"
    return f"pub const {name}: [[felt252; {len(rows[0])}]; {len(rows)}] = [\n{body}];\n"


def render() -> str:
    """The whole file."""
    text = (ROOT / "docs" / "proof-specification.md").read_text("utf-8")
    text = text[text.index("## 13 Constants") :]
    window = round_constants(text)
    period_32: list[list[int]] = [
        [int(row == 0) for row in range(32)],
        [int(1 <= row <= 4 or 25 <= row <= 28) for row in range(32)],
        [int(5 <= row <= 24) for row in range(32)],
        [int(row in (29, 30)) for row in range(32)],
        [int(row == 31) for row in range(32)],
        *([window[row][i] for row in range(32)] for i in range(16)),
    ]
    block_0 = coefficients([int(row < 16) for row in range(128)])
    shifts = [pow(3 * pow(ROOTS[10], m, P), 128, P) for m in range(8)]
    factors = []
    for own in shifts:
        divisor = 1
        for shift in shifts:
            divisor = divisor * (own - shift if shift != own else 1) % P
        factors.append(pow(divisor, -1, P))
    inverse = pow(ROOTS[3], -1, P)
    positions = [pow(ROOTS[13], bitrev(j, 7), P) for j in range(128)]
    single = {
        "GAMMA": ROOTS[7],
        "GAMMA_INVERSE": pow(ROOTS[7], -1, P),
        "EIGHTH": pow(8, -1, P),
        "ROOT_8": inverse,
        "ROOT_8_SQUARED": pow(inverse, 2, P),
        "ROOT_8_CUBED": pow(inverse, 3, P),
    }
    parts = [
        "//! Written by tests/chain/verifier_constants.py from docs/proof-specification.md.\n",
        "".join(f"pub const {name}: felt252 = {value:#x};\n" for name, value in single.items()),
        "/// The separators of section 13, as words.\n"
        + "".join(
            flat(name.upper(), separator(name, text), "u32")
            for name in ("sep_stark", "sep_pcs", "sep_fri")
        ),
        "/// Coefficients of `row_0 … row_15` as polynomials in `zeta^8`.\n"
        + nested("PERIOD_16", [coefficients([int(i == r) for i in range(16)]) for r in range(16)]),
        "/// Of `linear, external, internal, carry, absorb, k_0 … k_15`, in `zeta^4`.\n"
        + nested("PERIOD_32", [coefficients(column) for column in period_32]),
        "/// Of `block_0`: row j holds the coefficients of `zeta^j, zeta^(j + 8), …`.\n"
        + nested("BLOCK_0", [block_0[j::8] for j in range(8)]),
        "/// `g_3^-i`\n" + flat("ROOT_8_INVERSE_POWERS", [pow(inverse, i, P) for i in range(8)]),
        "/// `h_m^128` of the quotient's chunks, and `1 / product of h_m^128 - h_l^128`.\n"
        + flat("CHUNK_SHIFTS", shifts)
        + flat("CHUNK_FACTORS", factors),
        "/// `g_13^bitrev(j, 7)`, `g_6^bitrev(m, 3)`, inverses of both, `g_3^bitrev(n, 3)`.\n"
        + flat("POSITIONS", positions)
        + flat("POSITION_INVERSES", [pow(one, -1, P) for one in positions])
        + flat("G_6_POWERS", [pow(ROOTS[6], bitrev(m, 3), P) for m in range(8)])
        + flat("G_6_INVERSE_POWERS", [pow(ROOTS[6], -bitrev(m, 3), P) for m in range(8)])
        + flat("G_3_POWERS", [pow(ROOTS[3], bitrev(n, 3), P) for n in range(8)]),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    TARGET.write_text(render(), "utf-8")
