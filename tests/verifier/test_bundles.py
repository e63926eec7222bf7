"""Bundles: honest ones are VALID, each tampered one is INVALID for the right reason."""

import io
import json
import stat
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verifier.loading import (
    FILE,
    GOLDEN,
    KEY,
    KINDS,
    LINES,
    MANIFEST,
    SIGNER,
    attestation,
    changed_json,
    failures,
    golden,
    info,
    line,
    pack,
    pair,
    report,
    sealed,
    sha256,
    vb,
)

LEVELS = ("public", "auditor", "owner")
PUBLIC = KEY.public_key().public_bytes_raw()


def run(*words: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The file alone, in isolated mode, with an empty environment."""
    command = [sys.executable, "-I", "-S", str(FILE), *words]
    return subprocess.run(
        command, cwd=folder, env={}, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.mark.parametrize("level", LEVELS)
def test_honest_bundles_are_valid(level: str) -> None:
    archive = pack(sealed(golden(), level))
    found = report(archive)
    assert found["bundle"] == "VALID", found
    assert (found["level"], found["signer"]) == (level, "unknown")
    assert {one["outcome"] for one in found["checks"]} == {"PASS"}
    private = {"opening", "decision"} & {one["id"] for one in found["checks"]}
    assert len(private) == (0 if level == "public" else 2)


def test_golden_bundle_and_its_signer() -> None:
    archive = GOLDEN.read_bytes()
    assert pack(golden()) == archive  # the one form, made by another program
    key = bytes.fromhex(json.loads(golden()[SIGNER])["public_key"])
    assert report(archive)["signer"] == "unknown"
    known = report(archive, key=key)
    assert (known["bundle"], known["signer"]) == ("VALID", "known")
    other = report(archive, key=PUBLIC)
    assert (other["bundle"], other["signer"]) == ("INVALID", "not the given key")
    assert set(failures(archive, key=PUBLIC)) == {"signer"}


def test_partial() -> None:
    found = report(GOLDEN.read_bytes(), skip_proof=True)
    assert found["bundle"] == "PARTIAL"
    skipped = [one for one in found["checks"] if one["outcome"] == "SKIPPED"]
    assert [one["id"] for one in skipped] == ["proof"]


# --- the archive ---


def archive_with(name: str, data: bytes = b"x", **changes: Any) -> bytes:
    """The golden bundle and one entry more."""
    buffer = io.BytesIO(GOLDEN.read_bytes())
    entry = info(name)
    for key, value in changes.items():
        setattr(entry, key, value)
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of a name that is there already
        archive.writestr(entry, data)
    return buffer.getvalue()


def with_count(count: int) -> bytes:
    archive = GOLDEN.read_bytes()
    return archive[:-14] + struct.pack("<HH", count, count) + archive[-10:]


def many() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(65):
            archive.writestr(info(f"f{number:02}"), b"")
    return buffer.getvalue()


def reordered() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(golden(), reverse=True):
            archive.writestr(info(name), golden()[name])
    return buffer.getvalue()


def shifted() -> bytes:
    """Data before the first entry, with all offsets adjusted: zipfile does not mind."""
    buffer = io.BytesIO(b"#!/bin/sh\n")
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in sorted(golden()):
            archive.writestr(info(name), golden()[name])
    return buffer.getvalue()


def other_local_name() -> bytes:
    """The local header says another name than the directory."""
    archive = GOLDEN.read_bytes()
    return archive.replace(b"README.txt", b"readme.txt", 1)


def wrong_crc() -> bytes:
    archive = bytearray(GOLDEN.read_bytes())
    archive[60] ^= 1
    return bytes(archive)


LINK = {"external_attr": (stat.S_IFLNK | 0o777) << 16}
BOMB = {"compress_type": zipfile.ZIP_DEFLATED}
ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip-slip": (lambda: archive_with("../../evil"), "leads out"),
    "zip-slip inside": (lambda: archive_with("payload/../../evil"), "leads out"),
    "backslashes": (lambda: archive_with("..\\evil"), "leads out"),
    "absolute": (lambda: archive_with("/etc/passwd"), "leads out"),
    "drive": (lambda: archive_with("C:/evil"), "leads out"),
    "unknown name": (lambda: archive_with("payload/extra.json"), "unknown entry"),
    "folder": (lambda: archive_with("zz/", b""), "unknown entry"),
    "duplicate": (lambda: archive_with("payload/verifier.json"), "two entries"),
    "link": (lambda: archive_with("payload/z", b"/etc/passwd", **LINK), "is a link"),
    "bomb": (lambda: archive_with("payload/z", bytes(5 << 20), **BOMB), "is compressed"),
    "huge": (lambda: archive_with("payload/z", bytes((8 << 20) + 1)), "larger than 8 MiB"),
    "too large": (lambda: bytes((16 << 20) + 1), "larger than 16 MiB"),
    "device": (lambda: archive_with("payload/z", external_attr=0o020666 << 16), "unusual"),
    "date": (lambda: archive_with("payload/z", date_time=(2020, 1, 1, 0, 0, 0)), "unusual"),
    "comment": (lambda: archive_with("payload/z", comment=b"hello"), "unusual"),
    "extra field": (lambda: archive_with("payload/z", extra=b"\1\2\0\0"), "unusual"),
    "other maker": (lambda: archive_with("payload/z", create_system=0), "unusual"),
    "many": (many, "more than 64"),
    "no entries": (lambda: pack({}), "no entries"),
    "order": (reordered, "not in order"),
    "trailing": (lambda: GOLDEN.read_bytes() + b"\0", "behind its end"),
    "trailing archive": (lambda: GOLDEN.read_bytes() + pack({"README.txt": b""}), "put in"),
    "leading": (lambda: b"x" + GOLDEN.read_bytes(), "put in"),
    "shifted": (shifted, "before or between"),
    "archive comment": (lambda: GOLDEN.read_bytes()[:-2] + b"\1\0x", "behind its end"),
    "cut": (lambda: GOLDEN.read_bytes()[:-1], "behind its end"),
    "front cut": (lambda: GOLDEN.read_bytes()[1:], "cut"),
    "fewer counted": (lambda: with_count(len(golden()) - 1), "bytes follow"),
    "more counted": (lambda: with_count(len(golden()) + 1), "cut short"),
    "none counted": (lambda: with_count(0), "no entries"),
    "two names": (other_local_name, "two different headers"),
    "crc": (wrong_crc, "is damaged"),
    "empty": (lambda: b"", "no zip"),
    "text": (lambda: b"PK" + b"hello" * 100, "no zip"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives(name: str) -> None:
    make, expected = ARCHIVES[name]
    archive = make()
    found = report(archive)
    assert found["bundle"] == "INVALID"
    assert set(failures(archive)) == {"structure"}
    assert expected in failures(archive)["structure"]
    assert {one["outcome"] for one in found["checks"][1:]} == {"SKIPPED"}


def test_every_byte_of_the_archive_frame_counts() -> None:
    """Headers and directory: any other byte is refused by the archive itself."""
    archive = GOLDEN.read_bytes()
    frame = [*range(30), *range(len(archive) - 400, len(archive))]
    for at in frame:
        changed = archive[:at] + bytes([archive[at] ^ 1]) + archive[at + 1 :]
        with pytest.raises(vb.Rejected):
            vb.unzip(changed)


@pytest.mark.parametrize("name", sorted(golden()))
def test_one_bit_of_every_entry(name: str) -> None:
    entries = golden()
    data = bytearray(entries[name])
    data[len(data) // 2] ^= 1
    found = failures(pack({**entries, name: bytes(data)}), skip_proof=True)
    if name == MANIFEST:
        assert set(found) & {"manifest", "subjects"}
    elif name == LINES:
        assert set(found) & {"signature"}
    else:
        assert name in found["manifest"]


@pytest.mark.parametrize("name", sorted(golden()))
def test_every_entry_is_needed(name: str) -> None:
    entries = golden()
    del entries[name]
    found = failures(pack(entries))
    assert any("missing" in reason for reason in found.values())


# --- what is signed ---


def test_dropped_reordered_and_added_lines() -> None:
    entries = golden()
    first, second, _ = entries[LINES].split(b"\n")
    for lines in (
        [first],
        [second],
        [second, first],
        [first, first],
        [first, second, second],
        [first, second, first],
    ):
        found = failures(pack({**entries, LINES: b"\n".join(lines) + b"\n"}), skip_proof=True)
        assert found == {"subjects": "a signed statement is missing, was added or moved"}
    for raw in (b"", b"\n", first, first + b"\n" + second, first + b"\n\n" + second + b"\n"):
        assert "signature" in failures(pack({**entries, LINES: raw}), skip_proof=True)
    long = b"\n".join([first] * 9) + b"\n"
    assert "too many" in failures(pack({**entries, LINES: long}), skip_proof=True)["signature"]


def test_foreign_key() -> None:
    """Signed by one key, handed out with another: a failed check, whoever is asked for."""
    entries = golden()
    foreign = sealed(entries)
    mixed = {**entries, SIGNER: foreign[SIGNER]}
    assert {"manifest", "signature"} <= set(failures(pack(mixed), skip_proof=True))
    stolen = {**foreign, LINES: entries[LINES]}
    assert "names another key" in failures(pack(stolen), skip_proof=True)["signature"]
    # signed anew all over: valid, but only for those who do not ask whose key it is
    key = bytes.fromhex(json.loads(entries[SIGNER])["public_key"])
    assert report(pack(foreign))["bundle"] == "VALID"
    assert report(pack(foreign), key=key)["signer"] == "not the given key"
    assert report(pack(foreign), key=key)["bundle"] == "INVALID"


def test_signature_by_another_key_under_the_right_name() -> None:
    entries = sealed(golden())
    mine, second, _ = entries[LINES].split(b"\n")
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    payload = vb.parse_envelopes(mine + b"\n")[0][1]
    forged = json.loads(line(payload, other))
    forged["signatures"][0]["keyid"] = sha256(PUBLIC)
    lines = rfc8785.dumps(forged) + b"\n" + second + b"\n"
    found = failures(pack({**entries, LINES: lines}), key=PUBLIC, skip_proof=True)
    assert "does not belong" in found["signature"]
    assert report(pack({**entries, LINES: lines}), key=PUBLIC)["signer"] == "not the given key"


def resigned(change: Callable[[dict[str, Any]], None], which: int = 0) -> dict[str, str]:
    """Failures after one signed statement was changed and signed again."""
    entries = sealed(golden())
    lines = entries[LINES].split(b"\n")[:-1]
    statement = json.loads(vb.parse_envelopes(lines[which] + b"\n")[0][1])
    change(statement)
    lines[which] = line(rfc8785.dumps(statement))[:-1]
    return failures(pack({**entries, LINES: b"\n".join(lines) + b"\n"}), skip_proof=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(subject=[]),
        lambda s: s.update(subject=s["subject"] * 2),
        lambda s: s["subject"][0].update(name="other.json"),
        lambda s: s["subject"][0].update(digest={"sha256": "00" * 32}),
        lambda s: s["subject"][0]["digest"].update(sha512="00" * 64),
        lambda s: s.update(_type="https://in-toto.io/Statement/v0.1"),
        lambda s: s.update(predicateType=KINDS[1]),
        lambda s: s.update(predicateType="https://example.com"),
        lambda s: s["predicate"].update(level="public"),
        lambda s: s["predicate"].update(decision="00" * 16),
        lambda s: s["predicate"].update(statementDigest="00" * 32),
        lambda s: s["predicate"].update(policyCommitment="00" * 32),
        lambda s: s["predicate"].update(proofSha256="00" * 32),
        lambda s: s["predicate"].update(more=1),
        lambda s: s.update(more=1),
    ],
)
def test_signed_statement_about_something_else(change: Callable[[dict[str, Any]], None]) -> None:
    found = resigned(change)
    assert found == {"subjects": "a signed statement is about something else"}


def test_result_statement_of_another_form() -> None:
    assert "subjects" in resigned(lambda s: s["predicate"].update(more=1), 1)
    assert "subjects" in resigned(lambda s: s["predicate"].update(timeCreated="today"), 1)


def test_payload_that_is_not_canonical() -> None:
    entries = sealed(golden())
    payload = attestation(entries[MANIFEST], KINDS[0], {}) + b" "
    second = entries[LINES].split(b"\n")[1]
    lines = line(payload) + second + b"\n"
    found = failures(pack({**entries, LINES: lines}), skip_proof=True)
    assert "canonical" in found["subjects"]


# --- the manifest ---


def remade(change: Callable[[dict[str, Any]], None]) -> dict[str, str]:
    """Failures of a bundle whose maker lies in the manifest and signs that."""
    entries = sealed(golden())
    manifest = json.loads(entries[MANIFEST])
    change(manifest)
    return failures(pack(sealed(golden(), manifest_changes=manifest)), skip_proof=True)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda m: m["files"][0].update(sha256="00" * 32), "README.txt was altered"),
        (lambda m: m["files"][0].update(size=1), "README.txt was altered"),
        (lambda m: m["files"][0].update(role="proof"), "described wrongly"),
        (lambda m: m["files"][0].update(mediaType="text/html"), "described wrongly"),
        (lambda m: m["files"][0].update(disclosure="owner"), "described wrongly"),
        (lambda m: m["files"][0].update(path="../README.txt"), "not in the manifest"),
        (lambda m: m["files"].pop(), "not in the manifest"),
        (lambda m: m["files"].append(m["files"][0]), "these are not the files"),
        (lambda m: m["files"].reverse(), "these are not the files"),
        (lambda m: m.update(level="public"), "these are not the files"),
        (lambda m: m.update(level="secret"), "form of its schema"),
        (lambda m: m.update(schema="oab/2"), "form of its schema"),
        (lambda m: m.update(decision="zz"), "form of its schema"),
        (lambda m: m.update(extra=None), "form of its schema"),
        (lambda m: m["files"][0].update(extra=1), "form of its schema"),
    ],
)
def test_lying_manifest(change: Callable[[dict[str, Any]], None], expected: str) -> None:
    assert expected in remade(change)["manifest"]


def test_manifest_that_expects_other_statements_or_another_decision() -> None:
    assert "expects" in remade(lambda m: m.update(statements=KINDS[:1]))["subjects"]
    entries = sealed(
        golden(), manifest_changes={"decision": "00" * 16}, said={"decision": "00" * 16}
    )
    found = failures(pack(entries), skip_proof=True)
    assert "does not belong to the statement" in found["subjects"]


README_SIZE = b'"size":%d' % len(golden()["README.txt"])


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw + b"\n",
        lambda raw: b" " + raw,
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b'"level":', b'"level" :'),
        lambda raw: raw.replace(b"oab/1", b"oab\\/1"),
        lambda raw: raw.replace(b"oab/1", b"\\u006fab/1"),
        lambda raw: raw[:-1] + b',"level":"owner"}',
        lambda raw: json.dumps(dict(reversed(json.loads(raw).items()))).encode(),
        lambda raw: raw.replace(README_SIZE, b'"size":1427.0'),
        lambda raw: raw.replace(README_SIZE, b'"size":1.427e3'),
        lambda raw: raw.replace(README_SIZE, b'"size":' + b"9" * 5000),
        lambda raw: raw.replace(README_SIZE, b'"size":NaN'),
        lambda raw: raw.replace(README_SIZE, b'"size":-0'),
        lambda raw: b"[" * 200_000,
        lambda raw: raw.replace(b"owner", b"\xff"),
        lambda raw: raw.replace(b"owner", b"\\ud800"),
        lambda raw: b"",
        lambda raw: b"null",
        lambda raw: b"{" * 300_000,
    ],
)
def test_manifest_that_is_not_canonical(change: Callable[[bytes], bytes]) -> None:
    entries = golden()
    raw = change(entries[MANIFEST])
    assert raw != entries[MANIFEST]
    found = report(pack({**entries, MANIFEST: raw}), skip_proof=True)
    assert found["bundle"] == "INVALID"
    assert "manifest" in failures(pack({**entries, MANIFEST: raw}), skip_proof=True)


# --- the content: a dishonest maker who signs it all ---


def sealed_with(**files: bytes) -> dict[str, str]:
    entries = golden()
    for name, data in files.items():
        entries["payload/" + name.replace("_", ".")] = data
    return failures(pack(sealed(entries)))


def payload(name: str) -> bytes:
    return golden()["payload/" + name]


def test_other_snapshot() -> None:
    snapshot = json.loads(payload("snapshot.json"))
    snapshot["taken_at"] += 1
    found = sealed_with(snapshot_json=rfc8785.dumps(snapshot))
    assert found == {"snapshot": "the statement is about another snapshot"}
    snapshot["pools"][0]["name"] = "other"
    found = sealed_with(snapshot_json=rfc8785.dumps(snapshot))
    assert set(found) == {"snapshot", "documents"}
    del snapshot["pools"][0]["sources"]
    assert "schema" in sealed_with(snapshot_json=rfc8785.dumps(snapshot))


def test_other_model() -> None:
    model = json.loads(payload("model.json"))
    model["weights"]["b1"][0] += 1
    assert sealed_with(model_json=rfc8785.dumps(model)) == {"model": "the weights differ"}
    for weights in ([0], [True] * 8, ["0"] * 8, None):
        model["weights"]["b1"] = weights
        assert "schema" in sealed_with(model_json=rfc8785.dumps(model))
    for changes in ({"weights": None}, {"card": {}}, {"classes": ["a"] * 3}, {"features": []}):
        assert "schema" in sealed_with(model_json=changed_json(payload("model.json"), **changes))
    other = changed_json(payload("model.json"), schema="obsqra/model/2")
    assert "schema" in sealed_with(model_json=other)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("statement", "decision", "hold"),
        ("statement", "idle_bps", 1),
        ("statement", "nonce", "1"),
        ("statement", "account", "0x1"),
        ("statement", "rule_id", 2),
        ("statement", "more", True),
        ("output", "decision", "hold"),
        ("output", "allocation", []),
        ("output", "rule", "risk-engine-v4"),
        ("output", "idle_bps", 1),
    ],
)
def test_readable_files_that_lie(name: str, key: str, value: object) -> None:
    lie = changed_json(payload(f"{name}.json"), **{key: value})
    found = sealed_with(**{f"{name}_json": lie})
    assert found == {"documents": f"{name}.json says something else than the statement"}


def test_parameters_that_lie() -> None:
    for changes in ({"conjectured_bits": 128}, {"queries": 40}, {"audited": True}, {"more": 1}):
        lie = changed_json(payload("verifier.json"), **changes)
        assert set(sealed_with(verifier_json=lie)) == {"parameters"}
    newer = changed_json(payload("verifier.json"), version="0.2.0", note="n")
    assert sealed_with(verifier_json=newer) == {}


def test_other_proofs() -> None:
    proof = payload("proof.bin")
    changed = proof[:9000] + bytes([proof[9000] ^ 1]) + proof[9001:]
    assert set(sealed_with(proof_bin=changed)) == {"proof"}
    assert sealed_with(proof_bin=pair(0)[1])["proof"].endswith("(grinding)")
    assert "cut short" in sealed_with(proof_bin=b"")["proof"]


def statement_with(at: int, value: int) -> bytes:
    raw = payload("statement.bin")
    return raw[:at] + struct.pack("<I", value) + raw[at + 4 :]


SCORE, CLASS, FLAG, SHARE = (548 + 56, 548 + 60, 548 + 64, 548 + 68)
SECOND = 72


def test_other_statements() -> None:
    """Each number of the statement changed by its own maker: what shows it, beside the proof."""
    found = sealed_with(statement_bin=statement_with(SCORE, 45))
    assert "its score is 44" in found["evaluation"]
    assert {"proof", "documents"} <= set(found)
    raw = statement_with(CLASS, 0)
    raw = raw[:FLAG] + struct.pack("<I", 0) + raw[FLAG + 4 :]
    assert "its class is 2" in sealed_with(statement_bin=raw)["evaluation"]
    hold = statement_with(len(payload("statement.bin")) - 8, 0)
    found = sealed_with(statement_bin=hold)
    assert "yet the decision is hold" in found["evaluation"]
    assert "decision" in found
    moved = statement_with(SHARE, 4001)
    moved = moved[: SHARE + SECOND] + struct.pack("<I", 5999) + moved[SHARE + SECOND + 4 :]
    found = sealed_with(statement_bin=moved)
    assert found["decision"] == "the policy demands the allocation [4000, 6000]"
    assert "proof" in found
    commitment = statement_with(512, 7)
    assert {"opening", "proof"} <= set(sealed_with(statement_bin=commitment))
    chain = statement_with(24, 1)
    assert "chain differs" in sealed_with(statement_bin=chain)["snapshot"]
    block = statement_with(136, 1)
    assert "block differs" in sealed_with(statement_bin=block)["snapshot"]


def test_broken_statement_is_reported_once() -> None:
    found = report(pack(sealed(golden() | {"payload/statement.bin": payload("statement.bin") * 2})))
    assert found["bundle"] == "INVALID"
    outcomes = {one["id"]: one["outcome"] for one in found["checks"]}
    assert outcomes["subjects"] == "FAIL"
    assert outcomes["snapshot"] == outcomes["proof"] == outcomes["opening"] == "SKIPPED"


@pytest.mark.parametrize(
    ("key", "value", "check"),
    [
        ("max_allocation_bps", 5999, "opening"),
        ("min_pools", 1, "opening"),
        ("max_risk_score", 61, "opening"),
        ("max_volatility_bps", 5001, "opening"),
        ("min_liquidity_tier", 0, "opening"),
        ("exclude_flagged", True, "opening"),
        ("allowlist", [], "opening"),
        ("max_allocation_bps", 0, "schema"),
        ("min_pools", True, "schema"),
        ("exclude_flagged", 1, "schema"),
        ("allowlist", ["0x01"], "schema"),
        ("allowlist", ["0x1", "0x1"], "opening"),
        ("name", "evil\u202etxt", "schema"),
    ],
)
def test_other_policy(key: str, value: object, check: str) -> None:
    opening = json.loads(payload("policy.json"))
    opening["policy"][key] = value
    assert check in sealed_with(policy_json=rfc8785.dumps(opening))


def test_other_salt() -> None:
    opening = json.loads(payload("policy.json"))
    opening["salt"][7] ^= 1
    assert set(sealed_with(policy_json=rfc8785.dumps(opening))) == {"opening"}
    opening["salt"][7] = vb.P
    assert "schema" in sealed_with(policy_json=rfc8785.dumps(opening))


def test_explicit_allowlist_opens_the_same_mask() -> None:
    """The mask has a bit for each pool of the statement, however the policy names them."""
    opening = json.loads(payload("policy.json"))
    opening["policy"]["allowlist"] = [
        pool["id"] for pool in json.loads(payload("snapshot.json"))["pools"]
    ]
    assert sealed_with(policy_json=rfc8785.dumps(opening)) == {}


# --- the command line ---


def test_exit_codes(tmp_path: Path) -> None:
    file, key = tmp_path / "x.oab.zip", tmp_path / "signer.json"
    file.write_bytes(pack(sealed(golden())))
    key.write_bytes(golden()[SIGNER])
    (tmp_path / "hex").write_text("0x" + PUBLIC.hex() + "\n")
    broken = tmp_path / "broken.zip"
    broken.write_bytes(file.read_bytes()[:-9])
    for words, code, said in (
        ([str(file)], 0, "Bundle: VALID"),
        ([str(file), "--key", PUBLIC.hex()], 0, "the key that you gave"),
        ([str(file), "--key", str(tmp_path / "hex")], 0, "the key that you gave"),
        ([str(file), "--key", str(key)], 1, "NOT the key"),
        ([str(file), "--skip-proof"], 2, "Bundle: PARTIAL"),
        ([str(broken)], 1, "Bundle: INVALID"),
        ([str(tmp_path / "missing")], 1, "Bundle: INVALID"),
        ([str(tmp_path)], 1, "Bundle: INVALID"),
        (["/dev/zero"], 1, "Bundle: INVALID"),
        (["\u00e4"], 1, "Bundle: INVALID"),
    ):
        done = run(*words, folder=tmp_path)
        assert (done.returncode, done.stderr) == (code, ""), done
        assert said in done.stdout
        assert done.stdout.isascii()


@pytest.mark.parametrize(
    "words",
    [[], ["a", "b"], ["a", "--nope"], ["a", "--key"], ["a", "--key", "12"], ["a", "--key", "/"]],
)
def test_usage(words: list[str], tmp_path: Path) -> None:
    done = run(*words, folder=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "Traceback" not in done.stderr
    assert "--help" in done.stderr


def test_json(tmp_path: Path) -> None:
    file = tmp_path / "x.oab.zip"
    file.write_bytes(GOLDEN.read_bytes())
    found = json.loads(run(str(file), "--json").stdout)
    assert (found["bundle"], found["signer"], found["level"]) == ("VALID", "unknown", "owner")
    assert found["key_id"] == json.loads(golden()[SIGNER])["key_id"]
    assert [one["outcome"] for one in found["checks"]] == ["PASS"] * 13
    missing = json.loads(run(str(tmp_path / "none"), "--json").stdout)
    assert (missing["bundle"], missing["signer"]) == ("INVALID", "unreadable")


def test_empty_folder_and_environment(tmp_path: Path) -> None:
    """A copy in an empty folder needs nothing and leaves nothing."""
    script, bundle = tmp_path / "verify_bundle.py", tmp_path / "x.oab.zip"
    script.write_bytes(FILE.read_bytes())
    bundle.write_bytes(GOLDEN.read_bytes())
    command = [sys.executable, "-I", "-S", script.name, bundle.name]
    done = subprocess.run(
        command, cwd=tmp_path, env={}, capture_output=True, text=True, timeout=600, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(one.name for one in tmp_path.iterdir()) == [script.name, bundle.name]


def test_only_the_standard_library() -> None:
    import ast

    tree = ast.parse(FILE.read_bytes(), feature_version=(3, 9))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    roots = {name.split(".")[0] for name in names}
    assert roots <= sys.stdlib_module_names
    assert not roots & {"socket", "urllib", "http", "subprocess", "os", "ctypes", "pickle"}


def test_failures_inside_a_check_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(vb, "verify_proof", broken)
    assert "ZeroDivisionError" in failures(GOLDEN.read_bytes())["proof"]


def test_random_archives() -> None:
    import random

    rng = random.Random(7)
    archive = GOLDEN.read_bytes()
    for _ in range(200):
        changed = bytearray(archive)
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(changed))
            changed[at] = rng.randrange(256)
        if bytes(changed) != archive:
            assert report(bytes(changed), skip_proof=True)["bundle"] == "INVALID"
