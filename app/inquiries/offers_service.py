"""Owns what a user can do with suppliers' offers: record one, choose one for a line, delete one.

Must not overwrite an offer: a new price is a new offer. Must not compare; ``comparison`` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.directory.lists import name_of_company
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.lists.existing import existing, missing
from database.book import Book, WriteScope
from database.listed import among
from database.records import (
    AwardRecord,
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    OfferLineRecord,
    OfferRecord,
    OfferTierRecord,
    RequestRecord,
    RequestSupplierRecord,
)

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLineDraft:
    """What is offered for one line: (min quantity, amount) tiers in the offer's currency."""

    tiers: tuple[tuple[Decimal | None, Decimal], ...]
    inquiry_line_id: int | None = None
    product_id: int | None = None
    wording: str = ""
    unit: str | None = None
    moq: Decimal | None = None
    lead_time_days: int | None = None
    packing: str = ""
    pieces_per_carton: int | None = None
    carton_cbm: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """A new offer as it is typed, read from a message or taken from a sheet."""

    supplier_id: int
    currency: str
    lines: Sequence[OfferLineDraft]
    inquiry_id: int | None = None
    request_id: int | None = None
    message_id: int | None = None
    offered_on: date | None = None
    valid_until: date | None = None
    incoterm: str | None = None
    place: str | None = None
    includes_vat: bool | None = None
    vat_rate: Decimal | None = None
    payment_terms: str | None = None
    source: str = ""
    remarks: str = ""


class Offers:
    """Offers and the choice among them, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def record(self, draft: OfferDraft, *, initiator: object = None) -> int:
        """Keeps an offer with its source and returns its id; marks the supplier as having answered.

        Raises ``AppError`` where it has no price, or the supplier or inquiry is gone.
        """
        return self.record_all([draft], initiator=initiator)[0]

    def record_all(
        self, drafts: Sequence[OfferDraft], *, initiator: object = None
    ) -> tuple[int, ...]:
        """Keeps offers of one supplier as one operation; see :meth:`record`."""
        if not all(any(line.tiers for line in draft.lines) for draft in drafts):
            raise AppError("offers.without_price")
        with self._book.read() as session:
            name = _check_owners(session, drafts)
        with self._book.write("offers.record", initiator=initiator, supplier=name) as scope:
            return tuple(self.write(scope, draft) for draft in drafts)

    def write(self, scope: WriteScope, draft: OfferDraft) -> int:
        """Keeps an offer inside an operation that is open already."""
        offer = self._offer(draft)
        scope.add(offer)
        scope.flush()
        for position, line in enumerate(draft.lines, 1):
            _add_line(scope, offer.id, position, line)
        self._mark_answered(scope, draft)
        return offer.id

    def award(
        self,
        inquiry_line_id: int,
        offer_line_id: int,
        *,
        quantity: Decimal | None = None,
        initiator: object = None,
    ) -> None:
        """Chooses an offer for a line, whole or for ``quantity`` of it, in the line's unit.

        Chosen whole, it takes the place of what was chosen before. Chosen for a part, an offer that
        had the whole keeps the rest. Raises ``AppError`` for more than the line asks for, and for
        an offer that is for another line.
        """
        with self._book.write("offers.award", initiator=initiator) as scope:
            _check_answers(scope, {inquiry_line_id: offer_line_id})
            line = scope.get_one(InquiryLineRecord, inquiry_line_id)
            record = AwardRecord
            before = delete(record).where(record.inquiry_line_id == inquiry_line_id)
            if quantity is not None:
                _make_room(scope, line, offer_line_id, quantity)
                before = before.where(record.offer_line_id == offer_line_id)
            scope.execute(before)
            scope.add(
                AwardRecord(
                    inquiry_line_id=inquiry_line_id, offer_line_id=offer_line_id, quantity=quantity
                )
            )

    def award_each(self, choices: Mapping[int, int], *, initiator: object = None) -> None:
        """Chooses an offer for each of several lines (line → offer line) as one operation."""
        if not choices:
            raise AppError("offers.nothing_to_choose")
        with self._book.write(
            "offers.award_each", initiator=initiator, count=len(choices)
        ) as scope:
            _check_answers(scope, choices)
            lines = AwardRecord.inquiry_line_id
            scope.execute(delete(AwardRecord).where(lines.in_(among(choices))))
            scope.add_all(
                AwardRecord(inquiry_line_id=line_id, offer_line_id=offer_line_id)
                for line_id, offer_line_id in choices.items()
            )

    def take_back_award(
        self,
        inquiry_line_id: int,
        offer_line_id: int | None = None,
        *,
        initiator: object = None,
    ) -> None:
        """Leaves a line without the chosen offer; without any where none is named."""
        with self._book.write("offers.take_back_award", initiator=initiator) as scope:
            chosen = delete(AwardRecord).where(AwardRecord.inquiry_line_id == inquiry_line_id)
            if offer_line_id is not None:
                chosen = chosen.where(AwardRecord.offer_line_id == offer_line_id)
            scope.execute(chosen)

    def delete(self, offer_id: int, *, initiator: object = None) -> None:
        """Deletes an offer that was recorded by mistake."""
        with self._book.write("offers.delete", initiator=initiator) as scope:
            scope.delete(existing(scope, OfferRecord, "offer", offer_id))

    def _offer(self, draft: OfferDraft) -> OfferRecord:
        return OfferRecord(
            company_id=draft.supplier_id,
            inquiry_id=draft.inquiry_id,
            request_id=draft.request_id,
            message_id=draft.message_id,
            offered_on=draft.offered_on or self._clock.today(),
            valid_until=draft.valid_until,
            currency=draft.currency.upper(),
            incoterm=draft.incoterm,
            place=draft.place,
            includes_vat=draft.includes_vat,
            vat_rate=draft.vat_rate,
            payment_terms=draft.payment_terms,
            source=clean(draft.source).strip() or None,
            remarks=clean(draft.remarks).strip() or None,
            created_at=self._clock.now(),
        )

    def _mark_answered(self, scope: WriteScope, draft: OfferDraft) -> None:
        if draft.request_id is None:
            return
        asked = scope.scalar(
            select(RequestSupplierRecord).where(
                RequestSupplierRecord.request_id == draft.request_id,
                RequestSupplierRecord.company_id == draft.supplier_id,
            )
        )
        if asked is not None and asked.answered_at is None:
            asked.answered_at = self._clock.now()
            asked.remind_on = None


def part_of(text: str, whole: Decimal | None) -> Decimal:
    """A quantity as typed, or that share (``60 %``) of ``whole``; raises ``AppError`` for neither."""
    typed = text.strip().replace("％", "%")
    digits = typed.removesuffix("%").strip().replace(",", "")
    share = typed.endswith("%")
    try:
        number = Decimal(digits)
    except ArithmeticError as error:
        raise AppError("offers.bad_part", text=text) from error
    if not number.is_finite() or number <= 0 or (share and (whole is None or number > _HUNDRED)):
        raise AppError("offers.bad_part", text=text)
    return round(whole * number / _HUNDRED, 6).normalize() if share and whole else number


def _make_room(
    scope: WriteScope, line: InquiryLineRecord, offer_line_id: int, quantity: Decimal
) -> None:
    """Lets the line's other choices keep what ``quantity`` leaves of it."""
    others = scope.scalars(
        select(AwardRecord).where(
            AwardRecord.inquiry_line_id == line.id, AwardRecord.offer_line_id != offer_line_id
        )
    ).all()
    parts = sum((one.quantity for one in others if one.quantity is not None), Decimal(0))
    if quantity <= 0:
        raise AppError("offers.bad_part", text=str(quantity))
    if line.quantity is not None and quantity + parts > line.quantity:
        raise AppError("offers.part_too_large", quantity=quantity, taken=parts, asked=line.quantity)
    for one in others:
        if one.quantity is None:
            rest = line.quantity - parts - quantity if line.quantity is not None else None
            if rest:
                one.quantity = rest
            else:
                scope.delete(one)


