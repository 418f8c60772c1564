"""Owns an xlsx box written anew without what Excel overlooks and the parsers stop at.

Must not change what a cell holds.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from app.kernel.errors import AppError
from app.sheets.reading.package import Package, is_media, without_control_signs

#: A sheet's state that the standard has none of; Excel shows such a sheet.
_UNKNOWN_STATE: Final = re.compile(
    rb"(<(?:\w+:)?sheet\s[^<>]*?)\sstate=([\"'])(?!(?:visible|hidden|veryHidden)\2)[^\"'<>]*\2"
)
_MISNUMBERED: Final = re.compile(
    rb"<(?:\w+:)?(?:row|c)\s(?:[^<>]*?\s)?r=([\"'])(?![$A-Za-z]*0*[1-9]\d*\1)"
)
_ROW_OR_CELL: Final = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])[^<>]*>")
_NUMBER: Final = re.compile(rb"(\sr=[\"'])([$A-Za-z]*)[^\"'<>]*")


def mended(package: Package) -> bytes:
    """The box again: parts named as the standard says, states it knows, rows counted from one."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as box:
        for name in package.names():
            if not name.endswith("/") and not is_media(name):
                try:
                    part = b"".join(package.blocks(name))
                except AppError:
                    continue  # no part of the tables, which were read before
                box.writestr(package.written_name(name), _mended_part(part))
    return content.getvalue()


def _mended_part(part: bytes) -> bytes:
    return renumbered(_UNKNOWN_STATE.sub(rb"\1", without_control_signs(part)))


def renumbered(sheet: bytes) -> bytes:
    """A sheet's XML with its rows numbered in their order, if one has a number below one."""
    if _MISNUMBERED.search(sheet) is None:
        return sheet
    row = 0

    def numbered(tag: re.Match[bytes]) -> bytes:
        nonlocal row
        row += tag[1] == b"row"
        return _NUMBER.sub(rb"\g<1>\g<2>%d" % row, tag[0], count=1)

    return _ROW_OR_CELL.sub(numbered, sheet)
