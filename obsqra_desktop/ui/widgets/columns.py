"""A main column with side cards, which move below when the width is small."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from obsqra_desktop.ui.widgets.base import vertical

SIDE_BY_SIDE = 880
SIDE_WIDTH = 288


class Flexible(QWidget):
    """As high as its width demands; Qt's own least height ignores how text wraps."""

    def minimumSizeHint(self) -> QSize:
        return QSize(min(320, super().minimumSizeHint().width()), 0)


class Columns(Flexible):
    """`main` and `side` are columns to fill."""

    def __init__(self, side_width: int = SIDE_WIDTH) -> None:
        super().__init__()
        self._side_width = side_width
        self.main = vertical(16)
        self.main.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._left = Flexible()
        self._left.setLayout(self.main)
        self._right = Flexible()
        self.side = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._right)
        self.side.setContentsMargins(0, 0, 0, 0)
        self.side.setSpacing(16)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(20)
        self._box.addWidget(self._left, 1, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        self._wide: bool | None = None
        self._arrange(True)

    @property
    def wide(self) -> bool:
        """Whether the side cards stand at the side."""
        return bool(self._wide)

    def _arrange(self, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        for number, grows in enumerate((wide, not wide)):  # what is left over stays at the end
            self._box.setStretch(number, int(grows))
        self.side.setDirection(direction.TopToBottom if wide else direction.LeftToRight)
        for number in range(self.side.count()):
            if (item := self.side.itemAt(number)) is not None:
                item.setAlignment(Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignTop)
            self.side.setStretch(number, 0 if wide else 1)
        if wide:
            self._right.setFixedWidth(self._side_width)
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16777215)
        width = QSizePolicy.Policy.Fixed if wide else QSizePolicy.Policy.Preferred
        self._right.setSizePolicy(width, QSizePolicy.Policy.Preferred)
        self._box.setAlignment(
            self._left, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )
        self._box.setAlignment(
            self._right, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width() >= SIDE_BY_SIDE)
