"""Owns what a heading says in a kind of sheet, over the values below it: fields, how surely, by which word.

Must not look at other columns, nor choose between them; the assignment does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.sheets.cells.prices import price_hints
from app.sheets.headings import (
    BARE_TYPES,
    readings,
)
from app.sheets.lexicon import Meaning
from app.sheets.mapping.evidence import Evidence, by_values, fit
from app.sheets.mapping.numbering import (
    are_all_different,
    are_codes,
    are_records,
    are_types,
    counts_lines,
    is_code,
    may_number_articles,
)
from app.sheets.mapping.weighing import (
    LOCATION,
    OF_A_SHOP,
    is_out_of_place,
    lists_parties,
)
from app.sheets.phrases import heading_key
from app.sheets.targets import TARGETS, Kind

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
SELLER_WORDS = re.compile(
    r"supplier|vendor|exhibitor|factory|manufactur|producer|shipper|exporter|consignor|出口商|发货人|отправител|экспорт|exportador|供应商|厂|展商|工厂|仕入|공급|lieferant|hersteller|proveedor|"
    r"fabricante|поставщик|производител|изготовител|fournisseur|fornitore|fornecedor|tedarik|dostawc|leverancier|pemasok|المورد|nhà cung cấp|\bncc\b",
    re.IGNORECASE,
)
_TARIFF_CODE = frozenset(["商品编码", "商品编号", "商品代码"])
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


def is_told_otherwise(field: str, parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
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
        first.field == "price" or (first.strength >= _WHOLE and read_as(first, rules) == "price")
    )
    return field == "price" and lists_parties(rules) and any(parts) and not is_priced


def said_by_heading(
    parts: tuple[str, ...], rules: Kind, found: Evidence, *, has_codes: bool, has_names: bool
) -> Iterator[tuple[str, float, str]]:
    """Field, score and phrase of each reading of a heading that the kind has and the values allow."""
    suggested = {field for field, _ in by_values(found)}
    first = next((meaning.field for meaning in readings(parts)), "")
    is_asked = bool(parts) and parts[-1].rstrip().endswith(("?", "？"))
    for meaning in readings(parts):
        field = _typed(read_as(meaning, rules), meaning, found, rules)
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


def read_as(meaning: Meaning, rules: Kind) -> str:
    """The field that a word of the lexicon means in a sheet of this kind; empty for none."""
    if rules.name == "inquiries" and meaning.field == "company":
        # Who is asked to sell, or who made it, is not the buyer.
        return "" if SELLER_WORDS.search(meaning.phrase) else "buyer"
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
    if field == "unit" and "quantity" in rules.fields and found.numbers >= _MOSTLY_CODES:
        return "quantity"  # ``Qty/unit`` over 1 and 2: how many there are in each.
    is_bare = field == "category" and heading_key(meaning.phrase) in BARE_TYPES
    return "model" if is_bare and are_types(found) else field


def holds_tariff_codes(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
    """Customs call the tariff number 商品编码, as shops call their own."""
    if "hs_code" not in rules.fields or found.digits < 1:
        return False
    is_said = any(meaning.phrase in _TARIFF_CODE for meaning in readings(parts)[:1])
    return is_said and found.numbers == 1 and 8 <= found.mean_length <= 13


def holds_phones(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
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


def is_priced_by_term(parts: tuple[str, ...], rules: Kind, found: Evidence) -> bool:
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
