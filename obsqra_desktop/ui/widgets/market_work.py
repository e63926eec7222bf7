"""What runs in the background, phase by phase as it really happens, and the way to stop it."""

from PySide6.QtCore import QCoreApplication

from obsqra_desktop.services.market_view import MarketPhase
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.widgets.bars import Part, PartsBar
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark


def count(phase: MarketPhase) -> str:
    """`48 of 110`; nothing if there is nothing to count."""
    if not phase.total:
        return ""
    words = QCoreApplication.translate("MarketWork", "{0} of {1}")
    return words.format(grouped(phase.done), grouped(phase.total))


class MarketWork(Card):
    """Rows come when their phase begins; none is promised."""

    def __init__(self) -> None:
        super().__init__(self.tr("Reading pools"))
        self.stop = Button(self.tr("&Cancel"), "plain", "stop-circle")
        self.head.addWidget(self.stop)
        self.bar = PartsBar(6)
        self._rows = vertical(0)
        self.rows: list[CheckRow] = []
        self._shown: tuple[MarketPhase, ...] = ()
        self.note = label("", "caption", wrap=True)
        row = horizontal(8)
        row.addWidget(self.note, 1)
        self.body.addLayout(self._rows)
        self.add(self.bar)
        self.body.addLayout(row)
        self.hide()

    def begin(self, title: str, note: str) -> None:
        """Something starts."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.note.setText(note)
        self.stop.set_busy(None)
        clear(self._rows)
        self.rows, self._shown = [], ()
        self.bar.hide()
        self.show()

    def show_phases(self, phases: tuple[MarketPhase, ...]) -> None:
        """All phases so far; the last one runs."""
        for number, phase in enumerate(phases):
            if (
                number < len(self._shown)
                and self._shown[number] == phase
                and (number + 1 < len(phases)) == (number + 1 < len(self._shown))
            ):
                continue
            if number == len(self.rows):
                self.rows.append(CheckRow(phase.words, ""))
                self._rows.addWidget(self.rows[-1])
            running = number == len(phases) - 1
            self.rows[number].show_mark(Mark.RUNNING if running else Mark.DONE, count(phase))
        self._shown = phases
        last = phases[-1] if phases else None
        self.bar.setVisible(bool(last and last.total))
        if last is not None and last.total:
            self.bar.show_parts([Part(last.words, last.done, "accent")], last.total)

    def stopping(self) -> None:
        """The word to stop was taken."""
        self.stop.set_busy(self.tr("Stopping…"))
