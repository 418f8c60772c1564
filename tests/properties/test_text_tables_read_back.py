"""Owns the law that a table written as text, however it is written, is read back exactly.

Must not test damaged files.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.sheets.reading.text import read_text

WORDS = st.sampled_from(
    [
        "LED 路灯",
        "Stainless bottle, 500 ml",
        'Pipe 3/4" brass',
        "不锈钢螺丝",
        "two\nlines",
        "Garden chair; foldable",
        "a | b",
        "Kids' shirt",
        "",
        "n/a",
    ]
)
CODES = st.builds("{}-{:04d}".format, st.sampled_from(["MG", "RI", "HK"]), st.integers(0, 9999))
PRICES = st.builds("{:.2f}".format, st.floats(0.01, 9999))
DATES = st.dates().map(lambda day: day.isoformat())
ROW = st.tuples(CODES, WORDS, PRICES, st.integers(1, 5000).map(str), DATES)
HEADINGS = ("Item No.", "Description", "Price", "MOQ", "Valid until")


def written(rows: list[tuple[str, ...]], *, delimiter: str, line_end: str, quotes_all: bool) -> str:
    """``rows`` as text with doubled quotation marks."""
    return "".join(
        delimiter.join(_cell(cell, delimiter, quotes_all) for cell in row) + line_end
        for row in rows
    )


def _cell(cell: str, delimiter: str, quotes_all: bool) -> str:
    risky = any(mark in cell for mark in (delimiter, '"', "\n")) or cell != cell.strip()
    return '"' + cell.replace('"', '""') + '"' if quotes_all or risky else cell


@given(
    rows=st.lists(ROW, min_size=3, max_size=25),
    delimiter=st.sampled_from([",", ";", "\t", "|", ", ", "||", "~"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quotes_all=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "utf-32"]),
)
def test_a_table_reads_back_as_it_was_written(
    rows: list[tuple[str, ...]],
    delimiter: str,
    line_end: str,
    quotes_all: bool,
    encoding: str,
) -> None:
    table = [HEADINGS, *rows]
    text = written(table, delimiter=delimiter, line_end=line_end, quotes_all=quotes_all)
    book = read_text(text.encode(encoding), file_name="offer.csv")
    assert book.delimiter == delimiter
    assert [tuple(cell or "" for cell in row) for row in book.sheets[0].rows] == table
