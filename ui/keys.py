"""Owns how keys press a button, at once and told in its tooltip, whose undo is, and which way Tab goes.

Must not know what a widget does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

#: While the focus is inside the owner.
INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
#: While the owner is in sight, wherever in the window the focus is.
IN_SIGHT = Qt.ShortcutContext.WindowShortcut


def give_keys(
    button: QAbstractButton,
    *keys: str,
    owner: QWidget,
    where: Qt.ShortcutContext = INSIDE,
) -> None:
    """Presses ``button`` by any of ``keys`` while the focus is inside ``owner``; tells the first.

    Keys held down press once: nobody sees what a second Delete would take.
    A button's own shortcut shows it going down for a tenth of a second before anything happens, and
    a quick hand has pressed the next keys by then.
    """
    shortcut = QShortcut(owner)
    shortcut.setKeys([QKeySequence(each) for each in keys])
    shortcut.setContext(where)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(button.click)
    told = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    about = button.toolTip()
    button.setToolTip(f"{about} ({told})" if about else told)


class OwnKeys(QObject):
    """Keys that do something, once a press, while the focus is on one widget, whatever they do around it.

    On a picture Delete takes the picture off, though in the list beside it deletes the record.
    """

    def __init__(self, widget: QWidget, runs: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(widget)
        self._runs = {QKeySequence(keys): run for keys, run in runs.items()}
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Takes its keys before any shortcut does."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        # Delete and Enter of the number pad are Delete and Enter.
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
        if keys not in self._runs:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._runs[keys]()
        return True


class UndoOfWindow(QObject):
    """Leaves undo and redo to the window where nothing typed into ``field`` is left to take back."""

    def __init__(self, field: QLineEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._typed = field if isinstance(field, QLineEdit) else field.document()
        field.installEventFilter(self)

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """Lets the keys pass on before the field takes them."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
        passes = (event.matches(undo) and not self._typed.isUndoAvailable()) or (
            event.matches(redo) and not self._typed.isRedoAvailable()
        )
        if passes:
            event.ignore()
        return passes


class EnterPresses(QObject):
    """Enter presses the button that has the keyboard, wherever it stands.

    Elsewhere than in a dialog, and where a button may not become the dialog's default, Qt knows the
    space bar alone: Enter would press another button or none.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._given: QPushButton | None = None
        app.focusChanged.connect(self._on_moved)

    def _on_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        given, self._given = self._given, None
        if given is not None and isValid(given):
            given.setAutoDefault(False)
        if isinstance(now, QPushButton) and not now.autoDefault():
            now.setAutoDefault(True)
            self._given = now


def tab_through(*widgets: QWidget) -> None:
    """Makes Tab go from each of ``widgets`` to the next, as one reads them."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def tab_last(layout: QLayout, within: QWidget) -> None:
    """Makes Tab come to what stands in ``layout`` after all else ``within``.

    What is made later would come at the end of the whole window.
    """
    rows = [item for n in range(layout.count()) if (item := layout.itemAt(n).widget())]
    put = {each: None for row in rows for each in (row, *row.findChildren(QWidget))}
    others = [
        each
        for each in within.findChildren(QWidget)
        if each not in put and stops(each) and each.isVisibleTo(within)
    ]
    before = others[-1] if others else stop_before(within)
    for each in put:
        if stops(each):
            QWidget.setTabOrder(before, each)
            before = each


def stops(widget: QWidget) -> bool:
    """Whether Tab comes to a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def stop_before(within: QWidget) -> QWidget:
    """Where Tab comes from before it comes to ``within``; itself where there is nothing."""
    before = within.previousInFocusChain()
    while before is not within and (not stops(before) or within.isAncestorOf(before)):
        before = before.previousInFocusChain()
    return before
