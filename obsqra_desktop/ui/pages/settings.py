"""Settings: appearance, amounts, where things lie, and the parameters of the proof."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup

from obsqra_desktop import __version__
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.domain.settings import Theme as ThemeSetting
from obsqra_desktop.flows.accounting import accounting
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.widgets.base import Card, FactRows, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Radio, Toggle
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.limits_card import LimitsCard

THEMES = (ThemeSetting.SYSTEM, ThemeSetting.LIGHT, ThemeSetting.DARK)


class SettingsPage(Page):
    """Each change takes effect at once."""

    def __init__(
        self, services: UiServices, state: UiState, parameters: ProofParameters | None
    ) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self._services, self._state = services, state
        body = SplitBody(side_width=380)
        self.frame.addWidget(body, 1)
        self.columns, self.notice = body.columns, body.notice
        self.columns.main.addWidget(self._appearance())
        self.columns.main.addWidget(self._amounts())
        self.columns.main.addWidget(self._pools())
        self.limits = LimitsCard(services)
        self.columns.main.addWidget(self.limits)
        self.columns.main.addWidget(self._folder())
        self.columns.side.addWidget(self._proof(parameters), 1)
        self.columns.side.addWidget(self._keyboard(), 1)
        state.changed.connect(self._agree)
        self._agree()

    def on_shown(self) -> None:
        self.limits.refresh()

    def _appearance(self) -> Card:
        card = Card(self.tr("Appearance"))
        self.themes = QButtonGroup(self)
        for number, (words, note) in enumerate(
            (
                (self.tr("S&ystem"), self.tr("as this computer is set")),
                (self.tr("&Light"), ""),
                (self.tr("Da&rk"), ""),
            )
        ):
            radio = Radio(words, note)
            self.themes.addButton(radio, number)
            card.add(radio)
        self.themes.idClicked.connect(lambda number: self._state.update(theme=THEMES[number]))
        return card

    def _amounts(self) -> Card:
        card = Card(self.tr("Amounts"))
        self.hide_toggle = Toggle(
            self.tr("&Hide amounts"), self.tr("shows dots in their place; shares stay readable")
        )
        self.hide_toggle.toggled.connect(lambda on: self._state.update(hide_amounts=on))
        card.add(self.hide_toggle)
        return card

    def _pools(self) -> Card:
        card = Card(self.tr("Pools"))
        self.notify_toggle = Toggle(
            self.tr("&Tell me when a score crosses my limit"),
            self.tr("also while another window is in front; without names or figures"),
        )
        self.notify_toggle.toggled.connect(lambda on: self._state.update(pools_notify=on))
        self.trades_toggle = Toggle(
            self.tr("The &practice market trades on"),
            self.tr("a block a minute while this window is open; play money"),
        )
        self.trades_toggle.toggled.connect(lambda on: self._state.update(practice_trades=on))
        card.add(self.notify_toggle)
        card.add(self.trades_toggle)
        return card

    def _folder(self) -> Card:
        card = Card(self.tr("Where your decisions are"))
        path = str(self._services.data_dir)
        card.add(
            label(
                self.tr(
                    "Decisions, proofs and policies lie in this folder, readable only by you. "
                    "The key that signs bundles lies in the system's keyring if there is one, "
                    "else here."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.folder = HashLabel(self.tr("data folder"), path, head=24, tail=30)
        card.add(self.folder)
        self.open_button = Button(self.tr("Op&en the folder"), "plain", "folder-open")
        self.open_button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
        row = horizontal(8)
        row.addWidget(self.open_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _proof(self, parameters: ProofParameters | None) -> Card:
        card = Card(self.tr("Proof"))
        facts = FactRows()
        if parameters is None:
            notice = Notice("warn")
            notice.say(
                "warn",
                self.tr("The prover is not installed"),
                self.tr("Decisions can be computed, but neither proved nor verified."),
            )
            card.add(notice)
        else:
            facts.show_rows([*accounting(parameters), (self.tr("Program"), __version__)])
            card.add(facts)
        return card

    def _keyboard(self) -> Card:
        card = Card(self.tr("Keyboard"))
        facts = FactRows()
        facts.show_rows(
            [
                (self.tr("Open a page"), "Ctrl+1 … Ctrl+9, Ctrl+0"),
                (self.tr("Main verb of the page"), "Ctrl+Enter"),
                (self.tr("Back, cancel"), "Esc"),
                (self.tr("Hide amounts"), "Ctrl+Shift+H"),
            ]
        )
        card.add(facts)
        return card

    def _agree(self) -> None:
        number = THEMES.index(self._state.settings.theme)
        self.themes.button(number).setChecked(True)
        settings = self._state.settings
        for toggle, on in (
            (self.hide_toggle, settings.hide_amounts),
            (self.notify_toggle, settings.pools_notify),
            (self.trades_toggle, settings.practice_trades),
        ):
            blocked = toggle.blockSignals(True)
            toggle.setChecked(on)
            toggle.blockSignals(blocked)
            toggle.update()

    def on_not_kept(self, error: AppError) -> None:
        """The setting is in force until the window is closed."""
        title = self.tr("This setting lasts only until you close the window")
        self.notice.say("warn", title, f"{error.detail} {error.hint}".strip())
        self.notice.show()
