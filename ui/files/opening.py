"""Owns opening and saving files that hang on records or came with a message.

A document or picture is opened as a copy under its cleaned name; everything else is only saved.
Must not decide what may be opened.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.files.views import AttachmentView
from app.kernel.file_names import may_be_opened
from ui.context import Context
from ui.opening import open_outside
from ui.words import say


class OpenedFiles(QObject):
    """The files shown on a page; the copies that were opened go with it, or with the program."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._folder: Path | None = None

    def open(self, file: AttachmentView) -> None:
        """Opens a document or picture; asks where to save anything else."""
        if not may_be_opened(file.name):
            self.save(file)
            return
        files = self._context.desk.files

        def make_copy() -> Path:
            own = self._copies() / str(file.id)
            own.mkdir(exist_ok=True)
            return files.save_copy(file.id, own)

        self._context.tasks.read(self, make_copy, open_outside)

    def _copies(self) -> Path:
        """The folder of the copies."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="entrepot-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def save(self, file: AttachmentView) -> None:
        """Asks where to, and saves the file there."""
        dialog = QFileDialog(self._page, say("files.save_as"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.name)
        files = self._context.desk.files
        dialog.fileSelected.connect(
            lambda target: self._context.tasks.read(
                self,
                lambda: files.save_copy(file.id, Path(target)),
                lambda path: self._context.toast(say("files.saved", file=path.name)),
            )
        )
        dialog.open()
