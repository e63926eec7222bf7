"""The editor for a policy of one's own: every field, each change told at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.ui.view import pool_title
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.choice import CheckBox, Segments, Toggle
from obsqra_desktop.ui.widgets.limit_edit import LimitEdit


class PolicyEditor(Card):
    """Emits `changed` for every change; `policy()` is always complete and in range."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Your own limits"))
        self.head.addWidget(
            label(self.tr("Nobody sees these. The proof commits to them."), "caption")
        )
        self._ticks: dict[int, CheckBox] = {}
        self._kept: set[int] = set()
        self.cap = LimitEdit(
            self.tr("Most in one pool"),
            1,
            10_000,
            self.tr("What no pool can take stays idle."),
            percent=True,
        )
        self.pools = LimitEdit(
            self.tr("Least number of pools"), 1, 8, self.tr("Each of them with 10 % or more.")
        )
        self.risk = LimitEdit(self.tr("Most risk"), 0, 100, self.tr("Score from 5 to 95."))
        self.swings = LimitEdit(
            self.tr("Most volatility"), 0, 10_000, self.tr("How far prices swing."), percent=True
        )
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(14)
        for number, edit in enumerate((self.cap, self.pools, self.risk, self.swings)):
            edit.changed.connect(self.changed)
            grid.addWidget(edit, number // 2, number % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addSpacing(4)
        self.body.addLayout(self._depth_row())
        self.flagged = Toggle(self.tr("Leave out pools that the mo&del flags"))
        self.flagged.toggled.connect(self.changed)
        self.only = Toggle(self.tr("&Only pools that I tick"))
        self.only.toggled.connect(self._on_only_toggled)
        switches = horizontal(24)
        switches.addWidget(self.flagged)
        switches.addWidget(self.only)
        switches.addStretch(1)
        self.body.addLayout(switches)
        self._allow = QWidget()
        self._allow_column = vertical(2, (46, 0, 0, 0))
        self._allow.setLayout(self._allow_column)
        self._allow.hide()
        self.add(self._allow)

    def _depth_row(self) -> QHBoxLayout:
        row = horizontal(16)
        row.addWidget(label(self.tr("Least depth"), "strong"))
        names = (self.tr("Any"), self.tr("Medium"), self.tr("Deep"), self.tr("Deepest"))
        self.least_depth = Segments([(name, "") for name in names], self.tr("Least depth"))
        self.least_depth.chosen.connect(lambda _: self.changed.emit())
        row.addWidget(self.least_depth)
        row.addStretch(1)
        return row

    def set_policy(self, policy: Policy) -> None:
        """Start from this policy, without saying so."""
        blocked = self.blockSignals(True)
        self.cap.set_value(policy.max_allocation_bps)
        self.pools.set_value(policy.min_pools)
        self.risk.set_value(policy.max_risk_score)
        self.swings.set_value(policy.max_volatility_bps)
        self.least_depth.button(policy.min_liquidity_tier).setChecked(True)
        self.flagged.setChecked(policy.exclude_flagged)
        self.only.setChecked(policy.allowlist is not None)
        if policy.allowlist is not None:
            self._kept = set(policy.allowlist)
            for pool_id, tick in self._ticks.items():
                tick.setChecked(pool_id in self._kept)
        self.blockSignals(blocked)

    def show_pools(self, snapshot: Snapshot | None) -> None:
        """Offer the snapshot's pools for the allowlist; a pool that is new here is not ticked."""
        pools = snapshot.pools if snapshot else ()
        if tuple(self._ticks) == tuple(pool.id for pool in pools):
            return
        if snapshot is None:
            return
        fresh = not self.only.isChecked()
        clear(self._allow_column)
        self._ticks = {}
        for pool in pools:
            tick = CheckBox(pool_title(pool), self.tr("Allow {0}").format(pool_title(pool)))
            tick.setChecked(fresh or pool.id in self._kept)
            tick.toggled.connect(lambda on, i=pool.id: self._on_ticked(i, on))
            self._ticks[pool.id] = tick
            self._allow_column.addWidget(tick)

    def policy(self) -> Policy:
        """What the fields say."""
        ticked = tuple(i for i, tick in self._ticks.items() if tick.isChecked())
        return Policy(
            name="Your own",
            max_allocation_bps=self.cap.value,
            min_pools=self.pools.value,
            max_risk_score=self.risk.value,
            max_volatility_bps=self.swings.value,
            min_liquidity_tier=self.least_depth.group.checkedId(),
            exclude_flagged=self.flagged.isChecked(),
            allowlist=ticked if self.only.isChecked() else None,
        )

    def tick(self, pool_id: int) -> CheckBox:
        """The check box of one pool."""
        return self._ticks[pool_id]

    def _on_ticked(self, pool_id: int, on: bool) -> None:
        (self._kept.add if on else self._kept.discard)(pool_id)
        self.changed.emit()

    def _on_only_toggled(self, on: bool) -> None:
        self._allow.setVisible(on)
        if on:
            self._kept = {i for i, tick in self._ticks.items() if tick.isChecked()}
        self.changed.emit()
