"""Owns what is remembered of a grid's columns from one day to the next: shown, width, order.

Must not know what the columns hold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QTableView

_SAVE_AFTER_MS = 400


class ColumnMemory(QObject):
    """Puts the columns of ``table`` as the person left them, and keeps what is changed.

    Columns are remembered by their ``keys``, so that a new one does not shift the others.
    """

    def __init__(
        self, table: QTableView, keys: Sequence[str], *, settings: QSettings, name: str
    ) -> None:
        super().__init__(table)
        self._table, self._keys = table, tuple(keys)
        self._settings, self._name = settings, name
        #: What the person hid; columns hidden for another reason are not of it.
        self.hidden = {key for place, key in enumerate(self._keys) if table.isColumnHidden(place)}
        self._restore()
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self._saving.start())
        header.sectionMoved.connect(lambda *_: self._saving.start())

    def show(self, place: int, *, on: bool) -> None:
        """Shows or hides a column because the person says so."""
        self._table.setColumnHidden(place, not on)
        (self.hidden.discard if on else self.hidden.add)(self._keys[place])
        self.save()

    def save(self) -> None:
        """Keeps how the columns are now."""
        header = self._table.horizontalHeader()
        told = {
            key: [header.visualIndex(place), self._table.columnWidth(place), key in self.hidden]
            for place, key in enumerate(self._keys)
        }
        for place, key in enumerate(self._keys):
            if self._table.isColumnHidden(place):
                told[key][1] = 0
        self._settings.setValue(self._name, json.dumps(told))

    def _restore(self) -> None:
        try:
            told = json.loads(str(self._settings.value(self._name, "{}")))
            known = {key: told[key] for key in self._keys if len(told.get(key, ())) == 3}
        except (ValueError, AttributeError, TypeError):
            return
        header = self._table.horizontalHeader()
        for place, key in enumerate(self._keys):
            if key in known:
                _visual, width, hidden = known[key]
                self._table.setColumnHidden(place, bool(hidden))
                (self.hidden.add if hidden else self.hidden.discard)(key)
                if width:
                    self._table.setColumnWidth(place, int(width))
        for key in sorted(known, key=lambda key: known[key][0]):
            place = self._keys.index(key)
            header.moveSection(header.visualIndex(place), int(known[key][0]))
