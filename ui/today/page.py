"""Owns the first page of the day: what is due, what expires, who waits, and the pipeline.

Must not decide what is due; the view service does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field, FieldType
from app.inquiries.fields import CHANNEL
from app.inquiries.stages import STAGES, Stage
from app.kernel.messages import Message
from app.today.views import ChannelRow, Today, TodayRow
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.sections import Line, Scroll, Section, clear, link, plain_label
from ui.icons import icon
from ui.keys import IN_SIGHT, give_keys, stops, tab_through
from ui.places import PLACE_OF_KIND
from ui.today.day_line import DayLine
from ui.words import say, words

#: What a change must touch to read the day again.
_TABLES = {
    *("thread", "message", "follow_up", "inquiry", "company", "certificate"),
    *("quotation", "revision", "offer", "request", "request_supplier", "product"),
}
_WHAT = {
    "follow_up": "today.what.follow_up",
    "next_step": "today.what.next_step",
    "no_answer": "today.what.no_answer",
    "inquiry": "today.what.inquiry",
    "company": "today.what.company",
    "reminder": "today.what.reminder",
    "certificate": "today.what.certificate",
    "quotation": "today.what.quotation",
    "offer": "today.what.offer",
    "unanswered": "today.what.unanswered",
}
#: How a day gone by is told; everything else is late.
_SINCE = {
    "unanswered": "today.waits",
    **dict.fromkeys(("certificate", "quotation", "offer"), "today.ended"),
}


class TodayPage(QWidget):
    """Lists of links; each leads to the record."""

    def __init__(
        self,
        context: Context,
        show_stage: Callable[[Stage], None],
        choose_file: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._show_stage = show_stage
        self._day = QLabel()
        self._day.setProperty("role", "faint")
        self.due = Section(say("today.due"))
        self.expiring = Section(say("today.expiring"))
        self.unanswered = Section(say("today.unanswered"))
        self.channels = Section(say("today.channels"))
        self.begin = self._beginning(choose_file)
        self.begin.hide()
        self.silent = link("", self._ask_silent_days)
        self._silent_days = 0
        self._shown: tuple[Today, bool] | None = None
        self._scroll = Scroll()
        self._stages = QHBoxLayout()
        self._stages.setSpacing(theme.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self._body(), 1)

    def _head(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        title = QLabel(say("window.place.today"))
        title.setProperty("role", "title")
        row.addWidget(title)
        row.addWidget(self._day)
        row.addStretch(1)
        row.addWidget(self.silent)
        return bar

    def _beginning(self, choose_file: Callable[[], None]) -> QFrame:
        """What can be done first, for a book that has nothing in it."""
        begin_import = QPushButton(icon("imports"), say("today.begin_import"))
        begin_import.clicked.connect(lambda: choose_file())
        give_keys(begin_import, "Ctrl+I", owner=self, where=IN_SIGHT)
        begin_inquiry = QPushButton(icon("inquiries"), say("today.begin_inquiry"))
        begin_inquiry.clicked.connect(lambda: self._context.navigation.go("inquiries"))
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        row.addWidget(plain_label(say("today.begin")), 1)
        row.addWidget(begin_import)
        row.addWidget(begin_inquiry)
        return card

    def _body(self) -> QWidget:
        self._scroll.body.addWidget(self.begin)
        self._scroll.body.addLayout(self._stages)
        columns = QHBoxLayout()
        columns.setSpacing(theme.MEDIUM)
        for sections in ((self.due,), (self.unanswered, self.expiring, self.channels)):
            column = QVBoxLayout()
            column.setSpacing(theme.MEDIUM)
            for section in sections:
                column.addWidget(_card(section))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self._scroll.body.addLayout(columns)
        self._scroll.body.addStretch(1)
        return self._scroll

    # -- showing ----------------------------------------------------------------------------

    def activate(self) -> None:
        """Called when the page comes to the front: the day may have changed since."""
        self._scroll.setFocus()
        self._read()

    def changeEvent(self, event: QEvent) -> None:
        """Reads the day when a window that was left open over night is taken up again."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            today = self._context.desk.clock.today()
            if self.isVisible() and self._shown is not None and self._shown[0].on != today:
                self._read()

    def on_changes(self, rows: ChangedRows) -> None:
        """Reads the day again after a commit that may have changed it."""
        if self.isVisible() and _TABLES & set(rows):
            self._read()

    def _read(self) -> None:
        desk = self._context.desk

        def read() -> tuple[Today, bool]:
            kinds = ("supplier", "product", "buyer", "inquiry")
            return desk.today.today(), not any(desk.lists.count(kind) for kind in kinds)

        self._context.tasks.read(self, read, lambda found: self._show(*found))

    def _show(self, today: Today, is_empty: bool) -> None:
        if self._shown == (today, is_empty):
            return
        self._shown = today, is_empty
        self.begin.setVisible(is_empty)
        self._day.setText(formats.day(today.on))
        self._silent_days = today.silent_days
        self.silent.setText(say("today.silent_after", days=today.silent_days))
        self.silent.setEnabled(not self._context.desk.is_read_only)
        self._show_stages(today.stages)
        self._fill(self.due, today.due, today, empty=say("today.nothing_due"))
        self._fill(self.unanswered, today.unanswered, today, empty=say("today.all_answered"))
        self._fill(self.expiring, today.expiring, today, empty=say("today.nothing_expires"))
        self._show_channels(today.channels)
        self._lead_tab()

    def _lead_tab(self) -> None:
        """Tab goes down the page as one reads it, though what is on it was made anew."""
        stages = [self._stages.itemAt(n).widget() for n in range(self._stages.count() - 1)]
        rows = [
            each
            for section in (self.due, self.unanswered, self.expiring)
            for each in section.findChildren(QWidget)
        ]
        tab_through(self.silent, self._scroll, *stages, *filter(stops, rows))

    def _show_stages(self, stages: Mapping[Stage, int]) -> None:
        clear(self._stages)
        for stage, count in stages.items():
            button = QPushButton(f"{words.text(STAGES[stage].name)}  {formats.number(count)}")
            button.clicked.connect(lambda _checked, stage=stage: self._show_stage(stage))
            self._stages.addWidget(button)
        self._stages.addStretch(1)

    def _fill(
        self, section: Section, rows: Sequence[TodayRow], today: Today, *, empty: str
    ) -> None:
        section.clear()
        for row in rows:
            section.add_row(self._line(row, today))
        if not rows:
            section.add_row(plain_label(empty, role="faint"))

    def _line(self, row: TodayRow, today: Today) -> DayLine:
        place = PLACE_OF_KIND.get(row.kind)
        go = partial(self._context.navigation.go, place, row.id) if place else None
        what = say(_WHAT[row.what])
        days = (today.on - row.on).days
        when = formats.day(row.on)
        if days > 0:
            when = say(_SINCE.get(row.what, "today.late"), days=days)
        about = " · ".join(filter(None, (row.company, what, formats.day(row.on) * (days > 0))))
        put_off = self._putting_off(row, today.on)
        return DayLine(
            row.text or what, about, when=when, is_late=days > 0, open_=go, put_off=put_off
        )

    # -- changing ---------------------------------------------------------------------------

    def _putting_off(self, row: TodayRow, today: date) -> Callable[[int], None] | None:
        """Puts what the row is about off by days; None where it has no day of its own to move."""
        desk = self._context.desk
        moves: dict[str, Callable[[date], object]] = {
            "follow_up": lambda on: desk.follow_ups.snooze(row.own_id, on),
            "next_step": lambda on: desk.negotiation.set_next_step(row.id, row.text, on),
            "reminder": lambda on: desk.requests.remind(row.own_id, {"remind_on": on}),
            "inquiry": lambda on: desk.edit(row.kind, [row.id], {"next_action_on": on}),
            "company": lambda on: desk.edit(row.kind, [row.id], {"next_action_on": on}),
        }
        move = moves.get(row.what)
        if move is None or desk.is_read_only:
            return None

        def put_off(days: int) -> None:
            on = today + timedelta(days=days)
            self._context.tasks.write(self, Message("window.saving"), lambda _task: move(on))

        return put_off

    def _ask_silent_days(self) -> None:
        follow_ups = self._context.desk.follow_ups
        RecordDialog(
            say("today.silent_title"),
            [Field("days", FieldType.INTEGER, "today.silent_days")],
            self._context.tasks,
            save=lambda values: follow_ups.set_silent_days(_whole(values["days"])),
            values={"days": self._silent_days},
            then=lambda _answer: self._read(),
            parent=self,
        ).open()

    # -- channels ---------------------------------------------------------------------------

    def _show_channels(self, channels: Sequence[ChannelRow]) -> None:
        self.channels.clear()
        for row in channels:
            told = say("today.answered", answered=row.answered, count=row.inquiries)
            if row.reply_hours is not None:
                told += " · " + say("today.reply_hours", hours=f"{row.reply_hours:.1f}")
            self.channels.add_row(Line(formats.shown(CHANNEL, row.channel), told))
        if not channels:
            self.channels.add_row(plain_label(say("today.no_channels"), role="faint"))


def _whole(typed: object) -> int:
    """The whole number typed; 0, which no setting takes, for what is none."""
    text = str(typed or "").strip()
    return int(text) if text.isdecimal() else 0


def _card(section: Section) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(theme.MEDIUM, theme.TINY, theme.MEDIUM, theme.MEDIUM)
    layout.addWidget(section)
    return card
