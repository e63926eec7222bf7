"""The composition root wires every service, each once, and only what it needs."""

from functools import cached_property
from pathlib import Path

import pytest

from obsqra_desktop.app import Services, Wiring
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.mist.errors import KeyDataDamaged

NAMES = [name for name, one in vars(Services).items() if isinstance(one, cached_property)]
PARTS = ["chains", "markets", "private", "proofs"]


def wired(wiring: Wiring) -> list[str]:
    return [part for part in PARTS if part in vars(wiring)]


@pytest.mark.parametrize("name", NAMES)
def test_each_service_is_wired_once(tmp_path: Path, name: str) -> None:
    services = Services(Wiring(tmp_path / "data"))
    assert getattr(services, name) is getattr(services, name)
    assert not (tmp_path / "data").exists()


def test_a_part_brings_only_those_below_it(tmp_path: Path) -> None:
    wiring = Wiring(tmp_path)
    services = Services(wiring)
    assert wired(wiring) == []
    assert services.decisions is services.decisions
    assert wired(wiring) == ["proofs"]
    assert services.networks is services.networks
    assert wired(wiring) == ["chains", "proofs"]
    assert services.private is services.private
    assert wired(wiring) == ["chains", "private", "proofs"]


def test_preloading_wires_nothing(tmp_path: Path) -> None:
    wiring = Wiring(tmp_path)
    Services(wiring).preload()
    assert wired(wiring) == []


def test_the_look_at_the_key_data_at_the_start_wires_nothing_and_finds_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiring = Wiring(tmp_path / "data")
    services = Services(wiring)
    services.check_private_proofs()
    assert wired(wiring) == []
    assert not (tmp_path / "data").exists()
    (tmp_path / "mist").mkdir()
    for path in (shipped.resource_root() / "mist").iterdir():
        raw = path.read_bytes()
        damaged = bytes((*raw[:-1], raw[-1] ^ 1)) if path.suffix in {".bin", ".z"} else raw
        (tmp_path / "mist" / path.name).write_bytes(damaged)
    monkeypatch.setattr(shipped, "resource_root", lambda: tmp_path)
    with pytest.raises(KeyDataDamaged, match="not the published one"):
        services.check_private_proofs()
