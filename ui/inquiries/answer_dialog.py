"""Owns taking a supplier's filled-in sheet in: what it says, row by row, and whose it is.

Must not match rows to lines; the service does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.history.service import Operation
from app.inquiries.sourcing_views import RequestDetail
from app.kernel.messages import Message
from app.sourcing.answers import AnsweredRow, MatchedRow
from app.sourcing.request_sheets_service import Answer, NoRequestNamed
from app.trouble import trouble_of
from ui import formats, theme
from ui.buttons import answer_buttons
from ui.changing import offer_undo, with_step
from ui.context import Context
from ui.forms.sections import plain_label
from ui.tables import dress, fit_rows
from ui.words import say, words

_COLUMNS = (
    "sourcing.answer_row",
    "sourcing.answer_product",
    "sourcing.answer_prices",
    "sourcing.answer_terms",
    "sourcing.column.notes",
)
_CHOICE_WIDTH = 460


class AnswerDialog(QDialog):
    """The rows of one answer, the supplier, and "record"."""

    def __init__(self, context: Context, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{say('sourcing.answer_title')} · {answer.request.number}")
        self.resize(820, 460)
        self._context = context
        self._answer = answer
        self.supplier = QComboBox()
        self.supplier.setAccessibleName(say("sourcing.answer_whose"))
        for one in answer.request.suppliers:
            self.supplier.addItem(one.supplier, one.supplier_id)
        self.supplier.setCurrentIndex(self.supplier.findData(answer.supplier_id))
        self._problem = plain_label("", role="error")
        self._problem.hide()
        self.take = QPushButton(say("sourcing.answer_take", count=len(answer.answered)))
        self.take.setProperty("role", "primary")
        self.take.setDefault(True)
        self.take.clicked.connect(self._take)
        cancel = QPushButton(say("window.cancel"))
        cancel.clicked.connect(self.reject)
        self._lay_out(cancel)
        if answer.is_taken_already:
            self._tell(Message("requests.answer_taken", file=answer.path.name))
            self.take.setEnabled(False)

    def _lay_out(self, cancel: QPushButton) -> None:
        head = QHBoxLayout()
        label = QLabel(say("sourcing.answer_whose"))
        label.setBuddy(self.supplier)
        head.addWidget(label)
        head.addWidget(self.supplier, 1)
        head.addWidget(plain_label(self._answer.path.name, role="faint", wraps=False))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addLayout(head)
        layout.addWidget(self._table(), 1)
        layout.addWidget(self._problem)
        layout.addLayout(buttons)

    def _table(self) -> QTableWidget:
        rows = self._answer.rows
        table = QTableWidget(len(rows), len(_COLUMNS))
        table.setAccessibleName(say("sourcing.answer_title"))
        table.setHorizontalHeaderLabels([say(key) for key in _COLUMNS])
        dress(table)
        table.setWordWrap(True)
        for index, row in enumerate(rows):
            for column, text in enumerate(_texts(row)):
                item = QTableWidgetItem(text)
                item.setToolTip(text.replace("<", "‹"))
                table.setItem(index, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        fit_rows(table)
        return table

    def _take(self) -> None:
        supplier_id, answer, desk = self.supplier.currentData(), self._answer, self._context.desk
        take = partial(desk.request_sheets.take, answer, supplier_id=supplier_id)
        self.take.setEnabled(False)
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: with_step(desk, take),
            lambda made: self._taken(made[1]),
            failed=self._on_refused,
        )

    def _taken(self, step: Operation | None) -> None:
        told = say("sourcing.answer_taken", supplier=self.supplier.currentText())
        offer_undo(self._context, self.parent(), step, told)
        self.accept()

    def _on_refused(self, error: BaseException) -> None:
        self.take.setEnabled(True)
        message = trouble_of(error)
        if message is None:
            self._context.tasks.failed.emit(self, error)
            return
        self._tell(message)

    def _tell(self, message: Message) -> None:
        self._problem.setText(words.text(message))
        self._problem.show()


def _texts(match: MatchedRow) -> tuple[str, ...]:
    row = match.row
    line = f"{match.line.position}. {match.line.wording}" if match.line else "–"
    return (
        line,
        " · ".join(part for part in (row.item_number, row.name) if part),
        _prices(row),
        _terms(row),
        words.text(match.note) if match.note else "",
    )


def _prices(row: AnsweredRow) -> str:
    told = []
    for start, amount in row.tiers:
        price = formats.money(amount, row.currency)
        told.append(f"{price} ≥ {formats.number(start)}" if start is not None else price)
    return "\n".join(told)


def _terms(row: AnsweredRow) -> str:
    told = [f"{row.incoterm or ''} {row.place or ''}".strip()]
    if row.lead_time_days is not None:
        told.append(say("negotiation.days", days=row.lead_time_days))
    if row.valid_until is not None:
        told.append(f"→ {formats.day(row.valid_until)}")
    return " · ".join(part for part in told if part)


class RequestChoice(QDialog):
    """Which of the ``asked`` requests a sheet answers that names none of them, and why it is asked."""

    def __init__(
        self, why: Message, asked: Sequence[RequestDetail], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("sourcing.answer_which"))
        self.request = QComboBox()
        self.request.setAccessibleName(say("sourcing.answer_which"))
        for one in asked:
            whom = say("lists.between").join(supplier.supplier for supplier in one.suppliers)
            self.request.addItem(f"{one.number} · {whom}", one.id)
        buttons, _read = answer_buttons(self, "window.choose", self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.LARGE, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.MEDIUM)
        layout.addWidget(plain_label(words.text(why)))
        layout.addWidget(self.request)
        layout.addWidget(buttons)
        self.setMinimumWidth(_CHOICE_WIDTH)


def choose_and_read(context: Context, owner: QWidget, *, inquiry_id: int) -> None:
    """Asks for a filled-in sheet and shows what it says."""
    name, _filter = QFileDialog.getOpenFileName(
        owner, say("sourcing.choose_answer"), "", say("sourcing.sheet_files")
    )
    if name:
        read_answer(context, owner, Path(name), inquiry_id=inquiry_id)


def read_answer(
    context: Context,
    owner: QWidget,
    path: Path,
    *,
    inquiry_id: int,
    request_id: int | None = None,
) -> None:
    """Reads a filled-in sheet in the background and shows what it says.

    One that names no request of ours answers the newest for ``inquiry_id``, and where it names an
    unknown one the person is asked, unless ``request_id`` says which it answers.
    """
    read = partial(
        context.desk.request_sheets.read, path, request_id=request_id, inquiry_id=inquiry_id
    )
    again = partial(read_answer, context, owner, path, inquiry_id=inquiry_id)

    def refused(error: BaseException) -> None:
        if isinstance(error, NoRequestNamed):
            _ask_request(context, owner, error, inquiry_id, lambda id_: again(request_id=id_))
        else:
            context.tasks.failed.emit(owner, error)

    context.tasks.long_read(
        owner,
        Message("sheets.reading_file", name=path.name),
        lambda task: read(progress=task),
        lambda answer: AnswerDialog(context, answer, owner).open(),
        failed=refused,
    )


def _ask_request(
    context: Context,
    owner: QWidget,
    error: NoRequestNamed,
    inquiry_id: int,
    then: Callable[[int], None],
) -> None:
    """Lets the person choose among the requests for the inquiry; where there is none it is refused."""

    def choose(asked: Sequence[RequestDetail]) -> None:
        if not asked:
            context.tasks.failed.emit(owner, error)
            return
        choice = RequestChoice(error.message, asked, owner)
        choice.accepted.connect(lambda: then(choice.request.currentData()))
        choice.open()

    context.tasks.read(owner, partial(context.desk.sourcing_views.requests, inquiry_id), choose)
