"""An inquiry is taken, changed and moved through its stages."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app.desk import Desk
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from app.kernel.errors import AppError
from app.kernel.language import catalogue


@pytest.fixture
def inquiry(desk: Desk) -> int:
    return desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB",
            values={"channel": "Alibaba.com", "subject": "Tumblers"},
            lines=[{"wording": "vacuum flask 500 ml", "quantity": "5000", "unit": "pcs"}],
        )
    )


def test_a_new_inquiry_has_a_number_a_buyer_and_lines(desk: Desk, inquiry: int) -> None:
    detail = desk.inquiry_views.inquiry(inquiry)
    assert detail.values["number"] == "I-2026-0001"
    assert detail.values["stage"] == "new"
    assert detail.buyer == "Nordic Home AB"
    assert detail.lines[0].values["quantity"] == Decimal(5000)


def test_the_same_buyer_is_found_again(desk: Desk, inquiry: int) -> None:
    again = desk.inquiries.add(InquiryDraft(buyer="NORDIC HOME ab", lines=[{"wording": "cup"}]))
    detail = desk.inquiry_views.inquiry(again)
    assert detail.buyer_id == desk.inquiry_views.inquiry(inquiry).buyer_id
    assert desk.lists.count("buyer") == 1


def test_a_number_is_never_given_twice(desk: Desk, inquiry: int) -> None:
    desk.history.undo()
    again = desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "cup"}]))
    assert desk.inquiry_views.inquiry(again).values["number"] == "I-2026-0002"


def test_a_line_without_a_product_is_refused(desk: Desk) -> None:
    with pytest.raises(AppError):
        desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"quantity": "5"}]))
    assert desk.lists.count("inquiry") == desk.lists.count("buyer") == 0


def test_a_stage_says_what_it_needs(desk: Desk, inquiry: int) -> None:
    desk.inquiries.move(inquiry, Stage.SOURCING)
    with pytest.raises(AppError):
        desk.inquiries.move(inquiry, Stage.QUOTED)
    with pytest.raises(AppError):
        desk.inquiries.move(inquiry, Stage.LOST)
    desk.inquiries.move(inquiry, Stage.LOST, reason="price")
    assert desk.inquiry_views.inquiry(inquiry).values["lost_reason"] == "price"
    undone = desk.history.undo().message
    assert desk.inquiry_views.inquiry(inquiry).values["stage"] == "sourcing"
    assert catalogue("en").text(undone) == "Move inquiry I-2026-0001 to Lost"
    assert catalogue("zh_CN").text(undone) == "将询盘 I-2026-0001 移至“未成交”"


def test_lines_are_changed_added_and_removed_in_one_step(desk: Desk, inquiry: int) -> None:
    (line,) = desk.inquiry_views.inquiry(inquiry).lines
    desk.inquiries.set_lines(
        inquiry, [{"wording": "lid"}, {"id": line.id, "wording": "flask", "quantity": "100"}]
    )
    lines = desk.inquiry_views.inquiry(inquiry).lines
    assert [(x.position, x.values["wording"]) for x in lines] == [(1, "lid"), (2, "flask")]
    assert lines[1].id == line.id
    assert lines[1].values["unit"] == "pcs"
    desk.history.undo()
    assert len(desk.inquiry_views.inquiry(inquiry).lines) == 1


def test_the_first_answer_stays_the_first(desk: Desk, inquiry: int) -> None:
    desk.inquiries.answered(inquiry)
    first = desk.inquiry_views.inquiry(inquiry).values["first_answered_at"]
    assert first is not None
    desk.inquiries.answered(inquiry)
    assert desk.inquiry_views.inquiry(inquiry).values["first_answered_at"] == first


def test_a_line_is_linked_to_a_product_of_the_book_and_its_request_with_it(
    desk: Desk, inquiry: int
) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    flask = desk.directory.add("product", {"supplier_id": supplier, "item_number": "HD-7"})
    request = desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    line = desk.inquiry_views.inquiry(inquiry).lines[0]
    desk.inquiries.link_line(line.id, flask)
    (linked,) = desk.inquiry_views.inquiry(inquiry).lines
    assert linked.product is not None
    assert (linked.product.name, linked.product.supplier) == ("HD-7", "海达")
    assert desk.sourcing_views.request(request).lines[0].product_id == flask
    desk.history.undo()
    assert desk.inquiry_views.inquiry(inquiry).lines[0].product is None
    assert desk.sourcing_views.request(request).lines[0].product_id is None
    with pytest.raises(AppError):
        desk.inquiries.link_line(line.id, 999)


def test_a_channel_named_in_either_language_is_one_channel_and_others_stay_as_typed(
    desk: Desk,
) -> None:
    said = ("阿里巴巴国际站", "alibaba.com", "广交会", "朋友的店")
    found = [
        desk.inquiries.add(
            InquiryDraft(buyer="A", values={"channel": name}, lines=[{"wording": name}])
        )
        for name in said
    ]
    rows = desk.lists.rows("inquiry", found, ["channel"])
    assert [rows[id_][0] for id_ in found] == [
        "Alibaba.com",
        "Alibaba.com",
        "Canton Fair",
        "朋友的店",
    ]


def test_an_inquiry_that_came_twice_is_noticed_by_buyer_and_goods(desk: Desk) -> None:
    def add(buyer: str, *wordings: str, channel: str = "Email", **values: object) -> int:
        lines = [{"wording": wording} for wording in wordings]
        draft = InquiryDraft(buyer=buyer, values={"channel": channel, **values}, lines=lines)
        return desk.inquiries.add(draft)

    def same(inquiry: int) -> list[int]:
        return [other.id for other in desk.inquiry_views.inquiry(inquiry).same]

    first = add("Nordlys AS", "vacuum flask 500 ml", "silicone spatula", channel="Alibaba.com")
    again = add("Nordlys AS", "Vacuum flasks, 500ml")
    other_goods = add("Nordlys AS", "yoga mat 6 mm")
    other_buyer = add("Kestrel GmbH", "vacuum flask 500 ml")
    long_ago = desk.clock.now() - timedelta(days=200)
    earlier = add("Nordlys AS", "vacuum flask 500 ml", received_at=long_ago)
    assert same(first) == [again]
    assert same(again) == [first]
    assert [same(one) for one in (other_goods, other_buyer, earlier)] == [[], [], []]


def test_one_buyer_kept_twice_is_known_by_the_shared_mail_address(desk: Desk) -> None:
    found = []
    for name in ("Nordlys AS", "Nordlys Trading"):
        inquiry = desk.inquiries.add(InquiryDraft(buyer=name, lines=[{"wording": "yoga mat"}]))
        buyer = desk.inquiry_views.inquiry(inquiry).buyer_id
        point = {"company_id": buyer, "kind": "email", "value": "anna@nordlys.example"}
        desk.directory.add("contact_point", point)
        found.append(inquiry)
    assert [other.id for other in desk.inquiry_views.inquiry(found[0]).same] == found[1:]


def test_when_an_inquiry_was_received_and_answered_is_typed_in_the_time_of_the_place(
    desk: Desk, inquiry: int
) -> None:
    desk.inquiries.edit([inquiry], {"received_at": "2026-02-27 18:05", "first_answered_at": ""})
    values = desk.inquiry_views.inquiry(inquiry).values
    assert values["received_at"] == datetime(2026, 2, 27, 18, 5).astimezone()
    with pytest.raises(AppError) as refused:
        desk.inquiries.edit([inquiry], {"received_at": "yesterday"})
    assert refused.value.message.key == "lists.bad_value"
