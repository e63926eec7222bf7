"""The checks themselves: each takes one parsed file and yields the lines that break the rule."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "obsqra_desktop"
BROAD = {"Exception", "BaseException"}
REASON = re.compile(r"# noqa: BLE001\s*[-–—:]?\s*\w+ \w+")


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: str
    text: str

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Parsed once for all rules, as they walk through it one after the other."""
        return tuple(ast.walk(ast.parse(self.text, self.path)))

    def line(self, number: int) -> str:
        return self.text.splitlines()[number - 1]


@cache
def package_sources() -> tuple[Source, ...]:
    """Every Python file of the program, paths relative to the package."""
    return tuple(
        Source(path.relative_to(PACKAGE).as_posix(), path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def calls_exec(source: Source) -> Iterator[int]:
    """Nested event loops: `dialog.exec()` inside a coroutine hangs the program."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Attribute(attr="exec" | "exec_")):
                yield node.lineno


def calls_print(source: Source) -> Iterator[int]:
    """Only the command line writes to standard output."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Name(id="print")):
                yield node.lineno


def sleeps(source: Source) -> Iterator[int]:
    """A blocking sleep freezes the window."""
    for node in source.nodes:
        match node:
            case ast.Attribute(attr="sleep", value=ast.Name(id="time")):
                yield node.lineno
            case ast.ImportFrom(module="time", names=names):
                if any(alias.name == "sleep" for alias in names):
                    yield node.lineno


def imports_http(source: Source) -> Iterator[int]:
    """The standard library's own ways to the network belong in chain."""
    banned = {"urllib.request", "http.client", "ftplib", "smtplib", "xmlrpc.client"}
    for node in source.nodes:
        if isinstance(node, ast.Import) and any(alias.name in banned for alias in node.names):
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
            if names & banned:
                yield node.lineno


FILE_METHODS = {
    "exists",
    "glob",
    "is_dir",
    "is_file",
    "is_symlink",
    "iterdir",
    "mkdir",
    "read_bytes",
    "read_text",
    "rglob",
    "symlink_to",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
MODE = re.compile(r"[rwax][bt+]{0,2}")


def touches_files(source: Source) -> Iterator[int]:
    """Files belong in storage: elsewhere limits, links, pipes and typed errors get forgotten."""
    for node in source.nodes:
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr="open", value=ast.Name(id="os" | "io"))):
                yield node.lineno
            case ast.Call(
                func=ast.Attribute(attr="open"), args=[ast.Constant(value=str(mode)), *_]
            ) if MODE.fullmatch(mode):
                yield node.lineno
            case ast.Call(func=ast.Attribute(attr=name)) if name in FILE_METHODS:
                yield node.lineno
            case ast.Import(names=names):
                if any(alias.name in {"shutil", "tempfile"} for alias in names):
                    yield node.lineno
            case ast.ImportFrom(module="shutil" | "tempfile"):
                yield node.lineno


def catches_everything(source: Source) -> Iterator[int]:
    """A handler for everything hides errors.

    Allowed are handlers that raise again unchanged, and the few outermost boundaries, which
    say why behind `# noqa: BLE001`.
    """
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler) or not is_broad(node.type):
            continue
        raises_again = any(
            isinstance(inner, ast.Raise) and inner.exc is None
            for statement in node.body
            for inner in ast.walk(statement)
        )
        if not raises_again and not REASON.search(source.line(node.lineno)):
            yield node.lineno


def is_broad(kind: ast.expr | None) -> bool:
    """Whether `except KIND` catches everything."""
    if kind is None:
        return True
    if isinstance(kind, ast.Tuple):
        return any(is_broad(one) for one in kind.elts)
    return isinstance(kind, ast.Name) and kind.id in BROAD


WHEELED = {
    "QAbstractSlider",
    "QAbstractSpinBox",
    "QComboBox",
    "QDateEdit",
    "QDateTimeEdit",
    "QDial",
    "QDoubleSpinBox",
    "QFontComboBox",
    "QSlider",
    "QSpinBox",
    "QTabBar",
    "QTabWidget",
    "QTimeEdit",
}


def takes_the_wheel(source: Source) -> Iterator[int]:
    """What the wheel changes when the pointer crosses it: an amount or an owner, by scrolling."""
    for node in source.nodes:
        if isinstance(node, ast.Call) and name_of(node.func) in WHEELED:
            yield node.lineno
        if isinstance(node, ast.ClassDef):
            bases = [name_of(one) for one in node.bases]
            first = next((at for at, name in enumerate(bases) if name in WHEELED), None)
            if first is not None and "LetsWheelPass" not in bases[:first]:
                yield node.lineno


def name_of(node: ast.expr) -> str:
    """The last part of a dotted name, "" for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
