"""Owns the one change a template's styles get: a quoted twin of a cell's style.

Must not change a style that is there.
"""

from __future__ import annotations

from copy import deepcopy

from app.papers.templates.markup import SHEET
from app.papers.templates.package import Package


class Styles:
    """The cell styles of a workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._quoted: dict[int, int] = {}

    def quoted(self, style: int) -> int:
        """The index of ``style`` with the mark that its text is a text, whatever it begins with."""
        if style not in self._quoted:
            self._quoted[style] = self._add_quoted(style)
        return self._quoted[style]

    def _add_quoted(self, style: int) -> int:
        part = self._package.related("xl/workbook.xml", "styles")
        formats = self._package.document(part).root.find(f"{SHEET}cellXfs") if part else None
        if formats is None or not 0 <= style < len(formats):
            return style
        twin = deepcopy(formats[style])
        twin.set("quotePrefix", "1")
        formats.append(twin)
        formats.set("count", str(len(formats)))
        return len(formats) - 1
