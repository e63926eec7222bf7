"""One pool beside the table: what to know before using it, its six numbers, their sources."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.pools import METRIC_NAMES
from obsqra_desktop.flows.pool_marks import score
from obsqra_desktop.flows.pools import PoolsFlow
from obsqra_desktop.services.market_view import MetricView, PoolView
from obsqra_desktop.ui.models.pools import (
    HINTS,
    KIND_LOOKS,
    TITLES,
    metric_text,
    read_metric,
    source_words,
    typed_text,
)
from obsqra_desktop.ui.widgets.base import (
    Card,
    Notice,
    clear,
    divider,
    horizontal,
    label,
    tab_through,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.form import edit, mark, show_error
from obsqra_desktop.ui.widgets.hash_label import HashLabel


class MetricLine(QWidget):
    """A number, its source, and what can be done with it."""

    why_wanted = Signal()
    entered = Signal(object)
    """The new value, or None for the measured one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._metric: MetricView | None = None
        self._name = name
        title = TITLES[name]
        line = horizontal(6)
        line.addWidget(label(title, "secondary"))
        line.addStretch(1)
        self.chip = Chip()
        line.addWidget(self.chip)
        self.value = label("", "value")
        line.addWidget(self.value)
        self.why = Button("", "icon", "info", self.tr("Why this number: {0}").format(title))
        self.pencil = Button(
            "", "icon", "pencil-simple", self.tr("Enter {0} by hand").format(title.lower())
        )
        self.back = Button(
            "", "icon", "arrow-clockwise", self.tr("Back to the measured {0}").format(title.lower())
        )
        line.addWidget(self.back)
        line.addWidget(self.pencil)
        line.addWidget(self.why)
        column = vertical(3)
        column.addLayout(line)
        self.note = label("", "caption", wrap=True)
        column.addWidget(self.note)
        self.line = edit(self.tr("{0}, by hand").format(title), HINTS[name])
        self.line.setMaxLength(8)
        self.keep = Button(self.tr("Use it"), "plain", "check")
        self.cancel = Button("", "icon", "x", self.tr("Leave it as it is"))
        form = horizontal(6)
        form.addWidget(self.line, 1)
        form.addWidget(self.keep)
        form.addWidget(self.cancel)
        self._form = QWidget()
        self._form.setLayout(form)
        self.problem = label("", "caption", "bad", wrap=True)
        column.addWidget(self._form)
        column.addWidget(self.problem)
        self._form.hide()
        self.problem.hide()
        self.setLayout(column)
        for part in (self.chip, self.note, self.back):
            part.hide()
        self.why.clicked.connect(self.why_wanted)
        self.pencil.clicked.connect(self.open_form)
        self.back.clicked.connect(lambda: self.entered.emit(None))
        self.keep.clicked.connect(self._on_keep)
        self.line.returnPressed.connect(self._on_keep)
        self.cancel.clicked.connect(self.close_form)

    def show_metric(self, metric: MetricView) -> None:
        """Replace what is shown; what was being typed is dropped."""
        self._metric = metric
        typing = self.line.hasFocus() or self.keep.hasFocus() or self.cancel.hasFocus()
        gone = typing or (self.back.hasFocus() and not metric.entered)
        self.value.setText(metric_text(metric.name, metric.value))
        self.chip.setVisible(metric.entered)
        self.chip.show_text(metric.kind.value, *KIND_LOOKS[metric.kind])
        self.note.setText(source_words(metric))
        self.note.setVisible(bool(self.note.text()))
        self.back.setVisible(metric.entered)
        self._form.hide()
        self.problem.hide()
        if self.line.property("state"):
            mark(self.line, False)
        self.line.setAccessibleDescription("")
        if gone:  # what had the keyboard is not there any more: it stays near
            self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_form(self) -> None:
        """Type another value."""
        value = None if self._metric is None else self._metric.value
        self.line.setText(typed_text(self._name, value))
        self._form.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def close_form(self) -> None:
        """Nothing was changed."""
        self._form.hide()
        self.problem.hide()
        self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.back, self.pencil, self.why, self.line, self.keep, self.cancel)

    def _on_keep(self) -> None:
        try:
            value = read_metric(self._name, self.line.text())
        except ValueError as error:
            mark(self.line, True)
            words = self.tr("Must be {0}.").format(error)
            self.problem.setText(words)
            self.line.setAccessibleDescription(words)
            self.problem.show()
            return
        self.entered.emit(value)


