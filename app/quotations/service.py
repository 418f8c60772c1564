"""Owns what a user can do with a quotation: draft it, change its draft, send it, revise it, close it.

Must not read for the screen; lists and views do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import delete

from app.forms import Values
from app.inquiries.service import buyer_named
from app.kernel.clock import Clock
from app.kernel.errors import AppError, no_such_record
from app.lists.existing import existing, require
from app.quotations.drafting_service import change_line, line_for_inquiry, new_lines
from app.quotations.header_service import (
    default_profile,
    header_for_inquiry,
    new_revision,
    set_header,
)
from app.quotations.lines_service import (
    append_lines,
    asked_lines,
    change_lines,
    line_in,
    lines_without_cost,
    order_lines,
    take_chosen_costs,
    take_missing_costs,
    take_tiers,
)
from app.quotations.moves_service import (
    close,
    copy_lines,
    copy_of_revision,
    follow,
    send,
    withdraw,
)
from app.quotations.pricing_service import (
    cost_anew,
    costing_of,
    keep_costing,
    keep_tiers,
    tiers_to_price,
    usual_costing,
)
from app.quotations.revision_costing import CostingTerms
from app.quotations.revisions import State, is_editable, revision_label
from app.quotations.terms_views import lines_of, quotation_named, revision_of
from database.book import Book, WriteScope
from database.counters import next_number
from database.records import (
    InquiryRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)

#: Changes of these header fields change what every price is worked out with.
_PRICE_FIELDS = frozenset({"currency", "incoterm"})
#: Changes of these change the freight that a price holds.
_ROUTE_FIELDS = frozenset({"place", "port_of_loading", "port_of_destination", "shipment"})

QUOTATION, PROFORMA, PRICE_LIST = "quotation", "proforma", "price_list"
#: What the number of each paper begins with.
_LETTERS = {QUOTATION: "Q", PROFORMA: "PI", PRICE_LIST: "PL"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationDraft:
    """A new quotation.

    ``buyer`` is a name; a buyer of that name is found or made. ``values`` are header fields and
    each of ``lines`` line fields by key, see ``app.quotations.fields``; a line with ``product_id``
    takes what it does not say from the product, one with ``tiers`` has :class:`PriceTiers`. A
    price that is given stays; the others come from the cost. Without ``costing``, the usual figures
    are used. A ``document`` of :data:`PRICE_LIST` is numbered apart, and its lines have the quantities
    at which their products' prices change.
    """

    document: str = QUOTATION

    buyer: str | None = None
    buyer_id: int | None = None
    inquiry_id: int | None = None
    values: Values = field(default_factory=dict)
    lines: Sequence[Values] = ()
    costing: CostingTerms | None = None


ProductsFor = Callable[[int], Mapping[int, int]]
"""For an inquiry's id: the product that answers a line best, by the line's id."""


def _no_products(_inquiry_id: int) -> Mapping[int, int]:
    return {}


class Quotations:
    """Quotations, as far as they are written."""

    def __init__(
        self, book: Book, clock: Clock, *, products_for: ProductsFor = _no_products
    ) -> None:
        self._book = book
        self._clock = clock
        self._products_for = products_for

    def draft(self, draft: QuotationDraft, *, initiator: object = None) -> int:
        """Makes a quotation with its first revision and returns its id.

        With an ``inquiry_id``, each line of the inquiry is answered by the chosen offer or the
        newest price of its product (the one that matches it best, where none is linked), and the
        head follows the inquiry where ``values`` are silent.
        """
        like = self._products_for(draft.inquiry_id) if draft.inquiry_id is not None else {}
        name = draft.buyer or self._inquiry_number(draft.inquiry_id)
        with self._book.write("quotations.draft", initiator=initiator, name=name) as scope:
            quotation = self._new_quotation(scope, draft)
            values = {**self._take_inquiry(scope, quotation), **draft.values}
            today = self._clock.today()
            revision = new_revision(scope, quotation, values, today=today)
            revision.document = draft.document
            costing = draft.costing or usual_costing(scope, currency=revision.currency, on=today)
            answers = [
                line_for_inquiry(scope, line, like=like.get(line.id), on=today)
                for line in asked_lines(scope, quotation)
            ]
            append_lines(scope, revision, answers)
            self._append_values(scope, revision, draft.lines)
            keep_costing(scope, revision, costing)
            unpriced = [line for line in lines_of(scope, revision.id) if line.price is None]
            if draft.document == PRICE_LIST:
                for line in unpriced:
                    keep_tiers(scope, line, tiers_to_price(scope, line, on=today))
            cost_anew(scope, revision, reprice=[line.id for line in unpriced])
            for line in unpriced:
                if line.price == 0:
                    # A tier that lacks a figure has no price; the view names what is missing.
                    keep_tiers(scope, line, None)
                    line.price = None
            return quotation.id

    def copy(
        self,
        name: int | str,
        *,
        revision: int | None = None,
        buyer: str | None = None,
        initiator: object = None,
    ) -> int:
        """A new quotation with the content of another, for the same or another buyer; its id."""
        number = self._number(name)
        with self._book.write("quotations.copy", initiator=initiator, number=number) as scope:
            source = quotation_named(scope, name)
            old = revision_of(scope, source, revision)
            draft = QuotationDraft(buyer=buyer, buyer_id=None if buyer else source.buyer_id)
            quotation = self._new_quotation(scope, draft)
            quotation.profile_id = source.profile_id
            made = self._copied(scope, old, quotation)
            if buyer:
                quotation.contact_id = None
                made.buyer_name = made.buyer_address = made.contact_name = None
            return quotation.id

    def proforma(self, name: int | str, *, initiator: object = None) -> int:
        """A proforma invoice with the content of an accepted quotation, as a draft; its id.

        It has a number of its own, refers to the quotation's, and shows our bank.
        """
        number = self._number(name)
        with self._book.write("quotations.proforma", initiator=initiator, number=number) as scope:
            source = quotation_named(scope, name)
            old = revision_of(scope, source)
            if old.state != State.ACCEPTED:
                raise AppError("quotations.not_accepted", number=source.number)
            draft = QuotationDraft(
                buyer_id=source.buyer_id, inquiry_id=source.inquiry_id, document=PROFORMA
            )
            invoice = self._new_quotation(scope, draft)
            invoice.profile_id, invoice.contact_id = source.profile_id, source.contact_id
            made = self._copied(scope, old, invoice)
            made.document, made.shows_bank = PROFORMA, True
            made.title = revision_label(source.number, old.revision)
            return invoice.id

    def edit(self, name: int | str, values: Values, *, initiator: object = None) -> None:
        """Sets fields of the head of a draft; prices follow a change of currency or term."""
        with self._drafting(name, "quotations.edit", initiator) as (scope, quotation, revision):
            set_header(quotation, revision, values)
            if _PRICE_FIELDS & set(values):
                keep_costing(scope, revision, costing_of(revision))
            reprice = None if _PRICE_FIELDS & set(values) else ()
            rerouted = bool(_ROUTE_FIELDS & set(values))
            cost_anew(scope, revision, reprice=reprice, follow_freight=rerouted)

    def add_lines(
        self,
        name: int | str,
        lines: Sequence[Values],
        *,
        position: int | None = None,
        initiator: object = None,
    ) -> tuple[int, ...]:
        """Adds lines of any kind before ``position`` (from 1; default: at the end); their ids."""
        with self._drafting(name, "quotations.add_lines", initiator) as (scope, _, revision):
            added = self._append_values(scope, revision, lines)
            if position is not None:
                order_lines(scope, revision, [line.id for line in added], position)
            keep_costing(scope, revision, costing_of(revision))
            unpriced = [line.id for line in added if line.price is None]
            cost_anew(scope, revision, reprice=unpriced)
            return tuple(line.id for line in added)

    def edit_lines(
        self, name: int | str, changes: Mapping[int, Values], *, initiator: object = None
    ) -> None:
        """Sets fields of lines of a draft by line id, as one operation.

        ``tiers`` takes :class:`PriceTiers` or ``None``. A typed price stays; a changed cost prices
        the line anew.
        """
        with self._drafting(name, "quotations.edit_lines", initiator) as (scope, _, revision):
            change_lines(scope, revision, changes)

    def delete_lines(
        self, name: int | str, line_ids: Sequence[int], *, initiator: object = None
    ) -> None:
        """Takes lines off a draft; alternatives of a deleted line become options."""
        with self._drafting(name, "quotations.delete_lines", initiator) as (scope, _, revision):
            gone = {line_in(scope, revision, line_id).line_uid for line_id in line_ids}
            for line in lines_of(scope, revision.id):
                if line.alternative_to in gone:
                    line.alternative_to, line.is_optional = None, True
            scope.flush()
            scope.execute(
                delete(QuotationLineRecord).where(QuotationLineRecord.id.in_(list(line_ids)))
            )
            order_lines(scope, revision, [], 1)
            cost_anew(scope, revision)

    def move_lines(
        self,
        name: int | str,
        line_ids: Sequence[int],
        position: int,
        *,
        initiator: object = None,
    ) -> None:
        """Puts lines, in the order given, before the line that now stands at ``position``."""
        with self._drafting(name, "quotations.move_lines", initiator) as (scope, _, revision):
            order_lines(scope, revision, line_ids, position)

    def set_costing(
        self,
        name: int | str,
        costing: CostingTerms,
        *,
        reprice: bool = True,
        initiator: object = None,
    ) -> None:
        """Sets the figures the prices are worked out with; prices follow unless ``reprice`` is off.

        With them, lines that had no cost take that of offers chosen since (not those whose cost was
        taken off), and rates the book's.
        """
        with self._drafting(name, "quotations.set_costing", initiator) as (scope, _, revision):
            if reprice:
                take_missing_costs(scope, revision)
            keep_costing(scope, revision, costing)
            cost_anew(scope, revision, reprice=None if reprice else ())

    def take_costs(
        self,
        name: int | str,
        line_ids: Sequence[int] | None = None,
        *,
        initiator: object = None,
    ) -> None:
        """Gives lines the cost of the offers chosen for what they answer, and prices them.

        By default all lines without a cost, those too whose cost was taken off.
        """
        with self._drafting(name, "quotations.take_costs", initiator) as (scope, _, revision):
            if line_ids is None:
                lines = lines_without_cost(scope, revision)
            else:
                lines = [line_in(scope, revision, line_id) for line_id in line_ids]
            take_chosen_costs(scope, lines)
            keep_costing(scope, revision, costing_of(revision))
            cost_anew(scope, revision, reprice=[line.id for line in lines])

    def reprice(
        self,
        name: int | str,
        line_ids: Sequence[int] | None = None,
        *,
        initiator: object = None,
    ) -> None:
        """Prices lines anew from their costs; by default all that have one.

        Rates that were missing are the book's of now.
        """
        with self._drafting(name, "quotations.reprice", initiator) as (scope, _, revision):
            keep_costing(scope, revision, costing_of(revision))
            cost_anew(scope, revision, reprice=line_ids)

    def send(self, name: int | str, *, initiator: object = None) -> None:
        """Freezes the draft as sent; the revision before it is superseded."""
        with self._changing(name, "quotations.send", initiator) as (scope, quotation, revision):
            send(scope, quotation, revision, at=self._clock.now())

    def accept(self, name: int | str, *, initiator: object = None) -> None:
        """Notes that the buyer accepted."""
        self._close(name, State.ACCEPTED, "quotations.accept", initiator)

    def decline(self, name: int | str, *, initiator: object = None) -> None:
        """Notes that the buyer declined."""
        self._close(name, State.DECLINED, "quotations.decline", initiator)

    def expire(self, name: int | str, *, initiator: object = None) -> None:
        """Notes that the validity is over."""
        self._close(name, State.EXPIRED, "quotations.expire", initiator)

    def revise(
        self,
        name: int | str,
        values: Values | None = None,
        *,
        costing: CostingTerms | None = None,
        line_values: Mapping[int, Values] | None = None,
        removed: Collection[int] = (),
        added: Sequence[Values] = (),
        revision: int | None = None,
        initiator: object = None,
    ) -> int:
        """Makes the next draft under the same number and returns its revision number.

        It starts from the revision that counts, or from the one named. One that was never sent
        stays as it was; only the newest can be changed. At once, header ``values`` and a
        ``costing`` can be set, lines changed or ``removed`` by their position, and others added; a
        new costing prices all lines anew but those given a price.
        """
        with self._changing(name, "quotations.revise", initiator, revision=revision) as (
            scope,
            quotation,
            old,
        ):
            draft = follow(scope, quotation, old, today=self._clock.today())
            set_header(quotation, draft, values or {})
            keep_costing(scope, draft, costing or costing_of(draft))
            anew = costing is not None or bool(_PRICE_FIELDS & set(values or {}))
            if anew or _ROUTE_FIELDS & set(values or {}):
                cost_anew(scope, draft, reprice=None if anew else (), follow_freight=True)
            lines = {line.position: line for line in lines_of(scope, draft.id)}
            for position in (*(line_values or {}), *removed):
                if position not in lines:
                    raise no_such_record("quotation_line", position)
            for position, changes in (line_values or {}).items():
                change_line(lines[position], changes)
            for position in removed:
                scope.delete(lines[position])
            scope.flush()
            order_lines(scope, draft, [], 1)
            new = self._append_values(scope, draft, added)
            cost_anew(scope, draft, reprice=[line.id for line in new if line.price is None])
            return draft.revision

    def withdraw(self, name: int | str, *, initiator: object = None) -> None:
        """Takes the newest revision back; the one it superseded holds again."""
        with self._changing(name, "quotations.withdraw", initiator) as (scope, quotation, revision):
            withdraw(scope, quotation, revision, at=self._clock.now())

    def delete(self, ids: Sequence[int], *, initiator: object = None) -> None:
        """Deletes quotations with all their revisions."""
        with self._book.write("quotations.delete", initiator=initiator, count=len(ids)) as scope:
            require(scope, QuotationRecord, "quotation", ids)
            scope.execute(delete(QuotationRecord).where(QuotationRecord.id.in_(list(ids))))

    def _close(self, name: int | str, state: State, action: str, initiator: object) -> None:
        with self._changing(name, action, initiator) as (scope, quotation, revision):
            close(scope, quotation, revision, state=state, at=self._clock.now())

    @contextmanager
    def _changing(
        self, name: int | str, action: str, initiator: object, *, revision: int | None = None
    ) -> Iterator[tuple[WriteScope, QuotationRecord, RevisionRecord]]:
        number = self._number(name)
        with self._book.write(action, initiator=initiator, number=number) as scope:
            quotation = quotation_named(scope, number)
            yield scope, quotation, revision_of(scope, quotation, revision)

    @contextmanager
    def _drafting(
        self, name: int | str, action: str, initiator: object
    ) -> Iterator[tuple[WriteScope, QuotationRecord, RevisionRecord]]:
        with self._changing(name, action, initiator) as (scope, quotation, revision):
            if not is_editable(State(revision.state)):
                raise AppError("quotations.not_a_draft", number=quotation.number)
            yield scope, quotation, revision

    def _number(self, name: int | str) -> str:
        with self._book.read() as session:
            return quotation_named(session, name).number

    def _inquiry_number(self, inquiry_id: int | None) -> str:
        if inquiry_id is None:
            return ""
        with self._book.read() as session:
            return existing(session, InquiryRecord, "inquiry", inquiry_id).number

    def _copied(
        self, scope: WriteScope, old: RevisionRecord, quotation: QuotationRecord
    ) -> RevisionRecord:
        """The first revision of ``quotation``, with the content of another's."""
        made = copy_of_revision(old, today=self._clock.today())
        made.quotation_id, made.revision = quotation.id, 1
        scope.add(made)
        scope.flush()
        copy_lines(scope, old, made)
        return made

    def _new_quotation(self, scope: WriteScope, draft: QuotationDraft) -> QuotationRecord:
        now = self._clock.now()
        letter = _LETTERS[draft.document]
        quotation = QuotationRecord(
            number=next_number(scope, letter=letter, year=self._clock.today().year),
            buyer_id=draft.buyer_id,
            inquiry_id=draft.inquiry_id,
            profile_id=default_profile(scope),
            created_at=now,
        )
        if draft.buyer_id is None and draft.buyer:
            quotation.buyer_id = buyer_named(scope, draft.buyer, now=now)
        scope.add(quotation)
        scope.flush()
        return quotation

    def _take_inquiry(self, scope: WriteScope, quotation: QuotationRecord) -> dict[str, object]:
        if quotation.inquiry_id is None:
            return {}
        inquiry = scope.get_one(InquiryRecord, quotation.inquiry_id)
        quotation.buyer_id = quotation.buyer_id or inquiry.buyer_id
        quotation.contact_id = inquiry.contact_id
        return header_for_inquiry(scope, inquiry)

    def _append_values(
        self, scope: WriteScope, revision: RevisionRecord, lines: Sequence[Values]
    ) -> list[QuotationLineRecord]:
        today = self._clock.today()
        added = new_lines(scope, lines, on=today)
        append_lines(scope, revision, added)
        for line, values in zip(added, lines, strict=True):
            take_tiers(scope, line, values)
        return added
