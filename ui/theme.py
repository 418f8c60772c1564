"""Owns the look: colours for light and dark, one spacing scale, one accent, and the style made of them.

Must not know any widget of ours; parts are reached by Qt's classes and the ``role`` property.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from resources import resource

#: Distances in pixels at 100 %.
TINY, SMALL, MEDIUM, LARGE = 4, 8, 12, 20
ROW_HEIGHT = 30
#: Elsewhere the system's own font has both scripts in one weight.
_LINUX_FONTS = (
    "Noto Sans",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "DejaVu Sans",
)
PICTURE_ROW_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of one scheme."""

    window: str
    panel: str
    base: str
    stripe: str
    hover: str
    pressed: str
    line: str
    text: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    selected: str
    warning: str
    error: str
    good: str


LIGHT = Colours(
    window="#f4f5f7",
    panel="#fafbfc",
    base="#ffffff",
    stripe="#f8f9fb",
    hover="#eceff3",
    pressed="#dfe3e8",
    line="#dfe3e8",
    text="#1c2430",
    faint="#5f6979",
    accent="#0e69b8",
    accent_hover="#0c5a9e",
    on_accent="#ffffff",
    selected="#dcebf9",
    warning="#965800",
    error="#b3261e",
    good="#1a7841",
)
DARK = Colours(
    window="#1b1f25",
    panel="#20252c",
    base="#242a32",
    stripe="#272d36",
    hover="#303843",
    pressed="#3d4754",
    line="#363e49",
    text="#e6e9ee",
    faint="#a0aab7",
    accent="#6ab2f2",
    accent_hover="#8cc5f7",
    on_accent="#0d1b2a",
    selected="#284059",
    warning="#e6b155",
    error="#f4938b",
    good="#6fcf97",
)


_chosen = {"scheme": "system"}


def is_dark() -> bool:
    """Whether the scheme in use is the dark one: by choice, else the system's."""
    if _chosen["scheme"] != "system":
        return _chosen["scheme"] == "dark"
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def colours() -> Colours:
    """The tokens of the scheme in use."""
    return DARK if is_dark() else LIGHT


def choose(scheme: str) -> None:
    """Uses the ``light`` or ``dark`` scheme, or follows the ``system``."""
    _chosen["scheme"] = scheme
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    QGuiApplication.styleHints().setColorScheme(schemes.get(scheme, Qt.ColorScheme.Unknown))
    app = QApplication.instance()
    if isinstance(app, QApplication):
        _paint(app)


def apply(app: QApplication) -> None:
    """Gives the program its look, and again whenever the scheme changes."""
    app.setStyle("Fusion")
    if sys.platform.startswith("linux"):
        font = app.font()
        font.setFamilies(list(_LINUX_FONTS))
        app.setFont(font)
    _paint(app)
    app.styleHints().colorSchemeChanged.connect(lambda _scheme: _paint(app))


def _paint(app: QApplication) -> None:
    tokens = colours()
    app.setPalette(_palette(tokens))
    style = Template(resource("style.qss").read_text(encoding="utf-8"))
    values = {name: getattr(tokens, name) for name in Colours.__slots__}
    tick = "black" if is_dark() else "white"
    pictures = {
        name: str(resource(file)).replace("\\", "/")
        for name, file in (("arrow", "drop-down.svg"), ("tick", f"tick-{tick}.svg"))
    }
    app.setStyleSheet(style.substitute(values, **pictures))


def _palette(tokens: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, tokens.window),
        (role.Base, tokens.base),
        (role.AlternateBase, tokens.stripe),
        (role.Button, tokens.panel),
        (role.ToolTipBase, tokens.panel),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.ButtonText, tokens.text),
        (role.ToolTipText, tokens.text),
        (role.PlaceholderText, tokens.faint),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent),
        (role.Mid, tokens.line),
        (role.Light, tokens.base),
        (role.Dark, tokens.line),
    ):
        palette.setColor(target, QColor(colour))
    for disabled in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, disabled, QColor(tokens.faint))
    return palette
