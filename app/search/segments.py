"""Owns the index on disk as it is read: its schema, its segments mapped into memory, one commit's view.

Must not write segments (``writing``), nor decide how anything is found.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from whoosh.fields import FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence
from whoosh.index import TOC, FileIndex

from app.search.codec import (
    ChoiceColumn,
    Choices,
    FieldTerms,
    FlatTermsReader,
    NumberColumn,
    Numbers,
    TextColumn,
    Texts,
)
from app.search.documents import FACETS, KINDS, DocumentSource, Key

SCHEMA_VERSION = 9
"""Raised with every change of what is kept or how words are cut: an older index is built anew."""
_NAME = f"search{SCHEMA_VERSION}"

TERM_FIELDS = (
    "key", "name", "lead", "goods", "text", "contact", "digits", "whole", "initials",
    "spoken",
)  # fmt: skip
_CONTENTS = ".toc"
WATERMARK = "watermark"
"""The key of the document that says how far the index is."""
NO_RECORD = 255
"""What that document has in place of the number of a kind."""
_LATEST_AT_MOST = 5_000
_TITLE_BITS, _KIND_BITS, _ID_BITS = 8, 4, 48
ID_MASK = (1 << _ID_BITS) - 1
"""The part of a document's place in the order that is the id of its record."""


class _TermsField(FieldType):
    """A field that has terms and keeps nothing but which documents hold them."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)


class _ColumnField(FieldType):
    """A field that is only a column."""

    indexed = False

    def __init__(self, column: Any) -> None:
        super().__init__(format=Existence(), analyzer=None, sortable=column)


def columns() -> dict[str, Any]:
    """The columns of a document by their names."""
    facets = {facet: ChoiceColumn() for facet in FACETS}
    texts = {name: TextColumn() for name in ("names", "body", "reach")}
    return {"order": NumberColumn("Q"), "kinds": NumberColumn("B"), **texts, **facets}


def schema() -> Schema:
    """What this version of the program keeps of a document."""
    fields: dict[str, FieldType] = {name: _TermsField() for name in TERM_FIELDS}
    fields |= {name: _ColumnField(column) for name, column in columns().items()}
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
            for name, expected in segment.checksums.items():
                if checksum(self.folder / name) != expected:
                    raise DamagedIndex(name)

    def contents(self) -> TOC:
        """The table of contents of the last commit."""
        return self._read_toc()

    def segments(self) -> list[Any]:
        """The segments of the last commit."""
        found: list[Any] = self.contents().segments
        return found


def checksum(file: Path) -> int:
    """The CRC-32 of a file."""
    found = 0
    with file.open("rb") as stream:
        while block := stream.read(1 << 20):
            found = zlib.crc32(block, found)
    return found


def order_of(key: Key, *, length: int, is_partner: bool) -> int:
    """A document's place among those equally near: own partners, then short names, then old records."""
    order = 0 if is_partner else 1
    parts = ((_TITLE_BITS, min(length, 255)), (_KIND_BITS, KINDS.index(key[0])), (_ID_BITS, key[1]))
    for bits, value in parts:
        order = order << bits | value
    return order


def key_of(order: int) -> Key:
    """The record whose document has this place in the order."""
    return KINDS[(order >> _ID_BITS) & ((1 << _KIND_BITS) - 1)], order & ID_MASK


class Leaf:
    """One segment, mapped into memory, with what was deleted from it."""

    def __init__(self, index: SearchIndex, segment: Any) -> None:
        codec = segment.codec()
        terms: FlatTermsReader = codec.terms_reader(index.storage, segment)
        with closing(codec.per_document_reader(index.storage, segment)) as stored:
            kept = {name: stored.column_reader(name, column) for name, column in columns().items()}
        self.segment_id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.deleted: frozenset[int] = frozenset(segment.deleted_docs())
        self.terms = terms
        self.order: Numbers = kept["order"]
        self.kinds: Numbers = kept["kinds"]
        self.names: Texts = kept["names"]
        self.body: Texts = kept["body"]
        self.reach: Texts = kept["reach"]
        self._present: frozenset[int] | None = None
        self.facets: dict[str, Choices] = {facet: kept[facet] for facet in FACETS}

    def field(self, name: str) -> FieldTerms:
        """The terms of a field."""
        return self.terms.field(name)

    def has(self, kind: str) -> bool:
        """Whether any document is of ``kind``."""
        if self._present is None:
            self._present = frozenset(self.kinds)
        return kind in KINDS and KINDS.index(kind) in self._present

    def key(self, docnum: int) -> Key:
        """Which record a document is of."""
        return key_of(self.order[docnum])

    def document(self, key: Key) -> int | None:
        """The live document of a record."""
        for docnum in self.field("key").find(f"{key[0]}:{key[1]}".encode()):
            if docnum not in self.deleted:
                return docnum
        return None

    def with_deleted(self, deleted: Iterable[int]) -> Leaf:
        """The same segment after more of it was deleted."""
        fresh = Leaf.__new__(Leaf)
        fresh.__dict__.update(self.__dict__)
        fresh.deleted = frozenset(deleted)
        return fresh

    def values(self, docnum: int) -> dict[str, Any]:
        """What a document has in each column, as it was written."""
        facets = {
            name: choices.texts[choices.numbers[docnum]].encode()
            for name, choices in self.facets.items()
        }
        return {
            "order": self.order[docnum],
            "kinds": self.kinds[docnum],
            "names": self.names[docnum],
            "body": self.body[docnum],
            "reach": self.reach[docnum],
            **facets,
        }


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
                leaf = leaf.with_deleted(segment.deleted_docs())
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
        place = self._place_of_watermark()
        return -1 if place is None else place[0].order[place[1]]

    def is_of(self, source: DocumentSource) -> bool:
        """Whether what the index knows is the past of ``source``, and not of a copy that went on."""
        place = self._place_of_watermark()
        if place is None:
            return False
        leaf, docnum = place
        watermark = leaf.order[docnum]
        return watermark <= source.watermark() and leaf.names[docnum] == source.mark(watermark)

    def _place_of_watermark(self) -> tuple[Leaf, int] | None:
        for leaf in self.leaves:
            for docnum in leaf.field("key").find(WATERMARK.encode()):
                if docnum not in leaf.deleted:
                    return leaf, docnum
        return None

    def stage(self, key: Key) -> str | None:
        """The stage a record is indexed at; ``None`` where it is not."""
        for leaf in self.leaves:
            docnum = leaf.document(key)
            if docnum is not None:
                choices = leaf.facets["stage"]
                return "".join(unpacked(choices.texts[choices.numbers[docnum]]))
        return None

    def holds(self, key: Key) -> bool:
        """Whether a record is indexed."""
        return any(leaf.document(key) is not None for leaf in self.leaves)


def _after_the_latest(segment: Any) -> bool:
    return bool(segment.doc_count_all() > _LATEST_AT_MOST)


def unpacked(choice: str) -> Iterator[str]:
    """The values of a facet that a document has at once."""
    return filter(None, choice.split("\x1f"))
