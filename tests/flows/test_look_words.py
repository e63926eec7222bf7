"""What a look has brought, in words that hold whatever was known before it."""

import pytest

from obsqra_desktop.domain.mist.chain import PoolLook
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark
from obsqra_desktop.flows.private import look_words
from obsqra_desktop.services.mist.scan_report import report
from tests.flows.test_private_backup import FIVE, GONE, OTHER_FIVE, PAID_IN, book

LOOK = PoolLook(BlockMark(number=9, hash=1), 0, (1, 2, 3), 5, "node")
HALVES = (FIVE, OTHER_FIVE)
AWAITED = tuple(
    one.model_copy(update={"state": NoteState.AWAITED, "position": None}) for one in HALVES
)
OTHER_GONE = FIVE.model_copy(update={"state": NoteState.SPENT})


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            (GONE, *AWAITED),  # one's own split, settled from the journal
            (GONE, *HALVES),
            "2 notes were seen in the pool for the first time.",
        ),
        (
            (PAID_IN, *AWAITED),  # the same, where nothing was settled before
            (GONE, *HALVES),
            (
                "2 notes were seen in the pool for the first time. 1 note was found spent, and it "
                "was not known to be."
            ),
        ),
        ((), (PAID_IN,), "1 note was seen in the pool for the first time."),
        (
            (PAID_IN, FIVE),
            (GONE, OTHER_GONE),
            "2 notes were found spent, and they were not known to be.",
        ),
        ((GONE, FIVE), (GONE, FIVE), "Nothing was found that was not known before."),
    ],
)
def test_only_what_was_not_known_is_counted(
    before: tuple[HeldNote, ...], after: tuple[HeldNote, ...], told: str
) -> None:
    assert look_words(report(book(*before), book(*after), LOOK, False, "")) == told
