"""Owns what a user can do for the book's health: check it, repair it, back it up.

Must not look into the database itself; ``database.soundness`` does.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.exc import DBAPIError

from app.kernel.clock import Clock
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.search.engine import SearchEngine
from app.upkeep.backups import Backup, write_backup
from app.upkeep.shelf import KeptBackup, Shelf
from database import soundness
from database.book import Book
from database.errors import BookError, Problem
from database.records import CurrentOperationRecord, FileRecord

_log = logging.getLogger(__name__)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One named check: how many faults, the first of them by name, how many were repaired."""

    name: str
    found: int
    examples: tuple[str, ...]
    repaired: int = 0


class Upkeep:
    """Checks, repairs and backups of one book."""

    def __init__(self, book: Book, clock: Clock, search: SearchEngine, *, data: Path) -> None:
        self._book = book
        self._clock = clock
        self._search = search
        self._shelf = Shelf(data, book.id, book.folder)

    def check(
        self, *, repair: bool = False, progress: Progress = UNWATCHED
    ) -> tuple[CheckResult, ...]:
        """Runs every check; with ``repair`` mends what can be mended without guessing."""
        steps: tuple[tuple[str, Callable[[bool], CheckResult]], ...] = (
            ("pages", self._pages),
            ("references", self._references),
            ("schema", self._schema),
            ("journal", self._journal),
            ("histories", self._histories),
            ("bookkeeping", self._bookkeeping),
            ("operations", self._operations),
            ("counters", self._counters),
            ("missing_files", self._missing),
            ("altered_files", self._altered),
            ("extra_files", self._extra),
            ("index", self._index),
        )
        results = []
        for done, (name, step) in enumerate(steps):
            progress.at(
                Message("upkeep.checking", name=Message(f"upkeep.check.{name}")), done, len(steps)
            )
            results.append(self._looked(name, partial(step, repair)))
        return tuple(results)

    def _looked(self, name: str, step: Callable[[], CheckResult]) -> CheckResult:
        """What a check found; damage that it can't read past is what it found.

        So is a table that is not of the form it asks for.
        """
        try:
            return step()
        except BookError as error:
            if error.problem is not Problem.DAMAGED:
                raise
        except DBAPIError as error:
            _log.info("The check %s could not be made: %s", name, type(error.orig).__name__)
        return _result(name, [self._book.database_path.name])

    # -- backups ----------------------------------------------------------------------------

    def back_up(self, target: Path, *, progress: Progress = UNWATCHED) -> Backup:
        """Writes a verified backup to ``target``."""
        return write_backup(self._book, target, now=self._clock.now(), progress=progress)

    def back_up_automatically(
        self, *, but: Path | None = None, progress: Progress = UNWATCHED
    ) -> Backup | None:
        """A backup in the user's data folder, where the book changed since the last; thins the old.

        The backup ``but`` stays, whatever its age: somebody is about to restore it.
        """
        target = self._shelf.place(self._clock.now(), self._book.last_journal_id())
        if target is None:
            return None
        made = self.back_up(target, progress=progress)
        self._shelf.thin(self._clock.now(), but=but)
        return made

    def automatic_backups(self) -> list[KeptBackup]:
        """The automatic backups of this book, the newest first."""
        return self._shelf.backups()

    # -- the database -----------------------------------------------------------------------

    def _pages(self, _repair: bool) -> CheckResult:
        with self._book.read() as session:
            return _result("pages", soundness.page_faults(session.connection()))

    def _references(self, _repair: bool) -> CheckResult:
        with self._book.read() as session:
            return _result("references", soundness.orphans(session.connection()))

    def _schema(self, repair: bool) -> CheckResult:
        with self._book.read() as session:
            found = soundness.schema_drift(session.connection())
        if repair and found:
            with self._book.write("upkeep.repair") as scope:
                soundness.mend_triggers(scope.connection())
            with self._book.read() as session:
                left = soundness.schema_drift(session.connection())
            return _result("schema", found, len(found) - len(left))
        return _result("schema", found)

    def _journal(self, repair: bool) -> CheckResult:
        with self._book.read() as session:
            found = soundness.unjournaled(session.connection())
        if repair and found:
            with self._book.write("upkeep.repair") as scope:
                soundness.mend_journal(scope.connection(), found, scope.operation_id)
        names = [f"{table}:{row}" for table, row in found]
        return _result("journal", names, len(found) if repair else 0)

    def _histories(self, _repair: bool) -> CheckResult:
        with self._book.read() as session:
            return _result("histories", soundness.broken_histories(session.connection()))

    def _bookkeeping(self, _repair: bool) -> CheckResult:
        with self._book.read() as session:
            connection = session.connection()
            found = [*soundness.unreadable(connection), *soundness.misjudged(connection)]
        return _result("bookkeeping", found)

    def _operations(self, repair: bool) -> CheckResult:
        with self._book.read() as session:
            count = soundness.left_open(session)
        if repair and count:
            with self._book.write("upkeep.repair") as scope:
                own = CurrentOperationRecord.operation_id == scope.operation_id
                scope.execute(delete(CurrentOperationRecord).where(~own))
        return CheckResult("operations", count, (), count if repair else 0)

    def _counters(self, repair: bool) -> CheckResult:
        with self._book.read() as session:
            found = soundness.counters_behind(session)
        if repair and found:
            with self._book.write("upkeep.repair") as scope:
                soundness.mend_counters(scope, found)
                scope.flush()
        return _result("counters", found, len(found) if repair else 0)

    # -- files ------------------------------------------------------------------------------

    def _known_files(self) -> list[str]:
        with self._book.read() as session:
            return list(session.scalars(select(FileRecord.sha256).order_by(FileRecord.sha256)))

    def _missing(self, _repair: bool) -> CheckResult:
        known = self._known_files()
        return _result("missing_files", [h for h in known if not self._book.files.path(h).exists()])

    def _altered(self, repair: bool) -> CheckResult:
        present = [self._book.files.path(sha256) for sha256 in self._known_files()]
        found = [path for path in present if path.exists() and _sha256(path) != path.name]
        return self._set_aside("altered_files", found, repair)

    def _extra(self, repair: bool) -> CheckResult:
        known = set(self._known_files())
        files = (self._book.folder / "files").glob("*/*")
        return self._set_aside(
            "extra_files", [path for path in files if path.name not in known], repair
        )

    def _set_aside(self, name: str, found: list[Path], repair: bool) -> CheckResult:
        """Moves files out of the way, so that nothing is lost and nothing wrong is shown."""
        if repair and found:
            aside = self._book.folder / "set-aside"
            aside.mkdir(exist_ok=True)
            for path in found:
                path.replace(aside / path.name)
        return _result(name, [path.name for path in found], len(found) if repair else 0)

    def _index(self, _repair: bool) -> CheckResult:
        """The index mends itself: one that disagrees is built anew at once."""
        self._search.open()
        self._search.update()
        is_bad = int(not self._search.check())
        return CheckResult("index", is_bad, (), is_bad)


def _result(name: str, found: Iterable[str], repaired: int = 0) -> CheckResult:
    names = tuple(found)
    return CheckResult(name, len(names), names[:_SHOWN], repaired)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
