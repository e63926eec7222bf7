"""mist copy: the sealed copy of the notes beside the last backup."""

from pathlib import Path

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import OK
from obsqra_desktop.cli.render import moment
from obsqra_desktop.cli.secrets_fd import unlock
from obsqra_desktop.domain.mist.copy import CopyKind, CopyState
from obsqra_desktop.services.mist.backup import CopyUse


def copy(context: Context) -> int:
    """How it stands; on or off."""
    o, desk = context.options, context.services.private
    unlock(context)
    state = context.wait(desk.keep_copy(on=o.on) if o.on or o.off else desk.copy_state())
    context.answer(state_document(state), state_text(state))
    return OK


def state_document(state: CopyState) -> JsonObject:
    """For programs; unknown is null."""
    return {
        "state": state.kind.value,
        "file": str(Path(state.folder, state.name)) if state.name else None,
        "written_at": state.written_at,
        "reachable": state.there,
        "same_disk": state.same_disk,
        "others": state.others,
        "trouble": state.trouble or None,
    }


def state_text(state: CopyState) -> str:
    """The same for people."""
    if state.kind is CopyKind.NONE:
        return (
            "No copy of the notes is kept: it lies beside a backup, and none was made here yet "
            "(obsqra mist backup)."
        )
    if state.kind is CopyKind.OFF:
        return (
            "No copy of the notes is kept, as you said. What lies beside the last backup stays as "
            "it is and gets old. To keep one: obsqra mist copy --on"
        )
    when = "never" if state.written_at is None else moment(state.written_at)
    lines = [f"Copy of the notes {state.name}, last written: {when}."]
    if not state.has_all:
        lines = [f"The copy of the notes {state.name} is behind, last written: {when}."]
        lines.append(state.trouble or "It is written at the next step or look.")
        lines.append(
            "What came since would be lost with this computer. Connect its disk and call this "
            "again, or save a backup elsewhere: obsqra mist backup"
        )
    elif not state.there:
        lines.append("It has everything. Its disk is not connected now.")
    else:
        lines.append("It has everything: a restore of the backup beside it brings all back.")
    if state.same_disk:
        lines.append(disk_words())
    if state.others:
        lines.append(
            f"It also has {state.others} that are not in this folder; to have them here, restore "
            "the backup beside it: obsqra mist restore"
        )
    return "\n".join(lines)


def disk_words() -> str:
    """What a copy on the disk of the data folder is good for."""
    return (
        "It lies on the same disk as the data folder: it helps if that folder is lost, and not if "
        "the disk is, unless something carries it elsewhere."
    )


def use_document(use: CopyUse) -> JsonObject:
    """Of a restore."""
    return {
        "used": use.used,
        "saved_at": use.saved_at,
        "notes": use.notes,
        "trouble": use.trouble or None,
    }


def use_text(use: CopyUse) -> str:
    """The same for people."""
    if use.used and use.saved_at is not None:
        more = f"{use.notes} note" if use.notes == 1 else f"{use.notes} notes"
        return (
            f"The copy of the notes beside it, of {moment(use.saved_at)}, was used: {more} that "
            "the backup lacks. It goes on from here (obsqra mist copy)."
        )
    if use.trouble:
        return f"The copy of the notes beside it was not used. {use.trouble}"
    return "No copy of the notes lay beside it: what came after the backup is looked for on chain."
