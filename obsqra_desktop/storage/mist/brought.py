"""Files of private money that somebody brings: which kind one is, and in words what is wrong."""

from typing import Final, TypeVar

from pydantic import BaseModel

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.backup import FILE_SCHEMA as BACKUP
from obsqra_desktop.domain.mist.handover import SEALED_SCHEMA as NOTE

Document = TypeVar("Document", bound=BaseModel)

KINDS: Final = {BACKUP: "a backup of private money", NOTE: "a file with a note"}
WAYS: Final = {
    BACKUP: "Restore it: Restore a backup in the window, or obsqra mist restore",
    NOTE: "Take it in: Take in a note from a file in the window, or obsqra mist import",
}


def read_brought(model: type[Document], raw: bytes, *, schema: str, limit: int) -> Document:
    """The file, if it is of the kind that is wanted. How it is written is nothing for whoever
    brings it; the cause has that. Raises InvalidInput."""
    wanted = KINDS[schema]
    if len(raw) > limit:
        raise InvalidInput(
            f"This is not {wanted}: it has {len(raw):,} bytes, such a file has at most {limit:,}. "
            "Nothing was changed."
        )
    try:
        return strict_json.parse(model, raw, what="file", schema=schema, limit=limit)
    except InvalidInput as error:
        found = schema_of(raw, limit)
        if found in KINDS and found != schema:
            raise InvalidInput(
                f"This is {KINDS[found]}, not {wanted}. Nothing was changed.", hint=WAYS[found]
            ) from error
        family = schema.rpartition("/")[0] + "/"
        if found != schema and found.startswith(family):
            raise InvalidInput(
                f"This is {wanted} that another version of this program made. Nothing was changed.",
                hint="Open it with that version, or a newer one",
            ) from error
        raise InvalidInput(
            f"This is not {wanted}, or it was cut off or changed. Nothing was changed here.",
            hint="Take another copy of the file",
        ) from error


def schema_of(raw: bytes, limit: int) -> str:
    """What it says that it is; empty where it says nothing."""
    try:
        value = strict_json.loads(raw, what="file", limit=limit)
    except InvalidInput:
        return ""
    found = value.get("schema") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""
