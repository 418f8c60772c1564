"""Owns what is exported from a page by one key, where the file goes, and writing it in the background.

Must not read records; the service of sheets does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from app.kernel.messages import Message
from app.sheets.export.listed import LISTED
from ui.context import Context
from ui.lists.actions import PageAction
from ui.lists.page import ListPage
from ui.opening import tell_written
from ui.tasks import Task
from ui.words import say, words

_FILTERS = ("window.export.workbook", "window.export.csv", "window.export.cards")
#: Lists whose people can be written as cards.
_WITH_PEOPLE = frozenset(["supplier", "buyer", "contact"])
_SUFFIXES = (".xlsx", ".csv", ".vcf")


_LABEL = "window.export.action"
#: Exports the selected records of a page.
_Export: TypeAlias = Callable[[Sequence[int]], object]


def export_action(
    context: Context, page: Callable[[], ListPage], *, papers: _Export | None = None
) -> PageAction:
    """Writes the records of a page, or what hangs on them; the page is asked for when it stands.

    ``papers`` of selected records are offered before them.
    """

    def run(ids: Sequence[int]) -> None:
        offered = _lists(context, page())
        if papers is not None and ids:
            lists = {say("window.export.as_list", name=name): of for name, of in offered.items()}
            offered = {say("window.export.papers"): papers, **lists}
        _choose(page(), ids, offered)

    return PageAction(_LABEL, "export", run, "Ctrl+E")


def _lists(context: Context, page: ListPage) -> dict[str, _Export]:
    """The records of a page and what hangs on them."""
    parts = context.desk.lists.part_kinds(page.kind)
    kinds = (page.kind, *(kind for kind in parts if kind in (*LISTED, "offer")))
    return {
        say(f"export.title.{kind}"): partial(ask_and_export, context, page, kind) for kind in kinds
    }


def _choose(page: ListPage, ids: Sequence[int], offered: Mapping[str, _Export]) -> None:
    """Lets the person choose where there is more than one thing to export, then exports that."""
    if len(offered) == 1:
        next(iter(offered.values()))(ids)
        return
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name, export in offered.items():
        chosen = menu.addAction(name)
        chosen.triggered.connect(lambda *_ticked, export=export: export(ids))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(page.actions_bar.below(_LABEL))


def ask_and_export(context: Context, page: ListPage, kind: str, ids: Sequence[int]) -> None:
    """Exports the selected records where there are several, else all that the filter shows.

    With another ``kind`` than the page's, what of it hangs on them.
    """
    kinds = _FILTERS if kind in _WITH_PEOPLE else _FILTERS[:2]
    name, chosen = QFileDialog.getSaveFileName(
        page,
        say("window.export.title"),
        f"{say(f'export.title.{kind}')}.xlsx",
        ";;".join(map(say, kinds)),
    )
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in _SUFFIXES:
        suffix = next((s for s in _SUFFIXES if f"*{s}" in chosen), ".xlsx")
        path = path.with_name(path.name + suffix)
    _export(context, page, path, ids, kind)


def _export(context: Context, page: ListPage, path: Path, ids: Sequence[int], kind: str) -> None:
    """Writes the file and says how many records it holds."""
    where, language = page.filter.text().strip(), words.language
    selected = tuple(ids) if len(ids) > 1 else None
    sheets, lists = context.desk.sheets, context.desk.lists
    has_people = kind in _WITH_PEOPLE and kind != "contact"
    export = sheets.export_people if has_people and path.suffix.lower() == ".vcf" else sheets.export

    def write(task: Task[int]) -> int:
        if kind == page.kind:
            return export(kind, path, where=where, ids=selected, language=language, progress=task)
        owners = lists.ids(page.kind, where=where) if selected is None else selected
        parts = lists.parts(kind, of=page.kind, owner_ids=owners)
        return export(kind, path, ids=parts, language=language, progress=task)

    context.tasks.long_read(
        page,
        Message("export.exporting", name=path.name),
        write,
        lambda count: tell_written(context, say("export.done", count=count, path=path.name), path),
    )
