"""Owns what the book holds of suppliers' offers and of the inquiries they answer, to compare a sheet with.

Reads in sets. Must not decide what happens to a sheet's offers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.kernel.text import fold
from app.sheets.plan.drafts import InquiryDraft, OfferTerms
from database.listed import among
from database.records import (
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    ProductRecord,
)

Tier = tuple[Decimal | None, Decimal]
#: Number of an inquiry of the book → its id, and its lines' ids by their folded wording.
BookLines = Mapping[str, tuple[int, Mapping[str, int]]]
#: One price of one line, with all that holds for it.
Statement = tuple[object, ...]
_OF_A_LINE = (
    "specification", "unit", "moq", "lead_time_days", "packing", "pieces_per_carton", "carton_cbm",
    "gross_weight_kg", "remarks",
)  # fmt: skip
#: The most digits that an id of the book has.
_LONGEST_ID = 18


@dataclass(frozen=True, slots=True)
class HeldOffer:
    """An offer of the book: all it says, and what its lines hang on.

    ``lines`` gives the product and the line of the inquiry by position and wording, as a list of
    ours tells them.
    """

    id: int
    inquiry_id: int | None
    offered_on: date
    statements: set[Statement] = field(default_factory=set)
    lines: dict[tuple[str, str], tuple[int | None, int | None]] = field(default_factory=dict)


def statement(
    wording: str,
    values: Mapping[str, object],
    tier: Tier | None,
    terms: OfferTerms | None,
    payment: str,
) -> Statement:
    """What is compared; terms count only where there is a price."""
    of_line = (values.get(key) or None for key in _OF_A_LINE)
    return (wording, *of_line, tier, terms if tier else None, payment)


def offer_numbers(session: Session, numbers: Iterable[str]) -> Set[tuple[str, int]]:
    """Of the offers with these numbers those that are still in the book, each with its supplier."""
    ids = [int(n) for n in numbers if n.isdecimal() and len(n) <= _LONGEST_ID]
    query = select(OfferRecord.id, OfferRecord.company_id).where(OfferRecord.id.in_(among(ids)))
    return frozenset((str(id_), company) for id_, company in session.execute(query))


def held_offers(session: Session, suppliers: Sequence[int]) -> dict[int, list[HeldOffer]]:
    """All that these suppliers offered, by supplier."""
    found: dict[int, list[HeldOffer]] = defaultdict(list)
    offers: dict[int, tuple[OfferRecord, HeldOffer]] = {}
    is_theirs = OfferRecord.company_id.in_(among(suppliers))
    for record in session.scalars(select(OfferRecord).where(is_theirs)):
        held = HeldOffer(record.id, record.inquiry_id, record.offered_on)
        offers[record.id] = record, held
        found[record.company_id].append(held)
    query = (
        select(OfferLineRecord, InquiryLineRecord.wording, ProductRecord)
        .join(OfferRecord, OfferLineRecord.offer_id == OfferRecord.id)
        .outerjoin(InquiryLineRecord, OfferLineRecord.inquiry_line_id == InquiryLineRecord.id)
        .outerjoin(ProductRecord, OfferLineRecord.product_id == ProductRecord.id)
        .where(is_theirs)
        .options(selectinload(OfferLineRecord.tiers))
    )
    for line, asked, product in session.execute(query):
        _take(*offers[line.offer_id], line, _wordings(line, asked, product))
    return found


def _wordings(
    line: OfferLineRecord, asked: str | None, product: ProductRecord | None
) -> tuple[str, str]:
    """What a list of ours calls a line, and what the line calls itself."""
    named = (product.name_zh or product.name_en or product.item_number) if product else None
    return asked or line.wording or named or "", line.wording or ""


def _take(
    offer: OfferRecord, held: HeldOffer, line: OfferLineRecord, wordings: tuple[str, str]
) -> None:
    terms = OfferTerms(
        offer.currency,
        offer.incoterm or None,
        offer.place or None,
        offer.includes_vat,
        offer.vat_rate,
        offer.valid_until,
    )
    values = {key: getattr(line, key) for key in _OF_A_LINE}
    tiers: list[Tier | None] = [(tier.min_quantity, tier.amount) for tier in line.tiers]
    held.lines[str(line.position), wordings[0]] = line.product_id, line.inquiry_line_id
    payment = offer.payment_terms or ""
    held.statements.update(
        statement(wording, values, tier, terms, payment)
        for wording in wordings
        for tier in tiers or [None]
    )


def asked_lines(session: Session, numbers: Iterable[str]) -> BookLines:
    """The inquiries of the book with these numbers, each with its lines' ids by their folded wording."""
    found: dict[str, tuple[int, dict[str, int]]] = {}
    query = (
        select(
            InquiryRecord.number, InquiryRecord.id, InquiryLineRecord.wording, InquiryLineRecord.id
        )
        .join(InquiryLineRecord, InquiryLineRecord.inquiry_id == InquiryRecord.id)
        .where(InquiryRecord.number.in_(among(filter(None, numbers))))
    )
    for number, inquiry_id, wording, line_id in session.execute(query):
        found.setdefault(number, (inquiry_id, {}))[1].setdefault(fold(wording), line_id)
    return found


def same_inquiry(
    session: Session, draft: InquiryDraft, buyer_id: int | None
) -> tuple[int, list[int]] | None:
    """The newest inquiry of the book that asks for all of this, with its lines' ids in that order.

    One whose number, subject or text does not have the number of ``draft`` is another one, and so
    is one of another buyer; without a number it must ask for nothing else.
    """
    record, line = InquiryRecord, InquiryLineRecord
    held: dict[int, dict[tuple[object, ...], list[int]]] = {}
    query = (
        select(record, line.wording, line.quantity, line.quantity_text, line.id)
        .join(line, line.inquiry_id == record.id)
        .where(line.wording.in_(among({str(one["wording"]) for one in draft.lines})))
        .order_by(line.position)
    )
    for inquiry, *said, line_id in session.execute(query):
        if _may_be(inquiry, draft, buyer_id):
            held.setdefault(inquiry.id, {}).setdefault(tuple(said), []).append(line_id)
    keys = ("wording", "quantity", "quantity_text")
    asked = [tuple(one.get(key) for key in keys) for one in draft.lines]
    for inquiry_id in sorted(held, reverse=True):
        left = held[inquiry_id]
        ids = [left[one].pop(0) for one in asked if left.get(one)]
        if len(ids) == len(asked):
            return inquiry_id, ids
    return None


def _may_be(inquiry: InquiryRecord, draft: InquiryDraft, buyer_id: int | None) -> bool:
    if buyer_id is not None and inquiry.buyer_id not in (None, buyer_id):
        return False
    if not draft.number and len(inquiry.lines) != len(draft.lines):
        return False
    texts = (inquiry.number, inquiry.subject or "", inquiry.original_text or "")
    return any(draft.number in text for text in texts)
