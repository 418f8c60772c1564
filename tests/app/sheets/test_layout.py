"""Owns the tests of finding tables: headings, records, groups, and what is left out with a reason.

Must not look at fields; mapping does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sheet_drafts import drawn

from app.sheets.layout import TableRegion, find_tables
from app.sheets.reading import Reader

# file, sheet, table: heading rows (from 1), records, first and last record's row (from 1), groups
LAYOUTS = [
    ("made/canton-fair-contacts.xlsx", 0, 0, (4, 5), 42, (6, 48), 0),
    ("made/factory-price-list.xlsx", 0, 0, (5,), 22, (7, 30), 3),
    ("made/factory-one-price.xlsx", 0, 0, (5,), 9, (7, 16), 2),
    ("made/factory-wps-cell-pictures.xlsx", 0, 0, (5,), 9, (7, 16), 2),
    ("made/buyers-inquiries-gbk.csv", 0, 0, (1,), 30, (2, 31), 0),
    ("suppliers/osh-winter2019-compliance-352.csv", 0, 0, (1,), 351, (2, 352), 0),
    ("suppliers/osh-list02-china-footwear.csv", 0, 0, (1,), 83, (2, 84), 0),
    ("suppliers/osh-list10-china-hk.csv", 0, 0, (1,), 54, (2, 55), 0),
    ("suppliers/osh-list12-same.csv", 0, 0, (1,), 15, (2, 16), 0),
    ("suppliers/osh-list12-same.xls", 0, 0, (1,), 15, (2, 16), 0),
    ("suppliers/osh-list12-same.xlsx", 0, 0, (1,), 15, (2, 16), 0),
    ("suppliers/cn-listed-companies-gbk.csv", 0, 0, (1,), 3373, (2, 3374), 0),
    ("suppliers/ph-vendor-profile-form.xlsx", 0, 0, (10,), 12, (11, 22), 0),
    ("fairs/hannover-messe-2018-exhibitors.csv", 0, 0, (1,), 7213, (2, 7214), 0),
    ("fairs/ces-exhibitors-iot.csv", 0, 0, (1,), 660, (2, 661), 0),
    ("fairs/ces-exhibitors-mobility.csv", 0, 0, (1,), 661, (2, 662), 0),
    ("pricelists/ru-tv-ac-led-images-multisheet.xlsx", 0, 0, (7, 8), 19, (9, 29), 2),
    ("pricelists/ru-tv-ac-led-images-multisheet.xlsx", 1, 0, (6,), 4, (7, 10), 0),
    ("pricelists/ru-tv-ac-led-images-multisheet.xlsx", 2, 0, (10,), 11, (11, 21), 0),
    ("pricelists/fashion-lineup-images-per-row.xlsx", 0, 0, (1,), 43, (2, 44), 0),
    ("pricelists/cn-jst-product-master-5646.xlsx", 0, 0, (1,), 5646, (2, 5647), 0),
    ("pricelists/cn-jd-upload-template-spraypaint.xls", 0, 0, (8,), 117, (9, 125), 0),
    ("pricelists/cn-catalog-headers-multisheet.xlsx", 0, 0, (1,), 118, (2, 119), 0),
    ("pricelists/cn-catalog-headers-multisheet.xlsx", 5, 0, (1,), 0, (), 0),
    ("pricelists/ru-pipes-one-sheet.xls", 0, 0, (8, 9), 178, (11, 188), 0),
    ("pricelists/ph-motor-pricelist-multirow-header.xlsx", 1, 0, (1, 2), 59, (4, 64), 3),
    ("pricelists/ph-fans-size-price.xlsx", 0, 0, (5,), 12, (6, 17), 0),
    ("pricelists/ph-products-erp-export.xlsx", 0, 0, (1,), 105, (2, 108), 0),
    ("quotations/kr-commercial-invoice.xlsx", 0, 0, (18,), 8, (20, 27), 1),
    ("quotations/kr-packing-list.xlsx", 0, 0, (18, 19), 3, (20, 22), 0),
    ("quotations/kr-purchase-order.xlsx", 0, 0, (12,), 1, (13, 13), 0),
    ("quotations/bilingual-quotation-import-template.xlsx", 2, 0, (1,), 0, (), 0),
    ("quotations/bilingual-quotation-import-template.xlsx", 3, 0, (1,), 12, (2, 13), 0),
    ("quotations/quotation-h2-many-items.csv", 0, 0, (1,), 720, (2, 721), 0),
    ("quotations/quotation-valid-bilingual.xlsx", 0, 0, (1,), 3, (2, 4), 0),
    ("quotations/quotation-row-error.xlsx", 0, 0, (1,), 1, (2, 2), 0),
    ("quotations/quotation-formula.xlsx", 0, 0, (1,), 1, (2, 2), 0),
    ("quotations/ph-abstract-of-quotation-5vendors.xlsx", 0, 0, (7, 8), 13, (9, 12), 0),
    ("quotations/invoice-with-images.xlsx", 0, 0, (3,), 2, (4, 5), 0),
    ("inquiries/kbeauty-buyers-79.csv", 0, 0, (1,), 79, (2, 80), 0),
    ("inquiries/ph-purchase-request-form.xlsx", 0, 0, (13,), 1, (14, 14), 0),
    ("reference/ports-unlocode-linerlib.csv", 0, 0, (1,), 435, (2, 436), 0),
    ("reference/cn-industrial-categories-3level.xlsx", 0, 0, (1,), 118, (2, 119), 0),
    ("hostile/preamble-and-footer-deaths.xlsx", 0, 0, (5,), 10, (6, 15), 0),
    ("hostile/header-row-offset.xlsx", 0, 0, (9,), 1, (10, 10), 0),
    ("hostile/three-row-merged-header-26-images.xlsx", 0, 0, (1, 2, 3), 9, (4, 12), 0),
    ("hostile/no-header-table.xlsx", 0, 0, (), 2, (3, 4), 0),
    ("hostile/unnamed-duplicated-columns.xlsx", 0, 0, (1,), 2, (2, 3), 0),
    ("hostile/missing-first-column.xlsx", 0, 0, (), 3, (1, 3), 0),
    ("hostile/pollock-preamble.csv", 0, 0, (3,), 83, (4, 86), 0),
    ("hostile/pollock-no-header.csv", 0, 0, (), 83, (1, 83), 0),
    ("hostile/pollock-header-only.csv", 0, 0, (1,), 0, (), 0),
]


@pytest.mark.parametrize(
    ("file", "sheet", "table", "headings", "count", "ends", "groups"),
    LAYOUTS,
    ids=[f"{file}:{sheet}" for file, sheet, *_ in LAYOUTS],
)
def test_real_sheets_have_their_headings_and_records(
    shared_sheets: Path,
    reader: Reader,
    file: str,
    sheet: int,
    table: int,
    headings: tuple[int, ...],
    count: int,
    ends: tuple[int, ...],
    groups: int,
) -> None:
    region = find_tables(reader.read(shared_sheets / file).sheets[sheet])[table]
    assert tuple(row + 1 for row in region.header_rows) == headings
    assert len(region.rows) == count
    assert len(region.group_rows) == groups
    if ends:
        assert (region.row_numbers[0] + 1, region.row_numbers[-1] + 1) == ends


def only(region: list[TableRegion]) -> TableRegion:
    assert len(region) == 1
    return region[0]


def reasons(region: TableRegion) -> list[tuple[int, str]]:
    return [(out.row + 1, out.reason.key.removeprefix("layout.row_")) for out in region.excluded]


def test_separators_totals_and_notes_are_left_out_with_the_reason(
    shared_sheets: Path, reader: Reader
) -> None:
    workbook = reader.read(shared_sheets / "made" / "canton-fair-contacts.xlsx")
    assert reasons(find_tables(workbook.sheets[0])[0]) == [
        (27, "is_separator"),
        (50, "is_total"),
        (51, "is_below_table"),
    ]


def test_headings_stacked_in_two_languages_are_joined() -> None:
    region = only(
        find_tables(
            drawn(
                """
