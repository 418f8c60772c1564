"""Owns how documents become a segment, how segments merge, and the commit that makes them count.

A segment is written from memory in one go, without Whoosh's sorting on disk, and merging copies
postings as they are. It may be written by another process than the one that commits. Must not
decide what is indexed when (``indexing``).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC, LockError, clean_files

from app.search import analysis, pinyin, reach
from app.search.codec import FieldTerms, FlatCodec
from app.search.documents import COMPANIES, FACETS, KINDS, PLACES, Key, SearchDocument
from app.search.segments import (
    NO_RECORD,
    TERM_FIELDS,
    WATERMARK,
    Leaf,
    SearchIndex,
    checksum,
    columns,
    order_of,
    schema,
)

_BODY_LIMIT = 20_000
_GOODS_SPOKEN = 12
_MERGED_AT_MOST = 20_000
_DOCUMENT_BITS = 32
_NOWHERE = -1


class _Postings:
    """The terms of one field while a segment is made, each with its documents."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._posted = array("I")
        self._documents = array("I")
        self._counts = array("I")

    def __len__(self) -> int:
        return len(self._posted)

    def post(self, docnum: int, terms: Collection[str]) -> None:
        """``docnum`` holds each of ``terms``."""
        self._posted.extend(map(self._numbers.__getitem__, terms))
        self._documents.append(docnum)
        self._counts.append(len(terms))

    def copy(self, field: FieldTerms, places: NDArray[np.int64]) -> None:
        """Takes over a field of another segment whose documents move to ``places``."""
        if not field.count:
            return
        numbers = [self._numbers[field.term(at).decode()] for at in range(field.count)]
        counts = np.diff(np.asarray(field.starts))
        moved = places[np.asarray(field.slice(0, field.count))]
        kept = moved != _NOWHERE
        posted = np.repeat(np.array(numbers, np.uint32), counts)[kept]
        self._posted.frombytes(posted.tobytes())
        self._documents.frombytes(moved[kept].astype(np.uint32).tobytes())
        self._counts.frombytes(np.ones(len(posted), np.uint32).tobytes())

    def ordered(self) -> tuple[list[bytes], list[int], bytes]:
        """The terms that have documents, sorted; how many each has; the documents term by term."""
        terms = sorted(self._numbers)
        numbers = np.fromiter(map(self._numbers.__getitem__, terms), np.int64, len(terms))
        self._numbers.clear()
        rank = np.empty(len(terms), np.uint64)
        rank[numbers] = np.arange(len(terms), dtype=np.uint64)
        pairs = rank[np.asarray(self._posted)]
        self._posted = array("I")
        pairs <<= np.uint64(_DOCUMENT_BITS)
        pairs |= np.repeat(np.asarray(self._documents), np.asarray(self._counts))
        pairs.sort()
        documents = pairs.astype(np.uint32).tobytes()
        pairs >>= np.uint64(_DOCUMENT_BITS)
        counts: list[int] = np.bincount(pairs.view(np.int64), minlength=len(terms)).tolist()
        used = [term.encode() for term, count in zip(terms, counts, strict=True) if count]
        return used, [count for count in counts if count], documents


