"""Owns the checks that damaged rows of text tables are put right, or named, and cost no other row.

Must not look at encodings.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets.grid import Workbook
from app.sheets.reading.text import read_text

HEADINGS = ("Quoted on", "Item No.", "Qty", "Price", "Description", "Link", "Remark")
NAMES = (
    "Solar lamp, 12 W",
    "Garden chair",
    "Ceramic mug, 350 ml",
    'Brass pipe 3/4"',
    "Cotton towel set",
    "Folding table",
    "Bamboo cutting board, large",
)
ROWS = [
    (
        (date(2026, 1, 5) + timedelta(days=3 * n)).isoformat(),
        f"{['LK', 'CH', 'MG', 'BP', 'TW', 'FT'][n % 6]}-{1040 + 7 * n}",
        str(50 + 13 * n % 900),
        f"${2 + n * 0.37:.2f}",
        NAMES[n % 7],
        f"https://example.com/item/{1040 + 7 * n}",
        "",
    )
    for n in range(30)
]
TABLE = [HEADINGS, *ROWS]


def line_of(row: tuple[str, ...]) -> str:
    """``row`` with its description in quotation marks, as programs write it."""
    cells = list(row)
    cells[4] = '"' + cells[4].replace('"', '""') + '"'
    return ",".join(cells)


def fields_of(row: tuple[str, ...]) -> list[str]:
    """The cells of ``row`` as written."""
    cells = list(row)
    cells[4] = '"' + cells[4].replace('"', '""') + '"'
    return cells


def read_lines(lines: list[str], **chosen: str) -> Workbook:
    return read_text(("\n".join(lines) + "\n").encode(), file_name="offer.csv", **chosen)


def cells_of(book: Workbook) -> list[tuple[str, ...]]:
    return [tuple(str(cell or "") for cell in row) for row in book.sheets[0].rows]


def damaged(row: int, line: str) -> Workbook:
    """The table with record ``row`` (the heading is 0) written as ``line``."""
    lines = [line_of(record) for record in TABLE]
    lines[row] = line
    return read_lines(lines)


def warnings_of(book: Workbook) -> list[tuple[str, object]]:
    return [(key.rpartition(".")[2], params["row"]) for key, params in book.warnings]


@pytest.mark.parametrize("column", range(7))
@pytest.mark.parametrize("row", [1, 7, 30])
def test_a_separator_too_many_is_taken_out(row: int, column: int) -> None:
    fields = fields_of(TABLE[row])
    book = damaged(row, ",".join([*fields[:column], "", *fields[column:]]))
    assert cells_of(book) == TABLE
    assert warnings_of(book) == [("row_repaired", row + 1)]


@pytest.mark.parametrize("column", range(1, 6))
@pytest.mark.parametrize("row", [1, 7, 30])
def test_a_missing_separator_is_put_in(row: int, column: int) -> None:
    fields = fields_of(TABLE[row])
    glued = [*fields[: column - 1], fields[column - 1] + fields[column], *fields[column + 1 :]]
    book = damaged(row, ",".join(glued))
    assert cells_of(book) == TABLE


@pytest.mark.parametrize("column", range(7))
@pytest.mark.parametrize("row", [1, 12, 30])
def test_a_stray_quotation_mark_stays_in_its_cell(row: int, column: int) -> None:
    fields = fields_of(TABLE[row])
    fields[column] = '"' + fields[column]
    book = damaged(row, ",".join(fields))
    expected = [list(record) for record in TABLE]
    expected[row][column] = '"' + expected[row][column]
    assert [list(record) for record in cells_of(book)] == expected


@pytest.mark.parametrize("separator", [" ", ";", "\t", "|"])
@pytest.mark.parametrize("row", [1, 9, 30])
def test_one_row_with_another_separator_is_understood(row: int, separator: str) -> None:
    book = damaged(row, separator.join(fields_of(TABLE[row])))
    assert cells_of(book) == TABLE
    assert warnings_of(book) == [("row_repaired", row + 1)]


def test_a_separator_in_words_without_quotation_marks_is_kept_in_them() -> None:
    row = list(TABLE[9])
    row[4] = "Ceramic mug, 350 ml, blue"
    book = damaged(9, ",".join(row))
    assert cells_of(book)[9] == tuple(row)


def test_an_inch_mark_is_no_damage() -> None:
    lines = [",".join(("Item", "Size", "Price"))]
    lines += [f'P-{n},{n}/4" brass,{n}.50' for n in range(1, 20)]
    book = read_lines(lines)
    assert cells_of(book)[3] == ("P-3", '3/4" brass', "3.50")
    assert not book.warnings


def test_what_can_not_be_told_is_named_and_shifts_nothing() -> None:
    people = ["anna,bee,york", "carl,dodo,rome", "emmanuel,fox,oslo", "gerda,hen,bonn"] * 5
    lines = ["Name,Nick,City", *people]
    lines[8] = "gustavehal,bonn"
    book = read_lines(lines)
    assert warnings_of(book) == [("row_damaged", 9)]
    found = cells_of(book)
    assert "".join(found[8]) == "gustavehalbonn"
    assert found[:8] + found[9:] == [tuple(line.split(",")) for line in lines[:8] + lines[9:]]


def test_titles_groups_and_notes_are_left_as_they_are() -> None:
    lines = ["Offer of May", "", *(line_of(record) for record in TABLE[:15]), "Outdoor"]
    lines += [*(line_of(record) for record in TABLE[15:]), "", "Prices are valid for 30 days"]
    book = read_lines(lines)
    assert not book.warnings
    assert len(book.sheets[0].rows) == len(lines)
    assert book.sheets[0].rows[0] == ("Offer of May", *[None] * 6)
    assert book.sheets[0].rows[17] == ("Outdoor", *[None] * 6)


def test_cells_left_out_at_the_end_are_no_damage() -> None:
    lines = [line_of(record) for record in TABLE]
    lines[5] = lines[5].removesuffix(",")
    lines[6] = lines[6].removesuffix(",")
    book = read_lines(lines)
    assert cells_of(book) == TABLE
    assert not book.warnings


@given(
    row=st.integers(1, 30),
    column=st.integers(0, 6),
    harm=st.sampled_from(["more", "less", "quote", "cut off"]),
    mark=st.sampled_from([",", ";", "\t"]),
)
def test_a_damaged_row_never_costs_another(row: int, column: int, harm: str, mark: str) -> None:
    fields = fields_of(TABLE[row])
    if harm == "more":
        fields.insert(column, "")
    elif harm == "less":
        fields[max(column - 1, 0) : column + 1] = ["".join(fields[max(column - 1, 0) : column + 1])]
    elif harm == "quote":
        fields[column] = '"' + fields[column]
    else:
        fields = fields[: column + 1]
    lines = [mark.join(fields_of(record)) for record in TABLE]
    lines[row] = mark.join(fields)
    found = cells_of(read_lines(lines))
    assert len(found) == len(TABLE)
    assert [r[:7] for n, r in enumerate(found) if n != row] == [
        r for n, r in enumerate(TABLE) if n != row
    ]


@pytest.mark.parametrize(
    ("place", "rows", "columns", "delimiter"),
    [
        ("pollock-comma-space.csv", 84, 9, ", "),
        ("pollock-cr-records.csv", 84, 9, ","),
        ("pollock-header-only.csv", 1, 9, ","),
        ("pollock-no-header.csv", 83, 9, ","),
        ("pollock-preamble.csv", 86, 9, ","),
        ("pollock-row-more-sep.csv", 84, 9, ","),
        ("pollock-semicolon.csv", 84, 9, ";"),
        ("mac-cr-lineend.csv", 2, 2, ","),
        ("sep-directive.csv", 3, 2, ";"),
        ("weird-head-padding.csv", 94, 11, ";"),
        ("crlf-in-cells.csv", 3, 2, ","),
        ("latin1-german-sparse.csv", 2238, 4, ","),
        ("big5-taiwan-attractions.csv", 383, 18, ","),
        ("utf16le-bom.csv", 328, 19, ","),
    ],
)
def test_hostile_files_have_the_size_they_should(
    shared_sheets: Path, place: str, rows: int, columns: int, delimiter: str
) -> None:
    book = read_text((shared_sheets / "hostile" / place).read_bytes(), file_name=place)
    grid = book.sheets[0].rows
    assert (len(grid), len(grid[0]), book.delimiter) == (rows, columns, delimiter)


def test_the_row_with_a_separator_too_many_is_named(shared_sheets: Path) -> None:
    data = (shared_sheets / "hostile" / "pollock-row-more-sep.csv").read_bytes()
    book = read_text(data, file_name="offer.csv")
    assert warnings_of(book) == [("row_repaired", 24)]
    assert len(set(map(len, book.sheets[0].rows))) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["Ningbo Lamp Co., Ltd.", "Hamburg Light GmbH", "Yiwu Gifts Trading Co., Ltd.", "Acme"],
        ["宁波海天塑料机械有限公司", "深圳市华强照明有限公司", "义乌市小商品城"],
        ["Kitchen ware", "Garden", "Toys, gifts and crafts", "Office supplies and paper"],
    ],
)
def test_a_list_of_names_stays_one_column(names: list[str]) -> None:
    book = read_lines(names * 8)
    assert cells_of(book) == [(name,) for name in names * 8]


def test_rows_cut_short_are_read_in_their_columns() -> None:
    lines = [line_of(record) for record in TABLE]
    lines = [",".join(line.split(",")[: 3 + n % 5]) for n, line in enumerate(lines)]
    book = read_lines(lines)
    assert book.delimiter == ","
    assert [row[:3] for row in cells_of(book)] == [row[:3] for row in TABLE]


def test_decimal_commas_in_quotation_marks_are_no_separators() -> None:
    book = read_lines(['"-123","1.234","12.345,67"', '"123,4567","123,456789012"', '"-1,5"'])
    assert cells_of(book)[1] == ("123,4567", "123,456789012", "")


@pytest.mark.slow
def test_a_big_file_damaged_all_over_is_given_up_in_time() -> None:
    lines = [line_of(record) for record in TABLE[1:]] * 700
    lines = [line.replace(",", "", 1) if n % 3 else line for n, line in enumerate(lines)]
    book = read_lines(lines)
    assert len(book.sheets[0].rows) == len(lines)
    assert book.warnings[-1][0] == "sheets.text.rows_damaged"


def test_columns_lined_up_with_blanks_are_told_apart() -> None:
    lines = [f"{a:<12}{b:>8}   {c:<24}" for a, b, c in (row[1:4] for row in TABLE)]
    assert cells_of(read_lines(lines)) == [row[1:4] for row in TABLE]


def rows_in(book: Workbook) -> list[tuple[str, ...]]:
    return [tuple(cell or "" for cell in row) for row in book.sheets[0].rows]


@pytest.mark.parametrize("column", [4, 6])
def test_words_with_a_bare_comma_in_every_row_stay_in_their_column(column: int) -> None:
    words = ("steel, 4 holes", "zinc, brown", "soft, 45 kg")
    table = [(*row[:column], words[n % 3], *row[column + 1 :]) for n, row in enumerate(ROWS)]
    plain = [(*row[:4], "a chair", *row[5:]) if column == 6 else row for row in table]
    book = read_lines([",".join(row) for row in (HEADINGS, *plain)])
    assert rows_in(book) == [HEADINGS, *plain]
    assert [key for key, _ in book.warnings] == ["sheets.text.words_joined"]


def test_cells_that_may_be_two_columns_are_not_joined_but_named() -> None:
    table = [(*row[:4], "steel,4 holes", *row[5:]) for row in ROWS]
    book = read_lines([",".join(row) for row in (HEADINGS, *table)])
    assert "words_joined" not in {name for name, _ in warnings_of(book)}
    assert book.warnings


def test_a_separator_lost_before_quoted_words_is_put_back() -> None:
    row = fields_of(ROWS[7])
    lines = [line_of(one) for one in TABLE]
    lines[8] = ",".join([*row[:3], row[3] + '"Solar lamp, 12 W"', *row[5:]])
    book = read_lines(lines)
    want = (*ROWS[7][:4], "Solar lamp, 12 W", *ROWS[7][5:])
    assert rows_in(book)[8] == want
    assert warnings_of(book) == [("row_repaired", 9)]


def test_a_record_that_breaks_off_is_named_and_kept() -> None:
    lines = [line_of(one) for one in TABLE]
    lines[8] = ",".join(fields_of(ROWS[7])[:4])
    book = read_lines(lines)
    assert rows_in(book)[8] == (*ROWS[7][:4], "", "", "")
    assert warnings_of(book) == [("row_damaged", 9)]


def test_a_separator_with_blanks_around_it_is_one_separator() -> None:
    text = "".join(" | ".join(row) + "\n" for row in TABLE)
    book = read_text(text.encode(), file_name="offer.csv")
    assert book.delimiter == " | "
    assert rows_in(book) == TABLE


@pytest.mark.parametrize("mark", ["'", "`", "´"])
@pytest.mark.parametrize("row", [1, 8, 30])
def test_one_row_in_other_quotation_marks_is_understood(row: int, mark: str) -> None:
    book = damaged(row, ",".join(mark + cell + mark for cell in TABLE[row]))
    assert cells_of(book) == TABLE
    assert warnings_of(book) == [("row_repaired", row + 1)]


@pytest.mark.parametrize("row", [0, 1, 9, 29])
@pytest.mark.parametrize("joint", ["", " ", ",", "\x0b", "\u2028"])
def test_two_rows_in_one_line_are_parted(row: int, joint: str) -> None:
    lines = [line_of(record) for record in TABLE]
    lines[row : row + 2] = [lines[row] + joint + lines[row + 1]]
    book = read_lines(lines)
    assert cells_of(book) == TABLE
    assert ("row_parted", row + 2) in warnings_of(book)


def test_where_two_rows_of_names_meet_is_said_to_be_uncertain() -> None:
    people = [("anna", "bee", "york"), ("carl", "dodo", "rome"), ("eve", "fox", "oslo")] * 5
    lines = ["Name,Nick,City", *(",".join(person) for person in people)]
    lines[7:9] = [lines[7] + lines[8]]
    lines[7] = "dennis,dodo,zagreb" + "gerda,hen,bonn"
    book = read_lines(lines)
    assert warnings_of(book) == [("row_parted_somewhere", 9)]
    found = cells_of(book)
    assert len(found) == len(people) + 1
    assert found[7][:2] == ("dennis", "dodo")
    assert found[8][1:] == ("hen", "bonn")
    assert found[7][2] + found[8][0] == "zagrebgerda"


def test_words_known_from_other_rows_tell_where_a_separator_is_missing() -> None:
    rows = [
        (f"K-{n}", ["USD", "EUR"][n % 2], ["Door hinge", "Gate latch", "Knob"][n % 3], f"{n}.50")
        for n in range(1, 30)
    ]
    lines = ["Item,Currency,Product,Price", *(",".join(row) for row in rows)]
    lines[12] = "K-12,USDDoor hinge,12.50"
    book = read_lines(lines)
    assert cells_of(book)[12] == ("K-12", "USD", "Door hinge", "12.50")
    assert warnings_of(book) == [("row_repaired", 13)]


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("K-12,Hinge,56*58*33cm现货", ("K-12", "Hinge", "56*58*33cm", "现货")),
        ("K-12Hinge,50*40*31cm,", ("K-12", "Hinge", "50*40*31cm", "")),
    ],
)
def test_known_words_at_the_end_of_another_cell_are_put_in_their_column(
    damaged: str, right: tuple[str, ...]
) -> None:
    rows = [
        f"K-{n},{['Hinge', 'Latch', 'Knob'][n % 3]},{40 + n}*40*31cm,{'现货' if n % 3 else ''}"
        for n in range(1, 30)
    ]
    rows[12] = damaged
    book = read_lines(["Item,Product,Carton,Remark", *rows])
    assert tuple(cell or "" for cell in cells_of(book)[13]) == right
    assert warnings_of(book) == [("row_repaired", 14)]


def test_a_short_row_is_left_alone_where_words_belong_to_its_last_cell() -> None:
    rows = [f"K-{n},Chair {n},{'wood' if n % 3 == 0 else ''}" for n in range(1, 30)]
    rows[12] = "K-13,Chair of wood"
    book = read_lines(["Item,Product,Material", *rows])
    assert cells_of(book)[13][:2] == ("K-13", "Chair of wood")
    assert warnings_of(book) == []


def test_a_line_of_prose_with_as_many_commas_as_columns_is_no_record() -> None:
    rows = [
        f'{n},Maker {n},"We make tea\nfrom leaves, herbs, and roots\nand ship it."'
        for n in range(9)
    ]
    lines = read_text("\n".join(["No,Company,Profile", *rows]).encode(), file_name="fair.csv")
    assert not lines.warnings
    assert [len(row) for row in lines.sheets[0].rows] == [3] * 10
    assert lines.sheets[0].rows[9][2] == "We make tea\nfrom leaves, herbs, and roots\nand ship it."


def test_a_stray_mark_in_a_table_with_prose_costs_its_own_row_alone() -> None:
    rows = [f'{n},Maker {n},"Cups,\nplates, bowls, and more"' for n in range(9)]
    rows[4] = '4,"Maker 4,Cups'
    book = read_text("\n".join(["No,Company,Profile", *rows]).encode(), file_name="fair.csv")
    assert [row[0] for row in book.sheets[0].rows] == ["No", *map(str, range(9))]
