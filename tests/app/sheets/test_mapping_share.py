"""Owns the measure of mapping without help: over all real business sheets, which columns are right.

The expected fields are what a salesperson would choose. Must not list what the program answers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.sheets.mapping.columns import ColumnMapping
from app.sheets.reading import Reader
from app.sheets.understanding import UnderstoodSheet, understand

#: File, its table, the kind, and by column letter the field a person would choose.
EXPECTED: list[tuple[str, int, str, str]] = [
    (
        "suppliers/osh-winter2019-compliance-352.csv",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products E=latitude F=longitude",
    ),
    (
        "suppliers/osh-list02-china-footwear.csv",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products",
    ),
    (
        "suppliers/osh-list10-china-hk.csv",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products",
    ),
    (
        "suppliers/osh-list12-same.csv",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products",
    ),
    (
        "suppliers/osh-list12-same.xls",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products",
    ),
    (
        "suppliers/osh-list12-same.xlsx",
        0,
        "suppliers",
        "A=country B=company C=address D=main_products",
    ),
    (
        "suppliers/cn-listed-companies-gbk.csv",
        0,
        "suppliers",
        "A=company_code B=company_short C=company",
    ),
    ("suppliers/ph-vendor-profile-form.xlsx", 0, "products", "A=product C=brand"),
    (
        "fairs/hannover-messe-2018-exhibitors.csv",
        0,
        "suppliers",
        "B=city C=country D=company E=address F=phone G=web H=postal_code",
    ),
    (
        "fairs/ces-exhibitors-iot.csv",
        0,
        "suppliers",
        "A=company_code B=company C=booth D=hall E=description J=picture L=tags",
    ),
    (
        "fairs/ces-exhibitors-mobility.csv",
        0,
        "suppliers",
        "A=company_code B=company C=booth D=hall E=description J=picture L=tags",
    ),
    (
        "pricelists/ru-tv-ac-led-images-multisheet.xlsx",
        0,
        "products",
        "A=item_no B=product C=barcode D=description E=price F=price G=list_price K=amount L=weight N=cbm",
    ),
    (
        "pricelists/ru-tv-ac-led-images-multisheet.xlsx",
        1,
        "products",
        "B=product C=description D=price E=price F=list_price G=markup H=quantity I=amount",
    ),
    (
        "pricelists/ru-tv-ac-led-images-multisheet.xlsx",
        2,
        "products",
        "A=product B=description C=price D=price E=price F=list_price G=markup J=quantity K=amount",
    ),
    (
        "pricelists/fashion-lineup-images-per-row.xlsx",
        0,
        "products",
        "B=picture C=colour D=product E=item_no F=colour_code G=size H=needed_on",
    ),
    (
        "pricelists/cn-jst-product-master-5646.xlsx",
        0,
        "products",
        "A=picture B=style_no C=item_no D=product E=product_short G=colour H=specification I=sell_price J=price K=price L=list_price M=brand N=category P=tags Q=barcode R=company U=weight V=length W=width X=height Y=cbm Z=unit AA=status AC=remark AH=pcs_per_carton",
    ),
    (
        "pricelists/cn-jd-upload-template-spraypaint.xls",
        0,
        "products",
        "B=product C=brand D=origin E=model F=unit I=packing AI=colour AP=list_price AQ=price AR=sell_price AS=weight AT=length AU=width AV=height AW=barcode AX=item_no",
    ),
    (
        "pricelists/cn-catalog-headers-multisheet.xlsx",
        0,
        "categories",
        "A=category B=category_2 C=category_3",
    ),
    (
        "pricelists/cn-catalog-headers-multisheet.xlsx",
        1,
        "products",
        "A=item_no B=brand C=product D=model E=specification F=sell_price",
    ),
    (
        "pricelists/cn-catalog-headers-multisheet.xlsx",
        2,
        "products",
        "A=item_no B=brand C=product D=model E=colour F=specification",
    ),
    (
        "pricelists/cn-catalog-headers-multisheet.xlsx",
        4,
        "products",
        "A=item_no B=brand C=product D=packing E=weight F=pcs_per_carton G=specification",
    ),
    ("pricelists/ru-pipes-one-sheet.xls", 0, "products", "B=product D=size E=price F=unit"),
    (
        "pricelists/ph-motor-pricelist-multirow-header.xlsx",
        1,
        "products",
        "G=product H=price J=price",
    ),
    ("pricelists/ph-fans-size-price.xlsx", 0, "products", "C=size D=price"),
    (
        "pricelists/ph-products-erp-export.xlsx",
        0,
        "products",
        "A=product B=item_no C=barcode D=unit E=category G=stock K=price L=sell_price M=amount N=status",
    ),
    (
        "quotations/kr-commercial-invoice.xlsx",
        0,
        "products",
        "A=product F=quantity G=price H=currency",
    ),
    (
        "quotations/kr-packing-list.xlsx",
        0,
        "products",
        "A=product F=quantity G=net_weight H=gross_weight I=cbm",
    ),
    (
        "quotations/kr-purchase-order.xlsx",
        0,
        "inquiries",
        "B=product F=quantity G=unit H=target_price I=needed_on J=amount",
    ),
    (
        "quotations/bilingual-quotation-import-template.xlsx",
        3,
        "products",
        "A=item_no B=product C=description D=quantity E=unit F=sell_price G=price H=currency I=markup J=vat_rate",
    ),
    (
        "quotations/quotation-h2-many-items.csv",
        0,
        "products",
        "A=item_no B=product C=description D=quantity E=unit F=sell_price G=price H=currency I=vat_rate J=markup",
    ),
    (
        "quotations/quotation-valid-bilingual.xlsx",
        0,
        "products",
        "A=item_no B=product C=description D=quantity E=unit F=sell_price G=price H=currency I=markup J=vat_rate",
    ),
    (
        "quotations/ph-abstract-of-quotation-5vendors.xlsx",
        0,
        "offers",
        "A=serial B=product C=quantity D=unit E=offer F=price G=amount H=remark",
    ),
    (
        "quotations/invoice-with-images.xlsx",
        0,
        "products",
        "A=item_no B=product C=price D=quantity E=amount",
    ),
    (
        "inquiries/kbeauty-buyers-79.csv",
        0,
        "buyers",
        "A=source B=company_code C=company D=country E=main_products F=category G=first_contact_on H=web I=remark J=grade",
    ),
    (
        "inquiries/ph-purchase-request-form.xlsx",
        0,
        "inquiries",
        "A=serial B=quantity C=unit D=item_no E=product I=stock J=needed_on",
    ),
    (
        "reference/cn-industrial-categories-3level.xlsx",
        0,
        "categories",
        "A=category B=category_2 C=category_3 D=remark",
    ),
    (
        "made/canton-fair-contacts.xlsx",
        0,
        "suppliers",
        "A=serial B=company C=company_en D=city E=contact F=job_title G=mobile H=phone I=wechat+email J=hall K=booth L=main_products M=moq N=price O=uscc P=remark",
    ),
    (
        "made/factory-price-list.xlsx",
        0,
        "products",
        "A=serial B=picture C=item_no D=product E=specification F=unit G=price H=price I=price J=pcs_per_carton K=carton_size L=gross_weight+net_weight M=hs_code N=lead_time",
    ),
    (
        "made/factory-one-price.xlsx",
        0,
        "products",
        "A=serial B=picture C=item_no D=product E=specification F=unit G=price H=pcs_per_carton I=carton_size J=gross_weight+net_weight K=hs_code L=lead_time",
    ),
    (
        "made/factory-wps-cell-pictures.xlsx",
        0,
        "products",
        "A=serial B=picture C=item_no D=product E=specification F=unit G=price H=pcs_per_carton I=carton_size J=gross_weight+net_weight K=hs_code L=lead_time",
    ),
    (
        "made/buyers-inquiries-gbk.csv",
        0,
        "inquiries",
        "A=buyer B=country C=contact D=email E=product F=quantity G=target_price H=incoterm I=inquired_on J=source",
    ),
]


def letters(column: int) -> str:
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def by_letter(sheet: UnderstoodSheet) -> dict[str, ColumnMapping]:
    places = (sheet.region.columns[column.index] for column in sheet.columns)
    pairs = zip(places, sheet.columns, strict=True)
    return {letters(place): column for place, column in pairs if place >= 0}


@pytest.mark.parametrize(
    ("file", "table", "kind"),
    [entry[:3] for entry in EXPECTED],
    ids=[f"{e[0]}:{e[1]}" for e in EXPECTED],
)
def test_the_kind_of_a_real_sheet_is_recognised(
    understood_tables: dict[str, list[UnderstoodSheet]], file: str, table: int, kind: str
) -> None:
    assert understood_tables[file][table].kind == kind


def test_nineteen_columns_in_twenty_are_mapped_right_without_help(
    understood_tables: dict[str, list[UnderstoodSheet]], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong: list[str] = []
    total = 0
    for file, table, _, said in EXPECTED:
        columns = by_letter(understood_tables[file][table])
        for pair in said.split():
            letter, field = pair.split("=")
            total += 1
            answer = columns[letter].field if letter in columns else None
            if answer != field:
                wrong.append(f"{file}:{table} {letter} is {answer}, not {field}")
    share = 1 - len(wrong) / total
    with capsys.disabled():
        sys.stdout.write(f"\nmapped right without help: {share:.1%} of {total} columns\n")
        sys.stdout.writelines(f"  {line}\n" for line in wrong)
    assert share >= 0.95


@pytest.fixture(scope="module")
def understood_tables(shared_sheets: Path, reader: Reader) -> dict[str, list[UnderstoodSheet]]:
    files = dict.fromkeys(file for file, *_ in EXPECTED)
    return {file: understand(reader.read(shared_sheets / file)) for file in files}
