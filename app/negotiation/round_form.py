"""Owns a round as a person reads and corrects it in fields before confirming it.

Must not store it, nor read a message's text; that is suggested before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.negotiation.offered import Offered, OfferedPrice, Side

_TIER = re.compile(r"^\s*([\d.,]+)\s*(?:[@≥]\s*([\d.,]+)\s*)?$")
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$")


def values_of(offered: Offered) -> dict[str, object]:
    """``offered`` as the form shows it; prices as :func:`prices_text`."""
    return {
        "side": offered.side.value,
        "prices": prices_text(offered.prices),
        "currency": offered.currency,
        "unit": offered.unit,
        "moq": decimal_text(offered.moq) if offered.moq is not None else None,
        "incoterm": offered.incoterm,
        "place": offered.place,
        "payment_terms": offered.payment_terms,
        "lead_time_days": offered.lead_time_days,
        "valid_until": offered.valid_until,
        "extras": "\n".join(offered.extras),
    }


def offered_from(typed: Mapping[str, object], *, made_at: datetime | None) -> Offered:
    """The round of ``typed`` (checked by the form); raises ``AppError`` for prices that are none."""
    extras = str(typed.get("extras") or "")
    moq, valid_until, days = (typed.get(k) for k in ("moq", "valid_until", "lead_time_days"))
    return Offered(
        side=Side(str(typed.get("side") or Side.THEIRS)),
        prices=prices_from(str(typed.get("prices") or "")),
        currency=_text(typed.get("currency")),
        unit=_text(typed.get("unit")),
        moq=moq if isinstance(moq, Decimal) else None,
        incoterm=(_text(typed.get("incoterm")) or "").upper() or None,
        place=_text(typed.get("place")),
        payment_terms=_text(typed.get("payment_terms")),
        lead_time_days=days if isinstance(days, int) else None,
        valid_until=valid_until if isinstance(valid_until, date) else None,
        extras=tuple(line.strip() for line in extras.splitlines() if line.strip()),
        made_at=made_at,
    )


def prices_text(prices: tuple[OfferedPrice, ...]) -> str:
    """Prices with the quantity each begins at: ``1.85 @ 3000; 1.80 @ 5000``."""
    return "; ".join(
        str(price.amount)
        if price.min_quantity is None
        else f"{price.amount} @ {decimal_text(price.min_quantity)}"
        for price in prices
    )


def prices_from(text: str) -> tuple[OfferedPrice, ...]:
    """Prices as :func:`prices_text` writes them; raises ``AppError`` for what is none."""
    found = []
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        match = _TIER.match(part)
        if match is None:
            raise AppError("negotiation.bad_price", text=part.strip())
        amount, quantity = match.groups()
        found.append(OfferedPrice(_number(amount), _number(quantity) if quantity else None))
    return tuple(sorted(found, key=lambda price: price.min_quantity or Decimal(0)))


def _number(text: str) -> Decimal:
    """A number as typed; a comma groups thousands, and is refused where it may be a decimal one."""
    plain = text.replace(",", "") if _GROUPED.match(text) else text
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise AppError("negotiation.bad_price", text=text) from error


def _text(value: object) -> str | None:
    return str(value) if value else None
