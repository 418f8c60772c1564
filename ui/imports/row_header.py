"""Owns what stays in sight beside the cells of a preview's rows: each one's number, and what will happen to it.

Must not know the columns, which scroll away under it.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QWidget

from app.sheets.plan.outcome import Outcome
from ui import theme
from ui.imports.mapping_bar import HEAD_PX
from ui.imports.rows_model import RowsModel, outcome_colour
from ui.words import say

#: As far from the edge as the text of the cells beside it.
_PAD_PX = 11
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowHeader(QHeaderView):
    """The header of a table on a :class:`RowsModel`; ``headings`` go above it."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._rows = model
        self._number, self._happens = (
            QLabel(say("sheets.row")),
            QLabel(say("sheets.happens_heading")),
        )
        self.headings = QWidget()
        self.headings.setBackgroundRole(QPalette.ColorRole.Base)
        self.headings.setAutoFillBackground(True)
        layout = QHBoxLayout(self.headings)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label, side in ((self._number, _RIGHT), (self._happens, _LEFT)):
            label.setProperty("role", "column")
            label.setAlignment(side)
            label.setIndent(0)
            label.setFixedHeight(HEAD_PX)
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self.setProperty("role", "rows")
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def fit(self, largest: int) -> None:
        """Makes room for row numbers up to ``largest`` and for all that may happen to a row."""
        happens = [say(f"sheets.happens.{outcome.value}") for outcome in Outcome]
        for label, texts in ((self._number, [str(largest)]), (self._happens, happens)):
            wanted = max(map(self.fontMetrics().horizontalAdvance, texts)) + 2 * _PAD_PX
            label.ensurePolished()
            label.setFixedWidth(max(wanted, label.sizeHint().width()))
        self.setFixedWidth(self._number.width() + self._happens.width())

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Looks like the cells beside it, with which it is read."""
        row, tokens = self._rows.row_at(logical), theme.colours()
        ground = tokens.stripe if logical % 2 else tokens.base
        is_selected = self.selectionModel().rowIntersectsSelection(logical)
        painter.fillRect(rect, QColor(tokens.selected if is_selected else ground))
        parts = (
            (0, self._number.width(), _RIGHT, str(row.record.number), tokens.text),
            (
                self._number.width(),
                self._happens.width(),
                _LEFT,
                say(f"sheets.happens.{row.outcome.value}"),
                outcome_colour(row),
            ),
        )
        for left, width, side, text, colour in parts:
            painter.setPen(QColor(colour))
            place = QRect(rect.left() + left, rect.top(), width, rect.height())
            painter.drawText(place.adjusted(_PAD_PX, 0, -_PAD_PX, 0), side, text)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
