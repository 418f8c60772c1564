"""Owns what a user can do with what is to be done on a day.

Must not read what is due; the views of it do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select

from app.kernel.clock import Clock
from app.kernel.errors import AppError
from app.kernel.text import clean
from app.lists.existing import existing
from app.negotiation.silence_views import SILENT_DAYS
from database.book import Book
from database.records import FollowUpRecord, InquiryRecord, SettingRecord, ThreadRecord

_MOST_SILENT_DAYS = 365


class FollowUps:
    """Things to do on a day, and after how many silent days a thread is one."""

    def __init__(self, book: Book, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    def add(
        self,
        text: str,
        due_on: date,
        *,
        thread_id: int | None = None,
        inquiry_id: int | None = None,
        company_id: int | None = None,
        initiator: object = None,
    ) -> int:
        """Adds something to do on a day and returns its id."""
        words = clean(text).strip()
        if not words:
            raise AppError("negotiation.nothing_written")
        with self._book.write("negotiation.follow_up", initiator=initiator, text=words) as scope:
            if thread_id is not None:
                existing(scope, ThreadRecord, "thread", thread_id)
            if inquiry_id is not None:
                existing(scope, InquiryRecord, "inquiry", inquiry_id)
            record = FollowUpRecord(
                thread_id=thread_id,
                inquiry_id=inquiry_id,
                company_id=company_id,
                text=words,
                due_on=due_on,
            )
            scope.add(record)
            scope.flush()
            return record.id

    def snooze(self, follow_up_id: int, due_on: date, *, initiator: object = None) -> None:
        """Puts a follow-up off to another day."""
        with self._changing(follow_up_id, "negotiation.snooze", initiator) as record:
            record.due_on = due_on

    def set_silent_days(self, days: int, *, initiator: object = None) -> None:
        """Reminds of threads after ``days`` without an answer; raises ``AppError`` outside 1 to 365."""
        if not 1 <= days <= _MOST_SILENT_DAYS:
            raise AppError("negotiation.bad_silent_days", most=_MOST_SILENT_DAYS)
        with self._book.write(
            "negotiation.set_silent_days", initiator=initiator, days=days
        ) as scope:
            record = scope.scalar(select(SettingRecord).where(SettingRecord.name == SILENT_DAYS))
            if record is None:
                scope.add(SettingRecord(name=SILENT_DAYS, value=days))
            else:
                record.value = days

    def done(self, follow_up_id: int, *, initiator: object = None) -> None:
        """Ticks a follow-up off."""
        with self._changing(follow_up_id, "negotiation.done", initiator) as record:
            record.done_at = self._clock.now()

    @contextmanager
    def _changing(
        self, follow_up_id: int, name: str, initiator: object
    ) -> Iterator[FollowUpRecord]:
        with self._book.write(name, initiator=initiator) as scope:
            yield existing(scope, FollowUpRecord, "follow_up", follow_up_id)
