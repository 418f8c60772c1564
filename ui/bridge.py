"""Owns the way of a commit's news to the GUI thread.

Must not decide what is reloaded; each page does.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from app.desk import Desk

#: What a commit changed, by table: the rows' ids, None where they are too many to name.
ChangedRows = Mapping[str, frozenset[int] | None]


class Changes(QObject):
    """Emits :attr:`committed` with the changed rows on the GUI thread after each commit, in order."""

    committed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.committed, Qt.ConnectionType.QueuedConnection)
        desk.subscribe(lambda changes: self._arrived.emit(changes.rows))
