"""Owns cards of a few lines in a cell, or below each other in one column: a name, and the ways to reach whom it names.

Must not parse values; which line is which is told by labels, legal forms and shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.kernel.messages import Message
from app.kernel.wording.job_titles import is_job_title
from app.sheets.grid import Value
from app.sheets.layout.forms import bare_label
from app.sheets.layout.regions import ExcludedRow, Place, TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading

_LABELLED = re.compile(r"\s*([^:：\n\d]{1,24}?)\s*[:：]\s*(.*)")
_REACHED = re.compile(r"@|www\.|https?://|\d(?:[\s()./-]?\d){6}", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{6,30}")
_LEGAL = re.compile(
    r"公司|厂$|厂[)）]|商行|经营部|株式会社|주식회사|(?<![^\W_])(?:ltd|limited|inc|llc|gmbh|corp|s\.?a|s\.?r\.?l|s\.?l|b\.?v|co|factory|ооо)\b\.?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:mr|mrs|ms|miss|dr)\b\.?.*|.{1,4}(?:先生|女士|小姐|经理|总|老板|工)", re.IGNORECASE
)
#: ``Ms. Lily Chen, Export Manager``, ``Jan Behrens (Vertrieb)``
_TITLED = re.compile(r"(?P<name>[^,，(（|]{2,40}?)\s*[,，(（|]\s*(?P<title>[^)）]{2,40})[)）]?")
_COMPANY, _CONTACT, _TITLE, _REST = "Company", "Contact", "Job title", "Remarks"
_NAMES = (_COMPANY, _CONTACT, _TITLE)
_WAYS = (("@", "E-mail"), ("www.", "Website"), ("http", "Website"))
_FEWEST_CARDS = 2
_FEWEST_LINES = 2
_LONGEST_NAME = 40
#: The share of the filled cells that are cards; a long sheet is told by its beginning.
_MOST_OF_THEM = 0.6
_LOOKED_AT = 60


def find_cell_cards(view: View, start: int) -> TableRegion | None:
    """The records of cards that fill a cell each, or ``None`` where most cells are none."""
    looked_at = list(islice(view.filled_rows(start), _LOOKED_AT))
    if _are_cards(list(_cells(view, looked_at))):
        return _region(view, list(_cells(view, view.filled_rows(start))))
    return None


def find_block_cards(view: View, start: int) -> TableRegion | None:
    """The records of cards whose lines stand below each other, or ``None`` where most are none."""
    looked_at = list(islice(view.filled_rows(start), _LOOKED_AT))
    if view.right - view.left == 1 and _are_cards(list(_blocks(view, looked_at))):
        return _region(view, list(_blocks(view, view.filled_rows(start))))
    return None


def _region(view: View, cells: Sequence[tuple[Place, str]]) -> TableRegion | None:
    if not _are_cards(cells):
        return None
    cards = [(place, _facts(text)) for place, text in cells if _is_card(text)]
    said = dict.fromkeys(label for _, facts in cards for label in facts)
    labels = (*(name for name in _NAMES if name in said), *(s for s in said if s not in _NAMES))
    first = cards[0][0][0]
    others = [(place, text) for place, text in cells if not _is_card(text)]
    return TableRegion(
        shape="form",
        headings=labels,
        heading_parts=tuple((label,) for label in labels),
        columns=(-1,) * len(labels),
        header_rows=(),
        row_numbers=tuple(row for (row, _), _ in cards),
        rows=tuple(tuple(facts.get(label) for label in labels) for _, facts in cards),
        excluded=tuple(_left_out(others, first)),
        letterhead=tuple(dict.fromkeys(row for (row, _), _ in others if row < first)),
        first_row=first,
        last_row=cards[-1][0][0],
        first_column=view.left,
        last_column=view.right - 1,
        shared=tuple((place,) * len(labels) for place, _ in cards),
    )


def _blocks(view: View, rows: Iterable[int]) -> Iterator[tuple[Place, str]]:
    """The lines of one column that follow each other without a blank row between, joined."""
    first = last = -1
    lines: list[str] = []
    for number in rows:
        if lines and number > last + 1:
            yield (first, view.left), "\n".join(lines)
            lines = []
        first = first if lines else number
        lines.append(text_of(view.value(number, view.left)))
        last = number
    if lines:
        yield (first, view.left), "\n".join(lines)


def _cells(view: View, rows: Iterable[int]) -> Iterator[tuple[Place, str]]:
    for number in rows:
        for column in view.filled(number):
            yield (number, column), text_of(view.value(number, column))


def _is_card(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= _FEWEST_LINES and any(map(_REACHED.search, lines))


def _are_cards(cells: Sequence[tuple[Place, str]]) -> bool:
    cards = sum(_is_card(text) for _, text in cells)
    return cards >= _FEWEST_CARDS and cards >= _MOST_OF_THEM * len(cells)


def _left_out(others: Sequence[tuple[Place, str]], first: int) -> Iterator[ExcludedRow]:
    for (row, _), text in others:
        if row > first:
            yield ExcludedRow(row, text[:200], Message("layout.row_is_below_table"))


def _facts(text: str) -> dict[str, Value]:
    """What the lines of a card say, by their labels or by what they look like."""
    facts: dict[str, Value] = {}
    names: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        told = _LABELLED.fullmatch(line)
        if told is not None and is_known_heading(told[1]):
            _add(facts, bare_label(told[1]), told[2].strip())
        elif (way := _way(line)) is not None:
            _add(facts, way, line)
        else:
            names.append(line)
    _name(facts, names)
    return facts


def _add(facts: dict[str, Value], label: str, said: str) -> None:
    if said:
        facts[label] = f"{facts[label]}; {said}" if label in facts else said


def _way(line: str) -> str | None:
    """What a line without a label reaches somebody by."""
    folded = line.lower()
    found = next((label for sign, label in _WAYS if sign in folded), None)
    return found or ("Phone" if _PHONE.fullmatch(line) else None)


def _name(facts: dict[str, Value], lines: list[str]) -> None:
    """Whom a card names: the company by its legal form or in the first line, then the person."""
    company = next((line for line in lines if _LEGAL.search(line)), None)
    if company is None and lines and not _PERSON.fullmatch(lines[0]):
        company = lines[0]
    if company is not None and _COMPANY not in facts:
        _add(facts, _COMPANY, company)
    for line in (line for line in lines if line != company):
        titled = _TITLED.fullmatch(line)
        if titled is not None and is_job_title(titled["title"]) and _CONTACT not in facts:
            _add(facts, _CONTACT, titled["name"])
            _add(facts, _TITLE, titled["title"])
        elif is_job_title(line) and _TITLE not in facts and not _PERSON.fullmatch(line):
            _add(facts, _TITLE, line)
        elif _CONTACT not in facts and len(line) <= _LONGEST_NAME and not _has_digit(line):
            _add(facts, _CONTACT, line)
        else:
            _add(facts, "Address" if _has_digit(line) else _REST, line)


def _has_digit(line: str) -> bool:
    return any(c.isdigit() for c in line)
