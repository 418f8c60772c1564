"""Owns how an export reaches its file: written beside it, flushed to the disk, put in its place.

Must not leave a half file: until the last step the old file stands untouched, and when that step
fails the new one is taken away.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.kernel.errors import AppError

#: How often a refused replacement is tried again, and how long is waited before each try. Cloud
#: folders and virus scanners hold a fresh file for a moment.
_WAITS_SECONDS = (0.05, 0.15, 0.4)

#: Why a folder refuses a file, as far as a person can do something about it.
_REFUSALS = {
    errno.ENOENT: "kernel.no_such_folder",
    errno.ENOTDIR: "kernel.no_such_folder",
    errno.EISDIR: "kernel.is_a_folder",
    errno.EACCES: "kernel.folder_refuses",
    errno.EPERM: "kernel.folder_refuses",
    errno.EROFS: "kernel.folder_refuses",
    errno.ENOSPC: "kernel.disk_full",
    errno.EDQUOT: "kernel.disk_full",
}


@contextmanager
def safe_write(target: Path) -> Iterator[Path]:
    """Gives a temporary path beside ``target``; when the block ends well it becomes ``target``.

    Raises :class:`AppError` ``kernel.target_in_use`` when another program holds the file, and
    what it says of the folder when that refuses it (full, read-only, missing).
    """
    try:
        refuse_locked(target)
        temporary = _beside(target)
    except OSError as error:
        raise _trouble(target, error) from error
    try:
        yield temporary
        _to_disk(temporary)
        _replace(temporary, target)
    except OSError as error:
        raise _trouble(target, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def refuse_locked(target: Path) -> None:
    """Raises :class:`AppError` when ``target`` is open in a spreadsheet program.

    Excel and WPS leave ``~$name`` beside an open workbook, LibreOffice ``.~lock.name#``; on Windows
    the file itself also refuses to be opened for writing.
    """
    if target.exists():
        try:
            with target.open("r+b"):
                pass
        except PermissionError as error:
            raise AppError("kernel.target_in_use", file=target.name) from error
    owners = (f"~${target.name}", f"~${target.name[2:]}", f".~lock.{target.name}#")
    if any(target.with_name(name).exists() for name in owners):
        raise AppError("kernel.target_in_use", file=target.name)


def _beside(target: Path) -> Path:
    handle, name = tempfile.mkstemp(
        prefix=".entrepot-", suffix=target.suffix or ".tmp", dir=target.parent
    )
    os.close(handle)
    return Path(name)


def _to_disk(file: Path) -> None:
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())


def _replace(temporary: Path, target: Path) -> None:
    """Renames; a folder that refuses the rename gets another chance, then a copy."""
    if not target.exists():
        temporary.chmod(0o666 & ~_umask())
    else:
        shutil.copymode(target, temporary)
    for wait_seconds in _WAITS_SECONDS:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(wait_seconds)
        else:
            return
    _copy_over(temporary, target)


def _copy_over(temporary: Path, target: Path) -> None:
    """Copies where renaming is refused; the old file comes back when the copy fails."""
    kept = target.read_bytes() if target.exists() else None
    try:
        _overwrite(target, temporary.read_bytes())
    except OSError:
        if kept is not None:
            _overwrite(target, kept)
        raise


def _overwrite(target: Path, content: bytes) -> None:
    with target.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _trouble(target: Path, error: OSError) -> AppError:
    if isinstance(error, PermissionError) and target.exists():
        return AppError("kernel.target_in_use", file=target.name)
    key = _REFUSALS.get(error.errno or 0)
    if key is not None:
        return AppError(key, file=target.name, folder=str(target.parent))
    return AppError("kernel.cannot_write", file=target.name, reason=f"{error.strerror or error}.")


#: Writes a whole file to the path it is given.
FileWriter = Callable[[Path], None]


def write_whole(target: Path, writer: FileWriter) -> Path:
    """Lets ``writer`` write ``target`` safely; returns ``target``."""
    with safe_write(target) as temporary:
        writer(temporary)
    return target
