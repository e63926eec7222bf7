#!/usr/bin/env python3
"""Everything a developer types: run, test, bench, build, practice, contracts, exec.

    python3 dev.py run                open the program (guided in the terminal without a display)
    python3 dev.py test               all checks and tests
    python3 dev.py bench              measure speed, size and memory
    python3 dev.py build              make the one-folder program in dist/obsqra
    python3 dev.py practice           install starknet-devnet for the practice chain
    python3 dev.py contracts          compile the contracts whose sources changed
    python3 dev.py exec -- COMMAND    run COMMAND inside the environment

Each command first sets up what it needs and says what it does: uv, the locked Python
environment in .venv, the system libraries that Qt loads, and the native module. What is
already there is recognised by stamps in .dev, so that a second start costs next to nothing.

Only the standard library is used here and in tests/devtools/, and nothing newer than Python 3.9,
because this runs before anything is installed.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit(
        "dev.py needs Python 3.9 or newer to start (this is %d.%d); "
        "try: python3.11 dev.py" % sys.version_info[:2]
    )

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Optional

from tests.devtools.setup import (
    EXE,
    PYTHON,
    ROOT,
    STATE,
    WINDOWS,
    Command,
    SetupError,
    digest,
    do,
    environment,
    files_below,
    native_key,
    say,
    set_up,
    set_up_devnet,
    set_up_environment,
    set_up_libpython,
    stamp,
    stamped,
)
from tests.devtools.stages import STAGES, run_stage, summary

DIST = ROOT / "dist" / "obsqra"
CANNOT_RUN = 2


def hand_over(command: Sequence[str], folder: Optional[Path] = None) -> NoReturn:
    """Let the command take this process's place, so that signals and exit code are its own."""
    env = environment()
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        raise SetupError(f"there is no command {command[0]!r} in the environment or on PATH")
    if folder:
        os.chdir(folder)
    if WINDOWS:
        sys.exit(subprocess.run([program, *command[1:]], env=env).returncode)
    sys.stdout.flush()
    os.execve(program, list(command), env)


def has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def command_run(options: argparse.Namespace) -> NoReturn:
    window = has_display()
    if not window:
        say("no display here (DISPLAY and WAYLAND_DISPLAY are unset): guiding in the terminal")
    set_up(window=window)
    words = [] if window else ["guide"]
    hand_over([str(PYTHON), "-m", "obsqra_desktop", *words, *options.rest])


def command_exec(options: argparse.Namespace) -> NoReturn:
    if not options.rest:
        raise SetupError("say what to run: python3 dev.py exec -- COMMAND")
    set_up()
    hand_over(options.rest)


def command_bench(options: argparse.Namespace) -> NoReturn:
    set_up()
    hand_over([str(PYTHON), "-m", "tests.bench", *options.rest], folder=ROOT)


def command_contracts(options: argparse.Namespace) -> NoReturn:
    set_up_environment()
    hand_over([str(PYTHON), "-m", "tests.devtools.contracts", *options.rest], folder=ROOT)


def command_test(options: argparse.Namespace) -> int:
    wanted = {name for words in options.only for name in words.split(",")}
    if wanted - set(STAGES):
        raise SetupError(f"the stages are: {', '.join(STAGES)}")
    set_up(for_tests=True)
    (STATE / "reports").mkdir(exist_ok=True)
    outcomes = [run_stage(n, options.rest) for n in STAGES if not wanted or n in wanted]
    print("\n" + summary(outcomes), flush=True)
    return 0 if all(one.ok for one in outcomes) else 1


def command_practice(options: argparse.Namespace) -> int:
    set_up_devnet()
    say("starknet-devnet is there: the practice chain can be started")
    return 0


def build_key() -> str:
    sources = [*files_below(ROOT / "obsqra_desktop"), *files_below(ROOT / "resources")]
    return digest([*sources, ROOT / "obsqra.spec"], native_key())


def self_check() -> int:
    """Start the built program as a new user would: no home, none of our environment."""
    with tempfile.TemporaryDirectory(prefix="obsqra-home-") as home:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_", "QT_"))}
        env.update(HOME=home, USERPROFILE=home, APPDATA=home, LOCALAPPDATA=home)
        command = [str(DIST / ("obsqra" + EXE)), "selfcheck", "--json"]
        done = subprocess.run(command, cwd=home, env=env, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="", flush=True)
    try:
        good = done.returncode == 0 and json.loads(done.stdout).get("ok") is True
    except (ValueError, AttributeError):
        good = False
    say(f"self-check of the built program: {'ok' if good else 'FAILED'}")
    return 0 if good else 1


def command_build(options: argparse.Namespace) -> int:
    set_up()
    set_up_libpython()
    key = build_key()
    if options.if_changed and DIST.is_dir() and stamped("build", key):
        say("dist/obsqra is up to date")
    else:
        say("building dist/obsqra")
        work: Command = ["--distpath", DIST.parent, "--workpath", STATE / "pyinstaller"]
        command: Command = [
            PYTHON,
            "-m",
            "PyInstaller",
            "--noconfirm",
            "--log-level",
            "WARN",
            *work,
        ]
        do([*command, ROOT / "obsqra.spec"], "building the program")
        stamp("build", key)
        size = sum(path.lstat().st_size for path in DIST.rglob("*") if not path.is_dir())
        say(f"dist/obsqra is ready, {size / 1e6:.0f} MB")
    return 0 if options.no_check else self_check()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser("run", help="open the program; arguments are passed on")
    test = commands.add_parser("test", help="all checks and tests; what follows -- goes to pytest")
    test.add_argument(
        "-k", "--only", action="append", default=[], metavar="STAGE", help=", ".join(STAGES)
    )
    commands.add_parser("bench", help="measure; arguments are passed on")
    build = commands.add_parser("build", help="make the one-folder program and check it")
    build.add_argument("--if-changed", action="store_true", help="keep a build of these sources")
    build.add_argument("--no-check", action="store_true", help="leave the self-check out")
    commands.add_parser("practice", help="install starknet-devnet for the practice chain")
    commands.add_parser("contracts", help="compile the contracts; arguments are passed on")
    commands.add_parser("exec", help="run a command inside the environment")
    return top


def main(words: list[str]) -> int:
    rest: list[str] = []
    if words and words[0] in {
        "run",
        "bench",
        "contracts",
        "exec",
    }:  # everything after these is passed on
        words, rest = words[:1], words[1:]
        rest = rest[1:] if rest[:1] == ["--"] else rest
    elif "--" in words:
        cut = words.index("--")
        words, rest = words[:cut], words[cut + 1 :]
    options = parser().parse_args(words)
    options.rest = rest
    commands = {
        "run": command_run,
        "test": command_test,
        "bench": command_bench,
        "build": command_build,
        "practice": command_practice,
        "contracts": command_contracts,
        "exec": command_exec,
    }
    try:
        return commands[options.command](options)
    except SetupError as error:
        say(str(error))
        return CANNOT_RUN
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
