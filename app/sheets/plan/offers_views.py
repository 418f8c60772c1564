"""Owns the offers of an import: which inquiry they answer, and which of them the book has already.

Vendors side by side answer one inquiry: the one that the sheet is about. Must not write.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from app.kernel.text import fold
from app.sheets.cells.reading import Problem, warning
from app.sheets.plan.asked import asked_by, buyer_of, line_asked_in, unoffered
from app.sheets.plan.drafts import OfferLineDraft, RowDraft, Values
from app.sheets.plan.held_offers_views import (
    BookLines,
    HeldOffer,
    Statement,
    Tier,
    asked_lines,
    held_offers,
    offer_numbers,
    same_inquiry,
    statement,
)
from app.sheets.plan.outcome import (
    PlannedCompany,
    PlannedInquiry,
    PlannedOffer,
    PlannedOfferLine,
    PlannedProduct,
)
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet


@dataclass(slots=True)
class _Answered:
    """What the offers of one sheet, under one number, answer: its lines by what tells them apart."""

    sheet: UnderstoodSheet
    number: str
    lines: dict[Hashable, Values] = field(default_factory=dict)
    offers: dict[int, PlannedOffer] = field(default_factory=dict)


class SheetOffers:
    """What the suppliers of an import offer, row by row, and then as a whole."""

    def __init__(
        self, session: Session, rows: Iterable[tuple[UnderstoodSheet, Record, RowDraft]]
    ) -> None:
        self._session = session
        self.planned: list[PlannedOffer] = []
        self._by_terms: dict[Hashable, PlannedOffer] = {}
        self._answered: dict[tuple[int, str], _Answered] = {}
        self._of_row: dict[int, PlannedOffer] = {}
        self._first_rows: set[int] = set()
        self._buyers: Mapping[int, PlannedCompany] = {}
        numbers: set[str] = set()
        vendors: dict[int, set[str]] = defaultdict(set)
        sheets: dict[int, UnderstoodSheet] = {}
        for sheet, _record, draft in rows:
            if draft.offer is not None and draft.company is not None:
                numbers.add(draft.offer.number)
                vendors[id(sheet)].add(draft.company.title)
                sheets[id(sheet)] = sheet
        self._numbered = offer_numbers(session, numbers)
        self._compared = {
            id_: sheet
            for id_, sheet in sheets.items()
            if not sheet.source.is_own
            and (sheet.region.shape == "crosstab" or len(vendors[id_]) > 1)
        }

    def askers(self) -> dict[int, RowDraft]:
        """Who asked the vendors of the sheets that compare them, by sheet, where it says so."""
        found = {id_: buyer_of(sheet) for id_, sheet in self._compared.items()}
        return {id_: RowDraft(buyer) for id_, buyer in found.items() if buyer is not None}

    def asked_by(self, buyers: Mapping[int, PlannedCompany]) -> None:
        """Takes the companies that the askers are."""
        self._buyers = buyers

    def is_of_book(self, line: OfferLineDraft, company: PlannedCompany) -> bool:
        """Whether a row of a list of ours was written from an offer that is still in the book."""
        return (line.number, company.existing) in self._numbered

    def take(
        self,
        row: tuple[UnderstoodSheet, Record],
        draft: OfferLineDraft,
        company: PlannedCompany,
        product: PlannedProduct | None,
    ) -> None:
        """Adds a row to the offer of its supplier; lines under other terms make one of their own."""
        sheet, record = row
        place = (id(sheet), draft.asked_in)
        whose = (id(company), draft.number, place)
        offer = self._by_terms.get((*whose, draft.terms))
        if offer is None:
            offer = PlannedOffer(company, draft.terms)
            self.planned.append(offer)
            self._first_rows.add(id(draft))
            self._by_terms.setdefault((*whose, None), offer)
            self._by_terms[(*whose, draft.terms)] = offer
        line = offer.take(PlannedOfferLine(draft, product))
        self._of_row[id(draft)] = offer
        if sheet.source.is_own or (asked := line_asked_in(sheet, record)) is None:
            return
        answered = self._answered.setdefault(place, _Answered(sheet, draft.asked_in))
        line.asked = asked.key
        answered.lines.setdefault(asked.key, asked.line)
        answered.offers[id(offer)] = offer

    def settle(self) -> Iterator[PlannedInquiry]:
        """Hangs the offers on what they answer, marks those the book has; the inquiries they bring."""
        suppliers = {o.company.existing for o in self.planned if o.company.existing}
        held = held_offers(self._session, sorted(suppliers))
        numbers = {line.draft.asked_in for o in self.planned for line in o.lines}
        book = asked_lines(self._session, numbers)
        for answered in self._answered.values():
            is_asked = id(answered.sheet) in self._compared or _is_asked_for(answered)
            if not _hang_on_named(answered, book) and is_asked:
                yield self._hang(answered)
        for offer in self.planned:
            of_supplier = held.get(offer.company.existing or 0, ())
            if offer.lines[0].draft.number:
                _hang_as_before(offer, of_supplier, book)
            _compare(offer, of_supplier)
            number = offer.lines[0].draft.number
            if not offer.is_known and self.is_of_book(offer.lines[0].draft, offer.company):
                offer.instead_of = number

    def outcome_of(self, draft: OfferLineDraft) -> tuple[bool, Problem | None]:
        """Whether a row's offer is in the book already, and what to know of it on its first row."""
        offer = self._of_row[id(draft)]
        if not offer.instead_of or id(draft) not in self._first_rows:
            return offer.is_known, None
        return False, warning("sheets.offer_says_otherwise", "price", number=offer.instead_of)

    def _hang(self, answered: _Answered) -> PlannedInquiry:
        lines = answered.lines
        if answered.sheet.region.shape == "crosstab":
            lines |= dict(unoffered(answered.sheet))
            lines = {key: lines[key] for key in sorted(lines, key=str)}
        asked = asked_by(answered.sheet, list(lines.values()))
        draft = replace(asked, number=answered.number)
        buyer = self._buyers.get(id(answered.sheet))
        inquiry = PlannedInquiry(draft, buyer, keys=tuple(lines))
        known = same_inquiry(self._session, draft, buyer.existing if buyer else None)
        if known is not None:
            inquiry.id, ids = known
            inquiry.is_known = True
            inquiry.line_ids = dict(zip(lines, ids, strict=True))
        for offer in answered.offers.values():
            offer.inquiry = inquiry
        return inquiry


