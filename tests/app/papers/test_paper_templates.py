from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from paper_samples import heading, line, logo, paper, picture, rich_paper, tiers
from test_paper_sheets import recalculated

from app.kernel.errors import AppError
from app.papers.amounts import totals_of
from app.papers.content import Bank, Bilingual, Instalment, PaperKind, QuotationPaper
from app.papers.labels import Labels
from app.papers.service import Papers
from app.papers.templates.fill import write_with_template
from app.papers.templates.values import line_values, paper_values
from resources import resource

SECOND = "General terms"


def own_template(to: Path, **cells: object) -> Path:
    """A layout a small company might use: logo, letterhead, five columns, sums, terms, second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Quotation"
    sheet.add_image(SheetImage(io.BytesIO(logo())), "A1")
    sheet["C1"] = "{{ seller.name_en }}"
    sheet["C1"].font = Font(name="Georgia", size=18, color="AA3300")
    sheet.merge_cells("C1:G1")
    sheet["C3"] = "Quotation {{ number }} of {{ date }} for {{ buyer.name }}"
    sheet.merge_cells("C3:G3")
    for column, text in enumerate(
        ("No.", "Photo", "Item", "Goods", "Qty", "Price", "Amount", "from {{ tier2.minimum }}"), 1
    ):
        sheet.cell(5, column, text).fill = PatternFill("solid", fgColor="FFEEDD")
    sheet["A6"] = "{{ group.name }}"
    sheet.merge_cells("A6:G6")
    names = ("number", "picture", "item_number", "name", "quantity", "price")
    for column, name in enumerate(names, 1):
        sheet.cell(7, column, f"{{{{ line.{name} }}}}")
    sheet["D7"].alignment = Alignment(wrap_text=True)
    sheet["F7"].number_format = "#,##0.000"
    sheet["G7"] = "=E7*F7"
    sheet["H7"] = "{{ line.tier2 }}"
    sheet.row_dimensions[7].height = 60
    sheet["F8"], sheet["G8"] = "Total {{ currency }}", "=SUM(G7:G7)"
    sheet["A9"] = "{{ if bank }}"
    sheet["A10"], sheet["C10"] = "Bank", "{{ bank.bank_name }} {{ bank.account }}"
    sheet.merge_cells("C10:G10")
    sheet["A11"] = "{{ end }}"
    sheet["A12"], sheet["G12"] = "Half", "=G8/2"
    sheet.print_title_rows, sheet.print_area = "5:5", "A1:G12"
    sheet.oddFooter.center.text = "Page &P"
    sheet.page_setup.orientation = "landscape"
    sheet.column_dimensions["D"].width = 33
    valid = DataValidation(type="whole", sqref="E7")
    sheet.add_data_validation(valid)
    for place, text in cells.items():
        sheet[place] = text
    second = book.create_sheet(SECOND)
    second["A1"] = "Goods are sold as agreed."
    second["A2"] = "=Quotation!G8"
    book.save(to)
    return to


def filled(tmp_path: Path, quotation: QuotationPaper, **cells: object) -> Path:
    template = own_template(tmp_path / "own.xlsx", **cells)
    return write_with_template(quotation, tmp_path / "q.xlsx", template=template).path


def column(sheet: Worksheet, letter: str) -> list[object]:
    return [cell.value for cell in sheet[letter]]


def test_lines_repeat_and_the_rows_below_move(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled(tmp_path, paper(4)))["Quotation"]
    assert [sheet.cell(row, 3).value for row in range(6, 10)] == [f"KT-100{n}" for n in range(4)]
    assert [sheet.cell(row, 7).value for row in range(6, 10)] == [
        f"=E{n}*F{n}" for n in range(6, 10)
    ]
    assert (sheet["F10"].value, sheet["G10"].value) == ("Total USD", "=SUM(G6:G9)")
    assert sheet["C11"].value == "Example Bank, Ningbo Branch 6222 0000 0000 0000"
    assert sheet["G12"].value == "=G10/2"
    assert sheet["E6"].value == 5000
    assert sheet["F6"].number_format == "#,##0.000"
    assert [sheet.row_dimensions[row].height for row in range(6, 10)] == [60] * 4


def test_the_template_keeps_its_look_and_its_other_sheet(tmp_path: Path) -> None:
    path = filled(tmp_path, paper(4))
    book = openpyxl.load_workbook(path)
    sheet = book["Quotation"]
    assert (sheet["C1"].font.name, sheet["C1"].font.size) == ("Georgia", 18)
    assert sheet["C1"].value == "Ningbo Haitang Kitchenware Co., Ltd."
    assert {str(m) for m in sheet.merged_cells.ranges} == {"C1:G1", "C3:G3", "C11:G11"}
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.print_area == "'Quotation'!$A$1:$G$12"
    assert sheet.oddFooter.center.text == "Page &P"
    assert sheet.column_dimensions["D"].width == 33
    assert str(sheet.data_validations.dataValidation[0].sqref) == "E6:E9"
    assert book[SECOND]["A2"].value == "=Quotation!G10"
    with zipfile.ZipFile(tmp_path / "own.xlsx") as before, zipfile.ZipFile(path) as after:
        for part in ("xl/theme/theme1.xml", "xl/media/image1.png"):
            assert before.read(part) == after.read(part)


def test_pictures_stand_over_their_cells_and_the_logo_stays(tmp_path: Path) -> None:
    goods = tuple(line(n, picture=picture(n % 2, (900, 500))) for n in range(4))
    sheet = openpyxl.load_workbook(filled(tmp_path, replace(paper(0), lines=goods)))["Quotation"]
    anchors = [image.anchor for image in sheet._images]
    assert [(a._from.col, a._from.row) for a in anchors] == [(0, 0), (1, 5), (1, 6), (1, 7), (1, 8)]
    with zipfile.ZipFile(tmp_path / "q.xlsx") as archive:
        assert len([n for n in archive.namelist() if "/media/paper-" in n]) == 2


def test_groups_get_their_own_row_and_tiers_their_column(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled(tmp_path, rich_paper()))["Quotation"]
    assert sheet["A6"].value == "Kitchen tools"
    assert "A6:G6" in {str(merge) for merge in sheet.merged_cells.ranges}
    assert sheet["H7"].value == 1.86
    assert sheet["H5"].value == "from 1,000"
    assert not sheet.column_dimensions["H"].hidden


def test_a_tier_no_line_has_is_hidden(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled(tmp_path, paper(2)))["Quotation"]
    assert sheet.column_dimensions["H"].hidden


def test_a_condition_that_does_not_hold_takes_its_rows_away(tmp_path: Path) -> None:
    seller = replace(paper(0).seller, bank=Bank())
    path = filled(tmp_path, replace(paper(2), seller=seller))
    sheet = openpyxl.load_workbook(path)["Quotation"]
    assert "Bank" not in column(sheet, "A")
    assert sheet["G9"].value == "=G8/2"


def test_a_paper_without_lines_leaves_one_empty_row(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(filled(tmp_path, paper(0)))["Quotation"]
    assert sheet["C6"].value is None
    assert sheet["G7"].value == "=SUM(G6:G6)"


def test_the_template_calculates_the_total_we_know(tmp_path: Path) -> None:
    path = filled(tmp_path, paper(4))
    theirs = recalculated(path, tmp_path / "calc")
    goods = sum(Decimal(5000 + 250 * n) * (Decimal("1.86") + Decimal(n) / 100) for n in range(4))
    assert theirs["G10"].value == pytest.approx(float(goods))
    assert theirs["G12"].value == pytest.approx(float(goods / 2))


def test_outside_text_in_a_template_stays_text(tmp_path: Path) -> None:
    bad = '=HYPERLINK("http://evil.example")'
    goods = (line(0, item_number=bad, name=Bilingual.same("+1+cmd")),)
    sheet = openpyxl.load_workbook(filled(tmp_path, replace(paper(0), lines=goods)))["Quotation"]
    assert (sheet["C6"].value, sheet["C6"].data_type) == (bad, "s")
    assert sheet["C6"].quotePrefix
    assert sheet["D6"].quotePrefix


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{{ line.colour }}", "papers.unknown_placeholder"),
        ("{{ line.name", "papers.broken_placeholder"),
        ("see {{ line.picture }}", "papers.mixed_picture"),
        ("{{ if remarks }}", "papers.unclosed_block"),
        ("{{ end }}", "papers.stray_end"),
    ],
)
def test_a_wrong_placeholder_is_named_by_its_cell(tmp_path: Path, text: str, key: str) -> None:
    with pytest.raises(AppError) as trouble:
        filled(tmp_path, paper(1), J12=text)
    assert trouble.value.message.key == key
    assert trouble.value.message.params["cell"] == "J12"
    assert trouble.value.message.params["sheet"] == "Quotation"
    assert not (tmp_path / "q.xlsx").exists()


def test_a_merge_across_the_line_row_is_named(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(own_template(tmp_path / "own.xlsx"))
    book["Quotation"].merge_cells("J5:J7")
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(AppError) as trouble:
        write_with_template(paper(1), tmp_path / "q.xlsx", template=tmp_path / "own.xlsx")
    assert trouble.value.message.params["cell"] == "J5"


def test_a_file_that_is_no_workbook_or_has_no_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK not really")
    with pytest.raises(AppError) as trouble:
        write_with_template(paper(1), tmp_path / "q.xlsx", template=tmp_path / "bad.xlsx")
    assert trouble.value.message.key == "papers.unreadable_template"
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    with pytest.raises(AppError) as trouble:
        write_with_template(paper(1), tmp_path / "q.xlsx", template=tmp_path / "empty.xlsx")
    assert trouble.value.message.key == "papers.no_line_row"


def test_an_entity_in_a_template_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w") as archive:
        archive.writestr(
            "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
        )
    with pytest.raises(AppError) as trouble:
        write_with_template(paper(1), tmp_path / "q.xlsx", template=tmp_path / "bomb.xlsx")
    assert trouble.value.message.key == "papers.unreadable_template"


def test_groups_without_a_row_of_their_own_use_the_lines_row(tmp_path: Path) -> None:
    goods = (heading("Tools", "工具"), line(0, unit_price=None, tiers=tiers(("1", "2"))))
    template = own_template(tmp_path / "own.xlsx", A6="")
    quotation = replace(paper(0), lines=goods)
    path = write_with_template(quotation, tmp_path / "q.xlsx", template=template).path
    sheet = openpyxl.load_workbook(path)["Quotation"]
    assert (sheet["D7"].value, sheet["D8"].value) == ("Tools", "Silicone spatula")


def test_a_sum_over_all_lines_does_not_take_in_options(tmp_path: Path) -> None:
    sheet = recalculated(filled(tmp_path, replace(rich_paper(), adjustments=())), tmp_path / "calc")
    total = next(cell.row for cell in sheet["F"] if cell.value == "Total USD")
    assert sheet.cell(total, 7).value == pytest.approx(22215)


def test_an_own_template_says_the_deposit_and_the_balance(tmp_path: Path) -> None:
    shares = (("Deposit", 30), ("Balance", 70))
    parts = tuple(Instalment(Bilingual(name, name), Decimal(share)) for name, share in shares)
    sold = replace(paper(2), kind=PaperKind.PROFORMA, instalments=parts)
    cells = {
        f"{at}{row}": f"{{{{ due{row - 12}.{name} }}}}"
        for row in (13, 14, 15)
        for at, name in (("A", "name"), ("B", "amount"))
    }
    sheet = openpyxl.load_workbook(filled(tmp_path, sold, **cells))["Quotation"]
    told = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
    assert sum(told[name] for name, _share in shares) == pytest.approx(float(totals_of(sold).total))
    assert told["Deposit"] < told["Balance"]


@pytest.mark.parametrize("guide", ["GUIDE.md", "GUIDE.zh_CN.md"])
def test_the_guide_names_every_placeholder(guide: str) -> None:
    text = resource("templates", guide).read_text(encoding="utf-8")
    labels = Labels("en")
    known = {*paper_values(paper(1), labels), *line_values(line(0), paper(1), labels, number=1)}
    plain = {name for name in known if not name.endswith(("_en", "_zh")) and "tier" not in name}
    assert not [name for name in plain if f"`{name}`" not in text]


@pytest.mark.parametrize("name", ["q.xlsx", "q.pdf"])
def test_one_door_takes_built_in_and_own_templates(tmp_path: Path, name: str) -> None:
    own = own_template(tmp_path / "own.xlsx")
    for template in ("classic", "compact", "catalogue", str(own)):
        written = Papers().export(paper(2), tmp_path / name, template=template, language="both")
        assert (written.lines, written.pictures) == (2, 2)
        assert written.path.stat().st_size > 5000


def test_the_preview_is_the_pdf_itself() -> None:
    pages = Papers().preview(paper(3), language="both", pixels_per_inch=60)
    assert pages
    assert all(page.startswith(b"\x89PNG") for page in pages)
