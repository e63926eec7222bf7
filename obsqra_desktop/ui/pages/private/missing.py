"""The deep search of private money: begins, tells how far it is, stops, goes on another time."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError, Cancelled
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist.deep import DeepProgress, DeepReport
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.scan_report import ScanProgress
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.private.files import notes_words
from obsqra_desktop.ui.widgets.private.missing import MissingCard


class Host(Protocol):
    """The page, as far as it is needed here."""

    def refresh(self) -> None: ...
    def show_book(self, book: MistBook | None) -> None: ...


class SearchWork(QObject):
    """The verbs of the card of what is missing."""

    told = Signal(object)
    """A DeepProgress or a ScanProgress, from whatever thread searches."""

    def __init__(self, host: Host, card: MissingCard, desk: MistDesk, runner: TaskRunner) -> None:
        super().__init__()
        self._host, self._card, self._desk, self._runner = host, card, desk, runner
        self._cancel: CancelToken | None = None
        card.button.clicked.connect(self.search)
        card.stop_button.clicked.connect(self.stop)
        self.told.connect(self._on_told)

    @property
    def busy(self) -> bool:
        """Whether it searches."""
        return self._cancel is not None

    def search(self) -> None:
        """Up to the number of digits that the card names."""
        if self._cancel is not None:
            return
        self._cancel = cancel = CancelToken()
        self._card.show_searching(True)
        self._runner.run(
            self._desk.search_deeper(
                digits=self._card.digits,
                progress=self.told.emit,
                looking=self.told.emit,
                cancel=cancel,
            ),
            done=self._on_done,
            failed=self._on_failed,
            button=self._card.button,
            busy=self.tr("Searching…"),
        )

    def stop(self) -> None:
        """Within a second; how far it came is kept."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _on_told(self, one: DeepProgress | ScanProgress) -> None:
        if self._cancel is None:
            return
        if isinstance(one, DeepProgress):
            self._card.show_step(one.place, one.parts, one.digits, one.done, one.total)
        else:
            self._card.progress.setText(f"{one.phase.label} …")

    def _ended(self) -> None:
        self._cancel = None
        self._card.show_searching(False)

    def _on_done(self, report: DeepReport) -> None:
        self._ended()
        self._host.show_book(report.book)
        if report.found:
            words = self.tr("{0}: found again").format(notes_words(len(report.found)))
            self._card.say("good", words)
            self._card.show()
        else:
            self._card.say(
                "sunken",
                self.tr("Nothing was found with up to {0} digits").format(report.digits),
                self.tr("A newer backup brings it back, if there is one."),
            )

    def _on_failed(self, error: AppError) -> None:
        self._ended()
        if isinstance(error, Cancelled):
            self._card.say("sunken", self.tr("Stopped"), error.detail)
        else:
            show_error(self._card.notice, error)
        self._host.refresh()
