"""Every field of a bundle before it is saved: hidden, shown, not included, and why."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from obsqra_desktop.domain.disclosure import FieldLine, Visibility, preview
from obsqra_desktop.domain.record import Disclosure
from obsqra_desktop.ui.widgets.base import FocusVisible, label, tip, vertical

HEIGHT: Final = 236
FIELD_ROLE: Final = Qt.ItemDataRole.UserRole
ORDER: Final = (Visibility.HIDDEN, Visibility.SHOWN, Visibility.NEVER)


class Tree(FocusVisible, QTreeWidget):
    """Arrows move and open groups, Tab leaves."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setTabKeyNavigation(False)
        self.setRootIsDecorated(True)
        self.setIndentation(14)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens or closes a group; the page's own keys stay the page's."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) and item is not None:
            item.setExpanded(not item.isExpanded())
            return
        super().keyPressEvent(event)


class FieldList(QWidget):
    """The list, and below it where the chosen field is and why it is treated so."""

    def __init__(self) -> None:
        super().__init__()
        column = vertical(6)
        self.tree = Tree(self.tr("What the bundle shows, field by field"))
        self.tree.currentItemChanged.connect(self._on_current_changed)
        self.detail = label("", "caption", wrap=True)
        column.addWidget(self.tree)
        column.addWidget(self.detail)
        self.setLayout(column)

    def show_level(self, level: Disclosure) -> None:
        """Fill the list for a level; what is hidden or left out stands open."""
        self.tree.clear()
        fields = preview(level)
        for visibility in ORDER:
            chosen = [one for one in fields if one.visibility is visibility]
            if chosen:
                words = visibility.words[:1].upper() + visibility.words[1:]
                group = self._group(None, f"{words} ({len(chosen)})")
                self._fill(group, chosen, by_file=visibility is Visibility.SHOWN)
                group.setExpanded(visibility is not Visibility.NEVER)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def lines(self) -> list[FieldLine]:
        """All fields in the list, for tests and readers."""
        found: list[FieldLine] = []
        waiting = [self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                field = item.data(0, FIELD_ROLE)
                found += [field] if field is not None else []
                waiting += [item.child(i) for i in range(item.childCount())]
        return found

    def _group(self, parent: QTreeWidgetItem | None, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([words])
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _fill(self, group: QTreeWidgetItem, fields: list[FieldLine], *, by_file: bool) -> None:
        files: dict[str, QTreeWidgetItem] = {}
        for field in fields:
            parent = group
            if by_file:
                if field.file not in files:
                    files[field.file] = self._group(group, field.file)
                parent = files[field.file]
            item = self._group(parent, field.name)
            item.setData(0, FIELD_ROLE, field)
            item.setToolTip(0, tip(field.name))
            spoken = self.tr("{0}: {1}. {2}").format(field.name, field.visibility.words, field.why)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)

    def _on_current_changed(self, current: QTreeWidgetItem | None, _: object) -> None:
        field: FieldLine | None = current.data(0, FIELD_ROLE) if current is not None else None
        if field is None:
            self.detail.setText(self.tr("Choose a field to see where it is, and why."))
            return
        place = " ".join(part for part in (field.file, field.path) if part)
        self.detail.setText(f"{field.visibility.words.capitalize()}. {field.why} ({place})")
