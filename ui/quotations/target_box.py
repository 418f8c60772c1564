"""Owns the field for a price that must be met, and what it would take.

Must not work anything out; the view does.
"""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.quotations.detail_views import LineView, QuotationDetail
from app.quotations.target_views import PriceTarget
from app.trouble import trouble_of
from ui import formats, theme
from ui.context import Context
from ui.forms.sections import clear, plain_label
from ui.quotations.typed import number_in
from ui.words import say, words


class TargetBox(QWidget):
    """Type a price, see the factory price or the margin that meets it, and take it if you like."""

    #: The id of the line and the price to put into it.
    taken = Signal(int, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._line: tuple[int, int] = (-1, -1)
        self._target: PriceTarget | None = None
        self._is_editable = False
        self.price = QLineEdit()
        self.price.setAccessibleName(say("editor.price_to_meet"))
        self.price.setPlaceholderText(say("editor.price_to_meet"))
        self.price.setToolTip("Ctrl+T")
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.price.returnPressed.connect(self.ask)
        self.take = QPushButton(say("editor.use_price"))
        self.take.clicked.connect(self._take)
        self.take.setEnabled(False)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(self.price, 1)
        row.addWidget(self.take)
        self._said = QVBoxLayout()
        self._said.setSpacing(theme.TINY)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL)
        layout.addLayout(row)
        layout.addLayout(self._said)

    def show_line(self, detail: QuotationDetail, line: LineView) -> None:
        """Asks about another line; the buyer's own target stands in the field."""
        if self._line == (detail.id, line.id):
            if self._target is not None:
                self.ask()
            return
        self._line, self._is_editable = (detail.id, line.id), detail.is_editable
        self._target = None
        inner = detail.internal.lines.get(line.id)
        wanted = inner.target_price if inner is not None else None
        same = inner is not None and inner.target_currency in (None, detail.values.get("currency"))
        self.price.setText(f"{wanted.normalize():f}" if wanted is not None and same else "")
        self._say([])
        if self.price.text():
            self.ask()

    def ask(self) -> None:
        """Reads what the typed price would take."""
        price = number_in(self.price.text().strip()) if self.price.text().strip() else None
        if price is None or price <= 0:
            self._say([])
            return
        wanted, views = (self._line, price), self._context.desk.quotation_views
        quotation, line = self._line

        def show(target: PriceTarget) -> None:
            if wanted[0] == self._line:
                self._show(target)

        def refused(error: BaseException) -> None:
            message = trouble_of(error)
            if message is None:
                self._context.tasks.failed.emit(self, error)
            elif wanted[0] == self._line:
                self._say([(words.text(message), "warning")])

        self._context.tasks.read(
            self, lambda: views.target(quotation, line, price), show, failed=refused
        )

    def _show(self, target: PriceTarget) -> None:
        now, needed = target.factory_price_now, target.factory_price
        profit = target.profit
        margin, markup = _percent(profit.margin_on_price), _percent(profit.markup_on_cost)
        lines = [(say("editor.target_margin", margin=margin, markup=markup), "")]
        usual = _percent(target.usual_profit.margin_on_price)
        if needed is not None:
            lines.append(
                (
                    say(
                        "editor.target_factory_price",
                        price=formats.money(round(needed.amount, 4), needed.currency),
                        change=_change(needed.amount, now.amount),
                        now=formats.money(now.amount, now.currency),
                        margin=usual,
                    ),
                    "",
                )
            )
        lowest = formats.money(target.lowest_price.amount, target.lowest_price.currency)
        lines.append((say("editor.target_lowest", price=lowest), "faint"))
        if target.warning is not None:
            lines.append((words.text(target.warning), "warning"))
        self._target = target
        self._say(lines)

    def _say(self, lines: list[tuple[str, str]]) -> None:
        clear(self._said)
        for text, role in lines:
            self._said.addWidget(plain_label(text, role=role))
        known = bool(lines) and self._target is not None
        self.take.setEnabled(known and self._is_editable)

    def _take(self) -> None:
        if self._target is not None:
            self.taken.emit(self._line[1], self._target.price.amount)

    def texts(self) -> list[str]:
        """What is said, line by line."""
        widgets = [self._said.itemAt(at).widget() for at in range(self._said.count())]
        return [widget.text() for widget in widgets if isinstance(widget, QLabel)]


def _percent(share: Decimal) -> str:
    return f"{share * 100:.1f}"


def _change(after: Decimal, before: Decimal) -> str:
    return f"{(after / before - 1) * 100:+.1f}" if before else ""
