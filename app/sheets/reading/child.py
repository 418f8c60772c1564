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
    for sheet in book.sheets:
        yield from _sheet_parts(sheet, shown)
    book.warnings += shown.warnings()
    yield _finished(book)


def _finished(book: WorkbookDraft) -> Finished:
    is_tired = memory_bytes() > limits.TIRED_MEMORY_BYTES
    return Finished(book.format, book.encoding, book.delimiter, tuple(book.warnings), is_tired)


def _sheet_parts(sheet: SheetDraft, shown: PictureParts) -> Iterator[Part]:
    yield SheetBegun(
        sheet.name, sheet.is_hidden, sheet.merges, sheet.hidden_rows, sheet.hidden_columns
    )
    for rows in _chunks(sheet.rows):
        yield Rows(rows)
    yield Facts(sheet.currencies, sheet.formulas)
    yield from shown.of(sheet)


def _chunks(rows: Iterable[Sequence[RawValue]]) -> Iterator[list[Sequence[RawValue]]]:
    """Rows in portions; empty rows at the end of a sheet are left out."""
    chunk: list[Sequence[RawValue]] = []
    empty_rows = 0
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
        if len(chunk) >= _ROWS_AT_ONCE or len(chunk) * len(row) >= _CELLS_AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
