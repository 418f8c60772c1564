"""Owns the index on disk: its schema, how documents become a segment, how small segments merge.

A segment is written from memory in one go, without Whoosh's sorting on disk, and merging copies
postings as they are. Must not decide what is indexed when (``engine``) nor how it is found.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from app.search import analysis, pinyin, reach
from app.search.codec import (
    ChoiceColumn,
    Choices,
    FieldTerms,
    FlatCodec,
    FlatTermsReader,
    NumberColumn,
    Numbers,
    TextColumn,
    Texts,
)
from app.search.documents import FACETS, KINDS, Key, SearchDocument

SCHEMA_VERSION = 1
_NAME = f"search{SCHEMA_VERSION}"

TERM_FIELDS = (
    "key", "name", "lead", "goods", "text", "contact", "digits", "whole", "initials", "partner",
)  # fmt: skip
_CONTENTS = ".toc"
_WATERMARK = "watermark"
_WATERMARK_KIND = 255
_MERGED_AT_MOST = 50_000
_LATEST_AT_MOST = 5_000
_TITLE_BITS, _KIND_BITS, _ID_BITS = 8, 4, 48
ID_MASK = (1 << _ID_BITS) - 1
"""The part of a document's place in the order that is the id of its record."""
_BODY_LIMIT = 20_000


class _TermsField(FieldType):
    """A field that has terms and keeps nothing but which documents hold them."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)


class _ColumnField(FieldType):
    """A field that is only a column."""

    indexed = False

    def __init__(self, column: Any) -> None:
        super().__init__(format=Existence(), analyzer=None, sortable=column)


def _columns() -> dict[str, Any]:
    facets = {facet: ChoiceColumn() for facet in FACETS}
    texts = {name: TextColumn() for name in ("names", "body", "reach")}
    return {"order": NumberColumn("Q"), "kinds": NumberColumn("B"), **texts, **facets}


def schema() -> Schema:
    """What this version of the program keeps of a document."""
    fields: dict[str, FieldType] = {name: _TermsField() for name in TERM_FIELDS}
    fields |= {name: _ColumnField(column) for name, column in _columns().items()}
    return Schema(**fields)


class _SealedStorage(FileStorage):
    """Ends each table of contents with its checksum, before it takes its name."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Seals and renames."""
        if newname.endswith(_CONTENTS):
            path = Path(self._fpath(oldname))
            with path.open("ab") as file:
                file.write(zlib.crc32(path.read_bytes()).to_bytes(4, "little"))
        super().rename_file(oldname, newname, safe=safe)


class DamagedIndex(Exception):
    """The index on disk is not what was written."""


def _check_seal(path: Path) -> None:
    content = path.read_bytes()
    if zlib.crc32(content[:-4]) != int.from_bytes(content[-4:], "little"):
        raise DamagedIndex(path.name)