2025 supplier list||||
公司|联系人|手机|邮箱|主营产品
Company|Contact|Mobile|E-mail|Main products
宁波宏达厂|张三|'13800000001|a@x.example.com|杯
义乌瑞鑫厂|李四|'13800000002|b@x.example.com|锅
""",
                merges="A1:E1",
            )
        )
    )
    assert region.header_rows == (1, 2)
    assert region.headings[0] == "公司 Company"
    assert len(region.rows) == 2


def test_headings_in_the_middle_again_are_left_out() -> None:
    region = only(
        find_tables(
            drawn("""
Item No.|Description|Price
A-1|Mug|1.2
A-2|Cup|1.3
Item No.|Description|Price
A-3|Pot|1.4
""")
        )
    )
    assert [row[0] for row in region.rows] == ["A-1", "A-2", "A-3"]
    assert reasons(region) == [(4, "repeats_header")]


def test_two_tables_below_each_other_are_two() -> None:
    tables = find_tables(
        drawn("""
Item No.|Description|Price
A-1|Mug|1.2
A-2|Cup|1.3

Name|Phone|E-mail
Anna|+49 30 123456|anna@x.example.com
Otto|+49 30 123457|otto@x.example.com
""")
    )
    assert [(table.header_rows, len(table.rows)) for table in tables] == [((0,), 2), ((4,), 2)]


def test_the_same_headings_beside_each_other_are_one_list_in_two_halves() -> None:
    tables = find_tables(
        drawn("""
