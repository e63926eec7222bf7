"""A fresh process that opens the window: `python -m tests.bench.window DATA_DIR`.

It goes the program's own way from its first line, says `painted` when the window has been
shown and painted, and closes the window as a person would. Only the window's own events are looked
at: a look at all 5,000 of the application until then would be a tenth of what is measured.
"""

import sys

from obsqra_desktop.__main__ import main


def watch() -> None:
    """Listen for the paint of the window, as soon as the program shows it."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtGui import QGuiApplication

    from obsqra_desktop.ui.window import MainWindow

    class FirstPaint(QObject):
        """Sees the window's events until it paints itself."""

        def eventFilter(self, window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and isinstance(window, MainWindow):
                window.removeEventFilter(self)
                QTimer.singleShot(0, lambda: self.say(window))  # behind this paint
            return False

        def say(self, window: MainWindow) -> None:
            QGuiApplication.sync()
            print("painted", flush=True)
            window.close()

    show = MainWindow.show

    def show_and_listen(window: MainWindow) -> None:
        window.installEventFilter(FirstPaint(window))
        show(window)

    MainWindow.show = show_and_listen  # type: ignore[method-assign]


if __name__ == "__main__":
    watch()
    sys.exit(main(["--data-dir", sys.argv[1]]))
