"""practice: a Starknet on this computer, for play money."""

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import CANNOT, OK
from obsqra_desktop.domain.amounts import Token, format_amount, parse_amount
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.practice_market import LENT, MARKETS
from obsqra_desktop.services.market_view import MarketPhase, OnPhase

PRACTICE = "practice"
CHECKED = "Its contracts check each proof by the pairing equation, as on a public network."


def up(context: Context) -> int:
    """Start it, or find it running."""
    return told(context, context.wait(context.services.practice.up()))


def down(context: Context) -> int:
    """Stop it; its state is kept."""
    status = context.wait(context.services.practice.down())
    context.answer(document(status), status.detail)
    return OK


def status(context: Context) -> int:
    """How it stands; exit code 0 only while it is up."""
    return told(context, context.wait(context.services.practice.status()))


def reset(context: Context) -> int:
    """Start anew; the old state is set aside."""
    if not context.options.yes:
        raise InvalidInput(
            "This gives up the practice chain's accounts and play money.",
            hint="If you mean it: obsqra practice reset --yes",
        )
    return told(context, context.wait(context.services.practice.reset()))


def join(context: Context) -> int:
    """Share the practice chain of another data folder, to be two people on one computer."""
    place, folder = context.services.practice_place, context.options.folder
    if folder is None:
        place.leave()
        return told(context, context.wait(context.services.practice.status()), OK)
    place.join(folder)
    return told(context, context.wait(context.services.practice.status()))


def faucet(context: Context) -> int:
    """Play money for an address."""
    o, services = context.options, context.services
    token = services.sending.token_by_symbol(o.token) or market_token(context, o.token)
    if o.to is not None:
        known = [one.label.casefold() for one in services.accounts.listing(PRACTICE)]
        if o.to.casefold() in known:
            address = services.accounts.find(o.to).address
        else:
            address = services.book.resolve(o.to)
    else:
        account = services.accounts.selected(PRACTICE)
        if account is None:
            raise NotFound(
                "There is no account on the practice chain yet.",
                hint="Make one: obsqra account new --network practice",
            )
        address = account.address
    amount = parse_amount(o.amount, token.decimals, where="--amount")
    balance = context.wait(services.practice.faucet(address, token.address, amount))
    answer = {"address": address_form(address), "token": token.symbol, "balance": str(balance)}
    shown = format_amount(balance, token.decimals)
    context.answer(answer, f"{address_form(address)} now has {shown} {token.symbol} to play with.")
    return OK


def market_token(context: Context, words: str) -> Token:
    """One of the practice market's, by its symbol."""
    tokens = context.services.money.tokens(PRACTICE)
    wanted = words.strip().casefold()
    found = next((one for one in tokens if one.symbol.casefold() == wanted), None)
    if found is None:
        symbols = ", ".join(one.symbol for one in tokens)
        raise InvalidInput(f"The faucet has: {symbols}.", where="--token")
    return found


def market(context: Context) -> int:
    """Make the practice market, or carry it on to now."""
    made = context.wait(context.services.practice_market.make(said_once(context)))
    venues = made.deployments
    answer: JsonObject = {
        "chain": venues.chain,
        "begins": made.begins,
        "steps": made.steps,
        "tokens": [{"symbol": one.symbol, "address": hex(one.address)} for one in venues.tokens],
        "pools": len(MARKETS) + len(LENT),
    }
    words = f"{len(MARKETS) + len(LENT)} pools stand on the practice chain"
    done = f"traded through {made.steps} half hours" if made.steps else "nothing was due"
    context.answer(answer, f"{words}; {done}. It is all play money.")
    return OK


def private(context: Context) -> int:
    """Make the private pool, or say where it is."""
    pool = context.wait(context.services.practice_private.make(said_once(context)))
    answer: JsonObject = {
        "pool": address_form(pool.pool),
        "class_hash": hex(pool.class_hash),
        "verifier": address_form(pool.verifier),
        "verifier_class": hex(pool.verifier_class),
        "owner": address_form(pool.owner),
    }
    words = f"A private pool stands on the practice chain: {address_form(pool.pool)}."
    context.answer(answer, f"{words}\n{CHECKED} It is all play money.")
    return OK


def said_once(context: Context) -> OnPhase:
    """Notes each phase when it begins."""
    said: set[str] = set()

    def say(phase: MarketPhase) -> None:
        if phase.words not in said:
            said.add(phase.words)
            context.note(f"{phase.words} …")

    return say


def told(context: Context, status: PracticeStatus, otherwise: int = CANNOT) -> int:
    """The status, and whether it is up."""
    words = status.detail
    if status.trouble is not None:
        why = f"{status.trouble.detail} {status.trouble.hint}".strip()
        words = f"{words} Its market does not trade on: {why}"
    context.answer(document(status), words)
    return OK if status.state is PracticeState.UP else otherwise


def document(status: PracticeStatus) -> JsonObject:
    """As JSON."""
    return {
        "state": status.state.value,
        "url": status.url,
        "pid": status.pid,
        "version": status.version,
        "detail": status.detail,
        "trouble": None if status.trouble is None else status.trouble.detail,
    }
