"""Owns the values of an xlsx file: through calamine, and through openpyxl where it gives up.

Calamine stops at control characters in texts, unknown states of sheets and wrong checksums, which
is mended for it; and at sheets in UTF-16, spaces around numbers or a workbook part of another name.
Excel opens all of these. Must not know formats, pictures or hiding.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.kernel.errors import AppError
from app.sheets.reading.calamine_values import calamine_book, rows_of
from app.sheets.reading.cell_marks import SheetMarks
from app.sheets.reading.drafts import RawValue
from app.sheets.reading.package import Package
from app.sheets.reading.xlsx_mending import mended


class XlsxValues:
    """The rows of each sheet of the file at ``path``."""

    def __init__(self, path: Path, package: Package) -> None:
        self._package = package
        self._book: CalamineWorkbook | None = None
        #: Ways to open the file for calamine; the first that works is kept until it fails.
        self._ways: list[Callable[[], CalamineWorkbook]] = [
            lambda: calamine_book(path, ".xlsx", ".xlsm"),
            lambda: CalamineWorkbook.from_object(io.BytesIO(self._mended)),
        ]

    def rows(self, sheet_name: str, marks: SheetMarks) -> Iterator[list[RawValue]]:
        """All rows of a sheet from A1 on; raises :class:`AppError` when no reader can."""
        if marks.is_misnumbered and len(self._ways) > 1:
            self._ways, self._book = self._ways[1:], None
        while self._ways:
            try:
                book = self._book = self._book or self._ways[0]()
                sheet = book.get_sheet_by_name(sheet_name)
            except PasswordError as error:
                raise AppError("sheets.protected") from error
            except (CalamineError, OSError):
                pass
            else:
                if sheet.start is not None or marks.last_row < 0:
                    return rows_of(sheet)
            self._ways, self._book = self._ways[1:], None
        return self._slow_rows(sheet_name)

    @functools.cached_property
    def _mended(self) -> bytes:
        return mended(self._package)

    def _slow_rows(self, sheet_name: str) -> Iterator[list[RawValue]]:
        try:
            sheet = self._slow_workbook[sheet_name]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield [_day_or_value(value) for value in row]
        except MemoryError:
            raise
        except Exception as error:
            raise AppError("sheets.damaged") from error

    @functools.cached_property
    def _slow_workbook(self) -> Any:
        import openpyxl

        # As bytes, because it goes by the name of a file, too.
        content = io.BytesIO(self._mended)
        return openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)


def _day_or_value(value: RawValue) -> RawValue:
    """A date without a time of day is a day, as calamine has it."""
    is_day = isinstance(value, datetime) and value.time() == time()
    return value.date() if is_day and isinstance(value, datetime) else value
