"""Owns the canvas that counts its pages, so that each can say "page 2 of 5".

Must not draw anything but the page number.
"""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from app.papers.labels import Labels
from app.papers.look import MARGIN_INCHES, MUTED
from app.papers.pdf_text import REGULAR

MARGIN_PT = MARGIN_INCHES * 72
FOOTER_SIZE_PT = 7.5


class CountedCanvas(Canvas):
    """A canvas that knows the number of its pages before it puts them out."""

    def __init__(self, *args: object, labels: Labels, **options: object) -> None:
        super().__init__(*args, **options)
        self._labels = labels
        self._pages: list[dict[str, object]] = []

    def showPage(self) -> None:  # noqa: N802
        """Keeps the page until all are known."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Puts out every page with its number."""
        pages = list(self._pages)
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            text = self._labels.say("papers.page", " / ", page=number, pages=len(pages))
            self.setFont(REGULAR, FOOTER_SIZE_PT)
            self.setFillColor(HexColor(MUTED))
            self.drawRightString(self._pagesize[0] - MARGIN_PT, MARGIN_PT, text)
            super().showPage()
        super().save()
