"""Owns the values of an xlsx file: through calamine, and through openpyxl where it gives up.

Calamine stops at sheets in UTF-16, spaces around numbers or a workbook part of another name, all
of which Excel opens; and at control characters in texts, which Excel mends. Must not know formats, pictures or hiding.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from app.kernel.errors import AppError
from app.sheets.reading.calamine_values import calamine_book, rows_of
from app.sheets.reading.drafts import RawValue
from app.sheets.reading.package import Package


class XlsxValues:
    """The rows of each sheet of the file at ``path``."""

    def __init__(self, path: Path, package: Package) -> None:
        self._package = package
        self._slow: Any = None
        try:
            self._fast: CalamineWorkbook | None = calamine_book(path, ".xlsx", ".xlsm")
        except PasswordError as error:
            raise AppError("sheets.protected") from error
        except (CalamineError, OSError):
            self._fast = None

    def rows(self, sheet_name: str, *, is_filled: bool) -> Iterator[list[RawValue]]:
        """All rows of a sheet from A1 on; raises :class:`AppError` when no reader can.

        ``is_filled``: there are cells in it, so that finding none is a failure.
        """
        if self._fast is not None:
            try:
                sheet = self._fast.get_sheet_by_name(sheet_name)
            except (CalamineError, OSError):
                self._fast = None
            else:
                if sheet.start is not None or not is_filled:
                    return rows_of(sheet)
        return self._slow_rows(sheet_name)

    def _slow_rows(self, sheet_name: str) -> Iterator[list[RawValue]]:
        try:
            sheet = self._slow_workbook()[sheet_name]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                yield [_day_or_value(value) for value in row]
        except MemoryError:
            raise
        except Exception as error:
            raise AppError("sheets.damaged") from error

    def _slow_workbook(self) -> Any:
        if self._slow is None:
            import openpyxl

            # As bytes, because it goes by the name of a file, too.
            content = io.BytesIO(self._package.mended())
            self._slow = openpyxl.load_workbook(
                content, read_only=True, data_only=True, keep_links=False
            )
        return self._slow


def _day_or_value(value: RawValue) -> RawValue:
    """A date without a time of day is a day, as calamine has it."""
    is_day = isinstance(value, datetime) and value.time() == time()
    return value.date() if is_day and isinstance(value, datetime) else value
