"""Figures of pool metrics: the practice market, snapshots over it, a thousand kept ones shown."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from tests.bench.market import THOUSAND
from tests.bench.processes import MeasurementError, environment, program, timed
from tests.bench.report import Figure
from tests.devtools.setup import devnet_folder

LONGEST: Final = 300.0
MARKET_TARGET: Final = 30.0
SNAPSHOT_TARGET: Final = 2.0
TRIPS_TARGET: Final = 8
PAGE_TARGET: Final = 0.2


def pool_figures(folder: Path, processes: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """The practice market, snapshots of two of its pools, and a thousand kept ones in the page."""
    figures = {
        "made": Figure("market_made", "practice market made", "s", (), MARKET_TARGET),
        "first": Figure("snapshot_first", "snapshot, 2 pools, first", "s", (), SNAPSHOT_TARGET),
        "again": Figure("snapshot_again", "snapshot, 2 pools, again", "s", (), SNAPSHOT_TARGET),
        "trips": Figure("snapshot_trips", "  of which round trips", "trips", (), TRIPS_TARGET),
        "page": Figure("snapshots_1000", "1,000 snapshots, list and plots", "ms", (), PAGE_TARGET),
    }
    figures["cpu"] = Figure("snapshots_1000_cpu", "  of which this process computed", "ms", ())
    data = folder / "market"
    path = os.pathsep.join([os.environ.get("PATH", ""), str(devnet_folder(os.environ))])
    env = environment(folder, QT_QPA_PLATFORM="offscreen", PATH=path)

    def step(*words: str) -> Any:
        command = [sys.executable, "-m", *words]
        return json.loads(timed(command, env, LONGEST)[1].splitlines()[-1])

    try:
        say("the practice market, once")
        made = step("tests.bench.market", "make", str(data))
        yield replace(figures.pop("made"), samples=(made["seconds"],))
        say(f"snapshots: {processes} fresh processes, two in each")
        step("tests.bench.market", "take", str(data))
        takes = [step("tests.bench.market", "take", str(data)) for _ in range(processes)]
        first = tuple(one["seconds"][0] for one in takes)
        yield replace(figures.pop("first"), samples=first)
        yield replace(figures.pop("again"), samples=tuple(one["seconds"][1] for one in takes))
        trips = tuple(max(one["trips"]) for one in takes)
        yield replace(figures.pop("trips"), samples=trips)
        say("a thousand snapshots: kept, then listed and plotted")
        kept = step("tests.bench.market", "fill", str(data))["kept"]
        seen = step("tests.bench.market_window", str(data), str(processes))
        if min(kept, seen["listed"], seen["points"]) < THOUSAND:
            raise MeasurementError(f"it shows {seen['listed']} and {seen['points']}")
        yield replace(figures.pop("page"), samples=tuple(seen["seconds"]))
        yield replace(figures.pop("cpu"), samples=tuple(seen["cpu"]))
    except (MeasurementError, KeyError, ValueError, subprocess.TimeoutExpired) as error:
        lines = str(error).splitlines() or ["no reason given"]
        say(f"pools: {error}")
        yield from (replace(one, note=lines[-1]) for one in figures.values())
    finally:
        timed([*program(), "practice", "down", "--data-dir", str(data)], env)
