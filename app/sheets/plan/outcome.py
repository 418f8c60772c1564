"""Owns what a plan says: for each row what will happen to it and why, and the records behind it.

Must not work anything out; planning does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from app.directory.duplicates import Reason
from app.sheets.cells.reading import Problem
from app.sheets.layout import TableRegion
from app.sheets.plan.drafts import (
    CompanyDraft,
    InquiryDraft,
    OfferLineDraft,
    OfferTerms,
    PersonDraft,
    ProductDraft,
    Values,
)
from app.sheets.records import Record

#: Of a table that is not taken.
_MOST_LOOKED_AT = 200


class OnDuplicate(StrEnum):
    """What to do with a row whose company or product is in the book already."""

    UPDATE = "update"
    OVERWRITE = "overwrite"
    SKIP = "skip"
    CREATE = "create"


class Choice(StrEnum):
    """What a person decided about one row.

    ``SAME`` and ``OVERWRITE`` say that its company or product is one of the book, which gets what it
    lacks, or all that the row says. ``CREATE`` adds it again; ``APART`` adds a company and remembers
    that the two are not one.
    """

    SAME = "same"
    OVERWRITE = "overwrite"
    CREATE = "create"
    APART = "apart"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one row; ``company_id`` names the company of the book where it is the same.

    ``product_id`` names the product of the book where the word is on the row's product.
    """

    choice: Choice
    company_id: int = 0
    product_id: int = 0


class RowPlace(NamedTuple):
    """What tells a planned row from all others of the file.

    A row of the sheet (from 1) may hold several: each vendor's offer in a cross-tab, tables side by
    side. ``column`` (from 0) is one that belongs to it alone.
    """

    sheet: str
    row: int
    column: int = 0


Decisions = Mapping[RowPlace, Decision]
NO_DECISIONS: Decisions = MappingProxyType({})


class Outcome(StrEnum):
    """What will happen to a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    MERGE = "merge"
    SKIP = "skip"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the book that a row's company, or its product, is or may be."""

    record_id: int
    title: str
    score: float
    reasons: tuple[Reason, ...]
    is_taken: bool
    is_product: bool = False


@dataclass(slots=True)
class PlannedCompany:
    """A company of the sheet: new, or one of the book with what it gains."""

    draft: CompanyDraft
    existing: int | None = None
    match: Match | None = None
    updates: Values = field(default_factory=dict)
    is_skipped: bool = False
    #: What a person said of it.
    choice: Choice | None = None
    #: Companies of rows above with its name, from which a person parted it.
    parted_from: list[PlannedCompany] = field(default_factory=list)
    #: People that are new, and what known people gain, by their id.
    people: list[PersonDraft] = field(default_factory=list)
    known_people: dict[int, PersonDraft] = field(default_factory=dict)
    id: int = 0

    @property
    def gains(self) -> bool:
        """Whether a company of the book changes at all."""
        draft = self.draft
        return bool(
            self.updates
            or self.people
            or any(person.points or person.notes for person in self.known_people.values())
            or draft.points
            or draft.addresses
            or draft.booths
            or draft.certificates
            or draft.aliases
            or draft.tags
            or draft.notes
            or draft.pictures
        )


@dataclass(slots=True)
class PlannedProduct:
    """A product of the sheet: new, or one of the book with what it gains."""

    draft: ProductDraft
    company: PlannedCompany | None
    #: What it is found again by: its item number or names, told apart from other articles' by count.
    keys: tuple[str, ...] = ()
    existing: int | None = None
    match: Match | None = None
    updates: Values = field(default_factory=dict)
    is_skipped: bool = False
    #: What a person said of it.
    choice: Choice | None = None
    id: int = 0

    @property
    def gains(self) -> bool:
        """Whether a product of the book changes at all."""
        draft = self.draft
        return bool(
            self.updates
            or draft.prices
            or draft.pictures
            or draft.certificates
            or draft.tags
            or draft.notes
        )


@dataclass(slots=True)
class PlannedInquiry:
    """An inquiry of the sheet; one that is in the book already is not made again."""

    draft: InquiryDraft
    buyer: PlannedCompany | None
    is_known: bool = False
    id: int = 0
    #: What the lines are told apart by where offers hang on them, in their order.
    keys: Sequence[Hashable] = ()
    #: The lines' ids, by their keys.
    line_ids: dict[Hashable, int] = field(default_factory=dict)


