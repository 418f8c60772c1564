"""Owns cross-tabs: a comparison sheet with a block of columns for each vendor, turned into rows.

Must not read cells; it sees that the same headings, a price among them or firms above them, repeat under the names of vendors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from app.kernel.messages import Message
from app.sheets.grid import Value
from app.sheets.headings import TAX
from app.sheets.layout.regions import ExcludedRow, Place, TableRegion
from app.sheets.layout.shapes import CONTACT, is_empty, shape, text_of
from app.sheets.layout.vendor_terms import VendorTerm, vendor_terms
from app.sheets.layout.view import View
from app.sheets.lexicon import meanings

_LEGAL_NAME = re.compile(
    r"公司(?=$|[\s(（])|厂$|商行|\b(?:ltd|limited|inc|llc|gmbh|corp|enterprises?|trading|supply|industr\w+)\b",
    re.IGNORECASE,
)


#: ``A: 宏达塑料厂``, ``Vendor 2: Brisk Ltd``: vendors are counted, that is none of their name.
_NUMBERED = re.compile(
    r"^(?:vendor|supplier|bidder|供应商|厂家|投标人)?\s*(?:[A-Z]|\d{1,2}|[一二三四五六])[厂家]?\s*[:：、)）]\s*(?=\S{2})",
    re.IGNORECASE,
)
#: What a vendor says for each item: without any of it repeated headings compare something else,
#: unless firms stand above them.
_OFFERED = frozenset(
    ["price", "cost", "sell_price", "list_price", "target_price", "amount", "offer"]
)
_SURE = 0.5
#: From this strength on a name is wholly the word for a price: ``Опт 1``, ``Retail price``.
_WHOLE = 0.75
#: Parts of what one vendor charges, taxes, spans of time, what moves in a store: no names of vendors.
_NO_VENDOR = re.compile(
    r"(?:unit |total )?(?:materials?|labou?r|workmanship|installation|equipment|works?|services?)(?: costs?| prices?)?|"
    r"(?:主材|辅材|材料|人工|安装|设备|机械)费?|(?:стоимость )?(?:материал\w*|работ\w*|монтаж\w*|оборудовани\w*|смр)|"
    r"material(?:es)?|mano de obra|m[aã]o[ -]de[ -]obra|lohn|montage|main[- ]d.œuvre|fournitures?|manodopera|işçilik|malzeme|"
    r"재료비|노무비|경비|材料費|労務費|ค่าวัสดุ|ค่าแรง(?:งาน)?|vật (?:liệu|tư)|nhân công|"
    r"(?:year |fy ?)?(?:19|20)\d\d年?|q[1-4]|[第]?[一二三四]季度|\d{1,2}月|"
    # What a store or a running bill holds and moves, and what was planned.
    r"(?:opening|closing|inwards?|outwards?|purchases?|sales?|issued?|received|receipts?|consumption|balance)(?: stock| balance)?|"
    r"(?:previous|present|this|current|cumulative|up ?to ?date|as per)(?: \w+){0,2}|budget(?:ed)?|actual|planned|estimated?|"
    # Days from which prices hold: ``На 19/01``.
    r"(?:на|с|от|from|as of|since|ab|vom|del|dal|desde|à partir du|a partir de)?\s*\d{1,2}[./-]\d{1,2}(?:[./-](?:\d\d)?\d\d)?|"
    r"期初|期末|本期(?:收入|发出|入库|出库)?|入库|出库|收入|发出|结存|(?:начальный|конечный) остаток|приход|расход|остаток",
    re.IGNORECASE,
)
#: What is worked out beside the prices of several vendors, and what a sheet is called that compares them.
_COMPARED = re.compile(
    r"differences?|diff\.?|lowest(?: price| bid| offer)?|best(?: price| bid| offer)?|min(?:imum)?\.?|l1|awarded(?: to)?|selected(?: vendor| supplier)?|"
    r"recommended(?: vendor| supplier)?|winner|diferen[cç]ia|diferença|menor(?: preço| precio)?|mejor(?: precio)?|melhor(?: preço)?|"
    r"günstigster?|differenz|разница|минимальная(?: цена)?|лучшая цена|最低价?|最优|差[价额异]|中标(?:单位|供应商)?",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r"compar|abstract of (?:quotation|bids)|quotation abstract|bid tabulation|cuadro comparativo|vergleich|сравнен|比[价較较]|비교|比較|konkurrenz",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?=.*(?:[^\W\d_]{4}|[\u3400-\u9fff]{2}))[^\d%€$£¥]{2,40}")
_COUNTS = frozenset(["quantity", "unit", "moq"])
_FEWEST_PRICED = 0.5
#: Prices of one thing are no further apart, in most rows.
_APART = 5
_MOSTLY = 0.7
#: What may stand in a vendor's heading; the name always does.
_FACTS = ("Vendor", "Contact Person", "Phone")


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Columns ``first`` … of ``size`` each, one time for each name; the names stand in ``row``."""

    first: int
    size: int
    names: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class _Offer:
    """What one vendor says of an item: the sheet's row, the values, and where each of them stands."""

    row: int
    values: tuple[Value, ...]
    places: tuple[Place, ...]


