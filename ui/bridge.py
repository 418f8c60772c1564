"""Owns the way of a commit's news to the GUI thread.

Must not decide what is reloaded; each page does.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.desk import Desk


class Changes(QObject):
    """Emits :attr:`committed` on the GUI thread after each commit, in order."""

    committed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.committed, Qt.ConnectionType.QueuedConnection)
        desk.subscribe(self._arrived.emit)
