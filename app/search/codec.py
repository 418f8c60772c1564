"""Owns how postings and columns of the index lie on disk: flat arrays, mapped into memory.

Whoosh's own codec pickles and compresses postings in blocks of 128, which costs more to open than
to search: looking at one word of a keystroke takes milliseconds. Here the terms of a field are one
sorted run of bytes and the postings of neighbouring terms lie side by side, so a term is a binary
search, a membership test is another, and a prefix is one slice. Must not know what the fields mean.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, Literal

from whoosh import columns
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader, W3Segment
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

_SAMPLE = 64
_REMEMBERED = 256
_HEADER = struct.Struct("<8sI")
_MAGIC = b"ENTREPO1"
_TERMS = ".trm"
_POSTINGS = ".pst"

Numbers = Sequence[int]
"""A read-only array of integers: a memory view, an array or a list."""


def mapped(dbfile: Any) -> memoryview:
    """The whole of an open Whoosh file as a view that stays valid after the file is closed."""
    fileno = dbfile.raw_file().fileno()
    size = dbfile.raw_file().seek(0, 2)
    if size == 0:
        return memoryview(b"")
    return memoryview(mmap.mmap(fileno, size, access=mmap.ACCESS_READ))


class FieldTerms:
    """The sorted terms of one field of one segment, with their postings."""

    __slots__ = ("_blob", "_known", "_offsets", "_postings", "_samples", "count", "starts")

    def __init__(
        self, blob: memoryview, offsets: Numbers, starts: Numbers, postings: memoryview
    ) -> None:
        self._blob = blob
        self._offsets = offsets
        self.starts = starts
        self._postings = postings
        self._samples: list[bytes] | None = None
        self._known: dict[bytes, int] = {}
        self.count = len(offsets) - 1

    def term(self, position: int) -> bytes:
        """The term at ``position`` in sorted order."""
        return bytes(self._blob[self._offsets[position] : self._offsets[position + 1]])

    def position(self, term: bytes) -> int:
        """Where ``term`` stands or would stand."""
        at = self._known.get(term)
        if at is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            at = self._known[term] = self._located(term)
        return at

    def _located(self, term: bytes) -> int:
        samples = self._samples
        if samples is None:
            samples = [self.term(at) for at in range(0, self.count, _SAMPLE)]
            self._samples = samples
        block = bisect_right(samples, term) - 1
        if block < 0:
            return 0
        low, high = block * _SAMPLE, min((block + 1) * _SAMPLE, self.count)
        blob, offsets = self._blob, self._offsets
        while low < high:
            middle = (low + high) >> 1
            if bytes(blob[offsets[middle] : offsets[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> Numbers:
        """The documents of exactly ``term``, ascending; empty when there are none."""
        at = self.position(term)
        if at < self.count and self.term(at) == term:
            return self._postings[self.starts[at] : self.starts[at + 1]]
        return ()

    def span(self, prefix: bytes) -> tuple[int, int]:
        """First and past-the-last position of the terms that start with ``prefix``."""
        return self.position(prefix), self.position(prefix + b"\xff")

    def slice(self, first: int, last: int) -> Numbers:
        """The postings of the terms in ``[first, last)``, term by term; documents may repeat."""
        if first >= last:
            return ()
        return self._postings[self.starts[first] : self.starts[last]]

    def starting(self, prefix: bytes) -> Numbers:
        """The postings of all terms that start with ``prefix``; documents may repeat."""
        return self.slice(*self.span(prefix))

    def frequency(self, position: int) -> int:
        """How many documents hold the term at ``position``."""
        return self.starts[position + 1] - self.starts[position]


_NO_TERMS = FieldTerms(memoryview(b""), (0,), (0,), memoryview(b"").cast("I"))


class FlatTermsReader(base.TermsReader):
    """Terms of a segment by field, for the planner and for Whoosh's own queries."""

    def __init__(self, view: memoryview, postings: memoryview) -> None:
        self.fields: dict[str, FieldTerms] = {}
        magic, fields = _HEADER.unpack_from(view, 0)
        if magic != _MAGIC:
            raise ValueError("not the terms of an index of ours")
        position = _HEADER.size
        for _ in range(fields):
            name, counts, position = _field_header(view, position)
            position = self._map_field(view, postings, name=name, counts=counts, at=position)

    def _map_field(
        self, view: memoryview, postings: memoryview, *, name: str, counts: Numbers, at: int
    ) -> int:
        terms, size, first = counts
        offsets = view[at : at + 4 * (terms + 1)].cast("I")
        at += 4 * (terms + 1)
        starts = view[at : at + 4 * (terms + 1)].cast("I")
        at += 4 * (terms + 1)
        self.fields[name] = FieldTerms(
            view[at : at + size], offsets, starts, postings[first : first + starts[terms]]
        )
        return _aligned(at + size)

    def field(self, name: str) -> FieldTerms:
        """The terms of field ``name``; none when no document of the segment has it."""
        return self.fields.get(name, _NO_TERMS)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self.field(term[0]).find(term[1])) > 0

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self.fields.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term, by field, in order."""
        for name, field in sorted(self.fields.items()):
            for position in range(field.count):
                yield name, field.term(position)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Terms of a field from ``prefix`` on."""
        field = self.field(fieldname)
        for position in range(field.position(prefix), field.count):
            yield fieldname, field.term(position)

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """Whoosh's facts about a term; raises its TermNotFound."""
        found = self.field(fieldname).find(tbytes)
        if not len(found):
            raise TermNotFound(f"No term {fieldname}:{tbytes!r}")
        return TermInfo(
            weight=len(found), df=len(found), minlength=1, maxlength=1, maxweight=1,
            minid=found[0], maxid=found[-1],
        )  # fmt: skip

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """How many documents hold the term."""
        return len(self.field(fieldname).find(tbytes))

    def frequency(self, fieldname: str, tbytes: bytes) -> int:
        """The same: a document holds a term or not."""
        return self.doc_frequency(fieldname, tbytes)

    def matcher(
        self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None
    ) -> ListMatcher:
        """A Whoosh matcher over the term's documents."""
        info = self.term_info(fieldname, tbytes)
        documents = list(self.field(fieldname).find(tbytes))
        return ListMatcher(
            documents, format=format_, scorer=scorer, term=(fieldname, tbytes), terminfo=info
        )


