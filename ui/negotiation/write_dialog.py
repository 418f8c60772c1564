"""Owns writing a standard message: choose one, look it over, copy it or save it as a mail file.

Must not send anything, and must not fill in fields itself; the service does.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kernel.messages import Message
from app.negotiation.service import MessageDraft
from app.negotiation.standard_messages import FIELDS, FilledMessage, MessageTemplate
from app.negotiation.templates_service import About
from app.trouble import trouble_of
from ui import theme
from ui.context import Context
from ui.forms.sections import plain_label
from ui.words import say, words

_LANGUAGES = (("en", "sourcing.english"), ("zh_CN", "sourcing.chinese"))


class WriteDialog(QDialog):
    """Standard messages on the left, the one chosen filled in on the right."""

    def __init__(self, context: Context, about: About, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("templates.title"))
        self.resize(760, 540)
        self._context = context
        self._about = about
        self._templates: tuple[MessageTemplate, ...] = ()
        self._is_editing = False
        self.language = QComboBox()
        self.language.setAccessibleName(say("templates.language"))
        for code, key in _LANGUAGES:
            self.language.addItem(say(key), code)
        self.language.currentIndexChanged.connect(lambda _index: self._read())
        self.list = QListWidget()
        self.list.setAccessibleName(say("templates.title"))
        self.list.setMaximumWidth(190)
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self.name, self.subject, self.text = QLineEdit(), QLineEdit(), QPlainTextEdit()
        for widget, key in (
            (self.name, "templates.new_name"),
            (self.subject, "templates.subject"),
            (self.text, "templates.text"),
        ):
            widget.setAccessibleName(say(key))
            widget.setPlaceholderText(say(key))
        self.text.setTabChangesFocus(True)
        self.problem = plain_label("", role="warning")
        self._make_buttons()
        self._lay_out()
        self._edit(False)
        self._read()

    def _make_buttons(self) -> None:
        self.copy = QPushButton(say("templates.copy"))
        self.copy.setProperty("role", "primary")
        self.copy.setDefault(True)
        self.copy.clicked.connect(lambda: self._copy())
        self.mail = QPushButton(say("templates.save_mail"))
        self.mail.clicked.connect(lambda: self._ask_file())
        self.noted = QPushButton(say("templates.note_sent"))
        self.noted.setVisible(self._about.thread_id is not None)
        self.noted.clicked.connect(lambda: self._note_sent())
        self.change = QPushButton(say("templates.edit"))
        self.change.clicked.connect(lambda: self._edit(True))
        self.insert = QPushButton(say("templates.insert"))
        menu = QMenu(self.insert)
        for field in FIELDS:
            menu.addAction(say(f"templates.field.{field}"), partial(self._insert, field))
        self.insert.setMenu(menu)
        self.keep = QPushButton(say("templates.keep"))
        self.keep.setProperty("role", "primary")
        self.keep.clicked.connect(lambda: self._keep())
        self.back = QPushButton(say("templates.back"))
        self.back.clicked.connect(lambda: self._take_back())

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.language)
        left.addWidget(self.list, 1)
        right = QVBoxLayout()
        for widget in (self.name, self.subject):
            right.addWidget(widget)
        right.addWidget(self.text, 1)
        right.addWidget(self.problem)
        buttons = QHBoxLayout()
        for button in (self.change, self.insert, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.noted, self.mail, self.copy, self.keep):
            buttons.addWidget(button)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(left)
        layout.addLayout(right, 1)

    # -- showing ----------------------------------------------------------------------------

    def _read(self) -> None:
        language, templates = self.language.currentData(), self._context.desk.templates
        self._context.tasks.read(self, lambda: templates.all(language), self._show)

    def _show(self, found: tuple[MessageTemplate, ...]) -> None:
        row = max(0, self.list.currentRow())
        self._templates = found
        self.list.blockSignals(True)
        self.list.clear()
        for template in found:
            self.list.addItem(QListWidgetItem(_shown_name(template)))
        self.list.setCurrentRow(min(row, len(found) - 1))
        self.list.blockSignals(False)
        self._choose()

    def current(self) -> MessageTemplate | None:
        """The message chosen."""
        row = self.list.currentRow()
        return self._templates[row] if 0 <= row < len(self._templates) else None

    def _choose(self) -> None:
        template = self.current()
        if template is None:
            return
        if self._is_editing:
            self._show_raw(template)
            return
        about, templates = self._about, self._context.desk.templates
        self._context.tasks.read(
            self,
            lambda: templates.filled(template, about),
            lambda message: self._show_filled(template, message),
        )

    def _show_filled(self, template: MessageTemplate, message: FilledMessage) -> None:
        if template is not self.current() or self._is_editing:
            return
        self.subject.setText(message.subject)
        self.text.setPlainText(message.text)
        fields = ", ".join(say(f"templates.field.{name}") for name in message.lacking)
        self._tell(say("templates.lacking", fields=fields) if fields else "")

    def _show_raw(self, template: MessageTemplate) -> None:
        self.name.setText(_shown_name(template))
        self.subject.setText(template.subject)
        self.text.setPlainText(template.text)
        self._tell("")

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # -- using it ---------------------------------------------------------------------------

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self._context.toast(say("templates.copied"))

    def _ask_file(self) -> None:
        suggested = "".join(c for c in self.subject.text() if c not in '\\/:*?"<>|')[:80]
        name, _filter = QFileDialog.getSaveFileName(
            self, say("templates.mail_title"), f"{suggested}.eml", say("templates.mail_files")
        )
        if name:
            self.save_mail(Path(name))

    def save_mail(self, path: Path) -> None:
        """Writes the message as it stands here as a mail file."""
        subject, text, about = self.subject.text(), self.text.toPlainText(), self._about
        path = path if path.suffix.lower() == ".eml" else path.with_name(path.name + ".eml")
        templates = self._context.desk.templates
        self._context.tasks.long_read(
            self,
            Message("templates.mail_title"),
            lambda _task: templates.write_mail(subject, text, path, about),
            lambda _answer: self._context.toast(say("templates.mail_saved", file=path.name)),
        )

    def _note_sent(self) -> None:
        thread_id, desk = self._about.thread_id, self._context.desk
        draft = MessageDraft(
            kind="mail",
            direction="out",
            subject=self.subject.text(),
            text=self.text.toPlainText(),
        )
        if thread_id is None:
            return
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: desk.negotiation.add_message(thread_id, draft),
            lambda _answer: self.accept(),
        )

    # -- changing ---------------------------------------------------------------------------

    def _edit(self, is_editing: bool) -> None:
        self._is_editing = is_editing
        for widget in (self.name, self.insert, self.keep):
            widget.setVisible(is_editing)
        template = self.current()
        own = template is not None and template.id is not None
        self.back.setVisible(is_editing and own)
        for widget in (self.copy, self.mail, self.change):
            widget.setVisible(not is_editing)
        self.noted.setVisible(not is_editing and self._about.thread_id is not None)
        self._choose()

    def _insert(self, field: str) -> None:
        self.text.insertPlainText("{" + field + "}")
        self.text.setFocus()

    def _keep(self) -> None:
        template = self.current()
        name = self.name.text().strip()
        if template is not None and name == _shown_name(template):
            name = template.name
        kept = MessageTemplate(
            name=name,
            language=self.language.currentData(),
            subject=self.subject.text(),
            text=self.text.toPlainText(),
        )
        templates = self._context.desk.templates
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: templates.save(kept),
            lambda _answer: self._changed(),
            failed=self._on_refused,
        )

    def _take_back(self) -> None:
        template = self.current()
        if template is None or template.id is None:
            return
        template_id, templates = template.id, self._context.desk.templates
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: templates.delete(template_id),
            lambda _answer: self._changed(),
        )

    def _changed(self) -> None:
        self._edit(False)
        self._read()

    def _on_refused(self, error: BaseException) -> None:
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._tell(words.text(message))


def _shown_name(template: MessageTemplate) -> str:
    return say(f"templates.of.{template.name}") if template.is_standard else template.name


def write_message(context: Context, owner: QWidget, about: About) -> None:
    """Opens the dialog for a message about an inquiry or in a thread."""
    dialog = WriteDialog(context, about, owner)
    dialog.open()
