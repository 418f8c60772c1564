"""Owns finding suppliers for the lines of an inquiry: search, glossary and book put together.

Must not judge; the rule of :mod:`app.inquiries.matching` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.inquiries.candidates_views import CandidateReader, Cost
from app.inquiries.fit import Fit, fit
from app.inquiries.fit_views import fit_facts, line_facts
from app.inquiries.matching import (
    DEFAULT_WEIGHTS,
    Candidate,
    Criterion,
    Match,
    Wanted,
    rank,
)
from app.inquiries.wording_score import Concept, concepts_of, specifications_in, words_in
from app.kernel.clock import Clock
from app.kernel.messages import Message
from app.kernel.ports import port_named
from app.kernel.progress import UNWATCHED, Progress
from app.kernel.quantities import Quantity, unit_named, units
from app.kernel.territories import territory_code
from app.lists.existing import existing
from app.search.engine import SearchEngine
from app.search.glossary import Glossary
from database.book import Book
from database.records import InquiryLineRecord, InquiryRecord, ProductRecord, SettingRecord

_WEIGHTS = "matching_weights"
_PRODUCTS_A_QUERY = 60
_ENOUGH_SUPPLIERS = 40
_LONGEST_PHRASE = 5
#: A product whose names say three quarters of what was asked for is that article; at a half it is
#: another one of the same material (a ceramic vase for a ceramic mug).
_SAME_GOODS = Decimal("0.75")


class Costs(Protocol):
    """Tells what known prices cost us for the lines of one inquiry."""

    def told_in(
        self, currency: str | None, *, incoterm: str | None, quantity: Decimal | None
    ) -> Cost:
        """Tells prices in ``currency`` under ``incoterm``, for so many."""
        ...


@dataclass(frozen=True, slots=True)
class LineMatches:
    """The suppliers found for one line, best first."""

    line_id: int
    position: int
    wording: str
    candidates: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the lines of one inquiry are read with."""

    session: Session
    candidates: CandidateReader
    costs: Costs
    country: str | None


