"""Fields with their labels, and choices of one thing, as the forms of the pages use them."""

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.ui.widgets.base import Notice, keyboard_used, label, restyle, vertical


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


def in_words(error: AppError) -> str:
    """Detail and hint as sentences."""
    return f"{sentence(error.detail) if error.hint else error.detail} {error.hint}".strip()


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
    notice.say("bad", error.title, in_words(error))
    notice.show()


def mark(line: QLineEdit, bad: bool) -> None:
    """Show in the field itself whether it is wrong."""
    restyle(line, state="bad" if bad else "")