def _is_asked_for(answered: _Answered) -> bool:
    """Whether one supplier's offers clearly answer an inquiry: its number and quantities are told."""
    return bool(answered.number) and all(line.get("quantity") for line in answered.lines.values())


def _hang_on_named(answered: _Answered, book: BookLines) -> bool:
    """Hangs the offers on the inquiry of the book that the sheet names; whether it asks for any of it."""
    inquiry_id, lines = book.get(answered.number, (None, {}))
    asked = {key: lines.get(fold(str(line["wording"]))) for key, line in answered.lines.items()}
    if not any(asked.values()):
        return False
    for offer in answered.offers.values():
        for line in offer.lines:
            line.inquiry_line_id = asked[line.asked]
        is_answer = any(line.inquiry_line_id for line in offer.lines)
        offer.inquiry_id = inquiry_id if is_answer else None
    return True


def _hang_as_before(offer: PlannedOffer, held: Sequence[HeldOffer], book: BookLines) -> None:
    """Hangs an offer of a list of ours on what its lines were written from, or on what they name.

    A line that stands elsewhere is told by its name, one that is called otherwise by its position,
    where the list names the same inquiry or another of its lines: in another book the number is
    another offer's.
    """
    source = next((one for one in held if str(one.id) == offer.lines[0].draft.number), None)
    before = source.lines if source else {}
    said, times = _names(offer), Counter(name for _, name in before)
    named = {name: link for (_, name), link in before.items() if times[name] == 1}
    renamed = {place: link for (place, name), link in before.items() if name not in said}
    for line in offer.lines:
        draft = line.draft
        same = before.get((draft.position, draft.wording)) or named.get(draft.wording)
        if same is None and source is not None and draft.wording not in times:
            inquiry_id, _ = book.get(draft.asked_in, (None, {}))
            is_of_it = source.inquiry_id is not None and inquiry_id == source.inquiry_id
            same = renamed.get(draft.position) if is_of_it or said & times.keys() else None
        if source is not None and same is not None:
            line.product_id, line.inquiry_line_id = same
            found = source.inquiry_id
        else:
            found, lines = book.get(draft.asked_in, (None, {}))
            line.inquiry_line_id = lines.get(fold(draft.wording))
        if line.inquiry_line_id is not None:
            offer.inquiry_id = found


def _names(offer: PlannedOffer) -> set[str]:
    return {line.draft.wording for line in offer.lines}


def _compare(offer: PlannedOffer, held: Sequence[HeldOffer]) -> None:
    """Marks an offer as known where all it says stands in one of the book: goods, prices, terms."""
    said = set(_statements(offer))
    is_own = bool(offer.lines[0].draft.number)
    for one in held:
        is_there = offer.inquiry is None or offer.inquiry.id == one.inquiry_id
        is_of_day = not is_own or offer.offered_on in (None, one.offered_on)
        if is_there and is_of_day and said <= one.statements:
            offer.is_known = True


def _statements(offer: PlannedOffer) -> Iterator[Statement]:
    for line in offer.lines:
        draft = line.draft
        tiers: list[Tier | None] = [(p.min_quantity, p.amount) for p in draft.prices]
        for tier in tiers or [None]:
            yield statement(draft.wording, draft.values, tier, offer.terms, offer.payment)
