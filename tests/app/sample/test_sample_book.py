"""The sample book is whole: every stage and state, pictures, prices above cost, nobody real."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from PIL import Image

from app.desk import Desk
from app.inquiries.stages import Stage
from app.kernel.errors import AppError
from app.quotations.revisions import State
from app.sample.reading import parts, table
from resources import resource

MOST_BYTES = 4_000_000
INVENTED_PHONE = re.compile(
    r"0\d{2,3}-5550? 0\d{3}"
    r"|138 0000 \d{4}"
    r"|\+\d{1,3} .*(55|71 00|99 00|496 0|390 06|66969|4710|70\d\d 0).*"
)


def values(desk: Desk, kind: str, *keys: str) -> list[tuple[object, ...]]:
    ids = desk.lists.ids(kind)
    return list(desk.lists.rows(kind, ids, keys).values())


def test_it_is_as_large_as_a_real_desk(sample_desk: Desk) -> None:
    counts = {kind: sample_desk.lists.count(kind) for kind in ("supplier", "product", "buyer")}
    assert 60 <= counts["supplier"] <= 80
    assert counts["product"] >= 220
    assert counts["buyer"] >= 25
    lines = [
        len(sample_desk.inquiry_views.inquiry(id_).lines)
        for id_ in sample_desk.lists.ids("inquiry")
    ]
    assert len(lines) >= 22
    assert sum(lines) >= 40
    assert sample_desk.lists.count("quotation") >= 10


def test_every_stage_and_every_state_is_there(sample_desk: Desk) -> None:
    stages = {row[0] for row in values(sample_desk, "inquiry", "stage")}
    assert stages == {stage.value for stage in Stage}
    states = {
        revision.state
        for id_ in sample_desk.lists.ids("quotation")
        for revision in sample_desk.quotation_views.quotation(id_).revisions
    }
    assert states == set(State)


def test_every_quoted_price_is_known_and_above_its_cost(sample_desk: Desk) -> None:
    for id_ in sample_desk.lists.ids("quotation"):
        quotation = sample_desk.quotation_views.quotation(id_)
        for line in quotation.lines:
            inner = quotation.internal.lines[line.id]
            assert line.unit_price is not None, (quotation.number, line.values["item_number"])
            assert inner.margin_on_price is not None
            assert inner.margin_on_price > Decimal("0.05"), quotation.number
            assert line.picture is not None


def test_pictures_are_there_small_and_shared_by_name(sample_desk: Desk) -> None:
    folder = resource("sample", "pictures")
    drawn = {file.name: file for file in folder.iterdir()}
    assert {row["picture"] for row in table("products")} <= set(drawn)
    assert sum(len(file.read_bytes()) for file in drawn.values()) < MOST_BYTES
    for name, file in drawn.items():
        with file.open("rb") as stream, Image.open(stream) as image:
            assert max(image.size) <= 320, name


def test_packing_agrees_with_itself() -> None:
    for row in table("products"):
        length, width, height = (
            Decimal(row[f"carton_{side}_cm"]) for side in ("length", "width", "height")
        )
        net, gross = Decimal(row["net_weight_kg"]), Decimal(row["gross_weight_kg"])
        assert net < gross < net + 5, row["item_number"]
        assert Decimal("0.002") < length * width * height / 1_000_000 < Decimal("0.35")
        assert net < 40, row["item_number"]
        assert len(row["hs_code"]) == 10


def test_prices_fall_with_the_quantity_and_begin_at_the_minimum_order() -> None:
    moqs = {row["item_number"]: Decimal(row["moq"]) for row in table("products")}
    tiers: dict[tuple[str, str], list[tuple[Decimal, Decimal]]] = {}
    for row in table("prices"):
        key = (row["item_number"], row["days_ago"])
        tiers.setdefault(key, []).append((Decimal(row["min_quantity"]), Decimal(row["amount"])))
    assert {item for item, _ in tiers} == set(moqs)
    for (item, _), steps in tiers.items():
        assert 1 <= len(steps) <= 3
        assert steps[0][0] == moqs[item]
        assert [amount for _, amount in steps] == sorted((a for _, a in steps), reverse=True)


def test_nobody_in_it_is_real() -> None:
    for row in (*table("suppliers"), *table("buyers")):
        assert row["email"].endswith(".example"), row["key"]
        assert row["website"].endswith(".example"), row["key"]
        for key in ("phone", "mobile", "second_mobile", "whatsapp"):
            if number := row.get(key):
                assert INVENTED_PHONE.fullmatch(number), number


def test_names_numbers_and_keys_are_never_given_twice() -> None:
    for name, columns in {
        "suppliers": ("key", "name_zh", "name_en", "mobile", "email", "website"),
        "buyers": ("key", "name_en", "email", "website"),
        "products": ("item_number",),
    }.items():
        for column in columns:
            cells = [row[column] for row in table(name)]
            assert len(cells) == len(set(cells)), (name, column)


def test_something_is_due_and_something_expires_whatever_the_day(sample_desk: Desk) -> None:
    today = sample_desk.clock.today()
    due = [row[0] for row in values(sample_desk, "inquiry", "next_action_on")]
    assert today in due
    assert any(day is not None and day < today for day in due)
    assert sample_desk.quotation_views.expiring(within_days=7)
    soon = [
        int(entry.rsplit(":", 1)[1])
        for row in table("suppliers")
        for entry in parts(row["certificates"])
    ]
    assert any(day < 0 for day in soon)
    assert any(0 < day <= 30 for day in soon)


def test_loading_is_one_operation_that_undo_takes_back(desk: Desk) -> None:
    counts = desk.load_sample()
    assert desk.lists.count("supplier") == counts["supplier"]
    assert len(desk.history.operations(limit=10)) == 1
    undone = desk.history.undo()
    assert not undone.kept
    assert all(desk.lists.count(kind) == 0 for kind in ("supplier", "product", "quotation"))
    desk.history.redo()
    assert desk.lists.count("quotation") == counts["quotation"]


def test_no_step_of_it_lies_in_the_future(sample_desk: Desk) -> None:
    now = sample_desk.clock.now() + timedelta(seconds=1)
    assert all(row[0] < now for row in values(sample_desk, "inquiry", "received_at"))  # type: ignore[operator]


def test_a_book_with_records_is_refused(desk: Desk) -> None:
    desk.directory.add("supplier", {"name_zh": "已有"})
    with pytest.raises(AppError) as trouble:
        desk.load_sample()
    assert trouble.value.message.key == "sample.book_not_empty"
    assert desk.lists.count("supplier") == 1


def test_lines_that_name_a_product_are_linked_to_it(sample_desk: Desk) -> None:
    lines = [
        line
        for id_ in sample_desk.lists.ids("inquiry")
        for line in sample_desk.inquiry_views.inquiry(id_).lines
    ]
    linked = [line for line in lines if line.product is not None]
    assert len(linked) >= len(lines) // 2
    assert len(linked) < len(lines), "some name goods nobody was found for yet"


def test_every_inquiry_and_every_quotation_is_with_a_person(sample_desk: Desk) -> None:
    for id_ in sample_desk.lists.ids("inquiry"):
        assert sample_desk.inquiry_views.inquiry(id_).contact_id is not None
    for id_ in sample_desk.lists.ids("quotation"):
        assert sample_desk.quotation_views.quotation(id_).values["contact_name"]
