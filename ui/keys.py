"""Owns how keys press a button, at once and told in its tooltip, and which way Tab goes.

Must not know what a widget does.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

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

    A button's own shortcut shows it going down for a tenth of a second before anything happens, and
    a quick hand has pressed the next keys by then.
    """
    shortcut = QShortcut(owner)
    shortcut.setKeys([QKeySequence(each) for each in keys])
    shortcut.setContext(where)
    shortcut.activated.connect(button.click)
    told = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    about = button.toolTip()
    button.setToolTip(f"{about} ({told})" if about else told)


def tab_through(*widgets: QWidget) -> None:
    """Makes Tab go from each of ``widgets`` to the next, as one reads them."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)
