"""Writing files so that a crash or a full disk never leaves half of one."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import StorageError

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
TEMPORARY: Final = ".tmp-"
FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
UNKNOWN_HERE: Final = {errno.EBADF, errno.EINVAL}
DENIED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


class DiskFull(StorageError):  # noqa: N818 - the name says what happened
    """There is no room left, or a quota or size limit is reached."""

    code = "disk_full"
    title = "The disk is full"
    retryable = True


class AccessDenied(StorageError):  # noqa: N818 - the name says what happened
    """The system does not let this user read or write there."""

    code = "access_denied"
    title = "The folder may not be used"


def storage_error(error: OSError, doing: str) -> StorageError:
    """Turn an error of the system into one that says what is safe and what to do.

    The text names no path: it may end up in a record, and a path names the user.
    """
    if error.errno in FULL:
        return DiskFull(
            f"There was no room left while {doing}. What was kept before is unchanged.",
            hint="Free some space, or choose another place with --data-dir, and try again.",
        )
    if error.errno in DENIED:
        return AccessDenied(
            f"The system refused while {doing}. What was kept before is unchanged.",
            hint="Check the folder's permissions, or choose another place with --data-dir.",
        )
    reason = error.strerror or type(error).__name__
    return StorageError(
        f"{reason} while {doing}. What was kept before is unchanged.",
        hint="Check the disk and the folder, and try again.",
    )


@contextmanager
def reported(doing: str) -> Iterator[None]:
    """Turn every OSError inside into a StorageError; `doing` completes "while …"."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, doing) from error


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for this user alone."""
    for folder in (*reversed(path.parents), path):
        if not folder.is_dir():
            folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def write_new(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write a file that must not exist yet and push it to the disk; nothing stays on failure."""
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, mode)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def sync_folder(path: Path) -> None:
    """Push a folder's entries to the disk, where the system knows how.

    Some file systems (shared and virtual ones) refuse that for a folder: EBADF and EINVAL count as
    "not known here", as in PostgreSQL's fsync_fname_ext.
    """
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in UNKNOWN_HERE:
            raise
    finally:
        os.close(handle)


def temporary_beside(path: Path) -> Path:
    """A fresh name in the same folder, so that renaming stays on one file system."""
    return path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")


def write_atomic(path: Path, data: bytes, doing: str, mode: int = PRIVATE_FILE) -> None:
    """Replace or create a file: afterwards it is all new or all old. Raises StorageError."""
    with reported(doing):
        temporary = temporary_beside(path)
        write_new(temporary, data, mode)
        try:
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def read_capped(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes; ValueError if it is longer or no file."""
    if path.is_symlink() or not path.is_file():
        raise ValueError(f"{path.name} is missing or not a plain file")
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ValueError(f"{path.name} is larger than {limit} bytes")
    return data
