"""Owns reading xls and WPS .et (BIFF5 and BIFF8): xlrd, with calamine for what xlrd can't open.

xlrd knows number formats, hidden rows and the code pages of old Macs, which calamine does not.
Must not run macros or decrypt anything.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

import olefile
import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import CellRange, ErrorValue
from app.sheets.reading import limits
from app.sheets.reading.calamine_values import calamine_sheets
from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.drafts import PictureDraft, RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.edges import Edges
from app.sheets.reading.encodings import decode
from app.sheets.reading.number_formats import ORDINARY, NumberFormat, number_format
from app.sheets.reading.serial_dates import moment, shows_a_length
from app.sheets.reading.signature import OLE_MAGIC
from app.sheets.reading.xls_pictures import XlsPictures

#: From this version on texts are Unicode.
_UNICODE_BIFF = 80
_TOLD_BY_TEXTS = 500
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_OTHERS = {"WordDocument": "sheets.kinds.word", "PowerPoint Document": "sheets.kinds.slides"}


def read_xls(path: Path) -> WorkbookDraft:
    """The workbook at ``path``; raises :class:`AppError`."""
    data = path.read_bytes()
    has_macros = _check_box(data) if data.startswith(OLE_MAGIC) else False
    try:
        book = _unboxed(data)
        if book.biff_version < _UNICODE_BIFF and book.codepage is None:
            book = _opened(data, encoding=_encoding_in(book))
    except (MemoryError, AppError):
        raise
    except xlrd.compdoc.CompDocError as error:
        raise AppError("sheets.damaged") from error
    except xlrd.XLRDError as error:
        raise _refusal(data) from error
    except Exception:
        draft = _through_calamine(data)
    else:
        draft = WorkbookDraft("xls", _sheets(book, XlsPictures(data)))
    if has_macros:
        draft.warnings.append(("sheets.macros_ignored", {}))
    return draft


def _unboxed(data: bytes) -> xlrd.Book:
    """The workbook, also out of an OLE box that is a little odd: xlrd is stricter than Excel."""
    try:
        return _opened(data)
    except xlrd.compdoc.CompDocError:
        try:
            box = olefile.OleFileIO(io.BytesIO(data))
            stream = box.openstream("Workbook" if box.exists("Workbook") else "Book").read()
        except OSError as error:
            raise AppError("sheets.damaged") from error
        return _opened(stream)


def _opened(data: bytes, *, encoding: str | None = None) -> xlrd.Book:
    return xlrd.open_workbook(
        file_contents=data,
        formatting_info=True,
        ignore_workbook_corruption=True,
        logfile=io.StringIO(),
        encoding_override=encoding,
    )


def _encoding_in(book: xlrd.Book) -> str | None:
    """What an old workbook that does not name its code page was written in, by its texts."""
    cells = (cell for sheet in book.sheets() for row in sheet.get_rows() for cell in row)
    texts = (str(cell.value) for cell in cells if cell.ctype == xlrd.XL_CELL_TEXT)
    foreign = "\n".join(islice((text for text in texts if not text.isascii()), _TOLD_BY_TEXTS))
    return decode(foreign.encode("latin-1", "ignore")).encoding if foreign else None


def _check_box(data: bytes) -> bool:
    """Whether there are macros; raises :class:`AppError` when the OLE box holds no open workbook."""
    try:
        box = olefile.OleFileIO(io.BytesIO(data))
        names = {"/".join(entry) for entry in box.listdir(storages=True)}
    except Exception:
        return False
    if names.issuperset(_ENCRYPTED) or "EncryptedPackage" in names:
        raise AppError("sheets.protected")
    if not names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        for name, kind in _OTHERS.items():
            if name in names:
                raise AppError("sheets.not_a_spreadsheet", kind=Message(kind))
        if any(name.startswith("__properties") for name in names):
            raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.mail"))
    return any(name.startswith(("_VBA_PROJECT_CUR", "Macros")) for name in names)


def _refusal(data: bytes) -> AppError:
    """Why xlrd refused: a FILEPASS record stands at the beginning of every encrypted workbook."""
    if _has_password_record(data):
        return AppError("sheets.protected")
    return AppError("sheets.damaged")


def _has_password_record(data: bytes) -> bool:
    try:
        box = olefile.OleFileIO(io.BytesIO(data))
        name = "Workbook" if box.exists("Workbook") else "Book"
        stream = box.openstream(name).read(4_096)
    except Exception:
        return False
    position = 0
    while position + 4 <= len(stream):
        kind = int.from_bytes(stream[position : position + 2], "little")
        if kind == 0x2F:
            return True
        position += 4 + int.from_bytes(stream[position + 2 : position + 4], "little")
    return False


def _sheets(book: xlrd.Book, pictures: XlsPictures) -> Iterator[SheetDraft]:
    formats = [_format(book, xf) for xf in book.xf_list]
    lengths = {place for place, xf in enumerate(book.xf_list) if _is_of_length(book, xf)}
    begins = book._sh_abs_posn
    for number, sheet in enumerate(book.sheets()):
        rows, columns = sheet.nrows, sheet.ncols
        if rows * columns > limits.BOX_CELLS:
            raise AppError(
                "sheets.cells_too_far_apart", sheet=sheet.name, rows=rows, columns=columns
            )
        marks = SheetMarks(formats)
        for row, info in sheet.rowinfo_map.items():
            marks.hidden_rows.update([row] if info.hidden else [])
        for column, info in sheet.colinfo_map.items():
            marks.hidden_columns.update([column] if info.hidden and column < columns else [])
        yield SheetDraft(
            sheet.name,
            _rows(sheet, book.datemode, marks, lengths),
            is_hidden=sheet.visibility != 0,
            merges=tuple(CellRange(r, c, r2 - 1, c2 - 1) for r, r2, c, c2 in sheet.merged_cells),
            pictures=_pictures(sheet, begins[number] - book.base, pictures, marks),
            currencies=marks.currencies,
            hidden_rows=frozenset(marks.hidden_rows),
            hidden_columns=frozenset(marks.hidden_columns),
        )


def _pictures(
    sheet: xlrd.sheet.Sheet, begin: int, pictures: XlsPictures, marks: SheetMarks
) -> Iterator[PictureDraft]:
    heights = {row: info.height for row, info in sheet.rowinfo_map.items() if info.height}
    widths = {column: info.width for column, info in sheet.colinfo_map.items()}
    heights.update(dict.fromkeys(marks.hidden_rows, 0))
    widths.update(dict.fromkeys(marks.hidden_columns, 0))
    default_width = sheet.standardwidth or (sheet.defcolwidth or 8) * 256
    yield from pictures.in_cells(marks)
    yield from pictures.floating(
        begin, Edges(heights, sheet.default_row_height or 255), Edges(widths, default_width)
    )


def _format(book: xlrd.Book, style: xlrd.formatting.XF) -> NumberFormat:
    found = book.format_map.get(style.format_key)
    return ORDINARY if found is None else number_format(found.format_str)


def _is_of_length(book: xlrd.Book, style: xlrd.formatting.XF) -> bool:
    found = book.format_map.get(style.format_key)
    return found is not None and shows_a_length(found.format_str)


def _rows(
    sheet: xlrd.sheet.Sheet, datemode: int, marks: SheetMarks, lengths: set[int]
) -> Iterator[list[RawValue]]:
    for row in range(sheet.nrows):
        cells = zip(
            sheet.row_types(row), sheet.row_values(row), sheet._cell_xf_indexes[row], strict=True
        )
        values: list[RawValue] = []
        for column, (kind, value, style) in enumerate(cells):
            if kind == xlrd.XL_CELL_DATE and style in lengths:
                values.append(timedelta(days=value))
                continue
            raw = _value(kind, value, datemode)
            if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_TEXT}:
                raw = marks.told(row, column, raw, style)
            values.append(raw)
        yield values


def _value(kind: int, value: object, datemode: int) -> RawValue:
    if kind == xlrd.XL_CELL_DATE:
        return moment(float(str(value)), datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return ErrorValue(xlrd.error_text_from_code.get(value, "#N/A"))
    return value if isinstance(value, str | float) else ""


def _through_calamine(data: bytes) -> WorkbookDraft:
    try:
        book = CalamineWorkbook.from_object(io.BytesIO(data))
    except PasswordError as error:
        raise AppError("sheets.protected") from error
    except (CalamineError, OSError) as error:
        raise AppError("sheets.damaged") from error
    return WorkbookDraft("xls", calamine_sheets(book))
