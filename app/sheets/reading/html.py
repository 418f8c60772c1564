"""Owns reading HTML tables, which many web back ends send under the name of an Excel file.

All tables come as one sheet, one below the other, as Excel shows them. Must not load anything the
page refers to.
"""

from __future__ import annotations

import email
import email.policy
import re
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Final

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.grid import CellRange, Sheet, Value, Workbook
from app.sheets.reading import limits

_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_ENCODING: Final = re.compile(rb"<\?xml[^>]*encoding=[\"']([\w-]+)", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_IGNORED: Final = frozenset({"script", "style", "title", "noscript", "template", "xml"})
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
_MOST_SPANNED: Final = 1_000
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_html(data: bytes, *, file_name: str, encoding: str | None) -> Workbook:
    """The tables of a page as one sheet; raises :class:`AppError` when it has none."""
    text, encoding = _decoded(data, encoding)
    sheet = _sheet("Sheet1", text)
    if not sheet.rows:
        raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.page"))
    return Workbook(file_name, "html", (sheet,), encoding=encoding)


def read_mhtml(data: bytes, *, file_name: str, encoding: str | None) -> Workbook:
    """Excel's "single file web page", a mail with a page for each sheet; raises :class:`AppError`."""
    sheets: list[Sheet] = []
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            text, _ = _decoded(content, encoding or part.get_content_charset())
            sheet = _sheet(f"Sheet{len(sheets) + 1}", text)
            sheets += [sheet] if sheet.rows else []
    if not sheets:
        raise AppError("sheets.not_a_spreadsheet", kind=Message("sheets.kinds.mail"))
    return Workbook(file_name, "html", tuple(sheets), encoding=encoding)


def _sheet(name: str, text: str) -> Sheet:
    parser = _Tables()
    parser.feed(text)
    parser.close()
    width = max(map(len, parser.rows), default=0)
    rows = tuple(tuple(row) + (None,) * (width - len(row)) for row in parser.rows)
    return Sheet(name, rows, merges=tuple(parser.merges))


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The page's text and its encoding: as told, by its mark, by its own word, or the first that fits."""
    stated = _CHARSET.search(data[:4096]) or _XML_ENCODING.search(data[:4096])
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    names = [encoding, marked, stated.group(1).decode() if stated else None, "utf-8", "gb18030"]
    for name in names:
        if name is not None:
            name = "gb18030" if name.lower() in {"gb2312", "gbk", "x-gbk"} else name
            try:
                return data.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    return data.decode("cp1252", "replace"), "cp1252"


class _Tables(HTMLParser):
    """Collects cells; a table inside a cell becomes rows of its own below."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Value]] = []
        self.merges: list[CellRange] = []
        self._text: list[str] = []
        self._cell: dict[str, str | None] | None = None
        self._row: list[Value] | None = None
        #: Columns taken by cells that reach down from rows above: column → rows left.
        self._reaching: dict[int, int] = {}
        self._ignored: str | None = None
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in _IGNORED:
            self._ignored = tag
        elif tag == "table":
            self._end_row()
            self._reaching.clear()
            if self.rows:
                self.rows.append([])
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._row = [] if self._row is None else self._row
            self._cell, self._text = dict(attrs), []
        elif tag in _BREAKS:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if tag == self._ignored:
            self._ignored = None
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
        elif tag in _BREAKS:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        """Text between elements."""
        if self._ignored is None and self._cell is not None:
            self._text.append(_SPACES.sub(" ", data))

    def close(self) -> None:
        """The page ends, perhaps without closing its elements."""
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        attributes, self._cell = self._cell, None
        self._skip_taken()
        row, column = len(self.rows), len(self._row)
        across = _span(attributes.get("colspan"))
        down = _span(attributes.get("rowspan"))
        self._cells += across
        if self._cells > limits.FILLED_CELLS or column + across > limits.COLUMNS:
            raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
        self._row += [_value(attributes, self._text), *[None] * (across - 1)]
        if across > 1 or down > 1:
            self.merges.append(CellRange(row, column, row + down - 1, column + across - 1))
        if down > 1:
            self._reaching.update(dict.fromkeys(range(column, column + across), down))

    def _skip_taken(self) -> None:
        row = self._row if self._row is not None else []
        while self._reaching.get(len(row), 0) > 0:
            row.append(None)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._skip_taken()
        self.rows.append(self._row)
        self._row = None
        self._reaching = {c: left - 1 for c, left in self._reaching.items() if left > 1}


def _value(attributes: dict[str, str | None], texts: list[str]) -> Value:
    """A cell's value: the number Excel stored beside the text, else the text."""
    stored = attributes.get("x:num")
    if stored:
        try:
            return Decimal(stored)
        except InvalidOperation:
            pass
    lines = (line.strip(" ") for line in "".join(texts).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line) or None


def _span(text: str | None) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 7 else 1
    return max(1, min(number, _MOST_SPANNED))
