"""Owns which lists a book has, in the order they are named.

Must not describe any; each slice describes its own.
"""

from __future__ import annotations

from app.directory.lists import BUYERS, CONTACTS, PRODUCTS, SUPPLIERS
from app.directory.part_lists import PICTURES, PRICES
from app.inquiries.lists import INQUIRIES
from app.inquiries.part_lists import LINES, OFFERS, REQUESTS
from app.negotiation.lists import THREADS
from app.negotiation.part_lists import FOLLOW_UPS, MESSAGES, ROUNDS
from app.quotations.lists import QUOTATIONS
from app.sheets.lists import IMPORTS

LISTINGS = (
    SUPPLIERS,
    BUYERS,
    CONTACTS,
    PRODUCTS,
    PRICES,
    PICTURES,
    INQUIRIES,
    LINES,
    REQUESTS,
    OFFERS,
    THREADS,
    MESSAGES,
    ROUNDS,
    FOLLOW_UPS,
    QUOTATIONS,
    IMPORTS,
)
