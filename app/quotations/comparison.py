"""Owns how the differences of two revisions are told: the field's name and both values in words.

Must not find the differences; ``revisions`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.kernel.decimals import decimal_text
from app.kernel.messages import Message
from app.kernel.ports import place_text
from app.quotations.freight import shipment_text
from app.quotations.incoterms import TradeTerm
from app.quotations.packing import CartonPacking
from app.quotations.payment import PaymentTerms
from app.quotations.revisions import PORT_FIELDS, Change, Difference, LineTerms, RevisionTerms
from app.quotations.tiers import PriceTiers

#: Fields of the terms whose label is that of a field with another key.
_LABELS: Mapping[str, str] = {
    "quoted_on": "issued_on",
    "valid_through": "valid_until",
    "subject": "title",
    "contact": "contact_name",
    "trade_term": "incoterm",
    "payment": "payment_terms",
    "payment_text": "payment_terms",
    "shipment_mode": "shipment",
    "partial_shipment": "allows_partial_shipment",
    "transhipment": "allows_transhipment",
    "shipping_marks": "marks",
    "item_no": "item_number",
    "buyer_item_no": "buyer_item_number",
    "unit_price": "price",
    "packing_text": "packing",
    "rate": "exchange_rate",
    "rate_on": "exchange_rate_on",
}


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field that differs, both values as text; ``line`` is what the line is called, if any."""

    field: str
    label: Message
    change: Change
    line: str
    line_uid: str
    before: str
    after: str


def compared(
    differences: Iterable[Difference],
    before: RevisionTerms,
    after: RevisionTerms,
    *,
    language: str,
) -> tuple[ComparedField, ...]:
    """The differences from ``before`` to ``after`` in words of ``language``."""
    names = {line.line_uid: line_name(line, language) for line in (*before.lines, *after.lines)}
    return tuple(
        ComparedField(
            field=each.field,
            label=field_label(each.field),
            change=each.change,
            line=names.get(each.line_uid, ""),
            line_uid=each.line_uid,
            before=_told(each.field, each.before, language),
            after=_told(each.field, each.after, language),
        )
        for each in differences
    )


def field_label(field: str) -> Message:
    """The name of a field of the terms."""
    return Message(f"quotations.field.{_LABELS.get(field, field)}")


def line_name(line: LineTerms, language: str) -> str:
    """What a line is called in a list: its item number and name."""
    names = (line.name_zh, line.name_en) if language == "zh_CN" else (line.name_en, line.name_zh)
    name = next(filter(None, (*names, line.description)), "")
    return " ".join(filter(None, (line.item_no, name))) or str(line.position)


def _told(field: str, value: object, language: str) -> str:
    if isinstance(value, str) and field == "shipment_mode":
        return shipment_text(value, language)
    if isinstance(value, str) and field in PORT_FIELDS:
        return place_text(value, language)
    return told(value, language)


def told(value: object, language: str) -> str:
    """A value of the terms as text; nothing for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, TradeTerm):
        return value.text
    if isinstance(value, PaymentTerms):
        return value.text(language)
    if isinstance(value, PriceTiers):
        return "; ".join(
            f"{decimal_text(tier.from_quantity)}+: {decimal_text(tier.price)}" for tier in value
        )
    if isinstance(value, CartonPacking):
        return _packing(value)
    if isinstance(value, LineTerms):
        return _line(value, language)
    return value.isoformat() if isinstance(value, date) else str(value)


def _line(line: LineTerms, language: str) -> str:
    figures = (line.quantity, line.unit_price)
    shown = (decimal_text(figure) for figure in figures if figure is not None)
    return " · ".join((line_name(line, language), *shown))


def _packing(packing: CartonPacking) -> str:
    size = (packing.length_cm, packing.width_cm, packing.height_cm)
    sides = "×".join(decimal_text(side) for side in size if side is not None)
    weights = (packing.net_weight_kg, packing.gross_weight_kg)
    weight = "/".join(decimal_text(each) for each in weights if each is not None)
    parts = (
        f"{decimal_text(packing.pcs_per_carton)}/ctn",
        f"{sides} cm" if sides else "",
        f"{decimal_text(packing.stated_cbm)} m³" if packing.stated_cbm is not None else "",
        f"{weight} kg" if weight else "",
    )
    return ", ".join(filter(None, parts))
