"""Owns the full search: the query read, matches, synonyms and spelling, hits with why they are here.

Kept apart from the engine because it loads numpy, which the first keystroke need not wait for.
Must not write, nor judge whether the index is sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.query import Query
from app.query.tree import is_plain, wanted_texts
from app.search import finding, spelling
from app.search.asking import Asked
from app.search.documents import DocumentSource, Key, SearchDocument
from app.search.glossary import Glossary, other_names
from app.search.known_fields import KnownFields
from app.search.needs import Need, needs_of
from app.search.planner import GLOSSARY, Found, settled, ways_of
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
        if is_plain(parsed.query):
            text = " ".join(wanted_texts(parsed.query)) if parsed.troubles else request.text
            result = self._plain(replace(request, text=text))
        else:
            question, answer = self._asked(request, parsed.query)
            hits = self._hits(answer.page, question)
            result = Result(answer.total, hits, 0.0, _counts(answer))
        return replace(result, trouble=tuple(trouble.hint for trouble in parsed.troubles))

    def nearest(self, request: Request, query: Query) -> list[Found]:
        """The page of a query with conditions, as keys."""
        return self._asked(request, query)[1].page

    def _asked(self, request: Request, query: Query) -> tuple[finding.Question, finding.Answer]:
        text = " ".join(wanted_texts(query))
        question = finding.Question(
            text=text,
            needs=needs_of(text, is_open=False),
            base=Asked(query, self._fields).documents,
            kind=request.kind,
            facets=request.facets,
        )
        return question, self._answer(question, request)

    def _plain(self, request: Request) -> Result:
        text, shown_for, suggestion = request.text, None, None
        question, answer = self._answered(request, text)
        words = None
        if answer.total < _FEW:
            words = spelling.corrected(self._snapshot, list(question.needs))
        if words is not None and answer.total:
            suggestion = " ".join(words)
        elif words is not None:
            text = shown_for = " ".join(words)
            question, answer = self._answered(request, text)
        hits = self._hits(answer.page, question)
        also = other_names(self._glossary.parts(text))
        return Result(answer.total, hits, 0.0, _counts(answer), suggestion, shown_for, also)

    def _answered(self, request: Request, text: str) -> tuple[finding.Question, finding.Answer]:
        synonyms = ways_of(self._glossary.parts(text))
        for is_open in (False, True):
            question = finding.Question(
                text=text,
                needs=settled(self._snapshot, needs_of(text, is_open=is_open)),
                synonyms=synonyms,
                kind=request.kind,
                facets=request.facets,
            )
            answer = self._answer(question, request)
            if answer.plain:
                break
        return question, answer

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
    title = document.titles[0] if document.titles else ""
    fields = matched_fields(document, list(dict.fromkeys(needs)))
    return Hit(document.kind, document.id, title, document.subtitle, found.tier, fields)
