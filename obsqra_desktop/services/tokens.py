"""Tokens by their contracts: what they say of themselves, made harmless, and balances."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token, format_amount
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.plans import known_token

if TYPE_CHECKING:  # who sends from an account needs nothing of the market
    from obsqra_desktop.services.market.ports import VenueFiles

TokensOn = Callable[[Network], tuple[Token, ...]]
"""All tokens of a network whose decimals the program knows."""

MAX_DECIMALS: Final = 36
SYMBOL_LENGTH: Final = 11
WORD: Final = 31


def only_known(_network: Network) -> tuple[Token, ...]:
    """Those that are on every network."""
    return KNOWN_TOKENS


def tokens_of(venues: "VenueFiles") -> TokensOn:
    """Also those of the venues: the user's own file, the practice chain's, or what ships. A file
    that is missing or damaged adds none; whoever needs the venues themselves is told."""

    def on(network: Network) -> tuple[Token, ...]:
        try:
            listed = venues.venues(network).tokens
        except (NotFound, InvalidInput, StorageError):
            return KNOWN_TOKENS
        known = {one.address for one in KNOWN_TOKENS}
        more = (
            Token(marked(one.symbol), one.symbol, one.address, one.decimals)
            for one in listed
            if one.address not in known
        )
        return (*KNOWN_TOKENS, *more)

    return on


def token_by_symbol(symbol: str) -> Token | None:
    """One of the known tokens."""
    return next((one for one in KNOWN_TOKENS if one.symbol == symbol.strip().upper()), None)


async def read_token(session: ChainSession, address: int) -> Token:
    """`decimals` and `symbol` of an ERC-20 (SNIP-2); raises InvalidInput if it is none.

    Anybody can name a contract STRK: a name that a known token has is marked.
    """
    try:
        decimals = await session.call(address, "decimals", (), Block.LATEST)
        symbol = text_of(await session.call(address, "symbol", (), Block.LATEST))
    except NodeRefused as error:
        raise InvalidInput("There is no token contract at this address.") from error
    if len(decimals) != 1 or decimals[0] > MAX_DECIMALS:
        raise NodeAnswerInvalid("The token names a number of decimal places that cannot be.")
    shown = "".join(one for one in symbol if one.isascii() and one.isalnum())[:SYMBOL_LENGTH]
    return Token(marked(shown), "unknown token", address, decimals[0])


def marked(symbol: str) -> str:
    """A name that a known token has, at another address; or none."""
    return f"{symbol}?" if not symbol or token_by_symbol(symbol) is not None else symbol


async def token_at(session: ChainSession, address: int, listed: tuple[Token, ...]) -> Token:
    """A known token; one of the network's list if its contract says the same; else its contract's
    word. Raises InvalidInput if the two disagree: amounts would be shown and typed wrong."""
    known = known_token(address)
    if known is not None:
        return known
    told = await read_token(session, address)
    named = known_token(address, listed)
    if named is not None and named.decimals != told.decimals:
        raise InvalidInput(
            f"The list of venues gives {named.symbol} {named.decimals} decimal places, its "
            f"contract {told.decimals}. Nothing was sent.",
            hint="Put the list right first (venues in the data folder), or ask another node.",
        )
    return named or told


def short_address(address: int) -> str:
    """Both ends of it, for a token without a name."""
    text = address_form(address)
    return f"{text[:8]}…{text[-4:]}"


def amount_words(
    address: int, figure: int, tokens: tuple[Token, ...], places: int | None = None
) -> str:
    """With the token's symbol; of one that nobody here knows in its smallest unit, said so."""
    known = known_token(address, tokens)
    if known is not None:
        return f"{format_amount(figure, known.decimals, places)} {known.symbol}"
    return f"{format_amount(figure, 0)} {units_of(address, figure)}"


def units_of(address: int, figure: int = 2) -> str:
    """The smallest unit of a token without a name."""
    return f"{'unit' if figure == 1 else 'units'} of {short_address(address)}"


def text_of(felts: tuple[int, ...]) -> str:
    """A short string, or a ByteArray (its words of 31 bytes, the rest, the rest's length)."""
    if len(felts) == 1:
        return bytes_of(felts[0]).decode("ascii", "replace")
    if len(felts) < 3 or felts[0] != len(felts) - 3 or felts[-1] >= WORD:
        return ""
    words = [bytes_of(one, WORD) for one in felts[1:-2]]
    return b"".join([*words, bytes_of(felts[-2], felts[-1])]).decode("utf-8", "replace")


def bytes_of(value: int, length: int | None = None) -> bytes:
    """Big endian; what does not fit gives nothing."""
    size = (value.bit_length() + 7) // 8 if length is None else length
    return value.to_bytes(size, "big") if value.bit_length() <= 8 * size else b""


async def balance_of(session: ChainSession, token: Token, address: int) -> int:
    """`balanceOf` of an ERC-20 at the pre-confirmed block (SNIP-2); a u256."""
    answer = await session.call(token.address, "balanceOf", (address,), Block.PRE_CONFIRMED)
    if len(answer) != 2 or any(half >> 128 for half in answer):
        raise NodeAnswerInvalid(f"The balance of {token.symbol or 'the token'} is no number.")
    return answer[0] + (answer[1] << 128)
