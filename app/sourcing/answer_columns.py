"""Owns which column of a returned request sheet holds what, whatever the supplier did to the columns.

Our own headings come first, then numbered prices and quantities in other words, then what the
importer takes a heading for. Must not read cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from app.kernel.language import catalogue
from app.kernel.text import fold

#: The columns a request sheet has, by the name of their heading's text.
ROLES = [
    "item_number",
    "name",
    "specification",
    "quantity",
    "unit",
    "price_1",
    "quantity_2",
    "price_2",
    "quantity_3",
    "price_3",
    "currency",
    "tax",
    "term",
    "minimum_order",
    "lead_time",
    "packing",
    "pieces_per_carton",
    "carton_size",
    "gross_weight",
    "valid_until",
    "remarks",
    "key",
]
#: What a column is to the importer → what it is here; prices are numbered as they come.
_OF_FIELD: Mapping[str, str] = {
    "item_no": "item_number",
    "supplier_item_no": "item_number",
    "product": "name",
    "product_en": "name",
    "specification": "specification",
    "quantity": "quantity",
    "unit": "unit",
    "currency": "currency",
    "vat_included": "tax",
    "vat_rate": "tax",
    "incoterm": "term",
    "moq": "minimum_order",
    "lead_time": "lead_time",
    "packing": "packing",
    "pcs_per_carton": "pieces_per_carton",
    "carton_size": "carton_size",
    "gross_weight": "gross_weight",
    "valid_until": "valid_until",
    "remark": "remarks",
}
_NUMBER = {"1": 1, "一": 1, "2": 2, "二": 2, "两": 2, "3": 3, "三": 3}
_PLACE = re.compile(
    r"(?:第|tier|档|阶梯|price|价|qty|quantity|数量|no\.?)\s*([123一二两三])(?!\d)", re.IGNORECASE
)
_LEADING = re.compile(r"^([123一二两三])(?:st|nd|rd)?\s*(?:档|级|tier|price|qty)", re.IGNORECASE)
_PRICE = re.compile(r"价|price|报价|cost", re.IGNORECASE)
_QUANTITY = re.compile(r"数量|qty|quantity|起$|from|≥|pcs", re.IGNORECASE)


def columns_of(headings: Sequence[str], fields: Sequence[str]) -> dict[str, int]:
    """What is where: role → column. ``fields`` are the importer's readings, empty where none."""
    found: dict[str, int] = {}
    for index, heading in enumerate(headings):
        role = _own().get(_bare(heading)) or _numbered(heading)
        if role is not None:
            found.setdefault(role, index)
    taken = set(found.values())
    for index, field in enumerate(fields):
        role = _next_price(found) if field == "price" else _OF_FIELD.get(field)
        if index not in taken and role is not None and role not in found:
            found[role] = index
    return found


def _next_price(found: Mapping[str, int]) -> str | None:
    return next((role for role in ("price_1", "price_2", "price_3") if role not in found), None)


def _numbered(heading: str) -> str | None:
    """``第二档单价`` and ``Qty tier 2``: a numbered price or the quantity it starts at."""
    said = fold(heading)
    match = _PLACE.search(said) or _LEADING.search(said)
    if match is None:
        return None
    number = _NUMBER[match[1]]
    if _PRICE.search(said):
        return f"price_{number}"
    return f"quantity_{number}" if number > 1 and _QUANTITY.search(said) else None


@cache
def _own() -> Mapping[str, str]:
    """Our headings, folded, in each language and in both together → role."""
    texts: dict[str, str] = {}
    for role in ROLES:
        english, chinese = (
            catalogue(language).say(f"papers.request.{role}") for language in ("en", "zh_CN")
        )
        for text in (english, chinese, english + chinese, chinese + english):
            texts[_bare(text)] = role
    return texts


def _bare(heading: str) -> str:
    return re.sub(r"[\W_]+", "", fold(heading))
