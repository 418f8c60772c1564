"""Owns showing a mail's formatted text without reaching for anything outside the book.

Only parts of the same mail, named by ``cid:``, are shown; files, network paths and addresses are
never loaded, and links are not followed. Must not sanitise; what it is given is sanitised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QColor, QImage, QImageReader, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

#: A picture larger than this is not unpacked into memory.
_MAX_PIXELS = 40_000_000


class MailBrowser(QTextBrowser):
    """The formatted text of one mail."""

    def __init__(
        self,
        parts: Mapping[str, str],
        path_of: Callable[[str], Path],
        parent: QWidget | None = None,
    ) -> None:
        """``parts`` are the mail's own pictures: ``Content-ID`` → hash of the content."""
        super().__init__(parent)
        self._parts = parts
        self._path_of = path_of
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.refused: list[str] = []

    def loadResource(self, kind: int, name: QUrl) -> object:
        """A picture of the same mail; for everything else an empty answer, never none.

        Qt reads the file itself where the answer is none.
        """
        if int(kind) != QTextDocument.ResourceType.ImageResource.value:
            self.refused.append(name.toString())
            return QByteArray(b" ")
        sha256 = self._parts.get(name.path()) if name.scheme() == "cid" else None
        image = QImage() if sha256 is None else _picture(self._path_of(sha256))
        if image.isNull():
            self.refused.append(name.toString())
            return _nothing()
        return image


def _picture(path: Path) -> QImage:
    reader = QImageReader(str(path))
    size = reader.size()
    if size.width() * size.height() > _MAX_PIXELS:
        return QImage()
    return reader.read()


def _nothing() -> QImage:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    return image
