"""Owns one thing to look at today: its name as a link, what it is, and its day on the right.

Must not decide what is late; the page tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.forms.elided import Elided, ElidedLink
from ui.forms.sections import plain_label
from ui.words import say

_PUT_OFF_DAYS = {"S": 1, "W": 7}


class DayLine(QWidget):
    """Two short rows that stay two rows at any width: long names end in an ellipsis.

    With ``put_off`` (days) one key moves it: S to tomorrow, W to next week.
    """

    def __init__(
        self,
        text: str,
        about: str,
        *,
        when: str,
        is_late: bool,
        open_: Callable[[], None] | None,
        put_off: Callable[[int], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = ElidedLink(open_ or (lambda: None))
        self._link.lead_to(text)
        self._link.setEnabled(open_ is not None)
        self._link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        day = plain_label(when, role="warning" if is_late else "faint", wraps=False)
        told = Elided(about, role="faint")
        told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, theme.TINY)
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._link, 0, 0)
        grid.addWidget(day, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(told, 1, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        if put_off is not None:
            self._link.hint = say("today.put_off_keys")
            for key, days in _PUT_OFF_DAYS.items():
                shortcut = QShortcut(QKeySequence(key), self, partial(put_off, days))
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def link(self) -> QPushButton:
        """The button that leads to the record."""
        return self._link
