"""Owns the choice of a field for every column of a table of a given kind.

Each field of a single value goes to the column that fits it best; what is left becomes a custom
field, never nothing. Must not read cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from app.kernel.messages import Message
from app.sheets.headings import (
    combined_fields,
    garment_sizes,
    heading_tier,
    is_of_carton,
    readings,
)
from app.sheets.layout import TableRegion
from app.sheets.mapping.address_lines import join_address_lines
from app.sheets.mapping.coded_names import part_codes_from_names, part_numbers_from_names
from app.sheets.mapping.columns import (
    NO_OVERRIDES,
    ColumnMapping,
    Overrides,
    column_of,
    kept_column,
)
from app.sheets.mapping.evidence import Evidence, by_values, evidence_of
from app.sheets.mapping.heading_claims import (
    SELLER_WORDS,
    holds_phones,
    holds_tariff_codes,
    is_priced_by_term,
    is_told_otherwise,
    read_as,
    said_by_heading,
)
from app.sheets.mapping.kept import no_fields
from app.sheets.mapping.name_lines import join_middle_names, join_name_lines
from app.sheets.mapping.named_twice import name_by_language
from app.sheets.mapping.numbering import (
    ITEM_NUMBER,
)
from app.sheets.mapping.overriding import said_by_person
from app.sheets.mapping.packed_columns import take_packings
from app.sheets.mapping.people_columns import seat_further_people
from app.sheets.mapping.shipments import is_of_shipments
from app.sheets.mapping.stand_ins import stand_in
from app.sheets.mapping.weighing import (
    beside,
    lists_parties,
    weighed,
)
from app.sheets.targets import KINDS, TARGETS, Kind
from app.sheets.tiers import Tier

_LEAST = 0.4
#: From this strength on a reading covers the whole heading; below it is a word inside it.
_WHOLE = 0.75
_SURE = 0.9
_PRICED_BY_TERM = 0.8
_PHONED = 0.8
_DIGITS = re.compile(r"\d+")
_SOME_NAMES = 0.3
#: Words that only a list made for customs has.
_DECLARED = re.compile(r"法定|申报|报关|征免|监管")
#: What a heading that names the seller tells of the seller alone: ``Exporter Country``.
_OF_A_PARTY = frozenset(
    [
        "buyer",
        "country",
        "city",
        "province",
        "postal_code",
        "address",
        "phone",
        "mobile",
        "email",
        "web",
        "contact",
    ]
)
#: What a column is worth whose heading stands further left as well: the first is the one meant.
_LESS_FOR_AGAIN = 0.06
#: What a column without a value in any row is worth beside one with values.
_LESS_FOR_EMPTY = 0.08


@dataclass(frozen=True, slots=True)
class _Claim:
    """One column's claim to a field."""

    score: float
    column: int
    field: str
    why: Message


def evidence_in(region: TableRegion) -> tuple[Evidence, ...]:
    """What the values of each column say, taken once for all the kinds that are tried."""
    return tuple(
        evidence_of(row[place] for row in region.rows) for place in range(len(region.headings))
    )


def map_columns(
    region: TableRegion,
    kind: str,
    *,
    found: tuple[Evidence, ...] | None = None,
    overrides: Overrides = NO_OVERRIDES,
) -> tuple[ColumnMapping, ...]:
    """A mapping for every column of ``region`` as a sheet of ``kind``."""
    rules = KINDS[kind]
    found = evidence_in(region) if found is None else found
    chosen = said_by_person(region, overrides)
    chosen.update((place, kept) for place, kept in no_fields(region) if place not in chosen)
    _choose_tiers(region, rules, found, chosen)
    _choose_combined(region, rules, chosen)
    made = _claims(region, rules, found, chosen)
    foreign = _OF_A_PARTY
    if rules.name == "buyers" and is_of_shipments(region):
        foreign |= {"company"}  # Who sent the goods is not who bought them.
    fair = (claim for claim in made if not _is_of_the_seller(claim, region, rules, foreign))
    claims = _fuller_first(list(fair), found)
    taken = {field for mapping in chosen.values() for field in mapping.fields}
    for claim in claims:
        if claim.column in chosen or claim.score < _LEAST:
            continue
        if claim.field in taken and not _may_repeat(region, claim, chosen):
            continue
        taken.add(claim.field)
        chosen[claim.column] = column_of(
            region, claim.column, (claim.field,), claim.score, claim.why
        )
    take_packings(region, rules, chosen)
    stand_in(region, rules, found, chosen)
    join_address_lines(region, rules, found, chosen)
    join_name_lines(region, rules, found, chosen)
    name_by_language(region, rules, chosen)
    join_middle_names(region, found, chosen)
    part_codes_from_names(region, rules, chosen)
    part_numbers_from_names(region, rules, chosen)
    seat_further_people(region, rules, found, chosen)
    for place in range(len(region.headings)):
        chosen.setdefault(place, kept_column(region, place))
    return tuple(chosen[place] for place in range(len(region.headings)))


def _fuller_first(claims: Sequence[_Claim], found: Sequence[Evidence]) -> list[_Claim]:
    """The claims, the best first; behind a heading's with values comes one of a column without any."""
    named: dict[str, float] = {}
    for claim in claims:
        if found[claim.column].filled and claim.why.key == "mapping.why_heading":
            named[claim.field] = max(named.get(claim.field, 0.0), claim.score)

    def rank(claim: _Claim) -> tuple[float, bool]:
        other = named.get(claim.field, 0.0)
        if found[claim.column].filled or other < _LEAST:
            return -claim.score, False
        return -min(claim.score, other), True

    return sorted(claims, key=rank)


