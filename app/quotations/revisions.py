"""Owns revisions: their states, the terms a revision freezes, and how two of them differ.

A revision that was sent never changes; changing it makes the next one under the same number.
Must not know how revisions are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.ports import is_same_place
from app.quotations.incoterms import TradeTerm
from app.quotations.packing import CartonPacking
from app.quotations.payment import PaymentTerms
from app.quotations.tiers import PriceTiers


class State(StrEnum):
    """Where a revision stands."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, Message] = {
    State.DRAFT: Message("quotations.state_draft"),
    State.SENT: Message("quotations.state_sent"),
    State.ACCEPTED: Message("quotations.state_accepted"),
    State.DECLINED: Message("quotations.state_declined"),
    State.EXPIRED: Message("quotations.state_expired"),
    State.SUPERSEDED: Message("quotations.state_superseded"),
    State.WITHDRAWN: Message("quotations.state_withdrawn"),
}

#: Allowed moves. A buyer may accept late; sending the next revision supersedes whatever the one
#: before it was, and withdrawing that one puts it back.
TRANSITIONS = frozenset(
    {
        (State.DRAFT, State.SENT),
        (State.DRAFT, State.WITHDRAWN),
        (State.SENT, State.ACCEPTED),
        (State.SENT, State.DECLINED),
        (State.SENT, State.EXPIRED),
        (State.SENT, State.SUPERSEDED),
        (State.SENT, State.WITHDRAWN),
        (State.EXPIRED, State.ACCEPTED),
        (State.EXPIRED, State.DECLINED),
        (State.EXPIRED, State.SUPERSEDED),
        (State.DECLINED, State.SUPERSEDED),
        (State.ACCEPTED, State.SUPERSEDED),
        (State.SUPERSEDED, State.SENT),
        (State.SUPERSEDED, State.EXPIRED),
        (State.SUPERSEDED, State.DECLINED),
        (State.SUPERSEDED, State.ACCEPTED),
    }
)


#: The states in which the buyer, the calendar or we have settled a revision.
CLOSED = frozenset({State.ACCEPTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN})


def may_become(before: State, after: State) -> bool:
    """Whether a revision may move from ``before`` to ``after``."""
    return (before, after) in TRANSITIONS


def check_move(before: State, after: State) -> None:
    """Raises :class:`AppError` unless the move is allowed."""
    if before is after:
        raise AppError("quotations.is_already", state=STATE_NAMES[after])
    if not may_become(before, after):
        raise AppError(
            "quotations.move_not_allowed", before=STATE_NAMES[before], after=STATE_NAMES[after]
        )


def is_editable(state: State) -> bool:
    """Whether a revision's terms may still change: only as a draft."""
    return state is State.DRAFT


def is_valid_on(day: date, valid_through: date | None) -> bool:
    """Whether a price holds on ``day``: the last day of its validity still counts."""
    return valid_through is None or day <= valid_through


def state_on(day: date, state: State, valid_through: date | None) -> State:
    """Where a revision stands on ``day``: what was sent is expired once its last day is over."""
    is_over = state is State.SENT and not is_valid_on(day, valid_through)
    return State.EXPIRED if is_over else state


