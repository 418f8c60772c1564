"""Owns the tests of threads as they are kept: import, joining, moving, rounds, follow-ups.

Must not test the reading of files; that is tested beside it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.negotiation.ladder import Term
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.reading.files import read_file
from app.negotiation.service import MessageDraft

SAMPLES = Path(__file__).parent / "samples"
MAILS = ("1.eml", "2.eml", "3.eml", "4.eml")


def take(desk: Desk, *names: str, inquiry_id: int | None = None) -> int:
    taken = [
        desk.correspondence.take_messages(
            read_file(SAMPLES / name, zone=UTC).messages, file=name, inquiry_id=inquiry_id
        )
        for name in names
    ]
    assert len({id_ for one in taken for id_ in one.threads}) == 1
    return taken[0].threads[0]


def test_the_sample_mails_make_one_thread_of_four_messages_two_offers_each_way(desk: Desk) -> None:
    detail = desk.negotiation_views.thread(take(desk, *MAILS))
    assert [message.direction for message in detail.messages] == ["in", "out", "in", "out"]
    assert [view.offered.side for view in detail.rounds] == [
        Side.THEIRS,
        Side.OURS,
        Side.THEIRS,
        Side.OURS,
    ]
    assert [str(step.price) for step in detail.ladder.steps] == ["2.10", "2.45", "2.25", "2.32"]
    assert detail.ladder.gap == Decimal("0.07")
    assert detail.messages[1].attachments[0].name == "产品图.png"


def test_importing_again_adds_nothing(desk: Desk) -> None:
    take(
        desk,
        *MAILS,
    )
    before = desk.history.operations(limit=50)
    for name in MAILS:
        again = desk.correspondence.take_messages(
            read_file(SAMPLES / name, zone=UTC).messages, file=name
        )
        assert (again.added, again.already_there) == (0, 1)
    assert desk.history.operations(limit=50) == before
    assert desk.lists.count("thread") == 1


@pytest.mark.parametrize(
    "order", [("4.eml", "2.eml", "1.eml", "3.eml"), ("2.eml", "1.eml", "3.eml", "4.eml")]
)
def test_the_order_of_importing_does_not_matter(desk: Desk, order: tuple[str, ...]) -> None:
    detail = desk.negotiation_views.thread(take(desk, *order))
    assert [message.direction for message in detail.messages] == ["in", "out", "in", "out"]


def test_chats_are_threads_of_their_own_and_grow(desk: Desk, tmp_path: Path) -> None:
    whatsapp, wechat = take(desk, "whatsapp.txt"), take(desk, "wechat.txt")
    assert whatsapp != wechat
    later = tmp_path / "later.txt"
    text = (SAMPLES / "whatsapp.txt").read_text(encoding="utf-8")
    later.write_text(text + "[07/03/2026, 08:00:00] Luis Rojas: ok, 0.39\n", encoding="utf-8")
    grown = desk.correspondence.import_file(later, zone=UTC)
    assert (grown.threads, grown.added, grown.already_there) == ([whatsapp], 1, 5)
    steps = desk.negotiation_views.thread(whatsapp).ladder.steps
    assert [str(step.price) for step in steps] == ["0.42", "0.38", "0.395", "0.39"]
    assert [step.offered.side for step in steps] == [
        Side.OURS,
        Side.THEIRS,
        Side.OURS,
        Side.THEIRS,
    ]


def test_an_import_hangs_on_its_inquiry_and_dates_the_first_answer(desk: Desk) -> None:
    inquiry = desk.inquiries.add(
        InquiryDraft(buyer="Nordlys Trading", lines=[{"wording": "vacuum flask"}])
    )
    thread = take(desk, *MAILS, inquiry_id=inquiry)
    detail = desk.negotiation_views.thread(thread)
    assert (detail.inquiry_id, detail.company) == (inquiry, "Nordlys Trading")
    answered = desk.inquiry_views.inquiry(inquiry).values["first_answered_at"]
    assert answered == datetime(2026, 3, 3, 1, 15, tzinfo=UTC)


def test_a_chat_with_a_factory_is_not_taken_for_the_buyers(desk: Desk) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys Trading", lines=[{"wording": "cup"}]))
    detail = desk.negotiation_views.thread(take(desk, "wechat.txt", inquiry_id=inquiry))
    assert (detail.inquiry_id, detail.company_id) == (inquiry, None)
    assert desk.inquiry_views.inquiry(inquiry).values["first_answered_at"] is None


def test_a_sender_the_book_knows_names_the_company(desk: Desk) -> None:
    buyer = desk.directory.add("buyer", {"name_en": "Nordlys Trading"})
    contact = desk.directory.add("contact", {"name": "Anna Berg", "company_id": buyer})
    desk.directory.add(
        "contact_point",
        {"contact_id": contact, "kind": "email", "value": "Anna@Nordlys-Trading.example.com"},
    )
    assert desk.negotiation_views.thread(take(desk, "1.eml")).company_id == buyer


def test_an_import_for_a_missing_inquiry_changes_nothing(desk: Desk) -> None:
    with pytest.raises(AppError):
        desk.correspondence.import_file(SAMPLES / "1.eml", inquiry_id=99)
    assert desk.lists.count("thread") == 0


def test_undo_takes_an_import_back_and_redo_brings_it_again(desk: Desk) -> None:
    thread = take(desk, "2.eml")
    desk.history.undo()
    assert desk.lists.count("thread") == 0
    desk.history.redo()
    assert len(desk.negotiation_views.thread(thread).messages[0].attachments) == 1


def test_the_html_of_a_kept_mail_names_nothing_outside(desk: Desk) -> None:
    html = desk.negotiation_views.thread(take(desk, "1.eml")).messages[0].html
    assert "src=" not in html
    assert "script" not in html


def test_messages_are_written_by_hand_moved_and_split(desk: Desk) -> None:
    thread = take(desk, "1.eml", "2.eml")
    call = desk.negotiation.add_message(
        thread,
        MessageDraft(
            kind="call",
            direction="out",
            text="Called Anna: 2.35 USD is the limit",
            sent_at=datetime(2026, 3, 7, tzinfo=UTC),
        ),
    )
    other = desk.negotiation.split([call], subject="Calls")
    assert [m.kind for m in desk.negotiation_views.thread(other).messages] == ["call"]
    desk.negotiation.move_messages([call], thread)
    assert desk.negotiation_views.thread(thread).messages[-1].id == call
    assert desk.negotiation_views.thread(other).messages == ()
    with pytest.raises(AppError):
        desk.negotiation.add_message(
            thread, MessageDraft(kind="note", direction="internal", text=" ")
        )


def test_a_confirmed_round_takes_the_place_of_the_suggestion(desk: Desk) -> None:
    thread = take(desk, *MAILS)
    view = desk.negotiation_views.thread(thread)
    suggested = view.rounds[2].offered
    corrected = Offered(
        side=suggested.side,
        prices=(OfferedPrice(Decimal("2.26"), Decimal(8000)),),
        currency="USD",
        unit="pcs",
        payment_terms=suggested.payment_terms,
        extras=("CE",),
        made_at=suggested.made_at,
    )
    for _ in range(2):
        desk.rounds.confirm(thread, corrected, message_id=view.rounds[2].message_id)
    after = desk.negotiation_views.thread(thread)
    assert [view.is_confirmed for view in after.rounds] == [False, False, True, False]
    assert after.rounds[2].offered == corrected
    assert after.ladder.gap == Decimal("0.06")
    assert after.rounds[2].id is not None
    desk.rounds.delete(after.rounds[2].id)
    assert desk.negotiation_views.thread(thread).ladder.gap == Decimal("0.07")


def test_payment_terms_said_in_two_ways_are_no_move(desk: Desk) -> None:
    steps = desk.negotiation_views.thread(take(desk, *MAILS)).ladder.steps
    assert Term.PAYMENT in {move.term for move in steps[2].moves}
    assert Term.PAYMENT not in {move.term for move in steps[3].moves}


def test_what_is_due_is_listed_put_off_and_ticked_off(desk: Desk) -> None:
    today = desk.clock.today()
    thread = take(desk, *MAILS)
    follow_up = desk.follow_ups.add("Ask for the deposit", today, thread_id=thread)
    desk.negotiation.set_next_step(thread, "Send the sample", today - timedelta(days=1))
    due = {(row.kind, row.text) for row in desk.due_views.due()}
    assert ("follow_up", "Ask for the deposit") in due
    assert ("next_step", "Send the sample") in due
    desk.follow_ups.snooze(follow_up, today + timedelta(days=3))
    assert "follow_up" not in {row.kind for row in desk.due_views.due()}
    desk.follow_ups.snooze(follow_up, today)
    desk.follow_ups.done(follow_up)
    assert "follow_up" not in {row.kind for row in desk.due_views.due()}


def test_a_thread_where_we_spoke_last_waits_for_an_answer(desk: Desk) -> None:
    thread = take(desk, *MAILS)
    day = date(2026, 3, 13)
    silent = desk.due_views.due(until=day, silent_days=7)
    assert [(row.kind, row.id, row.due_on) for row in silent] == [("no_answer", thread, day)]
    assert desk.due_views.due(until=day - timedelta(days=1), silent_days=7) == ()
