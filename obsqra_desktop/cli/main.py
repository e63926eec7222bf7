"""Runs one command: dispatch, one-line errors, exit codes.

Modules of the program are imported when a command needs them, so that help and usage errors
are instant.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from obsqra_desktop.cli.parser import build

if TYPE_CHECKING:
    from obsqra_desktop.cli.context import CliServices, Context
    from obsqra_desktop.domain.errors import AppError

    Command = Callable[[Context], int]

OK, INVALID, CANNOT = 0, 1, 2
DEBUG: Final = "OBSQRA_DEBUG"
INVALID_CODES: Final = {
    "invalid_input",
    "bundle_damaged",
    "infeasible",
    "mist_counters",
    "mist_foreign_request",
    "mist_note_missing",
    "mist_pool_changed",
    "mist_unsafe",
    "proof_rejected",
    "proving_failed",
    "not_enough",
    "not_reproduced",
    "over_cap",
    "over_limit",
    "public_key_refused",
    "would_fail",
    "wrong_passphrase",
}
COMMANDS: Final = {
    ("score", None): ("decide", "score"),
    ("decide", None): ("decide", "decide"),
    ("prove", None): ("decide", "prove"),
    ("verify", None): ("audit", "verify"),
    ("contracts", "list"): ("contracts", "list_contracts"),
    ("contracts", "declare"): ("contracts", "declare"),
    ("contracts", "deploy"): ("contracts", "deploy"),
    ("contracts", "show"): ("contracts", "show"),
    ("integrity", None): ("contracts", "integrity"),
    ("decisions", "list"): ("audit", "list_decisions"),
    ("decisions", "show"): ("audit", "show"),
    ("decisions", "export"): ("disclosure", "export"),
    ("decisions", "reveal"): ("disclosure", "reveal"),
    ("decisions", "reverify"): ("audit", "reverify"),
    ("policy", "list"): ("catalog", "list_policies"),
    ("policy", "show"): ("catalog", "show_policy"),
    ("policy", "new"): ("catalog", "new_policy"),
    ("model", "list"): ("catalog", "list_models"),
    ("model", "show"): ("catalog", "show_model"),
    ("account", "new"): ("account", "new"),
    ("account", "import"): ("account", "import_account"),
    ("account", "watch"): ("account", "watch"),
    ("account", "list"): ("account", "list_accounts"),
    ("account", "show"): ("account", "show"),
    ("account", "balance"): ("account", "balance"),
    ("account", "deploy"): ("account", "deploy"),
    ("account", "backup"): ("account", "backup"),
    ("account", "use"): ("account", "use"),
    ("account", "remove"): ("account", "remove"),
    ("vault", "status"): ("account", "vault_status"),
    ("vault", "create"): ("account", "vault_create"),
    ("vault", "change"): ("account", "vault_change"),
    ("practice", "up"): ("practice", "up"),
    ("practice", "down"): ("practice", "down"),
    ("practice", "status"): ("practice", "status"),
    ("practice", "reset"): ("practice", "reset"),
    ("practice", "faucet"): ("practice", "faucet"),
    ("practice", "join"): ("practice", "join"),
    ("practice", "market"): ("practice", "market"),
    ("practice", "private"): ("practice", "private"),
    ("network", "list"): ("network", "list_networks"),
    ("network", "test"): ("network", "test"),
    ("network", "use"): ("network", "use"),
    ("network", "add"): ("network", "add"),
    ("network", "remove"): ("network", "remove"),
    ("network", "first"): ("network", "first"),
    ("network", "cross-check"): ("network", "cross_check"),
    ("network", "proxy"): ("network", "proxy"),
    ("network", "offline"): ("network", "offline"),
    ("network", "connections"): ("network", "connections"),
    ("snapshot", "take"): ("snapshot", "take"),
    ("snapshot", "list"): ("snapshot", "list_snapshots"),
    ("snapshot", "show"): ("snapshot", "show"),
    ("snapshot", "recompute"): ("snapshot", "recompute"),
    ("snapshot", "export"): ("snapshot", "export"),
    ("snapshot", "diff"): ("snapshot", "diff"),
    ("send", None): ("send", "send"),
    ("tx", "list"): ("tx", "list_transactions"),
    ("tx", "show"): ("tx", "show"),
    ("tx", "resume"): ("tx", "resume"),
    ("tx", "cancel"): ("tx", "cancel"),
    ("tx", "faster"): ("tx", "faster"),
    ("tx", "label"): ("tx", "label"),
    ("tx", "limits"): ("tx", "limits"),
    ("mist", "pool"): ("mist.notes", "pool"),
    ("mist", "trust"): ("mist.notes", "trust"),
    ("mist", "notes"): ("mist.notes", "notes"),
    ("mist", "scan"): ("mist.notes", "scan"),
    ("mist", "search"): ("mist.notes", "search"),
    ("mist", "note"): ("mist.notes", "note"),
    ("mist", "backup"): ("mist.files", "backup"),
    ("mist", "restore"): ("mist.files", "restore"),
    ("mist", "copy"): ("mist.copy", "copy"),
    ("mist", "settle"): ("mist.notes", "settle"),
    ("mist", "account"): ("mist.notes", "account"),
    ("mist", "accounts"): ("mist.notes", "accounts"),
    ("mist", "fees"): ("mist.notes", "fees"),
    ("mist", "request"): ("mist.notes", "request"),
    ("mist", "requests"): ("mist.notes", "requests"),
    ("mist", "deposit"): ("mist.commands", "deposit"),
    ("mist", "withdraw"): ("mist.commands", "withdraw"),
    ("mist", "rewrap"): ("mist.commands", "rewrap"),
    ("mist", "split"): ("mist.commands", "split"),
    ("mist", "forward"): ("mist.commands", "forward"),
    ("mist", "waiting"): ("mist.commands", "waiting"),
    ("mist", "continue"): ("mist.commands", "carry_on"),
    ("mist", "hand-over"): ("mist.files", "hand_over"),
    ("mist", "export"): ("mist.files", "export"),
    ("mist", "import"): ("mist.files", "import_file"),
    ("proof-parameters", None): ("parameters", "proof_parameters"),
    ("selfcheck", None): ("audit", "selfcheck"),
    ("guide", None): ("guide", "guide"),
}


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options; leaves through SystemExit for --help, --version and usage errors."""
    return build().parse_args(words)


