"""One network: whether it is in use, its nodes, and how they are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.network import Health, Network, NetworkKind, NodeReport
from obsqra_desktop.ui.format import UNKNOWN, grouped, moment
from obsqra_desktop.ui.widgets.base import Card, Notice, clear, horizontal, label, literal, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.choice import CheckBox, Toggle
from obsqra_desktop.ui.widgets.form import edit

HEALTH_LOOKS = {
    Health.UNKNOWN: ("plain", "circle-dashed"),
    Health.GOOD: ("good", "check-circle"),
    Health.SLOW: ("warn", "hourglass"),
    Health.BEHIND: ("warn", "clock"),
    Health.WRONG_CHAIN: ("bad", "x-circle"),
    Health.UNFIT: ("bad", "x-circle"),
    Health.UNREACHABLE: ("bad", "plugs"),
}


class NodeRow(QWidget):
    """A node's label, its health in a word, and what can be done with it."""

    def __init__(self, number: int, own: bool, report: NodeReport) -> None:
        super().__init__()
        self.first = Button("", "icon", "arrow-up", self.tr("Ask {0} first").format(report.label))
        self.remove = Button("", "icon", "trash", self.tr("Remove {0}").format(report.label))
        head = horizontal(8)
        head.addWidget(label(report.label, "strong"))
        whose = label(self.tr("yours") if own else self.tr("a provider’s"), "caption")
        whose.setToolTip(
            self.tr("You run it: nobody else sees what you ask.")
            if own
            else self.tr("Somebody else runs it and sees what you ask, and when.")
        )
        head.addWidget(whose)
        head.addStretch(1)
        head.addWidget(Chip(report.health.value, *HEALTH_LOOKS[report.health]))
        head.addWidget(self.first)
        head.addWidget(self.remove)
        column = vertical(2)
        column.addLayout(head)
        column.addWidget(label(report.detail, "caption", wrap=True))
        if report.block_number is not None:
            archive = {True: "yes", False: "no", None: UNKNOWN}[report.archive]
            facts = (
                f"{report.chain_id} · interface {report.spec_version} · block "
                f"{grouped(report.block_number)} of {moment(report.block_timestamp)} · "
                f"archive {archive} · {report.milliseconds} ms"
            )
            column.addWidget(label(facts, "caption", wrap=True))
        self.setLayout(column)
        self.first.setVisible(number > 0)  # with a parent: else it would be a window


class NetworkCard(Card):
    """Everything about one network but the practice chain's process."""

    use_wanted = Signal()
    test_wanted = Signal()
    node_wanted = Signal(str, bool)
    first_wanted = Signal(int)
    removed = Signal(int)
    cross_check_wanted = Signal(bool)
    network_removed = Signal()

    def __init__(self, network: Network) -> None:
        super().__init__(network.name)
        self.network = network
        self.chip = Chip(self.tr("in use"), "good", "check-circle")
        self.head.addWidget(self.chip)
        self.real = network.kind is NetworkKind.MAINNET
        self.use = Button(self.tr("Use {0}").format(literal(network.name)), "plain", "check")
        self.sure = CheckBox(self.tr("I know that everything sent there is real money"))
        self.notice = Notice()
        self.notice.hide()
        self.rows = vertical(10)
        self.none = label(self.tr("No node yet: this network is asked by nobody."), "secondary")
        self.test = Button(self.tr("Test"), "plain", "arrow-clockwise")
        self.test.setAccessibleName(self.tr("Test the nodes of {0}").format(network.name))
        self.url = edit(self.tr("Address of a node of {0}").format(network.name), "https://…")
        self.provider = CheckBox(
            self.tr("a provider’s"),
            self.tr("The new node of {0} is run by somebody else").format(network.name),
        )
        self.add_node = Button(self.tr("Add"), "plain", "plus")
        self.add_node.setAccessibleName(self.tr("Add the node to {0}").format(network.name))
        self.check = Toggle(
            self.tr("Ask a second node before sending"),
            self.tr("stops when two nodes tell different things"),
        )
        self.check.setAccessibleName(
            self.tr("Ask a second node of {0} before sending").format(network.name)
        )
        self.forget = Button(self.tr("Remove this network"), "quiet", "trash")
        line = horizontal(8)
        line.addWidget(self.url, 1)
        line.addWidget(self.provider)
        line.addWidget(self.add_node)
        verbs = horizontal(8)
        for button in (self.use, self.test, self.forget):
            verbs.addWidget(button)
        verbs.addStretch(1)
        self.add(self.none)
        self.body.addLayout(self.rows)
        self.body.addLayout(line)
        self.add(self.check)
        self.add(self.sure)
        self.add(self.notice)
        self.body.addLayout(verbs)
        self.sure.setVisible(self.real)
        self.forget.setVisible(network.kind is NetworkKind.CUSTOM)
        self._connect()

    def _connect(self) -> None:
        self.use.clicked.connect(self.use_wanted)
        self.test.clicked.connect(self.test_wanted)
        self.forget.clicked.connect(self.network_removed)
        self.sure.toggled.connect(lambda _: self._agree())
        self.add_node.clicked.connect(self._on_add)
        self.url.returnPressed.connect(self._on_add)
        self.check.toggled.connect(self.cross_check_wanted)

    def _on_add(self) -> None:
        if self.url.text().strip():
            self.node_wanted.emit(self.url.text().strip(), not self.provider.isChecked())

    def show_network(
        self, network: Network, selected: bool, reports: tuple[NodeReport, ...]
    ) -> None:
        """Fill it in; `reports` are in the order of the nodes."""
        self.network = network
        self._selected = selected
        self.chip.setVisible(selected)
        self.use.setVisible(not selected)
        self.sure.setVisible(self.real and not selected)
        self.none.setVisible(not network.endpoints)
        self.test.setEnabled(bool(network.endpoints))
        blocked = self.check.blockSignals(True)
        self.check.setChecked(network.cross_check)
        self.check.blockSignals(blocked)
        clear(self.rows)
        for number, (endpoint, report) in enumerate(zip(network.endpoints, reports, strict=False)):
            row = NodeRow(number, endpoint.own, report)
            row.first.clicked.connect(lambda _=False, n=number: self.first_wanted.emit(n))
            row.remove.clicked.connect(lambda _=False, n=number: self.removed.emit(n))
            self.rows.addWidget(row)
        self._agree()

    def _agree(self) -> None:
        self.use.setEnabled(not self.real or self.sure.isChecked())
