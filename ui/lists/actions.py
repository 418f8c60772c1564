"""Owns the actions of a page: what each says and does, and the bar that folds what does not fit.

Must not know the kinds of records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from ui import theme
from ui.changing import change
from ui.context import Context
from ui.icons import icon
from ui.keys import give_keys
from ui.words import say

_MERGED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class PageAction:
    """A button of a page: what it says, shows and does with the selected records.

    ``brings_records`` marks what a person begins with while the list is still empty. A shortcut
    ``of_list`` counts in the list alone, not on the page of a record beside it.
    """

    label: str
    icon: str
    run: Callable[[Sequence[int]], None]
    shortcut: str = ""
    needs_selection: bool = False
    is_primary: bool = False
    brings_records: bool = False
    of_list: bool = False


def delete_action(
    context: Context,
    owner: Callable[[], QWidget],
    delete: Callable[[Sequence[int]], object],
    told: str,
) -> PageAction:
    """Deletes the selected records, and tells it by the text ``told`` with a way to undo it."""

    def run(ids: Sequence[int]) -> None:
        if ids:
            change(context, owner(), lambda: delete(ids), say(told, count=len(ids)))

    return PageAction("window.delete", "delete", run, "Del", needs_selection=True, of_list=True)


def merge_action(context: Context, merge: Callable[[Sequence[int]], object]) -> PageAction:
    """Makes one of the two selected records by ``merge``; says what to select where it is not two."""

    def run(ids: Sequence[int]) -> None:
        if len(ids) == _MERGED_AT_ONCE:
            merge(ids)
        else:
            context.toast(say("window.merge.choose_two"))

    return PageAction("window.merge.action", "merge", run, "Ctrl+M", needs_selection=True)


def own_window_action(page: Callable[[], QWidget]) -> PageAction:
    """Shows the selected records of a list in windows of their own."""

    def run(ids: Sequence[int]) -> None:
        page().own_windows_asked.emit(ids)

    return PageAction("window.own_window.open", "detail", run, "Ctrl+Shift+N", needs_selection=True)


class ActionBar(QWidget):
    """The buttons of a page in a row; where room is short the last but the primary one fold away."""

    def __init__(
        self,
        actions: Sequence[PageAction],
        *,
        selected: Callable[[], Sequence[int]],
        page: QWidget,
        list_: QWidget,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._page, self._list = page, list_
        self._actions = tuple(actions)
        self._selected = selected
        self.buttons = tuple(self._button(action) for action in self._actions)
        self._more = QToolButton(self)
        self._more.setIcon(icon("more"))
        self._more.setToolTip(say("window.more_actions"))
        self._more.setAccessibleName(say("window.more_actions"))
        self._more.clicked.connect(self._show_more)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SMALL)
        self._row.setAlignment(Qt.AlignmentFlag.AlignRight)
        primary = [b for b, a in zip(self.buttons, self._actions, strict=True) if a.is_primary]
        self._folding = tuple(button for button in self.buttons if button not in primary)
        for widget in (*self._folding, self._more, *primary):
            self._row.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self._width_of(self.buttons))

    def enable(self, *, has_selection: bool) -> None:
        """Greys out what needs selected records while there are none."""
        for action, button in zip(self._actions, self.buttons, strict=True):
            button.setEnabled(has_selection or not action.needs_selection)

    def below(self, label: str) -> QPoint:
        """The place on the screen below the button of an action, or of the menu it stands in."""
        buttons = dict(zip((action.label for action in self._actions), self.buttons, strict=True))
        shown = buttons[label] if buttons[label].isVisible() else self._more
        return shown.mapToGlobal(shown.rect().bottomLeft())

    def sizeHint(self) -> QSize:
        """All buttons side by side."""
        return QSize(self.maximumWidth(), self.buttons[0].sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The primary button and the menu of the others."""
        shown = [button for button in self.buttons if button not in self._folding]
        width = self._width_of([*shown, self._more])
        return QSize(width, self.buttons[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows as many buttons as have room; the others stand in the menu."""
        super().resizeEvent(event)
        fits = self._width_of(self.buttons) <= self.width()
        room = self.width() - self.minimumSizeHint().width()
        for button in self._folding:
            room -= button.sizeHint().width() + theme.SMALL
            button.setVisible(fits or room >= 0)
        self._more.setVisible(not fits)

    def _width_of(self, widgets: Sequence[QWidget]) -> int:
        widths = [widget.sizeHint().width() for widget in widgets]
        return sum(widths) + theme.SMALL * max(0, len(widths) - 1)

    def _button(self, action: PageAction) -> QPushButton:
        picture = icon(action.icon, on_accent=action.is_primary)
        button = QPushButton(picture, say(action.label), self)
        if action.is_primary:
            button.setProperty("role", "primary")
        button.clicked.connect(lambda: action.run(self._selected()))
        if action.shortcut:
            owner = self._list if action.of_list else self._page
            give_keys(button, action.shortcut, owner=owner)
        return button

    def _show_more(self) -> None:
        menu = QMenu(self)
        for button in self._folding:
            if button.isHidden():
                entry = menu.addAction(button.icon(), button.text(), button.click)
                entry.setEnabled(button.isEnabled())
        menu.exec(self._more.mapToGlobal(QPoint(0, self._more.height())))
