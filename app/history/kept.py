"""Owns by which names records that an undo kept are told: the kind and id a user knows them by.

Must not decide what is kept; the database floor does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from database.records import Record
from database.undo import Kept, KeptRow

#: Tables whose rows have a name of their own among the kinds of records.
KINDS = {
    "contact": "contact",
    "product": "product",
    "price": "price",
    "picture": "picture",
    "inquiry": "inquiry",
    "inquiry_line": "line",
    "request": "request",
    "offer": "offer",
    "thread": "thread",
    "message": "message",
    "round": "round",
    "follow_up": "follow_up",
    "quotation": "quotation",
}
#: Letters of a name as it is told.
_LONGEST_NAME = 60
#: The columns that tell a user which record it is, the best first.
_CALLED = (
    "number",
    "name_zh",
    "name",
    "name_en",
    "short_name",
    "item_number",
    "subject",
    "wording",
    "text",
)


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that was not put back, or whose parts were not: what it is and why.

    ``name`` is what it is called, or ``""`` for one that has no name or is gone.
    """

    kind: str
    id: int
    why: Kept
    name: str = ""


def kept_records(session: Session, rows: Iterable[KeptRow]) -> tuple[KeptRecord, ...]:
    """The records that ``rows`` are or belong to, each told once for each reason."""
    told: dict[KeptRecord, None] = {}
    for row in rows:
        kind, id_, name = _named(session, row.table, row.row_id)
        told[KeptRecord(kind, id_, row.why, name)] = None
    return tuple(told)


def _named(session: Session, table_name: str, row_id: int) -> tuple[str, int, str]:
    """The kind, id and name of a row; what belongs to another record goes by that record's."""
    table = Record.metadata.tables[table_name]
    row = session.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if row is None:
        return KINDS.get(table_name, table_name), row_id, ""
    called = next((_in_short(str(row[column])) for column in _CALLED if row.get(column)), "")
    if table_name in KINDS:
        return KINDS[table_name], row_id, called
    if table_name == "company":
        is_supplier = row["is_supplier"] or not row["is_buyer"]
        return ("supplier" if is_supplier else "buyer"), row_id, called
    owners = [(owner, row[column]) for column, owner in _owners(table) if row[column] is not None]
    return _named(session, *owners[-1]) if owners else (table_name, row_id, "")


def _in_short(text: str) -> str:
    """The beginning of what may be a whole mail, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _owners(table: Table) -> list[tuple[str, str]]:
    """The columns of ``table`` that name a record its rows go with, and that record's table.

    The nearest comes last: a person's phone belongs to the person before it belongs to the company.
    """
    return [
        (column.name, key.column.table.name)
        for column in table.columns
        for key in column.foreign_keys
        if key.ondelete == "CASCADE" and key.column.table is not table
    ]
