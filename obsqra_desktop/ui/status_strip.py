"""The strip that is always there: network, node, route, proofs, keys, hide amounts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from obsqra_desktop.ui.status_facts import Fact
from obsqra_desktop.ui.widgets.base import horizontal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.popover import Popover


class StatusStrip(QFrame):
    """Each item opens its reason."""

    hide_toggled = Signal(bool)
    page_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAccessibleName(self.tr("Status"))
        self.setFixedHeight(34)
        self._facts: dict[str, Fact] = {}
        self._buttons: dict[str, Button] = {}
        self._row = horizontal(6, (10, 0, 10, 0))
        for key in ("network", "node", "route", "proofs", "keys"):
            button = Button("…", "strip", "info", size=14)
            button.clicked.connect(lambda _=False, k=key: self.on_fact_clicked(k))
            self._row.addWidget(button)
            self._buttons[key] = button
        self._row.addStretch(1)
        self.hide_button = Button(self.tr("Hide amounts"), "strip", "eye-slash", size=14)
        self.hide_button.setCheckable(True)
        self.hide_button.setToolTip("Ctrl+Shift+H")
        self.hide_button.toggled.connect(self.hide_toggled)
        self._row.addWidget(self.hide_button)
        self.setLayout(self._row)

    def show_fact(self, key: str, fact: Fact | None) -> None:
        """Change one item; None takes it away."""
        button = self._buttons[key]
        button.setVisible(fact is not None)
        if fact is None or self._facts.get(key) == fact:
            return  # looked at every few seconds, it would be painted again each time
        self._facts[key] = fact
        button.set_words(fact.text)
        button.setAccessibleName(fact.text)
        button.setAccessibleDescription(fact.detail)
        button.set_icon(fact.icon)
        button.set_kind("strip", fact.tone)

    def text_of(self, key: str) -> str:
        """What an item says."""
        return self._buttons[key].text()

    def show_hidden(self, hidden: bool) -> None:
        """Agree with the setting."""
        blocked = self.hide_button.blockSignals(True)
        self.hide_button.setChecked(hidden)
        self.hide_button.blockSignals(blocked)
        words = self.tr("Show amounts") if hidden else self.tr("Hide amounts")
        self.hide_button.set_words(words)
        self.hide_button.setAccessibleName(words)
        self.hide_button.setToolTip("Ctrl+Shift+H")
        self.hide_button.set_icon("eye" if hidden else "eye-slash")

    def on_fact_clicked(self, key: str) -> None:
        """Open the reason."""
        fact = self._facts[key]
        popover = Popover(self, fact.title, fact.detail)
        if fact.page:
            words = {
                "account": self.tr("Open Account"),
                "networks": self.tr("Open Networks"),
                "connections": self.tr("Open Connections"),
            }[fact.page]
            popover.add_verb(words, lambda: self.page_wanted.emit(fact.page))
        popover.open_above(self._buttons[key])
