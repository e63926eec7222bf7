"""The project's own files agree with each other."""

import re
import tomllib
from importlib import metadata
from typing import Any

import obsqra_desktop
from tests.architecture.rules import ROOT


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_one_version() -> None:
    assert project()["project"]["version"] == obsqra_desktop.__version__
    assert metadata.version("obsqra-desktop") == obsqra_desktop.__version__


def test_lock_file_names_only_the_public_index() -> None:
    lock = (ROOT / "uv.lock").read_text("utf-8")
    hosts = set(re.findall(r"https?://([^/\"]+)", lock))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_every_layer_is_named_in_the_contracts() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = {name for line in contracts[0]["layers"] for name in line.split(" | ")}
    package = ROOT / "obsqra_desktop"
    packages = {path.parent.name for path in package.glob("*/__init__.py")}
    assert packages <= layers
