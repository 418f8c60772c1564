"""A record tells what happened to it: each step, what changed in it, and in what belongs to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.desk import Desk
from app.history.record_views import Happened, RecordStep
from app.inquiries.service import InquiryDraft
from app.kernel.errors import AppError
from app.quotations.service import QuotationDraft


def told(step: RecordStep) -> list[tuple[str, Happened, list[tuple[str, object, object]]]]:
    return [
        (
            change.kind,
            change.happened,
            [(one.field.key, one.before, one.after) for one in change.fields],
        )
        for change in step.changes
    ]


def test_fields_are_told_before_and_after_and_undo_is_a_step_of_its_own(desk: Desk) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "海达", "city": "慈溪"})
    desk.directory.edit("supplier", [supplier], {"city": "宁波", "grade": "A"})
    desk.history.undo()
    back, edited, added = desk.record_histories.of("supplier", supplier)
    assert told(edited) == [
        ("supplier", Happened.CHANGED, [("city", "慈溪", "宁波"), ("grade", None, "A")])
    ]
    assert told(back) == [
        ("supplier", Happened.CHANGED, [("city", "宁波", "慈溪"), ("grade", "A", None)])
    ]
    assert told(added) == [("supplier", Happened.ADDED, [])]
    assert (back.kind, edited.is_undone, added.is_undone) == ("undo", True, False)
    assert edited.message.key == "directory.edit.supplier"


def test_what_belongs_to_a_record_is_part_of_its_history_after_it_is_gone_too(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_zh": "保温壶"})
    other = desk.directory.add("product", {"name_zh": "杯"})
    price = desk.directory.add(
        "price", {"product_id": product, "amount": "11.50", "currency": "CNY"}
    )
    desk.directory.edit("price", [price], {"amount": "12"})
    desk.directory.tag("product", [product, other], "热销")
    desk.directory.delete("price", [price])
    steps = desk.record_histories.of("product", product)
    removed, tagged, changed, priced, _added = (told(step) for step in steps)
    ((kind, happened, fields),) = removed
    assert (kind, happened) == ("price", Happened.REMOVED)
    assert ("amount", Decimal(12), None) in fields
    assert tagged == [("tag_link", Happened.ADDED, [("tags", None, "热销")])]
    assert changed == [("price", Happened.CHANGED, [("amount", Decimal("11.5"), Decimal(12))])]
    assert priced[0][:2] == ("price", Happened.ADDED)
    assert len(desk.record_histories.of("product", other)) == 2


def test_the_first_of_several_parts_is_told_as_gone_and_so_is_the_newest(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_zh": "保温壶"})
    prices = [
        desk.directory.add("price", {"product_id": product, "amount": amount, "currency": "CNY"})
        for amount in ("11", "12", "13")
    ]
    for gone in (prices[0], prices[2]):
        desk.directory.delete("price", [gone])
        (change,) = desk.record_histories.of("product", product)[0].changes
        assert (change.id, change.happened) == (gone, Happened.REMOVED)
    desk.history.undo()
    desk.history.undo()
    happened = [step.changes[0].happened for step in desk.record_histories.of("product", product)]
    assert happened[:2] == [Happened.ADDED, Happened.ADDED]


def test_a_deleted_record_still_has_its_history_and_one_that_never_was_has_none(
    desk: Desk,
) -> None:
    buyer = desk.directory.add("buyer", {"name_en": "Nordlys"})
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "cup"}]))
    desk.inquiries.delete([inquiry])
    gone = desk.record_histories.of("inquiry", inquiry)[0]
    assert ("inquiry", Happened.REMOVED, []) in told(gone)
    assert all(
        change[0] != "inquiry"
        for step in desk.record_histories.of("buyer", buyer)
        for change in told(step)
    ), "an inquiry stands by itself"
    for kind, record_id in (("buyer", 999), ("widget", 1)):
        with pytest.raises(AppError):
            desk.record_histories.of(kind, record_id)


def test_a_quotation_tells_of_its_revisions_and_lines(desk: Desk) -> None:
    quotation = desk.quotations.draft(QuotationDraft(buyer="Nordlys"))
    desk.quotations.add_lines(quotation, [{"kind": "free", "name_en": "Lid", "price": "2"}])
    line = desk.quotation_views.quotation(quotation).lines[0].id
    desk.quotations.edit_lines(quotation, {line: {"price": "1.90"}})
    newest = told(desk.record_histories.of("quotation", quotation)[0])
    assert ("quotation_line", Happened.CHANGED, [("price", Decimal(2), Decimal("1.9"))]) in newest


def test_what_was_undone_before_there_was_the_record_is_none_of_its_parts(desk: Desk) -> None:
    for name in ("A", "B"):
        gone = desk.directory.add("supplier", {"name_en": name})
        desk.directory.add("contact_point", {"company_id": gone, "kind": "email", "value": "a@b.c"})
        desk.history.undo()
        desk.history.undo()
    supplier = desk.directory.add("supplier", {"name_en": "C"})
    assert len(desk.record_histories.of("supplier", supplier)) == 1
    point = desk.directory.add(
        "contact_point", {"company_id": supplier, "kind": "email", "value": "c@d.e"}
    )
    desk.directory.delete("contact_point", [point])
    happened = [
        change.happened
        for step in desk.record_histories.of("supplier", supplier)
        for change in step.changes
    ]
    assert happened == [Happened.REMOVED, Happened.ADDED, Happened.ADDED]
