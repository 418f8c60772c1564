"""Owns the pictures of xls and WPS .et files: floating ones, and WPS's pictures inside cells.

Records are those of [MS-XLS] 2.4.171 (MsoDrawing) and [MS-ODRAW]. Must not draw shapes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import olefile

from app.kernel.errors import AppError
from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.cell_pictures import CellPictures
from app.sheets.reading.drafts import PictureDraft
from app.sheets.reading.edges import Edges
from app.sheets.reading.package import Package

_BEGIN, _END, _CONTINUE, _GROUP, _DRAWING = 0x809, 0x0A, 0x3C, 0xEB, 0xEC
_STORE, _ENTRY, _SHAPE, _OPTIONS, _ANCHOR = 0xF001, 0xF007, 0xF004, 0xF00B, 0xF010
_JPEG, _PNG, _CMYK_JPEG = 0xF01D, 0xF01E, 0xF02A
#: The shape's option that numbers its picture in the store, from 1.
_PICTURE_OPTION: Final = 0x104
#: An anchor counts in 1024ths of a column and 256ths of a row.
_COLUMN_PARTS, _ROW_PARTS = 1_024, 256
_ENTRY_HEAD: Final = 36
_CELL_IMAGES: Final = "ETCellImageData"


@dataclass(frozen=True, slots=True)
class _Atom:
    """A record of a drawing; a container's content is more of them."""

    kind: int
    instance: int
    is_container: bool
    content: bytes


class XlsPictures:
    """The pictures of one workbook; its drawings are read when the first sheet asks."""

    def __init__(self, data: bytes) -> None:
        self._store: list[bytes | None] = []
        self._drawings: dict[int, bytes] = {}
        self._box: olefile.OleFileIO | None = None
        try:
            self._box = olefile.OleFileIO(io.BytesIO(data))
            name = "Workbook" if self._box.exists("Workbook") else "Book"
            group, self._drawings = _drawing_records(self._box.openstream(name).read())
        except Exception:
            return
        self._store = [_picture(entry) for entry in _found(group, _ENTRY)]

    def floating(self, sheet_begin: int, rows: Edges, columns: Edges) -> Iterator[PictureDraft]:
        """The pictures of the sheet whose records begin at ``sheet_begin`` of the stream."""
        for shape in _found(self._drawings.get(sheet_begin, b""), _SHAPE):
            number = next(map(_picture_number, _found(shape.content, _OPTIONS)), 0)
            anchor = next(_found(shape.content, _ANCHOR), None)
            if not number or anchor is None or len(anchor.content) < 18:
                continue
            places = [
                int.from_bytes(anchor.content[at : at + 2], "little") for at in range(2, 18, 2)
            ]
            left, dx1, top, dy1, right, dx2, bottom, dy2 = places
            row = rows.middle(
                rows.part_of(top, dy1, _ROW_PARTS), rows.part_of(bottom, dy2, _ROW_PARTS)
            )
            column = columns.middle(
                columns.part_of(left, dx1, _COLUMN_PARTS),
                columns.part_of(right, dx2, _COLUMN_PARTS),
            )
            content = (self._store[number - 1] if number <= len(self._store) else None) or b""
            yield PictureDraft(row, column, "floating", f"store/{number}", partial(_given, content))

    def in_cells(self, marks: SheetMarks) -> Iterator[PictureDraft]:
        """The pictures of cells noted in ``marks``, from the zip WPS keeps inside the file.

        Where another program left that out when it saved the file, empty ones.
        """
        if not marks.wps_pictures or self._box is None:
            return
        try:
            package = Package(io.BytesIO(self._box.openstream(_CELL_IMAGES).read()))
            yield from list(CellPictures(package, "xl/workbook.xml").of(marks))
        except (AppError, OSError):
            for row, column, name in marks.wps_pictures:
                source = f"{_CELL_IMAGES}#{name}"
                yield PictureDraft(row, column, "cell-wps", source, partial(_given, b""))


def _given(content: bytes) -> bytes:
    return content


def _drawing_records(stream: bytes) -> tuple[bytes, dict[int, bytes]]:
    """The workbook's store of pictures, and each sheet's drawing by where the sheet begins."""
    group: list[bytes] = []
    drawings: dict[int, list[bytes]] = {}
    target: list[bytes] | None = None
    begin, depth, position = 0, 0, 0
    while position + 4 <= len(stream):
        kind = int.from_bytes(stream[position : position + 2], "little")
        size = int.from_bytes(stream[position + 2 : position + 4], "little")
        content = stream[position + 4 : position + 4 + size]
        if kind == _BEGIN:
            depth += 1
            begin = position if depth == 1 else begin
        elif kind == _END:
            depth = max(depth - 1, 0)
        if kind == _GROUP:
            target = group
        elif kind == _DRAWING and depth == 1:
            target = drawings.setdefault(begin, [])
        elif kind != _CONTINUE:
            target = None
        if target is not None:
            target.append(content)
        position += 4 + size
    return b"".join(group), {begin: b"".join(parts) for begin, parts in drawings.items()}


def _atoms(content: bytes) -> Iterator[_Atom]:
    position = 0
    while position + 8 <= len(content):
        head = int.from_bytes(content[position : position + 2], "little")
        kind = int.from_bytes(content[position + 2 : position + 4], "little")
        size = int.from_bytes(content[position + 4 : position + 8], "little")
        inside = content[position + 8 : position + 8 + size]
        yield _Atom(kind, head >> 4, head & 0xF == 0xF, inside)
        position += 8 + size


def _found(content: bytes, kind: int) -> Iterator[_Atom]:
    """All records of ``kind``, however deep; containers are opened without recursion."""
    waiting = [_atoms(content)]
    while waiting:
        atom = next(waiting[-1], None)
        if atom is None:
            waiting.pop()
        elif atom.kind == kind:
            yield atom
        elif atom.is_container and len(waiting) < 20:
            waiting.append(_atoms(atom.content))


def _picture(entry: _Atom) -> bytes | None:
    """The stored picture of an entry; ``None`` for kinds that are not shown (metafiles)."""
    for blip in _atoms(entry.content[_ENTRY_HEAD:]):
        if blip.kind in {_JPEG, _PNG, _CMYK_JPEG}:
            return blip.content[17 + 16 * (blip.instance & 1) :]
    return None


def _picture_number(options: _Atom) -> int:
    for index in range(options.instance):
        start = 6 * index
        option = int.from_bytes(options.content[start : start + 2], "little")
        if option & 0x3FFF == _PICTURE_OPTION:
            return int.from_bytes(options.content[start + 2 : start + 6], "little")
    return 0
