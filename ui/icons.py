"""Owns the icons: one set of line drawings, painted in the colour of the text around them.

Must not know what an icon is used for.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import resource


class _LineIcon(QIconEngine):
    """Draws an SVG with ``currentColor`` as the palette's text colour, at any size, in any scheme."""

    def __init__(self, name: str, *, on_accent: bool = False) -> None:
        super().__init__()
        self._name = name
        self._on_accent = on_accent
        self._svg = _drawing(name)

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, _state: QIcon.State) -> None:
        group = QPalette.ColorGroup.Normal
        if mode is QIcon.Mode.Disabled:
            group = QPalette.ColorGroup.Disabled
        colour = QGuiApplication.palette().color(group, QPalette.ColorRole.ButtonText)
        if self._on_accent and mode is not QIcon.Mode.Disabled:
            colour = QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText)
        _renderer(self._svg, colour.name()).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        # A button squeezed to nothing asks for nothing.
        if size.isEmpty():
            return QPixmap()
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, on_accent=self._on_accent)


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(svg: str, colour: str) -> QSvgRenderer:
    """A drawing in a colour, read once: one is painted whenever its button is."""
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


def icon(name: str, *, on_accent: bool = False) -> QIcon:
    """The icon ``name`` of ``resources/icons``; ``on_accent`` for a button in the accent colour."""
    return QIcon(_LineIcon(name, on_accent=on_accent))
