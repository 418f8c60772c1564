"""Owns the understanding of a workbook: its tables, their kinds, mappings, facts and records.

One call gives all that a preview shows and an import needs. Must not know the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from types import MappingProxyType

from app.directory.phones import Phone
from app.kernel.errors import AppError
from app.kernel.messages import Message
from app.kernel.text import has_han, simplify
from app.sheets.card_lists import card_list
from app.sheets.cells.countries import country_codes
from app.sheets.cells.dates import is_day_before_month, is_month_first, year_in
from app.sheets.cells.numbers import has_decimal_comma
from app.sheets.cells.prices import currency_of, price_hints
from app.sheets.cells.reading import NO_HINTS, Hints, folded
from app.sheets.export.columns import signatures
from app.sheets.further_pictures import without_further_pictures
from app.sheets.grid import Sheet, Workbook
from app.sheets.headings import layout_key
from app.sheets.help_sheets import explains_fields, explains_headings
from app.sheets.languages import MONEY_OF, country_written_in
from app.sheets.layout import ExcludedRow, TableRegion, find_tables
from app.sheets.layout.matrices import with_goods
from app.sheets.layout.shapes import filled
from app.sheets.letterheads import Letterhead, goods_in, letterhead_of
from app.sheets.mapping.assignment import map_columns
from app.sheets.mapping.columns import (
    CUSTOM,
    NO_OVERRIDES,
    ColumnMapping,
    Overrides,
    kept_column,
)
from app.sheets.mapping.kinds import KindGuess, guess_kind
from app.sheets.own_lists import OwnList, own_list
from app.sheets.paper_titles import is_of_a_deal, is_of_what_was_sold, texts_above
from app.sheets.phrases import phrases
from app.sheets.records import Record, RecordSource, pictures_by_row
from app.sheets.targets import KINDS, TARGETS

_HABIT_SAMPLE = 400
_DICTIONARY = re.compile(
    r"dict|^_?lists?$|_lists$|drop.?downs?|字典|下拉|选项|数据源|lookup|instruction|说明|說明|readme|guide|参数表",
    re.IGNORECASE,
)
#: Of no sheet a person said what it holds.
NO_KINDS: Mapping[str, str] = MappingProxyType({})
#: A table of more columns is no list of records, and trying every kind on it would take minutes.
_MOST_COLUMNS = 1_000
#: Where ``85.000`` is a thousand times as much as ``85``.
_GROUPING_BY_POINTS = frozenset(["VN", "TR", "GR", "PL", "CZ", "HU", "RU", "UA"])
#: How much less sure the kind of a table in a single paper is.
_LESS_SURE = 0.5


@dataclass(frozen=True, slots=True)
class UnderstoodSheet:
    """One table of a sheet as an import would take it.

    ``is_taken`` says whether an import takes it without being told; ``why_not`` gives the reason
    otherwise. ``facts`` are what stands around the table, by field key: the supplier's name, phone
    and mail, ``valid_until``, ``priced_on`` …; ``hints`` hold for all its prices.
    """

    sheet: str
    is_hidden: bool
    is_taken: bool
    why_not: Message | None
    kind: str | None
    kind_confidence: float
    kind_why: Message
    columns: tuple[ColumnMapping, ...]
    region: TableRegion = field(repr=False)
    facts: dict[str, object] = field(repr=False)
    title: str
    hints: Hints
    #: Remembers a mapping: stays the same when only the rows change.
    layout_key: str
    picture_count: int
    notes: tuple[Message, ...]
    source: RecordSource = field(repr=False)

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The sheet's rows with headings, from 1."""
        return tuple(row + 1 for row in self.region.header_rows)

    @property
    def row_count(self) -> int:
        """How many records there are."""
        return len(self.region.rows)

    @property
    def excluded(self) -> tuple[ExcludedRow, ...]:
        """The rows left out, with the reason; their ``row`` counts from 0."""
        return self.region.excluded

    @property
    def mapping(self) -> dict[str, str]:
        """Column name → field, of the columns that have one."""
        return {column.name: column.field for column in self.columns if column.field}

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The names of the columns kept as custom fields."""
        return tuple(c.name for c in self.columns if not c.fields and c.keep_as == CUSTOM)

    def records(self) -> Iterator[Record]:
        """The records, read anew with each call."""
        return self.source.records()


def load_words() -> None:
    """Loads the words that :func:`understand` knows things by, which else its first call does."""
    phrases()
    country_codes()
    signatures()


def understand(
    workbook: Workbook,
    *,
    kind: str | None = None,
    kinds: Mapping[str, str] = NO_KINDS,
    sheet: str | None = None,
    heading_row: int | None = None,
    overrides: Overrides = NO_OVERRIDES,
    today: date | None = None,
) -> list[UnderstoodSheet]:
    """Every table of ``workbook``, in the order of its sheets.

    ``kind`` (a key of ``KINDS``) overrules the guess, and ``kinds`` does for the sheets it names;
    ``sheet`` takes that sheet alone, hidden or not; ``heading_row`` (from 1; 0 for none) tells
    where the headings of that sheet are, or of the first visible one. Days without a year are near
    to that of the sheet, else ``today``. Sheets without any table are left out. Raises ``AppError``
    where there is no such sheet or row.
    """
    said = {one.name: kinds.get(one.name, kind) for one in workbook.sheets}
    if heading_row is not None:
        told = _told(workbook, heading_row, kinds=said, sheet=sheet, overrides=overrides)
        return [_dated(table, today) for table in told]
    chosen = _chosen(workbook, sheet)
    found: list[UnderstoodSheet] = []
    certain = {one.name: _certain_list(workbook, one, said[one.name], overrides) for one in chosen}
    has_offers = any(own is not None and own.kind == "offers" for own in certain.values())
    for one in chosen:
        if (own := certain[one.name]) is not None:
            found.append(_understood_own(one, own, overrides))
            continue
        understood = partial(
            _understood, kind=said[one.name], is_asked=sheet is not None, overrides=overrides
        )
        tables = (understood(workbook, one, region) for region in find_tables(one))
        found += (_beside_offers(table) if has_offers else table for table in tables)
    found = [_unless_help(table, found) for table in found] if sheet is None else found
    return [_dated(table, today) for table in found]


def _dated(table: UnderstoodSheet, today: date | None) -> UnderstoodSheet:
    """The table with the day that days without a year are near to."""
    said = table.facts.get("priced_on")
    near = said if isinstance(said, date) else today
    if near is None or table.source.is_own:
        return table
    source = replace(table.source, hints=replace(table.source.hints, near_day=near))
    return replace(table, source=source)


def _chosen(workbook: Workbook, sheet: str | None) -> list[Sheet]:
    chosen = [one for one in workbook.sheets if sheet in (None, one.name)]
    if sheet is not None and not chosen:
        names = ", ".join(one.name for one in workbook.sheets)
        raise AppError("sheets.no_such_sheet", sheet=sheet, names=names)
    return chosen


def _told(
    workbook: Workbook,
    heading_row: int,
    *,
    kinds: Mapping[str, str | None],
    sheet: str | None,
    overrides: Overrides,
) -> list[UnderstoodSheet]:
    """The tables of one sheet whose headings a person pointed at."""
    chosen = _chosen(workbook, sheet)
    one = next((one for one in chosen if sheet is not None or not one.is_hidden), None)
    if one is None or (
        heading_row and not (0 < heading_row <= len(one.rows) and filled(one.rows[heading_row - 1]))
    ):
        raise AppError("sheets.no_such_row", row=heading_row, sheet=one.name if one else "")
    return [
        _understood(workbook, one, region, kind=kinds[one.name], is_asked=True, overrides=overrides)
        for region in find_tables(one, heading_row)
    ]


def _beside_offers(table: UnderstoodSheet) -> UnderstoodSheet:
    """Beside our own list of offers stands what compares them: it would bring them again."""
    if not table.is_taken:
        return table
    return replace(table, is_taken=False, why_not=Message("mapping.skipped_beside_offers"))


def _unless_help(table: UnderstoodSheet, found: Sequence[UnderstoodSheet]) -> UnderstoodSheet:
    """What explains the columns of another table, or of the form it belongs to, is no list."""
    others = (one.region for one in found if one.sheet != table.sheet and not one.source.is_own)
    if not table.is_taken or table.source.is_own or table.kind_confidence == 1.0:
        return table
    if explains_fields(table.region) or explains_headings(table.region, others):
        return replace(table, is_taken=False, why_not=Message("mapping.skipped_dictionary"))
    return table


def _certain_list(
    workbook: Workbook, sheet: Sheet, kind: str | None, overrides: Overrides
) -> OwnList | None:
    """A list that this program wrote, or one of contact cards."""
    if workbook.format == "vcard":
        return card_list(sheet, kind, overrides)
    own = own_list(sheet, overrides)
    return own if own is not None and kind in (None, own.kind) else None


def _understood_own(sheet: Sheet, own: OwnList, overrides: Overrides) -> UnderstoodSheet:
    """A list of which all is known: there is nothing to guess."""
    source = RecordSource(
        sheet=sheet,
        region=own.region,
        kind=KINDS[own.kind],
        columns=own.columns,
        hints=NO_HINTS,
        constants=overrides.constants,
        is_own=True,
    )
    return UnderstoodSheet(
        sheet=sheet.name,
        is_hidden=sheet.is_hidden,
        is_taken=bool(own.region.rows),
        why_not=None if own.region.rows else Message("mapping.skipped_empty"),
        kind=own.kind,
        kind_confidence=1.0,
        kind_why=own.why,
        columns=own.columns,
        region=own.region,
        facts={},
        title="",
        hints=NO_HINTS,
        layout_key=layout_key(own.region.headings),
        picture_count=_picture_count(sheet, own.region),
        notes=(),
        source=source,
    )


def _understood(
    workbook: Workbook,
    sheet: Sheet,
    region: TableRegion,
    *,
    kind: str | None,
    is_asked: bool,
    overrides: Overrides,
) -> UnderstoodSheet:
    written_in = country_written_in(region) or NO_HINTS.country
    year = year_in((workbook.file_name, sheet.name, *texts_above(sheet, region)))
    near = replace(_habits(region, written_in), country=written_in, year=year)
    letterhead = letterhead_of(sheet, region, near)
    if region.shape == "matrix":
        region = with_goods(region, goods_in(letterhead.title))
    notes = (Message("mapping.looks_like_document"),) if is_of_a_deal(sheet, region) else ()
    guess = _guess(workbook, sheet, region, letterhead, kind=kind)
    if notes and kind is None:
        guess = replace(guess, confidence=round(guess.confidence * _LESS_SURE, 2))
    columns = guess.columns
    if guess.kind is not None and overrides.fields:
        columns = map_columns(region, guess.kind, overrides=overrides)
    if guess.kind == "products":
        region = without_further_pictures(region, columns)
    hints = _with_money(sheet, region, columns, letterhead.hints)
    hints = replace(hints, country=_country_of(letterhead) or written_in)
    is_wanted = is_asked or kind is not None
    why_not = None if is_asked and guess.kind else _why_not(workbook, sheet, region, guess)
    if why_not is None and not is_wanted and _is_paper(sheet, region, guess):
        why_not = Message("mapping.skipped_document")
    source = RecordSource(
        sheet=sheet,
        region=region,
        kind=KINDS.get(guess.kind or ""),
        columns=columns,
        hints=hints,
        constants={**_named_by_title(guess, columns, letterhead), **overrides.constants},
    )
    return UnderstoodSheet(
        sheet=sheet.name,
        is_hidden=sheet.is_hidden,
        is_taken=why_not is None,
        why_not=why_not,
        kind=guess.kind,
        kind_confidence=guess.confidence,
        kind_why=guess.why,
        columns=columns,
        region=region,
        facts=letterhead.values,
        title=letterhead.title,
        hints=hints,
        layout_key=layout_key(region.headings),
        picture_count=_picture_count(sheet, region),
        notes=(*notes, *_turned(region), *_of_unsaid_currency(source)),
        source=source,
    )


def _guess(
    workbook: Workbook,
    sheet: Sheet,
    region: TableRegion,
    letterhead: Letterhead,
    *,
    kind: str | None,
) -> KindGuess:
    if kind is not None:
        why = Message("mapping.kind_from_person")
        return KindGuess(kind, 1.0, why, map_columns(region, kind))
    if len(region.headings) > _MOST_COLUMNS:
        why = Message("mapping.kind_unknown")
        kept = tuple(kept_column(region, place) for place in range(len(region.headings)))
        return KindGuess(None, 0.0, why, kept)
    above = islice(texts_above(sheet, region), 12)
    words = (workbook.file_name, sheet.name, letterhead.title, *above)
    guess = guess_kind(region, words=words, told=letterhead.values.keys())
    if guess.kind is not None:
        return guess
    columns = map_columns(region, "suppliers")
    unsure = tuple(_unsure(column) for column in columns)
    return KindGuess(None, 0.0, guess.why, unsure)


def _unsure(column: ColumnMapping) -> ColumnMapping:
    """A column of a sheet of no known kind: it has no field."""
    return ColumnMapping(
        column.index,
        column.heading,
        column.name,
        (),
        0.0,
        Message("mapping.why_custom"),
        column.sample,
    )


def _habits(region: TableRegion, written_in: str) -> Hints:
    """How the file writes numbers and dates."""
    texts = [
        value
        for row in region.rows[:_HABIT_SAMPLE]
        for value in row[:_MOST_COLUMNS]
        if isinstance(value, str) and len(value) < 40 and any(c.isdigit() for c in value)
    ]
    month_first = is_month_first(texts)
    day_first = is_day_before_month(texts)
    if day_first is None:
        # Chinese write the month first wherever the year is left out; others as they do with it.
        day_first = not (month_first or any(map(has_han, region.headings)))
    decimal_comma = has_decimal_comma(texts, is_usual=written_in in _GROUPING_BY_POINTS)
    return Hints(decimal_comma=decimal_comma, month_first=month_first, day_first=day_first)


def _with_money(
    sheet: Sheet, region: TableRegion, columns: tuple[ColumnMapping, ...], hints: Hints
) -> Hints:
    """The currency of prices that do not say it: the only one said in the other cells.

    Prices with Chinese VAT and no currency at all are yuan, those of a Japanese list yen.
    """
    places = _price_places(columns)
    if any(column.fields == ("currency",) for column in columns) or sheet.currencies:
        # Each row, or each number's format, names its own.
        return replace(hints, currency=None)
    if hints.currency is not None or not places:
        return hints
    said = _said_in_cells(region, places)
    headings = " ".join(region.headings[place] for place in places)
    if said <= {"CNY"} and hints.country == "JP":
        return replace(hints, currency="JPY")
    if not said and not hints.includes_vat and hints.country == country_written_in(region):
        return replace(hints, currency=MONEY_OF.get(hints.country or ""))
    if len(said) == 1:
        return replace(hints, currency=said.pop())
    is_chinese = has_han(headings) or region.shape == "form"
    return (
        replace(hints, currency="CNY") if not said and hints.includes_vat and is_chinese else hints
    )


def _country_of(letterhead: Letterhead) -> str | None:
    """The country the sheet comes from, as its letterhead says or as its phones there show."""
    said = letterhead.values.get("country")
    if isinstance(said, str) and len(said) == 2:
        return said
    kinds = ("phone", "mobile", "fax")
    found = [phones for kind in kinds if isinstance(phones := letterhead.values.get(kind), tuple)]
    regions = [p.region for phones in found for p in phones if isinstance(p, Phone)]
    return next((region for region in regions if len(region) == 2 and region != "CN"), None)


def _why_not(
    workbook: Workbook, sheet: Sheet, region: TableRegion, guess: KindGuess
) -> Message | None:
    if guess.kind is None:
        return Message("mapping.skipped_unknown")
    if sheet.is_hidden:
        return Message("mapping.skipped_hidden")
    # The only sheet is what the file is for, whatever its name: a text file's is the file's own.
    if len(workbook.sheets) > 1 and _DICTIONARY.search(simplify(sheet.name)):
        return Message("mapping.skipped_dictionary")
    return None if region.rows else Message("mapping.skipped_empty")


def _named_by_title(
    guess: KindGuess, columns: tuple[ColumnMapping, ...], letterhead: Letterhead
) -> dict[str, str]:
    """A price list of sizes under a title: the title is what all its rows are called."""
    mapped = {field for column in columns for field in column.fields}
    is_nameless = guess.kind == "products" and not mapped & {"product", "product_en", "item_no"}
    goods = goods_in(letterhead.title) or letterhead.title
    return {"product": goods} if is_nameless and goods else {}


def _picture_count(sheet: Sheet, region: TableRegion) -> int:
    return sum(map(len, pictures_by_row(sheet, region).values()))


def _price_places(columns: tuple[ColumnMapping, ...]) -> list[int]:
    return [
        column.index
        for column in columns
        if column.fields and TARGETS[column.fields[0]].reader == "price"
    ]


def _said_in_cells(region: TableRegion, places: Sequence[int]) -> set[str]:
    """The currencies that cells of prices name."""
    return {
        currency
        for row in region.rows[:_HABIT_SAMPLE]
        for place in places
        if isinstance(value := row[place], str) and (currency := currency_of(folded(value)))
    }


def _of_unsaid_currency(source: RecordSource) -> tuple[Message, ...]:
    """That prices are taken as yuan because nothing names their currency, not even Chinese."""
    named = {field for column in source.columns for field in column.fields} | set(source.constants)
    if source.hints.currency or source.sheet.currencies or "currency" in named:
        return ()
    priced = tuple(column for column in source.columns if column.fields == ("price",))
    places = _price_places(priced or source.columns)
    headings = {place: " ".join(source.region.heading_parts[place]) for place in places}
    unsaid = [
        place
        for place, heading in headings.items()
        if not (has_han(heading) or price_hints(heading).currency)
    ]
    if len(unsaid) < len(places):
        # What the lines come to is in the money of their prices.
        sums = [c.index for c in source.columns if c.fields == ("amount",)]
        unsaid = [place for place in unsaid if place not in sums]
    is_said = not unsaid or _said_in_cells(source.region, unsaid)
    return () if is_said else (Message("mapping.no_currency"),)


def _turned(region: TableRegion) -> tuple[Message, ...]:
    """That the records are not the rows of the sheet."""
    return (Message("mapping.is_matrix"),) if region.shape == "matrix" else ()


def _is_paper(sheet: Sheet, region: TableRegion, guess: KindGuess) -> bool:
    """Whether the table holds the lines of an invoice or a packing list."""
    counts = any({"quantity", "amount"} & set(column.fields) for column in guess.columns)
    return guess.kind == "products" and counts and is_of_what_was_sold(sheet, region)
