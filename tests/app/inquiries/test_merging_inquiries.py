"""Two inquiries that are one become one, with everything that hung on either, and apart again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from row_hashes import row_hashes
from sqlalchemy import func, select, text

from app.desk import Desk
from app.files.service import NewFile
from app.inquiries.merging import same_lines
from app.inquiries.merging_service import Merging
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from app.kernel.errors import AppError
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.quotations.service import QuotationDraft
from database.absorbing import columns_naming
from database.records import AwardRecord, InquiryLineRecord, InquiryRecord, OfferLineRecord

DRAWING = NewFile("drawing.pdf", b"%PDF-1.7", "application/pdf")


def line_ids(desk: Desk, inquiry: int) -> list[int]:
    return [line.id for line in desk.inquiry_views.inquiry(inquiry).lines]


@pytest.fixture
def pair(desk: Desk) -> tuple[int, int]:
    """One buyer's inquiry, come by a platform and by mail, with things hanging on both."""
    first = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB",
            values={"channel": "Alibaba.com", "original_text": "Need flasks.", "place": "Hamburg"},
            lines=[
                {"wording": "vacuum flask 500 ml", "quantity": "5000", "unit": "pcs"},
                {"wording": "yoga mat"},
            ],
            files=[DRAWING],
        )
    )
    second = desk.inquiries.add(
        InquiryDraft(
            buyer="Nordic Home AB",
            values={
                "channel": "Email",
                "subject": "Flasks",
                "original_text": "Please quote flasks and mugs.",
                "received_at": datetime(2026, 2, 27, 8, tzinfo=UTC),
                "next_action": "call",
            },
            lines=[
                {"wording": "coffee mug", "quantity": "300"},
                {"wording": "Vacuum flasks 500ml", "quantity": "6000", "target_price": "1.6"},
            ],
            files=[DRAWING, NewFile("logo.png", b"logo", "image/png")],
        )
    )
    for inquiry in (first, second):
        hang_all(desk, inquiry)
    return first, second


def hang_all(desk: Desk, inquiry: int) -> None:
    """All that can hang on an inquiry and its lines."""
    supplier = desk.directory.add("supplier", {"name_zh": "海达"})
    desk.requests.create(RequestDraft(inquiry_id=inquiry, supplier_ids=[supplier]))
    for line in line_ids(desk, inquiry):
        offered = OfferLineDraft(tiers=((None, Decimal("3.2")),), inquiry_line_id=line)
        desk.offers.record(
            OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[offered])
        )
        with desk._book.read() as session:
            newest = session.scalar(text("SELECT max(id) FROM offer_line"))
        desk.offers.award(line, newest)
    thread = desk.negotiation.start_thread("flasks", inquiry_id=inquiry)
    desk.rounds.confirm(
        thread,
        Offered(side=Side.THEIRS, currency="USD", prices=(OfferedPrice(Decimal("1.9")),)),
        inquiry_line_id=line_ids(desk, inquiry)[0],
    )
    desk.follow_ups.add("call", date(2026, 3, 9), inquiry_id=inquiry)
    desk.directory.add("note", {"text": "knows us from the fair", "inquiry_id": inquiry})
    desk.quotations.draft(QuotationDraft(inquiry_id=inquiry))
    desk.inquiries.set_tags(inquiry, f"kitchen, {inquiry}")
    one, another = (desk.inquiries.add(InquiryDraft(buyer="Kestrel")) for _ in range(2))
    desk.inquiries.not_same(inquiry, one)
    desk.inquiries.not_same(another, inquiry)


def naming(desk: Desk, record: type, ids: set[int]) -> dict[str, int]:
    """How many rows of each column name one of these records."""
    with desk._book.read() as session:
        return {
            f"{table.name}.{column.name}": len(
                session.scalars(select(table.c.id).where(column.in_(ids))).all()
            )
            for table, column in columns_naming(record)
        }


