"""Owns the small chart of both sides' prices over the rounds.

Must not compute prices; the ladder does. Prices of another currency than the last are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.negotiation.ladder import Step
from app.negotiation.offered import Side
from ui import formats, theme
from ui.negotiation.offered_words import side_words
from ui.words import say

_HEIGHT = 150
_MARGIN = 58.0
#: With more rounds than this the single points are not marked.
_MARKED = 60


class PriceChart(QWidget):
    """A line for our prices and one for theirs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._points: dict[Side, list[tuple[int, Decimal]]] = {}
        self._rounds = 0
        self._currency = ""

    def sizeHint(self) -> QSize:
        return QSize(320, _HEIGHT)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Draws the prices of the rounds."""
        currencies = [step.offered.currency for step in steps if step.price is not None]
        self._currency = (currencies[-1] or "") if currencies else ""
        self._rounds = len(steps)
        self._points = {side: [] for side in Side}
        for number, step in enumerate(steps):
            if step.price is not None and (step.offered.currency or "") == self._currency:
                self._points[step.offered.side].append((number, step.price))
        self.setVisible(sum(map(len, self._points.values())) > 1)
        self.setAccessibleName(say("deals.chart"))
        self.setAccessibleDescription(
            "; ".join(
                f"{side_words(side)}: {', '.join(str(price) for _n, price in points[-20:])}"
                for side, points in self._points.items()
            )
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        prices = [price for points in self._points.values() for _n, price in points]
        if len(prices) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        area = QRectF(self.rect()).adjusted(_MARGIN, 22, -theme.MEDIUM, -theme.MEDIUM)
        low, high = min(prices), max(prices)
        self._paint_scale(painter, area, (low, high))
        for place, side in enumerate(Side):
            colour = QColor(colours.accent if side is Side.OURS else colours.warning)
            self._paint_line(painter, area, side, colour=colour, bounds=(low, high))
            painter.setPen(colour)
            left = area.left() + place * 90
            painter.drawText(QPointF(left, 14), f"— {side_words(side)}")
        painter.end()

    def _paint_scale(
        self, painter: QPainter, area: QRectF, bounds: tuple[Decimal, Decimal]
    ) -> None:
        colours = theme.colours()
        for price, y in ((bounds[1], area.top()), (bounds[0], area.bottom())):
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.faint))
            box = QRectF(0, y - 9, _MARGIN - theme.SMALL, 18)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, right, formats.money(price, None))

    def _paint_line(
        self,
        painter: QPainter,
        area: QRectF,
        side: Side,
        *,
        colour: QColor,
        bounds: tuple[Decimal, Decimal],
    ) -> None:
        low, high = bounds
        span = float(high - low) or 1.0
        width = area.width() / max(1, self._rounds - 1)
        line = QPolygonF(
            [
                QPointF(
                    area.left() + number * width,
                    area.bottom() - float(price - low) / span * area.height(),
                )
                for number, price in self._points[side]
            ]
        )
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(line)
        if self._rounds <= _MARKED:
            painter.setBrush(colour)
            for point in line.toList():
                painter.drawEllipse(point, 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
