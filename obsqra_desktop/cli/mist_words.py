"""Private money in words and as JSON."""

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.mist_around import HEAD, RIGHT, around_cells, around_document, legend
from obsqra_desktop.cli.render import UNKNOWN, table
from obsqra_desktop.cli.tx import transaction
from obsqra_desktop.domain.amounts import Token, format_amount
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist_book import from_elsewhere
from obsqra_desktop.domain.mist_deep import USUAL_DIGITS
from obsqra_desktop.domain.mist_notes import HandOver, HeldNote, MistBook, NoteState, PaymentRequest
from obsqra_desktop.domain.mist_pool import (
    CODE,
    OWNER,
    VERIFIER,
    VERIFIER_CODE,
    PoolIdentity,
)
from obsqra_desktop.domain.strict_json import JsonValue
from obsqra_desktop.flows.private import STATE_WORDS
from obsqra_desktop.flows.private_backup import not_backed_up
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport
from obsqra_desktop.services.mist.scan_report import ScanReport
from obsqra_desktop.services.mist.steps import (
    MistDraft,
    MistPhase,
    MistPlan,
    MistResult,
    MistStep,
    PoolStanding,
    WaitView,
)
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.services.tokens import amount_words

Tokens = tuple[Token, ...]
CLOSED = frozenset({NoteState.SPENT, NoteState.VOID})
TWO_COMPUTERS = (
    "Notes came in under your keys that were not made here: another computer has the same secret, "
    "or this folder is an older copy. Nothing is lost by that; go on with one of them only. "
    "Notes:"
)


def symbol_of(address: int) -> str:
    """Of a token that is known everywhere, or the beginning of its address."""
    known = known_token(address)
    return known.symbol if known is not None else f"{hex(address)[:10]}…"


def plan_document(plan: MistPlan) -> JsonObject:
    """What would be done."""
    return {
        "action": plan.action.value,
        "title": plan.title,
        "network": plan.network.id,
        "pool": address_form(plan.pool),
        "account": plan.account.address_text,
        "token": hex(plan.token.address),
        "symbol": plan.token.symbol,
        "amount": str(plan.amount),
        "stays": str(plan.stays),
        "new_owner": address_form(plan.new_owner) if plan.new_owner is not None else None,
        "privacy": {
            "level": plan.privacy.level.label,
            "facts": [
                {"code": one.code, "level": one.level.label, "text": one.text}
                for one in plan.privacy.facts
            ],
            "suggestions": list(plan.privacy.suggestions),
            "equal_deposits": plan.situation.equal_deposits,
            "counted_since_block": plan.situation.counted_since,
            "newer_others": plan.situation.leaves_since,
        },
        "trust": list(plan.standing.notes),
        "warnings": list(plan.warnings),
        "note": plan.note.id if plan.note is not None else None,
    }


def plan_text(plan: MistPlan) -> str:
    """The same for people: the privacy level first."""
    lines = [
        plan.title,
        f"Privacy   {plan.privacy.level.label}",
        *(f"          {one.level.label}: {one.text}" for one in plan.privacy.facts),
        *(f"Better    {text}" for text in plan.privacy.suggestions),
        f"From      {plan.account.label or 'account'}  {plan.account.address_text}",
        f"Pool      {plan.standing.pool.name}  {address_form(plan.pool)}",
    ]
    if plan.stays and plan.note is not None:
        stays = format_amount(plan.stays, plan.token.decimals)
        lines.append(f"Stays     {stays} {plan.token.symbol}, hidden")
    lines += [f"Note      {text}" for text in plan.warnings]
    lines += [f"Trust     {text}" for text in plan.standing.notes]
    return "\n".join(lines)


def phase_text(phase: MistPhase) -> str:
    """A phase that begins, or a part of the proof that has ended."""
    if phase.proof is not None:
        return f"    {phase.proof.phase.label}: {phase.proof.seconds:.2f} s"
    again = f" (attempt {phase.attempt}: the pool has grown)" if phase.attempt > 1 else ""
    shown = again if phase.step in {MistStep.READING, MistStep.PROVING} else ""
    return f"{phase.step.label}{shown} …"


