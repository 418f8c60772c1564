"""Owns how a big list is read: the ids in order first, then rows a page at a time.

Must not know which kinds of lists there are; each slice describes its own.
"""

from __future__ import annotations

import dataclasses
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.fields import BETWEEN_VALUES, Field, FieldType
from app.kernel.errors import AppError

#: SQLite takes at most 32,766 parameters a statement; a page is far below.
_IDS_A_STATEMENT = 5_000

#: The table by which amounts in different currencies are compared.
RATES = "exchange_rate"

#: The column of a part that names the record it hangs on.
Owning = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


def joined(
    query: Select[Any], *, of: type[Any], between: str = BETWEEN_VALUES
) -> SQLColumnExpression[Any]:
    """All values of a query of one column in one cell of a row ``of`` a record."""
    values = query.correlate(of).subquery()
    return select(func.group_concat(values.c[0], between)).select_from(values).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Sort:
    """The field a list is ordered by."""

    key: str
    is_descending: bool = False

    @property
    def text(self) -> str:
        """As :meth:`parse` reads it."""
        return f"-{self.key}" if self.is_descending else self.key

    @classmethod
    def parse(cls, text: str) -> Sort:
        """``name`` or, for the other direction, ``-name``."""
        return cls(text.removeprefix("-"), text.startswith("-"))


@dataclass(frozen=True)
class Listing:
    """A kind of list: its fields, each with the SQL that yields it.

    ``scope`` limits the table to the rows of this kind (suppliers among companies). ``depends_on``
    names the tables whose changes make shown rows stale. A list of what hangs on other records
    (prices, lines of inquiries) is ``part_of`` their kinds, each with the column that names the
    record; the search box doesn't ask for its fields. Words in ``words_in``, lists of parts, count
    as those of the row: a deal is found by what its messages say.
    """

    kind: str
    id_column: InstrumentedAttribute[int]
    fields: tuple[Field, ...]
    expressions: Mapping[str, SQLColumnExpression[Any]]
    scope: SQLColumnExpression[bool] | None = None
    depends_on: tuple[str, ...] = ()
    part_of: Mapping[str, Owning] = dataclasses.field(default_factory=dict)
    words_in: tuple[Listing, ...] = ()

    @property
    def table(self) -> str:
        """The name of the table the records stand in."""
        return str(self.id_column.class_.__tablename__)

    def field(self, key: str) -> Field:
        """The field with this key; raises ``AppError`` for an unknown one."""
        for field in self.fields:
            if field.key == key:
                return field
        raise AppError("lists.unknown_field", field=key, kind=self.kind)

    def is_touched_by(self, tables: Collection[str]) -> bool:
        """Whether after a change of ``tables`` other rows, or others than before, may be shown."""
        has_money = any(field.type is FieldType.CURRENCY for field in self.fields)
        return any(one in tables for one in self.depends_on) or (has_money and RATES in tables)

    def ids(
        self,
        session: Session,
        *,
        where: ColumnElement[bool] | None = None,
        sort: Sort | None = None,
        limit: int | None = None,
    ) -> array[int]:
        """The ids of all matching rows in order; the newest first without a ``sort``."""
        query = select(self.id_column)
        for condition in (self.scope, where):
            if condition is not None:
                query = query.where(condition)
        found = query.order_by(*self._order(sort)).limit(limit).subquery()
        # One text, taken apart number by number: a row for each of a hundred thousand ids, or one
        # long call, would hold up the window's thread.
        joined = session.scalar(select(func.group_concat(found.columns[0])))
        return array("q", (int(one) for one in joined.split(",")) if joined else ())

    def parts(self, session: Session, *, of: str, owner_ids: Sequence[int]) -> list[int]:
        """The ids of the rows that hang on the records ``owner_ids`` of the kind ``of``, in order."""
        column, found = self.part_of[of], list[int]()
        for start in range(0, len(owner_ids), _IDS_A_STATEMENT):
            part = list(owner_ids[start : start + _IDS_A_STATEMENT])
            query = select(self.id_column).where(column.in_(part))
            found += session.scalars(query.order_by(column, self.id_column))
        return found

    def count(self, session: Session, *, where: ColumnElement[bool] | None = None) -> int:
        """How many rows match."""
        conditions = [c for c in (self.scope, where) if c is not None]
        query = (
            select(func.count()).select_from(self.id_column.class_).where(and_(True, *conditions))
        )
        return session.scalar(query) or 0

    def values(self, session: Session, key: str) -> dict[object, int]:
        """How many rows have each value of a field; empty ones are left out."""
        rows: Select[Any] = select(self.expressions[self.field(key).key].label("value"))
        if self.scope is not None:
            rows = rows.where(self.scope)
        held = rows.subquery().c.value
        query = select(held, func.count()).where(held.is_not(None), held != "").group_by(held)
        return {row[0]: row[1] for row in session.execute(query)}

    def rows(
        self, session: Session, ids: Sequence[int], keys: Iterable[str] | None = None
    ) -> dict[int, tuple[object, ...]]:
        """The values of each row, in the order of ``keys`` (default: of all fields).

        A row that is gone is missing from the answer.
        """
        wanted = list(keys) if keys is not None else [field.key for field in self.fields]
        columns = [self.expressions[self.field(key).key] for key in wanted]
        found: dict[int, tuple[object, ...]] = {}
        for start in range(0, len(ids), _IDS_A_STATEMENT):
            part = list(ids[start : start + _IDS_A_STATEMENT])
            query = select(self.id_column, *columns).where(self.id_column.in_(part))
            found.update((row[0], tuple(row[1:])) for row in session.execute(query))
        return found

    def _order(self, sort: Sort | None) -> tuple[ColumnElement[Any], ...]:
        if sort is None or sort.key == "id":
            descending = sort is None or sort.is_descending
            return (self.id_column.desc() if descending else self.id_column.asc(),)
        expression = self.expressions[self.field(sort.key).key]
        directed = expression.desc() if sort.is_descending else expression.asc()
        return (directed.nulls_last(), self.id_column.desc())
