"""Files made to do harm are refused in words, fast, and leave the reader able to go on."""

from __future__ import annotations

import io
import multiprocessing
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from app.kernel.confined import MEMORY_BYTES
from app.kernel.errors import AppError, Cancelled
from app.kernel.language import LANGUAGES, catalogue
from app.kernel.messages import Message
from app.sheets.reading import Reader, limits, read
from app.sheets.reading.wire import unpacked

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 10
    + '"><!ENTITY c "'
    + "&b;" * 10
    + '">]>'
)


def a_workbook(path: Path, rows: list[list[object]] | None = None) -> Path:
    workbook = openpyxl.Workbook()
    for row in rows or [["Name", "Phone"], ["Ningbo Hongda", "13800138000"]]:
        workbook.active.append(row)
    workbook.save(path)
    return path


def with_parts(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook at ``path`` with each part rewritten."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, change(name, content))
    return path


def refusal(reader: Reader, path: Path) -> Message:
    started = time.monotonic()
    with pytest.raises(AppError) as caught:
        reader.read(path)
    assert time.monotonic() - started < 10
    for language in LANGUAGES:
        assert path.name in catalogue(language).text(caught.value.message)
    return caught.value.message


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, reader: Reader) -> None:
    path = a_workbook(tmp_path / "bomb.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as box,
        box.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b"0" * 1_000_000)
    assert refusal(reader, path).key == "sheets.bomb"


def test_part_that_lies_about_its_size_is_refused(tmp_path: Path, reader: Reader) -> None:
    path = a_workbook(tmp_path / "liar.xlsx")
    with zipfile.ZipFile(path) as box:
        info = box.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    real, lie = (size.to_bytes(4, "little") for size in (info.file_size, 40))
    path.write_bytes(content.replace(real, lie))
    assert refusal(reader, path).key == "sheets.damaged"


def test_cells_in_opposite_corners_are_refused_with_their_extent(
    tmp_path: Path, reader: Reader
) -> None:
    path = a_workbook(tmp_path / "corners.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.active["XFD1048576"] = 1
    workbook.save(path)
    message = refusal(reader, path)
    assert message.key == "sheets.cells_too_far_apart"
    assert (message.params["rows"], message.params["columns"]) == (1_048_576, 16_384)


def test_stray_cell_far_below_is_read(tmp_path: Path, reader: Reader) -> None:
    path = a_workbook(tmp_path / "far.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.active["B400000"] = "stray"
    workbook.save(path)
    rows = reader.read(path).sheets[0].rows
    assert len(rows) == 400_000
    assert rows[-1] == (None, "stray")


def test_coloured_cells_without_values_do_not_count(tmp_path: Path, reader: Reader) -> None:
    path = a_workbook(tmp_path / "coloured.xlsx")
    with_parts(
        path,
        lambda name, content: (
            content.replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
            )
            if name.endswith("sheet1.xml")
            else content
        ),
    )
    assert len(reader.read(path).sheets[0].rows) == 2


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"],
)
def test_document_type_in_any_part_is_refused(part: str, tmp_path: Path, reader: Reader) -> None:
    path = a_workbook(tmp_path / "laughs.xlsx")
    with_parts(path, lambda name, content: LAUGHS.encode() + content if name == part else content)
    assert refusal(reader, path).key == "sheets.bomb"


