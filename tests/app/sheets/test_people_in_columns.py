"""Owns the tests of several people of a company who stand in columns beside each other.

Must not use files from outside.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheet_drafts import drawn, workbook

from app.desk import Desk
from app.sheets.cells.contacts import CellPerson
from app.sheets.service import ImportOptions
from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str, *, merges: str = "") -> UnderstoodSheet:
    return understand(workbook(drawn(text, merges=merges)))[0]


def fields(sheet: UnderstoodSheet) -> list[str]:
    return ["+".join(column.fields) for column in sheet.columns]


def people(sheet: UnderstoodSheet, row: int = 0) -> list[tuple[str, str, list[str], list[str]]]:
    found = list(sheet.records())[row].values["people"]
    assert isinstance(found, tuple)
    return [
        (one.name, one.job_title, [p.typed for p in one.points.phones], list(one.points.emails))
        for one in found
        if isinstance(one, CellPerson)
    ]


TWO = """
    Firma | Ansprechpartner 1 | | | | Ansprechpartner 2 | | | | Bemerkungen
     | Name | Position | Telefon | E-Mail | Name | Position | Telefon | E-Mail |
    Hansen GmbH | Petra Hansen | Inhaberin | 040/1234-0 | p@hansen.example.de | Jan Behrens | Vertrieb | 040/1234-17 | j@hansen.example.de |
    Lindner KG | Uwe Lindner | Inhaber | 0711/123456 | u@lindner.example.de | | | | | ruft an
    """
MERGES = "A1:A2 B1:E1 F1:I1 J1:J2"


def test_each_of_two_people_keeps_title_phone_and_mail() -> None:
    sheet = one(TWO, merges=MERGES)
    assert fields(sheet)[5:9] == ["contact", "job_title", "phone", "email"]
    assert people(sheet)[1] == ("Jan Behrens", "Vertrieb", ["040-1234-17"], ["j@hansen.example.de"])
    first, alone = (record.values for record in sheet.records())
    assert first["email"] == ("p@hansen.example.de",)
    assert first["contact"] == "Petra Hansen; Jan Behrens"
    assert "people" not in alone


def test_people_in_columns_are_brought_in_with_their_own_mails(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "suppliers.csv"
    path.write_text(
        "Company,Contact 1,Email 1,Contact 2,Email 2\n"
        "Hongda Co. Ltd,Li Wei,li@hongda.example.cn,Wang Fang,wang@hongda.example.cn\n"
        "Newstar Ltd,Chen Bo,chen@newstar.example.cn,,office@newstar.example.cn\n",
        encoding="utf-8",
    )
    result = desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    assert result.created["contact"] == 3
    again = desk.sheets.commit(desk.sheets.preview(path, ImportOptions()))
    assert not sum(again.created.values())


def test_columns_sorted_by_what_they_hold_go_by_their_numbers() -> None:
    sheet = one(
        """
        Company | Contact 1 | Contact 2 | Mobile 1 | Mobile 2 | Website
        Hongda Co. Ltd | Li Wei | Wang Fang | 13800001111 | 13800002222 | www.hongda.example.cn
        Newstar Ltd | Chen Bo | Zhao Min | 13800003333 | 13800004444 | www.newstar.example.cn
        """
    )
    assert people(sheet, 1)[1] == ("Zhao Min", "", ["13800004444"], [])


def test_people_headed_by_what_they_do_keep_their_mobiles() -> None:
    sheet = one(
        """
        公司名稱 | 老闆 | 手機 | 業務 | 業務手機 | 跟單 | 跟單手機 | 公司電話
        東莞市精工五金廠 | 黃志強 | 13712340001 | 劉小姐 | 13712340002 | 陳美 | 13712340003 | 0769-22334455
        深圳市華南電子有限公司 | 鄭總 | 13912340001 | 李文 | 13912340002 | 陳生 | 13912340003 | 0755-22334455
        """
    )
    assert fields(sheet)[1::2] == ["contact", "contact", "contact", "phone"]
    assert [(name, phones) for name, _, phones, _ in people(sheet)][1:] == [
        ("劉小姐", ["13712340002"]),
        ("陳美", ["13712340003"]),
    ]


@pytest.mark.parametrize("ours", ["Sales rep", "Account manager"])
def test_who_of_us_sells_to_a_buyer_is_none_of_their_people(ours: str) -> None:
    sheet = one(
        f"""
        Customer | Contact | Email | {ours} | Phone
        Harbor Home Inc. | John Smith | j@harbor.example.com | Lina Chen | +1 617 555 0100
        Nova Home LLC | Emily Clark | e@nova.example.com | Kevin Wu | +1 212 555 0134
        """
    )
    assert sheet.kind == "buyers"
    assert fields(sheet)[3] == ""
    assert all("people" not in record.values for record in sheet.records())
