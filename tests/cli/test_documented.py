"""The reading of a command's help, by which its answers are held against its words."""

import pytest

from obsqra_desktop.cli.main import COMMANDS
from tests.cli.documented import differences, documented, keys_of, shapes, undocumented

MIST = [inner for outer, inner in COMMANDS if outer == "mist" and inner is not None]


def test_keys_lists_and_alternatives_are_read() -> None:
    first, second = shapes("{a, b: {c: x|y, e}, f: [{g}]}; null is unknown; else {h: [text], i}")
    assert first.keys is not None
    assert set(first.keys) == {"a", "b", "f"}
    good = {"a": 1, "b": {"c": 1, "e": 2}, "f": [{"g": 1}]}
    assert differences(good, second) != []


@pytest.mark.parametrize("name", MIST)
def test_every_command_says_what_it_answers(name: str) -> None:
    assert all(keys_of(one) for one in documented("mist", name))


def test_each_kind_of_difference_is_found() -> None:
    (shape,) = shapes("{a, b: [{c}], d: {e}}")
    good = {"a": 1, "b": [{"c": 1}, {"c": 2}], "d": {"e": None}}
    assert differences(good, shape) == []
    assert differences({**good, "x": 1}, shape) == [".x is not documented"]
    assert differences({**good, "b": [{"c": 1}, {}]}, shape) == [".b[1].c is not given"]
    assert differences({**good, "d": {"e": 1, "z": 1}}, shape) == [".d.z is not documented"]
    assert differences({**good, "b": 3}, shape) == [".b is no list"]
    assert differences([], shape) == [" is no object"]


def test_another_commands_words_count() -> None:
    assert undocumented({"accounts": [{"id": 1}]}, "mist", "accounts") != []
    done = documented("mist", "deposit")[2]
    assert ".plan.title is not given" in differences({"plan": {}}, done)
    assert ".transaction.hash is not given" in differences({"transaction": {}}, done)
    assert undocumented({"sent": False}, "mist", "deposit") == []
    assert undocumented({"requests": [{"id": "x"}]}, "mist", "requests") != []