Item No.|Description|Price||Item No.|Description|Price
A-1|Mug|1.2||A-4|Pan|2.2
A-2|Cup|1.3||A-5|Pot|2.3
A-3|Jug|1.4||A-6|Lid|2.4
""")
    )
    assert [[row[0] for row in table.rows] for table in tables] == [
        ["A-1", "A-2", "A-3"],
        ["A-4", "A-5", "A-6"],
    ]


def test_values_merged_over_several_rows_are_filled_down() -> None:
    region = only(
        find_tables(
            drawn(
                """
Product|Size|Price
Valve|20|1.1
|25|1.2
|32|1.3
Pipe|20|0.9
""",
                merges="A2:A4",
            )
        )
    )
    assert [row[0] for row in region.rows] == ["Valve", "Valve", "Valve", "Pipe"]


def test_group_rows_name_the_group_of_the_rows_below_them() -> None:
    region = only(
        find_tables(
            drawn("""
Item No.|Description|Unit|Price
Kitchen series|||
A-1|Mug|pc|1.2
A-2|Cup|pc|1.3
Garden series|||
A-3|Hose|pc|1.4
""")
        )
    )
    assert region.groups == {2: "Kitchen series", 3: "Kitchen series", 5: "Garden series"}
    assert len(region.rows) == 3


def test_a_supplier_of_whom_only_the_name_is_known_is_a_record_and_no_group() -> None:
    region = only(
        find_tables(
            drawn("""
Company|Contact|Phone|City
Alpha Co., Ltd.|Anna|+86 574 88001234|Ningbo
Beta Trading Co., Ltd.|||
Gamma Co., Ltd.|Otto|+86 574 88001235|Yiwu
""")
        )
    )
    assert len(region.rows) == 3
    assert not region.groups


def test_vendors_beside_each_other_become_rows() -> None:
    region = only(
        find_tables(
            drawn(
                """
