"""Every word that the command line understands. Light: nothing of the program is imported."""

import argparse
from pathlib import Path
from typing import Final

from obsqra_desktop import __version__
from obsqra_desktop.cli.grammar import Parser, Words, common
from obsqra_desktop.cli.mist.parser import add_mist
from obsqra_desktop.cli.parser_chain import (
    ON_CHAIN_KEYS,
    add_account,
    add_contracts,
    add_network,
    add_practice,
    add_sending,
    add_snapshot,
)

EPILOG: Final = """\
exit codes: 0 done; 1 invalid (a bundle, a proof, an input file or value, or a policy that
allows no allocation); 2 usage, or it cannot run here (also a bundle that is only PARTIAL).
Errors are one line on standard error: what happened, what is safe, what to do. With --json
standard output is one JSON object; on an error it is {"error": {"code", "title", "detail",
"hint", "retryable"}}. Amounts are whole basis points, times are unix seconds, ids of pools and
accounts are 0x... strings, durations are decimal seconds.
"""


DECIDE_KEYS: Final = """{id, status, feasible, decision, rule, model, policy, idle_bps,
  allocation: [{pool_id, venue, name, score, label, components, model_class, flag, eligible,
  reasons: [{test, actual, limit, text}], capped, allocation_bps}],
  reasons: [{test, actual, required, text}]}; amounts are null if not feasible"""
PROVE_KEYS: Final = """all keys of decide, and {prove_seconds, verify_seconds, verifier,
  proof_bytes, security_bits: {conjectured, proven,
  proven_list, proven_unique, target, audited}, phases: [{phase, seconds}],
  statement_digest, commitment, bundle: {file, level, sha256} or null}"""
RECORD_KEYS: Final = """{id, status, created_at, decision, rule, model, idle_bps,
  allocation: [...], statement_digest, commitment, snapshot_digest, model_digest,
  prove_seconds, proof_bytes, security_bits, verified: {verifier, at, seconds}, error,
  exports: [{file_name, level, sha256, at}]}; unknown is null"""


def build() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="obsqra",
        description="Decide where funds go, prove that your private policy was obeyed, keep the "
        "evidence. Without a command the window opens.",
        epilog=EPILOG,
        parents=[common()],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.set_defaults(json=False, data_dir=None)
    top.add_argument("--version", action="version", version=f"obsqra {__version__}")
    words = Words(top, "command", required=False)
    add_decisions(words)
    add_catalog(words)
    add_account(words)
    add_network(words)
    add_practice(words)
    add_snapshot(words)
    add_sending(words)
    add_contracts(words)
    add_mist(words)
    words.add(
        "proof-parameters",
        "the proof system's parameters and the security that they give",
        "as payload/verifier.json in a bundle: parameter_set, field_bits, hash_bits, queries,\n"
        "  grinding_bits, hiding_rows_available, hiding_rows_needed, conjectured_bits,\n"
        "  proven_list_bits, proven_unique_bits, target_bits, audited, and more",
    )
    words.add(
        "selfcheck",
        "try everything that a decision needs on this computer",
        "{ok, version, checks: [{id, title, ok, detail}]}",
    )
    guide = words.add("guide", "the guided decision in three steps, in the terminal")
    guide.add_argument("--out", type=Path, metavar="FILE", help="where to save the bundle")
    return top


