"""Two evaluators agree, what is printed reads back, and "not" keeps De Morgan's laws."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_in_memory import matches
from query_trees import queries_of
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from app.fields import Field, FieldType
from app.kernel.messages import Message
from app.kernel.syllables import is_spoken_in
from app.kernel.text import fold
from app.lists.listing import Listing
from app.lists.where import Where
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
from app.query.comparisons import Pieces, built, comparisons_for, pieces_of
from app.query.parts import parts_of, with_part, without_part
from app.query.tree import all_of
from app.query.values import value_for
from database.engine import Functions
from database.types import ExactDecimal, UtcDateTime

TODAY = date(2026, 5, 20)
#: None of won.
RATES = {"CNY": Decimal(1), "USD": Decimal("7.1"), "JPY": Decimal("0.047")}
START = datetime(2026, 4, 1, tzinfo=UTC)
FIELDS = {
    "name": FieldType.TEXT,
    "note": FieldType.LONG_TEXT,
    "moq": FieldType.INTEGER,
    "price": FieldType.DECIMAL,
    "price_currency": FieldType.CURRENCY,
    "net_weight_kg": FieldType.DECIMAL,
    "share": FieldType.PERCENT,
    "valid_until": FieldType.DATE,
    "made_at": FieldType.INSTANT,
    "own": FieldType.YES_NO,
    "country": FieldType.COUNTRY,
}


class _Rows(DeclarativeBase):
    pass


class Thing(_Rows):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    note: Mapped[str | None]
    moq: Mapped[int | None]
    price: Mapped[Decimal | None] = mapped_column(ExactDecimal(6))
    price_currency: Mapped[str | None]
    net_weight_kg: Mapped[Decimal | None] = mapped_column(ExactDecimal(6))
    share: Mapped[Decimal | None] = mapped_column(ExactDecimal(6))
    valid_until: Mapped[date | None]
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    own: Mapped[bool | None]
    country: Mapped[str | None]


LISTING = Listing(
    kind="thing",
    id_column=Thing.id,
    fields=tuple(Field(key, type_) for key, type_ in FIELDS.items()),
    expressions={key: getattr(Thing, key) for key in FIELDS},
)
TEXTS = [
    "led",
    "LED strip",
    "保温杯",
    "不锈钢保温杯",
    "a b",
    "sample",
    "100%",
    "x_y",
    "",
    "Küche",
    "KÜCHE、Led",
    "臺灣、寧波",
    "a  b",
    " led",
    "ＬＥＤ",
]
NUMBERS = [Decimal(n) for n in ("0", "1", "1.25", "2.5", "499.99", "500", "0.05", "1000")]
RECORDS = st.fixed_dictionaries({
    "name": st.none() | st.sampled_from(TEXTS),
    "note": st.none() | st.sampled_from(TEXTS),
    "moq": st.none() | st.sampled_from([0, 1, 100, 500, 1000]),
    "price": st.none() | st.sampled_from(NUMBERS),
    "price_currency": st.none() | st.sampled_from(["USD", "CNY", "JPY", "KRW"]),
    "net_weight_kg": st.none() | st.sampled_from(NUMBERS),
    "share": st.none() | st.sampled_from([Decimal("0.05"), Decimal("0.3")]),
    "valid_until": st.none() | st.dates(TODAY - timedelta(40), TODAY + timedelta(40)),
    "made_at": st.none() | st.integers(0, 2000).map(lambda hours: START + timedelta(hours=hours)),
    "own": st.none() | st.booleans(),
    "country": st.none() | st.sampled_from(["CN", "DE"]),
})  # fmt: skip
WRITTEN = {
    "name": [
        "led",
        "保温",
        "LED strip",
        "x_y",
        "100%",
        "kuche",
        "台湾",
        "寧波",
        "a b",
        "ningbo",
        "taiwan",
        "baowenbei",
        "gangbao",
    ],
    "note": ["sample", "b", "baowen"],
    "moq": ["500", "1,000", "0", "100pcs", "0.5k"],
    "price": ["1.25", "2.5usd", "$1", "500", "¥499.99", "17.75cny", "9usd", "1krw"],
    "price_currency": ["usd", "CNY"],
    "net_weight_kg": ["1.25kg", "500g", "2.5", "1.1lb", "2.5斤"],
    "share": ["5%", "0.3"],
    "valid_until": ["today", "today+7", "2026-05", "2026", "昨天", "2026-05-20"],
    "made_at": ["today", "2026-05", "today-10"],
    "own": ["yes", "否"],
    "country": ["cn", "DE"],
}
ORDERED = {FieldType.INTEGER, FieldType.DECIMAL, FieldType.PERCENT, FieldType.DATE, FieldType.INSTANT}  # fmt: skip


@st.composite
def conditions(draw: st.DrawFn) -> Query:
    key = draw(st.sampled_from(sorted(WRITTEN)))
    type_ = FIELDS[key]

    def value() -> object:
        return value_for(type_, key, draw(st.sampled_from(WRITTEN[key])))

    if type_ not in ORDERED:
        operator = draw(st.sampled_from([Operator.MATCHES, Operator.EQUALS]))
        return Condition(key, operator, value())
    if draw(st.booleans()):
        low, high = value(), (draw(st.booleans()) and value()) or None
        return Condition(key, value=low, until=high, is_range=True)
    return Condition(key, draw(st.sampled_from(Operator)), value())


LEAVES = st.one_of(
    st.sampled_from(
        [Word(text) for text in ("led", "保温杯", "sample", "LED", "100%", "x_y", "b", "ningbo")]
    ),
    st.sampled_from([Phrase("led strip"), Phrase("a b"), Phrase("钢保")]),
    st.sampled_from([Has("name"), Has("price"), Has("valid_until"), Has("country")]),
    conditions(),
)
QUERIES = queries_of(LEAVES)


@pytest.fixture(scope="module")
def database() -> Iterator[Engine]:
    engine = create_engine("sqlite://", poolclass=StaticPool, module=dbapi2)
    functions = Functions(engine)
    functions.teach("fold", fold)
    functions.teach("is_spoken_in", is_spoken_in)
    _Rows.metadata.create_all(engine)
    yield engine
    engine.dispose()


@given(query=QUERIES, records=st.lists(RECORDS, min_size=1, max_size=8))
def test_sql_and_memory_agree(
    database: Engine, query: Query, records: list[dict[str, object]]
) -> None:
    with Session(database) as session:
        things = [Thing(id=number, **record) for number, record in enumerate(records)]
        session.add_all(things)
        session.flush()
        found = set(
            LISTING.ids(session, where=Where(LISTING, TODAY, rates=lambda: RATES).condition(query))
        )
        session.rollback()
    expected = {
        number
        for number, record in enumerate(records)
        if matches(query, record, fields=FIELDS, today=TODAY, rates=RATES)
    }
    assert found == expected


@given(query=QUERIES)
def test_what_is_printed_reads_back(query: Query) -> None:
    parsed = parse(text_of(query), FIELDS)
    assert parsed.troubles == ()
    assert parsed.query == query


@given(
    text=st.text(alphabet="ab or-:\"()<>=. 保not|name,moq5'“”（", max_size=30)
    | st.text(max_size=30)
)
def test_anything_typed_is_read_and_prints_stably(text: str) -> None:
    query = parse(text, FIELDS).query
    again = parse(text_of(query), FIELDS).query
    assert again == query


@given(query=QUERIES, other=QUERIES, record=RECORDS)
def test_de_morgan(query: Query, other: Query, record: dict[str, object]) -> None:
    def holds(one: Query) -> bool:
        return matches(one, record, fields=FIELDS, today=TODAY)

    assert holds(Not(And((query, other)))) == holds(Or((Not(query), Not(other))))
    assert holds(Not(Or((query, other)))) == holds(And((Not(query), Not(other))))
    assert holds(Not(Not(query))) == holds(query)
    assert holds(Everything())


@given(query=QUERIES, part=LEAVES)
def test_parts_are_put_in_and_taken_out_where_they_stand(query: Query, part: Query) -> None:
    parts = parts_of(query)
    assert all_of(parts) == query
    grown = with_part(query, part)
    assert parts_of(grown) == (*parts, part)
    assert without_part(grown, len(parts)) == query
    for at in range(len(parts)):
        assert parts_of(with_part(query, part, at=at)) == (*parts[:at], part, *parts[at + 1 :])


@given(part=st.one_of(conditions(), conditions().map(Not), LEAVES), record=RECORDS)
def test_a_condition_built_from_its_pieces_says_the_same(
    part: Query, record: dict[str, object]
) -> None:
    pieces = pieces_of(part, FIELDS)
    if pieces is None:
        assert not isinstance(part, Condition | Has)
        return
    again = built(pieces, FIELDS[pieces.field])
    assert pieces.comparison in comparisons_for(FIELDS[pieces.field])

    def holds(query: Query) -> bool:
        return matches(query, record, fields=FIELDS, today=TODAY)

    assert not isinstance(again, Message)
    assert holds(again) == holds(part)
    assert parse(text_of(again), FIELDS).query == again


@given(
    key=st.sampled_from(sorted(FIELDS)),
    typed=st.text(max_size=12) | st.sampled_from(["=5", "<a", "1..2", "a b", "“x”", "()", "-"]),
    data=st.data(),
)
def test_whatever_is_typed_for_a_value_gives_a_condition_that_reads_back_or_a_hint(
    key: str, typed: str, data: st.DataObject
) -> None:
    comparison = data.draw(st.sampled_from(comparisons_for(FIELDS[key])))
    answer = built(Pieces(key, comparison, (typed, "5")), FIELDS[key])
    if not isinstance(answer, Message):
        parsed = parse(text_of(answer), FIELDS)
        assert parsed.troubles == ()
        assert parsed.query == answer
