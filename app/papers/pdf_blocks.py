"""Owns what stands around the goods in a PDF: letterhead, facts, terms, bank, signature.

Must not lay out the table of goods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Image, KeepTogether, Spacer, Table

from app.papers.blocks import (
    Fact,
    bank_facts,
    buyer_facts,
    letterhead,
    paper_facts,
    seller_name,
    term_facts,
)
from app.papers.content import PictureSource, QuotationPaper
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED
from app.papers.pdf_cells import PT_PER_PX, CellGrid, Ink, pdf_picture
from app.papers.pdf_text import BOLD
from app.papers.pictures import PaperPicture

_NAME = Ink(size=13, bold=True, colour=ACCENT, pad=1)
_TITLE = Ink(size=17, bold=True, colour=ACCENT, align="RIGHT", valign="TOP", pad=1)
_REACH = Ink(size=7.5, colour=MUTED, pad=0.5)
_LABEL = Ink(size=8.5, colour=MUTED, valign="TOP", pad=1.5)
_FACT = Ink(size=8.5, valign="TOP", pad=1.5)
_STRONG = Ink(size=8.5, bold=True, valign="TOP", pad=1.5)
_SECTION = Ink(size=8.5, bold=True, colour=ACCENT, below=HAIRLINE, pad=2.5)
_SIGNED = Ink(size=8.5, bold=True, align="CENTER", pad=2)
_SIGNATORY = Ink(size=7.5, colour=MUTED, align="CENTER", above=HAIRLINE, pad=3)
_LABEL_PT = 92.0
_BOTH_LABELS_PT = 122.0
#: A page that lies has room for terms and bank beside each other.
_WIDE_PT = 600.0
#: What is higher may begin in the middle of a page and go on over its end.
_MOST_KEPT_PT = 310.0
_MUCH_PT = 100_000.0


@dataclass(frozen=True, slots=True)
class PdfBlocks:
    """The blocks of one paper over a page ``width_pt`` wide."""

    paper: QuotationPaper
    labels: Labels
    pictures: Mapping[PictureSource, PaperPicture]
    width_pt: float

    def head(self) -> list[Flowable]:
        """Letterhead, then buyer and paper facts side by side."""
        facts = (buyer_facts(self.paper, self.labels), paper_facts(self.paper, self.labels))
        return [self._letterhead(), Spacer(1, 5), self._pair(facts), Spacer(1, 8)]

    def foot(self) -> list[Flowable]:
        """Terms, bank and signature: on one page where that leaves no large part of one empty."""
        terms, bank = term_facts(self.paper, self.labels), bank_facts(self.paper, self.labels)
        title = self.labels.say("papers.bank")
        if terms and bank and self.width_pt > _WIDE_PT:
            beside = self._pair((terms, (("", title), *bank)), first=(_FACT, _SECTION))
            flow: list[Flowable] = [Spacer(1, 9), beside, *self._signature()]
            if self._height_pt(flow) <= _MOST_KEPT_PT:
                return [KeepTogether(flow)]
        above = [Spacer(1, 9), self._facts("", terms)] if terms else []
        below = [Spacer(1, 9), self._facts(title, bank)] if bank else []
        below += self._signature()
        if self._height_pt(above + below) <= _MOST_KEPT_PT:
            return [KeepTogether(above + below)] if above or below else []
        return [*above, KeepTogether(below)] if below else above

    def _height_pt(self, flow: list[Flowable]) -> float:
        return sum(float(part.wrap(self.width_pt, _MUCH_PT)[1]) for part in flow)

    @property
    def _label_pt(self) -> float:
        """Room for the labels, in two languages for more."""
        return _BOTH_LABELS_PT if self.labels.language == "both" else _LABEL_PT

    def _letterhead(self) -> Table:
        logo = self._picture(self.paper.seller.logo)
        logo_pt = logo.width_px * PT_PER_PX + 10 if logo else 0.0
        title = self.labels.title(self.paper)
        title_pt = stringWidth(title, BOLD, _TITLE.size) + 10
        grid = CellGrid([logo_pt, self.width_pt - logo_pt - title_pt, title_pt])
        lines = letterhead(self.paper, self.labels)
        for index, text in enumerate((seller_name(self.paper, self.labels), *lines)):
            row = grid.add_row()
            # The last line, how to reach the seller, may run below the title.
            end = 2 if index and index == len(lines) else 1
            grid.put(row, (1, end), text, _NAME if index == 0 else _REACH)
        grid.put(0, (2, 2), title, _TITLE)
        last = len(grid.rows) - 1
        if logo:
            grid.rows[0][0] = pdf_picture(logo)
            grid.commands += [("SPAN", (0, 0), (0, last)), ("VALIGN", (0, 0), (0, last), "MIDDLE")]
        grid.commands += [
            ("LEFTPADDING", (0, 0), (0, last), 0),
            ("LINEBELOW", (0, last), (-1, last), 1.2, ACCENT),
            ("BOTTOMPADDING", (0, last), (-1, last), 6),
        ]
        return grid.table()

    def _pair(
        self,
        blocks: tuple[tuple[Fact, ...], tuple[Fact, ...]],
        *,
        first: tuple[Ink, Ink] = (_STRONG, _STRONG),
    ) -> Table:
        """Two blocks of facts beside each other; ``first`` is how their first texts look."""
        value = self.width_pt * 0.56 - self._label_pt
        right = self.width_pt * 0.44 - self._label_pt
        grid = CellGrid([self._label_pt, value, self._label_pt, right])
        for index, facts in enumerate(zip_longest(*blocks)):
            inks = (_FACT, _FACT) if index else first
            cells: list[tuple[tuple[int, int], str | Image, Ink]] = []
            for column, fact, ink in zip((0, 2), facts, inks, strict=True):
                label, text = fact or ("", "")
                cells.append(((column, column), label, _LABEL))
                cells.append(((column + 1, column + 1), text, ink))
            grid.put_all(cells)
        return grid.table()

    def _facts(self, title: str, facts: tuple[Fact, ...]) -> Table:
        grid = CellGrid([self._label_pt, self.width_pt - self._label_pt])
        if title:
            grid.put(grid.add_row(), (0, 1), title, _SECTION)
        for label, text in facts:
            grid.put_all([((0, 0), label, _LABEL), ((1, 1), text, _FACT)])
        return grid.table()

    def _signature(self) -> list[Flowable]:
        picture = self._picture(self.paper.seller.signature)
        signatory = self.paper.seller.signatory
        if picture is None and not signatory:
            return []
        grid = CellGrid([self.width_pt * 0.62, self.width_pt * 0.38])
        grid.put(grid.add_row(), (1, 1), seller_name(self.paper, self.labels), _SIGNED)
        row = grid.add_row()
        if picture is not None:
            grid.put(row, (1, 1), pdf_picture(picture), _SIGNED)
        else:
            grid.put(row, (1, 1), " ", Ink(size=26))
        text = "\n".join(filter(None, (signatory, self.labels.say("papers.signature"))))
        grid.put(grid.add_row(), (1, 1), text, _SIGNATORY)
        return [Spacer(1, 14), grid.table()]

    def _picture(self, source: PictureSource | None) -> PaperPicture | None:
        return self.pictures.get(source) if source else None