@dataclass(slots=True)
class PlannedOfferLine:
    """A line of an offer; ``asked`` is the key of the line of a planned inquiry that it answers.

    ``product_id`` and ``inquiry_line_id`` name what it hangs on where that is in the book.
    """

    draft: OfferLineDraft
    product: PlannedProduct | None
    asked: Hashable = None
    product_id: int | None = None
    inquiry_line_id: int | None = None


@dataclass(slots=True)
class PlannedOffer:
    """What one supplier offers in the sheet; the same offer again is not made twice."""

    company: PlannedCompany
    terms: OfferTerms | None = None
    lines: list[PlannedOfferLine] = field(default_factory=list)
    is_known: bool = False
    #: The inquiry that it answers: one of the plan, or one of the book.
    inquiry: PlannedInquiry | None = None
    inquiry_id: int | None = None
    #: The number of the offer of the book that a list of ours says otherwise.
    instead_of: str = ""

    @property
    def payment(self) -> str:
        """The payment terms of the first line that names any."""
        return next((line.draft.payment for line in self.lines if line.draft.payment), "")

    @property
    def offered_on(self) -> date | None:
        """The day its first price was made, as far as the sheet tells it."""
        days = (price.quoted_on for line in self.lines for price in line.draft.prices)
        return next(days, None)

    def take(self, line: PlannedOfferLine) -> PlannedOfferLine:
        """Adds a line, or a further price to the last one; the line that holds it now."""
        last = self.lines[-1] if self.lines else None
        draft = line.draft
        if last is not None and draft.place is not None and last.draft.place == draft.place:
            last.draft = replace(last.draft, prices=(*last.draft.prices, *draft.prices))
            return last
        self.lines.append(line)
        return line


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row: what it is, what will happen to it, and what is wrong with it."""

    sheet: str
    record: Record = field(repr=False)
    title: str
    outcome: Outcome
    problems: tuple[Problem, ...]
    match: Match | None = None

    @property
    def place(self) -> RowPlace:
        """What decisions on it are kept by."""
        return RowPlace(self.sheet, self.record.number, self.record.column)


@dataclass(frozen=True, slots=True)
class TableRows:
    """The planned rows of one table, and those among them that a person may want to look at."""

    all: Sequence[PlannedRow] = ()
    with_problems: Sequence[PlannedRow] = ()
    #: Rows decided on, like a record of the book, or repeating a row above.
    duplicates: Sequence[PlannedRow] = ()
    #: Whether any looks like a record of the book; others only repeat a row above.
    is_like_book: bool = False

    @classmethod
    def of(cls, rows: Sequence[PlannedRow], decisions: Decisions) -> TableRows:
        """Looks through ``rows`` once, so that a window need not."""
        alike = [
            row
            for row in rows
            if row.match is not None
            or row.outcome is Outcome.MERGE
            or (decisions and row.place in decisions)
        ]
        is_like_book = any(row.match is not None for row in alike)
        return cls(rows, [row for row in rows if row.problems], alike, is_like_book)


def first_rows(sheet: str, region: TableRegion) -> TableRows:
    """What a table begins with that is not taken, so that a person sees what it holds."""
    numbered = islice(zip(region.row_numbers, region.rows, strict=True), _MOST_LOOKED_AT)
    return TableRows(
        [
            PlannedRow(sheet, Record(number + 1, row, {}, position=at), "", Outcome.SKIP, ())
            for at, (number, row) in enumerate(numbered)
        ]
    )


@dataclass(slots=True)
class Plan:
    """All that an import will do."""

    rows: list[PlannedRow] = field(default_factory=list)
    companies: list[PlannedCompany] = field(default_factory=list)
    products: list[PlannedProduct] = field(default_factory=list)
    inquiries: list[PlannedInquiry] = field(default_factory=list)
    offers: list[PlannedOffer] = field(default_factory=list)
    #: Paths of categories that no product brings with it, and that the book lacks.
    categories: list[tuple[str, ...]] = field(default_factory=list)

    def counts(self) -> Counter[Outcome]:
        """How many rows have each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def answered(self) -> list[PlannedInquiry]:
        """The inquiries that offers of the sheet hang on."""
        return [inquiry for inquiry in self.inquiries if inquiry.keys]

    @property
    def rejected(self) -> list[PlannedRow]:
        """The rows that stay out, with the reasons."""
        return [row for row in self.rows if row.outcome is Outcome.REJECT]