def _may_repeat(region: TableRegion, claim: _Claim, chosen: Mapping[int, ColumnMapping]) -> bool:
    """Whether a field may have another column: its values are many, or people are numbered."""
    if TARGETS[claim.field].many:
        return True
    if TARGETS[claim.field].reader == "length":
        # Goods and their cartons have a length each.
        held = [place for place, mapping in chosen.items() if mapping.fields == (claim.field,)]
        of_cartons = [is_of_carton(region.heading_parts[place]) for place in held]
        return is_of_carton(region.heading_parts[claim.column]) not in of_cartons
    own = _DIGITS.sub("", region.headings[claim.column])
    return claim.field == "contact" and any(
        mapping.fields == ("contact",) and _DIGITS.sub("", mapping.heading) == own
        for mapping in chosen.values()
    )


def _choose_tiers(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> None:
    """Price columns named by a quantity step; bare numbers only when several rise side by side."""
    if "price" not in rules.fields:
        return
    tiers: dict[int, Tier] = {}
    for place, parts in enumerate(region.heading_parts):
        tier = heading_tier(parts)
        is_priced = found[place].filled == 0 or found[place].digits >= 0.5
        if tier is not None and place not in chosen and is_priced:
            tiers[place] = tier
    for place, tier in tiers.items():
        # ``500``, ``1000`` may stand under FOB and again under EXW.
        above = region.heading_parts[place][:-1]
        beside = [t for p, t in tiers.items() if region.heading_parts[p][:-1] == above]
        if tier.is_exact:
            if lists_parties(rules) or len(beside) < 2 or not _are_rising(beside):
                continue  # ``20`` and ``40`` of shipments are containers.
            later = [t.at_least for t in beside if t.at_least > tier.at_least]
            tier = Tier(tier.at_least, min(later) - 1 if later else None, tier.unit)
        mapping = column_of(region, place, ("price",), 0.95, Message("mapping.why_tier"))
        chosen[place] = replace(mapping, tier=tier)


def _are_rising(tiers: Sequence[Tier]) -> bool:
    """Whether bare numbers are steps of quantities, one above the other, and no years."""
    starts = [tier.at_least for tier in tiers if tier.is_exact]
    rises = all(low < high for low, high in pairwise(starts))
    return rises and not all(1900 <= start <= 2100 for start in starts)


def _choose_combined(region: TableRegion, rules: Kind, chosen: dict[int, ColumnMapping]) -> None:
    for place, parts in enumerate(region.heading_parts):
        fields = tuple(field for field in combined_fields(parts) if field in rules.fields)
        if fields and place not in chosen:
            why = Message("mapping.why_combined", heading=parts[-1])
            chosen[place] = column_of(region, place, fields, 0.93, why)


def _claims(
    region: TableRegion, rules: Kind, found: Sequence[Evidence], chosen: dict[int, ColumnMapping]
) -> Iterator[_Claim]:
    first = [meaning for parts in region.heading_parts for meaning in readings(parts)[:1]]
    codes = any(m.field == "item_no" and not ITEM_NUMBER.match(m.phrase) for m in first)
    said = {read_as(m, rules) for m in first if m.field != "name" and m.strength >= _WHOLE}
    names = any(seen.legal_names >= _SOME_NAMES for seen in found)
    sizes = garment_sizes(region.heading_parts)
    is_declared = any(map(_DECLARED.search, region.headings))
    is_priced = any(m.field == "price" and m.strength >= _SURE for m in first)
    is_tiered = any(mapping.tier is not None for mapping in chosen.values())
    together = beside(region, rules, said)
    for place, parts in enumerate(region.heading_parts):
        if place in chosen or place in sizes:
            continue
        # The left column of two equal claims wins.
        earlier = -0.0005 * place
        if lists_parties(rules) and region.headings[place] in region.headings[:place]:
            earlier -= _LESS_FOR_AGAIN
        if region.rows and not found[place].filled:
            earlier -= _LESS_FOR_EMPTY
        suggested = dict(by_values(found[place]))
        for reading in said_by_heading(
            parts, rules, found[place], has_codes=codes, has_names=names
        ):
            field, score = weighed(
                reading, together, region=region, place=place, found=found[place]
            )
            why = Message("mapping.why_heading", heading=reading[2])
            yield _Claim((score + earlier) * (field in rules.fields), place, field, why)
        if is_declared and holds_tariff_codes(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(1.0, place, "hs_code", why)
        if holds_phones(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(_PHONED + earlier, place, "phone", why)
        if is_priced_by_term(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(_PRICED_BY_TERM + earlier, place, "price", why)
        for word, score in suggested.items():
            field = rules.readings.get(word, word)
            if field == "price" and parts and (is_tiered or is_priced):
                # Beside prices an amount under another word is a sample's, a fee, or the least for others.
                continue
            if field == "origin" or is_told_otherwise(field, parts, rules, found[place]):
                continue
            if field in rules.fields:
                yield _Claim(score * 0.9 + earlier, place, field, Message("mapping.why_values"))


def _is_of_the_seller(claim: _Claim, region: TableRegion, rules: Kind, foreign: Set[str]) -> bool:
    """Whether a column of a list of buyers, or of what they want, tells of who sells."""
    if rules.name not in ("inquiries", "buyers") or claim.field not in foreign:
        return False
    return any(map(SELLER_WORDS.search, region.heading_parts[claim.column]))
