"""Owns the further parts of names: ``Name 2`` beside ``Name 1`` of other programs' exports, a middle name.

Must not choose the column of the name's first part.
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

_MIDDLE = re.compile(
    r"(?:middle|second|additional) (?:names?|initials?)|отчество(?: .*)?|zweiter vorname|(?:segundo|otro) nombre|(?:deuxieme|second) prenom"
)


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
        is_free = place not in chosen or chosen[place].fields == ("contact",)
        if is_further and is_free and found[place].filled:
            why = Message("mapping.why_heading", heading=region.headings[place])
            chosen[place] = column_of(region, place, ("company",), 0.8, why)


def join_middle_names(
    region: TableRegion, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Gives a middle name, or a Russian's father's name, to the first name: both are read as one."""
    first = next((p for p, mapping in chosen.items() if mapping.fields == ("first_name",)), None)
    if first is None:
        return
    for place in range(first + 1, len(region.headings)):
        if _MIDDLE.fullmatch(heading_key(region.headings[place])):
            why = Message("mapping.why_heading", heading=region.headings[place])
            fields = ("first_name",) if found[place].filled else ()
            chosen[place] = column_of(region, place, fields, 0.8, why)


def _line_of(heading: str) -> tuple[str, int] | None:
    found = _NUMBERED.fullmatch(heading_key(heading))
    return (found["name"], int(found["line"])) if found else None
