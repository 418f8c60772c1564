"""Owns the top of a sheet: letterhead with logo, title, buyer and the paper's own facts.

Must not write the table of goods.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from app.papers.blocks import Fact, buyer_facts, letterhead, paper_facts, seller_name
from app.papers.content import QuotationPaper
from app.papers.geometry import TableGeometry
from app.papers.labels import Labels
from app.papers.look import ACCENT, MUTED
from app.papers.measure import text_width_px
from app.papers.pictures import PaperPicture
from app.papers.sheet_pen import Placed, SheetPen, Style

_NAME = Style(size_pt=14, bold=True, colour=ACCENT, valign="vcenter")
_REACH = Style(size_pt=8, colour=MUTED)
_TITLE = Style(size_pt=18, bold=True, colour=ACCENT, align="right")
_LABEL = Style(size_pt=9, colour=MUTED, valign="top")
_FACT = Style(size_pt=9, valign="top")
_FACT_BOLD = Style(size_pt=9, bold=True, valign="top")
_LABEL_PX = 116
_BOTH_LABELS_PX = 150
_GAP_PT = 6.0


def write_head(
    pen: SheetPen,
    paper: QuotationPaper,
    *,
    labels: Labels,
    geometry: TableGeometry,
    logo: PaperPicture | None,
) -> int:
    """Writes the head from the first row on; returns the row after it."""
    row = _write_letterhead(pen, paper, labels=labels, geometry=geometry, logo=logo)
    pen.blank(row, (0, pen.columns - 1), Style(bottom=ACCENT, line=2))
    pen.at_least(row, _GAP_PT)
    pen.at_least(row + 1, _GAP_PT)
    return _write_facts(
        pen,
        row + 2,
        (buyer_facts(paper, labels), paper_facts(paper, labels)),
        labels=labels,
        geometry=geometry,
    )


def _write_letterhead(
    pen: SheetPen,
    paper: QuotationPaper,
    *,
    labels: Labels,
    geometry: TableGeometry,
    logo: PaperPicture | None,
) -> int:
    split = geometry.split(0.62)
    if split is None:
        return _write_stacked(pen, paper, labels=labels, logo=logo)
    last = pen.columns - 1
    begin = _after_logo(geometry, logo, split)
    pen.text(0, (begin, split - 1), seller_name(paper, labels), _NAME)
    room = geometry.edge(len(geometry.columns)) - geometry.edge(split)
    _write_title(pen, 0, (split, last), labels.title(paper), room_px=room)
    row = 1
    for line in letterhead(paper, labels):
        pen.text(row, (begin, last if begin else split - 1), line, _REACH)
        row += 1
    if logo is not None:
        row = _beside_logo(pen, row, logo)
    return row


def _write_title(
    pen: SheetPen, row: int, span: tuple[int, int], title: str, *, room_px: float
) -> None:
    """The title, smaller where its room is narrow."""
    wanted = text_width_px(title, size_pt=_TITLE.size_pt, bold=True) * 1.1
    size = _TITLE.size_pt * min(1.0, room_px / wanted)
    pen.text(row, span, title, replace(_TITLE, size_pt=max(int(size), 9)))
    pen.at_least(row, 26)


def _write_stacked(
    pen: SheetPen, paper: QuotationPaper, *, labels: Labels, logo: PaperPicture | None
) -> int:
    """Logo, title, name and address below each other, for a table of few columns."""
    whole = (0, pen.columns - 1)
    pen.text(0, whole, labels.title(paper), _TITLE)
    pen.at_least(0, 26)
    row = _beside_logo(pen, 1, logo) if logo is not None else 1
    pen.text(row, whole, seller_name(paper, labels), _NAME)
    for line in letterhead(paper, labels):
        row += 1
        pen.text(row, whole, line, _REACH)
    return row + 1


def _beside_logo(pen: SheetPen, row: int, logo: PaperPicture) -> int:
    """Places the logo in the corner and adds rows until they are as high; returns the next row."""
    while pen.height_px(0, row - 1) < logo.height_px + 4:
        pen.at_least(row, 13)
        row += 1
    pen.picture(0, (0, 0), logo, centred=False, grow=False)
    return row


def _after_logo(geometry: TableGeometry, logo: PaperPicture | None, split: int) -> int:
    """The first column right of the logo."""
    if logo is None:
        return 0
    fitting = (column for column in range(1, split) if geometry.edge(column) >= logo.width_px + 10)
    return next(fitting, max(split - 1, 1))


def _write_facts(
    pen: SheetPen,
    row: int,
    facts: tuple[tuple[Fact, ...], tuple[Fact, ...]],
    *,
    labels: Labels,
    geometry: TableGeometry,
) -> int:
    """Two blocks of facts beside each other; returns the row after them and a gap."""
    middle = geometry.split(0.56)
    if middle is None:
        facts = (tuple(fact for block in facts for fact in block), ())
        middle = pen.columns
    spans = ((0, middle - 1), (middle, pen.columns - 1))
    for index, pair in enumerate(zip_longest(*facts)):
        for span, fact in zip(spans, pair, strict=True):
            if fact:
                write_fact(
                    pen,
                    row,
                    span,
                    fact,
                    labels=labels,
                    geometry=geometry,
                    style=_FACT_BOLD if index == 0 else _FACT,
                )
        row += 1
    pen.at_least(row, _GAP_PT)
    return row + 1


def write_fact(
    pen: SheetPen,
    row: int,
    span: tuple[int, int],
    fact: Fact,
    *,
    labels: Labels,
    geometry: TableGeometry,
    style: Style = _FACT,
) -> int:
    """A label and its text in ``span``; in one cell where the span has no column to part them.

    Returns the row after it: a very long text takes several.
    """
    first, last = span
    begin = geometry.edge(first)
    room = _BOTH_LABELS_PX if labels.language == "both" else _LABEL_PX
    parting = min(
        range(first + 1, last + 1),
        key=lambda column: abs(geometry.edge(column) - begin - room),
        default=None,
    )
    if parting is None or geometry.edge(parting) - begin < room * 0.5:
        placed: list[Placed] = [(span, f"{fact[0]}: {fact[1]}", style)]
    else:
        placed = [((first, parting - 1), fact[0], _LABEL), ((parting, last), fact[1], style)]
    following = pen.deepen(row, placed)
    for each, text, look in placed:
        pen.text(row, each, text, look)
    return following
