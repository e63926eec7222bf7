"""What every page shares: settings and whether amounts are hidden."""

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.settings import Settings
from obsqra_desktop.services.ports import SettingsStore


class UiState(QObject):
    """Settings in force; each change is kept at once."""

    changed = Signal()
    not_kept = Signal(object)
    """AppError: a setting is in force but could not be written."""

    def __init__(self, store: SettingsStore, settings: Settings) -> None:
        super().__init__()
        self._store = store
        self.settings = settings

    def update(self, **values: object) -> None:
        """Replace some settings, tell everyone, and keep them."""
        self.settings = self.settings.model_copy(update=values)
        self.changed.emit()
        try:
            self._store.save(self.settings)
        except AppError as error:
            self.not_kept.emit(error)

    @property
    def hide_amounts(self) -> bool:
        """Whether amounts are shown as dots."""
        return self.settings.hide_amounts
