"""Owns the files of an exported list: workbook, CSV and vCards.

Must not read the book.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.directory.fields import BUSINESS_TYPES
from app.kernel.language import catalogue
from app.quotations.incoterms import OFFERED
from app.sheets.entries import FORMULA_STARTS, picture_name, unlabelled
from app.sheets.export.columns import (
    CUSTOM_PREFIX,
    ExportColumn,
    ExportRow,
    ExportTable,
    pictures_of,
)
from app.sheets.export.words import Cell, as_csv, cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_PICTURE_PX = 84
_ROW_PX = 90
_HELP_ROWS = 2
_FILL_ROWS = 1_000
_LONGEST_CELL = 32_767
_LINE_OCTETS = 75
_CHARS, _WIDE_CHARS = 14, 28
_FEWEST_CHARS, _MOST_CHARS = 6, 44
#: How many rows of a list say how wide its columns are.
_LOOKED_AT = 500
_FIRST_WIDE = "\u2e80"
#: A figure keeps its distance from the unit beside it.
_AT_THE_END = {"align": "right", "indent": 1}
_HEAD = {"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"}
#: What an A4 sheet on its side has room for in letters that can still be read.
_A4, _CHARS_ACROSS = 9, 210
_WIDE = frozenset(["company", "company_en", "address", "main_products", "product", "remark"])
_CARD_POINTS = {
    "wechat": "X-WECHAT", "qq": "X-QQ", "whatsapp": "X-WHATSAPP", "skype": "X-SKYPE",
    "linkedin": "X-LINKEDIN", "mobile": "TEL;TYPE=CELL", "phone": "TEL;TYPE=WORK",
    "company_phone": "TEL;TYPE=WORK", "fax": "TEL;TYPE=FAX", "company_fax": "TEL;TYPE=FAX",
    "email": "EMAIL",
}  # fmt: skip
_CURRENCIES = ("USD", "CNY", "EUR", "GBP", "JPY", "HKD")
_UNITS = ("pcs", "set", "pair", "dozen", "box", "ctn", "kg", "m")


def write_workbook(table: ExportTable, path: Path, told: Callable[[int], None]) -> None:
    """A workbook with one sheet: texts as texts, pictures on their rows."""
    import xlsxwriter  # an import of a sheet needs nothing that writes one

    with xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        add_list(book, table, told)


def add_list(
    book: Workbook, table: ExportTable, told: Callable[[int], None] = lambda _: None
) -> None:
    """A sheet with the list, called by its title, at the end of ``book``."""
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    is_taken = table.title.casefold() in taken
    sheet = book.add_worksheet(f"{table.title} (2)" if is_taken else table.title)
    look = {
        "head": book.add_format(_HEAD),
        "figures": book.add_format({**_HEAD, **_AT_THE_END}),
        "figure": book.add_format({"valign": "vcenter", **_AT_THE_END}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "vcenter", "align": "left"}),
        "plain": book.add_format({"valign": "vcenter"}),
        "quoted": book.add_format({"quote_prefix": True, "valign": "vcenter"}),
    }
    widths = []
    for place, column in enumerate(table.columns):
        seen = [cell(row, column.key, table.language) for row in table.rows[:_LOOKED_AT]]
        is_number = any(isinstance(value, Decimal | int) for value in seen)
        sheet.write_string(0, place, column.heading, look["figures" if is_number else "head"])
        widths.append(_width_of(column, seen))
        sheet.set_column(place, place, widths[-1])
    sheet.freeze_panes(1, 0)
    _lay_out_pages(sheet, widths, heading_row=0)
    for number, row in enumerate(table.rows, 1):
        for place, column in enumerate(table.columns):
            if column.key == "picture":
                _put_pictures(sheet, (number, place), row)
            else:
                _put(sheet, (number, place), cell(row, column.key, table.language), look)
        told(1)


def _put(sheet: Any, at: tuple[int, int], value: Cell, look: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, Decimal | int):
        sheet.write_number(*at, value, look["figure"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, look["day"])
    else:
        kind = "quoted" if value.startswith(FORMULA_STARTS) else "plain"
        sheet.write_string(*at, value[:_LONGEST_CELL], look[kind])


def _put_pictures(sheet: Any, at: tuple[int, int], row: dict[str, object]) -> None:
    pictures = pictures_of(row)
    if not pictures:
        return
    from PIL import Image

    sheet.set_row_pixels(at[0], _ROW_PX)
    for number, picture in enumerate(pictures):
        with Image.open(io.BytesIO(picture.data)) as image:
            scale = _PICTURE_PX / max(image.width, image.height)
            dpi = image.info.get("dpi", (96, 96))
        sheet.insert_image(
            *at,
            "picture",
            {
                "image_data": io.BytesIO(picture.data),
                "description": picture_name(picture.data),
                "x_offset": 3 + number * 8,
                "y_offset": 3,
                "x_scale": scale * float(dpi[0] or 96) / 96,
                "y_scale": scale * float(dpi[1] or 96) / 96,
                "object_position": 1,
            },
        )


def write_template(table: ExportTable, path: Path) -> None:
    """An empty sheet: a line of help, the headings, and drop-downs where values are known."""
    words = catalogue(table.language)
    choices = {
        "currency": list(_CURRENCIES),
        "incoterm": list(OFFERED),
        "unit": list(_UNITS),
        "vat_included": [words.say("kernel.yes"), words.say("kernel.no")],
        "business_type": [words.say(f"directory.business_type.{kind}") for kind in BUSINESS_TYPES],
    }
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(table.title)
        sheet.write_string(0, 0, words.say("export.template_help"))
        head = book.add_format(_HEAD)
        for place, column in enumerate(table.columns):
            sheet.write_string(1, place, column.heading, head)
            sheet.set_column(place, place, _width(column))
            if column.key in choices:
                rule = {"validate": "list", "source": choices[column.key], "error_type": "warning"}
                sheet.data_validation(_HELP_ROWS, place, _FILL_ROWS, place, rule)
        sheet.freeze_panes(_HELP_ROWS, 0)
        _lay_out_pages(sheet, list(map(_width, table.columns)), heading_row=1)


def _width_of(column: ExportColumn, seen: Sequence[Cell]) -> int:
    """As wide as what stands in the column, within bounds; a heading may take two lines."""
    if column.key == "picture":
        return _CHARS
    lines = [line for value in seen if value is not None for line in str(value).splitlines()]
    widest = max(map(_letters, lines), default=0)
    return min(max(widest, _letters(column.heading) // 2 + 2, _FEWEST_CHARS) + 2, _MOST_CHARS)


def _letters(text: str) -> int:
    """How many letters a text is as wide as; a Chinese character is as wide as two."""
    return len(text) + sum(letter >= _FIRST_WIDE for letter in text)


def _width(column: ExportColumn) -> int:
    return _WIDE_CHARS if column.key in _WIDE else _CHARS


def _lay_out_pages(sheet: Worksheet, widths: Sequence[int], *, heading_row: int) -> None:
    """Prints across as few sheets as stay legible, with the headings on each of them."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.repeat_rows(heading_row)
    across = sum(widths) / _CHARS_ACROSS
    sheet.fit_to_pages(math.ceil(across), 0)


