"""Owns the way of pictures out of a file: each stored picture checked once and sent once.

Must not know where a format keeps its pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Final

from app.sheets.reading import limits
from app.sheets.reading.drafts import Notice, PictureDraft, SheetDraft
from app.sheets.reading.wire import PictureFound

if TYPE_CHECKING:
    from app.sheets.reading.pictures import SafePicture

_AT_ONCE: Final = 16
_THREADS: Final = 4


class PictureParts:
    """The pictures of one file on their way; remembers which bytes were sent under which number."""

    def __init__(self) -> None:
        self._sent: dict[str, tuple[int, str] | None] = {}
        self._bytes = 0
        self._count = 0
        self._left_out = 0
        self._unreadable = 0

    def of(self, sheet: SheetDraft) -> Iterator[PictureFound]:
        """The parts for the pictures of ``sheet``; the codecs run several at once."""
        drafts = iter(sheet.pictures)
        first = list(islice(drafts, _AT_ONCE))
        if not first:
            return
        with ThreadPoolExecutor(_THREADS) as threads:
            batch = first
            while batch:
                yield from self._batch(batch, threads)
                batch = list(islice(drafts, _AT_ONCE))

    def warnings(self) -> list[Notice]:
        """What the person should know about pictures that are not there."""
        found: list[Notice] = []
        if self._left_out:
            found.append(("sheets.pictures_left_out", {"count": self._left_out}))
        if self._unreadable:
            found.append(("sheets.pictures_unreadable", {"count": self._unreadable}))
        return found

    def _batch(
        self, batch: list[PictureDraft], threads: ThreadPoolExecutor
    ) -> Iterator[PictureFound]:
        from app.sheets.reading.pictures import safe

        fresh: dict[str, PictureDraft] = {}
        if self._bytes < limits.ALL_PICTURES_BYTES:
            fresh = {draft.source: draft for draft in batch if draft.source not in self._sent}
        made: dict[str, SafePicture | None] = dict(
            zip(fresh, threads.map(safe, (draft.load for draft in fresh.values())), strict=True)
        )
        for draft in batch:
            part = self._part(draft, made)
            if part is not None:
                yield part

    def _part(
        self, draft: PictureDraft, made: dict[str, SafePicture | None]
    ) -> PictureFound | None:
        """The part for ``draft``, with its bytes when they were not sent before."""
        data: bytes | None = None
        self._count += 1
        if draft.source not in self._sent:
            if draft.source not in made or self._count > limits.PICTURES:
                self._left_out += 1
                return None
            picture = made[draft.source]
            number = len(self._sent)
            self._sent[draft.source] = None if picture is None else (number, picture.media_type)
            if picture is not None:
                data = picture.data
                self._bytes += len(data)
        known = self._sent[draft.source]
        if known is None:
            self._unreadable += 1
            return None
        number, media_type = known
        return PictureFound(
            draft.row, draft.column, draft.kind, media_type, number, data, draft.described
        )
