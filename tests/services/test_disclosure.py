"""What is announced about a bundle is what is in it; what is hidden opens field by field."""

import asyncio
import base64
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain import oab, shipped, strict_json
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.disclosure import SALT, FieldLine, Visibility, preview
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import DecisionRecord, Disclosure
from obsqra_desktop.domain.redaction import Revealed, hidden_paths
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.decisions import DecisionInput, DecisionService
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.device_key import signature_is_good
from tests.services.stubs import StubProver, service_with

ARCHIVE = BundleArchive()
LEVELS = tuple(Disclosure)
PUBLIC, AUDITOR, OWNER = LEVELS


@dataclass(frozen=True)
class Kept:
    """A decision in a folder of its own."""

    service: DecisionService
    record: DecisionRecord

    def entries(self, level: Disclosure) -> dict[str, bytes]:
        archive = asyncio.run(self.service.bundle_bytes(self.record.id, level))
        return ARCHIVE.unpack(archive)


def kept(folder: Path, policy: Policy | None = None, seed: int = 3, model: int = 1) -> Kept:
    service = service_with(folder, StubProver(), seed)
    wanted = DecisionInput(
        shipped.sample(),
        OBSQRA_V1_2,
        shipped.model(shipped.MODEL_NAMES[model]),
        policy or shipped.preset("balanced"),
    )
    return Kept(service, asyncio.run(service.prove(wanted)))


@pytest.fixture
def mine(data_dir: Path) -> Kept:
    return kept(data_dir)


