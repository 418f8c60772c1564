"""Owns money: an exact amount in one currency.

Must not read or write text for people, and must not convert: a rate belongs to a day and a bank,
so whoever converts names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.kernel.decimals import CALCULATION, decimal_text, round_to_step

_WITHOUT_DECIMALS = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_THREE_DECIMALS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])


class CurrencyMismatch(ValueError):
    """Amounts of two currencies met without a rate."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second} cannot be taken together without a rate")


def minor_unit(currency: str) -> Decimal:
    """The smallest unit amounts of ``currency`` are written in (ISO 4217): 0.01, 1 or 0.001."""
    if currency in _WITHOUT_DECIMALS:
        return Decimal(1)
    return Decimal("0.001") if currency in _THREE_DECIMALS else Decimal("0.01")


def as_priced(amount: Decimal, currency: str) -> Decimal:
    """``amount`` with the decimals of ``currency``, as prices are written: 3.40, not 3.4; more stay."""
    whole = amount.quantize(minor_unit(currency))
    return whole if whole == amount else amount


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in ``currency``, an ISO 4217 code such as ``USD``; exact, of either sign.

    Raises :class:`TypeError` for an amount that is not a :class:`~decimal.Decimal` and
    :class:`ValueError` for one that is not finite or a code that is not three capitals.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"money is Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError("money is a finite amount")
        code = self.currency
        if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError(f"{code!r} is not an ISO 4217 currency code")

    @classmethod
    def of(cls, amount: Decimal | int | str, currency: str) -> Money:
        """Money from an exact number, an integer or its plain digits."""
        return cls(Decimal(amount), currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Nothing, in ``currency``: the start of a sum."""
        return cls(Decimal(0), currency)

    def __add__(self, other: Money) -> Money:
        return Money(CALCULATION.add(self.amount, self._same(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(CALCULATION.subtract(self.amount, self._same(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(CALCULATION.minus(self.amount), self.currency)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(CALCULATION.multiply(self.amount, Decimal(factor)), self.currency)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Decimal | int) -> Money:
        return Money(CALCULATION.divide(self.amount, Decimal(divisor)), self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)} {self.currency}"

    def rounded(self, step: Decimal | None = None, *, rounding: str = ROUND_HALF_UP) -> Money:
        """This rounded to a multiple of ``step``, by default to the currency's smallest unit."""
        step = minor_unit(self.currency) if step is None else step
        return Money(round_to_step(self.amount, step, rounding), self.currency)

    def _same(self, other: Money) -> Decimal:
        if self.currency != other.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount
