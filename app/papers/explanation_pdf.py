"""Owns the PDF that explains prices to those inside: every step with its formula and source.

It holds costs and suppliers and says on each page that it is internal. Must not be reached from a
paper for the buyer.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer

from app.papers.explained import ExplainedLine, ExplainedStep, Explanation
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED, TINT
from app.papers.pdf_canvas import MARGIN_PT, CountedCanvas
from app.papers.pdf_cells import CellGrid, Ink
from app.papers.pdf_text import BOLD, printable, ready_fonts

_WARNING = "#B3261E"
_BAR_PT = 18.0
_TITLE = Ink(size=15, bold=True, colour=ACCENT, pad=1)
_FACTS = Ink(size=8.5, colour=MUTED, pad=2)
_LINE = Ink(size=10, bold=True, fill=TINT, colour=ACCENT, pad=4)
_PRICE = replace(_LINE, align="RIGHT")
_HEAD = Ink(size=7.5, colour=MUTED, below=HAIRLINE, pad=2)
_STEP = Ink(size=8.5, below=HAIRLINE, pad=2.5, valign="TOP")
_AMOUNT = replace(_STEP, align="RIGHT", wrap=False)
_HOW = replace(_STEP, size=7.5, colour=MUTED)
_LAST = replace(_STEP, bold=True)
_NOTE = Ink(size=8.5, colour=_WARNING, pad=2.5)


def explanation_pdf(explanation: Explanation, *, language: str) -> bytes:
    """The pages as a PDF; each is marked as internal."""
    ready_fonts()
    labels = Labels(language)
    width = A4[0] - 2 * MARGIN_PT
    head = CellGrid([width])
    head.put(head.add_row(), (0, 0), explanation.title, _TITLE)
    for fact in explanation.facts:
        head.put(head.add_row(), (0, 0), fact, _FACTS)
    flow: list[Flowable] = [head.table(), Spacer(1, 8)]
    for line in explanation.lines:
        flow += [_line(line, labels, width), Spacer(1, 10)]
    return _document(flow, explanation.title, labels)


def _line(line: ExplainedLine, labels: Labels, width: float) -> Flowable:
    grid = CellGrid([width * share for share in (0.27, 0.15, 0.30, 0.28)])
    row = grid.add_row()
    grid.put(row, (0, 2), line.name, _LINE)
    grid.put(row, (3, 3), line.price, _PRICE)
    if line.steps:
        row = grid.add_row()
        keys = ("papers.why_step", "papers.why_amount", "papers.why_formula", "papers.why_source")
        for column, key in enumerate(keys):
            ink = replace(_HEAD, align="RIGHT") if column == 1 else _HEAD
            grid.put(row, (column, column), labels.say(key, " / "), ink)
    grid.keep_together(0, min(len(grid.rows) - 1, 1))
    for step in line.steps:
        _step(grid, step, is_last=step is line.steps[-1])
    for note in line.notes:
        grid.put(grid.add_row(), (0, 3), note, _NOTE)
    return grid.table()


def _step(grid: CellGrid, step: ExplainedStep, *, is_last: bool) -> None:
    name = _LAST if is_last else _STEP
    amount = replace(_AMOUNT, bold=is_last)
    cells: Sequence[tuple[str, Ink]] = (
        (step.name, name),
        (step.amount, amount),
        (step.formula, _HOW),
        (step.source, _HOW),
    )
    grid.put_all([((at, at), text, ink) for at, (text, ink) in enumerate(cells)])


def _document(flow: list[Flowable], title: str, labels: Labels) -> bytes:
    frame = Frame(
        MARGIN_PT,
        MARGIN_PT + 16,
        A4[0] - 2 * MARGIN_PT,
        A4[1] - 2 * MARGIN_PT - 16 - _BAR_PT,
        leftPadding=0,
        rightPadding=0,
        topPadding=8,
        bottomPadding=0,
    )
    stream = io.BytesIO()
    document = BaseDocTemplate(
        stream,
        pagesize=A4,
        pageTemplates=[PageTemplate("internal", [frame], onPage=partial(_warn, labels))],
        title=printable(title),
        author="",
        creator="",
        producer="",
        invariant=True,
        pageCompression=1,
    )
    document.build(flow, canvasmaker=partial(CountedCanvas, labels=labels))
    return stream.getvalue()


def _warn(labels: Labels, canvas: Canvas, _document: object) -> None:
    """A bar over the whole page: whoever finds it in the printer knows what it is."""
    top = A4[1] - MARGIN_PT
    canvas.setFillColor(HexColor(_WARNING))
    canvas.rect(MARGIN_PT, top - _BAR_PT, A4[0] - 2 * MARGIN_PT, _BAR_PT, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFFFFF"))
    canvas.setFont(BOLD, 9)
    canvas.drawCentredString(A4[0] / 2, top - _BAR_PT + 5.5, labels.say("papers.internal", " · "))
