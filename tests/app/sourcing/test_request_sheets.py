"""Owns the tests of request sheets: what goes to the supplier, and what comes back onto which line.

Must not test how offers are compared.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.sheets.reading.pictures import SafePicture
from app.sourcing.request_sheets_service import NoRequestNamed

LINES = (
    {"wording": "silicone spatula", "quantity": Decimal(3000), "unit": "pcs", "target_price": "0.6",
     "currency": "USD", "specification": "27 cm, BPA free"},
    {"wording": "vacuum flask 500ml", "quantity": Decimal(5000), "unit": "pcs"},
    {"wording": "vacuum flask 750ml", "quantity": Decimal(2000), "unit": "pcs"},
)  # fmt: skip


@dataclass
class Asked:
    desk: Desk
    inquiry: int
    request: int
    suppliers: list[int]


@pytest.fixture
def asked(desk: Desk) -> Asked:
    suppliers = [desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业")]
    draft = InquiryDraft(buyer="Nordlys GmbH", values={"subject": "kitchen"}, lines=LINES)
    inquiry = desk.inquiries.add(draft)
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=suppliers))
    return Asked(desk, inquiry, request, suppliers)


def heading_row(sheet: Worksheet) -> int:
    return next(row for row in range(1, 15) if "Price 1" in str(columns(sheet, row)))


def columns(sheet: Worksheet, row: int) -> dict[str, int]:
    cells = {str(cell.value or ""): cell.column for cell in sheet[row]}
    return {text.splitlines()[0]: column for text, column in cells.items() if text}


def fill_in(path: Path, answers: dict[int, dict[str, object]]) -> Path:
    """What a supplier does: opens the sheet, types into the orange columns, saves."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    top = heading_row(sheet)
    places = columns(sheet, top)
    for line, values in answers.items():
        for name, value in values.items():
            sheet.cell(top + line, places[name]).value = value  # type: ignore[union-attr]
    book.save(path)
    return path


FULL = {
    "Price 1": 4.2, "From qty 2": 5000, "Price 2": "3.95", "Currency": "CNY",
    "VAT": "含13%税 incl. VAT", "Term and place": "FOB Ningbo", "MOQ": "1000个",
    "Lead time (days)": "25-30天", "Packing": "彩盒", "Pcs/ctn": 48, "Carton size cm": "50*40*30",
    "G.W. kg/ctn": 12.5, "Valid until": date(2026, 6, 30), "Remarks": "起订另议",
}  # fmt: skip


def test_the_sheet_names_neither_the_buyer_nor_the_target(asked: Asked, tmp_path: Path) -> None:
    written = asked.desk.request_sheets.write(asked.request, tmp_path / "r.xlsx")
    assert (written.lines, written.pictures) == (3, 0)
    texts = " ".join(
        str(cell.value)
        for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx")
        for row in sheet
        for cell in row
        if cell.value is not None
    )
    assert "Nordlys" not in texts
    assert "0.6" not in texts
    assert "Target" not in texts
    assert "询价单" in texts
    assert "vacuum flask 500ml" in texts
    assert "硅胶" in texts, "the glossary says it in Chinese"


def test_the_sheet_names_both_where_the_request_says_so(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    draft = RequestDraft(
        inquiry_id=asked.inquiry, supplier_ids=asked.suppliers, shows_buyer=True, shows_target=True
    )
    desk.request_sheets.write(desk.requests.create(draft), tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    texts = " ".join(str(cell.value) for row in sheet for cell in row)  # type: ignore[union-attr]
    assert "Nordlys" in texts
    assert "0.6 USD" in texts


def test_a_size_keeps_its_number_in_chinese(desk: Desk, tmp_path: Path) -> None:
    lines = [{"wording": "Vacuum flask 500 ml"}, {"wording": "Silicone spatula set (5 pcs/set)"}]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="N", lines=lines))
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    desk.request_sheets.write(request, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    texts = {str(cell.value) for row in sheet for cell in row}
    assert {
        "Vacuum flask 500 ml\n保温杯 500 毫升",
        "Silicone spatula set (5 pcs/set)\n硅胶铲",
    } <= texts


def test_the_product_s_picture_and_both_names_are_in_the_sheet(desk: Desk, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    product = desk.directory.add(
        "product", {"name_zh": "保温杯", "name_en": "flask", "item_number": "VF-1"}
    )
    desk.pictures.hang("product", product, [SafePicture(picture.getvalue(), "image/png")])
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="N", lines=[{"wording": "steel flask", "product_id": product}])
    )
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    written = desk.request_sheets.write(request, tmp_path / "r.xlsx")
    assert written.pictures == 1
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").active
    texts = " ".join(str(cell.value) for row in sheet for cell in row)  # type: ignore[union-attr]
    assert "steel flask\n保温杯" in texts
    assert "VF-1" in texts
    assert len(sheet._images) == 1  # type: ignore[union-attr]


