"""Owns the way back: the rows an operation changed get their old values, set by set.

A row that a later operation changed, or that something later hangs on, is kept and named. Must not
commit and must not open a write scope: undo is itself an operation, so redo comes by itself.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import Connection, ForeignKey, Table, UniqueConstraint, text

from database.journal import deletes_journaled_in_one, row_json, tracked_tables

#: From here on deleted rows are journaled by one statement, not by a trigger for each.
_WORTH_ONE_STATEMENT = 500


class Kept(enum.Enum):
    """Why a row keeps its present values."""

    CHANGED_SINCE = "changed_since"
    STILL_USED = "still_used"
    LACKS_PARENT = "lacks_parent"
    VALUE_TAKEN = "value_taken"


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row that was not put back."""

    table: str
    row_id: int
    why: Kept


@dataclass(frozen=True, slots=True)
class Reversal:
    """What undoing did: how many rows were put back, and which were kept."""

    reverted: int
    kept: tuple[KeptRow, ...]


def reverse(connection: Connection, operation_id: int) -> Reversal:
    """Puts back every row of ``operation_id`` that is still as the operation left it."""
    tables = tracked_tables()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _plan(connection, operation_id)
    present = [t for t in tables if _planned(connection, t)]
    if _note_later_changes(connection, operation_id):
        for table in present:
            _keep_changed(connection, table)
            _keep_taken(connection, table)
        while _keep_dependants(connection, tables, present):
            pass
    for table in present:
        _restore_references(connection, table)
    for table in reversed(present):
        _delete_created(connection, table)
    for table in present:
        _restore_changed(connection, table)
        _insert_deleted(connection, table)
    return _outcome(connection)


def _plan(connection: Connection, operation_id: int) -> None:
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.reversal")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE reversal (table_name TEXT, row_id INTEGER, before TEXT,"
        " stands INTEGER, last_id INTEGER, why TEXT, PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
    )
    # An operation may change a row several times: the first "before" and the last "after" count.
    connection.execute(
        text(
            "INSERT INTO reversal"
            " SELECT f.table_name, f.row_id, f.before, l.after IS NOT NULL, l.id, NULL FROM ("
            "  SELECT table_name, row_id, min(id) AS first_id, max(id) AS last_id FROM journal"
            "  WHERE operation_id = :operation GROUP BY table_name, row_id) AS span"
            " JOIN journal AS f ON f.id = span.first_id JOIN journal AS l ON l.id = span.last_id"
            " WHERE f.before IS NOT l.after"
        ),
        {"operation": operation_id},
    )


def _note_later_changes(connection: Connection, operation_id: int) -> bool:
    """Notes the rows that changed after the operation; without any, nothing stands in its way.

    No change goes around the journal, so a row that is not noted is as the operation left it.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.later")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE later (table_name TEXT, row_id INTEGER,"
        " PRIMARY KEY (table_name, row_id)) WITHOUT ROWID"
    )
    noted = connection.execute(
        text(
            "INSERT OR IGNORE INTO later SELECT table_name, row_id FROM journal"
            " WHERE id > (SELECT max(id) FROM journal WHERE operation_id = :operation)"
        ),
        {"operation": operation_id},
    )
    return noted.rowcount > 0


def _planned(connection: Connection, table: Table) -> bool:
    return bool(
        connection.execute(
            text("SELECT EXISTS (SELECT 1 FROM reversal WHERE table_name = :t)"), {"t": table.name}
        ).scalar()
    )


def _keep_changed(connection: Connection, table: Table) -> None:
    """A row whose present value is not what the operation left was changed since."""
    now = f'SELECT {row_json(table, "r.")} FROM "{table.name}" AS r WHERE r.id = row_id'
    left = "SELECT after FROM journal WHERE id = last_id"
    connection.execute(
        text(
            f"UPDATE reversal SET why = :why WHERE table_name = :t AND ({left}) IS NOT ({now})"
            " AND row_id IN (SELECT l.row_id FROM later AS l WHERE l.table_name = :t)"
        ),
        {"t": table.name, "why": Kept.CHANGED_SINCE.value},
    )


def _keep_taken(connection: Connection, table: Table) -> None:
    """A row can't come back when another row has taken a value that must be unique."""
    for columns in _unique_columns(table):
        same = " AND ".join(f"r.\"{c}\" = json_extract(before, '$.{c}')" for c in columns)
        connection.execute(
            text(
                "UPDATE reversal SET why = :why WHERE table_name = :t AND why IS NULL"
                " AND before IS NOT NULL AND EXISTS ("
                f'SELECT 1 FROM "{table.name}" AS r WHERE r.id <> row_id AND {same}'
                " AND r.id NOT IN (SELECT p.row_id FROM reversal AS p"
                " WHERE p.table_name = :t AND p.why IS NULL))"
            ),
            {"t": table.name, "why": Kept.VALUE_TAKEN.value},
        )


def _unique_columns(table: Table) -> list[list[str]]:
    return [
        [column.name for column in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]


def _references(tables: Iterable[Table]) -> list[tuple[Table, ForeignKey]]:
    return [
        (table, key)
        for table in tables
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name)
    ]


def _keep_dependants(connection: Connection, tables: list[Table], present: list[Table]) -> int:
    """One pass over all references between rows; returns how many more rows are kept."""
    names = {table.name for table in present}
    kept = 0
    for table, key in _references(tables):
        column, parent = key.parent.name, key.column.table.name
        if parent in names:
            kept += _keep_used(connection, child=table.name, column=column, parent=parent)
            kept += _keep_orphans(connection, child=table.name, column=column, parent=parent)
        elif table.name in names and parent in {t.name for t in tables}:
            kept += _keep_orphans(connection, child=table.name, column=column, parent=parent)
    return kept


