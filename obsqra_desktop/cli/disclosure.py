"""decisions export, decisions reveal: what others get to see."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.main import OK
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.disclosure import FieldLine, Visibility
from obsqra_desktop.domain.record import Disclosure


def export(context: Context) -> int:
    """Save a bundle."""
    o, service = context.options, context.services.decisions
    if o.preview:
        return preview(context)
    record = context.wait(service.show(o.id)).record
    out = o.out or Path(f"obsqra-{record.id[:8]}.oab.zip")
    note = context.wait(service.export(record.id, Disclosure(o.level), out))
    context.answer(
        {"id": record.id, "file": str(out), "level": note.level.value, "sha256": note.sha256},
        f"Bundle saved to {out} ({note.level.value}), sha256 {note.sha256}",
    )
    return OK


def preview(context: Context) -> int:
    """Every field of the bundle that would be saved; nothing is written."""
    o = context.options
    found = context.wait(context.services.decisions.preview_export(o.id, Disclosure(o.level)))
    answer = {
        "id": found.decision_id,
        "level": found.level.value,
        "fields": [
            {
                "name": one.name,
                "file": one.file or None,
                "path": one.path or None,
                "visibility": one.visibility.value,
                "why": one.why,
                "reveal": one.reveal,
            }
            for one in found.fields
        ],
    }
    lines = [
        f"A bundle of level {found.level.value} for decision {found.decision_id[:8]} would hold:"
    ]
    for visibility in (Visibility.HIDDEN, Visibility.SHOWN, Visibility.NEVER):
        chosen = [one for one in found.fields if one.visibility is visibility]
        if chosen:
            lines += ["", f"{visibility.words.upper()} ({len(chosen)})", *grouped(chosen)]
    lines += ["", "Nothing was written."]
    context.answer(answer, "\n".join(lines))
    return OK


def grouped(fields: Sequence[FieldLine]) -> list[str]:
    """Names and paths, under the file and the reason that they share."""
    width = max(len(one.name) for one in fields)
    lines: list[str] = []
    for (file, why), some in groupby(fields, key=lambda one: (one.file, one.why)):
        lines.append(f"  {file}: {why}" if file else f"  {why}")
        lines += [f"    {one.name:<{width}}  {one.path}".rstrip() for one in some]
    return lines


def reveal(context: Context) -> int:
    """Open one hidden field for somebody with a public bundle."""
    o = context.options
    opened = context.wait(context.services.decisions.reveal(o.id, o.field))
    answer = strict_json.document(opened)
    text = strict_json.pretty(opened).decode().rstrip()
    context.answer(
        answer,
        f"{text}\n\nSave this with --json for whoever holds a bundle that hides the field. "
        "They check it with\n  obsqra verify BUNDLE --reveal FILE",
    )
    return OK
