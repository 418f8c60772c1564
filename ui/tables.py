"""Owns how every table looks and is gone through with keys.

Must not know what a table shows.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui import theme


def dress(table: QTableView, *, is_edited: bool = False) -> None:
    """Whole rows, striped and without a grid, that Tab passes; cells are typed into where told."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    if not is_edited:
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setAlternatingRowColors(True)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    )


def fit_rows(table: QTableView) -> None:
    """Makes each row as high as what it says, in as many lines as that takes, with room around it."""
    table.resizeRowsToContents()
    for row in range(table.model().rowCount()):
        table.setRowHeight(row, table.rowHeight(row) + theme.SMALL)
