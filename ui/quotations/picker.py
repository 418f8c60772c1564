"""Owns the field that finds a record while one types, one kind at a time.

Asks the search for the nearest few; never loads all. Must not decide what is done with the record.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from app.search.results import Completion
from ui.context import Context
from ui.words import words

_MOST_HITS = 10
_HIT = Qt.ItemDataRole.UserRole


class RecordPicker(QLineEdit):
    """Emits :attr:`chosen` with a hit, or :attr:`typed` with words that were entered as they are."""

    chosen = Signal(object)
    typed = Signal(str)

    def __init__(
        self, context: Context, kind: str, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._version = 0
        self.setPlaceholderText(label)
        self.setAccessibleName(label)
        self.hits = QStandardItemModel(self)
        self._completer = QCompleter(self.hits, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(_MOST_HITS)
        popup = QListView()
        popup.setUniformItemSizes(True)
        self._completer.setPopup(popup)
        self._completer.activated[QModelIndex].connect(self._choose)
        self.textEdited.connect(self._complete)
        self.returnPressed.connect(self._take_text)

    def _complete(self, text: str) -> None:
        self._version += 1
        version = self._version
        if not text.strip():
            self._completer.popup().hide()
            return
        self._context.tasks.read(
            self,
            lambda: self._context.desk.search.complete(text, limit=_MOST_HITS, kind=self._kind),
            lambda found: self._offer(found, version),
        )

    def _offer(self, found: Completion, version: int) -> None:
        if version != self._version or not self.hasFocus():
            return
        self.hits.clear()
        for hit in found.hits:
            item = QStandardItem(" · ".join(filter(None, (hit.title, hit.told(words.language)))))
            item.setData(hit, _HIT)
            self.hits.appendRow(item)
        if not found.hits:
            self._completer.popup().hide()
            return
        self._completer.complete()
        popup = self._completer.popup()
        popup.setMinimumWidth(max(self.width(), 360))
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        hit = index.data(_HIT)
        if hit is None:
            return
        self._version += 1
        self.setText(hit.title)
        self.chosen.emit(hit)

    def _take_text(self) -> None:
        if self.text().strip() and not self._completer.popup().isVisible():
            self._version += 1
            self.typed.emit(self.text().strip())