class Matching:
    """Suppliers for inquiries."""

    def __init__(
        self,
        book: Book,
        clock: Clock,
        *,
        search: SearchEngine,
        glossary: Callable[[], Glossary],
        costs: Callable[[Session, int, date], Costs],
    ) -> None:
        self._book = book
        self._clock = clock
        self._search = search
        self._glossary = glossary
        self._costs = costs

    def match(
        self, inquiry_id: int, *, limit: int = 10, progress: Progress = UNWATCHED
    ) -> tuple[LineMatches, ...]:
        """The best ``limit`` suppliers for each line of the inquiry, with their reasons.

        Raises ``AppError`` where there is no such inquiry.
        """
        with self._book.read() as session:
            inquiry, lines = _inquiry(session, inquiry_id)
            weights = _stored_weights(session)
            reader = self._reader(session, inquiry)
            found = []
            for done, line in enumerate(lines):
                progress.at(Message("matching.searching", line=line.wording), done, len(lines))
                wanted, known = self._known_for(reader, inquiry, line)
                matches = rank(wanted, known, today=self._clock.today(), weights=weights)
                found.append(LineMatches(line.id, line.position, line.wording, matches[:limit]))
            return tuple(found)

    def products_for(self, inquiry_id: int) -> Mapping[int, int]:
        """For each line by its id the best match's product, where its names are what was asked for."""
        best = {
            found.line_id: found.candidates[0]
            for found in self.match(inquiry_id, limit=1)
            if found.candidates
        }
        return {
            line_id: match.product_id
            for line_id, match in best.items()
            if match.product_id is not None and match.share(Criterion.WORDING) >= _SAME_GOODS
        }

    def products_like(self, line_id: int, *, limit: int = 20) -> tuple[int, ...]:
        """The products that fit a line of an inquiry, best first; none where the line is gone."""
        with self._book.read() as session:
            line = session.get(InquiryLineRecord, line_id)
            if line is None:
                return ()
            inquiry = session.get_one(InquiryRecord, line.inquiry_id)
            reader = self._reader(session, inquiry)
            wanted, known = self._known_for(reader, inquiry, line)
            matches = rank(
                wanted, known, today=self._clock.today(), weights=_stored_weights(session)
            )
        products = (match.product_id for match in matches)
        return tuple(id_ for id_ in products if id_ is not None)[:limit]

    def weights(self) -> Mapping[Criterion, int]:
        """How much each criterion counts in this book."""
        with self._book.read() as session:
            return _stored_weights(session)

    def set_weights(self, weights: Mapping[Criterion, int], *, initiator: object = None) -> None:
        """Makes criteria count more or less; 0 leaves one out."""
        kept = {criterion.value: max(0, int(weight)) for criterion, weight in weights.items()}
        with self._book.write("matching.set_weights", initiator=initiator) as scope:
            record = scope.scalar(select(SettingRecord).where(SettingRecord.name == _WEIGHTS))
            if record is None:
                record = SettingRecord(name=_WEIGHTS, value={})
                scope.add(record)
            record.value = {**record.value, **kept}

    def fit(self, inquiry_id: int) -> Fit:
        """How complete the inquiry is and how well it suits us, point by point.

        Raises ``AppError`` where there is no such inquiry.
        """
        with self._book.read() as session:
            inquiry, lines = _inquiry(session, inquiry_id)
            reader, weights = self._reader(session, inquiry), _stored_weights(session)
            facts = []
            for line in lines:
                wanted, known = self._known_for(reader, inquiry, line)
                matches = rank(wanted, known, today=self._clock.today(), weights=weights)
                facts.append(line_facts(line, wanted, known, matches))
            return fit(fit_facts(session, inquiry, tuple(facts)))

    def _known_for(
        self,
        reader: _Reader,
        inquiry: InquiryRecord,
        line: InquiryLineRecord,
    ) -> tuple[Wanted, list[Candidate]]:
        """What the line wants, and everyone found who might have it."""
        today = self._clock.today()
        text = f"{line.wording} {line.specification or ''}".strip()
        concepts = concepts_of(line.wording, self._groups(line.wording))
        currency = line.currency or inquiry.currency
        products, suppliers = self._found(line, concepts)
        if line.product_id is not None:
            products.add(line.product_id)
        wanted = Wanted(
            concepts=concepts,
            specifications=specifications_in(text),
            categories=_categories(reader.session, line),
            quantity=_quantity(line),
            target_price=line.target_price,
            currency=currency,
            lead_time_days=_days_left(line.required_by_on or inquiry.required_by_on, today),
            certificates=_names(inquiry.certificates),
            country=reader.country,
            port=port_named(line.place or inquiry.place or ""),
        )
        cost = reader.costs.told_in(
            currency, incoterm=line.incoterm or inquiry.incoterm, quantity=line.quantity
        )
        known = reader.candidates.read(product_ids=products, supplier_ids=suppliers, cost=cost)
        return wanted, known

    def _reader(self, session: Session, inquiry: InquiryRecord) -> _Reader:
        return _Reader(
            session,
            CandidateReader(session),
            self._costs(session, inquiry.id, self._clock.today()),
            _country(inquiry),
        )

    def _groups(self, wording: str) -> list[tuple[str, Sequence[str]]]:
        """The phrases of ``wording`` that the glossary knows, longest first, with other names."""
        glossary, words = self._glossary(), re.findall(r"[^\W_]+", wording)
        groups: list[tuple[str, Sequence[str]]] = []
        taken: set[int] = set()
        for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                places = set(range(start, start + length))
                phrase = " ".join(words[start : start + length])
                names = (
                    () if places & taken else _names_for(glossary, words[start : start + length])
                )
                if names:
                    groups.append((phrase, names))
                    taken |= places
        for part in () if groups else _han_parts(wording):
            names = glossary.names_for(part)
            if names:
                return [(part, names)]
        return groups

    def _found(
        self, line: InquiryLineRecord, concepts: Sequence[Concept]
    ) -> tuple[set[int], set[int]]:
        """Ids of products and suppliers found by ever looser words, until there are enough."""
        products: set[int] = set()
        suppliers: set[int] = set()
        head = max(concepts, key=lambda concept: concept.weight, default=None)
        for text in _queries(line.wording, concepts):
            products |= self._ids(text, "product")
            if len(products) >= _ENOUGH_SUPPLIERS:
                break
        if head is not None:
            for name in (*head.names[:4], *head.kinds[:4]):
                if len(suppliers) < _ENOUGH_SUPPLIERS:
                    suppliers |= self._ids(name, "supplier")
        return products, suppliers

    def _ids(self, text: str, kind: str) -> set[int]:
        return set(self._search.nearest_ids(kind, text, limit=_PRODUCTS_A_QUERY))


