"""Settings, policies, models and snapshots in files."""

import json
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.settings import Settings, Theme
from obsqra_desktop.storage.documents import (
    ModelFolder,
    PolicyFolder,
    SettingsFile,
    SnapshotSource,
)
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.paths import data_folder


@pytest.fixture
def lock(data_dir: Path) -> FolderLock:
    return FolderLock(data_dir / "lock", patience=30)


def named(name: str) -> Policy:
    return shipped.preset("balanced").model_copy(update={"name": name})


def sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shipped.sample().canonical())
    return found


def test_settings_round_trip(data_dir: Path, lock: FolderLock) -> None:
    file = SettingsFile(data_dir, lock)
    assert file.load() == Settings()
    changed = Settings(theme=Theme.DARK, hide_amounts=True, last_policy="mine")
    file.save(changed)
    assert SettingsFile(data_dir, lock).load() == changed


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b'{"schema":"obsqra/settings/1","new":1}'])
def test_damaged_settings_are_set_aside(data_dir: Path, lock: FolderLock, raw: bytes) -> None:
    path = data_dir / "settings.json"
    path.write_bytes(raw)
    file = SettingsFile(data_dir, lock)
    assert file.load() == Settings()
    assert path.read_bytes() == raw
    file.save(Settings(hide_amounts=True))
    assert (data_dir / "settings.damaged").read_bytes() == raw
    assert file.load().hide_amounts


def test_policies(data_dir: Path, lock: FolderLock) -> None:
    folder = PolicyFolder(data_dir, lock)
    assert folder.presets() == ("conservative", "balanced", "aggressive")
    assert folder.names() == ()
    assert folder.save(named("My own, careful")) == "my-own-careful"
    assert folder.names() == ("my-own-careful",)
    assert folder.load("my-own-careful").name == "My own, careful"
    assert folder.load("balanced") == shipped.preset("balanced")


@pytest.mark.parametrize("name", ["Balanced", "mine", "MINE"])
def test_no_policy_is_ever_replaced(data_dir: Path, lock: FolderLock, name: str) -> None:
    folder = PolicyFolder(data_dir, lock)
    folder.save(named("mine"))
    with pytest.raises(InvalidInput, match="already"):
        folder.save(named(name))


@pytest.mark.parametrize("name", ["", "none", "../settings", "a/b", ".", "x" * 80])
def test_unknown_policy(data_dir: Path, lock: FolderLock, name: str) -> None:
    with pytest.raises(NotFound, match="balanced"):
        PolicyFolder(data_dir, lock).load(name)


def test_policy_name_without_letters(data_dir: Path, lock: FolderLock) -> None:
    with pytest.raises(InvalidInput, match="letter"):
        PolicyFolder(data_dir, lock).save(named("…"))


def test_models(data_dir: Path) -> None:
    folder = ModelFolder(data_dir)
    assert folder.names() == shipped.MODEL_NAMES
    (data_dir / "models").mkdir()
    text = (shipped.resource_root() / "models" / "linear_v0.json").read_text()
    (data_dir / "models" / "mine.json").write_text(text)
    assert folder.names() == (*shipped.MODEL_NAMES, "mine")
    assert folder.load("mine").digest() == shipped.model("linear_v0").digest()
    with pytest.raises(NotFound):
        folder.load("other")


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value))
    return path


def broken_samples() -> dict[str, dict[str, Any]]:
    nine = sample()
    nine["pools"] = [{**nine["pools"][0], "id": hex(i + 1)} for i in range(9)]
    unknown = sample()
    unknown["pools"][0]["metrics"]["tvl"] = 1
    high = sample()
    high["pools"][1]["metrics"]["utilization_bps"] = 10_001
    fraction = sample()
    fraction["pools"][1]["metrics"]["apy_bps"] = 12.5
    twice = sample()
    twice["pools"][1]["id"] = twice["pools"][0]["id"]
    missing = sample()
    del missing["pools"][0]["sources"]
    none = sample()
    none["pools"] = []
    return {
        "nine pools": nine,
        "unknown field": unknown,
        "out of range": high,
        "fraction": fraction,
        "same id twice": twice,
        "no sources": missing,
        "no pools": none,
        "no schema": {},
    }


@pytest.mark.parametrize("name", broken_samples())
def test_bad_snapshots_are_refused_in_one_line(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / "s.json", broken_samples()[name])
    with pytest.raises(InvalidInput) as caught:
        SnapshotSource().load(path)
    assert "\n" not in str(caught.value)


def test_snapshot_files(tmp_path: Path) -> None:
    source = SnapshotSource()
    assert source.load(write(tmp_path / "s.json", sample())) == source.sample()
    with pytest.raises(NotFound):
        source.load(tmp_path / "none.json")
    with pytest.raises(InvalidInput, match="no plain file"):
        source.load(tmp_path)
    (tmp_path / "big.json").write_bytes(b" " * (300 << 10))
    with pytest.raises(InvalidInput, match="larger"):
        source.load(tmp_path / "big.json")


def test_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data_folder(tmp_path / "new") == tmp_path / "new"
    assert not (tmp_path / "new").exists()
    monkeypatch.setenv("OBSQRA_DATA_DIR", str(tmp_path / "env"))
    assert data_folder() == tmp_path / "env"
    assert data_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("OBSQRA_DATA_DIR")
    assert data_folder().name == "Obsqra"
    (tmp_path / "file").write_text("x")
    with pytest.raises(InvalidInput, match="is a file"):
        data_folder(tmp_path / "file")
