"""Owns reading payment terms as people write them: ``T/T 30/70``, ``30%定金,余款见提单副本``.

Must not guess: what it cannot account for to 100 % it does not read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from app.kernel.text import fold
from app.quotations.payment import Instrument, Milestone, PaymentTerms, Trigger, payment_terms

_INSTRUMENTS = (
    (Instrument.LC, r"\bl\s*/\s*c\b|\blc\b|letters? of credit|信用证"),
    (Instrument.DP, r"\bd\s*/\s*p\b|\bdp\b|documents against payment|付款交单"),
    (Instrument.DA, r"\bd\s*/\s*a\b|documents against acceptance|承兑交单"),
    (Instrument.OA, r"\bo\s*/\s*a\b|\boa\b|open account|\bnet\s*\d|赊销|月结|放账"),
    (Instrument.WESTERN_UNION, r"western\s*union|\bw\s*/\s*u\b|西联"),
    (Instrument.PAYPAL, r"paypal|贝宝"),
    (Instrument.CARD, r"credit card|信用卡"),
    (Instrument.TRADE_ASSURANCE, r"trade assurance|信保|信用保障"),
    (Instrument.CASH, r"\bcash\b|\bcod\b|现金"),
    (Instrument.TT, r"\bt\s*/\s*t\b|\btt\b|wire transfer|bank transfer|telegraphic|电汇"),
)
_BL = r"(?:b\s*/\s*l|\bbl\b|bill of lading|提单|shipping documents?|copy of (?:the )?documents?)"
_TRIGGERS = (
    (
        Trigger.BL_DATE,
        rf"(?:after|from)\s+(?:the\s+)?(?:date of\s+)?(?:the\s+)?{_BL}|{_BL}\s*(?:date|日期?)|提单日?后",
    ),
    (Trigger.BL_COPY, _BL),
    (Trigger.INVOICE_DATE, r"invoice|发票|月结|\bnet\s*\d"),
    (
        Trigger.BEFORE_SHIPMENT,
        r"(?:before|prior to|upon|on)\s+(?:the\s+)?(?:shipment|shipping|delivery|dispatch|loading|container)|against inspection|出货前|发货前|装运前|装柜前|交货前|提货前|款到发货|before leaving",
    ),
    (Trigger.BEFORE_PRODUCTION, r"(?:before|prior to)\s+(?:mass\s+)?production|生产前|投产前"),
    (
        Trigger.DELIVERY,
        r"after (?:delivery|arrival|receipt|receiving)|upon (?:arrival|receipt)|货到|收货后|到货后",
    ),
    (Trigger.ACCEPTANCE, r"accept|承兑"),
    (Trigger.SIGHT, r"sight|即期|见票"),
    (
        Trigger.ORDER,
        r"deposit|advance|down\s*payment|prepa|with order|on order|upon order|order confirm|定金|订金|预付|前\s*t|下单|首付",
    ),
)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|percent|pct)")
_SPLIT_OF_HUNDRED = re.compile(r"(?<![\d/])(\d{1,2})\s*%?\s*[/:\-]\s*(\d{1,2})\s*%?(?![\d/])")
_DAYS = re.compile(r"(\d{1,3})\s*-?\s*(?:days?|天|日)|\bnet\s*(\d{1,3})")
_SEPARATOR = re.compile(r"[,;+&、。|\n]|\band\b|\bthen\b|\.\s")
_BALANCE = re.compile(r"balance|remain|\brest\b|余款|尾款|剩余|余额")


def parse_payment_terms(text: str) -> PaymentTerms | None:
    """The terms ``text`` states, or ``None`` where it cannot be sure.

    A bare split such as ``T/T 30/70`` means a deposit with the order and the balance before
    shipment, or against the bill of lading where one is named.
    """
    folded = fold(text)
    instrument = _first(folded, _INSTRUMENTS)
    split = _SPLIT_OF_HUNDRED.search(folded)
    if split and int(split.group(1)) + int(split.group(2)) == 100:
        milestones: list[Milestone] | None = _split_of_hundred(
            folded, split, instrument or Instrument.TT
        )
    elif _PERCENT.search(folded):
        milestones = _by_percents(folded, instrument or Instrument.TT)
    else:
        milestones = _whole(folded, instrument)
    if milestones is None or sum(m.percent for m in milestones) != 100:
        return None
    return payment_terms(milestones)


def standard_payment_text(text: str) -> str:
    """``text`` in the words a paper uses, where its terms can be told; else as it is.

    Two ways of saying the same terms become one text.
    """
    terms = parse_payment_terms(text)
    return terms.text("en") if terms else text


def _first(text: str, patterns: tuple[tuple[Instrument, str], ...]) -> Instrument | None:
    return next((value for value, pattern in patterns if re.search(pattern, text)), None)


def _trigger(text: str) -> Trigger | None:
    return next((value for value, pattern in _TRIGGERS if re.search(pattern, text)), None)


def _days(text: str) -> int:
    found = _DAYS.search(text)
    return int(found.group(1) or found.group(2)) if found else 0


def _split_of_hundred(text: str, split: re.Match[str], instrument: Instrument) -> list[Milestone]:
    rest = text[: split.start()] + " " + text[split.end() :]
    named = _trigger(rest)
    later = named if named not in (None, Trigger.ORDER) else Trigger.BEFORE_SHIPMENT
    assert later is not None
    deposit, balance = Decimal(split.group(1)), Decimal(split.group(2))
    return [
        Milestone(deposit, Trigger.ORDER, instrument),
        Milestone(balance, later, instrument, _days(rest)),
    ]


def _by_percents(text: str, instrument: Instrument) -> list[Milestone] | None:
    parts = _clauses(text)
    milestones: list[Milestone] = []
    for number, part in enumerate(parts):
        found = _PERCENT.search(part)
        taken = sum((m.percent for m in milestones), Decimal(0))
        percent = Decimal(found.group(1)) if found else 100 - taken
        if percent <= 0:
            return None
        own = _first(part, _INSTRUMENTS) or instrument
        trigger = _trigger(part) or _assumed(own, is_first=number == 0, percent=percent)
        if trigger is None:
            return None
        milestones.append(Milestone(percent, trigger, own, _days(part)))
    return milestones


def _clauses(text: str) -> list[str]:
    """The parts of ``text`` that each state one milestone; words without one join the part before."""
    clauses: list[str] = []
    for piece in _pieces(text):
        if not piece.strip():
            continue
        if _PERCENT.search(piece) or (clauses and _BALANCE.search(piece)):
            clauses.append(piece)
        elif clauses:
            clauses[-1] += " " + piece
        else:
            clauses.append(piece)
    if len(clauses) > 1 and not _PERCENT.search(clauses[0]) and not _BALANCE.search(clauses[0]):
        clauses[1] = clauses[0] + " " + clauses[1]
        del clauses[0]
    return clauses


def _pieces(text: str) -> Iterator[str]:
    """``text`` cut at its separators, and before the second percent where one is missing."""
    for piece in _SEPARATOR.split(text):
        starts = [0, *(found.start() for found in list(_PERCENT.finditer(piece))[1:]), len(piece)]
        for start, end in itertools.pairwise(starts):
            yield piece[start:end]


def _assumed(instrument: Instrument, *, is_first: bool, percent: Decimal) -> Trigger | None:
    """The trigger a milestone has when its words name none."""
    if instrument in (Instrument.LC, Instrument.DP):
        return Trigger.SIGHT
    if instrument is Instrument.DA:
        return Trigger.ACCEPTANCE
    if instrument is Instrument.OA:
        return Trigger.BL_DATE
    if is_first:
        return Trigger.ORDER
    return Trigger.BEFORE_SHIPMENT if percent < 100 else None


def _whole(text: str, instrument: Instrument | None) -> list[Milestone] | None:
    """One milestone of 100 %: ``L/C at sight``, ``O/A 30 days``, ``款到发货``."""
    trigger = _trigger(text)
    days = _days(text)
    if sum(bool(re.search(pattern, text)) for _, pattern in _INSTRUMENTS) > 1:
        return None  # a choice: "T/T or L/C"
    if instrument is None:
        if trigger not in (Trigger.BEFORE_SHIPMENT, Trigger.ORDER) or "deposit" in text:
            return None
        return [Milestone(Decimal(100), trigger, Instrument.TT)]
    if instrument is Instrument.LC and days and trigger in (None, Trigger.BL_COPY):
        trigger = Trigger.BL_DATE
    if trigger is None:
        trigger = _assumed(instrument, is_first=True, percent=Decimal(100))
    assert trigger is not None
    return [Milestone(Decimal(100), trigger, instrument, days)]
