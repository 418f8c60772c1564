"""Owns names given once for several rows: a blank one repeats the name above, where it can be meant.

Must not read cells into values; of a mail it looks at the domain alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.directory.company_words import free_mail_domains
from app.kernel.text import fold
from app.sheets.cells.reading import Problem, text_of, warning
from app.sheets.grid import Value
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty
from app.sheets.mapping.columns import ColumnMapping

_FILLED_DOWN_FROM = 0.3
#: From this share on of the rows a column says which of them are of one article.
_MOSTLY = 0.9
_LOOKED_AT = 2_000
_FEWEST_NAMES = 3
#: What a row is named by; a blank one is filled from above where rows continue a record.
_NAMES = {
    "suppliers": "company",
    "buyers": "company",
    "contacts": "company",
    "products": "product",
    "inquiries": "buyer",
}
_SAID_ONCE = frozenset(["inquiry_no", "inquired_on", "currency"])
_DOMAIN = re.compile(r"[\w.+-]@([\w-]+(?:\.[\w-]+)+)")
#: So many letters at the beginning of two domains make them one house's: ``haida.cn``, ``haida-tools.com``.
_SAME_BEGINNING = 4


@dataclass(slots=True)
class NamesAbove:
    """The names of one table, row after row: ``place`` holds them, ``mails`` the mails beside them."""

    place: int
    key: str
    mails: tuple[int, ...]
    #: The column that says the same in all the rows of one name, where there is one.
    group: int | None = None
    #: The column of countries: nobody is at home in two.
    country: int | None = None
    #: What is said once with the name, too: the number and the day of an inquiry of several lines.
    said_once: tuple[int, ...] = ()
    _said: tuple[Value, ...] = ()
    _name: Value = None
    _of: Value = None
    _home: Value = None
    _domains: set[str] = field(default_factory=set)
    _is_another: bool = False

    def filled(self, raw: tuple[Value, ...]) -> tuple[tuple[Value, ...], list[Problem]]:
        """``raw`` with the name above where it has none, and what is doubtful about that.

        Whose mail is at another house than those above belongs to somebody whose name is missing.
        """
        found = self._own_domains(raw)
        if not is_empty(raw[self.place]):
            self._name, self._domains, self._is_another = raw[self.place], found, False
            self._of = raw[self.group] if self.group is not None else None
            self._home = raw[self.country] if self.country is not None else None
            self._said = tuple(raw[place] for place in self.said_once)
            return raw, []
        if self.group is not None and raw[self.group] != self._of:
            return raw, []
        if found:
            self._is_another = bool(self._domains) and not any(map(self._is_akin, found))
        if self._is_another:
            domain = ", ".join(sorted(found)) or "?"
            name = text_of(self._name)
            doubt = warning("mapping.another_name", self.key, name=name, domain=domain)
            return raw, [doubt]
        if self._is_abroad(raw):
            return raw, []
        self._domains |= found
        blank = [p for p in self.said_once if is_empty(raw[p])]
        above = {self.place: self._name, **dict(zip(self.said_once, self._said, strict=True))}
        meant = {self.place, *blank}
        return tuple(
            above[place] if place in meant else value for place, value in enumerate(raw)
        ), []

    def _is_abroad(self, raw: tuple[Value, ...]) -> bool:
        """Whether a row is of another country than the name above."""
        here = raw[self.country] if self.country is not None else None
        return not is_empty(here) and not is_empty(self._home) and here != self._home

    def _own_domains(self, raw: tuple[Value, ...]) -> set[str]:
        texts = (value for at in self.mails if isinstance(value := raw[at], str) and "@" in value)
        domains = {domain.lower() for text in texts for domain in _DOMAIN.findall(text)}
        return domains - free_mail_domains()

    def _is_akin(self, domain: str) -> bool:
        """Whether a domain is one of the house above, or says its name."""
        stem = _stem(domain)
        called = re.sub(r"[\W_]+", "", fold(text_of(self._name)))
        return stem in called or any(_are_akin(stem, _stem(known)) for known in self._domains)


def names_above(
    kind: str, columns: Sequence[ColumnMapping], region: TableRegion
) -> NamesAbove | None:
    """The names of a table whose blanks repeat the one above; ``None`` where each row has its own."""
    wanted = _NAMES.get(kind)
    place = next((c.index for c in columns if wanted and c.fields[:1] == (wanted,)), None)
    rows = region.rows
    if wanted is None or place is None or len(rows) < 2 or is_empty(rows[0][place]):
        return None
    free = [c.index for c in columns if not c.fields]
    group = _group(rows, place, free) if kind == "products" else None
    if group is not None:
        return NamesAbove(place, wanted, (), group)
    if any(c.fields[:1] == ("item_no",) for c in columns):
        return None
    if sum(is_empty(row[place]) for row in rows) < _FILLED_DOWN_FROM * len(rows):
        return None
    mails = tuple(c.index for c in columns if "email" in c.fields and wanted != "product")
    country = next((c.index for c in columns if c.fields[:1] == ("country",)), None)
    once = tuple(c.index for c in columns if kind == "inquiries" and c.field in _SAID_ONCE)
    return NamesAbove(place, wanted, mails, country=country, said_once=once)


def _group(rows: Sequence[tuple[Value, ...]], name: int, free: Sequence[int]) -> int | None:
    """The column that repeats in each row without a name and begins anew with each name: a handle."""
    sample = rows[:_LOOKED_AT]
    nameless = [is_empty(row[name]) for row in sample]
    if not any(nameless) or len(nameless) - sum(nameless) < _FEWEST_NAMES:
        return None
    for place in free:
        cells = [row[place] for row in sample]
        if not all(isinstance(value, str) and value for value in cells):
            continue
        agrees = [
            (cell == above) == is_nameless
            for above, cell, is_nameless in zip(cells, cells[1:], nameless[1:], strict=False)
        ]
        if sum(agrees) >= _MOSTLY * len(agrees):
            return place
    return None


def _stem(domain: str) -> str:
    """The word of a domain: ``casaverde`` of ``mail.casaverde.com.cn``."""
    return re.sub(r"[\W_]+", "", max(domain.split(".")[:-1], key=len))


def _are_akin(one: str, other: str) -> bool:
    return one in other or other in one or one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING]