def _check_answers(scope: WriteScope, choices: Mapping[int, int]) -> None:
    """Raises where one of ``choices`` (line → offer line) is gone, or is an offer for another line."""
    record = OfferLineRecord
    query = select(record.id, record.inquiry_line_id).where(record.id.in_(among(choices.values())))
    answered = {row.id: row.inquiry_line_id for row in scope.execute(query)}
    for line_id, offer_line_id in choices.items():
        if offer_line_id not in answered:
            raise missing(scope, OfferLineRecord.__tablename__, "offer_line", offer_line_id)
        if answered[offer_line_id] != line_id:
            raise AppError("offers.for_another_line", offer_line=offer_line_id)


def _check_owners(session: Session, drafts: Sequence[OfferDraft]) -> str:
    """The supplier's name; raises where a supplier, an inquiry or a request is not there."""
    name = None
    for draft in drafts:
        existing(session, CompanyRecord, "supplier", draft.supplier_id)
        query = select(name_of_company()).where(CompanyRecord.id == draft.supplier_id)
        name = session.scalar(query)
        if draft.inquiry_id is not None:
            existing(session, InquiryRecord, "inquiry", draft.inquiry_id)
        if draft.request_id is not None:
            request = existing(session, RequestRecord, "request", draft.request_id)
            if request.inquiry_id != draft.inquiry_id:
                raise AppError("requests.of_another_inquiry", number=request.number)
    return name or ""


def _add_line(scope: WriteScope, offer_id: int, position: int, line: OfferLineDraft) -> None:
    record = OfferLineRecord(
        offer_id=offer_id,
        inquiry_line_id=line.inquiry_line_id,
        product_id=line.product_id,
        position=position,
        wording=clean(line.wording).strip() or None,
        unit=line.unit,
        moq=line.moq,
        lead_time_days=line.lead_time_days,
        packing=clean(line.packing).strip() or None,
        pieces_per_carton=line.pieces_per_carton,
        carton_cbm=line.carton_cbm,
        gross_weight_kg=line.gross_weight_kg,
        remarks=clean(line.remarks).strip() or None,
    )
    scope.add(record)
    scope.flush()
    scope.add_all(
        OfferTierRecord(offer_line_id=record.id, min_quantity=quantity, amount=amount)
        for quantity, amount in line.tiers
    )
