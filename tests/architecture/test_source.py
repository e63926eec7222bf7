"""The program's source keeps the rules that no linter knows."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture import rules
from tests.architecture.rules import Source, package_sources

Rule = Callable[[Source], Iterator[int]]
LONGEST = 500


def broken(rule: Rule, chosen: Callable[[str], bool]) -> list[str]:
    return [
        f"{source.path}:{line}"
        for source in package_sources()
        if chosen(source.path)
        for line in rule(source)
    ]


def anywhere(path: str) -> bool:
    return True


def outside_cli(path: str) -> bool:
    return not path.startswith("cli/")


def outside_chain(path: str) -> bool:
    return not path.startswith("chain/")


FILES_OF_OUR_OWN = {
    "chain/devnet_process.py": "the practice chain's program, its log and its process",
    "cli/main.py": "/dev/null in the place of a closed pipe",
    "domain/market/audit_registry.py": "ships with the program",
    "domain/market/deployments.py": "ships with the program",
    "domain/shipped.py": "ships with the program",
    "proving/mist_key.py": "ships with the program, pinned",
    "ui/fonts.py": "ship with the program",
    "ui/icons.py": "ship with the program",
    "ui/main.py": "asks whether the data folder is there; Qt keeps the window's place in it",
    "ui/theme.py": "ships with the program",
}
"""Who opens files without storage, and which: none that a user names."""


def no_place_for_files(path: str) -> bool:
    return not path.startswith("storage/") and path not in FILES_OF_OUR_OWN


def must_not_block(path: str) -> bool:
    return path.startswith(("ui/", "services/", "flows/"))


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        (rules.calls_exec, anywhere),
        (rules.calls_print, outside_cli),
        (rules.sleeps, must_not_block),
        (rules.imports_http, outside_chain),
        (rules.touches_files, no_place_for_files),
        (rules.catches_everything, anywhere),
        (rules.takes_the_wheel, anywhere),
    ],
    ids=lambda value: value.__name__,
)
def test_rule_holds(rule: Rule, chosen: Callable[[str], bool]) -> None:
    assert broken(rule, chosen) == []


def test_no_file_is_too_long() -> None:
    lengths = {source.path: len(source.text.splitlines()) for source in package_sources()}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.calls_exec, "dialog.exec()"),
        (rules.calls_exec, "menu.exec_(point)"),
        (rules.calls_print, "print(1)"),
        (rules.sleeps, "import time\ntime.sleep(1)"),
        (rules.sleeps, "from time import sleep"),
        (rules.imports_http, "import urllib.request"),
        (rules.imports_http, "from urllib import request"),
        (rules.imports_http, "from http.client import HTTPSConnection"),
        (rules.touches_files, "open(name)"),
        (rules.touches_files, "os.open(name, 0)"),
        (rules.touches_files, "with path.open('rb') as file: pass"),
        (rules.touches_files, "path.open('w', encoding='utf-8')"),
        (rules.touches_files, "Path(name).read_bytes()"),
        (rules.touches_files, "path.exists()"),
        (rules.touches_files, "import shutil"),
        (rules.touches_files, "from tempfile import mkdtemp"),
        (rules.catches_everything, "try:\n    f()\nexcept:\n    pass"),
        (rules.catches_everything, "try:\n    f()\nexcept Exception:\n    pass"),
        (rules.catches_everything, "try:\n    f()\nexcept (ValueError, Exception) as e:\n    g(e)"),
        (rules.catches_everything, "try:\n    f()\nexcept Exception:  # noqa: BLE001\n    pass"),
        (rules.takes_the_wheel, "box = QComboBox()"),
        (rules.takes_the_wheel, "box = QtWidgets.QDoubleSpinBox(self)"),
        (rules.takes_the_wheel, "class Select(QComboBox): pass"),
        (rules.takes_the_wheel, "class Select(QComboBox, LetsWheelPass): pass"),
    ],
)
def test_rule_catches(rule: Rule, text: str) -> None:
    assert list(rule(Source("planted.py", text)))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (rules.calls_exec, "exec_plan(dialog)\ndialog.open()"),
        (rules.sleeps, "import asyncio\nasyncio.sleep(1)"),
        (rules.imports_http, "from urllib.parse import urlsplit"),
        (rules.touches_files, "self._chain.open(network, 'balance')\ndialog.open()\nos.read(0, 1)"),
        (rules.catches_everything, "try:\n    f()\nexcept ValueError:\n    pass"),
        (rules.takes_the_wheel, "class Select(LetsWheelPass, QComboBox): pass\nbox = Select()"),
        (rules.catches_everything, "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
        (
            rules.catches_everything,
            "try:\n    f()\nexcept Exception:  # noqa: BLE001 - last resort of the loop\n    g()",
        ),
    ],
)
def test_rule_lets_pass(rule: Rule, text: str) -> None:
    assert not list(rule(Source("planted.py", text)))


def test_a_highest_fee_is_shown_rounded_up_and_never_cut() -> None:
    cut = re.compile(r"(?<!def )\bamount(_words)?\([^()]*\bmax_fee\)")
    found = [source.path for source in package_sources() if cut.search(source.text)]
    assert found == ["domain/spending.py"], "there it is the owner's own limit"
