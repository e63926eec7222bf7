"""What a page shows while it has nothing: why, and the way out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.widgets.base import label, plain, vertical
from obsqra_desktop.ui.widgets.buttons import Button


class EmptyState(QWidget):
    """An icon, a sentence, an explanation and one button."""

    def __init__(
        self, icon: str, title: str, detail: str, verb: str = "", primary: bool = True
    ) -> None:
        super().__init__()
        column = vertical(8, (24, 48, 24, 48))
        center = Qt.AlignmentFlag.AlignHCenter
        self._title = label(title, "section")
        self._detail = label(detail, "secondary", wrap=True)
        self._detail.setAlignment(center)
        self._detail.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._detail.setFixedWidth(460)
        self._detail.setMinimumHeight(max(0, self._detail.heightForWidth(460)))
        column.addStretch(1)
        self._icon = IconLabel(icon, "text_faint", 40)
        column.addWidget(self._icon, 0, center)
        column.addSpacing(4)
        column.addWidget(self._title, 0, center)
        column.addWidget(self._detail, 0, center)
        self.button = Button(verb, "primary" if primary else "plain")
        if not verb:
            self.button.hide()  # never shown before it has a parent: that would be a window
        column.addSpacing(8)
        column.addWidget(self.button, 0, center)
        self.other = Button("", "quiet")
        self.other.hide()
        column.addWidget(self.other, 0, center)
        column.addStretch(1)
        self.setLayout(column)

    def say(self, title: str, detail: str, verb: str, other: str = "") -> None:
        """Other words; no verb hides its button."""
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setMinimumHeight(max(0, self._detail.heightForWidth(460)))
        for button, words in ((self.button, verb), (self.other, other)):
            button.set_words(words)
            button.setAccessibleName(plain(words))
            button.setVisible(bool(words))

    def show_icon(self, icon: str, token: str = "text_faint") -> None:
        """Another icon over the words."""
        self._icon.show_icon(icon, token)

    @property
    def words(self) -> str:
        """What is said, for tests."""
        return f"{self._title.text()}\n{self._detail.text()}"
