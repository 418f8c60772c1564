"""Owns lists of goods that no heading tells: words, codes and prices side by side in most rows.

Must not weigh one kind against another; ``kinds`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from app.kernel.messages import Message
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.mapping.assignment import map_columns
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.numbering import are_all_different

#: A wider table holds measurements, or the postings of a ledger.
_WIDEST = 8
_FEWEST_ROWS = 3
_MOSTLY = 0.8
_MOST_ROWS = 0.7
_HARDLY = 0.3
#: ``Floor lamp`` looks like a name of a person, too.
_NEARLY_ALL = 0.95
_SHORTEST_NAME = 2.0
_WHOLE = 0.75
_SAMPLE = 200
#: What a column may be called that is taken for the name, the number or the price.
_GOODS = frozenset(
    ["product", "name", "description", "item_no", "serial", "model", "price", "cost"]
)


def listed_goods(
    region: TableRegion, found: Sequence[Evidence]
) -> tuple[ColumnMapping, ...] | None:
    """The mapping of such a list; ``None`` where it is none.

    Days, companies, people and ways to reach them make it a ledger, a payroll or an address book.
    """
    if region.shape != "table" or not _is_short(region) or any(map(_is_of_others, found)):
        return None
    named = _first(region, found, _are_names)
    numbered = _first(region, found, _are_codes)
    priced = _first(region, found, lambda seen: seen.prices >= _MOSTLY)
    if priced is None:
        priced = next((place for place in _priced(region, found) if _is_free(region, place)), None)
    if named is None or numbered is None or priced is None:
        return None
    columns = list(map_columns(region, "products", found=tuple(found)))
    why = Message("mapping.why_stand_in")
    for place, field in ((named, "product"), (numbered, "item_no"), (priced, "price")):
        columns[place] = column_of(region, place, (field,), 0.5, why)
    return tuple(columns)


def _is_short(region: TableRegion) -> bool:
    return len(region.headings) <= _WIDEST and len(region.rows) >= _FEWEST_ROWS


def _is_of_others(seen: Evidence) -> bool:
    if seen.numbers >= _MOSTLY:
        return False  # ``1.2`` is a day of February as well.
    others = (seen.dates, seen.emails, seen.real_phones, seen.mobiles, seen.legal_names)
    are_people = seen.person_names >= _HARDLY or seen.full_names >= _NEARLY_ALL
    return bool(seen.filled) and (max(*others, seen.addresses) >= _HARDLY or are_people)


def _first(
    region: TableRegion, found: Sequence[Evidence], is_so: Callable[[Evidence], bool]
) -> int | None:
    least = _MOST_ROWS * min(len(region.rows), _SAMPLE)
    places = (p for p, seen in enumerate(found) if seen.filled >= least and is_so(seen))
    return next((place for place in places if _is_free(region, place)), None)


def _are_names(seen: Evidence) -> bool:
    others = max(seen.numbers, seen.codes, seen.webs, seen.countries, seen.units, seen.answers)
    is_wordy = seen.mean_length >= _SHORTEST_NAME and seen.distinct >= _MOST_ROWS * seen.filled
    return others < _HARDLY and is_wordy


def _are_codes(seen: Evidence) -> bool:
    is_coded = seen.codes >= _MOSTLY and seen.digits >= _MOSTLY and seen.numbers < _HARDLY
    return are_all_different(seen) and (is_coded or seen.barcodes >= _MOSTLY)


def _priced(region: TableRegion, found: Sequence[Evidence]) -> Iterator[int]:
    """The columns of numbers with cents."""
    for place, seen in enumerate(found):
        if seen.numbers >= _MOSTLY and not seen.padded:
            values = (row[place] for row in region.rows)
            if any(isinstance(value, Decimal) and value % 1 for value in values):
                yield place


def _is_free(region: TableRegion, place: int) -> bool:
    """Whether no heading says that the column is something else."""
    first = next(iter(readings(region.heading_parts[place])), None)
    return first is None or first.field in _GOODS or first.strength < _WHOLE
