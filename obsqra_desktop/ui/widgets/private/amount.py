"""An amount of private money, typed or chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.amounts import format_amount, parse_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.amounts import REASON, grid, is_common
from obsqra_desktop.ui.widgets.base import horizontal, label, vertical
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.form import mark
from obsqra_desktop.ui.widgets.veiled_line import VeiledLine


class AmountLine(QWidget):
    """An amount: common ones to choose from, and why; another one may be typed."""

    changed = Signal()

    def __init__(self, name: str, *, stacked: bool = False) -> None:
        """`stacked` for a narrow card: the choice stands below what is typed."""
        super().__init__()
        self.common = Select(name + ": " + self.tr("common amounts"))
        self.text = VeiledLine(name, "0.0")
        self.note = label("", "caption", wrap=True)
        row = vertical(8) if stacked else horizontal(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.common, 1)
        column = vertical(4)
        column.addLayout(row)
        column.addWidget(self.note)
        self.setLayout(column)
        self.setFocusProxy(self.text)
        self._decimals = 18
        self._most: int | None = None
        self.common.activated.connect(self._on_common)
        self.text.textChanged.connect(self._on_text)
        self.show_token(18, None)

    def show_token(self, decimals: int, most: int | None) -> None:
        """Offer the grid of a token, up to `most` of its smallest unit."""
        self._decimals, self._most = decimals, most
        self.common.clear()
        self.common.addItem(self.tr("Common amounts"))
        for one in grid(decimals):
            if most is None or one <= most:
                self.common.addItem(format_amount(one, decimals))
        self._on_text()

    def hide_amount(self, hide: bool) -> None:
        """What is typed stays, as dots."""
        self.text.hide_typed(hide)

    def _on_common(self, number: int) -> None:
        if number > 0:
            self.text.setText(self.common.itemText(number))
            self.common.setCurrentIndex(0)  # it proposes; what is chosen stands in the line

    def _on_text(self) -> None:
        mark(self.text, False)
        words = REASON
        value = self.value_or_none()
        if value is not None and not is_common(value, self._decimals):
            words = self.tr("An unusual amount: it can be recognised when it leaves. ") + REASON
        self.note.setText(words)
        self.changed.emit()

    def value_or_none(self) -> int | None:
        """None while it is no amount."""
        try:
            return self.value()
        except InvalidInput:
            return None

    def value(self) -> int:
        """In the smallest unit; raises InvalidInput."""
        found = parse_amount(self.text.text(), self._decimals)
        if found == 0:
            raise InvalidInput(self.tr("It has to be more than zero."), where="amount")
        if self._most is not None and found > self._most:
            raise InvalidInput(self.tr("That is more than the note holds."), where="amount")
        return found
