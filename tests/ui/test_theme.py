"""The colours of both schemes can be read on every ground they stand on."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import DARK, LIGHT, Colours

#: What WCAG 2 asks for text of ordinary size (1.4.3, level AA).
READABLE = 4.5
GROUNDS = ("window", "panel", "base", "stripe", "selected", "hover")


def _luminance(colour: str) -> float:
    parts = QColor(colour).getRgbF()[:3]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("said", ["text", "faint", "accent", "warning", "error", "good"])
def test_what_is_said_can_be_read_on_every_ground(scheme: Colours, said: str) -> None:
    for ground in GROUNDS:
        contrast = _contrast(getattr(scheme, said), getattr(scheme, ground))
        assert contrast >= READABLE, (said, ground)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_primary_button_can_be_read(scheme: Colours) -> None:
    for ground in (scheme.accent, scheme.accent_hover):
        assert _contrast(scheme.on_accent, ground) >= READABLE