def test_everything_of_the_other_inquiry_hangs_on_the_kept_one(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    before = naming(desk, InquiryRecord, {keep, other})
    assert min(before.values()) > 0, before
    lines = line_ids(desk, keep) + line_ids(desk, other)
    of_lines = naming(desk, InquiryLineRecord, set(lines))
    assert min(of_lines.values()) > 0, of_lines
    desk.inquiries.merge(keep, other)
    assert naming(desk, InquiryRecord, {other}) == dict.fromkeys(before, 0)
    assert naming(desk, InquiryRecord, {keep}) == before | {
        # The flask is one line now, "kitchen" one tag and the drawing one file.
        "inquiry_line.inquiry_id": before["inquiry_line.inquiry_id"] - 1,
        "tag_link.inquiry_id": before["tag_link.inquiry_id"] - 1,
        "attachment.inquiry_id": before["attachment.inquiry_id"] - 1,
    }
    assert naming(desk, InquiryLineRecord, set(lines)) == of_lines | {
        "award.inquiry_line_id": of_lines["award.inquiry_line_id"] - 1
    }


def test_the_kept_inquiry_has_the_values_texts_and_lines_of_both(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    desk.inquiries.merge(keep, other)
    detail = desk.inquiry_views.inquiry(keep)
    values = detail.values
    assert (values["number"], values["channel"]) == ("I-2026-0001", "Alibaba.com")
    assert (values["subject"], values["place"]) == ("Flasks", "Hamburg")
    assert (values["received_at"], values["next_action"]) == (
        datetime(2026, 2, 27, 8, tzinfo=UTC),
        "call",
    )
    assert values["original_text"] == (
        "Need flasks.\n\n— I-2026-0002, Email —\nPlease quote flasks and mugs."
    )
    told = [(line.position, line.wording, line.values["quantity"]) for line in detail.lines]
    assert told == [
        (1, "vacuum flask 500 ml", Decimal(5000)),
        (2, "yoga mat", None),
        (3, "coffee mug", Decimal(300)),
    ]
    assert detail.lines[0].values["target_price"] == Decimal("1.6")
    assert not detail.same


def test_a_person_chooses_values_and_which_lines_are_joined(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    flask, mat = line_ids(desk, keep)
    mug, flasks = line_ids(desk, other)
    with pytest.raises(AppError):
        desk.inquiries.merge(keep, other, Merging(join={mug: flask, flasks: flask}))
    with pytest.raises(AppError):
        desk.inquiries.merge(keep, other, Merging(join={flask: mug}))
    desk.inquiries.merge(
        keep, other, Merging(take={"channel"}, keep={"subject"}, join={mug: mat}, take_lines=[mug])
    )
    detail = desk.inquiry_views.inquiry(keep)
    assert (detail.values["channel"], detail.values["subject"]) == ("Email", None)
    assert [(line.id, line.wording) for line in detail.lines] == [
        (flask, "vacuum flask 500 ml"),
        (mat, "coffee mug"),
        (flasks, "Vacuum flasks 500ml"),
    ]


def test_a_merge_is_taken_back_and_done_again_to_the_same_rows(
    desk: Desk, pair: tuple[int, int]
) -> None:
    before = row_hashes(desk._book)
    desk.inquiries.merge(*pair)
    merged = row_hashes(desk._book)
    assert desk.history.undo().kept == ()
    assert row_hashes(desk._book) == before
    assert desk.history.redo().kept == ()
    assert row_hashes(desk._book) == merged


def test_the_live_inquiry_counts_and_the_stage_that_was_reached(
    desk: Desk, pair: tuple[int, int]
) -> None:
    keep, other = pair
    desk.inquiries.move(keep, Stage.LOST, reason="silent")
    desk.inquiries.move(other, Stage.QUALIFIED)
    desk.inquiries.merge(keep, other)
    assert desk.inquiry_views.inquiry(keep).values["stage"] == "qualified"


@pytest.mark.parametrize("takes", [False, True])
def test_offers_chosen_for_parts_stay_chosen_for_those_shares_of_what_is_asked_for_now(
    desk: Desk, takes: bool
) -> None:
    keep, other = (
        desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": "flask", **asked}]))
        for asked in ({"quantity": "5000", "unit": "pcs"}, {"quantity": "100", "unit": "ctn"})
    )
    (mine,), (theirs,) = line_ids(desk, keep), line_ids(desk, other)
    inquiry, line, parts = (
        (keep, mine, ("3000", "2000")) if takes else (other, theirs, ("60", "40"))
    )
    for part in parts:
        supplier = desk.directory.add("supplier", {"name_zh": f"海达{part}"})
        offered = OfferLineDraft(tiers=((None, Decimal("3.2")),), inquiry_line_id=line)
        desk.offers.record(
            OfferDraft(supplier_id=supplier, inquiry_id=inquiry, currency="CNY", lines=[offered])
        )
        with desk._book.read() as session:
            newest = session.scalar(select(func.max(OfferLineRecord.id)))
        desk.offers.award(line, newest, quantity=Decimal(part))
    desk.inquiries.merge(keep, other, Merging(take_lines=[theirs] if takes else []))
    with desk._book.read() as session:
        chosen = session.scalars(select(AwardRecord.quantity).order_by(AwardRecord.id)).all()
    assert chosen == ([60, 40] if takes else [3000, 2000])


def test_a_size_sets_lines_apart_and_a_linked_product_joins_them(desk: Desk) -> None:
    product = desk.directory.add("product", {"name_en": "flask"})
    words = [
        ["vacuum flask 500ml", "保温杯", "vacuum flask 750ml"],
        ["vacuum flask 750ml", "thermos", "vacuum flask 350ml"],
    ]
    inquiries = [
        desk.inquiries.add(InquiryDraft(buyer="A", lines=[{"wording": one} for one in those]))
        for those in words
    ]
    for inquiry in inquiries:
        desk.inquiries.link_line(line_ids(desk, inquiry)[1], product)
    (a, b, c), (d, e, _f) = (line_ids(desk, one) for one in inquiries)
    kept, other = (desk.inquiry_views.inquiry(one).lines for one in inquiries)
    assert a
    assert same_lines(kept, other) == {e: b, d: c}


def test_an_inquiry_is_not_merged_with_itself_or_with_none(
    desk: Desk, pair: tuple[int, int]
) -> None:
    for other in (pair[0], 999):
        with pytest.raises(AppError):
            desk.inquiries.merge(pair[0], other)
    with pytest.raises(AppError):
        desk.inquiries.merge(999, pair[0])


def test_what_was_said_to_be_two_goes_where_its_inquiry_goes(desk: Desk) -> None:
    draft = InquiryDraft(buyer="Nordlys", lines=[{"wording": "vacuum flask 500 ml"}])
    first, second, third = (desk.inquiries.add(draft) for _ in range(3))

    def alike(inquiry: int) -> set[int]:
        return {one.id for one in desk.inquiry_views.inquiry(inquiry).same}

    assert alike(first) == {second, third}
    desk.inquiries.not_same(second, first)
    desk.inquiries.not_same(first, second)
    assert (alike(first), alike(second)) == ({third}, {third})
    desk.inquiries.merge(third, second)
    assert alike(third) == alike(first) == set()
    desk.inquiries.merge(third, first)
    desk.history.undo()
    desk.history.undo()
    desk.history.undo()
    assert alike(first) == {second, third}
    with pytest.raises(AppError):
        desk.inquiries.not_same(first, first)
