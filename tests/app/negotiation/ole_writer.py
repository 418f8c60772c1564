"""Owns writing small OLE files for tests, so that .msg files need not be kept as bytes.

Must not be more than the tests need: storages one level deep, chains in order.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

_SECTOR, _SMALL_SECTOR, _SMALL_STREAM = 512, 64, 4096
_END, _FREE, _TABLE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
Content = Mapping[str, "bytes | Mapping[str, bytes]"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    next: int = _NONE
    child: int = _NONE


def ole_file(content: Content) -> bytes:
    """An OLE file with the streams (bytes) and storages (mappings of streams) of ``content``."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add(entries, content)
    small: list[bytes] = []
    small_table: list[int] = []
    sectors: list[bytes] = []
    table: list[int] = []
    starts = [
        _chain(small, small_table, entry.data, size=_SMALL_SECTOR)
        if len(entry.data) < _SMALL_STREAM
        else _chain(sectors, table, entry.data)
        for entry in entries
    ]
    entries[0].data = b"".join(small)
    starts[0] = _chain(sectors, table, entries[0].data)
    packed_small = struct.pack(f"<{len(small_table)}I", *small_table)
    small_tables = -(-len(packed_small) // _SECTOR)
    padded = packed_small.ljust(small_tables * _SECTOR, b"\xff")
    small_table_at = _chain(sectors, table, padded)
    directory = b"".join(map(_packed, entries, starts))
    directory_at = _chain(sectors, table, directory)
    tables = -(-(len(table) + 1) // 127)
    table_at = len(sectors)
    table += [_TABLE] * tables
    packed = struct.pack(f"<{len(table)}I", *table).ljust(tables * _SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<4I", 0, tables, directory_at, 0)
    header += struct.pack("<5I", _SMALL_STREAM, small_table_at, small_tables, _END, 0)
    header += struct.pack("<109I", *range(table_at, table_at + tables), *[_FREE] * (109 - tables))
    return header + b"".join(sectors) + packed


def _add(entries: list[_Entry], content: Content) -> int:
    """Append the entries of one storage, chained to the right; gives the first one's number."""
    first = previous = _NONE
    for name in sorted(content):
        value = content[name]
        entry = _Entry(name, _STREAM, value) if isinstance(value, bytes) else _Entry(name, _STORAGE)
        number = len(entries)
        entries.append(entry)
        if not isinstance(value, bytes):
            entry.child = _add(entries, value)
        if previous == _NONE:
            first = number
        else:
            entries[previous].next = number
        previous = number
    return first


def _chain(sectors: list[bytes], table: list[int], data: bytes, *, size: int = _SECTOR) -> int:
    """Store ``data`` in sectors of its own; gives the first one's number."""
    count = -(-len(data) // size)
    if not count:
        return _END
    first = len(sectors)
    padded = data.ljust(count * size, b"\0")
    sectors += [padded[n * size : (n + 1) * size] for n in range(count)]
    table += [*range(first + 1, first + count), _END]
    return first


def _packed(entry: _Entry, start: int) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    packed = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), entry.kind, 1)
    packed += struct.pack("<3I", _NONE, entry.next, entry.child) + b"\0" * 36
    return packed + struct.pack("<IQ", start, len(entry.data))
