"""Owns the sheet a supplier fills in: what is asked, with pictures, and empty columns for the answer.

Always in both languages, since it goes to a factory and comes back to a salesperson. Must not read
the book, and must not say more than its content does: no buyer and no target unless they are in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from app.kernel.decimals import decimal_text
from app.kernel.safe_write import write_whole
from app.papers.content import NOTHING_SAID, Bilingual, PictureSource
from app.papers.labels import Labels
from app.papers.look import ACCENT, HAIRLINE, MUTED, TINT
from app.papers.pictures import Box, PaperPicture, paper_pictures
from app.papers.sheet_pen import SheetPen, Style, StyleBook
from app.papers.workbook import new_workbook, sheet_names

_PHOTO = Box(84, 84)
#: The columns that say what is asked, with their widths in pixels, and those left empty.
_ASKED = {
    "number": 36,
    "photo": 96,
    "item_number": 84,
    "name": 150,
    "specification": 210,
    "quantity": 72,
    "unit": 54,
    "target": 84,
}
_ANSWERED = {
    "price_1": 74,
    "quantity_2": 68,
    "price_2": 74,
    "quantity_3": 68,
    "price_3": 74,
    "currency": 66,
    "tax": 92,
    "term": 96,
    "minimum_order": 72,
    "lead_time": 72,
    "packing": 120,
    "pieces_per_carton": 64,
    "carton_size": 96,
    "gross_weight": 64,
    "valid_until": 84,
    "remarks": 140,
}
_CHOICES = {
    "currency": ("CNY", "USD", "EUR"),
    "tax": ("含13%税 incl. VAT", "含3%税 incl. VAT", "不含税 excl. VAT"),
}
_KEY = "key"
_BODY = Style(size_pt=9, bottom=HAIRLINE)
_HEADING = Style(size_pt=9, bold=True, colour="#FFFFFF", fill=ACCENT, align="center")
_CENTRED = ("number", "quantity", "unit", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedArticle:
    """One line of a request; ``key`` brings the answer back to it and stands in a hidden column."""

    key: str
    item_number: str = ""
    name: Bilingual
    specification: str = ""
    picture: PictureSource | None = None
    quantity: Decimal | None = None
    unit: Bilingual = NOTHING_SAID
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPaper:
    """What a request says to one supplier, or to any; ``buyer`` is empty unless it may be told."""

    number: str
    issued_on: date
    respond_by_on: date | None = None
    sender: str = ""
    supplier: str = ""
    buyer: str = ""
    text: str = ""
    articles: Sequence[AskedArticle] = ()


@dataclass(frozen=True, slots=True)
class WrittenRequest:
    """What was written: lines, and pictures put in."""

    path: Path
    lines: int
    pictures: int


def write_request(paper: RequestPaper, path: Path) -> WrittenRequest:
    """Writes the request as ``path``, an .xlsx; the file is whole or untouched."""
    labels = Labels("both")
    pictures = paper_pictures([article.picture for article in paper.articles], _PHOTO)

    def write(file: Path) -> None:
        title = f"{labels.say('papers.request.title')} {paper.number}"
        book = new_workbook(file, title, paper.issued_on)
        _RequestSheet(paper, labels, pictures).write(
            book.add_worksheet(*sheet_names([paper.number])), StyleBook(book, "both")
        )
        book.close()

    write_whole(path, write)
    return WrittenRequest(path, len(paper.articles), len(pictures))


class _RequestSheet:
    def __init__(
        self,
        paper: RequestPaper,
        labels: Labels,
        pictures: Mapping[PictureSource, PaperPicture],
    ) -> None:
        self._paper = paper
        self._labels = labels
        self._pictures = pictures
        shown = [name for name in _ASKED if self._is_needed(name)]
        self._columns = (*shown, *_ANSWERED, _KEY)

    def _is_needed(self, name: str) -> bool:
        articles = self._paper.articles
        if name == "photo":
            return any(article.picture in self._pictures for article in articles if article.picture)
        if name in ("item_number", "specification", "target"):
            return any(getattr(article, name) for article in articles)
        return True

    def write(self, sheet: Worksheet, styles: StyleBook) -> None:
        """Writes head, headings and lines, and makes the sheet ready to print."""
        widths = [(_ASKED | _ANSWERED).get(name, 40) for name in self._columns]
        pen = SheetPen(sheet, styles, widths_px=widths)
        row = self._write_head(pen)
        for index, name in enumerate(self._columns):
            words = self._labels.say(f"papers.request.{name}", "\n")
            style = _HEADING if name not in _ANSWERED else replace(_HEADING, fill="#B8651B")
            pen.text(row, (index, index), words, style)
        for offset, article in enumerate(self._paper.articles, 1):
            self._write_article(pen, row + offset, offset, article)
        last = row + len(self._paper.articles)
        self._offer_choices(sheet, row + 1, last)
        pen.finish()
        key = len(self._columns) - 1
        sheet.set_column(key, key, 4, None, {"hidden": True})
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, last, key - 1)

    def _write_head(self, pen: SheetPen) -> int:
        """The rows above the table; the row after them."""
        paper, say = self._paper, self._labels.say
        last = len(self._columns) - 2
        title = Style(size_pt=16, bold=True, colour=ACCENT)
        pen.text(0, (0, last), say("papers.request.title"), title)
        day = self._labels.day
        told = [
            f"{say('papers.request.reference')}: {paper.number}",
            f"{say('papers.request.dated')}: {day(paper.issued_on)}",
        ]
        if paper.respond_by_on:
            told.append(f"{say('papers.request.respond_by')}: {day(paper.respond_by_on)}")
        texts = ["    ".join(told)]
        for key, words in (
            ("papers.request.to", paper.supplier),
            ("papers.request.from", paper.sender),
            ("papers.request.buyer", paper.buyer),
        ):
            if words:
                texts.append(f"{say(key)}: {words}")
        texts += [paper.text] if paper.text else []
        texts.append(say("papers.request.please_fill_in", "\n"))
        for row, text in enumerate(texts, 1):
            is_last = row == len(texts)
            style = Style(size_pt=9, colour=MUTED) if row == 1 else Style(size_pt=10, bold=is_last)
            pen.text(row, (0, last), text, style)
        return len(texts) + 1

    def _write_article(self, pen: SheetPen, row: int, number: int, article: AskedArticle) -> None:
        pen.at_least(row, 30)
        for index, name in enumerate(self._columns):
            span = (index, index)
            if name in _ANSWERED:
                pen.blank(row, span, replace(_BODY, fill=TINT))
                continue
            style = replace(_BODY, align="center") if name in _CENTRED else _BODY
            picture = self._pictures.get(article.picture) if article.picture else None
            if name == "photo":
                pen.blank(row, span, style)
                if picture is not None:
                    pen.picture(row, span, picture, description=article.name.said("en"))
            elif name == "quantity" and article.quantity is not None:
                exact = article.quantity == article.quantity.to_integral_value()
                shape = "#,##0" if exact else "#,##0.###"
                pen.number(row, span, article.quantity, replace(style, number_format=shape))
            else:
                pen.text(row, span, self._text(name, number, article), style)

    def _text(self, name: str, number: int, article: AskedArticle) -> str:
        if name == "number":
            return decimal_text(Decimal(number))
        if name == "quantity":
            return ""
        value = getattr(article, name)
        joint = " / " if name == "unit" else "\n"
        return self._labels.text(value, joint) if isinstance(value, Bilingual) else str(value)

    def _offer_choices(self, sheet: Worksheet, first: int, last: int) -> None:
        """Lists to choose from; what is not on them may be typed, too."""
        for name, choices in _CHOICES.items():
            column = self._columns.index(name)
            rule = {"validate": "list", "source": list(choices), "error_type": "information"}
            sheet.data_validation(first, column, last, column, rule)
