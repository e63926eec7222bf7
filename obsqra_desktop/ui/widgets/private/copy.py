"""The sealed copy of the notes beside a backup: whether one is wanted, and how it stands."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.mist.copy import NO_COPY, CopyKind, CopyState
from obsqra_desktop.ui.format import UNKNOWN, moment
from obsqra_desktop.ui.widgets.base import IconLine, Notice, clear, label, tip, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox

MILLISECONDS: Final = 15_000


class CopyChoice(QWidget):
    """A box to tick beside a backup; on unless its user says no."""

    def __init__(self) -> None:
        super().__init__()
        self.box = CheckBox(self.tr("Keep a copy of the notes beside it"))
        self.box.setChecked(True)
        words = label(
            self.tr(
                "After each step a sealed file, named like the backup with .notes, is replaced in "
                "its folder; if that is synchronised, whoever keeps it learns when."
            ),
            "secondary",
            wrap=True,
        )
        self.box.setAccessibleDescription(words.text())
        column = vertical(4)
        column.addWidget(self.box)
        column.addWidget(words)
        self.setLayout(column)

    @property
    def wanted(self) -> bool:
        """What was chosen."""
        return self.box.isChecked()


class CopyView(QWidget):
    """How the copy stands, and what can be done about it."""

    turned = Signal(bool)
    """Keep it, or not any more."""
    looked = Signal()
    """See whether it can be written now."""
    due = Signal()
    """The same, by itself: its disk may be back."""

    def __init__(self) -> None:
        super().__init__()
        self.state = NO_COPY
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timer.setInterval(MILLISECONDS)
        self.timer.timeout.connect(self.due)
        self.notice = Notice("warn")
        self._lines = vertical(6)
        self.again_button = Button(self.tr("Write it now"), "plain", "arrow-clockwise")
        self.on_button = Button(self.tr("Keep a copy of the notes"), "quiet", "copy")
        self.off_button = Button(self.tr("Keep no copy"), "quiet", "x")
        column = vertical(8)
        column.addWidget(self.notice)
        column.addLayout(self._lines)
        for button in (self.again_button, self.on_button, self.off_button):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(column)
        self.again_button.clicked.connect(self.looked)
        self.on_button.clicked.connect(lambda: self.turned.emit(True))
        self.off_button.clicked.connect(lambda: self.turned.emit(False))
        self.show_state(NO_COPY)

    def show_state(self, state: CopyState) -> None:
        """As it is now."""
        self.state = state
        kind = state.kind
        behind = kind is CopyKind.BEHIND
        clear(self._lines)
        for icon, token, words in self._words(state):
            self._lines.addWidget(IconLine(icon, token, words))
        self.notice.setVisible(behind)
        if behind:
            when = UNKNOWN if state.written_at is None else moment(state.written_at)
            why = state.trouble or self.tr("It is written at the next step.")
            self.notice.say(
                "warn",
                self.tr("The copy of the notes is behind"),
                self.tr("{0} Last written: {1}.").format(why, when),
            )
        self.again_button.setVisible(behind)
        self.on_button.setVisible(kind is CopyKind.OFF)
        self.off_button.setVisible(kind in {CopyKind.CURRENT, CopyKind.BEHIND})
        self.setVisible(kind is not CopyKind.NONE)
        self.setToolTip(tip(str(Path(state.folder, state.name))) if state.name else "")
        self._watch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()

    def _watch(self) -> None:
        """While it is behind and in sight, look now and then whether its place is back."""
        if self.state.kind is CopyKind.BEHIND and self.isVisible():
            self.timer.start()
        else:
            self.timer.stop()

    def _words(self, state: CopyState) -> list[tuple[str, str, str]]:
        found = []
        if state.kind is CopyKind.OFF:
            found.append(("info", "text_muted", self.tr("No copy of the notes is kept beside it.")))
        if state.has_all and state.written_at is not None:
            words = self.tr("The copy of the notes beside it has everything, as of {0}.")
            found.append(("check", "good", words.format(moment(state.written_at))))
            if not state.there:
                away = self.tr("It cannot be reached now. It is written again when it can.")
                found.append(("info", "text_muted", away))
        if state.kind in {CopyKind.CURRENT, CopyKind.BEHIND} and state.same_disk:
            disk = self.tr(
                "It is on the disk of the data folder: it helps if the folder is lost, not if the "
                "disk is, unless something carries it elsewhere."
            )
            found.append(("warning", "warn", disk))
        if state.others:
            others = self.tr(
                "It also has {0} notes that are not here: restore the backup beside it."
            )
            found.append(("info", "text_muted", others.format(state.others)))
        return found
