"""No bundle says what it must not: every byte of each level, in many ways of writing it down."""

import asyncio
import base64
import binascii
import json
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import oab, shipped, strict_json
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import Disclosure
from obsqra_desktop.domain.redaction import redaction_salt
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.services.decisions import DecisionInput
from obsqra_desktop.storage.bundle import BundleArchive
from tests.cli.running import Cli

pytestmark = pytest.mark.native
LEVELS = tuple(Disclosure)
HOST, USER, ZONE = "host-zebrafinch-71", "user-quokka-58", "Pacific/Chatham"
POLICY: Final = Policy(
    name="Narwhal Forty-Two",
    max_allocation_bps=7919,
    min_pools=1,
    max_risk_score=67,
    max_volatility_bps=8317,
    min_liquidity_tier=1,
    exclude_flagged=False,
    allowlist=(*shipped.sample().pool_ids, 0x6E61727768616C5F7365637265745F706F6F6C),
)


@dataclass(frozen=True)
class Made:
    """One decision, its bundles, and what is secret about it."""

    bundles: dict[Disclosure, bytes]
    salt: tuple[int, ...]
    redaction_key: bytes
    seed: bytes
    data_dir: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("walrus-folder")
    services = build_services(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "gethostname", lambda: HOST)
        for name in ("USER", "LOGNAME", "USERNAME"):
            patch.setenv(name, USER)
        patch.setenv("HOME", f"/home/{USER}")
        patch.setenv("TZ", ZONE)
        wanted = DecisionInput(shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), POLICY)
        record = asyncio.run(services.decisions.prove(wanted))
        bundles = {
            level: asyncio.run(services.decisions.bundle_bytes(record.id, level))
            for level in LEVELS
        }
    entry = folder / "proofs" / record.id[:2] / record.id
    private = json.loads((entry / "private.json").read_bytes())
    key = json.loads((folder / "keys" / "device-key.json").read_bytes())
    return Made(
        bundles,
        tuple(private["salt"]),
        bytes.fromhex(private["redaction_key"]),
        bytes.fromhex(key["seed"]),
        folder,
    )


def views(archive: bytes) -> list[bytes]:
    """All bytes of a bundle, and once more what its envelopes hold in base64."""
    lines = BundleArchive().unpack(archive)[oab.ATTESTATIONS].splitlines()
    return [archive, *(base64.b64decode(json.loads(line)["payload"]) for line in lines)]


def forms(raw: bytes) -> Iterator[bytes]:
    """Ways to write bytes down: raw, turned round, hex, base64 at each offset, UTF-16, URL."""
    for one in (raw, raw[::-1]):
        yield one
        yield binascii.hexlify(one)
        yield binascii.hexlify(one).upper()
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw)
        inner = coded[4 if shift else 0 : len(coded) - 4]
        for text in (inner, inner.replace(b"+", b"-").replace(b"/", b"_")):
            if len(text) >= 8:
                yield text
    if raw.isascii() and raw.decode("ascii").isprintable():
        yield raw.decode().encode("utf-16-le")
        yield quote(raw, safe="").encode()
        yield json.dumps(raw.decode()).encode()[1:-1]


def numbers(limbs: tuple[int, ...]) -> Iterator[bytes]:
    """A salt's limbs: each in decimal, all and neighbours as words."""
    for limb in limbs:
        if limb >= 1 << 24:
            yield str(limb).encode()
            yield from (b"%08x" % limb, b"%08X" % limb)
    for order in "<>":
        for at in range(len(limbs) - 1):
            yield from forms(struct.pack(f"{order}2I", *limbs[at : at + 2]))


def found(archive: bytes, secrets: Iterator[bytes]) -> list[bytes]:
    seen = views(archive)
    return [secret for secret in secrets if any(secret in view for view in seen)]


def identity(made: Made) -> Iterator[bytes]:
    places = (HOST, USER, ZONE, f"/home/{USER}", str(made.data_dir), "walrus-folder", "Chatham")
    for text in (*places, str(Path.home())):
        yield from forms(text.encode())


def policy_secrets(made: Made) -> Iterator[bytes]:
    """What tells this policy from others; small numbers are left to the salted hashes."""
    yield from forms(POLICY.name.encode())
    yield from numbers(made.salt)
    assert POLICY.allowlist is not None
    stranger = POLICY.allowlist[-1]
    yield from forms(stranger.to_bytes(19, "big"))
    yield f"{stranger:x}".encode()
    document = strict_json.document(POLICY)
    assert isinstance(document, dict)
    for name, value in document.items():
        if name != "schema":
            yield strict_json.canonical({name: value})[1:-1]


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_holds_the_signing_key_or_names_the_computer(
    made: Made, level: Disclosure
) -> None:
    assert found(made.bundles[level], forms(made.seed)) == []
    assert found(made.bundles[level], forms(made.seed[:16])) == []
    assert found(made.bundles[level], identity(made)) == []


def test_public_holds_nothing_of_the_policy(made: Made) -> None:
    assert found(made.bundles[Disclosure.PUBLIC], policy_secrets(made)) == []


@pytest.mark.parametrize("level", [Disclosure.PUBLIC, Disclosure.AUDITOR])
def test_only_the_owner_gets_the_secret_of_the_hashes(made: Made, level: Disclosure) -> None:
    assert found(made.bundles[level], forms(made.redaction_key)) == []
    for path in ("created_at", "phases", "policy.name", "policy.max_risk_score", "salt"):
        salt = redaction_salt(made.redaction_key, path)
        assert found(made.bundles[level], forms(salt)) == []


def test_the_search_finds_what_is_there(made: Made) -> None:
    auditor, owner = made.bundles[Disclosure.AUDITOR], made.bundles[Disclosure.OWNER]
    assert POLICY.name.encode() in found(auditor, policy_secrets(made))
    assert str(max(made.salt)).encode() in found(auditor, policy_secrets(made))
    assert found(owner, forms(made.redaction_key))


def test_opening_a_field_from_the_command_line(tmp_path: Path) -> None:
    cli = Cli(tmp_path, tmp_path / "data")
    done = cli.run(
        "prove", "--snapshot", "sample", "--policy", "balanced", "--out", "p.zip", "--json"
    )
    short = done.json["id"][:8]
    before = sorted(tmp_path.rglob("*"))
    listed = cli.run("decisions", "export", short, "--level", "public", "--preview", "--json").json
    assert sorted(tmp_path.rglob("*")) == before
    names = [one["reveal"] for one in listed["fields"] if one["reveal"]]
    assert "policy.max_risk_score" in names
    assert "Nothing was written." in cli.run("decisions", "export", short, "--preview").out
    opened = cli.run("decisions", "reveal", short, "--field", "policy.max_risk_score", "--json")
    assert opened.json["value"] == 60
    (tmp_path / "r.json").write_text(opened.out)
    verified = cli.run("verify", "p.zip", "--reveal", "r.json", "--json")
    assert verified.code == 0
    assert verified.json["checks"][-1]["detail"] == "policy.max_risk_score = 60"
    assert verified.json["own_checker"] is True
    (tmp_path / "r.json").write_text(opened.out.replace(": 60", ": 61"))
    assert cli.run("verify", "p.zip", "--reveal", "r.json").code == 1
    assert cli.run("decisions", "reveal", short, "--field", "salt").code == 1
    assert cli.run("decisions", "reveal", short, "--field", "nothing").code == 2