def write_csv(table: ExportTable, path: Path, told: Callable[[int], None]) -> None:
    """UTF-8 with a mark, so that every spreadsheet program reads it; pictures are left out."""
    columns = [column for column in table.columns if column.key != "picture"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([as_csv(column.heading) for column in columns])
        for row in table.rows:
            writer.writerow([as_csv(cell(row, column.key, table.language)) for column in columns])
            told(1)


def write_cards(table: ExportTable, path: Path, told: Callable[[int], None]) -> None:
    """One vCard (3.0, RFC 2426) a person."""
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in table.rows:
            for line in _card(row):
                file.write("".join(_folded(line)))
            told(1)


def _card(row: ExportRow) -> Iterator[str]:
    values = {
        key: str(value) for key, value in row.items() if value and not isinstance(value, tuple)
    }
    yield from ("BEGIN:VCARD", "VERSION:3.0")
    name = _escaped(values.get("contact", ""))
    yield from (f"FN:{name}", f"N:{name};;;;")
    # Somebody who works for nobody stands under a company of their own name.
    is_own = values.get("company") == values.get("contact")
    parts = ("" if is_own else values.get("company", ""), values.get("department", ""))
    if any(parts):
        yield "ORG:" + ";".join(map(_escaped, parts)).rstrip(";")
    if values.get("job_title"):
        yield f"TITLE:{_escaped(values['job_title'])}"
    for key, label in _CARD_POINTS.items():
        for entry in _entries(row, key):
            yield f"{label}:{_escaped(unlabelled(entry)[0])}"
    for entry in _entries(row, "im"):
        value, service = unlabelled(entry)
        label = "X-SOCIALPROFILE" if "://" in value else "IMPP"
        yield (
            f"{label};X-SERVICE-TYPE={_parameter(service)}:{_escaped(value)}"
            if service
            else f"{label}:{_escaped(value)}"
        )
    for note in _entries(row, "contact_notes"):
        yield f"NOTE:{_escaped(note)}"
    for key, value in values.items():
        if key.startswith(CUSTOM_PREFIX):
            yield f"NOTE:{_escaped(key.removeprefix(CUSTOM_PREFIX))}: {_escaped(value)}"
    yield "END:VCARD"


def _entries(row: ExportRow, key: str) -> tuple[Any, ...]:
    """What a row holds several of; nothing where it holds none."""
    value = row.get(key)
    return value if isinstance(value, tuple) else ()


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _parameter(text: str) -> str:
    """A parameter's value: quoted where it holds a separator; quotation marks it can't hold at all."""
    said = " ".join(text.replace('"', "'").split())
    return f'"{said}"' if any(mark in said for mark in ":;,") else said


def _folded(line: str) -> Iterable[str]:
    """Lines of at most 75 octets; the next begins with a blank."""
    part: list[str] = []
    size = 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > _LINE_OCTETS:
            yield "".join(part) + "\r\n "
            part, size = [], 1
        part.append(character)
        size += octets
    yield "".join(part) + "\r\n"