def run(options: argparse.Namespace, services: "Callable[[Path | None], CliServices]") -> int:
    """Run the command of the options; returns the exit code."""
    module, name = COMMANDS[(options.command, getattr(options, "action", None))]
    for name_of in ("stdout", "stderr"):
        if getattr(sys, name_of) is None:  # closed by whoever started us
            setattr(sys, name_of, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")

    from obsqra_desktop.cli.context import Context, OutputFailed
    from obsqra_desktop.domain.errors import AppError, Unexpected

    context: Context | None = None
    try:
        command: Command = getattr(import_module(f"obsqra_desktop.cli.{module}"), name)
        context = Context(options, services(options.data_dir))
        return command(context)
    except OutputFailed as error:
        drop_output()
        return report(error, False)
    except AppError as error:
        return report(error, options.json)
    except KeyboardInterrupt:
        return report(stopped(context), options.json)
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        drop_output()
        return OK
    except Exception as error:  # the outermost boundary: no traceback for people
        if os.environ.get(DEBUG):
            raise
        detail, look = safe_now(context)
        again = f"Set {DEBUG}=1 and run it again to see where, and please report that."
        unforeseen = Unexpected(
            f"{type(error).__name__}. {detail}", hint=f"{look}. Then: {again}" if look else again
        )
        return report(unforeseen, options.json)


def stopped(context: "Context | None") -> "AppError":
    """By Ctrl-C."""
    from obsqra_desktop.domain.errors import Cancelled

    detail, look = safe_now(context)
    return Cancelled(detail, hint=look)


def safe_now(context: "Context | None") -> tuple[str, str]:
    """Of a command that has ended in its middle: what is safe, and what may be on its way all the
    same; and where to look."""
    from obsqra_desktop.domain.errors import AppError
    from obsqra_desktop.services.mist.sending import KINDS

    try:
        found = context.services.sending.unsettled() if context is not None else ()
    except AppError:
        found = ()  # whoever looks at the journal is told what is wrong with it
    if not found:
        return "What was kept before is unchanged.", ""
    detail = (
        "What was kept before is unchanged. Written down and not settled yet, so that it may have "
        f"been sent: {', '.join(one.id for one in found[:3])}."
    )
    look = f"obsqra tx resume {found[0].id}"
    if any(one.kind in KINDS for one in found):  # the notes are put right, too
        look = "obsqra mist settle"
    return detail, f"Looking again cannot pay twice: {look}"


def drop_output() -> None:
    """Let what is still to be written vanish, so that the interpreter can end in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def exit_code(error_code: str) -> int:
    """1 for what is invalid, 2 for what cannot be done here."""
    return INVALID if error_code in INVALID_CODES else CANNOT


def report(error: "AppError", as_json: bool) -> int:
    """One line on standard error, and the JSON form if that was asked for."""
    from obsqra_desktop.cli.render import plain

    sys.stderr.write(plain(f"obsqra: {error}", sys.stderr) + "\n")
    if as_json:
        known = {
            "code": error.code,
            "title": error.title,
            "detail": error.detail,
            "hint": error.hint,
            "retryable": error.retryable,
        }
        try:
            print(json.dumps({"error": known}, indent=2), flush=True)
        except OSError:  # nobody reads it, or the disk is full; the line above tells it
            drop_output()
    return exit_code(error.code)
