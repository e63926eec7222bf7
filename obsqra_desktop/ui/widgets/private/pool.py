"""The pool of private money: what its contract is, and what nobody can rule out."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.mist.steps import PoolStanding
from obsqra_desktop.ui.format import UNKNOWN, clock_time, grouped
from obsqra_desktop.ui.widgets.base import Card, FactRows, IconLine, Notice, label, tab_before
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.private.identity import IdentityRows


class PoolCard(Card):
    """Emits what is wanted; the page does it."""

    trusted = Signal(object)
    """Its user has said why it has changed and takes what was shown: a PoolIdentity."""

    def __init__(self) -> None:
        super().__init__(self.tr("The pool"))
        self.chip = Chip()
        self.head.addWidget(self.chip)
        self.words = label("", "secondary", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.damage = Notice("bad")
        self.damage.hide()
        self.make_button = Button(self.tr("&Make a practice pool"), "primary", "flask")
        self.stop_button = Button(self.tr("Stop"), "plain", "stop-circle")
        self.look_button = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        self.trust_button = Button(self.tr("I know why: take it as it is"), "plain", "shield-check")
        self.really_button = Button(self.tr("Yes, trust it from now on"), "plain", "check")
        self.address = HashLabel(self.tr("address of the pool"), head=12, tail=8)
        self.identity = IdentityRows()
        self.origin = label("", "caption", wrap=True)
        self._standing: PoolStanding | None = None
        for widget in (self.damage, self.words, self.notice):
            self.add(widget)
        for button in (self.make_button, self.stop_button, self.trust_button, self.really_button):
            self.add_left(button)
        self.add(self.address)
        self.add(self.identity)
        self.add(self.origin)
        self.add_left(self.look_button)
        self.trust_button.clicked.connect(self._on_trust)
        self.really_button.clicked.connect(self._on_really)
        self.show_unknown("")

    def _on_trust(self) -> None:
        self.really_button.show()
        self.trust_button.hide()
        self.really_button.setFocus()

    def _on_really(self) -> None:
        if self._standing is not None:
            self.trusted.emit(self._standing.found)

    def _hide_standing(self) -> None:
        self._standing = None
        for widget in (self.address, self.identity):
            widget.hide()
        self.origin.hide()

    def _only(self, *shown: Button) -> None:
        self.look_button.setVisible(self.make_button not in shown)
        for button in (self.make_button, self.stop_button, self.trust_button, self.really_button):
            button.setVisible(button in shown)

    def show_unknown(self, network: str) -> None:
        """Nobody was asked yet."""
        self._only()
        self.chip.show_text(self.tr("not known"), "plain", "circle-dashed")
        words = self.tr("Not looked at yet on {0}. Looking asks one node and sends nothing.")
        self.words.setText(words.format(network) if network else "")
        self._hide_standing()

    def show_none(self, network: str, practice: bool) -> None:
        """There is no pool that this program knows."""
        self._only(*([self.make_button] if practice else []))
        self.chip.show_text(self.tr("none"), "warn", "warning-fill")
        words = (
            self.tr("There is no private pool on the practice chain yet. Making one costs nothing.")
            if practice
            else self.tr("No pool of MIST is known on {0}.").format(network)
        )
        self.words.setText(words)
        self._hide_standing()

    def show_making(self, words: str) -> None:
        """A practice pool is being made."""
        self._only(self.make_button, self.stop_button)
        self.words.setText(words)

    def show_standing(self, standing: PoolStanding) -> None:
        """As one node tells it."""
        self._standing = standing
        self.notice.hide()
        self._only(*([self.trust_button] if standing.changed else []))
        self.address.show()
        self.address.show_value(address_form(standing.pool.address))
        self.identity.show_standing(standing)
        tab_before(self.identity, self.look_button)  # its rows are made anew
        self.identity.show()
        if standing.changed:
            self.chip.show_text(self.tr("changed"), "bad", "x-circle-fill")
            self.words.setText(
                self.tr(
                    "The contract’s {0} changed since it was last trusted. No deposit is made "
                    "before you know why."
                ).format(", ".join(standing.changed))
            )
        elif standing.trusted is None:
            self.chip.show_text(self.tr("never compared"), "warn", "warning-fill")
            self.words.setText(
                self.tr("What the contract is now is remembered at the first deposit.")
            )
        elif standing.found.untold:
            self.chip.show_text(self.tr("not all told"), "warn", "warning-fill")
            self.words.setText(
                self.tr(
                    "The contract does not tell its {0} in a place that is known here: whether "
                    "that has changed cannot be seen. The rest is as it was when it was last "
                    "trusted."
                ).format(", ".join(standing.found.untold))
            )
        else:
            self.chip.show_text(self.tr("as it was"), "good", "check-circle-fill")
            self.words.setText(
                self.tr(
                    "Code, owner, and verifier with its code are as they were when they were last "
                    "trusted."
                )
            )
        count = standing.leaves
        leaves = self.tr("1 leaf") if count == 1 else self.tr("{0} leaves").format(grouped(count))
        self.origin.show()
        self.origin.setText(
            self.tr("{0} on {1}: {2} at block {3}, told by {4}.").format(
                standing.pool.name,
                standing.network.name,
                leaves,
                grouped(standing.block_number),
                standing.node,
            )
        )


class TrustCard(Card):
    """What nobody can rule out, said before money goes in."""

    def __init__(self) -> None:
        super().__init__(self.tr("What you have to trust"))
        self.setAccessibleDescription(self.tr("Limits of private money"))

    def show_notes(self, notes: tuple[str, ...]) -> None:
        """Replace the lines."""
        while (item := self.body.takeAt(1)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words in notes:
            self.add(IconLine("warning", "warn", words))


class ScanCard(Card):
    """How far was looked, and looking."""

    def __init__(self) -> None:
        super().__init__(self.tr("Last look"))
        self.facts = FactRows()
        self.words = label("", "caption", wrap=True)
        self.scan_button = Button(self.tr("Look for &notes"), "plain", "magnifying-glass")
        self.deep_button = Button(self.tr("Look from the first block"), "quiet", "binoculars")
        self.stop_button = Button(self.tr("Stop looking"), "plain", "stop-circle")
        self.stop_button.hide()
        self.notice = Notice()
        self.notice.hide()
        for widget in (self.facts, self.words, self.notice):
            self.add(widget)
        for button in (self.scan_button, self.deep_button, self.stop_button):
            self.add_left(button)
        self.words.setText(
            self.tr(
                "A node is asked for the pool’s leaves (each note of anybody is one) and for whole "
                "blocks, the same for everybody. Which notes are yours is worked out here."
            )
        )
        self.show_book(None)

    def show_book(self, book: MistBook | None) -> None:
        """Where the last look has ended; unknown is a dash."""
        scan = book.scan if book is not None else None
        self.facts.show_rows(
            [
                (self.tr("Leaves"), UNKNOWN if scan is None else grouped(scan.leaves)),
                (self.tr("Block"), UNKNOWN if scan is None else grouped(scan.block.number)),
                (self.tr("Time"), UNKNOWN if scan is None else clock_time(scan.at)),
            ]
        )
        for button in (self.scan_button, self.deep_button):
            button.setEnabled(book is not None and self.stop_button.isHidden())
