"""Where the pages of a paper end: no sum alone, no page half empty, long texts over their ends."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pypdfium2.raw
import pytest
from paper_samples import FIVE_TIERS, full_line, line, paper

from app.kernel.errors import AppError
from app.papers.content import Bilingual, LineKind, PriceTier, QuotationPaper
from app.papers.look import CLASSIC, PAGE_ROOM, PaperSize
from app.papers.pdf import write_pdf
from app.papers.service import Papers
from app.papers.sheet import write_xlsx

LONG = Bilingual.same("Colours by Pantone, samples free of charge, courier freight collect. " * 30)


def _without_pictures(lines: int, **changes: object) -> QuotationPaper:
    plain = tuple(line(index, picture=None) for index in range(lines))
    return replace(paper(0, **changes), lines=plain)


def _pages(quotation: QuotationPaper, file: Path, template: str = "classic") -> list[str]:
    write_pdf(quotation, file, template=template)
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_the_sums_never_stand_alone_on_a_page(tmp_path: Path) -> None:
    for lines in range(5, 13):
        pages = _pages(_without_pictures(lines), tmp_path / "q.pdf")
        summed = next(page for page in pages if "Total (USD)" in page)
        assert f"KT-{999 + lines}" in summed


@pytest.mark.parametrize("template", ["classic", "compact", "catalogue"])
def test_a_long_remark_begins_where_the_goods_end(tmp_path: Path, template: str) -> None:
    pages = _pages(_without_pictures(2, remarks=LONG), tmp_path / "q.pdf", template)
    summed = next(page for page in pages if re.search(r"Total( \(|: )USD", page))
    assert "35 days after deposit" in summed
    signed = next(page for page in pages if "Authorised signature" in page)
    assert "EXAMCNSH" in signed


def test_a_page_may_end_in_a_long_description_and_not_before_it(tmp_path: Path) -> None:
    long = replace(line(50, picture=None), description=LONG)
    quotation = _without_pictures(4)
    quotation = replace(quotation, lines=(*quotation.lines, long, line(51, picture=None)))
    first, second, *_ = _pages(quotation, tmp_path / "q.pdf")
    assert "KT-1050" in first
    assert "Colours by Pantone, samples" in first
    assert "KT-1050" not in second
    assert "KT-1051" in second


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("tiers", [(), FIVE_TIERS])
def test_a_paper_with_everything_is_printed_in_letters_one_can_read(
    tmp_path: Path, language: str, tiers: tuple[PriceTier, ...]
) -> None:
    goods = tuple(
        replace(full_line(index), tiers=tiers, unit_price=None if tiers else Decimal("1.86"))
        for index in range(12)
    )
    quotation = replace(paper(0), lines=goods)
    write_pdf(quotation, tmp_path / "q.pdf", language=language)
    assert _smallest_pt(tmp_path / "q.pdf") >= 6.4
    write_xlsx(quotation, tmp_path / "q.xlsx", language=language)
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx").worksheets[0]
    wide_px = sum(column.width * 7 for column in sheet.column_dimensions.values())
    scale = PAGE_ROOM[PaperSize.A4].landscape_px / wide_px
    assert scale * CLASSIC.body_pt > 6.5


def _smallest_pt(file: Path) -> float:
    document = pypdfium2.PdfDocument(file)
    try:
        texts = [page.get_textpage() for page in document]
        return min(
            float(pypdfium2.raw.FPDFText_GetFontSize(text, at))
            for text in texts
            for at in range(text.count_chars())
            if not text.get_text_range(at, 1).isspace()
        )
    finally:
        document.close()


def test_a_catalogue_without_prices_has_no_room_for_them(tmp_path: Path) -> None:
    quotation = _without_pictures(3)
    rows = {}
    for name, said in (("with", quotation), ("without", quotation.without_prices())):
        write_xlsx(said, tmp_path / f"{name}.xlsx", template="catalogue")
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]
        texts = [str(sheet.cell(row, 1).value or "") for row in range(1, sheet.max_row + 1)]
        name_row = next(at for at, text in enumerate(texts) if "Silicone" in text)
        rows[name] = next(at for at, text in enumerate(texts) if "MOQ" in text) - name_row
    assert rows == {"with": 3, "without": 2}


def test_in_a_catalogue_sheet_the_total_stays_with_the_cards(tmp_path: Path) -> None:
    write_xlsx(_without_pictures(9, remarks=LONG), tmp_path / "c.xlsx", template="catalogue")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    rows = [cell.row for row in sheet for cell in row if str(cell.value).startswith("Total: ")]
    breaks = [entry.id for entry in sheet.row_breaks.brk]
    assert breaks
    # A break stands after the row it names.
    assert rows[0] - 1 not in breaks


def test_a_missing_or_wrong_own_template_is_refused_where_no_office_program_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    papers = Papers()
    assert not papers.prints_own_templates
    with pytest.raises(AppError) as missing:
        papers.export(paper(1), tmp_path / "q.pdf", template=str(tmp_path / "none.xlsx"))
    assert "none.xlsx" in str(missing.value.message.params.values())
    wrong = openpyxl.Workbook()
    wrong.worksheets[0]["B4"] = "{{ line.nmae }}"
    wrong.save(tmp_path / "wrong.xlsx")
    with pytest.raises(AppError) as misspelt:
        papers.export(paper(1), tmp_path / "q.pdf", template=str(tmp_path / "wrong.xlsx"))
    assert "B4" in misspelt.value.message.params.values()
    assert not (tmp_path / "q.pdf").exists()


def test_an_option_on_a_card_says_that_it_is_not_in_the_total(tmp_path: Path) -> None:
    goods = (line(0, picture=None), line(1, picture=None, kind=LineKind.OPTION))
    (page,) = _pages(replace(paper(0), lines=goods), tmp_path / "c.pdf", "catalogue")
    assert page.count("Option: not in the total") == 1
    assert "Total: USD 9,300.00" in page
