"""Owns bringing the index in line with the book: changes after a commit, or everything anew.

Documents and watermark go into the same commit, so index and book agree after any kill. Gives way
to whoever is searching. Must not answer searches.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from whoosh.index import LockError

from app.kernel.background import in_the_background
from app.kernel.messages import Message
from app.kernel.progress import Progress
from app.kernel.workers import PROCESSES, Task, WorkerDied, all_done
from app.search.documents import KINDS, DocumentSource, Key
from app.search.segments import DamagedIndex, SearchIndex, Snapshot

if TYPE_CHECKING:
    from app.search.preparing import Portion, Prepared

_log = logging.getLogger(__name__)

ENTRIES_HERE = 2_000
DOCUMENTS_HERE = 2_000
"""More changes, or more documents, than these are prepared in processes of their own."""
ENTRIES_BESIDE = 60_000
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
        self._day = ""

    def catch_up(self, index: SearchIndex, snapshot: Snapshot, progress: Progress) -> Snapshot:
        """The snapshot after all journal entries past the watermark are in the index.

        And what the day alone has moved, which no entry tells.
        """
        while True:
            before, last = snapshot.watermark(), self._source.watermark()
            if not snapshot.is_of(self._source):
                raise DamagedIndex("it knows of changes the book has never had")
            moved = self._moved_by_the_day(snapshot)
            if before == last and not moved:
                return snapshot
            progress.at(Message("search.catching_up"), 0, last - before)
            from app.search.writing import Commit

            try:
                commit = Commit(index)
            except LockError:
                return snapshot
            try:
                prepared = self._prepared(index, snapshot, moved, progress)
            except BaseException:
                commit.cancel()
                raise
            commit.finish(prepared.segments)
            snapshot = Snapshot(index, snapshot)

    def _moved_by_the_day(self, snapshot: Snapshot) -> set[Key]:
        """Records the index has at another stage than they are at today; looked for once a day."""
        day = self._source.today()
        if day == self._day:
            return set()
        at = self._source.moved_by_the_day()
        moved = {key for key, stage in at.items() if snapshot.stage(key) not in (None, stage)}
        if not moved:
            self._day = day
        return moved

    def _prepared(
        self, index: SearchIndex, snapshot: Snapshot, moved: set[Key], progress: Progress
    ) -> Prepared:
        """What the next commit brings: a few changes made here, many in a process of its own."""
        from app.search import preparing

        before = snapshot.watermark()
        backlog = self._source.watermark() - before
        if backlog > ENTRIES_HERE:
            return self._prepared_beside(index, before, progress)
        until, keys = self._source.changed_since(before, ENTRIES_HERE)
        if len(keys) > DOCUMENTS_HERE:
            return self._prepared_beside(index, before, progress)
        # A process beside knows the journal only; those left over come with the next commit.
        keys |= set(islice(moved, DOCUMENTS_HERE))
        leaves = Snapshot(index, snapshot).leaves
        with in_the_background():
            return preparing.prepared(
                index, leaves, source=self._source, keys=keys, watermark=until,
                tell=self._courtesy.stand_aside,
            )  # fmt: skip

    def _prepared_beside(self, index: SearchIndex, before: int, progress: Progress) -> Prepared:
        from app.search import preparing

        message, total = Message("search.catching_up"), self._source.watermark() - before
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done = min(done + count, total)
            progress.at(message, done, total)

        arguments = (index.folder, self._source, before, ENTRIES_BESIDE)
        try:
            answers: list[Prepared] = all_done([(preparing.caught_up, arguments)], told)
            return answers[0]
        except WorkerDied as trouble:
            _log.warning("changes are indexed here, not beside: %s", trouble)
        with in_the_background():
            return preparing.caught_up(
                index.folder, self._source, before, ENTRIES_HERE, self._courtesy.stand_aside
            )

    def fill(self, index: SearchIndex, progress: Progress) -> Snapshot:
        """The snapshot of an empty ``index`` after the whole book was written into it."""
        from app.search.preparing import segment_of
        from app.search.writing import Commit, SegmentWriter

        watermark, total, done = self._source.watermark(), self._source.count(), 0
        message = Message("search.rebuilding")
        progress.at(message, done, total)

        def told(count: int) -> None:
            nonlocal done
            done += count
            progress.at(message, min(done, total), total)

        tasks: list[Task] = [
            (segment_of, (index.folder, self._source, portions)) for portions in self._shares(total)
        ]
        commit = Commit(index)
        try:
            written = self._done(tasks, told, is_large=total > DOCUMENTS_HERE)
            segments = [segment for segment in written if segment is not None]
            latest = SegmentWriter(index)
            latest.set_watermark(watermark, self._source.mark(watermark))
            segments.append(latest.finish())
        except BaseException:
            commit.cancel()
            raise
        commit.finish(segments)
        return Snapshot(index)

    def _done(self, tasks: list[Task], told: Callable[[int], None], *, is_large: bool) -> list[Any]:
        if is_large:
            try:
                return all_done(tasks, told)
            except WorkerDied as trouble:
                _log.warning("the index is built here, not beside: %s", trouble)

        read = 0

        def tell() -> None:
            nonlocal read
            self._courtesy.stand_aside()
            read += 1
            if read % _DOCUMENTS_A_READ == 0:
                told(_DOCUMENTS_A_READ)

        with in_the_background():
            return [work(*arguments, tell) for work, arguments in tasks]

    def _shares(self, total: int) -> list[list[Portion]]:
        """The whole book in as many equal shares as make segments of the right size."""
        from app.search.preparing import DOCUMENTS_A_SEGMENT

        count = max(1, -(-total // (DOCUMENTS_A_SEGMENT * PROCESSES))) * PROCESSES
        size = -(-total // count) if total > DOCUMENTS_HERE else total + 1
        shares: list[list[Portion]] = [[]]
        room = size
        for kind in KINDS:
            ids = iter(self._source.all_ids(kind))
            while portion := list(islice(ids, min(_DOCUMENTS_A_READ, room))):
                shares[-1].append((kind, portion))
                room -= len(portion)
                if room <= 0:
                    shares.append([])
                    room = size
        return [share for share in shares if share]

    def check(self, index: SearchIndex, snapshot: Snapshot) -> None:
        """Raises :class:`DamagedIndex` when the index is damaged or disagrees with the book.

        Asked after :meth:`catch_up`; reads every file of the index once.
        """
        index.check_files()
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
