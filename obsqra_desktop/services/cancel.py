"""Asking a running job to stop."""

import threading


class CancelToken:
    """Set once from any thread; the job looks at it between its phases."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._event.is_set()
