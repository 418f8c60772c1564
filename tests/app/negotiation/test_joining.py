"""Owns the tests of folded subjects and of the rule which thread a message belongs to.

Must not test storage.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.negotiation.joining import KnownThread, thread_for
from app.negotiation.reading.message import MessageKind, Person, ReadMessage
from app.negotiation.subjects import bare_subject, folded_subject

OWN = frozenset({"sales@entrepot.example"})
DAY = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Inquiry: vacuum flask",
        "RE: FW: Inquiry: vacuum flask",
        "AW: WG: Inquiry: vacuum flask",
        "SV: VS: Inquiry: vacuum flask",
        "回复：转发：Inquiry: vacuum flask",
        "答复: Inquiry: vacuum flask",
        "Re[2]: Re(3): Fwd: INQUIRY:  Vacuum Flask ",
        "[EXTERNAL] Re: Inquiry: vacuum flask",
        "ｉｎｑｕｉｒｙ： vacuum flask",
    ],
)
def test_marks_of_replies_and_forwards_fold_away(subject: str) -> None:
    assert folded_subject(subject) == "inquiry: vacuum flask"


@pytest.mark.parametrize("subject", ["Reusable bags", "AWG cables", "Red: 5 pcs", "R&D", "Fw 26"])
def test_words_that_only_start_like_a_mark_stay(subject: str) -> None:
    assert bare_subject(subject) == subject


def test_a_subject_of_endless_marks_ends() -> None:
    assert bare_subject("Re: " * 1000 + "x").endswith("x")


def mail(
    *, subject: str, sender: str, mail_id: str = "", references: tuple[str, ...] = ()
) -> ReadMessage:
    return ReadMessage(
        kind=MessageKind.MAIL,
        sent_at=DAY,
        sender=Person("", sender),
        recipients=(Person("", "sales@entrepot.example"),),
        subject=subject,
        text="",
        html="",
        mail_id=mail_id,
        in_reply_to="",
        references=references,
        attachments=(),
        content_key=mail_id or sender + subject,
    )


def thread(**changes: object) -> KnownThread:
    values: dict[str, object] = {
        "thread_id": 7,
        "kinds": frozenset({"mail"}),
        "mail_ids": frozenset({"m1"}),
        "content_keys": frozenset(),
        "people": frozenset({"anna@nordlys.example", "sales@entrepot.example"}),
        "subjects": frozenset({"inquiry"}),
        "last_at": DAY,
    }
    return KnownThread(**{**values, **changes})  # type: ignore[arg-type]


def test_a_reference_joins_whatever_the_subject_and_the_people_are() -> None:
    reply = mail(subject="Other", sender="boss@nordlys.example", references=("m0", "m1"))
    assert thread_for(reply, [thread()], own=OWN) == 7


def test_the_same_person_and_subject_join_without_references() -> None:
    assert (
        thread_for(mail(subject="RE: Inquiry", sender="anna@nordlys.example"), [thread()], own=OWN)
        == 7
    )


def test_a_subject_alone_never_joins() -> None:
    other = mail(subject="Inquiry", sender="luis@andes.example")
    assert thread_for(other, [thread()], own=OWN) is None
    assert thread_for(other, [thread()], own=frozenset()) is None


def test_a_person_alone_never_joins() -> None:
    assert (
        thread_for(mail(subject="Silicone", sender="anna@nordlys.example"), [thread()], own=OWN)
        is None
    )


def test_a_subject_of_last_year_starts_anew() -> None:
    old = thread(last_at=DAY - timedelta(days=500))
    assert (
        thread_for(mail(subject="Inquiry", sender="anna@nordlys.example"), [old], own=OWN) is None
    )


def test_a_chat_belongs_to_the_chat_with_the_same_person() -> None:
    chat = ReadMessage(
        kind=MessageKind.WECHAT,
        sent_at=DAY,
        sender=Person("李明朗"),
        recipients=(Person("我"),),
        subject="",
        text="13元",
        html="",
        mail_id="",
        in_reply_to="",
        references=(),
        attachments=(),
        content_key="k",
    )
    same = thread(kinds=frozenset({"wechat"}), people=frozenset({"李明朗", "我"}))
    other = thread(thread_id=8, kinds=frozenset({"wechat"}), people=frozenset({"王芳", "我"}))
    own = frozenset({"我"})
    assert thread_for(chat, [other, same], own=own) == 7
    assert thread_for(chat, [other], own=own) is None
