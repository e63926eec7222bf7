"""Looking for notes in words and as JSON: what a look and the deeper search have found."""

from obsqra_desktop.cli.context import JsonObject
from obsqra_desktop.cli.mist.words import Tokens, book_document
from obsqra_desktop.cli.render import UNKNOWN
from obsqra_desktop.domain.mist.deep import USUAL_DIGITS
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.strict_json import JsonValue
from obsqra_desktop.flows.private import look_words
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport
from obsqra_desktop.services.mist.scan_report import ScanReport
from obsqra_desktop.services.tokens import amount_words


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
    leaves = "1 leaf" if report.leaves == 1 else f"{report.leaves} leaves"
    lines = [
        f"{leaves} at block {report.block} ({report.node}), {new} of them new.",
        look_words(report),
    ]
    if report.reorganised:
        lines.append("Leaves that were there have changed: the chain was reorganised.")
    if not report.complete:
        lines.append(f"Not all blocks were looked through. {report.gap}".rstrip())
    return "\n".join([*lines, *missing_lines(report.book, tokens)])
