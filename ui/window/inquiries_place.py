"""Owns the place of inquiries: their list and board, and what can be done there.

Must not show a single inquiry; its page does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.inquiries.fields import CHANNEL
from app.negotiation.templates_service import About
from ui import formats
from ui.context import Context
from ui.inquiries.board import Board
from ui.lists.actions import PageAction, delete_action, merge_action, own_window_action
from ui.lists.page import ListPage
from ui.negotiation.follow_up import ask_follow_up
from ui.negotiation.starting import start_thread
from ui.negotiation.write_dialog import write_message
from ui.window.export import export_action
from ui.window.record_history import history_action

#: What else can be done with an inquiry: the key of its name, and what runs.
_Doings: TypeAlias = tuple[tuple[str, Callable[[int], object]], ...]


def make_inquiries_page(
    context: Context,
    quote: Callable[[int], None],
    take_in: PageAction,
    parent: QWidget | None = None,
) -> ListPage:
    """The list and the board of inquiries; ``quote`` drafts a quotation from one."""
    page = ListPage(
        context,
        kind="inquiry",
        title="window.place.inquiries",
        empty="window.empty.inquiry",
        actions=(
            delete_action(context, lambda: page, context.desk.inquiries.delete, "inquiries.delete"),
            export_action(context, lambda: page),
            take_in,
            merge_action(context, lambda ids: _merge(context, page, ids)),
            history_action(context, "inquiry", lambda: page),
            own_window_action(lambda: page),
            PageAction("inquiries.channels.open", "edit", lambda _ids: _channels(context, page)),
            PageAction(
                "inquiries.take",
                "add",
                lambda _ids: _take_inquiry(context, page),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=partial(_make_detail, quote),
        detail_share=0.48,
        other_view=Board,
        offered={"channel": partial(_channel_names, context)},
        parent=parent,
    )
    return page


def _make_detail(quote: Callable[[int], None], context: Context, place: QWidget) -> QWidget:
    """The page of one inquiry, imported with the first."""
    from ui.inquiries.merge_dialog import choose_and_merge
    from ui.inquiries.page import InquiryPage

    doings: _Doings = (
        ("templates.title", lambda id_: write_message(context, page, About(inquiry_id=id_))),
        ("deals.follow_up", lambda id_: ask_follow_up(context, page, inquiry_id=id_)),
        ("deals.new", lambda id_: start_thread(context, page, inquiry_id=id_)),
        ("inquiries.merging.with_another", lambda id_: choose_and_merge(context, page, id_)),
    )
    page = InquiryPage(context, quote, doings, place)
    return page


def _merge(context: Context, page: QWidget, ids: Sequence[int]) -> None:
    from ui.inquiries.merge_dialog import merge_inquiries

    merge_inquiries(context, page, ids)


def _channel_names(context: Context) -> list[str]:
    """The channels of the book as they are called here."""
    return [formats.shown(CHANNEL, one.name) for one in context.desk.channels.all()]


def _channels(context: Context, page: QWidget) -> None:
    from ui.inquiries.channels_dialog import ChannelsDialog

    ChannelsDialog(context, page).open()


def _take_inquiry(context: Context, page: QWidget) -> None:
    from ui.inquiries.take_dialog import TakeInquiryDialog

    dialog = TakeInquiryDialog(context, partial(context.navigation.go, "inquiries"), page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
