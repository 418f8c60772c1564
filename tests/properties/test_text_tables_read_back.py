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


def written(
    rows: list[tuple[str, ...]],
    *,
    delimiter: str,
    line_ends: list[str],
    quotes_all: bool,
    quote: str = '"',
    escape: str = '"',
) -> str:
    """``rows`` as text; the line ends are used in turn."""
    marks = (delimiter, delimiter[0], quote[0], "\n")
    lines = [
        delimiter.join(
            quote[0] + cell.replace(quote[-1], escape + quote[-1]) + quote[-1]
            if quotes_all or any(mark in cell for mark in marks)
            else cell
            for cell in row
        )
        for row in rows
    ]
    return "".join(line + line_ends[n % len(line_ends)] for n, line in enumerate(lines))


@given(
    rows=st.lists(ROW, min_size=3, max_size=25),
    delimiter=st.sampled_from([",", ";", "\t", "|", ", ", "||", "~", "#", "!", "&"]),
    line_ends=st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=3),
    quotes_all=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "utf-32"]),
)
def test_a_table_reads_back_as_it_was_written(
    rows: list[tuple[str, ...]],
    delimiter: str,
    line_ends: list[str],
    quotes_all: bool,
    encoding: str,
) -> None:
    table = [HEADINGS, *rows]
    text = written(table, delimiter=delimiter, line_ends=line_ends, quotes_all=quotes_all)
    book = read_text(text.encode(encoding), file_name="offer.csv")
    assert book.delimiter == delimiter
    assert [tuple(cell or "" for cell in row) for row in book.sheets[0].rows] == table


@given(
    rows=st.lists(ROW, min_size=6, max_size=25),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quote=st.sampled_from(['"', "'", "´", "“”", "«»"]),
    escape=st.sampled_from(["quote", "\\", "^", "~"]),
)
def test_any_quotation_mark_and_escape_is_understood(
    rows: list[tuple[str, ...]], delimiter: str, quote: str, escape: str
) -> None:
    table = [HEADINGS, *rows]
    text = written(
        table,
        delimiter=delimiter,
        line_ends=["\n"],
        quotes_all=True,
        quote=quote,
        escape=quote[-1] if escape == "quote" else escape,
    )
    book = read_text(text.encode(), file_name="offer.csv")
    assert [tuple(cell or "" for cell in row) for row in book.sheets[0].rows] == table


@given(
    rows=st.lists(ROW, min_size=3, max_size=25),
    line_end=st.sampled_from(["\x0b", "\x0c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]),
)
def test_lines_that_end_like_no_other_file_s_are_lines(
    rows: list[tuple[str, ...]], line_end: str
) -> None:
    table = [HEADINGS, *(tuple(cell.replace("\n", " ") for cell in row) for row in rows)]
    text = written(table, delimiter=",", line_ends=[line_end], quotes_all=False)
    book = read_text(text.encode(), file_name="offer.csv")
    assert [tuple(cell or "" for cell in row) for row in book.sheets[0].rows] == table
