"""Owns reading xlsb, Excel's binary workbook, through calamine.

Its pictures are counted and stay out. Must not run macros.
"""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineError, PasswordError

from app.kernel.errors import AppError
from app.sheets.reading.calamine_values import calamine_book, calamine_sheets
from app.sheets.reading.drafts import WorkbookDraft
from app.sheets.reading.package import Package, is_media


def read_xlsb(path: Path, package: Package) -> WorkbookDraft:
    """The workbook at ``path``; raises :class:`AppError`."""
    try:
        book = calamine_book(path, ".xlsb")
    except PasswordError as error:
        raise AppError("sheets.protected") from error
    except (CalamineError, OSError) as error:
        raise AppError("sheets.damaged") from error
    draft = WorkbookDraft("xlsb", calamine_sheets(book))
    if "xl/vbaproject.bin" in package:
        draft.warnings.append(("sheets.macros_ignored", {}))
    if count := sum(map(is_media, package.names())):
        draft.warnings.append(("sheets.pictures_not_taken", {"count": count}))
    return draft
