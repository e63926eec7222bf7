"""Figures, the targets beside them, and the machine that they were measured on."""

import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

UNKNOWN: Final = "—"
UNITS: Final[dict[str, Callable[[float], str]]] = {
    "s": lambda value: f"{value:.3f} s",
    "ms": lambda value: f"{value * 1e3:.1f} ms",
    "KB": lambda value: f"{value / 1e3:.1f} KB",
    "MB": lambda value: f"{value / 1e6:.0f} MB",
    "felts": lambda value: f"{value:,.0f} felts",
    "trips": lambda value: f"{value:.0f} trips",
    "times": lambda value: f"{value:.0f} times",
    "Mgas": lambda value: f"{value / 1e6:.1f} Mgas",
}
"""How a value in seconds, bytes, felts, trips or L2 gas is shown; 1 KB = 1000 bytes."""
BASES: Final = {
    "KB": "bytes",
    "MB": "bytes",
    "felts": "felts",
    "trips": "trips",
    "times": "times",
    "Mgas": "L2 gas",
}


@dataclass(frozen=True)
class Figure:
    """One measured quantity: samples in seconds, bytes, felts or gas, none if not measured."""

    id: str
    title: str
    unit: str
    samples: tuple[float, ...]
    target: float | None = None
    note: str = ""

    @property
    def median(self) -> float | None:
        """The figure itself."""
        return statistics.median(self.samples) if self.samples else None

    @property
    def met(self) -> bool | None:
        """Whether the median is within the target; None without target or measurement."""
        if self.target is None or self.median is None:
            return None
        return self.median <= self.target

    @property
    def verdict(self) -> str:
        """A word for the table."""
        if not self.samples:
            return "not measured" + (f": {self.note}" if self.note else "")
        return {True: "met", False: "MISSED", None: ""}[self.met]

    def shown(self, value: float | None) -> str:
        """A value in the figure's unit."""
        return UNKNOWN if value is None else UNITS[self.unit](value)

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        worst = max(self.samples) if len(self.samples) > 1 else None
        target = f"<= {self.shown(self.target)}" if self.target is not None else ""
        runs = str(len(self.samples))
        cells = (self.shown(self.median), self.shown(worst), runs, target, self.verdict)
        return (self.title, *cells)

    def document(self) -> dict[str, Any]:
        """The figure for machines."""
        return {
            "id": self.id,
            "title": self.title,
            "base_unit": BASES.get(self.unit, "seconds"),
            "median": self.median,
            "samples": list(self.samples),
            "target": self.target,
            "met": self.met,
            "note": self.note,
        }


HEAD: Final = ("", "median", "worst", "runs", "target", "")


def table(figures: Sequence[Figure]) -> str:
    """Aligned columns: words to the left, numbers to the right."""
    rows = [HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if i in {0, 5} else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def conclusion(figures: Sequence[Figure]) -> str:
    """One line about all targets."""
    judged = [figure for figure in figures if figure.target is not None]
    missed = [figure.title for figure in judged if figure.met is False]
    unknown = [figure.title for figure in judged if figure.met is None]
    parts = [f"{len(judged) - len(missed) - len(unknown)} of {len(judged)} targets met"]
    parts += [f"missed: {', '.join(missed)}"] if missed else []
    parts += [f"not measured: {', '.join(unknown)}"] if unknown else []
    return "; ".join(parts)


def cpu_model() -> str:
    """The processor as it calls itself."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.processor() or UNKNOWN


def machine() -> dict[str, Any]:
    """What is fair to know about the machine; no names, no paths."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cores": cores,
        "cpu": cpu_model(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load_before": None if load is None else round(load, 2),
    }


def machine_line(facts: dict[str, Any]) -> str:
    """The machine in one line."""
    load = facts["load_before"]
    busy = "" if load is None else f", load {load} before"
    return f"{facts['cores']} cores, {facts['cpu']}, {facts['system']}, {facts['python']}{busy}"
