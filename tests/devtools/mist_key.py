"""Make resources/mist/ from the published package: numbers only, none of its code.

    npm pack @mistcash/sdk@0.5.2
    python3 -m tests.devtools.mist_key mistcash-sdk-0.5.2.tgz

The package carries a WebAssembly program in base64, whose data section holds gnark's proving key
and constraint system. Both are found where they lie, checked against their digests, and written
in the plain forms that resources/mist/README.md describes. The inputs are pinned here, the
outputs in obsqra_desktop/proving/mist_key.py (for the circuit its bytes before compression).

Formats read: gnark 0.14.0 `constraint/bn254` (constraint system) and `backend/groth16/bn254`
(proving key, compressed points of gnark-crypto, big-endian).
"""

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.devtools.setup import ROOT

OUT = ROOT / "resources" / "mist"
PACKAGE_SHA256 = "888138804857f9489ed070c20e0819b20074e4872cb79c38966e56792c0e83e7"
WASM_SHA256 = "53d6a10273a40a28dc77d1d1d82796bdbedb563809a8259fa58eef896b71b9fa"
# Where each lies in the program's memory: offset, length, digest.
CS = (4138432, 1205674, "42997b7c70dcbef5d1924759d78187d45ac8bdabb1c01b8068bfd09c42b5e550")
PK = (5344128, 1592167, "05a3bae49de966215974ac5171f8a17a5efc5bc3d9db122947b8dfcd8117a14a")
MEMORY = 8 << 20

P = 21888242871839275222246405745257275088696311157297823662689037894645226208583
R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
PUBLIC, SECRET, INTERNAL, CONSTRAINTS = 11, 27, 7953, 8272  # the first public wire is the 1
WIRES = PUBLIC + SECRET + INTERNAL
DOMAIN_LOG = 14

HINTS = {  # gnark's hint ids (of the names in the constraint system) -> ours
    0x970C3C2F: 1,  # InvZeroHint: 0 for 0, else the inverse
    0xBFE927CF: 2,  # hintIsGreater: 1 if the first is greater than the second
    0xF54CDBEB: 3,  # nBits: the lowest bits of a number, lowest first
}

Point = tuple[int, int]
Pair = tuple[int, int]  # a + b·u
Point2 = tuple[Pair, Pair]


class KeyDataError(Exception):
    """The package is not the one that this program knows."""


def must(condition: bool, what: str) -> None:
    if not condition:
        raise KeyDataError(what)


def pinned(data: bytes, digest: str, what: str) -> bytes:
    found = hashlib.sha256(data).hexdigest()
    must(found == digest, f"{what} has sha256 {found}, not {digest}")
    return data


# --- the package -----------------------------------------------------------------------------


def index_of(package: Path) -> str:
    """The text of dist/index.mjs."""
    pinned(package.read_bytes(), PACKAGE_SHA256, "the package")
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/dist/index.mjs")
        must(member is not None, "the package has no dist/index.mjs")
        assert member is not None
        return member.read().decode()


