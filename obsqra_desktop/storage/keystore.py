"""Encrypted key files: Web3 Secret Storage version 3, which starkli and sncast read too.

The format is Ethereum's (scrypt or PBKDF2, AES-128-CTR, Keccak-256 MAC); the work is eth-keyfile's.
"""

import json
import sys
from types import ModuleType
from typing import Any, Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import CURVE_ORDER
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import InvalidInput

LIMIT: Final = 64 * 1024
MAX_WORK: Final = 2**19
"""What a foreign file may ask of this computer: PBKDF2's rounds, and scrypt's N·r·p / 8, which is
half a GiB of memory at most."""
ROUNDS: Final = 2**18


class KeystoreFormat:
    """Implements Keystores."""

    def __init__(self, rounds: int = ROUNDS) -> None:
        self._rounds = rounds

    def write(self, private_key: int, passphrase: str) -> bytes:
        """Takes a second and 256 MiB; without the address, which another tool may not expect."""
        document = keyfile().create_keyfile_json(
            private_key.to_bytes(32, "big"),
            encoded(passphrase),
            kdf="scrypt",
            iterations=self._rounds,
        )
        document.pop("address", None)
        return (json.dumps(document, indent=2) + "\n").encode("ascii")

    def read(self, raw: bytes, passphrase: str) -> int:
        """The private key; raises InvalidInput, WrongPassphrase.

        The format's MAC leaves the IV out: a file damaged there can open to another key, whose
        account has another address.
        """
        document, words = strict(raw), encoded(passphrase)
        try:
            secret = keyfile().decode_keyfile_json(document, words)
        except ValueError as error:
            if "MAC" in str(error):
                raise WrongPassphrase("The key file stays closed.", hint="Type it again.") from None
            raise unreadable() from None
        except (KeyError, TypeError, AttributeError, NotImplementedError, OverflowError):
            raise unreadable() from None
        key = int.from_bytes(bytes(secret), "big")
        if len(secret) > 32 or not 1 <= key < CURVE_ORDER:
            raise InvalidInput("The key in the file is no key of Starknet's curve.")
        return key


def strict(raw: bytes) -> dict[str, Any]:
    """The document, if it asks for no more work than it may."""
    try:
        document = strict_json.loads(raw, what="key file", limit=LIMIT)
    except InvalidInput:
        raise unreadable() from None
    if not isinstance(document, dict) or document.get("version") != 3:
        raise unreadable()
    lower = lowered(document)
    crypto = lower.get("crypto")
    parameters = crypto.get("kdfparams") if isinstance(crypto, dict) else None
    if not isinstance(crypto, dict) or not isinstance(parameters, dict):
        raise unreadable()
    if crypto.get("cipher") != "aes-128-ctr":  # eth-keyfile takes any to be that
        raise unreadable()
    if crypto.get("kdf") == "scrypt":
        block, lanes = whole(parameters.get("r")), whole(parameters.get("p"))
        work, most = whole(parameters.get("n")) * block * lanes, MAX_WORK * 8
    elif crypto.get("kdf") == "pbkdf2":
        work, most = whole(parameters.get("c")), MAX_WORK
    else:
        raise unreadable()
    if work > most:
        raise InvalidInput("The key file asks for more work than is safe to do here.")
    if whole(parameters.get("dklen")) != 32:
        raise unreadable()
    return lower


def lowered(document: dict[str, Any]) -> dict[str, Any]:
    """With all keys in lower case, as other tools write them; refused if two become one."""
    lower = {
        key.lower(): lowered(value) if isinstance(value, dict) else value
        for key, value in document.items()
    }
    if len(lower) != len(document):
        raise unreadable()
    return lower


def encoded(passphrase: str) -> bytes:
    """Its bytes; raises InvalidInput."""
    try:
        return passphrase.encode("utf-8")
    except UnicodeEncodeError:  # its error would carry the passphrase
        raise InvalidInput("The passphrase has characters that are no text.") from None


def whole(value: object) -> int:
    """A number from 1 up."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise unreadable()
    return value


def unreadable() -> InvalidInput:
    """Not a key file of the kind that is read here."""
    return InvalidInput(
        "This is no key file of version 3.", hint="Use one that starkli, sncast or Obsqra wrote."
    )


def keyfile() -> ModuleType:
    """eth-keyfile, loaded on first use: that takes a third of a second.

    A library below it raises Python's recursion limit so far that C code can crash.
    """
    depth = sys.getrecursionlimit()
    try:
        from eth_keyfile import keyfile as module
    finally:
        sys.setrecursionlimit(depth)
    return module
