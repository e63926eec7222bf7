"""The practice chain on the page of networks: what it does, and its start and stop."""

from pathlib import Path

from PySide6.QtCore import Qt

from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.ui.format import breakable
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.form import edit, field

STATE_LOOKS = {
    PracticeState.DOWN: ("plain", "power"),
    PracticeState.STARTING: ("plain", "hourglass"),
    PracticeState.UP: ("good", "check-circle"),
    PracticeState.CRASHED: ("bad", "x-circle"),
}


class PracticeCard(Card):
    """The practice chain's process."""

    def __init__(self, folder: Path) -> None:
        super().__init__("Practice chain")
        self.chip = Chip("—", "plain", "circle-dashed")
        self.used = Chip(self.tr("in use"), "good", "check-circle")
        self.head.addWidget(self.used)
        self.head.addWidget(self.chip)
        self.detail = label("", "secondary", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.use = Button(self.tr("Use the practice chain"), "plain", "check")
        self.start = Button(self.tr("&Start it"), "primary", "play")
        self.stop = Button(self.tr("Stop it"), "plain", "power")
        self.reset = Button(self.tr("Start anew…"), "quiet", "arrow-clockwise")
        self.really = Button(self.tr("Yes, give up its accounts and play money"), "plain", "trash")
        self.really.hide()
        self.reset.clicked.connect(lambda: self.really.setVisible(not self.really.isVisible()))
        self.path = edit(self.tr("Path of starknet-devnet"), self.tr("the one on PATH"))
        self.keep_path = Button(self.tr("Use this one"), "plain")
        self.add(
            label(
                self.tr(
                    "A whole Starknet on this computer, for play money. It has a chain id of its "
                    "own: nothing that is signed here is valid anywhere else."
                ),
                "secondary",
                wrap=True,
            )
        )
        self.add(self.detail)
        self.kept = label(
            self.tr("Its state is kept in {0}.").format(breakable(str(folder))),
            "caption",
            wrap=True,
        )
        self.add(self.kept)
        self.add(self.notice)
        self.trouble = Notice("warn")
        self.trouble.hide()
        self.add(self.trouble)
        row = horizontal(8)
        for button in (self.use, self.start, self.stop, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_left(self.really)
        line = horizontal(8)
        line.addLayout(field(self.tr("starknet-devnet 0.10.1"), self.path), 1)
        line.addWidget(self.keep_path, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)

    def show_status(self, status: PracticeStatus) -> None:
        """How it stands."""
        self.chip.show_text(status.state.value, *STATE_LOOKS[status.state])
        self.detail.setText(status.detail)
        up = status.state is PracticeState.UP
        self.start.setVisible(not up)
        self.start.set_words(
            self.tr("&Start it again")
            if status.state is PracticeState.CRASHED
            else self.tr("&Start it")
        )
        self.stop.setVisible(up)
        if status.trouble is not None:
            self.trouble.say(
                "warn",
                self.tr("The chain is up, but its market does not trade on"),
                f"{status.trouble.detail} {status.trouble.hint}".strip(),
            )
        self.trouble.setVisible(status.trouble is not None)
        busy = status.state is PracticeState.STARTING
        self.reset.setVisible(not busy)
        if busy:
            self.really.hide()
