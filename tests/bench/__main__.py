"""Measure, print a table, write build/bench.json. Judges targets but never fails for them."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain.contracts import MAX_CLASS_BYTES, MAX_CLASS_FELTS
from obsqra_desktop.domain.onchain import VERIFIER
from obsqra_desktop.storage.contracts import ContractClasses
from tests.bench.alone import alone_figures
from tests.bench.contract import PHASES
from tests.bench.inputs import POOL_COUNTS
from tests.bench.pools import pool_figures
from tests.bench.processes import (
    ROOT,
    MeasurementError,
    environment,
    home,
    program,
    timed,
    until_said,
    virtual_display,
)
from tests.bench.report import Figure, conclusion, machine, machine_line, table

MOST_POOLS: Final = max(POOL_COUNTS)
COLD_TARGET: Final = 0.5
VERIFY_TARGET: Final = 0.010
BYTES_TARGET: Final = 120_000
PEAK_TARGET: Final = 300_000_000
VERSION_TARGET: Final = 0.2
MIST_TARGET: Final = 2.0
MIST_PEAK_TARGET: Final = 500_000_000
WINDOW_TARGET: Final = 2.0
FOR_CHAIN_TARGET: Final = 1.0
CALLDATA_TARGET: Final = 4_500
GAS_TARGET: Final = 600e6
GAS_STRETCH: Final = 250e6
LONGEST_GAS: Final = 900.0
GAS_PROOFS: Final = 5
"""Gas differs by a few per cent from proof to proof: queries that meet share nodes of a tree."""
RESULT: Final = ROOT / "build" / "bench.json"


def say(text: str) -> None:
    print(f"[bench] {text}", file=sys.stderr, flush=True)


def words(count: int) -> str:
    return "1 pool" if count == 1 else f"{count} pools"


def prove_in_fresh_process(folder: Path, pools: int, runs: int) -> Any:
    command = [sys.executable, "-m", "tests.bench.prove", str(pools), str(runs)]
    return json.loads(timed(command, environment(folder))[1])


def proving(folder: Path, runs: int, processes: int) -> Iterator[Figure]:
    """Cold, warm, verify, bytes and memory for each number of pools; phases of the largest."""
    for pools in POOL_COUNTS:
        name, most = words(pools), pools == MOST_POOLS
        say(f"proving {name}: {processes} fresh processes, then {runs} proofs in one")
        cold = [prove_in_fresh_process(folder, pools, 1) for _ in range(processes)]
        warm = prove_in_fresh_process(folder, pools, 1 + runs)
        peaks = tuple(one["peak"] for one in cold if one["peak"] is not None)
        yield Figure(
            f"prove_cold_{pools}",
            f"prove cold, {name}",
            "s",
            tuple(one["prove"][0] for one in cold),
            COLD_TARGET if most else None,
        )
        warm_seconds = tuple(warm["prove"][1:])
        yield Figure(f"prove_warm_{pools}", f"prove warm, {name}", "s", warm_seconds)
        if most:
            for phase in warm["phases"][0]:
                seconds = tuple(one[phase] for one in warm["phases"][1:])
                yield Figure(f"phase_{phase}", f"  of which {phase}", "ms", seconds)
        verify = tuple(warm["verify"][1:])
        yield Figure(f"verify_{pools}", f"verify, {name}", "ms", verify, VERIFY_TARGET)
        sizes = tuple(warm["bytes"])
        yield Figure(f"bytes_{pools}", f"proof size, {name}", "KB", sizes, BYTES_TARGET)
        yield Figure(
            f"peak_{pools}",
            f"peak memory, {name}",
            "MB",
            peaks,
            PEAK_TARGET,
            "" if peaks else "this system does not tell",
        )


def private_money(folder: Path, runs: int, processes: int) -> Iterator[Figure]:
    """A spend of MIST: cold and warm proofs, verification, calldata, memory."""

    def fresh(count: int) -> Any:
        command = [sys.executable, "-m", "tests.bench.mist", str(count)]
        return json.loads(timed(command, environment(folder))[1])

    say(f"a spend of MIST: {processes} fresh processes, then {runs} proofs in one")
    cold = [fresh(1) for _ in range(processes)]
    warm = fresh(1 + runs)
    first = tuple(one["prove"][0] for one in cold)
    peaks = tuple(one["peak"] for one in cold if one["peak"] is not None)
    yield Figure("mist_cold", "MIST spend, prove cold", "s", first, MIST_TARGET)
    yield Figure("mist_warm", "MIST spend, prove warm", "s", tuple(warm["prove"][1:]))
    yield Figure("mist_verify", "MIST spend, verify", "ms", tuple(warm["verify"][1:]))
    yield Figure("mist_calldata", "MIST spend, calldata", "s", tuple(warm["calldata"][1:]))
    yield Figure(
        "mist_peak",
        "MIST spend, peak memory",
        "MB",
        peaks,
        MIST_PEAK_TARGET,
        "" if peaks else "this system does not tell",
    )


def recovering(folder: Path, runs: int) -> Iterator[Figure]:
    """What a look at MIST's pool and a recovery compute here, without any node."""
    say(f"looking at MIST's pool and searching: {runs} runs")
    command = [sys.executable, "-m", "tests.bench.mist", str(runs), "look"]
    found = json.loads(timed(command, environment(folder))[1])
    for name, title in (
        ("deep", "MIST deep search, 1 000 000 amounts"),
        ("first", "MIST recovery, 400 000 combinations against 50 000 leaves"),
        ("leaves", "MIST look, root and digest of 50 000 leaves"),
        ("blocks", "MIST look, 1 000 transactions of 500 felts"),
    ):
        yield Figure(f"mist_look_{name}", title, "s", tuple(found[name]))


