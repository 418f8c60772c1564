"""Owns the delivery terms: who pays what under each, in which edition, and how they are written.

The rules are those of the ICC's Incoterms 2020, with the terms of 2010 and 2000 recognised as
legacy. Must not know prices; ``costing`` asks here which lines a term puts on the seller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.messages import Message
from app.kernel.text import fold

CURRENT_EDITION = 2020
EDITIONS = (2020, 2010, 2000)


class PlaceKind(StrEnum):
    """What the named place of a term is."""

    SELLERS_PREMISES = "sellers_premises"
    PLACE_OF_DELIVERY = "place_of_delivery"
    PORT_OF_LOADING = "port_of_loading"
    PORT_OF_DESTINATION = "port_of_destination"
    DESTINATION = "destination"


class Carriage(StrEnum):
    """Which modes of carriage a term is made for."""

    ANY = "any"
    SEA = "sea"  # sea and inland waterway only


class CostLine(StrEnum):
    """A cost between the factory's gate and the buyer's door, in the order it arises."""

    EXPORT_PACKING = "export_packing"
    CARRIAGE_TO_PORT = "carriage_to_port"
    EXPORT_CLEARANCE = "export_clearance"
    ORIGIN_THC = "origin_thc"
    ON_BOARD = "on_board"
    MAIN_CARRIAGE = "main_carriage"
    INSURANCE = "insurance"
    UNLOADING = "unloading"
    IMPORT_DUTY = "import_duty"


class Payer(StrEnum):
    """Who pays a cost line under a term."""

    SELLER = "S"
    SELLER_TO_THE_PLACE = "S to the place"
    BUYER = "B"
    BUYER_UNLESS_IN_FREIGHT = "B unless in the freight"
    NEITHER_BOUND = "-"

    @property
    def is_seller(self) -> bool:
        """Whether the seller bears it."""
        return self in (Payer.SELLER, Payer.SELLER_TO_THE_PLACE)


@dataclass(frozen=True, slots=True)
class Incoterm:
    """One delivery term and who pays what under it.

    ``minimum_cover`` is the insurance clause the seller owes under Incoterms 2020 (``ICC C`` or
    ``ICC A``), empty where insurance is not owed. ``successor`` names the term of 2020 that took a
    legacy term's place.
    """

    code: str
    name: Message
    place_kind: PlaceKind
    carriage: Carriage
    payers: tuple[Payer, ...]
    editions: tuple[int, ...] = EDITIONS
    minimum_cover: str = ""
    successor: str = ""

    @property
    def is_legacy(self) -> bool:
        """Whether the term is gone from the current edition: recognised, shown, not offered."""
        return CURRENT_EDITION not in self.editions

    def payer(self, line: CostLine) -> Payer:
        """Who pays ``line``."""
        return self.payers[list(CostLine).index(line)]


_BEARERS = {
    "S": Payer.SELLER,
    "P": Payer.SELLER_TO_THE_PLACE,
    "B": Payer.BUYER,
    "F": Payer.BUYER_UNLESS_IN_FREIGHT,
    "-": Payer.NEITHER_BOUND,
}


def _row(letters: str) -> tuple[Payer, ...]:
    return tuple(_BEARERS[letter] for letter in letters)


_ANY, _SEA = Carriage.ANY, Carriage.SEA

# Columns: packing, carriage to port, export clearance, origin THC, on board, main carriage,
# insurance, unloading, import duty. S seller, P seller to the place, B buyer, F buyer unless in
# the freight, - neither is bound.
_TERMS = (
    Incoterm(
        "EXW",
        Message("quotations.incoterm_exw"),
        PlaceKind.SELLERS_PREMISES,
        _ANY,
        _row("SBBBBB-BB"),
    ),
    Incoterm(
        "FCA",
        Message("quotations.incoterm_fca"),
        PlaceKind.PLACE_OF_DELIVERY,
        _ANY,
        _row("SPSBBB-BB"),
    ),
    Incoterm(
        "FAS",
        Message("quotations.incoterm_fas"),
        PlaceKind.PORT_OF_LOADING,
        _SEA,
        _row("SSSSBB-BB"),
    ),
    Incoterm(
        "FOB",
        Message("quotations.incoterm_fob"),
        PlaceKind.PORT_OF_LOADING,
        _SEA,
        _row("SSSSSB-BB"),
    ),
    Incoterm(
        "CFR",
        Message("quotations.incoterm_cfr"),
        PlaceKind.PORT_OF_DESTINATION,
        _SEA,
        _row("SSSSSS-FB"),
    ),
    Incoterm(
        "CIF",
        Message("quotations.incoterm_cif"),
        PlaceKind.PORT_OF_DESTINATION,
        _SEA,
        _row("SSSSSSSFB"),
        minimum_cover="ICC C",
    ),
    Incoterm(
        "CPT", Message("quotations.incoterm_cpt"), PlaceKind.DESTINATION, _ANY, _row("SSSSSS-FB")
    ),
    Incoterm(
        "CIP",
        Message("quotations.incoterm_cip"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSSSFB"),
        minimum_cover="ICC A",
    ),
    Incoterm(
        "DAP",
        Message("quotations.incoterm_dap"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSS-BB"),
        editions=(2020, 2010),
    ),
    Incoterm(
        "DPU",
        Message("quotations.incoterm_dpu"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSS-SB"),
        editions=(2020,),
    ),
    Incoterm(
        "DDP", Message("quotations.incoterm_ddp"), PlaceKind.DESTINATION, _ANY, _row("SSSSSS-BS")
    ),
    Incoterm(
        "DAT",
        Message("quotations.incoterm_dat"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSS-SB"),
        editions=(2010,),
        successor="DPU",
    ),
    Incoterm(
        "DDU",
        Message("quotations.incoterm_ddu"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSS-BB"),
        editions=(2000,),
        successor="DAP",
    ),
    Incoterm(
        "DEQ",
        Message("quotations.incoterm_deq"),
        PlaceKind.PORT_OF_DESTINATION,
        _SEA,
        _row("SSSSSS-SB"),
        editions=(2000,),
        successor="DPU",
    ),
    Incoterm(
        "DES",
        Message("quotations.incoterm_des"),
        PlaceKind.PORT_OF_DESTINATION,
        _SEA,
        _row("SSSSSS-BB"),
        editions=(2000,),
        successor="DAP",
    ),
    Incoterm(
        "DAF",
        Message("quotations.incoterm_daf"),
        PlaceKind.DESTINATION,
        _ANY,
        _row("SSSSSS-BB"),
        editions=(2000,),
        successor="DAP",
    ),
)

#: Every term the program knows, by its code.
INCOTERMS = {term.code: term for term in _TERMS}
#: The eleven terms of Incoterms 2020, in the order they are offered.
OFFERED = tuple(term.code for term in _TERMS if not term.is_legacy)


@dataclass(frozen=True, slots=True)
class TradeTerm:
    """A delivery term with its named place and edition; the three survive every conversion.

    ``place`` may be empty while a draft is written. Raises :class:`ValueError` for a code or an
    edition that never existed.
    """

    code: str
    place: str = ""
    edition: int = CURRENT_EDITION

    def __post_init__(self) -> None:
        if self.code not in INCOTERMS:
            raise ValueError(f"{self.code!r} is not an Incoterms code")
        if self.edition not in EDITIONS:
            raise ValueError(f"there are no Incoterms {self.edition}")

    @property
    def incoterm(self) -> Incoterm:
        """The term's own rules."""
        return INCOTERMS[self.code]

    @property
    def short_text(self) -> str:
        """``FOB Ningbo``: as a column heading says it."""
        return f"{self.code} {self.place}".rstrip()

    @property
    def text(self) -> str:
        """``FOB Ningbo, Incoterms 2020``: as a paper says it, alike in every language."""
        return f"{self.short_text}, Incoterms {self.edition}"

    def warnings(self, *, by_sea: bool = True) -> tuple[Message, ...]:
        """What is doubtful: no place, a legacy term, one not in its edition, a sea term by air."""
        found = []
        if not self.place:
            kind = Message(f"quotations.place_kind.{self.incoterm.place_kind}")
            found.append(Message("quotations.term_without_place", code=self.code, kind=kind))
        if self.incoterm.is_legacy:
            successor = self.incoterm.successor
            found.append(Message("quotations.term_is_legacy", code=self.code, successor=successor))
        elif self.edition not in self.incoterm.editions:
            found.append(
                Message("quotations.term_not_in_edition", code=self.code, edition=self.edition)
            )
        if self.incoterm.carriage is Carriage.SEA and not by_sea:
            found.append(Message("quotations.term_is_for_sea", code=self.code))
        return tuple(found)


