"""Owns the placeholder names of a template and what a paper has for each.

Must not format cells. A name that a paper has nothing for gives an empty text; an unknown name is
the caller's to report.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from app.papers.amounts import (
    amount_of,
    break_points,
    cartons_of,
    counts,
    line_volume,
    price_for,
    tiers_of,
    totals_of,
    volume_per_carton,
)
from app.papers.blocks import dues, trade_term, words_of_total
from app.papers.columns import carton_size, container_quantities, minimum_order, weights
from app.papers.content import Bilingual, LineKind, PaperLine, PictureSource, QuotationPaper
from app.papers.labels import Labels

#: What a placeholder becomes: text, an exact number, nothing, or a picture.
Value = str | Decimal | PictureSource | None
MOST_TIERS = 8
#: A deposit, two payments on the way, and the balance.
MOST_DUES = 4
PICTURES = frozenset(["seller.logo", "seller.signature", "line.picture"])


def paper_values(paper: QuotationPaper, labels: Labels) -> Mapping[str, Value]:
    """The value of each placeholder that belongs to the whole paper."""
    totals = totals_of(paper)
    values: dict[str, Value] = {
        "title": labels.title(paper),
        "number": paper.full_number,
        "revision": Decimal(paper.revision),
        "date": labels.day(paper.issued_on),
        "valid_until": labels.day(paper.valid_until) if paper.valid_until else "",
        "reference": paper.reference,
        "currency": paper.currency,
        "trade_term": trade_term(paper),
        "port_of_loading": labels.place(paper.port_of_loading),
        "port_of_destination": labels.place(paper.port_of_destination),
        "marks": paper.marks,
        "subtotal": totals.goods,
        "total": totals.total,
        "total_in_words": words_of_total(paper, totals, labels),
        "discounts": sum((part for part in totals.adjustments if part < 0), Decimal(0)),
        "charges": sum((part for part in totals.adjustments if part > 0), Decimal(0)),
        "cartons": totals.cartons,
        "volume_cbm": totals.volume_cbm,
        "net_weight_kg": totals.net_weight_kg,
        "gross_weight_kg": totals.gross_weight_kg,
    }
    for name in ("payment", "lead_time", "shipment", "packing", "country_of_origin", "remarks"):
        values |= _texts(name, getattr(paper, name), labels)
    values |= _seller_values(paper, labels) | _buyer_values(paper)
    breaks = break_points(paper.lines)
    for index in range(MOST_TIERS):
        values[f"tier{index + 1}.minimum"] = breaks[index] if index < len(breaks) else None
    due = dues(paper, totals, labels)
    for index in range(MOST_DUES):
        name, amount = due[index] if index < len(due) else ("", None)
        values |= {f"due{index + 1}.name": name, f"due{index + 1}.amount": amount}
    return values


def _seller_values(paper: QuotationPaper, labels: Labels) -> dict[str, Value]:
    seller = paper.seller
    values: dict[str, Value] = {
        f"seller.{name}": getattr(seller, name)
        for name in ("phone", "mail", "website", "contact", "signatory", "logo", "signature")
    }
    bank = seller.bank
    names = ("beneficiary", "bank_name", "bank_address", "account", "swift", "notes")
    values |= {f"bank.{name}": getattr(bank, name) for name in names}
    values["bank"] = "yes" if bank else ""
    values |= _texts("seller.name", seller.name, labels)
    return values | _texts("seller.address", seller.address, labels)


def _buyer_values(paper: QuotationPaper) -> dict[str, Value]:
    names = ("name", "address", "country", "contact", "phone", "mail")
    values: dict[str, Value] = {f"buyer.{name}": getattr(paper.buyer, name) for name in names}
    return values | {"buyer": "yes" if paper.buyer else ""}


def _texts(name: str, text: Bilingual, labels: Labels) -> dict[str, Value]:
    return {name: labels.text(text), f"{name}_en": text.en, f"{name}_zh": text.zh}


def line_values(
    line: PaperLine, paper: QuotationPaper, labels: Labels, *, number: int
) -> Mapping[str, Value]:
    """The value of each placeholder that belongs to one line."""
    packing = line.packing
    heading = line.kind is LineKind.HEADING
    counted: str | Decimal = Decimal(number)
    if line.kind is LineKind.OPTION:
        counted = labels.say("papers.option")
    values: dict[str, Value] = {
        "line.number": "" if heading else counted,
        "line.picture": line.picture,
        "line.item_number": line.item_number,
        "line.quantity": line.quantity,
        "line.price": price_for(line),
        "line.amount": amount_of(line, paper.currency) if counts(line) else None,
        "line.minimum_order": minimum_order(line, labels.language),
        "line.pieces_per_carton": packing.pieces_per_carton,
        "line.carton_size": carton_size(packing),
        "line.cartons": cartons_of(line),
        "line.volume_per_carton": volume_per_carton(packing),
        "line.volume": line_volume(line),
        "line.net_weight": packing.net_weight_kg,
        "line.gross_weight": packing.gross_weight_kg,
        "line.quantity_20gp": packing.quantity_20gp,
        "line.quantity_40gp": packing.quantity_40gp,
        "line.quantity_40hq": packing.quantity_40hq,
        "line.container_quantities": container_quantities(packing),
        "line.weights": weights(packing),
        "line.hs_code": line.hs_code,
        "line.unit": labels.text(line.unit, "/"),
    }
    values |= _texts("line.name", line.name or line.description if heading else line.name, labels)
    for name in ("description", "lead_time", "remarks"):
        values |= _texts(f"line.{name}", getattr(line, name), labels)
    values |= _texts("line.packing", packing.text, labels)
    return values | _tier_values(line, paper)


def _tier_values(line: PaperLine, paper: QuotationPaper) -> dict[str, Value]:
    breaks = break_points(paper.lines)
    prices = {tier.minimum: tier.unit_price for tier in tiers_of(line)}
    if not line.tiers and breaks and line.unit_price is not None:
        prices = {breaks[0]: line.unit_price}
    return {
        f"line.tier{index + 1}": prices.get(breaks[index]) if index < len(breaks) else None
        for index in range(MOST_TIERS)
    }
