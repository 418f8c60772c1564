"""Owns search as the rest of the program sees it: open, update, find and complete, rebuild.

Must not raise for anything typed, nor for a damaged index: it is dropped and built anew while the
book itself answers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.errors import Cancelled
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.syllables import syllables
from app.query.parts import words_and_rest
from app.query.tree import is_plain
from app.search import analysis
from app.search.documents import KINDS, THREAD, Card, DocumentSource
from app.search.glossary import Glossary, shipped
from app.search.indexing import Courtesy, Indexing
from app.search.known_fields import ConditionFailed, KnownFields
from app.search.needs import Need, needs_of
from app.search.planner import (
    ANYWHERE,
    Found,
    Walk,
    complete_into,
    complete_kinds,
    complete_synonyms,
    complete_words,
    settled,
)
from app.search.results import Completion, Hit, Request, Result
from app.search.segments import DamagedIndex, SearchIndex, Snapshot
from app.search.showing import matched_title
from app.search.standing import Standing

if TYPE_CHECKING:
    from app.search.answering import Answering

_log = logging.getLogger(__name__)


class SearchEngine:
    """Search over one book. Any thread may search; one at a time writes."""

    def __init__(
        self, folder: Path, source: DocumentSource, glossary: Callable[[], Glossary] = shipped
    ) -> None:
        self._standing = Standing(folder)
        self._source = source
        self._glossary = glossary
        self._courtesy = Courtesy()
        self._indexing = Indexing(source, self._courtesy)
        self._writing = threading.Lock()
        self._index: SearchIndex | None = None
        self._snapshot: Snapshot | None = None
        self._fields = KnownFields()
        self._is_kept_ready = False

    @property
    def folder(self) -> Path:
        """Where the index lives."""
        return self._standing.folder

    def know_fields(self, fields: KnownFields) -> None:
        """From now on queries may name ``fields``."""
        self._fields = fields

    @property
    def fields(self) -> KnownFields:
        """What queries may name."""
        return self._fields

    @property
    def is_ready(self) -> bool:
        """Whether an index answers; otherwise the book itself does, by names only."""
        return self._snapshot is not None

    def count(self) -> int:
        """How many records are indexed."""
        return self._snapshot.count() if self._snapshot is not None else 0

    def open(self) -> bool:
        """Takes up the index as it was left; False when there is none that opens."""
        with self._writing:
            index = self._standing.current()
            try:
                snapshot = None if index is None else Snapshot(index)
                if snapshot is not None and not snapshot.is_of(self._source):
                    snapshot = None
            except Exception:
                _log.warning("the search index did not open and will be rebuilt", exc_info=True)
                snapshot = None
            self._index, self._snapshot = (index, snapshot) if snapshot else (None, None)
            return snapshot is not None

    def keep_ready(self) -> None:
        """Loads from now on what the first search that needs it would wait for.

        For a window that stays open; a command that searches once pays for its own search alone.
        """
        self._is_kept_ready = True

    def update(self, progress: Progress = UNWATCHED) -> None:
        """Brings the index in line with the book; builds it when there is none or it is damaged."""
        with self._writing:
            try:
                self._catch_up(progress)
            except Cancelled:
                raise
            except Exception as trouble:
                _log.info("the search index is built anew: %s", trouble)
                self._rebuild(progress)

    def _catch_up(self, progress: Progress) -> None:
        if self._index is None or self._snapshot is None:
            raise DamagedIndex("there is none")
        if not self._standing.is_current(self._index):
            self._index = self._standing.current() or self._index
            self._snapshot = Snapshot(self._index)
        self._snapshot = self._indexing.catch_up(self._index, self._snapshot, progress)
        if self._is_kept_ready:
            self._make_ready(self._snapshot)

    def _make_ready(self, snapshot: Snapshot) -> None:
        """Loads what the first search that needs it would otherwise wait for."""
        from app.search import masks

        snapshot.warm()
        masks.mask_of((), 0)
        syllables()
        self._glossary()

    def check(self, progress: Progress = UNWATCHED) -> bool:
        """Whether the index agreed with the book; if not, or without one, it is built anew."""
        with self._writing:
            if self._index is None or self._snapshot is None:
                self._rebuild(progress)
                return True
            try:
                self._catch_up(progress)
                self._indexing.check(self._index, self._snapshot)
            except Cancelled:
                raise
            except Exception:
                _log.warning("the search index failed its check", exc_info=True)
                self._rebuild(progress)
                return False
            self._standing.sweep(keep=self._index)
            return True

    def rebuild(self, progress: Progress = UNWATCHED) -> None:
        """Builds the index anew beside the old one, which answers meanwhile, and switches."""
        with self._writing:
            self._rebuild(progress)

    def _rebuild(self, progress: Progress) -> None:
        with self._standing.rebuilding() as is_ours:
            if not is_ours:
                return
            index = self._standing.fresh()
            try:
                snapshot = self._indexing.fill(index, progress)
                snapshot = self._indexing.catch_up(index, snapshot, progress)
                self._standing.switch_to(index)
            except BaseException:
                self._standing.sweep(keep=self._index)
                raise
            if self._is_kept_ready:
                self._make_ready(snapshot)
            self._index, self._snapshot = index, snapshot

    def close(self) -> None:
        """Lets go of the index."""
        with self._writing:
            self._index = self._snapshot = None

    def complete(self, typed: str, *, limit: int = 20, kind: str | None = None) -> Completion:
        """The nearest records while one types; never raises for what is typed."""
        started = time.perf_counter()
        with self._courtesy.asking():
            snapshot = self._snapshot
            if snapshot is None:
                return Completion(self._from_the_book(typed, kind, limit), _since(started))
            try:
                found, needs, also = self._completions(snapshot, typed, limit=limit, kind=kind)
            except Exception as trouble:
                self._distrust(snapshot, trouble)
                return Completion(self._from_the_book(typed, kind, limit), _since(started))
            cards = self._source.cards([one.key for one in found])
            needs += [need for name in also for need in needs_of(name, is_open=True)]
            hits = [_typed_hit(cards[one.key], one, needs) for one in found if one.key in cards]
            return Completion(tuple(hits), _since(started), also)

    def _completions(
        self, snapshot: Snapshot, typed: str, *, limit: int, kind: str | None
    ) -> tuple[list[Found], list[Need], tuple[str, ...]]:
        """The nearest records, the words they were found by, and the synonyms tried."""
        parsed = self._fields.parsed(typed)
        if not is_plain(parsed.query):
            request = Request(typed, kind=kind, limit=limit)
            found = self._answering(snapshot).nearest(request, parsed.query)
            return found, needs_of(typed, is_open=True), ()
        walk = Walk(snapshot, limit=limit, kind=kind)
        words = words_and_rest(parsed.query)[0] or typed
        needs = settled(snapshot, needs_of(words + typed[len(typed.rstrip()) :], is_open=True))
        needs = complete_into(walk, snapshot, typed, needs)
        if kind is None:
            complete_kinds(walk, snapshot, typed, needs)
        if walk.is_full:
            return walk.best(), needs, ()
        also = complete_synonyms(walk, self._glossary().parts(words))
        return walk.best(), needs, also

    def find(self, request: Request) -> Result:
        """The full search; never raises for what is typed."""
        started = time.perf_counter()
        with self._courtesy.asking():
            snapshot = self._snapshot
            if snapshot is None:
                return self._found_in_the_book(request, started)
            try:
                result = self._answering(snapshot).result(request)
            except Exception as trouble:
                self._distrust(snapshot, trouble)
                return self._found_in_the_book(request, started)
            return replace(result, milliseconds=_since(started))

    def ids_with(self, kind: str, text: str) -> list[int] | None:
        """The ids of all records of ``kind`` with the words of ``text``, the last perhaps unfinished.

        ``None`` when the index is not up to the last change or has not every record of ``kind``.
        """
        snapshot = self._snapshot
        if snapshot is None or kind not in KINDS or kind == THREAD:
            return None
        with self._courtesy.asking():
            try:
                if snapshot.watermark() != self._source.watermark():
                    return None
                from app.search.finding import ids_with

                return ids_with(snapshot, kind, settled(snapshot, needs_of(text, is_open=True)))
            except Exception as trouble:
                self._distrust(snapshot, trouble)
                return None

    def nearest_ids(self, kind: str, text: str, *, limit: int) -> tuple[int, ...]:
        """The ids of the nearest records of ``kind`` with all words of ``text``, names first.

        For work that reads the records itself: nothing is counted, corrected, spelled or shown.
        """
        snapshot = self._snapshot
        if snapshot is None:
            return tuple(hit.id for hit in self._from_the_book(text, kind, limit))
        with self._courtesy.asking():
            try:
                walk = Walk(snapshot, limit=limit, kind=kind)
                complete_words(walk, settled(snapshot, needs_of(text, is_open=False)), ANYWHERE)
                return tuple(one.key[1] for one in walk.best())
            except Exception as trouble:
                self._distrust(snapshot, trouble)
                return tuple(hit.id for hit in self._from_the_book(text, kind, limit))

    def _answering(self, snapshot: Snapshot) -> Answering:
        from app.search.answering import Answering

        return Answering(snapshot, self._source, fields=self._fields, glossary=self._glossary())

    def _distrust(self, snapshot: Snapshot, trouble: Exception) -> None:
        """An index that fails while it answers is set aside until it has been rebuilt."""
        if isinstance(trouble, ConditionFailed):
            _log.error("a condition of a search could not be asked", exc_info=True)
            return
        _log.warning("the search index failed and is set aside", exc_info=True)
        if self._snapshot is snapshot:
            self._snapshot = None

    def _from_the_book(self, typed: str, kind: str | None, limit: int) -> tuple[Hit, ...]:
        words = analysis.folded(typed).split()
        if not words or (kind is not None and kind not in KINDS):
            return ()
        keys = self._source.containing(words, kind, limit)
        cards = self._source.cards(keys)
        return tuple(Hit.of(cards[key], ANYWHERE) for key in keys if key in cards)

    def _found_in_the_book(self, request: Request, started: float) -> Result:
        wanted = request.offset + request.limit
        hits = self._from_the_book(request.text, request.kind, wanted)
        trouble = (Message("search.names_only"),)
        return Result(len(hits), hits[request.offset :], _since(started), trouble=trouble)


def _typed_hit(card: Card, found: Found, needs: Sequence[Need]) -> Hit:
    return Hit.of(card, found.tier, matched_title(card.title, needs))


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