class SegmentWriter:
    """Makes one segment of an index; it counts once a :class:`Commit` names it."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._codec = FlatCodec()
        self._segment = self._codec.new_segment(index.storage, index.indexname)
        self._column_types = columns()
        self._columns = self._codec.per_document_writer(index.storage, self._segment)
        self._postings = {name: _Postings() for name in TERM_FIELDS}
        self.size = 0

    def write(self, document: SearchDocument) -> None:
        """Adds a document."""
        names = [analysis.folded(title) for title in document.titles if title]
        goods = [analysis.folded(text) for text in document.goods if text]
        rest = [analysis.folded(text)[:_BODY_LIMIT] for text in document.texts.values() if text]
        codes = [analysis.folded(code) for code in document.codes if code]
        rest += [analysis.folded(value) for _, value in document.told_facets]
        name_terms = analysis.terms_of(names) | analysis.terms_of(codes)
        goods_terms = analysis.terms_of(goods)
        self._post("name", name_terms)
        self._post("goods", goods_terms)
        self._post("text", name_terms | goods_terms | analysis.terms_of(rest))
        self._post("lead", {analysis.lead(name) for name in (*names, *codes)})
        self._post("key", (f"{document.kind}:{document.id}",))
        self._post_sounds(names)
        self._post_spoken(document)
        numbers = self._post_reach(document)
        body = "\n".join((*goods, "", *rest))
        self._put(_values(document, names=[*names, *codes], body=body, numbers=numbers))

    def _post_sounds(self, names: list[str]) -> None:
        whole: set[str] = set()
        initials: set[str] = set()
        for name in names:
            if not name.isascii():
                pinyin.add_sounds(name, whole, initials)
        self._post("whole", whole)
        self._post("initials", initials)

    def _post_spoken(self, document: SearchDocument) -> None:
        """What a company makes and where it is, by whole syllables: ``beibao quanzhou``."""
        if document.kind not in COMPANIES:
            return
        whole: set[str] = set()
        initials: set[str] = set()
        places = [document.texts[name] for name in PLACES if name in document.texts]
        for text in (*places, *document.goods[:_GOODS_SPOKEN]):
            pinyin.add_sounds(analysis.folded(text), whole, initials)
        self._post("spoken", whole)

    def _post_reach(self, document: SearchDocument) -> list[str]:
        found: set[str] = set()
        for mail in document.mails:
            found |= reach.mail_terms(mail)
        for code in document.codes:
            found |= reach.code_terms(code)
        numbers = reach.numbers((*document.phones, *document.codes))
        self._post("contact", found)
        self._post("digits", {gram for number in numbers for gram in reach.grams(number)})
        return [*numbers, *map(analysis.folded, document.mails)]

    def _post(self, field: str, terms: Collection[str]) -> None:
        if terms:
            self._postings[field].post(self.size, terms)

    def _put(self, values: dict[str, Any]) -> None:
        for name, value in values.items():
            self._columns.add_column_value(name, self._column_types[name], value)
        self.size += 1

    def set_watermark(self, watermark: int, mark: bytes) -> None:
        """Says up to which journal entry the index is complete once this segment counts."""
        self._post("key", (WATERMARK,))
        blank = {name: column.default for name, column in self._column_types.items()}
        self._put({**blank, "order": watermark, "kinds": NO_RECORD, "names": mark})

    def absorb(self, leaf: Leaf) -> None:
        """Copies the documents of ``leaf`` that are not deleted."""
        places = np.full(leaf.size, _NOWHERE, np.int64)
        for docnum in range(leaf.size):
            if docnum not in leaf.deleted:
                places[docnum] = self.size
                self._put(leaf.values(docnum))
        for name, postings in self._postings.items():
            postings.copy(leaf.field(name), places)

    def finish(self) -> Any:
        """Writes the files; the segment knows their checksums."""
        segment = self._segment
        self._columns.close()
        fields = self._codec.field_writer(self._index.storage, segment)
        # The largest last, when the memory of the others is free again.
        for name in sorted(TERM_FIELDS, key=lambda name: len(self._postings[name])):
            fields.add_field(name, *self._postings.pop(name).ordered())
        fields.close()
        segment.set_doc_count(self.size)
        files = self._index.folder.glob(f"{segment.segment_id()}.*")
        segment.checksums = {file.name: checksum(file) for file in files}
        return segment


def _values(
    document: SearchDocument, *, names: list[str], body: str, numbers: list[str]
) -> dict[str, Any]:
    length = len(names[0]) if names else 255
    facets = {facet: "\x1f".join(document.facets.get(facet, ())).encode() for facet in FACETS}
    return {
        "order": order_of(document.key, length=length, is_partner=document.is_partner),
        "kinds": KINDS.index(document.kind),
        "names": "\n".join(("", *names)).encode(),
        "body": body.encode(),
        "reach": "\n".join(numbers).encode(),
        **facets,
    }


class Commit:
    """One change of which segments and documents count; nobody else writes meanwhile.

    Raises Whoosh's :class:`LockError` when another process is writing.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._lock = index.lock("WRITELOCK")
        if not self._lock.acquire():
            raise LockError
        try:
            contents = index.contents()
            self.segments: list[Any] = contents.segments
            self._generation = contents.generation + 1
        except BaseException:
            self._lock.release()
            raise

    def finish(self, segments: list[Any]) -> None:
        """From now on ``segments`` are the index."""
        index = self._index
        try:
            contents = TOC(schema(), segments, self._generation)
            contents.write(index.storage, index.indexname)
            clean_files(index.storage, index.indexname, self._generation, segments)
        finally:
            self._lock.release()

    def cancel(self) -> None:
        """Leaves everything as it was."""
        self._lock.release()


def without(leaves: Iterable[Leaf], keys: Iterable[Key]) -> list[Leaf]:
    """``leaves`` with the documents of ``keys``, and the watermark, deleted."""
    terms = [WATERMARK.encode(), *(f"{kind}:{number}".encode() for kind, number in keys)]
    result = []
    for leaf in leaves:
        find = leaf.field("key").find
        gone = leaf.deleted.union(*(find(term) for term in terms))
        result.append(leaf.with_deleted(gone) if len(gone) > len(leaf.deleted) else leaf)
    return result


def merge_small(writer: SegmentWriter, leaves: list[Leaf]) -> list[Leaf]:
    """The leaves that stay, after those were absorbed that are no larger than what was merged.

    So each document is copied a few times only.
    """
    kept = list(leaves)
    for leaf in sorted(leaves, key=lambda one: one.size):
        alive = leaf.size - len(leaf.deleted)
        is_hollow = alive * 2 < leaf.size
        if alive <= _MERGED_AT_MOST and (alive <= writer.size or is_hollow):
            writer.absorb(leaf)
            kept.remove(leaf)
    return kept
