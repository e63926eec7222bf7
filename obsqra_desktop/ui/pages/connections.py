"""Connections: every host that this program has talked to, why, when and by which route."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.network import Connection, Route
from obsqra_desktop.ui.format import moment
from obsqra_desktop.ui.models.rows import Column, RowsModel
from obsqra_desktop.ui.pages.page import Body, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.form import edit
from obsqra_desktop.ui.widgets.table import Table, search_in, table_card

LOOKS = {
    Route.LOCAL: ("good", "cpu"),
    Route.DIRECT: ("warn", "path"),
    Route.PROXY: ("good", "eye-closed"),
}
HOST, WHAT, ROUTE, FIRST, LAST, TIMES, FAILED = range(7)
NARROW = 1_000
"""Below this width the table goes without the time of the first contact."""


class ConnectionsPage(Page):
    """A table that the one HTTP client fills: nothing else in the program opens connections."""

    said = Signal(str)
    networks_wanted = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Connections"))
        self.setAccessibleName(self.tr("Connections"))
        self._services = services
        self.refresh_button = Button(self.tr("&Refresh"), "quiet", "arrow-clockwise")
        self.forget_button = Button(self.tr("&Forget this list"), "quiet", "trash")
        self.refresh_button.clicked.connect(self.refresh)
        self.forget_button.clicked.connect(self.forget)
        self.title_row.addWidget(self.refresh_button)
        self.title_row.addWidget(self.forget_button)
        self.stack = QStackedWidget()
        self.frame.addWidget(self.stack, 1)
        self.empty = EmptyState(
            "plugs",
            self.tr("Nobody yet"),
            self.tr(
                "This program talks to the nodes that you set under Networks and to nobody else. "
                "Each of them is listed here, with what for, by which route and when."
            ),
            self.tr("Set up &nodes"),
            primary=False,
        )
        self.empty.button.clicked.connect(self.networks_wanted)
        self.body = Body()
        self.body.column.addWidget(
            label(
                self.tr(
                    "All that this program has talked to. “Direct” shows your IP address to that "
                    "host; “this computer” never leaves it."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.search = edit(self.tr("Filter"), self.tr("Filter by host, purpose or route"))
        self.body.column.addWidget(self.search)
        self.model: RowsModel[Connection] = RowsModel(
            [
                Column(self.tr("Host"), lambda one: one.host),
                Column(self.tr("What for"), lambda one: one.purpose),
                Column(
                    self.tr("Route"), lambda one: one.route.value, look=lambda one: LOOKS[one.route]
                ),
                Column(self.tr("First"), lambda one: moment(one.first_at), lambda o: o.first_at),
                Column(self.tr("Last"), lambda one: moment(one.last_at), lambda o: o.last_at),
                Column(self.tr("Times"), lambda one: str(one.count), lambda o: o.count, right=True),
                Column(
                    self.tr("Failed"),
                    lambda one: str(one.failures),
                    lambda o: o.failures,
                    right=True,
                ),
            ]
        )
        widths = ((HOST, 168), (ROUTE, 142), (FIRST, 176), (LAST, 176), (TIMES, 64), (FAILED, 68))
        self.table = Table(self.tr("Connections"))
        self.proxy = self.table.show_sorted(
            self.model, by=LAST, order=Qt.SortOrder.DescendingOrder, stretch=WHAT, widths=widths
        )
        search_in(self.proxy, self.search)
        self.table.set_delegates(self, ROUTE, HOST)
        self.body.column.addWidget(table_card(self.table))
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.body)

    def on_shown(self) -> None:
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        self.table.setColumnHidden(FIRST, narrow)

    def refresh(self) -> None:
        """Show what the register has now."""
        lines = self._services.networks.connections()
        self.model.show_things(lines)
        self.stack.setCurrentWidget(self.body if lines else self.empty)
        self.forget_button.setEnabled(bool(lines))
        self.table.setFixedHeight(min(44 * max(len(lines), 1) + 42, 620))

    def forget(self) -> None:
        """Empty it, here and on the disk."""
        self._services.networks.forget_connections()
        self.said.emit(self.tr("The list was emptied"))
        self.refresh()
