"""`dev.py bench --ezkl`: our prover beside ezkl with the same network, in the same run.

ezkl lives in an environment of its own below .dev, from the locked group `bench`. Its structured
reference string is made on this machine for this run: who makes one can forge proofs, so it is
good for measuring and for nothing else.
"""

import hashlib
import json
import random
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.pools import PoolMetrics
from obsqra_desktop.proving.native import NativeProver
from tests.bench.inputs import POOL_COUNTS, pool
from tests.bench.processes import ROOT, MeasurementError, environment, home, program, timed
from tests.bench.report import machine, machine_line
from tests.devtools.setup import BIN, EXE, STATE, base_python, do, find_uv, stamp, stamped
from tests.devtools.setup import environment as uv_environment

MODEL: Final = "risk-tier-mlp-v1"
VERSION: Final = "23.0.5"
HOME: Final = STATE / "ezkl"
RESULT: Final = ROOT / "build" / "bench-ezkl.json"
LONGEST: Final = 600.0
FEATURES: Final = (
    "utilization_bps",
    "volatility_bps",
    "liquidity_tier",
    "audit_score",
    "age_days",
)
LIMITS: Final = (10_000, 10_000, 3, 100, 30_000)
TESTS: Final = 400
CORNERS: Final = [[0, 0, 0, 0, 0], [*LIMITS], [0, 0, 3, 100, 30_000], [10_000, 10_000, 0, 0, 0]]
Say = Callable[[str], None]
Measured = tuple["Line", Callable[[], None]]


@dataclass(frozen=True)
class Contestant:
    """A way to prove; `decomposition` is ezkl's (base, legs), None for its default."""

    id: str
    title: str
    pools: int
    decomposition: tuple[int, int] | None = None


EZKL: Final = (
    Contestant("ezkl_1", "ezkl, network, 1 pool", 1, (128, 4)),
    Contestant("ezkl_8", "ezkl, network, 8 pools", 8, (128, 4)),
    Contestant("ezkl_1_default", "ezkl, 1 pool, its default digits", 1),
)


@dataclass
class Line:
    """What was measured of one contestant; samples in seconds and bytes."""

    id: str
    title: str
    zero_knowledge: str
    trusted_setup: str
    security: str
    prove: list[float] = field(default_factory=list)
    verify: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)
    verify_peak: list[int] = field(default_factory=list)
    setup: dict[str, Any] = field(default_factory=dict)

    def proved(self, told: dict[str, Any]) -> None:
        self.prove.append(told["seconds"])
        self.size.append(told["bytes"])
        self.peak += [told["peak"]] if told["peak"] else []

    def verified(self, told: dict[str, Any]) -> None:
        if not told["good"]:
            raise MeasurementError(f"{self.title}: the proof does not verify")
        self.verify.append(told["seconds"])
        self.verify_peak += [told["peak"]] if told["peak"] else []

    @property
    def setup_bytes(self) -> int | None:
        return (
            sum(self.setup[f"{name}_bytes"] for name in ("srs", "vk", "pk") if self.setup) or None
        )


def installed(say: Say) -> Path:
    """The interpreter that has ezkl; installed at the first call and after a new lock."""
    uv = find_uv()
    export = [uv, "export", "--locked", "--only-group", "bench", "--no-header"]
    wanted = subprocess.run(
        export, cwd=ROOT, env=uv_environment(), capture_output=True, text=True, check=True
    ).stdout
    python = HOME / BIN.name / ("python" + EXE)
    key = hashlib.sha256(wanted.encode()).hexdigest()
    if python.exists() and stamped("ezkl", key):
        return python
    say(f"installing ezkl {VERSION} into an environment of its own")
    shutil.rmtree(HOME, ignore_errors=True)
    do([uv, "venv", "--quiet", "--python", base_python(), HOME], "making a folder for ezkl")
    requirements = HOME / "requirements.txt"
    requirements.write_text(wanted)
    command = [uv, "pip", "sync", "--quiet", "--require-hashes", "--only-binary", ":all:"]
    do([*command, "--python", python, requirements], "installing ezkl")
    stamp("ezkl", key)
    return python


