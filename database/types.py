"""Owns the column types: exact decimals, instants in UTC, and the annotated columns built on them.

Must not hold records; they are in ``database.records``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Dialect,
    Numeric,
    String,
    case,
    func,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, stored without loss and sorted as a number.

    SQLite has no decimal type, so it holds the value times ``10 ** places`` as an integer. A value
    with more places than that is refused with :class:`ValueError`: rounding is the caller's choice.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int = 6) -> None:
        super().__init__()
        self.places = places

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Integers in SQLite, the database's own exact numbers elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(24, self.places))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The stored form of ``value``."""
        if value is None or dialect.name != "sqlite":
            return value
        return self.scaled(value)

    def scaled(self, value: Decimal) -> int:
        """``value`` as the integer SQLite holds; raises :class:`ValueError` where digits are lost."""
        scaled = Decimal(value).scaleb(self.places)
        whole = int(scaled)
        if whole != scaled:
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return whole

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The decimal that was stored, without trailing zeros."""
        if value is None:
            return None
        if dialect.name != "sqlite":
            return Decimal(value)
        return plain(Decimal(value).scaleb(-self.places))


def plain(value: Decimal) -> Decimal:
    """``value`` without trailing zeros and without an exponent: ``1.50`` → ``1.5``, ``1E+2`` → ``100``."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def written(column: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """SQL for a stored decimal, not below zero, as people write it: ``1.85``, ``3000``; else NULL."""
    assert isinstance(column.type, ExactDecimal)
    places = column.type.places
    held, unit = type_coerce(column, BigInteger()), 10**places
    digits = func.printf(f"%d.%0{places}d", held // unit, held % unit)
    told = func.rtrim(func.rtrim(digits, "0"), ".", type_=String())
    return case((column.is_not(None), told))


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: given aware, kept in UTC, returned aware; sorts as text in SQLite."""

    impl = String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """ISO text in SQLite, timestamps with a zone elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(32))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The stored form; a time without a zone is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        moment = value.astimezone(UTC)
        if dialect.name != "sqlite":
            return moment
        return moment.isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        if value is None or dialect.name != "sqlite":
            return value  # type: ignore[no-any-return]
        return datetime.fromisoformat(value)


Amount = Annotated[Decimal, mapped_column(ExactDecimal(6))]
Quantity = Annotated[Decimal, mapped_column(ExactDecimal(6))]
Measure = Annotated[Decimal, mapped_column(ExactDecimal(6))]
Rate = Annotated[Decimal, mapped_column(ExactDecimal(8))]
Instant = Annotated[datetime, mapped_column(UtcDateTime())]
Currency = Annotated[str, mapped_column(String(3))]
Country = Annotated[str, mapped_column(String(2))]
