"""Owns the PDF that goes to the buyer, and pictures of its pages for the preview.

Must not read the book; it prints what the paper says, with the shipped font.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pypdfium2
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from app.kernel.safe_write import write_whole
from app.kernel.text import clean
from app.papers.content import PictureSource, QuotationPaper
from app.papers.geometry import TableGeometry
from app.papers.labels import Labels
from app.papers.legible import legible_table
from app.papers.look import CLASSIC, LOOKS, MUTED, Look, PaperSize
from app.papers.pdf_blocks import PdfBlocks
from app.papers.pdf_canvas import FOOTER_SIZE_PT, MARGIN_PT, CountedCanvas
from app.papers.pdf_table import PdfGoods
from app.papers.pdf_text import REGULAR, printable, ready_fonts
from app.papers.pictures import PaperPicture
from app.papers.sheet import WrittenPaper, sheet_pictures, summary

_SIZES = {PaperSize.A4: A4, PaperSize.LETTER: LETTER}
_FOOT_PT = 30.0


def write_pdf(
    papers: QuotationPaper | Sequence[QuotationPaper],
    path: Path,
    *,
    template: str = CLASSIC.name,
    language: str = "en",
    paper_size: PaperSize = PaperSize.A4,
) -> WrittenPaper:
    """Writes one paper, or several after one another, as a PDF.

    ``template`` is a name of :data:`~app.papers.look.LOOKS`. The file is whole or untouched; raises
    :class:`~app.kernel.errors.AppError` when it can't be written.
    """
    several = (papers,) if isinstance(papers, QuotationPaper) else tuple(papers)
    look = LOOKS[template]
    pictures = sheet_pictures(several, look)
    content = _pdf_bytes(
        several, labels=Labels(language), look=look, paper_size=paper_size, pictures=pictures
    )
    write_whole(path, lambda file: _put(file, content))
    return summary(path, several, pictures)


def _put(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def pdf_pages(pdf: bytes | Path, *, pixels_per_inch: int = 110) -> list[bytes]:
    """Each page of ``pdf`` as a PNG, for the preview: what is seen is what is sent."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_png(page, pixels_per_inch) for page in document]
    finally:
        document.close()


def _png(page: pypdfium2.PdfPage, pixels_per_inch: int) -> bytes:
    stream = io.BytesIO()
    page.render(scale=pixels_per_inch / 72).to_pil().save(stream, "PNG", compress_level=1)
    page.close()
    return stream.getvalue()


def _pdf_bytes(
    papers: Sequence[QuotationPaper],
    *,
    labels: Labels,
    look: Look,
    paper_size: PaperSize,
    pictures: Mapping[PictureSource, PaperPicture],
) -> bytes:
    ready_fonts()
    templates: list[PageTemplate] = []
    flow: list[Flowable] = []
    for index, paper in enumerate(papers):
        geometry = None
        if not look.cards:
            geometry = legible_table(
                paper, labels=labels, look=look, paper_size=paper_size, pictures=pictures
            )
        page = _SIZES[paper_size]
        page = landscape(page) if geometry is not None and geometry.landscape else page
        templates.append(_page_template(str(index), page, paper))
        flow += [NextPageTemplate(str(index)), *([PageBreak()] if index else [])]
        width = page[0] - 2 * MARGIN_PT
        flow += _paper_flow(paper, labels, look, geometry, (pictures, width))
    stream = io.BytesIO()
    document = BaseDocTemplate(
        stream,
        pagesize=templates[0].pagesize,
        pageTemplates=templates,
        title=clean(f"{labels.title(papers[0])} {papers[0].full_number}"),
        author="",
        creator="",
        producer="",
        invariant=True,
        pageCompression=1,
    )
    document.build(flow, canvasmaker=partial(CountedCanvas, labels=labels))
    return stream.getvalue()


def _paper_flow(
    paper: QuotationPaper,
    labels: Labels,
    look: Look,
    geometry: TableGeometry | None,
    room: tuple[Mapping[PictureSource, PaperPicture], float],
) -> list[Flowable]:
    pictures, width = room
    blocks = PdfBlocks(paper, labels, pictures, width)
    goods = PdfGoods(paper, labels, look, pictures, width)
    if geometry is None:
        middle: list[Flowable] = [part for card in goods.cards() for part in (card, Spacer(1, 6))]
    else:
        middle = [goods.table(geometry)]
    return [*blocks.head(), *middle, *blocks.foot()]


def _page_template(name: str, page: tuple[float, float], paper: QuotationPaper) -> PageTemplate:
    frame = Frame(
        MARGIN_PT,
        MARGIN_PT + _FOOT_PT / 2,
        page[0] - 2 * MARGIN_PT,
        page[1] - 2 * MARGIN_PT - _FOOT_PT / 2,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def number(canvas: Canvas, _document: object) -> None:
        canvas.setFont(REGULAR, FOOTER_SIZE_PT)
        canvas.setFillColor(HexColor(MUTED))
        canvas.drawString(MARGIN_PT, MARGIN_PT, printable(paper.full_number))

    return PageTemplate(name, [frame], onPage=number, pagesize=page)
