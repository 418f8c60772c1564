"""Owns an import that is written, whatever is looked at meanwhile, and the letting go of what it was planned with.

Must not show anything; the preview does.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Protocol, TypeVar

from PySide6.QtCore import QTimer

from app.kernel.errors import Cancelled
from app.kernel.messages import Message
from app.sheets.service import ImportResult, Preview
from ui.context import Context
from ui.tasks import Task, Tasks

Answer = TypeVar("Answer")


class Waiting(Protocol):
    """A page that waits for an import to be written."""

    def on_written(self, writing: Writing, result: ImportResult | None) -> None:
        """Takes what came of it; nothing of one that was stopped."""

    def on_not_written(self, writing: Writing, error: BaseException) -> None:
        """Takes what was in its way."""


class Writing:
    """An import that is written. What comes of it is told to ``page``, whose place another may take."""

    def __init__(self, context: Context, preview: Preview, page: Waiting) -> None:
        self.preview, self.page = preview, page
        take_in = context.desk.take_in
        # The window itself asks: pages are made anew in another language.
        self._task = context.tasks.write(
            context.tasks,
            Message("sheets.import", name=preview.path.name),
            lambda task: unless_stopped(lambda told: take_in(preview, progress=told), task),
            lambda result: self.page.on_written(self, result),
            failed=lambda error: self.page.on_not_written(self, error),
        )

    def cancel(self) -> None:
        """Stops it; nothing is imported then."""
        self._task.cancel()


def unless_stopped(
    work: Callable[[Task[Answer | None]], Answer], task: Task[Answer | None]
) -> Answer | None:
    """What comes of ``work``; nothing where the person stopped it."""
    try:
        return work(task)
    except Cancelled:
        return None


def let_go(tasks: Tasks, preview: Preview) -> None:
    """Lets go of a preview that is shown no more, away from the window: a large one takes a while.

    In the next turn, when none of the callers holds it: whoever holds a thing last frees it.
    """
    parts = _parts(preview)
    QTimer.singleShot(
        0, tasks, lambda: tasks.read(tasks, lambda: _one_by_one(parts), lambda _nothing: None)
    )


def _parts(preview: Preview) -> list[object]:
    """What a preview holds in great number."""
    plan = preview.plan
    read = (*preview.workbook.sheets, *(table.region for table in preview.sheets))
    cells = chain.from_iterable(each.rows for each in read)
    return [*plan.rows, *plan.companies, *plan.products, *plan.offers, *cells]


def _one_by_one(parts: list[object]) -> None:
    """Lets go of ``parts``: of all at once would stop every thread."""
    while parts:
        parts.pop()
