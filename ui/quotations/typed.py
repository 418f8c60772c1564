"""Owns how what is typed or pasted into a cell is read: numbers as sheets write them, tiers, ticks.

Must not judge whether a line may have the value; the quotation does.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from app.fields import Field, FieldType
from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.tiers import PriceTier, PriceTiers, price_tiers

#: A currency may stand before a number and a unit behind it; commas only between thousands.
_NUMBER = re.compile(
    r"[A-Za-z¥$€£\s]*(-?(?:\d{1,3}(?:[,'\s]\d{3})+|\d*)(?:\.\d+)?)\s*[^\d.,]*", re.ASCII
)
_TIER = re.compile(r"^\s*([\d.,]+)\s*(?:[:：=@]|\+\s*[:：=@]?)\s*\D*([\d.,]+)\s*$")
_YES = frozenset({"1", "y", "yes", "true", "✓", "x", "是"})


def typed_value(field: Field, text: str) -> object:
    """The value that ``text`` means for ``field``; ``None`` for nothing.

    Raises :class:`AppError` naming the field where it means none.
    """
    stripped = text.strip()
    if not stripped:
        return None
    if field.key == "tiers":
        return read_tiers(stripped)
    if field.type is FieldType.YES_NO:
        return stripped.casefold() in _YES
    if field.type is FieldType.CHOICE:
        return stripped
    if not field.type.is_number:
        return stripped
    number = number_in(stripped)
    if number is None or (field.type is FieldType.INTEGER and number % 1):
        raise AppError("lists.bad_value", field=field.heading, value=stripped)
    return int(number) if field.type is FieldType.INTEGER else number


def number_in(text: str) -> Decimal | None:
    """The number of ``USD 1,234.50``, ``12%`` or full-width digits; ``None`` where it is none."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    try:
        return Decimal(re.sub(r"[,'\s]", "", match.group(1)))
    except InvalidOperation:
        return None


def read_tiers(text: str) -> PriceTiers:
    """``500: 1.86; 1000: 1.80`` as tiers; raises :class:`AppError` where it is not of that form."""
    found = []
    for part in re.split(r"[;；\n]+", text.strip(" ;；\n")):
        match = _TIER.match(part)
        quantity = number_in(match.group(1)) if match else None
        price = number_in(match.group(2)) if match else None
        if quantity is None or price is None:
            raise AppError("lists.bad_value", field=Message("editor.tiers"), value=part)
        found.append(PriceTier(quantity, price))
    return price_tiers(found)


def tiers_text(tiers: PriceTiers | None) -> str:
    """Tiers as they are typed."""
    return "; ".join(
        f"{decimal_text(tier.from_quantity)}: {decimal_text(tier.price)}" for tier in tiers or ()
    )


def with_price(tiers: PriceTiers, quantity: Decimal | None, price: Decimal) -> PriceTiers:
    """``tiers`` with ``price`` for the tier that holds at ``quantity``, else for the first."""
    reached = [
        index
        for index, tier in enumerate(tiers)
        if quantity is not None and tier.from_quantity <= quantity
    ]
    changed = reached[-1] if reached else 0
    return PriceTiers(
        tuple(
            PriceTier(
                tier.from_quantity, price if index == changed else tier.price, tier.to_quantity
            )
            for index, tier in enumerate(tiers)
        )
    )
