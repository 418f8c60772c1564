"""Owns how the values of a row become an inquiry with its line; what no field of it takes stays as words.

Must not read cells (they are typed already) and must not know the book.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.forms import choice_named
from app.inquiries.fields import CHANNEL
from app.quotations.incoterms import TradeTerm
from app.sheets.cells.prices import CellPrice
from app.sheets.cells.quantities import CellQuantity
from app.sheets.own_lists import is_own
from app.sheets.plan.drafts import InquiryDraft, Values
from app.sheets.plan.goods import day_of, exact, unit_of
from app.sheets.plan.parties import left_over, several
from app.sheets.records import Record
from app.sheets.targets import KINDS

#: What a row of inquiries says of the inquiry, not of the buyer.
_OF_THE_INQUIRY = frozenset(
    [
        "destination",
        "incoterm",
        "price",
        "moq",
        "lead_time",
        "origin",
        "brand",
        "category",
        "description",
        "status",
        "serial",
        "next_action",
        "next_action_on",
        "remark",
        "source",
        "payment",
        "certificates",
        "currency",
    ]
)
OF_A_BUYER = (KINDS["buyers"].fields | {"buyer", "company_no", "people"}) - _OF_THE_INQUIRY
_WORDINGS = ("product", "product_en", "item_no", "description")
#: What tells more of an article than its name, the buyer's number for it first.
_SPECIFIED = (
    "customer_item_no", "item_no", "style_no", "supplier_item_no", "product_en", "specification",
    "description", "material", "size", "colour", "packing",
)  # fmt: skip
_READ_FIELDS = frozenset((
    *_WORDINGS, *_SPECIFIED, "quantity", "unit", "target_price", "currency", "incoterm", "amount",
    "destination", "source", "needed_on", "inquired_on", "next_action", "next_action_on",
    "remark", "serial", "picture",
))  # fmt: skip


def inquiry_of(
    record: Record,
    *,
    headings: Mapping[str, str] | None = None,
    tells_buyer: bool = False,
) -> InquiryDraft | None:
    """The inquiry a row records, with its one line; ``None`` where it names no goods.

    ``headings`` are the sheet's own words for the fields: what the inquiry has no place for is
    noted under them. With ``tells_buyer`` the buyer takes what is told of one.
    """
    values = record.values
    wording = next((str(values[key]) for key in _WORDINGS if values.get(key)), "")
    if not wording:
        return None
    line: Values = {"wording": wording, "specification": _specification(values, wording)}
    _take_amounts(line, values)
    line["required_by_on"] = day_of(values.get("needed_on"))
    header: Values = {
        "subject": wording,
        "channel": choice_named(CHANNEL, str(values.get("source") or "")) or None,
        "destination": values.get("destination"),
        "incoterm": line.get("incoterm"),
        "place": line.get("place"),
        "required_by_on": line["required_by_on"],
        "next_action": values.get("next_action"),
        "next_action_on": day_of(values.get("next_action_on")),
        "received_on": day_of(values.get("inquired_on")),
    }
    notes = [str(text) for text in several(values.get("remark"))]
    if not is_own(values):
        used = _READ_FIELDS | OF_A_BUYER if tells_buyer else _READ_FIELDS
        said = headings or {}
        notes += [f"{said.get(key, key)}: {text}" for key, text in left_over(values, used).items()]
    notes += [f"{name}: {text}" for name, text in record.custom]
    number = str(values.get("inquiry_no") or "")
    return InquiryDraft(header, [line], number, notes, list(record.pictures))


def line_of_whole(draft: InquiryDraft) -> InquiryDraft:
    """As one line among others of an inquiry: what is noted in its row is about its article."""
    line = draft.lines[0]
    told = [str(line["specification"] or ""), *draft.notes]
    line["specification"] = "\n".join(filter(None, told)) or None
    draft.notes = []
    return draft


def add_to_inquiry(inquiry: InquiryDraft, row: InquiryDraft) -> None:
    """Adds what a later row of the same inquiry asks for and notes."""
    inquiry.lines += row.lines
    inquiry.notes += [note for note in row.notes if note not in inquiry.notes]
    inquiry.pictures += row.pictures


def _specification(values: Mapping[str, object], wording: str) -> str | None:
    if is_own(values):
        return str(values.get("specification") or "") or None
    texts = [str(values[key]) for key in _SPECIFIED if values.get(key)]
    return "\n".join(text for text in dict.fromkeys(texts) if text != wording) or None


def _take_amounts(line: Values, values: Mapping[str, object]) -> None:
    quantity = values.get("quantity")
    if isinstance(quantity, CellQuantity):
        if quantity.container:
            line["quantity_text"] = f"{quantity.amount.normalize():f}x{quantity.container}"
        else:
            line["quantity"] = exact(quantity.amount)
            line["unit"] = quantity.unit or unit_of(values)
    if words := values.get("quantity_text"):
        line["quantity_text"] = words
    if is_own(values):
        line["unit"] = unit_of(values)
    target = values.get("target_price")
    if isinstance(target, CellPrice):
        line["target_price"] = exact(target.amount)
        line["currency"] = target.currency or "USD"
    term = values.get("incoterm")
    if isinstance(term, TradeTerm):
        line["incoterm"], line["place"] = term.code, term.place or None
    elif isinstance(target, CellPrice) and target.incoterm:
        line["incoterm"], line["place"] = target.incoterm, target.place
