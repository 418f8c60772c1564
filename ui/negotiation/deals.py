"""Owns the place of all deals: their list, and what can be done with it.

Must not show a single deal; its page does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.negotiation.forms import THREAD_FIELDS
from ui.changing import change
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.lists.page import ListPage, PageAction
from ui.negotiation.intake import choose_and_take_in
from ui.negotiation.page import ThreadPage
from ui.words import say


def make_deals_page(
    context: Context, export: Callable[[ListPage, Sequence[int]], None]
) -> ListPage:
    """The list of threads with the page of the current one; ``export`` writes records of a list."""
    detail = ThreadPage(context)

    page = ListPage(
        context.desk,
        context.tasks,
        kind="thread",
        title="window.place.deals",
        empty="deals.empty",
        actions=(
            PageAction(
                "window.delete",
                "delete",
                partial(_delete, context, detail),
                shortcut="Del",
                needs_selection=True,
            ),
            PageAction(
                "window.export.action",
                "export",
                lambda ids: export(page, ids),
                shortcut="Ctrl+Shift+E",
            ),
            PageAction(
                "deals.write_down",
                "note",
                lambda _ids: detail.write_note(),
                shortcut="Ctrl+E",
                needs_selection=True,
            ),
            PageAction(
                "deals.import",
                "import",
                lambda _ids: choose_and_take_in(context, page),
                shortcut="Ctrl+I",
                brings_records=True,
            ),
            PageAction(
                "deals.new",
                "add",
                lambda _ids: start_thread(context, page),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=detail,
        detail_share=0.62,
    )
    return page


def _delete(context: Context, owner: QWidget, ids: Sequence[int]) -> None:
    if ids:
        change(
            context,
            owner,
            lambda: context.desk.negotiation.delete(ids),
            say("negotiation.delete", count=len(ids)),
        )


def start_thread(
    context: Context,
    owner: QWidget,
    *,
    company_id: int | None = None,
    inquiry_id: int | None = None,
) -> None:
    """Asks for a subject, opens a thread and shows it."""
    dialog = RecordDialog(
        say("deals.new"),
        [field for field in THREAD_FIELDS if field.key == "subject"],
        context.tasks,
        save=lambda values: context.desk.negotiation.start_thread(
            str(values["subject"]), company_id=company_id, inquiry_id=inquiry_id
        ),
        then=partial(context.navigation.go, "deals"),
        parent=owner,
    )
    dialog.open()
