"""Owns single quotations read whole: what the buyer sees, and apart from it what is ours alone.

Must not write and must not hand out mapped records.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.files.views import AttachmentView, attachments
from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.quotations.comparison import ComparedField, compared
from app.quotations.cost_sheet import CostSheet
from app.quotations.costing import Costing, TermPrice, costed, term_price
from app.quotations.fields import HEADER_FIELDS, LINE_FIELDS
from app.quotations.freight_table import modes_said
from app.quotations.internal_views import (
    InternalLine,
    PastPrice,
    internal_lines,
    last_offers,
    last_prices,
)
from app.quotations.packing import (
    CONTAINERS,
    LoadPlan,
    PackedGoods,
    fill_share,
    plan_load,
    quantity_in,
)
from app.quotations.payment import PaymentTerms
from app.quotations.pricing_service import costing_of, frozen_sheet
from app.quotations.rates_views import is_starting_rate
from app.quotations.revision_costing import CostingTerms, Load, is_extra, packed_line
from app.quotations.revisions import (
    Difference,
    LineKind,
    LineTerms,
    RevisionTerms,
    State,
    differences,
    is_editable,
    is_valid_on,
    revision_label,
)
from app.quotations.target_views import PriceTarget, price_target
from app.quotations.terms_views import lines_of, quotation_named, revision_of, terms_of
from app.quotations.tiers import PriceTiers
from app.quotations.totals import Totals, line_amount, totals, unit_price
from database.book import Book
from database.records import (
    AttachmentRecord,
    InquiryRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)


@dataclass(frozen=True, slots=True)
class RevisionSummary:
    """One revision of a quotation as its history shows it; ``total`` in its currency."""

    revision: int
    label: str
    state: State
    issued_on: date
    valid_until: date | None
    sent_at: datetime | None
    currency: str
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line as the buyer sees it.

    ``values`` holds the fields of ``LINE_FIELDS``. ``unit_price`` is the one that holds at the
    quantity; ``amount`` is ``None`` where the line adds nothing up. ``counts``: whether it is in
    the total. ``fits`` says how many units fill a container, by its code.
    """

    id: int
    line_uid: str
    position: int
    kind: LineKind
    product_id: int | None
    values: Mapping[str, object]
    picture: str | None
    tiers: PriceTiers | None
    unit_price: Decimal | None
    amount: Decimal | None
    counts: bool
    goods: PackedGoods | None
    fits: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadView:
    """All counted goods together; ``goods`` is ``None`` where a line's packing is unknown.

    ``fill`` says how full the load makes each container, 1 being full.
    """

    goods: PackedGoods | None
    fill: Mapping[str, Decimal]
    plan: LoadPlan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalPart:
    """What no paper for the buyer may have: figures of ``lines`` by the line's id.

    ``cost`` and ``profit`` are for all counted lines in the home currency, ``None`` where a line's
    cost is unknown; ``margin_on_price`` follows from them.
    """

    costing: CostingTerms
    margin_floor: Decimal | None
    internal_note: str
    lines: Mapping[int, InternalLine]
    cost: Decimal | None
    profit: Decimal | None
    margin_on_price: Decimal | None
    warnings: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationDetail:
    """A quotation with one of its revisions whole."""

    id: int
    number: str
    revision: int
    label: str
    state: State
    is_editable: bool
    is_overdue: bool
    buyer_id: int | None
    contact_id: int | None
    inquiry_id: int | None
    inquiry: str | None
    profile_id: int | None
    values: Mapping[str, object]
    payment: PaymentTerms | None
    lines: tuple[LineView, ...]
    totals: Totals
    total: Decimal
    load: LoadView
    revisions: tuple[RevisionSummary, ...]
    attachments: tuple[AttachmentView, ...]
    created_at: datetime
    internal: InternalPart


@dataclass(frozen=True, slots=True)
class PriceExplained:
    """How a line's price came about: its steps, and every other price the same figures allow."""

    price: TermPrice
    costing: Costing


@dataclass(frozen=True, slots=True)
class Expiry:
    """A sent quotation whose validity ends: ``days_left`` is below zero once it is over."""

    id: int
    number: str
    buyer: str | None
    valid_until: date
    days_left: int


