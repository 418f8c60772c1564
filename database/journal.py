"""Owns the triggers that write each change of a tracked row to the journal.

Generated from the records' metadata, so that no write can go around them: ORM flushes, bulk
statements, cascades and migrations alike. Outside a write scope there is no current operation and
the journal's NOT NULL column refuses the change. Must not decide what is undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table

from database.records import Record, Row


def tracked_tables() -> list[Table]:
    """The tables whose changes are journaled, parents before children."""
    tracked = {
        mapper.class_.__tablename__
        for mapper in Row.registry.mappers
        if issubclass(mapper.class_, Record) and mapper.class_.tracked
    }
    return [table for table in Row.metadata.sorted_tables if table.name in tracked]


def row_json(table: Table, prefix: str) -> str:
    """SQL for the whole row as a JSON object; ``prefix`` is ``NEW.``, ``OLD.`` or an alias."""
    pairs = ", ".join(f"'{column.name}', {prefix}\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})"


def create_triggers(connection: Connection) -> None:
    """Makes the triggers anew for all tracked tables."""
    drop_triggers(connection)
    for table in tracked_tables():
        for statement in _triggers(table).values():
            connection.exec_driver_sql(statement)


def trigger_off(table: Table, event: str) -> str:
    """SQL that takes off the trigger which journals each ``INSERT`` into ``table``, or each ``DELETE``.

    For many rows at once, which one statement journals at less cost: inside a transaction, so that
    no other connection ever sees the table without it and a failure brings it back.
    """
    return f'DROP TRIGGER "{_trigger_name(table.name, event)}"'


def trigger_on(table: Table, event: str) -> str:
    """SQL that makes the trigger again."""
    return _triggers(table)[event]


def inserted_into_journal(table: Table) -> str:
    """SQL that journals the new rows of ``table`` whose ids lie between two, where no trigger did."""
    return (
        f"{_journal_rows(table)}, NULL, {row_json(table, 'r.')}"
        f' FROM "{table.name}" AS r WHERE r.id BETWEEN ? AND ? ORDER BY r.id'
    )


@contextmanager
def deletes_journaled_in_one(connection: Connection, table: Table, *, ids: str) -> Iterator[None]:
    """The rows whose ids the query ``ids`` names are journaled by one statement, to be deleted inside.

    Not for a table that refers to itself: what is deleted with a row must go through the trigger.
    """
    connection.exec_driver_sql(
        f"{_journal_rows(table)}, {row_json(table, 'r.')}, NULL"
        f' FROM "{table.name}" AS r WHERE r.id IN ({ids}) ORDER BY r.id'
    )
    connection.exec_driver_sql(trigger_off(table, "DELETE"))
    yield
    connection.exec_driver_sql(trigger_on(table, "DELETE"))


def _journal_rows(table: Table) -> str:
    return (
        "INSERT INTO journal (operation_id, table_name, row_id, before, after)"
        f" SELECT (SELECT operation_id FROM current_operation), '{table.name}', r.id"
    )


def drop_triggers(connection: Connection) -> None:
    """Takes the triggers off, as a migration needs it before it changes tables."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal\\_%' ESCAPE '\\'"
    ).scalars()
    for name in list(names):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _triggers(table: Table) -> dict[str, str]:
    old, new = row_json(table, "OLD."), row_json(table, "NEW.")
    changed = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
    name = table.name
    return {
        "INSERT": _trigger(name, "INSERT", row_id="NEW.id", before="NULL", after=new),
        "UPDATE": _trigger(name, "UPDATE", row_id="NEW.id", before=old, after=new, when=changed),
        "DELETE": _trigger(name, "DELETE", row_id="OLD.id", before=old, after="NULL"),
    }


def _trigger_name(table: str, event: str) -> str:
    return f"journal_{table}_{event.lower()}"


def _trigger(
    table: str, event: str, *, row_id: str, before: str, after: str, when: str | None = None
) -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f'CREATE TRIGGER "{_trigger_name(table, event)}" AFTER {event} ON "{table}" {condition}'
        "BEGIN INSERT INTO journal (operation_id, table_name, row_id, before, after) VALUES ("
        f"(SELECT operation_id FROM current_operation), '{table}', {row_id}, {before}, {after}"
        "); END"
    )