def draft_text(draft: MistDraft) -> str:
    """What proving and the simulation have shown."""
    lines = []
    if draft.proof_seconds is not None:
        seconds = f"{draft.proof_seconds:.2f} s"
        lines.append(f"Proof     made in {seconds}, verified here with the published key")
    for change in draft.sending.changes:
        value = format_amount(change.amount, change.token.decimals)
        lines.append(f"Changes   {value} {change.token.symbol}")
    lines += [f"Calls     {one.entry_point} of {one.contract}" for one in draft.sending.calls]
    lines += [f"Note      {text}" for text in draft.sending.warnings]
    return "\n".join(lines)


def result_document(draft: MistDraft, result: MistResult, book: MistBook) -> JsonObject:
    """What was done."""
    made = {one.id for one in result.made}
    return {
        "plan": plan_document(result.plan),
        "fee": {"likely": str(draft.sending.likely_fee), "most": str(draft.sending.max_fee)},
        "proof_seconds": f"{draft.proof_seconds:.3f}" if draft.proof_seconds is not None else None,
        "proved": result.attempts,
        "notes": [note_document(one, book) for one in book.notes if one.id in made],
        "hand_over": result.hand_over.id if result.hand_over is not None else None,
        "transaction": transaction(result.record),
    }


def note_document(note: HeldNote, book: MistBook | None = None) -> JsonObject:
    """One note; its key, leaf and secret are in no output."""
    return {
        "id": note.id,
        "state": note.state.value,
        "origin": note.origin.value,
        "token": hex(note.token),
        "symbol": symbol_of(note.token),
        "amount": str(note.amount),
        "owner": address_form(note.owner),
        "label": note.label,
        "frozen": note.frozen,
        "made_elsewhere": note.made_elsewhere,
        "made_at": note.made_at,
        "position": note.position,
        **around_document(book, note),
        "made_in": note.made_in,
        "spending": note.spending,
        "spent_in": hex(note.spent_in) if note.spent_in is not None else None,
    }


def request_document(request: PaymentRequest, text: str | None = None) -> JsonObject:
    """One payment request."""
    shown: JsonObject = {
        "id": request.id,
        "state": request.state.value,
        "token": hex(request.token) if request.token is not None else None,
        "amount": str(request.amount) if request.amount is not None else None,
        "owner": address_form(request.owner),
        "label": request.label,
    }
    return shown if text is None else {**shown, "text": text}


def request_line(one: PaymentRequest, tokens: Tokens) -> str:
    """The same for people."""
    asked = ""
    if one.token is not None and one.amount is not None:
        asked = f" {amount_words(one.token, one.amount, tokens)}"
    return f"Request {one.id}: {one.state.value}{asked} {one.label}".rstrip()


def hand_over_document(one: HandOver) -> JsonObject:
    """One forward."""
    return {
        "id": one.id,
        "token": hex(one.token),
        "amount": str(one.amount),
        "label": one.label,
        "state": one.state.value,
        "handed_over": one.handed_over,
        "made_in": one.made_in,
    }


def book_document(book: MistBook, everything: bool) -> JsonObject:
    """All that is remembered of one pool."""
    return {
        "notes": [
            note_document(one, book) for one in book.notes if everything or one.state not in CLOSED
        ],
        "requests": [request_document(one) for one in book.requests],
        "hand_overs": [hand_over_document(one) for one in book.handovers],
        "fees": [
            {"account": address_form(one.account), "apart": one.apart, "said_at": one.at}
            for one in book.funding
        ],
        "not_backed_up": [one.id for one in not_backed_up(book)],
    }


def hand_over_words(one: HandOver) -> str:
    """Where a forward is."""
    if not one.void:
        return "file saved" if one.handed_over else "no file saved yet"
    told = "; its receiver was told otherwise" if one.handed_over else ""
    return f"did not take place{told}"


