"""Owns the timeline of a deal: everything said and sent, in the order it happened, newest at the end.

Shows the last entries first, made in turns, and earlier ones when asked for. Must not read the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from app.negotiation.views import ThreadDetail
from ui import theme
from ui.forms.sections import Scroll, empty, link, plain_label
from ui.keys import tab_last
from ui.negotiation.entry import EntryActions, MessageEntry, PaperEntry, RoundEntry
from ui.turns import Turns
from ui.words import say

#: So many entries are shown at first, and so many more each time.
PAGE = 50
#: So many are made in a turn.
_AT_ONCE = 5
_Build = Callable[[QWidget], QWidget]


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
        self._making = Turns(self)
        #: How far above the end the person looks.
        self._above_end_px = 0
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._on_scrolled())

    def show_thread(self, thread: ThreadDetail) -> None:
        """Shows the end of the thread; of the thread shown before, as much as was shown."""
        if thread.id != self._thread_id:
            self._shown, self._above_end_px = PAGE, 0
        content = (thread.id, thread.messages, thread.papers, thread.rounds)
        if content == self._content:
            return
        self._content = content
        self._thread_id = thread.id
        self._entries = self._all(thread)
        self._build()

    def _on_range(self, _low: int, _high: int) -> None:
        """Keeps the newest entry in sight, or what is looked at while others come in above it."""
        if not self._above_end_px or self._making.is_active:
            self._stay()

    def _stay(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() - self._above_end_px)

    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        above = bar.maximum() - bar.sliderPosition()
        self._above_end_px = above if above > theme.LARGE else 0

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
        self._making.finish()
        # The Tab key leads there, too, without a hand on the bar.
        self._on_scrolled()
        made = min(self._shown, len(self._entries))
        self._shown += PAGE
        asked = self.body.takeAt(0).widget()
        asked.hide()
        asked.deleteLater()
        self._making.begin(self._make(made))

    def _build(self) -> None:
        is_held = self.isAncestorOf(self.window().focusWidget() or self)
        empty(self.body, self.widget())
        if not self._entries:
            self.body.addWidget(plain_label(say("deals.nothing_said"), role="faint"))
        self.body.addStretch(1)
        self._making.begin(self._make())
        self._making.take_one()
        if is_held or self._above_end_px:
            # A hand on the keyboard, and what is looked at further up, stay where they are.
            self._making.finish()

    def _make(self, made: int = 0) -> Iterator[None]:
        """The newest entries first, which are in sight, then those above the ``made`` ones."""
        place, first = len(self._entries) - made, max(0, len(self._entries) - self._shown)
        content = self.widget()
        while place > first:
            start = max(first, place - _AT_ONCE)
            # Laid out once they have their room: else all would be squeezed into that of those before.
            self.body.setEnabled(False)
            for number, (_at, build) in enumerate(self._entries[start:place]):
                self.body.insertWidget(number, entry := build(content))
                entry.show()
            self.body.setEnabled(True)
            content.resize(content.width(), content.heightForWidth(content.width()))
            self._stay()
            place = start
            yield
        if first:
            self.body.insertWidget(
                0, link(say("deals.show_earlier", count=first), self.show_earlier)
            )
        tab_last(self.body, self.widget())
        yield
