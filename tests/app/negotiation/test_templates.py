"""Owns the tests of standard messages: what they are filled with, and the mail file made of one.

Must not test threads.
"""

from __future__ import annotations

import email
import email.policy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.desk import Desk
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.service import MessageDraft
from app.negotiation.standard_messages import (
    FIELDS,
    STANDARD_NAMES,
    MessageTemplate,
    filled,
    standard_messages,
    unknown_fields,
)
from app.negotiation.templates_service import About
from app.quotations.service import QuotationDraft

MAIL = """From: Anna Svensson <anna@nordlys.example>
To: lana@haiyu.example
Subject: flasks
Message-ID: <one@nordlys.example>
Date: Mon, 2 Mar 2026 09:00:00 +0100
Content-Type: text/plain; charset=utf-8

We can pay USD 1.60.
"""


@pytest.fixture
def inquiry(desk: Desk) -> int:
    buyer = desk.directory.add("buyer", {"name_en": "Nordlys GmbH"})
    contact = desk.directory.add("contact", {"company_id": buyer, "name": "Anna Svensson"})
    desk.directory.add(
        "contact_point", {"contact_id": contact, "kind": "email", "value": "anna@nordlys.example"}
    )
    profile = {"name_en": "Haiyu Ltd.", "name_zh": "海屿贸易", "contact_name": "Lana Fang"}
    desk.rates.add("seller_profile", {**profile, "email": "lana@haiyu.example"})
    line = {"wording": "vacuum flask", "quantity": "5000", "unit": "pcs"}
    return desk.inquiries.add(
        InquiryDraft(buyer_id=buyer, values={"subject": "flasks"}, lines=[line])
    )


def template(desk: Desk, name: str, language: str = "en") -> MessageTemplate:
    return next(one for one in desk.templates.all(language) if one.name == name)


def test_each_standard_message_is_there_in_both_languages_with_known_fields() -> None:
    names = {(one.name, one.language) for one in standard_messages()}
    assert names == {(name, lang) for name in STANDARD_NAMES for lang in ("en", "zh_CN")}
    assert not [one for one in standard_messages() if unknown_fields(one.subject + one.text)]


def test_every_field_is_used_by_a_standard_message_or_is_ours() -> None:
    used = {
        name
        for one in standard_messages()
        for name in FIELDS
        if f"{{{name}}}" in one.text + one.subject
    }
    assert set(FIELDS) - used == {"buyer", "today", "our_email"}


def test_a_first_reply_says_what_was_asked(desk: Desk, inquiry: int) -> None:
    message = desk.templates.filled(template(desk, "first_reply"), About(inquiry_id=inquiry))
    assert message.lacking == ("our_phone",)
    assert message.subject == "Your inquiry I-2026-0001: flasks"
    assert message.text.startswith("Dear Anna Svensson,")
    assert "- vacuum flask, 5000 pcs" in message.text
    assert "by 4 March" in message.text
    assert "Lana Fang\nHaiyu Ltd." in message.text
    chinese = desk.templates.filled(
        template(desk, "first_reply", "zh_CN"), About(inquiry_id=inquiry)
    )
    assert "3月4日前给您报价" in chinese.text
    assert "海屿贸易" in chinese.text


def test_a_field_without_a_value_stays_visible() -> None:
    raw = MessageTemplate(name="x", language="en", subject="", text="{contact}: {total} {word}")
    found = filled(raw, {"contact": "Anna"})
    assert found.text == "Anna: [total] [word]"
    assert found.lacking == ("total", "word")


def test_a_cover_letter_knows_the_quotation(desk: Desk, inquiry: int) -> None:
    line = {"name_en": "vacuum flask", "quantity": Decimal(5000), "price": Decimal("1.86")}
    values = {
        "incoterm": "FOB",
        "place": "Ningbo",
        "currency": "USD",
        "valid_until": date(2026, 4, 1),
        "lead_time": "30 days",
        "payment_terms": "T/T 30/70 before shipment",
    }
    desk.quotations.draft(QuotationDraft(inquiry_id=inquiry, values=values, lines=[line]))
    message = desk.templates.filled(template(desk, "quotation_cover"), About(inquiry_id=inquiry))
    assert "Q-2026-0001" in message.text
    assert "USD 9,300.00, FOB Ningbo, valid until 1 April" in message.text
    assert "Lead time: 30 days." in message.text


def test_a_refusal_names_both_prices_and_answers_their_mail(
    desk: Desk, inquiry: int, tmp_path: Path
) -> None:
    file = tmp_path / "one.eml"
    file.write_text(MAIL)
    (thread,) = desk.correspondence.import_file(file, inquiry_id=inquiry).threads
    for side, amount in ((Side.THEIRS, "1.60"), (Side.OURS, "1.82")):
        price = OfferedPrice(Decimal(amount), None)
        desk.rounds.confirm(thread, Offered(side=side, prices=(price,), currency="USD"))
    desk.negotiation.add_message(
        thread, MessageDraft(kind="mail", direction="out", text="We will see.")
    )
    about = About(thread_id=thread)
    message = desk.templates.filled(template(desk, "price_refusal"), about)
    assert "counter-offer of USD 1.6." in message.text
    assert "best price is USD 1.82" in message.text
    assert desk.templates.values(about, "en")["last_out"] == "2 March"
    desk.templates.write_mail("Re: flasks", message.text, tmp_path / "out.eml", about)
    mail = email.message_from_bytes(
        (tmp_path / "out.eml").read_bytes(), policy=email.policy.default
    )
    assert mail["To"] == "Anna Svensson <anna@nordlys.example>"
    assert mail["From"] == "Lana Fang <lana@haiyu.example>"
    assert mail["In-Reply-To"] == "<one@nordlys.example>"
    assert mail["X-Unsent"] == "1"
    assert "USD 1.82" in mail.get_content()


def test_a_header_cannot_be_smuggled_in(desk: Desk, inquiry: int, tmp_path: Path) -> None:
    path = tmp_path / "out.eml"
    desk.templates.write_mail("a\r\nBcc: x@y.example", "text", path, About(inquiry_id=inquiry))
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert mail["Bcc"] is None
    assert mail["Subject"] == "a Bcc: x@y.example"


def test_a_user_s_own_version_takes_its_place_and_goes_again(desk: Desk) -> None:
    own = MessageTemplate(name="first_reply", language="en", subject="Hi", text="Hi {contact}")
    desk.templates.save(own)
    kept = template(desk, "first_reply")
    assert (kept.text, kept.id is not None) == ("Hi {contact}", True)
    desk.templates.save(MessageTemplate(name="催报价", language="en", subject="", text="快点"))
    again = MessageTemplate(name="First Reply", language="en", subject="Hi", text="Hi {contact}")
    desk.templates.save(again)
    assert [one.name for one in desk.templates.all("en")] == [*STANDARD_NAMES, "催报价"]
    with pytest.raises(AppError) as unknown:
        desk.templates.save(MessageTemplate(name="x", language="en", subject="", text="{name}"))
    assert unknown.value.message.key == "templates.unknown_field"
    assert kept.id is not None
    desk.templates.delete(kept.id)
    assert template(desk, "first_reply").text.startswith("Dear {contact}")
    desk.history.undo()
    assert template(desk, "first_reply").text == "Hi {contact}"