class PoolDetail(Card):
    """The chosen pool."""

    why_wanted = Signal(str)
    entered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(self.tr("Pool"))
        self.title.setWordWrap(True)
        self.verdict = Chip()
        self.venue = label("", "secondary", wrap=True)
        self.id = HashLabel(self.tr("pool id"))
        self.notices = vertical(8)
        self.notice = Notice()
        self.notice.hide()
        self._lines = vertical(10)
        self.lines = {name: self._line(name) for name in METRIC_NAMES}
        row = horizontal(8)
        row.addWidget(self.venue, 1)
        row.addWidget(self.verdict)
        self.body.addLayout(row)
        self.add(self.id)
        self.body.addLayout(self.notices)
        self.add(divider())
        self.body.addLayout(self._lines)
        self.add(self.notice)
        self.add(divider())
        self.add(
            label(
                self.tr(
                    "A value entered by hand is marked so here, in the decision and in the proof."
                ),
                "caption",
                wrap=True,
            )
        )
        stops: list[QWidget] = [self.id.copy_button]
        for line in self.lines.values():
            stops += line.stops
        tab_through(stops)

    def _line(self, name: str) -> MetricLine:
        line = MetricLine(name)
        line.why_wanted.connect(lambda: self.why_wanted.emit(name))
        line.entered.connect(lambda value: self.entered.emit(name, value))
        self._lines.addWidget(line)
        return line

    def show_pool(self, flow: PoolsFlow, pool: PoolView) -> None:
        """Replace everything."""
        self.notice.hide()
        self.title.setText(pool.name)
        self.setAccessibleName(pool.name)
        value = score(flow.rule, pool.known())
        words = self.tr("score {0}").format("—" if value is None else value)
        self.venue.setText(f"{pool.venue} · {words}")
        if value is None:
            self.verdict.show_text(self.tr("cannot be judged"), "plain", "circle-dashed")
        elif flow.passes(pool):
            self.verdict.show_text(self.tr("fits your limits"), "good", "check-circle")
        elif flow.within(pool):
            self.verdict.show_text(self.tr("not advised"), "warn", "warning")
        else:
            self.verdict.show_text(self.tr("outside your limits"), "warn", "minus-circle")
        self.id.show_value(hex(pool.id))
        clear(self.notices)
        for kind, title, detail in self._what_to_know(pool):
            notice = Notice()
            notice.say(kind, title, detail)
            self.notices.addWidget(notice)
        for metric in pool.metrics:
            self.lines[metric.name].show_metric(metric)

    def _what_to_know(self, pool: PoolView) -> list[tuple[str, str, str]]:
        found = []
        if pool.unknown_class is not None:
            found.append(
                (
                    "bad",
                    self.tr("The contract runs code that this program does not know"),
                    self.tr(
                        "Class {0}. It may have been upgraded, and may answer otherwise than "
                        "before. Compare it before you rely on these numbers."
                    ).format(shortened(pool.unknown_class)),
                )
            )
        if pool.exit_only:
            found.append(
                (
                    "warn",
                    self.tr("Exit only"),
                    self.tr(
                        "Nobody keeps {0} up any more. What is in it can be taken out; put nothing "
                        "new in."
                    ).format(pool.venue),
                )
            )
        if pool.abandoned:
            found.append(
                (
                    "warn",
                    self.tr("Nobody has traded here in the window"),
                    self.tr("Calm prices of an abandoned pool are no sign of safety."),
                )
            )
        found += [("sunken", one, "") for one in pool.warnings]
        return found

    def show_error(self, error: AppError) -> None:
        """A change was refused."""
        show_error(self.notice, error)


def shortened(felt: int) -> str:
    """A class hash in a sentence."""
    text = hex(felt)
    return f"{text[:10]}…{text[-6:]}"
