"""Owns making one thread of several: all that hangs on the others moves to the one that stays.

Must not open a write scope; the service of negotiation does.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update

from database.book import WriteScope
from database.records import FollowUpRecord, MessageRecord, RoundRecord, ThreadRecord


def merge_threads(scope: WriteScope, keep: ThreadRecord, others: Sequence[ThreadRecord]) -> None:
    """Moves messages, rounds and follow-ups of ``others`` to ``keep``, fills what it lacks, and
    deletes them.
    """
    ids = [other.id for other in others]
    for other in others:
        keep.company_id = keep.company_id or other.company_id
        keep.inquiry_id = keep.inquiry_id or other.inquiry_id
        if keep.next_step is None and keep.next_step_on is None:
            keep.next_step, keep.next_step_on = other.next_step, other.next_step_on
    for record in (MessageRecord, RoundRecord, FollowUpRecord):
        moved = update(record).where(record.thread_id.in_(ids))
        scope.execute(moved.values(thread_id=keep.id))
    scope.flush()
    scope.execute(delete(ThreadRecord).where(ThreadRecord.id.in_(ids)))
