"""Tables of dBase III and IV read with the code page that they name, or that their texts tell."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.sheets.reading import Reader

FIELDS = (
    ("品名", "C", 20),
    ("PRICE", "N", 10),
    ("SINCE", "D", 8),
    ("SOLD", "L", 1),
    ("NOTE", "M", 10),
)
RECORDS = (
    (" ", ("陶瓷杯", "12.50", "20260301", "T", "         1")),
    ("*", ("删除", "1", "20260301", "F", "")),
    (" ", ("不锈钢保温杯", "186", "        ", "?", "")),
    (" ", ("大号水壶", "**********", "20261399", "n", "")),
)


def table(encoding: str, language: int, *, version: int = 0x83) -> bytes:
    length = 1 + sum(size for _, _, size in FIELDS)
    head = struct.pack("<BBBBIHH", version, 126, 3, 1, len(RECORDS), 33 + 32 * len(FIELDS), length)
    head += bytes(17) + bytes([language]) + bytes(2)
    for name, kind, size in FIELDS:
        head += name.encode(encoding).ljust(11, b"\x00") + kind.encode() + bytes(4)
        head += bytes([size, 2 if kind == "N" else 0]) + bytes(14)
    records = b"".join(
        flag.encode()
        + b"".join(
            text.encode(encoding).ljust(size)
            for text, (_, _, size) in zip(texts, FIELDS, strict=True)
        )
        for flag, texts in RECORDS
    )
    return head + b"\r" + records + b"\x1a"


@pytest.mark.parametrize(("encoding", "language"), [("gb18030", 0x4D), ("gb18030", 0x00)])
def test_values_have_their_types_and_deleted_records_stay_out(
    encoding: str, language: int, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "stock.dbf"
    path.write_bytes(table(encoding, language))
    book = reader.read(path)
    assert (book.format, book.encoding, book.sheets[0].name) == ("dbf", "gb18030", "stock")
    assert book.sheets[0].rows == (
        ("品名", "PRICE", "SINCE", "SOLD", "NOTE"),
        ("陶瓷杯", Decimal("12.5"), date(2026, 3, 1), True, None),
        ("不锈钢保温杯", Decimal(186), None, None, None),
        ("大号水壶", None, "20261399", False, None),
    )
    assert book.warnings == (("sheets.memos_left_out", {"names": "NOTE"}),)


def test_language_byte_tells_the_code_page(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "stock.dbf"
    path.write_bytes(
        table("gb18030", 0x4D).replace("陶瓷杯".encode("gb18030"), "Größe\x00".encode("cp850"))
    )
    path.write_bytes(path.read_bytes()[:29] + b"\x02" + path.read_bytes()[30:])
    assert reader.read(path).sheets[0].rows[1][0] == "Größe"


def test_table_cut_short_is_damaged(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "stock.dbf"
    path.write_bytes(table("gb18030", 0x4D)[:-60])
    with pytest.raises(AppError) as caught:
        reader.read(path)
    assert caught.value.message.key == "sheets.damaged_elsewhere"
