"""Encrypted key files: Web3 Secret Storage version 3, which starkli and sncast read too.

The format is Ethereum's (scrypt or PBKDF2, AES-128-CTR, Keccak-256 MAC); the work is eth-keyfile's.
"""

import json
from typing import Any, Final

from eth_keyfile.keyfile import create_keyfile_json, decode_keyfile_json

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import CURVE_ORDER
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import InvalidInput

LIMIT: Final = 64 * 1024
MAX_WORK: Final = 2**19
"""scrypt's N and PBKDF2's rounds: what a foreign file may ask of this computer."""
ROUNDS: Final = 2**18


class KeystoreFormat:
    """Implements Keystores."""

    def __init__(self, rounds: int = ROUNDS) -> None:
        self._rounds = rounds

    def write(self, private_key: int, passphrase: str) -> bytes:
        """Takes a second and 256 MiB; without the address, which another tool may not expect."""
        document = create_keyfile_json(
            private_key.to_bytes(32, "big"),
            passphrase.encode("utf-8"),
            kdf="scrypt",
            iterations=self._rounds,
        )
        document.pop("address", None)
        return (json.dumps(document, indent=2) + "\n").encode("ascii")

    def read(self, raw: bytes, passphrase: str) -> int:
        """The private key; raises InvalidInput, WrongPassphrase."""
        document = strict(raw)
        try:
            secret = decode_keyfile_json(document, passphrase.encode("utf-8"))
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
    lower: dict[str, Any] = {key.lower(): value for key, value in document.items()}
    crypto = lower.get("crypto")
    parameters = crypto.get("kdfparams") if isinstance(crypto, dict) else None
    if not isinstance(parameters, dict):
        raise unreadable()
    rounds = whole(parameters.get("n", parameters.get("c")))
    if rounds > MAX_WORK or whole(parameters.get("r", 1)) > 8 or whole(parameters.get("p", 1)) > 8:
        raise InvalidInput("The key file asks for more work than is safe to do here.")
    if whole(parameters.get("dklen")) != 32:
        raise unreadable()
    return lower


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