def _field_header(view: memoryview, at: int) -> tuple[str, Numbers, int]:
    length, terms, size, first = struct.unpack_from("<IIII", view, at)
    at += 16
    name = bytes(view[at : at + length]).decode("ascii")
    return name, (terms, size, first), _aligned(at + length)


def _aligned(position: int) -> int:
    return (position + 3) & ~3


class FlatFieldWriter(base.FieldWriter):
    """Writes a segment's fields; each field's postings come sorted by term."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._termfile = segment.create_file(storage, _TERMS)
        self._postfile = segment.create_file(storage, _POSTINGS)
        self._fields: list[bytes] = []
        self._written = 0

    def add_field(self, name: str, terms: list[bytes], counts: Numbers, postings: bytes) -> None:
        """Adds a whole field: its sorted terms, how many documents each has, and all of those.

        ``postings`` holds them as numbers of four bytes, term by term, ascending within a term.
        """
        blob = b"".join(terms)
        offsets = array("I", accumulate(chain((0,), map(len, terms))))
        starts = array("I", accumulate(chain((0,), counts)))
        label = name.encode("ascii")
        head = struct.pack("<IIII", len(label), len(terms), len(blob), self._written)
        self._fields += [
            _padded(head + label), offsets.tobytes(), starts.tobytes(), _padded(blob),
        ]  # fmt: skip
        self._postfile.write(postings)
        self._written += len(postings) // 4

    def close(self) -> None:
        """Writes the terms of all fields and closes both files."""
        self._termfile.write(_HEADER.pack(_MAGIC, len(self._fields) // 4))
        for part in self._fields:
            self._termfile.write(part)
        self._termfile.close()
        self._postfile.close()


def _padded(content: bytes) -> bytes:
    return content + b"\0" * (_aligned(len(content)) - len(content))


class FlatCodec(base.Codec):
    """Whoosh's codec interface over flat files."""

    def per_document_writer(self, storage: Any, segment: Any) -> FlatColumnsWriter:
        """The writer of a new segment's columns."""
        return FlatColumnsWriter(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> W3PerDocReader:
        """Whoosh's own; the columns are ours."""
        return W3PerDocReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> FlatFieldWriter:
        """The writer of a new segment's terms."""
        return FlatFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> FlatTermsReader:
        """The terms of a segment."""
        with segment.open_file(storage, _TERMS) as termfile:
            terms = mapped(termfile)
        with segment.open_file(storage, _POSTINGS) as postfile:
            return FlatTermsReader(terms, mapped(postfile).cast("I"))

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """A segment with a fresh name."""
        return W3Segment(self, indexname)


class FlatColumnsWriter(base.PerDocumentWriter):
    """Collects the columns of a segment in memory and writes each to its file at the end."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self._columns: dict[str, tuple[FlatColumn, list[Any]]] = {}

    def add_column_value(self, fieldname: str, column: FlatColumn, value: Any) -> None:
        """The value of the next document; every document has one in every column."""
        known = self._columns.get(fieldname)
        if known is None:
            known = self._columns[fieldname] = (column, [])
        known[1].append(value)

    def close(self) -> None:
        """Writes the files."""
        for name, (column, values) in self._columns.items():
            with self._storage.create_file(W3Codec.column_filename(self._segment, name)) as file:
                file.write(column.packed(values))
        self._columns.clear()


class FlatColumn(columns.Column):
    """A column that is read as a whole through a mapped view."""

    default: Any = None

    def packed(self, values: list[Any]) -> bytes:
        """The values as they lie on disk."""
        raise NotImplementedError

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Any:
        """What :meth:`packed` wrote, ready to be indexed by document number."""
        raise NotImplementedError

    def default_value(self, reverse: bool = False) -> Any:
        """What a document without a value has."""
        return self.default


class NumberColumn(FlatColumn):
    """One unsigned number a document; ``typecode`` as in :mod:`array`."""

    default = 0

    def __init__(self, typecode: Literal["B", "Q"]) -> None:
        self._typecode: Literal["B", "Q"] = typecode

    def packed(self, values: list[int]) -> bytes:
        """The bare array."""
        return array(self._typecode, values).tobytes()

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Numbers:
        """The array as a view."""
        view: Numbers = mapped(dbfile).cast(self._typecode)
        return view


class TextColumn(FlatColumn):
    """One run of UTF-8 bytes a document."""

    default = b""

    def packed(self, values: list[bytes]) -> bytes:
        """Ends of the texts, then the texts."""
        ends = array("I", accumulate(chain((0,), map(len, values))))
        return ends.tobytes() + b"".join(values)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Texts:
        """The texts by document number."""
        view = mapped(dbfile)
        head = 4 * (doccount + 1)
        return Texts(view[:head].cast("I"), view[head:])


class Texts:
    """The texts of a column."""

    __slots__ = ("_blob", "_ends")

    def __init__(self, ends: Numbers, blob: memoryview) -> None:
        self._ends = ends
        self._blob = blob

    def __getitem__(self, docnum: int) -> bytes:
        ends = self._ends
        return bytes(self._blob[ends[docnum] : ends[docnum + 1]])

    def __len__(self) -> int:
        return len(self._ends) - 1


class ChoiceColumn(FlatColumn):
    """One text of a limited set a document: a number a document and the set."""

    default = b""

    def packed(self, values: list[bytes]) -> bytes:
        """How many choices, the number of each document, then the choices."""
        numbers: dict[bytes, int] = {}
        chosen = array("I", [numbers.setdefault(value, len(numbers)) for value in values])
        ends = array("I", accumulate(chain((0,), map(len, numbers))))
        return (
            struct.pack("<I", len(numbers)) + chosen.tobytes() + ends.tobytes() + b"".join(numbers)
        )

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Choices:
        """Numbers by document, and the choices they stand for."""
        view = mapped(dbfile)
        (count,) = struct.unpack_from("<I", view, 0)
        chosen = view[4 : 4 + 4 * doccount].cast("I")
        at = 4 + 4 * doccount
        texts = Texts(view[at : at + 4 * (count + 1)].cast("I"), view[at + 4 * (count + 1) :])
        return Choices(chosen, [texts[number].decode() for number in range(count)])


class Choices:
    """A choice column: ``numbers`` by document, ``texts`` by number."""

    __slots__ = ("numbers", "texts")

    def __init__(self, numbers: Numbers, texts: list[str]) -> None:
        self.numbers = numbers
        self.texts = texts


def holds(documents: Numbers, docnum: int) -> bool:
    """Whether the ascending ``documents`` contain ``docnum``."""
    at = bisect_left(documents, docnum)
    return at < len(documents) and documents[at] == docnum
