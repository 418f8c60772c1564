"""Owns reading pictures that come by themselves, as files or pasted, in a process with limits.

Must not decode them here, and must not keep them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.kernel.confined import ConfinedDeath, run_confined
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.sheets.reading import limits

if TYPE_CHECKING:
    from app.sheets.reading.pictures import SafePicture

_SECONDS: Final = 10.0
_SECONDS_EACH: Final = 5.0


def safe_pictures(
    stored: Sequence[Path | bytes], *, progress: Progress = UNWATCHED
) -> list[SafePicture | None]:
    """Pictures from outside, files or their contents, encoded anew; ``None`` for what is none we show.

    Where the process dies, all are. Raises ``Cancelled``.
    """
    from app.sheets.reading.pictures import SafePicture

    try:
        made: list[SafePicture | None] = run_confined(
            _all_safe,
            tuple(stored),
            seconds=_SECONDS + _SECONDS_EACH * len(stored),
            answers=(SafePicture,),
            message=Message("pictures.reading"),
            progress=progress,
        )
    except ConfinedDeath:
        return [None] * len(stored)
    return made


def _all_safe(stored: tuple[Path | bytes, ...]) -> list[SafePicture | None]:
    from app.sheets.reading.pictures import safe

    return [safe(partial(_content, one)) for one in stored]


def _content(stored: Path | bytes) -> bytes:
    """The bytes of a picture; of one too large no more than tells that."""
    if isinstance(stored, bytes):
        return stored
    with stored.open("rb") as file:
        return file.read(limits.PICTURE_BYTES + 1)
