"""Owns how tests go to a cell of a quotation's lines.

Must not type; the tests do.
"""

from __future__ import annotations

from ui.quotations.editor import QuotationEditor


def go_to(editor: QuotationEditor, row: int, key: str) -> None:
    """Makes a cell current."""
    index = editor.model.index(row, editor.model.column_of(key))
    editor.grid.setCurrentIndex(index)
    editor.grid.scrollTo(index)
