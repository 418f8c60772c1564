"""Owns the full search: the query read, matches, synonyms and spelling, hits with why they are here.

Kept apart from the engine because it loads numpy, which the first keystroke need not wait for.
Must not write, nor judge whether the index is sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from app.query import Everything, Query, text_of
from app.query.parts import words_and_rest
from app.query.tree import wanted_texts
from app.search import finding, spelling
from app.search.asking import Asked
from app.search.documents import DocumentSource, Key, SearchDocument
from app.search.glossary import Glossary, other_names
from app.search.known_fields import KnownFields
from app.search.needs import Need, needs_of
from app.search.planner import GLOSSARY, Found, settled, ways_of
from app.search.rereading import other_readings
from app.search.results import Hit, Request, Result
from app.search.segments import Snapshot
from app.search.showing import matched_fields

_FEW = 3


class Answering:
    """Full searches of one snapshot of the index."""

    def __init__(
        self,
        snapshot: Snapshot,
        source: DocumentSource,
        *,
        fields: KnownFields,
        glossary: Glossary,
    ) -> None:
        self._snapshot = snapshot
        self._source = source
        self._fields = fields
        self._glossary = glossary

    def result(self, request: Request) -> Result:
        """Everything that ``request`` asks for but the time it took."""
        parsed = self._fields.parsed(request.text)
        words, rest = words_and_rest(parsed.query)
        if words:
            result = self._worded(words, rest, request)
        else:
            question, answer = self._asked(request, parsed.query)
            hits = self._hits(answer.page, question)
            result = Result(answer.total, hits, 0.0, _counts(answer))
        return replace(result, trouble=tuple(trouble.hint for trouble in parsed.troubles))

    def nearest(self, request: Request, query: Query) -> list[Found]:
        """The page of a query with conditions, as keys."""
        words, rest = words_and_rest(query)
        if words:
            return self._answered(words, rest, request)[1].page
        return self._asked(request, query)[1].page

    def _asked(self, request: Request, query: Query) -> tuple[finding.Question, finding.Answer]:
        text = " ".join(wanted_texts(query))
        question = finding.Question(
            text=text,
            needs=needs_of(text, is_open=False),
            base=Asked(query, self._fields).documents,
            kind=request.kind,
        )
        return question, self._answer(question, request)

    def _worded(self, text: str, rest: Query, request: Request) -> Result:
        shown_for, suggestion = None, None
        lead = request.text if isinstance(rest, Everything) else ""
        question, answer = self._answered(text, rest, request, lead=lead)
        words = None
        if answer.total < _FEW:
            words = spelling.corrected(self._snapshot, list(question.needs))
        if words is not None and answer.total:
            suggestion = " ".join(filter(None, (*words, text_of(rest))))
        elif words is not None:
            text = shown_for = " ".join(words)
            question, answer = self._answered(text, rest, request)
        hits = self._hits(answer.page, question)
        also = other_names(self._glossary.parts(text))
        return Result(answer.total, hits, 0.0, _counts(answer), suggestion, shown_for, also)

    def _answered(
        self, text: str, rest: Query, request: Request, *, lead: str = ""
    ) -> tuple[finding.Question, finding.Answer]:
        """The words as written, as spoken and by other names, among what ``rest`` leaves.

        ``lead`` is what names may start with, when that is more than the words.
        """
        synonyms = ways_of(self._glossary.parts(text))
        is_plain = isinstance(rest, Everything)
        within = None if is_plain else Asked(rest, self._fields).documents
        written, going_on = (
            settled(self._snapshot, needs_of(text, is_open=is_open)) for is_open in (False, True)
        )
        asked: list[tuple[finding.Question, finding.Answer]] = []
        for needs in chain((written, going_on), other_readings(self._snapshot, written)):
            question = finding.Question(
                text=lead or text,
                needs=needs,
                synonyms=synonyms,
                within=within,
                kind=request.kind,
            )
            asked.append((question, self._answer(question, request)))
            if asked[-1][1].plain:
                return asked[-1]
        return asked[1]

    def _answer(self, question: finding.Question, request: Request) -> finding.Answer:
        return finding.answer(self._snapshot, question, limit=request.limit, offset=request.offset)

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


def _counts(answer: finding.Answer) -> dict[str, dict[str, int]]:
    return {name: dict(counts.most_common()) for name, counts in answer.facets.items()}


def _hit(document: SearchDocument, found: Found, question: finding.Question) -> Hit:
    needs: list[Need] = list(question.needs)
    if found.tier == GLOSSARY:
        needs = [need for ways in question.synonyms for way in ways for need in way]
    return Hit.of(document.card, found.tier, matched_fields(document, list(dict.fromkeys(needs))))
