"""Asks starknet.js, a client that shares no code with this program."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.conftest import OUTER
from tests.devtools import setup


def ask(questions: Sequence[dict[str, Any]]) -> list[Any]:
    """One answer for each question, in one process; see starknetjs/agree.mjs for their names."""
    # The cache of the user who runs the tests, not that of a test's empty home.
    home = {key: OUTER[key] for key in ("HOME", "XDG_CACHE_HOME", "PATH") if key in OUTER}
    folder = setup.starknetjs_folder(home)
    assert (folder / "done").exists(), "starknet.js is missing; run: python3 dev.py test"
    done = subprocess.run(
        ["node", str(folder / "agree.mjs")],
        input=json.dumps(list(questions)),
        capture_output=True,
        text=True,
        timeout=300,
        env=home,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[Any] = json.loads(done.stdout)
    return answers
