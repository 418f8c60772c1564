"""Owns which page stands at which place, and what can be done on it.

Must not lay anything out; pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.directory.fields import COMPANY_FIELDS, PRODUCT_FIELDS
from app.fields import Field
from app.inquiries.stages import Stage
from app.kernel.messages import Message
from app.negotiation.templates_service import About
from ui.context import Context
from ui.directory.company_page import CompanyPage
from ui.directory.duplicates_dialog import DuplicatesDialog
from ui.directory.merge_dialog import MergeDialog
from ui.directory.product_page import ProductPage
from ui.forms.dialog import RecordDialog
from ui.history.page import HistoryPage
from ui.imports.page import ImportsPage
from ui.inquiries.board import Board
from ui.inquiries.page import InquiryPage
from ui.inquiries.take_dialog import TakeInquiryDialog
from ui.lists.page import ListPage, PageAction
from ui.negotiation.deals import make_deals_page, start_thread
from ui.negotiation.follow_up import ask_follow_up
from ui.negotiation.write_dialog import write_message
from ui.places import PLACE_OF_KIND
from ui.quotations.page import QuotationsPage
from ui.quotations.rates_page import RatesPage
from ui.today.page import TodayPage
from ui.window.export import ask_and_export
from ui.words import say

#: What is asked for when a record is added; the rest is filled in on its page.
_FIRST_COMPANY_FIELDS = ("name_zh", "name_en", "country", "city", "main_products", "source")
_MERGED_AT_ONCE = 2
_FIRST_PRODUCT_FIELDS = ("item_number", "name_zh", "name_en", "description", "unit", "moq")


def make_pages(context: Context) -> dict[str, QWidget]:
    """All pages by the name of their place."""
    imports, quotations = ImportsPage(context), QuotationsPage(context)

    def choose_file(_ids: Sequence[int]) -> None:
        context.navigation.go("imports")
        imports.choose_file()

    take_in = PageAction(
        "sheets.choose_file", "import", choose_file, shortcut="Ctrl+I", brings_records=True
    )
    quote = PageAction(
        "editor.quote_products",
        "quotations",
        quotations.quote_products,
        shortcut="Ctrl+Shift+Q",
        needs_selection=True,
    )
    prices = PageAction(
        "editor.list_prices",
        "price",
        quotations.list_prices,
        shortcut="Ctrl+Shift+L",
        needs_selection=True,
    )
    inquiries = _inquiries_page(context, quotations.quote_inquiry)

    def show_stage(stage: Stage) -> None:
        context.navigation.go("inquiries")
        inquiries.filter.setText(f"stage:{stage.value}")

    return {
        "today": TodayPage(context, show_stage),
        "suppliers": _directory_page(
            context, "supplier", CompanyPage(context, "supplier"), take_in
        ),
        "products": _directory_page(
            context, "product", ProductPage(context), quote, prices, take_in
        ),
        "buyers": _directory_page(context, "buyer", CompanyPage(context, "buyer"), take_in),
        "inquiries": inquiries,
        "deals": make_deals_page(context),
        "quotations": quotations,
        "rates": RatesPage(context),
        "imports": imports,
        "history": HistoryPage(context),
    }


def _directory_page(context: Context, kind: str, detail: QWidget, *more: PageAction) -> ListPage:
    page = ListPage(
        context.desk,
        context.tasks,
        kind=kind,
        title=f"window.place.{PLACE_OF_KIND[kind]}",
        empty=f"window.empty.{kind}",
        actions=(
            PageAction(
                "window.delete",
                "delete",
                lambda ids: _delete(context, page, kind, ids),
                shortcut="Del",
                needs_selection=True,
            ),
            PageAction(
                "window.export.action",
                "export",
                lambda ids: ask_and_export(context, page, ids),
                shortcut="Ctrl+Shift+E",
            ),
            *more,
            PageAction(
                "window.merge.action",
                "merge",
                lambda ids: _merge(context, page, kind, ids),
                shortcut="Ctrl+M",
                needs_selection=True,
            ),
            *([] if kind == "product" else [_find_duplicates(context, kind, lambda: page)]),
            PageAction(
                f"window.new.{kind}",
                "add",
                lambda _ids: _add(context, page, kind),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=detail,
    )
    return page


def _merge(context: Context, page: QWidget, kind: str, ids: Sequence[int]) -> None:
    if len(ids) != _MERGED_AT_ONCE:
        context.toast(say("window.merge.choose_two"))
        return
    _open(MergeDialog(context, kind, ids, page))


def _find_duplicates(context: Context, kind: str, page: Callable[[], QWidget]) -> PageAction:
    return PageAction(
        "window.duplicates.action",
        "compare",
        lambda _ids: _open(DuplicatesDialog(context, kind, page())),
    )


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _inquiries_page(context: Context, quote: Callable[[int], None]) -> ListPage:
    page = ListPage(
        context.desk,
        context.tasks,
        kind="inquiry",
        title="window.place.inquiries",
        empty="window.empty.inquiry",
        actions=(
            PageAction(
                "window.delete",
                "delete",
                lambda ids: _delete_inquiries(context, page, ids),
                shortcut="Del",
                needs_selection=True,
            ),
            PageAction(
                "window.export.action",
                "export",
                lambda ids: ask_and_export(context, page, ids),
                shortcut="Ctrl+Shift+E",
            ),
            PageAction(
                "inquiries.take",
                "add",
                lambda _ids: _take_inquiry(context, page),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=InquiryPage(
            context,
            quote,
            doings=(
                (
                    "templates.title",
                    lambda id_: write_message(context, page, About(inquiry_id=id_)),
                ),
                ("deals.follow_up", lambda id_: ask_follow_up(context, page, inquiry_id=id_)),
                ("deals.new", lambda id_: start_thread(context, page, inquiry_id=id_)),
            ),
        ),
        detail_share=0.48,
        other_view=Board(context),
    )
    return page


def _take_inquiry(context: Context, page: QWidget) -> None:
    dialog = TakeInquiryDialog(context, partial(context.navigation.go, "inquiries"), page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _delete_inquiries(context: Context, page: QWidget, ids: Sequence[int]) -> None:
    if not ids:
        return
    context.tasks.write(
        page,
        Message("window.saving"),
        lambda _task: context.desk.inquiries.delete(ids),
        lambda _answer: context.toast(
            say("inquiries.delete", count=len(ids)),
            say("window.undo"),
            partial(_undo, context, page),
        ),
    )


def _add(context: Context, page: QWidget, kind: str) -> None:
    described: Sequence[Field] = PRODUCT_FIELDS if kind == "product" else COMPANY_FIELDS
    first = _FIRST_PRODUCT_FIELDS if kind == "product" else _FIRST_COMPANY_FIELDS
    go: Callable[[object], None] = partial(context.navigation.go, PLACE_OF_KIND[kind])
    dialog = RecordDialog(
        say(f"window.new.{kind}"),
        [field for field in described if field.key in first],
        context.tasks,
        save=partial(context.desk.directory.add, kind),
        then=go,
        parent=page,
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _delete(context: Context, page: QWidget, kind: str, ids: Sequence[int]) -> None:
    if not ids:
        return
    context.tasks.write(
        page,
        Message("window.saving"),
        lambda _task: context.desk.directory.delete(kind, ids),
        lambda _answer: context.toast(
            say(f"directory.delete.{kind}", count=len(ids)),
            say("window.undo"),
            partial(_undo, context, page),
        ),
    )


def _undo(context: Context, page: QWidget) -> None:
    context.tasks.write(page, Message("window.undoing"), lambda _task: context.desk.history.undo())
