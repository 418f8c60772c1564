"""Whatever is done from the inquiry to the bargaining: undone it is the start, redone it is the end."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from new_book import new_book
from row_hashes import row_hashes

from app.desk import Desk
from app.inquiries.offers_service import OfferDraft, OfferLineDraft
from app.inquiries.requests_service import RequestDraft
from app.inquiries.service import InquiryDraft
from app.inquiries.stages import Stage
from app.kernel.errors import AppError
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.service import MessageDraft

LINES = [{"wording": "vacuum flask", "quantity": "3000", "unit": "pcs"}, {"wording": "mug"}]
Act = Callable[["Bargain"], object]


class Bargain:
    """A deal as it stands: what the next operation can touch."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.suppliers = [
            desk.directory.add("supplier", {"name_zh": name}) for name in ("海达", "杯业")
        ]
        self.product = desk.directory.add("product", {"name_en": "flask"})
        desk.inquiries.add(InquiryDraft(buyer="Nordlys", lines=LINES))
        self.thread = desk.negotiation.start_thread("flasks", inquiry_id=self.inquiry)

    @property
    def inquiry(self) -> int:
        """The first one, or the one it became part of."""
        return min(self.desk.lists.ids("inquiry"), default=0)

    @property
    def lines(self) -> list[int]:
        return [line.id for line in self.desk.inquiry_views.inquiry(self.inquiry).lines]

    def last(self, kind: str) -> int:
        """The newest row of a kind; 0, which there is none of, before the first."""
        return max(self.desk.lists.ids(kind), default=0)

    def request(self) -> int:
        found = self.desk.sourcing_views.requests(self.inquiry)
        return found[-1].id if found else 0

    def offer_line(self) -> int:
        cells = [
            c for line in self.desk.comparisons.compare(self.inquiry).lines for c in line.cells
        ]
        return cells[-1].offered.offer_line_id if cells else 0

    def messages(self) -> list[int]:
        return [m.id for m in self.desk.negotiation_views.thread(self.thread).messages]


def _ask(deal: Bargain) -> object:
    return deal.desk.requests.create(
        RequestDraft(inquiry_id=deal.inquiry, supplier_ids=deal.suppliers)
    )


def _remind(deal: Bargain) -> object:
    asked = deal.desk.sourcing_views.request(deal.request()).suppliers[0]
    return deal.desk.requests.remind(asked.id, {"remind_on": deal.desk.clock.today()})


def _offer(deal: Bargain) -> object:
    line = OfferLineDraft(tiers=((None, Decimal("13.5")),), inquiry_line_id=deal.lines[0])
    return deal.desk.offers.record(
        OfferDraft(
            supplier_id=deal.suppliers[0],
            inquiry_id=deal.inquiry,
            request_id=deal.request() or None,
            currency="CNY",
            lines=[line],
        )
    )


def _round(deal: Bargain) -> object:
    offered = Offered(side=Side.THEIRS, currency="USD", prices=(OfferedPrice(Decimal("1.9")),))
    return deal.desk.rounds.confirm(deal.thread, offered)


def _say(deal: Bargain) -> object:
    draft = MessageDraft(kind="chat", direction="in", text="USD 1.85 for 3000 pcs, FOB Ningbo")
    return deal.desk.negotiation.add_message(deal.thread, draft)


def _keep_basis(deal: Bargain) -> object:
    return deal.desk.bases.keep(deal.inquiry, deal.desk.comparisons.usual_basis(deal.inquiry))


ACTS: dict[str, Act] = {
    "inquiry": lambda d: d.desk.inquiries.add(InquiryDraft(buyer="Kestrel", lines=LINES)),
    "edit": lambda d: d.desk.inquiries.edit([d.inquiry], {"subject": "Flasks", "channel": "邮件"}),
    "lines": lambda d: d.desk.inquiries.set_lines(d.inquiry, [{"wording": "yoga mat"}, *LINES]),
    "link": lambda d: d.desk.inquiries.link_line(d.lines[0], d.product),
    "move": lambda d: d.desk.inquiries.move(d.inquiry, Stage.DORMANT),
    "answered": lambda d: d.desk.inquiries.answered(d.inquiry),
    "merge": lambda d: d.desk.inquiries.merge(d.last("inquiry"), d.inquiry),
    "delete": lambda d: d.desk.inquiries.delete([d.last("inquiry")]),
    "ask": _ask,
    "asked": lambda d: d.desk.requests.asked(d.request(), d.suppliers),
    "remind": _remind,
    "unask": lambda d: d.desk.requests.delete(d.request()),
    "offer": _offer,
    "award": lambda d: d.desk.offers.award(d.lines[0], d.offer_line()),
    "share": lambda d: d.desk.offers.award(d.lines[0], d.offer_line(), quantity=Decimal(1000)),
    "take back": lambda d: d.desk.offers.take_back_award(d.lines[0]),
    "drop offer": lambda d: d.desk.offers.delete(d.last("offer")),
    "basis": _keep_basis,
    "say": _say,
    "round": _round,
    "turn": lambda d: d.desk.correspondence.set_direction(d.messages(), "out"),
    "split": lambda d: d.desk.negotiation.split(d.messages()[-2:]),
    "step": lambda d: d.desk.negotiation.set_next_step(d.thread, "call", d.desk.clock.today()),
    "follow up": lambda d: d.desk.follow_ups.add(
        "call", d.desk.clock.today() + timedelta(days=1), thread_id=d.thread
    ),
    "assign": lambda d: d.desk.negotiation.assign(d.thread, d.suppliers[0]),
    "drop thread": lambda d: d.desk.negotiation.delete([d.last("thread")]),
}


def _act(deal: Bargain, name: str) -> bool:
    """Whether it could be done; what is refused or has nothing to touch changes nothing."""
    before = row_hashes(deal.desk._book)
    try:
        ACTS[name](deal)
    except (AppError, IndexError):
        assert row_hashes(deal.desk._book) == before
        return False
    return row_hashes(deal.desk._book) != before


def _undo_all_and_redo_all(names: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(new_book(Path(folder) / "book"), cache=Path(folder) / "cache")
        try:
            deal = Bargain(desk)
            states, done = [row_hashes(desk._book)], []
            for name in names:
                if _act(deal, name):
                    states.append(row_hashes(desk._book))
                    done.append(name)
            for state in reversed(states[:-1]):
                assert desk.history.undo().kept == ()
                assert row_hashes(desk._book) == state
            for state in states[1:]:
                assert desk.history.redo().kept == ()
                assert row_hashes(desk._book) == state
        finally:
            desk.close()
    return done


def test_each_operation_of_a_deal_is_undone_and_redone() -> None:
    whole = [
        *("inquiry", "delete", "edit", "lines", "link", "answered", "ask", "asked", "remind"),
        *("offer", "award", "share", "take back", "award", "basis", "say", "say", "say", "turn"),
        *("split", "round", "step", "follow up", "assign", "inquiry", "merge", "move"),
        *("unask", "drop offer"),
        "drop thread",
    ]
    assert set(whole) == set(ACTS)
    assert _undo_all_and_redo_all(whole) == whole


@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=3, max_size=12))
@settings(max_examples=6, deadline=None)
def test_any_operations_of_a_deal_are_undone_and_redone(names: list[str]) -> None:
    _undo_all_and_redo_all(names)
