"""A backup whose counters nothing bears out, and the deliberate way to take them all the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.services.mist.finding import WIDE_GAP
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.widgets.base import Card, IconLine, label, reveal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox


class CountersCard(Card):
    """The reason, the danger, and a word of one's own; leaving it is the default."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("This backup counts too far"))
        self.setProperty("kind", "sunken")
        self.why = label("", "secondary", wrap=True)
        self.mine = CheckBox(self.tr("It is mine, and I know why"))
        self.close_button = Button(self.tr("Leave it"), "plain", "x")
        self.button = Button(self.tr("Restore it all the same…"), "plain", "warning")
        self.add(self.why)
        for icon, token, words in (
            (
                "check",
                "good",
                self.tr(
                    "Right if you made the file and gave up hundreds of steps in a row: each used "
                    "up keys."
                ),
            ),
            (
                "warning",
                "warn",
                self.tr(
                    "The danger: your next notes get keys beyond these counters. A recovery from "
                    "the secret alone looks {0} unused keys ahead and would not come that far: "
                    "such notes come back from a backup only."
                ).format(grouped(WIDE_GAP)),
            ),
            (
                "warning",
                "warn",
                self.tr("It cannot be undone: a counter never falls. Another copy is better."),
            ),
        ):
            self.add(IconLine(icon, token, words))
        self.add(self.mine)
        self.add_left(self.close_button)
        self.add_left(self.button)
        self.mine.toggled.connect(self.button.setEnabled)
        self.button.clicked.connect(self._on_wanted)
        self.close_button.clicked.connect(self.close_form)
        self.button.setEnabled(False)
        self.hide()

    def ask(self, why: str) -> None:
        """Show it; nothing is ticked, and the keyboard is on leaving it."""
        self.why.setText(why)
        self.mine.setChecked(False)
        self.show()
        self.close_button.setFocus()
        reveal(self)

    def close_form(self) -> None:
        """Forget it and go."""
        self.mine.setChecked(False)
        inside = any(one.hasFocus() for one in self.findChildren(QWidget))
        self.hide()
        if inside and (near := self.parentWidget()) is not None:
            near.setFocus()  # the keyboard stays here

    def _on_wanted(self) -> None:
        self.close_form()
        self.wanted.emit()