||Alpha Co., Ltd.||Beta Co., Ltd.|
Item|Qty|Price|Remark|Price|Remark
Mug|10|1.2|ok|1.1|
Cup|20|||2.1|late
""",
                merges="C1:D1 E1:F1",
            )
        )
    )
    assert region.shape == "crosstab"
    assert region.headings[:4] == ("Item", "Qty", "Vendor", "Price")
    assert [(row[0], row[2], str(row[3])) for row in region.rows] == [
        ("Mug", "Alpha Co., Ltd.", "1.2"),
        ("Mug", "Beta Co., Ltd.", "1.1"),
        ("Cup", "Beta Co., Ltd.", "2.1"),
    ]


def test_labels_and_values_are_one_record() -> None:
    region = only(
        find_tables(
            drawn("""
SUPPLIER PROFILE|||
Company name:|Alpha Co., Ltd.|Country:|China
Contact person:|Anna|Mobile:|'13800000001
E-mail:|anna@x.example.com|Website:|www.x.example.com
""")
        )
    )
    assert region.shape == "form"
    assert region.headings[:2] == ("Company name", "Country")
    assert region.rows[0][:2] == ("Alpha Co., Ltd.", "China")


def test_a_table_lying_on_its_side_is_turned() -> None:
    region = only(
        find_tables(
            drawn("""
Item No.|HD-100|HD-101|HD-102
Description|Mug|Cup|Jug
Material|steel|glass|steel
Unit price|1.2|1.3|1.4
MOQ|500|600|700
""")
        )
    )
    assert region.shape == "transposed"
    assert [row[1] for row in region.rows] == ["Mug", "Cup", "Jug"]


def test_an_empty_sheet_has_no_table() -> None:
    assert find_tables(drawn("")) == []


def test_halves_of_a_list_without_headings_are_one_list_each() -> None:
    regions = find_tables(
        drawn(
            """
            Folding chair | 3.50 | | Garden table | 9.90
            Steel chair | 4.50 | | Steel table | 12.90
            Wood chair | 5.50 | | Wood table | 19.90
            Red chair | 2.50 | | Red table | 29.90
            Blue chair | 2.70 | | |
            """
        )
    )
    assert [len(region.rows) for region in regions] == [5, 4]
    assert all(len(region.columns) == 2 for region in regions)


def test_people_called_like_headings_begin_no_other_table() -> None:
    people = "\n".join(
        f"Ann Lee {n} | Ann | | * myContacts | Mobile | +1 212 555 010{n}" for n in range(8)
    )
    regions = find_tables(
        drawn(
            f"""
Name | Given Name | Notes | Group Membership | Phone 1 - Type | Phone 1 - Value
{people}
Semeera | Semeera | Mobile Phone: +91 98 95 903526 | * myContacts | Mobile | +919746195540 ::: +919895903526
{people}
            """
        )
    )
    assert [len(region.rows) for region in regions] == [17]


def test_a_row_amid_rows_of_the_same_kind_heads_nothing() -> None:
    names = ["Cockle", "Pandya", "Hope", "Aylard", "Jones", "Koyama", "Meloro"]
    rows = [f"{name} | B{place}1" for place, name in enumerate(names)]
    rows.insert(4, "Oni Press | W23-25, W28-29")
    (region,) = find_tables(drawn("\n".join(rows)))
    assert (region.header_rows, len(region.rows)) == ((), 8)


def test_a_row_with_a_day_and_an_address_of_the_web_is_a_record() -> None:
    told = [("Oil Group", "Owner"), ("Steel Group", "Rival"), ("Supplier", "Customer")]
    told += [("Ship Group", f"Friend {n}") for n in range(4)]
    rows = "\n".join(
        f"{first} | {second} | A {n} b | B {n} c | C {n} d | D {n} e | https://news.example.com/{n} | 2017-0{n + 1}-21"
        for n, (first, second) in enumerate(told)
    )
    (region,) = find_tables(
        drawn(f"Side A | Bond | Half | Rest | Word | Sense | Read at | Told\n{rows}")
    )
    assert (region.header_rows, len(region.rows)) == ((0,), 7)
