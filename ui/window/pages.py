"""Owns which page stands at which place; each is imported and made when it is first gone to.

Must not lay anything out; pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.inquiries.stages import Stage
from ui.context import Context
from ui.forms.late_tabs import Tabbed
from ui.lists.actions import PageAction
from ui.places import PLACE_OF_KIND
from ui.turns import Turns
from ui.window.export import export_action
from ui.window.record_history import history_action


class Pages:
    """The pages by the name of their place (``pages["suppliers"]``).

    They stand in ``room``. ``made`` is told of each page once, before it is handed out.
    """

    def __init__(self, context: Context, room: QWidget, made: Callable[[QWidget], None]) -> None:
        self._context = context
        self._room = room
        self._tell = made
        self._making = Turns(room)
        self._pages: dict[str, Any] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "today": self._today,
            "suppliers": lambda: self._directory("supplier"),
            "products": lambda: self._directory("product", *self._for_products()),
            "buyers": lambda: self._directory("buyer"),
            "inquiries": self._inquiries,
            "deals": self._deals,
            "quotations": self._quotations,
            "rates": self._rates,
            "imports": self._imports,
            "history": self._history,
        }

    def __getitem__(self, place: str) -> Any:
        if place not in self._pages:
            page = self._makers[place]()
            self._pages[place] = page
            self._tell(page)
        return self._pages[place]

    @property
    def made(self) -> tuple[QWidget, ...]:
        """The pages made until now."""
        return tuple(self._pages.values())

    def take_over(self, before: Pages) -> None:
        """Goes on with the files that are open in the pages of ``before``, whose place these take."""
        if "imports" in before._pages and before["imports"].is_busy:
            self["imports"].take_over(before["imports"])

    def _today(self) -> QWidget:
        from ui.today.page import TodayPage

        return TodayPage(self._context, self._show_stage, self._choose_file, self._room)

    def _directory(self, kind: str, *more: PageAction) -> QWidget:
        from ui.window.directory_place import make_directory_page

        return make_directory_page(self._context, kind, *more, self._take_in(), parent=self._room)

    def _take_in(self) -> PageAction:
        return PageAction(
            "sheets.choose_file",
            "import",
            self._choose_file,
            shortcut="Ctrl+I",
            brings_records=True,
        )

    def _for_products(self) -> tuple[PageAction, ...]:
        return (
            PageAction(
                "editor.quote_products",
                "quotations",
                lambda ids: self["quotations"].quote_products(ids),
                shortcut="Ctrl+Shift+Q",
                needs_selection=True,
            ),
            PageAction(
                "editor.list_prices",
                "price",
                lambda ids: self["quotations"].list_prices(ids),
                shortcut="Ctrl+Shift+L",
                needs_selection=True,
            ),
        )

    def _inquiries(self) -> QWidget:
        from ui.window.inquiries_place import make_inquiries_page

        return make_inquiries_page(
            self._context,
            lambda inquiry_id: self["quotations"].quote_inquiry(inquiry_id),
            self._take_in(),
            parent=self._room,
        )

    def _deals(self) -> QWidget:
        from ui.window.deals_place import make_deals_page

        return make_deals_page(self._context, self._room)

    def _quotations(self) -> QWidget:
        from ui.quotations.page import QuotationsPage

        export = export_action(
            self._context,
            lambda: self["quotations"].list,
            papers=lambda ids: self["quotations"].export_papers(ids),
        )
        history = history_action(self._context, "quotation", lambda: self["quotations"])
        return QuotationsPage(self._context, export, history, parent=self._room)

    def _rates(self) -> QWidget:
        from ui.quotations.rates_page import RatesPage

        return RatesPage(self._context, self._room)

    def _imports(self) -> QWidget:
        from ui.imports.page import ImportsPage

        return ImportsPage(self._context, self._show_where, self._make_ready, self._room)

    def _history(self) -> QWidget:
        from ui.history.page import HistoryPage

        return HistoryPage(self._context, self._room)

    def _choose_file(self, _ids: Sequence[int] = ()) -> None:
        self._context.navigation.go("imports")
        self["imports"].choose_file()

    def _make_ready(self, place: str) -> None:
        """Makes a page before it is gone to, what shows one record, and what of that comes first."""

        def make() -> Iterator[None]:
            page = self._list_at(place)
            yield
            detail = page.detail
            yield
            if isinstance(detail, Tabbed):
                detail.tabs.make_first()

        self._making.begin(make())

    def _list_at(self, place: str) -> Any:
        return getattr(self[place], "list", self[place])

    def _show_stage(self, stage: Stage) -> None:
        self._show_where("inquiry", f"stage:{stage.value}")

    def _show_where(self, kind: str, where: str) -> None:
        """Shows a list with only the records that match a query."""
        place = PLACE_OF_KIND[kind]
        self._list_at(place).show_where(where)
        self._context.navigation.go(place)
