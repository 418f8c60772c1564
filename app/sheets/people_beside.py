"""Owns the people of a row who stand in columns beside each other: each keeps the ways to reach them.

Must not choose columns; the mapping does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.directory.phones import Phone
from app.sheets.cells.contacts import CellPerson, Points
from app.sheets.cells.reading import Problem
from app.sheets.grid import Value
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.mapping.people_columns import people_of_columns
from app.sheets.mapping.readers import CellReader

_Readers = list[tuple[ColumnMapping, CellReader]]
_Told = tuple[dict[str, object], list[Problem]]
#: Reads the values of a row, and what is doubtful about them.
RowReader = Callable[[tuple[Value, ...], _Readers], _Told]
_PHONES = ("mobile", "phone")


@dataclass(frozen=True, slots=True)
class PeopleBeside:
    """The further people of a table: the ``places`` of the columns of each."""

    places: tuple[frozenset[int], ...]
    read_row: RowReader
    _parted: dict[int, tuple[_Readers, ...]] = field(default_factory=dict)

    def read(self, raw: tuple[Value, ...], readers: _Readers) -> _Told:
        """The values of a row, with its further people behind the first, and what is doubtful."""
        parts = self._parted.get(id(readers)) or self._part(readers)
        values, problems = self.read_row(raw, parts[0])
        people = []
        for part in parts[1:]:
            told, doubts = self.read_row(raw, part)
            problems += doubts
            if told.get("contact"):
                people.append(_person(told))
            else:
                values |= {
                    key: _both(values, told, key) for key in ("email", *_PHONES) if key in told
                }
        name = str(values.get("contact") or "")
        if people:
            first = _tuple(values.get("people")) or (CellPerson(name, "", Points()),) * bool(name)
            people[:0] = [person for person in first if isinstance(person, CellPerson)]
            values["people"] = tuple(people)
            values["contact"] = "; ".join(person.name for person in people)
        return values, problems

    def _part(self, readers: _Readers) -> tuple[_Readers, ...]:
        further = frozenset[int]().union(*self.places)
        own = [[r for r in readers if r[0].index in places] for places in self.places]
        parts = ([r for r in readers if r[0].index not in further], *own)
        self._parted[id(readers)] = parts
        return parts


def reader_of_people(columns: Sequence[ColumnMapping], read_row: RowReader) -> RowReader:
    """What reads rows with the further people in ``columns``; ``read_row`` where they tell of one alone."""
    people = people_of_columns(columns)
    return PeopleBeside(tuple(map(frozenset, people[1:])), read_row).read if people else read_row


def _person(values: dict[str, object]) -> CellPerson:
    phones = tuple(
        one for key in _PHONES for one in _tuple(values.get(key)) if isinstance(one, Phone)
    )
    title, wechat = (str(values.get(key) or "") for key in ("job_title", "wechat"))
    mails = tuple(map(str, _tuple(values.get("email"))))
    return CellPerson(str(values["contact"]), title, Points(mails, phones), wechat)


def _both(values: dict[str, object], told: dict[str, object], key: str) -> tuple[object, ...]:
    return (*_tuple(values.get(key)), *_tuple(told[key]))


def _tuple(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()
