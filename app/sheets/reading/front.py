"""Owns the front door of reading: one call, or one reader for many files, and a workbook or trouble.

The file is parsed in a child process that is ended when it takes too long, grows too big or is
cancelled; its death is trouble with the file, never ours. Must not look into the file itself.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import PathLike
from pathlib import Path
from typing import Final, Self

from app.kernel.confined import OUT_OF_MEMORY_EXIT, cpu_seconds, main_module_left_out
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.sheets.grid import Workbook
from app.sheets.reading import limits
from app.sheets.reading.assembly import Assembly
from app.sheets.reading.child import serve
from app.sheets.reading.wire import BEGUN, Finished, Refused, Request, packed, unpacked

_log = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 0.1
#: How a process ends whose Rust parser is refused memory, on Unix and on Windows.
_ABORTED: Final = (-6, 0xC0000409)


def read(
    path: str | PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Progress = UNWATCHED,
) -> Workbook:
    """The file at ``path`` as a workbook, whatever its format; told by content, not by name.

    ``encoding`` and ``delimiter`` overrule what is found out about a text file. Raises
    :class:`AppError` for a file that can't be read and ``Cancelled`` when ``progress`` says so.
    """
    with Reader() as reader:
        return reader.read(path, encoding=encoding, delimiter=delimiter, progress=progress)


#: What is said of a file of cards instead.
_OF_CARDS = {
    "sheets.took_too_long": "sheets.cards_took_too_long",
    "sheets.needs_too_much_memory": "sheets.cards_need_too_much_memory",
    "sheets.unreadable": "sheets.cards_stopped",
    "sheets.damaged": "sheets.cards_stopped",
    "sheets.bomb": "sheets.cards_stopped",
    "sheets.no_text": "sheets.no_card",
}


class Reader:
    """A reading process for many files, one after the other; starting one takes about 0.2 s.

    To be used by one thread at a time.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the reading process; the next :meth:`read` starts another."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe is not None:
            pipe.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()

    def read(
        self,
        path: str | PathLike[str],
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        progress: Progress = UNWATCHED,
    ) -> Workbook:
        """As the function :func:`read`."""
        file = Path(path)
        size_bytes = _checked_size(file)
        progress.at(Message("sheets.reading", file=file.name))
        request = Request(str(file.absolute()), file.name, encoding, delimiter)
        try:
            answer = self._answer(request, size_bytes, progress)
        except BaseException:
            self.close()
            raise
        if isinstance(answer, Workbook):
            return answer
        if answer.trace:
            _log.info("A parser gave up:\n%s", answer.trace)
            self.close()
        raise AppError(_said_of(answer.key, file.name), **answer.params)

    def _answer(self, request: Request, size_bytes: int, progress: Progress) -> Workbook | Refused:
        pipe = self._ready_pipe()
        assembly = Assembly(request.file_name)
        message = Message("sheets.reading", file=request.file_name)
        try:
            pipe.send_bytes(packed(request))
            for content in self._contents(pipe, limits.seconds_for(size_bytes), request.file_name):
                if content is not None:
                    part = unpacked(content)
                    if isinstance(part, Refused):
                        return part
                    if isinstance(part, Finished):
                        if part.is_tired:
                            self.close()
                        return assembly.workbook(part)
                    assembly.add(part)
                progress.at(message, assembly.row_count)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._death(request.file_name) from error
        raise AssertionError("the reading process neither answered nor died")

    def _contents(self, pipe: Connection, seconds: float, file_name: str) -> Iterator[bytes | None]:
        """What the child sends; ``None`` now and then while it is silent.

        Starting is not the file's fault: a first start on a busy computer gets its own time. Nor
        does a file hang whose child has hardly had the processor.
        """
        deadline = latest = time.monotonic() + limits.STARTING_SECONDS
        begun = 0.0
        while True:
            content = pipe.recv_bytes() if pipe.poll(_LOOK_SECONDS) else None
            if content == BEGUN:
                deadline = time.monotonic() + seconds
                latest = time.monotonic() + limits.MOST_TIMES_AS_LONG * seconds
                begun = self._worked() or 0.0
            else:
                yield content
            now = time.monotonic()
            if now > latest or (now > deadline and not self._has_waited(begun, seconds)):
                key = _said_of("sheets.took_too_long", file_name)
                raise AppError(key, file=file_name, seconds=round(seconds))

    def _worked(self) -> float | None:
        """The processor time of the child so far, in seconds, where the system tells it."""
        process_id = self._process.pid if self._process is not None else None
        return cpu_seconds(process_id) if process_id is not None else None

    def _has_waited(self, begun: float, seconds: float) -> bool:
        """Whether the child, since it had worked ``begun``, has mostly waited for the processor."""
        worked = self._worked()
        return worked is not None and worked - begun < seconds / 2

    def _ready_pipe(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            ours, theirs = multiprocessing.Pipe()
            context = multiprocessing.get_context("spawn")
            self._process = context.Process(
                target=serve, args=(theirs,), name="entrepot-reader", daemon=True
            )
            with main_module_left_out():
                self._process.start()
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _death(self, file_name: str) -> AppError:
        process = self._process
        exit_code = None
        if process is not None:
            process.join(1.0)
            exit_code = process.exitcode
        _log.info("The reading process ended with %s", exit_code)
        if exit_code in (OUT_OF_MEMORY_EXIT, *_ABORTED):
            return AppError(_said_of("sheets.needs_too_much_memory", file_name), file=file_name)
        return AppError(_said_of("sheets.unreadable", file_name), file=file_name)


def _said_of(key: str, file_name: str) -> str:
    """``key``, or what helps instead with cards: no other program saves them as a workbook."""
    is_of_cards = file_name.lower().endswith((".vcf", ".vcard"))
    return _OF_CARDS.get(key, key) if is_of_cards else key


def _checked_size(file: Path) -> int:
    """Bytes of ``file``; raises :class:`AppError` when it can't be opened at all."""
    try:
        with file.open("rb"):
            size_bytes = file.stat().st_size
    except FileNotFoundError as error:
        raise AppError("sheets.no_such_file", file=str(file)) from error
    except IsADirectoryError as error:
        raise AppError("sheets.is_a_folder", file=str(file)) from error
    except OSError as error:
        key = "sheets.is_a_folder" if file.is_dir() else "sheets.not_allowed"
        raise AppError(key, file=str(file)) from error
    if size_bytes > limits.FILE_BYTES:
        raise AppError(
            "sheets.file_too_big",
            file=file.name,
            megabytes=size_bytes // 1_000_000,
            most=limits.FILE_BYTES // 1_000_000,
        )
    return size_bytes
