"""Owns taking mail and chat files in from the window: by a button or dropped on it.

Must not read the files; the service does, in a process of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.kernel.messages import Message
from app.negotiation.import_service import Taken
from app.negotiation.reading.door import ENDINGS
from ui import formats
from ui.changing import change
from ui.context import Context
from ui.tasks import Task
from ui.words import say


def is_message_file(path: Path) -> bool:
    """Whether ``path`` is taken for a mail, a mailbox or a chat."""
    return path.suffix.lower() in ENDINGS


def choose_and_take_in(context: Context, owner: QWidget) -> None:
    """Asks for mail and chat files and takes them in."""
    dialog = QFileDialog(
        owner, say("deals.import"), "", formats.files("deals.message_files", ENDINGS)
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(
        lambda names: take_in(context, owner, [Path(name) for name in names])
    )
    dialog.open()


def take_in(context: Context, owner: QWidget, files: Sequence[Path]) -> None:
    """Imports ``files`` one after the other and shows the thread of the last."""

    def work(task: Task[list[Taken]]) -> list[Taken]:
        return [context.desk.correspondence.import_file(path, progress=task) for path in files]

    def done(all_taken: list[Taken]) -> None:
        added = sum(one.added for one in all_taken)
        there = sum(one.already_there for one in all_taken)
        context.toast(say("negotiation.imported", added=added, already_there=there))
        threads = [thread for one in all_taken for thread in one.threads]
        context.navigation.go("deals", threads[-1] if threads else None)
        undecided = Taken(
            undecided={id_: who for t in all_taken for id_, who in t.undecided.items()}
        )
        if undecided.who:
            ask_who_we_are(context, owner, undecided)

    context.tasks.write(owner, Message("deals.importing"), work, done)


def ask_who_we_are(context: Context, owner: QWidget, taken: Taken) -> None:
    """Asks which of the people in threads that leave it open is us; without an answer all is theirs."""
    dialog = QInputDialog(owner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
    dialog.setWindowTitle(say("deals.who_are_we"))
    dialog.setLabelText(say("deals.who_are_we_why"))
    dialog.setComboBoxItems(taken.who)
    dialog.setTextValue(taken.who[0])
    dialog.setOkButtonText(say("deals.this_is_us"))
    dialog.setCancelButtonText(say("deals.leave_open"))

    def keep(name: str) -> None:
        threads = list(taken.undecided)
        say_so = partial(context.desk.correspondence.say_who_we_are, threads, name)
        change(context, owner, say_so, say("deals.said_who_we_are", name=name))

    dialog.textValueSelected.connect(keep)
    dialog.open()
