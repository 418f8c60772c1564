"""Owns price matrices: a price in every cell, sizes down the side and classes across, turned into rows.

Must not know fields; it sees that the numbers under a run of names are prices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from app.kernel.messages import Message
from app.kernel.text import has_han
from app.sheets.cells.prices import currency_of, price_hints
from app.sheets.grid import Value
from app.sheets.headings import garment_sizes, heading_tier
from app.sheets.layout.regions import ExcludedRow, Place, TableRegion
from app.sheets.layout.shapes import NUMBER, is_empty, is_year, shape, text_of
from app.sheets.layout.view import View
from app.sheets.lexicon import is_known_heading, meanings

_PRICED = frozenset(["price", "cost", "sell_price", "list_price", "target_price", "amount"])
_PRICE_WORD = re.compile(
    r"价|價|price|\bcost|preis|precio|preço|prix|цен|单价|単価|단가|fiyat|retail|wholesale|dealer|distribut|"
    r"\blistas?\b|\blistino|\blist\b|p[úu]blico|\bm[ai][yn]or|\btarif|staffel|"
    r"agent|vip|msrp|rrp|pvp|\boferta|\boffers?\b|discount|\bdto|descuento|desconto|rabatt?|remise|sconto|saving|ahorro|"
    r"скидк|опт|розн|акци|折|优惠|促销|代理|批发|零售|会员|税|qty|quantity|数量|库存|仓|stock|warehouse|depot",
    re.IGNORECASE,
)
_PRICE_LIST = re.compile(
    r"价格|价目|報價|报价|價格|price|preisliste|lista de precios|tabela de pre|prix|прайс|цены|fiyat|価格|단가|가격",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:\W*\d+)?|q[1-4]\b.*|\d+\s*月.*|(?:19|20)\d\d\s*年?|"
    r"\d+[-/.]\d+(?:[-/.]\d+)?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[^\w\s]{0,2}\s?\d[\d.,'\s]*|[-–—/]+")
_LONGEST_AMOUNT = 16
_DIGITS = re.compile(r"\d+(?:[.,/]\d+)*")
#: A name has a word; ``DN15``, ``300x600`` and ``M8*50`` are sizes of something the title names.
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]{3,}|[\u3400-\u9fff]{2,}")
#: What is measured, down the side of a chart of sizes, and the unit its corner tells.
_MEASURE = re.compile(
    r"(?:(?:chest|bust|waist|hips?|sleeve|shoulder|neck|inseam|thigh|cuff|foot|body|height|width|length|depth|thickness|diameter|weight)(?![^\W\d_])|"
    r"brust|taille|hüfte|ärmel|länge|breite|höhe|tiefe|pecho|cintura|cadera|largo|ancho|alto|"
    r"胸围|腰围|臀围|肩宽|袖长|衣长|裤长|裙长|领围|脚长|下摆|长度|宽度|高度|厚度|深度|直径)",
    re.IGNORECASE,
)
_IN_LENGTH = re.compile(r"[(（/]\s*(?:cm|mm|inch(?:es)?|in|厘米|毫米)\s*[)）]?\s*$", re.IGNORECASE)
_NOTHING = re.compile(r"0+(?:[.,]0+)?")
_COUNT = re.compile(r"\d{1,4}[.)、]?")
_NAMED_FROM = 0.5
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class _Run:
    """The columns of prices, and the column whose texts name the rows; places count in the region."""

    first: int
    last: int
    label: int

    @property
    def places(self) -> range:
        """The columns of prices."""
        return range(self.first, self.last + 1)


@dataclass(frozen=True, slots=True)
class _Variant:
    """One article of a matrix: the sheet's row, the values, and where each of them stands."""

    row: int
    values: tuple[Value, ...]
    places: tuple[Place, ...]


