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
from app.sheets.cells.prices import price_hints
from app.sheets.headings import (
    BARE_TYPES,
    combined_fields,
    garment_sizes,
    heading_tier,
    is_of_carton,
    readings,
)
from app.sheets.layout import TableRegion
from app.sheets.lexicon import Meaning
from app.sheets.mapping.address_lines import join_address_lines
from app.sheets.mapping.coded_names import part_codes_from_names, part_numbers_from_names
from app.sheets.mapping.columns import (
    NO_OVERRIDES,
    ColumnMapping,
    Overrides,
    column_of,
    kept_column,
)
from app.sheets.mapping.evidence import Evidence, by_values, evidence_of, fit
from app.sheets.mapping.kept import no_fields
from app.sheets.mapping.name_lines import join_middle_names, join_name_lines
from app.sheets.mapping.named_twice import name_by_language
from app.sheets.mapping.numbering import (
    ITEM_NUMBER,
    are_all_different,
    are_codes,
    are_records,
    are_types,
    counts_lines,
    is_code,
    may_number_articles,
)
from app.sheets.mapping.overriding import said_by_person
from app.sheets.mapping.packed_columns import take_packings
from app.sheets.mapping.people_columns import seat_further_people
from app.sheets.mapping.shipments import is_of_shipments
from app.sheets.mapping.stand_ins import stand_in
from app.sheets.mapping.weighing import (
    LOCATION,
    OF_A_SHOP,
    beside,
    is_out_of_place,
    lists_parties,
    weighed,
)
from app.sheets.phrases import heading_key
from app.sheets.targets import KINDS, TARGETS, Kind
from app.sheets.tiers import Tier

