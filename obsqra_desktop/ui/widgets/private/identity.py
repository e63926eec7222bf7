"""What the pool's contract is, part by part: as it is now and, where it has changed, as it was."""

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.felt import address_form, hex_form
from obsqra_desktop.domain.mist.pool import CODE, OWNER, VERIFIER, VERIFIER_CODE, PoolIdentity
from obsqra_desktop.services.mist.steps import PoolStanding
from obsqra_desktop.ui.widgets.base import clear, label, vertical
from obsqra_desktop.ui.widgets.hash_label import HashLabel


class IdentityRows(QWidget):
    """Read-only; each value can be copied whole."""

    def __init__(self) -> None:
        super().__init__()
        self._column = vertical(4)
        self.setLayout(self._column)
        self.values: dict[str, str] = {}
        """Part to what is shown of it now; of a changed one also "was PART"."""

    def show_standing(self, standing: PoolStanding) -> None:
        """Replace all of it; unknown is a dash."""
        clear(self._column)
        self.values = {}
        now = self._parts(standing.found)
        before = self._parts(standing.trusted) if standing.trusted is not None else {}
        names = {
            CODE: self.tr("Code"),
            VERIFIER: self.tr("Who checks its proofs"),
            VERIFIER_CODE: self.tr("Code of who checks"),
            OWNER: self.tr("Owner, who may change both"),
        }
        for part, name in names.items():
            untold = part in standing.found.untold
            words = self.tr("{0}: not told").format(name) if untold else name
            self._add(part, words, name, now[part])
            if part in standing.changed:
                self._add(f"was {part}", self.tr("was, when last trusted"), name, before[part])

    def _add(self, key: str, words: str, name: str, value: str) -> None:
        self.values[key] = value
        self._column.addWidget(label(words, "caption", wrap=True))
        self._column.addWidget(HashLabel(name, value, head=12, tail=8))

    def _parts(self, identity: PoolIdentity) -> dict[str, str]:
        code = identity.verifier_class
        return {
            CODE: hex_form(identity.class_hash),
            VERIFIER: address_form(identity.verifier) if identity.verifier else "",
            VERIFIER_CODE: hex_form(code) if code is not None else "",
            OWNER: address_form(identity.owner) if identity.owner else self.tr("nobody"),
        }
