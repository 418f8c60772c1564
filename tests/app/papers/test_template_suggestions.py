from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from paper_samples import logo, paper, picture

from app.kernel.errors import AppError
from app.papers.amounts import line_volume
from app.papers.service import Papers
from app.papers.sheet import write_xlsx
from app.papers.templates.fill import write_with_template
from app.papers.templates.recognition import labelled


def sheet_in_use(to: Path) -> Path:
    """Three lines quoted to somebody else, with pictures and sums."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.add_image(SheetImage(io.BytesIO(logo())), "A1")
    sheet["A3"], sheet["B3"] = "客户 To:", "Old Buyer GmbH"
    sheet["E3"], sheet["F3"] = "Date:", "2024-01-02"
    sheet["A4"], sheet["E4"] = "Quotation No: Q-OLD-7", "Valid until"
    headings = (
        "序号 No.",
        "图片 Photo",
        "货号 Item No.",
        "品名 Product",
        "数量 Qty",
        "单价 Price",
        "金额 Amount",
    )
    for column, text in enumerate(headings, 1):
        sheet.cell(6, column, text)
    for row in (7, 8, 9):
        sheet.append([row - 6, None, f"OLD-{row}", f"Old goods {row}", 100, 2.5, f"=E{row}*F{row}"])
        sheet.add_image(SheetImage(io.BytesIO(picture(row))), f"B{row}")
    sheet["F10"], sheet["G10"] = "Total", "=SUM(G7:G9)"
    sheet["A12"], sheet["B12"] = "Payment:", "T/T 30%"
    book.save(to)
    return to


def test_a_sheet_in_use_becomes_a_template_that_works(tmp_path: Path) -> None:
    made = Papers().suggest_template(sheet_in_use(tmp_path / "old.xlsx"), tmp_path / "own.xlsx")
    sheet = openpyxl.load_workbook(made.path).active
    assert sheet["B3"].value == "{{ buyer.name }}"
    assert sheet["A4"].value == "Quotation No: {{ number }}"
    assert (sheet["F3"].value, sheet["F4"].value) == ("{{ date }}", "{{ valid_until }}")
    assert [cell.value for cell in sheet[7]] == [
        "{{ line.number }}", "{{ line.picture }}", "{{ line.item_number }}", "{{ line.name }}",
        "{{ line.quantity }}", "{{ line.price }}", "=E7*F7",
    ]  # fmt: skip
    assert (sheet["F8"].value, sheet["G8"].value) == ("Total", "=SUM(G7:G7)")
    assert (sheet["A10"].value, sheet["B10"].value) == ("Payment:", "{{ payment }}")
    assert len(sheet._images) == 1
    written = write_with_template(paper(4), tmp_path / "q.xlsx", template=made.path)
    filled = openpyxl.load_workbook(written.path).active
    assert filled["G11"].value == "=SUM(G7:G10)"
    assert len(filled._images) == 5
    assert "OLD" not in "".join(str(c.value) for row in filled.iter_rows() for c in row)
    assert dict(made.placeholders)["B10"] == "{{ payment }}"


def test_our_own_sheet_becomes_a_template_too(tmp_path: Path) -> None:
    plain = replace(paper(3), adjustments=())
    write_xlsx(plain, tmp_path / "ours.xlsx", language="both")
    made = Papers().suggest_template(tmp_path / "ours.xlsx", tmp_path / "own.xlsx")
    texts = {text for _, text in made.placeholders}
    assert {"{{ line.item_number }}", "{{ line.quantity }}", "{{ buyer.name }}"} <= texts
    write_with_template(paper(2), tmp_path / "q.xlsx", template=made.path)


def test_a_real_invoice_becomes_a_template(tmp_path: Path, shared_sheets: Path) -> None:
    made = Papers().suggest_template(
        shared_sheets / "quotations" / "kr-commercial-invoice.xlsx", tmp_path / "own.xlsx"
    )
    texts = {text for _, text in made.placeholders}
    assert {"{{ line.name }}", "{{ line.quantity }}", "{{ line.price }}"} <= texts
    write_with_template(paper(2), tmp_path / "q.xlsx", template=made.path)


def test_a_sheet_without_goods_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(AppError) as trouble:
        Papers().suggest_template(tmp_path / "empty.xlsx", tmp_path / "own.xlsx")
    assert trouble.value.message.key == "papers.nothing_recognised"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Quotation No.: 77", ("number", "77")),
        ("有效期至：", ("valid_until", "")),
        ("Payment terms", ("payment", "")),
        ("Thank you for your inquiry", None),
    ],
)
def test_labels_are_told_from_other_texts(text: str, meant: tuple[str, str] | None) -> None:
    assert labelled(text) == meant


def test_an_amount_that_is_multiplied_by_the_price_is_the_quantity(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Product ID", "Description", "Price", "Amount", "Total"])
    sheet.append([1001, "PHP for dummies", 20, 1, '=IF(D2<>"",C2*D2,"")'])
    sheet.append([1012, "OpenXML for dummies", 22, 2, "=C3*D3"])
    book.save(tmp_path / "old.xlsx")
    made = Papers().suggest_template(tmp_path / "old.xlsx", tmp_path / "own.xlsx")
    cells = [cell.value for cell in openpyxl.load_workbook(made.path).worksheets[0][2]]
    assert cells[2:] == ["{{ line.price }}", "{{ line.quantity }}", '=IF(D2<>"",C2*D2,"")']


@pytest.mark.parametrize(("heading", "goods"), [("Total CBM", 3), ("总体积 (CBM)", 1), ("CBM", 3)])
def test_a_volume_worked_out_for_the_carton_of_its_row_is_that_of_each_line(
    tmp_path: Path, heading: str, goods: int
) -> None:
    book = openpyxl.load_workbook(sheet_in_use(tmp_path / "old.xlsx"))
    sheet = book.active
    sheet["H6"], sheet["I6"] = "Cartons", heading
    for row in (7, 8, 9):
        sheet[f"H{row}"], sheet[f"I{row}"] = f"=ROUNDUP(E{row}/24,0)", f"=H{row}*0.09{row}244375"
    sheet.delete_rows(8, 3 - goods)
    book.save(tmp_path / "old.xlsx")
    made = Papers().suggest_template(tmp_path / "old.xlsx", tmp_path / "own.xlsx")
    template = openpyxl.load_workbook(made.path).active
    assert (template["H7"].value, template["I7"].value) == (
        "=ROUNDUP(E7/24,0)",
        "{{ line.volume }}",
    )
    asked = paper(3)
    written = write_with_template(asked, tmp_path / "q.xlsx", template=made.path)
    filled = openpyxl.load_workbook(written.path).active
    told = [filled[f"I{7 + n}"].value for n in range(3)]
    assert told == [float(line_volume(line) or 0) for line in asked.lines]