def read_matrix(view: View, region: TableRegion) -> TableRegion | None:
    """``region`` with one row for each price, or ``None`` when it is no matrix of prices.

    The row's name is joined with the name above the price (``DN15 PN10``); the price stands last,
    under what the heading over all of them says.
    """
    run = _find_run(view, region)
    if run is None:
        return None
    own = [place for place in range(len(region.headings)) if place not in run.places]
    variants, excluded = _turned_rows(region, run, own)
    above = _above(region, run)
    price = (above,) if above and _is_priced(above) else tuple(filter(None, (above, "Price")))
    parts = [*(region.heading_parts[place] for place in own), price]
    return replace(
        region,
        shape="matrix",
        headings=tuple(" ".join(" ".join(part).split()) for part in parts),
        heading_parts=tuple(parts),
        columns=(*(region.columns[place] for place in own), region.columns[run.first]),
        rows=tuple(variant.values for variant in variants),
        row_numbers=tuple(variant.row for variant in variants),
        excluded=(*region.excluded, *excluded),
        shared=tuple(variant.places for variant in variants),
        bare_label=own.index(run.label) if _are_bare(region, run.label) else None,
    )


def with_goods(region: TableRegion, goods: str) -> TableRegion:
    """A matrix of bare sizes whose rows begin with what the title says they are sizes of."""
    at = region.bare_label
    if at is None or not goods:
        return region
    rows = tuple((*row[:at], f"{goods} {row[at]}", *row[at + 1 :]) for row in region.rows)
    return replace(region, rows=rows)


def _are_bare(region: TableRegion, place: int) -> bool:
    """Whether the texts that name the rows are sizes and codes, without a word among them."""
    names = [text_of(row[place]) for row in region.rows]
    return sum(bool(_WORD.search(name)) for name in names) < _NAMED_FROM * len(names)


def _find_run(view: View, region: TableRegion) -> _Run | None:
    if len(region.rows) < 2 or not any(region.headings):
        return None
    sizes = garment_sizes(region.heading_parts)
    tops = [
        parts[:-1] if _may_be_class(region, place) or place in sizes else None
        for place, parts in enumerate(region.heading_parts)
    ]
    for first, last in _runs(tops):
        # Numbers at the very left name the rows, too: 0.5 mm, 0.7 mm …
        first = max(first, 1)
        others = [p for p in range(len(tops)) if not first <= p <= last]
        if any(_is_priced(region.headings[place]) for place in others):
            continue
        label = next((p for p in others if p < first and _names_rows(region, p)), None)
        run = None if label is None else _Run(first, last, label)
        if run is not None and _holds_prices(view, region, run):
            return run
    return None


def _runs(tops: Sequence[tuple[str, ...] | None]) -> Iterator[tuple[int, int]]:
    """Neighbouring columns under the same heading, or under none."""
    start = 0
    for top, run in groupby(tops):
        end = start + sum(1 for _ in run)
        if top is not None and end - start >= 2:
            yield start, end - 1
        start = end


def _may_be_class(region: TableRegion, place: int) -> bool:
    """Whether a column of amounts is headed by the name of a class, and by nothing that means more."""
    parts = region.heading_parts[place]
    name = parts[-1] if parts else ""
    if not name or is_known_heading(name) or _is_step(parts) or _PRICE_WORD.search(name):
        return False
    hints = price_hints(name)
    if hints.incoterm or hints.currency or _TIME.fullmatch(name) or is_year(name):
        return False
    values = [row[place] for row in region.rows if not is_empty(row[place])]
    return bool(values) and sum(map(_is_plain_amount, values)) >= _MOSTLY * len(values)


def _is_step(parts: tuple[str, ...]) -> bool:
    """Whether a heading names a quantity: ``≥500``, but not ``2mm``, which nothing is sold by."""
    tier = heading_tier(parts)
    return tier is not None and tier.unit not in ("mm", "cm", "in")


def _is_plain_amount(value: Value) -> bool:
    """Whether a cell is a number, with a currency or without; ``DN15`` and ``9mm`` are not."""
    text = text_of(value)
    is_short = any(map(str.isdigit, text)) and len(text) <= _LONGEST_AMOUNT
    return _PLAIN.fullmatch(text) is not None or (is_short and currency_of(text) is not None)


def _names_rows(region: TableRegion, place: int) -> bool:
    """Whether the values of a column tell the rows apart, and do not only count them."""
    texts = [text_of(row[place]) for row in region.rows]
    said = [text for text in texts if text]
    if len(said) < 0.9 * len(texts) or len(set(said)) < 0.9 * len(said):
        return False
    counted = all(_COUNT.fullmatch(text) for text in said)
    heading = meanings(region.headings[place])
    return not (counted and bool(heading) and heading[0].field == "serial")


