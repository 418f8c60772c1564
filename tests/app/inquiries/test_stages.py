"""An inquiry moves through its stages as allowed and with what each needs."""

from __future__ import annotations

import pytest

from app.inquiries.stages import (
    STAGES,
    InquiryFacts,
    Need,
    Stage,
    check_move,
    may_move,
    need_text,
    unmet_needs,
)
from app.kernel.errors import AppError
from app.kernel.language import catalogue

READY = InquiryFacts(has_buyer=True, lines=2, lines_with_quantity=2)


def test_every_stage_and_need_has_its_words() -> None:
    for language in ("en", "zh_CN"):
        words = catalogue(language)
        assert all(words.text(STAGES[stage].name) for stage in Stage)
        assert all(words.text(need_text(need)) for need in Need)


def test_sourcing_needs_a_quantity_on_every_line() -> None:
    half = InquiryFacts(has_buyer=True, lines=2, lines_with_quantity=1)
    assert unmet_needs(Stage.SOURCING, half) == (Need.QUANTITY,)
    assert unmet_needs(Stage.SOURCING, READY) == ()
    with pytest.raises(AppError) as trouble:
        check_move(Stage.QUALIFIED, Stage.SOURCING, half)
    assert trouble.value.message.params["need"] == need_text(Need.QUANTITY)


def test_lost_needs_a_reason() -> None:
    assert unmet_needs(Stage.LOST, InquiryFacts(reason=" ")) == (Need.REASON,)
    check_move(Stage.NEW, Stage.LOST, InquiryFacts(reason="price"))


def test_won_is_reached_from_a_quotation_only() -> None:
    assert not may_move(Stage.SOURCING, Stage.WON)
    assert may_move(Stage.NEGOTIATING, Stage.WON)
    with pytest.raises(AppError) as trouble:
        check_move(Stage.NEW, Stage.WON, READY)
    assert trouble.value.message.key == "stages.move_not_allowed"


def test_closed_inquiries_open_again() -> None:
    assert all(may_move(Stage.DORMANT, stage) for stage in Stage if STAGES[stage].is_open)
    assert may_move(Stage.LOST, Stage.NEGOTIATING)
    assert not any(may_move(stage, stage) for stage in Stage)


def test_what_a_stage_asks_is_met_by_the_facts() -> None:
    assert unmet_needs(Stage.QUALIFIED, InquiryFacts()) != ()
    assert unmet_needs(Stage.QUALIFIED, InquiryFacts(has_buyer=True, lines=1)) == ()
    sent = InquiryFacts(has_buyer=True, lines=1, sent_quotations=1)
    assert unmet_needs(Stage.QUOTED, sent) == ()
