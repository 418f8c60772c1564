from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from paper_samples import SELLER, line, paper, picture, rich_paper
from PIL import Image

from app.papers.content import Bilingual, Instalment, PaperKind, PaperLine, QuotationPaper
from app.papers.look import PaperSize
from app.papers.pdf import pdf_pages, write_pdf
from app.papers.pdf_text import BOLD, REGULAR, font_for, ready_fonts, wrapped


def pages_of(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_each_page_has_its_number_and_the_heading_of_the_table(tmp_path: Path) -> None:
    write_pdf(paper(30), tmp_path / "q.pdf")
    pages = pages_of(tmp_path / "q.pdf")
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
    assert all("Product name" in text for text in pages[:-1])


def test_terms_bank_and_signature_stay_on_one_page(tmp_path: Path) -> None:
    for lines in (1, *range(5, 12)):
        write_pdf(paper(lines), tmp_path / "q.pdf")
        pages = pages_of(tmp_path / "q.pdf")
        assert len(pages) > 1 or lines < 6
        foot = [
            {text in page for text in ("35 days after deposit", "EXAMCNSH", "Authorised signature")}
            for page in pages
        ]
        assert foot[-1] == {True}
        assert all(found == {False} for found in foot[:-1])


def test_chinese_is_embedded_and_can_be_read_back(tmp_path: Path) -> None:
    write_pdf(rich_paper(), tmp_path / "q.pdf", language="both")
    text = "".join(pages_of(tmp_path / "q.pdf"))
    assert "宁波海棠厨具有限公司" in text
    assert "报价单" in text
    assert "Nordlys Køkken" in text
    assert b"EntrepotSansSC" in (tmp_path / "q.pdf").read_bytes()


def test_the_pdf_shows_the_figures_of_the_sheet(tmp_path: Path) -> None:
    write_pdf(rich_paper(), tmp_path / "q.pdf")
    text = "".join(pages_of(tmp_path / "q.pdf"))
    for figure in ("8,600.00", "1,365.00", "22,215.00", "-666.45", "45.50", "21,594.05", "29.340"):
        assert figure in text


def test_a_catalogue_tells_how_its_total_comes_about(tmp_path: Path) -> None:
    shares = (Instalment(Bilingual(f"{n}% T/T"), Decimal(n)) for n in (30, 70))
    sold = replace(rich_paper(), kind=PaperKind.PROFORMA, instalments=tuple(shares))
    write_pdf(sold, tmp_path / "q.pdf", template="catalogue")
    text = "".join(pages_of(tmp_path / "q.pdf"))
    for sum_told in (
        "Subtotal: USD 22,215.00",
        "Fair discount (-3%): USD -666.45",
        "Sample courier: USD 45.50",
        "Total: USD 21,594.05",
        "TWENTY-ONE THOUSAND",
        "30% T/T: USD 6,478.22",
        "70% T/T: USD 15,115.83",
    ):
        assert sum_told.casefold() in text.casefold()


def test_the_word_option_is_not_broken(tmp_path: Path) -> None:
    write_pdf(rich_paper(), tmp_path / "q.pdf", template="compact")
    assert "Option" in "".join(pages_of(tmp_path / "q.pdf"))


LONG = Bilingual(
    "A long description of materials, finishes and certificates. " * 40, "很长的说明。" * 80
)
PAPERS = {
    "one line": paper(1),
    "sixty lines": paper(60),
    "no lines": paper(0),
    "long texts": replace(
        paper(0), lines=tuple(line(n, description=LONG, remarks=LONG) for n in range(3))
    ),
    "no pictures": replace(paper(0), lines=tuple(line(n, picture=None) for n in range(3))),
    "tall pictures": replace(
        paper(0), lines=tuple(line(n, picture=picture(n, (200, 1600))) for n in range(3))
    ),
    "bare": QuotationPaper(
        number="1",
        issued_on=paper(0).issued_on,
        seller=replace(SELLER, signatory=""),
        lines=(PaperLine(name=Bilingual("Spoon"), unit_price=Decimal(1)),),
    ),
    "a word without end": replace(
        paper(0), lines=(line(0, name=Bilingual("x" * 300, "字" * 300)),)
    ),
}


@pytest.mark.parametrize("language", ["en", "zh_CN", "both"])
@pytest.mark.parametrize("template", ["classic", "compact", "catalogue"])
@pytest.mark.parametrize("name", sorted(PAPERS.keys() - {"sixty lines"}))
def test_any_paper_can_be_printed(tmp_path: Path, name: str, template: str, language: str) -> None:
    write_pdf(
        PAPERS[name],
        tmp_path / "q.pdf",
        template=template,
        language=language,
        paper_size=PaperSize.LETTER,
    )
    assert pages_of(tmp_path / "q.pdf")


def test_markup_and_control_characters_are_drawn_as_they_are(tmp_path: Path) -> None:
    bad = '<b>&amp;<img src="file:///etc/passwd"/>\x00\x07'
    write_pdf(
        replace(paper(0), lines=(line(0, item_number=bad, name=Bilingual.same(bad)),)),
        tmp_path / "q.pdf",
    )
    text = "".join(pages_of(tmp_path / "q.pdf")).replace("\r\n", "").replace("\n", "")
    assert "<b>&amp;" in text.replace(" ", "")


def test_several_papers_follow_each_other(tmp_path: Path) -> None:
    write_pdf(
        [replace(paper(1), number="A-1"), replace(paper(1), number="B-2")], tmp_path / "q.pdf"
    )
    pages = pages_of(tmp_path / "q.pdf")
    assert "A-1" in pages[0]
    assert "B-2" in pages[-1]


def test_the_preview_shows_the_pages_themselves(tmp_path: Path) -> None:
    write_pdf(paper(3), tmp_path / "q.pdf")
    pages = pdf_pages(tmp_path / "q.pdf", pixels_per_inch=72)
    assert len(pages) == len(pages_of(tmp_path / "q.pdf"))
    with Image.open(io.BytesIO(pages[0])) as image:
        assert abs(image.width - 842) < 3
        assert len(image.convert("RGB").getcolors(1_000_000) or []) > 20


def test_the_same_paper_gives_the_same_pdf(tmp_path: Path) -> None:
    first = write_pdf(rich_paper(), tmp_path / "a.pdf").path.read_bytes()
    assert write_pdf(rich_paper(), tmp_path / "b.pdf").path.read_bytes() == first


def test_a_character_the_bold_font_lacks_is_set_in_the_regular_one() -> None:
    ready_fonts()
    assert font_for("硅胶铲", bold=True) == BOLD
    assert font_for("㼆龘鎏" + "骉", bold=True) == REGULAR


def test_chinese_wraps_between_characters_and_marks_do_not_begin_a_line() -> None:
    lines = wrapped("食品级硅胶，木柄，颜色混装。" * 4, 60, size=9)
    assert len(lines) > 3
    assert not [text for text in lines if text[0] in "，。"]
    assert "".join(lines) == "食品级硅胶，木柄，颜色混装。" * 4
