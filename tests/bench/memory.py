"""The most memory that a process ever held."""

import sys
from pathlib import Path


def peak_bytes() -> int | None:
    """For this process; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():  # unlike ru_maxrss this starts anew with every program
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def held_bytes() -> int | None:
    """What this process holds now; None where the system does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return None
