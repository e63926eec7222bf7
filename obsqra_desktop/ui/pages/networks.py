"""Networks: which one is used, its nodes, the practice chain, and the way out."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal

from obsqra_desktop.domain.chain_types import PracticeStatus
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.network import Network, NetworkSettings, NodeReport, Proxy
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox, Toggle
from obsqra_desktop.ui.widgets.form import edit, field, show_error
from obsqra_desktop.ui.widgets.network_card import NetworkCard
from obsqra_desktop.ui.widgets.practice_card import PracticeCard


class NetworksPage(Page):
    """Each change is kept at once."""

    said = Signal(str)
    changed = Signal()
    """Network, nodes or the way out are others now."""
    practice_changed = Signal(object)

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Networks"))
        self.setAccessibleName(self.tr("Networks"))
        self._services, self._runner = services, runner
        self.body = SplitBody(side_width=340)
        self.frame.addWidget(self.body, 1)
        self.columns, self.notice = self.body.columns, self.body.notice
        self.practice = PracticeCard(services.data_dir / "practice")
        self.cards: dict[str, NetworkCard] = {}
        self.columns.main.addWidget(self.practice)
        self._build_way_out()
        self._build_custom()
        self._connect()

    def _build_way_out(self) -> None:
        card = Card(self.tr("The way out"))
        self.offline = Toggle(self.tr("Offline"), self.tr("no node outside this computer is asked"))
        self.proxy = edit(self.tr("SOCKS5 proxy"), self.tr("Tor: 127.0.0.1:9050 or 9150"))
        self.keep_proxy = Button(self.tr("Use this proxy"), "plain", "path")
        self.no_proxy = Button(self.tr("Go direct"), "quiet")
        self.way_notice = Notice()
        self.way_notice.hide()
        card.add(self.offline)
        card.body.addLayout(
            field(
                self.tr("SOCKS5 proxy"),
                self.proxy,
                self.tr(
                    "With a proxy set, everything goes through it and names are resolved there. If "
                    "it is down, nothing goes out. Nodes on this computer are reached directly."
                ),
            )
        )
        row = horizontal(8)
        row.addWidget(self.keep_proxy)
        row.addWidget(self.no_proxy)
        row.addStretch(1)
        card.body.addLayout(row)
        card.add(self.way_notice)
        self.columns.side.addWidget(card)

    def _build_custom(self) -> None:
        card = Card(self.tr("Another network"))
        self.name = edit(self.tr("Name of the network"))
        self.chain = edit(self.tr("Chain id"), "SN_…")
        self.url = edit(self.tr("Address of its first node"), "https://…")
        self.provider = CheckBox(
            self.tr("a provider’s"), self.tr("Its first node is run by somebody else")
        )
        self.add_custom = Button(self.tr("Add the network"), "plain", "plus")
        self.custom_notice = Notice()
        self.custom_notice.hide()
        for words, line in (
            (self.tr("Name"), self.name),
            (self.tr("Chain id"), self.chain),
            (self.tr("First node"), self.url),
        ):
            card.body.addLayout(field(words, line))
        card.add(self.provider)
        card.add(self.add_custom)
        card.add(self.custom_notice)
        self.columns.side.addWidget(card)

    def _connect(self) -> None:
        networks = self._services.networks
        self.practice.use.clicked.connect(lambda: self._keep(lambda: networks.select("practice")))
        self.practice.start.clicked.connect(self.start)
        self.practice.stop.clicked.connect(self.stop)
        self.practice.really.clicked.connect(self.start_anew)
        self.practice.keep_path.clicked.connect(
            lambda: self._keep(
                lambda: networks.set_devnet_path(self.practice.path.text().strip() or None)
            )
        )
        self.offline.toggled.connect(lambda on: self._keep(lambda: networks.set_offline(on)))
        self.keep_proxy.clicked.connect(self.use_proxy)
        self.no_proxy.clicked.connect(lambda: self._keep(lambda: networks.set_proxy(None)))
        self.add_custom.clicked.connect(self._on_custom)

    def on_shown(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Show what is set; asks nobody but the practice chain's process."""
        try:
            settings = self._services.networks.settings()
        except AppError as error:
            show_error(self.notice, error)
            return
        self.notice.hide()
        self._show_settings(settings)
        self._runner.run(
            self._services.practice.status(), done=self._on_practice, failed=self._on_error
        )
        for network in settings.networks:
            if not network.practice:
                self._runner.run(
                    self._services.networks.last(network.id),
                    done=self._shower(network),
                    failed=self._on_error,
                )

    def _show_settings(self, settings: NetworkSettings) -> None:
        ids = {one.id for one in settings.networks if not one.practice}
        for gone in set(self.cards) - ids:
            card = self.cards.pop(gone)
            card.hide()
            card.deleteLater()
        for network in settings.networks:
            if not network.practice and network.id not in self.cards:
                self.cards[network.id] = self._make_card(network)
                self.columns.main.addWidget(self.cards[network.id])
        practice = settings.selected == "practice"
        self.practice.used.setVisible(practice)
        self.practice.use.setVisible(not practice)
        self.practice.path.setText(settings.devnet_path or "")
        blocked = self.offline.blockSignals(True)
        self.offline.setChecked(settings.offline)
        self.offline.blockSignals(blocked)
        self.proxy.setText(settings.proxy.label if settings.proxy else "")
        self.no_proxy.setVisible(settings.proxy is not None)

    def _make_card(self, network: Network) -> NetworkCard:
        card, service, name = NetworkCard(network), self._services.networks, network.id
        keep = self._keep
        card.use_wanted.connect(lambda: keep(lambda: service.select(name), card.notice))
        card.test_wanted.connect(lambda: self.test(card))
        card.node_wanted.connect(lambda url, own: self._on_node(card, url, own))
        card.first_wanted.connect(
            lambda number: keep(lambda: service.prefer_endpoint(name, number), card.notice)
        )
        card.removed.connect(
            lambda number: keep(lambda: service.remove_endpoint(name, number), card.notice)
        )
        card.cross_check_wanted.connect(
            lambda on: keep(lambda: service.set_cross_check(name, on), card.notice)
        )
        card.network_removed.connect(
            lambda: keep(lambda: service.remove_network(name), card.notice)
        )
        return card

    def _shower(self, network: Network) -> Callable[[tuple[NodeReport, ...]], None]:
        return lambda reports: self._show_card(network, reports)

    def _show_card(self, network: Network, reports: tuple[NodeReport, ...]) -> None:
        card = self.cards.get(network.id)
        settings = self._services.networks.settings()
        current = settings.network(network.id)
        if card is not None and current is not None:
            card.show_network(current, settings.selected == network.id, reports)

    def _keep(self, change: Callable[[], object], notice: Notice | None = None) -> bool:
        try:
            change()
        except AppError as error:
            show_error(notice or self.notice, error)
            return False
        if notice is not None:
            notice.hide()
        self.refresh()
        self.changed.emit()
        return True

    def _on_error(self, error: AppError) -> None:
        show_error(self.notice, error)

    # --- nodes ---

    def _on_node(self, card: NetworkCard, url: str, own: bool) -> None:
        service = self._services.networks
        if self._keep(lambda: service.add_endpoint(card.network.id, url, own), card.notice):
            card.url.clear()
            self.test(card)

    def test(self, card: NetworkCard) -> None:
        """Preflight of its nodes."""
        self._runner.run(
            self._services.networks.test(card.network.id),
            done=lambda reports: self._on_tested(card, reports),
            failed=lambda error: show_error(card.notice, error),
            button=card.test,
            busy=self.tr("Asking…"),
        )

    def _on_tested(self, card: NetworkCard, reports: tuple[NodeReport, ...]) -> None:
        card.notice.hide()
        self._show_card(card.network, reports)
        self.changed.emit()

    def _on_custom(self) -> None:
        name, chain, url = self.name.text(), self.chain.text(), self.url.text()
        service = self._services.networks
        own = not self.provider.isChecked()
        if self._keep(lambda: service.add_custom(name, chain, url, own), self.custom_notice):
            for line in (self.name, self.chain, self.url):
                line.clear()

    def use_proxy(self) -> None:
        """Everything goes through it from now on."""
        host, _, port = self.proxy.text().strip().rpartition(":")
        try:
            if not (port.isascii() and port.isdigit()):
                raise ValueError
            proxy = Proxy(host=host.strip("[]"), port=int(port))
        except ValueError:
            error = InvalidInput(self.tr("A proxy is HOST:PORT, as 127.0.0.1:9050."))
            show_error(self.way_notice, error)
            return
        self._keep(lambda: self._services.networks.set_proxy(proxy), self.way_notice)

    # --- the practice chain ---

    def _on_practice(self, status: PracticeStatus) -> None:
        self.practice.show_status(status)
        self.practice_changed.emit(status)

    def start(self) -> None:
        """Start it and use it."""
        self._run_practice(self._services.practice.up, self.practice.start, self.tr("Starting…"))

    def stop(self) -> None:
        """Stop it; its state is kept."""
        self._run_practice(self._services.practice.down, self.practice.stop, self.tr("Stopping…"))

    def start_anew(self) -> None:
        """Set the old state aside."""
        self._run_practice(
            self._services.practice.reset, self.practice.really, self.tr("Starting anew…")
        )

    def _run_practice(
        self, work: Callable[[], Coroutine[Any, Any, PracticeStatus]], button: Button, busy: str
    ) -> None:
        self.practice.notice.hide()
        self._runner.run(
            work(),
            done=self._on_practice_done,
            failed=lambda error: show_error(self.practice.notice, error),
            button=button,
            busy=busy,
        )

    def _on_practice_done(self, status: PracticeStatus) -> None:
        self.practice.really.hide()
        self._on_practice(status)
        self.changed.emit()
