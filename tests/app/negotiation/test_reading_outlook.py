"""Owns the tests of reading Outlook's .msg files.

Must not test what all mails have in common.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ole_writer import ole_file

from app.kernel.errors import AppError
from app.negotiation.reading.files import read_file
from app.negotiation.reading.outlook import read_outlook

SUBMITTED = (
    datetime(2026, 3, 5, 0, 15, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
).total_seconds()


def wide(number: int, text: str) -> dict[str, bytes]:
    return {f"__substg1.0_{number:04X}001F": text.encode("utf-16-le")}


def narrow(number: int, text: bytes) -> dict[str, bytes]:
    return {f"__substg1.0_{number:04X}001E": text}


def properties(code_page: int = 0) -> dict[str, bytes]:
    table = b"\0" * 32
    table += struct.pack("<HHIQ", 0x0040, 0x0039, 6, int(SUBMITTED) * 10_000_000)
    if code_page:
        table += struct.pack("<HHIQ", 0x0003, 0x3FFD, 6, code_page)
    return {"__properties_version1.0": table}


def test_a_message_is_read_with_people_time_ids_and_attachment(tmp_path: Path) -> None:
    attachment = {
        **wide(0x3707, "..\\报价单.xlsx"),
        "__substg1.0_37010102": b"PK-sheet",
        "__properties_version1.0": b"\0" * 8,
    }
    recipient = {**wide(0x3001, "Sales"), **wide(0x39FE, "sales@entrepot.example.com")}
    file = tmp_path / "offer.msg"
    file.write_bytes(
        ole_file(
            {
                **properties(),
                **wide(0x0037, "Re: Inquiry: vacuum flask"),
                **wide(0x1000, "Too high. USD 2.25\r\n"),
                **wide(0x0C1A, "Anna Berg"),
                **wide(0x5D01, "Anna@Nordlys.example"),
                **wide(0x1035, "<m1.2@mail.example.com>"),
                **wide(0x1039, "<m1.0@mail.example.com> <m1.1@mail.example.com>"),
                "__recip_version1.0_#00000000": recipient,
                "__attach_version1.0_#00000000": attachment,
            }
        )
    )
    (message,) = read_file(file, zone=UTC).messages
    assert str(message.sender) == "Anna Berg <anna@nordlys.example>"
    assert [str(person) for person in message.recipients] == ["Sales <sales@entrepot.example.com>"]
    assert message.sent_at == datetime(2026, 3, 5, 0, 15, tzinfo=UTC)
    assert (message.subject, message.text) == ("Re: Inquiry: vacuum flask", "Too high. USD 2.25")
    assert message.mail_id == "m1.2@mail.example.com"
    assert message.references == ("m1.0@mail.example.com", "m1.1@mail.example.com")
    assert [(part.name, part.content) for part in message.attachments] == [
        ("报价单.xlsx", b"PK-sheet")
    ]


def test_old_messages_are_read_in_their_code_page() -> None:
    content = ole_file(
        {
            **properties(code_page=936),
            **narrow(0x0037, "保温杯报价".encode("gbk")),
            **narrow(0x1000, "最低13元".encode("gbk")),
        }
    )
    message = read_outlook(content, file="old.msg")
    assert (message.subject, message.text) == ("保温杯报价", "最低13元")


def test_transport_headers_fill_what_outlook_did_not_store() -> None:
    headers = "From: =?utf-8?B?5p2O5piO5pyX?= <li@factory.example>\r\nMessage-ID: <x@y>\r\n\r\n"
    content = ole_file(
        {**properties(), **wide(0x007D, headers), "__substg1.0_10130102": b"<p>13 &euro;</p>"}
    )
    message = read_outlook(content, file="x.msg")
    assert str(message.sender) == "李明朗 <li@factory.example>"
    assert (message.mail_id, message.text) == ("x@y", "13 €")


@pytest.mark.parametrize("cut", [600, 1100, 1536])
def test_a_truncated_message_is_refused_as_damaged(cut: int) -> None:
    content = ole_file({**properties(), **wide(0x1000, "x" * 4000)})
    with pytest.raises(AppError) as caught:
        read_outlook(content[:cut], file="cut.msg")
    assert caught.value.message.key in (
        "negotiation.message_damaged",
        "negotiation.not_a_message_file",
    )


def test_another_ole_file_is_not_taken_for_a_message() -> None:
    with pytest.raises(AppError) as caught:
        read_outlook(ole_file({"Workbook": b"x" * 600}), file="book.xls")
    assert caught.value.message.key == "negotiation.not_a_message_file"
