"""Owns reading dBase tables (.dbf, dBase III and IV), as old programs of stock and customs write them.

Must not look for the file of memos beside the table.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from app.kernel.errors import AppError
from app.sheets.reading import limits
from app.sheets.reading.drafts import RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.encodings import decode
from app.sheets.reading.signature import DBF_VERSIONS

_FIELD_BYTES: Final = 32
_FIELDS_END: Final = 0x0D
_KINDS: Final = frozenset(b"CNFDLM")
_DELETED: Final = b"*"[0]
#: The language byte at 29 → code page; with any other the texts tell it themselves.
_CODE_PAGES: Final = {
    0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x04: "mac_roman", 0x08: "cp865", 0x09: "cp437",
    0x0B: "cp437", 0x0D: "cp437", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437", 0x13: "cp932",
    0x14: "cp850", 0x15: "cp437", 0x1F: "cp852", 0x26: "cp866", 0x37: "cp850", 0x4D: "gb18030",
    0x4E: "cp949", 0x4F: "cp950", 0x50: "cp874", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252",
    0x64: "cp852", 0x65: "cp866", 0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857",
    0x78: "cp950", 0x79: "cp949", 0x7A: "gb18030", 0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255",
    0x7E: "cp1256", 0xC8: "cp1250", 0xC9: "cp1251", 0xCA: "cp1254", 0xCB: "cp1253",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    kind: str
    start: int
    end: int


def is_dbf(head: bytes) -> bool:
    """Whether ``head`` begins a dBase table: its fields add up to the length of a record."""
    return _fields(head) is not None


def read_dbf(path: Path) -> WorkbookDraft:
    """The table at ``path``; raises :class:`AppError`."""
    data = path.read_bytes()
    fields = _fields(data)
    if fields is None:
        raise AppError("sheets.damaged_elsewhere")
    count, begin, length = struct.unpack_from("<IHH", data, 4)
    if len(data) < begin + count * length:
        raise AppError("sheets.damaged_elsewhere")
    if count * len(fields) > limits.FILLED_CELLS or count > limits.ROWS:
        raise AppError("sheets.too_many_cells", most=limits.FILLED_CELLS)
    records = (data[at : at + length] for at in range(begin, begin + count * length, length))
    encoding = _CODE_PAGES.get(data[29]) or decode(data[begin:].replace(b"\x00", b"")).encoding
    sheet = SheetDraft(path.stem, _rows(fields, records, encoding))
    draft = WorkbookDraft("dbf", [sheet], encoding=encoding)
    memos = [_text(field.name, encoding) for field in fields if field.kind == "M"]
    if memos:
        draft.warnings.append(("sheets.memos_left_out", {"names": ", ".join(memos)}))
    return draft


def _fields(data: bytes) -> list[_Field] | None:
    """The table's fields; ``None`` where the bytes are none of a table."""
    if len(data) < 2 * _FIELD_BYTES or not data.startswith(DBF_VERSIONS):
        return None
    length = struct.unpack_from("<H", data, 10)[0]
    found: list[_Field] = []
    at, start = _FIELD_BYTES, 1
    while at + _FIELD_BYTES <= len(data) and data[at] != _FIELDS_END:
        kind, size = data[at + 11], data[at + 16]
        if kind not in _KINDS:
            return None
        # Clipper keeps the length of long texts in the byte of the decimals, too.
        size += 256 * data[at + 17] if chr(kind) == "C" else 0
        name = data[at : at + 11].split(b"\x00", 1)[0]
        found.append(_Field(name, chr(kind), start, start + size))
        at, start = at + _FIELD_BYTES, start + size
    is_whole = found and start == length and data[at : at + 1] == bytes([_FIELDS_END])
    return found if is_whole else None


def _rows(
    fields: list[_Field], records: Iterator[bytes], encoding: str
) -> Iterator[list[RawValue]]:
    yield [_text(field.name, encoding) for field in fields]
    for record in records:
        if record[0] != _DELETED:
            yield [
                _value(field.kind, record[field.start : field.end], encoding) for field in fields
            ]


def _value(kind: str, content: bytes, encoding: str) -> RawValue:
    text = _text(content, encoding)
    match kind:
        case "M":
            return None
        case "N" | "F":
            return _number(text)
        case "D":
            return _day(text)
        case "L":
            return {"T": True, "Y": True, "F": False, "N": False}.get(text.upper())
    return text


def _text(content: bytes, encoding: str) -> str:
    return content.decode(encoding, errors="replace").replace("\x00", "").strip()


def _number(text: str) -> RawValue:
    try:
        return int(text) if text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        return None if set(text) <= {"*", "."} else text


def _day(text: str) -> RawValue:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text if text.strip("0 ") else None
