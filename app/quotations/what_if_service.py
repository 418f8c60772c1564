"""Owns what a change of rates, rebate, freight or factory prices does to all open quotations.

Open is a draft, and a sent revision that nobody answered yet. Must not hold the rules of the change;
``targets`` does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.quotations.comparison import line_name
from app.quotations.cost_sheet import CostSheet, FactoryPrice
from app.quotations.costing import term_price
from app.quotations.freezing import to_json
from app.quotations.moves_service import follow
from app.quotations.pricing_service import costing_of, frozen_sheet, keep_tiers
from app.quotations.revision_costing import CostingTerms, is_goods
from app.quotations.revisions import LineTerms, State
from app.quotations.targets import Effect, OpenPrice, WhatIf, changed, effects
from app.quotations.terms_views import line_terms, lines_of, revision_of
from app.quotations.totals import unit_price
from database.book import Book
from database.records import STATE_TODAY, QuotationLineRecord, QuotationRecord, RevisionRecord

_OPEN = (State.DRAFT.value, State.SENT.value)
_PLACES = 6


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A priced line of an open quotation, and what the change does to it."""

    quotation_id: int
    number: str
    line_uid: str
    name: str
    currency: str
    price: Decimal
    effect: Effect


class WhatIfs:
    """What would be if; looked at first, then made as one step."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def effects(self, what_if: WhatIf, *, language: str = "en") -> tuple[OpenLine, ...]:
        """The effect on each priced line of each open quotation; changes nothing."""
        with self._book.read() as session:
            return tuple(
                row
                for quotation in _open_quotations(session)
                for row in _rows(session, quotation, what_if, language=language)
            )

    def apply(
        self, what_if: WhatIf, quotation_ids: Collection[int], *, initiator: object = None
    ) -> tuple[str, ...]:
        """Prices these open quotations anew under ``what_if``, as one operation; their numbers.

        A draft is changed, a sent one gets its next revision as a draft. Each line keeps the profit
        rate it was worked out with.
        """
        with self._book.write(
            "quotations.what_if", initiator=initiator, count=len(quotation_ids)
        ) as scope:
            chosen = [each for each in _open_quotations(scope) if each.id in quotation_ids]
            for quotation in chosen:
                revision = revision_of(scope, quotation)
                if revision.state == State.SENT:
                    revision = follow(scope, quotation, revision, today=self._clock.today())
                _change(scope, revision, what_if)
            return tuple(quotation.number for quotation in chosen)


def _open_quotations(session: Session) -> Sequence[QuotationRecord]:
    return session.scalars(
        select(QuotationRecord).where(STATE_TODAY.in_(_OPEN)).order_by(QuotationRecord.id)
    ).all()


def _rows(
    session: Session, quotation: QuotationRecord, what_if: WhatIf, *, language: str
) -> list[OpenLine]:
    revision = revision_of(session, quotation)
    rows = []
    for record, line in _lines(session, revision):
        sheet, price = frozen_sheet(record), unit_price(line)
        if sheet is None or price is None or not is_goods(line):
            continue
        try:
            open_price = OpenPrice(line.line_uid, sheet, revision.incoterm or "EXW", price)
            (effect,) = effects([open_price], what_if)
        except AppError:
            # A line whose price lacks a figure is named in its own quotation.
            continue
        rows.append(
            OpenLine(
                quotation.id,
                quotation.number,
                line.line_uid,
                line_name(line, language),
                revision.currency,
                price,
                effect,
            )
        )
    return rows


def _lines(
    session: Session, revision: RevisionRecord
) -> list[tuple[QuotationLineRecord, LineTerms]]:
    records = lines_of(session, revision.id)
    return list(zip(records, line_terms(session, records), strict=True))


def _change(session: Session, revision: RevisionRecord, what_if: WhatIf) -> None:
    costing = changed_costing(costing_of(revision), what_if)
    revision.costing = to_json(costing)
    rate = costing.rate(revision.currency)
    revision.fx_rate = rate.home_per_unit if rate else revision.fx_rate
    for record, line in _lines(session, revision):
        sheet = frozen_sheet(record)
        if sheet is None or record.cost is None:
            continue
        after = changed(sheet, what_if)
        record.cost = round(after.factory_price.amount, _PLACES)
        record.cost_sheet = to_json(after)
        amounts = [part.amount for part in after.factory_price.parts] or [record.cost]
        for part, amount in zip(record.parts, amounts, strict=False):
            part.amount = round(amount, _PLACES)
        _reprice(session, record, line, (sheet, after), term=revision.incoterm or "EXW")


def _reprice(
    session: Session,
    record: QuotationLineRecord,
    line: LineTerms,
    sheets: tuple[CostSheet, CostSheet],
    *,
    term: str,
) -> None:
    """The price that keeps the profit; tiers change in the same proportion."""
    before, after = sheets
    try:
        old, new = term_price(before, term).price.amount, term_price(after, term).shown.amount
    except AppError:
        return
    record.price = round(new, _PLACES)
    if line.tiers is not None and old:
        factor = term_price(after, term).price.amount / old
        tiers = tuple(
            replace(tier, price=round(after.rounding.applied(tier.price * factor), _PLACES))
            for tier in line.tiers
        )
        keep_tiers(session, record, replace(line.tiers, tiers=tiers))


def changed_costing(costing: CostingTerms, what_if: WhatIf) -> CostingTerms:
    """``costing`` in the changed world, by the same rule as a single cost sheet."""
    sheet = CostSheet(
        factory_price=FactoryPrice(amount=Decimal(1), vat=costing.vat, rebate=costing.rebate),
        rates=costing.rates,
        charges=costing.charges,
        freight=costing.freight,
        premium=costing.premium,
    )
    after = changed(sheet, what_if)
    return replace(
        costing,
        vat=after.factory_price.vat,
        rebate=after.factory_price.rebate,
        rates=after.rates,
        charges=after.charges,
        freight=after.freight,
        premium=after.premium,
        # Else the next change of a line would take today's table again.
        freight_is_from_table=costing.freight_is_from_table and what_if.freight_factor == 1,
    )
