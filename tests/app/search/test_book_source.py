"""The index follows the book: every edit, undo and rename is found, nothing stale is shown."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from new_book import new_book

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.negotiation.service import MessageDraft
from app.search.documents import KINDS
from app.search.engine import SearchEngine
from app.search.results import Request
from app.search.source import BookSource
from database.book import open_book
from database.records import (
    AliasRecord,
    CategoryRecord,
    CompanyRecord,
    GlossaryRecord,
    MessageRecord,
    OfferRecord,
    ProductRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
    ThreadRecord,
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(new_book(tmp_path / "book"), cache=tmp_path / "cache")
    yield desk
    desk.close()


def keys(desk: Desk, text: str) -> list[tuple[str, int]]:
    desk.search.update()
    typed = {hit.key for hit in desk.search.complete(text).hits}
    found = [hit.key for hit in desk.search.find(Request(text)).hits]
    assert typed == set(found)
    return found


def test_a_new_supplier_is_found_by_everything_it_has(desk: Desk) -> None:
    supplier = desk.directory.add(
        "supplier",
        {
            "name_zh": "宁波海达电器有限公司",
            "name_en": "Haida",
            "city": "宁波",
            "country": "CN",
            "main_products": "电热水壶",
        },
    )
    desk.directory.add("contact", {"name": "李明朗", "company_id": supplier})
    for text in ("海达", "haida", "nbhd", "电热水壶", "李明朗", "lml", "宁波 水壶"):
        assert ("supplier", supplier) in keys(desk, text) or text == "lml"


def test_edit_undo_and_redo_are_followed(desk: Desk) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "宁波海达"})
    desk.directory.edit("supplier", [supplier], {"name_zh": "温州三江"})
    assert keys(desk, "海达") == []
    assert keys(desk, "三江") == [("supplier", supplier)]
    desk.history.undo()
    assert keys(desk, "海达") == [("supplier", supplier)]
    desk.history.undo()
    assert keys(desk, "海达") == []
    desk.history.redo()
    assert keys(desk, "海达") == [("supplier", supplier)]


def test_a_renamed_supplier_is_found_on_its_products(desk: Desk) -> None:
    with desk._book.write("directory.op.add") as scope:
        company = CompanyRecord(name_zh="海达", is_supplier=True, created_at=desk.clock.now())
        category = CategoryRecord(name_zh="厨具", name_key="厨具")
        scope.add_all([company, category])
        scope.flush()
        product = ProductRecord(
            supplier_id=company.id, category_id=category.id, name_zh="保温杯", item_number="HD-1001",
            created_at=desk.clock.now(),
        )  # fmt: skip
        scope.add(product)
        scope.flush()
        of_it = ("product", product.id)
        company_id, category_id = company.id, category.id
    assert of_it in keys(desk, "海达 保温杯")
    assert ("supplier", company_id) in keys(desk, "保温杯")
    assert desk.search.find(Request("保温杯", kind="product")).facets["category"] == {"厨具": 1}
    with desk._book.write("directory.op.edit") as scope:
        scope.get_one(CompanyRecord, company_id).name_zh = "三江"
        scope.get_one(CategoryRecord, category_id).name_zh = "水具"
    assert of_it in keys(desk, "三江 保温杯")
    assert keys(desk, "海达") == []
    assert desk.search.find(Request("hd-1001")).facets["category"] == {"水具": 1}


@pytest.mark.parametrize("portion", [1, 2, 5])
def test_a_journal_read_in_portions_misses_no_entry(desk: Desk, portion: int) -> None:
    source, at = BookSource(desk._book), desk._book.last_journal_id()
    ids = [desk.directory.add("supplier", {"name_zh": f"海达{number}厂"}) for number in range(7)]
    end, touched = source.watermark(), set()
    while at < end:
        before = at
        at, keys = source.changed_since(at, portion)
        assert at == min(before + portion, end)
        touched |= keys
    assert {("supplier", one) for one in ids} <= touched


_SPOKEN = {
    "长沙德昌机械厂": ("changsha", "csdc", "changshadechang"),
    "乐清曾氏电器厂": ("yueqing", "yqzs", "zengshi"),
    "重庆嘉陵五金厂": ("chongqing", "cqjl"),
    "厦门思远石材厂": ("xiamen", "xmsy", "xiamensiyuan"),
    "大连海昌服装厂": ("dalian", "dlhc"),
    "单县鸿泰玻璃厂": ("shanxian", "sxht"),
    "六安佳禾羽绒厂": ("luan jiahe", "lajh"),
    "蚌埠解氏纸业": ("bengbu", "xieshi", "bbxs"),
}


def test_names_of_several_readings_are_found_as_they_are_spoken(desk: Desk) -> None:
    for name in _SPOKEN:
        desk.directory.add("supplier", {"name_zh": name})
    for name, sounds in _SPOKEN.items():
        for sound in sounds:
            keys(desk, sound)
            found = desk.search.find(Request(sound)).hits
            assert found, sound
            assert found[0].title == name, sound


def test_an_imported_credit_code_is_found_whole_and_by_its_beginning(
    desk: Desk, tmp_path: Path
) -> None:
    sheet = tmp_path / "suppliers.csv"
    sheet.write_text(
        "公司名称,统一社会信用代码\n宁波海达电器厂,91330206MA2AK1234K\n长沙德昌机械厂,91430100MA4L12345A\n",
        encoding="utf-8",
    )
    desk.sheets.commit(desk.sheets.preview(sheet))
    desk.search.update()
    for text in (
        "91330206MA2AK1234K",
        "91330206ma2ak1234k",
        "9133",
        "MA2AK1234K",
        "uscc:9133",
        "uscc:91330206MA2AK1234K",
        "信用代码:9133",
    ):
        assert [hit.title for hit in desk.search.find(Request(text)).hits] == ["宁波海达电器厂"], (
            text
        )
        if ":" in text:
            found = desk.lists.rows("supplier", desk.lists.ids("supplier", where=text), ["name_zh"])
            assert list(found.values()) == [("宁波海达电器厂",)], text


def test_every_kind_of_record_is_found(desk: Desk) -> None:
    now = desk.clock.now()
    inquiry = desk.inquiries.add(
        InquiryDraft(
            values={"subject": "Kettles for Müller"}, lines=[{"wording": "vacuum flask 500ml"}]
        )
    )
    with desk._book.write("directory.op.add") as scope:
        buyer = CompanyRecord(name_en="Müller GmbH", is_buyer=True, country="DE", created_at=now)
        factory = CompanyRecord(name_zh="海达", is_supplier=True, created_at=now)
        scope.add_all([buyer, factory])
        scope.flush()
        scope.add(AliasRecord(company_id=buyer.id, name="Haushaltswaren Nord"))
        scope.add(
            OfferRecord(
                company_id=factory.id, offered_on=desk.clock.today(), currency="CNY", created_at=now
            )
        )
        quotation = QuotationRecord(number="Q-2026-0031", buyer_id=buyer.id, created_at=now)
        thread = ThreadRecord(subject="Price", company_id=buyer.id, created_at=now)
        scope.add_all([quotation, thread])
        scope.flush()
        revision = RevisionRecord(
            quotation_id=quotation.id, revision=1, issued_on=desk.clock.today(), currency="USD"
        )
        message = MessageRecord(
            thread_id=thread.id, kind="mail", direction="in", sent_at=now,
            text="please confirm the colour", content_key="x",
        )  # fmt: skip
        scope.add_all([revision, message])
        scope.flush()
        scope.add(QuotationLineRecord(revision_id=revision.id, position=1, name_en="enamel mug"))
        ids = {"buyer": buyer.id, "quotation": quotation.id, "message": message.id}
    assert keys(desk, "500ml") == [("inquiry", inquiry)]
    assert keys(desk, "haushalts") == [("buyer", ids["buyer"])]
    assert keys(desk, "enamel") == [("quotation", ids["quotation"])]
    assert ("quotation", ids["quotation"]) in keys(desk, "2026-0031")
    assert keys(desk, "confirm colour") == [("message", ids["message"])]
    assert desk.search.check()
    assert desk.search.count() == BookSource(desk._book).count() == 5


def test_agents_and_forwarders_are_found_under_their_role_and_once(desk: Desk) -> None:
    now = desk.clock.now()
    with desk._book.write("directory.op.add") as scope:
        forwarder = CompanyRecord(name_zh="天沐国际货运", is_forwarder=True, created_at=now)
        agent = CompanyRecord(
            name_en="Sunrise Sourcing", is_agent=True, is_forwarder=True, created_at=now
        )
        both = CompanyRecord(name_zh="天沐工贸", is_agent=True, is_supplier=True, created_at=now)
        scope.add_all([forwarder, agent, both])
        scope.flush()
        expected = [("supplier", both.id), ("forwarder", forwarder.id)]
        agent_id = agent.id
    assert sorted(keys(desk, "天沐")) == sorted(expected)
    assert keys(desk, "sunrise") == [("agent", agent_id)]
    assert desk.home_of("agent", agent_id) == ("supplier", agent_id)
    assert desk.search.find(Request("kind:forwarder")).total == 1
    assert desk.search.check()
    with desk._book.write("directory.op.edit") as scope:
        scope.get_one(CompanyRecord, agent_id).is_supplier = True
    assert keys(desk, "sunrise") == [("supplier", agent_id)]


def test_users_own_synonyms_are_used_at_once(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_zh": "焖烧杯"})
    assert keys(desk, "food jar") == []
    with desk._book.write("directory.op.add") as scope:
        scope.add(GlossaryRecord(words=["焖烧杯", "food jar"]))
    assert keys(desk, "food jar") == [("product", product)]


def test_index_of_another_state_of_the_book_is_built_anew(tmp_path: Path) -> None:
    def engine(folder: Path) -> SearchEngine:
        return SearchEngine(tmp_path / "index", BookSource(open_book(folder)))

    first = Desk(new_book(tmp_path / "a"), cache=tmp_path / "unused")
    for number in range(5):
        first.directory.add("supplier", {"name_zh": f"海达{number}"})
    first.close()
    engine(tmp_path / "a").update()
    other = engine(new_book(tmp_path / "b"))
    assert not other.open()
    other.update()
    assert other.find(Request("海达")).total == 0


def test_before_the_index_is_built_the_book_answers_by_names(desk: Desk) -> None:
    supplier = desk.directory.add("supplier", {"name_zh": "100%海达"})
    assert not desk.search.is_ready
    assert [hit.key for hit in desk.search.find(Request("海达")).hits] == [("supplier", supplier)]
    assert [hit.key for hit in desk.search.complete("100%").hits] == [("supplier", supplier)]
    assert desk.search.complete("1%海").hits == ()


def test_the_background_thread_follows_the_book(tmp_path: Path) -> None:
    desk = Desk(new_book(tmp_path / "book"), cache=tmp_path / "cache")
    desk.directory.add("supplier", {"name_zh": "海达"})
    desk.indexer.start()
    desk.directory.add("supplier", {"name_zh": "三江"})
    desk.indexer.wait_until_idle(20)
    assert desk.search.is_ready
    assert desk.search.find(Request("三江")).total == 1
    desk.close()
    again = Desk(tmp_path / "book", cache=tmp_path / "cache")
    assert again.search.open()
    assert again.search.find(Request("海达")).total == 1
    again.close()


def test_all_ids_name_own_partners_first(desk: Desk) -> None:
    supplier = [desk.directory.add("supplier", {"name_zh": name}) for name in ("甲厂", "乙厂")]
    with desk._book.write("directory.op.add") as scope:
        scope.add(
            OfferRecord(
                company_id=supplier[1],
                offered_on=desk.clock.today(),
                currency="CNY",
                created_at=desk.clock.now(),
            )
        )
    source = BookSource(desk._book)
    assert list(source.all_ids("supplier")) == [supplier[1], supplier[0]]
    assert [hit.key[1] for hit in _found(desk, "厂")] == [supplier[1], supplier[0]]
    assert set(KINDS) >= {key[0] for key in source.cards([("supplier", supplier[0])])}


def _found(desk: Desk, text: str) -> list[object]:
    desk.search.update()
    return list(desk.search.find(Request(text)).hits)


def test_an_inquiry_is_found_by_its_requests_offers_and_deals(desk: Desk) -> None:
    inquiry = desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=[{"wording": "flask"}]))
    supplier = desk.directory.add("supplier", {"name_en": "Haida"})
    draft = RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier], text="samples by Tuesday")
    number = desk.sourcing_views.request(desk.requests.create(draft)).number
    line = OfferLineDraft(tiers=((None, Decimal("13.5")),))
    offer = OfferDraft(
        supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[line], source="含税出厂价"
    )
    desk.offers.record(offer)
    desk.negotiation.start_thread("Lacquer question", inquiry_id=inquiry)
    for words in (number, "samples Tuesday", "含税出厂价", "lacquer"):
        assert ("inquiry", inquiry) in keys(desk, words), words
    desk.directory.edit("supplier", [supplier], {"name_en": "Sanjiang"})
    assert ("inquiry", inquiry) in keys(desk, "sanjiang"), "who offered has a new name"
    assert keys(desk, "haida") == []
    assert desk.search.check()


def test_a_deal_is_found_by_its_subject_until_its_messages_are(desk: Desk) -> None:
    buyer = desk.directory.add("buyer", {"name_en": "Nordlys"})
    thread = desk.negotiation.start_thread("Lacquer question", company_id=buyer)
    assert keys(desk, "lacquer nordlys") == [("thread", thread)]
    (hit,) = desk.search.find(Request("lacquer", kind="thread")).hits
    assert (hit.title, hit.subtitle) == ("Lacquer question", "Nordlys")
    desk.directory.edit("buyer", [buyer], {"name_en": "Sydlys"})
    assert keys(desk, "lacquer sydlys") == [("thread", thread)]
    note = desk.negotiation.add_message(
        thread, MessageDraft(kind="note", direction="internal", text="asked for a sample")
    )
    assert keys(desk, "lacquer") == [("message", note)]
    desk.history.undo()
    assert keys(desk, "lacquer") == [("thread", thread)]
    assert desk.search.check()


@pytest.mark.parametrize("kind", ["supplier", "product", "inquiry"])
def test_a_record_is_found_by_the_names_of_its_files(desk: Desk, kind: str, tmp_path: Path) -> None:
    record = (
        desk.inquiries.add(InquiryDraft(values={"subject": "Mugs"}))
        if kind == "inquiry"
        else desk.directory.add(kind, {"name_en": "Anything"})
    )
    drawing = tmp_path / "壶盖图纸_rev-B.pdf"
    drawing.write_bytes(b"%PDF-1.4")
    desk.files.attach(kind, record, [drawing])
    assert keys(desk, "图纸") == keys(desk, "rev-b") == [(kind, record)]
    desk.history.undo()
    assert keys(desk, "图纸") == []
