"""Owns the channels that are offered when an inquiry is taken: known ones, the user's own, those in use.

A channel is its name; taking one off changes no inquiry. Must not know what the known ones are called
elsewhere; ``app.inquiries.fields`` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.forms import choice_named
from app.inquiries.fields import CHANNEL, CHANNELS
from app.kernel.errors import AppError
from app.kernel.text import clean, fold
from database.book import Book, WriteScope
from database.records import InquiryRecord, SettingRecord

_SETTING = "inquiries.channels"
_OTHER_WORDS = frozenset(fold(words) for words, _ in CHANNEL.also)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way inquiries come, and how many came that way."""

    name: str
    inquiries: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the user made of the known channels: ``renamed`` leads from former names to those of now."""

    own: Sequence[str] = ()
    off: Sequence[str] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


class Channels:
    """The channels of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def all(self) -> tuple[Channel, ...]:
        """Those that are offered: the known ones first, then the user's own and others in use."""
        with self._book.read() as session:
            kept, used = _kept(session), _used(session)
        names = dict.fromkeys((*CHANNELS, *kept.own, *sorted(used)))
        return tuple(Channel(name, used.get(name, 0)) for name in names if name not in kept.off)

    def now_called(self, name: str) -> str:
        """What the channel that was called ``name`` is called now."""
        with self._book.read() as session:
            return names_now(session).get(name, name)

    def add(self, name: str, *, initiator: object = None) -> None:
        """Offers another channel, or one again that was taken off."""
        added = _checked(name)
        alike = (one.name for one in self.all() if fold(one.name) == fold(added))
        if (known := next(alike, None)) is not None:
            raise AppError("inquiries.channel_known", name=known)
        with self._book.write("inquiries.add_channel", initiator=initiator, name=added) as scope:
            _keep(scope, _with(_without(_kept(scope), added), own=added))

    def rename(self, name: str, to: str, *, initiator: object = None) -> None:
        """Gives a channel another name, in all inquiries that came by it, too.

        Raises ``AppError`` for another word that means the channel already.
        """
        name, new = self._existing(name), _checked(to)
        if new == name:
            if fold(clean(to)) in _OTHER_WORDS:
                raise AppError("inquiries.channel_keeps_name", word=clean(to).strip(), name=name)
            return
        with self._book.write(
            "inquiries.rename_channel", initiator=initiator, name=name, to=new
        ) as scope:
            kept = _without(_kept(scope), name, new)
            former = {old: new if now == name else now for old, now in kept.renamed.items()}
            _keep(scope, replace(_with(kept, own=new, off=name), renamed={**former, name: new}))
            came_by = update(InquiryRecord).where(InquiryRecord.channel == name)
            scope.execute(came_by.values(channel=new))

    def remove(self, name: str, *, initiator: object = None) -> None:
        """Offers a channel no longer; inquiries that came by it keep it."""
        name = self._existing(name)
        with self._book.write("inquiries.remove_channel", initiator=initiator, name=name) as scope:
            _keep(scope, _with(_without(_kept(scope), name), off=name))

    def _existing(self, name: str) -> str:
        """The channel that is called so in any language; raises ``AppError`` where none is offered."""
        found = choice_named(CHANNEL, name.strip())
        if found not in {one.name for one in self.all()}:
            raise AppError("inquiries.no_such_channel", name=name)
        return found


def names_now(session: Session) -> Mapping[str, str]:
    """Former names of channels, each with what the channel is called now."""
    return _kept(session).renamed


def _checked(name: str) -> str:
    cleaned = clean(name).strip()
    if not cleaned:
        raise AppError("inquiries.channel_without_name")
    return choice_named(CHANNEL, cleaned)


def _kept(session: Session) -> _Kept:
    stored = session.scalar(select(SettingRecord.value).where(SettingRecord.name == _SETTING))
    return _Kept(**(stored or {}))


def _used(session: Session) -> dict[str, int]:
    channel = InquiryRecord.channel
    rows = session.execute(select(channel, func.count()).group_by(channel))
    return {name: count for name, count in rows if name}


def _keep(scope: WriteScope, kept: _Kept) -> None:
    record = scope.scalar(select(SettingRecord).where(SettingRecord.name == _SETTING))
    if record is None:
        record = SettingRecord(name=_SETTING, value={})
        scope.add(record)
    record.value = asdict(kept)


def _with(kept: _Kept, *, own: str = "", off: str = "") -> _Kept:
    """``kept`` with one channel more of the user's own, where it is no known one, and one taken off."""
    added = [own] if own and own not in CHANNELS else []
    return replace(kept, own=[*kept.own, *added], off=[*kept.off, *([off] if off else [])])


def _without(kept: _Kept, *names: str) -> _Kept:
    """``kept`` as if nothing had been done to the channels called ``names``."""
    return _Kept(
        own=[name for name in kept.own if name not in names],
        off=[name for name in kept.off if name not in names],
        renamed={old: now for old, now in kept.renamed.items() if old not in names},
    )
