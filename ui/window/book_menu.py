"""Owns what the window offers for the book's health: check, backup, and backups now and then.

Must not restore: a book that is open can't be replaced; ``restoring`` does it when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.kernel.messages import Message
from ui.context import Context
from ui.icons import icon
from ui.opening import tell_written
from ui.words import say

if TYPE_CHECKING:
    from app.upkeep.service import CheckResult

#: How often a changed book is backed up while the window is open.
BACK_UP_EVERY_MS = 30 * 60 * 1000


def add_book_actions(menu: QMenu, context: Context, window: QWidget) -> None:
    """Adds the actions to a menu of the window."""
    for label, picture, run in BOOK_ACTIONS:
        action = menu.addAction(icon(picture), say(label))
        action.triggered.connect(lambda _on=False, run=run: run(context, window))


def check_book(context: Context, window: QWidget) -> None:
    """Checks the book in the background and says what is wrong, with a button to repair it."""
    _check(context, window, repair=False)


def _check(context: Context, window: QWidget, *, repair: bool) -> None:
    context.tasks.write(
        window,
        Message("window.book.check"),
        lambda task: context.desk.upkeep.check(repair=repair, progress=task),
        lambda results: _tell(context, window, results),
    )


def _tell(context: Context, window: QWidget, results: tuple[CheckResult, ...]) -> None:
    left = sum(result.found - result.repaired for result in results)
    if not left:
        context.toast(say("window.book.sound"))
        return
    context.toast(
        say("window.book.faults", count=left),
        say("window.book.repair"),
        lambda: _check(context, window, repair=True),
    )


def ask_and_back_up(context: Context, window: QWidget) -> None:
    """Asks for a file and writes the backup to it."""
    from app.upkeep.backups import SUFFIX

    desk = context.desk
    offered = f"{desk.folder.name} {desk.clock.today()}{SUFFIX}"
    name, _filter = QFileDialog.getSaveFileName(
        window, say("window.book.back_up"), offered, f"Entrepot (*{SUFFIX})"
    )
    if name:
        target = Path(name)
        if target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        context.tasks.long_read(
            window,
            Message("upkeep.backing_up"),
            lambda task: desk.upkeep.back_up(target, progress=task),
            lambda made: tell_written(
                context, say("upkeep.backed_up", path=made.file), made.file.parent
            ),
        )


def back_up_now_and_then(context: Context, owner: QObject) -> QTimer:
    """Backs the book up every half hour, where it changed, into the user's data folder."""
    timer = QTimer(owner, interval=BACK_UP_EVERY_MS)
    timer.timeout.connect(
        lambda: context.tasks.long_read(
            owner,
            Message("upkeep.backing_up"),
            lambda task: context.desk.upkeep.back_up_automatically(progress=task),
        )
    )
    timer.start()
    return timer


#: What can be done with the book as a whole: its words, its picture, and what runs.
BOOK_ACTIONS: tuple[tuple[str, str, Callable[[Context, QWidget], None]], ...] = (
    ("window.book.check", "ok", check_book),
    ("window.book.back_up", "book", ask_and_back_up),
)
