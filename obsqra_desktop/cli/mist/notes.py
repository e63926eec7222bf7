"""mist: what is there. The pool, the notes, accounts for withdrawals, payment requests."""

from typing import Final

from obsqra_desktop.cli.account import document as account_document
from obsqra_desktop.cli.account import ensure_vault
from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.main import INVALID, OK
from obsqra_desktop.cli.mist import look_words, pool_words, words
from obsqra_desktop.cli.secrets_fd import unlock
from obsqra_desktop.cli.send import sender, token_named
from obsqra_desktop.domain.amounts import parse_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import parse_felt
from obsqra_desktop.domain.mist.pool import CODE, OWNER, VERIFIER, VERIFIER_CODE
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.services.mist.scan_report import ScanPhase, ScanProgress, ScanReport
from obsqra_desktop.services.mist.steps import PoolStanding

WORTH_TELLING: Final = 5
"""Digits from which a step takes seconds."""


def pool(context: Context) -> int:
    """The contract as it is; exit code 1 if it has changed."""
    standing = context.wait(context.services.money.standing(context.options.network))
    context.answer(pool_words.standing_document(standing), pool_words.standing_text(standing))
    return INVALID if standing.changed else OK


def trust(context: Context) -> int:
    """Take it as it was shown: what is taken has to be named, so that nothing else is."""
    o, money = context.options, context.services.money
    standing = context.wait(money.standing(o.network))
    refuse_unnamed(context, standing)
    ensure_vault(context)
    context.wait(money.trust(standing.found, o.network))
    standing = context.wait(money.standing(o.network))
    context.answer(pool_words.standing_document(standing), pool_words.standing_text(standing))
    return OK


def refuse_unnamed(context: Context, standing: PoolStanding) -> None:
    """The class, and every part that has changed, are named as they are now."""
    o, found = context.options, standing.found
    named = {
        CODE: ("--class", o.class_hash, found.class_hash),
        VERIFIER: ("--verifier", o.verifier, found.verifier),
        VERIFIER_CODE: ("--verifier-class", o.verifier_class, found.verifier_class or 0),
        OWNER: ("--owner", o.pool_owner, found.owner),
    }
    needed = {CODE, *standing.changed}
    words = " ".join(f"{flag} {now:#x}" for part, (flag, _, now) in named.items() if part in needed)
    for part, (flag, text, now) in named.items():
        if text is not None and felt(text, flag) != now:
            raise InvalidInput(
                f"The contract's {part} is now {now:#x}, not what you have named. Nothing was "
                "changed.",
                where=flag,
                hint="Look at it once more: obsqra mist pool",
            )
    if not o.yes or any(named[part][1] is None for part in needed):
        raise InvalidInput(
            "This takes the contract as it is now for the right one. Nothing was changed.",
            hint="Find out first why it has changed. If you mean it: obsqra mist trust "
            f"{words} --yes",
        )


def felt(text: str, where: str) -> int:
    """A number as it is shown; raises InvalidInput."""
    try:
        return parse_felt(text)
    except ValueError as error:
        raise InvalidInput(str(error), where=where) from None


def notes(context: Context) -> int:
    """What is remembered; nobody is asked."""
    o = context.options
    unlock(context)
    book = context.wait(context.services.money.book(o.network))
    context.answer(words.book_document(book, o.all), words.book_text(context, book, o.all))
    return OK


def note(context: Context) -> int:
    """Words on a note, and whether it may be spent."""
    o = context.options
    unlock(context)
    frozen = True if o.freeze else False if o.thaw else None
    book = context.wait(context.services.money.edit_note(o.network, o.note, o.label, frozen))
    context.answer(words.book_document(book, False), words.book_text(context, book, False))
    return OK


def scan(context: Context) -> int:
    """Look at the pool; open steps are settled first."""
    o, services = context.options, context.services
    unlock(context)
    said: set[ScanPhase] = set()

    def progress(one: ScanProgress) -> None:
        if one.phase not in said:
            said.add(one.phase)
            context.note(f"{one.phase.label} …")

    async def look() -> ScanReport:
        await services.money.settle(o.network)
        place = await services.money.open(o.network)
        run = services.scans.recover if o.recover else services.scans.scan
        return await run(place.network, place.keys, progress=progress)

    report = context.wait(look())
    context.answer(
        look_words.scan_document(report),
        look_words.scan_text(report, words.known_tokens(context))
        + "\n"
        + words.book_text(context, report.book, False),
    )
    return OK