def varint(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def signed_varint(data: bytes, at: int) -> tuple[int, int]:
    start = at
    value, at = varint(data, at)
    bits = 7 * (at - start)
    return (value - (1 << bits) if value >> (bits - 1) else value), at


def memory_of(wasm: bytes) -> bytes:
    """The program's memory as its active data segments lay it out."""
    memory = bytearray(MEMORY)
    at = 8
    while at < len(wasm):
        section = wasm[at]
        size, at = varint(wasm, at + 1)
        if section == 11:
            count, here = varint(wasm, at)
            for _ in range(count):
                must(wasm[here : here + 2] == b"\0\x41", "a data segment of an unknown kind")
                offset, here = signed_varint(wasm, here + 2)
                length, here = varint(wasm, here + 1)
                must(offset >= 0 and offset + length <= MEMORY, "a data segment out of bounds")
                memory[offset : offset + length] = wasm[here : here + length]
                here += length
        at += size
    return bytes(memory)


def literal(text: str, name: str) -> Any:
    """A JavaScript object literal that holds only strings, lists, objects and null."""
    start = text.index(f"var {name} = ") + len(f"var {name} = ")
    body = text[start : text.index("\n};", start) + 2]
    return json.loads(re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', body))


# --- the constraint system -------------------------------------------------------------------


def words_of(calldata: bytes) -> list[int]:
    count = int(struct.unpack_from("<Q", calldata)[0])
    words, at = [], 8
    while at < len(calldata):
        value, at = varint(calldata, at)
        words.append(value)
    must(len(words) == count, "the instruction stream has another length than it says")
    return words


def packed(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def circuit(system: bytes) -> bytes:
    """Our form of the constraint system, before compression."""
    total, major, minor, _, levels, instructions, calldata, body = struct.unpack_from("<8Q", system)
    must((major, minor, total + 32) == (0, 14, len(system)), "another version of gnark")
    at = 64 + levels + instructions
    words = words_of(system[at : at + calldata])
    at += calldata + body
    coefficients = int(struct.unpack_from("<Q", system, at)[0])
    must(at + 8 + 32 * coefficients == len(system), "another table of coefficients")
    montgomery = pow(2**256, -1, R)
    out = bytearray(b"OBMISTC1")
    out += struct.pack("<5I", PUBLIC, SECRET, INTERNAL, CONSTRAINTS, coefficients)
    for index in range(coefficients):
        start = at + 8 + 32 * index
        number = int.from_bytes(system[start : start + 32], "little") * montgomery % R
        out += number.to_bytes(32, "little")
    here = constraints = 0
    while here < len(words):
        end = here + words[here]
        kind = HINTS.get(words[here + 1], 0)
        must(kind > 0 or words[here + 1] < 1000, "an unknown hint")
        if kind == 0:
            constraints += 1
            must(words[here] == 4 + 2 * sum(words[here + 1 : here + 4]), "a broken constraint")
        out.append(kind)
        for word in words[here + (1 if kind == 0 else 2) : end]:
            out += packed(word)
        here = end
    must(constraints == CONSTRAINTS and here == len(words), "another number of constraints")
    return bytes(out)


# --- the proving key -------------------------------------------------------------------------


def root(square: int) -> int:
    """A square root modulo P (P mod 4 is 3)."""
    value = pow(square, (P + 1) // 4, P)
    must(value * value % P == square % P, "a point that is not on the curve")
    return value


def times(a: Pair, b: Pair) -> Pair:
    return (a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P


def root2(square: Pair) -> Pair:
    """A square root of a + b·u, u² = -1, by the norm."""
    a, b = square
    if b == 0:
        real = pow(a, (P - 1) // 2, P) != P - 1
        return (root(a), 0) if real else (0, root(-a % P))
    norm = root((a * a + b * b) % P)
    half = (P + 1) // 2
    x = (a + norm) * half % P
    if pow(x, (P - 1) // 2, P) != 1:
        x = (a - norm) * half % P
    x = root(x)
    y = b * half * pow(x, -1, P) % P
    must(times((x, y), (x, y)) == square, "a point that is not on the twisted curve")
    return x, y


TWIST = times((3, 0), (lambda n: (9 * n % P, -n % P))(pow(82, -1, P)))  # 3 / (9 + u)


def coordinate(data: bytes) -> tuple[int, int]:
    """gnark-crypto's flag (2 the smaller y, 3 the larger) and x."""
    return data[0] >> 6, int.from_bytes(bytes([data[0] & 63]) + data[1:32], "big")


def point(data: bytes) -> Point:
    flag, x = coordinate(data)
    must(flag in (2, 3) and x < P, "a point in another form")
    y = root((x * x * x + 3) % P)
    return x, y if (y > P - y) == (flag == 3) else P - y


def point2(data: bytes) -> Point2:
    flag, x1 = coordinate(data[:32])
    x = (int.from_bytes(data[32:], "big"), x1)
    must(flag in (2, 3) and x[0] < P and x1 < P, "a point in another form")
    cube = times(times(x, x), x)
    y = root2(((cube[0] + TWIST[0]) % P, (cube[1] + TWIST[1]) % P))
    larger = (y[1] or y[0]) > P - (y[1] or y[0])
    return x, y if larger == (flag == 3) else ((-y[0]) % P, (-y[1]) % P)


def packed_point(value: Point) -> bytes:
    return b"".join(part.to_bytes(32, "little") for part in value)


def packed_point2(value: Point2) -> bytes:
    return b"".join(packed_point(pair) for pair in value)


class Reader:
    """Walks gnark's serialised proving key."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        self.at += count
        must(self.at <= len(self.data), "the key ends too early")
        return self.data[self.at - count : self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def points(self, size: int) -> Iterator[bytes]:
        for _ in range(self.number(4)):
            yield self.take(size)


def proving_key(data: bytes) -> bytes:
    """Our form of the proving key: affine points, little-endian, h's bases in natural order."""
    key = Reader(data)
    must(key.number(8) == 1 << DOMAIN_LOG, "another domain")
    domain = [key.number(32) for _ in range(5)]
    must(domain[3] == 5 and domain[1] * domain[2] % R == 1, "another domain")
    key.take(1)
    one = [packed_point(point(key.take(32))) for _ in range(3)]  # alpha, beta, delta
    a, b, z, k = ([packed_point(point(p)) for p in key.points(32)] for _ in range(4))
    two = [packed_point2(point2(key.take(64))) for _ in range(2)]  # beta, delta
    b2 = [packed_point2(point2(p)) for p in key.points(64)]
    must((key.number(8), key.number(8), key.number(8)) == (WIRES, 1547, 1846), "other wires")
    without_a, without_b = key.take(WIRES), key.take(WIRES)
    must(key.number(4) == 0 and key.at == len(data), "the key has another end")
    counts = (WIRES - sum(without_a), WIRES - sum(without_b), len(z), WIRES - PUBLIC)
    must(counts == (len(a), len(b), (1 << DOMAIN_LOG) - 1, len(k)), "other numbers of points")
    must(len(b2) == len(b), "other numbers of points")
    order = [int(format(i, f"0{DOMAIN_LOG}b")[::-1], 2) for i in range(len(z))]
    out = bytearray(b"OBMISTP1")
    out += struct.pack("<4I", DOMAIN_LOG, WIRES, PUBLIC, 0)
    out += domain[1].to_bytes(32, "little")
    for absent in (without_a, without_b):
        bits = sum(1 << wire for wire in range(WIRES) if not absent[wire])
        out += bits.to_bytes((WIRES + 7) // 8, "little")
    for part in (one, two, a, b, [z[i] for i in order], k, b2):
        out += b"".join(part)
    return bytes(out)


def verifying_key(found: Any) -> bytes:
    """alpha (G1), beta, gamma, delta (G2), then one G1 point a public wire; (0, 0) is infinity."""

    def one(p: Any) -> bytes:
        return packed_point((int(p["X"]), int(p["Y"])))

    def two(p: Any) -> bytes:
        x, y = p["X"], p["Y"]
        return packed_point2(((int(x["A0"]), int(x["A1"])), (int(y["A0"]), int(y["A1"]))))

    first, second = found["G1"], found["G2"]
    must(len(first["K"]) == PUBLIC, "another number of public inputs")
    parts = [one(first["Alpha"]), *(two(second[name]) for name in ("Beta", "Gamma", "Delta"))]
    return b"OBMISTV1" + b"".join([*parts, *(one(p) for p in first["K"])])


def convert(package: Path) -> dict[str, bytes]:
    """The files of resources/mist/ by name."""
    text = index_of(package)
    found = re.search(r"[A-Za-z0-9+/=]{1000000,}", text)
    must(found is not None, "the package has no program in base64")
    assert found is not None
    memory = memory_of(pinned(base64.b64decode(found[0]), WASM_SHA256, "the program"))
    cs, pk = (
        pinned(memory[at : at + size], digest, what)
        for (at, size, digest), what in ((CS, "the constraint system"), (PK, "the proving key"))
    )
    return {
        "circuit.bin.z": zlib.compress(circuit(cs), 9),
        "proving_key.bin": proving_key(pk),
        "verifying_key.bin": verifying_key(literal(text, "vk_default")),
    }


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("package", type=Path, help="mistcash-sdk-0.5.2.tgz")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    options = parser.parse_args(words)
    try:
        files = convert(options.package)
    except KeyDataError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (options.out / name).write_bytes(data)
        plain = zlib.decompress(data) if name.endswith(".z") else data
        print(f"{hashlib.sha256(plain).hexdigest()}  {name}  {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
