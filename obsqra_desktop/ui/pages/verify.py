"""Checking a bundle that somebody else made."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from obsqra_desktop.domain.audit import BundleReport, Check, Outcome, SignerKnown, Verdict
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.services.bundles import parse_key
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.pages.page import Body, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import (
    Card,
    IconLine,
    Notice,
    clear,
    horizontal,
    label,
    restyle,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.contract_card import ContractCard
from obsqra_desktop.ui.widgets.drop_zone import DropZone

LOOK = {
    Outcome.PASS: ("check-circle-fill", "good"),
    Outcome.FAIL: ("x-circle-fill", "bad"),
    Outcome.SKIPPED: ("minus-circle-fill", "text_faint"),
}
TONE = {Outcome.PASS: "good", Outcome.FAIL: "bad", Outcome.SKIPPED: "plain"}


class CheckLine(QWidget):
    """One check of the report."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        row = horizontal(12)
        row.addWidget(IconLabel(*LOOK[check.outcome], 18), 0, Qt.AlignmentFlag.AlignTop)
        texts = vertical(1)
        texts.addWidget(label(check.title, "strong", wrap=True))
        if check.detail:
            texts.addWidget(label(check.detail, "caption", wrap=True))
        row.addLayout(texts, 1)
        row.addWidget(Chip(check.outcome.value, TONE[check.outcome]), 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        self.setAccessibleName(f"{check.title}: {check.outcome.value}")
        self.setAccessibleDescription(check.detail)


class VerifyPage(Page):
    """A drop zone, then the report."""

    def __init__(self, services: UiServices, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Verify a bundle"))
        self.setAccessibleName(self.tr("Verify a bundle"))
        self._services, self._runner = services, runner
        self._path: Path | None = None
        body = Body()
        self.frame.addWidget(body, 1)
        self.columns = Columns()
        body.column.addWidget(self.columns)
        self.drop = DropZone(
            self.tr("Drop an audit bundle here"),
            self.tr("a file that ends in .oab.zip; it is read, never changed or sent"),
            self.tr("&Open a bundle…"),
        )
        self.drop.dropped.connect(self.verify)
        self.drop.button.clicked.connect(self.on_open_clicked)
        self.columns.main.addWidget(self.drop)
        self.notice = Notice()
        self.notice.hide()
        self.columns.main.addWidget(self.notice)
        self.report_card = Card(self.tr("Checks"))
        self.file_chip = Chip()
        self.report_card.head.addWidget(self.file_chip)
        self._lines = vertical(14)
        self.report_card.body.addLayout(self._lines)
        self.report_card.hide()
        self.columns.main.addWidget(self.report_card)
        self.contract = ContractCard(services, runner)
        self.contract.hide()
        self.columns.main.addWidget(self.contract)
        self.lines: list[CheckLine] = []
        means = Card(self.tr("What the words mean"))
        for icon, token, words in (
            ("check-circle-fill", "good", self.tr("Valid: every check passed, none was left out.")),
            (
                "minus-circle-fill",
                "text_faint",
                self.tr("Partial: nothing failed, but something could not be checked."),
            ),
            (
                "x-circle-fill",
                "bad",
                self.tr("Invalid: at least one check failed. Do not rely on it."),
            ),
        ):
            means.add(IconLine(icon, token, words))
        means.add(
            label(
                self.tr(
                    "A valid bundle shows that the allocation follows from its numbers under a "
                    "committed policy. It does not show that the numbers are true, "
                    "and the signer is known only by a key that you bring."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.columns.side.addWidget(self._signer_card(), 1)
        self.columns.side.addWidget(means, 1)

    def _signer_card(self) -> Card:
        card = Card(self.tr("Who signed it?"))
        card.add(
            label(
                self.tr(
                    "A bundle names its own key. To know whose it is, paste the public key that "
                    "you got from the owner in another way."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.key_edit = QLineEdit()
        self.key_edit.setAccessibleName(self.tr("Public key of the signer, optional"))
        self.key_edit.setPlaceholderText(self.tr("64 hex digits, optional"))
        self.key_edit.setMaxLength(80)
        self.key_note = label("", "caption", "bad", wrap=True)
        self.key_note.hide()
        self.key_button = Button(self.tr("Check the si&gner"), "plain", "key")
        self.key_button.setEnabled(False)
        self.key_button.clicked.connect(self.on_key_clicked)
        self.key_edit.returnPressed.connect(self.key_button.click)
        self.key_edit.textChanged.connect(self._on_key_typed)
        card.add(self.key_edit)
        card.add(self.key_note)
        row = horizontal(8)
        row.addWidget(self.key_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _on_key_typed(self) -> None:
        self.key_note.hide()
        restyle(self.key_edit, state="")
        self.key_button.setEnabled(self._path is not None and bool(self.key_edit.text().strip()))

    def on_key_clicked(self) -> None:
        """Check the opened bundle once more, with the key."""
        if self._path is not None:
            self.verify(self._path)

    def _key(self) -> bytes | None:
        """The key in the field, None if it is empty; InvalidInput if it is none."""
        text = self.key_edit.text().strip()
        return parse_key(text) if text else None

    def primary_button(self) -> Button | None:
        return self.drop.button

    def on_open_clicked(self) -> None:
        """Ask for a file."""
        self.dialog = dialogs.open_file(
            self,
            self.tr("Open an audit bundle"),
            self.tr("Audit bundles (*.oab.zip *.zip);;All files (*)"),
            self.verify,
        )

    def verify(self, path: Path) -> None:
        """Run every check on the file."""
        try:
            key = self._key()
        except InvalidInput:
            restyle(self.key_edit, state="bad")
            self.key_note.setText(self.tr("A public key is 64 hex digits."))
            self.key_note.show()
            return
        self._path = path
        self.notice.hide()
        self.report_card.hide()
        self.contract.hide()
        self._runner.run(
            self._services.bundles.verify(path, key),
            done=lambda report: self._on_report(path, key, report),
            failed=lambda error: self.show_error(path.name, error),
            button=self.drop.button,
            busy=self.tr("Checking…"),
        )

    def _on_report(self, path: Path, key: bytes | None, report: BundleReport) -> None:
        self.show_report(path.name, report)
        checks = self._services.contract_check
        self.contract.reset()
        self.contract.show_subject(
            str(path), lambda on_step: checks.bundle(path, on_step=on_step, key=key)
        )
        # Without statement and proof there is nothing that a contract could look at.
        readable = any(
            one.id == "structure" and one.outcome is Outcome.PASS for one in report.checks
        )
        self.contract.setVisible(readable)

    def on_shown(self) -> None:
        self.contract.refresh()

    def show_error(self, name: str, error: AppError) -> None:
        """The file could not even be read."""
        detail = f"{error.detail} {error.hint}".strip()
        self.notice.say("bad", f"{name}: {error.title}", detail)
        self.notice.show()

    def _signer_words(self, report: BundleReport) -> str:
        key = f"{report.key_id[:16]}…" if report.key_id else "—"
        words = {
            SignerKnown.KNOWN: self.tr("Signed with the key that you gave ({0})."),
            SignerKnown.UNKNOWN: self.tr("Signer unknown (key {0})."),
            SignerKnown.MISMATCH: self.tr("NOT signed with the key that you gave (but with {0})."),
        }
        return words[report.signer].format(key)

    def show_report(self, name: str, report: BundleReport) -> None:
        """The verdict in words, then every check."""
        counts = {o: sum(c.outcome is o for c in report.checks) for o in Outcome}
        kind, words = {
            Verdict.VALID: ("good", self.tr("Valid: all {0} checks passed")),
            Verdict.PARTIAL: ("warn", self.tr("Partial: nothing failed, {1} not checked")),
            Verdict.INVALID: ("bad", self.tr("Invalid: {2} of {3} checks failed")),
        }[report.verdict]
        title = words.format(
            counts[Outcome.PASS], counts[Outcome.SKIPPED], counts[Outcome.FAIL], len(report.checks)
        )
        level = self.tr("Level: {0}.").format(report.level.value if report.level else "—")
        if report.signer is SignerKnown.MISMATCH:
            kind = "bad"
        lines = [f"{self._signer_words(report)} {level}"]
        if report.own_checker is False:
            lines.append(
                self.tr(
                    "The verify_bundle.py inside is not the one that this program ships: "
                    "do not run it, use your own copy."
                )
            )
        self.notice.say(kind, title, " ".join(lines))
        self.drop.set_small(True)
        self._on_key_typed()
        self.notice.show()
        self.file_chip.show_text(name, "plain", "file-text")
        clear(self._lines)
        self.lines = [CheckLine(check) for check in report.checks]
        for line in self.lines:
            self._lines.addWidget(line)
        self.report_card.show()
