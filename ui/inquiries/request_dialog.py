"""Owns one request in the window: what it says, its text to copy, its sheets to save, whom it asks.

Must not send anything; who was asked is noted when the person says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.inquiries.fields import ASKED_FIELDS, REQUEST_FIELDS
from app.inquiries.requests_service import RequestDraft
from app.inquiries.sourcing_views import AskedSupplier, RequestDetail
from app.kernel.messages import Message
from ui import formats, theme
from ui.changing import change
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.forms.form import FieldForm
from ui.forms.sections import empty, link, plain_label
from ui.lists.pick_dialog import PickDialog
from ui.opening import tell_written
from ui.words import say

_LANGUAGES = (("zh_CN", "sourcing.chinese"), ("en", "sourcing.english"))


class RequestDialog(QDialog):
    """A request with "copy", "save as sheets" and "note as asked"."""

    def __init__(self, context: Context, request_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._request_id = request_id
        self._supplier_ids: list[int] = []
        self.resize(660, 620)
        self.suppliers = QVBoxLayout()
        self.suppliers.setSpacing(0)
        self.form = FieldForm(REQUEST_FIELDS, context.tasks)
        self.form.editors["text"].widget.setMaximumHeight(72)
        self.tabs = QTabWidget()
        for _language, key in _LANGUAGES:
            page = QPlainTextEdit()
            page.setReadOnly(True)
            page.setAccessibleName(say(key))
            self.tabs.addTab(page, say(key))
        self.copy = QPushButton(say("sourcing.copy"))
        self.copy.setProperty("role", "primary")
        self.copy.setDefault(True)
        self.copy.clicked.connect(self._copy)
        self.save = QPushButton(say("sourcing.save_sheets"))
        self.save.clicked.connect(self._ask_folder)
        self.asked = QPushButton(say("sourcing.asked"))
        self.asked.clicked.connect(self._note_asked)
        row = QHBoxLayout()
        row.addWidget(self.asked)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(self.suppliers)
        layout.addWidget(self.form)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row)
        # What is read leaves a field alone in which the person may be typing.
        self.copy.setFocus()
        self._read()

    def _read(self) -> None:
        views, request_id = self._context.desk.sourcing_views, self._request_id
        self._context.tasks.read(
            self,
            lambda: (
                views.request(request_id),
                [views.request_text(request_id, language=language) for language, _ in _LANGUAGES],
            ),
            lambda answer: self._show(*answer),
        )

    def _show(self, detail: RequestDetail, texts: Sequence[str]) -> None:
        self.setWindowTitle(f"{say('sourcing.request')} · {detail.number}")
        not_asked = [one.supplier_id for one in detail.suppliers if one.asked_at is None]
        self._supplier_ids = not_asked or [one.supplier_id for one in detail.suppliers]
        self._show_suppliers(detail.suppliers)
        values = {field.key: getattr(detail, field.key) for field in REQUEST_FIELDS}
        desk = self._context.desk
        self.form.show_values(values, None if desk.is_read_only else self._edit)
        for index, text in enumerate(texts):
            page = self.tabs.widget(index)
            page.setPlainText(text)

    def _show_suppliers(self, suppliers: Sequence[AskedSupplier]) -> None:
        empty(self.suppliers, self)
        for one in suppliers:
            row = QWidget()
            layout = QHBoxLayout(row)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(plain_label(told_of(one), role="faint"), 1)
            if one.answered_at is None and not self._context.desk.is_read_only:
                remind = link(say("sourcing.remind"), partial(self._ask_reminder, one))
                remind.setAccessibleName(f"{say('sourcing.remind')} {one.supplier}")
                layout.addWidget(remind)
            self.suppliers.addWidget(row)
        if not self._context.desk.is_read_only:
            more = link(say("sourcing.add_supplier"), self._choose_supplier)
            self.suppliers.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose_supplier(self) -> None:
        PickDialog(
            self._context,
            "supplier",
            ("name_zh", "name_en", "city"),
            self.add_supplier,
            title=say("sourcing.add_supplier"),
            parent=self,
        ).open()

    def add_supplier(self, supplier_id: int | None) -> None:
        """Puts one more supplier on the request."""
        if supplier_id is not None:
            requests, request_id = self._context.desk.requests, self._request_id
            add = partial(requests.add_suppliers, request_id, [supplier_id])
            change(self._context, self, add, say("sourcing.supplier_added"), self._read)

    def _ask_reminder(self, one: AskedSupplier) -> None:
        requests = self._context.desk.requests
        RecordDialog(
            f"{say('sourcing.remind')} {one.supplier}",
            ASKED_FIELDS,
            self._context.tasks,
            save=lambda values: requests.remind(one.id, values),
            values={"remind_on": one.remind_on},
            parent=self,
        ).open()

    def _edit(self, values: dict[str, object]) -> None:
        self._context.desk.requests.edit(self._request_id, values)

    def on_changes(self) -> None:
        """Reads the request again after a commit."""
        self._read()

    def _copy(self) -> None:
        page = self.tabs.currentWidget()
        QGuiApplication.clipboard().setText(page.toPlainText())
        self._context.toast(say("sourcing.copied"))

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, say("sourcing.choose_folder"))
        if folder:
            self.save_sheets(Path(folder))

    def save_sheets(self, folder: Path) -> None:
        """Writes a sheet for each supplier into ``folder``."""
        request_id = self._request_id
        self._context.tasks.long_read(
            self,
            Message("sourcing.save_sheets"),
            lambda _task: self._context.desk.request_sheets.write_each(request_id, folder),
            lambda files: tell_written(
                self._context,
                say("sourcing.sheets_saved", count=len(files), folder=folder.name),
                folder,
            ),
        )

    def _note_asked(self) -> None:
        request_id, supplier_ids = self._request_id, list(self._supplier_ids)
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.requests.asked(request_id, supplier_ids),
            lambda _answer: self.accept(),
        )


def told_of(one: AskedSupplier) -> str:
    """A supplier on a request, in a line: when asked, answered, to be reminded."""
    told = [one.supplier]
    if one.asked_at is None:
        told.append(say("sourcing.not_asked_yet"))
    else:
        told.append(say("sourcing.asked_on", on=formats.day(one.asked_at.astimezone().date())))
    if one.answered_at is not None:
        on = formats.day(one.answered_at.astimezone().date())
        told.append(say("sourcing.answered_on", on=on))
    elif one.remind_on is not None:
        told.append(say("sourcing.remind_on", on=formats.day(one.remind_on)))
    return " · ".join(told)


def request_prices(
    context: Context, owner: QWidget, inquiry_id: int, supplier_ids: Sequence[int]
) -> None:
    """Writes a request to the suppliers and opens it."""
    draft = RequestDraft(inquiry_id=inquiry_id, supplier_ids=supplier_ids)
    context.tasks.write(
        owner,
        Message("window.saving"),
        lambda _task: context.desk.requests.create(draft),
        partial(open_request, context, owner),
    )


def open_request(context: Context, owner: QWidget, request_id: int) -> None:
    """Opens the dialog of a request."""
    RequestDialog(context, request_id, owner).open()
