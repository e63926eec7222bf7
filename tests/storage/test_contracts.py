"""Contract classes are read strictly, and kept before they are declared."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.storage.contracts import ContractClasses
from tests.conftest import ROOT

NAME = "IntegrityRegistry"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder of compiled contracts that may be damaged."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for path in (ROOT / "tests" / "contracts").glob("*.json*"):
        shutil.copy(path, folder)
    return folder


def rewritten(folder: Path, change: Any) -> None:
    path = folder / f"{NAME}.json.gz"
    value = json.loads(gzip.decompress(path.read_bytes()))
    change(value)
    path.write_bytes(gzip.compress(json.dumps(value).encode()))


def test_reads_what_was_written(shipped: Path, data_dir: Path) -> None:
    classes = ContractClasses(data_dir, shipped)
    facts, found = classes.load(NAME)
    raw = json.loads(gzip.decompress((shipped / f"{NAME}.json.gz").read_bytes()))
    assert found.wire() == raw
    assert classes.find(facts.class_hash) == found


def test_unknown_names_and_hashes_are_not_found(shipped: Path, data_dir: Path) -> None:
    classes = ContractClasses(data_dir, shipped)
    with pytest.raises(NotFound, match="no contract 'Nothing'"):
        classes.load("Nothing")
    with pytest.raises(NotFound, match="neither shipped nor kept"):
        classes.find(1)


def test_a_kept_class_outlives_an_update(shipped: Path, data_dir: Path) -> None:
    classes = ContractClasses(data_dir, shipped)
    facts, found = classes.load(NAME)
    classes.keep(facts.class_hash)
    manifest = shipped / "manifest.json"
    manifest.write_text('{"schema": "obsqra/contracts/1", "contracts": []}', "utf-8")
    assert classes.find(facts.class_hash) == found
    classes.keep(facts.class_hash)  # again: nothing to do


DAMAGES: dict[str, Any] = {
    "a field is missing": lambda value: value.pop("abi"),
    "a field too many": lambda value: value.update(extra=1),
    "a felt that is none": lambda value: value["sierra_program"].append("0x" + "f" * 64),
    "a number for a felt": lambda value: value["sierra_program"].append(1.5),
    "another format": lambda value: value.update(contract_class_version="0.2.0"),
    "an entry point that is none": lambda value: value["entry_points_by_type"].update(EXTERNAL=[1]),
    "no entry points of a kind": lambda value: value["entry_points_by_type"].pop("CONSTRUCTOR"),
    "a longer program": lambda value: value["sierra_program"].append("0x1"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_class_is_refused(shipped: Path, data_dir: Path, damage: Any) -> None:
    rewritten(shipped, damage)
    with pytest.raises(StorageError, match="damaged"):
        ContractClasses(data_dir, shipped).load(NAME)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"not gzip",
        gzip.compress(b"{}")[:-4],
        gzip.compress(b"{}") + b"more",
        gzip.compress(b" " * 4_089_447),
        gzip.compress(b'{"abi": "", "abi": ""}'),
        gzip.compress(b"[]"),
    ],
    ids=["empty", "no gzip", "cut off", "something behind", "a bomb", "a key twice", "a list"],
)
def test_a_damaged_file_is_refused(shipped: Path, data_dir: Path, raw: bytes) -> None:
    (shipped / f"{NAME}.json.gz").write_bytes(raw)
    with pytest.raises(StorageError, match="damaged"):
        ContractClasses(data_dir, shipped).load(NAME)


def test_a_missing_or_damaged_manifest_is_told(shipped: Path, data_dir: Path) -> None:
    manifest = shipped / "manifest.json"
    listed = json.loads(manifest.read_text("utf-8"))
    for wrong in (
        "{}",
        json.dumps({**listed, "contracts": listed["contracts"] * 2}),
        json.dumps({**listed, "more": 1}),
    ):
        manifest.write_text(wrong, "utf-8")
        with pytest.raises(StorageError, match="damaged"):
            ContractClasses(data_dir, shipped).listing()
    manifest.unlink()
    with pytest.raises(StorageError):
        ContractClasses(data_dir, shipped).listing()
