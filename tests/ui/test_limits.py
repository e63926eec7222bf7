"""The user's limits in the settings."""

from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.ui.window import SETTINGS
from tests.ui.conftest import Driver

ONE = 10**18


def test_limits_are_shown_changed_and_kept(ui: Driver) -> None:
    ui.services.networks.select("mainnet")
    ui.window.open_page(SETTINGS)
    card = ui.window.settings.limits
    day = card.lines[(STRK.address, "per_day")]
    assert "Starknet mainnet" in card.where.text()
    assert (card.max_fee.text(), day.text()) == ("20", "1\u202f000")
    card.max_fee.setText("3.5")
    day.setText("")
    card.lines[(ETH.address, "per_transaction")].setText("0.02")
    ui.click(card.save)
    assert card.notice.words == "Kept"
    caps = ui.services.sending.caps(ui.services.networks.network())
    assert caps.max_fee == 35 * ONE // 10
    assert caps.of(STRK.address).per_day is None
    assert caps.of(STRK.address).per_transaction == 500 * ONE
    assert caps.of(ETH.address).per_transaction == ONE // 50


def test_a_wrong_limit_changes_nothing(ui: Driver) -> None:
    ui.window.open_page(SETTINGS)
    card = ui.window.settings.limits
    before = ui.services.sending.caps(ui.services.networks.network())
    card.max_fee.setText("-1")
    ui.click(card.save)
    assert "type an amount" in card.notice.words
    assert card.max_fee.property("state") == "bad"
    assert ui.services.sending.caps(ui.services.networks.network()) == before


def test_damaged_limits_are_said(ui: Driver) -> None:
    (ui.services.data_dir / "spending.json").write_bytes(b"{")
    ui.window.open_page(SETTINGS)
    card = ui.window.settings.limits
    assert "spending.json" in card.notice.words
    assert not card.save.isEnabled()
