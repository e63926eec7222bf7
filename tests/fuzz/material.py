"""Valid statements, proofs and bundles that the targets change."""

import asyncio
import importlib
import json
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import oab, shipped, strict_json
from obsqra_desktop.domain.audit import Verdict
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.record import Disclosure
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionInput
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.device_key import signature_is_good

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".dev" / "fuzz"
ARCHIVE = BundleArchive()
LEVELS = tuple(Disclosure)


@dataclass(frozen=True)
class Pair:
    """A statement and a proof of it."""

    statement: bytes
    proof: bytes


@cache
def native() -> ModuleType:
    """The Rust module."""
    return importlib.import_module("obsqra_native")


@cache
def plain() -> ModuleType:
    """The plain-Python verifier, as a module; valid proofs are checked once only."""
    folder = str(ROOT / "resources")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    module = importlib.import_module("verify_bundle")
    verify: Callable[[bytes, bytes], Any] = module.verify_proof
    module.verify_proof = lru_cache(maxsize=64)(verify)  # type: ignore[attr-defined]
    return module


@cache
def pairs() -> tuple[Pair, ...]:
    """The shared vectors."""
    raw = (ROOT / "tests" / "vectors" / "proofs.json").read_text("utf-8")
    return tuple(
        Pair(bytes.fromhex(one["statement"]), bytes.fromhex(one["proof"]))
        for one in json.loads(raw)
    )


def is_good(archive: bytes) -> bool:
    """Whether it is a bundle of this version, and not one that an earlier version left there."""
    found: dict[str, Any] = plain().check_bundle(lambda: archive)
    return service().check(archive).verdict is Verdict.VALID and found["bundle"] == "VALID"


@cache
def bundles() -> dict[Disclosure, bytes]:
    """A bundle of each level; kept, so that an input means the same at the next start."""
    paths = {level: HOME / f"{level.value}.oab.zip" for level in LEVELS}
    if not all(path.is_file() and is_good(path.read_bytes()) for path in paths.values()):
        services = build_services(HOME / "data")
        wanted = DecisionInput(
            shipped.sample(),
            OBSQRA_V1_2,
            shipped.model("linear_v0"),
            shipped.preset("balanced"),
        )

        async def make() -> None:
            record = await services.decisions.prove(wanted)
            for level, path in paths.items():
                path.write_bytes(await services.decisions.bundle_bytes(record.id, level))

        asyncio.run(make())
    found = {level: path.read_bytes() for level, path in paths.items()}
    if not all(map(is_good, found.values())):
        raise RuntimeError("a fresh bundle is not valid")
    return found


@cache
def entries(level: Disclosure) -> dict[str, bytes]:
    """The files of the bundle of this level."""
    return ARCHIVE.unpack(bundles()[level])


@cache
def service() -> BundleService:
    """The program's own bundle checks."""
    from obsqra_desktop.proving.native import NativeProver

    return BundleService(ARCHIVE, NativeProver(), signature_is_good)


KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def signed_anew(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files, hashed and signed by somebody else; what cannot be read stays."""
    files = dict(files)
    try:
        old = oab.Manifest.parse(files.get(oab.MANIFEST, b""))
        lines = oab.envelopes(files.get(oab.ATTESTATIONS, b""))
        second = oab.attestation(lines[1].message()).predicate
        statement = Statement.decode(files.get(oab.STATEMENT, b""))
        commitment = oab.attestation(lines[0].message()).predicate
        signer = oab.Signer.of(KEY.public_key().public_bytes_raw())
        files[oab.SIGNER] = strict_json.canonical(strict_json.document(signer))
        first = oab.DecisionPredicate(
            decision=statement.digest().hex()[:32],
            level=old.level,
            statementDigest=statement.digest().hex(),
            policyCommitment=commitment.policyCommitment,  # type: ignore[union-attr]
            proofSha256=oab.sha256(files.get(oab.PROOF, b"")),
        )
        payload = {
            name: data
            for name, data in files.items()
            if name not in (oab.MANIFEST, oab.ATTESTATIONS)
        }
        manifest = oab.Manifest.build(first.decision, old.level, payload).encode()
        files[oab.ATTESTATIONS] = b"".join(
            oab.attest(manifest, one, KEY.sign, signer.key_id) for one in (first, second)
        )
        files[oab.MANIFEST] = manifest
    except (InvalidInput, IndexError, AttributeError, KeyError):
        pass
    return files


class Choices:
    """Numbers read off the front of the fuzzer's bytes; zeros behind their end."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, size: int) -> bytes:
        found = self.data[self.at : self.at + size]
        self.at += size
        return found.ljust(size, b"\0")

    def byte(self) -> int:
        return self.take(1)[0]

    def half(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def word(self) -> int:
        number: int = struct.unpack("<I", self.take(4))[0]
        return number

    def rest(self) -> bytes:
        found, self.at = self.data[self.at :], len(self.data)
        return found

    @property
    def left(self) -> bool:
        return self.at < len(self.data)
