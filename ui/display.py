"""Owns the question whether a window can be opened here, asked before Qt is: Qt aborts when not.

Must not import Qt; it is asked by the command line as well.
"""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from app.kernel.errors import AppError

WITHOUT_A_SCREEN = {"offscreen", "minimal", "vnc", "linuxfb", "eglfs"}
X11_LIBRARY = "libxcb-cursor.so.0"
SECONDS_TO_ANSWER = 2


def check_display(environment: Mapping[str, str] = os.environ) -> None:
    """Return when a window can be opened; raise :class:`AppError` that says what to do otherwise.

    Windows and macOS always have a display. On Linux a Wayland or an X11 server must answer,
    unless ``QT_QPA_PLATFORM`` names a way without a screen.
    """
    if not sys.platform.startswith("linux"):
        return
    if environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in WITHOUT_A_SCREEN:
        return
    wayland, x11 = environment.get("WAYLAND_DISPLAY", ""), environment.get("DISPLAY", "")
    if not wayland and not x11:
        raise AppError("display.none")
    if wayland and _answers(Path(environment.get("XDG_RUNTIME_DIR", "/run")) / wayland):
        return
    if not x11 or not _x11_answers(x11):
        raise AppError("display.no_answer", display=x11 or wayland)
    if not _has_library(X11_LIBRARY):
        raise AppError("display.library_missing", library=X11_LIBRARY)


def _x11_answers(display: str) -> bool:
    """Whether the server of ``:0`` or ``unix:0`` answers; one on another computer is believed."""
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    return local is None or _answers(Path(f"/tmp/.X11-unix/X{local[1]}"), f"X{local[1]}")


def _answers(path: Path, abstract: str = "") -> bool:
    """Whether something listens at the local socket ``path`` or at its twin without a file."""
    addresses = [str(path), *([f"\0/tmp/.X11-unix/{abstract}"] if abstract else [])]
    for address in addresses:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(SECONDS_TO_ANSWER)
            if client.connect_ex(address) == 0:
                return True
    return False


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
