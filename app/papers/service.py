"""Owns what a user does with papers: export one, look at it first, make a template.

Must not know how a file is written; it finds who does.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.kernel.errors import AppError
from app.papers.content import QuotationPaper
from app.papers.look import CLASSIC, LOOKS, PaperSize
from app.papers.office import office_program, print_workbook
from app.papers.pdf import pdf_pages, write_pdf
from app.papers.sheet import WrittenPaper, write_xlsx
from app.papers.templates.fill import write_with_template
from app.papers.templates.suggest import SuggestedTemplate, suggest_template
from app.sheets.lexicon import meanings


class Papers:
    """Papers as files and as pictures of their pages."""

    def export(
        self,
        paper: QuotationPaper | Sequence[QuotationPaper],
        path: Path,
        *,
        template: str = CLASSIC.name,
        language: str = "en",
        paper_size: PaperSize = PaperSize.A4,
    ) -> WrittenPaper:
        """Writes ``paper`` as ``path``: a PDF when it ends in ``.pdf``, a spreadsheet otherwise.

        Several become one file: a sheet each, or one after another. Only one fits an own template.
        ``template`` is a built-in name (``classic``, ``compact``, ``catalogue``) or the path of an
        .xlsx with placeholders; without an office program on the computer the PDF of a paper with an
        own template looks like the classic one, and the template must be right all the same. Raises
        :class:`~app.kernel.errors.AppError` for a template or a target that won't do.
        """
        is_pdf = path.suffix.lower() == ".pdf"
        if template in LOOKS:
            write = write_pdf if is_pdf else write_xlsx
            return write(paper, path, template=template, language=language, paper_size=paper_size)
        if not isinstance(paper, QuotationPaper):
            raise AppError("papers.several_in_own_template")
        if not is_pdf:
            return write_with_template(paper, path, template=Path(template), language=language)
        with tempfile.TemporaryDirectory() as folder:
            sheet = Path(folder) / "paper.xlsx"
            written = write_with_template(paper, sheet, template=Path(template), language=language)
            program = office_program()
            if program is None:
                return write_pdf(paper, path, language=language, paper_size=paper_size)
            print_workbook(program, sheet, path)
        return replace(written, path=path)

    @property
    def prints_own_templates(self) -> bool:
        """Whether the PDF of an own template has its own look here: an office program prints it."""
        return office_program() is not None

    def preview(
        self,
        paper: QuotationPaper | Sequence[QuotationPaper],
        *,
        template: str = CLASSIC.name,
        language: str = "en",
        paper_size: PaperSize = PaperSize.A4,
        pixels_per_inch: int = 110,
    ) -> list[bytes]:
        """The pages of the PDF that :meth:`export` would write, each as a PNG."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "preview.pdf"
            self.export(paper, file, template=template, language=language, paper_size=paper_size)
            return pdf_pages(file.read_bytes(), pixels_per_inch=pixels_per_inch)

    def suggest_template(self, sheet_in_use: Path, path: Path) -> SuggestedTemplate:
        """Makes the template ``path`` from a sheet that is quoted with today."""
        return suggest_template(sheet_in_use, path, fields_of=_fields_of)


def _fields_of(heading: str) -> tuple[str, ...]:
    """The fields a heading can mean to the imports, the surest first."""
    return tuple(meaning.field for meaning in meanings(heading))
