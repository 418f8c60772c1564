"""Owns the page of one inquiry: its fields and stage, its lines, who can make them, and what came of it.

Must not rank suppliers; the matching does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field, FieldType
from app.inquiries.channels_service import Channel
from app.inquiries.duplicates_views import SameInquiry
from app.inquiries.fields import CHANNEL, INQUIRY_FIELDS
from app.inquiries.stages import STAGES, Stage
from app.inquiries.views import InquiryDetail, InquiryLineView
from app.kernel.messages import Message
from ui import formats, theme
from ui.bridge import ChangedRows
from ui.changing import change
from ui.context import Context
from ui.files.section import FilesSection
from ui.forms.dialog import RecordDialog
from ui.forms.elided import ElidedLink
from ui.forms.form import FieldForm
from ui.forms.lines import LinesGrid
from ui.forms.sections import Line, Scroll, Section, empty, link, more_button
from ui.icons import icon
from ui.inquiries.answer_dialog import read_answer
from ui.inquiries.compare_tab import CompareTab
from ui.inquiries.lines_tab import LinesTab
from ui.inquiries.lost import ask_why_lost
from ui.inquiries.merge_dialog import merge_inquiries
from ui.inquiries.offer_dialog import OfferDialog
from ui.inquiries.request_dialog import RequestDialog
from ui.inquiries.suppliers_tab import SuppliersTab
from ui.places import PLACE_OF_KIND
from ui.words import say, words

_SHOWN_ELSEWHERE = {"number", "stage", "original_text"}


class InquiryPage(QWidget):
    """An inquiry whole, beside the list."""

    def __init__(
        self,
        context: Context,
        quote: Callable[[int], None] | None = None,
        doings: Sequence[tuple[str, Callable[[int], object]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._inquiry_id = -1
        # Each stands where it belongs from its making on: what moves is given its look again.
        # Tab goes in the same order.
        self._title, self._faint = QLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._faint.setProperty("role", "faint")
        for label in (self._title, self._faint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        #: Inquiries that are likely this one, come another way.
        self._notices = QWidget(self)
        self.same = QVBoxLayout(self._notices)
        self.same.setContentsMargins(0, 0, 0, 0)
        self.stage = QComboBox(self)
        self.stage.setAccessibleName(say("inquiries.field.stage"))
        for rule in STAGES.values():
            self.stage.addItem(words.text(rule.name), rule.stage)
        self.stage.activated.connect(lambda _index: self._move())
        self.files_link = link("", self.show_overview, self)
        self.files_link.setIcon(icon("attachment"))
        self.quote_button = QPushButton(say("inquiries.quote"), self)
        if quote is None:
            self.quote_button.hide()
        self.quote_button.clicked.connect(lambda: quote(self._inquiry_id) if quote else None)
        self.more = None
        if doings and not context.desk.is_read_only:
            entries: list[tuple[str, Callable[[], object]]] = [
                (key, partial(self._do, run)) for key, run in doings
            ]
            entries.append(("directory.field.tags", self._ask_tags))
            self.more = more_button(entries, self)
        fields = [f for f in INQUIRY_FIELDS if f.key not in _SHOWN_ELSEWHERE]
        self._tabs = QTabWidget(self)
        self.form = FieldForm(fields, context.tasks)
        self.lines_tab = LinesTab(context, self._tabs)
        self.lines = self.lines_tab.grid
        self.lines.edited.connect(self._save_lines)
        self.original = QPlainTextEdit(self._tabs)
        self.original.setReadOnly(True)
        self.original.setAccessibleName(say("inquiries.field.original_text"))
        self._mentions = Section(say("window.section.deals"))
        self.files = FilesSection(
            context, "inquiry", self, readings=[("sourcing.read_as_offer", self._read_answer)]
        )
        self._lines: tuple[InquiryLineView, ...] = ()
        self._tags: tuple[str, ...] = ()
        self.suppliers = SuppliersTab(context, self._tabs)
        self.compare = CompareTab(context, self._record_offer, self._tabs)
        self._overview = self._make_overview()
        self._fill_tabs()
        self._lay_out()

    def _fill_tabs(self) -> None:
        tabs = self._tabs
        tabs.setDocumentMode(True)
        tabs.addTab(self.lines_tab, say("inquiries.tab.lines"))
        tabs.addTab(self.suppliers, say("inquiries.tab.suppliers"))
        tabs.addTab(self.compare, say("sourcing.compare"))
        tabs.addTab(self._overview, say("window.tab.overview"))
        tabs.addTab(self.original, say("inquiries.field.original_text"))
        tabs.currentChanged.connect(lambda _index: self._show_tab())

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.stage)
        state.addStretch(1)
        state.addWidget(self.files_link)
        state.addWidget(self.quote_button)
        if self.more is not None:
            state.addWidget(self.more)
        head = QVBoxLayout()
        head.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        head.setSpacing(theme.TINY)
        head.addWidget(self._title)
        head.addWidget(self._faint)
        head.addWidget(self._notices)
        head.addLayout(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.MEDIUM, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self._tabs, 1)

    def _make_overview(self) -> Scroll:
        scroll = Scroll(self._tabs)
        scroll.body.addWidget(self.form)
        scroll.body.addWidget(self.files)
        scroll.body.addWidget(self._mentions)
        scroll.body.addStretch(1)
        self.files.take_pasted(scroll)
        return scroll

    def _read_answer(self, path: Path) -> None:
        """Shows what a supplier's filled-in sheet says, and where its offers stand once taken."""
        self._tabs.setCurrentWidget(self.compare)
        read_answer(self._context, self, path, inquiry_id=self._inquiry_id)

    # -- showing ----------------------------------------------------------------------------

    def show_record(self, record_id: int) -> None:
        """Reads the inquiry off the GUI thread and shows it."""
        self._inquiry_id = record_id
        desk = self._context.desk
        self._context.tasks.read(
            self,
            lambda: (desk.inquiry_views.inquiry(record_id), desk.channels.all()),
            lambda read: self._show(*read),
            failed=lambda _error: None,
        )

    def show_overview(self) -> None:
        """Shows the tab of the fields and files, from the files on."""
        self._tabs.setCurrentWidget(self._overview)
        self._overview.ensureWidgetVisible(self.files)

    def on_changes(self, _rows: ChangedRows) -> None:
        """Reads the inquiry again after a commit."""
        if self.isVisible() and self._inquiry_id >= 0:
            self.show_record(self._inquiry_id)
        for dialog in self.findChildren(RequestDialog):
            dialog.on_changes()

    def _show(self, inquiry: InquiryDetail, channels: Sequence[Channel]) -> None:
        if inquiry.id != self._inquiry_id:
            return
        self.form.editors["channel"].offer([formats.shown(CHANNEL, one.name) for one in channels])
        values = inquiry.values
        self._lines, self._tags = inquiry.lines, inquiry.tags
        subject = values.get("subject")
        self._title.setText(" · ".join(str(t) for t in (inquiry.buyer, subject) if t))
        self.setWindowTitle(self._title.text())
        received = formats.plain(values.get("received_at"))
        parts = (values.get("number"), formats.shown(CHANNEL, values.get("channel")), received)
        tags = " ".join(f"#{tag}" for tag in inquiry.tags)
        self._faint.setText(formats.strung((*parts, inquiry.contact, tags)))
        self._show_same(inquiry.same)
        self.stage.setCurrentIndex(self.stage.findData(Stage(str(values["stage"]))))
        desk = self._context.desk
        save = None if desk.is_read_only else partial(desk.edit, "inquiry", [inquiry.id])
        self.form.show_values(values, save)
        # What is being typed stays; it is saved with its row when the person leaves the cell.
        if self.lines.state() != LinesGrid.State.EditingState:
            self.lines_tab.show_lines(inquiry.lines)
        self.original.setPlainText(str(values.get("original_text") or ""))
        self.files.show_files(inquiry.id, inquiry.attachments)
        count = len(inquiry.attachments)
        self.files_link.setText(say("files.count", count=count))
        self.files_link.setVisible(count > 0)
        self._mentions.clear()
        for mention in inquiry.mentions:
            place = PLACE_OF_KIND.get(mention.kind)
            go = partial(self._context.navigation.go, place, mention.id) if place else None
            self._mentions.add_row(
                Line(mention.title, formats.state(mention.state or ""), open_=go)
            )
        self._show_tab()

    def _show_same(self, same: Sequence[SameInquiry]) -> None:
        empty(self.same, self._notices)
        for one in same:
            day = formats.day(one.received_at.astimezone().date())
            told = filter(None, (one.number, formats.shown(CHANNEL, one.channel), day))
            words_of = say("inquiries.maybe_same", inquiry=" · ".join(told))
            go = partial(self._context.navigation.go, "inquiries", one.id)
            both = (self._inquiry_id, one.id)
            notice = QWidget()
            row = QHBoxLayout(notice)
            row.setContentsMargins(0, 0, 0, 0)
            told_link = ElidedLink(go)
            told_link.lead_to(words_of)
            row.addWidget(told_link)
            if not self._context.desk.is_read_only:
                merge = partial(merge_inquiries, self._context, self, both)
                row.addWidget(link(say("window.merge.action"), merge))
                row.addWidget(link(say("inquiries.said_not_same"), partial(self._say_apart, one)))
            row.addStretch(1)
            self.same.addWidget(notice)
        self._notices.setVisible(bool(same))

    def _say_apart(self, other: SameInquiry) -> None:
        not_same = partial(self._context.desk.inquiries.not_same, self._inquiry_id, other.id)
        told = say("inquiries.kept_apart", inquiry=other.number)
        change(self._context, self, not_same, told)

    def _do(self, run: Callable[[int], object]) -> None:
        run(self._inquiry_id)

    def _show_tab(self) -> None:
        """Reads what the tab in sight shows; the others wait until the person looks."""
        if self._inquiry_id < 0:
            return
        tab = self._tabs.currentWidget()
        if tab is self.compare or tab is self.suppliers:
            tab.show_inquiry(self._inquiry_id)

    def _record_offer(self) -> None:
        inquiry_id, lines = self._inquiry_id, self._lines
        views = self._context.desk.sourcing_views
        self._context.tasks.read(
            self,
            lambda: (views.suppliers(inquiry_id), views.requests(inquiry_id)),
            lambda found: OfferDialog(
                self._context,
                inquiry_id,
                suppliers=found[0],
                requests=found[1],
                lines=lines,
                parent=self,
            ).open(),
        )

    # -- changing ---------------------------------------------------------------------------

    def _move(self) -> None:
        stage = Stage(self.stage.currentData())
        inquiry_id = self._inquiry_id
        reason = ask_why_lost(self) if stage is Stage.LOST else ""
        if reason is None:
            self.show_record(inquiry_id)
            return
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.move(inquiry_id, stage, reason=reason),
            failed=self._on_refused,
        )

    def _ask_tags(self) -> None:
        inquiry_id, title = self._inquiry_id, "directory.field.tags"
        RecordDialog(
            say(title),
            [Field("tags", FieldType.TEXT, title)],
            self._context.tasks,
            save=lambda values: self._context.desk.inquiries.set_tags(
                inquiry_id, str(values["tags"] or "")
            ),
            values={"tags": ", ".join(self._tags)},
            parent=self,
        ).open()

    def _on_refused(self, error: BaseException) -> None:
        self._context.tasks.failed.emit(self, error)
        self.show_record(self._inquiry_id)

    def _save_lines(self) -> None:
        inquiry_id, lines = self._inquiry_id, self.lines.lines()
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.set_lines(inquiry_id, lines),
            failed=self._on_refused,
        )
