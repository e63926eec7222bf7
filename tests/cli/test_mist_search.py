"""What the command line says of sums that were not found again, and of the search for them."""

from typing import Any, cast

from obsqra_desktop.cli.main import COMMANDS
from obsqra_desktop.cli.mist import look_words as words
from obsqra_desktop.cli.mist.notes import SearchLines
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin
from obsqra_desktop.domain.mist.looks import MissingPart
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport
from obsqra_desktop.services.mist.scan_report import ScanPhase, ScanProgress

PART = MissingPart(note="0" * 12, token=STRK.address, amount=5 * 10**18, tx_hash=9, outputs=(1, 2))
NOTE = HeldNote(
    id="a" * 12,
    index=3,
    owner=7,
    token=STRK.address,
    amount=10**17,
    leaf=5,
    origin=NoteOrigin.SPLIT,
    made_at=0,
)


def book(*missing: MissingPart, notes: tuple[HeldNote, ...] = ()) -> MistBook:
    return MistBook(chain_id=1, pool=2, next_index=9, missing=missing, notes=notes)


def test_a_missing_sum_is_told_in_words_with_what_to_do() -> None:
    text = "\n".join(words.missing_lines(book(PART), ()))
    assert "5 STRK" in text
    assert PART.note in text
    assert "mist restore" in text
    assert "mist search --digits 6" in text
    deeper = PART.model_copy(update={"digits": 6})
    text = "\n".join(words.missing_lines(book(deeper), ()))
    assert "up to 6 digits" in text
    assert "mist search --digits 7" in text
    assert words.missing_lines(book(), ()) == []


def test_the_documents_name_sums_and_never_leaves() -> None:
    report = DeepReport(book(PART, notes=(NOTE,)), (NOTE,), 6)
    found = cast("dict[str, Any]", words.search_document(report))
    assert found["found"] == [NOTE.id]
    assert found["digits"] == 6
    assert found["missing"] == [
        {"note": PART.note, "token": hex(STRK.address), "amount": str(5 * 10**18), "searched": 0}
    ]
    assert "Found 0.1 STRK again" in words.search_text(report, ())
    assert "Nothing is missing" in words.search_text(DeepReport(book(), (), 6), ())


class Noted:
    """Stands for the context: keeps the lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def note(self, text: str) -> None:
        self.lines.append(text)


def test_progress_is_a_line_for_each_tenth_of_a_long_step() -> None:
    noted = Noted()
    tell = SearchLines(cast("Any", noted), ())
    for digits in (1, 4, 5):
        for done in range(0, 1001, 10):
            tell(DeepProgress(PART, 1, 2, digits, done, 1000))
    tell(DeepProgress(PART, 1, 2, 5, 0, 0))
    for _ in range(3):
        tell.looking(ScanProgress(ScanPhase.HISTORY, 1, 2))
    assert len(noted.lines) == 12
    assert noted.lines[0].startswith("1/2 5 STRK: amounts of 5 digits, 0 of 1")
    assert noted.lines[-1] == f"{ScanPhase.HISTORY.label} …"


def test_the_command_is_there() -> None:
    assert COMMANDS["mist", "search"] == ("mist.notes", "search")
