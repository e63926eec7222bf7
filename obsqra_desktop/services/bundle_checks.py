"""The checks of an audit bundle that need neither a key nor a verifier.

Each takes the opened files and returns what it found in words; it raises CheckFailed or
InvalidInput with the reason.
"""

from obsqra_desktop.domain import oab, oab_documents, strict_json
from obsqra_desktop.domain.commitment import commit, limbs_to_bytes
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.redaction import Revealed, hidden_paths
from obsqra_desktop.domain.risk import rule_by_id
from obsqra_desktop.domain.statement import Statement, build_statement, public_mismatches
from obsqra_desktop.services.bundle_opened import CheckFailed, Opened, expect

DOCUMENT_LIMIT = 1 << 20


def manifest(opened: Opened) -> str:
    """Every file is listed, described and hashed by the manifest, and no other is there."""
    manifest = opened.manifest
    listed = [one.path for one in manifest.files]
    expect(
        listed == sorted(oab.payload_names(manifest.level)),
        f"the manifest does not list the files of level {manifest.level.value}",
    )
    found = opened.entries.keys() - {oab.MANIFEST, oab.ATTESTATIONS}
    extra, missing = sorted(found - set(listed)), sorted(set(listed) - found)
    expect(not extra, f"not in the manifest: {', '.join(extra)}")
    expect(not missing, f"missing: {', '.join(missing)}")
    for one in manifest.files:
        kind = oab.FILES[one.path]
        same = (one.mediaType, one.role, one.disclosure) == (
            kind.media_type,
            kind.role,
            kind.disclosure,
        )
        expect(same, f"{one.path} is described wrongly")
        data = opened.raw(one.path)
        expect(len(data) == one.size and oab.sha256(data) == one.sha256, f"{one.path} was altered")
    return f"{len(listed)} files, level {manifest.level.value}"


def subjects(opened: Opened) -> str:
    """All that was signed is about this manifest and this decision, and nothing is missing."""
    digest = oab.sha256(opened.raw(oab.MANIFEST))
    found = [oab.attestation(one.message()) for one in oab.envelopes(opened.raw(oab.ATTESTATIONS))]
    for one in found:
        subjects = [(subject.name, subject.digest) for subject in one.subject]
        expect(
            subjects == [(oab.MANIFEST, {"sha256": digest})],
            "a signed statement is about something else",
        )
    kinds = tuple(one.predicateType for one in found)
    expect(
        kinds == opened.manifest.statements == oab.PREDICATES,
        "a signed statement is missing or was added",
    )
    said = oab.DecisionPredicate(
        decision=opened.manifest.decision,
        level=opened.manifest.level,
        statementDigest=opened.statement.digest().hex(),
        policyCommitment=commitment_hex(opened.statement),
        proofSha256=oab.sha256(opened.raw(oab.PROOF)),
    )
    expect(found[0].predicate == said, "the signed decision is another one")
    expect(
        opened.statement.digest().hex().startswith(opened.manifest.decision),
        "the decision's id does not belong to the statement",
    )
    return f"{len(found)} statements about the manifest"


def schema(opened: Opened) -> str:
    """Every document is canonical and parses strictly."""
    names = [one for one, kind in oab.FILES.items() if kind.media_type == oab.JSON]
    for name in sorted(opened.entries.keys() & set(names)):
        data = opened.raw(name)
        value = strict_json.loads(data, what=name, limit=DOCUMENT_LIMIT)
        expect(strict_json.canonical(value) == data, f"{name} is not in its canonical form")
    opened.statement.encode()
    _ = opened.snapshot, opened.model, opened.verifier
    if oab.OWNER in opened.entries:
        _ = opened.owner
    listed = [one.path for one in opened.redacted.fields]
    expect(
        listed == sorted(hidden_paths(opened.manifest.level)),
        "redacted.json hides other fields than its level does",
    )
    return "snapshot, model, statement, parameters"


def snapshot(opened: Opened) -> str:
    """The statement binds this snapshot: digest, pools, metrics, block, chain."""
    snapshot, statement = opened.snapshot, opened.statement
    expect(snapshot.digest() == statement.snapshot_digest, "its digest is another one")
    given = [(pool.id, pool.metrics) for pool in snapshot.pools]
    stated = [(pool.id, pool.metrics) for pool in statement.pools]
    expect(given == stated, "pools or metrics differ")
    expect((snapshot.block_number or 0) == statement.block_number, "the block differs")
    expect(statement.binding.chain_id == snapshot.chain_felt, "the chain differs")
    return snapshot.digest().hex()


def model(opened: Opened) -> str:
    """The statement carries this model's weights."""
    expect(opened.model.weights == opened.statement.weights, "the weights differ")
    return f"{opened.model.name}, {opened.model.digest().hex()}"


def documents(opened: Opened) -> str:
    """The readable files are exactly what the statement implies."""
    statement = opened.statement
    readable = oab_documents.statement_document(statement)
    expect(opened.raw(oab.STATEMENT_TEXT) == readable, "statement.json says something else")
    expect(len(statement.pools) == len(opened.snapshot.pools), "the pools differ")
    output = oab_documents.output_document(statement, opened.snapshot)
    expect(opened.raw(oab.OUTPUT) == output, "output.json says something else")
    return "statement.json, output.json"


def evaluation(opened: Opened) -> str:
    """Scores and model classes are computed again from the public metrics."""
    wrong = public_mismatches(opened.statement)
    expect(not wrong, "; ".join(wrong))
    rule = rule_by_id(opened.statement.rule_id)
    return f"{len(opened.statement.pools)} pools by rule {rule.name if rule else '?'}"


def opening(opened: Opened) -> str:
    """The disclosed policy and salt give the stated commitment."""
    opening, statement = opened.opening, opened.statement
    opened_to = commit(opening.policy, statement.pool_ids, opening.limbs())
    expect(opened_to == statement.commitment, "policy and salt give another commitment")
    return "policy and salt give the commitment in the statement"


def decision(opened: Opened) -> str:
    """The whole decision is made again and gives the same statement."""
    opening, statement = opened.opening, opened.statement
    rule = rule_by_id(statement.rule_id)
    if rule is None:
        raise CheckFailed("the rule is unknown")
    decision = decide(opened.snapshot, rule, opened.model, opening.policy)
    expect(decision.feasible, "under this policy there is no allocation")
    again = build_statement(
        opened.snapshot,
        rule,
        opened.model,
        opening.policy,
        opening.limbs(),
        decision,
        statement.binding,
    )
    expect(again == statement, "the allocation or the decision differs")
    return f"{statement.action.word}, idle {statement.idle_bps} bps"


def revealed(opened: Opened, raw: bytes) -> str:
    """A field that its owner opened has the salted hash that this bundle holds for it."""
    one = Revealed.parse(raw)
    expect(one.decision == opened.manifest.decision, "it belongs to another decision")
    hidden = {field.path: field.sha256 for field in opened.redacted.fields}
    expect(one.field in hidden, f"the bundle hides no field {one.field!r}")
    expect(one.digest() == hidden[one.field], "value or salt is not what the bundle hides")
    return f"{one.field} = {strict_json.canonical(one.value).decode()}"  # type: ignore[arg-type]


def commitment_hex(statement: Statement) -> str:
    """The commitment as records and bundles write it."""
    return limbs_to_bytes(statement.commitment).hex()
