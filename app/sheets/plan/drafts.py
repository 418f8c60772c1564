"""Owns what the rows of a sheet become before they are matched: companies, people, goods, inquiries.

Must not know the book; matching does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from app.sheets.grid import Picture

Values = dict[str, object]
#: What stands between several words for one thing.
AND = "、"
#: A record in a thousand rows, as in a book of stock, is not described by all of them.
_LONGEST_JOINED = 400


class Point(NamedTuple):
    """A way to reach somebody: its kind, as typed, the form that is compared, what it is called."""

    kind: str
    value: str
    normal: str
    label: str = ""


@dataclass(slots=True)
class PersonDraft:
    """A person and how to reach them."""

    values: Values
    points: list[Point] = field(default_factory=list)
    custom: Values = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_primary: bool = False
    #: The number of the record that a list of ours was written from.
    number: str = ""

    @property
    def name(self) -> str:
        """The person's name."""
        return str(self.values.get("name") or "")


@dataclass(frozen=True, slots=True)
class CertificateDraft:
    """A certificate as it will be stored."""

    name: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(slots=True)
class CompanyDraft:
    """A company with what hangs on it; several rows may add to one."""

    role: str
    values: Values
    people: list[PersonDraft] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    addresses: list[Values] = field(default_factory=list)
    booths: list[Values] = field(default_factory=list)
    certificates: list[CertificateDraft] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    custom: Values = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    #: What it is to us besides ``role``: supplier, buyer, agent, forwarder.
    roles: list[str] = field(default_factory=list)
    #: The number of the record that a list of ours was written from.
    number: str = ""
    #: A person of whom no company is told stands for one; their name is no company's.
    is_person: bool = False
    #: A list of people does not say what their companies are to us.
    is_role_said: bool = True

    @property
    def names(self) -> list[str]:
        """The names it goes by, Chinese first."""
        found = (self.values.get(key) for key in ("name_zh", "name_en", "short_name"))
        return [str(name) for name in found if name]

    @property
    def title(self) -> str:
        """The name it is shown under."""
        values = self.values
        return str(values.get("name_zh") or values.get("name_en") or values.get("short_name") or "")


@dataclass(frozen=True, slots=True)
class PriceDraft:
    """One price tier as it will be stored."""

    min_quantity: Decimal | None
    max_quantity: Decimal | None
    amount: Decimal
    currency: str
    unit: str | None
    incoterm: str | None
    place: str | None
    includes_vat: bool | None
    vat_rate: Decimal | None
    quoted_on: date | None
    valid_until: date | None

    @property
    def terms(self) -> tuple[object, ...]:
        """What makes two prices the same offer, whenever they were made."""
        return (self.min_quantity, self.amount, self.currency, self.incoterm, self.includes_vat)


@dataclass(slots=True)
class ProductDraft:
    """An article with its prices and pictures."""

    values: Values
    category: tuple[str, ...] = ()
    prices: list[PriceDraft] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    custom: Values = field(default_factory=dict)
    certificates: list[CertificateDraft] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    #: The number of the record that a list of ours was written from.
    number: str = ""

    @property
    def title(self) -> str:
        """What it is shown as."""
        keys = ("item_number", "name_zh", "name_en")
        return next((str(self.values[key]) for key in keys if self.values.get(key)), "")


@dataclass(slots=True)
class InquiryDraft:
    """An inquiry of a buyer with the line of its row."""

    values: Values
    lines: list[Values] = field(default_factory=list)
    number: str = ""
    notes: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What holds for all lines of one offer, besides its day and how it is paid."""

    currency: str
    incoterm: str | None
    place: str | None
    includes_vat: bool | None
    vat_rate: Decimal | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class OfferLineDraft:
    """What one supplier offers for one article asked for.

    ``number`` and ``position`` are those of the offer that a row of a list of ours was written
    from; ``values`` are what else the line holds in the book. ``asked_in`` is the number of the
    inquiry that is answered, as far as the sheet tells it.
    """

    wording: str
    values: Values
    prices: tuple[PriceDraft, ...]
    payment: str = ""
    number: str = ""
    position: str = ""
    asked_in: str = ""

    @property
    def place(self) -> tuple[str, str] | None:
        """What tells that two rows of a list of ours are prices of one line."""
        return (self.number, self.position) if self.number else None

    @property
    def terms(self) -> OfferTerms | None:
        """The terms of its prices; ``None`` where it has none."""
        if not self.prices:
            return None
        first = self.prices[0]
        return OfferTerms(
            first.currency,
            first.incoterm,
            first.place,
            first.includes_vat,
            first.vat_rate,
            first.valid_until,
        )


@dataclass(slots=True)
class RowDraft:
    """All that one row of the sheet holds."""

    company: CompanyDraft | None = None
    product: ProductDraft | None = None
    inquiry: InquiryDraft | None = None
    #: What a supplier offers, where the row is an answer to an inquiry and no price list's.
    offer: OfferLineDraft | None = None
    category: tuple[str, ...] = ()
    #: What the company is found by; see ``companies.draft_keys``.
    keys: tuple[str, ...] = ()
    #: The companies of the book that share a key.
    candidates: Sequence[int] = ()


def joined(present: object, value: object, *, between: str | None) -> object:
    """What a record says already with what a later row of it says; of two texts that may not stand
    side by side, for which ``between`` is ``None``, the first.
    """
    if present in (None, ""):
        return value
    if between is None or not isinstance(present, str) or not isinstance(value, str):
        return present
    told = present.split(between)
    further = [part for part in value.split(between) if part not in told]
    is_long = len(present) + len(value) > _LONGEST_JOINED
    return present if is_long else between.join([present, *further])
