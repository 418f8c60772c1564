"""Owns making one thread of several: all that hangs on the others moves to the one that stays.

Must not open a write scope; the service of negotiation does.
"""

from __future__ import annotations

from collections.abc import Sequence

from database.absorbing import absorb
from database.book import WriteScope
from database.records import ThreadRecord


def merge_threads(scope: WriteScope, keep: ThreadRecord, others: Sequence[ThreadRecord]) -> None:
    """Hangs all of ``others`` on ``keep``, fills what it lacks, and deletes them."""
    for other in others:
        keep.company_id = keep.company_id or other.company_id
        keep.inquiry_id = keep.inquiry_id or other.inquiry_id
        if keep.next_step is None and keep.next_step_on is None:
            keep.next_step, keep.next_step_on = other.next_step, other.next_step_on
        absorb(scope, keep, other)
