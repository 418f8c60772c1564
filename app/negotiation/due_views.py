"""Owns what is due in negotiations: follow-ups, next steps, and threads left without an answer.

Must not write.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.clock import Clock
from app.negotiation.silence_views import stored_silent_days
from database.book import Book
from database.records import FollowUpRecord, MessageRecord, ThreadRecord


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something due: a follow-up, a thread's next step, or a thread left without an answer."""

    kind: str
    id: int
    text: str
    due_on: date
    thread_id: int | None
    inquiry_id: int | None
    company_id: int | None


class DueViews:
    """Reads for the page of the day."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def due(
        self, *, until: date | None = None, silent_days: int | None = None
    ) -> tuple[DueRow, ...]:
        """What is due by ``until`` (default today): follow-ups, next steps, unanswered messages.

        A thread counts as unanswered when our last message in it is older than ``silent_days``,
        by default those of the book.
        """
        day = until or self._clock.today()
        with self._book.read() as session:
            rows = [*_follow_ups(session, day), *_next_steps(session, day)]
            silent = stored_silent_days(session) if silent_days is None else silent_days
            rows += _unanswered(session, day, silent)
        return tuple(sorted(rows, key=lambda row: (row.due_on, row.kind, row.id)))


def _follow_ups(session: Session, day: date) -> list[DueRow]:
    record = FollowUpRecord
    query = select(record).where(record.done_at.is_(None), record.due_on <= day)
    return [
        DueRow(
            "follow_up", row.id, row.text, row.due_on, row.thread_id, row.inquiry_id, row.company_id
        )
        for row in session.scalars(query)
    ]


def _next_steps(session: Session, day: date) -> list[DueRow]:
    record = ThreadRecord
    query = select(record).where(record.next_step_on <= day, record.next_step.is_not(None))
    return [
        DueRow(
            "next_step",
            row.id,
            row.next_step or "",
            row.next_step_on or day,
            row.id,
            row.inquiry_id,
            row.company_id,
        )
        for row in session.scalars(query)
    ]


def _unanswered(session: Session, day: date, silent_days: int) -> list[DueRow]:
    """Threads whose last word was ours, at least ``silent_days`` ago."""
    message = MessageRecord
    spoken = message.direction != "internal"
    last = (
        select(message.thread_id, func.max(message.sent_at).label("sent_at"))
        .where(spoken)
        .group_by(message.thread_id)
        .subquery()
    )
    query = (
        select(ThreadRecord, message.sent_at)
        .join(last, last.c.thread_id == ThreadRecord.id)
        .join(
            message,
            (message.thread_id == ThreadRecord.id) & (message.sent_at == last.c.sent_at) & spoken,
        )
        .where(message.direction == "out")
    )
    found: Mapping[int, DueRow] = {
        thread.id: DueRow(
            "no_answer",
            thread.id,
            thread.subject or "",
            sent_at.date() + timedelta(days=silent_days),
            thread.id,
            thread.inquiry_id,
            thread.company_id,
        )
        for thread, sent_at in session.execute(query)
    }
    return [row for row in found.values() if row.due_on <= day]
