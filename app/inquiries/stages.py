"""Owns the stages of an inquiry as data: their order, the moves between them, what each needs.

Must not know how an inquiry is stored; it judges :class:`InquiryFacts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import AppError
from app.kernel.messages import Message


class Stage(StrEnum):
    """How far an inquiry has come."""

    NEW = "new"
    QUALIFIED = "qualified"
    SOURCING = "sourcing"
    QUOTED = "quoted"
    NEGOTIATING = "negotiating"
    WON = "won"
    LOST = "lost"
    DORMANT = "dormant"


class Need(StrEnum):
    """Something a stage asks for."""

    BUYER = "buyer"
    LINE = "line"
    QUANTITY = "quantity"
    SENT_QUOTATION = "sent_quotation"
    ACCEPTED_QUOTATION = "accepted_quotation"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class StageRule:
    """A stage, its name, what it needs and where an inquiry may go from it."""

    stage: Stage
    name: Message
    needs: tuple[Need, ...]
    moves: frozenset[Stage]

    @property
    def is_open(self) -> bool:
        """Whether an inquiry in this stage still wants work."""
        return self.stage not in (Stage.WON, Stage.LOST, Stage.DORMANT)


_OPEN = (Stage.NEW, Stage.QUALIFIED, Stage.SOURCING, Stage.QUOTED, Stage.NEGOTIATING)
_QUALIFIED = (Need.BUYER, Need.LINE)
_SOURCED = (*_QUALIFIED, Need.QUANTITY)


def _from_open(stage: Stage) -> frozenset[Stage]:
    """From an open stage to any other open one (a card is dragged back too) or to an end."""
    ends = {Stage.LOST, Stage.DORMANT}
    if stage in (Stage.QUOTED, Stage.NEGOTIATING):
        ends.add(Stage.WON)
    return frozenset({*_OPEN, *ends} - {stage})


STAGES: Mapping[Stage, StageRule] = {
    rule.stage: rule
    for rule in (
        StageRule(Stage.NEW, Message("stages.new"), (), _from_open(Stage.NEW)),
        StageRule(
            Stage.QUALIFIED,
            Message("stages.qualified"),
            _QUALIFIED,
            _from_open(Stage.QUALIFIED),
        ),
        StageRule(
            Stage.SOURCING,
            Message("stages.sourcing"),
            _SOURCED,
            _from_open(Stage.SOURCING),
        ),
        StageRule(
            Stage.QUOTED,
            Message("stages.quoted"),
            (*_QUALIFIED, Need.SENT_QUOTATION),
            _from_open(Stage.QUOTED),
        ),
        StageRule(
            Stage.NEGOTIATING,
            Message("stages.negotiating"),
            (*_QUALIFIED, Need.SENT_QUOTATION),
            _from_open(Stage.NEGOTIATING),
        ),
        StageRule(
            Stage.WON,
            Message("stages.won"),
            (*_QUALIFIED, Need.ACCEPTED_QUOTATION),
            frozenset({Stage.NEGOTIATING, Stage.LOST}),
        ),
        StageRule(
            Stage.LOST,
            Message("stages.lost"),
            (Need.REASON,),
            frozenset(_OPEN),
        ),
        StageRule(Stage.DORMANT, Message("stages.dormant"), (), frozenset({*_OPEN, Stage.LOST})),
    )
}

_NEED_TEXTS: Mapping[Need, Message] = {
    Need.BUYER: Message("stages.needs_buyer"),
    Need.LINE: Message("stages.needs_line"),
    Need.QUANTITY: Message("stages.needs_quantity"),
    Need.SENT_QUOTATION: Message("stages.needs_sent_quotation"),
    Need.ACCEPTED_QUOTATION: Message("stages.needs_accepted_quotation"),
    Need.REASON: Message("stages.needs_reason"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryFacts:
    """What the stages ask about an inquiry."""

    has_buyer: bool = False
    lines: int = 0
    lines_with_quantity: int = 0
    sent_quotations: int = 0
    accepted_quotations: int = 0
    reason: str = ""


def unmet_needs(stage: Stage, facts: InquiryFacts) -> tuple[Need, ...]:
    """What an inquiry lacks for ``stage``."""
    met = {
        Need.BUYER: facts.has_buyer,
        Need.LINE: facts.lines > 0,
        Need.QUANTITY: 0 < facts.lines == facts.lines_with_quantity,
        Need.SENT_QUOTATION: facts.sent_quotations > 0 or facts.accepted_quotations > 0,
        Need.ACCEPTED_QUOTATION: facts.accepted_quotations > 0,
        Need.REASON: bool(facts.reason.strip()),
    }
    return tuple(need for need in STAGES[stage].needs if not met[need])


def need_text(need: Need) -> Message:
    """What the person is asked to add."""
    return _NEED_TEXTS[need]


def may_move(before: Stage, after: Stage) -> bool:
    """Whether an inquiry may go from ``before`` to ``after`` at all."""
    return after in STAGES[before].moves


def check_move(before: Stage, after: Stage, facts: InquiryFacts) -> None:
    """Raises :class:`AppError` when the move is not allowed or the stage's needs are not met.

    The error names the first unmet need.
    """
    if not may_move(before, after):
        raise AppError(
            "stages.move_not_allowed", before=STAGES[before].name, after=STAGES[after].name
        )
    lacking = unmet_needs(after, facts)
    if lacking:
        raise AppError("stages.lacks", stage=STAGES[after].name, need=need_text(lacking[0]))
