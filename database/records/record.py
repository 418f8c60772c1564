"""Owns what every record has: an id inside the book and a uid that is unique everywhere.

Must not know any particular record.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid6 import uuid7

from database.types import ExactDecimal, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_uid() -> str:
    """A UUIDv7 as 32 hexadecimal digits; later ones sort after earlier ones."""
    return uuid7().hex


def new_uids(count: int) -> list[str]:
    """``count`` uids at once, each sorting after the one before: a counter within one instant."""
    begin = uuid7().hex[:12]
    luck = secrets.token_hex(6 * count)
    return [
        f"{begin}{0x7000_8000 | number >> 14 << 16 | number & 0x3FFF:x}{luck[12 * number : 12 * number + 12]}"
        for number in range(count)
    ]


class Row(DeclarativeBase):
    """A row of the book's own bookkeeping, or of a record.

    Ids are never used twice, so that an undone row can come back under its own. Changes to a
    tracked table are journaled and can be undone; the few untracked ones say why.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Decimal: ExactDecimal(6),
        datetime: UtcDateTime(),
    }
    __table_args__: Any = {"sqlite_autoincrement": True}
    tracked: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)


class Record(Row):
    """A row that stands for something of the trade and has a name outside this book."""

    __abstract__ = True
    tracked: ClassVar[bool] = True

    uid: Mapped[str] = mapped_column(String(32), default=new_uid, unique=True, sort_order=-1)
