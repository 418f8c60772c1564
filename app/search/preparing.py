"""Owns the work of indexing that any process may do: documents read, segments written beside the index.

Nothing here counts until it is committed, so a process that dies at it leaves only files that the
next commit sweeps away. Must not commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.search.documents import DocumentSource, Key, SearchDocument
from app.search.segments import Leaf, SearchIndex
from app.search.writing import SegmentWriter, merge_small, without

DOCUMENTS_A_SEGMENT = 40_000
"""Held in memory until they are written, some 7 kB each, by two processes at once."""

Portion = tuple[str, Sequence[int]]
"""Records of one kind by their ids."""
Tell = Callable[[], None]
"""Called with each document that was read; raises to stop the work."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a commit needs: all segments of the index as it would be, and how far it then is."""

    segments: list[Any]
    watermark: int


def segment_of(
    folder: Path, source: DocumentSource, portions: Sequence[Portion], tell: Tell
) -> Any:
    """One new segment of the index in ``folder`` with the documents of ``portions``.

    None where there is none left: a record may go, or become part of another, after it was listed.
    """
    writer = SegmentWriter(SearchIndex(folder))
    for document in _documents(source, portions, tell):
        writer.write(document)
    return writer.finish() if writer.size else None


def caught_up(
    folder: Path, source: DocumentSource, watermark: int, limit: int, tell: Tell
) -> Prepared:
    """The index in ``folder`` after up to ``limit`` journal entries past ``watermark``."""
    index = SearchIndex(folder)
    leaves = [Leaf(index, segment) for segment in index.segments()]
    until, keys = source.changed_since(watermark, limit)
    return prepared(index, leaves, source=source, keys=keys, watermark=until, tell=tell)


def prepared(
    index: SearchIndex,
    leaves: Iterable[Leaf],
    *,
    source: DocumentSource,
    keys: set[Key],
    watermark: int,
    tell: Tell,
) -> Prepared:
    """The index of ``leaves`` after the documents of ``keys`` were read anew."""
    segments = {segment.segment_id(): segment for segment in index.segments()}
    remaining = without(leaves, keys)
    writer = SegmentWriter(index)
    full: list[Any] = []
    for document in _documents(source, _by_kind(keys), tell):
        if writer.size >= DOCUMENTS_A_SEGMENT:
            full.append(writer.finish())
            writer = SegmentWriter(index)
        writer.write(document)
    kept = merge_small(writer, remaining)
    writer.set_watermark(watermark, source.mark(watermark))
    for leaf in kept:
        for docnum in leaf.deleted:
            segments[leaf.segment_id].delete_document(docnum)
    old = [segments[leaf.segment_id] for leaf in kept]
    return Prepared([*old, *full, writer.finish()], watermark)


def _by_kind(keys: Iterable[Key]) -> list[Portion]:
    found: dict[str, list[int]] = defaultdict(list)
    for kind, number in sorted(keys):
        found[kind].append(number)
    return list(found.items())


def _documents(
    source: DocumentSource, portions: Iterable[Portion], tell: Tell
) -> Iterator[SearchDocument]:
    for kind, ids in portions:
        for document in source.documents(kind, ids):
            tell()
            yield document
