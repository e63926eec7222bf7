"""Facts of Integrity's registry: what is registered, and what that shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import parse_address, parse_felt
from obsqra_desktop.domain.integrity import ENOUGH, SHOWS, FactReport, Registered
from obsqra_desktop.ui.format import UNKNOWN
from obsqra_desktop.ui.widgets.base import (
    Card,
    IconLine,
    Notice,
    clear,
    horizontal,
    label,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.form import edit, field, mark, show_error
from obsqra_desktop.ui.widgets.hash_label import HashLabel

MOST_SHOWN = 25
LOOKS = (("check", "good"), ("x", "bad"), ("info", "text_muted"))


class RegisteredLine(QWidget):
    """One verification: bits, configuration, hash."""

    def __init__(self, one: Registered) -> None:
        super().__init__()
        bits = self.tr("{0} bits").format(one.security_bits)
        row = horizontal(12)
        if one.weak:
            chip = Chip(self.tr("{0}: weak").format(bits), "warn", "warning-fill")
        else:
            chip = Chip(bits, "plain")
        row.addWidget(chip)
        words = self.tr("layout {0} · hasher {1} · Stone {2} · memory {3}").format(
            *(
                word or UNKNOWN
                for word in (one.layout, one.hasher, one.stone_version, one.memory_verification)
            )
        )
        texts = vertical(0)
        texts.addWidget(label(words, "secondary", wrap=True))
        texts.addWidget(HashLabel(self.tr("hash of the verification"), hex(one.verification_hash)))
        row.addLayout(texts, 1)
        self.setLayout(row)
        self.setAccessibleName(f"{bits}, {words}")


class FactCard(Card):
    """Emits what is asked for; the page asks."""

    wanted = Signal(object, object)
    """Fact hash, and the registry or None."""

    def __init__(self) -> None:
        super().__init__(self.tr("Facts in Integrity’s registry"))
        self.add(
            label(
                self.tr(
                    "Herodotus Integrity registers that a Cairo program ran with a certain output. "
                    "Paste the hash of such a fact to see which verifications it has. Your own "
                    "proofs are of another kind and are not registered there."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.fact = edit(self.tr("Hash of the fact"), "0x…")
        self.registry = edit(self.tr("Another registry, optional"), "0x…")
        row = horizontal(12)
        row.addLayout(field(self.tr("Hash of the fact"), self.fact), 3)
        row.addLayout(field(self.tr("Another registry, optional"), self.registry), 2)
        self.body.addLayout(row)
        self.note = label("", "caption", "bad", wrap=True)
        self.note.hide()
        self.add(self.note)
        self.button = Button(self.tr("Look it &up"), "plain", "magnifying-glass")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_clicked)
        self.cancel_button = Button(self.tr("Cancel"), "plain", "stop-circle")
        self.cancel_button.hide()
        verbs = horizontal(8)
        verbs.addWidget(self.button)
        verbs.addWidget(self.cancel_button)
        verbs.addStretch(1)
        self.body.addLayout(verbs)
        self.notice = Notice()
        self.notice.hide()
        self.add(self.notice)
        self._lines = vertical(10)
        self.body.addLayout(self._lines)
        self._shows = vertical(9)
        self.body.addLayout(self._shows)
        for line in (self.fact, self.registry):
            line.textChanged.connect(self._on_typed)
            line.returnPressed.connect(self.button.click)

    def _on_typed(self) -> None:
        self.note.hide()
        mark(self.fact, False)
        mark(self.registry, False)
        self.button.setEnabled(bool(self.fact.text().strip()))

    def _on_clicked(self) -> None:
        registry = self.registry.text().strip()
        try:
            fact = parse_felt(self.fact.text().strip())
        except ValueError as error:
            self._refuse(self.tr("The hash is {0}.").format(error))
            mark(self.fact, True)
            return
        try:
            address = parse_address(registry, where="registry") if registry else None
        except InvalidInput as error:
            self._refuse(error.detail)
            mark(self.registry, True)
            return
        self.clear()
        self.wanted.emit(fact, address)

    def _refuse(self, words: str) -> None:
        self.note.setText(words)
        self.note.show()

    def clear(self) -> None:
        """Nothing was answered yet."""
        self.notice.hide()
        clear(self._lines)
        clear(self._shows)

    def show_report(self, report: FactReport) -> None:
        """Best first; what it shows and does not show stands below, as large."""
        self.clear()
        found = sorted(report.verifications, key=lambda one: -one.security_bits)
        strong = report.best is not None and report.best >= ENOUGH
        detail = "" if report.known else self.tr("This registry is one that you named. ")
        if not found:
            kind, title = "sunken", self.tr("No verification of this fact")
        elif strong:
            kind, title = "good", self.tr("{0} registered, the best has {1} bits")
        else:
            kind, title = "warn", self.tr("{0} registered, but the best has only {1} bits")
        self.notice.say(kind, title.format(len(found), report.best), detail + report.sentence)
        self.notice.show()
        for one in found[:MOST_SHOWN]:
            self._lines.addWidget(RegisteredLine(one))
        if len(found) > MOST_SHOWN:
            more = self.tr("and {0} with no more bits").format(len(found) - MOST_SHOWN)
            self._lines.addWidget(label(more, "caption"))
        for look, words in zip(LOOKS, SHOWS, strict=True):
            self._shows.addWidget(IconLine(*look, words))

    def show_error(self, error: AppError) -> None:
        """Nobody answered, or not what a registry would."""
        self.clear()
        show_error(self.notice, error)
