"""Pictures hang on products and companies in an order, made harmless before they are kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app.desk import Desk
from app.kernel.errors import AppError
from app.sheets.reading.pictures import SafePicture


def drawn(colour: str, form: str = "PNG") -> bytes:
    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at the factory of 海达"
    Image.new("RGB", (40, 30), colour).save(content, form, exif=exif)
    return content.getvalue()


@pytest.fixture
def product(desk: Desk) -> int:
    return desk.directory.add("product", {"name_zh": "杯"})


def order(desk: Desk, product: int) -> list[int]:
    return [one.id for one in desk.pictures.of("product", product)]


def test_files_and_pasted_pictures_are_kept_encoded_anew(
    desk: Desk, product: int, tmp_path: Path
) -> None:
    file = tmp_path / "cup.jpg"
    file.write_bytes(drawn("red", "JPEG") + b"<script>")
    added = desk.pictures.add("product", product, [file, drawn("blue")])
    shown = desk.pictures.of("product", product)
    assert [one.id for one in shown] == list(added)
    assert [one.media_type for one in shown] == ["image/jpeg", "image/png"]
    for one in shown:
        kept = desk.picture_path(one.sha256).read_bytes()
        assert b"<script>" not in kept
        assert b"factory" not in kept
    desk.history.undo()
    assert desk.pictures.of("product", product) == ()


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n" + b"0" * 50])
def test_what_is_no_picture_is_refused_and_none_is_kept(
    desk: Desk, product: int, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "cup.png"
    file.write_bytes(content)
    with pytest.raises(AppError) as trouble:
        desk.pictures.add("product", product, [drawn("red"), file])
    assert trouble.value.message.key == "pictures.unreadable"
    with pytest.raises(AppError) as trouble:
        desk.pictures.add("product", product, [content])
    assert trouble.value.message.key == "pictures.pasted_unreadable"
    assert desk.pictures.of("product", product) == ()


def test_the_first_is_the_main_one_and_the_list_shows_it(desk: Desk, product: int) -> None:
    pictures = [SafePicture(drawn(colour), "image/png") for colour in ("red", "blue", "green")]
    first, second, third = desk.pictures.hang("product", product, pictures)
    desk.pictures.move(third, 0)
    assert order(desk, product) == [third, first, second]
    column = [field.key for field in desk.lists.listing("product").fields].index("picture")
    main = desk.pictures.of("product", product)[0].sha256
    assert desk.lists.rows("product", [product])[product][column] == main
    desk.pictures.move(first, 9)
    assert order(desk, product) == [third, second, first]
    desk.history.undo()
    assert order(desk, product) == [third, first, second]
    desk.pictures.remove([third])
    assert order(desk, product) == [first, second]


def test_pictures_of_several_imports_are_put_in_one_order(desk: Desk, product: int) -> None:
    ids = [
        desk.pictures.hang("product", product, [SafePicture(drawn(colour), "image/png")])[0]
        for colour in ("red", "blue", "green")
    ]
    with desk._book.write("pictures.move") as scope:
        scope.connection().exec_driver_sql("UPDATE picture SET position = 0")
    desk.pictures.move(ids[1], 0)
    assert order(desk, product) == [ids[1], ids[0], ids[2]]


def test_a_picture_hangs_once_on_a_record_and_its_content_is_kept_once(
    desk: Desk, product: int
) -> None:
    cup = SafePicture(drawn("red"), "image/png")
    desk.pictures.hang("product", product, [cup, cup])
    with pytest.raises(AppError) as trouble:
        desk.pictures.hang("product", product, [cup])
    assert trouble.value.message.key == "pictures.there_already"
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    desk.pictures.hang("supplier", supplier, [cup])
    (own,) = desk.directory_views.company(supplier).pictures
    assert own.sha256 == desk.pictures.of("product", product)[0].sha256


def test_what_is_gone_or_has_no_pictures_is_told(desk: Desk, product: int) -> None:
    for work in (
        lambda: desk.pictures.remove([7]),
        lambda: desk.pictures.move(7, 0),
        lambda: desk.pictures.of("inquiry", 1),
        lambda: desk.pictures.hang("product", 77, [SafePicture(drawn("red"), "image/png")]),
    ):
        with pytest.raises(AppError):
            work()
