"""Owns the time of day, so that tests and replays can set it.

Must not be used to order records: the wall clock can go back; operation ids can't.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Where services take the time from."""

    def now(self) -> datetime:
        """The instant now, in UTC, aware."""

    def today(self) -> date:
        """The calendar day where the user is."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The instant now, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The local calendar day."""
        return datetime.now().astimezone().date()
