"""A limit to drag or to type: slider and number move together."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.ui.widgets.base import horizontal, label, vertical
from obsqra_desktop.ui.widgets.slider import Slider
from obsqra_desktop.ui.widgets.wheel import Number


class LimitEdit(QWidget):
    """A whole number between two bounds, with a name above and a note below.

    With `percent` the value is in basis points and shown as a percentage; dragging moves by
    whole percents, typing takes two decimals.
    """

    changed = Signal(int)

    def __init__(
        self, name: str, low: int, high: int, note: str = "", *, percent: bool = False
    ) -> None:
        super().__init__()
        self._unit = 100 if percent else 1
        self._value = low
        self.slider = Slider()
        self.slider.setRange(-(-low // self._unit), high // self._unit)
        self.slider.setPageStep(max(1, (high - low) // self._unit // 10))
        self.slider.setAccessibleName(self.tr("{0}, slider").format(name))
        self.number = Number()
        self.number.setLocale(QLocale.c())
        self.number.setDecimals(2 if percent else 0)
        self.number.setRange(low / self._unit, high / self._unit)
        self.number.setSuffix(" %" if percent else "")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(94)
        self.number.lineEdit().setTextMargins(0, 0, 7, 0)
        self.number.setAccessibleName(name)
        self.number.setAccessibleDescription(note)
        self.slider.valueChanged.connect(self._on_slider_changed)
        self.number.valueChanged.connect(self._on_number_changed)
        row = horizontal(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        column = vertical(2)
        column.addWidget(label(name, "strong"))
        column.addLayout(row)
        if note:
            column.addWidget(label(note, "caption", wrap=True))
        self.setLayout(column)

    @property
    def value(self) -> int:
        """The number, in basis points for a percentage."""
        return self._value

    def set_value(self, value: int) -> None:
        """Set the number without saying so."""
        self._value = value
        self._show(self.number, value / self._unit)
        self._show(self.slider, value // self._unit)

    @staticmethod
    def _show(part: Slider | Number, value: float) -> None:
        blocked = part.blockSignals(True)
        part.setValue(value)  # type: ignore[arg-type] # sliders get a whole number here
        part.blockSignals(blocked)

    def _on_slider_changed(self, value: int) -> None:
        self._value = value * self._unit
        self._show(self.number, value)
        self.changed.emit(self._value)

    def _on_number_changed(self, value: float) -> None:
        self._value = round(value * self._unit)
        self._show(self.slider, self._value // self._unit)
        self.changed.emit(self._value)
