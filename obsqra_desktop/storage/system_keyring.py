"""The system's keyring, used only if it is a real one.

Loaded when a key is needed and not before, as finding the backends takes a while.
"""

import logging
import secrets
from typing import Final

import keyring
import keyring.errors

SERVICE: Final = "Obsqra Desktop"
REAL_KEYRINGS: Final = (
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)


def is_real() -> bool:
    """Whether the backend is one of those that protect their content, and it round-trips."""
    backend = type(keyring.get_keyring()).__module__
    return backend.startswith(REAL_KEYRINGS) and round_trips()


def round_trips() -> bool:
    """Set, get and delete a random value."""
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_hex(16)
    try:
        keyring.set_password(SERVICE, name, value)
        same = keyring.get_password(SERVICE, name) == value
        keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError:
        return False
    return same


def store(name: str, seed: str) -> bool:
    """Keep the seed in the keyring if it lets us."""
    try:
        keyring.set_password(SERVICE, name, seed)
        return keyring.get_password(SERVICE, name) == seed
    except keyring.errors.KeyringError:
        logging.getLogger(__name__).warning("the keyring refused the device key; using a file")
        return False


def fetch(name: str) -> str | None:
    """The secret of that name; None if it is gone or the keyring refuses."""
    try:
        return keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError:
        logging.getLogger(__name__).warning("the keyring did not answer")
        return None
