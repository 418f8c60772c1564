"""Owns after how many days without an answer a thread is due in this book.

Must not look for such threads; the views of threads do.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from database.records import SettingRecord

#: The name of the setting.
SILENT_DAYS = "silent_days"
_USUAL = 7


def stored_silent_days(session: Session) -> int:
    """The book's own number of days, or the usual one."""
    stored = session.scalar(select(SettingRecord.value).where(SettingRecord.name == SILENT_DAYS))
    return int(stored) if stored is not None else _USUAL
