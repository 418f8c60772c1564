"""Owns a picture shown large, one after the other with the arrow keys.

Must not change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from app.directory.views import PictureView
from ui import theme
from ui.context import Context
from ui.lists.delegates import scaled
from ui.words import say

_OF_WINDOW = 0.8


class LargePicture(QDialog):
    """One of ``pictures``, as large as the window of ``parent`` has room for."""

    def __init__(
        self, context: Context, pictures: Sequence[PictureView], number: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._pictures = context, pictures
        self.number = number
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.picture.setMinimumSize(theme.ROW_HEIGHT, theme.ROW_HEIGHT)
        self._image = QImage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SMALL, theme.SMALL, theme.SMALL, theme.SMALL)
        layout.addWidget(self.picture)
        self.resize(parent.window().size() * _OF_WINDOW)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go to the next picture and back; Enter closes, as Escape does."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and 0 <= self.number + step < len(self._pictures):
            self.number += step
            self._show()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the picture to the room there is."""
        super().resizeEvent(event)
        self._paint()

    def _show(self) -> None:
        told = say("pictures.nth", number=self.number + 1, count=len(self._pictures))
        self.setWindowTitle(told)
        self.picture.setAccessibleName(told)
        path = self._context.desk.picture_path(self._pictures[self.number].sha256)
        screen = self.screen().size() * self.devicePixelRatioF()
        most = max(screen.width(), screen.height())
        if not path.is_file():
            self._image = QImage()
            self.picture.setText(say("pictures.missing"))
            return
        self._context.tasks.read(self, lambda: scaled(path, most), partial(self._keep, self.number))

    def _keep(self, number: int, image: QImage) -> None:
        if number == self.number:
            self._image = image
            self._paint()

    def _paint(self) -> None:
        """Shows the picture as it fits."""
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        fitted = QPixmap.fromImage(self._image).scaled(
            self.picture.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self.picture.setPixmap(fitted)
