"""Owns columns whose cells tell several facts of the carton at once: ``60pcs/0.045cbm/14kg`` under ``Carton info``.

Must not read the facts; the records do, from the word on the packing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from app.kernel.messages import Message
from app.sheets.cells.packings import told_of_cartons
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.targets import Kind

#: What such a column may be taken for by its heading.
_OF_CARTONS = frozenset([(), ("pcs_per_carton",), ("carton_size",), ("cbm",), ("gross_weight",)])
_LOOKED_AT = 100
_MOSTLY = 0.7


def take_packings(region: TableRegion, rules: Kind, chosen: dict[int, ColumnMapping]) -> None:
    """Gives ``packing`` to the first column whose cells mostly tell two facts of the carton or more."""
    if "packing" not in rules.fields or any("packing" in c.fields for c in chosen.values()):
        return
    for place in range(len(region.headings)):
        if _fields(chosen, place) in _OF_CARTONS and _tells_of_cartons(region, place):
            why = Message("mapping.why_values")
            chosen[place] = column_of(region, place, ("packing",), 0.8, why)
            return


def _fields(chosen: Mapping[int, ColumnMapping], place: int) -> tuple[str, ...]:
    return chosen[place].fields if place in chosen else ()


def _tells_of_cartons(region: TableRegion, place: int) -> bool:
    texts = list(islice(filter(None, (text_of(row[place]) for row in region.rows)), _LOOKED_AT))
    told = sum(len(list(told_of_cartons(text))) > 1 for text in texts)
    return bool(texts) and told >= _MOSTLY * len(texts)
