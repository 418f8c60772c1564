"""Owns where the automatic backups of a book lie, and which there are, also of a book that can't be opened.

Must not write or read a backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.upkeep.backups import SUFFIX
from app.upkeep.thinning import kept

_SHELVES = "backups"
#: Names the folders of the book whose backups lie beside it, a line each: a copied book has several.
_FOLDERS_FILE = "folders.txt"
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """An automatic backup: when it was made (UTC), the last journal entry in it, the file's size."""

    file: Path
    made_at: datetime
    newest: int
    size_bytes: int


class Shelf:
    """The automatic backups of one open book, in the user's data folder."""

    def __init__(self, data: Path, book_id: str, folder: Path) -> None:
        self._shelf = data / _SHELVES / book_id
        self._folder = folder

    def place(self, now: datetime, newest: int) -> Path | None:
        """Where a backup of now goes; ``None`` where the last one holds the ``newest`` change already."""
        self._shelf.mkdir(parents=True, exist_ok=True)
        self._name_folder()
        if any(one.newest == newest for one in self.backups()[:1]):
            return None
        return self._shelf / f"{now.astimezone(UTC):{_STAMP}}-{newest}{SUFFIX}"

    def backups(self) -> list[KeptBackup]:
        """What lies there, the newest first."""
        return _newest_first(_backups_on(self._shelf))

    def thin(self, now: datetime, *, but: Path | None = None) -> None:
        """Removes what need not be kept any longer; the file ``but`` stays."""
        backups = self.backups()
        stay = kept((one.made_at for one in backups), now)
        for one in backups:
            if one.made_at not in stay and one.file != but:
                one.file.unlink()

    def _name_folder(self) -> None:
        folders = {*_folders_of(self._shelf), str(self._folder.resolve())}
        (self._shelf / _FOLDERS_FILE).write_text("\n".join(sorted(folders)), encoding="utf-8")


def backups_for(folder: Path, data: Path) -> list[KeptBackup]:
    """The automatic backups of the book in ``folder``, the newest first; it need not be readable."""
    name = str(folder.resolve())
    shelves = (shelf for shelf in (data / _SHELVES).glob("*") if name in _folders_of(shelf))
    return _newest_first(backup for shelf in shelves for backup in _backups_on(shelf))


def _newest_first(backups: Iterator[KeptBackup]) -> list[KeptBackup]:
    return sorted(backups, key=lambda one: (one.made_at, one.newest), reverse=True)


def _folders_of(shelf: Path) -> list[str]:
    names = shelf / _FOLDERS_FILE
    return names.read_text(encoding="utf-8").splitlines() if names.is_file() else []


def _backups_on(shelf: Path) -> Iterator[KeptBackup]:
    for file in shelf.glob(f"*{SUFFIX}"):
        stamp, _, newest = file.stem.rpartition("-")
        try:
            made_at = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
            yield KeptBackup(file, made_at, int(newest), file.stat().st_size)
        except ValueError:
            continue  # somebody else laid it there