def book_text(context: Context, book: MistBook, everything: bool) -> str:
    """The notes for people."""
    names = {one.address: one.label for one in context.services.accounts.listing()}
    tokens = known_tokens(context)
    rows, nameless = [], set()
    for one in book.notes:
        if not everything and one.state in CLOSED:
            continue
        shown = amount_words(one.token, one.amount, tokens)
        if known_token(one.token, tokens) is None:
            nameless.add(one.token)
        frozen = ", frozen" if one.frozen else ""
        owner = names.get(one.owner) or address_form(one.owner)[:12]
        first = (one.id, shown, f"{STATE_WORDS[one.state]}{frozen}", one.origin.value)
        rows.append((*first, *around_cells(book, one), owner, one.label))
    head = ("Note", "Amount", "State", "From", *HEAD, "Owner", "Label")
    right = (1, *(4 + at for at in RIGHT))
    lines = [table(head, rows, right=right), legend(book)] if rows else ["No notes."]
    lines += [nameless_line(one) for one in sorted(nameless)]
    if foreign := from_elsewhere(book):
        lines.append(f"{TWO_COMPUTERS} {', '.join(one.id for one in foreign)}.")
    lines += [request_line(one, tokens) for one in book.requests]
    lines += [
        f"Hand-over {one.id}: {hand_over_words(one)}"
        for one in book.handovers
        if everything or one.handed_over or not one.void
    ]
    lost = not_backed_up(book)
    if lost and not context.wait(context.services.private.copy_state()).has_all:
        ids = ", ".join(one.id for one in lost)
        lines.append(
            f"Back up again (obsqra mist backup): without it {ids} would be lost with this "
            "folder, as nothing on chain tells their amounts or keys."
        )
    return "\n".join(lines)


def scan_document(report: ScanReport) -> JsonObject:
    """What a look has shown."""
    return {
        **book_document(report.book, False),
        "block_number": report.block,
        "node": report.node,
        "leaves": report.leaves,
        "new_leaves": report.new_leaves,
        "arrived": list(report.arrived),
        "made_elsewhere": list(report.elsewhere),
        "spent": list(report.spent),
        "reorganised": report.reorganised,
        "complete": report.complete,
        "gap": report.gap,
        "missing": missing_documents(report.book),
    }


def missing_documents(book: MistBook) -> list[JsonValue]:
    """Sums that a look did not find again, and with how many digits they were searched."""
    return [
        {
            "note": one.note,
            "token": hex(one.token),
            "amount": str(one.amount),
            "searched": one.digits,
        }
        for one in book.missing
    ]


def search_document(report: DeepReport) -> JsonObject:
    """What a deep search has brought."""
    return {
        **book_document(report.book, False),
        "digits": report.digits,
        "found": [one.id for one in report.found],
        "missing": missing_documents(report.book),
    }


def known_tokens(context: Context) -> Tokens:
    """Those of the network in use that have a name."""
    return context.services.money.tokens(context.options.network)


def nameless_line(address: int) -> str:
    """What its amounts are, and how it gets a name."""
    return (
        f"Token {address_form(address)}: its symbol and decimal places are not known here, so its "
        "amounts are in its smallest unit. A list of venues that has it names it."
    )


def search_line(one: DeepProgress, tokens: Tokens) -> str:
    """How far a step is."""
    amount = amount_words(one.part.token, one.part.amount, tokens)
    done, total = (
        f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}") for count in (one.done, one.total)
    )
    return f"{one.place}/{one.parts} {amount}: amounts of {one.digits} digits, {done} of {total} …"


def search_text(report: DeepReport, tokens: Tokens) -> str:
    """The same for people."""
    lines = [
        f"Found {amount_words(one.token, one.amount, tokens)} again: note {one.id}."
        for one in report.found
    ]
    if not report.book.missing and not report.found:
        lines.append("Nothing is missing.")
    return "\n".join([*lines, *missing_lines(report.book, tokens)])


def missing_lines(book: MistBook, tokens: Tokens) -> list[str]:
    """What was not found again, and what to do."""
    if not book.missing:
        return []
    lines = []
    for one in book.missing:
        tried = f" Searched with up to {one.digits} digits." if one.digits else ""
        lines.append(
            f"Not found again: {amount_words(one.token, one.amount, tokens)} that the spend of "
            f"note {one.note} left in the pool, forwarded to somebody or kept.{tried}"
        )
    most = max(max(one.digits for one in book.missing) + 1, USUAL_DIGITS)
    lines.append(
        "Restore a backup that was made after it (obsqra mist restore), or search deeper: "
        f"obsqra mist search --digits {most}"
    )
    return lines


