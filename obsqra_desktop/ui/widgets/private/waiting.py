"""What waits for new leaves."""

from PySide6.QtCore import Signal

from obsqra_desktop.services.mist.steps import WaitView
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button


class WaitingCard(Card):
    """What waits for new leaves."""

    go = Signal(str)
    drop = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Waiting for new leaves"))
        self.rows = vertical(8)
        self.body.addLayout(self.rows)
        self._shown: tuple[WaitView, ...] = ()
        self.hide()

    def show_waiting(self, views: tuple[WaitView, ...]) -> None:
        """One row each; ready ones can go on. The keyboard stays on the verb that it is on."""
        if views == self._shown:
            return
        self._shown = views
        held = next((one for one in self.findChildren(Button) if one.hasFocus()), None)
        name = held.accessibleName() if held is not None else ""
        verbs: list[Button] = []
        clear(self.rows)
        for one in views:
            count = self.tr("{0} of {1} leaves").format(one.leaves_seen, one.leaves_wanted)
            state = one.obstacle or (self.tr("ready") if one.ready else count)
            row = horizontal(8)
            row.addWidget(label(f"{one.title}: {state}", "text", wrap=True), 1)
            if one.ready:
                go = Button(
                    self.tr("Go on"),
                    "primary",
                    "arrow-right",
                    self.tr("Go on with {0}").format(one.id),
                )
                go.clicked.connect(lambda _=False, wanted=one.id: self.go.emit(wanted))
                row.addWidget(go)
            drop = Button(self.tr("Give up"), "quiet", "x", self.tr("Give up {0}").format(one.id))
            drop.clicked.connect(lambda _=False, wanted=one.id: self.drop.emit(wanted))
            row.addWidget(drop)
            self.rows.addLayout(row)
            verbs += [drop, go] if one.ready else [drop]
        self.setVisible(bool(views))
        for verb in verbs:
            if name and verb.accessibleName() == name:
                verb.setFocus()
