"""Owns one thing to look at today: its name as a link, what it is, and its day on the right.

Must not decide what is late; the page tells it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.forms.elided import Elided
from ui.forms.sections import link, plain_label


class DayLine(QWidget):
    """Two short rows that stay two rows at any width: long names end in an ellipsis."""

    def __init__(
        self,
        text: str,
        about: str,
        *,
        when: str,
        is_late: bool,
        open_: Callable[[], None] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._link = link(text, open_ or (lambda: None))
        self._link.setEnabled(open_ is not None)
        self._link.setAccessibleName(text)
        self._link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        day = plain_label(when, role="warning" if is_late else "faint", wraps=False)
        told = Elided(about, role="faint")
        told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        told.setContentsMargins(theme.TINY, 0, 0, 0)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, theme.TINY)
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._link, 0, 0)
        grid.addWidget(day, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(told, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)

    @property
    def link(self) -> QPushButton:
        """The button that leads to the record."""
        return self._link

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shortens the name to what fits; the whole is in the tooltip."""
        super().resizeEvent(event)
        metrics = self._link.fontMetrics()
        room = self._link.width() - 2 * theme.TINY
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self._link.setText(shown.replace("&", "&&"))
        self._link.setToolTip(self._text.replace("<", "‹") if shown != self._text else "")
