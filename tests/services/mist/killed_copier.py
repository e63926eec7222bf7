"""A process that writes two notes down, and is killed at the N-th of its steps.

Reads lines "N FOLDER STICK", see `tests.bomb.serve`. What it would have sent by then, as the book
was written, stands in the file `sent`. test_killed_copy.py starts it.
"""

from pathlib import Path

from obsqra_desktop.chain.crypto import StarkCrypto
from tests.bomb import Bomb, in_files, serve
from tests.services.mist.test_copies import here_at

NOTES = ("eggs", "milk")


def act(bomb: Bomb, words: list[str]) -> None:
    folder, stick = map(Path, words)
    here = here_at(folder, stick)
    in_files(bomb)
    for number, label in enumerate(NOTES):
        here.take(label, 3_141_592_653_589 + number)
        with (folder / "sent").open("a") as sent:
            sent.write(f"{label}\n")
        bomb.tick("sent")


if __name__ == "__main__":
    StarkCrypto().public_key(2**200 + 1)  # what it imports, the children need not
    serve(act)
