"""Step 1, Choose: a policy, pools, and how to judge them."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from obsqra_desktop.domain.decision import Decision
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.settings import YOUR_OWN
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.flows.decide import Choice, Origin
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.format import Amount, parse_amount
from obsqra_desktop.ui.models.typed_pools import parse_rows
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.pages.policy_editor import PolicyEditor
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.view import limits, origin, pool_views, rule_note
from obsqra_desktop.ui.widgets.base import (
    Card,
    IconLine,
    Notice,
    horizontal,
    label,
    restyle,
    tip,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.choice import Segments, Select
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.consequences import Consequences
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.pool_picker import PoolPicker
from obsqra_desktop.ui.widgets.pool_rows import PoolEditor, PoolRows
from obsqra_desktop.ui.widgets.preset_card import PresetCard
from obsqra_desktop.ui.widgets.veiled_line import VeiledLine

if TYPE_CHECKING:
    from obsqra_desktop.services.market_view import MarketView

OWN = 3
SOURCES = (Origin.SAMPLE, Origin.FILE, Origin.TYPED, Origin.POOLS)


class LearnCard(Card):
    """Who will learn what: the eye means others see it, the closed eye nobody does."""

    def __init__(self) -> None:
        super().__init__(self.tr("What others will learn"))
        for seen, words in (
            (True, self.tr("The pools and their metrics, if you hand out a bundle")),
            (True, self.tr("Scores, model and allocation, if you hand out a bundle")),
            (False, self.tr("Not your limits, not your allowlist")),
            (False, self.tr("Not which of your rules left a pool out")),
            (False, self.tr("Not the amount: it never leaves this screen")),
        ):
            icon, token = ("eye", "text_muted") if seen else ("eye-closed", "good")
            self.add(IconLine(icon, token, words))
        self.body.addSpacing(2)
        self.add(
            label(
                self.tr(
                    "The proof commits to your policy without showing it. "
                    "Whoever checks it can be sure that the policy was obeyed."
                ),
                "secondary",
                wrap=True,
            )
        )


class ChooseView(Body):
    """Tells every change at once as a whole Choice."""

    chosen = Signal(object)
    amount_changed = Signal()
    pools_wanted = Signal()
    live_wanted = Signal(object)
    """Ids of pools whose snapshot is wanted, or None to look which pools there are."""

    def __init__(self, services: UiServices, start: str, own: Policy | None = None) -> None:
        super().__init__()
        self._services = services
        self._presets = services.catalog.presets()
        self._rules = services.catalog.rules()
        self._models = services.catalog.models()
        self._source = Origin.SAMPLE
        self._sample: Snapshot | None = services.snapshots.sample()
        self._opened: Snapshot | None = None
        self._opened_name = ""
        self._typed: Snapshot | None = None
        self._live: Snapshot | None = None
        self.amount: Amount | None = None
        self.typing_problem = self.tr("Fill in at least one pool.")
        self.columns = Columns()
        self.column.addWidget(self.columns)
        self._build_policy(start, own)
        self._build_pools()
        self.columns.side.addWidget(LearnCard(), 1)
        self._build_judging()

    def _build_policy(self, start: str, own: Policy | None) -> None:
        main = self.columns.main
        main.addWidget(label(self.tr("Policy"), "section"))
        words = {
            "conservative": (self.tr("&Conservative"), self.tr("Sleep well"), "shield-check"),
            "balanced": (self.tr("&Balanced"), self.tr("Most people"), "scales"),
            "aggressive": (self.tr("&Aggressive"), self.tr("Accept swings"), "trend-up"),
        }
        self.cards: list[PresetCard] = []
        self._group = QButtonGroup(self)
        row = horizontal(12)
        for number, policy in enumerate(self._presets):
            title, motto, icon = words[policy.name.lower()]
            lines = limits(
                policy.max_allocation_bps, policy.max_risk_score, policy.min_liquidity_tier
            )
            self._add_card(row, number, PresetCard(title, motto, lines, icon))
        lines = [
            self.tr("Risk, swings, depth"),
            self.tr("Caps and allowlist"),
            self.tr("Model veto"),
        ]
        card = PresetCard(
            self.tr("&Your lines"), self.tr("Every limit"), lines, "sliders-horizontal"
        )
        self._add_card(row, OWN, card)
        main.addLayout(row)
        self.consequences = Consequences()
        main.addWidget(self.consequences)
        self.editor = PolicyEditor()
        self.editor.hide()
        main.addWidget(self.editor)
        names = [policy.name.lower() for policy in self._presets]
        first = names.index(start) if start in names else 1
        self.cards[first].setChecked(True)
        self.editor.set_policy(self._presets[first])
        if start == YOUR_OWN and own is not None:
            self.cards[OWN].setChecked(True)
            self.editor.set_policy(own)
            self.editor.show()
        self._group.idToggled.connect(self._on_card_toggled)
        self.editor.changed.connect(self.tell)

    def _add_card(self, row: QHBoxLayout, number: int, card: PresetCard) -> None:
        self._group.addButton(card, number)
        self.cards.append(card)
        row.addWidget(card, 1)

    def _build_pools(self) -> None:
        card = Card(self.tr("Pools"))
        self.origin_chip = Chip()
        card.head.addWidget(self.origin_chip)
        self.sources = Segments(
            [
                (self.tr("&Live pools"), "coins"),
                (self.tr("&Sample"), "flask"),
                (self.tr("From a &file"), "folder-open"),
                (self.tr("&Typed by hand"), "pencil-simple"),
            ],
            self.tr("Where the pools come from"),
            (3, 0, 1, 2),
        )
        self.sources.chosen.connect(lambda number: self.on_source_chosen(SOURCES[number]))
        line = horizontal(10)
        line.addWidget(self.sources)
        self.file_label = label("", "secondary")
        self.file_button = Button(self.tr("Open another…"), "quiet", "folder-open")
        self.file_button.clicked.connect(self.open_dialog)
        line.addWidget(self.file_label)
        line.addWidget(self.file_button)
        line.addStretch(1)
        card.body.addLayout(line)
        self.file_error = Notice()
        self.file_error.hide()
        card.add(self.file_error)
        headers = [
            self.tr("Venue"),
            self.tr("Pool"),
            self.tr("Use"),
            self.tr("Swings"),
            self.tr("Depth"),
            self.tr("Audit"),
            self.tr("Age"),
            self.tr("Yield"),
        ]
        self.rows = PoolRows(headers)
        self.typing = PoolEditor(headers)
        self.typing.changed.connect(self._on_typed)
        self.typing.hide()
        self.picker = PoolPicker()
        self.picker.picked.connect(self.live_wanted)
        self.picker.pools_wanted.connect(self.pools_wanted)
        self.picker.hide()
        card.add(self.picker)
        card.add(self.rows)
        card.add(self.typing)
        self.columns.main.addWidget(card)
        self._show_source()

    def _build_judging(self) -> None:
        card = Card(self.tr("How to judge them"))
        self.amount_edit = VeiledLine(
            self.tr("Amount, optional"), self.tr("for example 2 500 USDC")
        )
        self.amount_edit.setMaxLength(40)
        self.amount_edit.textChanged.connect(self._on_amount_changed)
        self.amount_note = label("", "caption", wrap=True)
        self.rule = Select(self.tr("Risk rule"))
        for rule in self._rules:
            self.rule.addItem(rule.name)
        self.model = Select(self.tr("Model"))
        for model in self._models:
            self.model.addItem(model.name)
        self.rule_note = label("", "caption", wrap=True)
        self.model_note = label("", "caption", wrap=True)
        for name, field, note in (
            (self.tr("Risk rule"), self.rule, self.rule_note),
            (self.tr("Model"), self.model, self.model_note),
            (self.tr("Amount, optional"), self.amount_edit, self.amount_note),
        ):
            part = vertical(5)
            part.addWidget(label(name, "strong"))
            part.addWidget(field)
            part.addWidget(note)
            card.body.addLayout(part)
            card.body.addSpacing(2)
        self.rule.currentIndexChanged.connect(self.tell)
        self.model.currentIndexChanged.connect(self.tell)
        self.columns.side.addWidget(card, 1)
        self._on_amount_changed()

    # What is chosen.

    @property
    def snapshot(self) -> Snapshot | None:
        """The pools in force."""
        return {
            Origin.SAMPLE: self._sample,
            Origin.FILE: self._opened,
            Origin.TYPED: self._typed,
            Origin.POOLS: self._live,
        }[self._source]

    def policy(self) -> Policy:
        """The policy in force."""
        chosen = self._group.checkedId()
        return self.editor.policy() if chosen == OWN else self._presets[chosen]

    def choice(self) -> Choice:
        """Everything that is chosen."""
        return Choice(
            rule=self._rules[self.rule.currentIndex()],
            model=self._models[self.model.currentIndex()],
            policy=self.policy(),
            snapshot=self.snapshot,
            origin=self._source,
        )

    def tell(self) -> None:
        """Hand the choice on."""
        self.chosen.emit(self.choice())

    def show_decision(self, choice: Choice, decision: Decision | None) -> None:
        """Show the consequences."""
        views = []
        if decision is not None and choice.snapshot is not None:
            views = pool_views(choice.snapshot, decision, choice.model)
        self.consequences.show_decision(views, decision)
        self.editor.show_pools(choice.snapshot)
        self.rule_note.setText(rule_note(choice.rule))
        flag = choice.model.card.flag_means
        self.model_note.setText(self.tr("A flag means: {0}").format(flag))
        self.model_note.setToolTip(tip(choice.model.card.summary))
        if choice.snapshot is not None:
            found = origin(choice.snapshot)
            self.origin_chip.show_text(found.text, found.tone, found.icon)
            self.origin_chip.setToolTip(tip(found.detail))
        else:
            self.origin_chip.show_text("")
        if self._source is Origin.TYPED:
            if views:
                self.typing.show_views(views)
        elif choice.snapshot is not None:
            self.rows.show_pools(choice.snapshot, views)
        self.rows.setVisible(self._source is not Origin.TYPED and choice.snapshot is not None)

    # What happens.

    def _on_card_toggled(self, number: int, on: bool) -> None:
        if not on:
            return
        self.editor.setVisible(number == OWN)
        if number != OWN:
            self.editor.set_policy(self._presets[number])
        self.tell()

    def on_source_chosen(self, source: Origin) -> None:
        """Change where the pools come from; a file is asked for when none is open."""
        if source is Origin.FILE and self._opened is None:
            self.sources.button(SOURCES.index(self._source)).setChecked(True)
            self.open_dialog()
            return
        self._source = source
        self.file_error.hide()
        self._show_source()
        self.tell()
        if source is Origin.POOLS:
            self.live_wanted.emit(None)
        if source is Origin.TYPED:
            self.typing.rows[0].edits["venue"].setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.typing, 0, 24))

    def open_dialog(self) -> None:
        """Ask for a snapshot file."""
        self.dialog = dialogs.open_file(
            self,
            self.tr("Open a snapshot"),
            self.tr("Snapshots (*.json);;All files (*)"),
            self.open_snapshot,
        )

    def open_snapshot(self, path: Path) -> None:
        """Read a snapshot file; an error stays in this card and what was there stays in force."""
        try:
            self._opened = self._services.snapshots.load(path)
        except AppError as error:
            title = self.tr("{0} cannot be used: {1}").format(path.name, error.title.lower())
            detail = f"{error.detail} {error.hint}".strip()
            self.file_error.say("bad", title, detail + " " + self.tr("Nothing was changed."))
            self.file_error.show()
            return
        self._opened_name = path.name
        self.sources.button(SOURCES.index(Origin.FILE)).setChecked(True)
        self.on_source_chosen(Origin.FILE)

    def show_market(self, view: "MarketView | None") -> None:
        """Which pools can be chosen now."""
        self.picker.show_market(view)

    def show_live(self, snapshot: Snapshot | None) -> None:
        """The snapshot of the chosen pools."""
        self._live = snapshot
        self.file_error.hide()
        self.tell()

    def show_live_error(self, error: AppError) -> None:
        """It cannot be decided over these pools."""
        self._live = None
        show_error(self.file_error, error)
        self.tell()

    def use_live(self) -> None:
        """Take pools of the newest market snapshot."""
        self.sources.button(SOURCES.index(Origin.POOLS)).setChecked(True)
        self.on_source_chosen(Origin.POOLS)

    @property
    def live(self) -> bool:
        """Whether live pools are the source."""
        return self._source is Origin.POOLS

    def _show_source(self) -> None:
        self.picker.setVisible(self.live)
        typed = self._source is Origin.TYPED
        self.rows.setVisible(not typed and self.snapshot is not None)
        self.typing.setVisible(typed)
        opened = self._source is Origin.FILE
        self.file_label.setVisible(opened)
        self.file_label.setText(self._opened_name)
        self.file_button.setVisible(opened)

    def _on_typed(self) -> None:
        self._typed, faults = parse_rows(self.typing.typed(), int(time.time()))
        self.typing.show_faults(faults)
        first = min(faults) + 1 if faults else 0
        self.typing_problem = (
            self.tr("Row {0} is not complete yet.").format(first)
            if faults
            else self.tr("Fill in at least one pool.")
        )
        self.tell()

    def _on_amount_changed(self) -> None:
        note = self.tr("For your eyes only: not proved, not stored.")
        try:
            self.amount = parse_amount(self.amount_edit.text())
            restyle(self.amount_edit, state="")
            restyle(self.amount_note, tone="")
        except ValueError:
            self.amount = None
            note = self.tr("Write a number and a unit, for example 2 500 USDC.")
            restyle(self.amount_edit, state="bad")
            restyle(self.amount_note, tone="bad")
        self.amount_note.setText(note)
        self.amount_edit.setAccessibleDescription(note)
        self.amount_changed.emit()
