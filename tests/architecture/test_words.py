"""Owns the check that what is kept speaks of the program alone: no machine, no registry, no ticket.

Must not judge anything but the words of files under version control.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FOREIGN = {
    "a path of one machine": re.compile(
        r"(?<![\w.])/(work|root|home|Users|opt)/(?!\.\.)\w|[A-Z]:\\Users\\\w"
    ),
    "the host of a package registry": re.compile(
        r"(pypi|pythonhosted|npmjs|debian|ubuntu|crates|anaconda)\.(org|com|io)\b", re.IGNORECASE
    ),
    "the number of a ticket": re.compile(r"\bissues? #?\d|\bPR #?\d|\(#\d+\)", re.IGNORECASE),
    "something left for later": re.compile(r"\b(TODO|FIXME|XXX|HACK)\b"),
}


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what: str, kept_files: tuple[Path, ...]) -> None:
    hits = [
        f"{file.relative_to(PROJECT).as_posix()}:{number}: {line.strip()[:100]}"
        for file in kept_files
        if file != Path(__file__)
        for number, line in enumerate(_lines(file), start=1)
        if FOREIGN[what].search(line)
    ]
    assert not hits


def _lines(file: Path) -> list[str]:
    """The lines of a text file; none of a picture, a workbook or other data."""
    content = file.read_bytes()
    if b"\0" in content[:8000]:
        return []
    return content.decode("utf-8", errors="replace").splitlines()
