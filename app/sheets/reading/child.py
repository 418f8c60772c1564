"""Owns the reading process: waits for a request, reads the file, streams its rows back.

Must not import the window, the database or anything slow to start; what a format needs is
imported when a file of it arrives.
"""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Final

from app.kernel.confined import OUT_OF_MEMORY_EXIT, limit_memory, memory_bytes
from app.kernel.errors import AppError
from app.sheets.reading import limits
from app.sheets.reading.drafts import RawValue, SheetDraft, WorkbookDraft
from app.sheets.reading.picture_parts import PictureParts
from app.sheets.reading.wire import (
    BEGUN,
    Facts,
    Finished,
    Part,
    Refused,
    Request,
    Rows,
    SheetBegun,
    packed,
    unpacked,
)

_ROWS_AT_ONCE: Final = 2_000
#: Taking in more at once would hold up the window's thread.
_CELLS_AT_ONCE: Final = 5_000
_CHARACTERS_AT_ONCE: Final = 2_000_000


def serve(pipe: Connection) -> None:
    """Answers requests until the other end closes; runs in the reading process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _silence_errors()
    limit_memory()
    gc.disable()  # rows come and go without cycles, and a process that has grown is not kept
    while True:
        try:
            request = unpacked(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            pipe.send_bytes(BEGUN)
            for part in _parts(request):
                pipe.send_bytes(packed(part))
        except OSError:
            return


def _parts(request: Request) -> Iterator[Part]:
    """The parts of the answer; whatever goes wrong in a parser, the file is to blame."""
    try:
        yield from _read_parts(request)
    except AppError as error:
        params = {"file": request.file_name, **error.message.params}
        yield Refused(error.message.key, params)
    except MemoryError:
        os._exit(OUT_OF_MEMORY_EXIT)
    except (GeneratorExit, SystemExit):
        raise
    except BaseException as error:  # a panic of a parser written in Rust is no ``Exception``
        yield Refused("sheets.damaged", {"file": request.file_name}, _trace(error))


def _trace(error: BaseException) -> str:
    """Where ``error`` happened, without its text, which may quote the file."""
    lines = traceback.format_tb(error.__traceback__)
    return "".join(lines) + type(error).__name__


def _silence_errors() -> None:
    """Parsers that panic write to the terminal; the trace that matters goes to our parent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _read_parts(request: Request) -> Iterator[Part]:
    from app.sheets.reading.formats import opened

    book = opened(request)
    shown = PictureParts()
    size = _Size()
    for sheet in book.sheets:
        yield from _sheet_parts(sheet, shown, size)
    book.warnings += shown.warnings()
    yield _finished(book)


class _Size:
    """What a workbook grows to in our parent: it fills all rows up to the widest, and writes texts out."""

    def __init__(self) -> None:
        self._rows = self._columns = self._characters = 0

    def begin_sheet(self) -> None:
        """The next rows are of another sheet."""
        self._rows = self._columns = 0

    def add_row(self, row: Sequence[RawValue]) -> int:
        """Counts a row and returns its characters; raises :class:`AppError` when they become too many."""
        characters = sum([len(value) for value in row if isinstance(value, str)])
        self._characters += characters
        if self._characters > limits.CHARACTERS:
            raise AppError("sheets.bomb")
        return characters

    def add(self, sheet_name: str, rows: Sequence[Sequence[RawValue]]) -> None:
        """Counts more rows of a sheet; raises :class:`AppError` when they lie too far apart."""
        self._rows += len(rows)
        self._columns = max(self._columns, *map(len, rows))
        if self._rows * self._columns > limits.BOX_CELLS:
            raise AppError(
                "sheets.cells_too_far_apart",
                sheet=sheet_name,
                rows=self._rows,
                columns=self._columns,
            )


def _finished(book: WorkbookDraft) -> Finished:
    is_tired = memory_bytes() > limits.TIRED_MEMORY_BYTES
    return Finished(book.format, book.encoding, book.delimiter, tuple(book.warnings), is_tired)


def _sheet_parts(sheet: SheetDraft, shown: PictureParts, size: _Size) -> Iterator[Part]:
    size.begin_sheet()
    yield SheetBegun(
        sheet.name, sheet.is_hidden, sheet.merges, sheet.hidden_rows, sheet.hidden_columns
    )
    for rows in _chunks(sheet.rows, size):
        size.add(sheet.name, rows)
        yield Rows(rows)
    yield Facts(sheet.currencies, sheet.formulas)
    yield from shown.of(sheet)


def _chunks(rows: Iterable[Sequence[RawValue]], size: _Size) -> Iterator[list[Sequence[RawValue]]]:
    """Rows in portions; empty rows at the end of a sheet are left out."""
    chunk: list[Sequence[RawValue]] = []
    empty_rows = characters = 0
    for row in rows:
        if not any(row) and not any(value is not None and value != "" for value in row):
            empty_rows += 1
            continue
        while empty_rows:
            portion = min(empty_rows, _ROWS_AT_ONCE)
            chunk += [()] * portion
            empty_rows -= portion
            if len(chunk) >= _ROWS_AT_ONCE:
                yield chunk
                chunk = []
        chunk.append(row)
        characters += size.add_row(row)
        cells = len(chunk) * len(row)
        if (
            len(chunk) >= _ROWS_AT_ONCE
            or cells >= _CELLS_AT_ONCE
            or characters >= _CHARACTERS_AT_ONCE
        ):
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
