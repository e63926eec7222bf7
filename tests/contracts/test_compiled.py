"""The stored classes are what the manifest says, and the manifest is of the sources as they are."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.contracts import ContractFacts, check_class_limits
from obsqra_desktop.domain.chain_errors import OverLimit
from obsqra_desktop.storage.contracts import ContractClasses
from tests.conftest import ROOT
from tests.devtools import contracts as tool

FOLDERS = {True: ROOT / "resources" / "contracts", False: ROOT / "tests" / "contracts"}
EVERY = [
    (folder, facts)
    for folder in FOLDERS.values()
    for facts in ContractClasses(Path(), folder).listing()
]
IDS = [facts.name for _, facts in EVERY]


def test_sources_have_not_changed_without_a_rebuild() -> None:
    for crate in tool.crates():
        listed = tool.read_manifest(FOLDERS[tool.ships(crate)])
        for name, path in tool.contracts_of(crate):
            assert name in listed, f"{name} was never compiled: python3 dev.py contracts"
            assert listed[name]["sources"] == tool.sources_digest(crate), (
                f"{crate.name} changed: python3 dev.py contracts"
            )
            assert listed[name]["path"] == path


def test_every_stored_class_has_its_sources() -> None:
    for shipped, folder in FOLDERS.items():
        named = {
            name
            for crate in tool.crates()
            if tool.ships(crate) is shipped
            for name, _path in tool.contracts_of(crate)
        }
        assert {path.name[: -len(".json.gz")] for path in folder.glob("*.json.gz")} == named
        assert set(tool.read_manifest(folder)) == named


@pytest.mark.parametrize(("folder", "facts"), EVERY, ids=IDS)
def test_class_hashes_to_what_the_manifest_says(folder: Path, facts: ContractFacts) -> None:
    found, taken = ContractClasses(Path(), folder).load(facts.name)
    assert found == facts
    assert StarkCrypto().class_hash(taken) == facts.class_hash
    assert taken.sierra_version == facts.sierra_version
    assert len(taken.sierra_program) == facts.sierra_felts
    assert len(json.dumps(taken.wire(), separators=(",", ":"))) == facts.bytes


@pytest.mark.parametrize(("folder", "facts"), EVERY, ids=IDS)
def test_compilers_are_the_pinned_ones(folder: Path, facts: ContractFacts) -> None:
    assert facts.compiler_version == facts.casm_compiler_version == tool.VERSION


@pytest.mark.parametrize(("folder", "facts"), EVERY, ids=IDS)
def test_class_is_within_the_limits(folder: Path, facts: ContractFacts) -> None:
    check_class_limits(facts)


@pytest.mark.parametrize(
    "over", [{"sierra_felts": 81_921}, {"casm_felts": 81_921}, {"bytes": 4_089_447}]
)
def test_a_class_over_a_limit_is_refused(over: dict[str, int]) -> None:
    with pytest.raises(OverLimit, match="Nothing was sent"):
        check_class_limits(EVERY[0][1].model_copy(update=over))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The crates, somewhere where they can be changed."""
    folder = tmp_path / "contracts"
    shutil.copytree(ROOT / "contracts", folder)
    monkeypatch.setattr(tool, "CONTRACTS", folder)
    return folder


def test_a_changed_source_is_noticed(copied: Path) -> None:
    crate = copied / "integrity_registry"
    known: dict[str, Any] = tool.read_manifest(FOLDERS[False])
    assert tool.up_to_date(crate, known, FOLDERS[False])
    source = crate / "src" / "registry.cairo"
    source.write_text(source.read_text("utf-8") + "// \n", "utf-8")
    assert not tool.up_to_date(crate, known, FOLDERS[False])


def test_a_changed_source_of_another_crate_is_noticed(copied: Path) -> None:
    crate = copied / "integrity_registry"
    project = crate / "cairo_project.toml"
    text = project.read_text("utf-8")
    project.write_text(
        text.replace("[crate_roots]", '[crate_roots]\nother = "../decision_verifier/src"'), "utf-8"
    )
    before = tool.sources_digest(crate)
    (copied / "decision_verifier" / "src" / "more.cairo").write_text("//", "utf-8")
    assert tool.sources_digest(crate) != before


def test_packing_is_the_same_every_time() -> None:
    value = {"b": ["0x1"], "a": "x"}
    assert tool.packed(value) == tool.packed(dict(reversed(value.items())))
