"""Owns taking the names of a large sheet apart in a process of its own, while this one reads its cells.

What comes back is only remembered: a name that is not among it is taken apart when it is asked for.
Must not know rows or columns.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from app.directory.names import FoldedName, folded_name, is_remembered, remember_names
from app.kernel.errors import Cancelled
from app.kernel.workers import WorkerDied, all_done
from app.sheets.cells.reading import tidy

#: Fewer are taken apart sooner than a process starts.
_WORTH_A_PROCESS: Final = 5_000
#: Taking in more at once would hold up the window's thread.
_NAMES_AT_ONCE: Final = 4_000
_LOOK_SECONDS: Final = 0.1

_log = logging.getLogger(__name__)


@contextmanager
def names_aside(texts: Iterable[str]) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Has the names ``texts`` of cells taken apart, where many are not remembered yet.

    What is yielded waits until they are remembered, and calls what it is given again and again
    meanwhile. The process ends with the context.
    """
    unknown = [text for text in dict.fromkeys(texts) if not is_remembered(text)]
    if len(unknown) < _WORTH_A_PROCESS:
        yield lambda _told: None
        return
    over = threading.Event()
    folding = threading.Thread(target=_fold, args=(unknown, over), name="names aside", daemon=True)

    def wait(told: Callable[[], None]) -> None:
        while folding.is_alive():
            told()
            folding.join(_LOOK_SECONDS)

    folding.start()
    try:
        yield wait
    finally:
        over.set()
        folding.join()


def _fold(texts: Sequence[str], over: threading.Event) -> None:
    """Remembers what the other process makes of ``texts``; where it dies, nothing."""

    def told(_count: int) -> None:
        if over.is_set():
            raise Cancelled

    starts = range(0, len(texts), _NAMES_AT_ONCE)
    tasks = [(folded_names, (texts[start : start + _NAMES_AT_ONCE],)) for start in starts]
    try:
        for names in all_done(tasks, told, processes=1, nicer=0):
            remember_names(names)
    except WorkerDied as trouble:
        _log.warning("names are taken apart here, not aside: %s", trouble)
    except Cancelled:
        return


def folded_names(texts: Sequence[str], _tell: Callable[[], None]) -> dict[str, FoldedName]:
    """The names in ``texts`` as :func:`folded_name` has them; alike parts are one object."""
    shared: dict[object, frozenset[str]] = {}
    found = {}
    for text in map(tidy, texts):
        name = folded_name(text)
        found[text] = name._replace(business=shared.setdefault(name.business, name.business))
    return found
