"""Owns the places of the sidebar: their order, names, icons and shortcuts.

Must not build pages.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the sidebar; ``kind`` names the records counted beside it."""

    name: str
    label: str
    icon: str
    kind: str = ""


PLACES = (
    Place("today", "window.place.today", "today"),
    Place("suppliers", "window.place.suppliers", "suppliers", "supplier"),
    Place("products", "window.place.products", "products", "product"),
    Place("buyers", "window.place.buyers", "buyers", "buyer"),
    Place("inquiries", "window.place.inquiries", "inquiries", "inquiry"),
    Place("deals", "window.place.deals", "chat", "thread"),
    Place("quotations", "window.place.quotations", "quotations", "quotation"),
    Place("imports", "window.place.imports", "imports"),
    Place("history", "window.place.history", "history"),
    Place("rates", "window.place.rates", "price"),
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
