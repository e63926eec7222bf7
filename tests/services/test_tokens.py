"""The tokens of a network: always STRK and ETH, and what the venues' file lists."""

import asyncio
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK, Token
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.market import deployments as market
from obsqra_desktop.domain.market.deployments import Deployments, shipped_deployments
from obsqra_desktop.domain.network import Network, NetworkKind
from obsqra_desktop.services.tokens import amount_words, token_at, tokens_of
from obsqra_desktop.storage.venues import VenuesFolder

MAINNET = Network(id="mainnet", name="Mainnet", chain_id="SN_MAIN", kind=NetworkKind.MAINNET)
ELSEWHERE = Network(id="else", name="Else", chain_id="ELSE", kind=NetworkKind.CUSTOM)


def test_what_ships_is_known_with_its_decimals_and_nothing_twice(tmp_path: Path) -> None:
    found = tokens_of(VenuesFolder(tmp_path))(MAINNET)
    listed = {one.address: one.decimals for one in shipped_deployments("mainnet").tokens}
    assert found[:2] == (STRK, ETH)
    assert {one.address: one.decimals for one in found} == listed
    assert len(found) == len(listed)
    assert 6 in listed.values()


def test_the_users_own_file_goes_first(tmp_path: Path) -> None:
    raw = shipped_deployments("mainnet").model_dump_json(by_alias=True)
    folder = tmp_path / "venues"
    folder.mkdir()
    own = raw.replace('"decimals":8', '"decimals":7')
    (folder / "mainnet.json").write_text(own)
    found = tokens_of(VenuesFolder(tmp_path))(MAINNET)
    places = {one.symbol: one.decimals for one in found}
    assert places["WBTC"] == 7


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_file_that_is_missing_or_damaged_adds_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "venues").mkdir()
        (tmp_path / "venues" / "else.json").write_text(content)
    assert tokens_of(VenuesFolder(tmp_path))(ELSEWHERE) == KNOWN_TOKENS


USDC = Token("USDC.e", "USDC.e", 0x53C91, 6)


class Contract:
    """A session that meets one token contract, and counts what it is asked."""

    def __init__(self, decimals: int, symbol: str) -> None:
        self.asked = 0
        self._answers = {
            "decimals": (decimals,),
            "symbol": (int.from_bytes(symbol.encode(), "big"),),
        }

    async def call(
        self, _address: int, entry_point: str, _calldata: tuple[int, ...], _block: Block
    ) -> tuple[int, ...]:
        self.asked += 1
        return self._answers[entry_point]


def token_of(contract: Contract, address: int, listed: tuple[Token, ...]) -> Token:
    return asyncio.run(token_at(cast("Any", contract), address, listed))


def test_a_listed_token_has_its_listed_name_where_the_contract_agrees() -> None:
    contract = Contract(6, "USDCe")
    assert token_of(contract, USDC.address, (USDC,)) == USDC
    assert contract.asked == 2


def test_a_list_and_a_contract_that_disagree_stop_everything() -> None:
    with pytest.raises(InvalidInput, match="6 decimal places, its contract 18"):
        token_of(Contract(18, "USDCe"), USDC.address, (USDC,))


def test_an_unlisted_token_is_taken_by_its_contracts_word() -> None:
    told = token_of(Contract(8, "COIN"), 0xC01, (USDC,))
    assert (told.symbol, told.decimals, told.name) == ("COIN", 8, "unknown token")


def test_nobody_is_asked_about_what_is_known_everywhere() -> None:
    contract = Contract(3, "FAKE")
    assert token_of(contract, STRK.address, (Token("X", "X", STRK.address, 3),)) is STRK
    assert contract.asked == 0


class Listed:
    """A list of venues with these tokens."""

    def __init__(self, *tokens: market.Token) -> None:
        self._tokens = tokens

    def venues(self, _network: Network) -> Deployments:
        return shipped_deployments("mainnet").model_copy(update={"tokens": self._tokens})


def test_a_list_cannot_name_another_contract_like_a_known_token() -> None:
    listed = Listed(
        market.Token(symbol="STRK", address=STRK.address, decimals=18),
        market.Token(symbol="ETH", address=0xBAD, decimals=18),
        market.Token(symbol="DAI", address=0xDA1, decimals=18),
    )
    found = tokens_of(cast("Any", listed))(MAINNET)
    assert [(one.symbol, one.address) for one in found] == [
        ("STRK", STRK.address),
        ("ETH", ETH.address),
        ("ETH?", 0xBAD),
        ("DAI", 0xDA1),
    ]


def test_amounts_have_a_symbol_or_say_that_they_are_smallest_units() -> None:
    tokens = (*KNOWN_TOKENS, USDC)
    assert amount_words(USDC.address, 1_500_000, tokens) == "1.5 USDC.e"
    assert amount_words(STRK.address, 10**17, ()) == "0.1 STRK"
    nameless = 0x123456 * 2**200 + 0xABCD
    short = f"{address_form(nameless)[:8]}…{address_form(nameless)[-4:]}"
    thin = "\N{NARROW NO-BREAK SPACE}"
    many = f"1{thin}500{thin}000 units of {short}"
    assert amount_words(nameless, 1_500_000, tokens) == many
    assert amount_words(nameless, 1, tokens) == f"1 unit of {short}"
