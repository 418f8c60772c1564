"""Owns the tests of reading mails: charsets, bodies, attachments, mailboxes and hostile mails.

Must not test how messages are joined or stored.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.kernel.errors import AppError
from app.kernel.file_names import clean_name
from app.negotiation.reading.files import read_file
from app.negotiation.reading.limits import MAX_MULTIPARTS
from app.negotiation.reading.mail import read_mail
from app.negotiation.reading.message import MessageKind, ReadMessage

SAMPLES = Path(__file__).parent / "samples"


def read(content: bytes) -> ReadMessage:
    return read_mail(content, file="mail.eml")


def refusal(content: bytes) -> str:
    with pytest.raises(AppError) as caught:
        read(content)
    return caught.value.message.key


def test_the_four_mails_of_the_sample_are_read_with_their_references() -> None:
    mails = [read_file(SAMPLES / f"{n}.eml", zone=UTC).messages[0] for n in (1, 2, 3, 4)]
    assert [mail.mail_id for mail in mails] == [f"m1.{n}@mail.example.com" for n in range(4)]
    assert mails[3].references == tuple(f"m1.{n}@mail.example.com" for n in range(3))
    assert mails[0].sent_at == datetime(2026, 3, 2, 0, 15, tzinfo=UTC)
    assert str(mails[0].sender) == "Anna Berg <anna@nordlys-trading.example.com>"
    assert "Target: USD 2.10/pc." in mails[0].text


def test_scripts_and_outside_pictures_are_gone_from_the_html() -> None:
    mail = read_file(SAMPLES / "1.eml", zone=UTC).messages[0]
    assert "script" not in mail.html
    assert "file:" not in mail.html
    assert "src" not in mail.html
    assert "Target: USD 2.10/pc." in mail.html


def test_an_attachment_loses_the_path_in_its_name_and_keeps_its_bytes() -> None:
    (attachment,) = read_file(SAMPLES / "2.eml", zone=UTC).messages[0].attachments
    assert (attachment.name, attachment.media_type) == ("产品图.png", "image/png")
    assert attachment.content is not None
    assert attachment.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("gb2312", "保温杯报价：㎡ 镕"),
        ("gbk", "价格：13.5元"),
        ("big5", "不鏽鋼保溫杯"),
        ("windows-1252", "Müller “Angebot” – 1.500 €"),
        ("iso-8859-1", "€ 0,95 pro Stück"),
        ("utf-8", "Предложение по цене"),
        ("koi8-r", "Предложение по цене"),
    ],
)
def test_a_body_is_read_in_its_charset_or_the_wider_one(charset: str, text: str) -> None:
    wider = {"gb2312": "gb18030", "iso-8859-1": "cp1252"}.get(charset, charset)
    head = f"From: a@b.example\nSubject: x\nContent-Type: text/plain; charset={charset}\n\n"
    assert read(head.encode() + text.encode(wider)).text == text


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5", "cp1252"])
def test_raw_bytes_in_headers_and_bodies_without_a_charset_are_guessed(codec: str) -> None:
    text = {
        "big5": "我們想要採購不鏽鋼保溫杯請報價",
        "cp1252": "Anfrage für 5.000 Stück Thermosbecher, größere Menge möglich",
    }.get(codec, "我们想采购五千个不锈钢保温杯，请报价")
    mail = read(b"From: a@b.example\nSubject: " + text.encode(codec) + b"\n\n" + text.encode(codec))
    assert (mail.subject, mail.text) == (text, text)


def test_a_character_split_between_two_encoded_words_is_put_together() -> None:
    import base64

    raw = "询价保温杯".encode("gbk")
    words = [base64.b64encode(part).decode() for part in (raw[:3], raw[3:])]
    subject = "\n ".join(f"=?gb2312?B?{word}?=" for word in words)
    assert read(f"From: a@b.example\nSubject: {subject}\n\nx".encode()).subject == "询价保温杯"


def test_a_mail_with_html_only_gets_its_words_as_text() -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "x"
    mail.set_content(
        "<style>p{}</style><p>Our best:<br>USD&nbsp;1.82</p><blockquote>was 1.95</blockquote>"
        "<table><tr><td>MOQ</td><td>500</td></tr></table>",
        subtype="html",
    )
    assert read(mail.as_bytes()).text == "Our best:\nUSD 1.82\n\n> was 1.95\n\nMOQ\t500"


def test_an_encoded_name_with_a_comma_stays_one_person() -> None:
    mail = read(b"From: =?utf-8?Q?Rojas=2C_Luis?= <Luis@Andes.example>\nSubject: x\n\nhi")
    assert (mail.sender.name, mail.sender.address) == ("Rojas, Luis", "luis@andes.example")


def test_a_forwarded_mail_is_kept_as_an_attachment() -> None:
    inner, outer = EmailMessage(), EmailMessage()
    inner["Subject"], inner["From"] = "Old offer", "c@d.example"
    inner.set_content("2.45")
    outer["Subject"], outer["From"] = "Fwd", "a@b.example"
    outer.set_content("see below")
    outer.add_attachment(inner)
    mail = read(outer.as_bytes())
    assert mail.text == "see below"
    assert [(part.name, part.media_type) for part in mail.attachments] == [
        ("Old offer.eml", "message/rfc822")
    ]


def test_a_mailbox_is_split_into_its_mails(tmp_path: Path) -> None:
    box = tmp_path / "Inbox.mbox"
    mails = [(SAMPLES / f"{n}.eml").read_bytes() for n in (1, 2, 3, 4)]
    box.write_bytes(
        b"".join(
            b"From anna Mon Mar  2 08:15:00 2026\n" + mail.rstrip() + b"\n>From here on\n\n"
            for mail in mails
        )
    )
    found = read_file(box, zone=UTC).messages
    assert [mail.mail_id for mail in found] == [f"m1.{n}@mail.example.com" for n in range(4)]
    assert found[3].text.endswith("From here on")


def test_the_same_mail_has_the_same_key_with_other_line_ends() -> None:
    content = (SAMPLES / "3.eml").read_bytes()
    assert read(content).content_key == read(content.replace(b"\n", b"\r\n")).content_key
    bare = content.replace(b"Message-ID: <m1.2@mail.example.com>\n", b"")
    assert read(bare).content_key == read(bare.replace(b"\n", b"\r\n")).content_key
    assert read(bare).content_key != read(content).content_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\offer.xlsx", "offer.xlsx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("CON.txt", "_CON.txt"),
        ("aux", "_aux"),
        ("a\x00b\n.pdf", "ab_.pdf"),
        ("  . . ", "attachment"),
        ("", "attachment"),
        ("x" * 500 + ".xlsx", "x" * 115 + ".xlsx"),
        ("报价单?.xlsx", "报价单_.xlsx"),
    ],
)
def test_names_of_attachments_are_cleaned(name: str, expected: str) -> None:
    assert clean_name(name) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"From: a@b.example\nSubject: " + b"=?utf-8?q?=41?= " * 26_000 + b"\n\nx",
        b"From: a@b.example\n" + b"".join(b"X-%d: y\n" % n for n in range(3_000)) + b"\nx",
        b"From: a@b.example\nSubject: x\nContent-Type: text/plain;" + b'"; a=' * 5_000 + b"\n\nx",
        b"From: a@b.example\nSubject: x\n\n\nContent-Type: text/plain;" + b' ";' * 5_000 + b"\n\nx",
    ],
    ids=["subject of 420 KB", "3,000 headers", "endless parameters", "the same in a part"],
)
def test_giant_headers_are_refused_at_once(content: bytes) -> None:
    started = time.monotonic()
    assert refusal(content) == "negotiation.mail_headers_too_large"
    assert time.monotonic() - started < 1


def test_deep_nesting_is_refused() -> None:
    bomb = b"From: a@b.example\nSubject: x\n"
    for depth in range(MAX_MULTIPARTS + 5):
        bomb += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    assert refusal(bomb) == "negotiation.mail_too_nested"


def test_a_mail_at_the_limit_of_nesting_is_still_read() -> None:
    deep = b"From: a@b.example\nSubject: x\n"
    for depth in range(MAX_MULTIPARTS - 1):
        deep += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    assert read(deep + b"Content-Type: text/plain\n\ndeep").text == "deep"


def test_a_page_of_html_that_is_all_tags_does_not_hold_us_up() -> None:
    started = time.monotonic()
    markup = b"<div>" * 150_000 + b"price"
    mail = read(b"From: a@b.example\nSubject: x\nContent-Type: text/html\n\n" + markup)
    assert (mail.kind, mail.html, mail.text) == (MessageKind.MAIL, "", "price")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "negotiation.file_empty"),
        (b"just some words\nwithout any stamp", "negotiation.not_a_message_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "negotiation.message_damaged"),
        (b"PK\x03\x04 not a mail", "negotiation.not_a_message_file"),
    ],
)
def test_what_is_no_message_file_is_refused_clearly(
    tmp_path: Path, content: bytes, key: str
) -> None:
    file = tmp_path / "some.txt"
    file.write_bytes(content)
    with pytest.raises(AppError) as caught:
        read_file(file, zone=UTC)
    assert caught.value.message.key == key


def test_one_bad_mail_does_not_cost_the_whole_mailbox(tmp_path: Path) -> None:
    box = tmp_path / "Inbox.mbox"
    good = (SAMPLES / "1.eml").read_bytes()
    bomb = b"From: a@b.example\n" + b"".join(b"X-%d: y\n" % n for n in range(3_000)) + b"\nx\n"
    start = b"From anna Mon Mar  2 08:15:00 2026\n"
    box.write_bytes(start + good + b"\n" + start + bomb + b"\n")
    found = read_file(box, zone=UTC)
    assert ([mail.mail_id for mail in found.messages], found.skipped) == (
        ["m1.0@mail.example.com"],
        1,
    )
    box.write_bytes(start + bomb)
    with pytest.raises(AppError):
        read_file(box, zone=UTC)
