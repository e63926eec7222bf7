"""The steps of something, with the way between them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.theme import tokens

DISC = 28
GAP = 10
WAY = 16


@dataclass(frozen=True)
class StepWords:
    """A step's name and what happens in it."""

    title: str
    note: str


class Stepper(QWidget):
    """Shows where one is; moving is done by the verbs at the foot of the page."""

    def __init__(self, steps: list[StepWords]) -> None:
        super().__init__()
        self._steps = steps
        self._current = 0
        self._finished = False
        self._skipped: frozenset[int] = frozenset()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    @property
    def current(self) -> int:
        """The index of the step."""
        return self._current

    def show_step(
        self, current: int, *, finished: bool = False, skipped: frozenset[int] = frozenset()
    ) -> None:
        """Mark one step as current; `finished` marks it done, too. Those of `skipped` were left
        out: they show as not done."""
        self._current, self._finished, self._skipped = current, finished, skipped
        step = self._steps[current]
        name = self.tr("Step {0} of {1}: {2}, {3}").format(
            current + 1, len(self._steps), step.title, step.note
        )
        for number in sorted(skipped):
            name += " " + self.tr("{0} was left out.").format(self._steps[number].title)
        self.setAccessibleName(name)
        self.update()

    def _note(self, number: int) -> str:
        return self.tr("left out") if number in self._skipped else self._steps[number].note

    @property
    def _bare(self) -> int:
        """What discs and the shortest ways between them take."""
        count = len(self._steps)
        return count * (DISC + GAP) + (count - 1) * (WAY + 2 * GAP) + 2

    def sizeHint(self) -> QSize:
        return QSize(480, 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        bold, note = fonts.text(14, fonts.SEMIBOLD), fonts.text(12)
        widths = [
            max(
                QFontMetrics(bold).horizontalAdvance(step.title),
                QFontMetrics(note).horizontalAdvance(self._note(number)),
            )
            for number, step in enumerate(self._steps)
        ]
        if sum(widths) + self._bare > self.width():  # too narrow for the notes
            widths = [QFontMetrics(bold).horizontalAdvance(step.title) for step in self._steps]
            shows_notes = False
        else:
            shows_notes = True
        block = [DISC + GAP + width for width in widths]
        free = self.width() - sum(block) - 2
        line = max(WAY, free // (len(self._steps) - 1) - 2 * GAP)
        x = 1
        middle = self.height() / 2
        for number, step in enumerate(self._steps):
            self._disc(painter, QRectF(x, middle - DISC / 2, DISC, DISC), number)
            left = x + DISC + GAP
            now = number == self._current
            painter.setFont(bold if now else fonts.text(14, fonts.MEDIUM))
            painter.setPen(colors.color("text" if now else "text_muted"))
            centre = Qt.AlignmentFlag.AlignVCenter
            top = 1 if shows_notes else round(middle) - 10
            painter.drawText(QRectF(left, top, widths[number] + 4, 20), centre, step.title)
            if shows_notes:
                painter.setFont(note)
                painter.setPen(colors.color("text_muted"))
                painter.drawText(
                    QRectF(left, 20, widths[number] + 4, 18), centre, self._note(number)
                )
            x = left + widths[number] + GAP
            if number < len(self._steps) - 1:
                done = number < self._current
                painter.setPen(QPen(colors.color("good" if done else "border"), 2))
                painter.drawLine(x, round(middle), x + line, round(middle))
                x += line + GAP
        painter.end()

    def _disc(self, painter: QPainter, rect: QRectF, number: int) -> None:
        colors = tokens()
        skipped = number in self._skipped
        done = not skipped and (
            number < self._current or (self._finished and number == self._current)
        )
        now = number == self._current and not done and not skipped
        painter.setPen(Qt.PenStyle.NoPen if now or done else QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("good_soft" if done else "accent" if now else "surface"))
        painter.drawEllipse(rect)
        if done:
            icons.draw(painter, "check-bold", rect.adjusted(7, 7, -7, -7), "good")
            return
        painter.setPen(colors.color("on_accent" if now else "text_muted"))
        painter.setFont(fonts.text(13, fonts.SEMIBOLD))
        if skipped:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "\N{EN DASH}")
            return
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number + 1))
