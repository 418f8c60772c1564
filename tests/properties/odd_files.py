"""Owns tables written down as odd programs write them: legal, whole, and unlike what Excel writes.

Must not read anything.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import TypeVar
from xml.sax.saxutils import escape

#: A cell of a generated table.
Cell = str | Decimal | None
Table = Sequence[Sequence[Cell]]
_Item = TypeVar("_Item")
#: Asks whether something odd is done here; a test answers by chance.
Odd = Callable[[], bool]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
</Types>"""
_ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Sheet1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def separated(table: Table, delimiter: str, odd: Odd) -> bytes:
    """As text with a mark in front or not; cells that need no quotation marks have them now and then."""

    def written(cell: Cell) -> str:
        text = "" if cell is None else str(cell)
        needs = any(mark in text for mark in (delimiter, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if needs or (text and odd()) else text

    ends = ("\r\n", "\n") if odd() else ("\n",)
    lines = [delimiter.join(map(written, row)) for row in table]
    text = "".join(line + ends[at % len(ends)] for at, line in enumerate(lines))
    return text.encode("utf-8-sig" if odd() else "utf-8")


def xlsx(table: Table, odd: Odd) -> bytes:
    """As xlsx with odd parts, places of texts, references and gaps, as ``odd`` says."""
    prefix = "x:" if odd() else ""
    shared = list(dict.fromkeys(c for row in table for c in row if isinstance(c, str)))
    random.Random(len(shared)).shuffle(shared)
    unnumbered = odd() and all(None not in row for row in table)
    rows = "".join(
        _xlsx_row(at, row, shared, prefix, unnumbered, odd) for at, row in enumerate(table)
    )
    declared = f"xmlns{':x' if prefix else ''}"
    size = f'<{prefix}dimension ref="A1"/>' if odd() else ""
    sheet = (
        f'<{prefix}worksheet {declared}="{_MAIN}">{size}'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>"
    )
    texts = "".join(_shared_text(text, odd) for text in shared)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(
            ("officeDocument", "xl/workbook.xml" if odd() else "/xl/workbook.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="7" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" count="1" uniqueCount="1">{texts}</sst>',
    }
    names = list(parts)[:: -1 if odd() else 1]
    return _zipped({name: parts[name] for name in names})


def _relations(*aims: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(aims, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _shared_text(text: str, odd: Odd) -> str:
    if odd() and len(text) > 1:
        runs = (text[:1], text[1:])
        return "<si>" + "".join(f"<r><t{_KEEP}>{escape(run)}</t></r>" for run in runs) + "</si>"
    return f"<si><t{_KEEP}>{escape(text)}</t></si>"


_KEEP = ' xml:space="preserve"'


def _xlsx_row(
    at: int, row: Sequence[Cell], shared: list[str], prefix: str, unnumbered: bool, odd: Odd
) -> str:
    if all(cell is None for cell in row) and odd() and not unnumbered:
        return ""
    cells = []
    for column, cell in enumerate(row):
        place = "" if unnumbered else f' r="{chr(65 + column)}{at + 1}"'
        if cell is None:
            cells.append(f"<{prefix}c{place}/>" if odd() else "")
        elif isinstance(cell, Decimal):
            cells.append(f"<{prefix}c{place}><{prefix}v>{cell}</{prefix}v></{prefix}c>")
        elif odd():
            told = f"<{prefix}is><{prefix}t{_KEEP}>{escape(cell)}</{prefix}t></{prefix}is>"
            cells.append(f'<{prefix}c{place} t="inlineStr">{told}</{prefix}c>')
        else:
            number = shared.index(cell)
            cells.append(f'<{prefix}c{place} t="s"><{prefix}v>{number}</{prefix}v></{prefix}c>')
    number = "" if unnumbered else f' r="{at + 1}"'
    return f"<{prefix}row{number}>{''.join(cells)}</{prefix}row>"


def ods(table: Table, odd: Odd) -> bytes:
    """As ods whose equal neighbours are told once, with their number, and which goes on empty for ever."""
    rows = "".join(
        f'<table:table-row table:number-rows-repeated="{count}">{_ods_row(row, odd)}</table:table-row>'
        for row, count in _runs([tuple(row) for row in table], odd)
    )
    if odd():
        rows = f"<table:table-row-group>{rows}</table:table-row-group>"
    rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    return _zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": _ODS.format(rows=rows),
        }
    )


def _ods_row(row: Sequence[Cell], odd: Odd) -> str:
    cells = "".join(_ods_cell(cell, count) for cell, count in _runs(row, odd))
    return cells + ('<table:table-cell table:number-columns-repeated="16000"/>' if odd() else "")


def _ods_cell(cell: Cell, count: int) -> str:
    repeated = f' table:number-columns-repeated="{count}"'
    if cell is None:
        return f"<table:table-cell{repeated}/>"
    if isinstance(cell, Decimal):
        value = f' office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell{repeated}{value}><text:p>shown</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return f'<table:table-cell{repeated} office:value-type="string">{lines}</table:table-cell>'


def _runs(items: Sequence[_Item], odd: Odd) -> Iterator[tuple[_Item, int]]:
    """Equal neighbours together with their number; now and then told one by one."""
    for item, same in groupby(items):
        count = len(list(same))
        yield from [(item, 1)] * count if odd() else [(item, count)]


def gnumeric(table: Table, odd: Odd) -> bytes:
    """As a workbook of Gnumeric, packed or not, its cells column by column or row by row."""
    cells = [
        (at, column, cell)
        for at, row in enumerate(table)
        for column, cell in enumerate(row)
        if cell is not None
    ]
    if odd():
        cells.sort(key=lambda cell: (cell[1], cell[0]))
    told = "".join(
        f'<gnm:Cell Row="{row}" Col="{column}" ValueType="{40 if isinstance(cell, Decimal) else 60}">'
        f"{escape(str(cell))}</gnm:Cell>"
        for row, column, cell in cells
    )
    text = (
        '<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"><gnm:Sheets><gnm:Sheet>'
        f"<gnm:Name>Sheet1</gnm:Name><gnm:Cells>{told}</gnm:Cells></gnm:Sheet></gnm:Sheets></gnm:Workbook>"
    )
    return gzip.compress(text.encode()) if odd() else text.encode()


def dbf(table: Table, odd: Odd) -> bytes:
    """As dBase III in GBK, the first row the names of its fields; deleted records lie between now and then."""
    names, *records = [[str(cell or "").encode("gb18030") for cell in row] for row in table]
    widths = [max((len(row[at]) for row in records), default=1) or 1 for at in range(len(names))]
    content, count = b"", 0
    for row in records:
        whole = b"".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        content += b"*" + whole if odd() else b""
        content += b" " + whole
        count = len(content) // (1 + sum(widths))
    head = struct.pack("<BBBBIHH", 3, 126, 1, 1, count, 33 + 32 * len(names), 1 + sum(widths))
    fields = b"".join(
        name.ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([width]) + b"\0" * 15
        for name, width in zip(names, widths, strict=True)
    )
    told_page = bytes(17) + b"\x7a" + bytes(2)
    return head + told_page + fields + b"\r" + content + (b"\x1a" if odd() else b"")


def _zipped(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as box:
        for name, part in parts.items():
            box.writestr(name, part)
    return content.getvalue()
