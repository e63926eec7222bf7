"""Where the program starts: no words open the window, words go to the command line.

Nothing heavy is imported before it is known to be needed, so that `--version` is instant.
"""

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from obsqra_desktop import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from obsqra_desktop.app import Services

YOUNG_OBJECTS = 20_000
"""As many are made between two searches for cycles. With Python's 700, a tenth of the start went
into looking again and again through modules that stay."""
NO_WINDOW = "obsqra: there is no display here, so the guided decision runs in the terminal."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and set(words) <= {"--version", "--json"} and "--version" in words:
        text = f'{{"version": "{__version__}"}}' if "--json" in words else f"obsqra {__version__}"
        sys.stdout.write(text + "\n")
        return 0

    gc.set_threshold(YOUNG_OBJECTS)
    from obsqra_desktop.cli.main import parse, run

    options = parse(words)
    if options.command is not None:
        return run(options, services)
    if not has_display():
        sys.stderr.write(NO_WINDOW + "\n")
        return run(parse([*words, "guide"]), services)

    from obsqra_desktop.app import run_window

    return run_window(options.data_dir)


def services(data_dir: "Path | None") -> "Services":
    """Build the services when a command asks for them."""
    from obsqra_desktop.app import build_services

    return build_services(data_dir)


def has_display() -> bool:
    """Whether a window can open."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
