"""Owns the panel beside the lines of a quotation: its tabs, its width, and whether it is folded away.

How a person leaves it is remembered. Must not know what its tabs show.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from ui.forms.late_tabs import LateTab, LateTabs
from ui.icons import icon
from ui.keys import give_keys
from ui.words import say

_WIDTH_PX, _LEAST_PX = 360, 300
#: A page narrower than this leaves the lines no room; until somebody says otherwise it starts folded.
_ROOM_FOR_BOTH_PX = 1000
_OPEN, _WIDTH = "quotations/panel_open", "quotations/panel_px"


class SidePanel(QSplitter):
    """The lines on the left, the tabs of the panel on the right."""

    def __init__(
        self, tabs: Sequence[LateTab], settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings = settings
        self._has_room: bool | None = None
        #: Where the lines stand; it is filled by the page.
        self.lines = QWidget(self)
        self.tabs = LateTabs(tabs, self)
        self.tabs.setMinimumWidth(_LEAST_PX)
        self.setCollapsible(0, False)
        self.setStretchFactor(0, 1)
        self.button = QPushButton(icon("detail"), say("editor.terms"))
        self.button.setCheckable(True)
        self.button.setChecked(True)
        self.button.setToolTip(say("editor.panel_tip"))
        # Said by a person, by button, key or handle; what the width of the window does is not kept.
        self.button.clicked.connect(self._choose)
        self.splitterMoved.connect(self._moved)

    def give_keys(self, page: QWidget) -> None:
        """F8 folds and unfolds while the focus is inside ``page``."""
        give_keys(self.button, "F8", owner=page)

    @property
    def is_open(self) -> bool:
        """Whether the panel is unfolded."""
        return not self.tabs.isHidden()

    def reveal(self, tab: int) -> None:
        """Unfolds the panel and shows ``tab`` in it."""
        self.tabs.setCurrentIndex(tab)
        self._open(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page keeps its room for the lines, until somebody says otherwise."""
        super().resizeEvent(event)
        has_room = event.size().width() >= _ROOM_FOR_BOTH_PX
        if has_room is not self._has_room:
            is_first, self._has_room = self._has_room is None, has_room
            self._open(self._settings.value(_OPEN, has_room, type=bool) is True)
            if is_first and self.is_open:
                self._take_width()

    def _choose(self, on: bool) -> None:
        self._settings.setValue(_OPEN, on)
        self._open(on)

    def _open(self, on: bool) -> None:
        self.button.setChecked(on)
        if on == self.is_open:
            return
        if not on and self.tabs.isAncestorOf(self.focusWidget() or self):
            self.lines.setFocus()
        self.tabs.setVisible(on)
        if on:
            self._take_width()

    def _take_width(self) -> None:
        kept = self._settings.value(_WIDTH, _WIDTH_PX, type=int)
        px = min(max(int(str(kept)), _LEAST_PX), max(self.width() - _LEAST_PX, _LEAST_PX))
        self.setSizes([self.width() - px, px])

    def _moved(self, _position: int, _index: int) -> None:
        """The handle was moved; pushed to the edge, it folds the panel."""
        px = self.sizes()[1]
        if px:
            self._settings.setValue(_WIDTH, px)
        else:
            self._choose(False)
