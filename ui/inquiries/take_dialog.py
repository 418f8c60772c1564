"""Owns the dialog in which an inquiry is taken: paste a text and correct what was recognised, or type.

Must not recognise anything itself; the rules of ``app.inquiries`` do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.inquiries.askers_service import KnownAsker
from app.inquiries.channels_service import Channel
from app.inquiries.fields import CHANNEL, INQUIRY_FIELDS, LINE_FIELDS
from app.inquiries.pasted import PastedInquiry
from app.inquiries.service import InquiryDraft
from app.kernel.messages import Message
from app.negotiation.inquiry_file_service import InquiryFile, read_inquiry_file
from app.negotiation.reading.door import ENDINGS
from app.trouble import trouble_of
from ui import formats, theme
from ui.context import Context
from ui.forms.editors import FieldEditor
from ui.forms.lines import LinesGrid
from ui.forms.sections import plain_label
from ui.inquiries.asker_fields import AskerFields
from ui.keys import give_keys, tab_through
from ui.words import say, words

_HEADER = (
    "subject",
    "channel",
    "channel_detail",
    "destination",
    "incoterm",
    "place",
    "currency",
    "required_by_on",
    "certificates",
    "received_at",
    "owner",
)
#: So many channels stand in the empty field as examples.
_NAMED = 4
_RECOGNISE_AFTER_MS = 300


class TakeInquiryDialog(QDialog):
    """A new inquiry."""

    def __init__(
        self, context: Context, then: Callable[[int], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("inquiries.take"))
        self.resize(1100, 640)
        self._context, self._then = context, then
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(say("inquiries.paste_here"))
        self.text.setAccessibleName(say("inquiries.paste_here"))
        self.text.setTabChangesFocus(True)
        self.asker = AskerFields()
        self.buyer = self.asker.edits["buyer"]
        fields = {field.key: field for field in INQUIRY_FIELDS}
        self.editors = {key: FieldEditor(fields[key], self) for key in _HEADER}
        context.tasks.read(self, context.desk.channels.all, self._offer_channels)
        self.lines = LinesGrid(LINE_FIELDS)
        self.lines.setAccessibleName(say("inquiries.tab.lines"))
        self.file_button = QPushButton(say("inquiries.from_file"))
        self.file_button.setAutoDefault(False)
        give_keys(self.file_button, "Ctrl+O", owner=self)
        self.file_button.clicked.connect(self._choose_file)
        #: The file last read.
        self._file = InquiryFile("")
        self._brought = plain_label("", role="faint")
        self._brought.hide()
        self._problem = QLabel()
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self._lay_out()
        #: The text last looked at, and what was filled in from it; anything else was typed.
        self._looked_at = ""
        self._filled = self._shown()
        self._typing = QTimer(self, singleShot=True, interval=_RECOGNISE_AFTER_MS)
        self._typing.timeout.connect(lambda: self._recognise())
        self.text.textChanged.connect(self._typing.start)
        self.text.textChanged.connect(self._show_brought)
        self.text.setFocus()

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SMALL)
        form.setVerticalSpacing(theme.TINY)
        labelled: list[tuple[str, QWidget]] = [*self.asker.labelled()]
        labelled += [
            (words.text(editor.field.heading), editor.widget) for editor in self.editors.values()
        ]
        for number, (text, widget) in enumerate(labelled):
            label = QLabel(text)
            label.setProperty("role", "faint")
            label.setBuddy(widget)
            row, column = divmod(number, 2)
            form.addWidget(label, row, column * 2)
            form.addWidget(widget, row, column * 2 + 1)
        hint = QLabel(say("inquiries.lines_hint"))
        hint.setProperty("role", "faint")
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self.asker.told)
        right.addWidget(self.lines, 1)
        right.addWidget(hint)
        middle = QHBoxLayout()
        middle.setSpacing(theme.LARGE)
        left = QVBoxLayout()
        left.addWidget(self.text, 1)
        left.addWidget(self._brought)
        left.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addLayout(left, 1)
        middle.addLayout(right, 2)
        buttons = QDialogButtonBox()
        self.save_button = buttons.addButton(
            say("window.save"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save_button.setProperty("role", "primary")
        give_keys(self.save_button, "Ctrl+Return", "Ctrl+Enter", owner=self)
        self.save_button.setAutoDefault(False)
        leave = buttons.addButton(say("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        leave.setAutoDefault(False)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.addLayout(middle, 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        fields = (widget for _text, widget in labelled)
        tab_through(self.text, self.file_button, *fields, self.lines, self.save_button, leave)

    def _offer_channels(self, channels: Sequence[Channel]) -> None:
        names = [formats.shown(CHANNEL, one.name) for one in channels]
        self.editors["channel"].offer(names)
        self.editors["channel"].widget.setPlaceholderText(", ".join(names[:_NAMED]))

    def _choose_file(self) -> None:
        dialog = QFileDialog(
            self, say("inquiries.take"), "", formats.files("deals.message_files", ENDINGS)
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def read(self, file: Path) -> None:
        """Puts what a mail or chat file says in the place of a pasted text."""
        desk = self._context.desk

        def read() -> InquiryFile:
            source = read_inquiry_file(file)
            said = source.told(desk.correspondence.known_people(source.messages))
            return said.as_called(desk.channels.now_called)

        self._context.tasks.read(self, read, self._show_read, failed=self._on_refused)

    def _show_read(self, read: InquiryFile) -> None:
        self._file = read
        self.text.setPlainText(read.text)
        self._show_brought()

    @property
    def _read(self) -> InquiryFile:
        """The file whose text stands here; once another was pasted over it, none.

        What came with it hangs on the inquiry once it is saved.
        """
        is_here = self._file.is_told_by(self.text.toPlainText())
        return self._file if is_here else InquiryFile("")

    def _show_brought(self) -> None:
        names = ", ".join(file.name for file in self._read.files)
        self._brought.setText(f"{say('files.title')}: {names}")
        self._brought.setVisible(bool(names))

    def _recognise(self, then: Callable[[], None] | None = None) -> None:
        text = self.text.toPlainText()
        desk = self._context.desk
        written_on = self._read.written_on(desk.clock.today())

        def read() -> tuple[PastedInquiry, KnownAsker | None]:
            ours = desk.correspondence.known_people(()).ours
            return desk.inquiry_views.read_pasted(text, written_on=written_on, ours=ours)

        def show(read: tuple[PastedInquiry, KnownAsker | None]) -> None:
            if text == self.text.toPlainText():
                self._looked_at = text
                self._show_recognised(*read)
            if then is not None:
                then()

        self._context.tasks.read(self, read, show)

    def _shown(self) -> dict[str, object]:
        shown: dict[str, object] = {key: each.value() for key, each in self.editors.items()}
        return shown | self.asker.texts() | {"lines": self.lines.lines()}

    def _show_recognised(self, found: PastedInquiry, known: KnownAsker | None) -> None:
        """Fills in what was found; what the person typed stays."""
        shown, values = self._shown(), found.values() | self._read.values()
        mine = {key for key, value in shown.items() if value == self._filled[key]}
        self.asker.show_asker(found.asker, known, mine)
        for key in mine & self.editors.keys():
            self.editors[key].set_value(values.get(key))
        if "lines" in mine:
            self.lines.show_lines([(None, line.values()) for line in found.lines])
        self._filled |= {key: value for key, value in self._shown().items() if key in mine}

    def draft(self) -> InquiryDraft:
        """What the dialog holds."""
        values = {key: editor.value() for key, editor in self.editors.items() if editor.value()}
        if self._read.answered_at:
            values["first_answered_at"] = self._read.answered_at
        if text := self.text.toPlainText().strip():
            values["original_text"] = text
        return InquiryDraft(
            buyer=self.buyer.text().strip() or None,
            buyer_id=self.asker.buyer_id,
            asker=self.asker.asker(),
            values=values,
            lines=self.lines.lines(),
            files=self._read.files,
        )

    def _save(self) -> None:
        """Saves what is shown; what was pasted a moment ago is looked at first."""
        if self.text.toPlainText() != self._looked_at:
            self._recognise(then=self._save)
            return
        draft = self.draft()
        self.save_button.setEnabled(False)
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.add(draft),
            self._on_saved,
            failed=self._on_refused,
        )

    def _on_saved(self, inquiry_id: int) -> None:
        self.accept()
        self._then(inquiry_id)

    def _on_refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._problem.setText(words.text(message))
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.show()
