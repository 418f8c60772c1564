"""Owns the open book: its folder, its one writer, its readers, and the write scope.

Must not know what the records mean.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from database.changes import ChangeSet, changed_rows
from database.engine import WRITES, Functions, book_engine
from database.errors import book_errors
from database.filestore import FileStore
from database.log import WriteAheadLog
from database.opening import DATABASE_FILE, SCHEMA_VERSION, is_writable, stored_version
from database.records import BookRecord, CurrentOperationRecord, JournalRecord, OperationRecord
from database.undo import Reversal, reverse

Listener = Callable[[ChangeSet], None]


class WriteScope(Session):
    """The session of one operation; ``operation_id`` is the operation's id."""

    operation_id: int


class Book:
    """One open book.

    All writing goes through :meth:`write`, one scope at a time over all threads; reading through
    :meth:`read` never waits for it.
    """

    def __init__(
        self,
        folder: Path,
        *,
        engine: Engine,
        read_only: bool,
        now: Callable[[], datetime],
    ) -> None:
        self.folder = folder
        self.read_only = read_only
        self.files = FileStore(folder / "files")
        self._engine = engine
        self._now = now
        self._writing = threading.Lock()
        self._writer: int | None = None
        self._listeners: list[Listener] = []
        self._log = WriteAheadLog(engine, self.database_path)
        self._functions = Functions(engine)
        self.teach("today", lambda: now().astimezone().date().isoformat())
        with self.read() as session:
            self.id = session.scalars(select(BookRecord.uid)).one()

    @property
    def database_path(self) -> Path:
        """The file that is the truth."""
        return self.folder / DATABASE_FILE

    def subscribe(self, listener: Listener) -> None:
        """Calls ``listener`` after each commit, in the thread that committed."""
        self._listeners.append(listener)

    def teach(self, name: str, function: Callable[..., str | bool]) -> None:
        """From now on statements may call ``function`` of texts by ``name``."""
        self._functions.teach(name, function)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the book and is rolled back at the end."""
        with (
            book_errors(self.database_path),
            Session(self._engine, autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def write(
        self, name: str, /, *, initiator: object = None, **params: object
    ) -> Iterator[WriteScope]:
        """One named operation: commit at the end, rollback on any exception.

        ``name`` is the message key of the action and ``params`` its values; they are the undo
        menu's text and the audit trail. An operation that changed nothing leaves no trace.
        """
        with self._operation(name, params, kind="do", reverses=None, initiator=initiator) as scope:
            yield scope

    def undo(self, operation_id: int, *, initiator: object = None) -> tuple[int, Reversal]:
        """Reverses an operation as an operation of its own; returns its id and what it did.

        Undoing an undo is the redo. The caller sees to it that the operation exists and is not
        undone yet.
        """
        with self.read() as session:
            undone = session.get_one(OperationRecord, operation_id)
            name, params = undone.name, dict(undone.params)
            kind = "redo" if undone.kind == "undo" else "undo"
        with self._operation(
            name, params, kind=kind, reverses=operation_id, initiator=initiator
        ) as scope:
            reversal = reverse(scope.connection(), operation_id)
            self._mark_reversed(scope, operation_id)
        return scope.operation_id, reversal

    def close(self) -> None:
        """Writes the log back into the database file and lets go of it."""
        if not self.read_only:
            self._log.close()
        self._engine.dispose()

    @contextmanager
    def _operation(
        self,
        name: str,
        params: Mapping[str, object],
        *,
        kind: str,
        reverses: int | None,
        initiator: object,
    ) -> Iterator[WriteScope]:
        if self._writer == threading.get_ident():
            raise RuntimeError("write scopes are never nested")
        with self._writing, book_errors(self.database_path):
            self._writer = threading.get_ident()
            try:
                with self._engine.connect().execution_options(**{WRITES: True}) as connection:
                    scope = WriteScope(connection, autoflush=True)
                    operation = OperationRecord(
                        kind=kind,
                        reverses_id=reverses,
                        name=name,
                        params={key: _plain(value) for key, value in params.items()},
                        made_at=self._now().astimezone(UTC),
                    )
                    scope.add(operation)
                    scope.flush()
                    scope.operation_id = operation.id
                    scope.add(CurrentOperationRecord(operation_id=operation.id))
                    scope.flush()
                    yield scope
                    rows = self._finish(scope, keep=kind != "do")
                    scope.commit()
            finally:
                self._writer = None
        self._log.committed()
        if rows is not None:
            self._announce(ChangeSet(scope.operation_id, name, dict(params), kind, rows, initiator))

    def _finish(
        self, scope: WriteScope, *, keep: bool
    ) -> Mapping[str, frozenset[int] | None] | None:
        """Closes the operation; forgets it and returns ``None`` where it changed nothing."""
        scope.flush()
        scope.execute(delete(CurrentOperationRecord))
        rows = changed_rows(scope.connection(), scope.operation_id)
        if rows or keep:
            return rows
        scope.execute(delete(OperationRecord).where(OperationRecord.id == scope.operation_id))
        return None

    def _mark_reversed(self, scope: WriteScope, operation_id: int) -> None:
        scope.execute(
            update(OperationRecord).where(OperationRecord.id == operation_id).values(is_undone=True)
        )
        first = select(OperationRecord.reverses_id).where(OperationRecord.id == operation_id)
        scope.execute(
            update(OperationRecord)
            .where(OperationRecord.id == first.scalar_subquery())
            .values(is_undone=False)
        )

    def _announce(self, changes: ChangeSet) -> None:
        for listener in self._listeners:
            listener(changes)

    def last_journal_id(self) -> int:
        """The id of the newest journal entry, 0 in an empty book."""
        with self.read() as session:
            return session.scalar(select(func.max(JournalRecord.id))) or 0


def open_book(
    folder: Path, *, create: bool = False, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Book:
    """Opens the book in ``folder``, bringing an older one up to date after a verified copy.

    With ``create``, an empty folder (or none) becomes a new book. Raises ``BookError`` for what
    the user can act on and leaves the file as it was.
    """
    path = folder / DATABASE_FILE
    read_only = not is_writable(folder, create=create)
    if not path.exists() or stored_version(path) != SCHEMA_VERSION:
        # Alembic is slow to import and seldom needed.
        from database.migrate import bring_up_to_date

        bring_up_to_date(path, create=create)
    engine = book_engine(path, read_only=read_only)
    with book_errors(path):
        return Book(folder, engine=engine, read_only=read_only, now=now)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | type(None)) else str(value)
