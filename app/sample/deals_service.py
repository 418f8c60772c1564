"""Owns replaying the sample book's deals: inquiries, requests, offers, talks and quotations.

Each step is taken by the service a user would take it with, on the day it is said to have happened.
Must not write records itself, but for what no service writes with a date of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.inquiries.offers_service import OfferDraft, OfferLineDraft, Offers
from app.inquiries.requests_service import RequestDraft, Requests
from app.inquiries.service import Inquiries, InquiryDraft
from app.inquiries.stages import Stage
from app.negotiation.follow_ups_service import FollowUps
from app.negotiation.offered import Offered, OfferedPrice, Side
from app.negotiation.rounds_service import Rounds
from app.negotiation.service import MessageDraft, Negotiation
from app.quotations.charges import Basis, Charge, ChargeLine
from app.quotations.cost_sheet import Profit, ProfitBasis
from app.quotations.revision_costing import CostingTerms
from app.quotations.service import QuotationDraft, Quotations
from app.sample.directory_service import DirectoryRows
from app.sample.reading import Days
from database.book import Book, WriteScope
from database.records import InquiryLineRecord, InquiryRecord, OfferRecord

Told = Mapping[str, Any]

_STEPS = {"accept": "accept", "decline": "decline", "expire": "expire", "withdraw": "withdraw"}
#: What brings goods to the port of loading, in CNY for a shipment of the sample book's size.
_DOMESTIC = Charge(amount=Decimal(3200), currency="CNY", basis=Basis.FIXED)


@dataclass
class StoryClock:
    """The time of the step that is being replayed."""

    moment: datetime

    def now(self) -> datetime:
        """The instant of the step, in UTC."""
        return self.moment

    def today(self) -> date:
        """Its day."""
        return self.moment.date()


class Deals:
    """Replays deals one by one inside the scope that is open."""

    def __init__(
        self, book: Book, scope: WriteScope, *, directory: DirectoryRows, days: Days
    ) -> None:
        self._scope = scope
        self._directory = directory
        self._days = days
        self._clock = StoryClock(days.now)
        self._inquiries = Inquiries(book, self._clock)
        self._requests = Requests(book, self._clock)
        self._offers = Offers(book, self._clock)
        self._negotiation = Negotiation(book, self._clock)
        self._rounds = Rounds(book, self._clock)
        self._follow_ups = FollowUps(book, self._clock)
        self._quotations = Quotations(book, self._clock)
        self.made: Counter[str] = Counter()
        #: The inquiry of each buyer's key.
        self.inquiries: dict[str, int] = {}

    def replay(self, told: Told) -> None:
        """Takes one inquiry through all that is told of it."""
        self._set(told["received"])
        inquiry_id = self._inquiry(told)
        lines = self._lines(inquiry_id)
        requests = [self._request(inquiry_id, each) for each in told.get("request", ())]
        for each in told.get("offer", ()):
            self._offer(inquiry_id, each, lines, requests)
        for each in told.get("quotation", ()):
            self._quotation(inquiry_id, each)
        for each in told.get("thread", ()):
            self._thread(inquiry_id, each, told, lines)
        self._finish(inquiry_id, told)

    def follow_up(self, told: Told) -> None:
        """Adds something to do."""
        self._follow_ups.add(
            told["text"],
            self._days.on(told["in"]),
            inquiry_id=self.inquiries.get(told.get("inquiry", "")),
            company_id=self._directory.companies.get(told.get("company", "")),
        )
        self.made["follow_up"] += 1

    def _set(self, when: Sequence[Any]) -> datetime:
        self._clock.moment = self._days.at(*when)
        return self._clock.moment

    def _inquiry(self, told: Told) -> int:
        kept = ("channel", "subject", "destination", "incoterm", "place", "currency")
        values = {key: told.get(key) for key in (*kept, "certificates", "next_action")}
        values |= {
            "channel_detail": told.get("detail"),
            "original_text": told["text"].strip(),
            "required_by_on": self._day(told.get("required_in")),
            "next_action_on": self._day(told.get("next_in")),
            "contact_id": self._directory.contacts[told["buyer"]],
            "owner": "Lana",
        }
        lines = [
            {
                "wording": line["wording"],
                "product_id": self._directory.products.get(line.get("product", "")),
                "specification": line.get("specification"),
                "quantity": line["quantity"],
                "unit": line["unit"],
                "target_price": line.get("target"),
                "currency": told.get("currency") if "target" in line else None,
            }
            for line in told["lines"]
        ]
        buyer_id = self._directory.companies[told["buyer"]]
        draft = InquiryDraft(buyer_id=buyer_id, values=values, lines=lines)
        inquiry_id = self._inquiries.add(draft)
        self.inquiries[told["buyer"]] = inquiry_id
        self.made["inquiry"] += 1
        self.made["line"] += len(lines)
        return inquiry_id

    def _day(self, offset: int | None) -> date | None:
        return None if offset is None else self._days.on(offset)

    def _lines(self, inquiry_id: int) -> list[int]:
        record = self._scope.get_one(InquiryRecord, inquiry_id)
        self._scope.refresh(record, ["lines"])
        return [line.id for line in record.lines]

    def _suppliers(self, told: Told) -> list[int]:
        return [self._directory.companies[key] for key in told["suppliers"]]

    def _request(self, inquiry_id: int, told: Told) -> int:
        self._set(told["asked"])
        respond_by_on = self._day(told.get("respond"))
        draft = RequestDraft(
            inquiry_id=inquiry_id,
            supplier_ids=self._suppliers(told),
            text=told.get("text", ""),
            respond_by_on=respond_by_on,
        )
        request_id = self._requests.create(draft)
        self._requests.asked(request_id, self._suppliers(told))
        self.made["request"] += 1
        return request_id

    def _offer(
        self, inquiry_id: int, told: Told, lines: Sequence[int], requests: Sequence[int]
    ) -> None:
        self._set((told["on"], "06:00"))
        currency = told.get("currency", "CNY")
        has_vat = currency == "CNY"
        draft = OfferDraft(
            supplier_id=self._directory.companies[told["supplier"]],
            inquiry_id=inquiry_id,
            request_id=requests[told["request"] - 1] if "request" in told else None,
            currency=currency,
            valid_until=self._days.on(told["on"] + told["valid"]),
            incoterm=told.get("incoterm", "EXW"),
            place=told.get("place"),
            includes_vat=has_vat or None,
            vat_rate=Decimal("0.13") if has_vat else None,
            payment_terms=told.get("payment"),
            source=told.get("source", ""),
            lines=[self._offer_line(line, lines) for line in told["lines"]],
        )
        offer_id = self._offers.record(draft)
        self.made["offer"] += 1
        self._award(offer_id, {lines[position - 1] for position in told.get("awards", ())})

    def _offer_line(self, told: Told, lines: Sequence[int]) -> OfferLineDraft:
        line_id = lines[told["line"] - 1]
        return OfferLineDraft(
            inquiry_line_id=line_id,
            product_id=self._directory.products[told["item"]],
            wording=told["item"],
            tiers=tuple((Decimal(least), Decimal(amount)) for least, amount in told["tiers"]),
            unit=self._scope.get_one(InquiryLineRecord, line_id).unit,
            moq=Decimal(told["moq"]),
            lead_time_days=told["lead"],
            remarks=told.get("remarks", ""),
        )

    def _award(self, offer_id: int, chosen: set[int]) -> None:
        offer = self._scope.get_one(OfferRecord, offer_id)
        self._scope.refresh(offer, ["lines"])
        for line in offer.lines:
            if line.inquiry_line_id in chosen:
                self._offers.award(line.inquiry_line_id, line.id)
                self.made["award"] += 1

    def _quotation(self, inquiry_id: int, told: Told) -> None:
        margins = iter(told.get("revised_margins", ()))
        quotation_id = 0
        for step in told["steps"]:
            action, offset = step.split()
            self._set((int(offset), "08:00"))
            if action == "draft":
                quotation_id = self._draft(inquiry_id, told)
            elif action == "revise":
                self._revise(quotation_id, told, next(margins, None))
            elif action == "send":
                self._quotations.send(quotation_id)
            else:
                getattr(self._quotations, _STEPS[action])(quotation_id)

    def _draft(self, inquiry_id: int, told: Told) -> int:
        draft = QuotationDraft(
            inquiry_id=inquiry_id,
            values={
                "valid_until": max(self._days.on(told["valid"]), self._clock.today()),
                "margin_floor": Decimal("0.06"),
                "lead_time": "30-35 days after deposit",
            },
            costing=_costing(told),
        )
        self.made["quotation"] += 1
        self.made["revision"] += 1
        return self._quotations.draft(draft)

    def _revise(self, quotation_id: int, told: Told, margin: Decimal | None) -> None:
        valid_until = max(self._days.on(told["valid"]), self._clock.today())
        self._quotations.revise(quotation_id, {"valid_until": valid_until})
        if margin is not None:
            self._quotations.set_costing(quotation_id, _costing(told, margin=margin))
        self.made["revision"] += 1

    def _thread(self, inquiry_id: int, told: Told, about: Told, lines: Sequence[int]) -> None:
        party = about["buyer"] if told["with"] == "buyer" else told["with"]
        self._set(told["messages"][0]["at"])
        thread_id = self._negotiation.start_thread(
            told["subject"], company_id=self._directory.companies[party], inquiry_id=inquiry_id
        )
        for message in told["messages"]:
            self._message(thread_id, message, party, about, lines)
        if "next_step" in told:
            step, due_on = told["next_step"], self._day(told.get("next_in"))
            self._negotiation.set_next_step(thread_id, step, due_on)
        self.made["thread"] += 1

    def _message(
        self, thread_id: int, told: Told, party: str, about: Told, lines: Sequence[int]
    ) -> None:
        is_ours = bool(told.get("out"))
        sent_at = self._set(told["at"])
        message_id = self._negotiation.add_message(
            thread_id,
            MessageDraft(
                kind=told["kind"],
                direction="out" if is_ours else "in",
                text=told["text"],
                sent_at=sent_at,
                contact_id=self._directory.contacts[party],
            ),
        )
        self.made["message"] += 1
        if "round" in told:
            side = Side.OURS if is_ours else Side.THEIRS
            offered = self._offered(told["round"], side, about, sent_at)
            line_id = lines[told["round"]["line"] - 1]
            self._rounds.confirm(thread_id, offered, message_id=message_id, inquiry_line_id=line_id)
            self.made["round"] += 1

    def _offered(self, told: Told, side: Side, about: Told, made_at: datetime) -> Offered:
        return Offered(
            side=side,
            prices=tuple(
                OfferedPrice(Decimal(amount), Decimal(least)) for least, amount in told["prices"]
            ),
            currency=told.get("currency", about["currency"]),
            unit="pcs",
            moq=Decimal(told["moq"]) if "moq" in told else None,
            incoterm=told.get("incoterm", about.get("incoterm")),
            place=told.get("place", about.get("place")),
            payment_terms=told.get("payment"),
            lead_time_days=told.get("lead"),
            extras=tuple(told.get("extras", ())),
            made_at=made_at,
        )

    def _finish(self, inquiry_id: int, told: Told) -> None:
        """The stage the inquiry is in now, and when it was first answered."""
        record = self._scope.get_one(InquiryRecord, inquiry_id)
        stage = Stage(told["stage"])
        if Stage(record.stage) is not stage:
            self._inquiries.move(inquiry_id, stage, reason=told.get("lost_reason", ""))
        if "answered" in told:
            record.first_answered_at = self._days.at(*told["answered"])


def _costing(told: Told, *, margin: Decimal | None = None) -> CostingTerms:
    """The profit the quotation is written with, and what brings the goods there."""
    share = told["margin"] if margin is None else margin
    charges = [_DOMESTIC]
    if "freight" in told:
        carriage = Charge(
            amount=Decimal(told["freight"]),
            currency="USD",
            basis=Basis.FIXED,
            line=ChargeLine.MAIN_CARRIAGE,
        )
        charges.append(carriage)
    profit = Profit(ProfitBasis.MARGIN_ON_PRICE, Decimal(share))
    return replace(CostingTerms(), profit=profit, charges=tuple(charges))
