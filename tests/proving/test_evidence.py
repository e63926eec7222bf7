"""A decision over a measured snapshot: both verifiers accept its bundle, and see one byte of the
bound evidence that was changed."""

import asyncio
import json
from typing import Any

import pytest
import rfc8785

from obsqra_desktop.app import build_services
from obsqra_desktop.domain import oab, shipped, strict_json
from obsqra_desktop.domain.audit import BundleReport, Outcome, Verdict
from obsqra_desktop.domain.record import Disclosure
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.domain.snapshot import EvidenceBinding, Snapshot
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionInput
from tests.verifier.loading import failures, pack, report, sealed, unpack

DIGEST = "0123456789abcdef" * 4
NAME = oab.SNAPSHOT


def measured() -> Snapshot:
    return shipped.sample().model_copy(
        update={
            "chain": "SN_PRACTICE",
            "block_number": 1234,
            "block_timestamp": 1_765_000_000,
            "evidence": EvidenceBinding(digest=DIGEST, definition_version="obsqra-metrics/1"),
        }
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[BundleService, bytes]:
    services = build_services(tmp_path_factory.mktemp("evidence") / "data")
    wanted = DecisionInput(
        measured(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset("aggressive")
    )

    async def bundle() -> bytes:
        record = await services.decisions.prove(wanted)
        assert services.decisions._store.snapshot(record.id) == wanted.snapshot
        return await services.decisions.bundle_bytes(record.id, Disclosure.OWNER)

    return services.bundles, asyncio.run(bundle())


def failed(found: BundleReport) -> set[str]:
    return {one.id for one in found.checks if one.outcome is Outcome.FAIL}


def test_both_verifiers_accept_it(made: tuple[BundleService, bytes]) -> None:
    bundles, archive = made
    native = bundles.check(archive)
    assert native.verdict is Verdict.VALID, failed(native)
    assert report(archive)["bundle"] == "VALID", failures(archive)
    raw = unpack(archive)[NAME]
    assert json.loads(raw)["evidence"]["digest"] == DIGEST
    assert Snapshot.parse(raw) == measured()


def judged(made: tuple[BundleService, bytes], raw: bytes) -> tuple[set[str], set[str]]:
    """What fails natively and plainly in a bundle with this snapshot, signed anew."""
    bundles, archive = made
    forged = pack(sealed({**unpack(archive), NAME: raw}))
    return failed(bundles.check(forged)), set(failures(forged, skip_proof=True))


@pytest.mark.parametrize("place", [0, 1, 31, 63])
def test_one_changed_byte_of_the_bound_digest_is_found(
    made: tuple[BundleService, bytes], place: int
) -> None:
    raw = bytearray(unpack(made[1])[NAME])
    at = raw.index(DIGEST.encode()) + place
    raw[at] = ord("f") if raw[at] != ord("f") else ord("0")
    assert Snapshot.parse(bytes(raw)).digest() != measured().digest()
    native, plain = judged(made, bytes(raw))
    assert (native, plain) == ({"snapshot", "decision"}, {"snapshot"})


def test_a_byte_changed_by_somebody_who_cannot_sign(made: tuple[BundleService, bytes]) -> None:
    bundles, archive = made
    entries = unpack(archive)
    entries[NAME] = entries[NAME].replace(DIGEST.encode(), ("1" + DIGEST[1:]).encode())
    forged = pack(entries)
    assert {"manifest", "snapshot"} <= failed(bundles.check(forged))
    assert {"manifest", "snapshot"} <= set(failures(forged, skip_proof=True))


def test_evidence_cannot_be_dropped_or_swapped(made: tuple[BundleService, bytes]) -> None:
    value: dict[str, Any] = json.loads(unpack(made[1])[NAME])
    without = {key: one for key, one in value.items() if key != "evidence"}
    for document in (
        without,
        {**value, "evidence": {**value["evidence"], "definition_version": "x"}},
    ):
        native, plain = judged(made, rfc8785.dumps(document))
        assert (native, plain) == ({"snapshot", "decision"}, {"snapshot"})


@pytest.mark.parametrize(
    "evidence",
    [
        None,
        {},
        "ab" * 32,
        [],
        {"digest": DIGEST},
        {"definition_version": "obsqra-metrics/1"},
        {"digest": DIGEST.upper(), "definition_version": "x"},
        {"digest": DIGEST[:-1], "definition_version": "x"},
        {"digest": DIGEST + "0", "definition_version": "x"},
        {"digest": DIGEST, "definition_version": ""},
        {"digest": DIGEST, "definition_version": "x" * 41},
        {"digest": DIGEST, "definition_version": "X Y"},
        {"digest": DIGEST, "definition_version": 1},
        {"digest": DIGEST, "definition_version": "x", "extra": 1},
    ],
)
def test_no_evidence_of_another_form(made: tuple[BundleService, bytes], evidence: object) -> None:
    value: dict[str, Any] = {**json.loads(unpack(made[1])[NAME]), "evidence": evidence}
    native, plain = judged(made, rfc8785.dumps(value))
    assert "schema" in native
    assert "schema" in plain


def test_evidence_of_numbers_from_no_chain(made: tuple[BundleService, bytes]) -> None:
    value: dict[str, Any] = json.loads(strict_json.canonical(strict_json.document(measured())))
    value.update(chain=None, block_number=None, block_timestamp=None)
    native, plain = judged(made, rfc8785.dumps(value))
    assert "schema" in native
    assert "snapshot" in plain
