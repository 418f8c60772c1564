"""Owns taking in a database file that may come from anybody: its rows, never the file itself.

Must not decide where the rows go.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from database.errors import BookError, Problem, problem_of
from database.migrate import bring_up_to_date
from database.records import Row


def hold_alone(path: Path) -> None:
    """Writes the log back into the database at ``path``; raises ``BookError`` where it is in use.

    A damaged file is left as it is: it is about to be replaced.
    """
    try:
        with closing(dbapi2.connect(str(path), timeout=2)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except dbapi2.DatabaseError as error:
        if problem_of(error) is Problem.IN_USE:
            raise BookError(Problem.IN_USE, path) from error
        for name in (f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)


def copied_rows(given: Path, target: Path) -> None:
    """Copies the rows of ``given``, which may come from anybody, into a new database at ``target``.

    The given one is opened read-only, without trust in its schema, and its schema must be ours: an
    older one is first brought up to date. Raises ``BookError`` (damaged) for anything else.
    """
    bring_up_to_date(given)
    bring_up_to_date(target, create=True)
    try:
        with closing(
            dbapi2.connect(f"file:{target.as_posix()}", uri=True, isolation_level=None)
        ) as fresh:
            fresh.execute("PRAGMA trusted_schema = OFF")
            fresh.execute("PRAGMA foreign_keys = OFF")
            fresh.execute("ATTACH ? AS given", (f"file:{given.as_posix()}?mode=ro",))
            if _schema(fresh, "main") != _schema(fresh, "given"):
                raise BookError(Problem.DAMAGED, given)
            fresh.execute("BEGIN IMMEDIATE")
            triggers = fresh.execute(
                "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for name, _sql in triggers:
                fresh.execute(f'DROP TRIGGER main."{name}"')
            for table in Row.metadata.sorted_tables:
                columns = ", ".join(f'"{column.name}"' for column in table.columns)
                fresh.execute(f'DELETE FROM main."{table.name}"')
                fresh.execute(
                    f'INSERT INTO main."{table.name}" ({columns})'
                    f' SELECT {columns} FROM given."{table.name}"'
                )
            # Ids of deleted rows are not given again.
            fresh.execute("DELETE FROM main.sqlite_sequence")
            fresh.execute("INSERT INTO main.sqlite_sequence SELECT * FROM given.sqlite_sequence")
            for _name, sql in triggers:
                fresh.execute(sql)
            fresh.execute("COMMIT")
            verdict = fresh.execute("PRAGMA integrity_check").fetchone()[0]
            orphan = fresh.execute("PRAGMA foreign_key_check").fetchone()
            if verdict != "ok" or orphan is not None:
                raise BookError(Problem.DAMAGED, given)
            fresh.execute("DETACH given")
            fresh.execute("PRAGMA journal_mode = DELETE").fetchone()
    except dbapi2.DatabaseError as error:
        raise BookError(Problem.DAMAGED, given) from error


def _schema(connection: dbapi2.Connection, name: str) -> set[tuple[str, str, str]]:
    return set(
        connection.execute(
            f"SELECT type, name, sql FROM {name}.sqlite_master"
            " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
    )
