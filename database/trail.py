"""Owns following a row through the journal, together with what belongs to it.

Reads only. Must not name what changed for people.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select
from sqlalchemy.orm import Session

from database.listed import among
from database.records import JournalRecord, Record

Values = Mapping[str, Any]
#: Entries of one table that are looked at, the newest of them.
_MOST_ENTRIES = 1_000


@dataclass(frozen=True, slots=True)
class Footprint:
    """One change of one row: its values before and after, None where there was no row."""

    entry: int
    operation_id: int
    table: str
    row_id: int
    before: Values | None
    after: Values | None


def trail(
    session: Session, table_name: str, row_id: int, *, apart: Collection[str]
) -> list[Footprint]:
    """What happened to a row and to what belongs to it, or did before it was deleted, newest first.

    The tables ``apart`` have rows that stand by themselves, though they go with the row they name.
    """
    found: list[Footprint] = []
    waiting: list[tuple[Table, Collection[int]]] = [(_table(table_name), {row_id})]
    seen: set[tuple[str, int]] = set()
    while waiting:
        table, ids = waiting.pop()
        new = {id_ for id_ in ids if (table.name, id_) not in seen}
        seen.update((table.name, id_) for id_ in new)
        if new:
            found += _entries(session, table, sorted(new))
            waiting += _parts(session, table, sorted(new), apart={*apart, table_name})
    return sorted(found, key=lambda one: one.entry, reverse=True)


def _table(name: str) -> Table:
    return Record.metadata.tables[name]


def _entries(session: Session, table: Table, ids: Sequence[int]) -> Iterator[Footprint]:
    entry = JournalRecord
    query = (
        select(entry.id, entry.operation_id, entry.row_id, entry.before, entry.after)
        .where(entry.table_name == table.name, entry.row_id.in_(among(ids)))
        .order_by(entry.id.desc())
        .limit(_MOST_ENTRIES)
    )
    readers = {column.name: _reader(session, column) for column in table.columns}
    for id_, operation, row_id, before, after in session.execute(query):
        values = (_values(readers, told) for told in (before, after))
        yield Footprint(id_, operation, table.name, row_id, *values)


def _parts(
    session: Session, table: Table, ids: Sequence[int], *, apart: Collection[str]
) -> Iterator[tuple[Table, Collection[int]]]:
    """The rows that belong to those of ``table`` with these ids, and those that did."""
    for part in Record.metadata.tables.values():
        for column in part.columns:
            if part.name in apart or not _belongs(column, table):
                continue
            there = select(part.c.id).where(column.in_(among(ids)))
            owner = func.json_extract(JournalRecord.before, f"$.{column.name}")
            gone = select(JournalRecord.row_id).where(
                *_are_gone(part),
                JournalRecord.id > _first_entry(table, ids),
                JournalRecord.after.is_(None),
                owner.in_(among(ids)),
            )
            yield part, {*session.scalars(there), *session.scalars(gone)}


def _first_entry(table: Table, ids: Sequence[int]) -> ColumnElement[int]:
    """The entry that brought the first of the rows: nothing belonged to them before it.

    It spares reading what an import left behind that was undone before there were these rows.
    """
    entry = JournalRecord
    first = select(func.min(entry.id)).where(
        entry.table_name == table.name, entry.row_id.in_(among(ids))
    )
    return func.coalesce(first.scalar_subquery(), 0)


def _are_gone(table: Table) -> tuple[ColumnElement[bool], ...]:
    """Leaves the entries of rows that are no more, by their ids alone, which an index holds.

    Ids count from 1: of a table with as many rows as ever were none is gone, and none is looked at.
    """
    entry = JournalRecord
    newest = select(func.max(entry.row_id)).where(entry.table_name == table.name)
    count = select(func.count()).select_from(table)
    return (
        newest.scalar_subquery() != count.scalar_subquery(),
        entry.table_name == table.name,
        entry.row_id.not_in(select(table.c.id)),
    )


def _belongs(column: Column[Any], table: Table) -> bool:
    return any(
        key.ondelete == "CASCADE" and key.column.table is table for key in column.foreign_keys
    )


def _reader(session: Session, column: Column[Any]) -> Any:
    """How a stored value of ``column`` becomes one of the record's type."""
    dialect = session.get_bind().dialect
    return column.type.dialect_impl(dialect).result_processor(dialect, None) or _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _values(readers: Mapping[str, Any], told: str | None) -> Values | None:
    if told is None:
        return None
    return {
        key: readers[key](value) if value is not None else None
        for key, value in json.loads(told).items()
        if key in readers
    }