_SPELLINGS = {
    "EX WORKS": "EXW",
    "EX-WORKS": "EXW",
    "EXWORKS": "EXW",
    "EX FACTORY": "EXW",
    "EX-FACTORY": "EXW",
    "出厂价": "EXW",
    "工厂交货": "EXW",
    "C&F": "CFR",
    "C+F": "CFR",
    "CNF": "CFR",
    "C & F": "CFR",
    "CANDF": "CFR",
    "到岸价": "CIF",
    "离岸价": "FOB",
    "完税后交货": "DDP",
}
_LETTER = r"[A-Za-z]"
_CODE = re.compile(
    rf"(?<!{_LETTER})(?:{'|'.join(INCOTERMS)}"
    rf"|{'|'.join(re.escape(s) for s in sorted(_SPELLINGS, key=len, reverse=True))})"
    rf"(?!{_LETTER})",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"[\s,;(/]*(?:ICC\s*)?INCOTERMS?\s*[®©]?\s*,?\s*(20[012]0)?\)?", re.IGNORECASE
)
_YEAR_ALONE = re.compile(r"[\s,(]+(20[012]0)\)?\s*$")
_PLACE_END = re.compile(
    r"[;|\n\t=]|:\s*$"
    r"|[\s,/(]+(?:USD|EUR|CNY|RMB|GBP|JPY|HKD|AUD|CAD|US\$|\$|€|￥|¥)(?![A-Za-z]).*$"
    r"|[\s,(]+\d[\d.,]*.*$|\s+(?:price|unit price|terms?)\b.*$|单价.*$|价格?$",
    re.IGNORECASE,
)
_PLACE_START = re.compile(r"^[\s:：\-–,(（]*(?:(?:price|port)\b[\s:]*)?", re.IGNORECASE)


