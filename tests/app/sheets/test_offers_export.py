"""Offers go out with every line and tier, and come back as the same offers."""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.service import InquiryDraft
from database.records import OfferLineRecord

D = Decimal
CUP = ((D(1000), D("11.3")), (D(3000), D("10.9")))


@pytest.fixture
def offers(desk: Desk) -> tuple[Desk, int]:
    """Two offers of one supplier, the first with a line of two tiers and one of a single price."""
    lines = [{"wording": "cup, 350 ml"}, {"wording": "lid"}]
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=lines))
    cup, lid = (line.id for line in desk.inquiry_views.inquiry(inquiry).lines)
    supplier = desk.directory.add("supplier", {"name_zh": "海达", "name_en": "Haida"})
    for cup_tiers in (CUP, ((None, D("10.5")),)):
        desk.offers.record(
            OfferDraft(
                supplier_id=supplier,
                inquiry_id=inquiry,
                currency="CNY",
                incoterm="EXW",
                includes_vat=True,
                vat_rate=D("0.13"),
                offered_on=date(2026, 3, 1),
                payment_terms="30% deposit",
                lines=[
                    OfferLineDraft(
                        tiers=cup_tiers,
                        inquiry_line_id=cup,
                        unit="pcs",
                        moq=D(1000),
                        lead_time_days=25,
                        packing="white box",
                    ),
                    OfferLineDraft(tiers=((None, D("1.2")),), inquiry_line_id=lid),
                ],
            )
        )
    return desk, inquiry


def listed(desk: Desk) -> list[tuple[object, ...]]:
    ids = desk.lists.ids("offer")
    keys = ["wording", "lines", "prices", "currency", "offered_on", "payment_terms"]
    found = desk.lists.rows("offer", ids, keys)
    return [found[id_] for id_ in ids]


def test_a_list_of_offers_tells_all_goods_and_prices(offers: tuple[Desk, int]) -> None:
    desk, _ = offers
    rows = {row[2]: row for row in listed(desk)}
    assert set(rows) == {"11.3 @ 1000; 10.9 @ 3000 | 1.2", "10.5 | 1.2"}
    assert rows["10.5 | 1.2"][:2] == ("cup, 350 ml、lid", 2)


@pytest.mark.parametrize("name", ["offers.xlsx", "报价.csv"])
def test_exported_offers_come_back_without_a_change(
    offers: tuple[Desk, int], tmp_path: Path, name: str
) -> None:
    desk, _ = offers
    assert desk.sheets.export("offer", tmp_path / name, language="zh_CN") == 2
    result = desk.sheets.commit(desk.sheets.preview(tmp_path / name))
    assert (result.created, result.updated, result.rejected) == ({}, {}, 0)


def test_a_line_called_otherwise_answers_what_it_answered(
    offers: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, inquiry = offers
    product = desk.directory.add("product", {"name_en": "Cup"})
    first = desk.lists.ids("offer").tolist()[-1]
    with desk._book.write("sourcing.record_offer") as scope:
        lines = scope.scalars(select(OfferLineRecord).where(OfferLineRecord.offer_id == first))
        next(iter(lines)).product_id = product
    file = tmp_path / "offers.csv"
    desk.sheets.export("offer", file, ids=[first])
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("cup, 350 ml", "mug of steel"), encoding="utf-8")
    desk.sheets.commit(desk.sheets.preview(file))
    newest = desk.lists.ids("offer")[0]
    assert newest != first
    with desk._book.read() as session:
        read = select(OfferLineRecord.wording, OfferLineRecord.product_id)
        told = session.execute(
            read.add_columns(OfferLineRecord.inquiry_line_id)
            .where(OfferLineRecord.offer_id == newest)
            .order_by(OfferLineRecord.position)
        ).all()
    cup, lid = (line.id for line in desk.inquiry_views.inquiry(inquiry).lines)
    assert [tuple(row) for row in told] == [("mug of steel", product, cup), ("lid", None, lid)]


