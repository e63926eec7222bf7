"""Checking an audit bundle, offline: every check by itself, then one verdict."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import oab, shipped
from obsqra_desktop.domain.audit import BundleReport, Check, Outcome, SignerKnown
from obsqra_desktop.domain.errors import InvalidInput, ProofRejected, ToolMissing
from obsqra_desktop.domain.record import Disclosure, VerifierFile
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.services import bundle_checks
from obsqra_desktop.services.bundle_opened import CheckFailed, Opened, expect
from obsqra_desktop.services.ports import BundleFiles, ProverPort, SignatureVerifier

KEY: Final = re.compile(r"(?:0x)?([0-9a-fA-F]{64})")


def parse_key(text: str) -> bytes:
    """A public key typed as 64 hex digits; raises InvalidInput."""
    found = KEY.fullmatch(text.strip())
    if not found:
        raise InvalidInput(
            "A public key is 64 hex digits, or a file that holds them or a signer.json."
        )
    return bytes.fromhex(found[1])


@dataclass(frozen=True)
class CheckedBundle:
    """A bundle's report with its statement and proof, whatever the report says of them."""

    report: BundleReport
    statement: bytes
    proof: bytes


class BundleService:
    """Checks bundles; runs in a thread."""

    def __init__(
        self, files: BundleFiles, prover: ProverPort, signature_is_good: SignatureVerifier
    ) -> None:
        self._files = files
        self._prover = prover
        self._signature_is_good = signature_is_good

    async def verify(
        self, path: Path, key: bytes | None = None, revealed: Path | None = None
    ) -> BundleReport:
        """The report on a file; raises only if a file cannot be read at all.

        `revealed` names a field that its owner opened; that it is the hidden one is checked too.
        """
        return await asyncio.to_thread(self._verify, path, key, revealed)

    async def read_key(self, text: str) -> bytes:
        """A public key from hex digits, or from a file with them or with a signer.json."""
        if KEY.fullmatch(text.strip()):
            return parse_key(text)
        raw = await asyncio.to_thread(self._files.read, Path(text))
        if raw.lstrip().startswith(b"{"):
            return bytes.fromhex(oab.Signer.parse(raw.strip()).public_key)
        return parse_key(raw.decode("ascii", "replace"))

    async def checked(
        self, path: Path, key: bytes | None = None, revealed: Path | None = None
    ) -> "CheckedBundle":
        """The report, and of the same bytes what it is about.

        Raises InvalidInput, BundleDamaged if there is no statement or proof to be found.
        """

        def read() -> CheckedBundle:
            opening = None if revealed is None else self._files.read(revealed)
            archive = self._files.read(path)
            entries = self._files.unpack(archive)
            missing = [one for one in (oab.STATEMENT, oab.PROOF) if one not in entries]
            if missing:
                raise InvalidInput(f"The bundle has no {missing[0]}.")
            report = self.check(archive, key, opening)
            return CheckedBundle(report, entries[oab.STATEMENT], entries[oab.PROOF])

        return await asyncio.to_thread(read)

    async def snapshot(self, path: Path) -> Snapshot:
        """What a bundle says its metrics were; whether it is true is not checked.

        Raises InvalidInput, BundleDamaged.
        """

        def read() -> Snapshot:
            entries = self._files.unpack(self._files.read(path))
            if oab.SNAPSHOT not in entries:
                raise InvalidInput(f"The bundle has no {oab.SNAPSHOT}.")
            return Snapshot.parse(entries[oab.SNAPSHOT])

        return await asyncio.to_thread(read)

    def check(
        self, archive: bytes, key: bytes | None = None, revealed: bytes | None = None
    ) -> BundleReport:
        """The report on an archive's bytes."""
        runner = Runner()
        opened = Opened({})
        runner.run(
            "structure", "The archive is of the strict form", lambda: self._open(opened, archive)
        )
        for check_id, title, check in self._checks(opened):
            runner.run(check_id, title, check)
        manifest: oab.Manifest | None = None
        with suppress(CheckFailed, InvalidInput):
            manifest = opened.manifest
            if oab.shows(manifest.level, Disclosure.AUDITOR):
                for check_id, title, check in self._private_checks(opened):
                    runner.run(check_id, title, check)
        if revealed is not None:
            runner.run(
                "reveal",
                "The opened field is the one that the bundle hides",
                lambda: bundle_checks.revealed(opened, revealed),
            )
        signer = SignerKnown.UNKNOWN
        try:
            key_id = opened.signer.key_id
        except (CheckFailed, InvalidInput):
            key_id = None
        if key is not None:
            runner.run(
                "signer", "The signer is the one you named", lambda: self._named(opened, key)
            )
            good = runner.passed("signer") and runner.passed("signature")
            signer = SignerKnown.KNOWN if good else SignerKnown.MISMATCH
        level, decision_id = (manifest.level, manifest.decision) if manifest else (None, None)
        copy = opened.entries.get(oab.CHECKER)
        return BundleReport(
            tuple(runner.checks),
            level,
            decision_id,
            key_id,
            signer,
            own_checker=None if copy is None else copy == shipped.plain_verifier(),
        )

    def _verify(self, path: Path, key: bytes | None, revealed: Path | None) -> BundleReport:
        opening = None if revealed is None else self._files.read(revealed)
        return self.check(self._files.read(path), key, opening)

    def _checks(self, opened: Opened) -> tuple[tuple[str, str, Callable[[], str]], ...]:
        return (
            (
                "manifest",
                "Every file is the one in the manifest, and no other is there",
                lambda: bundle_checks.manifest(opened),
            ),
            ("signature", "The signatures are good", lambda: self._signatures(opened)),
            (
                "subjects",
                "What was signed is this manifest",
                lambda: bundle_checks.subjects(opened),
            ),
            ("schema", "Every document has its strict form", lambda: bundle_checks.schema(opened)),
            (
                "snapshot",
                "The snapshot is the one in the statement",
                lambda: bundle_checks.snapshot(opened),
            ),
            ("model", "The model is the one in the statement", lambda: bundle_checks.model(opened)),
            (
                "documents",
                "The readable files say what the statement says",
                lambda: bundle_checks.documents(opened),
            ),
            (
                "evaluation",
                "Scores and model verdicts follow from the metrics",
                lambda: bundle_checks.evaluation(opened),
            ),
            (
                "parameters",
                "The proof's parameters are those of this verifier",
                lambda: self._parameters(opened),
            ),
            ("proof", "The native verifier accepts the proof", lambda: self._proof(opened)),
        )

    def _private_checks(self, opened: Opened) -> tuple[tuple[str, str, Callable[[], str]], ...]:
        return (
            (
                "opening",
                "The disclosed policy opens the commitment",
                lambda: bundle_checks.opening(opened),
            ),
            (
                "decision",
                "Deciding again gives the same answer",
                lambda: bundle_checks.decision(opened),
            ),
        )

    def _open(self, opened: Opened, archive: bytes) -> str:
        opened.entries.update(self._files.unpack(archive))
        return f"{len(opened.entries)} files"

    def _signatures(self, opened: Opened) -> str:
        public = bytes.fromhex(opened.signer.public_key)
        found = oab.envelopes(opened.raw(oab.ATTESTATIONS))
        for number, envelope in enumerate(found, 1):
            named = envelope.signatures[0].keyid
            expect(named == opened.signer.key_id, f"signature {number} names another key")
            message = oab.signing_bytes(envelope.message())
            expect(
                self._signature_is_good(public, message, envelope.signature()),
                f"signature {number} does not belong to the key in the bundle",
            )
        return f"{len(found)} signatures by the key in the bundle"

    def _parameters(self, opened: Opened) -> str:
        own = VerifierFile.of(self._prover.info())
        expect(
            own.same_parameters(opened.verifier),
            "the bundle claims other parameters or another security than this verifier knows",
        )
        return f"{own.conjectured_bits} bits conjectured, {own.proven_bits} proven; unaudited"

    def _proof(self, opened: Opened) -> str:
        result = self._prover.verify(opened.raw(oab.STATEMENT), opened.raw(oab.PROOF))
        return f"{result.verifier} verifier, {result.seconds * 1000:.1f} ms"

    def _named(self, opened: Opened, key: bytes) -> str:
        expect(opened.signer.public_key == key.hex(), "the bundle was signed with another key")
        return opened.signer.key_id


class Runner:
    """Runs checks one after the other; after a broken archive all others are skipped."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def passed(self, check_id: str) -> bool:
        """Whether a check that ran passed."""
        return any(one.id == check_id and one.outcome is Outcome.PASS for one in self.checks)

    def run(self, check_id: str, title: str, check: Callable[[], str]) -> None:
        """Run one check and note how it went."""
        outcome, detail = self._outcome(check_id, check)
        self.checks.append(Check(check_id, title, outcome, detail))

    def _outcome(self, check_id: str, check: Callable[[], str]) -> tuple[Outcome, str]:
        if check_id != "structure" and not self.passed("structure"):
            return Outcome.SKIPPED, "the archive could not be opened"
        try:
            return Outcome.PASS, check()
        except CheckFailed as error:
            return Outcome.FAIL, str(error)
        except ProofRejected as error:
            return Outcome.FAIL, f"the verifier says: {error.reason}"
        except InvalidInput as error:
            return Outcome.FAIL, error.detail
        except ToolMissing as error:
            return Outcome.SKIPPED, error.detail