def on_chain(folder: Path, runs: int, processes: int) -> Iterator[Figure]:
    """The proof for the verifying contract: making it, its calldata, the class; no devnet."""

    def fresh(count: int) -> Any:
        command = [sys.executable, "-m", "tests.bench.contract", str(count)]
        return json.loads(timed(command, environment(folder))[1])

    say(f"a proof for the chain: {processes} fresh processes, then {runs} in one")
    cold = tuple(fresh(1)["seconds"][0] for _ in range(processes))
    warm = fresh(1 + runs)
    most = words(MOST_POOLS)
    yield Figure(
        "chain_cold", f"prove and encode for the chain, cold, {most}", "s", cold, FOR_CHAIN_TARGET
    )
    seconds = tuple(warm["seconds"][1:])
    yield Figure("chain_warm", f"prove and encode for the chain, warm, {most}", "s", seconds)
    felts = tuple(warm["felts"])
    yield Figure("calldata", f"calldata, {most}", "felts", felts, CALLDATA_TARGET)
    facts = ContractClasses(Path()).facts(VERIFIER)
    for name, title, unit, value, most_of_it in (
        ("class_sierra", "class, Sierra", "felts", facts.sierra_felts, MAX_CLASS_FELTS),
        ("class_casm", "class, CASM", "felts", facts.casm_felts, MAX_CLASS_FELTS),
        ("class_bytes", "class, JSON", "KB", facts.bytes, MAX_CLASS_BYTES),
    ):
        yield Figure(name, title, unit, (float(value),), float(most_of_it))


def on_devnet(folder: Path, runs: int) -> Iterator[Figure]:
    """L2 gas of the transaction that verifies, whole and by phase; needs a starknet-devnet."""
    say(f"gas on a devnet of its own: {runs} proofs of each size")
    found, note = None, ""
    command = [sys.executable, "-m", "tests.bench.contract", str(runs), "gas"]
    try:
        found = json.loads(timed(command, environment(folder), LONGEST_GAS)[1])
    except MeasurementError as error:
        note = (str(error).splitlines() or ["no reason given"])[-1]
        say(f"gas: {error}")
    for pools in POOL_COUNTS:
        gas = tuple(found["whole"][str(pools)]) if found else ()
        yield Figure(f"gas_{pools}", f"L2 gas, {words(pools)}", "Mgas", gas, GAS_TARGET, note)
        if pools == MOST_POOLS:
            yield Figure("gas_stretch", "  against the stretch", "Mgas", gas, GAS_STRETCH, note)
    for number, (name, title) in enumerate(PHASES):
        spent = tuple(found["phases"][number]) if found else ()
        yield Figure(f"gas_{name}", f"  of which {title}", "Mgas", spent, None, note)


