"""Owns which parser reads which kind of file.

Must not parse anything itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import Workbook
from app.sheets.reading.drafts import SheetDraft, WorkbookDraft, draft_of
from app.sheets.reading.package import Package
from app.sheets.reading.signature import DBF_VERSIONS, format_of
from app.sheets.reading.wire import Request

_HEAD_BYTES: Final = 65_536
_WORKBOOK_NAMES: Final = {".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".gnumeric"}


def opened(request: Request) -> WorkbookDraft:
    """The file of ``request``, ready to be taken row by row; raises :class:`AppError`."""
    path = Path(request.path)
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.strip(b"\x00"):
        raise AppError("sheets.empty_file")
    if head.startswith(DBF_VERSIONS):
        from app.sheets.reading.dbf import is_dbf, read_dbf

        if is_dbf(head):
            return read_dbf(path)
    found = format_of(head)
    if found == "zip":
        return _zipped(path)
    if found == "ole":
        from app.sheets.reading.xls import read_xls

        return read_xls(path)
    if found in {"gnumeric", "gzip"}:
        from app.sheets.reading.gnumeric import is_packed_gnumeric, read_gnumeric

        if found == "gnumeric" or is_packed_gnumeric(head):
            return read_gnumeric(path)
        found = "sheets.kinds.archive"
    if found.startswith("sheets.kinds."):
        raise AppError("sheets.not_a_spreadsheet", kind=Message(found))
    return _marked_up_or_text(found, path, request)


def _zipped(path: Path) -> WorkbookDraft:
    package = Package(str(path))
    draft = _unzipped(path, package)
    draft.sheets = _with_notices(draft.sheets, draft, package)
    return draft


def _with_notices(
    sheets: Iterable[SheetDraft], draft: WorkbookDraft, package: Package
) -> Iterator[SheetDraft]:
    yield from sheets
    draft.warnings += package.notices()


def _unzipped(path: Path, package: Package) -> WorkbookDraft:
    if "xl/workbook.bin" in package:
        from app.sheets.reading.xlsb import read_xlsb

        return read_xlsb(path, package)
    if "content.xml" in package:
        from app.sheets.reading.ods import read_ods

        return read_ods(package)
    if "xl/workbook.xml" in package or _names_a_workbook(package):
        from app.sheets.reading.xlsx import read_xlsx

        return read_xlsx(path, package)
    raise AppError("sheets.not_a_spreadsheet", kind=Message(_zip_kind(package)))


def _names_a_workbook(package: Package) -> bool:
    return "[content_types].xml" in package and b"spreadsheetml" in package.read(
        "[content_types].xml"
    )


def _zip_kind(package: Package) -> str:
    if "word/document.xml" in package:
        return "sheets.kinds.word"
    if "ppt/presentation.xml" in package:
        return "sheets.kinds.slides"
    if any(name.startswith("index/") and name.endswith(".iwa") for name in package.names()):
        return "sheets.kinds.numbers"
    return "sheets.kinds.archive"


def _marked_up_or_text(found: str, path: Path, request: Request) -> WorkbookDraft:
    data = path.read_bytes()
    name, encoding = request.file_name, request.encoding
    if found in {"html", "mhtml"}:
        from app.sheets.reading.html import read_html, read_mhtml

        read_page = read_html if found == "html" else read_mhtml
        return draft_of(read_page(data, file_name=name, encoding=encoding))
    if found == "spreadsheetml":
        from app.sheets.reading.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml(data)
    if found == "flat ods":
        from app.sheets.reading.ods import read_flat_ods

        return read_flat_ods(data)
    if found == "vcard":
        from app.sheets.reading.vcards import read_vcards

        return draft_of(read_vcards(data, file_name=name, encoding=encoding))
    if found == "xml":
        raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.xml"))
    from app.sheets.reading.text import read_text

    book = read_text(data, file_name=name, encoding=encoding, delimiter=request.delimiter)
    if path.suffix.lower() in _WORKBOOK_NAMES and _is_one_line(book):
        raise AppError("sheets.damaged")
    return draft_of(book)


def _is_one_line(book: Workbook) -> bool:
    """A few words under the name of a workbook are no table, but what is left of a lost file."""
    return all(len(sheet.rows) <= 1 for sheet in book.sheets)
