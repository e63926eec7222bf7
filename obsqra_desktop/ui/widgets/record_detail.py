"""One kept decision: what it was, whether it still verifies, and its bundle."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import DamagedEntry, DecisionRecord, Status
from obsqra_desktop.flows.accounting import security
from obsqra_desktop.ui.format import duration, moment, percent, size
from obsqra_desktop.ui.models.decisions import LOOKS
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.view import TIERS
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    Notice,
    horizontal,
    label,
    vertical,
)
from obsqra_desktop.ui.widgets.bundle_card import BundleCard
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.contract_card import ContractCard
from obsqra_desktop.ui.widgets.hash_label import HashLabel


class RecordDetail(QWidget):
    """Emits what is wanted; the page does it."""

    reverify_wanted = Signal(str)
    save_wanted = Signal(str)
    policy_wanted = Signal(str)

    def __init__(self, services: UiServices, runner: TaskRunner) -> None:
        super().__init__()
        self._services = services
        self.record: DecisionRecord | None = None
        column = vertical(16)
        self.card = Card(self.tr("Decision"))
        self.status = Chip()
        self.card.head.addWidget(self.status)
        self.notice = Notice()
        self.card.add(self.notice)
        self.facts = FactRows()
        self.card.add(self.facts)
        self.hashes = {
            "id": HashLabel(self.tr("decision id")),
            "statement": HashLabel(self.tr("statement digest")),
            "commitment": HashLabel(self.tr("policy commitment")),
        }
        titles = (self.tr("Id"), self.tr("Statement"), self.tr("Policy commitment"))
        self._hash_rows: list[QWidget] = []
        for title, hash_label in zip(titles, self.hashes.values(), strict=True):
            holder = QWidget()
            box = vertical(0)
            box.addWidget(label(title, "caption"))
            box.addWidget(hash_label)
            holder.setLayout(box)
            self._hash_rows.append(holder)
            self.card.add(holder)
        self.reverify_button = Button(self.tr("&Verify again"), "plain", "arrow-clockwise")
        self.reverify_button.clicked.connect(self._on_reverify_clicked)
        self.policy_button = Button(self.tr("S&how your policy"), "plain", "eye-closed")
        self.policy_button.clicked.connect(self._on_policy_clicked)
        row = horizontal(8)
        row.addWidget(self.reverify_button)
        row.addWidget(self.policy_button)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.policy = FactRows()
        self.policy.hide()
        self.card.add(self.policy)
        column.addWidget(self.card)
        self.contract = ContractCard(services, runner)
        column.addWidget(self.contract)
        self.bundle = BundleCard()
        self.save_button = Button(self.tr("&Save bundle…"), "plain", "export")
        self.save_button.clicked.connect(self._on_save_clicked)
        self.bundle.add(self.save_button)
        column.addWidget(self.bundle)
        column.addStretch(1)
        self.setLayout(column)

    def _on_reverify_clicked(self) -> None:
        if self.record is not None:
            self.reverify_wanted.emit(self.record.id)

    def _on_policy_clicked(self) -> None:
        if self.record is not None and not self.policy.isVisible():
            self.policy_wanted.emit(self.record.id)
        else:
            self._hide_policy()

    def _hide_policy(self) -> None:
        self.policy.hide()
        self.policy_button.set_words(self.tr("S&how your policy"))

    def show_policy(self, policy: Policy) -> None:
        """The private limits, for the owner's eyes."""
        yes, no = self.tr("yes"), self.tr("no")
        allowed = policy.allowlist
        self.policy.show_rows(
            [
                (self.tr("Policy"), policy.name),
                (self.tr("Most in one pool"), percent(policy.max_allocation_bps)),
                (self.tr("Least number of pools"), str(policy.min_pools)),
                (self.tr("Most risk"), str(policy.max_risk_score)),
                (self.tr("Most volatility"), percent(policy.max_volatility_bps)),
                (self.tr("Least depth"), TIERS[policy.min_liquidity_tier]),
                (self.tr("Flagged left out"), yes if policy.exclude_flagged else no),
                (
                    self.tr("Allowlist"),
                    self.tr("every pool")
                    if allowed is None
                    else self.tr("{0} ids").format(len(allowed)),
                ),
            ]
        )
        self.policy.show()
        self.policy_button.set_words(self.tr("&Hide your policy"))

    def _on_save_clicked(self) -> None:
        if self.record is not None:
            self.save_wanted.emit(self.record.id)

    def show_record(self, record: DecisionRecord) -> None:
        """Show a record; another one than before takes old messages away."""
        if self.record is None or self.record.id != record.id:
            self.notice.hide()
            self.bundle.reset()
            self._hide_policy()
        self.record = record
        tone, icon = LOOKS[record.status]
        self.status.show_text(record.status.words, tone, icon)
        self.facts.show_rows(self._rows(record))
        self.facts.show()
        for holder in self._hash_rows:
            holder.show()
        self.hashes["id"].show_value(record.id)
        self.hashes["statement"].show_value(record.statement_digest or "")
        self.hashes["commitment"].show_value(record.commitment)
        self.reverify_button.setVisible(record.proof is not None)
        self.policy_button.show()
        checks = self._services.contract_check
        self.contract.show_subject(
            record.id, lambda on_step: checks.decision(record.id, on_step=on_step)
        )
        self.contract.setVisible(record.proof is not None)
        self.bundle.setVisible(record.status in (Status.VERIFIED, Status.EXPORTED))
        if record.error is not None:
            words = f"{record.error.detail} {record.error.hint}".strip()
            self.notice.say("bad", record.error.title, words)
            self.notice.show()

    def _rows(self, record: DecisionRecord) -> list[tuple[str, str]]:
        rows = [(self.tr("Made"), moment(record.created_at))]
        if record.status is not Status.INFEASIBLE:
            rows.append((self.tr("Decision"), record.decision))
            rows += [
                (f"{note.venue} {note.name}", percent(note.allocation_bps or 0))
                for note in record.allocation
            ]
            rows.append((self.tr("Kept idle"), percent(record.idle_bps or 0)))
        rows += [(self.tr("Rule"), record.rule), (self.tr("Model"), record.model)]
        if record.proof is not None:
            proof = record.proof
            made = self.tr("{0} in {1}").format(size(proof.size), duration(proof.seconds))
            rows += [(self.tr("Proof"), made), *security(proof.parameters)]
        check = record.last_verification
        seen = f"{moment(check.at)}, {check.verifier}" if check else "—"
        rows.append((self.tr("Last verified"), seen))
        if record.exports:
            last = record.exports[-1]
            rows.append((self.tr("Exported"), f"{last.file_name} ({last.level.value})"))
        return rows

    def show_damaged(self, entry: DamagedEntry) -> None:
        """A damaged entry: why, and that it was left alone."""
        self.record = None
        self.status.show_text(self.tr("damaged"), "bad", "prohibit")
        words = self.tr("The entry is left as it is in the proofs folder. Nothing relies on it.")
        self.notice.say("bad", entry.reason[:1].upper() + entry.reason[1:], words)
        self.notice.show()
        self.facts.hide()
        for number, holder in enumerate(self._hash_rows):
            holder.setVisible(number == 0)
        self.hashes["id"].show_value(entry.name)
        self.reverify_button.hide()
        self.policy_button.hide()
        self.policy.hide()
        self.contract.show_subject("", None)
        self.contract.hide()
        self.bundle.hide()
