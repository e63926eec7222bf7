"""The tokens of a network: always STRK and ETH, and what the venues' file lists."""

from pathlib import Path

import pytest

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK
from obsqra_desktop.domain.market.deployments import shipped_deployments
from obsqra_desktop.domain.network import Network, NetworkKind
from obsqra_desktop.services.tokens import tokens_of
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
