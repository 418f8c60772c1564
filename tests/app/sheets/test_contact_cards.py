"""What phones, Outlook and address books write into contact cards arrives as people, and goes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.desk import Desk
from app.sheets.plan.outcome import Outcome

IPHONE = """VERSION:3.0
N:王;小明;;;
FN:王小明
ORG:宁波海达塑料制品有限公司;外贸部
TEL;type=CELL;type=pref:+86 138 0013 8000
item1.TEL:+86 139 0013 9000
item1.X-ABLabel:WhatsApp
item2.ADR;type=WORK:;;高新区光华路;宁波市;浙江省;315000;中国
item3.ADR;type=HOME:;;湖东路 3;杭州市;浙江省;;中国
IMPP;X-SERVICE-TYPE=WeChat:x-apple:wx_wang
IMPP;X-SERVICE-TYPE=QQ:x-apple:123456789
IMPP;X-SERVICE-TYPE=Telegram:wang_tg
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/wang
CATEGORIES:塑料,myContacts
NOTE:广交会见过\\, 3号馆\\n要报价
NOTE:五月再联系
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ"""
OLD_PHONE = """VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E8=8A=B3;;;
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E4=B9=89=E4=B9=8C=
=E6=96=B0=E6=98=9F
TEL;WORK;FAX:057487654322
TEL;CELL;PREF:13912345678
X-QQ:55667788"""
COMPANY = """VERSION:3.0
N:;;;;
FN:Casa Milano S.r.l.
ORG:Casa Milano S.r.l.;
TEL;type=MAIN:+39 02 1234567
X-ABShowAs:COMPANY"""
GROUP = """VERSION:4.0
KIND:group
FN:Customers
MEMBER:urn:uuid:03a0e51f"""
ALONE = """VERSION:3.0
FN:Maria Silva
TEL:+55 11 91234-5678
NOTE:met on the train"""


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "phone.vcf"
    all_of_them = (IPHONE, OLD_PHONE, COMPANY, GROUP, ALONE)
    text = "".join(f"BEGIN:VCARD\n{card}\nEND:VCARD\n" for card in all_of_them)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def test_cards_of_phones_say_all_they_know(desk: Desk, cards: Path) -> None:
    preview = desk.sheets.preview(cards)
    assert [(key, params["count"]) for key, params in preview.workbook.warnings] == [
        ("sheets.cards_of_groups", 1),
        ("sheets.cards_with_photos", 1),
    ]
    assert desk.sheets.commit(preview).created == {"supplier": 4, "contact": 3}
    wang = desk.directory_views.contact(min(desk.lists.ids("contact")))
    assert wang.values["department"] == "外贸部"
    ways = {(p.values["kind"], p.values["value"]) for p in wang.points}
    assert ways == {
        ("mobile", "+86 138 0013 8000"),
        ("whatsapp", "+86 139 0013 9000"),
        ("wechat", "wx_wang"),
        ("qq", "123456789"),
        ("other", "wang_tg"),
        ("linkedin", "https://www.linkedin.com/in/wang"),
    }
    company = desk.directory_views.company(min(desk.lists.ids("supplier")))
    assert (company.values["city"], company.tags) == ("宁波市", ("塑料",))
    assert [address.values["lines"] for address in company.addresses] == ["高新区光华路"]


def test_each_note_on_a_card_is_a_note_on_the_person(desk: Desk, cards: Path) -> None:
    desk.sheets.commit(desk.sheets.preview(cards))
    wang = desk.directory_views.contact(min(desk.lists.ids("contact")))
    assert [str(note.values["text"]) for note in wang.notes] == [
        "广交会见过, 3号馆\n要报价",
        "五月再联系",
        "other address: home: 湖东路 3, 杭州市, 浙江省, 中国",
    ]


def test_a_card_under_a_company_s_name_is_the_company(desk: Desk, cards: Path) -> None:
    desk.sheets.commit(desk.sheets.preview(cards))
    people = (desk.directory_views.contact(id_) for id_ in desk.lists.ids("contact"))
    names = {person.values["name"] for person in people}
    assert names == {"王小明", "李芳", "Maria Silva"}


def test_cards_that_were_written_change_nothing_when_they_come_back(
    desk: Desk, cards: Path, tmp_path: Path
) -> None:
    desk.sheets.commit(desk.sheets.preview(cards))
    target = tmp_path / "back.vcf"
    assert desk.sheets.export("contact", target) == 3
    written = target.read_text(encoding="utf-8")
    assert "NOTE:广交会见过\\, 3号馆\\n要报价" in written
    assert "TEL;TYPE=WORK:+55 11 91234-5678" in written
    again = desk.sheets.preview(target).plan.rows
    assert [row.outcome for row in again] == [Outcome.UNCHANGED] * 3


def test_a_department_without_a_company_and_a_service_of_any_name_come_back(
    desk: Desk, tmp_path: Path
) -> None:
    source = tmp_path / "one.vcf"
    source.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ana Lima\nORG:;Compras\nTEL;TYPE=CELL:+55 11 91234-5678\n"
        'IMPP;X-SERVICE-TYPE="Chat: shop; desk":ana.lima\nEND:VCARD\n',
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(source))
    target = tmp_path / "back.vcf"
    assert desk.sheets.export("contact", target) == 1
    written = target.read_text(encoding="utf-8")
    assert "ORG:;Compras" in written
    assert 'X-SERVICE-TYPE="Chat: shop; desk":ana.lima' in written
    assert [row.outcome for row in desk.sheets.preview(target).plan.rows] == [Outcome.UNCHANGED]
