"""The verifier as a module, its vectors, and bundles to cheat with."""

import base64
import hashlib
import importlib.util
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.conftest import ROOT

FILE: Final = ROOT / "resources" / "verify_bundle.py"
GOLDEN: Final = Path(__file__).with_name("golden.oab.zip")
KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KINDS: Final = ["https://obsqra.fi/oab/decision/v1", "https://in-toto.io/attestation/svr/v0.1"]
MANIFEST: Final = "manifest.json"
LINES: Final = "attestations.intoto.jsonl"
SIGNER: Final = "keys/signer.json"
REDACTED: Final = "payload/redacted.json"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_bundle", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_bundle"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


vb: Final[Any] = load()


@cache
def vectors() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/proofs.json").read_bytes())
    return found


@cache
def pair(number: int = 0) -> tuple[bytes, bytes]:
    """Statement and proof of a vector."""
    vector = vectors()[number]
    return bytes.fromhex(vector["statement"]), bytes.fromhex(vector["proof"])


@cache
def forgeries() -> list[dict[str, Any]]:
    """Proofs of wrong traces, each honest but for one constraint (native/tests/mutants.rs)."""
    found: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/forgeries.json").read_bytes())
    return found


@cache
def forgery(number: int) -> tuple[bytes, bytes]:
    """Statement and proof of one of them."""
    one = forgeries()[number]
    return bytes.fromhex(one["statement"]), bytes.fromhex(one["proof"])


def golden() -> dict[str, bytes]:
    """The files of a bundle of level owner that the program made."""
    return unpack(GOLDEN.read_bytes())


def unpack(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def info(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)  # dated 1980-01-01
    found.create_system, found.external_attr = 3, 0o100644 << 16
    return found


def pack(entries: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(entries):
            archive.writestr(info(name), entries[name])
    return buffer.getvalue()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def line(payload: bytes, key: Ed25519PrivateKey = KEY) -> bytes:
    """A DSSE envelope around some bytes."""
    kind = b"application/vnd.in-toto+json"
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    envelope: Any = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": kind.decode(),
        "signatures": [
            {
                "keyid": sha256(key.public_key().public_bytes_raw()),
                "sig": base64.b64encode(key.sign(signed)).decode(),
            }
        ],
    }
    return rfc8785.dumps(envelope) + b"\n"


def sealed(
    files: Mapping[str, bytes],
    level: str = "owner",
    manifest_changes: Mapping[str, Any] = {},
    said: Mapping[str, Any] = {},
) -> dict[str, bytes]:
    """The bundle that a dishonest owner of KEY makes of these files, everything signed anew."""
    public = KEY.public_key().public_bytes_raw()
    signer: Any = {
        "schema": "obsqra/signer/1",
        "algorithm": "ed25519",
        "kind": "device",
        "public_key": public.hex(),
        "key_id": sha256(public),
    }
    reach = vb.LEVELS.index(level)
    entries = {
        name: data
        for name, data in files.items()
        if name not in (MANIFEST, LINES) and vb.LEVELS.index(vb.FILES[name][2]) <= reach
    }
    entries[SIGNER] = rfc8785.dumps(signer)
    hidden = sorted(path for less in vb.LEVELS[reach:2] for path in vb.HIDDEN[less])
    if len(json.loads(entries[REDACTED])["fields"]) != len(hidden):
        hashes: Any = [{"path": path, "sha256": "ab" * 32} for path in hidden]
        entries[REDACTED] = changed_json(entries[REDACTED], fields=hashes)
    statement = entries["payload/statement.bin"]
    digest = hashlib.blake2s(statement).hexdigest()
    listed: Any = [
        {
            "path": name,
            "sha256": sha256(entries[name]),
            "size": len(entries[name]),
            "mediaType": vb.FILES[name][0],
            "role": vb.FILES[name][1],
            "disclosure": vb.FILES[name][2],
        }
        for name in sorted(entries)
    ]
    manifest: Any = {
        "schema": "oab/1",
        "decision": digest[:32],
        "level": level,
        "statements": KINDS,
        "files": listed,
        **manifest_changes,
    }
    entries[MANIFEST] = rfc8785.dumps(manifest)
    decision = {
        "decision": digest[:32],
        "level": level,
        "statementDigest": digest,
        "policyCommitment": statement[512:544].hex(),
        "proofSha256": sha256(entries["payload/proof.bin"]),
        **said,
    }
    result = {
        "verifier": {"id": "https://obsqra.fi/verifiers/native"},
        "timeCreated": "2026-01-01T00:00:00Z",
        "properties": ["OBSQRA_STARK_PROOF_ACCEPTED"],
    }
    entries[LINES] = b"".join(
        line(attestation(entries[MANIFEST], kind, predicate))
        for kind, predicate in zip(KINDS, (decision, result), strict=True)
    )
    return entries


def attestation(manifest: bytes, kind: str, predicate: Mapping[str, Any]) -> bytes:
    statement: Any = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": MANIFEST, "digest": {"sha256": sha256(manifest)}}],
        "predicateType": kind,
        "predicate": dict(predicate),
    }
    return rfc8785.dumps(statement)


def changed_json(raw: bytes, **changes: Any) -> bytes:
    value: Any = {**json.loads(raw), **changes}
    return rfc8785.dumps(value)


def report(archive: bytes, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = vb.check_bundle(lambda: archive, **options)
    return found


def failures(archive: bytes, **options: Any) -> dict[str, str]:
    """The checks that failed, with their reasons."""
    checks = report(archive, **options)["checks"]
    return {one["id"]: one["detail"] for one in checks if one["outcome"] == "FAIL"}