def _keep_used(connection: Connection, *, child: str, column: str, parent: str) -> int:
    """A created row stays while a row that will be there afterwards refers to it.

    Only rows that changed later, or that are kept, can: what was there before did not know it.
    """
    result = connection.execute(
        text(
            "UPDATE reversal SET why = :why WHERE table_name = :parent AND before IS NULL"
            " AND why IS NULL AND row_id IN ("
            f' SELECT c."{column}" FROM ('
            "   SELECT l.row_id FROM later AS l WHERE l.table_name = :child UNION"
            "   SELECT k.row_id FROM reversal AS k WHERE k.table_name = :child AND k.why IS NOT NULL"
            f'  ) AS stays JOIN "{child}" AS c ON c.id = stays.row_id'
            "  WHERE NOT EXISTS (SELECT 1 FROM reversal AS p WHERE p.table_name = :child"
            "   AND p.row_id = c.id AND p.why IS NULL"
            f"   AND json_extract(p.before, '$.{column}') IS NOT c.\"{column}\"))"
        ),
        {"parent": parent, "child": child, "why": Kept.STILL_USED.value},
    )
    return result.rowcount


def _keep_orphans(connection: Connection, *, child: str, column: str, parent: str) -> int:
    """A row can't get back a value that refers to a row which will not be there."""
    result = connection.execute(
        text(
            "UPDATE reversal SET why = :why WHERE table_name = :child AND why IS NULL"
            f" AND before IS NOT NULL AND json_extract(before, '$.{column}') IS NOT NULL"
            " AND NOT EXISTS (SELECT 1 FROM reversal AS p WHERE p.table_name = :parent"
            f"  AND p.row_id = json_extract(reversal.before, '$.{column}')"
            "  AND p.before IS NOT NULL AND NOT p.stands AND p.why IS NULL)"
            f' AND NOT EXISTS (SELECT 1 FROM "{parent}" AS r'
            f"  WHERE r.id = json_extract(reversal.before, '$.{column}')"
            "  AND NOT EXISTS (SELECT 1 FROM reversal AS p WHERE p.table_name = :parent"
            "   AND p.row_id = r.id AND p.before IS NULL AND p.why IS NULL))"
        ),
        {"parent": parent, "child": child, "why": Kept.LACKS_PARENT.value},
    )
    return result.rowcount


def _restore_references(connection: Connection, table: Table) -> None:
    """Rows get back what they belonged to first: else they would go with what is deleted next."""
    for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
        column = key.parent.name
        connection.execute(
            text(
                f'UPDATE "{table.name}" SET "{column}" = json_extract(p.before, \'$.{column}\')'
                f' FROM reversal AS p WHERE p.row_id = "{table.name}".id AND p.table_name = :t'
                " AND p.before IS NOT NULL AND p.stands AND p.why IS NULL"
                f' AND json_extract(p.before, \'$.{column}\') IS NOT "{table.name}"."{column}"'
            ),
            {"t": table.name},
        )


def _delete_created(connection: Connection, table: Table) -> None:
    ids = (
        f"SELECT row_id FROM reversal WHERE table_name = '{table.name}'"
        " AND before IS NULL AND why IS NULL"
    )
    count = connection.exec_driver_sql(f"SELECT count(*) FROM ({ids})").scalar_one()
    refers_to_itself = any(key.column.table is table for key in table.foreign_keys)
    with ExitStack() as stack:
        if count >= _WORTH_ONE_STATEMENT and not refers_to_itself:
            stack.enter_context(deletes_journaled_in_one(connection, table, ids=ids))
        connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE id IN ({ids})')


def _restore_changed(connection: Connection, table: Table) -> None:
    values = ", ".join(
        f"\"{c.name}\" = json_extract(p.before, '$.{c.name}')" for c in table.columns
    )
    connection.execute(
        text(
            f'UPDATE "{table.name}" SET {values} FROM reversal AS p'
            f' WHERE p.row_id = "{table.name}".id AND p.table_name = :t'
            " AND p.before IS NOT NULL AND p.stands AND p.why IS NULL"
        ),
        {"t": table.name},
    )


def _insert_deleted(connection: Connection, table: Table) -> None:
    columns = ", ".join(f'"{c.name}"' for c in table.columns)
    values = ", ".join(f"json_extract(before, '$.{c.name}')" for c in table.columns)
    connection.execute(
        text(
            f'INSERT INTO "{table.name}" ({columns}) SELECT {values} FROM reversal'
            " WHERE table_name = :t AND before IS NOT NULL AND NOT stands AND why IS NULL"
            " ORDER BY row_id"
        ),
        {"t": table.name},
    )


def _outcome(connection: Connection) -> Reversal:
    count = connection.exec_driver_sql("SELECT count(*) FROM reversal").scalar_one()
    rows = connection.exec_driver_sql(
        "SELECT table_name, row_id, why FROM reversal WHERE why IS NOT NULL"
    ).all()
    connection.exec_driver_sql("DROP TABLE temp.reversal")
    connection.exec_driver_sql("DROP TABLE temp.later")
    kept = tuple(KeptRow(name, row_id, Kept(why)) for name, row_id, why in rows)
    return Reversal(reverted=count - len(kept), kept=kept)