def _holds_prices(view: View, region: TableRegion, run: _Run) -> bool:
    """What says that the numbers are prices: the heading over them, their currency, or the title."""
    names = [region.heading_parts[place][-1] for place in run.places]
    if len(set(names)) < len(names):
        return False
    above = _above(region, run)
    if above and _is_priced(above):
        return True
    cells = [(at, row[c], c) for at, row in enumerate(region.rows) for c in run.places]
    filled = [cell for cell in cells if not is_empty(cell[1])]
    named = sum(_has_currency(view, region, *cell) for cell in filled)
    if len(names) >= 3 and named >= _MOSTLY * len(filled):
        return True
    titles = (view.text(row, c) for row in region.letterhead for c in view.filled(row))
    is_titled = any(
        _PRICE_LIST.search(title) or _is_priced(title) for title in (view.sheet.name, *titles)
    )
    return is_titled and _are_a_family(names) and not _are_measures(region, run)


def _are_measures(region: TableRegion, run: _Run) -> bool:
    """Whether the rows are measures of a body or an article, each size's in centimetres."""
    rows = [text_of(row[run.label]) for row in region.rows]
    if any(map(_DIGITS.search, rows)):
        return False  # ``Width 60``: a size that has its price
    named = sum(bool(_MEASURE.match(name)) for name in rows)
    return named >= _NAMED_FROM * len(rows) or bool(_IN_LENGTH.search(region.headings[run.label]))


def _has_currency(view: View, region: TableRegion, position: int, value: Value, index: int) -> bool:
    if region.place(position, index) in view.sheet.currencies:
        return True
    return isinstance(value, str) and currency_of(value) is not None


def _are_a_family(names: Sequence[str]) -> bool:
    """``PN6``, ``PN10``, ``PN16``; ``Grade A``, ``Grade B``; ``S``, ``M``, ``L``; 白色, 黑色."""
    if len(garment_sizes([(name,) for name in names])) == len(names):
        return True
    skeletons = {_DIGITS.sub("#", name) for name in names}
    if len(skeletons) == 1 and "#" in skeletons.pop():
        return True
    common = set[str].intersection(*(set(name.lower().split()) for name in names))
    return bool(common) or (len({name[-1] for name in names}) == 1 and has_han(names[0][-1]))


def _above(region: TableRegion, run: _Run) -> str:
    """The one heading over all the classes; empty where there is none."""
    tops = {region.heading_parts[place][:-1] for place in run.places}
    top = tops.pop() if len(tops) == 1 else ()
    return " ".join(" ".join(top).split())


def _is_priced(heading: str) -> bool:
    hints = price_hints(heading)
    known = meanings(heading)[:1]
    return bool(hints.incoterm or hints.currency) or any(m.field in _PRICED for m in known)


def _turned_rows(
    region: TableRegion, run: _Run, own: Sequence[int]
) -> tuple[list[_Variant], list[ExcludedRow]]:
    variants: list[_Variant] = []
    excluded: list[ExcludedRow] = []
    names = {place: region.heading_parts[place][-1] for place in run.places}
    for position, (number, row) in enumerate(zip(region.row_numbers, region.rows, strict=True)):
        before = len(variants)
        for place, name in names.items():
            if not _is_amount(row[place]):
                continue
            price_at = region.place(position, place)
            values = (
                f"{text_of(row[p])} {name}".strip() if p == run.label else row[p] for p in own
            )
            at = (price_at if p == run.label else region.place(position, p) for p in own)
            variants.append(_Variant(number, (*values, row[place]), (*at, price_at)))
        if len(variants) == before:
            text = " ".join(filter(None, map(text_of, row)))[:200]
            excluded.append(ExcludedRow(number, text, Message("layout.row_has_no_price")))
    return variants, excluded


def _is_amount(value: Value) -> bool:
    """Whether a cell holds a price or words about one; a dash says that there is none."""
    if is_empty(value) or _NOTHING.fullmatch(text_of(value)):
        return False
    return shape(value) == NUMBER or any(c.isalnum() for c in text_of(value))
