"""The list of a bundle's fields: complete for each level, and worked with the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from obsqra_desktop.domain.disclosure import Visibility, preview
from obsqra_desktop.domain.record import Disclosure
from obsqra_desktop.ui.widgets.bundle_card import BundleCard


@pytest.fixture
def card(qapp: QApplication) -> BundleCard:
    return BundleCard()


@pytest.mark.parametrize("level", Disclosure)
def test_every_field_is_listed(card: BundleCard, level: Disclosure) -> None:
    card.radios[level].setChecked(True)
    lines = card.fields.lines()
    assert len(lines) == len(preview(level))
    assert set(lines) == set(preview(level))


def test_keys_reach_every_field_and_tell_why(card: BundleCard) -> None:
    tree = card.fields.tree
    tree.expandAll()
    first = tree.topLevelItem(0)
    assert first is not None
    tree.setCurrentItem(first)
    told: set[str] = set()
    for _ in range(len(card.fields.lines()) + 30):
        told.add(card.fields.detail.text())
        QTest.keyClick(tree, Qt.Key.Key_Down)
    for field in preview(Disclosure.PUBLIC):
        assert any(field.why in words and field.path in words for words in told), field


def test_what_is_hidden_stands_open_first(card: BundleCard) -> None:
    first = card.fields.tree.topLevelItem(0)
    assert first is not None
    assert first.text(0).startswith("Hidden")
    assert first.isExpanded()
    QTest.keyClick(card.fields.tree, Qt.Key.Key_Space)
    assert not first.isExpanded()
    card.radios[Disclosure.OWNER].setChecked(True)
    assert not any(one.visibility is Visibility.HIDDEN for one in card.fields.lines())
