"""Owns search as the rest of the program sees it: open, update, find and complete, rebuild.

Must not raise for anything typed, nor for a damaged index: it is dropped and built anew while the
book itself answers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.kernel.errors import Cancelled
from app.kernel.progress import UNWATCHED, Progress
from app.query import Query
from app.query.tree import is_plain, wanted_texts
from app.search import analysis, finding, spelling
from app.search.asking import Asked, KnownFields
from app.search.documents import KINDS, Card, DocumentSource, Key, SearchDocument
from app.search.glossary import Alternative, Glossary, shipped
from app.search.indexing import Courtesy, Indexing
from app.search.needs import Need, needs_of
from app.search.planner import (
    ANYWHERE,
    GLOSSARY,
    Found,
    Walk,
    complete_into,
    complete_words,
    settled,
)
from app.search.results import Completion, Hit, Request, Result
from app.search.segments import DamagedIndex, SearchIndex, Snapshot
from app.search.showing import matched_fields, matched_title
from app.search.standing import Standing

_log = logging.getLogger(__name__)
_FEW = 3


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
        self.is_rebuilding = False

    @property
    def folder(self) -> Path:
        """Where the index lives."""
        return self._standing.folder

    def know_fields(self, fields: KnownFields) -> None:
        """From now on queries may name ``fields``."""
        self._fields = fields

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
                if snapshot is not None and snapshot.watermark() < 0:
                    snapshot = None
            except Exception:
                _log.warning("the search index did not open and will be rebuilt", exc_info=True)
                snapshot = None
            self._index, self._snapshot = (index, snapshot) if snapshot else (None, None)
            return snapshot is not None

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
        self._snapshot.warm()

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
            self.is_rebuilding = True
            index = self._standing.fresh()
            try:
                snapshot = self._indexing.fill(index, progress)
                snapshot = self._indexing.catch_up(index, snapshot, progress)
                self._standing.switch_to(index)
            except BaseException:
                self._standing.sweep(keep=self._index)
                raise
            finally:
                self.is_rebuilding = False
            snapshot.warm()
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
                found, also = self._completions(snapshot, typed, limit=limit, kind=kind)
            except Exception:
                self._distrust(snapshot)
                return Completion(self._from_the_book(typed, kind, limit), _since(started))
            cards = self._source.cards([one.key for one in found])
            names = [typed, *also]
            needs = [need for name in names for need in needs_of(name, is_open=True)]
            hits = [_typed_hit(cards[one.key], one, needs) for one in found if one.key in cards]
            return Completion(tuple(hits), _since(started), also)

    def _completions(
        self, snapshot: Snapshot, typed: str, *, limit: int, kind: str | None
    ) -> tuple[list[Found], tuple[str, ...]]:
        parsed = self._fields.parsed(typed)
        if not is_plain(parsed.query):
            request = Request(typed, kind=kind, limit=limit)
            return self._asked(snapshot, request, parsed.query)[1].page, ()
        walk = Walk(snapshot, limit=limit, kind=kind)
        complete_into(walk, snapshot, typed)
        also: list[str] = []
        for other in self._glossary().alternatives(typed):
            if walk.is_full:
                break
            before = walk.count
            complete_words(walk, needs_of(other.text, is_open=False), GLOSSARY)
            if walk.count > before:
                also.append(other.name)
        return walk.best(), tuple(also)

    def find(self, request: Request) -> Result:
        """The full search; never raises for what is typed."""
        started = time.perf_counter()
        with self._courtesy.asking():
            snapshot = self._snapshot
            if snapshot is None:
                return self._found_in_the_book(request, started)
            try:
                result = self._result(snapshot, request)
            except Exception:
                self._distrust(snapshot)
                return self._found_in_the_book(request, started)
            return replace(result, milliseconds=_since(started))

    def ids_with(self, kind: str, text: str) -> list[int] | None:
        """The ids of all records of ``kind`` with the words of ``text``, the last perhaps unfinished.

        ``None`` when the index is not up to the last change or has nothing on ``kind``.
        """
        snapshot = self._snapshot
        if snapshot is None or kind not in KINDS:
            return None
        with self._courtesy.asking():
            try:
                if snapshot.watermark() != self._source.watermark():
                    return None
                return finding.ids_with(snapshot, kind, needs_of(text, is_open=True))
            except Exception:
                self._distrust(snapshot)
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
            except Exception:
                self._distrust(snapshot)
                return tuple(hit.id for hit in self._from_the_book(text, kind, limit))

    def _result(self, snapshot: Snapshot, request: Request) -> Result:
        parsed = self._fields.parsed(request.text)
        if is_plain(parsed.query):
            text = " ".join(wanted_texts(parsed.query)) if parsed.troubles else request.text
            result = self._plain_result(snapshot, replace(request, text=text))
        else:
            result = self._asked_result(snapshot, request, parsed.query)
        trouble = tuple(trouble.hint for trouble in parsed.troubles)
        return replace(result, trouble=trouble)

    def _asked_result(self, snapshot: Snapshot, request: Request, query: Query) -> Result:
        question, answer = self._asked(snapshot, request, query)
        return Result(answer.total, self._hits(answer.page, question), 0.0, _counts(answer))

    def _asked(
        self, snapshot: Snapshot, request: Request, query: Query
    ) -> tuple[finding.Question, finding.Answer]:
        text = " ".join(wanted_texts(query))
        question = finding.Question(
            text=text,
            needs=needs_of(text, is_open=False),
            base=Asked(query, self._fields).documents,
            kind=request.kind,
            facets=request.facets,
        )
        answer = finding.answer(snapshot, question, limit=request.limit, offset=request.offset)
        return question, answer

    def _plain_result(self, snapshot: Snapshot, request: Request) -> Result:
        others = self._glossary().alternatives(request.text)
        question, answer = self._answered(snapshot, request, request.text, others)
        shown_for = suggestion = None
        words = None
        if answer.total < _FEW:
            words = spelling.corrected(snapshot, list(question.needs))
        if words is not None and answer.total:
            suggestion = " ".join(words)
        elif words is not None:
            shown_for = " ".join(words)
            others = self._glossary().alternatives(shown_for)
            question, answer = self._answered(snapshot, request, shown_for, others)
        hits = self._hits(answer.page, question)
        also = tuple(other.name for other in others)
        return Result(answer.total, hits, 0.0, _counts(answer), suggestion, shown_for, also)

    def _answered(
        self, snapshot: Snapshot, request: Request, text: str, others: Sequence[Alternative]
    ) -> tuple[finding.Question, finding.Answer]:
        for is_open in (False, True):
            needs = settled(snapshot, needs_of(text, is_open=is_open))
            question = finding.Question(
                text=text,
                needs=needs,
                synonyms=[needs_of(other.text, is_open=False) for other in others],
                kind=request.kind,
                facets=request.facets,
            )
            answer = finding.answer(snapshot, question, limit=request.limit, offset=request.offset)
            if answer.plain:
                break
        return question, answer

    def _hits(self, page: Sequence[Found], question: finding.Question) -> tuple[Hit, ...]:
        documents = self._documents([one.key for one in page])
        hits = []
        for one in page:
            document = documents.get(one.key)
            if document is not None:
                hits.append(_hit(document, one, question))
        return tuple(hits)

    def _documents(self, keys: Sequence[Key]) -> Mapping[Key, SearchDocument]:
        by_kind: dict[str, list[int]] = {}
        for kind, number in keys:
            by_kind.setdefault(kind, []).append(number)
        found = (self._source.documents(kind, ids) for kind, ids in by_kind.items())
        return {document.key: document for documents in found for document in documents}

    def _distrust(self, snapshot: Snapshot) -> None:
        """An index that fails while it answers is set aside until it has been rebuilt."""
        _log.warning("the search index failed and is set aside", exc_info=True)
        if self._snapshot is snapshot:
            self._snapshot = None

    def _from_the_book(self, typed: str, kind: str | None, limit: int) -> tuple[Hit, ...]:
        words = analysis.folded(typed).split()
        if not words:
            return ()
        keys = self._source.containing(words, kind, limit)
        cards = self._source.cards(keys)
        return tuple(Hit.of(cards[key], ANYWHERE) for key in keys if key in cards)

    def _found_in_the_book(self, request: Request, started: float) -> Result:
        wanted = request.offset + request.limit
        hits = self._from_the_book(request.text, request.kind, wanted)
        return Result(len(hits), hits[request.offset :], _since(started))


def _counts(answer: finding.Answer) -> dict[str, dict[str, int]]:
    return {name: dict(counts.most_common()) for name, counts in answer.facets.items()}


def _typed_hit(card: Card, found: Found, needs: Sequence[Need]) -> Hit:
    return Hit.of(card, found.tier, matched_title(card.title, needs))


def _hit(document: SearchDocument, found: Found, question: finding.Question) -> Hit:
    needs: list[Need] = list(question.needs)
    if found.tier == GLOSSARY:
        needs = [need for synonym in question.synonyms for need in synonym]
    title = document.titles[0] if document.titles else ""
    fields = matched_fields(document, list(dict.fromkeys(needs)))
    return Hit(document.kind, document.id, title, document.subtitle, found.tier, fields)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000
