"""How secrets come into the command line: by file descriptor, or typed unseen. Never as words."""

import getpass
import os
import sys
from typing import Final

from obsqra_desktop.cli.context import Context
from obsqra_desktop.domain.chain_errors import PassphraseNeeded, VaultLocked
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import InvalidInput

LIMIT: Final = 64 * 1024


def read_line(descriptor: int, what: str) -> str:
    """The next line that comes out of a file descriptor; raises InvalidInput.

    A byte at a time: what follows belongs to whoever reads the same descriptor next.
    """
    raw = b""
    try:
        while len(raw) <= LIMIT and (byte := os.read(descriptor, 1)) not in {b"", b"\n"}:
            raw += byte
        text = raw.decode("utf-8").removesuffix("\r")
    except OSError:
        raise InvalidInput(f"File descriptor {descriptor} cannot be read.") from None
    except UnicodeDecodeError:
        raise InvalidInput(f"What came for {what} is not UTF-8 text.") from None
    if not text or len(raw) > LIMIT:
        raise InvalidInput(f"Nothing fit came for {what} from file descriptor {descriptor}.")
    return text


def passphrase(context: Context, what: str, twice: bool = False, option: str = "") -> str | None:
    """From its descriptor, or typed at a terminal; None if there is nobody to ask."""
    descriptor = getattr(context.options, option or "passphrase_fd", None)
    if descriptor is not None:
        return read_line(descriptor, what)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    first = getpass.getpass(f"{what[:1].upper()}{what[1:]}: ", sys.stderr)
    if twice and getpass.getpass("The same again: ", sys.stderr) != first:
        raise InvalidInput("They are not the same. Nothing was changed.")
    return first


def no_passphrase(whose: str) -> PassphraseNeeded:
    """There is nobody to ask for the passphrase of a file."""
    return PassphraseNeeded(
        f"{whose} has a passphrase of its own, and there is no terminal to ask on. "
        "Nothing was changed.",
        hint="Give it with --file-passphrase-fd N, as in: --file-passphrase-fd 3 3<file",
    )


def unlock(context: Context) -> None:
    """Open the vault for this command; raises VaultLocked when that needs what nobody gave."""
    accounts = context.services.accounts
    state = accounts.vault_state()
    if state.method is VaultMethod.NONE or not state.locked:
        return
    if state.method is VaultMethod.KEYRING:
        context.wait(accounts.unlock())
        return
    words = passphrase(context, "the vault's passphrase")
    if words is None:
        raise VaultLocked(
            "The vault wants its passphrase, and there is no terminal to ask on. Nothing was sent.",
            hint="Give it with --passphrase-fd N, as in: --passphrase-fd 3 3<file",
        )
    context.wait(accounts.unlock(words))
