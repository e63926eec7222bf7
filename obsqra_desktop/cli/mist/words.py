"""Private money in words and as JSON."""

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.mist.around import HEAD, RIGHT, around_cells, around_document, legend
from obsqra_desktop.cli.render import UNKNOWN, table
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.around import Surroundings
from obsqra_desktop.domain.mist.book import from_elsewhere
from obsqra_desktop.domain.mist.entries import HandOver, PaymentRequest
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.flows.private import STATE_WORDS, TokenSum, totals
from obsqra_desktop.flows.private_backup import not_backed_up
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


def note_document(note: HeldNote, around: Surroundings | None = None) -> JsonObject:
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
        **around_document(around, note),
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
    around = Surroundings(book)
    shown = (one for one in book.notes if everything or one.state not in CLOSED)
    return {
        "notes": [note_document(one, around) for one in shown],
        "sums": [sum_document(one) for one in totals(book)],
        "requests": [request_document(one) for one in book.requests],
        "hand_overs": [hand_over_document(one) for one in book.handovers],
        "fees": [
            {"account": address_form(one.account), "apart": one.apart, "said_at": one.at}
            for one in book.funding
        ],
        "not_backed_up": [one.id for one in not_backed_up(book)],
    }


def sum_document(one: TokenSum) -> JsonObject:
    """What is in the pool of one token; what may be spent already stands apart."""
    return {
        "token": hex(one.token),
        "symbol": symbol_of(one.token),
        "amount": str(one.seen),
        "not_checked": str(one.unchecked),
    }


def sum_lines(book: MistBook, tokens: Tokens) -> list[str]:
    """The same for people."""
    sums = totals(book)
    seen = [amount_words(one.token, one.seen, tokens) for one in sums if one.seen]
    unchecked = [amount_words(one.token, one.unchecked, tokens) for one in sums if one.unchecked]
    lines = [f"In the pool: {' + '.join(seen) or UNKNOWN}"] if sums else []
    if unchecked:
        lines.append(f"Not checked yet: {' + '.join(unchecked)}. Look for notes: obsqra mist scan")
    return lines


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
    rows, nameless, around = [], set(), Surroundings(book)
    for one in book.notes:
        if not everything and one.state in CLOSED:
            continue
        shown = amount_words(one.token, one.amount, tokens)
        if known_token(one.token, tokens) is None:
            nameless.add(one.token)
        frozen = ", frozen" if one.frozen else ""
        owner = names.get(one.owner) or address_form(one.owner)[:12]
        first = (one.id, shown, f"{STATE_WORDS[one.state]}{frozen}", one.origin.value)
        rows.append((*first, *around_cells(around, one), owner, one.label))
    head = ("Note", "Amount", "State", "From", *HEAD, "Owner", "Label")
    right = (1, *(4 + at for at in RIGHT))
    lines = [table(head, rows, right=right), legend(book)] if rows else ["No notes."]
    lines += sum_lines(book, tokens)
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


def known_tokens(context: Context) -> Tokens:
    """Those of the network in use that have a name."""
    return context.services.money.tokens(context.options.network)


def nameless_line(address: int) -> str:
    """What its amounts are, and how it gets a name."""
    return (
        f"Token {address_form(address)}: its symbol and decimal places are not known here, so its "
        "amounts are in its smallest unit. A list of venues that has it names it."
    )
