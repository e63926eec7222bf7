"""The stored classes are what the manifest says, and the manifest is of the sources as they are."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.chain_errors import OverLimit
from obsqra_desktop.domain.contracts import ContractFacts, check_class_limits
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


def out_of_date() -> dict[str, str]:
    """Contracts that are not what the manifest ties them to, and why."""
    found = {}
    for crate in tool.crates():
        listed = tool.read_manifest(FOLDERS[tool.ships(crate)])
        digest = tool.sources_digest(crate)
        for name, path in tool.contracts_of(crate):
            if name not in listed:
                found[name] = "never compiled"
            elif listed[name]["sources"] != digest:
                found[name] = f"{crate.name} changed"
            elif listed[name]["path"] != path:
                found[name] = f"was {listed[name]['path']}"
    return found


def test_sources_have_not_changed_without_a_rebuild() -> None:
    assert out_of_date() == {}, "compile again: python3 dev.py contracts"


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


SOURCES = [one for crate in tool.crates() for one in tool.sources(crate)]


@pytest.fixture(scope="module")
def crates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all: who changes a file of it puts it back."""
    folder = tmp_path_factory.mktemp("crates") / "contracts"
    shutil.copytree(ROOT / "contracts", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tool, "CONTRACTS", folder)
        assert out_of_date() == {}
    return folder


@pytest.mark.parametrize(
    "changed", SOURCES, ids=lambda one: one.relative_to(ROOT / "contracts").as_posix()
)
def test_a_change_of_any_source_fails_the_check(
    crates: Path, monkeypatch: pytest.MonkeyPatch, changed: Path
) -> None:
    """One byte more in any file, of any crate: all contracts that follow from it are named."""
    monkeypatch.setattr(tool, "CONTRACTS", crates)
    source = crates / changed.relative_to(ROOT / "contracts")
    kept = source.read_bytes()
    source.write_bytes(kept + b"\n")
    try:
        concerned = {
            name
            for crate in tool.crates()
            if source in tool.sources(crate)
            for name, _ in tool.contracts_of(crate)
        }
        assert concerned
        assert set(out_of_date()) == concerned
    finally:
        source.write_bytes(kept)


def test_a_new_contract_and_one_that_moved_fail_the_check(copied: Path) -> None:
    new = copied / "practice" / "src" / "newcomer.cairo"
    new.write_text("#[starknet::contract]\nmod Newcomer {}\n", "utf-8")
    assert out_of_date()["Newcomer"] == "never compiled"


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
