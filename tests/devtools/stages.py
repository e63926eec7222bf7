"""The stages of `dev.py test`: static checks, Python tests, the crate's tests."""

import re
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass

from tests.devtools.setup import BIN, EXE, NATIVE, PYTHON, ROOT, STATE, base_python, environment


@dataclass
class Outcome:
    """How one stage went; counts are tests, zero for checks that count nothing."""

    name: str
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


SLOW_FOLDERS = ("ui", "chain", "frozen")
TWO_AT_ONCE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
"""A file's tests share what is dear to make (chains, windows, traces), so they stay together. Not
those with the fewest tests last: these take longest, and one worker would wait for the other."""
PYTEST_STAGES: dict[str, list[str]] = {
    "fast": [
        "tests",
        *(f"--ignore=tests/{name}" for name in SLOW_FOLDERS),
        *("-m", "not native"),
        *TWO_AT_ONCE,
    ],
    "native": [
        "tests",
        *(f"--ignore=tests/{name}" for name in SLOW_FOLDERS),
        *("-m", "native", "-n", "2", "--dist", "worksteal"),
    ],
    "gui": ["tests/ui", *TWO_AT_ONCE, "-n", "3"],  # as windows wait for paints, chains and locks
    "devnet": ["tests/chain", *TWO_AT_ONCE],
    "frozen": ["tests/frozen"],
}
CHECKS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-logo", "--cache-dir", ".dev/import-linter"],
}
CRATE_CHECKS: dict[str, list[str]] = {
    "fmt": ["--check"],
    "clippy": [
        *("--release", "--locked", "--all-targets", "--features", "python", "--quiet"),
        *("--", "-D", "warnings"),
    ],
}
STAGES = (*CHECKS, "fast", "cargo", "native", "gui", "devnet", "frozen")


def pytest_stage(name: str, extra: Sequence[str]) -> Outcome:
    """Run one group of Python tests; counts come from its junit file."""
    arguments = PYTEST_STAGES[name]
    report = STATE / "reports" / f"{name}.xml"
    report.unlink(missing_ok=True)
    if not (ROOT / arguments[0]).is_dir():
        return Outcome(name, True, 0.0)
    command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *arguments, *extra]
    code = subprocess.run(command, cwd=ROOT, env=environment()).returncode
    outcome = Outcome(name, code in (0, 5), 0.0)  # 5: no test matched, nothing is wrong
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors")}
            skipped = int(suite.get("skipped", 0))
            outcome.failed += count["failures"] + count["errors"]
            outcome.passed += count["tests"] - count["failures"] - count["errors"] - skipped
            outcome.skipped += skipped
    if not outcome.ok and not outcome.failed:
        outcome.failed = 1
    return outcome


def cargo_stage() -> Outcome:
    """Run rustfmt and clippy, where the toolchain has them, and the crate's own tests.

    Tests run in the release profile: a debug build checks constraints inside the prover, and what
    the attacks need is a prover that does not. They need no Python; clippy looks at the Python
    module, too, as maturin builds it.
    """
    outcome = Outcome("cargo", True, 0.0)
    if not (NATIVE / "Cargo.toml").exists():
        return outcome
    env = environment()
    env.update(PYO3_PYTHON=str(base_python()), PYO3_BUILD_EXTENSION_MODULE="1")
    for tool, words in CRATE_CHECKS.items():
        if subprocess.run(["cargo", tool, "--version"], capture_output=True).returncode:
            print(f"cargo {tool} is not installed here: left out", flush=True)
        elif subprocess.run(["cargo", tool, *words], cwd=NATIVE, env=env).returncode:
            outcome.ok, outcome.failed = False, 1
            return outcome
    command = ["cargo", "test", "--release", "--locked", "--color", "never"]
    with subprocess.Popen(
        command, cwd=NATIVE, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            found = re.match(r"test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ign", line)
            if found:
                outcome.passed += int(found[1])
                outcome.failed += int(found[2])
                outcome.skipped += int(found[3])
    outcome.ok = process.returncode == 0
    if not outcome.ok and not outcome.failed:
        outcome.failed = 1
    return outcome


def run_stage(name: str, extra: Sequence[str]) -> Outcome:
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    if name in CHECKS:
        words = CHECKS[name]
        command = [str(BIN / (words[0] + EXE)), *words[1:]]
        done = subprocess.run(command, cwd=ROOT, env=environment())
        outcome = Outcome(name, done.returncode == 0, 0.0)
    elif name == "cargo":
        outcome = cargo_stage()
    else:
        outcome = pytest_stage(name, extra)
    outcome.seconds = time.monotonic() - started
    print(f"{name}: {'ok' if outcome.ok else 'FAILED'} in {outcome.seconds:.1f} s", flush=True)
    return outcome


def summary(outcomes: Sequence[Outcome]) -> str:
    rows = [f"{'stage':<10}{'result':<10}{'time':>9}  {'passed':>7}{'failed':>7}{'skipped':>8}"]
    for one in outcomes:
        counted = one.passed or one.failed or one.skipped
        counts = f"{one.passed:>7}{one.failed:>7}{one.skipped:>8}" if counted else ""
        nothing = not counted and one.name not in CHECKS
        result = "FAILED" if not one.ok else "no tests" if nothing else "ok"
        rows.append(f"{one.name:<10}{result:<10}{one.seconds:>7.1f} s  {counts}".rstrip())
    passed, failed, skipped = (
        sum(getattr(one, key) for one in outcomes) for key in ("passed", "failed", "skipped")
    )
    rows += ["", f"{passed} passed, {failed} failed, {skipped} skipped"]
    return "\n".join(rows)
