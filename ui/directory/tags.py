"""Owns changing the tags of records: a menu of the book's tags, ticked where they hang.

Must not know the page it is opened on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from app.directory.views import TagUse
from app.fields import Field, FieldType
from ui.changing import change
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.icons import icon
from ui.words import say

_FIELD = Field("tag", FieldType.TEXT, "directory.field.tags")


class TagButton(QToolButton):
    """The tags of one record of ``kind``; pressed, it opens the menu that changes them."""

    def __init__(self, context: Context, kind: str) -> None:
        super().__init__()
        self._context, self._kind = context, kind
        self._record_id = -1
        self.setIcon(icon("tag"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setEnabled(not context.desk.is_read_only)
        self.clicked.connect(self._open)

    def show_tags(self, record_id: int, tags: Sequence[str]) -> None:
        """Shows the tags of a record."""
        self._record_id = record_id
        named = say("lists.between").join(tags)
        self.setText((named or say("directory.field.tags")).replace("&", "&&"))
        self.setToolTip(named.replace("<", "‹"))
        self.setAccessibleName(f"{say('directory.field.tags')} {named}".rstrip())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the page, whatever tags hang there: a wide one would push the page out of sight."""
        return QSize(0, super().minimumSizeHint().height())

    def _open(self) -> None:
        below = self.mapToGlobal(self.rect().bottomLeft())
        open_tags(self._context, self._kind, [self._record_id], over=self, at=lambda: below)


def open_tags(
    context: Context, kind: str, ids: Sequence[int], *, over: QWidget, at: Callable[[], QPoint]
) -> None:
    """Opens the menu of tags for records, at the place on the screen that ``at`` names then."""

    def show(tags: tuple[TagUse, ...]) -> None:
        menu = QMenu(over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        new = menu.addAction(icon("add"), say("directory.new_tag"))
        new.triggered.connect(lambda: _ask(context, kind, ids, over))
        menu.addSeparator()
        for tag in tags:
            _add(menu, tag, len(ids), partial(_toggle, context, kind, ids, tag, over))
        menu.setActiveAction(new)
        menu.popup(at())

    context.tasks.read(over, lambda: context.desk.directory_views.tags(kind, ids), show)


def _add(menu: QMenu, tag: TagUse, count: int, run: Callable[[], None]) -> None:
    on_some = 0 < tag.count < count
    label = (
        say("directory.tag_on_some", name=tag.name, count=tag.count, of=count)
        if on_some
        else tag.name
    )
    action = menu.addAction(label.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(tag.count == count)
    action.triggered.connect(lambda _ticked: run())


def _toggle(context: Context, kind: str, ids: Sequence[int], tag: TagUse, over: QWidget) -> None:
    """Takes a tag off records that all have it; hangs it on all otherwise."""
    directory, count = context.desk.directory, len(ids)
    if tag.count == count:
        told = say("directory.untagged", name=tag.name, count=count)
        change(context, over, lambda: directory.untag(kind, ids, tag.name), told)
    else:
        told = say("directory.tagged", name=tag.name, count=count)
        change(context, over, lambda: directory.tag(kind, ids, tag.name), told)


def _ask(context: Context, kind: str, ids: Sequence[int], over: QWidget) -> None:
    dialog = RecordDialog(
        say("directory.new_tag"),
        [_FIELD],
        context.tasks,
        save=lambda values: context.desk.directory.tag(kind, ids, str(values["tag"] or "")),
        parent=over,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
