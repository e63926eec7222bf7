"""What importing a part of the program pulls in."""

import json
import subprocess
import sys

import pytest

SCRIPT = "import importlib, json, sys; importlib.import_module({!r}); print(json.dumps(sorted({})))"
LOADED = "{name.partition('.')[0] for name in sys.modules}"
QT = {"PySide6", "shiboken6", "qasync", "pyqtgraph", "qtawesome", "qtpy"}
HEAVY = {"numpy", "cryptography", "keyring", "aiohttp", "starknet_py", "obsqra_native"}


def packages_after_import(module: str) -> set[str]:
    command = [sys.executable, "-c", SCRIPT.format(module, LOADED)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("part", ["domain", "services", "flows", "storage", "proving", "cli"])
def test_part_pulls_in_no_qt(part: str) -> None:
    assert not packages_after_import(f"obsqra_desktop.{part}") & QT


def test_package_itself_pulls_in_nothing_heavy() -> None:
    assert not packages_after_import("obsqra_desktop") & (QT | HEAVY)
