"""Pictures that a file has lost, or that can't be unpacked, keep no row out and are told of."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from app.kernel.language import LANGUAGES, catalogue
from app.kernel.messages import Message
from app.sheets.grid import Workbook
from app.sheets.reading import Reader

DRAWING = "xl/drawings/drawing1.xml"
LISTED = "xl/drawings/_rels/drawing1.xml.rels"


def with_two_pictures(path: Path) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Lamps"
    for row in (["Item No.", "Price"], ["A-1", "USD 1"], ["A-2", "USD 2"]):
        sheet.append(row)
    for cell in ("C2", "C3"):
        stored = io.BytesIO()
        Image.new("RGB", (8, 8), "navy").save(stored, "PNG")
        sheet.add_image(SheetImage(stored), cell)
    workbook.save(path)
    return path


def without_part(path: Path, lost: str, *, instead: bytes | None = None) -> Path:
    """The workbook at ``path`` with the part ``lost`` left out, or with other content."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert lost in parts
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            if name != lost:
                new.writestr(name, content)
            elif instead is not None:
                new.writestr(name, instead)
    return path


def with_garbage(path: Path, part: str) -> Path:
    """The workbook at ``path`` with a part that can't be unpacked any more."""
    with zipfile.ZipFile(path) as box:
        info = box.getinfo(part)
    content = bytearray(path.read_bytes())
    head = content[info.header_offset + 26 : info.header_offset + 30]
    begin = (
        info.header_offset + 30 + sum(int.from_bytes(head[at : at + 2], "little") for at in (0, 2))
    )
    content[begin : begin + info.compress_size] = b"\xff" * info.compress_size
    path.write_bytes(content)
    return path


ODS = """<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
 <office:body><office:spreadsheet><table:table table:name="Lamps"><table:table-row>
 <table:table-cell><text:p>A-1</text:p></table:table-cell>
 <table:table-cell><draw:frame>{image}</draw:frame></table:table-cell>
 </table:table-row></table:table></office:spreadsheet></office:body></office:document>"""
GNUMERIC = """<gnm:Workbook xmlns:gnm="http://www.gnumeric.org/v10.dtd"><gnm:Sheets><gnm:Sheet>
 <gnm:Name>Lamps</gnm:Name><gnm:Cells><gnm:Cell Row="0" Col="0" ValueType="60">A-1</gnm:Cell></gnm:Cells>
 <gnm:Objects><gnm:SheetObjectImage ObjectBound="B1:B1"><Content image-type="png" name="one"/></gnm:SheetObjectImage>
 <gnm:SheetObjectImage ObjectBound="B2:B2"><Content image-type="png" name="two"/></gnm:SheetObjectImage>
 </gnm:Objects></gnm:Sheet></gnm:Sheets><gnm:GODoc><GOImage name="one"/></gnm:GODoc></gnm:Workbook>"""


def told(book: Workbook) -> dict[str, dict[str, object]]:
    for key, params in book.warnings:
        for language in LANGUAGES:
            assert catalogue(language).text(Message(key, **params))
    return dict(book.warnings)


@pytest.mark.parametrize("part", [DRAWING, LISTED, "xl/worksheets/_rels/sheet1.xml.rels"])
def test_rows_are_read_without_a_drawing_that_can_not_be_unpacked(
    part: str, tmp_path: Path, reader: Reader
) -> None:
    book = reader.read(with_garbage(with_two_pictures(tmp_path / "list.xlsx"), part))
    assert [row[:2] for row in book.sheets[0].rows] == [
        ("Item No.", "Price"), ("A-1", "USD 1"), ("A-2", "USD 2"),
    ]  # fmt: skip
    assert book.sheets[0].pictures == ()
    assert told(book) == {"sheets.drawing_damaged": {"sheet": "Lamps"}}


@pytest.mark.parametrize("content", [b"", b"<a><b>", None])
def test_drawing_that_breaks_off_or_is_gone_is_told_of(
    content: bytes | None, tmp_path: Path, reader: Reader
) -> None:
    path = without_part(with_two_pictures(tmp_path / "list.xlsx"), DRAWING, instead=content)
    book = reader.read(path)
    assert len(book.sheets[0].rows) == 3
    assert "sheets.drawing_damaged" in told(book)


