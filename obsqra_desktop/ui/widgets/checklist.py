"""Rows of work that fill in as the work really happens."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.widgets.base import horizontal as row_layout
from obsqra_desktop.ui.widgets.base import label, vertical

Name = TypeVar("Name")


class Mark(StrEnum):
    """Where a row stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


LOOK = {
    Mark.WAITING: ("circle-dashed", "text_faint"),
    Mark.RUNNING: ("hourglass", "accent"),
    Mark.DONE: ("check-circle-fill", "good"),
    Mark.FAILED: ("x-circle-fill", "bad"),
    Mark.STOPPED: ("minus-circle-fill", "text_faint"),
}


class CheckRow(QWidget):
    """One row: mark, title, note, and what it took."""

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.mark = Mark.WAITING
        self._title_words = title
        self._icon = IconLabel("circle-dashed", "text_faint", 20)
        self._title = label(title, "strong")
        self._note = label(note, "caption", wrap=True)
        self._right = label("", "secondary")
        texts = vertical(1)
        texts.addWidget(self._title)
        texts.addWidget(self._note)
        line = row_layout(14, (0, 5, 0, 5))
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        line.addWidget(self._right, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
        self.show_mark(Mark.WAITING)

    def show_mark(self, mark: Mark, right: str = "", note: str | None = None) -> None:
        """Change the state; a state is always a word and an icon, too."""
        self.mark = mark
        self._icon.show_icon(*LOOK[mark])
        words = {
            Mark.WAITING: self.tr("waiting"),
            Mark.RUNNING: self.tr("running"),
            Mark.DONE: self.tr("done"),
            Mark.FAILED: self.tr("failed"),
            Mark.STOPPED: self.tr("not done"),
        }[mark]
        self._right.setText(right or words)
        if note is not None:
            self._note.setText(note)
        self._title.setProperty("tone", "muted" if mark is Mark.WAITING else "")
        self._title.style().polish(self._title)
        self.setAccessibleName(f"{self._title_words}: {words}")
        self.setAccessibleDescription(f"{self._note.text()} {right}".strip())

    @property
    def right(self) -> str:
        """The words at the right."""
        return self._right.text()

    @property
    def note(self) -> str:
        """The second line."""
        return self._note.text()


def run_to(rows: Mapping[Name, CheckRow], step: Name) -> None:
    """This one runs; those before it are done."""
    for name, row in rows.items():
        if name == step:
            row.show_mark(Mark.RUNNING)
            return
        row.show_mark(Mark.DONE)


def stop_rows(rows: Iterable[CheckRow], running: Mark) -> None:
    """What ran ends with this mark; what waited was not done."""
    for row in rows:
        if row.mark is Mark.RUNNING:
            row.show_mark(running)
        elif row.mark is Mark.WAITING:
            row.show_mark(Mark.STOPPED)
