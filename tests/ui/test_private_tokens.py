"""Amounts of every token in the window: with a symbol, or said to be smallest units."""

import pytest
from PySide6.QtCore import Qt

from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.models.notes import NotesModel, short_units
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import NAMELESS, USDC, hand, pick
from tests.ui.wallet import Wallet

LISTED, STRANGE = f"{7:012x}", f"{8:012x}"
UNITS = f"units of {address_form(NAMELESS)[:8]}…{address_form(NAMELESS)[-4:]}"
THIN = "\N{NARROW NO-BREAK SPACE}"


def cell(ui: Driver, note: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
    model = ui.window.private.view.notes.model
    return model.data(model.index(model.row_of(note), NotesModel.AMOUNT), role)


def test_a_token_of_the_list_has_its_symbol_everywhere(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_tokens(pui, wallet)
    view = pui.window.private.view
    assert cell(pui, LISTED) == "1.5 USDC.e"
    assert "1.5 USDC.e" in view.notes.sum.text()
    assert view.missing.sums.text() == "2.25 USDC.e"
    view.notes.choose(LISTED)
    pui.pause()
    assert view.spend.words.text() == "1.5 USDC.e"


def test_its_amounts_are_typed_with_its_decimals(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_tokens(pui, wallet)
    view = pui.window.private.view
    view.notes.choose(LISTED)
    pui.pause()
    pick(pui, MistAction.WITHDRAW)
    view.spend.amount.text.setText("0.5")
    assert view.spend.amount.value() == 500_000
    view.spend.amount.text.setText("0.0000001")
    assert view.spend.amount.value_or_none() is None, "it has six places"


def test_a_token_without_a_name_is_told_by_its_address_in_its_smallest_unit(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_tokens(pui, wallet)
    view = pui.window.private.view
    figure = f"123{THIN}456{THIN}789"
    shown = f"{figure} {UNITS}"
    assert cell(pui, STRANGE) == f"{figure} units"
    assert cell(pui, STRANGE, Qt.ItemDataRole.AccessibleTextRole) == shown
    assert "123" not in view.notes.sum.text(), "what cannot be compared is no large figure"
    assert view.notes.others.isVisible()
    assert figure in view.notes.others.text()
    hint = str(cell(pui, STRANGE, Qt.ItemDataRole.ToolTipRole))
    assert address_form(NAMELESS) in hint
    assert "smallest unit" in hint
    assert cell(pui, LISTED, Qt.ItemDataRole.ToolTipRole) is None
    view.notes.choose(STRANGE)
    pui.pause()
    assert view.spend.words.text() == shown
    assert address_form(NAMELESS) in view.notes.around.text(), "whole, without the mouse"
    view.spend.amount.text.setText("7")
    assert view.spend.amount.value() == 7
    view.spend.amount.text.setText("0.5")
    assert view.spend.amount.value_or_none() is None


def test_hidden_amounts_say_the_token_alone(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_tokens(pui, wallet)
    pui.window.state.update(hide_amounts=True)
    pui.pause()
    assert cell(pui, LISTED) == f"{HIDDEN} USDC.e"
    assert cell(pui, STRANGE) == f"{HIDDEN} units"
    notes = pui.window.private.view.notes
    hint = str(cell(pui, STRANGE, Qt.ItemDataRole.ToolTipRole))
    assert "456" not in " ".join((notes.sum.text(), notes.others.text(), hint))


def test_a_list_that_goes_leaves_units(pui: Driver, wallet: Wallet) -> None:
    """On another network, or after the file was taken away."""
    by_hand.private_tokens(pui, wallet)
    hand(pui).tokens = ()
    pui.window.private.refresh()
    pui.settle()
    assert cell(pui, LISTED) == f"1{THIN}500{THIN}000 units"
    said = cell(pui, LISTED, Qt.ItemDataRole.AccessibleTextRole)
    assert str(said).endswith(
        f"units of {address_form(USDC.address)[:8]}…{address_form(USDC.address)[-4:]}"
    )


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (1, "1 unit"),
        (999_999_999, f"999{THIN}999{THIN}999 units"),
        (10**9, "about 1.00·10⁹ units"),
        (1_999_999_999_999_999_999, "about 1.99·10¹⁸ units"),
        (10**38, "about 1.00·10³⁸ units"),
    ],
)
def test_long_figures_are_rounded_down_and_said_to_be(amount: int, words: str) -> None:
    assert short_units(amount) == words
