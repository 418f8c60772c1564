from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from paper_samples import (
    FIVE_TIERS,
    full_line,
    heading,
    line,
    paper,
    picture,
    rich_paper,
    tiers,
)

from app.kernel.errors import AppError
from app.kernel.safe_write import write_whole
from app.papers import content
from app.papers.amounts import amount_of, totals_of
from app.papers.content import Bilingual, Instalment, LineKind, PaperKind
from app.papers.sheet import WrittenPaper, write_xlsx
from app.papers.workbook import sheet_names

HEADINGS = {"No.", "Item No.", "Amount", "Cartons", "Total CBM", "Quantity"}


def sheet_of(file: Path, *, values: bool = False) -> Worksheet:
    return openpyxl.load_workbook(file, data_only=values).worksheets[0]


def heading_row(sheet: Worksheet) -> int:
    rows = (row for row in sheet.iter_rows(values_only=False))
    return next(row[0].row for row in rows if len(HEADINGS & {cell.value for cell in row}) > 2)


def column_of(sheet: Worksheet, name: str) -> int:
    return next(c.column for c in sheet[heading_row(sheet)] if c.value == name)


def without_cached_values(file: Path, to: Path) -> Path:
    """A copy whose formulas have lost their results, so that a program must work them out."""
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(to, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            target.writestr(entry.filename, data)
    return to


def recalculated(file: Path, folder: Path) -> Worksheet:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    folder.mkdir()
    bare = without_cached_values(file, folder / "bare.xlsx")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(bare)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return sheet_of(folder / "out" / "bare.xlsx", values=True)


def test_a_paper_has_no_field_for_cost_supplier_or_margin() -> None:
    kinds = [getattr(content, name) for name in dir(content)]
    names = {
        f.name for kind in kinds if hasattr(kind, "__dataclass_fields__") for f in fields(kind)
    }
    assert "unit_price" in names
    assert not [n for n in names if re.search(r"cost|supplier|margin|markup|factory|rebate", n)]


def test_the_sheet_holds_each_line_with_its_figures(tmp_path: Path) -> None:
    quotation = paper(3)
    written = write_xlsx(quotation, tmp_path / "q.xlsx")
    sheet = sheet_of(written.path, values=True)
    top = heading_row(sheet)
    assert written == WrittenPaper(tmp_path / "q.xlsx", 3, 3, 0)
    items = [sheet.cell(top + 1 + n, column_of(sheet, "Item No.")).value for n in range(3)]
    amounts = [sheet.cell(top + 1 + n, column_of(sheet, "Amount")).value for n in range(3)]
    assert items == ["KT-1000", "KT-1001", "KT-1002"]
    assert amounts == [float(amount_of(entry, "USD") or 0) for entry in quotation.lines]
    assert sheet.cell(top + 1, column_of(sheet, "Cartons")).value == 209
    assert sheet.cell(top + 1, column_of(sheet, "Total CBM")).value == 12.54


def test_columns_without_content_are_left_out(tmp_path: Path) -> None:
    bare = line(0, hs_code="", minimum_order=None, packing=content.CartonPacking(), picture=None)
    write_xlsx(replace(paper(0), lines=(bare,)), tmp_path / "q.xlsx")
    sheet = sheet_of(tmp_path / "q.xlsx")
    headings = [cell.value for cell in sheet[heading_row(sheet)]]
    assert headings == [
        "No.",
        "Item No.",
        "Product name",
        "Description",
        "Quantity",
        "Unit",
        "Unit price\nFOB Ningbo USD",
        "Amount",
    ]


def test_the_least_quantity_is_said_in_the_papers_language(tmp_path: Path) -> None:
    for language, said in (("en", "1,000 pcs"), ("zh_CN", "1,000 个"), ("both", "1,000 pcs/个")):
        write_xlsx(paper(1), tmp_path / "q.xlsx", language=language)
        cells = [cell for row in sheet_of(tmp_path / "q.xlsx").values for cell in row]
        assert said in cells


def test_a_volume_whose_column_has_no_room_is_still_reckoned_with(tmp_path: Path) -> None:
    goods = tuple(replace(full_line(n), unit_price=None, tiers=FIVE_TIERS) for n in range(3))
    write_xlsx(replace(paper(0), lines=goods), tmp_path / "q.xlsx")
    sheet, values = sheet_of(tmp_path / "q.xlsx"), sheet_of(tmp_path / "q.xlsx", values=True)
    top, volume = heading_row(sheet), column_of(sheet, "Total CBM")
    assert "CBM/Ctn" not in [cell.value for cell in sheet[top]]
    assert str(sheet.cell(top + 1, volume).value).endswith("*0.06,3)")
    assert values.cell(top + 1, volume).value == 12.54


def test_every_figure_is_a_live_formula_with_its_value_beside_it(tmp_path: Path) -> None:
    write_xlsx(rich_paper(), tmp_path / "q.xlsx")
    live, shown = sheet_of(tmp_path / "q.xlsx"), sheet_of(tmp_path / "q.xlsx", values=True)
    formulas = [c.coordinate for row in live.iter_rows() for c in row if c.data_type == "f"]
    assert len(formulas) >= 5 + 4 + 4 + 3
    assert all(shown[cell].value is not None for cell in formulas)
    top, amount = heading_row(live), column_of(live, "Amount")
    assert "IF(" in live.cell(top + 2, amount).value


def test_recalculation_changes_no_number(tmp_path: Path) -> None:
    quotation = rich_paper()
    write_xlsx(quotation, tmp_path / "q.xlsx")
    live, ours = sheet_of(tmp_path / "q.xlsx"), sheet_of(tmp_path / "q.xlsx", values=True)
    theirs = recalculated(tmp_path / "q.xlsx", tmp_path / "calc")
    for row in live.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                value = theirs[cell.coordinate].value
                assert value == pytest.approx(ours[cell.coordinate].value, abs=1e-9), (
                    cell.coordinate
                )
    total = float(totals_of(quotation).total or 0)
    assert total in [c.value for row in theirs.iter_rows() for c in row]


def test_a_catalogue_tells_how_its_total_comes_about(tmp_path: Path) -> None:
    write_xlsx(rich_paper(), tmp_path / "q.xlsx", template="catalogue")
    told = [cell for row in sheet_of(tmp_path / "q.xlsx").values for cell in row if cell]
    at = told.index("Subtotal: USD 22,215.00")
    assert told[at + 1 : at + 4] == [
        "Fair discount (-3%): USD -666.45",
        "Sample courier: USD 45.50",
        "Total: USD 21,594.05",
    ]


def test_options_are_shown_and_not_counted() -> None:
    goods = (line(0), line(1, kind=LineKind.OPTION), line(2))
    quotation = replace(paper(0), lines=goods)
    counted = [amount_of(entry, "USD") or Decimal(0) for entry in (goods[0], goods[2])]
    assert totals_of(quotation).total == sum(counted)


def test_pictures_stand_inside_their_cells(tmp_path: Path) -> None:
    shapes = [(800, 600), (300, 1200), (1600, 200), (640, 640)]
    goods = tuple(line(n, picture=picture(n, size)) for n, size in enumerate(shapes))
    write_xlsx(replace(paper(0), lines=goods), tmp_path / "q.xlsx")
    sheet = sheet_of(tmp_path / "q.xlsx")
    top, photo = heading_row(sheet), column_of(sheet, "Photo")
    anchors = [image.anchor for image in sheet._images if image.anchor._from.row >= top]
    assert [anchor._from.row for anchor in anchors] == [top, top + 1, top + 2, top + 3]
    for anchor in anchors:
        assert (anchor._from.col, anchor.to.col) == (photo - 1, photo - 1)
        assert anchor.to.row == anchor._from.row


def test_a_picture_used_twice_is_stored_once_and_small(tmp_path: Path) -> None:
    goods = tuple(line(n, picture=picture(0, (1600, 1250))) for n in range(12))
    write_xlsx(
        replace(paper(0, seller=replace(paper(0).seller, logo=None)), lines=goods),
        tmp_path / "q.xlsx",
    )
    with zipfile.ZipFile(tmp_path / "q.xlsx") as archive:
        media = [entry for entry in archive.infolist() if "/media/" in entry.filename]
    assert len(media) == 1
    assert media[0].file_size < 20_000


def test_an_unreadable_picture_is_counted_and_leaves_its_cell_empty(tmp_path: Path) -> None:
    goods = (line(0), line(1, picture=b"not a picture"), line(2, picture=tmp_path / "gone.jpg"))
    written = write_xlsx(replace(paper(0), lines=goods), tmp_path / "q.xlsx")
    assert (written.pictures, written.unreadable_pictures) == (1, 2)


INJECTIONS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "http://evil.example/x",
    "mailto:a@evil.example",
    "=1+1\x00\x0b",
    "\u202e=1+1",
)