def unpivoted(view: View, region: TableRegion) -> TableRegion | None:
    """``region`` with one row for each record and vendor, or ``None`` when it is no cross-tab.

    Terms that stand below the items once for each vendor become columns.
    """
    blocks = _find_blocks(view, region)
    if blocks is None:
        return None
    ids = [place for place in range(len(region.headings)) if place < blocks.first]
    end = blocks.first + blocks.size * len(blocks.names)
    ids += list(range(end, len(region.headings)))
    terms = vendor_terms(
        view,
        region,
        labelled=[region.columns[place] for place in range(blocks.first)],
        vendors=[_columns_of(region, blocks, number) for number in range(len(blocks.names))],
    )
    offers, excluded = _turned_rows(region, blocks, ids, terms)
    facts = _facts_of(blocks)
    vendor = [*((_FACTS[fact],) for fact in facts), *((term.label,) for term in terms)]
    parts = [region.heading_parts[place] for place in ids] + vendor
    parts += _block_parts(region, blocks)
    told = {term.row for term in terms}
    return replace(
        region,
        shape="crosstab",
        headings=tuple(" ".join(" ".join(part).split()) for part in parts),
        heading_parts=tuple(parts),
        columns=tuple(
            [region.columns[place] for place in ids]
            + [-1] * len(vendor)
            + [region.columns[blocks.first + offset] for offset in range(blocks.size)]
        ),
        rows=tuple(offer.values for offer in offers),
        row_numbers=tuple(offer.row for offer in offers),
        excluded=(*(row for row in region.excluded if row.row not in told), *excluded),
        shared=tuple(offer.places for offer in offers),
    )


def _columns_of(region: TableRegion, blocks: _Blocks, number: int) -> tuple[int, ...]:
    """The sheet's columns of one vendor."""
    start = blocks.first + number * blocks.size
    return region.columns[start : start + blocks.size]


def _find_blocks(view: View, region: TableRegion) -> _Blocks | None:
    last = [part[-1] if part else "" for part in region.heading_parts]
    tops = [part[0] if len(part) > 1 else "" for part in region.heading_parts]
    offered = list(map(_is_offered, last))
    for first, size in _block_sizes(last):
        count = _repetitions(last, first, size)
        names = tuple(tops[first + size * number] for number in range(count))
        is_offer = any(offered[first : first + size]) or _are_firms(names)
        if count >= 2 and is_offer and len(set(names)) == count and all(map(_may_sell, names)):
            return _Blocks(first, size, names, region.first_row)
    return _vendor_columns(last, region.header_rows) or _compared(view, region, last, offered)


