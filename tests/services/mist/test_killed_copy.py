"""A real process is killed at each write, sync and rename while it keeps the copy of the notes.

What lies beside the backup is always whole, has all that was sent by then, and is caught up at the
next look.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.mist.copy import CopyKind, copy_name
from obsqra_desktop.domain.mist.keys import place_of
from obsqra_desktop.services.mist.backup import CopyUse
from tests.conftest import ROOT
from tests.services.mist.killed_copier import NOTES
from tests.services.mist.parts import run
from tests.services.mist.test_copies import here_at

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
MOST_STEPS = 150
EXPECTED = {
    "before the temporary file",
    "after the temporary file",
    "after the rename in mist",
    "after the rename in stick",
    "sent",
    "done",
}


def test_killed_at_every_step(tmp_path: Path) -> None:
    stick, base = tmp_path / "stick", tmp_path / "base"
    first = here_at(base, stick)
    kind = AccountKind.OPENZEPPELIN
    run(first.folder.accounts.import_key(2**240 + 1, kind, "mine", "practice"))
    first.take("first")
    first.save()
    saved = (stick / copy_name("backup.json")).read_bytes()
    steps: list[str] = []
    command = [sys.executable, "-m", "tests.services.mist.killed_copier"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for number in range(1, MOST_STEPS):
            folder = tmp_path / str(number)
            shutil.copytree(base, folder)
            (stick / copy_name("backup.json")).write_bytes(saved)
            process.stdin.write(f"{number} {folder} {stick}\n")
            process.stdin.flush()
            step = process.stdout.readline().strip()
            assert not step.startswith("error"), step
            steps.append(step)

            here = here_at(folder, stick)
            sent = set()
            if (folder / "sent").exists():
                sent = set((folder / "sent").read_text().split())
            assert {"first", *sent} <= here.labels, step
            state = run(here.copies.look())
            assert (state.kind, state.trouble) == (CopyKind.CURRENT, ""), step
            known = {one.label for one in here.folder.book.notes}
            assert here.labels == known, step
            on_disk = here.folder.books.load(place_of(here.folder.keys))
            assert here.inside.books[0].next_index >= on_disk.next_index, step
            shutil.rmtree(folder)
            if step == "done":
                break
        process.stdin.close()
    assert set(steps) >= EXPECTED
    last = here.restored_in(tmp_path / "new")
    assert {one.label for one in last.folder.book.notes} == {"first", *NOTES}
    assert last.use == CopyUse(True, last.use.saved_at, len(NOTES))
