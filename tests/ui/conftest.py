"""Owns which fixtures the tests of the window have, and that none waits for a person.

Must not open the window; ``open_window`` does, for the journeys too, whose keys answer dialogs.
"""

import pytest
from open_window import qapp, settled, window
from PySide6.QtWidgets import QFileDialog

__all__ = ["qapp", "settled", "window"]


def _unanswered(*_asked: object) -> None:
    raise AssertionError("a file is asked for that the test does not name")


@pytest.fixture(autouse=True)
def _no_file_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test names the file that its dialog would ask for, or fails."""
    for ask in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, ask, _unanswered)
