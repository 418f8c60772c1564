"""Owns the list of hits as Qt shows it, the words that matched marked.

Must not search.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QTextDocument
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.search.results import Hit
from ui import theme
from ui.words import say, words

HIT = Qt.ItemDataRole.UserRole
_NO_PARENT = QModelIndex()


class HitsModel(QAbstractListModel):
    """Hits in their order or, grouped, those of one kind together by the best of each kind."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show_hits(self, hits: Sequence[Hit], *, is_grouped: bool = False) -> None:
        """Shows other hits."""
        kinds = list(dict.fromkeys(hit.kind for hit in hits)) if is_grouped else []
        self.beginResetModel()
        self._hits = sorted(hits, key=lambda hit: kinds.index(hit.kind)) if kinds else list(hits)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self._hits[index.row()]
        if role == HIT:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{say(f'lists.kind.{hit.kind}')}: {hit.title} {hit.told(words.language)}"
        return None


class HitDelegate(QStyledItemDelegate):
    """Two lines: the title with its kind, and below what it is and where the words stand."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(option.rect.width(), 2 * option.fontMetrics.height() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit: Hit = index.data(HIT)
        style = QApplication.style()
        option.text = ""
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter)
        tokens = theme.colours()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, tokens.selected)
        kind = say(f"lists.kind.{hit.kind}")
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        right = option.rect.adjusted(0, 6, -12, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, kind)
        painter.restore()
        self._draw(painter, option.rect.adjusted(12, 4, -90, 0), _title(hit), tokens.text)
        second = option.rect.adjusted(12, 6 + option.fontMetrics.height(), -12, 0)
        self._draw(painter, second, _below(hit), tokens.faint)

    def _draw(self, painter: QPainter, rect: QRect, text: str, colour: str) -> None:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(painter.font())
        document.setHtml(f'<span style="color:{colour}; white-space:pre">{text}</span>')
        painter.save()
        painter.setClipRect(rect)
        painter.translate(rect.topLeft())
        document.drawContents(painter)
        painter.restore()


def _title(hit: Hit) -> str:
    return _marked(hit, hit.title)


def _below(hit: Hit) -> str:
    """What it is, and the first field that says why it is here and is not shown already."""
    told = hit.told(words.language)
    parts = [html.escape(told)] if told else []
    why = [field for field in hit.fields if field.text not in (hit.title, hit.subtitle)]
    parts += [f"{html.escape(field_name(one.field))}: {_marked(hit, one.text)}" for one in why[:1]]
    return " · ".join(parts)


def field_name(field: str) -> str:
    """The field in which the words stand, in the user's words."""
    return say(f"search.why.{field}")


def _marked(hit: Hit, text: str) -> str:
    """``text`` with the words that matched in bold; everything else as plain text."""
    spans = next((field.spans for field in hit.fields if field.text == text), ())
    parts, at = [], 0
    for start, end in spans:
        parts += [html.escape(text[at:start]), f"<b>{html.escape(text[start:end])}</b>"]
        at = end
    return "".join([*parts, html.escape(text[at:])]).replace("\n", " ")
