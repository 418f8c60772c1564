"""Owns the folder the index lives in: which generation is in use, making a new one, dropping the old.

The folder is in the user's cache, keyed by the book's id and place; it is never in the book, a backup or
anything received, because opening a Whoosh index unpickles it. Must not know what is indexed.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoosh.util.filelock import FileLock

from app.search.segments import SearchIndex

_POINTER = "current"
_PREFIX = "index-"
_LOCK = "rebuild.lock"
_PLACE = "book"


def index_folder(cache: Path, book_id: str, book: Path) -> Path:
    """Where in the ``cache`` the index of the book in the folder ``book`` lives.

    A copy of a book has the same id and goes its own way, so the place counts, too. The index of a
    book that was moved moves along.
    """
    place = str(book.resolve())
    folder = cache / f"{book_id}-{zlib.crc32(place.encode()):08x}"
    with suppress(OSError):
        if not folder.exists():
            _move_along(cache.glob(f"{book_id}-*"), folder)
            folder.mkdir(parents=True, exist_ok=True)
        (folder / _PLACE).write_text(place, encoding="utf-8")
    return folder


def _move_along(others: Iterable[Path], folder: Path) -> None:
    for other in others:
        with suppress(OSError, UnicodeDecodeError):
            if not Path((other / _PLACE).read_text(encoding="utf-8")).exists():
                other.rename(folder)
                return


class Standing:
    """The generations of one book's index below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_current(self, index: SearchIndex) -> bool:
        """Whether ``index`` is still the one in use, and not replaced by another process."""
        return self._name() == index.folder.name

    def _name(self) -> str:
        try:
            return (self.folder / _POINTER).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def current(self) -> SearchIndex | None:
        """The index in use; ``None`` when there is none that opens."""
        name = self._name()
        try:
            return SearchIndex(self.folder / name) if name.startswith(_PREFIX) else None
        except Exception:
            return None

    def fresh(self) -> SearchIndex:
        """An empty index beside the one in use."""
        self.folder.mkdir(parents=True, exist_ok=True)
        taken = [path.name for path in self.folder.glob(f"{_PREFIX}*")]
        number = max((int(name.removeprefix(_PREFIX)) for name in taken), default=0) + 1
        return SearchIndex(self.folder / f"{_PREFIX}{number:06d}", create=True)

    def switch_to(self, index: SearchIndex) -> None:
        """Makes ``index`` the one in use, in one step, and drops the others."""
        waiting = self.folder / f"{_POINTER}.new"
        waiting.write_text(index.folder.name, encoding="ascii")
        waiting.replace(self.folder / _POINTER)
        self.sweep(keep=index)

    def sweep(self, keep: SearchIndex | None) -> None:
        """Drops every generation but ``keep``; what is still open elsewhere goes the next time."""
        for path in self.folder.glob(f"{_PREFIX}*"):
            if keep is None or path != keep.folder:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def rebuilding(self) -> Iterator[bool]:
        """Whether this process may rebuild: only one does at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.folder / _LOCK))
        is_ours = lock.acquire()
        try:
            yield is_ours
        finally:
            if is_ours:
                lock.release()
