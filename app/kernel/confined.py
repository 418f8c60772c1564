"""Owns running what takes a foreign file apart in a process of its own, with limits.

The process is ended when it takes too long or grows too big; its death is trouble with the file,
never ours. What comes back is unpickled with a list of allowed names, because the process that
sent it has read a hostile file. Must not know any file format.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import Enum, StrEnum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress

#: Memory a process that reads foreign files may have, in bytes.
MEMORY_BYTES: Final = 800_000_000
#: How such a process ends that needed more.
OUT_OF_MEMORY_EXIT: Final = 77
_LOOK_SECONDS: Final = 0.1
_VALUES: Final = frozenset(
    {
        ("builtins", "frozenset"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
    }
)


class Ending(StrEnum):
    """Why confined work gave no answer."""

    TOOK_TOO_LONG = "took_too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    DIED = "died"


class ConfinedDeath(Exception):
    """The process was ended or died before it answered; ``ending`` says how."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.value)
        self.ending = ending


def run_confined(
    work: Callable[..., object],
    *arguments: object,
    seconds: float,
    answers: Collection[type],
    message: Message,
    progress: Progress = UNWATCHED,
) -> Any:
    """What ``work(*arguments)`` returns, worked out in a process with limits.

    ``work`` is a function of a module; ``answers`` are the classes its answer is built of besides
    plain values. Raises the :class:`AppError` that ``work`` raised, :class:`ConfinedDeath` when
    it broke, took longer than ``seconds`` or too much memory, and ``Cancelled`` when
    ``progress``, told ``message``, says so.
    """
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("spawn")
    process = context.Process(
        target=_serve, args=(theirs, work, arguments), name="entrepot-reader", daemon=True
    )
    with main_module_left_out():
        process.start()
    theirs.close()
    try:
        content = _received(ours, process, seconds=seconds, message=message, progress=progress)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    return _answer(content, answers)


def _received(
    pipe: Connection,
    process: BaseProcess,
    *,
    seconds: float,
    message: Message,
    progress: Progress,
) -> bytes:
    deadline = time.monotonic() + seconds
    try:
        while not pipe.poll(_LOOK_SECONDS):
            progress.at(message)
            if time.monotonic() > deadline:
                raise ConfinedDeath(Ending.TOOK_TOO_LONG)
        return pipe.recv_bytes()
    except (EOFError, OSError) as error:
        process.join(1.0)
        out_of_memory = process.exitcode == OUT_OF_MEMORY_EXIT
        raise ConfinedDeath(Ending.TOO_MUCH_MEMORY if out_of_memory else Ending.DIED) from error


def _answer(content: bytes, answers: Collection[type]) -> Any:
    allowed = _VALUES | {(kind.__module__, kind.__qualname__) for kind in answers}
    try:
        outcome, value = _PlainUnpickler(content, allowed).load()
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError) as error:
        raise ConfinedDeath(Ending.DIED) from error
    if outcome == "refused":
        key, params = value
        raise AppError(key, **params)
    if outcome == "broken":
        raise ConfinedDeath(Ending.DIED)
    return value


class _PlainUnpickler(pickle.Unpickler):
    """Builds values of the allowed kinds only."""

    def __init__(self, content: bytes, allowed: frozenset[tuple[str, str]]) -> None:
        super().__init__(io.BytesIO(content))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> Any:
        """The class asked for; raises :class:`pickle.UnpicklingError` for any other."""
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is not part of the answer")
        return super().find_class(module, name)


class _PlainPickler(pickle.Pickler):
    """Sends members of enumerations by value; some Pythons send a call of ``getattr`` instead."""

    def reducer_override(self, value: object) -> Any:
        """How ``value`` is to be rebuilt."""
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def _pickled(outcome: tuple[str, object]) -> bytes:
    content = io.BytesIO()
    _PlainPickler(content, protocol=5).dump(outcome)
    return content.getvalue()


def _serve(pipe: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """Does the work and sends the outcome; runs in the confined process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory()
    try:
        content = _pickled(("done", work(*arguments)))
    except AppError as error:
        params = {name: _plain(value) for name, value in error.message.params.items()}
        content = _pickled(("refused", (error.message.key, params)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY_EXIT)
    except Exception:
        content = _pickled(("broken", None))
    with contextlib.suppress(OSError):
        pipe.send_bytes(content)


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | type(None)) else str(value)


_starting = threading.Lock()


@contextmanager
def main_module_left_out() -> Iterator[None]:
    """A spawned child imports our main module first, and with it the whole window; ours need not."""
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def limit_memory() -> None:
    """Limits the memory of this process; called once, by the confined process, at its start."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    else:
        threading.Thread(target=_watch_memory, name="memory watch", daemon=True).start()


def memory_bytes() -> int:
    """The memory this process holds, in bytes; 0 where it can't be told."""
    held = 0
    if sys.platform == "win32":
        held = _windows_memory_bytes()
    elif sys.platform == "linux":  # the peak would count what our parent held when it started us
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        held = int(pages) * os.sysconf("SC_PAGE_SIZE")
    else:
        import resource

        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held


def cpu_seconds(process_id: int) -> float | None:
    """The processor time that another process has had so far; ``None`` where the system does not say.

    Linux numbers the clocks of processes by their ids.
    """
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime((~process_id << 3) | 2)
    except OSError:
        return None


def _watch_memory() -> None:
    while memory_bytes() <= MEMORY_BYTES:
        time.sleep(0.1)
    os._exit(OUT_OF_MEMORY_EXIT)


def _windows_memory_bytes() -> int:
    import ctypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows API."""

        _fields_ = [
            ("cb", ctypes.c_ulong),
            ("page_faults", ctypes.c_ulong),
            *((f"bytes_{index}", ctypes.c_size_t) for index in range(8)),
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    library = ctypes.CDLL("kernel32")
    library.GetCurrentProcess.restype = ctypes.c_void_p
    library.K32GetProcessMemoryInfo.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    library.K32GetProcessMemoryInfo(
        library.GetCurrentProcess(), ctypes.byref(counters), counters.cb
    )
    return int(counters.bytes_0)
