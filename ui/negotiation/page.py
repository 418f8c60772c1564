"""Owns the page of one deal: what is next, the timeline, the ladder, and writing something down.

Must not decide what an offer is or when something is due; the services do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.kernel.messages import Message
from app.negotiation.forms import ROUND_FIELDS, ROUND_FORM
from app.negotiation.offered import Offered, Side
from app.negotiation.round_form import offered_from, values_of
from app.negotiation.service import MessageDraft
from app.negotiation.templates_service import About
from app.negotiation.views import MessageView, PaperView, RoundView, ThreadDetail
from ui import theme
from ui.bridge import ChangedRows
from ui.changing import change
from ui.context import Context
from ui.files.opening import OpenedFiles
from ui.forms.dialog import RecordDialog
from ui.forms.sections import empty, link, more_button, plain_label
from ui.lists.pick_dialog import PickDialog
from ui.negotiation.composer import Composer
from ui.negotiation.entry import EntryActions
from ui.negotiation.follow_up import ask_follow_up
from ui.negotiation.ladder_panel import LadderPanel
from ui.negotiation.mail_dialog import MailDialog
from ui.negotiation.next_steps import NextActions, NextSteps
from ui.negotiation.timeline import Timeline
from ui.negotiation.write_dialog import write_message
from ui.places import PLACE_OF_KIND
from ui.words import say

#: What a change must touch to show the page again.
_TABLES = {
    *("thread", "message", "round", "round_tier", "follow_up", "attachment"),
    *("revision", "quotation", "offer", "company", "inquiry"),
}


class ThreadPage(QWidget):
    """A deal whole, beside the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._thread_id = -1
        self._files = OpenedFiles(context, self)
        self._title = plain_label("", role="title")
        self._linked = QWidget()
        self._links = QHBoxLayout(self._linked)
        self._links.setContentsMargins(0, 0, 0, 0)
        self.more = more_button(
            (
                ("templates.title", self.write_message),
                ("deals.follow_up", self.follow_up),
                ("deals.attach", self.choose_inquiry),
                ("deals.with_buyer", partial(self.choose_company, "buyer")),
                ("deals.with_supplier", partial(self.choose_company, "supplier")),
            )
        )
        self.more.setEnabled(not context.desk.is_read_only)
        actions = EntryActions(
            confirm=self.confirm,
            open_file=self._files.open,
            save_file=self._files.save,
            show_formatted=self._show_formatted,
            turn=self._turn,
            split=self._split,
            move=self._move,
            open_paper=self._open_paper,
        )
        self.next_steps = NextSteps(
            NextActions(
                set_step=self._set_step,
                snooze=self._snooze,
                done=self._done,
                today=context.desk.clock.today,
            )
        )
        self.timeline = Timeline(actions)
        self.ladder = LadderPanel(self.confirm, self.add_round, self._delete_round)
        self.ladder.asked.connect(lambda: self.show_record(self._thread_id))
        self.composer = Composer()
        self.composer.written.connect(self._write_down)
        self.composer.setEnabled(not context.desk.is_read_only)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        talk = QWidget()
        column = QVBoxLayout(talk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.timeline, 1)
        column.addWidget(self.composer)
        self.tabs.addTab(talk, say("deals.timeline"))
        self.tabs.addTab(self.ladder, say("deals.ladder"))
        self._lay_out()

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, 0, theme.LARGE, 0)
        head.setSpacing(theme.TINY)
        head.addWidget(self._title)
        row = QHBoxLayout()
        row.addWidget(self._linked, 1)
        row.addWidget(self.more)
        head.addLayout(row)
        head.addWidget(self.next_steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.MEDIUM, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)

    # -- showing ----------------------------------------------------------------------------

    def show_record(self, record_id: int) -> None:
        """Reads the thread off the GUI thread and shows it."""
        if record_id != self._thread_id:
            self.composer.clear()
            self.ladder.forget()
        self._thread_id = record_id
        quantity, cost, currency = self.ladder.asked_for()
        self._context.tasks.read(
            self,
            lambda: self._context.desk.negotiation_views.thread(
                record_id, quantity=quantity, unit_cost=cost, cost_currency=currency
            ),
            self._show,
            failed=lambda _error: None,
        )

    def on_changes(self, rows: ChangedRows) -> None:
        """Reads the thread again after a commit that may have changed it."""
        if self.isVisible() and self._thread_id >= 0 and _TABLES & set(rows):
            self.show_record(self._thread_id)

    def _show(self, thread: ThreadDetail) -> None:
        if thread.id != self._thread_id:
            return
        self._title.setText(thread.subject)
        self.setWindowTitle(thread.subject)
        self._show_links(thread)
        self.next_steps.show_thread(thread)
        self.timeline.show_thread(thread)
        self.ladder.show_thread(thread)
        suggested = sum(1 for view in thread.rounds if not view.is_confirmed)
        ladder = say("deals.ladder")
        self.tabs.setTabText(1, f"{ladder} ({suggested})" if suggested else ladder)

    def _show_links(self, thread: ThreadDetail) -> None:
        empty(self._links, self._linked)
        desk, go = self._context.desk, self._context.navigation.go
        if thread.company_id is not None:
            company_id = thread.company_id

            def go_to_company() -> None:
                self._context.tasks.read(
                    self,
                    lambda: desk.directory_views.company(company_id).roles,
                    lambda roles: go("suppliers" if "supplier" in roles else "buyers", company_id),
                )

            self._links.addWidget(link(thread.company or "", go_to_company))
        elif not desk.is_read_only:
            for key, kind in (("deals.with_buyer", "buyer"), ("deals.with_supplier", "supplier")):
                self._links.addWidget(link(say(key), partial(self.choose_company, kind)))
        if thread.inquiry_id is not None:
            open_inquiry = partial(go, "inquiries", thread.inquiry_id)
            self._links.addWidget(link(thread.inquiry or "", open_inquiry))
        self._links.addStretch(1)

    def _show_formatted(self, message: MessageView) -> None:
        MailDialog(message, self._context.desk.picture_path, self).open()

    def _open_paper(self, paper: PaperView) -> None:
        place = PLACE_OF_KIND.get("quotation")
        if place is not None and paper.quotation_id is not None:
            self._context.navigation.go(place, paper.quotation_id)

    # -- changing ---------------------------------------------------------------------------

    def write_note(self) -> None:
        """Puts the cursor where something is written down."""
        self.tabs.setCurrentIndex(0)
        self.composer.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _write_down(self, draft: MessageDraft) -> None:
        thread_id = self._thread_id
        self.composer.clear()
        self._change(lambda: self._context.desk.negotiation.add_message(thread_id, draft))

    def confirm(self, view: RoundView) -> None:
        """Opens the round with its values, to be corrected and confirmed."""
        thread_id, desk = self._thread_id, self._context.desk

        def keep(values: Mapping[str, object]) -> object:
            offered = offered_from(ROUND_FORM.checked(values), made_at=view.offered.made_at)
            return desk.rounds.confirm(
                thread_id,
                offered,
                message_id=view.message_id,
                replaces=view.id if view.message_id is None else None,
            )

        dialog = RecordDialog(
            say("deals.confirm_round"),
            ROUND_FIELDS,
            self._context.tasks,
            save=keep,
            values=values_of(view.offered),
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def add_round(self) -> None:
        """Opens an empty round, for what was said on the phone."""
        _quantity, _cost, currency = self.ladder.asked_for()
        empty = Offered(side=Side.THEIRS, currency=currency)
        self.confirm(RoundView(None, None, empty, False, ()))

    def _delete_round(self, round_id: int) -> None:
        delete = partial(self._context.desk.rounds.delete, round_id)
        change(self._context, self, delete, say("deals.round_deleted"))

    def _turn(self, message: MessageView) -> None:
        other, ids = "out" if message.direction == "in" else "in", self.timeline.meant(message.id)
        self._change(lambda: self._context.desk.correspondence.set_direction(ids, other))

    def _split(self, message: MessageView) -> None:
        ids = self.timeline.meant(message.id)
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.negotiation.split(ids),
            lambda thread_id: self._context.navigation.go("deals", thread_id),
        )

    def _move(self, message: MessageView) -> None:
        """Asks for the thread the messages meant belong to, and moves them there."""
        negotiation, ids = self._context.desk.negotiation, self.timeline.meant(message.id)

        def move(thread_id: int | None) -> None:
            if thread_id is not None:
                told = say("deals.messages_moved", count=len(ids))
                change(self._context, self, lambda: negotiation.move_messages(ids, thread_id), told)

        self._pick("thread", ("subject", "company", "inquiry"), move, title=say("deals.move_to"))

    def choose_inquiry(self) -> None:
        """Asks which inquiry the thread is about."""
        thread_id, negotiation = self._thread_id, self._context.desk.negotiation
        self._pick(
            "inquiry",
            ("number", "buyer", "subject"),
            lambda id_: self._change(lambda: negotiation.attach(thread_id, inquiry_id=id_)),
            title=say("deals.attach"),
            none=say("deals.no_inquiry"),
        )

    def choose_company(self, kind: str) -> None:
        """Asks which buyer or supplier the thread is with."""
        thread_id, negotiation = self._thread_id, self._context.desk.negotiation
        self._pick(
            kind,
            ("name_zh", "name_en", "country"),
            lambda id_: self._change(lambda: negotiation.assign(thread_id, id_)),
            title=say("deals.with_buyer" if kind == "buyer" else "deals.with_supplier"),
        )

    def follow_up(self) -> None:
        """Asks what is to be followed up, and when."""
        ask_follow_up(self._context, self, thread_id=self._thread_id)

    def write_message(self) -> None:
        """Opens the standard messages for this thread."""
        write_message(self._context, self, About(thread_id=self._thread_id))

    def _pick(
        self,
        kind: str,
        keys: tuple[str, ...],
        then: Callable[[int | None], None],
        *,
        title: str,
        none: str = "",
    ) -> None:
        PickDialog(self._context, kind, keys, then, title=title, none=none, parent=self).open()

    def _set_step(self, step: str, due_on: date | None) -> None:
        thread_id = self._thread_id
        self._change(lambda: self._context.desk.negotiation.set_next_step(thread_id, step, due_on))

    def _snooze(self, follow_up_id: int, due_on: date) -> None:
        self._change(lambda: self._context.desk.follow_ups.snooze(follow_up_id, due_on))

    def _done(self, follow_up_id: int) -> None:
        self._change(lambda: self._context.desk.follow_ups.done(follow_up_id))

    def _change(self, work: Callable[[], object]) -> None:
        self._context.tasks.write(self, Message("window.saving"), lambda _task: work())
