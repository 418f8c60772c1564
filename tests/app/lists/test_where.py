"""Lists narrowed by queries over the fields they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from new_book import new_book

from app.desk import Desk
from app.kernel.messages import Message
from app.negotiation.service import MessageDraft
from app.search.results import Request


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    desk = Desk(new_book(folder / "book"), cache=folder / "cache")
    add = desk.directory.add
    add("supplier", {"name_zh": "宁波海达", "country": "CN", "grade": "A"})
    add("supplier", {"name_en": "Berlin Metall", "country": "DE"})
    add("product", {"name_zh": "保温杯", "item_number": "HD-1", "moq": "500"})
    add("product", {"name_zh": "水壶", "item_number": "HD-2", "moq": "1000"})
    yield desk
    desk.close()


def shown(desk: Desk, kind: str, where: str) -> list[object]:
    ids = desk.lists.ids(kind, where=where)
    assert desk.lists.count(kind, where=where) == len(ids)
    key = "item_number" if kind == "product" else "country"
    rows = desk.lists.rows(kind, ids, [key])
    return sorted(row[0] for row in rows.values())


@pytest.mark.parametrize("is_indexed", [False, True])
@pytest.mark.parametrize(
    ("kind", "where", "expected"),
    [
        ("supplier", "", ["CN", "DE"]),
        ("supplier", "country:cn", ["CN"]),
        ("supplier", "国家:DE", ["DE"]),
        ("supplier", "-country:CN", ["DE"]),
        ("supplier", "has:grade", ["CN"]),
        ("supplier", "海达 or berlin", ["CN", "DE"]),
        ("supplier", '"berlin metall"', ["DE"]),
        ("product", "moq:<600", ["HD-1"]),
        ("product", "moq:600..", ["HD-2"]),
        ("product", "hd -保温", ["HD-2"]),
        ("product", "created:today", ["HD-1", "HD-2"]),
        ("product", "created:<today", []),
        ("product", "has:picture", []),
        ("product", "price:1..2.5usd", []),
    ],
)
def test_list_is_narrowed(
    desk: Desk, kind: str, where: str, expected: list[str], is_indexed: bool
) -> None:
    if is_indexed:
        desk.search.update()
    else:
        desk.search.close()
    assert shown(desk, kind, where) == expected


def test_prices_are_compared_over_currencies_at_the_newest_rate_of_the_book(desk: Desk) -> None:
    shown_before = set(desk.lists.ids("product"))
    for number, (amount, currency) in enumerate(
        (("3", "USD"), ("20", "CNY"), ("2.5", "USD"), ("900", "KRW"), ("19.99", "CNY"))
    ):
        product = desk.directory.add("product", {"name_zh": "杯", "item_number": f"P-{number}"})
        desk.directory.add("price", {"product_id": product, "amount": amount, "currency": currency})

    def priced(where: str) -> list[object]:
        return [one for one in shown(desk, "product", where) if str(one).startswith("P-")]

    today = desk.clock.today()
    for days, rate in ((-400, "6.9"), (-1, "7"), (1, "1")):
        values = {"currency": "USD", "valid_on": today + timedelta(days), "rate": Decimal(rate)}
        desk.rates.add("exchange_rate", values)
    assert priced("price:<20cny") == ["P-2", "P-4"]
    assert priced("price:<=21cny") == ["P-0", "P-1", "P-2", "P-4"]
    assert priced("price:>2.8usd") == ["P-0", "P-1", "P-4"]
    assert priced("price:18..2.9usd") == []
    assert priced("price:17cny..2.9usd") == ["P-1", "P-2", "P-4"]
    assert priced("-price:<20cny") == ["P-0", "P-1", "P-3"]
    assert priced("price:<1000krw") == ["P-3"]
    desk.search.update()
    hits = desk.search.find(Request("杯 price:<20cny", kind="product")).hits
    assert {hit.id for hit in hits} == set(desk.lists.ids("product", where="price:<20cny"))
    told = desk.search.find(Request("price:<1000krw")).trouble
    assert told == (Message("query.no_rate", currency="KRW"),)
    assert [one.hint for one in desk.lists.parsed("product", "price:<1000krw").troubles] == [*told]
    assert not desk.lists.parsed("product", "price:<20cny").troubles
    desk.directory.delete("product", sorted(set(desk.lists.ids("product")) - shown_before))


@pytest.mark.parametrize("is_indexed", [False, True])
def test_a_deal_is_found_by_what_its_messages_say(desk: Desk, is_indexed: bool) -> None:
    haida = desk.lists.ids("supplier", where="海达")[0]
    kettles = desk.negotiation.start_thread("Kettles", company_id=haida)
    empty = desk.negotiation.start_thread("Thermos")
    for text in ("Please confirm the HS code 7323", "可以免费寄样"):
        draft = MessageDraft(kind="chat", direction="in", text=text)
        desk.negotiation.add_message(kettles, draft)
    if is_indexed:
        desk.search.update()
    for where, expected in (
        ("寄样", [kettles]),
        ("7323 kettles", [kettles]),
        ("7323 寄样", [kettles]),
        ("ningbo", [kettles]),
        ("thermos", [empty]),
        ("company:haida", [kettles]),
        ("thermos 寄样", []),
    ):
        assert list(desk.lists.ids("thread", where=where)) == expected, where
    for _ in range(4):
        desk.history.undo()


def test_index_that_lags_behind_is_not_asked(desk: Desk) -> None:
    desk.search.update()
    desk.directory.add("product", {"name_zh": "新砧板", "item_number": "HD-3"})
    assert shown(desk, "product", "砧板") == ["HD-3"]
    desk.history.undo()


def test_every_field_of_every_list_can_be_asked(desk: Desk) -> None:
    for kind in desk.lists.kinds:
        for field in desk.lists.listing(kind).fields:
            for value in ("1", "today", "yes"):
                desk.lists.count(kind, where=f"{field.key}:{value} -has:{field.key}")


def test_search_box_asks_for_fields_of_lists(desk: Desk) -> None:
    desk.search.update()
    for text, expected in (
        ("moq:<600", ["保温杯"]),
        ("水壶 moq:>=600", ["水壶"]),
        ("起订量:9..", ["保温杯", "水壶"]),
    ):
        hits = desk.search.find(Request(text)).hits
        assert sorted(hit.title for hit in hits) == expected, text
