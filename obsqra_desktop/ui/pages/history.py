"""History: every transaction sent from here, found, labelled, followed, exported."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import SendUncertain
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.services.intents import never_faster, never_replaced
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendStep
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.format import UNKNOWN, at_most, grouped, moment
from obsqra_desktop.ui.models.decisions import ENTRY_ROLE
from obsqra_desktop.ui.models.rows import Column, RowsModel
from obsqra_desktop.ui.pages.history_follow import FollowWork
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import Card, FactRows, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.form import edit, field, in_words, show_error
from obsqra_desktop.ui.widgets.hash_label import HashLabel, shorten
from obsqra_desktop.ui.widgets.send_rows import SendRows
from obsqra_desktop.ui.widgets.table import Table, table_card

LOOKS = {
    TxState.SIGNED: ("warn", "warning"),
    TxState.RECEIVED: ("plain", "hourglass"),
    TxState.PRE_CONFIRMED: ("plain", "hourglass"),
    TxState.ACCEPTED_L2: ("good", "check-circle"),
    TxState.ACCEPTED_L1: ("good", "check-circle"),
    TxState.REVERTED: ("bad", "x-circle"),
    TxState.REFUSED: ("bad", "prohibit"),
    TxState.EXPIRED: ("warn", "clock"),
    TxState.REPLACED: ("plain", "minus-circle"),
}
MADE, STATE, WHAT, NOTE = range(4)
FILTER_PAUSE = 150


class HistoryPage(Page):
    """A table, and the chosen transaction beside or below it."""

    said = Signal(str)
    send_wanted = Signal()
    moved = Signal()
    """A transaction has come further."""
    settled = Signal()
    """One that was followed from here has come to its end."""

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("History"))
        self.setAccessibleName(self.tr("History"))
        self._services, self._state, self._runner = services, state, runner
        self._wanted: str | None = None
        self._current: TxRecord | None = None
        self.follow = FollowWork(services.sending, runner)
        self.csv_button = Button(self.tr("Export C&SV…"), "plain", "export")
        self.json_button = Button(self.tr("Export &JSON…"), "plain", "export")
        self.csv_button.clicked.connect(lambda: self.ask_where_to_save("csv"))
        self.json_button.clicked.connect(lambda: self.ask_where_to_save("json"))
        self.title_row.addWidget(self.csv_button)
        self.title_row.addWidget(self.json_button)
        self.stack = QStackedWidget()
        self.frame.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "clock-counter-clockwise",
            self.tr("Nothing was sent yet"),
            self.tr(
                "Every transaction is written down here before it leaves, with what became of it. "
                "The list stays on this computer."
            ),
            self.tr("Send &tokens"),
        )
        self.empty.button.clicked.connect(self.send_wanted)
        self._build_list()
        self._build_detail()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.body)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FILTER_PAUSE)
        self._timer.timeout.connect(self.refresh)
        state.changed.connect(self.refresh)

    def _build_list(self) -> None:
        self.body = SplitBody(side_width=372)
        self.columns, self.notice = self.body.columns, self.body.notice
        self.search = edit(self.tr("Search"), self.tr("Search title, note, address, name, hash"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._timer.start())
        self.filter = Select(self.tr("Which transactions"))
        for words in (self.tr("All"), self.tr("Open"), self.tr("Accepted"), self.tr("Failed")):
            self.filter.addItem(words)
        self.filter.setFixedWidth(150)
        self.filter.currentIndexChanged.connect(lambda _: self.refresh())
        row = horizontal(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter)
        self.model: RowsModel[TxRecord] = RowsModel(
            [
                Column(
                    self.tr("Made"),
                    lambda one: moment(one.shown_at),
                    lambda one: (one.shown_at, one.signed.transaction.nonce),
                ),
                Column(
                    self.tr("State"),
                    lambda one: one.state.value,
                    look=lambda one: LOOKS[one.state],
                ),
                Column(self.tr("What"), self._title),
                Column(self.tr("Note"), lambda one: one.label),
            ]
        )
        self.table = Table(self.tr("Transactions"))
        self.proxy = self.table.show_sorted(
            self.model,
            by=MADE,
            order=Qt.SortOrder.DescendingOrder,
            stretch=WHAT,
            widths=((MADE, 176), (STATE, 148), (NOTE, 96)),
        )
        self.table.set_chips(self, STATE)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.card = table_card(self.table)
        self.columns.main.addLayout(row)
        self.none = label(self.tr("No transaction is found by that."), "secondary", wrap=True)
        self.columns.main.addWidget(self.none)
        self.columns.main.addWidget(self.card)

    def _build_detail(self) -> None:
        self.detail = Card(self.tr("Transaction"))
        self.what = label("", "strong", wrap=True)
        self.hash = HashLabel(self.tr("transaction hash"), head=14, tail=12)
        self.facts = FactRows()
        self.events = FactRows()
        self.note_edit = edit(self.tr("Your note"), self.tr("only you see it"))
        self.save_note = Button(self.tr("Save the note"), "plain", "check")
        self.save_note.clicked.connect(self.keep_note)
        self.look = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        self.resend = Button(self.tr("Send the same again"), "plain", "paper-plane-tilt")
        self.faster = Button(self.tr("Pay more for it…"), "plain", "trend-up")
        self.cancel = Button(self.tr("Cancel it…"), "quiet", "stop-circle")
        self.really = Button("", "plain", "stop-circle")
        self.look.clicked.connect(lambda: self.look_again(resend=False))
        self.resend.clicked.connect(lambda: self.look_again(resend=True))
        self.faster.clicked.connect(lambda: self.plan_instead(faster=True))
        self.cancel.clicked.connect(lambda: self.plan_instead(faster=False))
        self.really.clicked.connect(self.send_instead)
        self.detail_notice = Notice()
        self.way = SendRows()
        self.way.hide()
        follow = self.follow
        follow.stepped.connect(self._on_step)
        follow.sent.connect(self._on_replaced)
        follow.moved.connect(self._on_moved)
        follow.ended.connect(self._on_followed)
        follow.lost.connect(self._on_lost)
        for widget in (
            self.what,
            self.detail_notice,
            self.way,
            self.hash,
            self.facts,
            self.look,
            self.resend,
            self.faster,
            self.cancel,
            self.really,
        ):
            self.detail.add(widget)
        self.detail.body.addLayout(field(self.tr("Note"), self.note_edit))
        self.detail.add(self.save_note)
        self.detail.add(label(self.tr("What happened"), "section"))
        times = self.tr("By the chain’s time: that of its newest block.")
        self.detail.add(label(times, "caption", wrap=True))
        self.detail.add(self.events)
        self.columns.side.addWidget(self.detail)

    def primary_button(self) -> Button | None:
        return self.empty.button if self.stack.currentWidget() is self.empty else None

    def on_shown(self) -> None:
        self.refresh()

    def open_record(self, record_id: str) -> None:
        """Choose this one."""
        self._wanted = record_id
        self.refresh()

    def _title(self, record: TxRecord) -> str:
        return record.kind.value if self._state.hide_amounts else record.title

    def records(self) -> tuple[TxRecord, ...]:
        """Those that search and filter let through."""
        found = self._services.history.listing(self.search.text())
        wanted = {
            1: lambda one: not one.settled,
            2: lambda one: one.state in {TxState.ACCEPTED_L1, TxState.ACCEPTED_L2},
            3: lambda one: one.state in {TxState.REVERTED, TxState.REFUSED, TxState.EXPIRED},
        }.get(self.filter.currentIndex())
        return found if wanted is None else tuple(one for one in found if wanted(one))

    def refresh(self) -> None:
        """Read the journal again; the chosen row stays chosen."""
        try:
            records, damaged = self.records(), self._services.history.damaged()
            total = len(self._services.history.listing())
        except AppError as error:
            show_error(self.notice, error)
            self.stack.setCurrentWidget(self.body)
            return
        self.notice.setVisible(bool(damaged))
        if damaged:
            self.notice.say(
                "warn",
                self.tr("A file of the journal cannot be read")
                if len(damaged) == 1
                else self.tr("{0} files of the journal cannot be read").format(len(damaged)),
                self.tr("Left as it is, and not in this list: {0}").format(", ".join(damaged[:3])),
            )
        wanted = self._wanted or (self._current.id if self._current else None)
        self._wanted = None
        self.model.show_things(records)
        self.stack.setCurrentWidget(self.body if total or damaged else self.empty)
        for button in (self.csv_button, self.json_button):
            button.setEnabled(bool(records))
        self.table.setFixedHeight(min(44 * max(len(records), 1) + 42, 560))
        rows = [n for n, one in enumerate(records) if one.id == wanted]
        shown = (
            self.proxy.mapFromSource(self.model.index(rows[0], 0))
            if rows
            else self.proxy.index(0, 0)
        )
        self.detail.setVisible(shown.isValid())
        self.card.setVisible(bool(records))
        self.none.setVisible(not records and total > 0)
        if shown.isValid():
            self.table.setCurrentIndex(shown)
            self._show(shown)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show(current)

    def _show(self, index: QModelIndex) -> None:
        record: TxRecord = index.siblingAtColumn(0).data(ENTRY_ROLE)
        if self._current is None or self._current.id != record.id:
            self.detail_notice.hide()
            self.note_edit.setText(record.label)
            self._show_way(record)
        self._current = record
        self.what.setText(self._title(record))
        self.hash.show_value(hex(record.signed.hash))
        receipt = record.receipt
        block = receipt.block_number if receipt else None
        name = self._services.history.recipient_name(record)
        to = UNKNOWN
        if record.recipient is not None:
            to = shorten(address_form(record.recipient))
        made = record.made_at
        self.facts.show_rows(
            [
                (self.tr("State"), record.state.value),
                (self.tr("Network"), self._services.networks.name_of(record.network)),
                (self.tr("Made here"), UNKNOWN if made is None else moment(made)),
                (self.tr("Chain’s time"), moment(record.created_at)),
                (self.tr("From"), self._services.history.account_name(record)),
                (self.tr("To"), f"{name} ({to})" if name else to),
                (
                    self.tr("Fee paid"),
                    amount_words(STRK.address, receipt.actual_fee) if receipt else UNKNOWN,
                ),
                (self.tr("Highest fee"), at_most(record.max_fee)),
                (self.tr("Block"), grouped(block) if block is not None else UNKNOWN),
                (self.tr("Nonce"), str(record.signed.transaction.nonce)),
            ]
        )
        self.events.show_rows([(moment(one.at), one.detail) for one in record.events])
        waits = not record.settled
        self.look.setVisible(waits or record.state is TxState.EXPIRED)
        self.resend.setVisible(waits)
        self.faster.setVisible(waits and record.state is not TxState.PRE_CONFIRMED)
        self.cancel.setVisible(waits and record.state is not TxState.PRE_CONFIRMED)
        offer(self.faster, never_faster(record))
        offer(self.cancel, never_replaced(record))
        self.really.hide()

    # --- verbs ---

    def look_again(self, *, resend: bool) -> None:
        """What became of it."""
        record = self._current
        if record is None:
            return
        self._runner.run(
            self._services.sending.resume(record.id, resend),
            done=self._on_sent if resend else self._on_seen,
            failed=lambda error: show_error(self.detail_notice, error),
            button=self.resend if resend else self.look,
            busy=self.tr("Asking…"),
        )

    def _on_seen(self, record: TxRecord) -> None:
        kind = LOOKS[record.state][0]
        self.detail_notice.say(
            kind if kind != "plain" else "sunken",
            self.tr("It is {0}").format(record.state.value),
            record.events[-1].detail if record.events else "",
        )
        self.detail_notice.show()
        self.refresh()
        self.moved.emit()

    def _on_sent(self, record: TxRecord) -> None:
        """What was given to a node is followed to its end, whatever page is in sight."""
        self._on_seen(record)
        self.follow.follow(record)

    def _show_way(self, record: TxRecord) -> None:
        """How far one has come that is followed; of any other its state says enough."""
        followed = self.follow.follows(record.id)
        self.way.setVisible(followed or self.follow.replaces(record.id))
        if followed:
            self.way.show_record(record)
        else:
            self.way.start()

    def _on_step(self, replaced: str, step: SendStep) -> None:
        if self._shows(replaced):
            self.way.show_step(step)

    def _on_replaced(self, record: TxRecord) -> None:
        """It is in the journal: what stood there waits for its place, so this one is shown."""
        if self._current is not None and self._current.id == record.replaces:
            self._wanted = record.id
        self._on_moved(record)

    def _on_moved(self, record: TxRecord) -> None:
        self.refresh()
        if self._shows(record.id):
            self.way.show_record(record)
            self.way.show()
        self.moved.emit()

    def _on_followed(self, record: TxRecord) -> None:
        if self._shows(record.id):
            self.way.show_record(record)
            self._on_seen(record)
        else:
            self.refresh()
            self.moved.emit()
        self.settled.emit()

    def _on_lost(self, record_id: str, error: AppError) -> None:
        """It goes its way, if it was sent at all, and can be looked at again."""
        self.refresh()
        if self._shows(record_id):
            self.way.fail()
            self.way.setVisible(not isinstance(error, SendUncertain))  # no row knows that
            show_error(self.detail_notice, error)
        self.moved.emit()

    def _shows(self, record_id: str) -> bool:
        return self._current is not None and self._current.id == record_id

    def plan_instead(self, *, faster: bool) -> None:
        """What it costs to take its place, with the same for more or with nothing."""
        record = self._current
        if record is None:
            return
        self._runner.run(
            self._replacement(record, faster),
            done=self._on_plan,
            failed=lambda error: show_error(self.detail_notice, error),
            button=self.faster if faster else self.cancel,
            busy=self.tr("Simulating…"),
        )

    async def _replacement(self, record: TxRecord, faster: bool) -> Plan:
        account = self._services.accounts.find(record.account)  # it may be off the list by now
        sending = self._services.sending
        return await (sending.plan_faster if faster else sending.plan_cancel)(record, account)

    def _on_plan(self, plan: Plan) -> None:
        if self._current is None or self._current.id != plan.replaces:
            return  # another one is shown by now
        self._plan = plan
        words = (
            self.tr("Cancel it · {0} fee at most")
            if plan.kind is TxKind.CANCEL
            else self.tr("Send it for more · {0} fee at most")
        )
        self.really.set_words(words.format(at_most(plan.max_fee)))
        self.really.show()
        if plan.warnings:
            self.detail_notice.say("warn", self.tr("Look at this first"), " ".join(plan.warnings))
            self.detail_notice.show()

    def send_instead(self) -> None:
        """Send the replacement and follow it; only one of the two can be paid."""
        self.detail_notice.hide()
        self.way.start()
        self.way.show()
        self.follow.send_instead(self._plan, self.really, self.tr("Sending…"))

    def keep_note(self) -> None:
        """The user's own words."""
        if self._current is None:
            return
        try:
            self._services.history.set_label(self._current.id, self.note_edit.text())
        except AppError as error:
            show_error(self.detail_notice, error)
            return
        self.said.emit(self.tr("The note is kept"))
        self.refresh()

    def ask_where_to_save(self, kind: str) -> None:
        """A save dialog for what the list shows now."""
        self.dialog = dialogs.save_file(
            self,
            self.tr("Export the history"),
            f"obsqra-history.{kind}",
            f"*.{kind}",
            lambda path: self.save(kind, path),
        )

    def save(self, kind: str, path: Path) -> None:
        """Write what the list shows."""
        history, records = self._services.history, self.records()
        try:
            (history.save_csv if kind == "csv" else history.save_json)(path, records)
        except AppError as error:
            show_error(self.notice, error)
            return
        self.said.emit(self.tr("Saved {0} transactions").format(len(records)))


def offer(button: Button, why_not: AppError | None) -> None:
    """Grey where it would only be refused, with the reason for mouse and screen reader."""
    words = "" if why_not is None else in_words(why_not)
    button.setEnabled(why_not is None)
    button.setToolTip(words)
    button.setAccessibleDescription(words)
