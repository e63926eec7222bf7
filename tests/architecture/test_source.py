"""The program's source keeps the rules that no linter knows."""

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


def must_not_block(path: str) -> bool:
    return path.startswith(("ui/", "services/", "flows/"))


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        (rules.calls_exec, anywhere),
        (rules.calls_print, outside_cli),
        (rules.sleeps, must_not_block),
        (rules.imports_http, outside_chain),
        (rules.catches_everything, anywhere),
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
        (rules.catches_everything, "try:\n    f()\nexcept:\n    pass"),
        (rules.catches_everything, "try:\n    f()\nexcept Exception:\n    pass"),
        (rules.catches_everything, "try:\n    f()\nexcept (ValueError, Exception) as e:\n    g(e)"),
        (rules.catches_everything, "try:\n    f()\nexcept Exception:  # noqa: BLE001\n    pass"),
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
        (rules.catches_everything, "try:\n    f()\nexcept ValueError:\n    pass"),
        (rules.catches_everything, "try:\n    f()\nexcept BaseException:\n    undo()\n    raise"),
        (
            rules.catches_everything,
            "try:\n    f()\nexcept Exception:  # noqa: BLE001 - last resort of the loop\n    g()",
        ),
    ],
)
def test_rule_lets_pass(rule: Rule, text: str) -> None:
    assert not list(rule(Source("planted.py", text)))
