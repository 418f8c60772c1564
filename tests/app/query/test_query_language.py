"""Queries as people type them, and what is said about mistakes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.fields import FieldType
from app.query import (
    And,
    Condition,
    Everything,
    Has,
    Not,
    Operator,
    Or,
    Phrase,
    Query,
    Word,
    parse,
    text_of,
)
from app.query.tree import is_plain, wanted_texts
from app.query.values import Day, Number, Text

FIELDS = {
    "name": FieldType.TEXT,
    "moq": FieldType.INTEGER,
    "price": FieldType.DECIMAL,
    "net_weight_kg": FieldType.DECIMAL,
    "valid_until": FieldType.DATE,
    "country": FieldType.COUNTRY,
    "picture": FieldType.PICTURE,
}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Everything()),
        ("led 灯带", And((Word("led"), Word("灯带")))),
        ('"vacuum flask"', Phrase("vacuum flask")),
        ("“保温 杯”", Phrase("保温 杯")),
        ("moq:<500", Condition("moq", Operator.LESS, Number("500", Decimal(500)))),
        ("moq：>=1,000", Condition("moq", Operator.AT_LEAST, Number("1,000", Decimal(1000)))),
        (
            "price:1..2.5usd",
            Condition("price", value=Number("1", Decimal(1)), until=Number("2.5usd", Decimal("2.5"), "USD"), is_range=True),
        ),
        ("price:<20块", Condition("price", Operator.LESS, Number("20块", Decimal(20), "CNY"))),
        ("moq:<=1.5万", Condition("moq", Operator.AT_MOST, Number("1.5万", Decimal(15_000)))),
        ("price:<5万元", Condition("price", Operator.LESS, Number("5万元", Decimal(50_000), "CNY"))),
        ("price:<3.5 万美元", Condition("price", Operator.LESS, Number("3.5万美元", Decimal(35_000), "USD"))),
        ("price:<5k usd", Condition("price", Operator.LESS, Number("5kusd", Decimal(5000), "USD"))),
        ("price:<usd1.2万", Condition("price", Operator.LESS, Number("usd1.2万", Decimal(12_000), "USD"))),
        ("net_weight_kg:<5千克", Condition("net_weight_kg", Operator.LESS, Number("5千克", Decimal(5)))),
        ("price:..3", Condition("price", until=Number("3", Decimal(3)), is_range=True)),
        ("net_weight_kg:<500g", Condition("net_weight_kg", Operator.LESS, Number("500g", Decimal("0.5")))),
        ("net_weight_kg:<10 lb", Condition("net_weight_kg", Operator.LESS, Number("10lb", Decimal("4.5359237")))),
        ("valid_until:>today", Condition("valid_until", Operator.MORE, Day("today"))),
        ("country:CN", Condition("country", value=Text("CN"))),
        ('name:"a b"', Condition("name", value=Text("a b"))),
        ("has:picture", Has("picture")),
        ("-sample", Not(Word("sample"))),
        ("not sample", Not(Word("sample"))),
        ("a or b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a or b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("甲 或 乙", Or((Word("甲"), Word("乙")))),
    ],
)  # fmt: skip
def test_typed_query_is_this_tree(text: str, query: Query) -> None:
    parsed = parse(text, FIELDS)
    assert parsed.query == query
    assert parsed.troubles == ()
    assert parse(text_of(query), FIELDS).query == query


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ("colour:red", (0, 10), "query.unknown_field"),
        ("x moq:many", (2, 10), "query.not_a_number"),
        ("valid_until:soon", (0, 16), "query.not_a_day"),
        ("valid_until:2026-02-30", (0, 22), "query.not_a_day"),
        ("weight:<5kg", (0, 11), "query.unknown_field_near"),
        ("countri:CN", (0, 10), "query.unknown_field_near"),
        ("moq:", (0, 4), "query.missing_value"),
        ("has:", (0, 4), "query.missing_field"),
        ("country:>CN", (0, 11), "query.no_order"),
        ("(a", (0, 1), "query.unmatched_open"),
        ("a)", (1, 2), "query.unmatched_close"),
        ('"a b', (0, 4), "query.unmatched_quote"),
        ("a or", (2, 4), "query.dangling_or"),
        ("a not", (2, 5), "query.dangling_not"),
    ],
)
def test_mistakes_are_marked_where_they_stand(text: str, place: tuple[int, int], hint: str) -> None:
    (trouble,) = parse(text, FIELDS).troubles
    assert (trouble.start, trouble.end) == place
    assert trouble.hint.key == hint


def test_mistaken_condition_is_searched_as_a_word() -> None:
    assert parse("colour:red", FIELDS).query == Word("colour:red")


def test_a_space_may_stand_before_the_value() -> None:
    parsed = parse('moq: <500 country: "CN"', FIELDS)
    assert parsed.troubles == ()
    assert text_of(parsed.query) == "moq:<500 country:CN"


def test_a_choice_goes_by_any_of_its_names_and_another_value_is_a_mistake() -> None:
    names = {"draft": "draft", "草稿": "draft", "sent": "sent"}
    fields = {"state": FieldType.CHOICE}
    drafts = parse("state:草稿", fields, choices=lambda _key: names)
    assert drafts.query == Condition("state", value=Text("draft"))
    (trouble,) = parse("state:lost", fields, choices=lambda _key: names).troubles
    assert trouble.hint.key == "query.no_such_choice"
    assert trouble.hint.params["choices"] == "draft, sent"
    (trouble,) = parse("state:丢", fields, choices=lambda _key: names).troubles
    assert trouble.hint.params["choices"] == "草稿"


def test_a_country_of_two_characters_is_known_by_its_name() -> None:
    assert parse("country:中国", FIELDS).query == Condition("country", value=Text("CN"))


def test_field_goes_by_its_heading_too() -> None:
    parsed = parse("国家:CN", FIELDS, key_of={"国家": "country"}.get)
    assert parsed.query == Condition("country", value=Text("CN"))
    assert text_of(parsed.query) == "country:CN"


def test_words_to_highlight_leave_out_the_unwanted() -> None:
    query = parse('led -sample (strip or "灯 带") moq:5', FIELDS).query
    assert list(wanted_texts(query)) == ["led", "strip", "灯 带"]
    assert not is_plain(query)
    assert is_plain(parse("led 灯带", FIELDS).query)


def test_deep_nesting_is_refused_not_crashed() -> None:
    parsed = parse("(" * 5000 + "a" + ")" * 5000, FIELDS)
    assert "query.too_deep" in {trouble.hint.key for trouble in parsed.troubles}