class SearchIndex(FileIndex):
    """A Whoosh index of our schema in ``folder``; its table of contents is sealed."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        storage = _SealedStorage(str(folder))
        self.folder = folder
        if create:
            folder.mkdir(parents=True, exist_ok=True)
            FileIndex.create(storage, schema(), indexname=_NAME)
        for contents in folder.glob(f"_{_NAME}_*{_CONTENTS}"):
            _check_seal(contents)
        super().__init__(storage, schema(), indexname=_NAME)

    def check_files(self) -> None:
        """Reads every file of every segment; raises :class:`DamagedIndex` when one has changed."""
        for segment in self.segments():
            for name, checksum in segment.checksums.items():
                if _checksum(self.folder / name) != checksum:
                    raise DamagedIndex(name)

    def segments(self) -> list[Any]:
        """The segments of the last commit."""
        found: list[Any] = self._segments()
        return found


def key_of(order: int) -> Key:
    """The record whose document has this place in the order."""
    return KINDS[(order >> _ID_BITS) & ((1 << _KIND_BITS) - 1)], order & ID_MASK


class Leaf:
    """One segment, mapped into memory, with what was deleted from it."""

    def __init__(self, index: SearchIndex, segment: Any) -> None:
        codec = segment.codec()
        terms: FlatTermsReader = codec.terms_reader(index.storage, segment)
        with closing(codec.per_document_reader(index.storage, segment)) as stored:
            columns = {
                name: stored.column_reader(name, column) for name, column in _columns().items()
            }
        self.segment_id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.deleted: frozenset[int] = frozenset(segment.deleted_docs())
        self.terms = terms
        self.order: Numbers = columns["order"]
        self.kinds: Numbers = columns["kinds"]
        self.names: Texts = columns["names"]
        self.body: Texts = columns["body"]
        self.reach: Texts = columns["reach"]
        self.facets: dict[str, Choices] = {facet: columns[facet] for facet in FACETS}

    def field(self, name: str) -> FieldTerms:
        """The terms of a field."""
        return self.terms.field(name)

    def key(self, docnum: int) -> Key:
        """Which record a document is of."""
        return key_of(self.order[docnum])

    def document(self, key: Key) -> int | None:
        """The live document of a record."""
        for docnum in self.field("key").find(f"{key[0]}:{key[1]}".encode()):
            if docnum not in self.deleted:
                return docnum
        return None


class Snapshot:
    """The index as of one commit: small segments with the latest edits first, then as built."""

    def __init__(self, index: SearchIndex, previous: Snapshot | None = None) -> None:
        known = {leaf.segment_id: leaf for leaf in previous.leaves} if previous else {}
        self.leaves: list[Leaf] = []
        for segment in sorted(index.segments(), key=_after_the_latest):
            leaf = known.get(segment.segment_id())
            if leaf is None:
                leaf = Leaf(index, segment)
            elif segment.deleted_count() != len(leaf.deleted):
                leaf = _with_deleted(leaf, frozenset(segment.deleted_docs()))
            self.leaves.append(leaf)

    def warm(self) -> None:
        """Makes ready what the first search would otherwise wait for."""
        for leaf in self.leaves:
            for name in TERM_FIELDS:
                leaf.field(name).position(b"a")

    def count(self) -> int:
        """How many records are indexed."""
        alive = sum(leaf.size - len(leaf.deleted) for leaf in self.leaves)
        return alive - (1 if self.watermark() >= 0 else 0)

    def watermark(self) -> int:
        """The last journal entry the index knows of; -1 when it was never written."""
        for leaf in self.leaves:
            for docnum in leaf.field("key").find(_WATERMARK.encode()):
                if docnum not in leaf.deleted:
                    return leaf.order[docnum]
        return -1

    def holds(self, key: Key) -> bool:
        """Whether a record is indexed."""
        return any(leaf.document(key) is not None for leaf in self.leaves)


def _after_the_latest(segment: Any) -> bool:
    return bool(segment.doc_count_all() > _LATEST_AT_MOST)


def _with_deleted(leaf: Leaf, deleted: frozenset[int]) -> Leaf:
    fresh = Leaf.__new__(Leaf)
    fresh.__dict__.update(leaf.__dict__)
    fresh.deleted = deleted
    return fresh


class DocumentWriter(SegmentWriter):
    """Writes one commit: deletions, a new segment, and the watermark with them."""

    def __init__(self, index: SearchIndex, snapshot: Snapshot) -> None:
        super().__init__(index, codec=FlatCodec(), compound=False)
        self._index = index
        try:
            self._known = self._located(snapshot)
        except BaseException:
            self.cancel()
            raise
        self._columns = _columns()
        self._terms: dict[str, defaultdict[str, list[int]]] = {
            name: defaultdict(list) for name in TERM_FIELDS
        }

    def _located(self, snapshot: Snapshot) -> list[tuple[Leaf, Any, int]]:
        """The segments as they are now, perhaps written by another process since ``snapshot``."""
        leaves = {leaf.segment_id: leaf for leaf in snapshot.leaves}
        places, base = [], 0
        for segment in self.segments:
            leaf = leaves.get(segment.segment_id()) or Leaf(self._index, segment)
            places.append((leaf, segment, base))
            base += segment.doc_count_all()
        return places

    def remove(self, keys: Iterable[Key]) -> None:
        """Takes the documents of ``keys`` out of the segments written before."""
        for kind, number in keys:
            self._remove_term(f"{kind}:{number}".encode())

    def _remove_term(self, term: bytes) -> None:
        for leaf, segment, base in self._known:
            for docnum in leaf.field("key").find(term):
                if not segment.is_deleted(docnum):
                    self.delete_document(base + docnum)

    def write(self, document: SearchDocument) -> None:
        """Adds a document that is not in the index, or was taken out by :meth:`remove`."""
        names = [analysis.folded(title) for title in document.titles if title]
        goods = [analysis.folded(text) for text in document.goods if text]
        rest = [analysis.folded(text)[:_BODY_LIMIT] for text in document.texts.values() if text]
        codes = [analysis.folded(code) for code in document.codes if code]
        rest += [analysis.folded(value) for values in document.facets.values() for value in values]
        name_terms = analysis.terms_of(names) | analysis.terms_of(codes)
        goods_terms = analysis.terms_of(goods)
        self._post("name", name_terms)
        self._post("goods", goods_terms)
        self._post("text", name_terms | goods_terms | analysis.terms_of(rest))
        self._post("lead", {analysis.lead(name) for name in (*names, *codes)})
        self._post("key", (f"{document.kind}:{document.id}",))
        if document.is_partner:
            self._post("partner", ("yes",))
        self._post_sounds(names)
        numbers = self._post_reach(document)
        body = "\n".join((*goods, "", *rest))
        self._put_columns(_columns_of(document, names=[*names, *codes], body=body, numbers=numbers))

    def _post_sounds(self, names: list[str]) -> None:
        whole: set[str] = set()
        initials: set[str] = set()
        for name in names:
            if not name.isascii():
                pinyin.add_sounds(name, whole, initials)
        self._post("whole", whole)
        self._post("initials", initials)

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

    def _post(self, field: str, terms: set[str] | tuple[str, ...]) -> None:
        known, docnum = self._terms[field], self.docnum
        for term in terms:
            known[term].append(docnum)

    def _put_columns(self, values: dict[str, Any]) -> None:
        self.perdocwriter.start_doc(self.docnum)
        for name, value in values.items():
            self.perdocwriter.add_column_value(name, self._columns[name], value)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def set_watermark(self, watermark: int) -> None:
        """Says up to which journal entry the index is complete with this commit."""
        self._remove_term(_WATERMARK.encode())
        self._post("key", (_WATERMARK,))
        blank = {name: column.default for name, column in self._columns.items()}
        self._put_columns({**blank, "order": watermark, "kinds": _WATERMARK_KIND})

    def finish(self, *, merge: bool) -> None:
        """Commits; with ``merge`` small segments become one."""
        self.commit(mergetype=_merge_small if merge else _keep_all)

    def absorb(self, segment: Any) -> None:
        """Copies the live documents of ``segment`` into the one being written."""
        leaf = Leaf(self._index, segment)
        places: list[int] = []
        for docnum in range(leaf.size):
            if docnum in leaf.deleted:
                places.append(-1)
                continue
            places.append(self.docnum)
            self._put_columns(_column_values(leaf, docnum))
        for name, terms in self._terms.items():
            _copy_terms(leaf.field(name), terms, places)

    def _finalize_segment(self) -> Any:
        segment = super()._finalize_segment()
        files = self._index.folder.glob(f"{segment.segment_id()}.*")
        segment.checksums = {file.name: _checksum(file) for file in files}
        return segment

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for name in TERM_FIELDS:
            known = self._terms.pop(name)
            ordered = sorted(known)
            postings = [known[term] for term in ordered]
            self.fieldwriter.add_field(name, [term.encode() for term in ordered], postings)
        self.fieldwriter.close()


def _checksum(file: Path) -> int:
    checksum = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            checksum = zlib.crc32(block, checksum)
    return checksum


def _copy_terms(source: FieldTerms, target: defaultdict[str, list[int]], places: list[int]) -> None:
    for position in range(source.count):
        moved = [
            place
            for docnum in source.slice(position, position + 1)
            if (place := places[docnum]) >= 0
        ]
        if moved:
            target[source.term(position).decode()] += moved


def _column_values(leaf: Leaf, docnum: int) -> dict[str, Any]:
    facets = {
        name: choices.texts[choices.numbers[docnum]].encode()
        for name, choices in leaf.facets.items()
    }
    return {
        "order": leaf.order[docnum],
        "kinds": leaf.kinds[docnum],
        "names": leaf.names[docnum],
        "body": leaf.body[docnum],
        "reach": leaf.reach[docnum],
        **facets,
    }


def _columns_of(
    document: SearchDocument, *, names: list[str], body: str, numbers: list[str]
) -> dict[str, Any]:
    kind = KINDS.index(document.kind)
    length = min(len(names[0]) if names else 255, 255)
    order = 0 if document.is_partner else 1
    for bits, value in ((_TITLE_BITS, length), (_KIND_BITS, kind), (_ID_BITS, document.id)):
        order = order << bits | value
    facets = {facet: "\x1f".join(document.facets.get(facet, ())).encode() for facet in FACETS}
    return {
        "order": order,
        "kinds": kind,
        "names": "\n".join(("", *names)).encode(),
        "body": body.encode(),
        "reach": "\n".join(numbers).encode(),
        **facets,
    }


def _keep_all(_writer: DocumentWriter, segments: list[Any]) -> list[Any]:
    return segments


def _merge_small(writer: DocumentWriter, segments: list[Any]) -> list[Any]:
    """Takes in segments no larger than what is already merged, so each is copied a few times only."""
    kept = list(segments)
    size = writer.doc_count()
    for segment in sorted(segments, key=lambda one: one.doc_count_all()):
        alive = segment.doc_count_all() - segment.deleted_count()
        is_hollow = alive * 2 < segment.doc_count_all()
        if alive <= _MERGED_AT_MOST and (alive <= size or is_hollow):
            writer.absorb(segment)
            kept.remove(segment)
            size += alive
    return kept


def unpacked(choice: str) -> Iterator[str]:
    """The values of a facet that a document has at once."""
    return filter(None, choice.split("\x1f"))