@pytest.mark.parametrize("template", ["classic", "compact", "catalogue"])
def test_outside_text_never_becomes_a_formula_or_a_link(tmp_path: Path, template: str) -> None:
    goods = tuple(
        line(
            n,
            item_number=bad,
            name=Bilingual.same(bad),
            description=Bilingual.same(bad),
            unit=Bilingual.same(bad),
            remarks=Bilingual.same(bad),
            hs_code=bad,
        )
        for n, bad in enumerate(INJECTIONS)
    )
    bad = INJECTIONS[0]
    quotation = replace(
        paper(0),
        lines=(*goods, heading(bad, bad)),
        number=bad,
        reference=bad,
        marks=bad,
        payment=Bilingual.same(bad),
        buyer=content.Buyer(name=bad, address=bad, contact=bad),
        seller=content.Seller(name=Bilingual.same(bad), address=Bilingual.same(bad), website=bad),
        adjustments=(content.Adjustment(name=Bilingual.same(bad), amount=Decimal(5)),),
    )
    write_xlsx(quotation, tmp_path / "q.xlsx", template=template)
    sheet = sheet_of(tmp_path / "q.xlsx")
    formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert all(re.fullmatch(r"=[A-Z0-9(),:*/+><=.%-]+", cell.value) for cell in formulas)
    assert not [c for c in formulas if "HYPERLINK" in c.value or "cmd" in c.value]
    starting = [
        c
        for row in sheet.iter_rows()
        for c in row
        if c.data_type == "s" and c.value.startswith(("=", "+", "-", "@"))
    ]
    assert starting
    assert all(cell.quotePrefix for cell in starting)
    with zipfile.ZipFile(tmp_path / "q.xlsx") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<hyperlink" not in everything
    assert b"relationships/hyperlink" not in everything
    assert b"externalLink" not in everything


