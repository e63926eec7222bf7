"""Wires what decides, proves and keeps proofs; no chain and no private money in it."""

import secrets

from obsqra_desktop.app.ground import Ground, unix_time
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.catalog import CatalogService
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.device_key import DeviceKey, signature_is_good
from obsqra_desktop.storage.documents import ModelFolder, PolicyFolder, SettingsFile, SnapshotSource


class Proofs:
    """The services of decisions and bundles."""

    def __init__(self, ground: Ground) -> None:
        folder, lock = ground.folder, ground.lock
        archive = BundleArchive()
        self.prover = NativeProver()
        self.signer = DeviceKey(folder, lock)
        self.bundles = BundleService(archive, self.prover, signature_is_good)
        self.catalog = CatalogService(PolicyFolder(folder, lock), ModelFolder(folder))
        self.snapshots = SnapshotSource()
        self.settings = SettingsFile(folder, lock)
        self.decisions = DecisionService(
            store=ProofsFolder(folder, lock),
            prover=self.prover,
            files=archive,
            signer=self.signer,
            clock=unix_time,
            random_bytes=secrets.token_bytes,
        )
