"""Rows of the table: what an open window costs, with and without a practice chain."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.bench.processes import MeasurementError, environment, timed
from tests.bench.report import Figure

MINUTE: Final = 60
HOURS: Final = 1
LONGEST: Final = 400.0
CPU_TARGET: Final = 0.3
"""Seconds a minute: half a per cent of one core."""
GROWTH_TARGET: Final = 2_000_000
"""Bytes in an hour. What a leak of one answer for each look would come to is more."""


def alone_figures(folder: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """A minute of nothing, and how memory grows in an hour's looks and beats."""
    for practice in (False, True):
        kind = "practice chain" if practice else "no chain"
        say(f"a window left alone, {kind}: one minute, then the looks of an hour")
        data = str(folder / f"alone-{practice}")
        command = [sys.executable, "-m", "tests.bench.idle"]
        command += [data, str(MINUTE), str(HOURS), str(int(practice))]
        found, note = None, ""
        try:
            env = environment(folder, QT_QPA_PLATFORM="offscreen")
            found = json.loads(timed(command, env, LONGEST)[1])
        except MeasurementError as error:
            note = (str(error).splitlines() or ["no reason given"])[-1]
            say(f"left alone: {error}")
        cpu = (found["cpu"],) if found else ()
        wakes = (float(found["wakes"]),) if found else ()
        held = found["held"] if found else []
        growth = (float(max(0, held[-1] - held[1])),) if len(held) > 2 and held[0] else ()
        key = "practice" if practice else "none"
        yield Figure(f"alone_cpu_{key}", f"left alone a minute, {kind}", "s", cpu, CPU_TARGET, note)
        yield Figure(f"alone_wakes_{key}", "  wakes up", "times", wakes, None, note)
        yield Figure(
            f"alone_growth_{key}",
            "  memory, from the sixth minute to the sixtieth",
            "KB",
            growth,
            GROWTH_TARGET,
            note,
        )
