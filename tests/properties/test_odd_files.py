"""However odd a program writes a table, it reads as the cells that were written.

Must not test damaged files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_files import Cell, Odd, Table, dbf, gnumeric, ods, separated, xlsx

from app.sheets.grid import Value
from app.sheets.reading import Reader

TEXTS = st.sampled_from(
    [
        "Ningbo Hongda", "宁波宏达", "MG-100", "a & b <c>", 'pipe 3/4" brass', "it's", "one\ntwo", "x" * 40,
        "50%", "007", "  in blanks", "é ü ß", "🙂", "=1+1", "TRUE", "]]>", "1,5; 2",
    ]
)  # fmt: skip
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=2, allow_nan=False)
NAMES = st.sampled_from(["COMPANY", "PHONE", "CITY", "货号", "PRICE"])


def tables(cells: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[list[Cell]]]:
    width = st.integers(1, 5)
    return width.flatmap(lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), max_size=12))


def anything(table: Table) -> bool:
    return any(cell is not None for row in table for cell in row)


ANY = tables(st.one_of(st.none(), TEXTS, NUMBERS)).filter(anything)
CHANCE = st.randoms()
law = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def odd_reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def read(reader: Reader, path: Path, content: bytes) -> list[list[Value]]:
    """The cells of the one sheet, without what is empty to the right and below."""
    path.write_bytes(content)
    (sheet,) = reader.read(path).sheets
    return bare(sheet.rows)


def bare(rows: object) -> list[list[Value]]:
    found = [_without_end(list(row)) for row in rows]
    while found and not found[-1]:
        found.pop()
    return found


def _without_end(row: list[Value]) -> list[Value]:
    while row and row[-1] is None:
        row.pop()
    return row


@law
@given(table=ANY, chance=CHANCE)
@pytest.mark.parametrize(
    ("write", "name"), [(xlsx, "odd.xlsx"), (ods, "odd.ods"), (gnumeric, "odd.gnumeric")]
)
def test_workbook_of_an_odd_program_reads_as_written(
    odd_reader: Reader,
    tmp_path: Path,
    write: Callable[[Table, Odd], bytes],
    name: str,
    table: list[list[Cell]],
    chance: Random,
) -> None:
    content = write(table, lambda: chance.random() < 0.5)
    assert read(odd_reader, tmp_path / name, content) == bare(table)


@law
@given(
    names=st.lists(NAMES, min_size=1, max_size=4, unique=True),
    data=st.data(),
    chance=CHANCE,
)
def test_table_of_dbase_reads_as_written(
    odd_reader: Reader, tmp_path: Path, names: list[str], data: st.DataObject, chance: Random
) -> None:
    cells = st.sampled_from(["", "宁波宏达", "MG-100", "a,b", "O'Hara", "007", "x" * 200])
    row = st.lists(cells, min_size=len(names), max_size=len(names))
    records = data.draw(st.lists(row, max_size=8))
    content = dbf([names, *records], lambda: chance.random() < 0.5)
    told = [[cell or None for cell in record] for record in records]
    assert read(odd_reader, tmp_path / "odd.dbf", content) == bare([names, *told])


@law
@given(
    rows=st.lists(
        st.tuples(
            st.from_regex(r"[A-Z]{2}-[0-9]{3}", fullmatch=True),
            st.sampled_from(["Mug, blue", "不锈钢杯", 'tap 1/2"', "two\nlines", "a; b", ""]),
            NUMBERS.map(str),
        ),
        min_size=3,
        max_size=15,
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    chance=CHANCE,
)
def test_text_quoted_now_and_then_reads_as_written(
    odd_reader: Reader,
    tmp_path: Path,
    rows: list[tuple[str, ...]],
    delimiter: str,
    chance: Random,
) -> None:
    table = [("Item No.", "Description", "Price"), *rows]
    content = separated(table, delimiter, lambda: chance.random() < 0.5)
    found = read(odd_reader, tmp_path / "odd.csv", content)
    assert found == bare([[cell or None for cell in row] for row in table])
