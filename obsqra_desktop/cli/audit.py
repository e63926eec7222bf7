"""verify, decisions, selfcheck."""

from obsqra_desktop import __version__
from obsqra_desktop.cli import documents, render
from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.contracts import verdicts_document, verdicts_lines
from obsqra_desktop.cli.decide import proof_lines
from obsqra_desktop.cli.main import CANNOT, INVALID, OK
from obsqra_desktop.cli.parameters import aligned
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.audit import BundleReport, Verdict
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.domain.two_verdicts import TwoVerdicts
from obsqra_desktop.flows.accounting import accounting
from obsqra_desktop.flows.words import VERDICT_WORDS

EXIT = {Verdict.VALID: OK, Verdict.PARTIAL: CANNOT, Verdict.INVALID: INVALID}


def verify(context: Context) -> int:
    """Check a bundle, or ask the contract of a network about its proof."""
    service, o = context.services.bundles, context.options
    if o.on_chain:
        return on_chain(context)
    if o.network or o.contract:
        raise InvalidInput("--network and --contract are for --on-chain.")

    async def work() -> BundleReport:
        key = await service.read_key(o.key) if o.key is not None else None
        return await service.verify(o.bundle, key, o.reveal)

    report = context.wait(work())
    rows = [(one.outcome.value, one.title, one.detail) for one in report.checks]
    width = max(len(row[1]) for row in rows)
    lines = [f"{word:<8} {title:<{width}}  {detail}".rstrip() for word, title, detail in rows]
    lines += [
        "",
        f"{report.verdict.value}. {VERDICT_WORDS[report.verdict]}",
        report.signer_line,
        report.checker_line,
    ]
    context.answer(documents.report_of(report), "\n".join(lines))
    return EXIT[report.verdict]


def on_chain(context: Context) -> int:
    """The proof of a bundle, or of a decision that was kept here: here first, then a contract."""
    services, o = context.services, context.options
    contract = parse_address(o.contract, where="--contract") if o.contract else None

    async def work() -> TwoVerdicts:
        if services.files.is_there(o.bundle):
            key = await services.bundles.read_key(o.key) if o.key is not None else None
            return await services.contract_check.bundle(
                o.bundle, o.network, contract, key=key, revealed=o.reveal
            )
        if o.key or o.reveal:
            raise InvalidInput("--key and --reveal are for bundles.")
        return await services.contract_check.decision(str(o.bundle), o.network, contract)

    found = context.wait(work())
    context.answer(verdicts_document(found), "\n".join(verdicts_lines(found)))
    return EXIT[found.verdict]


def list_decisions(context: Context) -> int:
    """Everything in the proofs folder."""
    listing = context.wait(context.services.decisions.list())
    answer = {
        "decisions": [documents.record_of(one) for one in listing.records],
        "damaged": [{"name": one.name, "reason": one.reason} for one in listing.damaged],
    }
    if not listing.records and not listing.damaged:
        text = "No decisions yet. Make one: obsqra prove --snapshot sample --policy balanced"
    else:
        head = ("Id", "Made", "Says", "Shares", "Status")
        rows = [render.record_line(one) for one in listing.records]
        text = render.table(head, rows) if rows else "No readable decisions."
    for one in listing.damaged:
        text += f"\ndamaged: {one.name}: {one.reason} (nothing was deleted)"
    context.answer(answer, text)
    return OK


def show(context: Context) -> int:
    """One decision."""
    detail = context.wait(context.services.decisions.show(context.options.id))
    record = detail.record
    answer = documents.record_of(record)
    answer["snapshot"] = strict_json.document(detail.snapshot)
    known = record.proof.parameters if record.proof else None
    answer["parameters"] = strict_json.document(known) if known else None
    pools = [
        (f"{one.venue}  {one.name}", str(one.score), render.amount(one.allocation_bps))
        for one in record.allocation
    ]
    pools.append(("Kept idle", "", render.amount(record.idle_bps)))
    lines = [
        f"Decision {record.id}: {record.decision}, {record.status.words}",
        f"Made {render.moment(record.created_at)}, rule {record.rule}, model {record.model}",
        render.origin(detail.snapshot),
        "",
        render.table(("Pool", "Risk", "Share"), pools, right=(1, 2)),
        "",
        proof_lines(record),
        f"Statement  {record.statement_digest or render.UNKNOWN}",
        f"Policy     committed to as {record.commitment}",
    ]
    if record.error is not None:
        lines.append(f"Error      {record.error.title}: {record.error.detail}")
    lines += [
        f"Exported   {one.file_name}, {one.level.value}, {render.moment(one.at)}"
        for one in record.exports
    ]
    if known is not None:
        lines += ["", "Security of the proof", aligned(accounting(known))]
    if context.options.private:
        answer["policy"] = strict_json.document(detail.policy)
        lines += ["", "Private policy", strict_json.pretty(detail.policy).decode().rstrip()]
    context.answer(answer, "\n".join(lines))
    return OK


def reverify(context: Context) -> int:
    """Run the verifier again."""
    record = context.wait(context.services.decisions.reverify(context.options.id))
    verification = record.last_verification
    answer = {
        "id": record.id,
        "status": record.status.value,
        "verifier": verification.verifier if verification else None,
        "verify_seconds": verification.seconds if verification else None,
    }
    context.answer(answer, proof_lines(record))
    return OK


def selfcheck(context: Context) -> int:
    """Try everything."""
    report = context.wait(context.services.selfcheck.run())
    answer = {
        "ok": report.ok,
        "version": __version__,
        "checks": [
            {"id": one.id, "title": one.title, "ok": one.ok, "detail": one.detail}
            for one in report.findings
        ],
    }
    lines = [
        f"{'ok    ' if one.ok else 'FAILED'}  {one.title}: {one.detail}" for one in report.findings
    ]
    lines.append("Everything works." if report.ok else "Something does not work; see above.")
    context.answer(answer, "\n".join(lines))
    return OK if report.ok else CANNOT
