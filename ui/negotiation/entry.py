"""Owns one entry of the timeline: who said what and when, the files with it, and its round.

Texts are shown as plain text. Must not read or write; the page does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.files.views import AttachmentView
from app.negotiation.views import MessageView, PaperView, RoundView
from ui import formats, theme
from ui.forms.elided import Elided
from ui.forms.sections import Line, link, more_button, plain_label
from ui.icons import icon
from ui.negotiation.offered_words import offered_words, side_words
from ui.words import say

#: Longer messages are cut, with a button for the rest.
SHOWN_CHARACTERS = 1200
_ICONS = {"mail": "mail", "chat": "chat", "call": "phone", "meeting": "buyers", "note": "note"}
_PAPER_ICONS = {"offer": "price", "quotation": "quotations", "stage": "pipeline"}
_DIRECTIONS = {
    "in": "deals.direction.in",
    "out": "deals.direction.out",
    "internal": "deals.direction.internal",
}


@dataclass(frozen=True, slots=True)
class EntryActions:
    """What can be done with an entry; the page does it."""

    confirm: Callable[[RoundView], None]
    open_file: Callable[[AttachmentView], None]
    save_file: Callable[[AttachmentView], None]
    show_formatted: Callable[[MessageView], None]
    turn: Callable[[MessageView], None]
    split: Callable[[MessageView], None]
    move: Callable[[MessageView], None]
    open_paper: Callable[[PaperView], None]


class MessageEntry(QFrame):
    """A mail, chat message, call, meeting or note."""

    def __init__(
        self,
        message: MessageView,
        round_: RoundView | None,
        actions: EntryActions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.message = message
        self.setProperty("role", "card")
        self.setObjectName(f"message-{message.id}")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        self._layout.setSpacing(theme.TINY)
        self.tick = QCheckBox()
        self.tick.setToolTip(say("deals.tick"))
        self.tick.setAccessibleName(
            f"{say('deals.tick')} {message.sender} {formats.moment(message.sent_at)}"
        )
        self._layout.addLayout(self._head(message, actions))
        self.text = plain_label(message.text or say("deals.no_text"))
        self._layout.addWidget(self.text)
        if len(message.text) > SHOWN_CHARACTERS:
            self._cut(message.text)
        self._add_files(message, actions)
        if round_ is not None:
            self._layout.addLayout(_round_row(round_, actions))

    def _head(self, message: MessageView, actions: EntryActions) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        picture = QLabel()
        picture.setPixmap(icon(_ICONS.get(message.kind, "note")).pixmap(16, 16))
        row.addWidget(self.tick)
        row.addWidget(picture)
        who = message.sender.partition("<")[0].strip(' "') or message.sender
        name = Elided(who or say(f"deals.kind.{message.kind}"), role="heading")
        direction = say(_DIRECTIONS.get(message.direction, "deals.direction.internal"))
        when = Elided(f"{formats.moment(message.sent_at)} · {direction}", role="faint")
        row.addWidget(name)
        row.addWidget(when, 1)
        if message.html:
            row.addWidget(link(say("deals.formatted"), partial(actions.show_formatted, message)))
        doings = [("deals.move", actions.move), ("deals.split", actions.split)]
        if message.direction != "internal":
            doings.insert(0, ("deals.turn", actions.turn))
        row.addWidget(more_button([(key, partial(run, message)) for key, run in doings]))
        return row

    def _cut(self, whole: str) -> None:
        self.text.setText(whole[:SHOWN_CHARACTERS] + " …")

        def show_all() -> None:
            self.text.setText(whole)
            more.hide()

        more = link(say("deals.show_all"), show_all)
        self._layout.addWidget(more)

    def _add_files(self, message: MessageView, actions: EntryActions) -> None:
        for file in message.attachments:
            self._layout.addWidget(
                Line(
                    file.name,
                    formats.file_size(file.size_bytes),
                    open_=partial(actions.open_file, file),
                    save=partial(actions.save_file, file),
                )
            )


class PaperEntry(QFrame):
    """A quotation's revision or a supplier's offer, at its place in time."""

    def __init__(
        self, paper: PaperView, actions: EntryActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        picture = QLabel()
        picture.setPixmap(icon(_PAPER_ICONS[paper.kind]).pixmap(16, 16))
        row.addWidget(picture)
        if paper.stages is not None:
            before, after = (say(f"stages.{stage}") for stage in paper.stages)
            row.addWidget(plain_label(f"{paper.title}: {before} → {after}", wraps=False))
        elif paper.kind == "offer":
            row.addWidget(plain_label(f"{say('deals.offer')} {paper.title}", wraps=False))
        else:
            title = f"{say('deals.quotation')} {paper.title}"
            row.addWidget(link(title, partial(actions.open_paper, paper)))
        row.addWidget(plain_label(formats.moment(paper.at), role="faint"), 1)


class RoundEntry(QFrame):
    """A confirmed round that no message of the thread holds."""

    def __init__(
        self, round_: RoundView, actions: EntryActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        layout.addLayout(_round_row(round_, actions))


def _round_row(round_: RoundView, actions: EntryActions) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SMALL)
    text = f"{side_words(round_.offered.side)}: {offered_words(round_.offered)}"
    label = plain_label(text, role="good" if round_.is_confirmed else "warning")
    row.addWidget(label, 1)
    button = QPushButton(say("deals.correct") if round_.is_confirmed else say("deals.confirm"))
    button.setAccessibleName(f"{button.text()} {text}")
    button.clicked.connect(lambda: actions.confirm(round_))
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return row
