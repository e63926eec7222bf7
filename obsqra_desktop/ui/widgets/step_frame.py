"""Choose, check, do: three views over one footer. What sends cannot be clicked by accident."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.pages.page import Footer
from obsqra_desktop.ui.widgets.base import vertical
from obsqra_desktop.ui.widgets.buttons import Button

REVIEW_MILLISECONDS = 700
"""A second click on "Check it", in the same place, must not be the word that sends."""


class StepFrame(QWidget):
    """The views in the order of `Step`; `forward` stands between "Back" and what sends."""

    def __init__(self, views: Iterable[QWidget], forward: Button | None = None) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        for view in views:
            self.stack.addWidget(view)
        self.footer = Footer()
        self.back_button = self.footer.add(Button(self.tr("&Back"), "plain", "arrow-left"))
        if forward is not None:
            self.footer.add(forward)
        self.send_button = self.footer.add(Button("", "primary", "paper-plane-tilt"))
        self.done_button = self.footer.add(Button(self.tr("D&one"), "primary", "check"))
        self.review = QTimer(self)
        self.review.setSingleShot(True)
        self.review.setInterval(REVIEW_MILLISECONDS)
        column = vertical(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self.setLayout(column)

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in one of the views or in the footer."""
        here = QApplication.focusWidget()
        return here is not None and self.isAncestorOf(here)

    def hold_back(self) -> None:
        """What sends waits until there was time to read."""
        self.send_button.setEnabled(False)
        self.review.start()

    def name_send(self, words: str) -> None:
        """What the button that sends does, for eyes and ears."""
        self.send_button.set_words(words)
        self.send_button.setAccessibleName(self.send_button.text())

    def show_step(self, step: Step, working: bool, home: QWidget) -> None:
        """One view with its verbs; the keyboard goes to `home` or a verb that sends nothing."""
        keyboard_here = self.has_keyboard
        ended = step is Step.DO and not working
        self.stack.setCurrentIndex(list(Step).index(step))
        self.back_button.setVisible(step is Step.CHECK)
        self.send_button.setVisible(step is Step.CHECK)
        self.done_button.setVisible(ended)
        if step is Step.CHECK:
            self.back_button.setFocus()
            self.footer.note.setText(self.tr("Nothing has been signed for sending yet."))
        elif ended:
            self.done_button.setFocus()
            self.footer.note.setText("")
        elif step is Step.DO:
            self.footer.note.setText(
                self.tr("You may close the window at any time: what was written down is followed.")
            )
        if keyboard_here and step is Step.CHOOSE:
            home.setFocus()  # what had it is gone now
        elif keyboard_here and working:
            self.setFocus()
