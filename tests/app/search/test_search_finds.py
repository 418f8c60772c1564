"""What a salesperson types and what must come: in two languages, by sound, by parts, by code."""

from __future__ import annotations

from pathlib import Path

import pytest
from listed_book import ListedBook

from app.search.documents import SearchDocument
from app.search.engine import SearchEngine
from app.search.results import Request

BOOK = [
    SearchDocument(
        "supplier", 1, ("宁波宏达电器有限公司", "Ningbo Hongda Electric Co., Ltd."), "宁波",
        codes=("9.2B29", "91110000600037341L"), mails=("sales@hongda-electric.com",),
        phones=("+86 138 0574 1234",), goods=("电热水壶 electric kettle",),
        texts={"notes": "质量好，交货快"},
        facets={"country": ("CN",), "category": ("Kitchen",), "tag": ("fair", "A")}, is_partner=True,
    ),
    SearchDocument("supplier", 2, ("深圳市明朗灯饰有限公司", "Shenzhen Minglang Lighting"), "深圳",
                   goods=("LED灯带", "RGB-5050 strip"), facets={"country": ("CN",)}),
    SearchDocument("supplier", 3, ("重庆长安五金厂",), "重庆", goods=("304不锈钢螺丝", "M8螺丝")),
    SearchDocument("supplier", 4, ("臺灣鋼鐵股份有限公司", "Taiwan Steel"), "台北", facets={"country": ("TW",)}),
    SearchDocument("supplier", 5, ("宁波电器厂",), "宁波"),
    SearchDocument("buyer", 1, ("Müller Haushaltswaren GmbH",), "DE", facets={"country": ("DE",)}),
    SearchDocument("contact", 1, ("李明朗", "Leo Li"), "宁波宏达电器有限公司", phones=("13912345678",)),
    SearchDocument("contact", 2, ("单晓乐",), ""),
    SearchDocument("product", 1, ("不锈钢保温杯 500ml", "Stainless steel vacuum flask 500ml"), "HD-1001",
                   codes=("HD-1001", "9617009000")),
    SearchDocument("product", 2, ("硅胶铲", "Silicone spatula"), "HD-1002", codes=("HD-1002",)),
    SearchDocument("product", 3, ("304不锈钢螺丝", "Stainless screws"), "SC-304"),
    SearchDocument("product", 4, ("保温杯",), "BW-01"),
    SearchDocument("product", 5, ("Travel bottle",), "TB-9"),
    SearchDocument("product", 6, ("牛皮纸手提礼品袋",), "GB-7"),
    SearchDocument("product", 7, ("牛皮纸信封",), "EN-2"),
    SearchDocument("message", 1, ("Inquiry for bottles",), "", texts={"body": "We need 5000 bottles and batteries, FOB Ningbo"}),
    SearchDocument("inquiry", 1, ("INQ-2026-0007",), "Müller", goods=("tumbler with lid",), facets={"stage": ("new",)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    engine = SearchEngine(tmp_path_factory.mktemp("index"), ListedBook(BOOK))
    engine.update()
    return engine


def found(engine: SearchEngine, text: str) -> list[tuple[str, int]]:
    return [hit.key for hit in engine.find(Request(text)).hits]


def typed(engine: SearchEngine, text: str) -> list[tuple[str, int]]:
    return [hit.key for hit in engine.complete(text).hits]


ANYWHERE = [
    ("不锈钢", ("product", 3)),
    ("锈", ("product", 1)),
    ("304不锈钢", ("supplier", 3)),
    ("M8螺丝", ("supplier", 3)),
    ("ＬＥＤ灯带", ("supplier", 2)),
    ("灯带", ("supplier", 2)),
    ("不鏽鋼", ("product", 1)),
    ("台湾钢铁", ("supplier", 4)),
    ("臺灣", ("supplier", 4)),
    ("rgb-5050", ("supplier", 2)),
    ("rgb5050", ("supplier", 2)),
    ("5050", ("supplier", 2)),
    ("HD-1001", ("product", 1)),
    ("hd 1001", ("product", 1)),
    ("1001", ("product", 1)),
    ("muller", ("buyer", 1)),
    ("Müller", ("buyer", 1)),
    ("mueller", ("buyer", 1)),
    ("Mueller Haushaltswaren", ("buyer", 1)),
    ("germany", ("buyer", 1)),
    ("德国 müller", ("buyer", 1)),
    ("宁波电热水壶", ("supplier", 1)),
    ("袋子", ("product", 6)),
    ("礼品手提袋子", ("product", 6)),
    ("重庆螺丝五金", ("supplier", 3)),
    ("深圳明朗灯饰有限公司", ("supplier", 2)),
    ("宁波电热水壶 质量", ("supplier", 1)),
    ("bottle", ("message", 1)),
    ("bottles", ("product", 5)),
    ("battery", ("message", 1)),
    ("1234", ("supplier", 1)),
    ("0574 1234", ("supplier", 1)),
    ("+86 138 0574 1234", ("supplier", 1)),
    ("5678", ("contact", 1)),
    ("hongda-electric.com", ("supplier", 1)),
    ("sales@hongda-electric.com", ("supplier", 1)),
    ("sales@hong", ("supplier", 1)),
    ("9.2B29", ("supplier", 1)),
    ("9617", ("product", 1)),
    ("9617.00", ("product", 1)),
    ("91110000600037341L", ("supplier", 1)),
    ("lml", ("contact", 1)),
    ("liminglang", ("contact", 1)),
    ("shanxiaole", ("contact", 2)),
    ("sxl", ("contact", 2)),
    ("chongqing", ("supplier", 3)),
    ("cqca", ("supplier", 3)),
    ("baowenbei", ("product", 1)),
    ("bwb", ("product", 4)),
    ("ningbo hd", ("supplier", 1)),
    ("ningbohd", ("supplier", 1)),
    ("nbhongda", ("supplier", 1)),
    ("ningbohongdadianqi", ("supplier", 1)),
    ("ningbohongdadianqiyouxiangongsi", ("supplier", 1)),
    ("thermos", ("product", 4)),
    ("vacuum flask", ("product", 4)),
    ("保温杯", ("inquiry", 1)),
    ("质量好", ("supplier", 1)),
    ("宁波 电热水壶", ("supplier", 1)),
    ("INQ-2026-0007", ("inquiry", 1)),
]


@pytest.mark.parametrize(("text", "key"), ANYWHERE)
def test_full_search_finds_it(engine: SearchEngine, text: str, key: tuple[str, int]) -> None:
    assert key in found(engine, text)


@pytest.mark.parametrize(("text", "key"), ANYWHERE)
def test_it_appears_while_typing(engine: SearchEngine, text: str, key: tuple[str, int]) -> None:
    assert key in typed(engine, text)


@pytest.mark.parametrize(
    "text", ["宁", "宁波", "宁波宏", "n", "ni", "ningbo", "ningbo ho", "nbh", "h", "hongd"]
)
def test_every_prefix_of_a_name_brings_the_supplier(engine: SearchEngine, text: str) -> None:
    assert ("supplier", 1) in typed(engine, text)


@pytest.mark.parametrize(
    ("text", "key"),
    [("bqq", ("product", 1)), ("不钢", ("product", 1)), ("钢锈", ("product", 1)), ("2345 9", ("contact", 1)),
     ("4050", ("supplier", 2)), ("rave", ("product", 5)), ("温不", ("product", 1))],
)  # fmt: skip
def test_what_is_not_there_does_not_come(
    engine: SearchEngine, text: str, key: tuple[str, int]
) -> None:
    assert key not in found(engine, text)
    assert key not in typed(engine, text)


def test_exact_name_comes_before_longer_names_and_products_before_notes(
    engine: SearchEngine,
) -> None:
    assert found(engine, "保温杯")[:2] == [("product", 4), ("product", 1)]
    assert found(engine, "螺丝") == [("product", 3), ("supplier", 3)]


def test_own_partner_comes_first_among_equals(engine: SearchEngine) -> None:
    assert found(engine, "宁波")[:2] == [("supplier", 1), ("supplier", 5)]


def test_plain_hits_come_before_hits_by_sound(tmp_path: Path) -> None:
    book = ListedBook([
        SearchDocument("contact", 1, ("波塔",)),
        SearchDocument("supplier", 9, ("Botanic Garden Supplies",)),
    ])  # fmt: skip
    engine = SearchEngine(tmp_path, book)
    engine.update()
    assert found(engine, "bota") == [("supplier", 9), ("contact", 1)]


def test_synonyms_are_named(engine: SearchEngine) -> None:
    assert "保温杯" in engine.find(Request("thermos")).also
    assert "保温杯" in engine.complete("thermos").also


def test_one_supplier_is_shown_among_many_products_of_its_name(tmp_path: Path) -> None:
    products = [
        SearchDocument("product", number, (f"澜竹保温杯 {number}", f"Lanzhu flask {number}"))
        for number in range(1, 200)
    ]
    suppliers = [SearchDocument("supplier", 1, ("宁波澜竹杯业有限公司", "Ningbo Lanzhu Drinkware"))]
    engine = SearchEngine(tmp_path, ListedBook([*suppliers, *products]))
    engine.update()
    for text in ("澜竹", "lanz", "lanzhu"):
        shown = typed(engine, text)
        assert ("supplier", 1) in shown[:5]
        assert len(shown) == 20


def test_several_phrases_of_one_query_are_translated_at_once(engine: SearchEngine) -> None:
    assert found(engine, "kraft paper gift bag") == [("product", 6)]
    assert ("product", 6) in typed(engine, "kraft paper gift bag")
    assert engine.find(Request("kraft paper gift bag")).also == ("牛皮纸", "礼品袋")
    assert found(engine, "kraft paper 礼品袋") == [("product", 6)]


def test_misspelt_word_shows_the_nearest_word(engine: SearchEngine) -> None:
    result = engine.find(Request("silicnoe"))
    assert result.shown_for == "silicone"
    assert result.hits[0].key == ("product", 2)


def test_wrong_character_of_the_same_sound_is_corrected(engine: SearchEngine) -> None:
    result = engine.find(Request("保文杯"))
    assert result.shown_for == "保温杯"
    assert result.hits[0].key == ("product", 4)


def test_facets_count_all_hits_of_every_page(engine: SearchEngine) -> None:
    result = engine.find(Request("有限公司", limit=1))
    assert result.total == 3
    assert result.facets["country"] == {"CN": 2, "TW": 1}
    assert result.facets["kind"] == {"supplier": 3}
    assert result.facets["tag"] == {"fair": 1, "A": 1}


def test_narrowing_by_kind_and_facet(engine: SearchEngine) -> None:
    assert [hit.key for hit in engine.find(Request("不锈钢", kind="supplier")).hits] == [
        ("supplier", 3)
    ]
    narrowed = engine.find(Request("有限公司 country:tw"))
    assert [hit.key for hit in narrowed.hits] == [("supplier", 4)]


def test_pages_follow_each_other_without_gap_or_repeat(engine: SearchEngine) -> None:
    whole = found(engine, "有限公司")
    pages = [engine.find(Request("有限公司", limit=1, offset=at)).hits[0].key for at in range(3)]
    assert pages == whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有限公司 country:tw", [("supplier", 4)]),
        ("有限公司 -宏达 country:CN", [("supplier", 2)]),
        ("宏达 or 明朗 kind:supplier", [("supplier", 1), ("supplier", 2)]),
        ('"travel bottle"', [("product", 5)]),
        ('"bottle travel"', []),
        ("(硅胶 or 锈) -钢", [("product", 2)]),
        ("kind:contact -李", [("contact", 2)]),
        ("tag:fair", [("supplier", 1)]),
    ],
)
def test_query_language_in_the_search_box(
    engine: SearchEngine, text: str, expected: list[tuple[str, int]]
) -> None:
    assert sorted(found(engine, text)) == expected


def test_mistakes_in_a_query_are_told_and_the_rest_is_searched(engine: SearchEngine) -> None:
    result = engine.find(Request("(硅胶铲"))
    assert [message.key for message in result.trouble] == ["query.unmatched_open"]
    assert [hit.key for hit in result.hits] == [("product", 2)]


def test_a_hit_says_where_the_words_stand(engine: SearchEngine) -> None:
    hit = engine.find(Request("0574 1234")).hits[0]
    (phone,) = hit.fields
    assert phone.field == "phone"
    assert [phone.text[a:b] for a, b in phone.spans] == ["0574 1234"]
    hit = engine.find(Request("不鏽鋼 FLASK", kind="product")).hits[0]
    marked = {field.text[a:b] for field in hit.fields for a, b in field.spans}
    assert marked == {"不锈钢", "flask"}
    hit = engine.find(Request("bwb", kind="product")).hits[0]
    assert [hit.fields[0].text[a:b] for a, b in hit.fields[0].spans] == ["保温杯"]


def test_while_typing_the_title_is_marked(engine: SearchEngine) -> None:
    hit = next(hit for hit in engine.complete("baow").hits if hit.key == ("product", 4))
    (field,) = hit.fields
    assert [field.text[a:b] for a, b in field.spans] == ["保温"]


@pytest.mark.parametrize(
    "text", ["", " ", "(", ")", '"', "-", "a:", ":", "*", "?", "AND", "or", "NOT (", "\\", "@", "%", "\x00", "🙂", "'; drop", "：", "﷽" * 50, "的" * 500, "a" * 5000]
)  # fmt: skip
def test_nothing_typed_raises(engine: SearchEngine, text: str) -> None:
    engine.find(Request(text))
    engine.complete(text)
