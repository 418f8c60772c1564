"""Owns the checks that a missing display is told in words before Qt aborts.

Must not open a window.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.kernel.language import LANGUAGES, catalogue
from ui.display import check_display

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems always have a display"
)


def trouble_with(**environment: str) -> AppError:
    with pytest.raises(AppError) as caught:
        check_display(environment)
    return caught.value


def test_no_display_is_said_with_what_to_do_in_both_languages() -> None:
    message = trouble_with().message
    assert message.key == "display.none"
    assert all("entrepot --help" in catalogue(language).text(message) for language in LANGUAGES)


def test_a_display_that_does_not_answer_is_named() -> None:
    message = trouble_with(DISPLAY=":987").message
    assert message.key == "display.no_answer"
    assert ":987" in catalogue("en").text(message)


def test_a_wayland_server_that_listens_is_enough(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        check_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})


def test_a_wayland_server_that_is_gone_is_named(tmp_path: Path) -> None:
    message = trouble_with(WAYLAND_DISPLAY="wayland-0", XDG_RUNTIME_DIR=str(tmp_path)).message
    assert message.params == {"display": "wayland-0"}


@pytest.mark.parametrize("platform", ["offscreen", "vnc:size=800x600"])
def test_a_platform_without_a_screen_needs_no_display(platform: str) -> None:
    check_display({"QT_QPA_PLATFORM": platform})
