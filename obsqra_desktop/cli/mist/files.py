"""mist: hand-over and export files."""

from pathlib import Path

from obsqra_desktop.cli.account import ensure_vault
from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.main import OK
from obsqra_desktop.cli.mist import words
from obsqra_desktop.cli.mist.copy import disk_words, state_document, use_document, use_text
from obsqra_desktop.cli.render import moment
from obsqra_desktop.cli.secrets_fd import no_passphrase, passphrase, unlock
from obsqra_desktop.domain.mist.backup import FILE_LIMIT as BACKUP_LIMIT
from obsqra_desktop.domain.mist.handover import FILE_LIMIT
from obsqra_desktop.flows.private import STATE_WORDS


def hand_over(context: Context) -> int:
    """Save what a receiver has to be told."""
    o = context.options
    context.services.files.ensure_free(o.out)
    unlock(context)
    save_hand_over(context, o.id, o.out, file_passphrase(context, twice=True))
    context.answer(
        {"file": str(o.out), "id": o.id},
        f"Saved {o.out.name}. Tell its passphrase by another way than the file.",
    )
    return OK


def export(context: Context) -> int:
    """Save a whole note."""
    o, services = context.options, context.services
    context.services.files.ensure_free(o.out)
    unlock(context)
    secret = file_passphrase(context, twice=True)
    context.wait(services.private.export(o.network, o.note, o.out, secret))
    context.answer(
        {"file": str(o.out), "id": o.note},
        f"Saved {o.out.name}. Who opens it and has the owner's account can spend the note.",
    )
    return OK


def import_file(context: Context) -> int:
    """Take a note in."""
    o, services = context.options, context.services
    raw = services.files.read(o.file, FILE_LIMIT)
    unlock(context)
    secret = file_passphrase(context, twice=False)
    found = context.wait(services.money.import_file(o.network, raw, secret))
    lines = [f"Note {found.note.id}: {STATE_WORDS[found.note.state]}"]
    if not found.in_pool:
        lines.append("Its leaf is not in the pool yet.")
    if not found.spendable:
        lines.append("The account that owns it is not here, so it cannot be spent from here.")
    if found.key_known_to_others and found.note.held:
        lines.append("Others may know its key: re-wrap it before anything else.")
    answer = {
        "note": words.note_document(found.note),
        "in_pool": found.in_pool,
        "spendable": found.spendable,
        "key_known_to_others": found.key_known_to_others,
    }
    context.answer(answer, "\n".join(lines))
    return OK


def backup(context: Context) -> int:
    """Save everything that private money hangs on."""
    o, services = context.options, context.services
    context.services.files.ensure_free(o.out)
    unlock(context)
    secret = file_passphrase(context, twice=True)
    made = context.wait(services.private.back_up(o.out, secret, with_copy=not o.no_copy))
    copy = context.wait(services.private.copy_state())
    answer = {
        "file": str(o.out),
        "notes": made.notes,
        "accounts": list(made.accounts),
        "left_out": list(made.left_out),
        "copy": state_document(copy),
    }
    lines = [
        f"Saved {o.out.name}: {few(made.notes, 'note')}, {few(len(made.accounts), 'account')}."
    ]
    lines += made.left_out
    lines.append("Who opens it can spend everything.")
    if copy.has_all:
        lines.append(
            f"{copy.name} beside it is a sealed copy of the notes and replaced after each step: "
            "keep both together. Whoever keeps a synchronised folder learns when; without it: "
            "obsqra mist copy --off"
        )
        lines += [disk_words()] if copy.same_disk else []
    else:
        lines += [copy.trouble] if copy.trouble else []
        lines.append("Make a new one after each split or forward.")
    context.answer(answer, "\n".join(lines))
    return OK


def restore(context: Context) -> int:
    """Bring a backup back."""
    o, services = context.options, context.services
    services.files.read(o.file, BACKUP_LIMIT)  # before anybody is asked for a passphrase
    ensure_vault(context)
    secret = file_passphrase(context, twice=False)
    found = context.wait(
        services.private.restore(
            o.file, secret, with_copy=not o.no_copy, trust_counters=o.trust_counters
        )
    )
    answer = {
        "notes": found.notes,
        "saved_at": found.saved_at,
        "accounts": list(found.accounts),
        "trouble": list(found.trouble),
        "copy": use_document(found.copy),
    }
    accounts = few(len(found.accounts), "account")
    lines = [f"{few(found.notes, 'note')} of {moment(found.saved_at)}, {accounts}."]
    lines += found.trouble
    if not o.no_copy:
        lines.append(use_text(found.copy))
    lines.append("Now look at the chain: obsqra mist scan --recover")
    context.answer(answer, "\n".join(lines))
    return OK


def save_hand_over(context: Context, hand_over_id: str, out: Path, secret: str) -> None:
    """The file, and that it is saved."""
    network = context.options.network
    context.wait(context.services.private.hand_over(network, hand_over_id, out, secret))


def file_passphrase(context: Context, twice: bool) -> str:
    """Of the file; raises PassphraseNeeded if there is nobody to ask."""
    found = passphrase(context, "the file's passphrase", twice, "file_passphrase_fd")
    if found is None:
        raise no_passphrase("The file")
    return found


def few(count: int, word: str) -> str:
    """How many, with the word in its number."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
