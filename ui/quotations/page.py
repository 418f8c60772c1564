"""Owns the place of quotations: their list with a summary, and the editor of one.

Must not know what the editor does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.kernel.messages import Message
from app.quotations.service import PRICE_LIST, QUOTATION, QuotationDraft
from ui.bridge import ChangedRows
from ui.context import Context
from ui.lists.actions import PageAction, delete_action
from ui.lists.page import ListPage
from ui.quotations.editor import QuotationEditor
from ui.quotations.exporting import load_export, open_export
from ui.quotations.new_dialog import NewQuotationDialog
from ui.quotations.summary import QuotationSummary
from ui.quotations.what_if_page import WhatIfPage

#: A page that takes the place of the list until it is left.
Beside = TypeVar("Beside", QuotationEditor, WhatIfPage)


class QuotationsPage(QStackedWidget):
    """All quotations, or one of them whole."""

    opened = Signal(str, int)

    def __init__(self, context: Context, *more: PageAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.list = ListPage(
            context,
            kind="quotation",
            title="window.place.quotations",
            empty="editor.empty",
            actions=self._actions(more),
            detail=lambda context, place: QuotationSummary(context, self._go, place),
            parent=self,
        )
        self.list.opened.connect(self.opened)
        #: The list, and what was made beside it so far.
        self._pages: list[ListPage | QuotationEditor | WhatIfPage] = [self.list]
        self.addWidget(self.list)
        load_export(context, self)

    @cached_property
    def editor(self) -> QuotationEditor:
        """What a quotation is worked on with, made for the first one."""
        return self._beside_the_list(QuotationEditor(self._context, self))

    @cached_property
    def what_if(self) -> WhatIfPage:
        """The page that changes the world, made when it is first gone to."""
        return self._beside_the_list(WhatIfPage(self._context, self))

    def _beside_the_list(self, page: Beside) -> Beside:
        page.left.connect(lambda: self._context.navigation.go("quotations"))
        self._pages.append(page)
        self.addWidget(page)
        return page

    def _actions(self, more: Sequence[PageAction]) -> tuple[PageAction, ...]:
        return (
            delete_action(
                self._context,
                lambda: self,
                self._context.desk.quotations.delete,
                "quotations.delete",
            ),
            PageAction("window.copy", "copy", self._copy, "Ctrl+Shift+D", needs_selection=True),
            PageAction("what_if.open", "price", lambda _ids: self.ask_what_if(), "Ctrl+Shift+W"),
            *more,
            PageAction(
                "editor.from_inquiry",
                "inquiries",
                lambda _ids: self._begin(True),
                brings_records=True,
            ),
            PageAction(
                "editor.new",
                "add",
                lambda _ids: self._begin(False),
                "Ctrl+N",
                is_primary=True,
                brings_records=True,
            ),
        )

    def activate(self) -> None:
        """Shows the list, read anew where it is stale."""
        self.setCurrentWidget(self.list)
        self.list.activate()

    def show_record(self, record_id: int) -> None:
        """Opens a quotation in the editor; the list goes on to it."""
        self.list.show_record(record_id)
        self.setCurrentWidget(self.editor)
        self.editor.show_record(record_id)

    def on_changes(self, rows: ChangedRows) -> None:
        """Passes on what a commit changed."""
        for page in self._pages:
            page.on_changes(rows)

    def _go(self, quotation_id: int) -> None:
        self._context.navigation.go("quotations", quotation_id)

    def ask_what_if(self) -> None:
        """Opens the page that changes the world and looks at all open quotations."""
        self.setCurrentWidget(self.what_if)
        self.what_if.activate()

    # -- actions ----------------------------------------------------------------------------

    def _begin(self, from_inquiry: bool) -> None:
        dialog = NewQuotationDialog(self._context, self._go, from_inquiry=from_inquiry, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def quote_inquiry(self, inquiry_id: int) -> None:
        """Drafts a quotation that answers an inquiry, and opens it."""
        self._write(
            lambda: self._context.desk.quotations.draft(QuotationDraft(inquiry_id=inquiry_id)),
            lambda quotation_id: self._go(int(str(quotation_id))),
        )

    def quote_products(self, product_ids: Sequence[int]) -> None:
        """Drafts a quotation of these products, for a buyer still to be named, and opens it."""
        self._draft_of(product_ids, QUOTATION)

    def list_prices(self, product_ids: Sequence[int]) -> None:
        """Makes a price list of these products, as for a fair, and opens it."""
        self._draft_of(product_ids, PRICE_LIST)

    def _draft_of(self, product_ids: Sequence[int], document: str) -> None:
        lines = [{"product_id": each} for each in product_ids]
        draft = QuotationDraft(lines=lines, document=document)
        self._write(
            lambda: self._context.desk.quotations.draft(draft),
            lambda quotation_id: self._go(int(str(quotation_id))),
        )

    def _copy(self, ids: Sequence[int]) -> None:
        if ids:
            self._write(
                lambda: self._context.desk.quotations.copy(ids[0]),
                lambda quotation_id: self._go(int(str(quotation_id))),
            )

    def export_papers(self, ids: Sequence[int]) -> None:
        """Opens the papers of these quotations, to be looked at and written to one file."""
        views = self._context.desk.quotation_views
        self._context.tasks.read(
            self,
            lambda: [views.quotation(each) for each in ids],
            lambda details: open_export(self._context, details, self),
        )

    def _write(
        self, work: Callable[[], object], then: Callable[[object], None] | None = None
    ) -> None:
        self._context.tasks.write(self, Message("window.saving"), lambda _task: work(), then)
