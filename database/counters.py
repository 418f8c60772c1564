"""Owns the numbers on papers: counted up, never given twice, not even after an undo.

Must not look at existing numbers; a deleted last paper would give its number away.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.records import CounterRecord


def next_number(session: Session, *, letter: str, year: int, device: str = "") -> str:
    """The next number of a kind of paper, such as ``Q-2026-0031``.

    ``device`` tells laptops apart that number their papers at the same time: ``Q-2026-B0031``.
    """
    name = f"{letter}-{year}-{device}"
    counter = session.scalar(select(CounterRecord).where(CounterRecord.name == name))
    if counter is None:
        counter = CounterRecord(name=name, last=0)
        session.add(counter)
    counter.last += 1
    session.flush()
    return f"{name}{counter.last:04d}"
