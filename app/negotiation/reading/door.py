"""Owns the one way into the program for mail and chat files: read in a confined process.

Must not parse anything itself.
"""

from __future__ import annotations

from datetime import tzinfo
from pathlib import Path

from app.kernel.confined import ConfinedDeath, Ending, run_confined
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.negotiation.reading.message import Attachment, MessageKind, Person, ReadFile, ReadMessage

ENDINGS = (".eml", ".mbox", ".msg", ".txt", ".zip")
"""How files of mails and chats are named."""
_ANSWERS = (Attachment, MessageKind, Person, ReadFile, ReadMessage)
_SECONDS = 8.0
_SECONDS_A_MEGABYTE = 0.5


def read_message_file(
    path: Path, *, zone: tzinfo | None = None, progress: Progress = UNWATCHED
) -> ReadFile:
    """All messages of the mail, mailbox or chat file at ``path``.

    ``zone`` is where the phone of a chat export stood, None for where this computer stands.
    Raises ``AppError`` for a file that cannot be read, ``Cancelled`` when ``progress`` says so.
    """
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * _size_bytes(path) / 1_000_000
    try:
        read: ReadFile = run_confined(
            read_file_in,
            str(path.absolute()),
            zone,
            seconds=seconds,
            answers=_ANSWERS,
            message=Message("negotiation.reading", file=path.name),
            progress=progress,
        )
    except ConfinedDeath as death:
        raise _trouble(death.ending, path.name, seconds) from death
    return read


def read_file_in(path: str, zone: tzinfo | None) -> ReadFile:
    """As ``files.read_file``; what the confined process runs."""
    # Only there, where the readers of mails and chats are needed: a window would stand still for them.
    from app.negotiation.reading.files import read_file

    return read_file(Path(path), zone=zone)


def _size_bytes(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except FileNotFoundError as error:
        raise AppError("negotiation.no_such_file", file=str(path)) from error
    except OSError as error:
        raise AppError("negotiation.file_not_allowed", file=str(path)) from error


def _trouble(ending: Ending, file: str, seconds: float) -> AppError:
    if ending is Ending.TOOK_TOO_LONG:
        return AppError("negotiation.took_too_long", file=file, seconds=round(seconds))
    if ending is Ending.TOO_MUCH_MEMORY:
        return AppError("negotiation.needs_too_much_memory", file=file)
    return AppError("negotiation.message_damaged", file=file)
