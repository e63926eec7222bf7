"""Choosing how much an audit bundle shows, and saving it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from obsqra_desktop.domain.record import Disclosure, ExportNote
from obsqra_desktop.ui.widgets.base import Card, Notice, label
from obsqra_desktop.ui.widgets.choice import Radio
from obsqra_desktop.ui.widgets.field_list import FieldList

LEVELS = (Disclosure.PUBLIC, Disclosure.AUDITOR, Disclosure.OWNER)


class BundleCard(Card):
    """The level, and field by field what it shows."""

    level_changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Audit bundle"))
        self.add(
            label(
                self.tr("One file that anyone can check offline."),
                "secondary",
                wrap=True,
            )
        )
        notes = {
            Disclosure.PUBLIC: (self.tr("&Public"), self.tr("proof, metrics, allocation")),
            Disclosure.AUDITOR: (self.tr("Au&ditor"), self.tr("adds your policy")),
            Disclosure.OWNER: (self.tr("&Owner"), self.tr("for your own archive")),
        }
        self.group = QButtonGroup(self)
        self.radios: dict[Disclosure, Radio] = {}
        for number, level in enumerate(LEVELS):
            radio = Radio(*notes[level])
            self.group.addButton(radio, number)
            self.radios[level] = radio
            self.add(radio)
        self.radios[Disclosure.PUBLIC].setChecked(True)
        self.add(label(self.tr("What it shows"), "caption"))
        self.fields = FieldList()
        self.add(self.fields)
        self.outcome = Notice("good")
        self.outcome.hide()
        self.add(self.outcome)
        self.group.idToggled.connect(self._on_toggled)
        self.fields.show_level(self.level)

    @property
    def level(self) -> Disclosure:
        """The chosen level."""
        return LEVELS[self.group.checkedId()]

    def _on_toggled(self, number: int, on: bool) -> None:
        if on:
            self.fields.show_level(self.level)
            self.level_changed.emit()

    def show_saved(self, note: ExportNote) -> None:
        """Say what was saved."""
        words = self.tr("Saved as {0}").format(note.file_name)
        self.outcome.say("good", words, self.tr("Level {0}.").format(note.level.value))
        self.outcome.show()

    def show_problem(self, title: str, detail: str) -> None:
        """Say why it was not saved."""
        self.outcome.say("bad", title, detail)
        self.outcome.show()

    def reset(self) -> None:
        """For the next decision."""
        self.outcome.hide()
