"""Owns the section of a record's page with the files that hang on it: they are listed, opened,
saved and taken off, and come by a dialog, dropped on the page, or pasted.

What is dropped and can be read, a spreadsheet or a message, may be meant as content: then it is asked.
Must not read what hangs on the record; its page does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.files.service import NewFile
from app.files.views import AttachmentView
from app.negotiation.reading.door import ENDINGS
from ui import formats
from ui.changing import change
from ui.context import Context
from ui.files.opening import OpenedFiles
from ui.forms.sections import Line, Section, plain_label
from ui.icons import icon
from ui.keys import IN_SIGHT, INSIDE, give_keys
from ui.words import say

#: Files that the program can read, and does not only keep.
_READABLE = frozenset((*formats.SHEET_ENDINGS, *ENDINGS))


class FilesSection(Section):
    """The files of one record of ``kind``; ``page`` takes what is dropped on it.

    ``readings`` are what else a single spreadsheet can be to the record: a message key and what runs.
    ``pictures`` takes pictures, files or what is pasted, where the record has some of its own.
    """

    def __init__(
        self,
        context: Context,
        kind: str,
        page: QWidget,
        *,
        readings: Sequence[tuple[str, Callable[[Path], object]]] = (),
        pictures: Callable[[Sequence[Path | QImage]], object] | None = None,
    ) -> None:
        self._can_write = not context.desk.is_read_only
        super().__init__(say("files.title"), self.choose if self._can_write else None)
        self._context, self._kind, self._page = context, kind, page
        self._readings, self._pictures = readings, pictures
        self._record_id = -1
        self.opened = OpenedFiles(context, page)
        if self._can_write:
            page.setAcceptDrops(True)
            page.installEventFilter(self)
            give_keys(self.add_button, "Ctrl+Shift+A", owner=page, where=IN_SIGHT)

    def take_pasted(self, within: QWidget) -> None:
        """Takes what is pasted while the focus is ``within`` and nothing there is typed."""
        if self._can_write:
            paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), within)
            paste.setContext(INSIDE)
            paste.activated.connect(self.paste)

    def show_files(self, record_id: int, files: Sequence[AttachmentView]) -> None:
        """Shows the files of the record."""
        self._record_id = record_id
        self.clear()
        for file in files:
            self.add_row(self._line(file))
        if not files and self._can_write:
            self.add_row(plain_label(say("files.none"), role="faint"))

    def _line(self, file: AttachmentView) -> Line:
        told = (formats.file_size(file.size_bytes), formats.moment(file.added_at))
        return Line(
            file.name,
            " · ".join(told),
            open_=partial(self.opened.open, file),
            save=partial(self.opened.save, file),
            delete=partial(self._remove, file) if self._can_write else None,
        )

    # -- changing ---------------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for files and attaches them."""
        dialog = QFileDialog(self, say("files.add"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.attach([Path(name) for name in names]))
        dialog.open()

    def attach(self, paths: Sequence[Path]) -> None:
        """Hangs copies of the files on the record."""
        attach = self._context.desk.files.attach
        self._attach(partial(attach, self._kind, self._record_id, paths), len(paths))

    def paste(self) -> None:
        """Attaches the files on the clipboard, or a picture copied from another program.

        A record with pictures takes pictures as such.
        """
        data = QGuiApplication.clipboard().mimeData()
        if paths := local_files(data):
            if self._pictures is not None and _are_pictures(paths):
                self._pictures(paths)
            else:
                self.attach(paths)
        elif data.hasImage() and not data.hasText():
            image = QGuiApplication.clipboard().image()
            if self._pictures is not None:
                self._pictures([image])
                return
            name = say(
                "files.pasted",
                moment=f"{self._context.desk.clock.now().astimezone():%Y-%m-%d %H.%M.%S}",
            )
            attach = partial(self._context.desk.files.attach_read, self._kind, self._record_id)
            self._attach(lambda: attach([NewFile(f"{name}.png", png(image))]), 1)

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        """Takes files dropped on the page; anything else goes on to the window."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        paths = local_files(event.mimeData()) if isinstance(event, QDropEvent) else []
        if not paths or self._record_id < 0:
            return False
        event.acceptProposedAction()
        if event.type() is not QEvent.Type.Drop:
            return True
        takes_pictures = self._pictures is not None and _are_pictures(paths)
        if takes_pictures or any(path.suffix.lower() in _READABLE for path in paths):
            self._ask(paths, self._page.mapToGlobal(event.position().toPoint()))
        else:
            self.attach(paths)
        return True

    def _ask(self, paths: Sequence[Path], at: QPoint) -> None:
        """Lets the person choose whether the files hang on the record or are read; Escape is neither."""
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._pictures is not None and _are_pictures(paths):
            label = say("pictures.add_here", count=len(paths))
            menu.addAction(icon("picture"), label, partial(self._pictures, paths))
        menu.addAction(
            icon("attachment"),
            say("files.attach_here", count=len(paths)),
            lambda: self.attach(paths),
        )
        if len(paths) == 1 and paths[0].suffix.lower() in formats.SHEET_ENDINGS:
            for key, run in self._readings:
                menu.addAction(icon("price"), say(key), partial(run, paths[0]))
        readable = [path for path in paths if path.suffix.lower() in _READABLE]
        if readable:
            label = say("files.import")
            menu.addAction(icon("import"), label, partial(self._context.open_files, readable))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(at)

    def _attach(self, work: Callable[[], object], count: int) -> None:
        change(self._context, self, work, say("files.attached", count=count))

    def _remove(self, file: AttachmentView) -> None:
        files = self._context.desk.files
        change(self._context, self, lambda: files.remove([file.id]), say("files.removed", count=1))


def local_files(data: QMimeData) -> list[Path]:
    """The files of this computer that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _are_pictures(paths: Sequence[Path]) -> bool:
    return all(path.suffix.lower() in formats.PICTURE_ENDINGS for path in paths)


def png(image: QImage) -> bytes:
    """What is pasted as the bytes of a file; a large one takes a second, so not for the GUI thread."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
