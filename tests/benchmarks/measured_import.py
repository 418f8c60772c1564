"""Owns one import measured in a process that does nothing else: seconds, memory, what was written.

Must not make the files or the book; imports little, so that the memory is the program's.
"""

from __future__ import annotations

import contextlib
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineWorkbook

from app.kernel.clock import SystemClock
from app.listings import LISTINGS
from app.lists.reading import Lists
from app.sheets.service import ImportResult, Sheets
from database.book import Book, open_book

_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of one core, of all processes together; ``megabytes`` are all processes' most.

    ``clock`` and ``bare_clock`` are seconds by the clock, less where two processes work at once;
    on a busy machine other programs' turns are among them.
    """

    bare: float
    bare_clock: float
    seconds: float
    clock: float
    undo: float
    megabytes: int
    suppliers: int
    kept: int


def sheets_of(book: Book) -> Sheets:
    """The service alone: the search index is brought up to date after an import, not in it."""
    lists = Lists(book, LISTINGS, clock=SystemClock())
    return Sheets(book, SystemClock(), lists)


def cpu_seconds() -> float:
    """Of this process and of those it has waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def timed(sheets: Sheets, path: Path) -> tuple[ImportResult, float]:
    """An import and its seconds."""
    start = cpu_seconds()
    result = sheets.commit(sheets.preview(path))
    return result, cpu_seconds() - start


def measured_import(path: Path, folder: Path) -> Measured:
    """Imports the sheet ``path`` into the book in ``folder`` and takes it back."""
    book = open_book(folder)
    began = time.perf_counter()
    with _watched() as megabytes:
        result, seconds = timed(sheets_of(book), path)
    clock = time.perf_counter() - began
    start, began = time.process_time(), time.perf_counter()
    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    bare, bare_clock = time.process_time() - start, time.perf_counter() - began
    start = time.process_time()
    assert result.operation is not None
    _operation, reversal = book.undo(result.operation)
    undo = time.process_time() - start
    book.close()
    suppliers = result.created["supplier"] + result.updated["supplier"]
    return Measured(
        bare=bare,
        bare_clock=bare_clock,
        seconds=seconds,
        clock=clock,
        undo=undo,
        megabytes=megabytes[0],
        suppliers=suppliers,
        kept=len(reversal.kept),
    )


def _megabytes_now() -> int:
    """What this process and its children hold at this moment, whichever thread started them."""
    processes = [str(os.getpid())]
    for thread in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            processes += (thread / "children").read_text(encoding="ascii").split()
    pages = 0
    for process in processes:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1_000_000


@contextlib.contextmanager
def _watched() -> Iterator[list[int]]:
    """The most memory of all processes in the meantime, as the one entry of a list."""
    most, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_S):
            most[0] = max(most[0], _megabytes_now())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()
