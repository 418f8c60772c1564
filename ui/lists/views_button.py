"""Owns the button with the saved views of a list: to pick one, to save, rename and delete.

Must not change the list by itself; the page uses the view that was picked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.fields import Field
from app.kernel.messages import Message
from app.lists.saved_views_service import SavedView
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.icons import icon
from ui.words import say

_NAME = Field("name", label="lists.view.name")


class ViewsButton(QToolButton):
    """The saved views of the list of ``kind``; ``now`` tells how the list stands, without a name."""

    picked = Signal(object)

    def __init__(
        self,
        context: Context,
        kind: str,
        now: Callable[[], SavedView],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks = context.desk, context.tasks
        self._kind, self._now = kind, now
        self.setIcon(icon("star"))
        self.setToolTip(say("lists.view.all"))
        self.setAccessibleName(say("lists.view.all"))
        self.clicked.connect(self._read)

    def _read(self) -> None:
        views = self._desk.saved_views
        self._tasks.read(self, partial(views.all, self._kind), self._open)

    def _open(self, views: Sequence[SavedView]) -> None:
        self.menu_of(views).popup(self.mapToGlobal(QPoint(0, self.height())))

    def menu_of(self, views: Sequence[SavedView]) -> QMenu:
        """The views to pick from, the one in use ticked, and what can be done with it."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        now = self._now()
        in_use = next((view for view in views if _is_as(view, now)), None)
        for view in views:
            entry = menu.addAction(_plain(view.name))
            entry.setCheckable(True)
            entry.setChecked(view is in_use)
            entry.triggered.connect(partial(self.picked.emit, view))
        menu.addSeparator()
        can_write = not self._desk.is_read_only
        save = menu.addAction(icon("add"), say("lists.view.save"))
        save.setEnabled(can_write)
        save.triggered.connect(lambda: self.save(in_use.name if in_use else ""))
        if in_use is not None:
            rename = menu.addAction(
                icon("edit"), say("lists.view.rename", name=_plain(in_use.name))
            )
            rename.triggered.connect(lambda: self.rename(in_use))
            delete = menu.addAction(
                icon("delete"), say("lists.view.delete", name=_plain(in_use.name))
            )
            delete.triggered.connect(lambda: self.delete(in_use))
            rename.setEnabled(can_write)
            delete.setEnabled(can_write)
        return menu

    def save(self, name: str = "") -> RecordDialog:
        """Asks for a name and saves the list as it stands."""
        now, views = self._now(), self._desk.saved_views
        return self._ask(
            say("lists.view.save_title"),
            name,
            lambda typed: views.save(
                self._kind, typed, query=now.query, sort=now.sort, columns=now.columns
            ),
        )

    def rename(self, view: SavedView) -> RecordDialog:
        """Asks for another name."""
        views = self._desk.saved_views
        title = say("lists.view.rename", name=view.name)
        return self._ask(title, view.name, partial(views.rename, view.id))

    def delete(self, view: SavedView) -> None:
        """Deletes a view; the foot of the window offers to take that back."""
        views = self._desk.saved_views
        self._tasks.write(self, Message("window.saving"), lambda _task: views.delete(view))

    def _ask(self, title: str, name: str, save: Callable[[str], object]) -> RecordDialog:
        dialog = RecordDialog(
            title,
            (_NAME,),
            self._tasks,
            save=lambda values: save(str(values.get("name") or "")),
            values={"name": name},
            parent=self.window(),
        )
        dialog.open()
        return dialog


def _plain(name: str) -> str:
    """A name as an entry of a menu, where "&" would be read as the mark of a key."""
    return name.replace("&", "&&")


def _is_as(view: SavedView, now: SavedView) -> bool:
    return (view.query, view.sort) == (now.query, now.sort)
