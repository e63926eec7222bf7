"""The pages of the window, each imported and made when it is first needed."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.ui.pages.decide import DecidePage
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.rail_entries import ACCOUNT, DECIDE, NETWORKS, POOLS, SEND
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from obsqra_desktop.ui.pages.account import AccountPage
    from obsqra_desktop.ui.pages.address_book import AddressBookPage
    from obsqra_desktop.ui.pages.connections import ConnectionsPage
    from obsqra_desktop.ui.pages.contracts import ContractsPage
    from obsqra_desktop.ui.pages.decisions import DecisionsPage
    from obsqra_desktop.ui.pages.history import HistoryPage
    from obsqra_desktop.ui.pages.networks import NetworksPage
    from obsqra_desktop.ui.pages.pools import PoolsPage
    from obsqra_desktop.ui.pages.private.page import PrivatePage
    from obsqra_desktop.ui.pages.send import SendPage
    from obsqra_desktop.ui.pages.settings import SettingsPage
    from obsqra_desktop.ui.pages.verify import VerifyPage


class WindowPages(QWidget):
    """What the window is made around; what pages want from outside of them comes as a signal."""

    page_wanted = Signal(int)
    record_wanted = Signal(str)
    """The id of a transaction, to be shown in the history."""
    contract_wanted = Signal()
    proof_wanted = Signal()
    """Back to the proof that no contract could be asked about."""
    decide_wanted = Signal()
    status_changed = Signal()
    practice_changed = Signal(object)
    alarmed = Signal(object)
    kept = Signal(str)

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__()
        self._services, self.state, self.runner = services, state, runner
        self.parameters: ProofParameters | None = None
        self.stack = QStackedWidget()
        self.toast = Toast(self)

    @cached_property
    def decide(self) -> DecidePage:
        """The guided decision."""
        page = DecidePage(self._services, self.state, self.runner)
        page.kept.connect(self.kept)
        page.said.connect(self.toast.say)
        page.setup_wanted.connect(self.contract_wanted)
        page.pools_wanted.connect(lambda: self.page_wanted.emit(POOLS))
        self.stack.addWidget(page)
        return page

    @cached_property
    def pools(self) -> "PoolsPage":
        """Pools of the chosen network."""
        from obsqra_desktop.ui.pages.pools import PoolsPage

        page = PoolsPage(self._services, self._services.market, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.alarmed.connect(self.alarmed)
        page.networks_wanted.connect(lambda: self.page_wanted.emit(NETWORKS))
        page.decide_wanted.connect(self.decide_wanted)
        self.stack.addWidget(page)
        return page

    @cached_property
    def decisions(self) -> "DecisionsPage":
        """The audit trail."""
        from obsqra_desktop.ui.pages.decisions import DecisionsPage

        page = DecisionsPage(self._services, self.runner)
        page.said.connect(self.toast.say)
        page.decide_wanted.connect(lambda: self.page_wanted.emit(DECIDE))
        page.detail.contract.setup_wanted.connect(self.contract_wanted)
        self.stack.addWidget(page)
        return page

    @cached_property
    def verify(self) -> "VerifyPage":
        """The check of bundles."""
        from obsqra_desktop.ui.pages.verify import VerifyPage

        page = VerifyPage(self._services, self.runner)
        page.contract.setup_wanted.connect(self.contract_wanted)
        self.stack.addWidget(page)
        return page

    @cached_property
    def settings(self) -> "SettingsPage":
        """The settings."""
        from obsqra_desktop.ui.pages.settings import SettingsPage

        page = SettingsPage(self._services, self.state, self.parameters)
        self.stack.addWidget(page)
        return page

    @cached_property
    def account(self) -> "AccountPage":
        """The account and its keys."""
        from obsqra_desktop.ui.pages.account import AccountPage

        page = AccountPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.keys_changed.connect(self.status_changed)
        self.stack.addWidget(page)
        return page

    @cached_property
    def send(self) -> "SendPage":
        """Sending tokens."""
        from obsqra_desktop.ui.pages.send import SendPage

        page = SendPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.sent.connect(self.status_changed)
        page.history_wanted.connect(self.record_wanted)
        page.account_wanted.connect(lambda: self.page_wanted.emit(ACCOUNT))
        self.stack.addWidget(page)
        return page

    @cached_property
    def private(self) -> "PrivatePage":
        """Private money."""
        from obsqra_desktop.ui.pages.private.page import PrivatePage

        page = PrivatePage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.practice_changed.connect(self.practice_changed)
        page.sent.connect(self.status_changed)
        page.keys_changed.connect(self.status_changed)
        page.account_wanted.connect(lambda: self.page_wanted.emit(ACCOUNT))
        self.stack.addWidget(page)
        return page

    @cached_property
    def history(self) -> "HistoryPage":
        """Everything that was sent."""
        from obsqra_desktop.ui.pages.history import HistoryPage

        page = HistoryPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.send_wanted.connect(lambda: self.page_wanted.emit(SEND))
        page.moved.connect(self.status_changed)
        page.settled.connect(self._look_at_private)
        self.stack.addWidget(page)
        return page

    def _look_at_private(self) -> None:
        """A step of private money may have come to its end while its page is in sight."""
        if "private" in vars(self) and self.private.isVisible():
            self.private.on_shown()

    @cached_property
    def book(self) -> "AddressBookPage":
        """Names for addresses."""
        from obsqra_desktop.ui.pages.address_book import AddressBookPage

        page = AddressBookPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        self.stack.addWidget(page)
        return page

    @cached_property
    def networks(self) -> "NetworksPage":
        """Networks and nodes."""
        from obsqra_desktop.ui.pages.networks import NetworksPage

        page = NetworksPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.changed.connect(self.status_changed)
        page.practice_changed.connect(self.practice_changed)
        self.stack.addWidget(page)
        return page

    @cached_property
    def connections(self) -> "ConnectionsPage":
        """Who was talked to."""
        from obsqra_desktop.ui.pages.connections import ConnectionsPage

        page = ConnectionsPage(self._services, self.state, self.runner)
        page.said.connect(self.toast.say)
        page.networks_wanted.connect(lambda: self.page_wanted.emit(NETWORKS))
        self.stack.addWidget(page)
        return page

    @cached_property
    def contracts(self) -> "ContractsPage":
        """The verifying contract, and facts of a registry."""
        from obsqra_desktop.ui.pages.contracts import ContractsPage

        page = ContractsPage(self._services, self.state, self.runner)
        page.sent.connect(self.status_changed)
        page.account_wanted.connect(lambda: self.page_wanted.emit(ACCOUNT))
        page.proof_wanted.connect(self.proof_wanted)
        self.stack.addWidget(page)
        return page
