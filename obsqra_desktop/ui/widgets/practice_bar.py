"""The amber bar over everything while the practice chain is in use."""

from PySide6.QtWidgets import QFrame

from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.widgets.base import FocusStyled, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button


class PracticeBar(FocusStyled, QFrame):
    """Says that nothing here is worth anything; offers to start the chain when it is not up."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practiceBar")
        self.setAccessibleName(self.tr("Practice chain"))
        row = horizontal(10, (16, 6, 12, 6))
        self.words = label("", "line", wrap=True)
        self.start = Button(self.tr("Start it"), "plain", "play")
        row.addWidget(IconLabel("flask", "on_practice", 18))
        row.addWidget(self.words, 1)
        row.addWidget(self.start)
        self.setLayout(row)
        self.show_status(None)

    def keep_keyboard(self) -> None:
        """The button is about to go grey and then away: the keyboard waits on the words, which say
        how it went, and not on whatever Tab would come to."""
        if self.start.hasFocus():
            self.setFocus()

    def show_status(self, status: PracticeStatus | None) -> None:
        """What the process does; None as long as it is not known."""
        state = status.state if status else None
        base = self.tr(
            "Practice chain: play money on this computer. Nothing here reaches Starknet."
        )
        if state is PracticeState.CRASHED:
            words = self.tr(
                "The practice chain has ended by itself. What it had confirmed is kept; start it "
                "again to go on."
            )
        elif state is PracticeState.DOWN:
            words = self.tr("{0} It is not running.").format(base)
        elif status is not None and status.trouble is not None:
            words = self.tr("{0} Its market does not trade on: Networks says why.").format(base)
        else:
            words = base
        self.words.setText(words)
        self.start.setVisible(state in {PracticeState.CRASHED, PracticeState.DOWN})
        self.setAccessibleDescription(words)