def scan_text(report: ScanReport, tokens: Tokens) -> str:
    """The same for people."""
    new = UNKNOWN if report.new_leaves is None else str(report.new_leaves)
    lines = [
        f"{report.leaves} leaves at block {report.block} ({report.node}), {new} of them new.",
        f"{len(report.arrived)} notes arrived, {len(report.spent)} were found spent.",
    ]
    if report.reorganised:
        lines.append("Leaves that were there have changed: the chain was reorganised.")
    if not report.complete:
        lines.append(f"Not all blocks were looked through. {report.gap}".rstrip())
    return "\n".join([*lines, *missing_lines(report.book, tokens)])


def standing_document(standing: PoolStanding) -> JsonObject:
    """The pool's contract."""
    return {
        "network": standing.network.id,
        "pool": address_form(standing.pool.address),
        "name": standing.pool.name,
        **identity_document(standing.found),
        "trusted": identity_document(standing.trusted) if standing.trusted else None,
        "untold": list(standing.found.untold),
        "changed": list(standing.changed),
        "trusted_at": standing.trusted_at,
        "leaves": standing.leaves,
        "block_number": standing.block_number,
        "node": standing.node,
        "trust": list(standing.notes),
    }


def identity_document(identity: PoolIdentity) -> JsonObject:
    """What a pool's contract is; unknown is null."""
    code = identity.verifier_class
    return {
        "class_hash": hex(identity.class_hash),
        "verifier": hex(identity.verifier) if identity.verifier else None,
        "verifier_class": hex(code) if code is not None else None,
        "owner": hex(identity.owner),
    }


def identity_lines(identity: PoolIdentity) -> dict[str, str]:
    """Part to its value, for people."""
    code = identity.verifier_class
    return {
        CODE: hex(identity.class_hash),
        VERIFIER: address_form(identity.verifier) if identity.verifier else UNKNOWN,
        VERIFIER_CODE: hex(code) if code is not None else UNKNOWN,
        OWNER: address_form(identity.owner) if identity.owner else "nobody",
    }


def parts_text(standing: PoolStanding) -> list[str]:
    """Each part as it is now and, where it has changed, as it was trusted."""
    now = identity_lines(standing.found)
    before = identity_lines(standing.trusted) if standing.trusted is not None else {}
    names = {CODE: "Class", VERIFIER: "Verifier", VERIFIER_CODE: "  its class", OWNER: "Owner"}
    lines = []
    for part, name in names.items():
        note = ", not told" if part in standing.found.untold else ""
        lines.append(f"{name:<10}{now[part]}{note}")
        if part in standing.changed:
            lines.append(f"  was     {before[part]}")
    return lines


def standing_text(standing: PoolStanding) -> str:
    """The same for people."""
    state = "as it was when it was last trusted"
    if standing.found.untold:
        state = "what it tells is as it was when it was last trusted"
    if standing.changed:
        state = f"CHANGED: {', '.join(standing.changed)}. No deposit is made."
    elif standing.trusted is None:
        state = "never compared; what it is now is remembered at the first deposit"
    return "\n".join(
        [
            f"{standing.pool.name}  {address_form(standing.pool.address)}",
            *parts_text(standing),
            f"Contract  {state}",
            f"Leaves    {standing.leaves} at block {standing.block_number} ({standing.node})",
            *(f"Trust     {text}" for text in standing.notes),
        ]
    )


def wait_document(view: WaitView) -> JsonObject:
    """A waiting plan."""
    return {
        "id": view.id,
        "title": view.title,
        "note": view.note,
        "leaves_seen": view.leaves_seen,
        "leaves_wanted": view.leaves_wanted,
        "ready": view.ready,
        "obstacle": view.obstacle or None,
    }


def wait_text(view: WaitView) -> str:
    """The same for people."""
    count = f"{view.leaves_seen} of {view.leaves_wanted} new leaves of others"
    state = view.obstacle or ("ready" if view.ready else count)
    return f"{view.id}  {view.title}: {state}"
