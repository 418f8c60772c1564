"""Owns that a book has one window: a second start raises the first.

Must not guard the database; SQLite's own locks do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 500


def _name(folder: Path) -> str:
    return "entrepot-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]


def raise_first(folder: Path) -> bool:
    """Asks the window that has the book to come up; ``False`` where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.disconnectFromServer()
    return True


class OneWindow(QObject):
    """Listens for second starts on the same book."""

    def __init__(self, folder: Path, raise_window: Callable[[], None]) -> None:
        super().__init__()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.listen(_name(folder))
        self._server.newConnection.connect(lambda: self._answer(raise_window))

    def _answer(self, raise_window: Callable[[], None]) -> None:
        self._server.nextPendingConnection().deleteLater()
        raise_window()

    def close(self) -> None:
        """Stops listening."""
        self._server.close()
