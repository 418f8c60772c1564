"""Owns how a list that is only looked at stands in a file: its columns as on the screen.

Must not read the book or write files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from app.fields import Field, FieldType, told
from app.kernel.language import catalogue
from app.sheets.export.columns import ExportColumn, ExportTable
from app.sheets.grid import Sheet

#: Lists that are written out but do not come back by an import.
LISTED = (
    *("line", "request"),
    *("thread", "message", "round", "follow_up"),
    "quotation",
)
#: How many rows somebody may have put above the headings.
_LOOKED_AT = 10


def listed_table(
    kind: str,
    fields: Sequence[Field],
    rows: Sequence[Sequence[object]],
    *,
    language: str,
) -> ExportTable:
    """The table of ``rows``, each with a value for every one of ``fields``."""
    words = catalogue(language)
    columns = tuple(ExportColumn(field.key, words.text(field.heading)) for field in fields)
    texts = [
        {field.key: told(field, value, words) for field, value in zip(fields, row, strict=True)}
        for row in rows
    ]
    return ExportTable(kind, words.say(f"export.title.{kind}"), columns, texts, language)


def shown(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields that stand in a file: those a person sees, without pictures."""
    return tuple(f for f in fields if f.is_shown and f.type is not FieldType.PICTURE)


def headings_of(fields: Sequence[Field], language: str) -> tuple[object, ...]:
    """What stands above the columns of such a list."""
    return tuple(catalogue(language).text(field.heading) for field in shown(fields))


def is_listed(sheet: Sheet, known: Set[tuple[object, ...]]) -> bool:
    """Whether one of the ``known`` rows of headings stands in ``sheet``, whole and alone.

    What such a list tells is in the book already; imported, it would be taken for other records.
    """
    rows = (tuple(value for value in row if value) for row in sheet.rows[:_LOOKED_AT])
    return any(row in known for row in rows)


def in_order(
    ids: Sequence[int], rows: Mapping[int, tuple[object, ...]]
) -> list[tuple[object, ...]]:
    """The rows of ``ids`` that are still there."""
    return [rows[id_] for id_ in ids if id_ in rows]
