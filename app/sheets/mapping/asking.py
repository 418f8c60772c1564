"""Owns what tells a sheet that asks for prices: its title, whom it names, and prices left open.

Must not weigh it against other kinds.
"""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import Decimal

from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty
from app.sheets.lexicon import meanings
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.phrases import heading_key

_WAYS_OF_CONTACT = frozenset(["email", "phone", "mobile", "web", "address"])
_PRICED = frozenset([("target_price",), ("amount",)])
_WANTED = frozenset(["product", "product_en", "item_no", "description", "name"])
#: A title, or the name of a file or sheet, of a paper that asks for prices.
_ASKS = re.compile(
    r"[\W\d_]*(?:(?:product|price|purchase|buyer'?s?|customer)[ _-]+)?(?:rf[qp]s?|requests? for (?:an? )?(?:quotation|quote|price|proposal)s?"
    r"|(?:in|en)quir(?:y|ies)|询价[单表函]?|询盘|求购|采购需求|anfrage|ausschreibung|solicitud de cotizaci[oó]n|pedido de cota[cç][aã]o|richiesta di (?:offerta|preventivo)|"
    r"demande de (?:prix|devis|cotation)|appel d'offres|offerteaanvraag|förfrågan|forespørsel|poptávka|zapytanie ofertowe|"
    r"запрос|запит|заявк[аи]|見積依頼書?|견적\s?요청서?)"
    r"(?![\w@])[^:：@]{0,40}",
    re.IGNORECASE,
)
#: ``REQUEST FOR QUOTATION   RFQ No.: 51   Date: …`` in one cell.
_APART = re.compile(r"\s{3,}|\n")
#: What the letterhead of an inquiry tells, and how much it says with the title for one.
_REQUIRED = re.compile(
    r"(?:technical |special |product )?requirements?|anforderung(?:en)?|требования|requisitos|exigences|(?:产品|采购|技术|质量)?要求"
)
_CUES = frozenset(["buyer", "inquiry_no", "needed_on", "destination"])
_ASKING = 6.0
_PRICES = frozenset(["price", "cost", "sell_price", "list_price"])
_FEWEST_ASKED = 3
_MOSTLY = 0.7
#: From this strength on a reading covers the whole heading.
_SURE = 0.9
#: What only companies have; goods are certified as well.
_OF_COMPANIES = frozenset(["main_products", "booth", "uscc", "employees", "established"])


def gain_by_asking(
    region: TableRegion,
    columns: tuple[ColumnMapping, ...],
    *,
    around: tuple[str, ...],
    told: Set[str],
) -> float:
    """What a sheet with the mapping ``columns`` gains as an inquiry; ``around`` are its titles."""
    if _is_to_be_priced(region):
        return _ASKING
    return 0.0 if _has_prices(columns) else _asks(region, around, told)


def _asks(region: TableRegion, around: tuple[str, ...], told: Set[str]) -> float:
    """What a sheet without prices gains by its title, its letterhead or its headings.

    Articles with their specification beside a buyer are what the buyer wants; a list of buyers has
    ways to reach them.
    """
    heard = {m.field for parts in region.heading_parts for m in readings(parts)[:1]}
    # ``Item`` may be a number or the article.
    of_goods = {m.field for parts in region.heading_parts for m in readings(parts)} & _WANTED
    is_titled = any(_ASKS.fullmatch(part) for text in around for part in _APART.split(text))
    has_buyer = "buyer" in heard | told
    if heard & _WAYS_OF_CONTACT or heard & _OF_COMPANIES or not of_goods:
        return 0.0
    requires = any(
        _REQUIRED.fullmatch(heading_key(heading)) and "quantity" in heard
        for heading in region.headings
    )
    if is_titled or requires or (has_buyer and "specification" in heard):
        return _ASKING + bool(told & _CUES)
    return 0.0


def names_a_target(region: TableRegion) -> bool:
    """Whether a column tells what the buyer would pay, in any language."""
    first = (m for parts in region.heading_parts for m in readings(parts)[:1])
    return any(m.field == "target_price" and m.strength >= _SURE for m in first)


def _is_to_be_priced(region: TableRegion) -> bool:
    """Whether quantities stand beside a column of prices in which nobody has written one yet.

    That is how tenders and bills of quantities ask; what is in stock is no quantity.
    """
    first = [readings(parts)[:1] for parts in region.heading_parts]
    by_field = {
        found[0].field: p for p, found in enumerate(first) if found and found[0].strength >= _SURE
    }
    wanted = by_field.get("quantity")
    prices = [p for p, found in enumerate(first) if found and found[0].field in _PRICES]
    if wanted is None or not prices or "stock" in by_field or len(region.rows) < _FEWEST_ASKED:
        return False
    counted = sum(isinstance(row[wanted], Decimal) and row[wanted] != 0 for row in region.rows)
    blank = all(is_empty(row[place]) for row in region.rows for place in prices)
    return blank and counted >= _MOSTLY * len(region.rows)


def _has_prices(columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether what is offered or was sold is told: prices and amounts, not a target."""
    return any(
        column.fields in _PRICED
        and column.sample
        and not any(m.field == "target_price" for m in meanings(column.heading)[:1])
        for column in columns
    )
