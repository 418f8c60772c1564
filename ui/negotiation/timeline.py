"""Owns the timeline of a deal: everything said and sent, in the order it happened, newest at the end.

Shows the last entries first and earlier ones when asked for. Must not read the book.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from app.negotiation.views import ThreadDetail
from ui import theme
from ui.forms.sections import Scroll, empty, link, plain_label
from ui.negotiation.entry import EntryActions, MessageEntry, PaperEntry, RoundEntry
from ui.words import say

#: So many entries are shown at first, and so many more each time.
PAGE = 200
_Build = Callable[[], QWidget]


class Timeline(Scroll):
    """All entries of a thread, as many as were asked for."""

    def __init__(self, actions: EntryActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.setSpacing(theme.SMALL)
        self._actions = actions
        self._thread_id = -1
        self._content: tuple[object, ...] = ()
        self._shown = PAGE
        self._entries: list[tuple[datetime, _Build]] = []
        self._stays_at_end = True
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._on_scrolled())

    def show_thread(self, thread: ThreadDetail) -> None:
        """Shows the end of the thread; of the thread shown before, as much as was shown."""
        if thread.id != self._thread_id:
            self._shown = PAGE
            self._stays_at_end = True
        content = (thread.id, thread.messages, thread.papers, thread.rounds)
        if content == self._content:
            return
        self._content = content
        self._thread_id = thread.id
        self._entries = self._all(thread)
        self._build()

    def _on_range(self, _low: int, high: int) -> None:
        """Keeps the newest entry in sight while the layout grows, until the person scrolls."""
        if self._stays_at_end:
            self.verticalScrollBar().setValue(high)

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        self._stays_at_end = bar.sliderPosition() >= bar.maximum() - theme.LARGE

    def _all(self, thread: ThreadDetail) -> list[tuple[datetime, _Build]]:
        rounds = {view.message_id: view for view in thread.rounds if view.message_id is not None}
        entries: list[tuple[datetime, _Build]] = [
            (message.sent_at, partial(MessageEntry, message, rounds.get(message.id), self._actions))
            for message in thread.messages
        ]
        entries += [
            (paper.at, partial(PaperEntry, paper, self._actions)) for paper in thread.papers
        ]
        alone = (view for view in thread.rounds if view.message_id is None)
        entries += [
            (view.offered.made_at or datetime.now(UTC), partial(RoundEntry, view, self._actions))
            for view in alone
        ]
        return sorted(entries, key=lambda entry: entry[0])

    def meant(self, message_id: int) -> list[int]:
        """The messages something is done with: all that are ticked where this one is, else it alone."""
        widgets = (self.body.itemAt(index).widget() for index in range(self.body.count()))
        ticked = [
            entry.message.id
            for entry in widgets
            if isinstance(entry, MessageEntry) and entry.tick.isChecked()
        ]
        return ticked if message_id in ticked else [message_id]

    def show_earlier(self) -> None:
        """Shows the entries before those shown."""
        self._shown += PAGE
        self._stays_at_end = False
        self._build()

    def _build(self) -> None:
        empty(self.body, self.widget())
        if not self._entries:
            self.body.addWidget(plain_label(say("deals.nothing_said"), role="faint"))
        hidden = len(self._entries) - self._shown
        if hidden > 0:
            self.body.addWidget(link(say("deals.show_earlier", count=hidden), self.show_earlier))
        for _at, build in self._entries[-self._shown :]:
            self.body.addWidget(build())
        self.body.addStretch(1)
