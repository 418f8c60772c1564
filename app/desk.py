"""Owns the open book as the window and the command line hold it: all its services at one desk.

``ui`` holds one desk and talks to it and its services only. Must not know how a service is made.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.folders import default_cache, default_data
from app.kernel.clock import Clock, SystemClock
from app.kernel.progress import UNWATCHED, Progress
from app.services import Services

if TYPE_CHECKING:
    from app.forms import Values
    from app.search.results import Indexing
    from app.sheets.service import ImportResult, Preview
    from database.changes import ChangeSet


def load_services() -> None:
    """Imports what a first page needs; before Qt, whose bindings read the source of later modules."""
    for name in ("app.history.service", "app.listings", "app.today.views"):
        importlib.import_module(name)


class Desk(Services):
    """An open book, its services and what is done across them."""

    def __init__(
        self,
        folder: Path,
        *,
        create: bool = False,
        clock: Clock | None = None,
        cache: Path | None = None,
        data: Path | None = None,
    ) -> None:
        """Opens the book in ``folder``; raises ``BookError`` for what the user can act on.

        ``cache`` is where what can be made anew lies (the search index), by default in the user's
        cache folder and never in the book; automatic backups lie in ``data``, the user's data folder.
        """
        from database.book import open_book

        clock = clock or SystemClock()
        super().__init__(
            open_book(folder, create=create, now=clock.now),
            clock=clock,
            cache=cache or default_cache(),
            data=data or default_data(),
        )
        self._book.subscribe(self._keep_searchable)

    def start_indexing(self, watch: Callable[[Indexing], None]) -> None:
        """Begins to keep the index in line and tells ``watch`` how far it is; for a thread of its own.

        What it needs is imported before: who asks for another service meanwhile need not wait.
        """
        importlib.import_module("app.search.background")
        self.indexer.watch(watch)
        self.indexer.start()
        # A condition on a price is read where it is typed; it must not wait for this.
        importlib.import_module("app.quotations.rates_service")

    def _keep_searchable(self, changes: ChangeSet) -> None:
        """What nobody asked for yet begins with the book as it then is."""
        if Desk._source.is_made(self) and changes.touches("glossary"):
            self._source.forget_glossary()
        if Desk.indexer.is_made(self):
            self.indexer.changed()

    @property
    def folder(self) -> Path:
        """Where the book lies."""
        return self._book.folder

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed, because the folder can't be written."""
        return self._book.read_only

    def edit(
        self, kind: str, ids: Sequence[int], values: Values, *, initiator: object = None
    ) -> None:
        """Sets fields of listed records, whatever slice they belong to."""
        own = {"inquiry": self.inquiries.edit, "thread": self.negotiation.edit}
        edit = own.get(kind) or partial(self.directory.edit, kind)
        edit(ids, values, initiator=initiator)

    def take_in(
        self, preview: Preview, *, progress: Progress = UNWATCHED, initiator: object = None
    ) -> ImportResult:
        """Imports a sheet as ``sheets.commit`` does, before a large one with a verified backup."""
        if preview.is_large:
            self.upkeep.back_up_automatically(progress=progress)
        return self.sheets.commit(preview, progress=progress, initiator=initiator)

    def home_of(self, kind: str, record_id: int) -> tuple[str, int]:
        """The record on whose page another is shown: a person's company, a message's thread.

        Every company has the same page, whatever it is to the user.
        """
        if kind == "contact":
            company = self.directory_views.contact(record_id).company_id
            return ("supplier", company) if company is not None else (kind, record_id)
        if kind in ("agent", "forwarder"):
            return "supplier", record_id
        if kind == "message":
            thread = self.negotiation_views.thread_of(record_id)
            return ("thread", thread) if thread is not None else (kind, record_id)
        return kind, record_id

    def load_sample(
        self, progress: Progress = UNWATCHED, *, initiator: object = None
    ) -> Mapping[str, int]:
        """Fills an empty book with the sample data; how many records of each kind it got."""
        from app.sample.service import Sample

        return Sample(self._book, self.clock).load(progress, initiator=initiator)

    def picture_path(self, sha256: str) -> Path:
        """The file of a picture or attachment by its content's hash."""
        return self._book.files.path(sha256)

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> None:
        """Calls ``listener`` after each commit, in the thread that committed."""
        self._book.subscribe(listener)

    def close(self) -> None:
        """Finishes background work and closes the book."""
        if Desk.indexer.is_made(self):
            self.indexer.stop()
        elif Desk.search.is_made(self):
            self.search.close()
        self._book.close()
