"""Owns the zip that a phone makes of a chat: its text, and the pictures and files named in it.

Must not trust the archive: so many entries, so many bytes of each and of all, nothing is unpacked to
the disk. Must not read the text; :mod:`files` does.
"""

from __future__ import annotations

import mimetypes
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import BinaryIO

from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.negotiation.reading import limits
from app.negotiation.reading.message import Attachment, ReadMessage

ZIP_MARK = b"PK\x03\x04"
_MOST_ENTRIES = 20_000
_ENDING = ".txt"
#: The name iOS gives the text; Android names it after the chat.
_USUAL = "_chat.txt"
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


class ChatZip:
    """An exported chat with its media; opened for as long as it is read."""

    def __init__(self, stream: BinaryIO, *, file: str) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(stream)
        except _TROUBLES as error:
            raise AppError("negotiation.not_a_message_file", file=file) from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > _MOST_ENTRIES:
            raise AppError("negotiation.too_many_messages", file=file, limit=_MOST_ENTRIES)
        self._infos: Mapping[str, zipfile.ZipInfo] = {_bare(i.filename): i for i in infos}
        self._room = limits.MAX_FILE_BYTES

    def text(self) -> bytes:
        """The chat itself; raises ``AppError`` where no text is in the archive."""
        names = [name for name in self._infos if name.lower().endswith(_ENDING)]
        if not names:
            raise AppError("negotiation.not_a_message_file", file=self._file)
        usual = [name for name in names if name == _USUAL]
        largest = max(names, key=lambda name: self._infos[name].file_size)
        content = self._read(usual[0] if usual else largest, limits.MAX_CHAT_BYTES)
        if content is None:
            megabytes = limits.MAX_CHAT_BYTES >> 20
            raise AppError("negotiation.file_too_large", file=self._file, megabytes=megabytes)
        return content

    def with_media(self, message: ReadMessage) -> ReadMessage:
        """``message`` with the content of the files it names, as far as they are in the archive."""
        if not message.attachments:
            return message
        return replace(message, attachments=tuple(map(self._kept, message.attachments)))

    def _kept(self, attachment: Attachment) -> Attachment:
        name = next((n for n in self._infos if clean_name(n) == attachment.name), None)
        content = self._read(name, limits.MAX_ATTACHMENT_BYTES) if name else None
        if content is None or name is None:
            return attachment
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return replace(attachment, content=content, media_type=media_type)

    def _read(self, name: str, limit: int) -> bytes | None:
        """The entry, or None where it is larger than ``limit`` or than what is left for all."""
        limit = min(limit, self._room)
        try:
            with self._zip.open(self._infos[name]) as stream:
                content = stream.read(limit + 1)
        except _TROUBLES as error:
            raise AppError("negotiation.message_damaged", file=self._file) from error
        if len(content) > limit:
            return None
        self._room -= len(content)
        return content


def _bare(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
