"""What a plan says of amounts that will stand nowhere on chain."""

from typing import Final

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.mist.copy import CopyKind, CopyState
from obsqra_desktop.domain.mist.deep import USUAL_DIGITS, found_by_search

WHY: Final = (
    f"This amount has more than {USUAL_DIGITS} digits, and it will stand nowhere on chain: "
)
UNSEARCHABLE: Final = (
    WHY + "if this computer is lost, only a backup that is made after this step brings back what "
    "stays yours. Amounts with fewer digits come back from the secret alone."
)
ON_THIS_DISK: Final = (
    WHY + "the copy of the notes beside your backup gets it before it is sent. That lies on the "
    "same disk as the data folder: if the disk is lost, too, only a backup elsewhere that is made "
    "after this step brings back what stays yours."
)
COPY_AWAY: Final = (
    WHY + "the copy of the notes beside your backup has to get it, and that cannot be written "
    "now. Connect its disk first, or save a backup after this step."
)


def unsearchable(
    whole: int, part: int, told: bool, token: Token, copy: CopyState
) -> tuple[str, ...]:
    """Whether secret and chain alone would not tell how a note was divided, and no copy on another
    disk will. `told` is what the chain tells by itself, or where nothing of one's own stays."""
    if told or part == whole or found_by_search(part, whole, token.decimals):
        return ()
    if copy.kind in {CopyKind.NONE, CopyKind.OFF}:
        return (UNSEARCHABLE,)
    if not (copy.has_all and copy.there):
        return (COPY_AWAY,)
    return () if copy.same_disk is False else (ON_THIS_DISK,)
