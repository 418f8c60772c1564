"""Owns bulk inserts with ids known beforehand, so that children can be made with their parents.

Works inside a write scope, whose lock keeps the ids free. Must not decide what is inserted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    Column,
    Connection,
    Insert,
    Table,
    Update,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from database.journal import inserts_journaled_in_one
from database.records import Record
from database.records.record import new_uids

#: More at once hold up the other threads.
_ROWS_A_STATEMENT = 1_000
#: From here on the journal's rows are written by one statement, not by a trigger for each.
_WORTH_ONE_STATEMENT = 500
#: Told apart from the columns' own names, which SQLAlchemy keeps for itself in an update.
_NEW = "new_"


def first_free_id(session: Session, record: type[Record]) -> int:
    """The id from which on no row was ever made in the record's table."""
    used = session.scalar(select(func.max(record.id))) or 0
    given = session.scalar(
        text("SELECT seq FROM sqlite_sequence WHERE name = :table"),
        {"table": record.__tablename__},
    )
    return max(used, given or 0) + 1


def parents_first(records: Iterable[type[Record]]) -> list[type[Record]]:
    """``records`` in an order in which their rows can be inserted."""
    order = {table.name: place for place, table in enumerate(Record.metadata.sorted_tables)}
    return sorted(records, key=lambda record: order[record.__tablename__])


def insert_rows(
    session: Session, record: type[Record], rows: Sequence[Mapping[str, object]]
) -> None:
    """Inserts ``rows`` with as few statements as possible.

    A value that a row leaves out, or that is ``None``, is the column's default or nothing.
    """
    connection, table = session.connection(), _table(record)
    first_id = first_free_id(session, record)
    known = cast("list[int]", [row["id"] for row in rows if row.get("id")])
    is_new = min(known, default=first_id) >= first_id
    with ExitStack() as stack:
        if record.tracked and is_new and len(rows) >= _WORTH_ONE_STATEMENT:
            stack.enter_context(inserts_journaled_in_one(connection, table, first_id=first_id))
        for start in range(0, len(rows), _ROWS_A_STATEMENT):
            _insert(connection, table, rows[start : start + _ROWS_A_STATEMENT])


def update_rows(
    session: Session, record: type[Record], changes: Mapping[int, Mapping[str, object]]
) -> None:
    """Sets the values of each row in ``changes`` (id → values), one statement a set of columns."""
    table = _table(record)
    by_columns: dict[tuple[str, ...], list[int]] = {}
    for row_id, values in changes.items():
        by_columns.setdefault(tuple(sorted(values)), []).append(row_id)
    for names, row_ids in by_columns.items():
        stored = {
            f"{_NEW}{name}": _stored(
                session.connection(), table.c[name], [changes[row_id][name] for row_id in row_ids]
            )
            for name in names
        }
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values({name: bindparam(f"{_NEW}{name}") for name in names})
        )
        _execute_many(session.connection(), statement, {"row_id": row_ids, **stored})


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    held = _columns(rows)
    stored: dict[str, Sequence[object]] = {}
    for name, column in table.columns.items():
        values: Sequence[object] = held.get(name, ())
        if not column.nullable and (not values or None in values):
            values = _with_defaults(column, values or [None] * len(rows))
        if any(value is not None for value in values):
            stored[name] = _stored(connection, column, values)
    _execute_many(connection, insert(table).values(dict.fromkeys(stored)), stored)


def _columns(rows: Sequence[Mapping[str, object]]) -> dict[str, tuple[object, ...]]:
    """The values of all ``rows`` by column, ``None`` where a row has none."""
    given = list(frozenset[str]().union(*rows))
    is_full = len(given) > 1 and all(len(row) == len(given) for row in rows)
    take = itemgetter(*given) if is_full else lambda row: tuple(map(row.get, given))
    taken: Iterable[tuple[object, ...]] = map(take, rows)
    return dict(zip(given, zip(*taken, strict=True), strict=True))


def _with_defaults(column: Column[Any], values: Sequence[object]) -> Sequence[object]:
    """``values`` with the column's default in place of what is missing."""
    if column.name == "uid":
        return [one or made for one, made in zip(values, new_uids(len(values)), strict=True)]
    default = column.default
    if not isinstance(default, ScalarElementColumnDefault | CallableColumnDefault):
        return values  # ids are the database's to give, and what else is missing is its to refuse
    if isinstance(default, ScalarElementColumnDefault):
        return [default.arg if value is None else value for value in values]
    make = cast("Callable[[object], object]", default.arg)
    return [make(None) if value is None else value for value in values]


def _stored(
    connection: Connection, column: Column[Any], values: Sequence[object]
) -> Sequence[object]:
    """``values`` in the form the database holds them in."""
    dialect = connection.dialect
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if values.count(values[0]) == len(values):
        return [process(values[0])] * len(values)
    return [process(value) for value in values]


def _execute_many(
    connection: Connection, statement: Insert | Update, stored: Mapping[str, Sequence[object]]
) -> None:
    """Runs ``statement`` for each row of the columns ``stored``, past the cost of its objects."""
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(stored))
    rows = list(zip(*(stored[name] for name in compiled.positiontup or ()), strict=True))
    connection.exec_driver_sql(str(compiled), rows)


def _table(record: type[Record]) -> Table:
    return record.metadata.tables[record.__tablename__]
