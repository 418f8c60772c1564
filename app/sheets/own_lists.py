"""Owns the recognition of lists that this program wrote: a heading of theirs stands in no other file.

What each column holds is certain, and every row below the headings is a record, whatever it says.
Must not read cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.kernel.messages import Message
from app.sheets.export.columns import CUSTOM_PREFIX, custom_name, headings, signatures
from app.sheets.grid import Sheet, Value
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import filled
from app.sheets.mapping.columns import ColumnMapping, Overrides, unique_names
from app.sheets.mapping.overriding import said_by_person
from app.sheets.own_numbers import NUMBERS

#: How many rows somebody may have put above the headings.
_LOOKED_AT = 10
_KINDS = {
    "supplier": "suppliers",
    "buyer": "buyers",
    "contact": "contacts",
    "product": "products",
    "inquiry": "inquiries",
    "offer": "offers",
}
_WHY = Message("mapping.kind_from_own_list")


@dataclass(frozen=True, slots=True)
class OwnList:
    """A list of which all is known: its kind as sheets have them, its table, and what each column holds."""

    kind: str
    region: TableRegion
    columns: tuple[ColumnMapping, ...]
    why: Message = _WHY


def own_list(sheet: Sheet, overrides: Overrides) -> OwnList | None:
    """The list of ours that ``sheet`` is; ``None`` where a stranger wrote it."""
    known = signatures()
    for number, row in enumerate(sheet.rows[:_LOOKED_AT]):
        said = next((known[v] for v in row if isinstance(v, str) and v in known), None)
        if said is not None:
            kind, language = said
            region = table_below(sheet, number)
            columns = _columns(region, headings(kind, language))
            chosen = said_by_person(region, overrides)
            mapped = tuple(chosen.get(column.index, column) for column in columns)
            return OwnList(_KINDS[kind], region, mapped)
    return None


def is_own(values: Mapping[str, object]) -> bool:
    """Whether the typed values are those of a row that this program wrote."""
    return not NUMBERS.isdisjoint(values)


def number_places(columns: Sequence[ColumnMapping]) -> tuple[int, ...]:
    """The columns that are filled in every row that this program wrote."""
    return tuple(column.index for column in columns if not NUMBERS.isdisjoint(column.fields))


def table_below(sheet: Sheet, header: int) -> TableRegion:
    """All rows below the headings in row ``header`` (from 0) as one table."""
    above = sheet.rows[header]
    numbers = tuple(n for n in range(header + 1, len(sheet.rows)) if filled(sheet.rows[n]))
    used = set(filled(above)).union(*(filled(sheet.rows[number]) for number in numbers))
    columns = tuple(sorted(used))
    texts = tuple(_text(above[column]) for column in columns)
    return TableRegion(
        shape="table",
        headings=texts,
        heading_parts=tuple((text,) for text in texts),
        columns=columns,
        header_rows=(header,),
        row_numbers=numbers,
        rows=tuple(tuple(sheet.rows[n][column] for column in columns) for n in numbers),
        letterhead=(),
        first_row=header,
        last_row=numbers[-1] if numbers else header,
        first_column=columns[0],
        last_column=columns[-1],
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _columns(region: TableRegion, known: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    names = unique_names(region.headings)
    why = Message("mapping.why_own_list")
    found = []
    for place, (heading, name) in enumerate(zip(region.headings, names, strict=True)):
        key = known.get(heading, CUSTOM_PREFIX + custom_name(name))
        sample = next((_text(row[place]) for row in region.rows if row[place]), "")[:60]
        mapping = ColumnMapping(place, heading, name, (key,), 1.0, why, sample)
        if key.startswith(CUSTOM_PREFIX):
            mapping = replace(mapping, name=key.removeprefix(CUSTOM_PREFIX), fields=())
        found.append(mapping)
    return tuple(found)
