"""Owns the line of sums under the grid: goods and total, cartons and container, and what is left for us.

Must not work anything out; the rules do.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.quotations.detail_views import QuotationDetail
from app.quotations.totals import Totals
from ui import formats, theme
from ui.forms.elided import Elided
from ui.words import say, words


class Figure(QWidget):
    """A number with what it is above it."""

    def __init__(self, label: str, *, is_strong: bool = False, may_be_cut: bool = False) -> None:
        super().__init__()
        self._label = label
        name = QLabel(label)
        name.setProperty("role", "faint")
        self.value = Elided("–") if may_be_cut else QLabel("–")
        self.value.setProperty("role", "title" if is_strong else "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(name)
        layout.addWidget(self.value)

    def show_text(self, text: str, role: str = "") -> None:
        """Shows the number; an empty one as a dash."""
        self.value.setText(text or "–")
        self.value.setAccessibleName(f"{self._label}: {text}")
        if role and role != self.value.property("role"):
            self.value.setProperty("role", role)
            self.value.style().unpolish(self.value)
            self.value.style().polish(self.value)


class TotalsBar(QFrame):
    """Repainted while typing: the sums at once, the load and the margin after each save."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self._currency = ""
        self.goods = Figure(say("editor.goods"))
        self.extras = Figure(say("editor.extras"))
        self.total = Figure(say("editor.total"), is_strong=True)
        self.packed = Figure(say("editor.packed"), may_be_cut=True)
        self.fill = Figure(say("editor.fill"), may_be_cut=True)
        self.cost = Figure(say("editor.cost"))
        self.profit = Figure(say("editor.profit"))
        self.margin = Figure(say("editor.margin"))
        self._ours = (self.cost, self.profit, self.margin)
        self._wanted = set(self._figures())
        self.warning = QLabel()
        self.warning.setProperty("role", "warning")
        self.warning.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.LARGE)
        for figure in self._figures():
            row.addWidget(figure, int(figure in {self.packed, self.fill}))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        layout.setSpacing(theme.TINY)
        layout.addWidget(self.warning)
        layout.addLayout(row)

    def _figures(self) -> tuple[Figure, ...]:
        """From left to right."""
        load = (self.packed, self.fill)
        return (self.goods, self.extras, self.total, *load, *self._ours)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _want(self, figures: Iterable[Figure], *, wanted: bool) -> None:
        self._wanted = self._wanted.union(figures) if wanted else self._wanted.difference(figures)
        self._fit()

    def _fit(self) -> None:
        """Leaves out what matters least where there is no room for all; no number is cut off."""
        # Margins left and right, and a gap between each two.
        room = self.width() - theme.LARGE
        for figure in self._wanted:
            room -= figure.minimumSizeHint().width() + theme.LARGE
        shown = set(self._wanted)
        for figure in (self.fill, self.packed, self.goods, self.extras, self.cost):
            if room < 0 and figure in shown:
                shown.remove(figure)
                room += figure.minimumSizeHint().width() + theme.LARGE
        for figure in self._figures():
            figure.setVisible(figure in shown)

    def show_internal(self, on: bool) -> None:
        """Shows or hides what is ours alone."""
        self._want(self._ours, wanted=on)
        self.warning.setVisible(on and bool(self.warning.text()))

    def show_totals(self, sums: Totals | None, currency: str) -> None:
        """Shows the sums of what is on the screen."""
        if sums is None:
            return
        self.goods.show_text(formats.money(sums.goods, currency))
        extras = sums.charges + sums.discounts
        # Without them the goods are the total, which stands beside.
        self.extras.show_text(formats.money(extras, currency) if extras else "")
        self.total.show_text(formats.money(sums.total, currency))
        self._want((self.goods, self.extras), wanted=bool(extras))

    def show_quotation(self, detail: QuotationDetail, *, internal: bool) -> None:
        """Shows the load, the cost and the warnings of a saved state."""
        self.packed.show_text(_packed(detail))
        self.fill.show_text(_fill(detail))
        inner = detail.internal
        home = inner.costing.home_currency
        self.cost.show_text(_rounded(inner.cost, home))
        self.profit.show_text(_rounded(inner.profit, home))
        margin = inner.margin_on_price
        low = margin is not None and inner.margin_floor is not None and margin < inner.margin_floor
        text = f"{margin * 100:.1f}%" if margin is not None else ""
        self.margin.show_text(text, "warning" if low else "heading")
        self._fit()
        below = sum(line.floor_warning is not None for line in inner.lines.values())
        said = [words.text(message) for message in inner.warnings]
        if below:
            said.insert(0, say("editor.below_floor", count=below))
        self.warning.setText("  ·  ".join(said))
        self.warning.setVisible(internal and bool(said))


def _rounded(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else formats.money(round(amount, 2), currency)


def _packed(detail: QuotationDetail) -> str:
    """Cartons, volume and weight of the whole load, as far as they are known."""
    goods = detail.load.goods
    if goods is None:
        return ""
    parts = [say("editor.ctns", count=formats.number(goods.cartons))]
    if goods.cbm is not None:
        parts.append(f"{formats.number(round(goods.cbm, 2))} m³")
    if goods.gross_weight_kg is not None:
        parts.append(f"{formats.number(round(goods.gross_weight_kg))} kg")
    return " · ".join(parts)


def _fill(detail: QuotationDetail) -> str:
    """How the load would go, and how full the smallest container is that takes all of it."""
    load = detail.load
    if load.plan is None or not load.fill:
        return ""
    parts = [f"{count} × {code}" for code, count in load.plan.containers]
    if load.plan.lcl_cbm:
        parts.append(f"LCL {formats.number(round(load.plan.lcl_cbm, 2))} m³")
    text = " + ".join(parts)
    code = next((code for code, share in load.fill.items() if share <= 1), None)
    if code is None:
        return text
    full = f"{load.fill[code] * 100:.0f}%"
    return f"{text} ({full})" if text == f"1 × {code}" else f"{text} · {code} {full}"
