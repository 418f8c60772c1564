"""Owns the tests of cards whose lines share a cell, or stand below each other in one column.

Must not use files from outside.
"""

from __future__ import annotations

from sheet_drafts import drawn, workbook

from app.sheets.understanding import UnderstoodSheet, understand


def one(text: str) -> UnderstoodSheet:
    return understand(workbook(drawn(text)))[0]


def told(sheet: UnderstoodSheet, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(r.values.get(field) for field in fields) for r in sheet.records()]


def test_labelled_lines_in_cells_are_cards_of_exhibitors() -> None:
    sheet = one(
        r"""
        展商信息
        浙江华美家具有限公司\n展位：9.1A12-14\n联系人：徐经理 13805761234\n邮箱：xu@huamei.example.cn
        佛山市乐居家具厂\n展位：9.1B03\n联系人：梁小姐 0757-22334455\n邮箱：
        """
    )
    assert sheet.kind == "suppliers"
    assert told(sheet, "company", "contact") == [
        ("浙江华美家具有限公司", "徐经理"),
        ("佛山市乐居家具厂", "梁小姐"),
    ]
    assert all(booths for (booths,) in told(sheet, "booth"))
    ((mobiles,), _) = told(sheet, "mobile")
    assert isinstance(mobiles, tuple)
    assert mobiles[0].typed == "13805761234"


def test_lines_without_labels_are_told_by_what_they_look_like() -> None:
    sheet = one(
        r"""
        Foshan Best Furniture Co., Ltd.\nMs. Lily Chen, Export Manager\nlily@best.example.cn | Anji Chairs Factory\nMr. Jack Wang\n+86 139 5721 2345
        Bright Lighting\nAmy\namy@bright.example.cn\nWeChat: amybright |
        """
    )
    assert told(sheet, "company", "contact", "job_title") == [
        ("Foshan Best Furniture Co., Ltd.", "Ms. Lily Chen", "Export Manager"),
        ("Anji Chairs Factory", "Mr. Jack Wang", None),
        ("Bright Lighting", "Amy", None),
    ]
    assert [column.heading for column in sheet.columns][:3] == ["Company", "Contact", "Job title"]
    assert told(sheet, "wechat")[2] == ("amybright",)
    (phones,) = told(sheet, "phone")[1]
    assert isinstance(phones, tuple)
    assert phones[0].e164 == "+8613957212345"


def test_blocks_of_lines_in_one_column_are_cards() -> None:
    sheet = one(
        """
        Hongda Tools Co., Ltd.
        Li Wei, Sales Manager
        li@hongda.example.cn

        Newstar Hardware Factory
        Chen Bo
        +86 574 8765 4321
        """
    )
    assert told(sheet, "company", "contact", "job_title") == [
        ("Hongda Tools Co., Ltd.", "Li Wei", "Sales Manager"),
        ("Newstar Hardware Factory", "Chen Bo", None),
    ]


def test_a_letter_is_no_card() -> None:
    sheet = one(
        """
        Dear Sir,
        Please quote the following items:
        1. LED bulb 9W, 10000 pcs
        Best regards
        Khalid, khalid@alnoor.example.ae
        """
    )
    assert sheet.kind is None
