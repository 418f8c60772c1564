"""Owns the raw result of reading: each file's main table, before mapping, as a plain CSV file.

Must not map, interpret or drop values: what stands in a cell is what is written.
"""

from __future__ import annotations

import contextlib
import csv
import os
import queue
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.sheets.grid import ErrorValue, Sheet, Value, Workbook
from app.sheets.layout import TableRegion, find_tables
from app.sheets.reading import Reader

#: How many times as many cells a later table needs to be the main one instead of the first.
_CLEARLY_BIGGER = 1.5
_MOST_READERS = 4
_WORTH_A_READER = 20


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one file.

    ``header_rows`` are the sheet's row numbers as people count them, from 1; ``rows`` counts the
    records. ``error`` says why the file could not be read; then no CSV file was written.
    """

    file: str
    header_rows: tuple[int, ...] = ()
    rows: int = 0
    columns: int = 0
    warnings: tuple[Message, ...] = ()
    error: Message | None = None


def write_tables(
    files: Sequence[Path], folder: Path, sheet: str | None = None, progress: Progress = UNWATCHED
) -> list[TableReport]:
    """Writes the main table of each of ``files`` to ``folder`` as ``<file name>.csv``.

    UTF-8, comma, double quotes; one heading row when the table has headings, then the records. A
    file that can't be read is reported and doesn't keep the others from being written. ``sheet``
    names the sheet to take. Raises ``OSError`` when ``folder`` can't be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    tasks = [(file, folder / _free_name(file.name, taken)) for file in files]
    workers = min(os.cpu_count() or 1, _MOST_READERS, 1 + len(files) // _WORTH_A_READER)
    shelf: queue.SimpleQueue[Reader] = queue.SimpleQueue()
    reports = []
    with contextlib.ExitStack() as stack:
        for _ in range(workers):
            shelf.put(stack.enter_context(Reader()))
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        work = [pool.submit(_one, file, target, sheet, shelf) for file, target in tasks]
        try:
            for done, (file, future) in enumerate(zip(files, work, strict=True)):
                progress.at(Message("sheets.reading", file=file.name), done, len(files))
                reports.append(future.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return reports


def _one(
    file: Path, target: Path, sheet: str | None, shelf: queue.SimpleQueue[Reader]
) -> TableReport:
    """Reads one file with a free reader of the shelf and writes its table."""
    reader = shelf.get()
    try:
        report, lines = _table(file, reader.read(file), sheet)
    except AppError as error:
        if error.message.key != "sheets.empty_file":
            return TableReport(str(file), error=error.message)
        report, lines = TableReport(str(file), warnings=(error.message,)), []
    finally:
        shelf.put(reader)
    _write(target, lines)
    return report


def _free_name(name: str, taken: set[str]) -> str:
    """``name`` with ``.csv``, and a number when another file of the same name came before."""
    number = 1
    free = f"{name}.csv"
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}.csv"
    taken.add(free.casefold())
    return free


def _table(
    file: Path, workbook: Workbook, sheet_name: str | None
) -> tuple[TableReport, list[list[str]]]:
    warnings = tuple(Message(key, **params) for key, params in workbook.warnings)
    sheet, region = main_table(workbook, sheet_name)
    if region is None:
        return TableReport(str(file), warnings=warnings), []
    lines = [[text_of(value) for value in row] for row in region.rows]
    if region.header_rows or any(region.headings):
        lines.insert(0, [_heading(sheet, region, place) for place in range(len(region.columns))])
    width = len(region.columns)
    if not any(region.headings) and region.shape == "table":
        width = _with_empty_columns(sheet, region, lines)
    report = TableReport(
        str(file),
        header_rows=tuple(row + 1 for row in region.header_rows),
        rows=len(region.rows),
        columns=width,
        warnings=warnings,
    )
    return report, lines


def main_table(
    workbook: Workbook, sheet_name: str | None = None
) -> tuple[Sheet, TableRegion | None]:
    """The table an import would take: the first, unless a later one is clearly bigger.

    Hidden sheets count only when named or when there is no other. Raises
    ``AppError("sheets.table.no_such_sheet")`` for a name the workbook doesn't have.
    """
    if sheet_name is not None:
        sheets = [sheet for sheet in workbook.sheets if sheet.name == sheet_name]
        if not sheets:
            raise AppError(
                "sheets.table.no_such_sheet",
                sheet=sheet_name,
                file=workbook.file_name,
                names=", ".join(sheet.name for sheet in workbook.sheets),
            )
    else:
        sheets = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
        sheets = sheets or list(workbook.sheets)
    found = [(sheet, region) for sheet in sheets for region in find_tables(sheet)]
    if not found:
        return (sheets[0] if sheets else Sheet("", ())), None
    best = found[0]
    for sheet, region in found[1:]:
        if _size(region) > _CLEARLY_BIGGER * _size(best[1]):
            best = (sheet, region)
    return best


def _size(region: TableRegion) -> int:
    return len(region.rows) * len(region.columns)


def _heading(sheet: Sheet, region: TableRegion, place: int) -> str:
    """The heading as it stands: a word that stands in several heading rows is not left out."""
    column = region.columns[place]
    if region.shape != "table" or column < 0:
        return region.headings[place]
    cells = [text_of(sheet.rows[row][column]) for row in region.header_rows]
    cells = [cell for cell in cells if cell]
    if len(cells) > 1 and len(set(cells)) == 1:
        return " ".join(cells)
    return region.headings[place]


def _with_empty_columns(sheet: Sheet, region: TableRegion, lines: list[list[str]]) -> int:
    """Without headings an empty column is one nevertheless: puts it back; returns the width."""
    width = len(sheet.rows[0])
    for line, row in zip(lines, region.row_numbers, strict=True):
        line[:] = [text_of(value) for value in sheet.rows[row]]
    return width


def text_of(value: Value) -> str:
    """A cell as text, without anything the file doesn't show: no exponents, no midnight times."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, ErrorValue):
        return value.code
    raise TypeError(f"a cell can't be a {type(value).__name__}")


def _write(target: Path, lines: list[list[str]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
