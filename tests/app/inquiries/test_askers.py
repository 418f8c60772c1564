"""Owns the tests of who asks: read from headers and signatures, found in the book or added with the inquiry.

Must not test what is asked for.
"""

from __future__ import annotations

from datetime import date

import pytest

from app.desk import Desk
from app.inquiries.askers_service import completed, with_houses
from app.inquiries.pasted import recognise
from app.inquiries.service import InquiryDraft
from app.inquiries.signatures import Asker

DAY = date(2026, 3, 5)
ASKED = "We need 5000 pcs vacuum flask 500ml, CIF Hamburg.\n"
SIGNED = f"""Dear Ningbo Sunrise Co., Ltd,
{ASKED}
Best regards,
Anna Berg
Purchasing Manager
Nordlys Trading AS
Tel: +47 22 33 44 55
Fax: +47 22 33 44 56
WhatsApp: +47 912 34 567
anna@nordlys.no
www.nordlys.no"""
FORWARDED = f"""FYI 请跟进
---------- Forwarded message ---------
From: John Miller <john.miller@abcimport.com>
Date: Mon, 2 Mar 2026
Subject: Inquiry
To: <sales@sunrise.cn>

{ASKED}
Kind regards,
John Miller | Senior Buyer
ABC Import LLC
123 Main St, Dallas, TX | USA
T: +1 214 555 0199 | john.miller@abcimport.com"""
PLATFORM = f"""From: Alibaba.com <feedback@service.alibaba.com>
Subject: Maria Lopez sent you an inquiry

{ASKED}
Name: Maria Lopez
Company: Lopez Hogar S.A. de C.V.
Country/Region: Mexico
Email: maria@lopezhogar.mx
Tel: +52 55 1234 5678"""
CHINESE = """发件人: 李明 <liming@hkrise.com.hk>
发送时间: 2026年3月2日
收件人: 销售
主题: 询价

需要5000个保温杯

谢谢
李明
采购经理
香港瑞升贸易有限公司
电话：+852 2345 6789
微信：liming_hk88"""
GERMAN = f"""{ASKED}
Mit freundlichen Grüßen / Best regards

Thomas Krüger
Head of Purchasing

Krüger Haushaltswaren GmbH
20095 Hamburg, Germany
Tel.: +49 40 123456-0
t.krueger@krueger-haus.de"""


def read(text: str, *ours: str) -> Asker:
    return completed(recognise(text, written_on=DAY, ours=with_houses(ours)).asker)


def take(desk: Desk, text: str) -> int:
    """As the command line and the window take a pasted text."""
    found, known = desk.inquiry_views.read_pasted(text, written_on=DAY)
    asker = found.asker
    return desk.inquiries.add(
        InquiryDraft(
            buyer=asker.company or asker.name or asker.email,
            buyer_id=known.company_id if known else None,
            asker=asker,
            lines=[{"wording": "vacuum flask"}],
        )
    )


@pytest.mark.parametrize(
    ("text", "name", "title", "company", "mail", "country"),
    [
        (SIGNED, "Anna Berg", "Purchasing Manager", "Nordlys Trading AS", "anna@nordlys.no", "NO"),
        (
            FORWARDED,
            "John Miller",
            "Senior Buyer",
            "ABC Import LLC",
            "john.miller@abcimport.com",
            "US",
        ),
        (PLATFORM, "Maria Lopez", None, "Lopez Hogar S.A. de C.V.", "maria@lopezhogar.mx", "MX"),
        (CHINESE, "李明", "采购经理", "香港瑞升贸易有限公司", "liming@hkrise.com.hk", "HK"),
        (
            GERMAN,
            "Thomas Krüger",
            "Head of Purchasing",
            "Krüger Haushaltswaren GmbH",
            "t.krueger@krueger-haus.de",
            "DE",
        ),
        (f"{ASKED}Thanks\n\nAhmed Al-Farsi\nOwner - Gulf Star FZE\nDubai, UAE\nahmed@gulfstar.ae",
         "Ahmed Al-Farsi", "Owner", "Gulf Star FZE", "ahmed@gulfstar.ae", "AE"),
        (f"{ASKED}Regards\nPriya\nSunline Exports Pvt Ltd\n+91 98200 12345", "Priya", None, "Sunline Exports Pvt Ltd", None, "IN"),
        ("要5000个保温杯\n王芳 13812345678", "王芳", None, None, None, None),
        (f"{ASKED}Sent from my iPhone", None, None, None, None, None),
    ],
)  # fmt: skip
def test_who_asks_is_read_from_headers_and_signatures(
    text: str,
    name: str | None,
    title: str | None,
    company: str | None,
    mail: str | None,
    country: str | None,
) -> None:
    found = read(text)
    assert (found.name, found.job_title, found.company) == (name, title, company)
    assert (found.email, found.country) == (mail, country)


