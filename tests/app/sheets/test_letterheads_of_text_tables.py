"""Owns the tests of text tables below a letterhead that is full of another separator.

Must not use files from outside.
"""

from __future__ import annotations

import pytest

from app.sheets.reading.dialect import guess_dialect

_COMMAS = """Gulf Hardware LLC, P.O. Box 991, Dubai, UAE
Tel: +971 4 123 4567, Fax: +971 4 123 4568, E-mail: a@gulfhw.example, Web: www.gulfhw.example
RFQ No GH-2026-17, Date 12/03/2026, Reply by 30/03/2026

"""
_SEMICOLONS = _COMMAS.replace(",", ";")


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        (f"{_COMMAS}No;Item;Qty\n1;Door hinge, brass;5000\n2;Door lock;1200\n", ";", 3),
        (f"{_SEMICOLONS}No,Item,Qty\n1,Bolt; hex; M8,100\n2,Nut; hex; M8,200\n", ",", 3),
        (f"{_COMMAS}No\tItem\tQty\n1\tDoor hinge, brass\t5000\n2\tDoor lock\t1200\n", "\t", 3),
        (f"{_COMMAS}No,Item,Qty\n1,Door hinge,5000\n2,Door lock,1200\n", ",", 3),
    ],
)
def test_the_separator_is_the_tables_and_not_the_letterheads(
    text: str, delimiter: str, width: int
) -> None:
    found = guess_dialect(text)
    assert (found.delimiter, found.width) == (delimiter, width)
