"""Owns how cells of a list are painted and edited where text alone will not do: pictures, choices.

Must not read the database; small pictures are made off the GUI thread and cached.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.fields import Field
from ui.forms.editors import FieldEditor
from ui.lists.model import PICTURE
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture that is no file yet: its bytes as this program encodes them."""

    data: bytes


class Thumbnails(QObject):
    """Small pictures by source and size, read in the background."""

    ready = Signal()

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._asked: set[str] = set()

    def get(self, source: Path | Encoded, size_px: int) -> QPixmap | None:
        """The picture, or ``None`` until :attr:`ready` tells that it is there."""
        key = f"{source if isinstance(source, Path) else hash(source)}:{size_px}"
        pixmap = QPixmapCache.find(key)
        if pixmap is not None and not pixmap.isNull():
            return pixmap
        if key not in self._asked:
            self._asked.add(key)
            self._tasks.read(
                self, lambda: scaled(source, size_px), lambda image: self._keep(key, image)
            )
        return None

    def _keep(self, key: str, image: QImage) -> None:
        self._asked.discard(key)
        QPixmapCache.insert(key, QPixmap.fromImage(image) if not image.isNull() else QPixmap(1, 1))
        self.ready.emit()


def scaled(source: Path | Encoded, size_px: int) -> QImage:
    """The picture of ``source``, fitted into a square of ``size_px``; not for the GUI thread."""
    buffer = QBuffer()
    if isinstance(source, Encoded):
        buffer.setData(QByteArray(source.data))
        reader = QImageReader(buffer)
    else:
        reader = QImageReader(str(source))
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    full = reader.size()
    if full.isValid():
        fitted = full.scaled(size_px, size_px, Qt.AspectRatioMode.KeepAspectRatio)
        # A strip, one pixel wide, would have no width at all.
        reader.setScaledSize(fitted.expandedTo(QSize(1, 1)))
    return reader.read()


class PictureDelegate(QStyledItemDelegate):
    """Paints a record's picture, fitted into the cell."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        super().paint(painter, option, index)
        source = index.data(PICTURE)
        if source is None:
            return
        rect = option.rect.adjusted(3, 3, -3, -3)
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        side = min(rect.width(), rect.height())
        pixmap = self._thumbnails.get(source, round(side * ratio))
        if pixmap is not None:
            size = pixmap.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
            size = size.expandedTo(QSize(1, 1))
            x = rect.x() + (rect.width() - size.width()) // 2
            y = rect.y() + (rect.height() - size.height()) // 2
            painter.drawPixmap(x, y, size.width(), size.height(), pixmap)


class FieldDelegate(QStyledItemDelegate):
    """Edits a cell by its field: one that knows names offers them, everything else as text.

    ``offer`` hands an editor other names than those known beforehand.
    """

    def __init__(
        self,
        field: Field,
        parent: QObject | None = None,
        *,
        offer: Callable[[FieldEditor], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._offer = offer

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        if not self._field.choices:
            return QLineEdit(parent)
        editor = FieldEditor(self._field, parent)
        editor.setParent(editor.widget)
        if self._offer is not None:
            self._offer(editor)
        return editor.widget

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        chosen = editor.findChild(FieldEditor)
        if chosen is not None:
            chosen.set_value(value)
        else:
            editor.setText("" if value is None else str(value))

    def setModelData(self, editor: QWidget, model: QObject, index: QModelIndex) -> None:
        chosen = editor.findChild(FieldEditor)
        value = chosen.value() if chosen is not None else editor.text()
        if ("" if value is None else value) != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, value)
