"""Owns the making of a button with its text, picture and keys.

Must not know what it does.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

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