def _names_for(glossary: Glossary, words: Sequence[str]) -> tuple[str, ...]:
    """Other names of a phrase, also of one that a word was put into.

    ``microfiber cleaning cloth`` is a microfiber cloth and a cleaning cloth; that both are known
    and end in the same word tells it from a tea towel set.
    """
    names = glossary.names_for(" ".join(words))
    if names or len(words) < 3:
        return names
    without, tail = " ".join((words[0], *words[2:])), " ".join(words[1:])
    known, of_tail = glossary.names_for(without), glossary.names_for(tail)
    return (without, *known, tail, *of_tail) if known and of_tail else ()


def _country(inquiry: InquiryRecord) -> str | None:
    """Where the goods go: the country or port named as destination, else the buyer's country."""
    port = port_named(inquiry.destination or "")
    named = port.code[:2] if port else territory_code(inquiry.destination or "")
    return named or (inquiry.buyer.country if inquiry.buyer is not None else None)


def _queries(wording: str, concepts: Sequence[Concept]) -> list[str]:
    """What to search for, the strictest first: all words, the goods, each name of the main thing."""
    heads = [concept for concept in concepts if concept.weight >= 4]
    names = [name for concept in heads for name in concept.names[:6]]
    goods = " ".join(words_in(wording))
    return list(dict.fromkeys(filter(None, (wording, goods, *names))))


def _han_parts(wording: str) -> list[str]:
    """The pieces of Chinese runs, longest first, in which a known name may stand."""
    runs = re.findall(r"[\u3400-\u9fff]{2,}", wording)
    parts = [
        run[start : start + length]
        for run in runs
        for length in range(min(6, len(run)), 1, -1)
        for start in range(len(run) - length + 1)
    ]
    return sorted(parts, key=len, reverse=True)


def _inquiry(
    session: Session, inquiry_id: int
) -> tuple[InquiryRecord, Sequence[InquiryLineRecord]]:
    inquiry = existing(session, InquiryRecord, "inquiry", inquiry_id)
    query = select(InquiryLineRecord).where(InquiryLineRecord.inquiry_id == inquiry_id)
    return inquiry, session.scalars(query.order_by(InquiryLineRecord.position)).all()


def _stored_weights(session: Session) -> Mapping[Criterion, int]:
    stored = session.scalar(select(SettingRecord.value).where(SettingRecord.name == _WEIGHTS))
    own = {Criterion(name): int(weight) for name, weight in (stored or {}).items()}
    return {**DEFAULT_WEIGHTS, **own}


def _categories(session: Session, line: InquiryLineRecord) -> frozenset[int]:
    if line.product_id is None:
        return frozenset()
    category = select(ProductRecord.category_id).where(ProductRecord.id == line.product_id)
    found = session.scalar(category)
    return frozenset({found} if found is not None else ())


def _quantity(line: InquiryLineRecord) -> Quantity | None:
    if line.quantity is None:
        return None
    unit = unit_named(line.unit or "") or "pcs"
    return Quantity(Decimal(line.quantity), unit) if unit in units() else None


def _days_left(required_by_on: date | None, today: date) -> int | None:
    return (required_by_on - today).days if required_by_on is not None else None


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,;、，/\n]", text or "") if part.strip())
