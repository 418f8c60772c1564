"""Owns the building blocks of a record's page: a titled section and a list of small records in it.

Must not read or write; the pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.icons import icon
from ui.keys import stops, tab_last
from ui.words import say

#: Longer texts may take several lines; a Chinese character is as wide as two letters.
_WRAPS_AT = 28
_FIRST_WIDE = "\u2e80"
_GOES_ON_AT = "goes on at"


class Section(QWidget):
    """A heading with an optional "add" and what stands under it."""

    def __init__(
        self, title: str, add: Callable[[], None] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SMALL, 0, 0)
        layout.setSpacing(theme.TINY)
        head = QHBoxLayout()
        label = QLabel(title)
        label.setProperty("role", "heading")
        head.addWidget(label)
        head.addStretch(1)
        if add is not None:
            self.add_button = _tool("add", say("window.add_to", what=title), add)
            head.addWidget(self.add_button)
        layout.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.TINY)
        layout.addLayout(self._rows)

    def clear(self) -> None:
        """Takes all rows off."""
        empty(self._rows, self)

    def add_row(self, widget: QWidget) -> None:
        """Puts ``widget`` under the heading."""
        self._rows.addWidget(widget)


class Line(QWidget):
    """One small record: what stands ``before`` it, a text, a fainter text, and what can be done with it."""

    def __init__(
        self,
        text: str,
        faint: str = "",
        *,
        before: QWidget | None = None,
        open_: Callable[[], None] | None = None,
        edit: Callable[[], None] | None = None,
        save: Callable[[], None] | None = None,
        delete: Callable[[], None] | None = None,
        has_figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With ``has_figures`` the fainter text stands at the end, as figures do below each other."""
        super().__init__(parent)
        row = self.row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        if before is not None:
            row.addWidget(before, 0, Qt.AlignmentFlag.AlignTop)
        told = link(text, open_) if open_ else plain_label(text, wraps=_is_long(text))
        if _is_long(faint) and not _is_long(text):
            row.addLayout(_stacked(told, plain_label(faint, role="faint")), 1)
        elif faint:
            # Two long texts share the room; beside a short one a long one has what is left.
            is_long, is_faint_long = _is_long(text) or has_figures, _is_long(faint)
            row.addWidget(told, int(is_long))
            beside = plain_label(faint, role="faint", wraps=is_faint_long)
            row.addWidget(beside, int(is_faint_long or not is_long))
        else:
            row.addWidget(told, int(_is_long(text)))
            # A long text wraps at the end of the room, not at half of it.
            row.addStretch(int(not _is_long(text)))
        for name, label, run in (
            ("edit", "window.edit", edit),
            ("export", "files.save_as", save),
            ("delete", "window.delete", delete),
        ):
            if run is not None:
                row.addWidget(_tool(name, f"{say(label)} {text}", run))


def _is_long(text: str) -> bool:
    return len(text) + sum(letter >= _FIRST_WIDE for letter in text) > _WRAPS_AT


def empty(layout: QLayout, within: QWidget) -> None:
    """Takes all widgets out of ``layout``, to be filled anew at once.

    Where one of the buttons ``within`` had the focus, the one that stands in its place then has it,
    or what comes after where there is none: a hand on the keyboard goes on there.
    """
    focused = within.window().focusWidget()
    buttons = _in_sight(within) if focused and within.isAncestorOf(focused) else []
    if focused in buttons:
        within.setProperty(_GOES_ON_AT, buttons.index(focused))
        # Else the focus would pass from each widget that goes to the next, and scroll along.
        within.setFocus()
    if focused in buttons or focused is within:
        # Only what is in sight takes the focus: first all is put in, then it comes into sight.
        QTimer.singleShot(0, within, partial(QTimer.singleShot, 0, within, partial(_go_on, within)))
    QTimer.singleShot(0, within, partial(tab_last, layout, within))
    clear(layout)


def clear(layout: QLayout) -> None:
    """Takes all widgets out of ``layout``, and out of sight at once."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _in_sight(within: QWidget) -> list[QAbstractButton]:
    buttons = within.findChildren(QAbstractButton)
    return [each for each in buttons if stops(each) and each.isVisibleTo(within)]


def _go_on(within: QWidget) -> None:
    buttons, place = _in_sight(within), within.property(_GOES_ON_AT)
    if place is None or within.window().focusWidget() is not within:
        return
    if buttons:
        buttons[min(place, len(buttons) - 1)].setFocus()
    else:
        within.focusNextPrevChild(True)


def _stacked(told: QWidget, faint: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(told, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(faint)
    return column


def plain_label(text: str, *, role: str = "", wraps: bool = True) -> QLabel:
    """A text as it is, selectable with the mouse; what looks like markup is not read as such."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wraps)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def link(text: str, run: Callable[[], None], parent: QWidget | None = None) -> QPushButton:
    """A quiet button that looks like a link."""
    button = QPushButton(text.replace("&", "&&"), parent)
    button.setProperty("role", "link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    # Enter in a field of a dialog is for its main button, not for the first link.
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())
    return button


def more_button(
    entries: Sequence[tuple[str, Callable[[], object]]], parent: QWidget | None = None
) -> QToolButton:
    """A quiet button with a menu of what else can be done: message key and what runs."""
    button = QToolButton(parent)
    button.setIcon(icon("more"))
    button.setToolTip(say("window.more_actions"))
    button.setAccessibleName(say("window.more_actions"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for key, run in entries:
        menu.addAction(say(key)).triggered.connect(lambda *_ticked, run=run: run())
    button.setMenu(menu)
    return button


def _tool(name: str, label: str, run: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setToolTip(label.replace("<", "‹"))
    button.setAccessibleName(label)
    button.clicked.connect(run)
    return button


class Scroll(QScrollArea):
    """A page that scrolls up and down and is as wide as its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(say("window.page"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.LARGE)
        self.body.setSpacing(theme.MEDIUM)
        self.setWidget(content)
