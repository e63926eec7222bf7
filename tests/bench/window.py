"""A fresh process that opens the window: `python -m tests.bench.window DATA_DIR`.

It goes the program's own way from its first line, says `painted` when the window has been
shown and painted, and closes the window as a person would.
"""

import sys

from obsqra_desktop.__main__ import main


def watch() -> object:
    """Make the application first, as the program will find it, and listen for the paint."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QWidget

    from obsqra_desktop.ui.main import make_application

    class FirstPaint(QObject):
        """Sees every event of the application until the window paints itself."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if (
                event.type() == QEvent.Type.Paint
                and isinstance(watched, QWidget)
                and watched.isWindow()
                and watched.isVisible()
            ):
                app.removeEventFilter(self)
                QTimer.singleShot(0, lambda: self.say(watched))  # behind this paint
            return False

        def say(self, window: QWidget) -> None:
            QGuiApplication.sync()
            print("painted", flush=True)
            window.close()

    app = make_application(sys.argv[:1])
    watcher = FirstPaint()
    app.installEventFilter(watcher)
    return watcher


if __name__ == "__main__":
    kept = watch()
    sys.exit(main(["--data-dir", sys.argv[1]]))