def repeated(figure: Figure, processes: int, once: Callable[[int], float]) -> Figure:
    """The figure with its samples, or with the reason why there are none."""
    say(f"{figure.title}: {processes} fresh processes")
    try:
        samples = tuple(once(number) for number in range(processes))
    except MeasurementError as error:
        lines = str(error).splitlines() or ["no reason given"]
        say(f"{figure.title}: {error}")
        return replace(figure, note=lines[-1])
    return replace(figure, samples=samples)


def starting(folder: Path, processes: int) -> Iterator[Figure]:
    """`obsqra --version`, the window, and one whole `prove` from the command line."""
    plain = environment(folder)
    yield repeated(
        Figure("version", "obsqra --version", "s", (), VERSION_TARGET),
        processes,
        lambda _: timed([*program(), "--version"], plain)[0],
    )

    def window(number: int, env: dict[str, str]) -> float:
        data = str(folder / f"window-{'-'.join(env)}-{number}")
        command = [sys.executable, "-m", "tests.bench.window", data]
        return until_said(command, "painted", environment(folder, **env))

    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    yield repeated(
        Figure("window_offscreen", "window painted, offscreen", "s", (), WINDOW_TARGET),
        processes,
        lambda number: window(number, offscreen),
    )
    if sys.platform.startswith("linux"):
        under_x = Figure("window_xvfb", "window painted, Xvfb", "s", (), WINDOW_TARGET)
        with virtual_display() as display:
            if display is None:
                yield replace(under_x, note="Xvfb is not installed")
            else:
                env = {"DISPLAY": display}
                yield repeated(under_x, processes, lambda number: window(number, env))

    def prove(number: int) -> float:
        asked = ["prove", "--snapshot", "sample", "--policy", "balanced", "--json"]
        data = ["--data-dir", str(folder / f"cli-{number}")]
        seconds, said = timed([*program(), *asked, *data], plain)
        if "verify_seconds" not in json.loads(said):
            raise MeasurementError("it proved nothing")
        return seconds

    yield repeated(Figure("cli_prove", "obsqra prove, the sample", "s", ()), processes, prove)


def main(arguments: list[str]) -> int:
    """Run everything; 0 unless something could not even be started."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="the JSON on standard output")
    parser.add_argument("--runs", type=int, default=15, help="warm proofs (15)")
    parser.add_argument("--processes", type=int, default=5, help="fresh processes of a kind (5)")
    parser.add_argument("--pools", action="store_true", help="only what concerns pool metrics")
    parser.add_argument("--ezkl", action="store_true", help="compare with ezkl instead (slow)")
    parser.add_argument(
        "--idle", action="store_true", help="only an open window that is left alone"
    )
    parser.add_argument("--gas", action="store_true", help="only the gas on a devnet")
    options = parser.parse_args(arguments)
    if options.runs < 1 or options.processes < 1:
        parser.error("both numbers must be at least 1")
    if options.ezkl:
        from tests.bench.comparison import compare

        return compare(options.processes, say, options.json)
    facts = machine()
    with home() as folder:
        market = pool_figures(folder, options.processes, say)
        alone = alone_figures(folder, say)
        gas = on_devnet(folder, min(options.runs, GAS_PROOFS))
        figures = (
            [
                *(gas if options.gas else ()),
                *(market if options.pools else ()),
                *(alone if options.idle else ()),
            ]
            if options.gas or options.pools or options.idle
            else [
                *proving(folder, options.runs, options.processes),
                *private_money(folder, options.runs, options.processes),
                *recovering(folder, options.processes),
                *on_chain(folder, options.runs, options.processes),
                *gas,
                *market,
                *starting(folder, options.processes),
                *alone,
            ]
        )
    document = {
        "schema": "obsqra/bench/1",
        "machine": facts,
        "figures": [figure.document() for figure in figures],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    if not (options.gas or options.idle):  # the file holds whole runs only
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(text, "utf-8")
    if options.json:
        sys.stdout.write(text)
    else:
        print(machine_line(facts))
        print()
        print(table(figures))
        print()
        where = "" if options.gas or options.idle else "; written to build/bench.json"
        print(f"{conclusion(figures)}{where}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