def search(context: Context) -> int:
    """Try more amounts for sums that are not found; Ctrl-C stops it, and it goes on there."""
    o, services = context.options, context.services
    unlock(context)
    tell = SearchLines(context, words.known_tokens(context))

    async def look() -> DeepReport:
        place = await services.money.open(o.network)
        return await services.deep.search(
            place.network, place.keys, digits=o.digits, progress=tell, looking=tell.looking
        )

    report = context.wait(look())
    context.answer(
        look_words.search_document(report),
        look_words.search_text(report, words.known_tokens(context))
        + "\n"
        + words.book_text(context, report.book, False),
    )
    return OK


class SearchLines:
    """A line for each step of a deep search, and each tenth of a long one."""

    def __init__(self, context: Context, tokens: words.Tokens) -> None:
        self._context = context
        self._tokens = tokens
        self._said: set[object] = set()

    def __call__(self, one: DeepProgress) -> None:
        """A go begins or a step has ended."""
        tenth = 10 * one.done // max(1, one.total)
        if one.digits < WORTH_TELLING or (key := (one.place, one.digits, tenth)) in self._said:
            return
        self._said.add(key)
        self._context.note(look_words.search_line(one, self._tokens))

    def looking(self, one: ScanProgress) -> None:
        """The chain is looked at again."""
        if one.phase not in self._said:
            self._said.add(one.phase)
            self._context.note(f"{one.phase.label} …")


def settle(context: Context) -> int:
    """Look where open steps are."""
    o = context.options
    unlock(context)
    book = context.wait(context.services.money.settle(o.network, o.resend))
    context.answer(words.book_document(book, True), words.book_text(context, book, True))
    return OK


def account(context: Context) -> int:
    """A fresh account."""
    o = context.options
    ensure_vault(context)
    made = context.wait(context.services.money.new_account(o.network, o.label))
    context.answer(
        account_document(made),
        f"{made.label}  {made.address_text}\nIt has to be funded and deployed before it can "
        "withdraw. Where its first STRK come from is public: money from an account of yours "
        "links the two.",
    )
    return OK


def fees(context: Context) -> int:
    """Its user's word on where an account's fees come from."""
    o = context.options
    chosen = sender(context)
    ensure_vault(context)
    network = o.network or chosen.network
    context.wait(context.services.money.say_funding(network, chosen.address, apart=o.apart))
    name = chosen.label or chosen.address_text
    context.answer(
        {"account": chosen.address_text, "apart": o.apart},
        f"By your word the fees of {name} do not lead to you. Nothing here can check that; money "
        "that another account here sends it later counts all the same."
        if o.apart
        else f"The fees of {name} lead to you: what it spends is Linkable at best.",
    )
    return OK


def accounts(context: Context) -> int:
    """Bring back those that own notes."""
    o = context.options
    unlock(context)
    found = context.wait(context.services.money.accounts_again(o.network))
    text = "\n".join(f"{one.label}  {one.address_text}" for one in found)
    context.answer(
        {"accounts": [account_document(one) for one in found]}, text or "None were missing."
    )
    return OK


def request(context: Context) -> int:
    """A payment request."""
    o, services = context.options, context.services
    o.account = o.owner
    owner = sender(context)
    ensure_vault(context)

    async def make() -> GivenRequest:
        if o.amount is None:
            return await services.money.new_request(o.network, owner.address, label=o.label)
        token = await token_named(context, owner, o.token)
        amount = parse_amount(o.amount, token.decimals, where="--amount")
        return await services.money.new_request(o.network, owner.address, token, amount, o.label)

    given = context.wait(make())
    context.answer(
        words.request_document(given.request, given.text),
        f"{given.text}\nTo be paid on {given.network} only. Who has this text can pay you, and "
        "find out when and how much was paid; not who you are, and they can spend nothing.",
    )
    return OK


def requests(context: Context) -> int:
    """All of them, or one, with the texts that their payers get."""
    o = context.options
    unlock(context)
    given = context.wait(context.services.money.requests_again(o.network, o.id))
    tokens = words.known_tokens(context)
    lines = [f"{words.request_line(one.request, tokens)}\n  {one.text}" for one in given]
    context.answer(
        {"requests": [words.request_document(one.request, one.text) for one in given]},
        "\n".join(lines) or "No requests.",
    )
    return OK
