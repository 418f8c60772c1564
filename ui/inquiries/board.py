"""Owns the board: inquiries as cards in a column for each stage, moved by dragging or by keyboard.

Must not decide whether a move is allowed; the stages do, and what they lack is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.inquiries.stages import STAGES, Stage, need_text
from app.kernel.messages import Message
from app.lists import Sort
from ui import formats, theme
from ui.context import Context
from ui.forms.sections import plain_label
from ui.inquiries.lost import ask_why_lost
from ui.words import say, words

#: So many cards a column; nobody drags through more, and the list has them all.
_CARDS = 100
_COLUMN_PX = 208
_CARD_LINES = 3
_KEYS = ("number", "buyer", "subject", "next_action", "next_action_on")
_MIME = "application/x-entrepot-inquiry"


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column shows: how many inquiries are in the stage, and the newest of them."""

    count: int
    cards: Sequence[tuple[int, Mapping[str, object]]]


class StageColumn(QListWidget):
    """The cards of one stage; a card is dragged out of it and dropped on another."""

    dropped = Signal(int)
    shifted = Signal(int, int)
    focus_asked = Signal(int)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.setAccessibleName(words.text(STAGES[stage].name))
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSpacing(theme.TINY)

    def show_cards(self, cards: Sequence[tuple[int, Mapping[str, object]]]) -> None:
        """Replaces the cards; the current one stays current where it is still there."""
        current = self.current_id()
        self.blockSignals(True)
        self.clear()
        line_px = self.fontMetrics().lineSpacing()
        for record_id, values in cards:
            item = QListWidgetItem(_card_text(values))
            item.setData(Qt.ItemDataRole.UserRole, record_id)
            item.setToolTip(_card_text(values).replace("<", "‹"))
            item.setSizeHint(QSize(_COLUMN_PX - 24, _CARD_LINES * line_px + 2 * theme.SMALL))
            self.addItem(item)
            if record_id == current:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def current_id(self) -> int | None:
        """The inquiry of the current card."""
        item = self.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def select_id(self, record_id: int) -> bool:
        """Makes the card of an inquiry current, where it is here."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == record_id:
                self.setCurrentRow(row)
                return True
        return False

    def dragged(self) -> QMimeData:
        """What a drag of the current card carries."""
        content = QMimeData()
        content.setData(_MIME, str(self.current_id()).encode())
        return content

    def startDrag(self, _actions: Qt.DropAction) -> None:
        if self.current_id() is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.dragged())
        drag.setPixmap(self.viewport().grab(self.visualItemRect(self.currentItem())))
        drag.setHotSpot(QPoint(theme.LARGE, theme.LARGE))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(_MIME):
            event.acceptProposedAction()
            self.dropped.emit(int(bytes(event.mimeData().data(_MIME).data())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if (record_id := self.current_id()) is not None:
                self.shifted.emit(record_id, step)
        else:
            self.focus_asked.emit(step)


class Board(QWidget):
    """All stages side by side. Ctrl+Left and Ctrl+Right move the current card."""

    current_changed = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._where = ""
        self._moved: int | None = None
        self.columns: dict[Stage, StageColumn] = {}
        self._heads: dict[Stage, QLabel] = {}
        self._hint = plain_label(say("inquiries.board_hint"), role="faint")
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(theme.MEDIUM, theme.MEDIUM, theme.MEDIUM, theme.MEDIUM)
        row.setSpacing(theme.MEDIUM)
        for stage in STAGES:
            row.addLayout(self._column(stage))
        self._hint.setContentsMargins(theme.LARGE, 0, theme.LARGE, theme.SMALL)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(content)
        self._scroll = scroll
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._hint)

    def _column(self, stage: Stage) -> QVBoxLayout:
        head = QLabel()
        head.setProperty("role", "heading")
        head.setToolTip(_needs_of(stage))
        column = StageColumn(stage)
        column.setMinimumWidth(_COLUMN_PX)
        column.dropped.connect(partial(self._drop, stage))
        column.shifted.connect(partial(self._shift, stage))
        column.focus_asked.connect(partial(self._step_to, stage))
        column.currentItemChanged.connect(lambda *_: self._on_current(column))
        self.columns[stage], self._heads[stage] = column, head
        layout = QVBoxLayout()
        layout.addWidget(head)
        layout.addWidget(column, 1)
        return layout

    # -- showing ----------------------------------------------------------------------------

    def show_where(self, where: str) -> None:
        """Reads the cards that match the filter of the list, off the GUI thread."""
        self._where = where
        lists = self._context.desk.lists

        def work() -> dict[Stage, _Column]:
            found: dict[Stage, _Column] = {}
            for stage in STAGES:
                query = f"stage:{stage.value} ({where})" if where else f"stage:{stage.value}"
                ids = lists.ids(
                    "inquiry", where=query, sort=Sort("received_at", True), limit=_CARDS
                )
                rows = lists.rows("inquiry", ids, _KEYS)
                cards = [
                    (id_, dict(zip(_KEYS, rows[id_], strict=True))) for id_ in ids if id_ in rows
                ]
                count = len(ids) if len(ids) < _CARDS else lists.count("inquiry", where=query)
                found[stage] = _Column(count, cards)
            return found

        self._context.tasks.read(self, work, partial(self._show, where))

    def reload(self) -> None:
        """Reads the cards again."""
        self.show_where(self._where)

    def _show(self, where: str, found: Mapping[Stage, _Column]) -> None:
        if where != self._where:
            return
        for stage, column in found.items():
            name = words.text(STAGES[stage].name)
            self._heads[stage].setText(f"{name}  {formats.number(column.count)}")
            self.columns[stage].show_cards(column.cards)
        if self._moved is not None:
            moved, self._moved = self._moved, None
            self.select_record(moved)

    def select_record(self, record_id: int) -> bool:
        """Makes the card of an inquiry current and gives it the keyboard."""
        for column in self.columns.values():
            if column.select_id(record_id):
                column.setFocus()
                self._scroll.ensureWidgetVisible(column)
                return True
        return False

    def _on_current(self, column: StageColumn) -> None:
        record_id = column.current_id()
        if record_id is None:
            return
        for other in self.columns.values():
            if other is not column:
                other.blockSignals(True)
                other.setCurrentItem(None)
                other.blockSignals(False)
        hints = say("inquiries.board_hint"), _needs_of(_neighbour(column.stage, 1))
        self._hint.setText("\n".join(filter(None, hints)))
        self.current_changed.emit(record_id)

    def _step_to(self, stage: Stage, step: int) -> None:
        """The keyboard goes to the next column that has cards."""
        other = _neighbour(stage, step)
        while other is not None:
            column = self.columns[other]
            if column.count():
                column.setFocus()
                column.setCurrentRow(max(0, column.currentRow()))
                self._scroll.ensureWidgetVisible(column)
                return
            other = _neighbour(other, step)

    # -- moving -----------------------------------------------------------------------------

    def _shift(self, stage: Stage, record_id: int, step: int) -> None:
        if (other := _neighbour(stage, step)) is not None:
            self.move(record_id, other)

    def _drop(self, stage: Stage, record_id: int) -> None:
        self.move(record_id, stage)

    def move(self, record_id: int, stage: Stage) -> None:
        """Moves an inquiry to another stage as one operation; a refusal is said and changes nothing."""
        if self.columns[stage].select_id(record_id):
            return
        reason = ask_why_lost(self) if stage is Stage.LOST else ""
        if reason is None:
            return
        self._moved = record_id
        self._context.tasks.write(
            self,
            Message("window.saving"),
            lambda _task: self._context.desk.inquiries.move(record_id, stage, reason=reason),
            failed=self._on_refused,
        )

    def _on_refused(self, error: BaseException) -> None:
        self._moved = None
        self._context.tasks.failed.emit(self, error)


def _neighbour(stage: Stage, step: int) -> Stage | None:
    order = list(STAGES)
    place = order.index(stage) + step
    return order[place] if 0 <= place < len(order) else None


def _needs_of(stage: Stage | None) -> str:
    """What an inquiry needs before it can be in ``stage``; empty where that is nothing."""
    if stage is None or not STAGES[stage].needs:
        return ""
    needs = "; ".join(words.text(need_text(need)) for need in STAGES[stage].needs)
    return say("inquiries.stage_needs", stage=words.text(STAGES[stage].name), needs=needs)


def _card_text(values: Mapping[str, object]) -> str:
    """Buyer, subject, and what is next with its day."""
    due = values.get("next_action_on")
    day = formats.day(due) if isinstance(due, date) else ""
    last = " · ".join(str(part) for part in (values.get("next_action"), day) if part)
    first = str(values.get("buyer") or values.get("number") or "")
    return "\n".join((first, str(values.get("subject") or "–"), last or str(values["number"])))
