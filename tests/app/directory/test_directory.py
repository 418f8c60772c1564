"""Companies, people and products are added, changed, deleted and read whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.desk import Desk
from app.kernel.errors import AppError
from app.lists import Sort


def supplier(desk: Desk, name: str = "宁波海达塑料制品有限公司", **values: object) -> int:
    return desk.directory.add("supplier", {"name_zh": name, **values})


def test_a_supplier_is_shown_with_its_people_and_products(desk: Desk) -> None:
    company = supplier(desk, name_en="Ningbo Haida Plastics Co., Ltd.", country="cn")
    person = desk.directory.add("contact", {"company_id": company, "name": "李明朗"})
    desk.directory.add(
        "contact_point", {"contact_id": person, "kind": "mobile", "value": "138 0000 0000"}
    )
    product = desk.directory.add(
        "product", {"supplier_id": company, "item_number": "0012", "name_zh": "保温杯"}
    )
    desk.directory.add("price", {"product_id": product, "amount": "12.50"})

    detail = desk.directory_views.company(company)

    assert detail.roles == ("supplier",)
    assert detail.values["country"] == "CN"
    assert detail.contacts[0].values["name"] == "李明朗"
    assert detail.contacts[0].points[0].values["value"] == "138 0000 0000"
    assert [(p.item_number, p.price, p.currency) for p in detail.products] == [
        ("0012", Decimal("12.5"), "CNY")
    ]
    (row,) = desk.lists.rows("supplier", [company], ["contact", "phone", "products"]).values()
    assert row == ("李明朗", "138 0000 0000", 1)


def test_a_record_without_a_name_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    with pytest.raises(AppError) as caught:
        desk.directory.add("supplier", {"name_zh": "  ", "city": "宁波"})
    assert caught.value.message.key == "directory.nothing_filled"
    assert desk.lists.count("supplier") == 0
    assert desk.history.operations() == []


def test_a_value_of_the_wrong_type_names_its_field(desk: Desk) -> None:
    with pytest.raises(AppError) as caught:
        desk.directory.add("product", {"name_zh": "杯", "moq": "many"})
    assert caught.value.message.params["value"] == "many"


def test_one_edit_of_many_records_is_undone_at_once(desk: Desk) -> None:
    ids = [supplier(desk, name) for name in ("甲", "乙", "丙")]
    desk.directory.edit("supplier", ids, {"city": "义乌"})
    assert {row[0] for row in desk.lists.rows("supplier", ids, ["city"]).values()} == {"义乌"}
    desk.history.undo()
    assert {row[0] for row in desk.lists.rows("supplier", ids, ["city"]).values()} == {None}


def test_deleting_a_supplier_that_also_buys_keeps_the_buyer(desk: Desk) -> None:
    company = supplier(desk)
    desk.inquiries.add(_inquiry_of("宁波海达塑料制品有限公司"))
    desk.directory.delete("supplier", [company])
    assert desk.lists.count("supplier") == 0
    assert desk.lists.count("buyer") == 1


def _inquiry_of(buyer: str) -> object:
    from app.inquiries.service import InquiryDraft

    return InquiryDraft(buyer=buyer, lines=[{"wording": "cup"}])


def test_a_tag_is_hung_once_and_taken_off(desk: Desk) -> None:
    ids = [supplier(desk, name) for name in ("甲", "乙")]
    desk.directory.tag("supplier", ids, "重点")
    desk.directory.tag("supplier", ids[:1], "重点")
    desk.directory.tag("supplier", [ids[0], ids[0]], "老厂")
    assert desk.directory_views.company(ids[0]).tags == ("老厂", "重点")
    desk.directory.untag("supplier", ids, "老厂")
    for gone, name in (([999], "重点"), (ids, "没有")):
        with pytest.raises(AppError):
            desk.directory.untag("supplier", gone, name)
    product = desk.directory.add("product", {"name_zh": "杯"})
    desk.directory.tag("product", [product], "热销")
    uses = desk.directory_views.tags("supplier", ids)
    assert [(use.name, use.count) for use in uses] == [("重点", 2), ("热销", 0)]
    for gone, name in (([999], "重点"), (ids, " ")):
        with pytest.raises(AppError):
            desk.directory.tag("supplier", gone, name)
    desk.directory.untag("supplier", ids, "重点")
    assert desk.directory_views.company(ids[1]).tags == ()


def test_a_list_is_sorted_by_any_field_with_empty_values_last(desk: Desk) -> None:
    first, second, third = (
        supplier(desk, "甲", city="b"),
        supplier(desk, "乙"),
        supplier(desk, "丙", city="a"),
    )
    assert list(desk.lists.ids("supplier", sort=Sort("city"))) == [third, first, second]
    assert list(desk.lists.ids("supplier", sort=Sort.parse("-city"))) == [first, third, second]
    assert list(desk.lists.ids("supplier", limit=1)) == [third]


def test_an_unknown_list_or_field_says_what_there_is(desk: Desk) -> None:
    with pytest.raises(AppError):
        desk.lists.ids("widget")
    with pytest.raises(AppError):
        desk.lists.ids("supplier", sort=Sort("height"))
