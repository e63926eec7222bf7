"""What history sends itself: followed to its end, whatever page or row is in sight."""

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button


class FollowWork(QObject):
    """Nothing here is waited for by the page. The runner ends all of it with the window; what was
    sent goes its way, and can be looked at again."""

    stepped = Signal(str, object)
    """Id of the waiting one whose place is taken; the SendStep."""
    sent = Signal(object)
    """The TxRecord is in the journal, and a node was given it."""
    moved = Signal(object)
    """The TxRecord has come further."""
    ended = Signal(object)
    """The TxRecord is settled, or as far as it is followed."""
    lost = Signal(str, object)
    """Id of a record; the AppError that ended sending or following."""

    def __init__(self, sending: SendingService, runner: TaskRunner) -> None:
        super().__init__()
        self._sending, self._runner = sending, runner
        self._followed: set[str] = set()
        self._replacing: set[str] = set()

    def follows(self, record_id: str) -> bool:
        """Whether it is followed now."""
        return record_id in self._followed

    def replaces(self, record_id: str) -> bool:
        """Whether its replacement is being checked, signed or sent now."""
        return record_id in self._replacing

    def send_instead(self, plan: Plan, button: Button, busy: str) -> None:
        """Send what takes the place of a waiting one, then follow it."""
        replaced = plan.replaces or ""
        self._replacing.add(replaced)

        def done(record: TxRecord) -> None:
            self._replacing.discard(replaced)
            self.sent.emit(record)
            self.follow(record)

        def failed(error: AppError) -> None:
            self._replacing.discard(replaced)
            self.lost.emit(replaced, error)

        self._runner.run(
            self._sending.send(plan, lambda step: self.stepped.emit(replaced, step)),
            done=done,
            failed=failed,
            button=button,
            busy=busy,
        )

    def follow(self, record: TxRecord) -> None:
        """Look at it until it is settled; once at a time."""
        if record.settled:
            self.ended.emit(record)
            return
        if record.id in self._followed:
            return
        self._followed.add(record.id)

        def done(seen: TxRecord) -> None:
            self._followed.discard(record.id)
            self.ended.emit(seen)

        def failed(error: AppError) -> None:
            self._followed.discard(record.id)
            self.lost.emit(record.id, error)

        self._runner.run(self._sending.track(record.id, self.moved.emit), done=done, failed=failed)
