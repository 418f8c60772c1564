"""A list that was exported and imported again changes nothing, whatever its texts hold."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from new_book import new_book
from row_hashes import row_hashes
from sqlalchemy import select
from test_import_undo_property import StandingClock

from app.desk import Desk
from app.directory.names import name_key
from app.directory.service import normal_point
from app.kernel.text import has_han
from database.records import (
    AddressRecord,
    BoothRecord,
    CategoryRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    InquiryLineRecord,
    InquiryRecord,
    NoteRecord,
    PriceRecord,
    ProductRecord,
    Record,
    TagLinkRecord,
    TagRecord,
)

AWKWARD = st.sampled_from([
    "=1+2", "+8 pieces", "-5", "@home", "'=1", "0012", "1.10", "1E5", "12,5", "a,b;c", 'say "yes"',
    "first\nsecond", "海达，宁波", "🙂 帐篷", "O'Brien", "x & y <3", "<b>bold</b>", "TRUE", "n/a", "-",
    "无", "2026-03-01", "Total", "合计", "备注：", "x" * 300, "Müller & Söhne", "１２３ full", "a\\; b",
    "王, 李; 张", "2026-03-02 王", "A [b]", "&amp;", "小计", "City", "Custom: x", "  two  blanks ",
])  # fmt: skip
TEXTS = st.one_of(AWKWARD, st.text("ab 中文1.,;=-'\"\n", min_size=1, max_size=12).filter(str.strip))
MAYBE = st.one_of(st.none(), TEXTS)
FOREIGN = TEXTS.filter(lambda text: not has_han(text))
#: Several of them in different words.
WORDS = st.lists(TEXTS, max_size=3, unique_by=str.casefold)
DAYS = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2027, 1, 1)))
AMOUNTS = st.decimals("0.01", "9999", places=2)
SUFFIXES = st.sampled_from([".csv", ".xlsx"])
LANGUAGES = st.sampled_from(["en", "zh_CN"])
TRACKED = (
    CompanyRecord, ContactRecord, ContactPointRecord, AddressRecord, BoothRecord, CertificateRecord,
    NoteRecord, ProductRecord, PriceRecord, InquiryLineRecord,
)  # fmt: skip
#: A whole round trip takes too long to look for the smallest book that fails.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
#: What no list tells: when a record came here, where from, and what it is called in this book.
PASSED_OVER = frozenset([
    "id", "uid", "created_at", "written_at", "source", "company_id", "contact_id",
    "supplier_id", "product_id", "category_id", "inquiry_id", "walking_key", "row_version",
])  # fmt: skip


def held(
    desk: Desk, kinds: tuple[type[Record], ...], *, is_of_people: bool = False
) -> dict[str, list[str]]:
    """What a book says, whatever the numbers of its records."""
    with desk._book.read() as session:
        return {
            kind.__tablename__: sorted(
                repr(
                    {
                        column.key: in_order(getattr(record, column.key))
                        for column in kind.__table__.columns
                        if column.key not in PASSED_OVER
                        and not column.key.endswith(("_id", "_key"))
                        and getattr(record, column.key) not in (None, "", {})
                    }
                )
                for record in session.scalars(select(kind))
                if not is_of_people or getattr(record, "contact_id", record.id)
            )
            for kind in kinds
        }


def in_order(value: object) -> object:
    return sorted(value.items()) if isinstance(value, dict) else value


def come_back(desk: Desk, folder: Path, *, kind: str, suffix: str, language: str) -> None:
    """Exports a list and imports it: into the same book, then into an empty one."""
    target = folder / f"{kind}{suffix}"
    desk.sheets.export(kind, target, language=language)
    before = row_hashes(desk._book)
    back = desk.sheets.commit(desk.sheets.preview(target))
    assert (back.created, back.updated, back.rejected) == ({}, {}, 0)
    assert row_hashes(desk._book) == before
    with closing(new_desk(folder / f"other-{kind}")) as other:
        other.sheets.commit(other.sheets.preview(target))
        kinds = {
            "supplier": TRACKED[:7],
            "contact": (ContactRecord, ContactPointRecord, NoteRecord),
            "product": (ProductRecord, PriceRecord, CertificateRecord, NoteRecord),
            "inquiry": (InquiryLineRecord,),
        }[kind]
        is_of_people = kind == "contact"
        there = held(other, kinds, is_of_people=is_of_people)
        assert there == held(desk, kinds, is_of_people=is_of_people)


def new_desk(folder: Path) -> Desk:
    return Desk(new_book(folder / "book"), clock=StandingClock(), cache=folder / "cache")


def own(values: dict[str, object], **more: object) -> dict[str, object]:
    return {key: value for key, value in {**values, **more}.items() if value is not None}


PERSON = st.fixed_dictionaries({
    "name": TEXTS, "name_en": MAYBE, "job_title": MAYBE, "department": MAYBE, "language": MAYBE,
    "is_primary": st.booleans(),
})  # fmt: skip
POINT = st.tuples(
    st.sampled_from(["email", "mobile", "phone", "fax", "wechat", "qq", "linkedin", "other"]),
    st.one_of(
        TEXTS, st.sampled_from(["13800001234", "0574-87654321", "+49 40 12345678", "A@b.cn"])
    ),
    MAYBE,
)
ADDRESS = st.fixed_dictionaries({
    "kind": st.sampled_from(["office", "factory", "registered", "delivery"]),
    "lines": TEXTS, "city": MAYBE, "province": MAYBE, "postal_code": MAYBE,
    "country": st.sampled_from([None, "CN", "DE"]),
})  # fmt: skip
BOOTH = st.fixed_dictionaries({
    "fair": MAYBE, "edition": MAYBE, "phase": MAYBE, "hall": MAYBE, "booth": TEXTS,
})  # fmt: skip
PAPER = st.fixed_dictionaries({
    "name": TEXTS, "number": MAYBE, "issuer": MAYBE, "issued_on": DAYS, "expires_on": DAYS,
})  # fmt: skip
COMPANY = st.fixed_dictionaries({
    "name_zh": st.one_of(st.none(), TEXTS.map("海达 {}".format)), "name_en": FOREIGN,
    "short_name": MAYBE, "country": st.sampled_from([None, "CN", "DE"]), "city": MAYBE,
    "grade": MAYBE, "main_products": MAYBE, "payment_terms": MAYBE, "tax_number": MAYBE,
    "business_type": st.sampled_from([None, "manufacturer", "brand", "other"]),
    "established_year": st.sampled_from([None, 1998]), "next_action_on": DAYS,
    "custom": st.dictionaries(TEXTS.map(str.strip), TEXTS, max_size=2), "website": MAYBE,
})  # fmt: skip
SUPPLIER = st.fixed_dictionaries({
    "company": COMPANY,
    "people": st.lists(st.tuples(PERSON, st.lists(POINT, max_size=3), WORDS), max_size=3),
    "points": st.lists(POINT, max_size=2), "addresses": st.lists(ADDRESS, max_size=2),
    "booths": st.lists(BOOTH, max_size=2), "papers": st.lists(PAPER, max_size=2),
    "notes": WORDS, "tags": WORDS,
})  # fmt: skip
PRODUCT = st.fixed_dictionaries({
    "item_number": MAYBE, "name_zh": MAYBE, "name_en": FOREIGN, "description": MAYBE, "size": MAYBE,
    "material": MAYBE, "unit": MAYBE, "moq": st.sampled_from([None, Decimal(500)]),
    "hs_code": MAYBE, "barcode": MAYBE, "origin": st.sampled_from([None, "CN"]), "packing": MAYBE,
    "lead_time_days_min": st.sampled_from([None, 15]), "remarks": MAYBE,
    "lead_time_days_max": st.sampled_from([None, 15, 30]), "net_weight_kg": st.one_of(st.none(), AMOUNTS),
    "custom": st.dictionaries(TEXTS.map(str.strip), TEXTS, max_size=2),
    **dict.fromkeys(
        ("carton_length_cm", "carton_width_cm", "carton_height_cm"), st.one_of(st.none(), AMOUNTS)
    ),
})  # fmt: skip
PRICE = st.fixed_dictionaries({
    "min_quantity": st.sampled_from([None, Decimal(1), Decimal(500), Decimal("0.5")]),
    "max_quantity": st.sampled_from([None, Decimal(999)]),
    "amount": AMOUNTS, "currency": st.sampled_from(["USD", "CNY", "AED"]), "unit": MAYBE,
    "incoterm": st.sampled_from([None, "FOB"]), "includes_vat": st.sampled_from([None, True, False]),
    "vat_rate": st.sampled_from([None, Decimal("0.13")]), "quoted_on": DAYS.map(lambda day: day or date(2026, 2, 1)),
    "valid_until": DAYS,
})  # fmt: skip
GOODS = st.tuples(PRODUCT, st.lists(PRICE, max_size=3), st.lists(PAPER, max_size=2), WORDS, WORDS)


def add_tags(scope: object, names: list[str], **owner: int) -> None:
    for name in names:
        tag = scope.scalar(select(TagRecord).where(TagRecord.name == name)) or TagRecord(name=name)
        scope.add(tag)
        scope.flush()
        scope.add(TagLinkRecord(tag_id=tag.id, **owner))


def add_points(
    scope: object, points: list[tuple[str, str, str | None]], *, country: str | None, **owner: int
) -> None:
    for kind, value, label in points:
        normal = normal_point(kind, value, country)
        scope.add(ContactPointRecord(kind=kind, value=value, normal=normal, label=label, **owner))


def add_notes(desk: Desk, scope: object, notes: list[str], **owner: int) -> None:
    for note in notes:
        scope.add(NoteRecord(text=note, written_at=desk.clock.now(), **owner))


def add_company(desk: Desk, drawn: dict[str, object]) -> int:
    """A supplier with all that hangs on it."""
    values = drawn["company"]
    with desk._book.write("directory.op.add") as scope:
        company = CompanyRecord(
            **values,
            name_key=name_key(values["name_zh"] or "") or None,
            name_en_key=name_key(values["name_en"]) or None,
            is_supplier=True,
            created_at=desk.clock.now(),
        )
        scope.add(company)
        scope.flush()
        add_points(scope, drawn["points"], country=values["country"], company_id=company.id)
        for person, points, notes in drawn["people"]:
            contact = ContactRecord(company_id=company.id, created_at=desk.clock.now(), **person)
            scope.add(contact)
            scope.flush()
            owner = {"company_id": company.id, "contact_id": contact.id}
            add_points(scope, points, country=values["country"], **owner)
            add_notes(desk, scope, notes, contact_id=contact.id)
        for record, rows in (
            (AddressRecord, drawn["addresses"]),
            (BoothRecord, drawn["booths"]),
            (CertificateRecord, drawn["papers"]),
        ):
            for row in rows:
                scope.add(record(company_id=company.id, **row))
        add_notes(desk, scope, drawn["notes"], company_id=company.id)
        add_tags(scope, drawn["tags"], company_id=company.id)
        return company.id


@settings(max_examples=4, deadline=None, phases=UNSHRUNK)
@given(drawn=st.lists(SUPPLIER, min_size=1, max_size=3), suffix=SUFFIXES, language=LANGUAGES)
def test_exported_suppliers_and_people_come_back_as_they_are(
    drawn: list[dict[str, object]], suffix: str, language: str
) -> None:
    with tempfile.TemporaryDirectory() as name, closing(new_desk(Path(name))) as desk:
        for supplier in drawn:
            add_company(desk, supplier)
        come_back(desk, Path(name), kind="supplier", suffix=suffix, language=language)
        if any(supplier["people"] for supplier in drawn):
            come_back(desk, Path(name), kind="contact", suffix=suffix, language=language)


@settings(max_examples=4, deadline=None, phases=UNSHRUNK)
@given(drawn=st.lists(GOODS, min_size=1, max_size=4), suffix=SUFFIXES, language=LANGUAGES)
def test_exported_products_come_back_as_they_are(
    drawn: list[
        tuple[
            dict[str, object],
            list[dict[str, object]],
            list[dict[str, object]],
            list[str],
            list[str],
        ]
    ],
    suffix: str,
    language: str,
) -> None:
    with tempfile.TemporaryDirectory() as name, closing(new_desk(Path(name))) as desk:
        supplier = desk.directory.add("supplier", {"name_zh": "宁波海达塑料制品有限公司"})
        with desk._book.write("directory.op.add") as scope:
            scope.add(group := CategoryRecord(name_zh="帐篷", name_key="帐篷"))
            scope.flush()
            for values, prices, papers, tags, notes in drawn:
                product = ProductRecord(
                    supplier_id=supplier,
                    category_id=group.id,
                    created_at=desk.clock.now(),
                    **values,
                )
                scope.add(product)
                scope.flush()
                for price in prices:
                    scope.add(PriceRecord(product_id=product.id, **price))
                for paper in papers:
                    scope.add(
                        CertificateRecord(company_id=supplier, product_id=product.id, **paper)
                    )
                add_tags(scope, tags, product_id=product.id)
                add_notes(desk, scope, notes, product_id=product.id)
        come_back(desk, Path(name), kind="product", suffix=suffix, language=language)


LINE = st.fixed_dictionaries({
    "wording": TEXTS, "specification": MAYBE, "unit": MAYBE, "quantity_text": MAYBE,
    "quantity": st.sampled_from([None, Decimal(5), Decimal("0.5")]),
    "target_price": st.one_of(st.none(), AMOUNTS), "incoterm": st.sampled_from([None, "FOB"]),
})  # fmt: skip
INQUIRY = st.tuples(st.lists(LINE, min_size=1, max_size=2), MAYBE, MAYBE)


@settings(max_examples=3, deadline=None, phases=UNSHRUNK)
@given(drawn=st.lists(INQUIRY, min_size=1, max_size=3), suffix=SUFFIXES, language=LANGUAGES)
@example(
    drawn=[([{"wording": "cup", "specification": "cup", "target_price": None}], None, None)],
    suffix=".csv",
    language="en",
)
def test_exported_inquiries_come_back_as_they_are(
    drawn: list[tuple[list[dict[str, object]], str | None, str | None]],
    suffix: str,
    language: str,
) -> None:
    with tempfile.TemporaryDirectory() as name, closing(new_desk(Path(name))) as desk:
        buyer = desk.directory.add("buyer", {"name_en": "Acme, Inc; & Co"})
        now = desk.clock.now()
        with desk._book.write("directory.op.add") as scope:
            for number, (lines, channel, destination) in enumerate(drawn):
                inquiry = InquiryRecord(
                    number=f"I-2026-{number:04}",
                    buyer_id=buyer,
                    channel=channel,
                    destination=destination,
                    received_at=now,
                    created_at=now,
                )
                scope.add(inquiry)
                scope.flush()
                for position, line in enumerate(lines, 1):
                    currency = "USD" if line["target_price"] else None
                    scope.add(
                        InquiryLineRecord(
                            inquiry_id=inquiry.id, position=position, currency=currency, **line
                        )
                    )
        come_back(desk, Path(name), kind="inquiry", suffix=suffix, language=language)
