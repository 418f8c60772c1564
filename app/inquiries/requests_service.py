"""Owns what a user can do with requests to suppliers: ask several, note who was asked and answered.

Must not send anything: the text is copied, the sheet saved, and the person sends it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.forms import Values
from app.inquiries.forms import ASKED_FORM, REQUEST_FORM
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.lists.existing import existing
from database.book import Book, WriteScope
from database.counters import next_number
from database.records import (
    CompanyRecord,
    InquiryLineRecord,
    InquiryRecord,
    RequestLineRecord,
    RequestRecord,
    RequestSupplierRecord,
)

REMIND_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDraft:
    """Whom to ask for which lines of an inquiry; no ``line_ids`` means all lines."""

    inquiry_id: int
    supplier_ids: Sequence[int]
    line_ids: Sequence[int] = ()
    text: str = ""
    respond_by_on: date | None = None
    shows_buyer: bool = False
    shows_target: bool = False


class Requests:
    """Requests for prices, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def create(self, draft: RequestDraft, *, initiator: object = None) -> int:
        """Writes a request to several suppliers and returns its id; nobody is asked yet."""
        if not draft.supplier_ids:
            raise AppError("requests.without_suppliers")
        with self._book.read() as session:
            existing(session, InquiryRecord, "inquiry", draft.inquiry_id)
        with self._book.write(
            "requests.create", initiator=initiator, count=len(draft.supplier_ids)
        ) as scope:
            inquiry = scope.get_one(InquiryRecord, draft.inquiry_id)
            request = RequestRecord(
                number=next_number(scope, letter="R", year=self._clock.today().year),
                inquiry_id=inquiry.id,
                subject=inquiry.subject,
                text=clean(draft.text).strip() or None,
                shows_buyer=draft.shows_buyer,
                shows_target=draft.shows_target,
                respond_by_on=draft.respond_by_on,
                created_at=self._clock.now(),
            )
            scope.add(request)
            scope.flush()
            _add_lines(scope, request.id, draft)
            _add_suppliers(scope, request.id, draft.supplier_ids)
            return request.id

    def edit(self, request_id: int, values: Values, *, initiator: object = None) -> None:
        """Changes what a request says besides its lines, by field key."""
        checked = REQUEST_FORM.checked(values)
        with self._book.write("requests.edit", initiator=initiator) as scope:
            request = existing(scope, RequestRecord, "request", request_id)
            for key, value in checked.items():
                setattr(request, key, value)

    def add_suppliers(
        self, request_id: int, supplier_ids: Sequence[int], *, initiator: object = None
    ) -> None:
        """Puts more suppliers on a request; those on it stay as they are."""
        with self._book.write(
            "requests.add_suppliers", initiator=initiator, count=len(supplier_ids)
        ) as scope:
            existing(scope, RequestRecord, "request", request_id)
            _add_suppliers(scope, request_id, supplier_ids)

    def asked(
        self, request_id: int, supplier_ids: Sequence[int], *, initiator: object = None
    ) -> None:
        """Notes that these suppliers were asked now; they are reminded of when they stay silent.

        Raises ``AppError`` where one of them is not on the request.
        """
        with self._book.write(
            "requests.asked", initiator=initiator, count=len(supplier_ids)
        ) as scope:
            request = existing(scope, RequestRecord, "request", request_id)
            remind_on = request.respond_by_on or self._clock.today() + REMIND_AFTER
            records = _suppliers(scope, request_id, supplier_ids)
            if {record.company_id for record in records} != set(supplier_ids):
                raise AppError("requests.not_asked", number=request.number)
            for record in records:
                record.asked_at = self._clock.now()
                record.remind_on = remind_on

    def remind(self, asked_id: int, values: Values, *, initiator: object = None) -> None:
        """Sets the day a supplier on a request is to be reminded (``remind_on``), or takes it away."""
        checked = ASKED_FORM.checked(values)
        with self._book.write("requests.remind", initiator=initiator) as scope:
            asked = existing(scope, RequestSupplierRecord, "request_supplier", asked_id)
            for key, value in checked.items():
                setattr(asked, key, value)

    def delete(self, request_id: int, *, initiator: object = None) -> None:
        """Deletes a request; offers that answered it stay."""
        with self._book.write("requests.delete", initiator=initiator) as scope:
            request = existing(scope, RequestRecord, "request", request_id)
            scope.delete(request)


def _add_lines(scope: WriteScope, request_id: int, draft: RequestDraft) -> None:
    query = select(InquiryLineRecord).where(InquiryLineRecord.inquiry_id == draft.inquiry_id)
    if draft.line_ids:
        query = query.where(InquiryLineRecord.id.in_(list(draft.line_ids)))
    lines = scope.scalars(query.order_by(InquiryLineRecord.position)).all()
    if not lines:
        raise AppError("requests.without_lines")
    scope.add_all(
        RequestLineRecord(
            request_id=request_id,
            inquiry_line_id=line.id,
            product_id=line.product_id,
            position=position,
            wording=line.wording,
            specification=line.specification,
            quantity=line.quantity,
            unit=line.unit or line.quantity_text,
        )
        for position, line in enumerate(lines, 1)
    )


def _add_suppliers(scope: WriteScope, request_id: int, supplier_ids: Sequence[int]) -> None:
    record = RequestSupplierRecord
    for id_ in supplier_ids:
        existing(scope, CompanyRecord, "supplier", id_)
    there = set(scope.scalars(select(record.company_id).where(record.request_id == request_id)))
    scope.add_all(
        RequestSupplierRecord(request_id=request_id, company_id=id_)
        for id_ in dict.fromkeys(supplier_ids)
        if id_ not in there
    )


def _suppliers(
    scope: WriteScope, request_id: int, supplier_ids: Sequence[int]
) -> Sequence[RequestSupplierRecord]:
    record = RequestSupplierRecord
    return scope.scalars(
        select(record).where(
            record.request_id == request_id, record.company_id.in_(list(supplier_ids))
        )
    ).all()
