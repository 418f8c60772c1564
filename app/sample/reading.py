"""Owns reading the sample book's files: tables as rows of text, days counted from the day of loading.

Must not write records.
"""

from __future__ import annotations

import csv
import tomllib
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from resources import resource

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of a shipped CSV table; an empty cell is an empty text."""
    text = resource("sample", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def document(name: str) -> dict[str, Any]:
    """A shipped TOML document; its numbers with a point are decimals."""
    text = resource("sample", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def picture(name: str) -> bytes:
    """The content of a shipped drawing."""
    return resource("sample", "pictures", name).read_bytes()


def parts(cell: str) -> list[str]:
    """The entries of a cell that holds several, parted by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def decimal(cell: str) -> Decimal | None:
    """A number as text, or ``None`` for an empty cell."""
    return Decimal(cell) if cell else None


def whole(cell: str) -> int | None:
    """A whole number as text, or ``None`` for an empty cell."""
    return int(cell) if cell else None


class Days:
    """Days and hours told by their distance from the day on which the sample book is loaded."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today = today
        self.now = now

    def on(self, offset: int | str) -> date:
        """The day ``offset`` days from today; the past is negative."""
        return self.today + timedelta(days=int(offset))

    def at(self, offset: int | str, clock: str = "09:00") -> datetime:
        """An hour of the day ``offset`` days from today, in UTC and never after now."""
        moment = datetime.combine(self.on(offset), time.fromisoformat(clock), tzinfo=UTC)
        return min(moment, self.now)
