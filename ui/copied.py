"""Owns cells on the clipboard as spreadsheets copy them: tabs between cells, quotes around a cell
with line breaks.

Must not know what the cells mean.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication


def copied_cells() -> list[list[str]]:
    """The rows of cells on the clipboard; none where it holds no text."""
    text = QGuiApplication.clipboard().text().replace("\r\n", "\n").rstrip("\n")
    # A lone quote is a sign of inches, or was typed: it begins no cell of several lines.
    quoting = csv.QUOTE_MINIMAL if text.count('"') % 2 == 0 else csv.QUOTE_NONE
    lines = csv.reader(io.StringIO(text, newline=""), "excel-tab", quoting=quoting)
    return [row or [""] for row in lines]


def cells_text(rows: Iterable[Iterable[str]]) -> str:
    """``rows`` as they lie on a clipboard; a cell with line breaks comes back as one."""
    stream = io.StringIO()
    csv.writer(stream, "excel-tab", lineterminator="\n").writerows(rows)
    return stream.getvalue().rstrip("\n")


def copy_cells(rows: Iterable[Iterable[str]]) -> None:
    """Puts ``rows`` on the clipboard."""
    copy_text(cells_text(rows))


def copy_text(text: str) -> None:
    """Puts what :func:`cells_text` made on the clipboard."""
    QGuiApplication.clipboard().setText(text)
