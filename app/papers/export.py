"""Owns the one door to a paper's file: spreadsheet or PDF, a built-in template or the user's own.

Must not know how either is written.
"""

from __future__ import annotations

from pathlib import Path

from app.papers.content import QuotationPaper
from app.papers.look import CLASSIC, LOOKS, PaperSize
from app.papers.pdf import write_pdf
from app.papers.sheet import WrittenPaper, write_xlsx
from app.papers.templates.fill import write_with_template


def export_paper(
    paper: QuotationPaper,
    path: Path,
    *,
    template: str = CLASSIC.name,
    language: str = "en",
    paper_size: PaperSize = PaperSize.A4,
) -> WrittenPaper:
    """Writes ``paper`` as ``path``: a PDF when it ends in ``.pdf``, a spreadsheet otherwise.

    ``template`` is a built-in name (``classic``, ``compact``, ``catalogue``) or the path of an .xlsx
    with placeholders; the PDF of a quotation with an own template looks like the classic one.
    Raises :class:`~app.kernel.errors.AppError` for a template or a target that won't do.
    """
    built_in = template in LOOKS
    if path.suffix.lower() == ".pdf":
        name = template if built_in else CLASSIC.name
        return write_pdf(paper, path, template=name, language=language, paper_size=paper_size)
    if built_in:
        return write_xlsx(paper, path, template=template, language=language, paper_size=paper_size)
    return write_with_template(paper, path, template=Path(template), language=language)
