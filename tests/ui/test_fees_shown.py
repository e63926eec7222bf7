"""Fees that are shown before a word: four places, never cut off, and the highest never too low."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel, QWidget

from obsqra_desktop.ui.format import at_most, likely
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.wallet import Wallet
from tests.ui.wallet_scenes import send_plan

FRI = Decimal(10) ** 18
STEP = Decimal("0.0001")
NAMES = {"Likely fee", "Highest fee"}


def figure(words: str) -> Decimal:
    assert words.endswith(" STRK")
    return Decimal(words.removesuffix(" STRK").replace("\N{NARROW NO-BREAK SPACE}", ""))


@given(st.integers(0, 10**30))
def test_the_highest_fee_is_never_more_than_it_says(fee: int) -> None:
    exact = Decimal(fee) / FRI
    assert exact <= figure(at_most(fee)) < exact + STEP


@given(st.integers(10**14, 10**30))
def test_a_likely_fee_is_near(fee: int) -> None:
    assert abs(figure(likely(fee)) - Decimal(fee) / FRI) <= STEP / 2


@pytest.mark.parametrize(
    ("fee", "words"),
    [
        (0, "0 STRK"),
        (1, "<0.0001 STRK"),
        (49_999_999_999_999, "<0.0001 STRK"),
        (50_000_000_000_000, "0.0001 STRK"),
        (12_345_678_900_000_000, "0.0123 STRK"),
        (1_234 * 10**18, "1\N{NARROW NO-BREAK SPACE}234 STRK"),
    ],
)
def test_a_small_fee_is_not_nothing(fee: int, words: str) -> None:
    assert likely(fee) == words


def fees(view: QWidget) -> dict[str, str]:
    """The values beside the names of fees."""
    labels = [one for one in view.findChildren(QLabel) if one.isVisible()]
    return {one.text(): two.text() for one, two in pairwise(labels) if one.text() in NAMES}


def test_no_fee_of_a_step_is_cut_off(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_proved(pui, wallet)
    steps = pui.window.private.steps
    shown = fees(steps.check)
    assert set(shown) == NAMES
    assert not any("…" in words for words in shown.values()), shown
    assert shown["Highest fee"] in steps.send_button.text(), "list and verb say the same"


def test_no_fee_of_a_payment_is_cut_off(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    shown = fees(page.steps.check)
    assert set(shown) == NAMES
    assert not any("…" in words for words in shown.values()), shown
    assert shown["Highest fee"] in page.steps.send_button.text()