class LineKind(StrEnum):
    """What a line of a quotation is."""

    ITEM = "item"
    FREE = "free"  # an item typed for this quotation only
    HEADING = "heading"
    CHARGE = "charge"
    DISCOUNT = "discount"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTerms:
    """One line as a revision freezes it.

    ``line_uid`` stays the same from revision to revision, so that lines are compared and not
    positions. ``unit_price`` is in the revision's currency, rounded as shown. ``alternative_to``
    names the line this one may replace; optional lines and alternatives are not in the total. A
    discount line has ``discount_percent`` of the lines above it or a negative ``unit_price``.
    """

    line_uid: str
    position: int
    kind: LineKind = LineKind.ITEM
    item_no: str = ""
    buyer_item_no: str = ""
    name_en: str = ""
    name_zh: str = ""
    description: str = ""
    picture: str = ""  # content hash
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    tiers: PriceTiers | None = None
    discount_percent: Decimal = Decimal(0)
    moq: Decimal | None = None
    packing: CartonPacking | None = None
    packing_text: str = ""
    hs_code: str = ""
    origin: str = ""
    lead_time: str = ""
    remarks: str = ""
    is_optional: bool = False
    alternative_to: str = ""
    product_id: int | None = None
    inquiry_line_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionTerms:
    """Everything one revision of a quotation says, and the rate it was worked out with.

    ``payment_text`` is the payment as typed, for terms that could not be told apart into
    milestones. ``rate`` is home currency per one unit of ``currency``; ``rate``, ``margin_floor`` and the
    lines' offers are ours alone and never reach a paper for the buyer.
    """

    number: str
    revision: int
    document: str = "quotation"
    quoted_on: date
    valid_through: date | None = None
    subject: str = ""
    buyer: str = ""
    buyer_address: str = ""
    contact: str = ""
    seller_profile: str = ""
    currency: str = "USD"
    rate: Decimal | None = None
    rate_on: date | None = None
    trade_term: TradeTerm | None = None
    payment: PaymentTerms | None = None
    payment_text: str = ""
    lead_time: str = ""
    shipment_mode: str = ""
    port_of_loading: str = ""
    port_of_destination: str = ""
    partial_shipment: bool | None = None
    transhipment: bool | None = None
    shipping_marks: str = ""
    remarks: str = ""
    shows_bank: bool = False
    margin_floor: Decimal | None = None
    lines: tuple[LineTerms, ...] = ()


def revision_label(number: str, revision: int) -> str:
    """``Q-2026-0031`` for the first revision, then ``Q-2026-0031-R2``."""
    return number if revision <= 1 else f"{number}-R{revision}"


def next_revision_number(existing: Iterable[int]) -> int:
    """The number after all ``existing`` ones, withdrawn ones included: a number never returns."""
    return max(existing, default=0) + 1


class Change(StrEnum):
    """What happened to a field or a line."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs between two revisions.

    ``line_uid`` is empty for the header. An added or removed line is one difference with the field
    ``line`` and the whole :class:`LineTerms` as its value.
    """

    field: str
    before: object
    after: object
    change: Change = Change.CHANGED
    line_uid: str = ""


#: What always differs and says nothing.
_IDENTITY = frozenset({"number", "revision", "lines", "line_uid"})
#: Fields that name a port.
PORT_FIELDS = frozenset({"port_of_loading", "port_of_destination"})


def differences(revision_a: RevisionTerms, revision_b: RevisionTerms) -> tuple[Difference, ...]:
    """Field by field what changed from ``revision_a`` to ``revision_b``: header first, then lines.

    Lines come in the order of ``revision_b``, those removed last.
    """
    found = list(_fields_that_differ(revision_a, revision_b, line_uid=""))
    before = {line.line_uid: line for line in revision_a.lines}
    after = {line.line_uid: line for line in revision_b.lines}
    for uid, line in after.items():
        if uid in before:
            found += _fields_that_differ(before[uid], line, line_uid=uid)
        else:
            found.append(Difference("line", None, line, Change.ADDED, uid))
    for uid, line in before.items():
        if uid not in after:
            found.append(Difference("line", line, None, Change.REMOVED, uid))
    return tuple(found)


def _fields_that_differ(
    before: RevisionTerms | LineTerms, after: RevisionTerms | LineTerms, *, line_uid: str
) -> list[Difference]:
    names = (field.name for field in fields(before) if field.name not in _IDENTITY)
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [
        Difference(name, a, b, line_uid=line_uid)
        for name, a, b in pairs
        if not _say_the_same(name, a, b)
    ]


def _say_the_same(name: str, before: object, after: object) -> bool:
    """Whether nothing changed: a port stays the same in another language."""
    if isinstance(before, TradeTerm) and isinstance(after, TradeTerm):
        same_term = (before.code, before.edition) == (after.code, after.edition)
        return same_term and is_same_place(before.place, after.place)
    if name in PORT_FIELDS and isinstance(before, str) and isinstance(after, str):
        return is_same_place(before, after)
    return before == after