def test_rows() -> list[list[int]]:
    """Inputs anywhere in their ranges, the same for every run, and the corners."""
    rng = random.Random(20_240_601)
    drawn = [[rng.randint(0, top) for top in LIMITS] for _ in range(TESTS - len(CORNERS))]
    return [*CORNERS, *drawn]


def plan(model: Model, one: Contestant) -> dict[str, Any]:
    rows = test_rows()
    batches = [rows[at : at + one.pools] for at in range(0, len(rows), one.pools)]
    chosen = [pool(number).metrics for number in range(1, one.pools + 1)]
    return {
        "weights": model.weights_file.model_dump(mode="json"),
        "pools": one.pools,
        "decomposition": one.decomposition,
        "calibration": (CORNERS * 2)[: one.pools] if one.pools > 1 else CORNERS[:1],
        "tests": batches,
        "input": [[getattr(metrics, name) for name in FEATURES] for metrics in chosen],
    }


def agreement(model: Model, batches: Sequence[Any], outputs: Sequence[list[int]]) -> dict[str, int]:
    """On how many test inputs ezkl's circuit gives our three outputs, and our class."""
    counts = {"inputs": 0, "same_outputs": 0, "same_class": 0}
    for rows, flat in zip(batches, outputs, strict=True):
        for at, row in enumerate(rows):
            metrics = PoolMetrics(**dict(zip(FEATURES, row, strict=True)), apy_bps=1)
            ours = model.weights.infer(metrics)
            theirs = tuple(flat[3 * at : 3 * at + 3])
            counts["inputs"] += 1
            counts["same_outputs"] += theirs == ours.outputs
            highest = 2 if theirs[2] >= max(theirs[:2]) else int(theirs[1] >= theirs[0])
            counts["same_class"] += highest == ours.model_class
    return counts


def step(python: Path, name: str, folder: Path, env: dict[str, str]) -> Any:
    """Run one step with ezkl and read its answer."""
    command = [str(python), "-m", "tests.bench.ezkl_steps", name, str(folder)]
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=LONGEST
    )
    if done.returncode != 0 or not answer.exists():
        raise MeasurementError(done.stderr.strip() or f"{name} ended with {done.returncode}")
    return json.loads(answer.read_text())


def with_ezkl(one: Contestant, place: Path, python: Path, say: Say) -> Measured:
    """Set-up and comparison with our outputs; the function proves and verifies once more."""
    model = shipped.model(MODEL)
    folder = place / one.id
    folder.mkdir()
    made = plan(model, one)
    (folder / "plan.json").write_text(json.dumps(made))
    env = dict(environment(place))
    say(f"{one.title}: set-up")
    line = Line(one.id, one.title, "yes", "yes (KZG)", "BN254 pairing, about 100")
    line.setup = step(python, "prepare", folder, env)
    line.setup["agreement"] = agreement(
        model, made["tests"], step(python, "outputs", folder, env)["outputs"]
    )

    def once() -> None:
        line.proved(step(python, "prove", folder, env))
        line.verified(step(python, "verify", folder, env))

    return line, once


def with_ours(pools: int, place: Path) -> Measured:
    """The whole decision about this many pools."""
    facts = NativeProver().info()
    count = "1 pool" if pools == 1 else f"{pools} pools"
    security = f"hashes, {facts.conjectured_bits} conj., {facts.proven_bits} proven"
    line = Line(f"ours_{pools}", f"Obsqra, decision, {count}", "yes", "none", security)
    env = environment(place)

    def once() -> None:
        for name, note in (("prove", line.proved), ("verify", line.verified)):
            command = [sys.executable, "-m", "tests.bench.native_steps", name, str(pools)]
            note(json.loads(timed([*command, str(place)], env)[1]))

    return line, once


def bundle_verifiers(place: Path, runs: int, say: Say) -> dict[str, Any]:
    """Whole processes over one audit bundle of the sample: our command, and plain Python."""
    env = environment(place)
    bundle, data = place / "sample.oab.zip", str(place / "data")
    asked = ["prove", "--snapshot", "sample", "--policy", "balanced", "--model", MODEL]
    timed([*program(), *asked, "--out", str(bundle), "--data-dir", data, "--json"], env)
    plain = ROOT / "resources" / "verify_bundle.py"
    commands = {"native": [*program(), "verify", str(bundle), "--json"]}
    if plain.exists():
        commands["plain Python"] = [
            str(base_python()),
            "-I",
            "-S",
            str(plain),
            str(bundle),
            "--json",
        ]
    found = {}
    for name, command in commands.items():
        say(f"whole bundle, {name} verifier: {runs} fresh processes")
        answers = [timed(command, env) for _ in range(runs)]
        told = [json.loads(text) for _, text in answers]
        found[name] = {
            "seconds": [seconds for seconds, _ in answers],
            "verdicts": sorted({one.get("verdict") or one["bundle"] for one in told}),
        }
    return found


