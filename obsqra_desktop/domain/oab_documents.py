"""What the files of an audit bundle say. All derived, so that a reader can derive them again."""

from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.commitment import Limbs, limbs_to_bytes, to_limbs
from obsqra_desktop.domain.decision import percent
from obsqra_desktop.domain.oab import timestamp
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import Strict, felt_to_hex
from obsqra_desktop.domain.record import (
    DecisionRecord,
    Disclosure,
    Hex32,
    PhaseNote,
    PrivateWitness,
    VerificationNote,
    VerifierFile,
)
from obsqra_desktop.domain.risk import rule_by_id
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import PARAMETER_SET, VERSION, Statement
from obsqra_desktop.domain.strict_json import JsonValue, canonical


def statement_document(statement: Statement) -> bytes:
    """payload/statement.json: statement.bin for people. Large counters are decimal strings."""
    b = statement.binding
    pools: list[JsonValue] = [
        {
            "id": felt_to_hex(pool.id),
            "metrics": strict_json.document(pool.metrics),
            "score": pool.score,
            "model_class": pool.model_class,
            "flag": pool.flag,
            "allocation_bps": pool.allocation_bps,
        }
        for pool in statement.pools
    ]
    return canonical(
        {
            "schema": "obsqra/statement/1",
            "version": VERSION,
            "parameter_set": PARAMETER_SET,
            "chain_id": felt_to_hex(b.chain_id),
            "gate": felt_to_hex(b.gate),
            "account": felt_to_hex(b.account),
            "nonce": str(b.nonce),
            "expiry": str(b.expiry),
            "block_number": str(statement.block_number),
            "snapshot_digest": statement.snapshot_digest.hex(),
            "rule_id": statement.rule_id,
            "model_digest": statement.weights.digest().hex(),
            "policy_commitment": limbs_to_bytes(statement.commitment).hex(),
            "pools": pools,
            "decision": statement.action.word,
            "idle_bps": statement.idle_bps,
        }
    )


def output_document(statement: Statement, snapshot: Snapshot) -> bytes:
    """payload/output.json: the decision with the pools' names."""
    rule = rule_by_id(statement.rule_id)
    allocation: list[JsonValue] = [
        {
            "id": felt_to_hex(pool.id),
            "venue": named.venue,
            "name": named.name,
            "score": pool.score,
            "allocation_bps": pool.allocation_bps,
        }
        for pool, named in zip(statement.pools, snapshot.pools, strict=True)
    ]
    return canonical(
        {
            "schema": "obsqra/output/1",
            "statement_digest": statement.digest().hex(),
            "rule": rule.name if rule else None,
            "decision": statement.action.word,
            "allocation": allocation,
            "idle_bps": statement.idle_bps,
        }
    )


class PolicyFile(Strict):
    """payload/policy.json, from level auditor on: what opens the commitment."""

    schema_id: Literal["obsqra/opening/1"] = Field(default="obsqra/opening/1", alias="schema")
    policy: Policy = Field(repr=False)
    salt: Annotated[tuple[int, ...], Field(min_length=8, max_length=8, repr=False)]

    @classmethod
    def parse(cls, raw: bytes) -> "PolicyFile":
        """Read strictly; raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="policy.json", schema="obsqra/opening/1", limit=1 << 17
        )

    def limbs(self) -> Limbs:
        """The salt as field elements; raises InvalidInput."""
        return to_limbs(self.salt)


class OwnerFile(Strict):
    """payload/owner.json, level owner only: when and how fast, and the key of the redactions."""

    schema_id: Literal["obsqra/owner/1"] = Field(default="obsqra/owner/1", alias="schema")
    created_at: int
    proving_micros: int
    phases: tuple[PhaseNote, ...]
    redaction_key: Hex32 = Field(repr=False)

    @classmethod
    def parse(cls, raw: bytes) -> "OwnerFile":
        """Read strictly; raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="owner.json", schema="obsqra/owner/1", limit=1 << 17
        )


def policy_document(private: PrivateWitness) -> bytes:
    """payload/policy.json."""
    file = PolicyFile(policy=private.policy, salt=private.salt)
    return canonical(strict_json.document(file))


def owner_document(record: DecisionRecord, private: PrivateWitness) -> bytes:
    """payload/owner.json."""
    proof = record.proof
    file = OwnerFile(
        created_at=record.created_at,
        proving_micros=proof.micros if proof else 0,
        phases=proof.phases if proof else (),
        redaction_key=private.redaction_key,
    )
    return canonical(strict_json.document(file))


LEVEL_WORDS: Final = {
    Disclosure.PUBLIC: "public - the policy is not in here, only a commitment and salted hashes",
    Disclosure.AUDITOR: "auditor - holds the private policy and opens its commitment",
    Disclosure.OWNER: "owner - holds all that is kept but the signing key; for your own archive",
}


def readme_document(
    record: DecisionRecord,
    statement: Statement,
    parameters: VerifierFile,
    verification: VerificationNote,
    level: Disclosure,
) -> bytes:
    """README.txt: what the bundle proves, what it does not, how to check it. Plain ASCII."""
    rows = "\n".join(
        f"  {number}. {felt_to_hex(pool.id)}  score {pool.score}, {percent(pool.allocation_bps)}"
        for number, pool in enumerate(statement.pools, 1)
    )
    text = f"""\
Obsqra audit bundle (OAB/1)

Decision    {record.id}
Level       {LEVEL_WORDS[level]}
Says        {statement.action.word}
Allocation, in the order of payload/snapshot.json
{rows}
  kept idle: {percent(statement.idle_bps)}

What the proof shows
  The scores follow from the metrics in payload/snapshot.json by rule {record.rule}.
  The model in payload/model.json says what payload/statement.json says it says.
  The allocation is the one that the committed policy demands for these metrics.
  The proof is a zero-knowledge STARK: it shows this without showing the policy.
  The allocation itself can hint at a limit: a share at the cap shows the cap.

What it does not show
  That the metrics are true. Each names its own source in payload/snapshot.json.
  That the model or the policy is wise, or that anything was executed.
  Who made the bundle, unless you know the key in keys/signer.json from elsewhere.

How sure
  {parameters.conjectured_bits} bits of security conjectured \
({parameters.conjectured_model});
  {parameters.proven_list_bits} bits proven by list decoding, \
{parameters.proven_unique_bits} by unique decoding; see payload/verifier.json.
  The proof system's circuit and this program are unaudited.
  Before it was saved, the proof was verified on the maker's computer by the
  {verification.verifier} verifier at {timestamp(verification.at)}. Do not rely on that: check.

What is hidden
  payload/redacted.json has a salted hash for every field that this level hides.
  The maker can open single fields later without showing the others.

How to check
  obsqra verify FILE
  obsqra verify FILE --key KEY      with the signer's public key, brought by you
  python3 -I -S verify_bundle.py FILE      with nothing but Python 3.9 or newer
  Use your own copy of verify_bundle.py, from the program's source. The one in this
  bundle is for convenience: whoever made the bundle could have changed it.
"""
    return text.encode("ascii", "backslashreplace")
