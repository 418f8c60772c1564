"""Owns a quotation with one of its revisions whole: what the buyer sees, and apart from it what is ours.

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
from app.kernel.messages import Message
from app.quotations.fields import HEADER_FIELDS, LINE_FIELDS
from app.quotations.freight_table import modes_said
from app.quotations.internal_views import (
    InternalLine,
    internal_lines,
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
from app.quotations.pricing_service import costing_of
from app.quotations.rates_views import is_starting_rate
from app.quotations.revision_costing import CostingTerms, Load, is_extra, packed_line
from app.quotations.revisions import (
    CLOSED,
    LineKind,
    LineTerms,
    RevisionTerms,
    State,
    is_editable,
    revision_label,
    state_on,
)
from app.quotations.terms_views import lines_of, terms_of
from app.quotations.tiers import PriceTiers
from app.quotations.totals import Totals, line_amount, totals, unit_price
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
    #: When it was accepted, declined, noted as expired or withdrawn, while it is.
    closed_at: datetime | None
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
    #: Where it stands today: one whose validity is over is expired, though nobody noted it.
    standing: State
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


def detail_of(
    session: Session, revision: RevisionRecord, terms: RevisionTerms, *, today: date
) -> QuotationDetail:
    """The quotation with ``revision``, which says ``terms``, whole."""
    quotation = session.get_one(QuotationRecord, revision.quotation_id)
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
        standing=state_on(today, state, revision.valid_until),
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
        revisions=_revisions(session, quotation, shown=revision, total=sums.total, today=today),
        attachments=attachments(session, AttachmentRecord.quotation_id, quotation.id),
        created_at=quotation.created_at,
        internal=_internal(session, quotation, revision, records=records, terms=terms),
    )


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
    session: Session,
    quotation: QuotationRecord,
    *,
    shown: RevisionRecord,
    total: Decimal,
    today: date,
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
            state=state_on(today, State(row.state), row.valid_until),
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            sent_at=row.sent_at,
            closed_at=row.closed_at if State(row.state) in CLOSED else None,
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
