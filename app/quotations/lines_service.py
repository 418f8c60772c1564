"""Owns the lines of a draft: put in order, changed, and costed anew as far as a change reaches.

Must not open a write scope; the service does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.forms import Values
from app.lists.existing import missing
from app.quotations.costs_views import chosen_costs
from app.quotations.drafting_service import change_line, take_chosen
from app.quotations.pricing_service import (
    cost_anew,
    cost_some,
    costing_of,
    keep_costing,
    keep_tiers,
    settle_price,
    shares_the_load,
)
from app.quotations.terms_views import lines_of
from app.quotations.tiers import PriceTiers
from database.book import WriteScope
from database.records import (
    InquiryLineRecord,
    QuotationLineRecord,
    QuotationRecord,
    RevisionRecord,
)

_COST_FIELDS = frozenset({"cost", "cost_currency", "cost_has_invoice", "cost_incoterm"})
#: Changes of these fields of a line change its cost sheet, and what it is of the load.
_CALCULATED = _COST_FIELDS | {
    "kind",
    "quantity",
    "tiers",
    "is_optional",
    "alternative_to",
    "hs_code",
    "cost_source",
    "pieces_per_carton",
    "carton_length_cm",
    "carton_width_cm",
    "carton_height_cm",
    "carton_cbm",
    "gross_weight_kg",
}


def change_lines(
    scope: WriteScope, revision: RevisionRecord, changes: Mapping[int, Values]
) -> None:
    """Sets fields of lines by their id; a changed cost prices the line anew, a typed price stays.

    Where nothing is shared out among the lines, only those changed are costed.
    """
    lines, reprice = [], set()
    for line_id, values in changes.items():
        line = line_in(scope, revision, line_id)
        change_line(line, {key: item for key, item in values.items() if key != "tiers"})
        take_tiers(scope, line, values)
        if _CALCULATED & set(values):
            lines.append(line)
        elif "price" in values:
            settle_price(scope, line)
        if _COST_FIELDS & set(values) and "price" not in values:
            reprice.add(line_id)
    if any("cost_currency" in values for values in changes.values()):
        keep_costing(scope, revision, costing_of(revision))
    if lines and shares_the_load(revision):
        cost_anew(scope, revision, reprice=reprice)
    elif lines:
        cost_some(scope, revision, lines, reprice=reprice)


def asked_lines(scope: WriteScope, quotation: QuotationRecord) -> Sequence[InquiryLineRecord]:
    """The lines of the inquiry that a quotation answers."""
    return scope.scalars(
        select(InquiryLineRecord)
        .where(InquiryLineRecord.inquiry_id == quotation.inquiry_id)
        .order_by(InquiryLineRecord.position)
    ).all()


def take_missing_costs(scope: WriteScope, revision: RevisionRecord) -> None:
    """Gives lines without a cost that of the offers chosen since; one that was emptied stays so."""
    missing = (line for line in lines_without_cost(scope, revision) if not line.is_cost_emptied)
    take_chosen_costs(scope, missing)


def lines_without_cost(
    scope: WriteScope, revision: RevisionRecord
) -> Sequence[QuotationLineRecord]:
    """The lines that cost nothing yet."""
    return [line for line in lines_of(scope, revision.id) if line.cost is None and not line.parts]


def take_chosen_costs(scope: WriteScope, lines: Iterable[QuotationLineRecord]) -> None:
    """Gives ``lines`` the cost of the offers chosen for what they answer; those without one stay."""
    for line in lines:
        asked = line.inquiry_line_id
        if asked is None:
            continue
        costs = chosen_costs(scope, scope.get_one(InquiryLineRecord, asked)).costs
        if costs:
            take_chosen(line, costs)
            line.is_cost_emptied = False


def append_lines(
    scope: WriteScope, revision: RevisionRecord, lines: Sequence[QuotationLineRecord]
) -> None:
    """Puts lines at the end of a revision."""
    first = len(lines_of(scope, revision.id)) + 1
    for position, line in enumerate(lines, first):
        line.revision_id, line.position = revision.id, position
        scope.add(line)
    scope.flush()


def take_tiers(scope: WriteScope, line: QuotationLineRecord, values: Values) -> None:
    """Makes the tiers of ``values`` those of the line, where it names any."""
    tiers = values.get("tiers")
    if isinstance(tiers, PriceTiers) or ("tiers" in values and tiers is None):
        keep_tiers(scope, line, tiers)


def line_in(scope: WriteScope, revision: RevisionRecord, line_id: int) -> QuotationLineRecord:
    """A line of this revision; raises ``AppError`` where it is gone."""
    line = scope.get(QuotationLineRecord, line_id)
    if line is None or line.revision_id != revision.id:
        raise missing(scope, QuotationLineRecord.__tablename__, "quotation_line", line_id)
    return line


def order_lines(
    scope: WriteScope, revision: RevisionRecord, line_ids: Sequence[int], position: int
) -> None:
    """Numbers the lines anew with ``line_ids`` before what stood at ``position``."""
    moved = [line_in(scope, revision, line_id) for line_id in line_ids]
    lines = list(lines_of(scope, revision.id))
    before = [line for line in lines[: max(position - 1, 0)] if line not in moved]
    after = [line for line in lines[max(position - 1, 0) :] if line not in moved]
    for number, line in enumerate((*before, *moved, *after), 1):
        line.position = number
