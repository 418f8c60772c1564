"""Owns several people of a company in columns beside each other, each with ways to reach them.

Must not read cells for records; ``people_beside`` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.kernel.messages import Message
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.mapping.columns import ColumnMapping, column_of, kept_column
from app.sheets.mapping.evidence import Evidence
from app.sheets.targets import Kind

#: What belongs to a person in the columns behind the name.
_OF_A_PERSON = frozenset([("job_title",), ("mobile",), ("phone",), ("email",), ("wechat",)])
#: What a second column of has no field for one person alone.
_SINGLE = frozenset(["job_title", "wechat"])
_SURE = 0.85
_SOME_NAMES = 0.3
_NUMBER = re.compile(r"\d+")


def seat_further_people(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Gives the columns of a second and third person the fields that those of the first have."""
    if rules.name not in ("suppliers", "buyers", "contacts"):
        return
    if not any(mapping.fields == ("contact",) for mapping in chosen.values()):
        return
    # Who sells to the buyers of a list is one of us, and none of their people.
    wanted = _SINGLE | {"contact"} if rules.name == "suppliers" else _SINGLE
    seats = [
        chosen[place] if place in chosen else _heard(region, place, found[place], wanted)
        for place in range(len(region.headings))
    ]
    for person in people_of_columns(seats)[1:]:
        for place in person:
            chosen.setdefault(place, seats[place])


def _heard(
    region: TableRegion, place: int, seen: Evidence, wanted: frozenset[str]
) -> ColumnMapping:
    """A column without a field as what its heading says, where that is of a person."""
    said = next(iter(readings(region.heading_parts[place])), None)
    field = said.field if said is not None and said.strength >= _SURE else ""
    field = "contact" if said is None and _heads_the_next(region, place) else field
    are_names = max(seen.full_names, seen.person_names) >= _SOME_NAMES
    if field not in wanted or not seen.filled or (field == "contact" and not are_names):
        return kept_column(region, place)
    why = Message("mapping.why_heading", heading=region.headings[place])
    return column_of(region, place, (field,), 0.75, why)


def _heads_the_next(region: TableRegion, place: int) -> bool:
    """``QC`` before ``QC Mobile``: whose the next column is."""
    heading, following = (*region.headings, "")[place : place + 2]
    return len(heading) > 1 and len(following) > len(heading) and following.startswith(heading)


def people_of_columns(columns: Sequence[ColumnMapping]) -> tuple[tuple[int, ...], ...]:
    """The places of each person's columns, the name's and the first one's first.

    Empty where no second person has ways of their own: ``Contact``, ``Mobile``, ``Contact``, ``Mobile``.
    """
    named = [column.index for column in columns if column.fields == ("contact",)]
    if len(named) < 2:
        return ()
    by_place = {column.index: column for column in columns}
    people = [_behind(by_place, place) for place in named]
    if len(people[0]) < 2:
        people = [_numbered_alike(by_place, place) for place in named]
    own = {by_place[place].fields for place in people[0]}
    parted = [tuple(p for p in person if by_place[p].fields in own) for person in people]
    further = tuple(person for person in parted[1:] if len(person) > 1)
    return (parted[0], *further) if further else ()


def _behind(by_place: Mapping[int, ColumnMapping], name: int) -> tuple[int, ...]:
    """The name's place and those behind it up to the next person, one of each field."""
    own = {by_place[name].fields: name}
    for place in range(name + 1, max(by_place) + 1):
        fields = by_place[place].fields if place in by_place else ()
        if fields == ("contact",):
            break
        if fields in _OF_A_PERSON:
            own.setdefault(fields, place)
    return tuple(own.values())


def _numbered_alike(by_place: Mapping[int, ColumnMapping], name: int) -> tuple[int, ...]:
    """The name's place and those of the columns with the same number: ``Contact 2``, ``Email 2``."""
    number = _NUMBER.findall(by_place[name].heading)
    alike = (
        place
        for place, column in by_place.items()
        if column.fields in _OF_A_PERSON and number and _NUMBER.findall(column.heading) == number
    )
    return (name, *alike)
