"""Fields with their labels, and choices of one thing, as the forms of the pages use them."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget

from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.ui.widgets.base import (
    Notice,
    keyboard_used,
    label,
    restyle,
    reveal,
    vertical,
)


def edit(
    name: str, placeholder: str = "", *, hidden: bool = False, most: int | None = None
) -> QLineEdit:
    """A line to type in, `most` characters long; `hidden` for passphrases."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    made.returnPressed.connect(lambda: keyboard_used(made, True))
    if hidden:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    if most is not None:
        made.setMaxLength(most)
    return made


def field(text: str, widget: QWidget, note: str = "") -> QVBoxLayout:
    """A label over a field, and a muted line below."""
    column = vertical(4)
    title = label(text, "secondary")
    title.setBuddy(widget)
    column.addWidget(title)
    column.addWidget(widget)
    if note:
        column.addWidget(label(note, "caption", wrap=True))
    return column


FIELDS: Final = {
    "address": "The address does not fit",
    "amount": "The amount does not fit",
    "leaves": "The number of leaves does not fit",
    "name": "The name does not fit",
    "owner": "The owner does not fit",
    "request": "The payment request does not fit",
    "token": "The token does not fit",
}
"""By the name of the place that an error names; of others that name is for programs, too."""


def title_of(error: AppError) -> str:
    """What is wrong, for people: the field by its name on the page."""
    if not isinstance(error, InvalidInput):
        return error.title
    words = FIELDS.get(error.where, "This cannot be used as it is")
    return QCoreApplication.translate("Form", words)


def in_words(error: AppError) -> str:
    """Detail and hint as sentences."""
    detail = error.detail
    if isinstance(error, InvalidInput) and (not error.where or error.where in FIELDS):
        detail = error.plain[:1].upper() + error.plain[1:]  # the title has the field's name
    return f"{sentence(detail) if error.hint else detail} {error.hint}".strip()


def sentence(words: str) -> str:
    """With a full stop, so that another sentence can follow."""
    words = words.strip()
    return f"{words}." if words and words[-1] not in ".!?…" else words


def enter_presses(button: QAbstractButton, *lines: QLineEdit) -> None:
    """Enter in a line does what the form is there for; nothing while the button is grey."""
    for line in lines:
        line.returnPressed.connect(button.click)


def show_error(notice: Notice, error: AppError) -> None:
    """What happened and what to do, in place."""
    notice.say("bad", title_of(error), in_words(error))
    notice.show()


def mark(line: QLineEdit, bad: bool) -> None:
    """Show in the field itself whether it is wrong."""
    restyle(line, state="bad" if bad else "")


def show_problem(notice: Notice, error: AppError, fields: dict[str, QLineEdit]) -> None:
    """The same beside the form's verb; the field that does not fit is marked, with the keyboard."""
    show_error(notice, error)
    if isinstance(error, InvalidInput) and (line := fields.get(error.where)) is not None:
        mark(line, True)
        line.setFocus()
    reveal(notice)


def forget_problem(notice: Notice, line: QLineEdit) -> None:
    """It is typed anew."""
    mark(line, False)
    notice.hide()
