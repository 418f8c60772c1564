"""Owns the summary of a quotation beside the list; opening it leads to the editor.

Must not change anything.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.revisions import STATE_NAMES, LineKind
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.context import Context
from ui.files.section import FilesSection
from ui.forms.sections import Line, Scroll, Section
from ui.words import say, words

_LINES_SHOWN = 12


class QuotationSummary(QWidget):
    """What was quoted to whom, until when, and for how much."""

    def __init__(
        self, context: Context, open_: Callable[[int], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._quotation_id = -1
        self._title, self._faint, self._state = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._faint.setProperty("role", "faint")
        self._state.setProperty("role", "chip")
        for label in (self._title, self._faint, self._state):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._faint.setWordWrap(True)
        self.total = QLabel()
        self.total.setProperty("role", "title")
        self.open_button = QPushButton(say("editor.open"))
        self.open_button.setProperty("role", "primary")
        self.open_button.clicked.connect(lambda: open_(self._quotation_id))
        self._lines = Section(say("editor.lines"))
        self._revisions = Section(say("editor.revisions"))
        scroll = Scroll()
        scroll.body.addWidget(self._lines)
        scroll.body.addWidget(self._revisions)
        self.files = FilesSection(context, "quotation", self)
        self.files.take_pasted(scroll)
        scroll.body.addWidget(self.files)
        scroll.body.addStretch(1)
        first = QHBoxLayout()
        first.addWidget(self._title)
        first.addWidget(self._state)
        first.addStretch(1)
        first.addWidget(self.open_button)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        head.setSpacing(theme.TINY)
        head.addLayout(first)
        head.addWidget(self._faint)
        head.addWidget(self.total)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.MEDIUM, 0, 0)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)

    def show_record(self, record_id: int) -> None:
        """Reads the quotation off the GUI thread and shows it."""
        self._quotation_id = record_id
        self._context.tasks.read(
            self,
            lambda: self._context.desk.quotation_views.quotation(record_id),
            self._show,
            failed=lambda _error: None,
        )

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads the quotation again after a commit."""
        if self.isVisible() and self._quotation_id >= 0:
            self.show_record(self._quotation_id)

    def _show(self, detail: QuotationDetail) -> None:
        if detail.id != self._quotation_id:
            return
        values = detail.values
        self._title.setText(detail.label)
        self._state.setText(words.text(STATE_NAMES[detail.standing]))
        until = values.get("valid_until")
        term = " ".join(str(values.get(key) or "") for key in ("incoterm", "place")).strip()
        said = [values.get("buyer_name"), values.get("title"), term, values.get("payment_terms")]
        if until is not None:
            said.append(f"{say('quotations.field.valid_until')} {formats.plain(until)}")
        self._faint.setText(formats.strung(said))
        self.total.setText(formats.money(detail.total, str(values.get("currency") or "")))
        self._lines.clear()
        for line in detail.lines[:_LINES_SHOWN]:
            self._lines.add_row(Line(_name(line), _figures(line), has_figures=True))
        left = len(detail.lines) - _LINES_SHOWN
        if left > 0:
            self._lines.add_row(Line(say("editor.more_lines", count=left)))
        self.files.show_files(detail.id, detail.attachments)
        self._revisions.clear()
        for one in reversed(detail.revisions):
            state = words.text(STATE_NAMES[one.state])
            if one.closed_at is not None:
                state = f"{state} {formats.day(one.closed_at.astimezone().date())}"
            money = formats.money(one.total, one.currency)
            faint = " · ".join((state, formats.day(one.issued_on), money))
            self._revisions.add_row(Line(f"R{one.revision}", faint))


def _name(line: LineView) -> str:
    values = line.values
    keys = ("name_zh", "name_en") if words.language == "zh_CN" else ("name_en", "name_zh")
    name = next((str(values[key]) for key in keys if values.get(key)), "")
    return " ".join(filter(None, (str(values.get("item_number") or ""), name)))


def _figures(line: LineView) -> str:
    if line.kind is LineKind.HEADING or line.unit_price is None:
        return ""
    quantity, unit = line.values.get("quantity"), line.values.get("unit") or ""
    price = formats.money(line.unit_price, None)
    return f"{formats.plain(quantity)} {unit} × {price}" if quantity is not None else price
