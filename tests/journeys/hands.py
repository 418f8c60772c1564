"""Owns the hands of a person at the window: a keyboard alone, or a mouse that types where text is asked.

Both find things by the words a person (or a screen reader) is told, and send real key and mouse
events to windows. Must not call what a widget does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

PATIENCE_MS = 120_000
_LOOK_AGAIN_MS = 20
_MOST_TABS = 80


def name_of(widget: QWidget) -> str:
    """What a person is told the widget is: its accessible name, its words, or its label."""
    own = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    if own:
        return own.replace("&", "")
    labels = widget.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


class Person:
    """Somebody before the window, who waits until what was asked for is there."""

    def __init__(self, qtbot: QtBot) -> None:
        # A path can only be typed into a dialog of Qt's own; the system's is not ours to test.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
        self._qtbot = qtbot

    def wait_for(self, is_there: Callable[[], object]) -> None:
        """Until it is there, or the person has no patience any more."""
        self._qtbot.waitUntil(lambda: bool(is_there()), timeout=PATIENCE_MS)

    @property
    def top(self) -> QWidget:
        """The window before all others, made active where a closed dialog left none active.

        A window manager does that; without a screen there is none.
        """
        active = QApplication.activeWindow()
        if active is not None and active.windowType() is not Qt.WindowType.Popup:
            return active
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        top = QApplication.activeModalWidget() or max(shown, key=lambda each: each.width())
        if active is None:
            top.activateWindow()
            self.wait_for(lambda: not isValid(top) or top.isActiveWindow())
        # A dialog that is closing may be gone meanwhile; then another window is the first.
        return top if isValid(top) else self.top

    @property
    def focus(self) -> QWidget:
        """What the next key goes to."""
        top = self.top
        return QApplication.focusWidget() or top

    def type(self, text: str) -> None:
        """Letters, one after the other; what no key gives comes as an input method commits it."""
        if text.isascii():
            for letter in text:
                QTest.keyClicks(self.focus, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focus, event)
        QApplication.processEvents()

    def type_over(self, text: str) -> None:
        """Selects what stands there, and types."""
        self.press("Ctrl+A")
        self.type(text)

    def press(self, keys: str) -> None:
        """Keys as menus name them, such as ``Ctrl+I``."""
        for one in _combinations(keys):
            # The key comes up in the window that is there then; its press may have closed another.
            for move in (QTest.keyPress, QTest.keyRelease):
                move(self._window_of(self.top), one.key(), one.keyboardModifiers())
        QApplication.processEvents()

    def when_asked_for_a_file(self, answer: Callable[[QFileDialog], None]) -> None:
        """Answers the next dialog that asks for a file; nobody else can while it is open."""
        left = [PATIENCE_MS // _LOOK_AGAIN_MS]

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            left[0] -= 1
            if isinstance(dialog, QFileDialog) and dialog.isActiveWindow():
                try:
                    answer(dialog)
                finally:
                    if _is_open(dialog):
                        # Nobody else closes a dialog that could not be answered.
                        dialog.reject()
            elif left[0] > 0:
                QTimer.singleShot(_LOOK_AGAIN_MS, look)

        QTimer.singleShot(0, look)

    def _window_of(self, widget: QWidget) -> QWindow:
        handle = widget.window().windowHandle()
        assert handle is not None
        return handle


def _is_open(dialog: QFileDialog) -> bool:
    """Whether it is still there: some are gone for good as soon as they are closed."""
    return isValid(dialog) and dialog.isVisible()


def _combinations(keys: str) -> Iterator[object]:
    sequence = QKeySequence(keys)
    return (sequence[number] for number in range(sequence.count()))


class Keyboard(Person):
    """Ten fingers and no mouse."""

    def tab_to(self, name: str) -> QWidget:
        """Tab until the focus is at what has this name; fails where Tab never leads there."""
        passed = []
        for _ in range(_MOST_TABS):
            if name_of(self.focus) == name and self.focus.isVisible():
                return self.focus
            self.press("Tab")
            passed.append(name_of(self.focus) or type(self.focus).__name__)
        raise AssertionError(f"Tab does not lead to {name!r}, but to {dict.fromkeys(passed)}")

    def push(self, name: str) -> None:
        """Tab to a button and the space bar."""
        button = self.tab_to(name)
        assert button.isEnabled()
        self.press("Space")

    def name_file(self, path: Path) -> None:
        """Types the path into the dialog that comes next, as its field has the focus."""

        def answer(dialog: QFileDialog) -> None:
            assert isinstance(self.focus, QLineEdit)
            self.type_over(str(path))
            self.press("Return")
            # The first Enter may only have closed the names that Qt offers below the field.
            if _is_open(dialog):
                self.press("Return")

        self.when_asked_for_a_file(answer)


class Mouse(Person):
    """One hand on a mouse; the other types where text is asked for."""

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        """The one thing of this name that can be seen and used."""
        found = [
            widget
            for widget in (inside or self.top).findChildren(QWidget)
            if name_of(widget) == name and widget.isVisible() and widget.isEnabled()
        ]
        assert len(found) == 1, f"{len(found)} × {name!r} in sight"
        return found[0]

    def click(self, name: str, inside: QWidget | None = None) -> None:
        """Presses what has this name, in the middle."""
        widget = self.find(name, inside)
        self._press(widget, widget.rect().center())

    def write_into(self, name: str, text: str) -> None:
        """Puts the cursor into a field and writes over what stands there."""
        self.click(name)
        self.type_over(text)

    def click_cell(
        self, view: QAbstractItemView, index: QModelIndex, *, twice: bool = False
    ) -> None:
        """Presses a cell or row that is in sight."""
        self._press(view.viewport(), view.visualRect(index).center(), twice=twice)

    def name_file(self, path: Path) -> None:
        """Writes the path into the dialog that comes next and presses its button."""

        def answer(dialog: QFileDialog) -> None:
            (field,) = dialog.findChildren(QLineEdit)
            self._press(field, field.rect().center())
            self.type_over(str(path))
            buttons = dialog.findChildren(QAbstractButton)
            texts = ("Open", "Save")
            button = next(each for each in buttons if each.text().replace("&", "") in texts)
            self._press(button, button.rect().center())
            # The first press may only have closed the names that Qt offers below the field.
            if _is_open(dialog):
                self._press(button, button.rect().center())

        self.when_asked_for_a_file(answer)

    def _press(self, widget: QWidget, place: QPoint, *, twice: bool = False) -> None:
        window = widget.window()
        at = widget.mapTo(window, place)
        hit = window.childAt(at)
        assert hit is not None
        assert hit is widget or widget.isAncestorOf(hit), f"{name_of(widget)!r} is covered by {hit}"
        press = QTest.mouseDClick if twice else QTest.mouseClick
        press(
            self._window_of(window), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
        QApplication.processEvents()
