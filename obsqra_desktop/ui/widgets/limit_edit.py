"""A limit to drag or to type: slider and number move together."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QSpinBox, QWidget

from obsqra_desktop.ui.widgets.base import horizontal, label, vertical


class LimitEdit(QWidget):
    """An integer between two bounds, with a name above and a note below."""

    changed = Signal(int)

    def __init__(
        self, name: str, low: int, high: int, suffix: str = "", note: str = "", step: int = 1
    ) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(low, high)
        self.slider.setSingleStep(step)
        self.slider.setPageStep(max(step, (high - low) // 10))
        self.slider.setAccessibleName(self.tr("{0}, slider").format(name))
        self.number = QSpinBox()
        self.number.setRange(low, high)
        self.number.setSingleStep(step)
        self.number.setSuffix(suffix)
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(86)
        self.number.setAccessibleName(name)
        self.number.setAccessibleDescription(note)
        self.slider.valueChanged.connect(self.number.setValue)
        self.number.valueChanged.connect(self._on_number_changed)
        self._name = label(name, "strong")
        row = horizontal(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        column = vertical(2)
        column.addWidget(self._name)
        column.addLayout(row)
        if note:
            column.addWidget(label(note, "caption", wrap=True))
        self.setLayout(column)

    @property
    def value(self) -> int:
        """The number."""
        return self.number.value()

    def set_value(self, value: int) -> None:
        """Set the number without saying so."""
        for part in (self.number, self.slider):
            blocked = part.blockSignals(True)
            part.setValue(value)
            part.blockSignals(blocked)

    def _on_number_changed(self, value: int) -> None:
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(blocked)
        self.changed.emit(value)
