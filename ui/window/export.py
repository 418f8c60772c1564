"""Owns asking where an exported list goes, and writing it in the background.

Must not read records; the service of sheets does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.kernel.messages import Message
from ui.context import Context
from ui.lists.page import ListPage
from ui.words import say, words

_FILTERS = ("window.export.workbook", "window.export.csv", "window.export.cards")
#: Lists whose people can be written as cards.
_WITH_PEOPLE = frozenset(["supplier", "buyer", "contact"])
_SUFFIXES = (".xlsx", ".csv", ".vcf")


def ask_and_export(context: Context, page: ListPage, ids: Sequence[int]) -> None:
    """Exports the selected records where there are several, else all that the filter shows."""
    kinds = _FILTERS if page.kind in _WITH_PEOPLE else _FILTERS[:2]
    name, chosen = QFileDialog.getSaveFileName(
        page,
        say("window.export.title"),
        f"{say(f'export.title.{page.kind}')}.xlsx",
        ";;".join(map(say, kinds)),
    )
    if not name:
        return
    path = Path(name)
    if path.suffix.lower() not in _SUFFIXES:
        suffix = next((s for s in _SUFFIXES if f"*{s}" in chosen), ".xlsx")
        path = path.with_name(path.name + suffix)
    export_list(context, page, path, ids)


def export_list(context: Context, page: ListPage, path: Path, ids: Sequence[int]) -> None:
    """Writes the file and says how many records it holds."""
    where = page.filter.text().strip()
    selected = tuple(ids) if len(ids) > 1 else None
    sheets = context.desk.sheets
    has_people = page.kind in _WITH_PEOPLE and page.kind != "contact"
    export = sheets.export_people if has_people and path.suffix.lower() == ".vcf" else sheets.export
    context.tasks.long_read(
        page,
        Message("export.exporting", name=path.name),
        lambda task: export(
            page.kind, path, where=where, ids=selected, language=words.language, progress=task
        ),
        lambda count: context.toast(
            say("export.done", count=count, path=path.name),
            say("window.export.open"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        ),
    )
