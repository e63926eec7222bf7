"""Fields of what is remembered of private money, and how far a list may grow."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from obsqra_desktop.domain.journal import RECORD_ID
from obsqra_desktop.domain.mist.note import FIELD, MAX_LEAVES
from obsqra_desktop.domain.pools import printable

MAX_INDEX: Final = MAX_LEAVES
"""Keys of one book: as many as its pool has room for leaves. No file may say more, as every look
goes through all of them."""
ENTRY_ID: Final = r"^[0-9a-f]{12}$"
ELEMENT: Final = re.compile(r"[0-9a-f]{64}")


def element_from_hex(value: object) -> int:
    """An element of BN254's scalar field from its 64 digits; an int only in programs."""
    if isinstance(value, str) and ELEMENT.fullmatch(value):
        value = int(value, 16)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < FIELD:
        raise ValueError("not an element of the field")
    return value


def element_to_hex(value: int) -> str:
    """64 lower-case digits."""
    return f"{value:064x}"


Element = Annotated[
    int,
    BeforeValidator(element_from_hex),
    PlainSerializer(element_to_hex, return_type=str),
]
EntryId = Annotated[str, Field(pattern=ENTRY_ID)]
RecordId = Annotated[str, Field(pattern=RECORD_ID)]
MAX_LABEL: Final = 120
Label = Annotated[str, Field(max_length=MAX_LABEL), AfterValidator(printable)]
Position = Annotated[int, Field(ge=0, lt=MAX_LEAVES)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
