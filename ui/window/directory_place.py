"""Owns the places of the directory: suppliers, buyers and products, and what can be done there.

Must not show a single record; its page does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.directory.fields import COMPANY_FIELDS, PRODUCT_FIELDS
from app.fields import Field
from ui.context import Context
from ui.forms.dialog import RecordDialog
from ui.lists.actions import PageAction, delete_action, merge_action, own_window_action
from ui.lists.page import ListPage
from ui.places import PLACE_OF_KIND
from ui.window.export import export_action
from ui.window.record_history import history_action
from ui.words import say

#: What is asked for when a record is added; the rest is filled in on its page.
_FIRST_COMPANY_FIELDS = ("name_zh", "name_en", "country", "city", "main_products", "source")
_FIRST_PRODUCT_FIELDS = ("item_number", "name_zh", "name_en", "description", "unit", "moq")
_TAGS = "directory.field.tags"


def make_directory_page(
    context: Context, kind: str, *more: PageAction, parent: QWidget | None = None
) -> ListPage:
    """The list of suppliers, buyers or products (``kind``) with the page of the current one."""
    page = ListPage(
        context,
        kind=kind,
        title=f"window.place.{PLACE_OF_KIND[kind]}",
        empty=f"window.empty.{kind}",
        actions=(
            delete_action(
                context,
                lambda: page,
                partial(context.desk.directory.delete, kind),
                f"directory.delete.{kind}",
            ),
            export_action(context, lambda: page),
            *more,
            merge_action(context, lambda ids: _merge(context, page, kind, ids)),
            _tag_action(context, kind, lambda: page),
            *([] if kind == "product" else [_find_duplicates(context, kind, lambda: page)]),
            history_action(context, kind, lambda: page),
            own_window_action(lambda: page),
            PageAction(
                f"window.new.{kind}",
                "add",
                lambda _ids: _add(context, page, kind),
                shortcut="Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        ),
        detail=partial(_make_detail, kind),
        parent=parent,
    )
    return page


def _make_detail(kind: str, context: Context, place: QWidget) -> QWidget:
    """The page of one record, imported with the first."""
    if kind == "product":
        from ui.directory.product_page import ProductPage

        return ProductPage(context, place)
    from ui.directory.company_page import CompanyPage

    return CompanyPage(context, kind, place)


def _merge(context: Context, page: QWidget, kind: str, ids: Sequence[int]) -> None:
    from ui.directory.merge_dialog import DirectoryMergeDialog

    DirectoryMergeDialog(context, kind, ids, page).open()


def _tag_action(context: Context, kind: str, page: Callable[[], ListPage]) -> PageAction:
    def run(ids: Sequence[int]) -> None:
        if ids:
            from ui.directory.tags import open_tags

            bar = page().actions_bar
            open_tags(context, kind, ids, over=page(), at=lambda: bar.below(_TAGS))

    return PageAction(_TAGS, "tag", run, shortcut="Ctrl+T", needs_selection=True)


def _find_duplicates(context: Context, kind: str, page: Callable[[], QWidget]) -> PageAction:
    def run(_ids: Sequence[int]) -> None:
        from ui.directory.duplicates_dialog import DuplicatesDialog

        _open(DuplicatesDialog(context, kind, page()))

    return PageAction("window.duplicates.action", "compare", run)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


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
    _open(dialog)
