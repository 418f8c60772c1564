"""Owns the tab in which suppliers' offers stand side by side, line by line, and one is chosen.

Must not compare; the rule of comparison does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field, FieldType
from app.inquiries.offers_service import part_of
from app.kernel.messages import Message
from app.kernel.ports import place_text
from app.sourcing.comparison import Cell, Comparison, LineComparison
from app.sourcing.comparison_paper_views import basis_lines, marks_of
from ui import formats, theme
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.sections import Scroll, Section, empty, link, plain_label
from ui.icons import icon
from ui.inquiries.answer_dialog import choose_and_read
from ui.inquiries.basis_dialog import ask_basis
from ui.opening import tell_written
from ui.words import say, words

_WAYS = ("cheapest", "fastest", "best")


class CompareTab(QWidget):
    """All offers for an inquiry."""

    def __init__(
        self, context: Context, record: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._inquiry_id = -1
        self._found: Comparison | None = None
        self.record = QPushButton(say("sourcing.offer"))
        self.record.clicked.connect(lambda: record())
        self.take_in = QPushButton(say("sourcing.take_answer"))
        self.take_in.clicked.connect(self._take_in)
        self.more = QToolButton()
        self.more.setIcon(icon("more"))
        self.more.setToolTip(say("sourcing.more"))
        self.more.setAccessibleName(say("sourcing.more"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.choose = menu.addMenu(say("sourcing.choose_each"))
        for way in _WAYS:
            self.choose.addAction(say(f"offers.{way}"), partial(self._choose_each, way))
        menu.addAction(icon("export"), say("sourcing.export"), self._ask_file)
        self.more.setMenu(menu)
        self.basis_button = link(say("sourcing.basis.title"), self._change_basis)
        self.basis = plain_label("", role="faint")
        self.totals = plain_label("", role="heading")
        self._scroll = Scroll()
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.take_in)
        row.addWidget(self.record)
        row.addStretch(1)
        row.addWidget(self.more)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        head.setSpacing(theme.TINY)
        head.addLayout(row)
        head.addSpacing(theme.SMALL)
        head.addWidget(self.totals)
        head.addWidget(self.basis)
        head.addWidget(self.basis_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _take_in(self) -> None:
        choose_and_read(self._context, self, inquiry_id=self._inquiry_id)

    def show_inquiry(self, inquiry_id: int) -> None:
        """Reads the comparison off the GUI thread and shows it."""
        self._inquiry_id = inquiry_id
        desk = self._context.desk
        self._context.tasks.read(
            self,
            lambda: desk.comparisons.compare(inquiry_id),
            lambda found: self._show(inquiry_id, found),
        )

    def _show(self, inquiry_id: int, found: Comparison) -> None:
        if inquiry_id != self._inquiry_id:
            return
        self._found = found
        body = self._scroll.body
        empty(body, self._scroll.widget())
        has_offers = any(line.cells for line in found.lines)
        self._show_head(found, has_offers=has_offers)
        if not has_offers:
            body.addWidget(plain_label(say("sourcing.no_offers"), role="faint"))
        for line in found.lines:
            if line.cells or line.missing:
                body.addWidget(self._line(line, found))
        body.addStretch(1)

    def _show_head(self, found: Comparison, *, has_offers: bool) -> None:
        currency = found.basis.currency
        told = [
            say(key, total=formats.money(round(total, 2), ""), currency=currency)
            for key, total in (
                ("offers.mixed_total", found.mixed_total),
                ("offers.award_total", found.award_total),
            )
            if total is not None
        ]
        self.totals.setText(" · ".join(told))
        self.basis.setText("\n".join(basis_lines(found.basis, words.catalogue)))
        for widget in (self.basis, self.basis_button, self.more):
            widget.setVisible(has_offers)
        self.totals.setVisible(bool(told))

    def _line(self, line: LineComparison, found: Comparison) -> QWidget:
        asked = line.line
        amount = f"{formats.number(asked.quantity)} {asked.unit or ''}" if asked.quantity else ""
        section = Section(" · ".join(part for part in (asked.wording, amount.strip()) if part))
        for cell in line.cells:
            section.add_row(self._offer(line, cell, currency=found.basis.currency))
        if line.missing:
            names = say("lists.between").join(line.missing)
            section.add_row(plain_label(say("offers.no_answer", suppliers=names), role="warning"))
        return section

    def _offer(self, line: LineComparison, cell: Cell, *, currency: str) -> QWidget:
        """One offer: who, at what price, told like for like, what else, and the choice."""
        offered = cell.offered
        is_chosen = offered.offer_line_id in line.chosen
        button = QPushButton(say("sourcing.take_back") if is_chosen else say("sourcing.choose"))
        choice_of = f"{offered.supplier} · {line.line.wording}"
        button.setAccessibleName(f"{button.text()} {choice_of}")
        button.clicked.connect(partial(self._choose, line.line.line_id, cell, is_chosen))
        part = link(say("sourcing.choose_part"), partial(self._choose_part, line, cell))
        part.setAccessibleName(f"{say('sourcing.choose_part')} {choice_of}")
        unit = f"/{offered.unit}" if offered.unit and offered.unit != line.line.unit else ""
        place = place_text(offered.place or "", words.language)
        term = " ".join(filter(None, (unit, offered.incoterm, place if offered.incoterm else "")))
        alike = formats.money(round(cell.alike, 4), currency) if cell.alike is not None else "–"
        told = plain_label(alike, role="heading", wraps=False)
        told.setToolTip(_way(cell, currency))
        asked = plain_label(
            f"{formats.money(cell.price, offered.currency)}{'' if unit else ' '}{term}", wraps=False
        )
        prices = QHBoxLayout()
        prices.setSpacing(theme.SMALL)
        for widget in (asked, plain_label("=", role="faint", wraps=False), told):
            prices.addWidget(widget)
        prices.addStretch(1)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(plain_label(offered.supplier))
        text.addLayout(prices)
        text.addWidget(plain_label(_rest(cell, line.line.unit), role="faint"))
        is_good = cell.holds and cell.alike is not None
        for told_of, role in (
            (_marks(line, cell), "good" if is_good else "warning"),
            (_notes(cell), "faint" if is_good else "warning"),
        ):
            if told_of:
                text.addWidget(plain_label(told_of, role=role))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, theme.SMALL)
        layout.addLayout(text, 1)
        choice = QVBoxLayout()
        choice.addWidget(button)
        choice.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        choice.addStretch(1)
        layout.addLayout(choice)
        return row

    # -- changing ---------------------------------------------------------------------------

    def _choose(self, line_id: int, cell: Cell, is_chosen: bool) -> None:
        offers = self._context.desk.offers
        offer_line_id = cell.offered.offer_line_id

        def work() -> None:
            if is_chosen:
                offers.take_back_award(line_id, offer_line_id)
            else:
                offers.award(line_id, offer_line_id)

        self._context.tasks.write(self, Message("window.saving"), lambda _task: work())

    def _choose_part(self, line: LineComparison, cell: Cell) -> None:
        offers, asked = self._context.desk.offers, line.line
        offer_line_id = cell.offered.offer_line_id

        def save(values: Mapping[str, object]) -> None:
            quantity = part_of(str(values["part"] or ""), asked.quantity)
            offers.award(asked.line_id, offer_line_id, quantity=quantity)

        RecordDialog(
            f"{say('sourcing.choose_part')} · {cell.offered.supplier} · {asked.wording}",
            [Field("part", FieldType.TEXT, "sourcing.field.part")],
            self._context.tasks,
            save=save,
            parent=self,
        ).open()

    def _choose_each(self, way: str) -> None:
        if self._found is None:
            return
        choices, offers = self._found.choices(way), self._context.desk.offers
        self._context.tasks.write(
            self, Message("window.saving"), lambda _task: offers.award_each(choices)
        )

    def _change_basis(self) -> None:
        if self._found is not None:
            keep = partial(self._context.desk.bases.keep, self._inquiry_id)
            ask_basis(self._context, self._found.basis, keep, self)

    def _ask_file(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, say("sourcing.export"), f"{say('sourcing.compare')}.xlsx", "*.xlsx"
        )
        if name:
            self.export(Path(name).with_suffix(".xlsx"))

    def export(self, path: Path) -> None:
        """Writes the comparison as a sheet."""
        desk, inquiry_id = self._context.desk, self._inquiry_id
        language = words.language
        self._context.tasks.long_read(
            self,
            Message("export.exporting", name=path.name),
            lambda _task: desk.comparisons.export(inquiry_id, path, language=language),
            lambda count: tell_written(
                self._context, say("sourcing.exported", count=count, path=path.name), path
            ),
        )


def _way(cell: Cell, currency: str) -> str:
    """How the offered price became the comparable one."""
    if cell.alike is None:
        return ""
    asked = cell.alike + cell.refund - cell.way
    return say(
        "sourcing.how_alike",
        asked=formats.money(round(asked, 4), currency),
        refund=formats.money(round(cell.refund, 4), currency),
        way=formats.money(round(cell.way, 4), currency),
        alike=formats.money(round(cell.alike, 4), currency),
    )


def _rest(cell: Cell, asked_unit: str | None) -> str:
    """What the offer says besides its price; its unit where it is another than the asked one."""
    offered = cell.offered
    unit = offered.unit if offered.unit and offered.unit != asked_unit else ""
    told = []
    if offered.moq is not None:
        told.append(f"{say('sourcing.column.moq')} {formats.number(offered.moq)} {unit}".strip())
    if offered.lead_time_days is not None:
        told.append(say("negotiation.days", days=offered.lead_time_days))
    if offered.valid_until is not None:
        told.append(say("sourcing.until", on=formats.day(offered.valid_until)))
    if offered.includes_vat is not None:
        told.append(say("sourcing.incl_vat" if offered.includes_vat else "sourcing.without_vat"))
    told.append(say("sourcing.offered_on", on=formats.day(offered.offered_on)))
    return formats.strung(told)


def _marks(line: LineComparison, cell: Cell) -> str:
    marks = [formats.told(mark) for mark in marks_of(line, cell)]
    if cell.offered.quoted_in:
        marks.append(
            say("sourcing.used_in", numbers=say("lists.between").join(cell.offered.quoted_in))
        )
    return formats.strung(marks)


def _notes(cell: Cell) -> str:
    return formats.strung(formats.told(note) for note in cell.notes)
