"""Owns a round of the bargaining in words: its prices and terms, and what moved.

Must not lay anything out.
"""

from __future__ import annotations

from app.kernel.ports import place_named
from app.negotiation.ladder import Move, Term
from app.negotiation.offered import Offered, Side
from ui import formats
from ui.words import say

_SIDES = {Side.OURS: "negotiation.side.ours", Side.THEIRS: "negotiation.side.theirs"}
_TERMS = {
    Term.PRICE: "negotiation.term.price",
    Term.CURRENCY: "negotiation.term.currency",
    Term.QUANTITY: "negotiation.term.quantity",
    Term.MOQ: "negotiation.term.moq",
    Term.DELIVERY: "negotiation.term.delivery",
    Term.PAYMENT: "negotiation.term.payment",
    Term.LEAD_TIME: "negotiation.term.lead_time",
    Term.VALIDITY: "negotiation.term.validity",
    Term.EXTRAS: "negotiation.term.extras",
}


def side_words(side: Side) -> str:
    """Who made the offer."""
    return say(_SIDES[side])


def offered_words(offered: Offered) -> str:
    """The offer on one line: prices, delivery, payment, MOQ, lead time, validity, extras."""
    prices = [formats.money(price.amount, offered.currency) for price in offered.prices]
    for number, price in enumerate(offered.prices):
        if price.min_quantity is not None:
            prices[number] += f" @ {formats.number(price.min_quantity)}"
    delivery = place_named(offered.place or "", term=offered.incoterm or "")
    parts = [", ".join(prices), formats.plain(delivery)]
    parts.append(offered.payment_terms or "")
    if offered.moq is not None:
        parts.append(f"{say(_TERMS[Term.MOQ])} {formats.number(offered.moq)}")
    if offered.lead_time_days is not None:
        parts.append(say("negotiation.days", days=offered.lead_time_days))
    if offered.valid_until is not None:
        parts.append(f"{say(_TERMS[Term.VALIDITY])} {formats.day(offered.valid_until)}")
    parts += offered.extras
    return " · ".join(part for part in parts if part)


def move_words(move: Move) -> str:
    """What moved, from what to what, and by how much."""
    before, after = formats.plain(move.before), formats.plain(move.after)
    percent = "" if move.percent is None else f" ({move.percent:+.1f}%)"
    return f"{say(_TERMS[move.term])}: {before or '–'} → {after}{percent}"