def add_decisions(words: Words) -> None:
    """score, decide, prove, verify, decisions."""
    score = words.add(
        "score",
        "score one pool",
        "{rule, score, label, components: {util, vol, liquidity, audit, age, total_unclamped}}",
    )
    for name, text in (
        ("utilization", "0..10000 basis points"),
        ("volatility", "0..10000 basis points"),
        ("liquidity", "tier 0..3, 3 is deepest"),
        ("audit", "0..100, 100 is best"),
        ("age", "days, 0..30000"),
    ):
        score.add_argument(f"--{name}", type=int, required=True, metavar="N", help=text)
    score.add_argument("--rule", default="obsqra-v1.2", help="obsqra-v1.2 or risk-engine-v4")

    decide = words.add("decide", "compute an allocation and keep it, without a proof", DECIDE_KEYS)
    prove = words.add("prove", "compute, prove, verify here and keep a decision", PROVE_KEYS)
    for command in (decide, prove):
        command.add_argument(
            "--snapshot",
            required=True,
            metavar="FILE|sample|latest|ID",
            help="the pools and their metrics; ID: see obsqra snapshot list",
        )
        command.add_argument(
            "--policy", required=True, metavar="PRESET|FILE", help="see: obsqra policy list"
        )
        command.add_argument("--model", default="linear_v0", help="see: obsqra model list")
        command.add_argument("--rule", default="obsqra-v1.2", help="obsqra-v1.2 or risk-engine-v4")
    prove.add_argument("--out", type=Path, metavar="FILE", help="also save an audit bundle")
    add_level(prove)

    verify = words.add(
        "verify",
        "check an audit bundle, offline; or a proof by the contract of a network",
        "{verdict, signer, signer_line, key_id, own_checker, checker_line, level, decision,\n"
        "  checks: [{id, title, result: PASS|FAIL|SKIPPED, detail}]}\n"
        "  with --on-chain " + ON_CHAIN_KEYS,
    )
    verify.add_argument(
        "bundle", type=Path, metavar="BUNDLE", help="a file; with --on-chain also a decision's id"
    )
    verify.add_argument(
        "--key", metavar="KEY", help="the signer's public key that you trust: hex, or a file"
    )

    verify.add_argument(
        "--reveal",
        type=Path,
        metavar="FILE",
        help="also check a field that the owner opened with: obsqra decisions reveal --json",
    )

    verify.add_argument(
        "--on-chain", action="store_true", help="ask the verifying contract: a read-only call"
    )
    verify.add_argument("--network", metavar="ID", help="with --on-chain; default: the one in use")
    verify.add_argument(
        "--contract", metavar="0x...", help="with --on-chain; default: where this program puts it"
    )

    decisions = words.add("decisions", "every decision made here")
    inner = Words(decisions, "action", required=True)
    inner.add(
        "list",
        "all, newest first",
        "{decisions: [as in show, without snapshot and parameters], damaged: [{name, reason}]}",
    )
    show = inner.add(
        "show",
        "one decision",
        RECORD_KEYS + ", and\n  {snapshot} as in its file, {parameters} as in proof-parameters,\n"
        "  with --private also {policy}",
    )
    show.add_argument("--private", action="store_true", help="also the private policy")
    export = inner.add(
        "export",
        "save its audit bundle",
        "{id, file, level, sha256}; with --preview {id, level,\n"
        "  fields: [{name, file, path, visibility: shown|hidden|never included, why, reveal}]}",
    )
    export.add_argument(
        "--preview", action="store_true", help="list what it would show and hide; write nothing"
    )
    export.add_argument("--out", type=Path, metavar="FILE", help="default ./obsqra-ID.oab.zip")
    add_level(export)
    reverify = inner.add(
        "reverify", "run the verifier again", "{id, status, verifier, verify_seconds}"
    )
    reveal = inner.add(
        "reveal",
        "open one field that public bundles hide",
        "{schema, decision, field, value, salt}",
    )
    reveal.add_argument(
        "--field", required=True, metavar="PATH", help="as 'reveal' in export --preview"
    )
    for command in (show, export, reverify, reveal):
        command.add_argument("id", metavar="ID", help="the id or its first 4 or more characters")


def add_level(command: argparse.ArgumentParser) -> None:
    """How much a bundle shows."""
    command.add_argument(
        "--level",
        choices=("public", "auditor", "owner"),
        default="public",
        help="how much the bundle shows; auditor and owner hold the private policy",
    )


def add_catalog(words: Words) -> None:
    """policy and model."""
    policy = words.add("policy", "presets and your own policies")
    inner = Words(policy, "action", required=True)
    inner.add("list", "all names", "{presets: [name], saved: [name]}")
    show = inner.add("show", "one policy", "the policy, as in a policy file")
    show.add_argument("name", metavar="PRESET|NAME|FILE")
    new = inner.add("new", "save a policy of your own", "{name, policy}")
    new.add_argument("--name", required=True)
    new.add_argument("--from", dest="base", default="balanced", metavar="PRESET", help="start from")
    new.add_argument("--max-allocation-bps", type=int, metavar="N", help="1..10000 in one pool")
    new.add_argument("--min-pools", type=int, metavar="N", help="1..8")
    new.add_argument("--max-risk-score", type=int, metavar="N", help="0..100")
    new.add_argument("--max-volatility-bps", type=int, metavar="N", help="0..10000")
    new.add_argument("--min-liquidity-tier", type=int, metavar="N", help="0..3")
    new.add_argument("--exclude-flagged", choices=("yes", "no"))
    new.add_argument("--allow", action="append", metavar="ID", help="allow only these pools")

    model = words.add("model", "the models that can judge pools")
    inner = Words(model, "action", required=True)
    inner.add("list", "all", "{models: [{name, version, kind, digest, summary}]}")
    show = inner.add("show", "one model with its card", "the model file, and {digest}")
    show.add_argument("name", metavar="NAME|FILE")
