"""Owns the window on the channels inquiries come by: to add, rename and take off.

Each change is one step with its undo. Must not change inquiries by itself; the service does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.fields import Field, FieldType
from app.history.service import Operation
from app.inquiries.channels_service import Channel
from app.inquiries.fields import CHANNEL
from app.kernel.messages import Message
from ui import formats, theme
from ui.buttons import key_button
from ui.changing import with_step
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.icons import icon
from ui.tables import dress
from ui.words import say

_SIZE = (560, 520)
_COUNT_PX = 110
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME = Field("name", FieldType.TEXT, "inquiries.field.channel")


class ChannelsDialog(QDialog):
    """The channels of the open book."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("inquiries.channels.title"))
        self.resize(*_SIZE)
        self._context = context
        self._channels: Sequence[Channel] = ()
        self._steps: list[Operation] = []
        self.table = QTableWidget(0, 2)
        self._prepare_table()
        self._make_buttons()
        self._lay_out()
        self.read()

    def _prepare_table(self) -> None:
        table = self.table
        table.setAccessibleName(say("inquiries.channels.title"))
        table.setHorizontalHeaderLabels(
            [say("inquiries.field.channel"), say("window.place.inquiries")]
        )
        dress(table)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(1, _COUNT_PX)
        table.activated.connect(lambda _index: self.rename())
        table.currentCellChanged.connect(lambda *_cell: self._enable())

    def _make_buttons(self) -> None:
        self.add_button = key_button("inquiries.channels.add", "Ctrl+N", self, run=self.add)
        self.add_button.setIcon(icon("add", on_accent=True))
        self.add_button.setProperty("role", "primary")
        self.rename_button = key_button(
            "inquiries.channels.rename", "F2", self, picture="edit", run=self.rename
        )
        self.remove_button = key_button(
            "inquiries.channels.remove", "Del", self, picture="delete", run=self.remove
        )
        self.undo_button = key_button("window.undo", "Ctrl+Z", self, picture="undo", run=self.undo)

    def _lay_out(self) -> None:
        hint = QLabel(say("inquiries.channels.hint"))
        hint.setProperty("role", "faint")
        hint.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addStretch(1)
        for button in (self.undo_button, self.remove_button, self.rename_button, self.add_button):
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(hint)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.table.setFocus()

    # -- showing ----------------------------------------------------------------------------

    def read(self) -> None:
        """Reads the channels again."""
        self._context.tasks.read(self, self._context.desk.channels.all, self._show)

    def _show(self, channels: Sequence[Channel]) -> None:
        known = set(self._channels)
        new = (row for row, one in enumerate(channels) if known and one not in known)
        row = next(new, max(0, min(self.table.currentRow(), len(channels) - 1)))
        self._channels = channels
        self.table.setRowCount(len(channels))
        for number, channel in enumerate(channels):
            texts = formats.shown(CHANNEL, channel.name), formats.count(channel.inquiries)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(_RIGHT)
                self.table.setItem(number, column, item)
        self.table.horizontalHeaderItem(1).setTextAlignment(_RIGHT)
        self.table.setCurrentCell(row, 0)
        self._enable()

    def _enable(self) -> None:
        can_write = not self._context.desk.is_read_only
        self.add_button.setEnabled(can_write)
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(can_write and self._current() is not None)
        self.undo_button.setEnabled(can_write and bool(self._steps))

    def _current(self) -> Channel | None:
        row = self.table.currentRow()
        return self._channels[row] if 0 <= row < len(self._channels) else None

    # -- changing ---------------------------------------------------------------------------

    def add(self) -> None:
        """Asks for the name of another channel."""
        self._ask(say("inquiries.channels.new"), "", self._context.desk.channels.add)

    def rename(self) -> None:
        """Asks for another name of the current channel."""
        channel = self._current()
        if channel is not None and self.rename_button.isEnabled():
            rename = partial(self._context.desk.channels.rename, channel.name)
            shown = formats.shown(CHANNEL, channel.name)
            self._ask(say("inquiries.channels.rename_what", name=shown), shown, rename)

    def _ask(self, title: str, name: str, keep: Callable[[str], object]) -> None:
        desk = self._context.desk

        def save(values: Mapping[str, object]) -> Operation | None:
            return with_step(desk, lambda: keep(str(values["name"] or "")))[1]

        dialog = RecordDialog(
            title,
            [_NAME],
            self._context.tasks,
            save=save,
            values={"name": name},
            then=self._on_changed,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def remove(self) -> None:
        """Takes the current channel off; inquiries keep it."""
        channel = self._current()
        if channel is not None:
            remove = partial(self._context.desk.channels.remove, channel.name)
            self._context.tasks.write(
                self,
                Message("window.saving"),
                lambda _task: with_step(self._context.desk, remove)[1],
                self._on_changed,
            )

    def undo(self) -> None:
        """Takes back what was done last in this window."""
        if self._steps:
            step, history = self._steps.pop(), self._context.desk.history
            self._context.tasks.write(
                self,
                Message("window.undoing"),
                lambda _task: history.undo(step.id),
                lambda _undone: self.read(),
            )

    def _on_changed(self, step: Operation | None) -> None:
        if step is not None:
            self._steps.append(step)
        self.read()
