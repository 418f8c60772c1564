"""Owns quantities: an exact number of one unit, and the units with their names in two languages.

The units are data (``resources/reference/units.toml``). Must not take quantities out of free text;
it only knows what a unit's name means.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.kernel.decimals import CALCULATION, decimal_text
from app.kernel.text import fold
from resources import resource

_PIECE, _CARTON = "pcs", "ctn"


class UnitMismatch(ValueError):
    """Two units that cannot be converted into each other."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} and {second} are not units of the same kind")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of goods.

    ``factor`` is how many base units of its ``dimension`` one unit is (12 for the dozen, whose
    base is the piece); ``None`` for a unit that stands alone, such as the set.
    """

    code: str
    dimension: str
    factor: Decimal | None
    singular: str
    plural: str
    chinese: str
    names: tuple[str, ...]

    def label(self, language: str, number: Decimal = Decimal(2)) -> str:
        """How the unit is printed after ``number`` in ``language`` (``en`` or ``zh_CN``)."""
        if language.startswith("zh"):
            return self.chinese
        return self.singular if number == 1 else self.plural


@functools.cache
def units() -> Mapping[str, Unit]:
    """All units by their code, in the order they are offered."""
    content = tomllib.loads(resource("reference", "units.toml").read_text(encoding="utf-8"))
    return {
        code: Unit(
            code=code,
            dimension=entry["dimension"],
            factor=Decimal(entry["factor"]) if "factor" in entry else None,
            singular=entry["en"][0],
            plural=entry["en"][1],
            chinese=entry["zh"],
            names=tuple(entry["names"]),
        )
        for code, entry in content.items()
    }


def unit_named(text: str) -> str | None:
    """The code of the unit ``text`` names in English or Chinese (``PCS.``, ``件``), or ``None``."""
    return _codes_by_name().get(_name_key(text))


@functools.cache
def _codes_by_name() -> Mapping[str, str]:
    return {
        _name_key(name): unit.code
        for unit in units().values()
        for name in (unit.code, unit.singular, unit.plural, unit.chinese, *unit.names)
    }


def _name_key(text: str) -> str:
    return fold(text).replace(".", "").replace("(s)", "s").strip()


@dataclass(frozen=True, slots=True)
class Quantity:
    """``amount`` of ``unit``, a code of :func:`units`; exact.

    Raises :class:`TypeError` for an amount that is not a :class:`~decimal.Decimal` and
    :class:`ValueError` for one that is not finite or an unknown unit.
    """

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"a quantity is Decimal, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError("a quantity is a finite amount")
        if self.unit not in units():
            raise ValueError(f"{self.unit!r} is not a known unit")

    @classmethod
    def of(cls, amount: Decimal | int | str, unit: str) -> Quantity:
        """A quantity from an exact number, an integer or its plain digits."""
        return cls(Decimal(amount), unit)

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(CALCULATION.add(self.amount, other.in_unit(self.unit).amount), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return self + other * -1

    def __mul__(self, factor: Decimal | int) -> Quantity:
        return Quantity(CALCULATION.multiply(self.amount, Decimal(factor)), self.unit)

    __rmul__ = __mul__

    def __bool__(self) -> bool:
        return bool(self.amount)

    def __lt__(self, other: Quantity) -> bool:
        return self.amount < other.in_unit(self.unit).amount

    def __le__(self, other: Quantity) -> bool:
        return self.amount <= other.in_unit(self.unit).amount

    def __gt__(self, other: Quantity) -> bool:
        return self.amount > other.in_unit(self.unit).amount

    def __ge__(self, other: Quantity) -> bool:
        return self.amount >= other.in_unit(self.unit).amount

    def __str__(self) -> str:
        return f"{decimal_text(self.amount)} {self.unit}"

    def converts_to(self, unit: str) -> bool:
        """Whether this can be told in ``unit``."""
        return unit == self.unit or _factor(self.unit, unit) is not None

    def in_unit(self, unit: str) -> Quantity:
        """The same quantity told in ``unit``; raises :class:`UnitMismatch` where it can't be."""
        if unit == self.unit:
            return self
        factor = _factor(self.unit, unit)
        if factor is None:
            raise UnitMismatch(self.unit, unit)
        return Quantity(CALCULATION.multiply(self.amount, factor), unit)


def units_in(
    unit: str | None, other: str | None, *, pieces_per_carton: Decimal | None = None
) -> Decimal | None:
    """How many ``other`` one ``unit`` is; 1 where either is not said, ``None`` where it can't be told.

    Both are codes or names of :func:`units`; any other word is the same as itself only. A carton
    is as many pieces as ``pieces_per_carton`` says.
    """
    if not unit or not other or unit == other:
        return Decimal(1)
    first, second = unit_named(unit), unit_named(other)
    if first is None or second is None:
        return None
    if first == second:
        return Decimal(1)
    if pieces_per_carton and _CARTON in (first, second):
        pieces = [
            pieces_per_carton if code == _CARTON else _factor(code, _PIECE)
            for code in (first, second)
        ]
        return CALCULATION.divide(pieces[0], pieces[1]) if pieces[0] and pieces[1] else None
    return _factor(first, second)


def _factor(source: str, target: str) -> Decimal | None:
    """How many ``target`` one ``source`` is."""
    first, second = units()[source], units()[target]
    if first.dimension != second.dimension or first.factor is None or second.factor is None:
        return None
    return CALCULATION.divide(first.factor, second.factor)
