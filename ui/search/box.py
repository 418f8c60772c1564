"""Owns the one search box: hits while typing, Enter for the hit or for the full search.

Searches off the GUI thread and keeps only the newest answer. Must not know where a hit is shown.
"""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app.search.results import Completion, Hit
from ui import theme
from ui.context import Context
from ui.forms.chips import ChipBar
from ui.forms.query_edit import QueryEdit
from ui.icons import icon
from ui.search.hits_model import HIT, HitDelegate, HitsModel
from ui.search.terms import search_terms
from ui.words import say

_MOST_HITS = 12
_WIDEST_PX = 640


class SearchBox(QueryEdit):
    """Finds everything; what is typed as conditions is shown as chips above the hits."""

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._version = 0
        self.setProperty("role", "search")
        self.setPlaceholderText(say("search.placeholder"))
        self.setAccessibleName(say("search.placeholder"))
        self.setClearButtonEnabled(True)
        self.setMaximumWidth(_WIDEST_PX)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.offer_building()
        self.model = HitsModel(self)
        self._make_popup()
        self.textEdited.connect(self._complete)
        self.build_asked.connect(lambda: self.chips.add(self))

    def _make_popup(self) -> None:
        self.popup = QFrame(self, Qt.WindowType.ToolTip)
        self.popup.setProperty("role", "card")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(index.data(HIT)))
        self._hint = QLabel()
        self._hint.setProperty("role", "faint")
        self._hint.setContentsMargins(12, 6, 12, 6)
        layout = QVBoxLayout(self.popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        # The chips' own least height is that of a narrow popup, which this one never is.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.list)
        layout.addWidget(self._hint)

    @cached_property
    def chips(self) -> ChipBar:
        """What is typed, part by part; made when first needed, for the search wakes after the window."""
        bar = ChipBar(search_terms(self._context), self.popup)
        bar.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        bar.changed.connect(self.take)
        self.popup.layout().insertWidget(0, bar)
        return bar

    def take(self, text: str) -> None:
        """Goes on with a query that was changed by its chips."""
        self.setText(text)
        self.window().activateWindow()
        self.setFocus()
        self._complete(text)

    def _complete(self, typed: str) -> None:
        self._version += 1
        version = self._version
        if not typed.strip():
            self.popup.hide()
            return
        self._context.tasks.read(
            self,
            lambda: self._context.desk.search.complete(typed, limit=_MOST_HITS),
            lambda found: self._show(found, version),
        )

    def _show(self, found: Completion, version: int) -> None:
        if version != self._version or not self.hasFocus():
            return
        self.model.show_hits(found.hits)
        self.show_troubles(self.chips.show_query(self.text()).troubles)
        hint = say("search.enter_for_all") if found.hits else say("search.nothing")
        if found.also:
            hint = say("search.also", names=", ".join(found.also)) + " · " + hint
        self._hint.setText(self.hint or hint)
        self._place_popup(len(found.hits))

    def _place_popup(self, hits: int) -> None:
        row = 2 * self.fontMetrics().height() + 14
        self.list.setFixedHeight(min(hits, _MOST_HITS) * row)
        self.list.setVisible(hits > 0)
        width, layout = max(self.width(), 420), self.popup.layout()
        self.popup.setFixedWidth(width)
        self.popup.adjustSize()
        if layout.hasHeightForWidth():
            self.popup.resize(width, layout.totalHeightForWidth(width))
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        self.popup.show()

    def forget(self) -> None:
        """Is empty again: what it asked for is in sight no more."""
        self._version += 1
        self.popup.hide()
        self.clear()

    def _choose(self, hit: Hit) -> None:
        self.popup.hide()
        self.clear()
        self.chosen.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.popup.isVisible():
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        current = self.list.currentIndex()
        row = current.row() + by if current.isValid() else 0
        self.list.setCurrentIndex(self.model.index(max(0, min(row, self.model.rowCount() - 1))))

    def _on_enter(self) -> None:
        current = self.list.currentIndex()
        if self.popup.isVisible() and current.isValid():
            self._choose(current.data(HIT))
        elif self.text().strip():
            self.popup.hide()
            self.asked.emit(self.text().strip())

    def _leave(self) -> None:
        if self.popup.isVisible():
            self.popup.hide()
        else:
            self.clear()

    def focusOutEvent(self, event: QEvent) -> None:
        self.popup.hide()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hides the hits when the window moves away from under them."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.popup.hide()
        return super().eventFilter(watched, event)
