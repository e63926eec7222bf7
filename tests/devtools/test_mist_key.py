"""The converter of MIST's key data: its readers on small inputs, and what it made."""

from pathlib import Path

import pytest

from tests.devtools import mist_key
from tests.devtools.mist_key import KeyDataError, P, R

FOLDER = mist_key.OUT


def test_another_package_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.tgz"
    other.write_bytes(b"not the package")
    assert mist_key.main([str(other), "--out", str(tmp_path / "out")]) == 1
    assert "sha256" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("data", "unsigned", "signed"),
    [
        (b"\x05", 5, 5),
        (b"\x7f", 127, -1),
        (b"\xe5\x8e\x26", 624485, 624485),
        (b"\x80\x7f", 16256, -128),
    ],
)
def test_leb128(data: bytes, unsigned: int, signed: int) -> None:
    """Examples of the WebAssembly specification's encoding."""
    assert mist_key.varint(data, 0) == (unsigned, len(data))
    assert mist_key.signed_varint(data, 0) == (signed, len(data))


def test_data_segments_are_laid_out() -> None:
    segments = b"\x02" + b"\x00\x41\x02\x0b\x02hi" + b"\x00\x41\x05\x0b\x01!"
    wasm = b"\0asm\1\0\0\0" + b"\x01\x02zz" + b"\x0b" + bytes([len(segments)]) + segments
    assert mist_key.memory_of(wasm)[:8] == b"\0\0hi\0!\0\0"
    passive = b"\x01\x01\x02hi"
    with pytest.raises(KeyDataError):
        mist_key.memory_of(b"\0asm\1\0\0\0" + b"\x0b" + bytes([len(passive)]) + passive)


def test_compressed_points() -> None:
    """The generator (1, 2) with each flag; y = 2 is the smaller one."""
    x = (1).to_bytes(32, "big")
    assert mist_key.point(bytes([0x80]) + x[1:]) == (1, 2)
    assert mist_key.point(bytes([0xC0]) + x[1:]) == (1, P - 2)
    for bad in (bytes([0x40]) + bytes(31), x, bytes([0x80]) + bytes(30) + b"\x04"):
        with pytest.raises(KeyDataError):
            mist_key.point(bad)


@pytest.mark.parametrize("value", [(3, 5), (P - 1, 1), (0, 7), (9, 0)])
def test_square_roots_on_the_twist(value: tuple[int, int]) -> None:
    square = mist_key.times(value, value)
    assert mist_key.root2(square) in (value, tuple(-part % P for part in value))


def test_both_keys_are_of_one_set_up() -> None:
    """alpha (G1), beta and delta (G2) are the same numbers in both files."""
    proving = (FOLDER / "proving_key.bin").read_bytes()
    verifying = (FOLDER / "verifying_key.bin").read_bytes()
    start = 8 + 16 + 32 + 2 * ((mist_key.WIRES + 7) // 8)
    alpha, beta, delta = (
        proving[start:][:64],
        proving[start + 192 :][:128],
        proving[start + 320 :][:128],
    )
    assert verifying[8:72] == alpha
    assert verifying[72:200] == beta
    assert verifying[328:456] == delta
    generator = int.from_bytes(proving[24:56], "little")
    assert pow(generator, 1 << mist_key.DOMAIN_LOG, R) == 1
    assert pow(generator, 1 << (mist_key.DOMAIN_LOG - 1), R) == R - 1
