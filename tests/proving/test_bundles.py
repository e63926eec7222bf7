"""Audit bundles with real proofs: what is in them, what is not, and every way to cheat."""

import asyncio
import getpass
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.domain import oab, shipped, strict_json
from obsqra_desktop.domain.audit import BundleReport, Outcome, SignerKnown, Verdict
from obsqra_desktop.domain.errors import InvalidInput, NotFound, ToolMissing
from obsqra_desktop.domain.record import DecisionRecord, Disclosure
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionInput
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.device_key import signature_is_good
from tests.services.stubs import StubProver

ARCHIVE = BundleArchive()
LEVELS = tuple(Disclosure)


@dataclass(frozen=True)
class Made:
    """Two decisions of one device and their bundles."""

    services: Services
    record: DecisionRecord
    bundles: dict[Disclosure, bytes]
    other: dict[Disclosure, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    services = build_services(tmp_path_factory.mktemp("bundles") / "data")

    async def bundles(preset: str) -> tuple[DecisionRecord, dict[Disclosure, bytes]]:
        wanted = DecisionInput(
            shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset(preset)
        )
        record = await services.decisions.prove(wanted)
        return record, {
            level: await services.decisions.bundle_bytes(record.id, level) for level in LEVELS
        }

    record, mine = asyncio.run(bundles("balanced"))
    _, other = asyncio.run(bundles("aggressive"))
    return Made(services, record, mine, other)


def failed(report: BundleReport) -> set[str]:
    return {one.id for one in report.checks if one.outcome is Outcome.FAIL}


class Attacker:
    """Signs whatever it likes with a key of its own."""

    kind = "attacker"

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.generate()

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def forge(self, archive: bytes, changes: dict[str, bytes]) -> bytes:
        """The bundle with these files replaced, and everything hashed and signed anew."""
        entries = ARCHIVE.unpack(archive) | changes
        old = oab.Manifest.parse(entries.pop(oab.MANIFEST))
        lines = oab.envelopes(entries.pop(oab.ATTESTATIONS))
        signer = oab.Signer.of(self.public_key())
        entries[oab.SIGNER] = strict_json.canonical(strict_json.document(signer))
        statement = Statement.decode(entries[oab.STATEMENT])
        predicate = oab.DecisionPredicate(
            decision=statement.digest().hex()[:32],
            level=old.level,
            statementDigest=statement.digest().hex(),
            policyCommitment=oab.attestation(lines[0].message()).predicate.policyCommitment,  # type: ignore[union-attr]
            proofSha256=oab.sha256(entries[oab.PROOF]),
        )
        manifest = oab.Manifest.build(predicate.decision, old.level, entries).encode()
        second = oab.attestation(lines[1].message()).predicate
        entries[oab.ATTESTATIONS] = b"".join(
            oab.attest(manifest, one, self.sign, signer.key_id) for one in (predicate, second)
        )
        entries[oab.MANIFEST] = manifest
        return ARCHIVE.pack(entries)


@pytest.mark.parametrize("level", LEVELS)
def test_valid_at_every_level(made: Made, level: Disclosure) -> None:
    report = made.services.bundles.check(made.bundles[level])
    assert report.verdict is Verdict.VALID, failed(report)
    assert report.level is level
    assert report.decision_id == made.record.id
    assert report.signer is SignerKnown.UNKNOWN
    assert "unknown" in report.signer_line
    ids = {one.id for one in report.checks}
    assert ("opening" in ids) is ("decision" in ids) is (level is not Disclosure.PUBLIC)


@pytest.mark.parametrize("level", LEVELS)
def test_same_bytes_again_even_from_a_new_start(made: Made, level: Disclosure) -> None:
    fresh = build_services(made.services.data_dir)
    again = asyncio.run(fresh.decisions.bundle_bytes(made.record.id, level))
    assert again == made.bundles[level]


def test_levels_hold_what_they_should(made: Made) -> None:
    names = {level: set(ARCHIVE.unpack(made.bundles[level])) for level in LEVELS}
    added = names[Disclosure.AUDITOR] - names[Disclosure.PUBLIC]
    assert added == {oab.POLICY}
    assert names[Disclosure.OWNER] - names[Disclosure.AUDITOR] == {oab.OWNER}


def test_public_shows_nothing_private(made: Made) -> None:
    private = made.services.decisions._store.private(made.record.id)
    archive = made.bundles[Disclosure.PUBLIC]
    salt = b",".join(b"%d" % limb for limb in private.salt)
    for secret in (
        b"Balanced",
        b'"max_risk_score":60',
        salt,
        private.redaction_key.encode(),
        bytes.fromhex(private.redaction_key),
    ):
        assert secret not in archive
    assert private.redaction_key.encode() not in made.bundles[Disclosure.AUDITOR]
    assert salt in made.bundles[Disclosure.AUDITOR]


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_names_this_computer(made: Made, level: Disclosure) -> None:
    archive = made.bundles[level]
    places = [str(made.services.data_dir), str(Path.home()), "/home/"]
    names = [name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 4]
    for text in (*places, *names):  # a shorter name is found in any base64
        assert text.encode() not in archive


def test_withheld_values_cannot_be_guessed_but_can_be_opened(made: Made) -> None:
    import hashlib
    import json

    from obsqra_desktop.domain.redaction import redaction_salt

    entries = ARCHIVE.unpack(made.bundles[Disclosure.PUBLIC])
    fields = {one["path"]: one["sha256"] for one in json.loads(entries[oab.REDACTED])["fields"]}
    value = strict_json.canonical(["policy.max_risk_score", 60])
    assert fields["policy.max_risk_score"] != hashlib.sha256(value).hexdigest()
    key = bytes.fromhex(made.services.decisions._store.private(made.record.id).redaction_key)
    opened = hashlib.sha256(redaction_salt(key, "policy.max_risk_score") + value).hexdigest()
    assert fields["policy.max_risk_score"] == opened
    assert not json.loads(ARCHIVE.unpack(made.bundles[Disclosure.OWNER])[oab.REDACTED])["fields"]


@pytest.mark.parametrize("level", LEVELS)
def test_a_changed_bit_in_any_file_is_noticed(made: Made, level: Disclosure) -> None:
    entries = ARCHIVE.unpack(made.bundles[level])
    for name, data in entries.items():
        for at in {0, len(data) // 2, len(data) - 1}:
            changed = bytearray(data)
            changed[at] ^= 1
            report = made.services.bundles.check(ARCHIVE.pack(entries | {name: bytes(changed)}))
            assert report.verdict is Verdict.INVALID, name


def test_missing_and_extra_files(made: Made) -> None:
    entries = ARCHIVE.unpack(made.bundles[Disclosure.AUDITOR])
    for name in entries:
        less = {key: value for key, value in entries.items() if key != name}
        assert made.services.bundles.check(ARCHIVE.pack(less)).verdict is Verdict.INVALID, name
    more = entries | {"payload/extra.json": b"{}"}
    assert failed(made.services.bundles.check(ARCHIVE.pack(more))) == {"manifest"}
    leaked = ARCHIVE.unpack(made.bundles[Disclosure.PUBLIC]) | {oab.POLICY: entries[oab.POLICY]}
    assert failed(made.services.bundles.check(ARCHIVE.pack(leaked))) == {"manifest"}


def test_dropped_swapped_and_doubled_statements(made: Made) -> None:
    entries = ARCHIVE.unpack(made.bundles[Disclosure.PUBLIC])
    first, second = entries[oab.ATTESTATIONS].splitlines(keepends=True)
    foreign = ARCHIVE.unpack(made.other[Disclosure.PUBLIC])[oab.ATTESTATIONS]
    for lines in (first, second, second + first, first + first + second, foreign, b"", b"{}\n"):
        report = made.services.bundles.check(ARCHIVE.pack(entries | {oab.ATTESTATIONS: lines}))
        assert "subjects" in failed(report), lines[:20]


FORGERIES: dict[str, Callable[[dict[str, bytes], dict[str, bytes]], dict[str, bytes]]] = {
    "proof of another decision": lambda _, other: {oab.PROOF: other[oab.PROOF]},
    "proof cut": lambda mine, _: {oab.PROOF: mine[oab.PROOF][:-1]},
    "no proof": lambda _, __: {oab.PROOF: b""},
    "statement of another decision": lambda _, other: {oab.STATEMENT: other[oab.STATEMENT]},
    "readable statement": lambda mine, _: {
        oab.STATEMENT_TEXT: mine[oab.STATEMENT_TEXT].replace(b'"idle_bps":0', b'"idle_bps":1')
    },
    "readable output": lambda mine, _: {
        oab.OUTPUT: mine[oab.OUTPUT].replace(b"rebalance", b"hold")
    },
    "snapshot": lambda mine, _: {
        oab.SNAPSHOT: mine[oab.SNAPSHOT].replace(b'"apy_bps":850', b'"apy_bps":851')
    },
    "source of a metric": lambda mine, _: {
        oab.SNAPSHOT: mine[oab.SNAPSHOT].replace(b'"assumed"', b'"measured"')
    },
    "model": lambda _, __: {
        oab.MODEL: strict_json.canonical(strict_json.document(shipped.model("risk-tier-mlp-v1")))
    },
    "security claim": lambda mine, _: {
        oab.VERIFIER: mine[oab.VERIFIER].replace(b'_list_bits":', b'_list_bits":1')
    },
    "audited": lambda mine, _: {
        oab.VERIFIER: mine[oab.VERIFIER].replace(b'"audited":false', b'"audited":true')
    },
    "policy": lambda mine, _: {
        oab.POLICY: mine[oab.POLICY].replace(b'"max_risk_score":60', b'"max_risk_score":61')
    },
    "salt": lambda _, other: {oab.POLICY: other[oab.POLICY]},
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forged_and_signed_anew_by_somebody_else(made: Made, name: str) -> None:
    mine = made.bundles[Disclosure.AUDITOR]
    changes = FORGERIES[name](ARCHIVE.unpack(mine), ARCHIVE.unpack(made.other[Disclosure.AUDITOR]))
    assert changes != {key: ARCHIVE.unpack(mine)[key] for key in changes}
    report = made.services.bundles.check(Attacker().forge(mine, changes))
    assert report.verdict is Verdict.INVALID
    assert not failed(report) & {"structure", "manifest", "signature"}


def test_true_content_signed_by_somebody_else(made: Made) -> None:
    attacker = Attacker()
    forged = attacker.forge(made.bundles[Disclosure.PUBLIC], {})
    check = made.services.bundles.check
    assert check(forged).verdict is Verdict.VALID
    assert check(forged).signer is SignerKnown.UNKNOWN
    trusted = made.services.signer.public_key()
    report = check(forged, trusted)
    assert report.verdict is Verdict.INVALID
    assert failed(report) == {"signer"}
    assert "NOT the key" in report.signer_line
    assert check(forged, attacker.public_key()).signer is SignerKnown.KNOWN
    known = check(made.bundles[Disclosure.PUBLIC], trusted)
    assert known.verdict is Verdict.VALID
    assert known.signer is SignerKnown.KNOWN


def test_without_the_verifier_it_is_partial(made: Made) -> None:
    missing = ToolMissing("not here")
    prover = StubProver(on_info=missing, on_verify=missing)
    report = BundleService(ARCHIVE, prover, signature_is_good).check(
        made.bundles[Disclosure.PUBLIC]
    )
    assert report.verdict is Verdict.PARTIAL
    skipped = {one.id for one in report.checks if one.outcome is Outcome.SKIPPED}
    assert skipped == {"parameters", "proof"}


@pytest.mark.parametrize("raw", [b"", b"PK", b"\0" * 100, b"PK\x03\x04" + b"\xff" * 100])
def test_no_archive_at_all(made: Made, raw: bytes) -> None:
    report = made.services.bundles.check(raw)
    assert report.verdict is Verdict.INVALID
    assert failed(report) == {"structure"}
    assert report.level is None
    assert report.signer_line == "Signer: unreadable."


def test_keys_are_read_from_text_or_file(made: Made, tmp_path: Path) -> None:
    service, key = made.services.bundles, made.services.signer.public_key()
    entries = ARCHIVE.unpack(made.bundles[Disclosure.PUBLIC])
    (tmp_path / "signer.json").write_bytes(entries[oab.SIGNER])
    (tmp_path / "key.txt").write_text(key.hex() + "\n")
    for text in (
        key.hex(),
        "0x" + key.hex().upper(),
        tmp_path / "signer.json",
        tmp_path / "key.txt",
    ):
        assert asyncio.run(service.read_key(str(text))) == key
    (tmp_path / "bad.txt").write_text("hello")
    with pytest.raises(InvalidInput):
        asyncio.run(service.read_key(str(tmp_path / "bad.txt")))
    with pytest.raises(NotFound):
        asyncio.run(service.read_key("12ab"))


def test_readme_says_what_is_not_shown(made: Made) -> None:
    text = ARCHIVE.unpack(made.bundles[Disclosure.PUBLIC])[oab.README].decode("ascii")
    for words in ("What it does not show", "metrics are true", "wise", "unaudited", "native"):
        assert words in text


@pytest.mark.parametrize(
    "name", [oab.MODEL, oab.VERIFIER, oab.REDACTED, oab.SNAPSHOT, oab.POLICY, oab.OWNER]
)
@pytest.mark.parametrize("change", [b" ", b"x"])
def test_a_signed_document_must_be_canonical(made: Made, name: str, change: bytes) -> None:
    archive = made.bundles[Disclosure.OWNER]
    document = ARCHIVE.unpack(archive)[name]
    report = made.services.bundles.check(Attacker().forge(archive, {name: document + change}))
    assert report.verdict is Verdict.INVALID
    assert "schema" in failed(report)
