"""Pictures of every kind arrive at the cell of their centre, encoded anew by us."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from PIL import Image

from app.sheets.grid import Picture, Sheet
from app.sheets.reading import Reader
from app.sheets.reading.pictures import safe


def first(shared: Path, name: str, reader: Reader) -> Sheet:
    return reader.read(shared / name).sheets[0]


def cells(pictures: tuple[Picture, ...]) -> list[tuple[int, int, str]]:
    return sorted((picture.row, picture.column, picture.kind) for picture in pictures)


def test_pictures_lie_where_their_centre_is(shared_sheets: Path, reader: Reader) -> None:
    """15 of the 19 begin in the last pixels of the row above their product."""
    sheet = first(shared_sheets, "pricelists/fashion-lineup-images-per-row.xlsx", reader)
    assert cells(sheet.pictures) == [(row, 1, "floating") for row in range(1, 20)]
    assert {picture.media_type for picture in sheet.pictures} == {"image/png"}


@pytest.mark.parametrize("name", ["factory-one-price.xlsx", "factory-wps-cell-pictures.xlsx"])
def test_floating_and_wps_pictures_of_a_price_list(
    name: str, shared_sheets: Path, reader: Reader
) -> None:
    sheet = first(shared_sheets, f"made/{name}", reader)
    kind = "cell-wps" if "wps" in name else "floating"
    rows = [6, 7, 8, 9, 10, 12, 13, 15]
    assert cells(sheet.pictures) == [(row, 1, kind) for row in rows]
    assert not any("DISPIMG" in str(value) for row in sheet.rows for value in row)


def test_wps_pictures_are_matched_by_name_and_not_by_order(
    shared_sheets: Path, reader: Reader
) -> None:
    """Both files show the same products: the same pixels on the same rows."""
    floating = first(shared_sheets, "made/factory-one-price.xlsx", reader).pictures
    in_cells = first(shared_sheets, "made/factory-wps-cell-pictures.xlsx", reader).pictures
    assert pixels(floating) == pixels(in_cells)


def pixels(pictures: tuple[Picture, ...]) -> dict[int, bytes]:
    return {p.row: Image.open(io.BytesIO(p.data)).convert("RGB").tobytes() for p in pictures}


def test_pictures_of_the_price_list_are_on_their_rows(shared_sheets: Path, reader: Reader) -> None:
    sheet = first(shared_sheets, "made/factory-price-list.xlsx", reader)
    assert len(sheet.pictures) == 19
    assert all(count == 1 for count in Counter(p.row for p in sheet.pictures).values())
    assert {picture.column for picture in sheet.pictures} == {1}


def test_pictures_placed_in_and_over_cells(shared_sheets: Path, reader: Reader) -> None:
    both = first(shared_sheets, "hostile/pictures-in-and-over-cell.xlsx", reader)
    assert cells(both.pictures) == [
        (0, 0, "cell-excel"), (2, 0, "cell-excel"), (8, 4, "floating"),
    ]  # fmt: skip
    assert all(value is None for row in both.rows for value in row)
    placed = first(shared_sheets, "hostile/picture-richdata-in-cell.xlsx", reader)
    assert cells(placed.pictures) == [(1, 1, "cell-excel")]


def test_wps_picture_is_no_text(shared_sheets: Path, reader: Reader) -> None:
    sheet = first(shared_sheets, "hostile/wps-dispimg-cell-image.xlsx", reader)
    assert (14, 6, "cell-wps") in cells(sheet.pictures)
    assert sheet.rows[14][6] is None


def test_pictures_hung_on_comments_belong_to_their_cells(
    shared_sheets: Path, reader: Reader
) -> None:
    name = "hostile/three-row-merged-header-26-images.xlsx"
    sheet = first(shared_sheets, name, reader)
    assert {picture.kind for picture in sheet.pictures} == {"comment"}
    assert len(sheet.pictures) == 25
    assert {picture.row for picture in sheet.pictures} <= set(range(3, 12))


def test_centre_counts_heights_widths_and_hidden_rows(tmp_path: Path, reader: Reader) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"] = "Item"
    for row in range(2, 12):
        sheet.row_dimensions[row].height = 60
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].width = 40
    picture = SheetImage(png(20, 20))
    start = AnchorMarker(col=1, colOff=2_000_000, row=2, rowOff=740_000)
    end = AnchorMarker(col=2, colOff=300_000, row=4, rowOff=400_000)
    picture.anchor = TwoCellAnchor(_from=start, to=end)
    sheet.add_image(picture)
    workbook.save(tmp_path / "anchors.xlsx")
    found = reader.read(tmp_path / "anchors.xlsx").sheets[0].pictures
    assert cells(found) == [(4, 1, "floating")]


def png(width: int, height: int) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, "PNG")
    return stream


def test_same_picture_on_many_sheets_is_held_once(tmp_path: Path, reader: Reader) -> None:
    one, two = "xl/media/image1.png", "xl/media/image2.png"
    workbook = openpyxl.Workbook()
    workbook.active.add_image(SheetImage(png(20, 20)), "A2")
    workbook.create_sheet("Second").add_image(SheetImage(png(20, 20)), "B3")
    workbook.save(tmp_path / "two.xlsx")
    path = tmp_path / "one.xlsx"
    with zipfile.ZipFile(tmp_path / "two.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(two[2:].encode(), one[2:].encode()))
    first_sheet, second_sheet = reader.read(path).sheets
    assert cells(second_sheet.pictures) == [(2, 1, "floating")]
    assert first_sheet.pictures[0].data is second_sheet.pictures[0].data


def stored(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def test_exif_is_dropped_after_the_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "secret camera"
    photo = Image.new("RGB", (40, 20), "red")
    made = safe(lambda: stored(photo, "JPEG", exif=exif, comment=b"secret note"))
    assert made is not None
    with Image.open(io.BytesIO(made.data)) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()
    assert b"secret" not in made.data


@pytest.mark.parametrize(
    ("kind", "mode", "media_type"),
    [
        ("PNG", "RGBA", "image/png"), ("PNG", "P", "image/png"), ("GIF", "P", "image/png"),
        ("BMP", "RGB", "image/png"), ("WEBP", "RGB", "image/jpeg"), ("WEBP", "RGBA", "image/png"),
        ("JPEG", "L", "image/jpeg"), ("JPEG", "CMYK", "image/jpeg"),
    ],
)  # fmt: skip
def test_every_kind_of_picture_becomes_png_or_jpeg(kind: str, mode: str, media_type: str) -> None:
    made = safe(lambda: stored(Image.new(mode, (8, 6)), kind) + b"appended")
    assert made is not None
    assert made.media_type == media_type
    assert b"appended" not in made.data
    with Image.open(io.BytesIO(made.data)) as shown:
        assert shown.size == (8, 6)
        assert shown.mode != "CMYK"


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x01\x00\x00\x00emf", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_of_ours_is_none(content: bytes) -> None:
    assert safe(lambda: content) is None


def test_truncated_picture_is_none() -> None:
    whole = stored(Image.effect_noise((64, 64), 50), "JPEG")
    assert safe(lambda: whole[: len(whole) // 2]) is None


def test_transparent_pixels_stay_transparent() -> None:
    seen_through = Image.new("P", (4, 4), 1)
    seen_through.putpalette([0, 0, 0, 255, 0, 0])
    made = safe(lambda: stored(seen_through, "PNG", transparency=1))
    assert made is not None
    assert Image.open(io.BytesIO(made.data)).convert("RGBA").getpixel((0, 0))[3] == 0


def test_pictures_of_xls_and_et_files(shared_sheets: Path, reader: Reader) -> None:
    written_by_wps = first(shared_sheets, "hostile/wps-native-image.et", reader)
    assert (14, 6, "cell-wps") in cells(written_by_wps.pictures)
    assert written_by_wps.rows[14][6] is None
    assert [p.kind for p in written_by_wps.pictures].count("floating") == 3
    pipes = first(shared_sheets, "pricelists/ru-pipes-one-sheet.xls", reader)
    assert {picture.media_type for picture in pipes.pictures} == {"image/jpeg"}
    assert len(pipes.pictures) > 20
    assert {picture.column for picture in pipes.pictures} == {0}


def test_pictures_of_a_group_lie_where_each_is(tmp_path: Path, reader: Reader) -> None:
    """Two pictures side by side in one group that spans six rows."""
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Item"
    for cell in ("B2", "B3"):
        workbook.active.add_image(SheetImage(png(20, 20)), cell)
    workbook.save(tmp_path / "single.xlsx")
    path = tmp_path / "group.xlsx"
    with zipfile.ZipFile(tmp_path / "single.xlsx") as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            is_drawing = name == "xl/drawings/drawing1.xml"
            new.writestr(name, GROUP if is_drawing else old.read(name))
    pictures = reader.read(path).sheets[0].pictures
    assert cells(pictures) == [(1, 1, "floating"), (5, 1, "floating")]


GROUP = """<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row>
<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff>
<xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:grpSp><xdr:grpSpPr><a:xfrm>
<a:off x="0" y="0"/><a:ext cx="100" cy="600"/><a:chOff x="1000" y="1000"/>
<a:chExt cx="200" cy="1200"/></a:xfrm></xdr:grpSpPr>
<xdr:pic><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr><a:xfrm>
<a:off x="1000" y="1000"/><a:ext cx="200" cy="200"/></a:xfrm></xdr:spPr></xdr:pic>
<xdr:pic><xdr:blipFill><a:blip r:embed="rId2"/></xdr:blipFill><xdr:spPr><a:xfrm>
<a:off x="1000" y="1800"/><a:ext cx="200" cy="200"/></a:xfrm></xdr:spPr></xdr:pic>
</xdr:grpSp></xdr:twoCellAnchor></xdr:wsDr>"""
