"""A real starknet-devnet for tests, on a free port of this machine, ended with the test run."""

import json
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.conftest import OUTER
from tests.devtools.setup import devnet_folder

PATIENCE = 300
"""Seconds for one answer; a fork asks its own node for each thing that it does not know yet."""
LISTENING = re.compile(r"listening on 127\.0\.0\.1:(\d+)")


@dataclass(frozen=True)
class Devnet:
    """Its address; `ask` is for what the program under test does not do."""

    url: str
    process: "subprocess.Popen[str]"

    def ask(self, method: str, **params: Any) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        request = urllib.request.Request(
            self.url, body.encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            reply = json.load(answer)
        assert "error" not in reply, reply
        return reply["result"]

    def mint(self, address: int, amount: int) -> None:
        """STRK, in fri."""
        self.ask("devnet_mint", address=hex(address), amount=amount, unit="FRI")


def binary() -> str:
    """On PATH, or where dev.py installs it."""
    path = os.pathsep.join([OUTER.get("PATH", ""), str(devnet_folder(OUTER))])
    found = shutil.which("starknet-devnet", path=path)
    assert found, "starknet-devnet is missing; install it with: python3 dev.py practice"
    return found


@contextmanager
def running(*options: str) -> Iterator[Devnet]:
    """Start one with these options besides the usual ones."""
    words = [binary(), "--host", "127.0.0.1", "--port", "0", "--seed", "0", *options]
    environment = {key: OUTER[key] for key in ("PATH", "HOME") if key in OUTER}
    with subprocess.Popen(
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield Devnet(f"http://127.0.0.1:{port_of(process)}", process)
        finally:
            process.kill()


def port_of(process: "subprocess.Popen[str]") -> int:
    """Read what it prints until it names its port; its later words are thrown away."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        found = LISTENING.search(line)
        if found:
            import threading

            threading.Thread(target=process.stdout.read, daemon=True).start()
            return int(found[1])
    raise AssertionError("starknet-devnet did not start: " + "".join(said)[-2000:])
