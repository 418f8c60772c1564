"""Owns the further lines of a company's name: ``Name 2`` beside ``Name 1`` of other programs' exports.

Must not choose the column of the name's first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kernel.messages import Message
from app.sheets.layout import TableRegion
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.weighing import lists_parties
from app.sheets.phrases import heading_key
from app.sheets.targets import Kind

_NUMBERED = re.compile(r"(?P<name>.*?[^\W\d]) ?(?P<line>[1-4])")


def join_name_lines(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Gives the further lines of a name to its column: the cells of a row are joined."""
    first = next((p for p, mapping in chosen.items() if mapping.fields == ("company",)), None)
    if first is None or not lists_parties(rules):
        return
    name = _line_of(region.headings[first])
    if name is None or name[1] != 1:
        return
    for place in range(first + 1, len(region.headings)):
        line = _line_of(region.headings[place])
        is_further = line is not None and line[0] == name[0] and line[1] > 1
        if is_further and place not in chosen and found[place].filled:
            why = Message("mapping.why_heading", heading=region.headings[place])
            chosen[place] = column_of(region, place, ("company",), 0.8, why)


def _line_of(heading: str) -> tuple[str, int] | None:
    found = _NUMBERED.fullmatch(heading_key(heading))
    return (found["name"], int(found["line"])) if found else None
