"""Owns how lines of a quotation come from what is known: a product, an inquiry's line, typed words.

Must not open a write scope; the service does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.forms import Values
from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError, no_such_record
from app.kernel.messages import Message
from app.kernel.text import has_han
from app.quotations.costs_views import FoundCost, KnownGoods, chosen_costs, known_goods
from app.quotations.forms import LINE_FORM
from app.quotations.revisions import LineKind
from database.records import (
    CostPartRecord,
    InquiryLineRecord,
    PriceRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationTierRecord,
    Record,
)

#: What a line takes over from its product as it stands. A product's remarks are a supplier's words
#: to us and stay with us.
_TAKEN = (
    "item_number",
    "name_en",
    "name_zh",
    "unit",
    "moq",
    "hs_code",
    "origin",
    "packing",
    "pieces_per_carton",
    "carton_length_cm",
    "carton_width_cm",
    "carton_height_cm",
    "carton_cbm",
    "net_weight_kg",
    "gross_weight_kg",
)
#: A change of these makes the cost of a line the user's own.
_OWN_COST = frozenset({"cost", "cost_currency"})
#: Where a cost that is typed, or asked under another term, leads is not known.
_OWN_PLACE = frozenset({"cost", "cost_incoterm"})
_NOT_NULL = ("is_optional",)
_MOST_WORDS = 12


def new_lines(session: Session, lines: Sequence[Values], *, on: date) -> list[QuotationLineRecord]:
    """Lines of ``lines``, see :func:`new_line`; their products are read in sets."""
    ids = [each for values in lines if isinstance(each := values.get("product_id"), int)]
    goods = known_goods(session, ids, on=on)
    return [new_line(session, values, on=on, goods=goods) for values in lines]


def new_line(
    session: Session, values: Values, *, on: date, goods: KnownGoods | None = None
) -> QuotationLineRecord:
    """A line of ``values`` by field key; with ``product_id``, what is not given is the product's.

    ``wording`` is taken for a product where it names one, else for the name. Its cost is that of
    ``cost`` if given, else the product's newest price for the quantity.
    """
    fields = {key: item for key, item in values.items() if key not in ("tiers", "wording")}
    checked = LINE_FORM.checked({**_from_wording(session, values.get("wording")), **fields})
    product_id = checked.get("product_id")
    taken: Mapping[str, object] = {}
    if isinstance(product_id, int):
        if goods is None or product_id not in goods.products:
            goods = known_goods(session, [product_id], on=on)
        taken = product_values(goods, product_id)
    given = {key: item for key, item in checked.items() if item is not None}
    line = QuotationLineRecord(**{**taken, **given})
    line.kind = line.kind or (LineKind.ITEM if product_id else LineKind.FREE).value
    line.is_optional = bool(line.is_optional)
    check_line(line)
    if isinstance(product_id, int) and goods is not None and line.cost is None:
        take_cost(line, goods.cost(product_id, line.quantity))
    return line


def _from_wording(session: Session, wording: object) -> dict[str, object]:
    if not wording:
        return {}
    words = str(wording)
    product_id = product_in_words(session, words)
    if product_id is not None:
        return {"product_id": product_id}
    return {"name_zh" if has_han(words) else "name_en": words}


def product_values(goods: KnownGoods, product_id: int) -> dict[str, object]:
    """What a line says of a product, its first picture included; ``AppError`` where it is gone."""
    product = goods.products.get(product_id)
    if product is None:
        raise no_such_record("product", product_id)
    values: dict[str, object] = {key: getattr(product, key) for key in _TAKEN}
    parts = (product.description, product.material, product.size, product.colour)
    values["description"] = "\n".join(dict.fromkeys(part for part in parts if part)) or None
    values["lead_time"] = _lead_time(product)
    values["picture_file_id"] = goods.pictures.get(product_id)
    return values


def _lead_time(product: ProductRecord) -> str | None:
    known = {product.lead_time_days_min, product.lead_time_days_max}
    days = sorted(day for day in known if day is not None)
    return "–".join(map(str, days)) + " days" if days else None


def take_cost(line: QuotationLineRecord, cost: FoundCost | None) -> None:
    """Makes ``cost`` what the line costs; nothing known leaves the line as it is."""
    if cost is None:
        return
    line.cost, line.cost_currency = cost.amount, cost.currency
    line.cost_has_invoice, line.cost_source = cost.has_invoice, cost.source
    line.cost_incoterm, line.cost_place = cost.incoterm, cost.place


def take_chosen(line: QuotationLineRecord, chosen: Sequence[FoundCost]) -> None:
    """Makes the chosen offers what the line costs; of several the costing makes one cost."""
    line.parts = [
        CostPartRecord(
            offer_line_id=cost.offer_line_id,
            quantity=cost.quantity,
            amount=cost.amount,
            currency=cost.currency,
            has_invoice=cost.has_invoice,
            incoterm=cost.incoterm,
            place=cost.place,
            source=cost.source,
        )
        for cost in chosen
    ]
    if len(chosen) == 1:
        take_cost(line, chosen[0])
    elif chosen:
        line.cost_source = " + ".join(
            f"{cost.source} × {decimal_text(cost.quantity or Decimal(0))}" for cost in chosen
        )


def line_for_inquiry(
    session: Session, asked: InquiryLineRecord, *, like: int | None, on: date
) -> QuotationLineRecord:
    """The line that answers a line of an inquiry: the chosen offer, its product, or a like one.

    An item number in the words is that product; else ``like`` is the one that matches best, and
    only without it the first product with the words is taken.
    """
    chosen = chosen_costs(session, asked)
    offered = next((cost.product_id for cost in chosen.costs if cost.product_id is not None), None)
    product_id = asked.product_id or offered
    if product_id is None:
        product_id = product_numbered(session, asked.wording) or like
    values: dict[str, object] = {
        "inquiry_line_id": asked.id,
        "quantity": asked.quantity,
        "unit": asked.unit,
    }
    if product_id is not None:
        values["product_id"] = product_id
    else:
        values["wording"] = asked.wording
    line = new_line(session, values, on=on)
    line.description = line.description or asked.specification
    take_chosen(line, chosen.costs)
    if chosen.lacks is not None:
        line.cost = line.cost_currency = line.cost_source = None
        line.cost_incoterm = line.cost_place = None
    return line


def product_numbered(session: Session, words: str) -> int | None:
    """The product whose item number ``words`` are."""
    number = func.lower(ProductRecord.item_number)
    wanted = " ".join(words.split()).lower()
    return session.scalar(select(ProductRecord.id).where(number == wanted).limit(1))


def product_in_words(session: Session, words: str) -> int | None:
    """The product that ``words`` name: its item number, else one whose texts have each word.

    Products whose name begins with the words come first, then those that have a price, then the
    newest.
    """
    plain = " ".join(words.split())
    if not plain:
        return None
    by_number = product_numbered(session, plain)
    if by_number is not None:
        return by_number
    product = ProductRecord
    texts = (product.name_en, product.name_zh, product.item_number, product.description)
    conditions = [
        or_(*(text.contains(word, autoescape=True) for text in texts))
        for word in plain.split()[:_MOST_WORDS]
    ]
    starts = or_(
        product.name_en.istartswith(plain, autoescape=True),
        product.name_zh.istartswith(plain, autoescape=True),
    )
    priced = select(PriceRecord.id).where(PriceRecord.product_id == product.id).exists()
    return session.scalar(
        select(product.id)
        .where(*conditions)
        .order_by(starts.desc(), priced.desc(), product.id.desc())
        .limit(1)
    )


def change_line(line: QuotationLineRecord, values: Values) -> None:
    """Sets fields of a line; raises ``AppError`` for a value that no line may have.

    A cost that is typed is no longer that of the chosen offers.
    """
    had_cost = line.cost is not None or bool(line.parts)
    if not _OWN_COST.isdisjoint(values) and line.parts:
        line.parts, line.cost_source = [], None
    if not _OWN_PLACE.isdisjoint(values):
        line.cost_place = None
    for key, value in LINE_FORM.checked(values).items():
        setattr(line, key, bool(value) if key in _NOT_NULL else value)
    if "cost" in values:
        line.is_cost_emptied = line.cost is None and (had_cost or line.is_cost_emptied)
    for part in line.parts if "cost_has_invoice" in values else ():
        part.has_invoice = line.cost_has_invoice
    for part in line.parts if "cost_incoterm" in values else ():
        part.incoterm, part.place = line.cost_incoterm, None
    line.kind = line.kind or LineKind.FREE.value
    check_line(line)


def check_line(line: QuotationLineRecord) -> None:
    """Raises ``AppError`` for figures below zero, a discount beyond 100 and a heading with a price."""
    for key in ("quantity", "moq", "cost", "pieces_per_carton", "gross_weight_kg", "carton_cbm"):
        number = getattr(line, key)
        if number is not None and number < 0:
            raise AppError("quotations.below_zero", field=Message(f"quotations.field.{key}"))
    alone = line.kind in (LineKind.CHARGE, LineKind.DISCOUNT)
    if line.price is not None and line.price < 0 and not alone:
        raise AppError("quotations.below_zero", field=Message("quotations.field.price"))
    if not 0 <= (line.discount_percent or Decimal(0)) <= 100:
        raise AppError("quotations.discount_out_of_range", percent=line.discount_percent)


def copy_of(line: QuotationLineRecord) -> QuotationLineRecord:
    """The same line for another revision, under the same ``line_uid``, at the same cost."""
    copy = QuotationLineRecord(**_columns(line, but=("revision_id",)))
    copy.parts = [CostPartRecord(**_columns(part, but=("line_id",))) for part in line.parts]
    return copy


def _columns(record: Record, *, but: tuple[str, ...]) -> dict[str, Any]:
    kept = set(record.__table__.columns.keys()) - {"id", "uid", *but}
    return {key: getattr(record, key) for key in kept}


def copy_of_tier(tier: QuotationTierRecord, line_id: int) -> QuotationTierRecord:
    """The same tier for another line."""
    return QuotationTierRecord(
        line_id=line_id,
        min_quantity=tier.min_quantity,
        max_quantity=tier.max_quantity,
        price=tier.price,
    )