def parse_trade_term(text: str) -> TradeTerm | None:
    """The term written in ``text`` (``FOB Ningbo``, ``CIF Hamburg Incoterms 2010``), or ``None``.

    Without an edition, a legacy term is read in the last edition that had it and any other in the
    current one. Prices and currencies around the place are left out.
    """
    wide = text.replace("（", "(").replace("）", ")").replace("，", ",").replace("：", ":")
    found = _CODE.search(wide)
    if found is None:
        return None
    spelled = found.group().upper()
    code = _SPELLINGS.get(spelled, spelled)
    rest = wide[found.end() :]
    edition = max(INCOTERMS[code].editions)
    mark = _EDITION.search(rest) or _YEAR_ALONE.search(rest)
    if mark is not None:
        edition = int(mark.group(1) or edition)
        rest = rest[: mark.start()]
    another = _CODE.search(rest)
    return TradeTerm(code, _place(rest[: another.start()] if another else rest), edition)


def _place(rest: str) -> str:
    start = _PLACE_START.sub("", rest, count=1)
    place = _PLACE_END.split(start, maxsplit=1)[0].strip(" ,.:-–()/")
    return "" if _is_heading_word(place) else place


def _is_heading_word(text: str) -> bool:
    """Whether ``text`` after a term's code is a currency or a word of the heading, not a place."""
    words = "usd eur cny rmb gbp price value unit term terms us$ $ 价 价格 单价 美元 美金 人民币"
    return fold(text) in words.split()
