"""Owns bringing the index in line with the book: changes after a commit, or everything anew.

Documents and watermark go into the same commit, so index and book agree after any kill. Gives way
to whoever is searching. Must not answer searches.
"""

from __future__ import annotations

import gc
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from whoosh.index import LockError

from app.kernel.background import in_the_background
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.search.documents import KINDS, DocumentSource, Key
from app.search.segments import DamagedIndex, DocumentWriter, SearchIndex, Snapshot

ENTRIES_A_COMMIT = 2_000
DOCUMENTS_A_SEGMENT = 75_000
_DOCUMENTS_A_READ = 1_000
_SAMPLE = 200
_LONGEST_PAUSE_S = 0.05


class Courtesy:
    """Lets work in the background stand aside while a search is answered."""

    def __init__(self) -> None:
        self._asking = 0
        self._lock = threading.Lock()
        self._is_quiet = threading.Event()
        self._is_quiet.set()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """While inside, background work waits."""
        with self._lock:
            self._asking += 1
            self._is_quiet.clear()
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1
                if not self._asking:
                    self._is_quiet.set()

    def stand_aside(self) -> None:
        """Waits while someone searches, but not for long."""
        if not self._is_quiet.is_set():
            self._is_quiet.wait(_LONGEST_PAUSE_S)


class Indexing:
    """Writes what ``source`` says into an index."""

    def __init__(self, source: DocumentSource, courtesy: Courtesy) -> None:
        self._source = source
        self._courtesy = courtesy

    def catch_up(self, index: SearchIndex, snapshot: Snapshot, progress: Progress) -> Snapshot:
        """The snapshot after all journal entries past the watermark are in the index."""
        while True:
            before = snapshot.watermark()
            if before > self._source.watermark():
                raise DamagedIndex("it knows of changes the book has never had")
            until, keys = self._source.changed_since(before, ENTRIES_A_COMMIT)
            if until == before:
                return snapshot
            progress.at(Message("search.catching_up"), until, self._source.watermark())
            try:
                with in_the_background():
                    self._rewrite(DocumentWriter(index, snapshot), keys, until)
            except LockError:
                return snapshot
            snapshot = Snapshot(index, snapshot)

    def _rewrite(self, writer: DocumentWriter, keys: set[Key], watermark: int) -> None:
        try:
            writer.remove(keys)
            by_kind: dict[str, list[int]] = defaultdict(list)
            for kind, number in sorted(keys):
                by_kind[kind].append(number)
            for kind, ids in by_kind.items():
                self._write(writer, kind, ids)
            writer.set_watermark(watermark)
        except BaseException:
            writer.cancel()
            raise
        writer.finish(merge=True)

    def _write(self, writer: DocumentWriter, kind: str, ids: Iterable[int]) -> None:
        for document in self._source.documents(kind, ids):
            self._courtesy.stand_aside()
            writer.write(document)

    def fill(self, index: SearchIndex, progress: Progress) -> Snapshot:
        """The snapshot of an empty ``index`` after the whole book was written into it."""
        with in_the_background():
            return self._fill(index, progress)

    def _fill(self, index: SearchIndex, progress: Progress) -> Snapshot:
        watermark, total, done = self._source.watermark(), self._source.count(), 0
        snapshot = Snapshot(index)
        writer = DocumentWriter(index, snapshot)
        try:
            for kind, ids in self._portions():
                progress.at(Message("search.rebuilding"), done, total)
                self._write(writer, kind, ids)
                done += len(ids)
                if writer.doc_count() >= DOCUMENTS_A_SEGMENT:
                    writer.finish(merge=False)
                    gc.collect()
                    snapshot = Snapshot(index, snapshot)
                    writer = DocumentWriter(index, snapshot)
            writer.set_watermark(watermark)
        except BaseException:
            writer.cancel()
            raise
        writer.finish(merge=False)
        return Snapshot(index, snapshot)

    def _portions(self) -> Iterator[tuple[str, list[int]]]:
        for kind in KINDS:
            ids = iter(self._source.all_ids(kind))
            while portion := list(islice(ids, _DOCUMENTS_A_READ)):
                yield kind, portion

    def check(self, index: SearchIndex, snapshot: Snapshot) -> None:
        """Raises :class:`DamagedIndex` when the index is damaged or disagrees with the book.

        Asked after :meth:`catch_up`; reads every file of the index once.
        """
        index.check_files()
        if not 0 <= snapshot.watermark() <= self._source.watermark():
            raise DamagedIndex("watermark")
        if snapshot.count() != self._source.count():
            raise DamagedIndex("count")
        sample = _sample(snapshot)
        if sample - set(self._source.cards(sample)):
            raise DamagedIndex("unknown records")


def _sample(snapshot: Snapshot) -> set[Key]:
    keys: set[Key] = set()
    for leaf in snapshot.leaves:
        for docnum in range(0, leaf.size, max(1, leaf.size // _SAMPLE)):
            if docnum not in leaf.deleted and leaf.kinds[docnum] < len(KINDS):
                keys.add(leaf.key(docnum))
    return keys