def test_the_ways_to_reach_who_asks_are_told_apart() -> None:
    assert read(SIGNED).points == (
        ("phone", "+47 22 33 44 55"),
        ("whatsapp", "+47 912 34 567"),
        ("email", "anna@nordlys.no"),
    )
    assert dict(read(CHINESE).points)["wechat"] == "liming_hk88"


def test_a_colleague_who_forwards_does_not_ask() -> None:
    text = f"From: Me <sales@sunrise.cn>\nSubject: Fwd\n\n{FORWARDED}"
    assert read(text, "boss@sunrise.cn").email == "john.miller@abcimport.com"


def test_the_person_is_added_with_the_inquiry_and_undone_with_it(desk: Desk) -> None:
    detail = desk.inquiry_views.inquiry(take(desk, SIGNED))
    assert (detail.buyer, detail.contact) == ("Nordlys Trading AS", "Anna Berg")
    assert detail.buyer_id is not None
    (person,) = desk.lists.ids("contact")
    assert person == detail.contact_id
    desk.history.undo()
    assert not [*desk.lists.ids("inquiry"), *desk.lists.ids("buyer"), *desk.lists.ids("contact")]


@pytest.mark.parametrize(
    "text",
    [
        f"{ASKED}Regards\nAnna Berg\nNORDLYS TRADING A/S",
        f"From: Anna <anna@nordlys.no>\n\n{ASKED}",
        f"From: Anna Berg <a.berg@nordlys.no>\n\n{ASKED}",
        f"{ASKED}Regards\nAnna Berg\n+47 912 34 567",
    ],
)
def test_the_buyer_and_the_person_are_found_again(desk: Desk, text: str) -> None:
    first = desk.inquiry_views.inquiry(take(desk, SIGNED))
    again = desk.inquiry_views.inquiry(take(desk, text))
    assert (again.buyer_id, again.contact_id) == (first.buyer_id, first.contact_id)
    assert desk.lists.count("contact") == desk.lists.count("buyer") == 1


def test_another_person_of_the_house_is_added_to_it(desk: Desk) -> None:
    first = desk.inquiry_views.inquiry(take(desk, SIGNED))
    other = desk.inquiry_views.inquiry(take(desk, f"From: Ola Dahl <ola@nordlys.no>\n\n{ASKED}"))
    assert other.buyer_id == first.buyer_id
    assert (other.contact, desk.lists.count("contact")) == ("Ola Dahl", 2)


def test_a_free_mail_address_tells_no_company(desk: Desk) -> None:
    take(desk, f"From: Ola Dahl <ola@gmail.com>\n\n{ASKED}")
    take(desk, f"From: Per Lund <per@gmail.com>\n\n{ASKED}")
    assert desk.lists.count("buyer") == 2


def test_a_house_with_another_name_at_the_domain_is_another(desk: Desk) -> None:
    take(desk, SIGNED)
    take(desk, f"{ASKED}Regards\nPer Lund\nFjord Retail AS\nper@nordlys.no")
    assert desk.lists.count("buyer") == 2


def test_a_domain_of_many_houses_hides_nobody_who_is_known_by_the_address(desk: Desk) -> None:
    houses = [
        "Alder",
        "Birch",
        "Cedar",
        "Dogwood",
        "Elm",
        "Fir",
        "Ginkgo",
        "Hazel",
        "Ivy",
        "Juniper",
    ]
    for name in houses:
        mail = f"{name.lower()}@portal.example"
        take(desk, f"{ASKED}Regards\nAnn Lee\n{name} Ltd\n{mail}")
    again = desk.inquiry_views.inquiry(take(desk, f"From: dogwood@portal.example\n\n{ASKED}"))
    assert again.buyer == "Dogwood Ltd"
    take(desk, f"From: kapok@portal.example\n\n{ASKED}")
    assert desk.lists.count("buyer") == len(houses) + 1
