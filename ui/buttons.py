"""Owns the making of buttons: one with its text, picture and keys, the small one of an action, and the two a dialog ends with.

Must not know what they do.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QToolButton, QWidget

from ui.icons import icon
from ui.keys import give_keys
from ui.words import say


def key_button(
    label: str,
    keys: str,
    within: QWidget,
    *,
    picture: str = "",
    run: Callable[[], object] | None = None,
) -> QPushButton:
    """A button named by the text ``label``; ``keys`` press it while the focus is ``within``."""
    button = QPushButton(say(label))
    button.setAutoDefault(False)
    if picture:
        button.setIcon(icon(picture))
    if run is not None:
        button.clicked.connect(lambda: run())
    if keys:
        give_keys(button, keys, owner=within)
    return button


def answer_buttons(
    dialog: QDialog, label: str, run: Callable[[], object]
) -> tuple[QDialogButtonBox, QPushButton]:
    """The foot of ``dialog``: the button ``label`` that does what it is for, and one that leaves it."""
    buttons = QDialogButtonBox()
    main = buttons.addButton(say(label), QDialogButtonBox.ButtonRole.AcceptRole)
    main.setProperty("role", "primary")
    buttons.addButton(say("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(run)
    buttons.rejected.connect(dialog.reject)
    return buttons, main


def tool_of(action: QAction) -> QToolButton:
    """A small button that shows an action and runs it."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    return button
