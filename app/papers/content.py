"""Owns what a paper for the buyer says, as frozen data.

Must not have a field for a cost, a supplier, a margin or another buyer: what is not here cannot
reach the buyer's file. Must not know how the paper looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

#: A picture: a file of the book, or the bytes of one. PNG, JPEG, GIF, BMP, WebP or TIFF.
PictureSource = Path | bytes

#: The languages a paper can be printed in; ``both`` puts English first, Chinese below or beside it.
PAPER_LANGUAGES = ("en", "zh_CN", "both")


class PaperKind(StrEnum):
    """Which paper it is: its title, and whether it needs the amount in words and the bank."""

    QUOTATION = "quotation"
    PROFORMA = "proforma"
    PRICE_LIST = "price_list"
    CATALOGUE = "catalogue"


class LineKind(StrEnum):
    """What a line is.

    An ``OPTION`` is an alternative: its amount is shown and not counted into the total. A ``FREE``
    line is counted and belongs to no product (a mould fee). A ``HEADING`` names the group below it.
    """

    ITEM = "item"
    OPTION = "option"
    FREE = "free"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and Chinese; either may be missing."""

    en: str = ""
    zh: str = ""

    @classmethod
    def same(cls, text: str) -> Bilingual:
        """A text that has one form only; printed once in every language."""
        return cls(text, text)

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def said(self, language: str, joint: str = "\n") -> str:
        """The text in ``language``; the other language where that one is missing."""
        if language == "both":
            return joint.join(dict.fromkeys(text for text in (self.en, self.zh) if text))
        if language == "zh_CN":
            return self.zh or self.en
        return self.en or self.zh


NOTHING_SAID = Bilingual()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Where the buyer pays to."""

    beneficiary: str = ""
    bank_name: str = ""
    bank_address: str = ""
    account: str = ""
    swift: str = ""
    notes: str = ""

    def __bool__(self) -> bool:
        return bool(self.beneficiary or self.bank_name or self.account or self.swift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """The profile the seller writes under."""

    name: Bilingual
    address: Bilingual = NOTHING_SAID
    phone: str = ""
    mail: str = ""
    website: str = ""
    contact: str = ""
    logo: PictureSource | None = None
    bank: Bank = Bank()
    signature: PictureSource | None = None
    signatory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """Whom the paper is for."""

    name: str = ""
    address: str = ""
    country: str = ""
    contact: str = ""
    phone: str = ""
    mail: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.contact)


@dataclass(frozen=True, slots=True)
class PriceTier:
    """``unit_price`` holds from ``minimum`` units on."""

    minimum: Decimal
    unit_price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CartonPacking:
    """How a line is packed: one carton's pieces, size in cm, volume in m³ and weights in kg."""

    text: Bilingual = NOTHING_SAID
    pieces_per_carton: Decimal | None = None
    length_cm: Decimal | None = None
    width_cm: Decimal | None = None
    height_cm: Decimal | None = None
    volume_cbm: Decimal | None = None
    net_weight_kg: Decimal | None = None
    gross_weight_kg: Decimal | None = None
    quantity_20gp: Decimal | None = None
    quantity_40gp: Decimal | None = None
    quantity_40hq: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of a paper.

    Prices are in the paper's currency for one ``unit``, rounded as shown. With ``tiers`` the price
    follows the quantity and ``unit_price`` is left out; without a quantity there is no amount.
    ``minimum_order`` is in ``unit`` as well.
    """

    kind: LineKind = LineKind.ITEM
    item_number: str = ""
    name: Bilingual = NOTHING_SAID
    description: Bilingual = NOTHING_SAID
    picture: PictureSource | None = None
    unit: Bilingual = NOTHING_SAID
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    tiers: tuple[PriceTier, ...] = ()
    packing: CartonPacking = CartonPacking()
    minimum_order: Decimal | None = None
    lead_time: Bilingual = NOTHING_SAID
    hs_code: str = ""
    remarks: Bilingual = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A discount (below zero) or a charge (above zero), on the whole paper.

    Either ``amount`` in the paper's currency or ``percent`` of the goods (``Decimal("-3")`` takes
    three per cent off).
    """

    name: Bilingual
    amount: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the total that is paid by itself: when and how, and its share in per cent."""

    name: Bilingual
    percent: Decimal


MOST_PRICE_DECIMALS = 6


def _decimals(price: Decimal) -> int:
    exponent = price.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationPaper:
    """Everything one paper says.

    ``valid_until`` is the last day it holds. ``price_decimals`` is how many digits the unit prices
    show, and becomes more where a price has more; amounts show those of the currency.
    """

    kind: PaperKind = PaperKind.QUOTATION
    number: str
    revision: int = 1
    issued_on: date
    valid_until: date | None = None
    seller: Seller
    buyer: Buyer = Buyer()
    reference: str = ""
    currency: str = "USD"
    price_decimals: int = 2
    trade_term: str = ""
    trade_place: str = ""
    trade_edition: str = "Incoterms 2020"
    payment: Bilingual = NOTHING_SAID
    instalments: tuple[Instalment, ...] = ()
    lead_time: Bilingual = NOTHING_SAID
    shipment: Bilingual = NOTHING_SAID
    port_of_loading: str = ""
    port_of_destination: str = ""
    country_of_origin: Bilingual = NOTHING_SAID
    marks: str = ""
    packing: Bilingual = NOTHING_SAID
    remarks: Bilingual = NOTHING_SAID
    lines: tuple[PaperLine, ...] = ()
    adjustments: tuple[Adjustment, ...] = field(default=())

    def __post_init__(self) -> None:
        prices = [line.unit_price for line in self.lines if line.unit_price is not None]
        prices += [tier.unit_price for line in self.lines for tier in line.tiers]
        longest = max(map(_decimals, prices), default=0)
        wanted = min(max(self.price_decimals, longest), MOST_PRICE_DECIMALS)
        object.__setattr__(self, "price_decimals", wanted)

    def without_prices(self) -> QuotationPaper:
        """The same goods as a catalogue: no price, no quantity, nothing to be added up or paid."""
        lines = tuple(
            replace(line, unit_price=None, tiers=(), quantity=None)
            for line in self.lines
            if line.kind is not LineKind.FREE or line.item_number or line.picture
        )
        return replace(
            self,
            kind=PaperKind.CATALOGUE,
            lines=lines,
            adjustments=(),
            payment=NOTHING_SAID,
            seller=replace(self.seller, bank=Bank()),
        )

    @property
    def full_number(self) -> str:
        """The number with its revision from the second one on: ``Q-2026-0031 R2``."""
        return f"{self.number} R{self.revision}" if self.revision > 1 else self.number
