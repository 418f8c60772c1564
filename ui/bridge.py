"""Owns the way of news to the GUI thread: what a commit changed, how far the index is.

Must not decide what is reloaded; each page does.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal

from app.desk import Desk

#: What a commit changed, by table: the rows' ids, None where they are too many to name.
ChangedRows = Mapping[str, frozenset[int] | None]


class Changes(QObject):
    """Emits on the GUI thread, in order.

    :attr:`committed` has the changed rows after each commit, :attr:`indexed` how far the index is.
    """

    committed = Signal(object)
    indexed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.committed, Qt.ConnectionType.QueuedConnection)
        desk.subscribe(lambda changes: self._arrived.emit(changes.rows))
