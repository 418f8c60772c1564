"""Owns the page of one inquiry: its fields and stage, its lines, who can make them, and what came of it.

Must not rank suppliers; the matching does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.inquiries.fields import INQUIRY_FIELDS, LINE_FIELDS
from app.inquiries.matching_service import LineMatches
from app.inquiries.stages import STAGES, Stage
from app.inquiries.views import InquiryDetail, InquiryLineView
from app.kernel.messages import Message
from ui import formats, theme
from ui.context import Context
from ui.forms.form import FieldForm
from ui.forms.lines import LinesGrid
from ui.forms.sections import Line, Scroll, Section
from ui.inquiries.compare_tab import CompareTab
from ui.inquiries.offer_dialog import OfferDialog
from ui.inquiries.request_dialog import request_prices
from ui.places import PLACE_OF_KIND
from ui.words import say, words

_CANDIDATES_SHOWN = 5
_SHOWN_ELSEWHERE = {"number", "stage", "original_text"}


class InquiryPage(QWidget):
    """An inquiry whole, beside the list."""

    def __init__(
        self,
        context: Context,
        quote: Callable[[int], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._inquiry_id = -1
        self._title, self._faint = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._faint.setProperty("role", "faint")
        for label in (self._title, self._faint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.stage = QComboBox()
        self.stage.setAccessibleName(say("inquiries.field.stage"))
        for rule in STAGES.values():
            self.stage.addItem(words.text(rule.name), rule.stage)
        self.stage.activated.connect(lambda _index: self._move())
        self.quote_button = QPushButton(say("inquiries.quote"))
        self.quote_button.setVisible(quote is not None)
        self.quote_button.clicked.connect(lambda: quote(self._inquiry_id) if quote else None)
        fields = [f for f in INQUIRY_FIELDS if f.key not in _SHOWN_ELSEWHERE]
        self.form = FieldForm(fields, context.tasks)
        self.lines = LinesGrid(LINE_FIELDS)
        self.lines.setAccessibleName(say("inquiries.tab.lines"))
        self.lines.edited.connect(self._save_lines)
        self.original = QPlainTextEdit()
        self.original.setReadOnly(True)
        self.original.setAccessibleName(say("inquiries.field.original_text"))
        self._mentions = Section(say("window.section.deals"))
        self._lines: tuple[InquiryLineView, ...] = ()
        self._ticks: dict[int, list[QCheckBox]] = {}
        self._matches = Scroll()
        self.ask = QPushButton(say("sourcing.request"))
        self.ask.clicked.connect(self._ask)
        self.compare = CompareTab(context, self._record_offer)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._lines_tab(), say("inquiries.tab.lines"))
        self._suppliers = self._suppliers_tab()
        self._tabs.addTab(self._suppliers, say("inquiries.tab.suppliers"))
        self._tabs.addTab(self.compare, say("sourcing.compare"))
        self._tabs.addTab(self._overview(), say("window.tab.overview"))
        self._tabs.addTab(self.original, say("inquiries.field.original_text"))
        self._tabs.currentChanged.connect(lambda _index: self._match())
        self._lay_out()

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.stage)
        state.addStretch(1)
        state.addWidget(self.quote_button)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.TINY)
        head.addWidget(self._title)
        head.addWidget(self._faint)
        head.addLayout(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.MEDIUM, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._tabs, 1)

    def _lines_tab(self) -> QWidget:
        page = QWidget()
        hint = QLabel(say("inquiries.lines_hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        layout.addWidget(self.lines, 1)
        layout.addWidget(hint)
        return page

    def _suppliers_tab(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, 0)
        hint = QLabel(say("sourcing.ask_first"))
        hint.setProperty("role", "faint")
        row.addWidget(hint, 1)
        row.addWidget(self.ask)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._matches, 1)
        return page

    def _overview(self) -> QWidget:
        scroll = Scroll()
        scroll.body.addWidget(self.form)
        scroll.body.addWidget(self._mentions)
        scroll.body.addStretch(1)
        return scroll

    # -- showing ----------------------------------------------------------------------------

    def show_record(self, record_id: int) -> None:
        """Reads the inquiry off the GUI thread and shows it."""
        self._inquiry_id = record_id
        self._context.tasks.read(
            self,
            lambda: self._context.desk.inquiry_views.inquiry(record_id),
            self._show,
            failed=lambda _error: None,
        )

    def on_changes(self, _rows: object) -> None:
        """Reads the inquiry again after a commit."""
        if self.isVisible() and self._inquiry_id >= 0:
            self.show_record(self._inquiry_id)

    def _show(self, inquiry: InquiryDetail) -> None:
        if inquiry.id != self._inquiry_id:
            return
        values = inquiry.values
        self._lines = inquiry.lines
        subject = values.get("subject")
        self._title.setText(" · ".join(str(t) for t in (inquiry.buyer, subject) if t))
        received = formats.plain(values.get("received_at"))
        parts = (values.get("number"), values.get("channel"), received)
        self._faint.setText(" · ".join(str(part) for part in parts if part))
        self.stage.setCurrentIndex(self.stage.findData(Stage(str(values["stage"]))))
        desk = self._context.desk
        save = None if desk.is_read_only else partial(desk.edit, "inquiry", [inquiry.id])
        self.form.show_values(values, save)
        # What is being typed stays; it is saved with its row when the person leaves the cell.
        if self.lines.state() != LinesGrid.State.EditingState:
            self.lines.show_lines([(line.id, line.values) for line in inquiry.lines])
        self.original.setPlainText(str(values.get("original_text") or ""))
        self._mentions.clear()
        for mention in inquiry.mentions:
            place = PLACE_OF_KIND.get(mention.kind)
            go = partial(self._context.navigation.go, place, mention.id) if place else None
            self._mentions.add_row(Line(mention.title, mention.state or "", open_=go))
        self._match()

    # -- who can make it --------------------------------------------------------------------

    def _match(self) -> None:
        """Ranks suppliers when the person looks at them."""
        if self._inquiry_id < 0:
            return
        if self._tabs.currentWidget() is self.compare:
            self.compare.show_inquiry(self._inquiry_id)
        if self._tabs.currentWidget() is not self._suppliers:
            return
        inquiry_id = self._inquiry_id
        self._context.tasks.long_read(
            self,
            Message("inquiries.matching"),
            lambda task: self._context.desk.matching.match(inquiry_id, progress=task),
            lambda matches: self._show_matches(inquiry_id, matches),
        )

    def _show_matches(self, inquiry_id: int, matches: Sequence[LineMatches]) -> None:
        if inquiry_id != self._inquiry_id:
            return
        body = self._matches.body
        while (item := body.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        ticked = set(self.ticked())
        self._ticks = {}
        for line in matches:
            section = Section(line.wording)
            for match in line.candidates[:_CANDIDATES_SHOWN]:
                reasons = " · ".join(words.text(reason) for reason in match.reasons)
                go = partial(self._context.navigation.go, "suppliers", match.supplier_id)
                line_of = Line(f"{match.score:.0f}  {match.supplier}", reasons, open_=go)
                tick = QCheckBox()
                tick.setAccessibleName(say("sourcing.tick", supplier=match.supplier))
                tick.setChecked(match.supplier_id in ticked)
                self._ticks.setdefault(match.supplier_id, []).append(tick)
                line_of.layout().insertWidget(0, tick)  # type: ignore[union-attr]
                section.add_row(line_of)
            if not line.candidates:
                section.add_row(Line(say("inquiries.nobody_found")))
            body.addWidget(section)
        body.addStretch(1)

    def ticked(self) -> list[int]:
        """The suppliers the person wants to ask."""
        return [id_ for id_, ticks in self._ticks.items() if any(t.isChecked() for t in ticks)]

    def _ask(self) -> None:
        suppliers = self.ticked()
        if not suppliers:
            self._context.toast(say("sourcing.ask_first"))
            return
        request_prices(self._context, self, self._inquiry_id, suppliers)

    def _record_offer(self) -> None:
        inquiry_id, lines = self._inquiry_id, self._lines
        self._context.tasks.read(
            self,
            lambda: self._context.desk.sourcing_views.suppliers(inquiry_id),
            lambda suppliers: OfferDialog(
                self._context, inquiry_id, suppliers=suppliers, lines=lines, parent=self
            ).open(),
        )

    # -- changing ---------------------------------------------------------------------------

    def _move(self) -> None:
        stage = Stage(self.stage.currentData())
        inquiry_id = self._inquiry_id
        reason = self._reason() if stage is Stage.LOST else ""
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.move(inquiry_id, stage, reason=reason),
            failed=self._on_refused,
        )

    def _reason(self) -> str:
        text, _accepted = QInputDialog.getText(
            self, say("inquiries.field.lost_reason"), say("inquiries.why_lost")
        )
        return text

    def _on_refused(self, error: BaseException) -> None:
        self._context.tasks.failed.emit(error)
        self.show_record(self._inquiry_id)

    def _save_lines(self) -> None:
        inquiry_id, lines = self._inquiry_id, self.lines.lines()
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.set_lines(inquiry_id, lines),
            failed=self._on_refused,
        )
