"""Owns the statements that write many rows of one table at once, past the cost of an object for each.

Must not run them, nor know which rows are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any, TypeAlias, cast

from sqlalchemy import Column, Dialect, Table
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from database.records.record import new_uids

#: Each statement holds about so many values: a turn of a few milliseconds.
_VALUES_A_STATEMENT = 8_192

#: SQL and what is bound in it.
Statement: TypeAlias = tuple[str, tuple[object, ...]]


def inserted(
    dialect: Dialect, table: Table, rows: Sequence[Mapping[str, object]]
) -> Iterator[Statement]:
    """Statements that insert ``rows``.

    ``OR FAIL``, because the scope undoes all that a failure leaves: SQLite would else keep each
    page of its indexes twice.
    """
    held = _columns(rows)
    stored: dict[str, Sequence[object]] = {}
    for name, column in table.columns.items():
        values: Sequence[object] = held.get(name, ())
        if not column.nullable and (not values or None in values):
            values = _with_defaults(column, values or [None] * len(rows))
        if values and values.count(None) < len(values):
            stored[name] = _stored(dialect, column, values)
    names = ", ".join(f'"{name}"' for name in stored)
    head = f'INSERT OR FAIL INTO "{table.name}" ({names}) '
    for listed, bound in _in_portions(list(stored.values())):
        yield head + listed, bound


def updated(
    dialect: Dialect, table: Table, changes: Mapping[int, Mapping[str, object]]
) -> Iterator[Statement]:
    """Statements that set the values of each row in ``changes`` (id → values)."""
    by_columns: dict[tuple[str, ...], list[int]] = {}
    for row_id, values in changes.items():
        by_columns.setdefault(tuple(sorted(values)), []).append(row_id)
    for names, row_ids in by_columns.items():
        stored: list[Sequence[object]] = [row_ids]
        for name in names:
            given = [changes[row_id][name] for row_id in row_ids]
            stored.append(_stored(dialect, table.c[name], given))
        new = ", ".join(f'"{name}" = new.column{place}' for place, name in enumerate(names, 2))
        head = f'UPDATE OR FAIL "{table.name}" SET {new} FROM ('
        for listed, bound in _in_portions(stored):
            yield f'{head}{listed}) AS new WHERE "{table.name}".id = new.column1', bound


def _in_portions(columns: Sequence[Sequence[object]]) -> Iterator[Statement]:
    """``VALUES`` of many rows each, one below the other, and what is bound in them.

    Their sizes are powers of two, so that there are few and SQLite takes them apart once.
    """
    rows, left = zip(*columns, strict=True), len(columns[0])
    most = _VALUES_A_STATEMENT // len(columns)
    while left:
        size = 1 << min(left, most).bit_length() - 1
        yield _listed(len(columns), size), tuple(chain.from_iterable(islice(rows, size)))
        left -= size


@lru_cache(maxsize=256)
def _listed(columns: int, rows: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * rows)}"


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
        return values  # what is missing is the database's to refuse
    if isinstance(default, ScalarElementColumnDefault):
        return [default.arg if value is None else value for value in values]
    make = cast("Callable[[object], object]", default.arg)
    return [make(None) if value is None else value for value in values]


def _stored(dialect: Dialect, column: Column[Any], values: Sequence[object]) -> Sequence[object]:
    """``values`` in the form the database holds them in."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if values.count(values[0]) == len(values):
        return [process(values[0])] * len(values)
    return [process(value) for value in values]
