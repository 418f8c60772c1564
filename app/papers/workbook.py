"""Owns the empty workbook every paper is written into, and the names of its sheets.

Must not write cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from app.kernel.text import clean
from app.papers.look import LATIN_FONT

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_SHEET_NAME = 31
#: A text stays a text, whoever wrote it: none becomes a formula, a link or a number.
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
    "default_format_properties": {"font_name": LATIN_FONT, "font_size": 10},
}


def new_workbook(file: Path, title: str, made_on: date | None = None) -> Workbook:
    """An empty workbook that tells of itself its title and the day of the paper, and no more."""
    book = Workbook(str(file), _OPTIONS)
    created = {"created": datetime.combine(made_on, time())} if made_on else {}
    book.set_properties({"title": clean(title), **created})
    book.set_calc_mode("auto")
    return book


def sheet_names(titles: Sequence[str]) -> list[str]:
    """A name Excel allows for the sheet of each title, no two alike."""
    names: list[str] = []
    for title in titles:
        plain = _NOT_IN_SHEET_NAMES.sub("-", clean(title)).strip("' ") or "1"
        name, again = plain[:_LONGEST_SHEET_NAME], 1
        while name.casefold() in {taken.casefold() for taken in names}:
            again += 1
            suffix = f" ({again})"
            name = plain[: _LONGEST_SHEET_NAME - len(suffix)] + suffix
        names.append(name)
    return names