_LEAST = 0.4
#: From this strength on a reading covers the whole heading; below it is a word inside it.
_WHOLE = 0.75
_SURE = 0.9
_MOSTLY_CODES = 0.8
_MOSTLY_DATES = 0.8
#: What is told as a day, and not in words or a number of days.
_ON_A_DAY = {"lead_time": "needed_on", "next_action": "next_action_on"}
_LEAST_INSIDE = 0.6
_NAMED = frozenset(["product", "company", "buyer"])
#: Names have fewer characters on average.
_LONGEST_NAME = 60.0
#: A word over several columns of numbers, each under a name of its own, is as little.
_LEAST_OF_PRICES = 0.52
_PRICED_BY_TERM = 0.8
_PHONED = 0.8
_DIGITS = re.compile(r"\d+")
#: Over codes such as CX001 it names articles; ``ID`` may be of anything.
_NUMBER_OF = "编号"
#: What such a claim is worth beside a column that says it holds article numbers.
_LESS_FOR_CODES = 0.8
#: What a column holds the codes of that is headed by the thing itself: a ledger's ``Vendor`` beside ``Name 1``.
_CODED = {
    "company": "company_code",
    "buyer": "company_code",
    "product": "item_no",
    "material": "item_no",
}
#: What such a claim is worth: any column that says it holds codes goes first.
_INSTEAD = 0.45
#: What a column of codes is worth as a company where another one holds companies' names.
_LESS_FOR_CODES_OF_COMPANIES = 0.6
_SOME_NAMES = 0.3
#: Words that say of a company in a heading that it sells.
_SELLER_WORDS = re.compile(
    r"supplier|vendor|exhibitor|factory|manufactur|producer|shipper|exporter|consignor|出口商|发货人|отправител|экспорт|exportador|供应商|厂|展商|工厂|仕入|공급|lieferant|hersteller|proveedor|"
    r"fabricante|поставщик|производител|изготовител|fournisseur|fornitore|fornecedor|tedarik|dostawc|leverancier|pemasok|المورد|nhà cung cấp|\bncc\b",
    re.IGNORECASE,
)
#: Words that only a list made for customs has.
_DECLARED = re.compile(r"法定|申报|报关|征免|监管")
_TARIFF_CODE = frozenset(["商品编码", "商品编号", "商品代码"])
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
_CURRENCY_ALONE = re.compile(
    r"[(（]?\s*(?:USD|EUR|CNY|RMB|GBP|HKD|JPY|US\s?\$|[$€£¥￥]|美元|美金|人民币|欧元|元)"
    r"(?:\s*/\s*[^\W\d_]{1,5}\.?)?\s*[)）]?",
    re.IGNORECASE,
)
#: Codes that goods have and companies never.
_OF_GOODS_ALONE = frozenset(["hs_code", "barcode"])
#: The length of a country's code.
_OF_A_CODE = 2
#: In a list of companies a bare ``code`` is the company's.
_BARE_CODE = frozenset(["code", "codes", "编码", "代码", "编号", "код", "codigo", "kod"])
#: What words for goods mean in a list of companies: a register's ``Denominación`` is the
#: company's name, and its GST the number it pays it under.
_OF_PARTIES = {
    "gst": "tax_number",
    "denominacion": "company",
    "denominacao": "company",
    "denominazione": "company",
    "aciklama": "remark",
}
#: Words for a line of business: of goods they are sorts, of companies what these make.
_SECTORS = re.compile(
    "sectors?|segment|industry|branche|secteur|settore|setor|sektör|rubro|ramo|faaliyet (?:alani|konusu)|сектор|отрасль|(?:所属)?行业|업종"
)
#: From this share of ranges on quantities are the steps of prices.
_STEPS = 0.6
#: What is called so among goods is the goods' name, or who of us keeps the record.
_NO_CONTACT = {"full name": "product", "owner": ""}
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
    said = {_read_as(m, rules) for m in first if m.field != "name" and m.strength >= _WHOLE}
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
        for reading in _said_by_heading(
            parts, rules, found[place], has_codes=codes, has_names=names
        ):
            field, score = weighed(
                reading, together, region=region, place=place, found=found[place]
            )
            why = Message("mapping.why_heading", heading=reading[2])
            yield _Claim((score + earlier) * (field in rules.fields), place, field, why)
        if is_declared and _holds_tariff_codes(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(1.0, place, "hs_code", why)
        if _holds_phones(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(_PHONED + earlier, place, "phone", why)
        if _is_priced_by_term(parts, rules, found[place]):
            why = Message("mapping.why_heading", heading=" ".join(parts))
            yield _Claim(_PRICED_BY_TERM + earlier, place, "price", why)
        for word, score in suggested.items():
            field = rules.readings.get(word, word)
            if field == "price" and parts and (is_tiered or is_priced):
                # Beside prices an amount under another word is a sample's, a fee, or the least for others.
                continue
            if field == "origin" or _is_told_otherwise(field, parts, rules, found[place]):
                continue
            if field in rules.fields:
                yield _Claim(score * 0.9 + earlier, place, field, Message("mapping.why_values"))


def _is_told_otherwise(field: str, parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
    """Whether what values look like is nothing under such a heading.

    CA as a ``Home Address`` is no Canada, and what a company buys or earns in a year is no price.
    """
    first = next(iter(readings(parts)), None)
    if field == "booth" and not lists_parties(rules):
        return True  # A12-14 may number an article.
    if field == "country" and any(parts) and first is None and found.mean_length <= _OF_A_CODE:
        return True  # ``Rep`` over TJ and MK: somebody's initials.
    if field == "country":
        said = first.field if first is not None and heading_key(first.phrase) != LOCATION else ""
        return said == "address"
    is_priced = first is not None and (
        first.field == "price" or (first.strength >= _WHOLE and _read_as(first, rules) == "price")
    )
    return field == "price" and lists_parties(rules) and any(parts) and not is_priced


def _said_by_heading(
    parts: tuple[str, ...], rules: Kind, found: Evidence, *, has_codes: bool, has_names: bool
) -> Iterator[tuple[str, float, str]]:
    """Field, score and phrase of each reading of a heading that the kind has and the values allow."""
    suggested = {field for field, _ in by_values(found)}
    first = next((meaning.field for meaning in readings(parts)), "")
    is_asked = bool(parts) and parts[-1].rstrip().endswith(("?", "？"))
    for meaning in readings(parts):
        field = _typed(_read_as(meaning, rules), meaning, found, rules)
        if field not in rules.fields or (field == "company_code" and first in _OF_GOODS_ALONE):
            continue
        score = meaning.strength * fit(field, found)
        if not _is_enough(meaning, field, found, is_suggested=field in suggested):
            continue
        if is_out_of_place(meaning, field, rules, found=found, is_asked=is_asked):
            continue
        if (day := _ON_A_DAY.get(field)) in rules.fields and found.dates >= _MOSTLY_DATES:
            field, score = str(day), meaning.strength
        if field == "serial" and is_code(meaning.phrase, found):
            field, score = "item_no", _LESS_FOR_CODES * meaning.strength
        if field == "serial" and are_records(found) and rules.name != "contacts":
            is_article = "item_no" in rules.fields
            field = "item_no" if is_article else "company_code"
            is_sure = not is_article or meaning.phrase == _NUMBER_OF
            score = _LESS_FOR_CODES * meaning.strength if is_sure else _INSTEAD
        if (
            field == "serial"
            and rules.name == "products"
            and may_number_articles(meaning.phrase, found)
        ):
            field, score = "item_no", _INSTEAD
        if field == "item_no" and counts_lines(meaning.phrase, found, has_codes=has_codes):
            field = "serial"
        if field in suggested:
            score = min(0.99, score + 0.04)
        coded = _CODED.get(field, "")
        is_coded = meaning.strength >= _WHOLE and are_codes(found)
        if is_coded and has_names and coded == "company_code":
            score *= _LESS_FOR_CODES_OF_COMPANIES
        yield field, score, meaning.phrase
        is_numbered = (
            field == "product" and found.numbers >= _MOSTLY_CODES and are_all_different(found)
        )
        if (is_coded or is_numbered) and coded in rules.fields:
            yield coded, _INSTEAD, meaning.phrase


def _is_of_the_seller(claim: _Claim, region: TableRegion, rules: Kind, foreign: Set[str]) -> bool:
    """Whether a column of a list of buyers, or of what they want, tells of who sells."""
    if rules.name not in ("inquiries", "buyers") or claim.field not in foreign:
        return False
    return any(map(_SELLER_WORDS.search, region.heading_parts[claim.column]))


def _read_as(meaning: Meaning, rules: Kind) -> str:
    """The field that a word of the lexicon means in a sheet of this kind; empty for none."""
    if rules.name == "inquiries" and meaning.field == "company":
        # Who is asked to sell, or who made it, is not the buyer.
        return "" if _SELLER_WORDS.search(meaning.phrase) else "buyer"
    word = heading_key(meaning.phrase)
    if word in BARE_TYPES and not lists_parties(rules):
        # In an inquiry a bare ``type`` is the goods', not the buyer's.
        return "category" if rules.name == "products" else ""
    if meaning.field == "main_products" and rules.readings.get("main_products") == "product":
        # What a company makes are products, but ``Product categories`` of products are not.
        is_sort = "categor" in word or _SECTORS.fullmatch(word)
        return "category" if is_sort else "product"
    if rules.name == "products" and word in OF_A_SHOP:
        return "category"
    if meaning.field == "contact" and rules.name == "products" and word in _NO_CONTACT:
        return _NO_CONTACT[word]
    if meaning.field == "item_no" and word in _BARE_CODE:
        return "item_no" if "item_no" in rules.fields else "company_code"
    if lists_parties(rules) and word in _OF_PARTIES:
        return _OF_PARTIES[word]
    return rules.readings.get(meaning.field, meaning.field)


def _typed(field: str, meaning: Meaning, found: Evidence, rules: Kind) -> str:
    """The field by what stands below its heading.

    ``Typ`` over words sorts the goods, over a maker's own codes it is their model; ranges of
    quantities are the steps of prices.
    """
    if field in ("quantity", "moq") and "price_tier" in rules.fields and found.steps >= _STEPS:
        return "price_tier"
    is_bare = field == "category" and heading_key(meaning.phrase) in BARE_TYPES
    return "model" if is_bare and are_types(found) else field


def _holds_tariff_codes(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
    """Customs call the tariff number 商品编码, as shops call their own."""
    if "hs_code" not in rules.fields or found.digits < 1:
        return False
    is_said = any(meaning.phrase in _TARIFF_CODE for meaning in readings(parts)[:1])
    return is_said and found.numbers == 1 and 8 <= found.mean_length <= 13


def _holds_phones(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
    """``Contact`` over numbers to call is a phone, not a person."""
    if "phone" not in rules.fields or found.phones < 0.6 or found.dates >= 0.3:
        return False
    return any(meaning.field == "contact" for meaning in readings(parts)[:1])


def _is_enough(meaning: Meaning, field: str, found: Evidence, *, is_suggested: bool) -> bool:
    """Whether a word inside a longer heading is enough: not without values that agree."""
    is_web = TARGETS[field].reader == "webs" if field in TARGETS else False
    if is_web and meaning.strength < _SURE and found.filled and not found.webs:
        return False  # ``URL-Zusatz``: a part of an address.
    if meaning.strength >= _WHOLE or is_suggested:
        return True
    if field == "serial":
        return False  # ``Image position`` counts no lines.
    if field in ("company", "buyer") and found.codes >= _MOSTLY_CODES:
        return False  # ``manufacturer_code``: whose code it is
    if field in _NAMED and found.legal_names < _SOME_NAMES and found.mean_length >= _LONGEST_NAME:
        return False  # ``Product description by the supplier``: prose about the goods names nobody.
    if field == "picture" and not found.filled:
        return meaning.strength >= _LEAST_INSIDE  # What stands there are pictures, no values.
    is_priced = TARGETS[field].reader == "price" and found.numbers >= 0.8
    return bool(found.filled) and meaning.strength >= (
        _LEAST_OF_PRICES if is_priced else _LEAST_INSIDE
    )


def _is_priced_by_term(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
    """``FOB Ningbo (USD)`` or ``US$`` over numbers is a price, though the word is not said."""
    if "price" not in rules.fields or found.numbers < 0.5:
        return False
    if any(meaning.field == "target_price" for meaning in readings(parts)[:1]):
        return False
    return any(
        price_hints(part).incoterm is not None
        or _CURRENCY_ALONE.fullmatch(part.strip())
        or (price_hints(part).includes_vat is not None and _CURRENCY_ALONE.match(part.strip()))
        for part in parts
    )
