"""Real sheets become the records a person would have typed: counts, a few exact records, never twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.sheets.plan.outcome import Outcome
from app.sheets.service import ImportOptions, Preview

#: File → what is created, and how many rows are rejected.
CREATED: dict[str, tuple[dict[str, int], int]] = {
    "suppliers/osh-winter2019-compliance-352.csv": ({"supplier": 351}, 0),
    "suppliers/osh-list02-china-footwear.csv": ({"supplier": 78}, 0),
    "suppliers/osh-list10-china-hk.csv": ({"supplier": 54}, 0),
    "suppliers/osh-list12-same.csv": ({"supplier": 15}, 0),
    "suppliers/osh-list12-same.xls": ({"supplier": 15}, 0),
    "suppliers/osh-list12-same.xlsx": ({"supplier": 15}, 0),
    "suppliers/ph-vendor-profile-form.xlsx": ({"supplier": 1, "contact": 1, "product": 10}, 0),
    "fairs/ces-exhibitors-iot.csv": ({"supplier": 660}, 0),
    "pricelists/fashion-lineup-images-per-row.xlsx": ({"product": 43, "picture": 19}, 0),
    "pricelists/cn-jd-upload-template-spraypaint.xls": ({"product": 117, "price": 117}, 0),
    "pricelists/cn-catalog-headers-multisheet.xlsx": ({"category": 118}, 0),
    "pricelists/ru-pipes-one-sheet.xls": ({"supplier": 1, "product": 174, "price": 172}, 0),
    "pricelists/ph-motor-pricelist-multirow-header.xlsx": ({"product": 59, "price": 100}, 0),
    "pricelists/ph-fans-size-price.xlsx": ({"product": 12, "price": 12}, 0),
    "pricelists/ph-products-erp-export.xlsx": ({"product": 105, "price": 99}, 0),
    "quotations/kr-purchase-order.xlsx": ({"inquiry": 1, "line": 1}, 0),
    "quotations/bilingual-quotation-import-template.xlsx": ({"product": 12, "price": 7}, 0),
    "quotations/quotation-valid-bilingual.xlsx": ({"product": 3, "price": 1}, 0),
    "quotations/quotation-row-error.xlsx": ({}, 1),
    "quotations/quotation-formula.xlsx": ({"product": 1}, 0),
    "quotations/ph-abstract-of-quotation-5vendors.xlsx": (
        {
            "supplier": 5,
            "contact": 2,
            "product": 13,
            "price": 13,
            "inquiry": 1,
            "line": 3,
            "offer": 5,
        },
        0,
    ),
    "inquiries/kbeauty-buyers-79.csv": ({"buyer": 76}, 1),
    "inquiries/ph-purchase-request-form.xlsx": ({}, 1),
    "reference/cn-industrial-categories-3level.xlsx": ({"category": 118}, 0),
    "made/buyers-inquiries-gbk.csv": ({"buyer": 30, "contact": 30, "inquiry": 30, "line": 30}, 0),
    "made/canton-fair-contacts.xlsx": ({"supplier": 41, "contact": 41}, 0),
    "made/factory-one-price.xlsx": ({"supplier": 1, "product": 9, "price": 9, "picture": 8}, 0),
    "made/factory-price-list.xlsx": ({"supplier": 1, "product": 22, "price": 66, "picture": 19}, 0),
    "made/factory-wps-cell-pictures.xlsx": (
        {"supplier": 1, "product": 9, "price": 9, "picture": 8},
        0,
    ),
}
#: Papers about one deal: what they hold when a person says that their lines are products.
PAPERS: dict[str, dict[str, int]] = {
    "quotations/kr-commercial-invoice.xlsx": {"supplier": 1, "product": 8, "price": 8},
    "quotations/kr-packing-list.xlsx": {"supplier": 1, "product": 3},
    "quotations/invoice-with-images.xlsx": {"product": 2, "price": 2},
}
LONG: dict[str, tuple[dict[str, int], int]] = {
    "suppliers/cn-listed-companies-gbk.csv": ({"supplier": 3325}, 0),
    "fairs/hannover-messe-2018-exhibitors.csv": ({"supplier": 6566}, 30),
    "fairs/ces-exhibitors-mobility.csv": ({"supplier": 660}, 0),
    "pricelists/cn-jst-product-master-5646.xlsx": ({"supplier": 21, "product": 5646}, 0),
    "pricelists/ru-tv-ac-led-images-multisheet.xlsx": (
        {"supplier": 1, "product": 34, "price": 79},
        0,
    ),
    "quotations/quotation-h2-many-items.csv": ({"product": 720, "price": 540}, 0),
}


def previewed(desk: Desk, folder: Path, tmp_path: Path, name: str) -> Preview:
    """The preview of a copy, beside which rejected rows may be written."""
    return desk.sheets.preview(Path(shutil.copy(folder / name, tmp_path)))


def check(desk: Desk, folder: Path, tmp_path: Path, name: str) -> None:
    created, rejected = {**CREATED, **LONG}[name]
    preview = previewed(desk, folder, tmp_path, name)
    result = desk.sheets.commit(preview)
    assert (result.created, result.rejected) == (created, rejected)
    again = desk.sheets.commit(desk.sheets.preview(preview.path))
    assert (again.operation, again.created, again.updated) == (None, {}, {})


@pytest.mark.no_cover
@pytest.mark.parametrize("name", CREATED)
def test_a_real_sheet_becomes_its_records_once(
    desk: Desk, shared_sheets: Path, tmp_path: Path, name: str
) -> None:
    check(desk, shared_sheets, tmp_path, name)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_no_list_until_somebody_says_so(
    desk: Desk, shared_sheets: Path, tmp_path: Path, name: str
) -> None:
    preview = previewed(desk, shared_sheets, tmp_path, name)
    (sheet,) = preview.sheets
    assert sheet.why_not == Message("mapping.skipped_document")
    assert sheet.kind_confidence <= 0.5
    with pytest.raises(AppError, match=r"sheets\.only_papers"):
        desk.sheets.commit(preview)
    told = desk.sheets.preview(preview.path, ImportOptions(kind="products"))
    assert desk.sheets.commit(told).created == PAPERS[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_a_long_real_sheet_becomes_its_records_once(
    desk: Desk, shared_sheets: Path, tmp_path: Path, name: str
) -> None:
    check(desk, shared_sheets, tmp_path, name)


@pytest.mark.parametrize("name", ["hs-en-6digit.csv", "ports-unlocode-linerlib.csv"])
def test_tables_of_reference_are_no_records_of_trade(
    desk: Desk, shared_sheets: Path, tmp_path: Path, name: str
) -> None:
    preview = previewed(desk, shared_sheets, tmp_path, f"reference/{name}")
    with pytest.raises(AppError):
        desk.sheets.commit(preview)


def test_what_the_vendors_of_an_abstract_offer_are_offers_with_their_lines(
    desk: Desk, shared_sheets: Path, tmp_path: Path
) -> None:
    name = "quotations/ph-abstract-of-quotation-5vendors.xlsx"
    desk.sheets.commit(previewed(desk, shared_sheets, tmp_path, name))
    suppliers = [desk.directory_views.company(i) for i in desk.lists.ids("supplier")]
    offers = [mention for s in suppliers for mention in s.mentions if mention.kind == "offer"]
    assert len(offers) == 5
    phones = {s.values["name_en"]: len(s.points) for s in suppliers}
    assert phones["Bacolod Visayan Lumber"] == 1


def test_shifted_rows_of_a_fair_stay_out_and_say_why(
    desk: Desk, shared_sheets: Path, tmp_path: Path
) -> None:
    preview = previewed(desk, shared_sheets, tmp_path, "fairs/hannover-messe-2018-exhibitors.csv")
    rejected = [row for row in preview.plan.rows if row.outcome is Outcome.REJECT]
    assert len(rejected) == 30
    assert {p.message.key for r in rejected for p in r.problems if p.severity == "error"} == {
        "mapping.row_is_shifted"
    }


def test_categories_become_a_tree(desk: Desk, shared_sheets: Path, tmp_path: Path) -> None:
    name = "reference/cn-industrial-categories-3level.xlsx"
    preview = previewed(desk, shared_sheets, tmp_path, name)
    assert preview.counts == {Outcome.CREATE: 118}
    result = desk.sheets.commit(preview)
    assert desk.history.undo(result.operation).kept == ()
