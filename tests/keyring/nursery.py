"""Forks programs with a vault, so that the slow imports happen once.

Each stands in the environment that its order names, and loads what looks at it, the package
`keyring`, by itself. An order per line in; the process number of who carries it out per line out.
"""

import importlib
import json
import os
import signal
import sys
import traceback
from typing import Any

LOADED = (
    "pytest",
    "secretstorage",
    "jaraco.context",
    "jaraco.functools",
    "jaraco.classes.properties",
    "obsqra_desktop.storage.device_key",
    "obsqra_desktop.storage.vault",
)


def carry_out(order: dict[str, Any]) -> None:
    """As a process that was started with this environment, these streams and words."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for descriptor, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY)):
        opened = os.open(order["streams"][descriptor], flags)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv[1:] = order["words"]
    importlib.import_module("tests.keyring.child").main()


def main() -> None:
    for name in LOADED:
        importlib.import_module(name)
    assert "keyring" not in sys.modules
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who ends is forgotten at once
    with os.fdopen(os.dup(0)) as orders:  # what is read ahead of these is not the child's
        for line in orders:
            number = os.fork()
            if number == 0:
                try:
                    carry_out(json.loads(line))
                except BaseException:  # noqa: BLE001 - said, and this process ends as any does
                    traceback.print_exc()
                    os._exit(1)
                os._exit(0)
            print(number, flush=True)


if __name__ == "__main__":
    main()
