"""The system's keyring, used only if it is a real one, and never waited for without end.

A keyring may ask its owner to unlock it, hang, or vanish; so every call runs in a thread of its
own with a time limit, and whatever goes wrong means "no answer". Backends are taken from a list
of those that protect their content: what merely looks like a keyring (plain files of
`keyrings.alt`, `null`, a backend named by an environment variable) is passed over, also when it
stands in a chain beside a real one. Loaded when a key is needed and not before, as finding the
backends takes a while.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Final, TypeVar

import keyring
import keyring.core
from keyring.backend import KeyringBackend

Found = TypeVar("Found")

SERVICE: Final = "Obsqra Desktop"
PATIENCE: Final = 20.0
"""Seconds, enough to type the password that unlocks a keyring."""

REAL_KEYRINGS: Final = {
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "libsecret",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet 4",
}


def answering() -> str | None:
    """The name of the real keyring that keeps, returns and deletes a value; None if none does."""
    return in_time(lambda: next((title(one) for one in real() if round_trips(one)), None))


def store(name: str, seed: str) -> str | None:
    """Keep the seed in the first keyring that takes it; its name, or None."""

    def keep() -> str | None:
        for backend in real():
            if round_trips(backend):
                backend.set_password(SERVICE, name, seed)
                if backend.get_password(SERVICE, name) == seed:
                    return title(backend)
        return None

    return in_time(keep)


def fetch(name: str) -> str | None:
    """The secret of that name; None if it is gone or no keyring gives it out."""

    def ask() -> str | None:
        found = (backend.get_password(SERVICE, name) for backend in real())
        return next((seed for seed in found if seed is not None), None)

    return in_time(ask)


def remove(name: str) -> None:
    """Forget the secret of that name, wherever it is."""

    def forget() -> bool:
        for backend in real():
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)
        return True

    in_time(forget)


def real() -> list[KeyringBackend]:
    """The backends of the system that protect their content, the preferred one first."""
    chosen = keyring.get_keyring()
    chain: list[KeyringBackend] = list(getattr(chosen, "backends", ())) or [chosen]
    return [backend for backend in chain if qualified(backend) in REAL_KEYRINGS] or come_since()


def come_since() -> list[KeyringBackend]:
    """Backends that were not there yet when keyring looked, which it does once in a program.

    None if the environment or keyring's own settings name a backend: then that choice holds.
    """
    if keyring.core.load_env() is not None or keyring.core.load_config() is not None:
        return []
    kinds = sorted(KeyringBackend.get_viable_backends(), key=lambda kind: -kind.priority)
    return [kind() for kind in kinds if f"{kind.__module__}.{kind.__qualname__}" in REAL_KEYRINGS]


def qualified(backend: KeyringBackend) -> str:
    """Module and class."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def title(backend: KeyringBackend) -> str:
    """The name that people know."""
    return REAL_KEYRINGS[qualified(backend)]


def round_trips(backend: KeyringBackend) -> bool:
    """Set, get and delete a random value."""
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_hex(16)
    backend.set_password(SERVICE, name, value)
    same = backend.get_password(SERVICE, name) == value
    backend.delete_password(SERVICE, name)
    return same


def in_time(work: Callable[[], Found | None]) -> Found | None:
    """The result, or None if the keyring fails or takes longer than `PATIENCE`."""
    results: list[Found | None] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - each system's backend raises errors of its own
            log.warning("the keyring refused: %s", type(error).__name__)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    if thread.is_alive():
        log.warning("the keyring did not answer in time")
    return results[0] if results else None


log = logging.getLogger(__name__)