class QuotationViews:
    """Reads for the pages of quotations."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def quotation(self, name: int | str, revision: int | None = None) -> QuotationDetail:
        """The quotation with this id or number; raises ``AppError`` where there is none.

        Without ``revision``, the newest that was not withdrawn.
        """
        return self.opened(name, revision)[0]

    def opened(
        self, name: int | str, revision: int | None = None
    ) -> tuple[QuotationDetail, RevisionTerms]:
        """The quotation as :meth:`quotation` gives it, and what it says as :meth:`terms` does."""
        with self._book.read() as session:
            quotation = quotation_named(session, name)
            shown = revision_of(session, quotation, revision)
            terms = terms_of(session, shown)
            return self._detail(session, quotation, shown, terms), terms

    def terms(self, name: int | str, revision: int | None = None) -> RevisionTerms:
        """What a revision says, as the rules know it."""
        with self._book.read() as session:
            quotation = quotation_named(session, name)
            return terms_of(session, revision_of(session, quotation, revision))

    def differences(self, name: int | str, before: int, after: int) -> tuple[Difference, ...]:
        """Field by field what changed between two revisions of a quotation."""
        return differences(self.terms(name, before), self.terms(name, after))

    def comparison(
        self, name: int | str, before: int, after: int, *, language: str
    ) -> tuple[ComparedField, ...]:
        """The same with the names of the fields and both values as text."""
        old, new = self.terms(name, before), self.terms(name, after)
        return compared(differences(old, new), old, new, language=language)

    def explained(self, name: int | str, line_id: int) -> PriceExplained | None:
        """Why a line has its price, step by step; ``None`` for one without a cost.

        Raises ``AppError`` naming the figure that the price lacks.
        """
        with self._book.read() as session:
            found = _costed_line(session, quotation_named(session, name), line_id)
            if found is None:
                return None
            _line, sheet, term = found
            return PriceExplained(term_price(sheet, term), costed(sheet))

    def target(self, name: int | str, line_id: int, price: Decimal) -> PriceTarget:
        """The factory price or the margin that would meet ``price`` in a line.

        Raises ``AppError`` naming the figure that the price lacks.
        """
        with self._book.read() as session:
            found = _costed_line(session, quotation_named(session, name), line_id)
            if found is None:
                raise AppError("quotations.lacks_cost")
            line, sheet, term = found
            discount = line.discount_percent or Decimal(0)
            return price_target(sheet, term=term, price=price, discount_percent=discount)

    def last_price(self, buyer_id: int, product_id: int) -> PastPrice | None:
        """The price last sent to this buyer for this product."""
        with self._book.read() as session:
            return last_prices(session, buyer_id, {product_id}).get(product_id)

    def last_offers(self, product_id: int, *, limit: int = 5) -> tuple[PastPrice, ...]:
        """What suppliers last offered this product for, newest first."""
        with self._book.read() as session:
            return last_offers(session, product_id, limit=limit)

    def expiring(self, *, within_days: int = 7) -> tuple[Expiry, ...]:
        """Sent quotations whose last day is over or comes within so many days, the first to end first."""
        today = self._clock.today()
        query = (
            select(QuotationRecord, RevisionRecord.buyer_name, RevisionRecord.valid_until)
            .join(RevisionRecord, RevisionRecord.quotation_id == QuotationRecord.id)
            .where(RevisionRecord.state == State.SENT.value)
            .where(RevisionRecord.valid_until.is_not(None))
            .order_by(RevisionRecord.valid_until, QuotationRecord.id)
        )
        with self._book.read() as session:
            rows = [
                Expiry(row.id, row.number, buyer, until, (until - today).days)
                for row, buyer, until in session.execute(query)
                if until is not None
            ]
        return tuple(row for row in rows if row.days_left <= within_days)

    def _detail(
        self,
        session: Session,
        quotation: QuotationRecord,
        revision: RevisionRecord,
        terms: RevisionTerms,
    ) -> QuotationDetail:
        records = lines_of(session, revision.id)
        state = State(revision.state)
        sums = totals(terms)
        return QuotationDetail(
            id=quotation.id,
            number=quotation.number,
            revision=revision.revision,
            label=revision_label(quotation.number, revision.revision),
            state=state,
            is_editable=is_editable(state) and revision.revision == quotation.revision,
            is_overdue=state is State.SENT
            and not is_valid_on(self._clock.today(), revision.valid_until),
            buyer_id=quotation.buyer_id,
            contact_id=quotation.contact_id,
            inquiry_id=quotation.inquiry_id,
            inquiry=session.scalar(
                select(InquiryRecord.number).where(InquiryRecord.id == quotation.inquiry_id)
            ),
            profile_id=quotation.profile_id,
            values=_header(revision, terms),
            payment=terms.payment,
            lines=tuple(
                _line_view(record, line, terms.currency)
                for record, line in zip(records, terms.lines, strict=True)
            ),
            totals=sums,
            total=sums.total,
            load=_load_view(terms),
            revisions=_revisions(session, quotation, shown=revision, total=sums.total),
            attachments=attachments(session, AttachmentRecord.quotation_id, quotation.id),
            created_at=quotation.created_at,
            internal=_internal(session, quotation, revision, records=records, terms=terms),
        )


def _costed_line(
    session: Session, quotation: QuotationRecord, line_id: int
) -> tuple[QuotationLineRecord, CostSheet, str] | None:
    """A line of the quotation with its frozen figures and its term; ``None`` without a cost."""
    line = session.get(QuotationLineRecord, line_id)
    sheet = frozen_sheet(line) if line is not None else None
    if line is None or sheet is None:
        return None
    revision = session.get_one(RevisionRecord, line.revision_id)
    if revision.quotation_id != quotation.id:
        return None
    return line, sheet, revision.incoterm or "EXW"


def _header(revision: RevisionRecord, terms: RevisionTerms) -> dict[str, object]:
    values = {field.key: getattr(revision, field.key) for field in HEADER_FIELDS}
    values["buyer_name"] = values["buyer_name"] or terms.buyer or None
    values["contact_name"] = values["contact_name"] or terms.contact or None
    return values


def _line_view(record: QuotationLineRecord, line: LineTerms, currency: str) -> LineView:
    packing = line.packing
    fits = {
        container.code: quantity
        for container in CONTAINERS
        if packing is not None and (quantity := quantity_in(container, packing)) is not None
    }
    return LineView(
        id=record.id,
        line_uid=record.line_uid,
        position=record.position,
        kind=line.kind,
        product_id=record.product_id,
        values={field.key: getattr(record, field.key) for field in LINE_FIELDS},
        picture=line.picture or None,
        tiers=line.tiers,
        unit_price=unit_price(line),
        amount=line_amount(line, currency),
        counts=not is_extra(line) and line.kind is not LineKind.HEADING,
        goods=packed_line(line),
        fits=fits,
    )


def _load_view(terms: RevisionTerms) -> LoadView:
    goods = Load.of(terms.lines).goods
    fill = {
        container.code: share
        for container in CONTAINERS
        if goods is not None and (share := fill_share(container, goods)) is not None
    }
    return LoadView(goods=goods, fill=fill, plan=plan_load(goods) if goods else None)


def _revisions(
    session: Session, quotation: QuotationRecord, *, shown: RevisionRecord, total: Decimal
) -> tuple[RevisionSummary, ...]:
    """All revisions; the ``total`` of the one shown is known already."""
    query = (
        select(RevisionRecord)
        .where(RevisionRecord.quotation_id == quotation.id)
        .order_by(RevisionRecord.revision)
    )
    return tuple(
        RevisionSummary(
            revision=row.revision,
            label=revision_label(quotation.number, row.revision),
            state=State(row.state),
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            sent_at=row.sent_at,
            currency=row.currency,
            total=total if row is shown else totals(terms_of(session, row)).total,
        )
        for row in session.scalars(query)
    )


def _internal(
    session: Session,
    quotation: QuotationRecord,
    revision: RevisionRecord,
    *,
    records: Sequence[QuotationLineRecord],
    terms: RevisionTerms,
) -> InternalPart:
    costing = costing_of(revision)
    lines = internal_lines(session, quotation, revision, records=records, terms=terms)
    counted = [
        (line, lines[record_id])
        for record_id, line in zip(lines, terms.lines, strict=True)
        if line_amount(line, terms.currency) is not None
        and line.kind in (LineKind.ITEM, LineKind.FREE)
        and not is_extra(line)
    ]
    cost, profit, margin = _sums(counted)
    return InternalPart(
        costing=costing,
        margin_floor=revision.margin_floor,
        internal_note=revision.internal_note or "",
        lines=lines,
        cost=cost,
        profit=profit,
        margin_on_price=margin,
        warnings=_warnings(terms, costing, lines.values()),
    )


def _sums(
    counted: list[tuple[LineTerms, InternalLine]],
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Cost, profit and margin of all counted lines; the margin weighs each line by its price."""
    cost, base = Decimal(0), Decimal(0)
    for line, inner in counted:
        if inner.unit_cost is None or inner.margin_on_price is None or line.quantity is None:
            return None, None, None
        whole = inner.unit_cost * line.quantity
        cost += whole
        base += whole / (1 - inner.margin_on_price) if inner.margin_on_price != 1 else whole
    if not base:
        return None, None, None
    return cost, base - cost, (base - cost) / base


def _term_warnings(terms: RevisionTerms) -> tuple[Message, ...]:
    if terms.trade_term is None:
        return ()
    by_sea = any(mode.is_by_sea for mode in modes_said(terms.shipment_mode))
    return terms.trade_term.warnings(by_sea=by_sea)


def _warnings(
    terms: RevisionTerms, costing: CostingTerms, lines: Collection[InternalLine]
) -> tuple[Message, ...]:
    found = list(_term_warnings(terms))
    rate = costing.rate(terms.currency)
    if rate is not None and is_starting_rate(rate):
        found.append(
            Message(
                "quotations.starting_rate_used", currency=rate.currency, rate=rate.home_per_unit
            )
        )
    if rate is None and terms.currency != costing.home_currency:
        found.append(
            Message("quotations.rate_missing", currency=terms.currency, home=costing.home_currency)
        )
    if any(line.cost is not None and line.cost_has_invoice is None for line in lines):
        found.append(Message("quotations.invoice_not_stated"))
    return tuple(found)
