"""Why this number: formula, inputs, and each raw reply behind them, as it was kept."""

import re
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidgetItem,
    QWidget,
)

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.services.market_view import AuditRow, MarketView, MetricView, PoolView, RawReply
from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.models.pools import KIND_LOOKS, TITLES, metric_text
from obsqra_desktop.ui.widgets.base import (
    Card,
    Notice,
    clear,
    horizontal,
    label,
    tab_through,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.field_list import Tree
from obsqra_desktop.ui.widgets.form import edit, mark, show_error

REPLY_ROLE: Final = Qt.ItemDataRole.UserRole
ROW: Final = 24
SHOWN: Final = 20_000
"""Raw replies are shown up to so many characters; all of one is copied."""


def question_words(key: str) -> str:
    """`call 14 0x5dd get_pool_price 0x1,0x2` as people read it."""
    kind, *rest = key.split(" ")
    if kind == "header" and rest:
        return f"header of block {rest[0]}"
    if kind == "class_hash" and len(rest) >= 2:
        return f"class of {short(rest[1])} at block {rest[0]}"
    if kind == "call" and len(rest) >= 3:
        inside = ", ".join(short(one) for one in rest[3].split(",")) if len(rest) > 3 else ""
        return f"{rest[2]}({inside}) of {short(rest[1])} at block {rest[0]}"
    return key


def breakable(key: str) -> str:
    """A key that wraps after commas and inside long felts, for reading only."""
    return re.sub(r"(,|[0-9a-f]{32})", "\\1\u200b", key)


def short(felt: str) -> str:
    """A felt with its middle left out."""
    return felt if len(felt) <= 14 else f"{felt[:8]}…{felt[-4:]}"


class AuditRows(Card):
    """The rubric, row by row; a row may be counted otherwise here."""

    counted = Signal(str, object)
    """Key of a row, points or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.body.setContentsMargins(14, 12, 14, 12)
        self.edits: dict[str, QLineEdit] = {}
        self.stops: list[QWidget] = []
        """Where Tab stops, in order."""
        self._rows = vertical(8)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: tuple[AuditRow, ...]) -> None:
        """Replace all rows."""
        clear(self._rows)
        self.edits = {}
        self.stops = []
        self.setVisible(bool(rows))
        for row in rows:
            self._rows.addLayout(self._line(row))

    def _line(self, row: AuditRow) -> QHBoxLayout:
        line = horizontal(10)
        texts = vertical(1)
        texts.addWidget(label(row.words, "line", wrap=True))
        if row.source:
            texts.addWidget(label(row.source, "caption", wrap=True))
        points = edit(self.tr("Points for: {0}").format(row.words))
        points.setProperty("dense", "true")
        points.setFixedWidth(64)
        points.setAlignment(Qt.AlignmentFlag.AlignRight)
        points.setMaxLength(4)
        points.setText(f"{row.counted:+d}" if row.counted else "0")
        points.editingFinished.connect(lambda: self._on_edited(row, points))
        line.addLayout(texts, 1)
        if row.overridden:
            line.addWidget(Chip(self.tr("yours, was {0:+d}").format(row.points), "accent"))
            back = Button("", "icon", "arrow-clockwise", self.tr("Count it as the registry does"))
            back.clicked.connect(lambda: self.counted.emit(row.key, None))
            line.addWidget(back)
            self.stops.append(back)
        line.addWidget(points)
        self.stops.append(points)
        self.edits[row.key] = points
        return line

    def _on_edited(self, row: AuditRow, points: QLineEdit) -> None:
        text = points.text().strip().replace("−", "-")
        try:
            value = int(text)
            good = -100 <= value <= 100
        except ValueError:
            good, value = False, 0
        mark(points, not good)
        if good and value != row.counted:
            self.counted.emit(row.key, None if value == row.points else value)


class DerivationCard(Card):
    """Open for one metric of one pool; closed it takes no room."""

    closed = Signal()
    counted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(self.tr("Why this number"))
        self.chip = Chip()
        self.close_button = Button("", "icon", "x", self.tr("Close the derivation"))
        self.close_button.clicked.connect(self.closed)
        self.head.addWidget(self.chip)
        self.head.addWidget(self.close_button)
        self.value = label("", "strong", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.formula = label("", "line", wrap=True)
        self.formula.setFont(fonts.mono(12))
        self.formula.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.formula.setStyleSheet(f"font-family: '{fonts.MONO_FAMILY}'; font-size: 12px;")
        self.definition = label("", "caption", wrap=True)
        self.warnings = Notice("warn")
        self.audit = AuditRows()
        self.audit.counted.connect(self.counted)
        self.tree = Tree(self.tr("What went into it"))
        self.tree.setColumnCount(2)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(self._on_current_changed)
        self.raw_title = label("", "caption", wrap=True)
        self.key = label("", "caption", wrap=True)
        self.key.setStyleSheet(f"font-family: '{fonts.MONO_FAMILY}'; font-size: 12px;")
        self.copy = Button(self.tr("Copy"), "quiet", "copy", self.tr("Copy the raw reply"))
        self.copy.clicked.connect(self._on_copy)
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setFont(fonts.mono(12))
        self.raw.setAccessibleName(self.tr("Raw reply of the node"))
        self._reply: RawReply | None = None
        for widget in (
            self.value,
            self.notice,
            self.formula,
            self.definition,
            self.warnings,
            self.audit,
            self.tree,
        ):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.raw_title, 1)
        row.addWidget(self.copy)
        self.body.addLayout(row)
        self.add(self.key)
        self.add(self.raw)

    def show_metric(self, view: MarketView, pool: PoolView, metric: MetricView) -> None:
        """Open it."""
        self.notice.hide()
        name = TITLES[metric.name].lower()
        self.title.setText(self.tr("Why this number: {0} of {1}").format(name, pool.name))
        self.chip.show_text(metric.kind.value, *KIND_LOOKS[metric.kind])
        self.chip.setVisible(metric.value is not None)
        words = metric_text(metric.name, metric.value)
        if metric.value is None:
            words = self.tr("Not known: {0}").format(metric.reason or self.tr("no reason is kept"))
        elif metric.entered:
            before = metric_text(metric.name, metric.measured)
            said = (
                self.tr("{0}, entered by hand. The registry gives {1}.")
                if metric.name == "audit_score"
                else self.tr("{0}, entered by hand. The chain gave {1}.")
            )
            words = said.format(words, before)
        self.value.setText(words)
        self.formula.setText(metric.formula)
        self.formula.setVisible(bool(metric.formula))
        self.definition.setText(
            self.tr("Definition {0} · block {1} · from {2} · snapshot {3}").format(
                metric.definition or "—",
                grouped(view.block_number),
                view.node or "—",
                view.id[:12],
            )
        )
        self.warnings.setVisible(bool(metric.warnings))
        if metric.warnings:
            first, *rest = metric.warnings
            self.warnings.say("warn", first, " ".join(rest))
        self.audit.show_rows(metric.rows)
        tab_through([self.close_button, *self.audit.stops, self.tree])
        self._fill(metric)
        self.show()

    def show_error(self, error: AppError) -> None:
        """A change was refused."""
        show_error(self.notice, error)

    def _fill(self, metric: MetricView) -> None:
        self.tree.clear()
        lines = 0
        for one in metric.inputs:
            item = QTreeWidgetItem([one.name, one.value])
            item.setFont(1, fonts.mono(12))
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(
                0, Qt.ItemDataRole.AccessibleTextRole, f"{one.name}: {one.value or 'not known'}"
            )
            self.tree.addTopLevelItem(item)
            lines += 1
            for reply in one.replies:
                child = QTreeWidgetItem([question_words(reply.key), ""])
                child.setFont(0, fonts.mono(12))
                child.setData(0, REPLY_ROLE, reply)
                child.setToolTip(0, reply.key)
                item.addChild(child)
                child.setFirstColumnSpanned(True)
        few = sum(len(one.replies) for one in metric.inputs) <= 6
        for number in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(number)
            if top is not None and few:
                top.setExpanded(True)
                lines += top.childCount()
        self.tree.setVisible(lines > 0)
        self.tree.setFixedHeight(min(max(lines, 3) * ROW + 16, 236))
        self._show_reply(None)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _on_current_changed(self, current: QTreeWidgetItem | None, _: object) -> None:
        reply = current.data(0, REPLY_ROLE) if current is not None else None
        self._show_reply(reply)

    def _show_reply(self, reply: RawReply | None) -> None:
        self._reply = reply
        for widget in (self.raw, self.copy, self.key):
            widget.setVisible(reply is not None)
        self.raw_title.setVisible(self.tree.isVisibleTo(self))
        if reply is None:
            self.raw_title.setText(
                self.tr("Open an input and choose a question to see the node's raw reply.")
            )
            return
        words = reply.raw.decode("utf-8", "replace")
        self.raw.setPlainText(words if len(words) <= SHOWN else words[:SHOWN] + "…")
        self.raw.setFixedHeight(64 if len(words) < 200 else 132)
        self.raw_title.setText(
            self.tr("Raw reply as kept, {0} bytes").format(grouped(len(reply.raw)))
        )
        self.key.setText(breakable(reply.key))

    def _on_copy(self) -> None:
        if self._reply is not None:
            QGuiApplication.clipboard().setText(self._reply.raw.decode("utf-8", "replace"))
            self.copy.set_icon("check")
