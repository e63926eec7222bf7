"""File dialogs. They are opened, never `exec`ed, as a nested loop would stop qasync's."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def _show(dialog: QFileDialog, on_chosen: Callable[[Path], None]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)) if name else None)
    dialog.open()
    return dialog


def open_file(
    parent: QWidget, title: str, kinds: str, on_chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for one existing file."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return _show(dialog, on_chosen)


def save_file(
    parent: QWidget, title: str, suggested: str, kinds: str, on_chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask where to save; the dialog itself asks before it overwrites."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.selectFile(suggested)
    return _show(dialog, on_chosen)