def leaves(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all values, without the marks of lists."""
    if isinstance(value, dict):
        for key, inner in value.items():
            below = f"{path}.{key}" if path else key
            yield from ([below] if key == "phases" else leaves(inner, below))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path


def fields_of(entries: dict[str, bytes]) -> set[tuple[str, str]]:
    """File and path of everything that a bundle says."""
    found: set[tuple[str, str]] = set()
    for name, data in entries.items():
        if name == oab.ATTESTATIONS:
            for line in data.splitlines():
                envelope = json.loads(line)
                inner = leaves(json.loads(base64.b64decode(envelope["payload"])))
                outer = leaves(envelope["signatures"], "signature")
                found |= {(name, path) for path in (*inner, *outer)}
        elif name.endswith(".json"):
            found |= {(name, path) for path in leaves(json.loads(data))}
        else:
            found.add((name, ""))
    return found


def chosen(level: Disclosure, visibility: Visibility) -> dict[tuple[str, str], FieldLine]:
    return {(one.file, one.path): one for one in preview(level) if one.visibility is visibility}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("model", [0, 1])
def test_every_field_is_announced(data_dir: Path, level: Disclosure, model: int) -> None:
    found = fields_of(kept(data_dir, model=model).entries(level))
    announced = chosen(level, Visibility.SHOWN).keys()
    absent = {(oab.MODEL, "card.evaluation")}  # null in a model that was fitted to nothing
    assert found - announced <= absent
    optional = {one for one in announced if one[1].startswith(("card.evaluation", "fields."))}
    assert announced - found <= optional


@pytest.mark.parametrize("level", LEVELS)
def test_every_hidden_field_has_its_hash(mine: Kept, level: Disclosure) -> None:
    redacted = json.loads(mine.entries(level)[oab.REDACTED])["fields"]
    listed = [one["path"] for one in redacted]
    assert listed == sorted(hidden_paths(level))
    assert set(listed) == {path for _, path in chosen(level, Visibility.HIDDEN)}
    assert len({one["sha256"] for one in redacted}) == len(redacted)


def test_levels_only_ever_add(mine: Kept) -> None:
    shown = [set(chosen(level, Visibility.SHOWN)) for level in LEVELS]
    assert shown[0] < shown[1] < shown[2]
    policy = set(strict_json.document(shipped.preset("balanced"))) - {"schema"}  # type: ignore[arg-type]
    hidden = {path for _, path in chosen(PUBLIC, Visibility.HIDDEN)}
    assert {f"policy.{name}" for name in policy} < hidden
    assert not chosen(OWNER, Visibility.HIDDEN)


def test_every_line_has_words_and_a_reason() -> None:
    for level in LEVELS:
        lines = preview(level)
        assert len({(one.file, one.path) for one in lines}) == len(lines)
        for one in lines:
            assert one.name[0].isupper()
            assert one.why.endswith(".")
            assert (one.file == "") <= (one.visibility is Visibility.NEVER)
            assert (one.reveal is not None) <= (one.visibility is Visibility.HIDDEN)
    never = {one.path for one in preview(OWNER) if one.visibility is Visibility.NEVER}
    assert {"device signing key", "folders", "time zone", "computer and user names"} <= never


def test_preview_writes_nothing(mine: Kept, data_dir: Path) -> None:
    before = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    found = asyncio.run(mine.service.preview_export(mine.record.id[:8], AUDITOR))
    assert found.fields == preview(AUDITOR)
    assert found.decision_id == mine.record.id
    after = {path: path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}
    assert after == before


def test_nothing_to_preview_or_open_without_a_proof(data_dir: Path) -> None:
    service = service_with(data_dir, StubProver())
    wanted = DecisionInput(
        shipped.sample(), OBSQRA_V1_2, shipped.model("linear_v0"), shipped.preset("balanced")
    )
    record = asyncio.run(service.compute(wanted))
    for work in (
        service.preview_export(record.id, PUBLIC),
        service.reveal(record.id, "policy.name"),
    ):
        with pytest.raises(InvalidInput, match="no verified proof"):
            asyncio.run(work)


# Opening single fields.


def checker() -> BundleService:
    return BundleService(ARCHIVE, StubProver(), signature_is_good)


def outcome(archive: bytes, revealed: bytes) -> tuple[str, str]:
    report = checker().check(archive, revealed=revealed)
    (found,) = (one for one in report.checks if one.id == "reveal")
    return found.outcome.value, found.detail


@pytest.mark.parametrize("path", sorted(hidden_paths(PUBLIC) - {SALT}))
def test_each_field_opens_alone(mine: Kept, path: str) -> None:
    opened = asyncio.run(mine.service.reveal(mine.record.id, path))
    raw = strict_json.pretty(opened)
    archive = ARCHIVE.pack(mine.entries(PUBLIC))
    assert outcome(archive, raw)[0] == "PASS"
    assert Revealed.parse(raw) == opened
    other = opened.model_copy(update={"value": "something else"})
    assert outcome(archive, strict_json.pretty(other))[0] == "FAIL"
    wrong = opened.model_copy(update={"salt": "00" * 32})
    assert outcome(archive, strict_json.pretty(wrong))[0] == "FAIL"
    moved = opened.model_copy(update={"field": "policy.name" if "name" not in path else "phases"})
    assert outcome(archive, strict_json.pretty(moved))[0] == "FAIL"


def test_what_cannot_be_opened(mine: Kept, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="salt"):
        asyncio.run(mine.service.reveal(mine.record.id, SALT))
    for path in ("policy.schema", "redaction_key", "", "pools"):
        with pytest.raises(NotFound, match="no hidden field"):
            asyncio.run(mine.service.reveal(mine.record.id, path))
    opened = asyncio.run(mine.service.reveal(mine.record.id, "policy.min_pools"))
    raw = strict_json.pretty(opened)
    assert outcome(ARCHIVE.pack(mine.entries(AUDITOR)), raw)[1].startswith("the bundle hides no")
    other = kept(tmp_path / "other", seed=9)
    assert "another decision" in outcome(ARCHIVE.pack(other.entries(PUBLIC)), raw)[1]
    for bad in (b"", b"{}", b"\xff", b"[" * 10_000, raw + b"x"):
        assert outcome(ARCHIVE.pack(mine.entries(PUBLIC)), bad)[0] == "FAIL"


def test_one_opened_field_opens_no_other(mine: Kept) -> None:
    """Each field has its own salt, and no salt is in the bundle."""
    paths = sorted(hidden_paths(PUBLIC) - {SALT})
    opened = [asyncio.run(mine.service.reveal(mine.record.id, path)) for path in paths]
    assert len({one.salt for one in opened}) == len(paths)
    archive = ARCHIVE.pack(mine.entries(PUBLIC))
    for one in opened:
        assert one.salt.encode() not in archive
        assert bytes.fromhex(one.salt) not in archive
        assert one.salt not in repr(one)
        assert "value=" not in repr(one)


# Two decisions with the same public values.


def near(rng: random.Random) -> Policy:
    """Any policy, often one that gives the sample its usual shares."""
    ids = shipped.sample().pool_ids
    return Policy(
        name="".join(rng.choices("abcdefgh", k=rng.randint(1, 12))),
        max_allocation_bps=rng.choice((6000, 6000, 6000, rng.randint(5000, 10_000))),
        min_pools=rng.randint(1, 2),
        max_risk_score=rng.randint(40, 100),
        max_volatility_bps=rng.randint(3000, 10_000),
        min_liquidity_tier=rng.randint(0, 1),
        exclude_flagged=rng.random() < 0.5,
        allowlist=rng.choice((None, ids, (*ids, rng.randrange(2**200)))),
    )


def masked(entries: dict[str, bytes]) -> dict[str, Any]:
    """The bundle without what may differ: commitment, signatures, hashes and what they are of."""
    derived = {
        oab.STATEMENT_TEXT: {"policy_commitment"},
        oab.OUTPUT: {"statement_digest"},
        oab.SIGNER: {"public_key", "key_id"},
        oab.MANIFEST: {"decision"},
    }
    found: dict[str, Any] = {}
    for name, data in entries.items():
        if name in (oab.STATEMENT, oab.PROOF, oab.ATTESTATIONS):
            found[name] = len(data)
        elif name.endswith(".json"):
            document = json.loads(data)
            for key in derived.get(name, ()):
                document[key] = len(document[key])
            for one in document.get("files", ()) or document.get("fields", ()):
                one["sha256"] = len(one["sha256"])
            found[name] = document
        else:
            decision = json.loads(entries[oab.MANIFEST])["decision"].encode()
            found[name] = data.replace(decision, b"ID")
    return found


def test_public_bundles_of_other_policies_differ_only_in_what_hides(tmp_path: Path) -> None:
    rng = random.Random(5)
    model = shipped.model(shipped.MODEL_NAMES[0])
    by_outcome: dict[Any, list[Kept]] = {}
    for number in range(60):
        policy = near(rng)
        decision = decide(shipped.sample(), OBSQRA_V1_2, model, policy)
        if decision.feasible:
            public = (decision.action, *(one.allocation_bps for one in decision.verdicts))
            one = kept(tmp_path / str(number), policy, seed=number, model=0)
            by_outcome.setdefault(public, []).append(one)
    group = max(by_outcome.values(), key=len)
    assert len(group) >= 10
    first = group[0].entries(PUBLIC)
    statement = first[oab.STATEMENT]
    commitment = bytes.fromhex(group[0].record.commitment)
    for other in group[1:]:
        entries = other.entries(PUBLIC)
        assert masked(entries) == masked(first)
        mark = bytes.fromhex(other.record.commitment)
        assert entries[oab.STATEMENT].replace(mark, commitment) == statement
        assert entries[oab.REDACTED] != first[oab.REDACTED]


def test_bundles_are_reproducible(mine: Kept) -> None:
    for level in LEVELS:
        archives = {asyncio.run(mine.service.bundle_bytes(mine.record.id, level)) for _ in range(3)}
        assert len(archives) == 1


# The verifier inside.


def test_the_verifier_inside_is_compared_and_not_judged(mine: Kept) -> None:
    entries = mine.entries(PUBLIC)
    assert entries[oab.CHECKER] == shipped.plain_verifier()
    report = checker().check(ARCHIVE.pack(entries))
    assert report.own_checker is True
    assert "same file" in report.checker_line
    changed = ARCHIVE.pack(entries | {oab.CHECKER: b"print('VALID')\n"})
    report = checker().check(changed)
    assert report.own_checker is False
    assert "NOT the file" in report.checker_line
    assert "do not run it" in report.checker_line
    assert checker().check(b"").own_checker is None
    text = entries[oab.README].decode("ascii")
    assert "python3 -I -S verify_bundle.py FILE" in text
    assert "Use your own copy" in text
