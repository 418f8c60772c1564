"""Whose messages are whose is told from what is known, where we began the conversation, too."""

from __future__ import annotations

import mailbox
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError

CHAT = """Fang Lan 2026-03-05 14:02:11
Hello, nice to meet you at the fair

Luis Rojas 2026-03-05 14:05:40
nice to meet you, too
"""


def directions(desk: Desk, file: Path) -> list[str]:
    (thread,) = desk.correspondence.import_file(file).threads
    return [message.direction for message in desk.negotiation_views.thread(thread).messages]


@pytest.mark.parametrize("kind", ["contact", "buyer"])
def test_in_a_chat_that_we_began_a_name_of_the_book_tells_theirs(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "chat.txt"
    file.write_text(CHAT, encoding="utf-8")
    assert directions(desk, file) == ["in", "in"], "nothing tells, and nobody guesses"
    desk.history.undo()
    if kind == "contact":
        company = desk.directory.add("buyer", {"name_en": "Andes Comercial"})
        desk.directory.add("contact", {"name": "Luis Rojas", "company_id": company})
    else:
        desk.directory.add("buyer", {"name_en": "Luis Rojas"})
    assert directions(desk, file) == ["out", "in"]


@pytest.mark.parametrize("name", ["Sent.eml", "Sent Items (2).eml", "已发送.eml"])
def test_what_lay_in_the_folder_of_sent_mails_is_ours(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Fang Lan <fang@gmail.com>", "luis@andes.example"
    mail["Subject"], mail["Message-ID"] = "Our new flask", "<1@gmail.com>"
    mail.set_content("USD 2.10 FOB Ningbo")
    (tmp_path / name).write_bytes(bytes(mail))
    assert directions(desk, tmp_path / name) == ["out"]
    assert directions(desk, tmp_path / name) == ["out"]


def chat(folder: Path, *said: tuple[str, str]) -> Path:
    """A chat in which each of the names ``said`` something, a minute apart."""
    file = folder / "chat.txt"
    lines = (
        f"{name} 2026-03-05 14:{minute:02}:11\n{text}\n" for minute, (name, text) in enumerate(said)
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            (("Fang", "This is our flask, USD 2.10 FOB Ningbo"), ("Luis", "our target is 1.80")),
            ["out", "in"],
        ),
        ((("Fang", "Hello again"), ("Luis", "how much for 5000 pcs?")), ["out", "in"]),
        ((("Fang", "we can offer 2.05, MOQ 1000"), ("Luis", "ok")), ["out", "in"]),
        ((("王厂长", "我们的报价19.8元，起订量500个"), ("小李", "好的")), ["in", "out"]),
        ((("小李", "保温杯多少钱？"), ("王厂长", "给您做19.8")), ["out", "in"]),
        ((("Luis", "Please send your best price"), ("Fang", "will do")), ["in", "out"]),
    ],
)
def test_who_asks_and_who_quotes_tells_the_sides_whoever_wrote_first(
    desk: Desk, tmp_path: Path, said: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert directions(desk, chat(tmp_path, *said)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((("小李", "客户要5000个，多少美金？"), ("王总", "USD 2.1")), ["out", "in"]),
        ((("小李", "FOB宁波多少？"), ("王总", "我们工厂可以做到 $2.1")), ["out", "in"]),
        ((("小李", "你们厂最低多少美元"), ("王总", "2.1美元")), ["out", "in"]),
        (
            (("陈先生", "多少美金？"), ("王总", "我问一下工厂"), ("王总", "$2.1")),
            ["in", "out", "out"],
        ),
        ((("小李", "我客户嫌贵"), ("王总", "我问下工厂，$2.1 可以吗")), ["in", "in"]),
        ((("小李", "多少美金？"), ("王总", "$2.1，老客户都是这个价")), ["in", "in"]),
    ],
)
def test_in_chinese_with_dollars_who_stands_between_customer_and_factory_is_us(
    desk: Desk, tmp_path: Path, said: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert directions(desk, chat(tmp_path, *said)) == expected


@pytest.mark.parametrize(("name", "direction"), [("Lily Chen", "out"), ("Lily", "in")])
def test_who_was_us_in_a_chat_is_us_in_mails_by_the_full_name_alone(
    desk: Desk, tmp_path: Path, name: str, direction: str
) -> None:
    said = (("Anna Berg", "how much for 5000 pcs?"), (name, "our price is USD 2.10"))
    assert directions(desk, chat(tmp_path, *said)) == ["in", "out"]
    mail = (f"{name} <lily@gmail.com>", "Anna Berg <anna@nordic.example>", "hello")
    threads = desk.correspondence.import_file(mails(tmp_path, mail)).threads
    assert sides(desk, threads) == {f"{name} <lily@gmail.com>": direction}


def test_in_a_chat_one_who_is_called_by_a_number_is_not_the_owner_of_the_phone(
    desk: Desk, tmp_path: Path
) -> None:
    said = (("+49 151 2345678", "Hello"), ("Fang", "hello, how are you"))
    assert directions(desk, chat(tmp_path, *said)) == ["in", "out"]


def test_chinese_with_dollars_may_be_either_and_is_left_open_until_somebody_says(
    desk: Desk, tmp_path: Path
) -> None:
    file = chat(tmp_path, ("小李", "保温杯多少钱？"), ("王总", "我们的报价 USD 2.1"))
    taken = desk.correspondence.import_file(file)
    assert taken.undecided == {taken.threads[0]: ["小李", "王总"]}
    with pytest.raises(AppError):
        desk.correspondence.say_who_we_are(taken.threads, "老张")
    desk.correspondence.say_who_we_are(taken.threads, "王总")
    (thread,) = taken.threads
    told = [each.direction for each in desk.negotiation_views.thread(thread).messages]
    assert told == ["in", "out"]
    more = chat(tmp_path, ("陈女士", "下午好"), ("王总", "您好"))
    assert directions(desk, more) == ["in", "out"], "once said, it is known"
    desk.history.undo()
    desk.history.undo()
    assert {e.direction for e in desk.negotiation_views.thread(thread).messages} == {"in"}


Mail = tuple[str, str, str]


def mails(folder: Path, *written: Mail) -> Path:
    """A mailbox of mails, each a sender, its receivers and the text; each opens a thread of its own."""
    file = folder / "box.mbox"
    box = mailbox.mbox(file)
    for number, (sender, to, text) in enumerate(written):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, f"Flask {number}"
        mail["Message-ID"] = f"<{number}@example>"
        mail.set_content(text)
        box.add(mail)
    box.close()
    return file


def sides(desk: Desk, threads: Sequence[int]) -> dict[str, str]:
    """Who wrote in these threads, and whose that is."""
    views = [desk.negotiation_views.thread(thread) for thread in threads]
    return {m.sender: m.direction for view in views for m in view.messages}


ANNA: Mail = ("anna@nordic.example", "fang@gmail.com", "see below")


def test_a_mailbox_is_of_the_one_who_is_in_every_mail(desk: Desk, tmp_path: Path) -> None:
    ours = ("fang@gmail.com", "luis@andes.example", "see below")
    threads = desk.correspondence.import_file(mails(tmp_path, ours, ANNA)).threads
    assert sides(desk, threads) == {"fang@gmail.com": "out", "anna@nordic.example": "in"}


def test_whose_mailbox_it_is_counts_more_than_who_asks_in_one_of_its_threads(
    desk: Desk, tmp_path: Path
) -> None:
    asked = ("fang@gmail.com", "wang@factory.example", "Please quote your best price")
    threads = desk.correspondence.import_file(mails(tmp_path, asked, ANNA)).threads
    assert sides(desk, threads)["fang@gmail.com"] == "out"


def test_one_known_buyer_in_a_mailbox_makes_no_other_of_its_people_ours(
    desk: Desk, tmp_path: Path
) -> None:
    company = desk.directory.add("buyer", {"name_en": "Andes Comercial"})
    point = {"company_id": company, "kind": "email", "value": "luis@andes.example"}
    desk.directory.add("contact_point", point)
    luis = ("luis@andes.example", "fang@gmail.com", "see below")
    fair = ("news@fair.example", "sales@my.example", "see below")
    taken = desk.correspondence.import_file(mails(tmp_path, luis, ANNA, fair))
    assert set(sides(desk, taken.threads).values()) == {"in"}
    assert list(taken.undecided) == taken.threads[2:], "of it alone nothing tells who we are"


def test_who_is_us_is_said_of_colleagues_too_and_of_no_thread_that_we_are_not_in(
    desk: Desk, tmp_path: Path
) -> None:
    theirs = ("bob@third.example", "jo@second.example", "see below")
    colleague = ("li@house.example", "carl@fourth.example", "see below")
    ours = ("fang@house.example", "eva@fifth.example", "see below")
    taken = desk.correspondence.import_file(mails(tmp_path, theirs, colleague, ours))
    assert list(taken.undecided) == taken.threads
    (of_others,) = desk.negotiation_views.thread(taken.threads[0]).messages
    desk.correspondence.set_direction([of_others.id], "out")
    told = desk.correspondence.say_who_we_are(taken.threads, "fang@house.example")
    assert told == tuple(taken.threads[1:])
    assert set(sides(desk, taken.threads).values()) == {"out"}


def test_what_is_said_to_be_ours_is_the_first_answer_to_its_inquiry(
    desk: Desk, tmp_path: Path
) -> None:
    draft = InquiryDraft(buyer="Andes Comercial", lines=[{"wording": "flask"}])
    inquiry = desk.inquiries.add(draft)
    file = chat(tmp_path, ("Fang", "Hello"), ("Luis", "Hello"))
    taken = desk.correspondence.import_file(file, inquiry_id=inquiry)

    def answered_at() -> object:
        return desk.inquiry_views.inquiry(inquiry).values["first_answered_at"]

    (thread,) = taken.threads
    first, _second = desk.negotiation_views.thread(thread).messages
    assert answered_at() is None
    desk.correspondence.say_who_we_are([thread], "Fang")
    assert answered_at() == first.sent_at
    desk.history.undo()
    assert answered_at() is None
    desk.correspondence.set_direction([first.id], "out")
    assert answered_at() == first.sent_at
