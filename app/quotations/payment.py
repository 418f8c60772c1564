"""Owns payment terms: milestones of percent, trigger and instrument that sum to 100.

Must not know amounts paid; receipts are set against the milestones elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.kernel.decimals import decimal_text
from app.kernel.errors import AppError
from app.kernel.language import catalogue
from app.kernel.messages import Message


class Trigger(StrEnum):
    """What makes a part of the price due."""

    ORDER = "order"
    BEFORE_PRODUCTION = "before_production"
    BEFORE_SHIPMENT = "before_shipment"
    BL_COPY = "bl_copy"
    BL_DATE = "bl_date"  # days after the date of the bill of lading
    INVOICE_DATE = "invoice_date"  # days after the date of the invoice
    DELIVERY = "delivery"  # days after the goods arrive
    SIGHT = "sight"  # presentation of the documents; days after sight for a usance
    ACCEPTANCE = "acceptance"


class Instrument(StrEnum):
    """How a part of the price is paid."""

    TT = "tt"
    LC = "lc"
    DP = "dp"
    DA = "da"
    OA = "oa"
    WESTERN_UNION = "western_union"
    PAYPAL = "paypal"
    CARD = "card"
    CASH = "cash"
    TRADE_ASSURANCE = "trade_assurance"


_TRIGGER_TEXTS = {
    Trigger.ORDER: Message("quotations.due_with_order"),
    Trigger.BEFORE_PRODUCTION: Message("quotations.due_before_production"),
    Trigger.BEFORE_SHIPMENT: Message("quotations.due_before_shipment"),
    Trigger.BL_COPY: Message("quotations.due_against_bl_copy"),
    Trigger.BL_DATE: Message("quotations.due_at_bl_date"),
    Trigger.INVOICE_DATE: Message("quotations.due_at_invoice_date"),
    Trigger.DELIVERY: Message("quotations.due_on_delivery"),
    Trigger.SIGHT: Message("quotations.due_at_sight"),
    Trigger.ACCEPTANCE: Message("quotations.due_against_acceptance"),
}
_INSTRUMENT_TEXTS = {
    Instrument.TT: Message("quotations.pay_tt"),
    Instrument.LC: Message("quotations.pay_lc"),
    Instrument.DP: Message("quotations.pay_dp"),
    Instrument.DA: Message("quotations.pay_da"),
    Instrument.OA: Message("quotations.pay_oa"),
    Instrument.WESTERN_UNION: Message("quotations.pay_western_union"),
    Instrument.PAYPAL: Message("quotations.pay_paypal"),
    Instrument.CARD: Message("quotations.pay_card"),
    Instrument.CASH: Message("quotations.pay_cash"),
    Instrument.TRADE_ASSURANCE: Message("quotations.pay_trade_assurance"),
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """``percent`` of the price, due ``days`` after ``trigger``, paid by ``instrument``."""

    percent: Decimal
    trigger: Trigger
    instrument: Instrument = Instrument.TT
    days: int = 0

    def message(self) -> Message:
        """The milestone in words."""
        return Message(
            "quotations.milestone",
            percent=decimal_text(self.percent),
            instrument=_INSTRUMENT_TEXTS[self.instrument],
            due=self._due(),
        )

    def _due(self) -> Message:
        if self.trigger is Trigger.ORDER:
            whole = self.percent == 100
            return Message("quotations.due_in_advance") if whole else _TRIGGER_TEXTS[Trigger.ORDER]
        if not self.days:
            return _TRIGGER_TEXTS[self.trigger]
        days_after = {
            Trigger.BL_DATE: Message("quotations.due_days_after_bl_date", days=self.days),
            Trigger.INVOICE_DATE: Message("quotations.due_days_after_invoice_date", days=self.days),
            Trigger.DELIVERY: Message("quotations.due_days_after_delivery", days=self.days),
            Trigger.SIGHT: Message("quotations.due_days_after_sight", days=self.days),
            Trigger.ACCEPTANCE: Message("quotations.due_days_after_acceptance", days=self.days),
        }
        return days_after.get(self.trigger, _TRIGGER_TEXTS[self.trigger])


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Milestones in the order they fall due, checked by :func:`payment_terms`."""

    milestones: tuple[Milestone, ...]

    def text(self, language: str) -> str:
        """The terms as a paper says them, in ``language``."""
        say = catalogue(language)
        parts = (say.text(milestone.message()) for milestone in self.milestones)
        return say.say("quotations.milestone_separator").join(parts)


def payment_terms(milestones: Iterable[Milestone]) -> PaymentTerms:
    """Checked terms; raises :class:`AppError` unless each percent is above 0 and they sum to 100."""
    parts = tuple(milestones)
    total = sum((part.percent for part in parts), Decimal(0))
    if total != 100:
        raise AppError("quotations.percents_do_not_sum", total=decimal_text(total))
    for part in parts:
        if part.percent <= 0 or part.days < 0:
            raise AppError("quotations.percent_not_positive", percent=decimal_text(part.percent))
    return PaymentTerms(parts)


def _of(*parts: tuple[int, Trigger, Instrument, int]) -> PaymentTerms:
    return payment_terms(
        Milestone(Decimal(percent), trigger, instrument, days)
        for percent, trigger, instrument, days in parts
    )


#: The terms offered in a list, by a stable name.
PRESETS = {
    "tt_advance": _of((100, Trigger.ORDER, Instrument.TT, 0)),
    "tt_30_70_before_shipment": _of(
        (30, Trigger.ORDER, Instrument.TT, 0), (70, Trigger.BEFORE_SHIPMENT, Instrument.TT, 0)
    ),
    "tt_30_70_bl_copy": _of(
        (30, Trigger.ORDER, Instrument.TT, 0), (70, Trigger.BL_COPY, Instrument.TT, 0)
    ),
    "tt_50_50_before_shipment": _of(
        (50, Trigger.ORDER, Instrument.TT, 0), (50, Trigger.BEFORE_SHIPMENT, Instrument.TT, 0)
    ),
    "tt_before_shipment": _of((100, Trigger.BEFORE_SHIPMENT, Instrument.TT, 0)),
    "lc_sight": _of((100, Trigger.SIGHT, Instrument.LC, 0)),
    "lc_60": _of((100, Trigger.BL_DATE, Instrument.LC, 60)),
    "lc_90": _of((100, Trigger.BL_DATE, Instrument.LC, 90)),
    "dp_sight": _of((100, Trigger.SIGHT, Instrument.DP, 0)),
    "da_60": _of((100, Trigger.ACCEPTANCE, Instrument.DA, 60)),
    "oa_30": _of((100, Trigger.BL_DATE, Instrument.OA, 30)),
    "oa_60": _of((100, Trigger.BL_DATE, Instrument.OA, 60)),
    "paypal": _of((100, Trigger.ORDER, Instrument.PAYPAL, 0)),
    "western_union": _of((100, Trigger.ORDER, Instrument.WESTERN_UNION, 0)),
}
