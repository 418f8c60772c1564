"""Owns keeping the rounds of a negotiation as a person confirmed them.

Must not suggest any; the rules of :mod:`app.negotiation.rounds` do.
"""

from __future__ import annotations

from sqlalchemy import delete

from app.kernel.clock import Clock
from app.lists.existing import existing
from app.negotiation.offered import Offered
from database.book import Book
from database.records import RoundRecord, RoundTierRecord, ThreadRecord


class Rounds:
    """Confirmed offers and counter-offers, as far as they are written."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def confirm(
        self,
        thread_id: int,
        offered: Offered,
        *,
        message_id: int | None = None,
        inquiry_line_id: int | None = None,
        replaces: int | None = None,
        initiator: object = None,
    ) -> int:
        """Keeps a round as the person confirmed it and returns its id.

        A round confirmed before from the same message and line is replaced, and so is the round
        ``replaces``.
        """
        with self._book.read() as session:
            subject = existing(session, ThreadRecord, "thread", thread_id).subject or ""
        with self._book.write(
            "negotiation.confirm_round", initiator=initiator, subject=subject
        ) as scope:
            if replaces is not None:
                scope.execute(delete(RoundRecord).where(RoundRecord.id == replaces))
            if message_id is not None:
                line = RoundRecord.inquiry_line_id.is_not_distinct_from(inquiry_line_id)
                scope.execute(delete(RoundRecord).where(RoundRecord.message_id == message_id, line))
            record = RoundRecord(
                thread_id=thread_id,
                message_id=message_id,
                inquiry_line_id=inquiry_line_id,
                side=offered.side.value,
                made_at=offered.made_at or self._clock.now(),
                currency=offered.currency,
                unit=offered.unit,
                moq=offered.moq,
                incoterm=offered.incoterm,
                place=offered.place,
                payment_terms=offered.payment_terms,
                lead_time_days=offered.lead_time_days,
                valid_until=offered.valid_until,
                extras="\n".join(offered.extras) or None,
            )
            scope.add(record)
            scope.flush()
            scope.add_all(
                RoundTierRecord(
                    round_id=record.id, min_quantity=price.min_quantity, amount=price.amount
                )
                for price in offered.prices
            )
            return record.id

    def delete(self, round_id: int, *, initiator: object = None) -> None:
        """Takes a confirmed round off the ladder."""
        with self._book.write("negotiation.delete_round", initiator=initiator) as scope:
            scope.delete(existing(scope, RoundRecord, "round", round_id))
