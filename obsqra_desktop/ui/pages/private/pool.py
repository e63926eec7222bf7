"""The pool of private money: asking about it, making one to practise, looking for notes."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.flows.private import look_words
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import MarketPhase
from obsqra_desktop.services.mist.scan_report import ScanProgress, ScanReport
from obsqra_desktop.services.mist.steps import PoolStanding
from obsqra_desktop.ui.pages.private.waiting import WaitWork
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.private.overview import OverviewView


class Host(Protocol):
    """The page, as far as it is needed here."""

    book: MistBook | None

    def refresh(self) -> None: ...
    def show_book(self, book: MistBook | None) -> None: ...
    def fail(self, error: AppError) -> None: ...


class PoolWork(QObject):
    """Each verb of the pool's card and of looking."""

    scanned = Signal(object)
    """A ScanProgress, from whatever thread looks."""

    def __init__(
        self,
        host: Host,
        view: OverviewView,
        services: UiServices,
        runner: TaskRunner,
        waits: WaitWork,
    ) -> None:
        super().__init__()
        self._host, self._services, self._runner = host, services, runner
        self._view, self._pool, self._scan = view, view.pool, view.scan
        self._waits = waits
        self._make_cancel: CancelToken | None = None
        self._scan_cancel: CancelToken | None = None
        self._pool.look_button.clicked.connect(self.look)
        self._pool.make_button.clicked.connect(self.make)
        self._pool.stop_button.clicked.connect(self.stop_making)
        self._pool.trusted.connect(self.trust)
        self._scan.scan_button.clicked.connect(lambda: self.look_for_notes())
        self._scan.deep_button.clicked.connect(lambda: self.look_for_notes(everything=True))
        self._scan.stop_button.clicked.connect(self.stop_looking)
        self.scanned.connect(self._on_progress)

    @property
    def busy(self) -> bool:
        """Whether a pool is being made or notes are looked for."""
        return self._make_cancel is not None or self._scan_cancel is not None

    def stop(self) -> None:
        """Whatever of both runs."""
        self.stop_making()
        self.stop_looking()

    # --- the contract ---

    def look(self) -> None:
        """Ask one node about the pool and, if something waits, how far it has come."""
        self._waits.look()
        self._runner.run(
            self._services.private.check_proofs(),
            done=lambda _: self._pool.damage.hide(),
            failed=lambda error: show_error(self._pool.damage, error),
        )
        self._runner.run(
            self._services.private.standing(),
            done=self._on_standing,
            failed=self._on_no_standing,
            button=self._pool.look_button,
            busy=self.tr("Looking…"),
        )

    def _on_standing(self, standing: PoolStanding) -> None:
        self._pool.show_standing(standing)
        self._view.place_pool(first=bool(standing.changed))

    def _on_no_standing(self, error: AppError) -> None:
        self._pool.show_unknown(self._services.networks.network().name)
        show_error(self._pool.notice, error)

    def make(self) -> None:
        """On the practice chain; what was made before a stop is kept."""
        if self._make_cancel is not None:
            return
        self._make_cancel = cancel = CancelToken()
        self._pool.notice.hide()

        def done(_pool: object) -> None:
            self._make_cancel = None
            self._host.refresh()

        def failed(error: AppError) -> None:
            self._make_cancel = None
            self._pool.show_none(self._services.networks.network().name, practice=True)
            show_error(self._pool.notice, error)

        def phase(one: MarketPhase) -> None:
            self._pool.show_making(f"{one.words} …")

        keyboard_here = self._pool.make_button.hasFocus()
        self._pool.show_making(self.tr("Starting …"))
        if keyboard_here:
            self._pool.stop_button.setFocus()
        self._runner.run(
            self._services.practice_private.make(phase, cancel),
            done=done,
            failed=failed,
            button=self._pool.make_button,
            busy=self.tr("Making it…"),
        )

    def stop_making(self) -> None:
        """At the next phase."""
        if self._make_cancel is not None:
            self._make_cancel.cancel()

    def trust(self, shown: PoolIdentity) -> None:
        """Its user knows why the contract has changed, and takes what the card shows."""
        self._runner.run(
            self._services.money.trust(shown),
            done=lambda _: self._host.refresh(),
            failed=self._on_not_trusted,
            button=self._pool.really_button,
            busy=self.tr("Keeping…"),
        )

    def _on_not_trusted(self, error: AppError) -> None:
        self._host.fail(error)
        self.look()  # what it is by now has to be seen before it is trusted

    # --- notes ---

    def look_for_notes(self, *, everything: bool = False) -> None:
        """Scan; what is found before a stop is kept."""
        if self._scan_cancel is not None:
            return
        self._scan_cancel = cancel = CancelToken()
        self._scan.notice.hide()
        self._scan.stop_button.show()
        self._scan.deep_button.setEnabled(False)
        self._runner.run(
            self._services.private.scan(
                everything=everything, progress=self.scanned.emit, cancel=cancel
            ),
            done=self._on_scanned,
            failed=self._on_not_scanned,
            button=self._scan.scan_button,
            busy=self.tr("Looking…"),
        )

    def stop_looking(self) -> None:
        """At the next block."""
        if self._scan_cancel is not None:
            self._scan_cancel.cancel()

    def _on_progress(self, one: ScanProgress) -> None:
        if self._scan_cancel is not None:
            of = f" {one.done}/{one.total}" if one.total else ""
            self._scan.words.setText(f"{one.phase.label}{of} …")

    def _ended(self) -> None:
        self._scan_cancel = None
        self._scan.stop_button.hide()
        self._scan.deep_button.setEnabled(True)

    def _on_scanned(self, report: ScanReport) -> None:
        self._ended()
        self._scan.words.setText(look_words(report))
        if report.reorganised or report.gap:
            self._scan.notice.say(
                "warn",
                self.tr("The chain changed under the pool")
                if report.reorganised
                else self.tr("Not all of the history could be read"),
                report.gap,
            )
            self._scan.notice.show()
        self._host.show_book(report.book)
        self._waits.look()  # leaves may have come

    def _on_not_scanned(self, error: AppError) -> None:
        self._ended()
        self._scan.words.setText("")
        show_error(self._scan.notice, error)
