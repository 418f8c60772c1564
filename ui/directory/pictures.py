"""Owns the section of a record's page with its pictures: they are shown large, added by a dialog,
dropped or pasted, removed, and put in order; the first is the main one.

Must not decode what is added in the window: the service does, in a process with limits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.directory.views import PictureView
from app.history.service import Operation
from app.kernel.messages import Message
from app.kernel.progress import Progress
from ui import formats, theme
from ui.changing import change, offer_undo, with_step
from ui.context import Context
from ui.directory.large_picture import LargePicture
from ui.files.section import local_files, png
from ui.forms.flow import Flow
from ui.forms.sections import Section, empty, more_button, plain_label
from ui.icons import icon
from ui.keys import IN_SIGHT, OwnKeys, give_keys
from ui.lists.delegates import Thumbnails
from ui.words import say

MAIN_PX, OTHER_PX = 132, 84
_MORE_PX = 22


class PictureTile(QToolButton):
    """One picture; Enter shows it large, Delete removes it, Ctrl with an arrow moves it."""

    def __init__(self, picture: PictureView, px: int) -> None:
        super().__init__()
        self.picture = picture
        self.setProperty("role", "tile")
        self.setFixedSize(px, px)
        self.setIconSize(QSize(px - 2 * theme.TINY, px - 2 * theme.TINY))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)


class PictureSection(Section):
    """The pictures of one record of ``kind``; ``page`` is the page it stands on."""

    def __init__(self, context: Context, kind: str, page: QWidget) -> None:
        self._can_write = not context.desk.is_read_only
        super().__init__(say("pictures.title"), self.choose if self._can_write else None)
        self._context, self._kind = context, kind
        self._record_id = -1
        self._pictures: tuple[PictureView, ...] = ()
        self._focus_on: int | None = None
        self._thumbnails = Thumbnails(context.tasks, self)
        self._thumbnails.ready.connect(self._paint)
        self._place = QWidget()
        self._tiles = Flow(self._place, gap_px=theme.TINY)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self.add_row(self._place)
        self._none = plain_label(say("pictures.none"), role="faint")
        self.add_row(self._none)
        if self._can_write:
            self.setAcceptDrops(True)
            self.installEventFilter(self)
            give_keys(self.add_button, "Ctrl+Shift+P", owner=page, where=IN_SIGHT)

    def show_pictures(self, record_id: int, pictures: Sequence[PictureView]) -> None:
        """Shows the pictures of the record."""
        is_another = record_id != self._record_id
        self._record_id = record_id
        self.setVisible(bool(pictures) or self._can_write)
        self._none.setVisible(not pictures)
        self._place.setVisible(bool(pictures))
        if is_another or tuple(pictures) != self._pictures:
            self._pictures = tuple(pictures)
            empty(self._tiles, self._place)
            for number, picture in enumerate(self._pictures):
                self._tiles.addWidget(self._tile(number, picture))
        self._paint()
        self._focus_moved()

    @property
    def tiles(self) -> list[PictureTile]:
        """The pictures as shown, the main one first."""
        found = (self._tiles.itemAt(place) for place in range(self._tiles.count()))
        return [one.widget() for one in found if one and isinstance(one.widget(), PictureTile)]

    def _tile(self, number: int, picture: PictureView) -> PictureTile:
        count = len(self._pictures)
        tile = PictureTile(picture, OTHER_PX if number else MAIN_PX)
        tile.setIcon(icon("picture"))
        nth = "pictures.nth" if number or count == 1 else "pictures.nth_main"
        tile.setAccessibleName(say(nth, number=number + 1, count=count))
        if self._context.desk.picture_path(picture.sha256).is_file():
            tile.setToolTip(say("pictures.show" if number or count == 1 else "pictures.main_is"))
        else:
            tile.setToolTip(say("pictures.missing"))
            tile.setAccessibleDescription(say("pictures.missing"))
        tile.clicked.connect(partial(self._show_large, number))
        keys: dict[str, Callable[[], object]] = {"Return": tile.click, "Enter": tile.click}
        if self._can_write:
            more = more_button(self._entries(number))
            more.setParent(tile)
            more.setProperty("role", "on-picture")
            more.setFixedSize(_MORE_PX, _MORE_PX)
            more.move(tile.width() - _MORE_PX, 0)
            more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.customContextMenuRequested.connect(partial(self._open_menu, tile, more.menu()))
            keys["Del"] = partial(self._remove, picture)
            keys["Ctrl+Left"] = partial(self._move, number, number - 1)
            keys["Ctrl+Right"] = partial(self._move, number, number + 1)
        OwnKeys(tile, keys)
        return tile

    def _entries(self, number: int) -> list[tuple[str, Callable[[], object]]]:
        entries: list[tuple[str, Callable[[], object]]] = [
            ("pictures.show", partial(self._show_large, number))
        ]
        if number:
            entries.append(("pictures.make_main", partial(self._move, number, 0)))
            entries.append(("pictures.earlier", partial(self._move, number, number - 1)))
        if number < len(self._pictures) - 1:
            entries.append(("pictures.later", partial(self._move, number, number + 1)))
        entries.append(("window.delete", partial(self._remove, self._pictures[number])))
        return entries

    def _open_menu(self, tile: PictureTile, menu: QMenu, at: QPoint) -> None:
        menu.popup(tile.mapToGlobal(at))

    def _paint(self) -> None:
        ratio = self.devicePixelRatioF()
        for tile in self.tiles:
            path = self._context.desk.picture_path(tile.picture.sha256)
            pixmap = self._thumbnails.get(path, round(tile.iconSize().width() * ratio))
            if isinstance(pixmap, QPixmap):
                tile.setIcon(pixmap)

    def _focus_moved(self) -> None:
        for tile in self.tiles:
            if tile.picture.id == self._focus_on:
                tile.setFocus()
        self._focus_on = None

    def _show_large(self, number: int) -> None:
        dialog = LargePicture(self._context, self._pictures, number, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # -- changing ---------------------------------------------------------------------------

    def choose(self) -> None:
        """Asks for files and adds them."""
        dialog = QFileDialog(self, say("pictures.choose"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(say("pictures.kinds"))
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def add(self, given: Sequence[Path | QImage]) -> None:
        """Adds pictures, files or what was pasted, behind those of the record."""
        desk, kind, record_id = self._context.desk, self._kind, self._record_id

        def work(task: Progress) -> tuple[int, ...]:
            stored = [png(one) if isinstance(one, QImage) else one for one in given]
            return desk.pictures.add(kind, record_id, stored, progress=task)

        def done(made: tuple[tuple[int, ...], Operation | None]) -> None:
            told = say("pictures.added", count=len(made[0]))
            offer_undo(self._context, self, made[1], told)

        self._context.tasks.write(
            self,
            Message("pictures.reading"),
            lambda task: with_step(desk, lambda: work(task)),
            done,
        )

    def _remove(self, picture: PictureView) -> None:
        remove = partial(self._context.desk.pictures.remove, [picture.id])
        change(self._context, self, remove, say("pictures.removed", count=1))

    def _move(self, number: int, place: int) -> None:
        if 0 <= place < len(self._pictures):
            self._focus_on = self._pictures[number].id
            move = partial(self._context.desk.pictures.move, self._focus_on, place)
            change(self._context, self, move, say("pictures.moved"))

    def eventFilter(self, _section: QObject, event: QEvent) -> bool:
        """Takes pictures dropped on the section; anything else goes on to the page."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        paths = local_files(event.mimeData()) if isinstance(event, QDropEvent) else []
        if not paths or any(path.suffix.lower() not in formats.PICTURE_ENDINGS for path in paths):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.add(paths)
        return True
