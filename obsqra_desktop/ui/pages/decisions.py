"""The audit trail: every attempt ever made here, with re-verify and export."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.record import DecisionRecord, ExportNote, Listing
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.models.decisions import ENTRY_ROLE, DecisionsModel
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.record_detail import RecordDetail
from obsqra_desktop.ui.widgets.table import Table, table_card


class DecisionsPage(Page):
    """A table, and the chosen entry beside or below it."""

    decide_wanted = Signal()
    said = Signal(str)

    def __init__(self, services: UiServices, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Decisions"))
        self.setAccessibleName(self.tr("Decisions"))
        self._services, self._runner = services, runner
        self._wanted_id: str | None = None
        self.refresh_button = Button(self.tr("&Refresh"), "quiet", "arrow-clockwise")
        self.refresh_button.clicked.connect(self.refresh)
        self.count = label("", "secondary")
        self.title_row.insertWidget(1, self.count, 0, Qt.AlignmentFlag.AlignBaseline)
        self.title_row.addWidget(self.refresh_button)
        self.stack = QStackedWidget()
        self.frame.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "list-checks",
            self.tr("No decisions yet"),
            self.tr(
                "Every decision that you make here is kept with its proof, failed attempts too. "
                "They stay on this computer."
            ),
            self.tr("Make a &decision"),
        )
        self.empty.button.clicked.connect(self.decide_wanted)
        self._build_list()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.body)

    def _build_list(self) -> None:
        self.body = SplitBody(side_width=372)
        self.columns, self.notice = self.body.columns, self.body.notice
        self.model = DecisionsModel()
        self.table = Table(self.tr("Decisions"))
        self.proxy = self.table.show_sorted(
            self.model,
            by=DecisionsModel.MADE,
            order=Qt.SortOrder.DescendingOrder,
            stretch=DecisionsModel.POOLS,
            widths=((0, 180), (1, 104), (3, 200), (4, 126)),
        )
        self.table.set_delegates(self, DecisionsModel.STATUS, DecisionsModel.ID)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.columns.main.addWidget(table_card(self.table))
        self.detail = RecordDetail(self._services, self._runner)
        self.detail.reverify_wanted.connect(self.reverify)
        self.detail.save_wanted.connect(self.ask_where_to_save)
        self.detail.policy_wanted.connect(self.show_policy)
        self.columns.side.addWidget(self.detail)

    def primary_button(self) -> Button | None:
        return self.empty.button if self.stack.currentWidget() is self.empty else None

    def on_shown(self) -> None:
        self.detail.contract.refresh()
        self.refresh()

    def refresh(self) -> None:
        """Read the folder again."""
        self._runner.run(
            self._services.decisions.list(), done=self.show_listing, failed=self._show_problem
        )

    def open_decision(self, decision_id: str) -> None:
        """Choose this one as soon as it is listed."""
        self._wanted_id = decision_id

    def _show_problem(self, error: AppError) -> None:
        self.notice.say("bad", error.title, f"{error.detail} {error.hint}".strip())
        self.notice.show()
        self.stack.setCurrentWidget(self.body)

    def show_listing(self, listing: Listing) -> None:
        """Show what is kept; the chosen row stays chosen."""
        self.notice.hide()
        record = self.detail.record
        wanted = self._wanted_id or (record.id if record else None)
        self._wanted_id = None
        self.model.show_listing(listing)
        total = self.model.rowCount()
        self.stack.setCurrentWidget(self.body if total else self.empty)
        words = self.tr("{0} kept here").format(len(listing.records))
        if listing.damaged:
            words += self.tr(", {0} damaged").format(len(listing.damaged))
        self.count.setText(words if total else "")
        self.table.setFixedHeight(min(44 * max(total, 1) + 42, 560))
        if total:
            row = max(0, self.model.row_of(wanted)) if wanted else -1
            index = self.model.index(row, 0)
            shown = self.proxy.mapFromSource(index) if row >= 0 else self.proxy.index(0, 0)
            self.table.setCurrentIndex(shown)
            self._show_entry(shown)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show_entry(current)

    def _show_entry(self, index: QModelIndex) -> None:
        entry = index.siblingAtColumn(0).data(ENTRY_ROLE)
        if isinstance(entry, DecisionRecord):
            self.detail.show_record(entry)
        elif entry is not None:
            self.detail.show_damaged(entry)

    def reverify(self, decision_id: str) -> None:
        """Run the verifier on the kept proof."""
        self._runner.run(
            self._services.decisions.reverify(decision_id),
            done=self.on_reverified,
            failed=self.on_rejected,
            button=self.detail.reverify_button,
            busy=self.tr("Verifying…"),
        )

    def on_reverified(self, record: DecisionRecord) -> None:
        """The verifier accepted."""
        check = record.last_verification
        name = check.verifier if check else "—"
        words = self.tr("Verified again by the {0} verifier").format(name)
        self.detail.show_record(record)
        self.detail.notice.say("good", words)
        self.detail.notice.show()
        self.refresh()

    def on_rejected(self, error: AppError) -> None:
        """The verifier, or the folder, said no."""
        self.detail.notice.say("bad", error.title, f"{error.detail} {error.hint}".strip())
        self.detail.notice.show()
        self.refresh()

    def show_policy(self, decision_id: str) -> None:
        """Fetch the private part; only this window shows it."""
        self._runner.run(
            self._services.decisions.show(decision_id),
            done=lambda found: self.detail.show_policy(found.policy),
            failed=self.on_rejected,
            button=self.detail.policy_button,
            busy=self.tr("Reading…"),
        )

    def ask_where_to_save(self, decision_id: str) -> None:
        """A save dialog for the chosen level."""
        level = self.detail.bundle.level
        self.dialog = dialogs.save_file(
            self,
            self.tr("Save the audit bundle"),
            f"decision-{decision_id[:8]}-{level.value}.oab.zip",
            self.tr("Audit bundles (*.oab.zip)"),
            lambda path: self.save_bundle(decision_id, path),
        )

    def save_bundle(self, decision_id: str, path: Path) -> None:
        """Write the bundle."""
        self._runner.run(
            self._services.decisions.export(decision_id, self.detail.bundle.level, path),
            done=self.on_saved,
            failed=lambda error: self.detail.bundle.show_problem(
                error.title, f"{error.detail} {error.hint}".strip()
            ),
            button=self.detail.save_button,
            busy=self.tr("Saving…"),
        )

    def on_saved(self, note: ExportNote) -> None:
        """The bundle is on disk."""
        self.detail.bundle.show_saved(note)
        self.said.emit(self.tr("Saved as {0}").format(note.file_name))
        self.refresh()
