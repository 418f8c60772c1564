"""Owns the line in which a query is typed: what of it is not understood is underlined in place.

Must not parse; whoever asks the query says what was not understood.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.query.parser import Trouble
from ui import theme
from ui.icons import icon
from ui.keys import UndoOfWindow
from ui.words import say, words

_LINE_PX = 2


class QueryEdit(QLineEdit):
    """A line whose mistakes are marked; the hint is its tooltip, too.

    Its button, or Alt and the arrow down, asks for a condition to be built.
    """

    build_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.troubles: tuple[Trouble, ...] = ()
        UndoOfWindow(self)
        # A mark must not stand under other words while the query is read again.
        self.textChanged.connect(lambda _text: self.show_troubles(()))

    def offer_building(self) -> None:
        """Shows the button that asks for a condition to be built."""
        build = QAction(icon("filter"), say("query.chip.add"), self)
        build.setShortcut(QKeySequence("Alt+Down"))
        build.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        build.setToolTip(say("query.chip.add_by", keys="Alt+↓"))
        build.triggered.connect(self.build_asked)
        self.addAction(build, QLineEdit.ActionPosition.TrailingPosition)

    @property
    def hint(self) -> str:
        """What is wrong, in words; empty when all is understood."""
        return " ".join(words.text(trouble.hint) for trouble in self.troubles)

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Marks these mistakes and no others."""
        self.troubles = tuple(troubles)
        self.setToolTip(self.hint)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.troubles:
            return
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.colours().error), _LINE_PX))
        bottom = (self.height() + self.fontMetrics().height()) // 2
        for trouble in self.troubles:
            start = self._across(trouble.start)
            end = max(self._across(trouble.end), start + self.fontMetrics().averageCharWidth())
            painter.drawLine(start, bottom, end, bottom)
        painter.end()

    def _across(self, position: int) -> int:
        """Where a character stands in the line, which may be scrolled."""
        width, text = self.fontMetrics().horizontalAdvance, self.text()
        cursor = self.cursorRect().center().x()
        return cursor + width(text[:position]) - width(text[: self.cursorPosition()])