def test_lines_that_changed_places_keep_their_own_links(
    offers: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, inquiry = offers
    first = desk.lists.ids("offer").tolist()[-1]
    file = tmp_path / "offers.csv"
    desk.sheets.export("offer", file, ids=[first])
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for row in rows:
        row["No."] = {"1": "2", "2": "1"}[row["No."]]
        row["Price"] = f"{row['Price']}1"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    desk.sheets.commit(desk.sheets.preview(file))
    newest = desk.lists.ids("offer")[0]
    with desk._book.read() as session:
        line = OfferLineRecord
        told = session.execute(
            select(line.wording, line.inquiry_line_id).where(line.offer_id == newest)
        ).all()
    names = {line.id: line.values["wording"] for line in desk.inquiry_views.inquiry(inquiry).lines}
    assert {names[asked] == wording for wording, asked in told} == {True}
    assert {asked for _, asked in told} == set(names)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_exported_comparison_comes_back_without_a_change(
    offers: tuple[Desk, int], tmp_path: Path, language: str
) -> None:
    desk, inquiry = offers
    path = tmp_path / "compared.xlsx"
    assert desk.comparisons.export(inquiry, path, language=language) == 2
    preview = desk.sheets.preview(path)
    assert [table.is_taken for table in preview.sheets] == [False, True]
    result = desk.sheets.commit(preview)
    assert (result.created, result.updated, result.rejected) == ({}, {}, 0)


def edited(path: Path, old: str, new: str) -> Path:
    """The exported list as a person saved it after a change."""
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8-sig")
    return path


@pytest.mark.parametrize(
    ("old", "new"), [("25 days", "40 days"), ("CNY", "USD"), ("30% deposit", "LC"), ("EXW", "FOB")]
)
def test_an_offer_that_says_anything_else_is_a_new_one(
    offers: tuple[Desk, int], tmp_path: Path, old: str, new: str
) -> None:
    desk, _ = offers
    desk.sheets.export("offer", tmp_path / "offers.csv")
    path = edited(tmp_path / "offers.csv", old, new)
    assert desk.sheets.commit(desk.sheets.preview(path)).created == {"offer": 2}
    assert desk.lists.count("offer") == 4
    assert desk.sheets.commit(desk.sheets.preview(path)).operation is None


def test_a_part_of_an_exported_list_says_nothing_new(
    offers: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, _ = offers
    path = tmp_path / "offers.csv"
    desk.sheets.export("offer", path)
    head, *rows = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([head, *rows[1:4]]), "utf-8-sig")
    assert desk.sheets.commit(desk.sheets.preview(path)).operation is None


def test_an_offer_of_another_book_with_the_same_number_comes_in_beside(
    offers: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, inquiry = offers
    other = Desk(tmp_path / "other", create=True, cache=tmp_path / "cache")
    try:
        supplier = other.directory.add("supplier", {"name_zh": "海达", "name_en": "Haida"})
        line = OfferLineDraft(tiers=((None, D("8.8")),), wording="lunch box")
        other.offers.record(OfferDraft(supplier_id=supplier, currency="CNY", lines=[line]))
        other.sheets.export("offer", tmp_path / "theirs.csv")
    finally:
        other.close()
    desk.sheets.commit(desk.sheets.preview(tmp_path / "theirs.csv"))
    newest = max(desk.lists.ids("offer"))
    (taken,) = desk.sourcing_views.offer_lines(newest)
    assert (taken.wording, taken.line_id, desk.lists.count("offer")) == ("lunch box", None, 3)
    assert all(len(line.cells) == 1 for line in desk.comparisons.compare(inquiry).lines)


def test_a_number_longer_than_any_of_the_book_is_no_offer_of_it(
    offers: tuple[Desk, int], tmp_path: Path
) -> None:
    desk, _ = offers
    path = tmp_path / "offers.csv"
    desk.sheets.export("offer", path)
    text = path.read_text("utf-8-sig")
    path.write_text(re.sub(r",\d+@\w+$", f",{'9' * 25}", text, flags=re.MULTILINE), "utf-8-sig")
    assert desk.sheets.commit(desk.sheets.preview(path)).created["offer"] == 1


def test_a_row_stands_for_each_price(offers: tuple[Desk, int], tmp_path: Path) -> None:
    desk, _ = offers
    desk.sheets.export("offer", tmp_path / "offers.csv")
    with (tmp_path / "offers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [(row["No."], row["Product"], row["Quantity from"], row["Price"]) for row in rows]
    assert told == [
        ("1", "cup, 350 ml", "1000", "11.3"),
        ("1", "cup, 350 ml", "3000", "10.9"),
        ("2", "lid", "", "1.2"),
        ("1", "cup, 350 ml", "", "10.5"),
        ("2", "lid", "", "1.2"),
    ]


def test_another_book_gets_the_same_offers(offers: tuple[Desk, int], tmp_path: Path) -> None:
    desk, _ = offers
    desk.sheets.export("offer", tmp_path / "offers.xlsx")
    other = Desk(tmp_path / "other", create=True, cache=tmp_path / "cache")
    try:
        other.sheets.commit(other.sheets.preview(tmp_path / "offers.xlsx"))
        assert sorted(map(str, listed(other))) == sorted(map(str, listed(desk)))
        first = other.sourcing_views.offer_lines(1)[0]
        assert (first.lead_time_days, first.packing, first.moq) == (25, "white box", 1000)
        assert other.sheets.commit(other.sheets.preview(tmp_path / "offers.xlsx")).created == {}
    finally:
        other.close()
