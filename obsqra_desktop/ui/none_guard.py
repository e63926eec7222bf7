"""A guard against a reference counting fault of PySide6 6.12.0.

There each call that returns nothing takes away one reference of None too many (measured with
`sys.getrefcount(None)`: -1 for `QWidget.update()`, `QPainter.setPen()` and so on; 6.11.1 keeps
it). Up to Python 3.11 None is counted like any object, so the interpreter ends with "deallocating
None" after some twenty thousand calls, which is minutes of repainting. From 3.12 on None is
immortal and nothing happens.
"""

import ctypes
import sys
from typing import Final

ENOUGH: Final = 1 << 40


def keep_none_alive() -> None:
    """Give None so many references that no program run can use them up."""
    counted = sys.implementation.name == "cpython" and sys.version_info < (3, 12)
    if counted and sys.getrefcount(None) < ENOUGH:
        # The count is the first field of every object of CPython.
        ctypes.c_ssize_t.from_address(id(None)).value += 2 * ENOUGH