def test_picture_whose_bytes_are_gone_is_counted(tmp_path: Path, reader: Reader) -> None:
    path = without_part(with_two_pictures(tmp_path / "list.xlsx"), "xl/media/image1.png")
    book = reader.read(path)
    assert len(book.sheets[0].pictures) == 1
    assert told(book) == {"sheets.pictures_unreadable": {"count": 1}}
    book = reader.read(without_part(with_two_pictures(tmp_path / "list.xlsx"), LISTED))
    assert told(book) == {"sheets.pictures_unreadable": {"count": 2}}


@pytest.mark.parametrize("content", [b"<a><b>", None])
def test_pictures_in_cells_that_excel_dropped_are_told_of(
    content: bytes | None, shared_sheets: Path, tmp_path: Path, reader: Reader
) -> None:
    """Excel saves the formulas of WPS without the pictures they show."""
    path = tmp_path / "cells.xlsx"
    path.write_bytes((shared_sheets / "made/factory-wps-cell-pictures.xlsx").read_bytes())
    with zipfile.ZipFile(path) as box:
        index = next(name for name in box.namelist() if name.lower().endswith("cellimages.xml"))
    book = reader.read(without_part(path, index, instead=content))
    assert len(book.sheets[0].rows) > 10
    assert book.sheets[0].pictures == ()
    assert told(book) == {"sheets.pictures_unreadable": {"count": 8}}


def test_pictures_in_cells_of_an_old_workbook_saved_elsewhere_are_told_of(
    shared_sheets: Path, tmp_path: Path, reader: Reader
) -> None:
    content = (shared_sheets / "hostile/wps-native-image.et").read_bytes()
    whole = reader.read(shared_sheets / "hostile/wps-native-image.et")
    path = tmp_path / "saved.et"
    path.write_bytes(
        content.replace(
            "ETCellImageData".encode("utf-16-le"), "ETCellImageGone".encode("utf-16-le")
        )
    )
    book = reader.read(path)
    assert len(book.sheets[0].pictures) == len(whole.sheets[0].pictures) - 1
    assert told(book) == {"sheets.pictures_unreadable": {"count": 1}}


def test_pictures_of_gnumeric_stay_out_with_a_word(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "list.gnumeric"
    path.write_text(GNUMERIC, encoding="utf-8")
    book = reader.read(path)
    assert book.sheets[0].rows == (("A-1",),)
    assert told(book) == {"sheets.pictures_not_taken": {"count": 2}}


def test_pictures_of_a_flat_opendocument_file_stay_out_with_a_word(
    tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "list.fods"
    data = "<office:binary-data>iVBORw0KGgo=</office:binary-data>"
    path.write_text(ODS.format(image=f"<draw:image>{data}</draw:image>"), encoding="utf-8")
    assert told(reader.read(path)) == {"sheets.pictures_not_taken": {"count": 1}}


def test_pictures_that_an_opendocument_file_has_lost_are_counted(
    tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "list.ods"
    image = '<draw:image xlink:href="Pictures/gone.png"/>'
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("content.xml", ODS.format(image=image))
    book = reader.read(path)
    assert book.sheets[0].rows == (("A-1",),)
    assert told(book) == {"sheets.pictures_unreadable": {"count": 1}}


def test_pictures_of_a_binary_workbook_stay_out_with_a_word(
    shared_sheets: Path, tmp_path: Path, reader: Reader
) -> None:
    whole = shared_sheets / "hostile/any-sheets.xlsb"
    path = tmp_path / "list.xlsb"
    path.write_bytes(whole.read_bytes())
    with zipfile.ZipFile(path, "a") as box:
        box.writestr("xl/media/image1.png", b"\x89PNG")
    book = reader.read(path)
    assert [sheet.rows for sheet in book.sheets] == [s.rows for s in reader.read(whole).sheets]
    assert told(book) == {"sheets.pictures_not_taken": {"count": 1}}