HEAD: Final = (
    "",
    "zero knowledge",
    "trusted set-up",
    "security, bits",
    "prove",
    "verify",
    "proof",
    "peak memory",
    "keys and SRS",
    "made in",
)


def size(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value / 1e6:.1f} MB" if value >= 1e6 else f"{value / 1e3:.1f} KB"


def cells(line: Line) -> tuple[str, ...]:
    made = line.setup
    return (
        line.title,
        line.zero_knowledge,
        line.trusted_setup,
        line.security,
        f"{statistics.median(line.prove):.3f} s",
        f"{statistics.median(line.verify) * 1e3:.0f} ms",
        size(statistics.median(line.size)),
        f"{statistics.median(line.peak) / 1e6:.0f} MB" if line.peak else "unknown",
        size(line.setup_bytes),
        f"{made['srs_seconds'] + made['setup_seconds']:.1f} s" if made else "",
    )


def table(lines: Sequence[Line]) -> str:
    rows = [HEAD, *map(cells, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i < 4 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def remarks(lines: Sequence[Line], bundles: dict[str, Any]) -> Iterator[str]:
    """What must be known to read the table fairly."""
    for line in lines:
        if line.setup:
            same = line.setup["agreement"]
            yield (
                f"{line.title}: same three outputs as ours on {same['same_outputs']} of "
                f"{same['inputs']} test inputs, same class on {same['same_class']}; "
                f"2^{line.setup['logrows']} rows"
            )
    for name, told in bundles.items():
        median = statistics.median(told["seconds"])
        yield f"whole audit bundle, {name} verifier: {median:.2f} s ({', '.join(told['verdicts'])})"
    yield "medians over fresh processes; times include loading the prover, its keys and the witness"
    yield (
        "ours proves the network, the risk score, the private policy and the allocation for all "
        "pools; ezkl proves the network alone"
    )
    yield (
        "other fields and other security: ours rests on hashes (KoalaBear, extension of degree 4), "
        "ezkl's Halo2 on BN254 pairings, where the bits are an estimate; both hide the witness; "
        "here ezkl's inputs and outputs are public and its weights part of the circuit, as ours"
    )
    yield "the SRS was made here and thrown away: a real one needs a ceremony that one trusts"
    yield (
        "ezkl's digits are base 128, which was faster than the other bases that were tried; "
        "the last line is its default, base 16384"
    )


def compare(runs: int, say: Say, as_json: bool) -> int:
    """Measure, print, write build/bench-ezkl.json."""
    facts = machine()
    python = installed(say)
    with home() as place:
        measured = [with_ours(count, place) for count in POOL_COUNTS]
        measured += [with_ezkl(one, place, python, say) for one in EZKL]
        for number in range(runs):  # in turns, so that what else the machine does meets all
            say(f"fresh processes for each, round {number + 1} of {runs}")
            for _, once in measured:
                once()
        lines = [line for line, _ in measured]
        try:
            bundles = bundle_verifiers(place, runs, say)
        except MeasurementError as error:  # the table is worth having without
            say(f"bundles were not measured: {str(error).splitlines()[-1]}")
            bundles = {}
    notes = list(remarks(lines, bundles))
    document = {
        "schema": "obsqra/bench-ezkl/1",
        "ezkl": VERSION,
        "model": MODEL,
        "machine": facts,
        "lines": [vars(line) for line in lines],
        "bundle_verifiers": bundles,
        "remarks": notes,
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text, "utf-8")
    if as_json:
        sys.stdout.write(text)
    else:
        print(machine_line(facts), table(lines), sep="\n\n", end="\n\n")
        print("\n".join(f"- {note}" for note in notes))
        print("\nwritten to build/bench-ezkl.json")
    return 0
