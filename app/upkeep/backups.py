"""Owns a backup as a file: written whole and verified, read with suspicion, put back with a copy of before.

A backup may come from anybody: its database is never opened as the book's own, but copied row by
row into a fresh one. Must not decide when backups are made.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.safe_write import safe_write
from database.book import Book
from database.copying import verified_copy
from database.errors import BookError, Problem
from database.filestore import FileStore
from database.opening import DATABASE_FILE, SCHEMA_VERSION, stored_version
from database.receiving import copied_rows, hold_alone

SUFFIX = ".entrepot"
_MANIFEST = "manifest.json"
_FORMAT = 1
_CONTENT = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_MOST_BYTES = 50 * 1024**3
_MANIFEST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written: where, how large, and how many of the book's files it holds."""

    file: Path
    size_bytes: int
    files: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did; ``before`` is the copy of what was there, if anything was."""

    book: Path
    files: int
    before: Path | None


def write_backup(
    book: Book, target: Path, *, now: datetime, progress: Progress = UNWATCHED
) -> Backup:
    """Writes a verified backup to ``target``; an old file there stays until the new one is good."""
    with TemporaryDirectory(prefix="entrepot-") as folder, safe_write(target) as part:
        copy = Path(folder) / DATABASE_FILE
        verified_copy(book.database_path, copy)
        count = _pack(book, copy, part, now=now, progress=progress)
        with zipfile.ZipFile(part) as package:
            if package.testzip() is not None:
                raise AppError("upkeep.backup_not_readable", file=target.name)
    return Backup(target, target.stat().st_size, count)


def _pack(book: Book, copy: Path, part: Path, *, now: datetime, progress: Progress) -> int:
    files = book.folder / "files"
    contents = sorted(path for path in files.glob("??/*") if _is_content(path))
    manifest = {
        "format": _FORMAT,
        "schema": SCHEMA_VERSION,
        "book": book.id,
        "made_at": now.isoformat(),
        "files": len(contents),
    }
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        package.writestr(_MANIFEST, json.dumps(manifest))
        package.write(copy, DATABASE_FILE)
        for done, path in enumerate(contents):
            progress.at(Message("upkeep.backing_up"), done, len(contents))
            name = f"files/{path.parent.name}/{path.name}"
            package.write(path, name, zipfile.ZIP_STORED)
    return len(contents)


def _is_content(path: Path) -> bool:
    return _CONTENT.fullmatch(f"files/{path.parent.name}/{path.name}") is not None


def restore(file: Path, folder: Path, *, now: datetime, progress: Progress = UNWATCHED) -> Restored:
    """Puts the backup ``file`` in the place of the book in ``folder``, which must be closed.

    What was there stays beside it, in ``before-restore-…``. Raises ``AppError`` or ``BookError``
    for a file that is no backup, is damaged or of a newer version; then nothing is changed.
    """
    progress.at(Message("upkeep.reading_backup"))
    with TemporaryDirectory(prefix="entrepot-") as place:
        fresh = Path(place) / "fresh.sqlite"
        folder.mkdir(parents=True, exist_ok=True)
        with _opened(file) as package:
            _extract_database(package, file, Path(place) / "given.sqlite")
            copied_rows(Path(place) / "given.sqlite", fresh)
            before = _keep_present(folder, now)
            count = _restore_files(package, file, FileStore(folder / "files"), progress)
        part = folder / f"{DATABASE_FILE}.part"
        shutil.copyfile(fresh, part)
        part.replace(folder / DATABASE_FILE)
    return Restored(folder, count, before)


def _opened(file: Path) -> zipfile.ZipFile:
    """The backup as a package, looked over before anything is unpacked."""
    try:
        package = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise AppError("upkeep.no_backup", file=file.name) from error
    names = {entry.filename: entry.file_size for entry in package.infolist()}
    known = all(name in {_MANIFEST, DATABASE_FILE} or _CONTENT.fullmatch(name) for name in names)
    if not known or _MANIFEST not in names or DATABASE_FILE not in names:
        package.close()
        raise AppError("upkeep.no_backup", file=file.name)
    if sum(names.values()) > _MOST_BYTES or names[_MANIFEST] > _MANIFEST_BYTES:
        package.close()
        raise AppError("upkeep.no_backup", file=file.name)
    return package


def _extract_database(package: zipfile.ZipFile, file: Path, target: Path) -> None:
    try:
        manifest = json.loads(package.read(_MANIFEST))
        if int(manifest["format"]) > _FORMAT or int(manifest["schema"]) > SCHEMA_VERSION:
            raise BookError(Problem.NEWER, file)
        with package.open(DATABASE_FILE) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise AppError("upkeep.backup_not_readable", file=file.name) from error
    stored_version(target)


def _restore_files(
    package: zipfile.ZipFile, file: Path, store: FileStore, progress: Progress
) -> int:
    entries = [entry for entry in package.infolist() if _CONTENT.fullmatch(entry.filename)]
    for done, entry in enumerate(entries):
        progress.at(Message("upkeep.restoring"), done, len(entries))
        sha256 = entry.filename.rpartition("/")[2]
        if store.path(sha256).exists():
            continue
        try:
            content = package.read(entry)
        except zipfile.BadZipFile as error:
            raise AppError("upkeep.backup_not_readable", file=file.name) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise AppError("upkeep.backup_not_readable", file=file.name)
        store.put(content)
    return len(entries)


def _keep_present(folder: Path, now: datetime) -> Path | None:
    """Copies the present database beside the book, also a damaged one; refuses one in use."""
    present = folder / DATABASE_FILE
    if not present.exists():
        return None
    hold_alone(present)
    kept = folder / f"before-restore-{now:%Y%m%d-%H%M%S}.sqlite"
    shutil.copyfile(present, kept)
    return kept
