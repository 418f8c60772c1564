"""Owns the place of all deals: their list, and what can be done with it.

Must not show a single deal; its page does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.changing import change
from ui.context import Context
from ui.lists.actions import PageAction, delete_action, own_window_action
from ui.lists.page import ListPage
from ui.negotiation.intake import choose_and_take_in
from ui.negotiation.page import ThreadPage
from ui.negotiation.starting import start_thread
from ui.window.export import export_action
from ui.window.record_history import history_action
from ui.words import say

_MERGED_AT_LEAST = 2


def make_deals_page(context: Context, parent: QWidget | None = None) -> ListPage:
    """The list of threads with the page of the current one."""
    page = ListPage(
        context,
        kind="thread",
        title="window.place.deals",
        empty="deals.empty",
        actions=(
            delete_action(
                context, lambda: page, context.desk.negotiation.delete, "negotiation.delete"
            ),
            export_action(context, lambda: page),
            PageAction(
                "deals.write_down",
                "note",
                lambda _ids: page.detail.write_note(),
                shortcut="Ctrl+J",
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
                "window.merge.action",
                "merge",
                lambda ids: _merge(context, page, ids),
                shortcut="Ctrl+M",
                needs_selection=True,
            ),
            history_action(context, "thread", lambda: page),
            own_window_action(lambda: page),
            PageAction(
                "deals.new",
                "add",
                lambda _ids: start_thread(context, page),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=ThreadPage,
        detail_share=0.62,
        parent=parent,
    )
    return page


def _merge(context: Context, owner: QWidget, ids: Sequence[int]) -> None:
    """Makes one of the selected deals; the one that began first stays."""
    if len(ids) < _MERGED_AT_LEAST:
        context.toast(say("deals.choose_several"))
        return
    keep, *others = sorted(ids)
    change(
        context,
        owner,
        lambda: context.desk.negotiation.merge(keep, others),
        say("deals.merged", count=len(ids)),
        then=lambda: context.navigation.go("deals", keep),
    )
