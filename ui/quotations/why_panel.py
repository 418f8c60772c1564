"""Owns the panel that answers "why 1.86?": the steps of a line's price, and its prices before.

Must not cost anything; the rules do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.internal_views import CostPart, PastPrice
from app.quotations.steps import Step
from app.quotations.views import PriceExplained
from ui import formats, theme
from ui.context import Context
from ui.forms.sections import Line, Scroll, Section, link
from ui.icons import icon
from ui.quotations.target_box import TargetBox
from ui.words import say, words


@dataclass(frozen=True, slots=True)
class LineStory:
    """What is told of a line: its steps or what they lack, and what was offered before."""

    explained: PriceExplained | None
    lacks: Message | None
    offers: tuple[PastPrice, ...]


class WhyPanel(Scroll):
    """Opens the price of the current line into its steps."""

    #: A line shall have the cost of the offers chosen for it.
    cost_asked = Signal(int)
    #: The whole way of all prices is to be printed.
    printing = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._wanted = (-1, -1)
        self.setAccessibleName(say("editor.why"))
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self.steps = Section(say("editor.steps"))
        self.parts = Section(say("editor.cost_from"))
        self.terms = Section(say("editor.other_terms"))
        self.past = Section(say("editor.past_prices"))
        self.target = TargetBox(context)
        self._aim = Section(say("editor.price_to_meet"))
        self._aim.add_row(self.target)
        self.print_button = QPushButton(icon("export"), say("editor.print_why"))
        self.print_button.setToolTip(say("editor.print_why_tip"))
        self.print_button.clicked.connect(self.printing)
        for part in (self._title, self.steps, self.parts, self._aim, self.terms, self.past):
            self.body.addWidget(part)
        self.body.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def show_line(self, detail: QuotationDetail, line: LineView | None) -> None:
        """Reads the steps of ``line`` off the GUI thread and shows them."""
        for section in (self.steps, self.parts, self.terms, self.past):
            section.clear()
        if line is None:
            self._title.setText(say("editor.choose_line"))
            self._wanted = (-1, -1)
            self._aim.hide()
            self.parts.hide()
            return
        inner = detail.internal.lines.get(line.id)
        self._aim.setVisible(inner is not None and inner.cost is not None)
        self.target.show_line(detail, line)
        price = formats.money(line.unit_price, None)
        name = line.values.get("item_number") or line.values.get("name_en") or ""
        self._title.setText(say("editor.why_price", price=price or "–", name=name))
        self._wanted = wanted = (detail.id, line.id)
        desk = self._context.desk

        def read() -> LineStory:
            offers = (
                desk.quotation_views.last_offers(line.product_id)
                if line.product_id is not None
                else ()
            )
            try:
                return LineStory(desk.quotation_views.explained(detail.id, line.id), None, offers)
            except AppError as lack:
                return LineStory(None, lack.message, offers)

        self._context.tasks.read(
            self, read, lambda story: self._show_story(wanted, detail, line, story)
        )

    def _show_story(
        self, wanted: tuple[int, int], detail: QuotationDetail, line: LineView, story: LineStory
    ) -> None:
        if wanted != self._wanted:
            return
        for section in (self.steps, self.parts, self.terms, self.past):
            section.clear()
        self._show_steps(detail, line, story)
        inner = detail.internal.lines.get(line.id)
        for part in inner.parts if inner else ():
            self.parts.add_row(self._part(part))
        self.parts.setVisible(bool(inner and inner.parts))
        past = [(say("editor.last_to_buyer"), inner.last_price)] if inner else []
        past += [(offer.company, offer) for offer in story.offers]
        for who, price in past:
            if price is not None:
                self.past.add_row(Line(_priced(price), _told(who, price)))
        self.past.setVisible(any(price is not None for _, price in past))

    def _part(self, part: CostPart) -> Line:
        """A chosen offer behind the cost; it opens the supplier, whose page lists its offers."""
        quantity = formats.number(part.quantity) if part.quantity else ""
        share = f"{formats.number(round(part.share * 100, 1))}%"
        cost = formats.money(part.amount, part.currency)
        told = (part.source.removeprefix(f"{part.supplier} · "), cost, quantity, share)
        opened = None
        if part.supplier_id is not None:
            opened = partial(self._context.navigation.go, "suppliers", part.supplier_id)
        return Line(part.supplier, " · ".join(filter(None, told)), open_=opened)

    def _show_steps(self, detail: QuotationDetail, line: LineView, story: LineStory) -> None:
        inner = detail.internal.lines.get(line.id)
        lacks = story.lacks or (inner.lacks if inner else None)
        if story.explained is None:
            self.steps.add_row(_note(words.text(lacks or Message("quotations.lacks_cost"))))
            if inner is not None and inner.may_take_chosen and detail.is_editable:
                take = partial(self.cost_asked.emit, line.id)
                self.steps.add_row(link(say("editor.take_chosen_cost"), take))
            self.terms.hide()
            return
        price = story.explained.price
        self.steps.add_row(_steps(price.steps))
        if line.unit_price is not None and line.unit_price != price.shown.amount:
            self.steps.add_row(_note(say("editor.typed_price", price=line.unit_price)))
        if inner is not None and inner.floor_warning is not None:
            self.steps.add_row(_note(words.text(inner.floor_warning)))
        for note in inner.notes if inner is not None else ():
            self.steps.add_row(_note(words.text(note)))
        prices = story.explained.costing.prices
        for term, other in prices.items():
            self.terms.add_row(Line(term, formats.money(other.shown.amount, other.shown.currency)))
        self.terms.setVisible(bool(prices))


def _steps(steps: Sequence[Step]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.MEDIUM)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for row, step in enumerate(steps):
        amount = formats.money(_short(step.amount), step.currency)
        name = QLabel(words.text(step.name))
        name.setWordWrap(True)
        value = QLabel(amount)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        is_last = row == len(steps) - 1
        for label in (name, value):
            label.setProperty("role", "heading" if is_last else "")
            label.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(name, 2 * row, 0)
        grid.addWidget(value, 2 * row, 1)
        said = " · ".join(filter(None, (step.formula, step.source)))
        how = QLabel(said)
        how.setProperty("role", "faint")
        how.setTextFormat(Qt.TextFormat.PlainText)
        how.setWordWrap(True)
        how.setContentsMargins(0, 0, 0, theme.SMALL)
        how.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(how, 2 * row + 1, 0, 1, 2)
    return table


def _short(amount: Decimal) -> Decimal:
    return round(amount, 4)


def _note(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "warning")
    label.setWordWrap(True)
    return label


def _priced(price: PastPrice) -> str:
    return formats.money(price.price, price.currency)


def _told(who: str, price: PastPrice) -> str:
    quantity = f"≥ {formats.number(price.quantity)}" if price.quantity else ""
    parts = (who, formats.day(price.on), price.number, price.term, quantity)
    return " · ".join(filter(None, parts))
