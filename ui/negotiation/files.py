"""Owns opening and saving files that came with a message.

A document or picture is opened as a copy under its cleaned name; everything else is only saved.
Must not decide what may be opened.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.directory.views import AttachmentView
from app.negotiation.opening import may_be_opened
from ui.context import Context
from ui.words import say


class Files(QObject):
    """The files of the messages shown on a page."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._folder = QTemporaryDir()

    def open(self, file: AttachmentView) -> None:
        """Opens a document or picture; asks where to save anything else."""
        if not may_be_opened(file.name):
            self.save(file)
            return
        copy = Path(self._folder.path()) / str(file.id) / file.name

        def make_copy() -> Path:
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(self._context.desk.picture_path(file.sha256), copy)
            return copy

        self._context.tasks.read(
            self,
            make_copy,
            lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def save(self, file: AttachmentView) -> None:
        """Asks where to, and saves the file there."""
        dialog = QFileDialog(self._page, say("deals.save_file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(file.name)
        source = self._context.desk.picture_path(file.sha256)
        dialog.fileSelected.connect(
            lambda target: self._context.tasks.read(
                self,
                lambda: shutil.copyfile(source, target),
                lambda _path: self._context.toast(say("deals.file_saved", file=file.name)),
            )
        )
        dialog.open()
