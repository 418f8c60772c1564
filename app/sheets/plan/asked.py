"""Owns what a sheet asks for as a whole: one inquiry under its letterhead, and the lines vendors offer for.

Must not know the book.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.kernel.text import has_han
from app.sheets.cells.reading import text_of, tidy
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.plan.drafts import CompanyDraft, InquiryDraft, Values
from app.sheets.plan.goods import day_of
from app.sheets.plan.inquired import OF_A_BUYER, inquiry_of
from app.sheets.plan.parties import company_of, several
from app.sheets.records import Record
from app.sheets.understanding import UnderstoodSheet

#: Columns by which each row tells who asks, or when: the rows are inquiries of their own.
_TELLS_ROWS_APART = frozenset(
    [
        "buyer",
        "inquiry_no",
        "inquired_on",
        "contact",
        "email",
        "phone",
        "mobile",
        "wechat",
        "whatsapp",
        "country",
        "source",
        "grade",
        "status",
        "next_action",
        "next_action_on",
    ]
)
#: What an article of a comparison is asked for by; all else in its row may be a vendor's words.
_OF_A_LINE = frozenset(
    [
        "product",
        "product_en",
        "item_no",
        "description",
        "specification",
        "material",
        "size",
        "colour",
        "quantity",
        "unit",
        "target_price",
    ]
)
#: The form of companies that Chinese ones take in English as well.
_OF_ANYWHERE = re.compile(r"\b(?:Ltd|Limited)\b", re.IGNORECASE)


class AskedLine(NamedTuple):
    """A line of what a sheet asks for; ``key`` tells it from the others, in a cross-tab in their order."""

    key: Hashable
    line: Values


def asks_as_a_whole(sheet: UnderstoodSheet) -> bool:
    """Whether the rows of a sheet of inquiries are the lines of one, whose buyer is told above them."""
    said = {field for column in sheet.columns for field in column.fields}
    is_a_table = sheet.region.shape == "table" and not sheet.source.is_own
    return sheet.kind == "inquiries" and is_a_table and said.isdisjoint(_TELLS_ROWS_APART)


def asked_by(sheet: UnderstoodSheet, lines: Sequence[Values]) -> InquiryDraft:
    """The inquiry a sheet is about, by what stands around its table; ``lines`` are what it asks for."""
    facts, region = sheet.facts, sheet.region
    number = str(facts.get("inquiry_no") or "")
    named = [number, str(facts.get("subject") or lines[0]["wording"])]
    header: Values = {
        "subject": " ".join(filter(None, named)),
        "destination": facts.get("destination"),
        "required_by_on": day_of(facts.get("needed_on")),
        "received_on": day_of(facts.get("inquired_on")) or day_of(facts.get("priced_on")),
    }
    rows = sheet.source.sheet.rows
    texts = ["  ".join(tidy(text_of(v)) for v in rows[row] if v) for row in region.letterhead]
    texts += [tidy(row.text) for row in region.excluded if row.row > region.last_row]
    return InquiryDraft(header, list(lines), number, [text for text in texts if text])


def buyer_of(sheet: UnderstoodSheet) -> CompanyDraft | None:
    """Who asks: the buyer that the sheet names above its table, or whose paper it is.

    Another company there may be anybody.
    """
    buyer = sheet.facts.get("buyer") or _foreign_house(sheet)
    if not buyer:
        return None
    said = {key: value for key, value in sheet.facts.items() if key in OF_A_BUYER}
    return company_of({**said, "buyer": buyer}, role="buyer", name_field="buyer")


def _foreign_house(sheet: UnderstoodSheet) -> object:
    """The foreign company with whose name the sheet begins; a Chinese one may be the reader's own."""
    facts = sheet.facts
    house = str(facts.get("company_en") or "")
    above = sheet.region.letterhead[:1]
    begins = [v for row in above for v in sheet.source.sheet.rows[row] if v]
    if not house or facts.get("company") or house not in tidy(text_of(begins[0])):
        return None
    regions = {getattr(phone, "region", "") for phone in several(facts.get("phone"))} - {""}
    is_ours = "CN" in regions or has_han(text_of(begins[0]))
    return None if is_ours or (not regions and _OF_ANYWHERE.search(house)) else house


def line_asked_in(sheet: UnderstoodSheet, record: Record) -> AskedLine | None:
    """The article that a row's offer is for."""
    line = _line(sheet, record)
    if line is None:
        return None
    if sheet.region.shape == "crosstab":
        return AskedLine(_row_key(sheet.region.place(record.position, 0)[0]), line)
    words = ("wording", "specification", "quantity", "quantity_text", "unit")
    return AskedLine(tuple(line.get(word) for word in words), line)


def unoffered(sheet: UnderstoodSheet) -> Iterator[AskedLine]:
    """The articles of a cross-tab that no vendor offers; of notes they are told by their quantity."""
    region, rows = sheet.region, sheet.source.sheet.rows
    left_out = [e.row for e in region.excluded if e.reason.key == "layout.row_has_no_offer"]
    own = region.columns[: region.columns.index(-1)] if left_out else ()
    padding = (None,) * (len(region.columns) - len(own))
    alone = replace(
        region,
        rows=tuple((*(rows[row][column] for column in own), *padding) for row in left_out),
        row_numbers=tuple(left_out),
        shared=tuple(tuple((row, column) for column in region.columns) for row in left_out),
    )
    for record in replace(sheet.source, region=alone, corrections={}).records():
        line = _line(sheet, record)
        if line is not None and (line.get("quantity") or line.get("quantity_text")):
            yield AskedLine(_row_key(record.number - 1), line)


def _line(sheet: UnderstoodSheet, record: Record) -> Values | None:
    of_item = _OF_A_LINE
    if sheet.region.shape == "crosstab":
        of_item = of_item & {field for column in _item_columns(sheet) for field in column.fields}
    values = {key: value for key, value in record.values.items() if key in of_item}
    asked = inquiry_of(replace(record, values=values))
    return asked.lines[0] if asked is not None else None


def _row_key(row: int) -> str:
    return f"{row:07}"


def _item_columns(sheet: UnderstoodSheet) -> Iterator[ColumnMapping]:
    """The columns of a cross-tab that stand before those of the vendors."""
    end = sheet.region.columns.index(-1)
    return (column for column in sheet.columns if column.index < end)
