"""What the help of a command says of its JSON, and whether an answer is that.

The grammar of the help: `{key, key: value}`, `[value]`, and words. Words that count are "as in
COMMAND" (the whole answer of another one), "as one of LIST in COMMAND", "one of LIST" (an entry of
the list that a command of the same name gives), and "and" between two braces. Several braces side
by side are alternatives.
"""

import argparse
import re
from dataclasses import dataclass, field
from typing import Any

from tests.inside import grammar

TOKEN = re.compile(r"[{}\[\],:;]|[^{}\[\],:;]+")


@dataclass
class Shape:
    """Keys and what stands behind them; a list of one kind; or only words."""

    keys: "dict[str, Shape] | None" = None
    entry: "Shape | None" = None
    words: str = ""


@dataclass
class Reader:
    """Reads one help text."""

    tokens: list[str] = field(default_factory=list)

    def next(self) -> str:
        return self.tokens[0] if self.tokens else ""

    def take(self) -> str:
        return self.tokens.pop(0)

    def shape(self) -> Shape:
        """One value."""
        if self.next() == "{":
            return self.braces()
        if self.next() == "[":
            self.take()
            entry = self.shape()
            while self.next() != "]":
                self.take()
            self.take()
            return Shape(entry=entry)
        words = ""
        while self.next() and self.next() not in ",}];":
            words += self.take()
        return Shape(words=" ".join(words.split()))

    def braces(self) -> Shape:
        keys: dict[str, Shape] = {}
        assert self.take() == "{"
        while True:
            name = " ".join(self.take().split())
            assert re.fullmatch(r"[a-z_]+", name), name
            keys[name] = Shape()
            if self.next() == ":":
                self.take()
                if not self.next().strip():
                    self.take()
                keys[name] = self.shape()
                while self.next() not in {",", "}"}:  # "or null"
                    self.take()
            if self.take() == "}":
                return Shape(keys=keys)


def shapes(text: str) -> list[Shape]:
    """The alternatives of a help text."""
    reader = Reader(TOKEN.findall(text))
    found: list[Shape] = []
    joined = False
    while reader.tokens:
        if reader.next() == "{":
            one = reader.braces()
            if joined and found:
                found[-1] = Shape(keys={**keys_of(found[-1]), **keys_of(one)})
            else:
                found.append(one)
            joined = False
            continue
        words = reader.take()
        if words == ":" and found and found[-1].words.endswith("as in"):
            words = f"as in: {' '.join(reader.take().split())}"
            found.pop()
        words = " ".join(words.split())
        if re.match(r"as in", words):
            words = re.sub(r" with --.*", "", words)
            found.append(Shape(words=words))
        joined = words == "and"
    return found


def keys_of(one: Shape) -> dict[str, Shape]:
    """Of the braces, or of the command that is named instead."""
    if one.keys is not None:
        return one.keys
    (only, *_) = documented(*named(one.words))
    return keys_of(only)


def named(words: str) -> tuple[str, ...]:
    """The command in `as in: account show` or `as in notes`."""
    found = re.fullmatch(r"as in(:?) (.*)", words)
    assert found, words
    return tuple(found[2].split()) if found[1] else ("mist", found[2])


def documented(*command: str) -> list[Shape]:
    """What the help of a command promises."""
    parser: argparse.ArgumentParser = grammar()
    for word in command:
        (inner,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
        parser = inner.choices[word]
    epilog = parser.epilog or ""
    assert epilog.startswith("JSON: "), command
    found = shapes(epilog.removeprefix("JSON: "))
    for one in found:
        for shape in (one.keys or {}).values():
            if shape.words == "as with --dry-run":
                shape.keys = found[0].keys
    return found


def differences(answer: Any, shape: Shape, where: str = "") -> list[str]:
    """Keys that only one of the two has, and lists that are none."""
    if shape.words.startswith("one of "):
        name = shape.words.removeprefix("one of ")
        (whole, *_) = documented("mist", name)
        inner = keys_of(whole)[name].entry
        assert inner is not None
        return differences(answer, inner, where)
    if shape.keys is not None or shape.words.startswith("as in"):
        keys = keys_of(shape)
        if answer is None:
            return []
        if not isinstance(answer, dict):
            return [f"{where} is no object"]
        found = [f"{where}.{one} is not documented" for one in answer.keys() - keys.keys()]
        found += [f"{where}.{one} is not given" for one in keys.keys() - answer.keys()]
        for name in keys.keys() & answer.keys():
            found += differences(answer[name], keys[name], f"{where}.{name}")
        return found
    if shape.entry is not None:
        if not isinstance(answer, list):
            return [f"{where} is no list"]
        return [
            line
            for place, one in enumerate(answer)
            for line in differences(one, shape.entry, f"{where}[{place}]")
        ]
    return []


def undocumented(answer: Any, *command: str) -> list[str]:
    """What differs from the best of the alternatives; empty is as it should be."""
    return min((differences(answer, one) for one in documented(*command)), key=len)