def test_a_filled_in_sheet_comes_back_onto_its_lines(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    path = tmp_path / "back.xlsx"
    desk.request_sheets.write(asked.request, path, supplier_id=asked.suppliers[0])
    fill_in(path, {1: FULL, 3: {"Price 1": 21.5, "VAT": "不含税 excl. VAT"}})
    answer = desk.request_sheets.read(path)
    assert answer.supplier_id == asked.suppliers[0]
    assert [row.line.position for row in answer.answered if row.line] == [1, 3]
    assert answer.notes == ()
    offers = desk.request_sheets.take(answer)
    assert len(offers) == 2, "other terms are another offer"
    found = desk.comparisons.compare(asked.inquiry)
    (spatula,) = found.lines[0].cells
    offered = spatula.offered
    assert [(t.min_quantity, t.amount) for t in offered.tiers] == [
        (Decimal(1000), Decimal("4.2")),
        (Decimal(5000), Decimal("3.95")),
    ]
    assert (offered.includes_vat, offered.vat_rate) == (True, Decimal("0.13"))
    assert (offered.incoterm, offered.place) == ("FOB", "Ningbo")
    assert (offered.moq, offered.lead_time_days) == (Decimal(1000), 30)
    assert offered.valid_until == date(2026, 6, 30)
    assert not found.lines[1].cells
    assert found.lines[2].cells[0].offered.includes_vat is False
    detail = desk.sourcing_views.request(asked.request)
    assert [bool(one.answered_at) for one in detail.suppliers] == [True, False]
    (kept,) = desk.inquiry_views.inquiry(asked.inquiry).attachments
    assert kept.name == "back.xlsx"


def test_the_same_file_is_taken_once_and_undone_whole(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    path = tmp_path / "back.xlsx"
    desk.request_sheets.write(asked.request, path, supplier_id=asked.suppliers[0])
    fill_in(path, {1: {"Price 1": 4.2}, 2: {"Price 1": 20, "Currency": "USD"}})
    desk.request_sheets.take(desk.request_sheets.read(path))
    again = desk.request_sheets.read(path)
    assert again.is_taken_already
    with pytest.raises(AppError) as refused:
        desk.request_sheets.take(again)
    assert refused.value.message.key == "requests.answer_taken"
    desk.history.undo()
    assert not any(line.cells for line in desk.comparisons.compare(asked.inquiry).lines)
    assert len(desk.request_sheets.take(desk.request_sheets.read(path))) == 2


def rebuilt(path: Path, target: Path, headings: dict[str, str], *, reverse: bool) -> Path:
    """The sheet as a supplier copies it: other columns order, other headings, some left out."""
    source = openpyxl.load_workbook(path).active
    assert source is not None
    top = heading_row(source)
    places = columns(source, top)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    names = list(headings)[::-1] if reverse else list(headings)
    sheet.append([f"关于 {source.title} 的报价"])
    sheet.append([])
    sheet.append([headings[name] for name in names])
    for row in range(top + 1, top + 1 + len(LINES)):
        sheet.append([source.cell(row, places[name]).value for name in names])
    book.save(target)
    return target


def test_moved_and_renamed_columns_with_their_keys(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    path = tmp_path / "r.xlsx"
    desk.request_sheets.write(asked.request, path, supplier_id=asked.suppliers[1])
    fill_in(path, dict.fromkeys((1, 2, 3), FULL))
    headings = {
        "Key": "编码", "Product": "产品名称", "Price 1": "出厂价", "From qty 2": "第二档数量",
        "Price 2": "第二档单价", "Currency": "货币", "MOQ": "最小起订量", "Lead time (days)": "交货期",
        "Packing": "包装", "Valid until": "报价有效期",
    }  # fmt: skip
    back = rebuilt(path, tmp_path / "海达报价.xlsx", headings, reverse=True)
    answer = desk.request_sheets.read(back)
    assert answer.supplier_id == asked.suppliers[1], "the key goes before the file's name"
    assert [row.line.position for row in answer.answered if row.line] == [1, 2, 3]
    row = answer.answered[1].row
    assert row.tiers == ((Decimal(1000), Decimal("4.2")), (Decimal(5000), Decimal("3.95")))
    assert (row.moq, row.lead_time_days, row.packing) == (Decimal(1000), 30, "彩盒")
    assert row.valid_until == date(2026, 6, 30)


def test_without_keys_the_wording_brings_rows_home(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    path = tmp_path / "r.xlsx"
    desk.request_sheets.write(asked.request, path)
    fill_in(path, {1: {"Price 1": 4.2}, 2: {"Price 1": 20}, 3: {"Price 1": 25}})
    headings = {"Price 1": "单价（元）", "Product": "品名", "MOQ": "起订量"}
    back = rebuilt(path, tmp_path / "海达报价.xlsx", headings, reverse=False)
    answer = desk.request_sheets.read(back)
    assert answer.supplier_id == asked.suppliers[0], "named by the file"
    assert [(r.line.position, r.row.tiers[0][1]) for r in answer.answered if r.line] == [
        (1, Decimal("4.2")),
        (2, Decimal(20)),
        (3, Decimal(25)),
    ]
    assert {note.key for note in answer.notes} == {"requests.matched_by_wording"}


def test_a_key_on_a_row_of_another_article_is_not_believed(asked: Asked, tmp_path: Path) -> None:
    """Visible columns sorted, the hidden one left where it was."""
    desk = asked.desk
    path = tmp_path / "r.xlsx"
    desk.request_sheets.write(asked.request, path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    top = heading_row(sheet)
    product = columns(sheet, top)["Product"]
    first, second = (sheet.cell(top + line, product) for line in (1, 2))
    first.value, second.value = second.value, first.value
    book.save(path)
    fill_in(path, {1: {"Price 1": 20}, 2: {"Price 1": 4.2}})
    answer = desk.request_sheets.read(path)
    assert [row.line.position for row in answer.answered if row.line] == [2, 1]
    assert {note.key for note in answer.notes} == {"requests.key_on_another_row"}


def test_trouble_is_named(asked: Asked, tmp_path: Path) -> None:
    desk = asked.desk
    path = tmp_path / "r.xlsx"
    desk.request_sheets.write(asked.request, path)
    with pytest.raises(AppError) as empty:
        desk.request_sheets.read(path)
    assert empty.value.message.key == "requests.no_answer_in_file"
    fill_in(path, {1: {"Price 1": 4.2}})
    answer = desk.request_sheets.read(path)
    with pytest.raises(AppError) as whose:
        desk.request_sheets.take(answer)
    assert whose.value.message.key == "requests.whose_answer"
    assert desk.request_sheets.take(answer, supplier_id=asked.suppliers[1])


def test_a_sheet_that_names_an_unknown_request_is_not_taken_for_another(
    asked: Asked, tmp_path: Path
) -> None:
    read = asked.desk.request_sheets.read
    sheet = tmp_path / "offer.csv"
    sheet.write_text("R-2019-0007\n\nProduct,Price (CNY)\nvacuum flask 500ml,11\n", "utf-8")
    with pytest.raises(NoRequestNamed) as unknown:
        read(sheet, inquiry_id=asked.inquiry)
    assert unknown.value.message.key == "requests.names_unknown_request"
    assert unknown.value.message.params["number"] == "R-2019-0007"
    assert len(read(sheet, request_id=asked.request).answered) == 1
    sheet.write_text("Product,Price (CNY)\nvacuum flask 500ml,11\n", "utf-8")
    assert read(sheet, inquiry_id=asked.inquiry).request.id == asked.request


def test_each_supplier_gets_a_file_of_its_own(asked: Asked, tmp_path: Path) -> None:
    written = asked.desk.request_sheets.write_each(asked.request, tmp_path)
    assert [path.name.split(" ", 1)[1] for path in written] == ["海达.xlsx", "杯业.xlsx"]
