"""Conditions in the search box: any field in any form is answered, and facets count what they find."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pytest

from app.desk import Desk
from app.fields import Field, FieldType
from app.query import Query, text_of
from app.search.known_fields import KnownFields
from app.search.results import Request

#: What a person may write behind a field, sensible or not.
_FORMS = (
    "{}:1", "{}:abc", "{}:宁波", "{}:<5", "{}:>=2.5usd", "{}:=x", "{}:2..", "-{}:..3", "has:{}",
    "{}:today", "{}:>2026-05", "{}:>9999-12-31", "{}:<0001-01-01", "{}:" + "9" * 60, "{}:yes",
    "{}:<9999999999t", "{}:<9999999999万", "{}:<9999999999usd",
    '{}:"a b"', "{}:🙂", "{}:'; drop", "{}:%",
)  # fmt: skip


def asked(fields: Iterable[tuple[str, Field]]) -> Iterator[tuple[str, str]]:
    """Conditions on each field, with the name that is given with it.

    The first field of its type is asked for in all forms, the others in a third of them in turn.
    """
    known: set[FieldType] = set()
    for place, (name, field) in enumerate(fields):
        for form in _FORMS[place % 3 :: 3] if field.type in known else _FORMS:
            yield name, form.format(field.key)
        known.add(field.type)


@pytest.mark.no_cover
def test_any_field_in_any_form_is_answered_by_the_index(sample_desk: Desk) -> None:
    offered = ((field.key, field) for field in sample_desk.search.fields.offered)
    for key, condition in asked(offered):
        result = sample_desk.search.find(Request(condition, limit=1))
        assert "search.names_only" not in [one.key for one in result.trouble], key


@pytest.mark.no_cover
def test_any_field_of_any_list_is_asked_in_any_form(sample_desk: Desk) -> None:
    lists = sample_desk.lists
    listed = ((kind, field) for kind in lists.kinds for field in lists.listing(kind).fields)
    for kind, condition in asked(listed):
        lists.count(kind, where=condition)


@pytest.mark.parametrize("text", ["杯", "bag or 包", "grade:A", "slicone spatula", "-保温杯"])
def test_a_facet_counts_what_is_found_when_it_is_chosen(sample_desk: Desk, text: str) -> None:
    search = sample_desk.search
    query = search.fields.parsed(text).query
    facets = search.find(Request(text)).facets
    assert sum(map(len, facets.values())) > 5
    for facet, counts in facets.items():
        for value, count in counts.items():
            chosen = text_of(search.fields.narrowing(facet, value))
            narrowed = f"({text_of(query)}) {chosen}" if " or " in text else f"{text} {chosen}"
            assert search.find(Request(narrowed)).total == count, narrowed


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("source:canton", 'source:="Canton Fair"'),
        ("country:中国", "country:CN"),
        ("country:usa", "country:US"),
        ("kind:供应商", "kind:supplier"),
        ("阶段:已报价", "stage:quoted"),
        ("价格:<20 cny", "price:<20cny"),
        ("moq: <500 pcs", "moq:<500"),
        ("有:图片", "has:picture"),
        ("标签:核心供应商", "tag:=核心供应商"),
    ],
)
def test_what_is_written_otherwise_finds_the_same(sample_desk: Desk, text: str, same: str) -> None:
    result, other = (sample_desk.search.find(Request(one)) for one in (text, same))
    assert result.total == other.total > 0
    assert not result.trouble


@pytest.mark.parametrize(
    "text", ["保温杯 or", "保温杯 and", "保温杯 非", "保温杯 (", "保温杯 and 真空"]
)
def test_typing_goes_on_through_joining_words(sample_desk: Desk, text: str) -> None:
    titles = [hit.title for hit in sample_desk.search.complete(text, limit=12).hits]
    assert sum("保温杯" in title for title in titles) >= 3


def test_letters_come_after_the_goods_they_are_about(sample_desk: Desk) -> None:
    for found in (
        sample_desk.search.find(Request("保温杯")),
        sample_desk.search.complete("保温杯"),
    ):
        kinds = [hit.kind for hit in found.hits]
        assert kinds[:10] == ["product"] * 10


class _Broken:
    """A book that cannot be asked a condition."""

    def __call__(self, _condition: Query) -> Mapping[str, Collection[int]]:
        raise OSError("the disk is gone")


@pytest.mark.logs_warnings
def test_a_condition_that_cannot_be_asked_does_not_set_the_index_aside(
    sample_desk: Desk,
) -> None:
    search, fields = sample_desk.search, sample_desk.search.fields
    search.know_fields(KnownFields((Field("moq", FieldType.DECIMAL),), records_where=_Broken()))
    try:
        assert search.find(Request("moq:5")).trouble
        assert search.complete("moq:5").hits == ()
        assert search.is_ready
    finally:
        search.know_fields(fields)
    assert search.find(Request("保温杯")).total > 5


@pytest.mark.parametrize(
    ("kind", "where", "same"),
    [
        ("quotation", "buyer:KUCHE", "buyer:Küchenwelt"),
        ("buyer", "name_en:barragan or name_en:pacifico", "name_en:Pacífico"),
        ("supplier", "tag:=杯壶", "杯壶 has:tag"),
        ("supplier", "city:寧波", "city:宁波"),
        ("product", "baowenbei", "保温杯"),
        ("product", "rgb5050", "5050"),
        ("contact", "zxl", "郑晓岚"),
        ("quotation", "fob", "incoterm:FOB"),
        ("supplier", "月结30天", "payment_terms:月结30天"),
        ("thread", "保温杯", "subject:保温杯"),
        ("product", "毛重:<22lb", "gross_weight_kg:<=9979 g"),
        ("product", "carton_length:<20inch", "外箱长:<50.8cm"),
        ("product", "lead_time:<5weeks", "交期:<35 天"),
        ("product", "lead_time:<=1个月", "lead_time_days_max:<31d"),
    ],
)
def test_a_list_is_filtered_by_what_it_shows_however_it_is_written(
    sample_desk: Desk, kind: str, where: str, same: str
) -> None:
    found = sample_desk.lists.ids(kind, where=where)
    assert found == sample_desk.lists.ids(kind, where=same)
    assert found