def test_the_file_names_no_author_and_no_machine(tmp_path: Path) -> None:
    write_xlsx(paper(1), tmp_path / "q.xlsx")
    properties = openpyxl.load_workbook(tmp_path / "q.xlsx").properties
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.title == "QUOTATION Q-2026-0031 R2"
    assert properties.created == properties.modified


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_xlsx(rich_paper(), tmp_path / "a.xlsx", language="both").path.read_bytes()
    second = write_xlsx(rich_paper(), tmp_path / "b.xlsx", language="both").path.read_bytes()
    assert first == second


def test_the_sheet_prints_on_one_page_width_with_its_heading_on_each(tmp_path: Path) -> None:
    write_xlsx(paper(65), tmp_path / "q.xlsx")
    sheet = sheet_of(tmp_path / "q.xlsx")
    top = heading_row(sheet)
    assert sheet.freeze_panes == f"A{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.paperSize == 9
    assert "&P" in sheet.oddFooter.right.text


def test_several_papers_share_a_workbook_under_different_names(tmp_path: Path) -> None:
    papers = [paper(1), paper(2), replace(paper(1), number="A/B:C*[1]?" + "x" * 40)]
    write_xlsx(papers, tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames == sheet_names([paper.full_number for paper in papers])
    assert book.sheetnames[:2] == ["Q-2026-0031 R2", "Q-2026-0031 R2 (2)"]


def test_a_proforma_says_its_total_in_words(tmp_path: Path) -> None:
    proforma = replace(paper(0), kind=PaperKind.PROFORMA, lines=(line(0),))
    write_xlsx(proforma, tmp_path / "p.xlsx", language="both")
    texts = [str(c.value) for row in sheet_of(tmp_path / "p.xlsx").iter_rows() for c in row]
    words = next(text for text in texts if "SAY US DOLLARS" in text)
    assert "NINE THOUSAND THREE HUNDRED ONLY" in words
    assert "美元玖仟叁佰元整" in words


DEPOSIT_AND_BALANCE = (
    Instalment(Bilingual("30% T/T deposit with order", "30% 电汇 下单时付定金"), Decimal(30)),
    Instalment(Bilingual("70% T/T before shipment", "70% 电汇 出货前付"), Decimal(70)),
)


def test_a_proforma_says_what_is_paid_when_and_the_parts_add_up(tmp_path: Path) -> None:
    odd = replace(paper(0), lines=(line(0, quantity=Decimal(1), unit_price=Decimal("0.99")),))
    odd = replace(odd, kind=PaperKind.PROFORMA, instalments=DEPOSIT_AND_BALANCE, adjustments=())
    write_xlsx(odd, tmp_path / "p.xlsx", language="both")
    for sheet in (
        sheet_of(tmp_path / "p.xlsx", values=True),
        recalculated(tmp_path / "p.xlsx", tmp_path / "recalculated"),
    ):
        due = {
            str(row[0].value): next(cell.value for cell in row if isinstance(cell.value, float))
            for row in sheet.iter_rows()
            if str(row[0].value).startswith(("30%", "70%"))
        }
        assert due == {
            "30% T/T deposit with order / 30% 电汇 下单时付定金": 0.3,
            "70% T/T before shipment / 70% 电汇 出货前付": 0.69,
        }
    write_xlsx(replace(odd, kind=PaperKind.QUOTATION), tmp_path / "q.xlsx")
    cells = [str(c.value) for row in sheet_of(tmp_path / "q.xlsx").iter_rows() for c in row]
    assert "30% T/T deposit with order" not in cells


def test_more_break_points_than_columns_stand_as_text_and_still_calculate(tmp_path: Path) -> None:
    many = tiers(*[(str(100 * n), str(Decimal(10) - n)) for n in range(1, 8)])
    quotation = replace(
        paper(0), lines=(line(0, unit_price=None, tiers=many, quantity=Decimal(350)),)
    )
    write_xlsx(quotation, tmp_path / "q.xlsx")
    live, shown = sheet_of(tmp_path / "q.xlsx"), sheet_of(tmp_path / "q.xlsx", values=True)
    top, amount = heading_row(live), column_of(live, "Amount")
    assert shown.cell(top + 1, amount).value == 350 * 7
    assert ">=300,7" in live.cell(top + 1, amount).value


def test_a_workbook_open_elsewhere_is_named_and_untouched(tmp_path: Path) -> None:
    target = tmp_path / "q.xlsx"
    target.write_bytes(b"the old one")
    (tmp_path / "~$q.xlsx").write_bytes(b"")
    with pytest.raises(AppError) as trouble:
        write_xlsx(paper(1), target)
    assert trouble.value.message.key == "kernel.target_in_use"
    assert target.read_bytes() == b"the old one"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["q.xlsx", "~$q.xlsx"]


def test_a_missing_folder_is_the_users_trouble(tmp_path: Path) -> None:
    with pytest.raises(AppError) as trouble:
        write_xlsx(paper(1), tmp_path / "nowhere" / "q.xlsx")
    assert trouble.value.message.key == "kernel.no_such_folder"


def test_a_defect_while_writing_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    target = tmp_path / "q.xlsx"
    target.write_bytes(b"the old one")

    def half(file: Path) -> None:
        file.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(target, half)
    assert target.read_bytes() == b"the old one"
    assert [p.name for p in tmp_path.iterdir()] == ["q.xlsx"]


LONG = " ".join(f"Sentence {n} tells what a buyer wants to know." for n in range(200))


def test_a_text_longer_than_a_row_can_be_high_gets_as_many_rows_as_it_needs(
    tmp_path: Path,
) -> None:
    goods = (line(0, description=Bilingual.same(LONG)), line(1))
    whole = replace(paper(0), lines=goods, remarks=Bilingual.same(LONG * 3))
    sheet = sheet_of(write_xlsx(whole, tmp_path / "long.xlsx").path)
    first, column = heading_row(sheet) + 1, column_of(sheet, "Description")
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    area = merged[first, column]
    rows = range(area.min_row, area.max_row + 1)
    heights = [float(sheet.row_dimensions[row].height or 15) for row in rows]
    assert sheet.cell(first, column).value == LONG
    assert max(heights) < 409
    # 9 pt on some 40 characters a line: all of the text has room
    assert sum(heights) > len(LONG) / 45 * 9
    assert sheet.cell(area.max_row + 1, column_of(sheet, "Item No.")).value == "KT-1001"
    remarks = next(r[0].row for r in sheet.iter_rows() if r[0].value == "Remarks")
    assert any(area.min_row == remarks < area.max_row for area in merged.values())


def terms_row(sheet: Worksheet) -> int:
    return next(row[0].row for row in sheet.iter_rows() if row[0].value == "Payment")


def test_terms_and_signature_are_not_parted_by_a_page(tmp_path: Path) -> None:
    breaks = {}
    for lines in range(4, 40):
        sheet = sheet_of(write_xlsx(paper(lines), tmp_path / f"{lines}.xlsx").path)
        breaks[lines] = [mark.id for mark in sheet.row_breaks.brk]
        if breaks[lines]:
            # the gap above the terms begins the page; the table's heading is printed again
            assert breaks[lines] == [terms_row(sheet) - 2]
            assert 50 < sheet.page_setup.scale < 97
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert any(breaks.values())
    assert not all(breaks.values())
