"""Owns exact decimal arithmetic: the context all money and quantities are worked out in.

Must not know currencies or units; binary floating point never enters here.
"""

from __future__ import annotations

from decimal import (
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)

#: Sums and products of amounts of up to 30 digits are exact; quotients carry 60 digits.
CALCULATION = Context(
    prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow]
)


def round_to_step(amount: Decimal, step: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """``amount`` rounded to a multiple of ``step``, with as many digits as ``step`` has.

    ``rounding`` is one of the modes of :mod:`decimal`. Halves go away from zero by default, as
    buyers and banks round. Raises :class:`ValueError` when ``step`` is not above zero.
    """
    if step <= 0:
        raise ValueError(f"a rounding step is above zero, not {step}")
    with localcontext(CALCULATION):
        multiples = (amount / step).quantize(Decimal(1), rounding=rounding)
        return multiples * step


def decimal_text(amount: Decimal) -> str:
    """``amount`` in plain digits for files and JSON: no exponent, no zeros at the end.

    ``Decimal("1E+2")`` gives ``100`` and ``Decimal("1.50")`` gives ``1.5``.
    """
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
