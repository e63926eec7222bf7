"""How far a transaction has come, row by row, as it really happens."""

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.services.sending import SendStep
from obsqra_desktop.ui.widgets.base import vertical
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark, run_to, stop_rows

PASSED = {
    TxState.RECEIVED: 1,
    TxState.PRE_CONFIRMED: 2,
    TxState.ACCEPTED_L2: 3,
    TxState.ACCEPTED_L1: 3,
}
"""How many of the chain's rows are done."""


class SendRows(QWidget):
    """From the last check here to the receipt."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = {
            SendStep.CHECKING: CheckRow(
                self.tr("Check again"), self.tr("nothing may have changed since you looked")
            ),
            SendStep.SIGNING: CheckRow(self.tr("Sign"), self.tr("on this computer")),
            SendStep.WRITING: CheckRow(
                self.tr("Write it down"), self.tr("so that a crash loses nothing")
            ),
            SendStep.SENDING: CheckRow(self.tr("Send"), self.tr("once")),
        }
        self.received = CheckRow(self.tr("Received"), self.tr("a node has it"))
        self.executed = CheckRow(self.tr("Executed"), self.tr("pre-confirmed: may still vanish"))
        self.accepted = CheckRow(self.tr("Accepted on L2"), self.tr("confirmed by its receipt"))
        column = vertical(0)
        for row in self.rows:
            column.addWidget(row)
        self.setLayout(column)

    @property
    def rows(self) -> list[CheckRow]:
        """All of them in their order."""
        return [*self.steps.values(), self.received, self.executed, self.accepted]

    def start(self) -> None:
        """Nothing has happened yet."""
        for row in self.rows:
            row.show_mark(Mark.WAITING)

    def show_step(self, step: SendStep) -> None:
        """The steps before it are done."""
        run_to(self.steps, step)

    def show_record(self, record: TxRecord) -> None:
        """Where it is by its record."""
        for row in self.steps.values():
            if row.mark is not Mark.FAILED:
                row.show_mark(Mark.DONE)
        passed = PASSED.get(record.state, 0)
        for number, row in enumerate((self.received, self.executed, self.accepted)):
            if number < passed:
                row.show_mark(Mark.DONE)
            else:
                row.show_mark(Mark.RUNNING if number == passed and passed else Mark.WAITING)
        if record.state is TxState.REVERTED:
            for row in (self.received, self.executed):
                row.show_mark(Mark.DONE)
            self.accepted.show_mark(Mark.FAILED, self.tr("failed"), record.events[-1].detail)

    def fail(self) -> None:
        """What ran has failed."""
        stop_rows(self.rows, Mark.FAILED)
