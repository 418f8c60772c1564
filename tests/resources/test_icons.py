"""Owns the check that the icons are one set: one grid, one stroke, the colour of the text around.

Must not know where an icon is used.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from resources import resource

PROGRAM_ICON = "entrepot.svg"
ICONS = {
    icon.name: icon.read_text(encoding="utf-8")
    for icon in resource("icons").iterdir()
    if icon.name.endswith(".svg")
}


@pytest.mark.parametrize("name", sorted(ICONS))
def test_qt_draws_the_icon(name: str, qapp: object) -> None:
    assert QSvgRenderer(QByteArray(ICONS[name].encode())).isValid()


@pytest.mark.parametrize("name", sorted(set(ICONS) - {PROGRAM_ICON}))
def test_the_icon_follows_the_style_of_the_set(name: str) -> None:
    drawing = ElementTree.fromstring(ICONS[name])
    style = {key: drawing.get(key) for key in ("viewBox", "fill", "stroke", "stroke-width")}
    assert style == {
        "viewBox": "0 0 24 24",
        "fill": "none",
        "stroke": "currentColor",
        "stroke-width": "1.6",
    }
    colours = {node.get(key) for node in drawing.iter() for key in ("fill", "stroke")}
    assert colours <= {None, "none", "currentColor"}