def _block_sizes(headings: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a block may begin and how wide it is then: to where its first heading stands again.

    No heading stands twice in a block, so that there is one width for each beginning, and a sheet
    of a thousand columns is not compared with itself a million times.
    """
    again: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for place in range(len(headings) - 1, 0, -1):
        size = again.get(headings[place], 0) - place
        again[headings[place]] = place
        if size >= 2 and headings[place]:
            found.append((place, size))
    return reversed(found)


def _is_offered(heading: str) -> bool:
    return any(m.field in _OFFERED and m.strength >= _SURE for m in meanings(heading))


def _are_firms(names: tuple[str, ...]) -> bool:
    """Whether the names alone tell vendors, whatever word their prices have: ``Net``, ``USD``."""
    return all(map(_LEGAL_NAME.search, names))


def _may_sell(name: str) -> bool:
    """Whether ``name`` can be a vendor's: what is paid for, a span of time and a sort of price sell nothing."""
    if not name or _NO_VENDOR.fullmatch(name.strip()) or TAX.fullmatch(name.strip()):
        return False
    return not any(m.field in _OFFERED and m.strength >= _WHOLE for m in meanings(name)[:1])


def _vendor_columns(last: list[str], header_rows: tuple[int, ...]) -> _Blocks | None:
    """One price column for each vendor, the vendors' names as headings."""
    vendors = [place for place, text in enumerate(last) if _LEGAL_NAME.search(text)]
    if len(vendors) < 2 or vendors[0] == 0 or vendors != list(range(vendors[0], vendors[-1] + 1)):
        return None
    return _Blocks(vendors[0], 1, tuple(last[place] for place in vendors), max(header_rows))


def _compared(
    view: View, region: TableRegion, last: Sequence[str], offered: Sequence[bool]
) -> _Blocks | None:
    """The bare names of vendors over their prices: behind a quantity, before what compares them."""
    known = [{m.field for m in meanings(text)[:1]} for text in last]
    first = max((place + 1 for place, fields in enumerate(known) if fields & _COUNTS), default=0)
    end = first
    while end < len(last) and not known[end] and _is_vendor(region, last[end], end):
        end += 1
    rest = [text for text in last[end:] if text]
    is_said = any(map(_COMPARED.fullmatch, rest)) or _COMPARISON.search(view.sheet.name)
    is_priced = any(
        is_offer and not _COMPARED.fullmatch(text)
        for text, is_offer in zip(last, offered, strict=True)
    )
    if not first or end - first < 2 or is_priced or not is_said:
        return None
    names = tuple(last[first:end])
    if len(set(names)) < len(names) or not _are_alike([row[first:end] for row in region.rows]):
        return None
    return _Blocks(first, 1, names, max(region.header_rows))


def _is_vendor(region: TableRegion, name: str, place: int) -> bool:
    if not _NAME.fullmatch(name.strip()) or _COMPARED.fullmatch(name) or not _may_sell(name):
        return False
    said = [row[place] for row in region.rows if not is_empty(row[place])]
    return sum(isinstance(value, Decimal) for value in said) > _FEWEST_PRICED * len(said)


def _are_alike(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether the numbers of a row may be prices of one thing."""
    numbers = [[v for v in row if isinstance(v, Decimal) and v > 0] for row in rows]
    several = [row for row in numbers if len(row) > 1]
    alike = sum(max(row) <= _APART * min(row) for row in several)
    return bool(several) and alike >= _MOSTLY * len(several)


def _repetitions(texts: Sequence[str], first: int, size: int) -> int:
    block = texts[first : first + size]
    if not all(block) or len(set(block)) < len(block):
        return 0
    count = 1
    while list(texts[first + size * count : first + size * (count + 1)]) == list(block):
        count += 1
    return count


def _block_parts(region: TableRegion, blocks: _Blocks) -> list[tuple[str, ...]]:
    if blocks.size == 1:
        return [("Price",)]
    return [(region.heading_parts[blocks.first + n][-1],) for n in range(blocks.size)]


def _turned_rows(
    region: TableRegion, blocks: _Blocks, ids: list[int], terms: Sequence[VendorTerm]
) -> tuple[list[_Offer], list[ExcludedRow]]:
    offers: list[_Offer] = []
    excluded: list[ExcludedRow] = []
    facts = _facts_of(blocks)
    vendors = [
        (*(_vendor(name)[fact] for fact in facts), *(term.values[number] for term in terms))
        for number, name in enumerate(blocks.names)
    ]
    told = {term.row for term in terms}
    item: tuple[Value, ...] = ()
    stands_in = 0
    for number, row in zip(region.row_numbers, region.rows, strict=True):
        if number in told:
            continue
        own = tuple(row[place] for place in ids)
        # A row without its own item is a further offer for the item above it.
        if any(not is_empty(value) for value in own) or not item:
            item, stands_in = own, number
        of_item = [(stands_in, region.columns[place]) for place in ids]
        before = len(offers)
        for place, vendor in enumerate(vendors):
            start = blocks.first + place * blocks.size
            offer = row[start : start + blocks.size]
            if any(not is_empty(value) for value in offer):
                columns = _columns_of(region, blocks, place)
                of_vendor = [(blocks.row, columns[0])] * len(facts)
                of_vendor += (term.places[place] for term in terms)
                places = (*of_item, *of_vendor, *((number, column) for column in columns))
                offers.append(_Offer(number, (*item, *vendor, *offer), places))
        if len(offers) == before:
            text = " ".join(filter(None, map(text_of, row)))[:200]
            excluded.append(ExcludedRow(number, text, Message("layout.row_has_no_offer")))
    return offers, excluded


def _facts_of(blocks: _Blocks) -> list[int]:
    """Which of the facts of vendors are told of any of them."""
    told = [_vendor(name) for name in blocks.names]
    return [fact for fact in range(len(_FACTS)) if any(vendor[fact] for vendor in told)]


def _vendor(name: str) -> tuple[Value, Value, Value]:
    """A vendor's heading as company, person and phone: they share a cell, a line each."""
    lines = [line.strip() for line in re.split(r"\n|\s{2,}", name) if line.strip()]
    phones = [line for line in lines[1:] if shape(line) == CONTACT]
    people = [line for line in lines[1:] if line not in phones]
    company = _NUMBERED.sub("", lines[0]) if lines else name
    return company, " ".join(people) or None, "; ".join(phones) or None
