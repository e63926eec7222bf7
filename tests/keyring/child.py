"""A program of its own with a vault: a step per line in, its result per line out.

Started by the tests with the environment of one D-Bus session, which pytest itself must not see.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import secretstorage

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.storage.device_key import DeviceKey
from obsqra_desktop.storage.lock import FolderLock
from tests.storage.vaults import vault_in

PATIENCE = 300.0
"""Seconds in which the keyring's daemon has to be there and to answer, on however slow a machine;
a test that wants a program to give up says so by `patience`."""


def ready() -> None:
    """Wait until the Secret Service is there and open."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with closing(secretstorage.dbus_init()) as bus:
            if secretstorage.check_service_availability(bus):
                collection = secretstorage.get_default_collection(bus)
                if not collection.is_locked():
                    return
        time.sleep(0.02)
    raise AssertionError("the keyring's daemon did not come up")


def waits(seconds: float) -> None:
    """No longer for a keyring from now on."""
    system_keyring.PATIENCE = seconds  # type: ignore[misc]


def lock_collection() -> None:
    """As a screen lock or a keyring manager does."""
    with closing(secretstorage.dbus_init()) as bus:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
        assert collection.is_locked()


def items() -> list[dict[str, str]]:
    """What of this program is in the keyring; its secrets stay there."""
    with closing(secretstorage.dbus_init()) as bus:
        found = secretstorage.search_items(bus, {"service": system_keyring.SERVICE})
        return [item.get_attributes() for item in found]


def delete_items() -> None:
    """As somebody does with a keyring manager."""
    with closing(secretstorage.dbus_init()) as bus:
        for item in list(secretstorage.search_items(bus, {"service": system_keyring.SERVICE})):
            item.delete()


def main() -> None:
    """argv: data folder."""
    data_dir = Path(sys.argv[1])
    waits(PATIENCE)
    vault = vault_in(data_dir)
    device = DeviceKey(data_dir, FolderLock(data_dir / "lock"))
    steps: dict[str, Callable[..., Any]] = {
        "ready": ready,
        "patience": waits,
        "lock_collection": lock_collection,
        "items": items,
        "delete_items": delete_items,
        "answering": system_keyring.answering,
        "create": lambda method, words=None: vault.create(VaultMethod(method), words),
        "change": lambda method, words=None: vault.change(VaultMethod(method), words),
        "unlock": vault.unlock,
        "lock": vault.lock,
        "put": lambda name, secret: vault.put(name, bytes.fromhex(secret)),
        "get": lambda name: vault.get(name).hex(),
        "method": lambda: vault.state().method.value,
        "keyring": lambda: vault.state(probe=True).keyring,
        "sign": lambda: device.sign(b"message").hex(),
        "kind": lambda: device.kind,
    }
    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            answer = {"answer": steps[name](*words)}
        except AppError as error:
            answer = {"error": type(error).__name__}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
