"""Two records of one company become one, with everything that hung on either, and apart again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from row_hashes import row_hashes
from sqlalchemy import select, text

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.kernel.errors import AppError
from database.records import CompanyRecord, NotDuplicateRecord


@pytest.fixture
def pair(desk: Desk) -> tuple[int, int]:
    """One factory typed in twice, with things hanging on both."""
    first = desk.directory.add("supplier", {"name_zh": "宁波海达塑料制品有限公司", "city": "宁波"})
    second = desk.directory.add(
        "supplier",
        {"name_zh": "海达塑料", "name_en": "Haida Plastic", "city": "余姚", "website": "haida.cn"},
    )
    for company in (first, second):
        desk.directory.add("contact", {"name": "李明朗", "company_id": company})
        desk.directory.tag("supplier", [company], "工厂")
    product = desk.directory.add("product", {"name_zh": "保温杯", "supplier_id": second})
    line = OfferLineDraft(tiers=((None, Decimal("3.2")),), product_id=product, wording="保温杯")
    desk.offers.record(OfferDraft(supplier_id=second, currency="CNY", lines=[line]))
    return first, second


def test_everything_of_the_other_company_hangs_on_the_kept_one(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    desk.directory.merge("supplier", keep, other, take=["city"])
    assert list(desk.lists.ids("supplier")) == [keep]
    detail = desk.directory_views.company(keep)
    assert detail.values["name_zh"] == "宁波海达塑料制品有限公司"
    assert (detail.values["name_en"], detail.values["city"]) == ("Haida Plastic", "余姚")
    assert detail.values["website"] == "haida.cn"
    assert len(detail.contacts) == 2
    assert [mention.kind for mention in detail.mentions] == ["offer"]
    (product,) = desk.lists.ids("product")
    assert desk.directory_views.product(product).supplier == "宁波海达塑料制品有限公司"
    with desk._book.read() as session:
        names = session.execute(text("SELECT name FROM alias WHERE company_id = :id"), {"id": keep})
        assert [row[0] for row in names] == ["海达塑料"]
        assert session.scalar(text("SELECT count(*) FROM tag_link")) == 1
        assert session.scalars(select(CompanyRecord.website_host)).all() == ["haida.cn"]


def test_a_merge_is_taken_back_and_done_again_to_the_same_rows(
    desk: Desk, pair: tuple[int, int]
) -> None:
    before = row_hashes(desk._book)
    desk.directory.merge("supplier", *pair)
    merged = row_hashes(desk._book)
    assert desk.history.undo().kept == ()
    assert row_hashes(desk._book) == before
    assert desk.history.redo().kept == ()
    assert row_hashes(desk._book) == merged


def test_what_is_not_the_other_company_is_not_the_kept_one(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    third = desk.directory.add("supplier", {"name_zh": "海达五金"})
    desk.directory.not_duplicate(third, other)
    desk.directory.not_duplicate(other, third)
    desk.directory.not_duplicate(keep, other)
    desk.directory.merge("supplier", keep, other)
    with desk._book.read() as session:
        pairs = session.execute(
            select(NotDuplicateRecord.company_id, NotDuplicateRecord.other_id)
        ).all()
    assert [tuple(one) for one in pairs] == [(keep, third)]


def test_a_company_is_not_merged_with_itself_or_with_none(
    desk: Desk, pair: tuple[int, int]
) -> None:
    for other in (pair[0], 999):
        with pytest.raises(AppError):
            desk.directory.merge("supplier", pair[0], other)