def test_spreadsheetml_with_a_document_type_is_refused(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "laughs.xls"
    path.write_text(
        '<?xml version="1.0"?>' + LAUGHS + "<Workbook "
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><l>&c;</l></Workbook>'
    )
    assert refusal(reader, path).key == "sheets.bomb"


def test_html_spanning_a_million_columns_is_held_in_limits(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "wide.xls"
    path.write_text(
        "<table>" + '<tr><td colspan="999999" rowspan="999999">x</td></tr>' * 5_000 + "</table>"
    )
    assert refusal(reader, path).key == "sheets.too_many_cells"


def test_repeated_cells_of_an_ods_are_held_in_limits(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "repeated.ods"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        box.writestr("content.xml", ODS)
    assert refusal(reader, path).key == "sheets.too_many_cells"


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="t"><table:table-row table:number-rows-repeated="1048576">
<table:table-cell table:number-columns-repeated="16384" office:value-type="string">
<text:p>x</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"""


@pytest.mark.parametrize(
    "line",
    [
        "TEL" + ";a=b" * 100_000,
        "TEL" + ';TYPE="' * 28,
        "NOTE:" + "\n x" * 100_000,
        "PHOTO;ENCODING=b:" + "A" * 5_000_000,
        "BEGIN:VCARD\n" * 50_000,
    ],
)
def test_vcard_made_to_hang_is_read_or_refused_in_time(
    line: str, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(f"BEGIN:VCARD\nFN:Wang\n{line}\nEND:VCARD\n")
    started = time.monotonic()
    book = reader.read(path)
    assert time.monotonic() - started < 10
    assert book.sheets[0].rows[1][0] == "Wang"


def test_picture_bomb_and_foreign_kinds_are_left_out_and_counted(
    tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "pictures.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Item"
    for row in (2, 3, 4):
        picture = io.BytesIO()
        Image.new("RGB", (30, 20), (row, 0, 0)).save(picture, "PNG")
        workbook.active.add_image(SheetImage(picture), f"A{row}")
    workbook.save(path)
    huge = b"\x89PNG\r\n\x1a\n" + png_chunk(
        b"IHDR", (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    )
    foreign = {
        "xl/media/image1.png": huge + png_chunk(b"IDAT", zlib.compress(b"\0" * 10_000_000)),
        "xl/media/image2.png": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    with_parts(path, foreign.get)
    book = reader.read(path)
    assert [picture.row for picture in book.sheets[0].pictures] == [3]
    assert ("sheets.pictures_unreadable", {"count": 2}) in book.warnings


def png_chunk(kind: bytes, content: bytes) -> bytes:
    checked = kind + content
    return len(content).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def test_other_documents_are_named(tmp_path: Path, reader: Reader) -> None:
    files = {
        "a.xlsx": (b"%PDF-1.7\n", "sheets.kinds.pdf"),
        "b.xlsx": (b"\x89PNG\r\n\x1a\n\x00", "sheets.kinds.picture"),
        "c.xls": (b"MZ\x90\x00", "sheets.kinds.program"),
        "d.xls": (b"<html><body>Please log in</body></html>", "sheets.kinds.page"),
    }
    for name, (content, kind) in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        message = refusal(reader, path)
        assert (message.key, message.params["kind"]) == (
            "sheets.not_a_spreadsheet",
            Message(kind),
        )


def test_word_document_under_a_sheets_name_is_named(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("word/document.xml", "<document/>")
    assert refusal(reader, path).params["kind"] == Message("sheets.kinds.word")


def test_missing_file_and_folder_are_told_apart(tmp_path: Path, reader: Reader) -> None:
    for path, key in ((tmp_path / "none.xlsx", "no_such_file"), (tmp_path, "is_a_folder")):
        with pytest.raises(AppError) as caught:
            reader.read(path)
        assert caught.value.message.key == f"sheets.{key}"


@pytest.fixture(scope="module")
def big_sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("big") / "big.xlsx"
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for number in range(20_000):
        sheet.append([f"Supplier {number}", number, "Ningbo"])
    workbook.save(path)
    return path


class EndsChildAt:
    """Progress that does something once rows arrive."""

    def __init__(self, action: Callable[[], None]) -> None:
        self._action = action

    def at(self, message: Message, done: int = 0, total: int = 0) -> None:
        if done:
            self._action()


def cancel() -> None:
    raise Cancelled


@pytest.fixture
def child() -> Callable[[], int | None]:
    """The id of the reading process that was started since, while there is one."""
    others = {process.pid for process in multiprocessing.active_children()}

    def started() -> int | None:
        own = (process.pid for process in multiprocessing.active_children())
        return next((pid for pid in own if pid not in others), None)

    return started


def test_cancelling_ends_the_reading_process(
    big_sheet: Path, child: Callable[[], int | None]
) -> None:
    with Reader() as reader:
        with pytest.raises(Cancelled):
            reader.read(big_sheet, progress=EndsChildAt(cancel))
        assert child() is None
        assert len(reader.read(big_sheet).sheets[0].rows) == 20_000


def test_death_of_the_reading_process_is_trouble_with_the_file(
    big_sheet: Path, child: Callable[[], int | None]
) -> None:
    import os
    import signal

    with Reader() as reader:
        ended: list[int] = []

        def end_child() -> None:
            running = child()
            if running is not None:
                os.kill(running, signal.SIGKILL)
                ended.append(running)

        with pytest.raises(AppError) as caught:
            reader.read(big_sheet, progress=EndsChildAt(end_child))
        assert len(set(ended)) == 1
        assert caught.value.message.key == "sheets.unreadable"
        assert len(reader.read(big_sheet).sheets[0].rows) == 20_000


def test_file_that_takes_too_long_is_given_up(
    big_sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "seconds_for", lambda size_bytes: 0.0)
    with pytest.raises(AppError) as caught:
        read(big_sheet)
    assert caught.value.message.key == "sheets.took_too_long"


def test_cards_that_take_too_long_are_to_be_split_and_not_saved_as_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = tmp_path / "all.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nTEL:123456789\nEND:VCARD\n" * 20_000)
    monkeypatch.setattr(limits, "seconds_for", lambda size_bytes: 0.0)
    with pytest.raises(AppError) as caught:
        read(cards)
    assert caught.value.message.key == "sheets.cards_took_too_long"


def test_reading_process_has_a_memory_limit_and_light_imports(
    big_sheet: Path, child: Callable[[], int | None]
) -> None:
    with Reader() as reader:
        reader.read(big_sheet)
        process = Path(f"/proc/{child()}")
        if not process.exists():
            pytest.skip("no /proc on this system")
        limit = next(
            line for line in (process / "limits").read_text().splitlines() if "address" in line
        )
        assert str(MEMORY_BYTES) in limit
        maps = (process / "maps").read_text()
        assert "PySide6" not in maps
        assert "sqlalchemy" not in maps.lower()


def test_what_arrives_can_only_be_parts_of_a_workbook() -> None:
    import pickle

    hostile = pickle.dumps(io.BytesIO, protocol=5)
    with pytest.raises(pickle.UnpicklingError):
        unpacked(hostile)


def test_panic_of_a_parser_is_a_damaged_file(
    shared_sheets: Path, tmp_path: Path, reader: Reader
) -> None:
    """A directory cut short in the middle of an entry."""
    content = (shared_sheets / "suppliers" / "osh-list12-same.xls").read_bytes()
    for length in (600, 1_100, 5_000, len(content) // 2, len(content) - 420):
        path = tmp_path / f"cut{length}.xls"
        path.write_bytes(content[:length])
        assert refusal(reader, path).key == "sheets.damaged"


@pytest.mark.parametrize("quotes", [1_000_000, 40_000, 40_001])
@pytest.mark.parametrize("line", ["{quotes}", "B,{quotes},2", '"B",{quotes}x'])
def test_line_of_nothing_but_quotation_marks_costs_no_time(
    quotes: int, line: str, tmp_path: Path, reader: Reader
) -> None:
    path = tmp_path / "marks.csv"
    rows = ["Name,Phone,City", *["A,13800138000,Ningbo"] * 5, line.format(quotes='"' * quotes)]
    path.write_text("\n".join([*rows, "C,13800138001,Yiwu"]) + "\n", encoding="utf-8")
    found = reader.read(path).sheets[0].rows
    assert found[1] == ("A", "13800138000", "Ningbo")
    assert found[-1] == ("C", "13800138001", "Yiwu")
