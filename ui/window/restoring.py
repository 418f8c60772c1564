"""Owns going back to a backup: which one, asked in a dialog, and putting it in the book's place.

Must not have the book open meanwhile; who shows the window closes it before and opens it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QMessageBox,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.folders import default_data
from app.kernel.clock import SystemClock
from app.kernel.messages import Message
from app.trouble import needs_a_backup, trouble_of
from app.upkeep.backups import SUFFIX, Restored, restore
from app.upkeep.shelf import KeptBackup, backups_for
from ui import formats, theme
from ui.buttons import key_button
from ui.context import Context
from ui.icons import icon
from ui.tables import dress
from ui.tasks import Task, Tasks
from ui.words import say, words

_SIZE = (520, 420)
_PROGRESS_WIDTH_PX = 420


class RestoreDialog(QDialog):
    """The automatic backups of a book, the newest first; ``chosen`` is the file once accepted."""

    taken = Signal(Path)

    def __init__(
        self, backups: Sequence[KeptBackup], *, is_sound: bool, parent: QWidget | None = None
    ) -> None:
        """``is_sound`` says whether the book as it is can be backed up before."""
        super().__init__(parent)
        self.chosen: Path | None = None
        self._is_sound = is_sound
        self._backups = backups
        self.setWindowTitle(say("window.restore.title"))
        self.resize(*_SIZE)
        self.table = QTableWidget(len(backups), 2)
        self.buttons = QDialogButtonBox()
        self.restore_button = self.buttons.addButton(
            say("window.restore.restore"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.other_button = key_button(
            "window.restore.other", "Ctrl+O", self, picture="open", run=self.choose_file
        )
        self._fill()
        self._lay_out()

    def _fill(self) -> None:
        table = self.table
        dress(table)
        table.setAccessibleName(say("window.restore.title"))
        table.setHorizontalHeaderLabels([say("window.restore.made_at"), say("window.restore.size")])
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, backup in enumerate(self._backups):
            made_at = QTableWidgetItem(formats.moment(backup.made_at))
            made_at.setToolTip(str(backup.file))
            size = QTableWidgetItem(formats.file_size(backup.size_bytes))
            size.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, 0, made_at)
            table.setItem(row, 1, size)
        table.activated.connect(lambda _index: self.accept())
        table.setVisible(bool(self._backups))
        if self._backups:
            table.selectRow(0)

    def _lay_out(self) -> None:
        kept = "window.restore.kept" if self._is_sound else "window.restore.kept_damaged"
        about = QLabel(f"{say('window.restore.about')} {say(kept)}")
        if not self._backups:
            about.setText(say("window.restore.none"))
        about.setWordWrap(True)
        self.restore_button.setProperty("role", "primary")
        self.restore_button.setIcon(icon("undo", on_accent=True))
        self.restore_button.setEnabled(bool(self._backups))
        self.buttons.addButton(self.other_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.buttons.addButton(say("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(about)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        layout.addWidget(self.buttons)

    def choose_file(self) -> None:
        """Takes a backup that lies elsewhere."""
        name, _filter = QFileDialog.getOpenFileName(
            self, say("window.restore.title"), "", f"Entrepot (*{SUFFIX})"
        )
        if name:
            self._take(Path(name))

    def accept(self) -> None:
        """Takes the backup of the current row."""
        row = self.table.currentRow()
        if 0 <= row < len(self._backups):
            self._take(self._backups[row].file)

    def _take(self, backup: Path) -> None:
        self.chosen = backup
        super().accept()
        self.taken.emit(backup)


def ask_for_backup(context: Context, window: QWidget, leave: Callable[[Path], None]) -> None:
    """Asks which backup the open book shall go back to; ``leave`` gets it and closes the book.

    The book as it is has a backup of its own by then, unless it is too damaged for one.
    """

    def back_up_and_leave(chosen: Path) -> None:
        context.tasks.write(
            window,
            Message("upkeep.backing_up"),
            lambda task: context.desk.upkeep.back_up_automatically(but=chosen, progress=task),
            lambda _made: leave(chosen),
            failed=lambda error: (
                leave(chosen) if needs_a_backup(error) else context.tasks.failed.emit(window, error)
            ),
        )

    def offer(backups: Sequence[KeptBackup]) -> None:
        dialog = RestoreDialog(backups, is_sound=True, parent=window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(back_up_and_leave)
        dialog.open()

    context.tasks.read(window, context.desk.upkeep.automatic_backups, offer)


def mended(error: Exception, folder: Path) -> bool:
    """Tells in a box why the book in ``folder`` does not open; whether opening is worth another try.

    A backup can be put in the place of a damaged book there. Raises a defect of ours anew.
    """
    message = trouble_of(error)
    if message is None:
        raise error
    box = _box(message)
    if needs_a_backup(error):
        box.addButton(say("window.restore.open"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Close)
    box.exec()
    if box.buttonRole(box.clickedButton()) != QMessageBox.ButtonRole.AcceptRole:
        return False
    dialog = RestoreDialog(backups_for(folder, default_data()), is_sound=False)
    dialog.exec()
    if dialog.chosen is not None:
        put_back(dialog.chosen, folder)
    return True


def _box(message: Message) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Warning, say("window.title"), words.text(message))
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def put_back(backup: Path, folder: Path) -> str:
    """Puts ``backup`` in the place of the book in ``folder``, which must be closed.

    Shows how far it is; what to tell once the book is open again, nothing where it could not be
    done, which has been told then.
    """
    dialog = _Restoring(backup, folder)
    dialog.exec()
    dialog.tasks.close()
    if dialog.restored is not None:
        return _told_of(dialog.restored)
    message = trouble_of(dialog.error) if dialog.error is not None else None
    if message is None:
        raise dialog.error or AssertionError("restoring neither ended nor failed")
    _box(message).exec()
    return ""


def _told_of(restored: Restored) -> str:
    done = say("upkeep.restored", path=restored.book)
    kept = say("upkeep.before_kept", path=restored.before) if restored.before else ""
    return f"{done}\n{kept}".strip()


class _Restoring(QDialog):
    """How far restoring is; stays until it is done, since a half restored book would be none."""

    def __init__(self, backup: Path, folder: Path) -> None:
        super().__init__()
        self.restored: Restored | None = None
        self.error: BaseException | None = None
        self._is_done = False
        self.setWindowTitle(say("window.title"))
        self.setMinimumWidth(_PROGRESS_WIDTH_PX)
        self._text, self._bar = QLabel(say("upkeep.reading_backup")), QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(say("window.restore.title"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.LARGE)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(self._text)
        layout.addWidget(self._bar)
        self.tasks = Tasks(self)
        self.tasks.progressed.connect(self._show)
        self.tasks.write(
            self,
            Message("upkeep.restoring"),
            lambda task: restore(backup, folder, now=SystemClock().now(), progress=task),
            self._succeed,
            failed=self._fail,
        )

    def _show(self, task: Task[Restored]) -> None:
        if task.message is not None:
            self._text.setText(words.text(task.message))
        self._bar.setRange(0, task.total)
        self._bar.setValue(task.done)

    def _succeed(self, restored: Restored) -> None:
        self.restored = restored
        self._end()

    def _fail(self, error: BaseException) -> None:
        self.error = error
        self._end()

    def _end(self) -> None:
        self._is_done = True
        self.accept()

    def reject(self) -> None:
        """Escape does not leave it."""
        if self._is_done:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nor does closing its window."""
        event.setAccepted(self._is_done)
