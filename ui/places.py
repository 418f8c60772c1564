"""Owns the places of the sidebar: their order, names, icons, and what can be begun at each.

Must not build pages.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceAction:
    """An action of a page that needs no records, told before there is the page."""

    label: str
    icon: str
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar; ``kind`` names the records counted beside it."""

    name: str
    label: str
    icon: str
    kind: str = ""
    actions: tuple[PlaceAction, ...] = ()


_EXPORT = PlaceAction("window.export.action", "export", "Ctrl+E")
_TAKE_IN = PlaceAction("sheets.choose_file", "import", "Ctrl+I")
_DUPLICATES = PlaceAction("window.duplicates.action", "compare")


def _new(label: str) -> PlaceAction:
    return PlaceAction(label, "add", "Ctrl+N")


PLACES = (
    Place("today", "window.place.today", "today"),
    Place(
        "suppliers",
        "window.place.suppliers",
        "suppliers",
        "supplier",
        (_EXPORT, _TAKE_IN, _DUPLICATES, _new("window.new.supplier")),
    ),
    Place(
        "products",
        "window.place.products",
        "products",
        "product",
        (_EXPORT, _TAKE_IN, _new("window.new.product")),
    ),
    Place(
        "buyers",
        "window.place.buyers",
        "buyers",
        "buyer",
        (_EXPORT, _TAKE_IN, _DUPLICATES, _new("window.new.buyer")),
    ),
    Place(
        "inquiries",
        "window.place.inquiries",
        "inquiries",
        "inquiry",
        (
            _EXPORT,
            _TAKE_IN,
            PlaceAction("inquiries.channels.open", "edit"),
            _new("inquiries.take"),
        ),
    ),
    Place(
        "deals",
        "window.place.deals",
        "chat",
        "thread",
        (_EXPORT, PlaceAction("deals.import", "import", "Ctrl+I"), _new("deals.new")),
    ),
    Place(
        "quotations",
        "window.place.quotations",
        "quotations",
        "quotation",
        (
            PlaceAction("what_if.open", "price", "Ctrl+Shift+W"),
            _EXPORT,
            PlaceAction("editor.from_inquiry", "inquiries"),
            _new("editor.new"),
        ),
    ),
    Place(
        "imports",
        "window.place.imports",
        "imports",
        actions=(PlaceAction("sheets.template.action", "sheet"), _TAKE_IN),
    ),
    Place("history", "window.place.history", "history"),
    Place(
        "rates",
        "window.place.rates",
        "price",
        actions=tuple(
            PlaceAction(label, "price")
            for label in (
                "rates.tab.exchange_rate",
                "rates.tab.vat_rate",
                "rates.tab.rebate_rate",
                "rates.tab.freight_rate",
                "rates.tab.seller_profile",
                "rates.tab.standard_text",
            )
        ),
    ),
)

#: Which place shows a kind of record.
PLACE_OF_KIND = {
    "supplier": "suppliers",
    "product": "products",
    "buyer": "buyers",
    "inquiry": "inquiries",
    "quotation": "quotations",
    "thread": "deals",
    "import": "imports",
}
