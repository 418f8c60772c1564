"""Owns the terms below a comparison: rows that say for each vendor when, for how long and how it is paid.

Must not read the terms; it sees that a known word stands beside a text under each vendor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.sheets.grid import Value
from app.sheets.layout.regions import Place, TableRegion
from app.sheets.layout.shapes import is_empty, text_of
from app.sheets.layout.view import View
from app.sheets.lexicon import meanings

#: What an offer says once for all its lines.
_TERMS = frozenset(
    [
        "lead_time",
        "payment",
        "valid_until",
        "incoterm",
        "loading_port",
        "warranty",
        "moq",
        "currency",
        "packing",
    ]
)
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class VendorTerm:
    """One row of terms: its label, and value and place for each vendor."""

    row: int
    label: str
    values: tuple[Value, ...]
    places: tuple[Place, ...]


def vendor_terms(
    view: View,
    region: TableRegion,
    *,
    labelled: Sequence[int],
    vendors: Sequence[Sequence[int]],
) -> tuple[VendorTerm, ...]:
    """The terms in the rows below the items; a word that heads a column already is not taken again.

    ``labelled`` are the sheet's columns that labels may stand in, ``vendors`` those of each vendor.
    """
    taken = {field for heading in region.headings for field in _first(heading)}
    terms: list[VendorTerm] = []
    for row in _rows_below(view, region, labelled):
        label = _label(view, row, labelled)
        fields = _first(label)
        if not fields or fields & taken or not fields & _TERMS:
            continue
        found = [_said(view, row, columns) for columns in vendors]
        if any(not is_empty(value) for value, _ in found):
            taken |= fields
            values, places = zip(*found, strict=True)
            terms.append(VendorTerm(row, label, values, places))
    return tuple(terms)


def _rows_below(view: View, region: TableRegion, labelled: Sequence[int]) -> Iterator[int]:
    """The rows left out below the records, and the last records that are no items but terms."""
    below = {excluded.row for excluded in region.excluded if excluded.row > region.first_row}
    records = (row for row in region.row_numbers if _first(_label(view, row, labelled)) & _TERMS)
    return iter(sorted(below.union(records)))


def _label(view: View, row: int, labelled: Sequence[int]) -> str:
    """The only text in the columns of the items; empty where there are more."""
    texts = dict.fromkeys(filter(None, (view.text(row, column) for column in labelled)))
    return next(iter(texts)).rstrip(":： ") if len(texts) == 1 else ""


def _first(label: str) -> set[str]:
    found: Iterable[str] = (m.field for m in meanings(label)[:1] if m.strength >= _SURE)
    return set(found)


def _said(view: View, row: int, columns: Sequence[int]) -> tuple[Value, Place]:
    """What stands under a vendor, or over several of them in a merged cell."""
    for column in columns:
        value = view.shown_value(row, column)
        if text_of(value):
            merge = view.merge(row, column)
            return value, (row, merge.first_column if merge else column)
    return None, (row, columns[0])
