"""Owns the guess of a sheet's kind from its mapped fields and the words around it.

Must not know file formats or the book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from app.kernel.messages import Message
from app.sheets.headings import BARE_TYPES, readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty
from app.sheets.mapping.asking import gain_by_asking, names_a_target
from app.sheets.mapping.assignment import evidence_in, map_columns
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.fairs import is_of_fairs
from app.sheets.mapping.goods_or_companies import (
    counts_articles,
    have_own_sites,
    is_of_our_own_stock,
    is_of_purchases,
    lists_goods,
    numbers_articles,
)
from app.sheets.mapping.listed import (
    MOSTLY_COMPANIES,
    SUPPLIER_WORDS,
    are_buying,
    is_about_buyers,
    is_of_parties,
    listed_companies,
    listed_otherwise,
)
from app.sheets.mapping.listed_goods import listed_goods
from app.sheets.mapping.roles import are_buying_jobs, tells_of_buyers
from app.sheets.mapping.shipments import is_of_shipments
from app.sheets.mapping.weighing import designated_at
from app.sheets.phrases import heading_key
from app.sheets.targets import KINDS

_LEAST = 3.0
#: How sure a list of goods is that no heading tells.
_UNTOLD = 0.4
_NAMED_BY_ONE = Message("mapping.kind_from_fields", count=1)
#: A column that is only called "name" says less for a kind than one called "product name".
_NAMED_BY_NAME = {"company": 0.66, "product": 0.66, "contact": 0.8}
#: A column of these that is empty in all rows says nothing beside a filled one: cards of people
#: without a company.
_NAMES_OF = frozenset(["company", "contact", "buyer"])
#: Product lists are told by fewer columns: a name and a brand, a size and a price.
_LEAST_FOR_PRODUCTS = 2.4
#: What a field says for a kind when a column (surely) holds it.
_WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "suppliers": {
        "company": 3.0,
        "company_en": 1.0,
        "company_short": 0.5,
        "company_code": 0.5,
        "booth": 2.0,
        "hall": 0.8,
        "uscc": 2.0,
        "main_products": 1.5,
        "certificates": 1.0,
        "employees": 1.0,
        "factory_area_m2": 1.0,
        "registered_capital": 1.0,
        "established": 1.0,
        "business_type": 0.7,
        "contact": 1.0,
        "mobile": 0.7,
        "phone": 0.7,
        "email": 0.7,
        "wechat": 0.7,
        "address": 1.0,
        "country": 0.5,
        "web": 0.5,
        "social": 0.7,
        "linkedin": 0.5,
        "city": 0.5,
        "region": 0.3,
        "postal_code": 0.5,
        "job_title": 0.5,
        "fax": 0.5,
    },
    "contacts": {
        "contact": 3.0,
        "first_name": 2.0,
        "last_name": 2.0,
        "mobile": 0.8,
        "phone": 0.8,
        "email": 0.8,
        "wechat": 0.8,
        "job_title": 0.8,
        "department": 0.5,
        "whatsapp": 0.8,
        "linkedin": 0.5,
        "company": 0.5,
    },
    "products": {
        "product": 2.0,
        "item_no": 1.5,
        "price": 2.0,
        "sell_price": 1.2,
        "list_price": 1.0,
        "pcs_per_carton": 1.5,
        "carton_size": 1.5,
        "hs_code": 0.8,
        "barcode": 1.5,
        "brand": 0.8,
        "picture": 0.8,
        "model": 1.2,
        "specification": 1.0,
        "material": 1.0,
        "size": 0.8,
        "colour": 0.8,
        "unit": 0.7,
        "moq": 1.0,
        "packing": 0.7,
        "gross_weight": 0.8,
        "net_weight": 0.8,
        "cbm": 0.6,
        "description": 0.8,
        "category": 0.5,
        "stock": 0.5,
        "amount": 0.5,
        "quantity": 0.5,
        "style_no": 1.0,
        "qty_40hq": 1.0,
        "lead_time": 0.5,
        "company": 0.3,
    },
    "inquiries": {
        "product": 1.5,
        "quantity": 2.0,
        "target_price": 2.2,
        "buyer": 1.5,
        "incoterm": 1.0,
        "destination": 1.5,
        "inquired_on": 1.2,
        "needed_on": 1.5,
        "source": 0.7,
        "item_no": 0.8,
        "unit": 0.4,
        "country": 0.3,
        "contact": 0.3,
        "email": 0.3,
        "inquiry_no": 1.0,
        "reply_by": 1.0,
        "description": 0.5,
    },
    "offers": {
        "company": 1.5,
        "product": 1.0,
        "offer": 2.0,
        "price": 1.5,
        "quantity": 0.7,
        "valid_until": 1.0,
        "lead_time": 0.7,
        "moq": 0.5,
        "amount": 0.3,
    },
    "categories": {"category": 2.0, "category_2": 2.0, "category_3": 2.0},
}
#: What a table is of that was turned into rows.
_OF_SHAPE = {"crosstab": "offers", "matrix": "products", "steps": "products"}
#: What first and last names in columns of their own say for an address book.
_OF_PEOPLE = 2.2
#: What a list loses that can't be of this kind.
_MUST_NOT = -3.0
#: What a list of companies gains by being called so, and by a site of its own in each row.
_SAID = 1.5
_OF_SITES = 1.0
#: What a list of goods gains by telling where on a board each part stands.
_OF_PARTS = 1.5
_COUNTED_ROWS = 200
#: What a column of names, or of numbers, of articles says that its heading calls so in full.
_SURELY_NAMED = 1.8
#: From this share on names are surely companies'.
_SURELY_COMPANIES = 0.8
_MOSTLY_PEOPLE = 0.5
#: What a list without headings gains that begins with companies.
_OF_A_REGISTER = 1.5
#: What only people have, or are reached by.
_OF_A_PERSON = frozenset(
    [
        "first_name",
        "last_name",
        "job_title",
        "department",
        "email",
        "mobile",
        "wechat",
        "whatsapp",
        "linkedin",
        "company",
    ]
)
#: What only goods have: without any of it a list of codes and names may be one of companies.
_SOLD = frozenset(
    ["price", "sell_price", "list_price", "quantity", "barcode", "unit", "model", "specification"]
)
_GOODS = frozenset(
    ["price", "sell_price", "list_price", "item_no", "quantity", "barcode", "moq", "pcs_per_carton"]
)
#: Fields that only companies have; they are looked for among all the fields mapped.
_COMPANIES = frozenset(
    ["main_products", "booth", "uscc", "employees", "certificates", "established"]
)
_INQUIRY_WORDS = re.compile(
    r"inquir|enquir|rfq|request|\btenders?\b|тендер|招标|入札|입찰|licitaci|licitaç|ihale|询盘|询价|求购|采购需求|需求|target|目标价|见积依頼|문의|anfrage|ausschreibung|solicitud|запрос|запит|заявк[аи]|"
    r"demande de (?:prix|devis)|appel d'offres|richiesta di offerta|offerteaanvraag|förfrågan|forespørsel|poptávka|zapytanie",
    re.IGNORECASE,
)
_GOODS_WORDS = re.compile(
    r"price ?lists?|parts? ?lists?|\bboms?\b|bill of materials|catalog|product list|价格表|报价|价目|目录|清单|货品|产品|"
    r"designator|footprint|位号|封装|"
    r"preisliste|stückliste|katalog|lista de precios|прайс|спецификаци|каталог|価格表|가격표",
    re.IGNORECASE,
)
_GOODS_NAME = re.compile(
    r"(?<![^\W_])(?:products?|articles?|artikel\w*|goods|items|productos?|art[ií]culos?|produtos?|artigos?|produits?|prodotti|articoli|"
    r"ürünler|urunler|produkty|towary|товары?|товаров|номенклатура|товари)(?![^\W_])|商品|상품|제품",
    re.IGNORECASE,
)
_COMPANY_NAMES = frozenset(["company", "company_en"])
_PEOPLE_WORDS = re.compile(r"address book|通讯录|(?<![^\W_])person - name", re.IGNORECASE)
_PAPER_WORDS = re.compile(r"invoice|packing list|发票|装箱单", re.IGNORECASE)
_OFFER_WORDS = re.compile(
    r"abstract of quotation|comparison|比价|比價|报价对比|offers? from", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class KindGuess:
    """The kind of a table, how sure (0–1), why, and the mapping that goes with it."""

    kind: str | None
    confidence: float
    why: Message
    columns: tuple[ColumnMapping, ...] = ()


def guess_kind(
    region: TableRegion, *, words: Iterable[str] = (), told: Set[str] = frozenset()
) -> KindGuess:
    """The kind of ``region``; ``words`` are the names and titles around it, ``told`` the facts."""
    around = tuple(words)
    said = " ".join((*around, *region.headings))
    found = evidence_in(region)
    rated = []
    for kind in _WEIGHTS:
        columns = map_columns(region, kind, found=found)
        score = _score(kind, columns, region, said)
        if score and kind in ("suppliers", "contacts"):
            score += _of_people_or_companies(kind, columns, region, found)
            score += _MUST_NOT * (kind == "contacts" and _calls_companies_people(columns, found))
        if kind == "suppliers" and score and not any(region.headings):
            score += _OF_A_REGISTER * (found[0].legal_names >= _SURELY_COMPANIES)
        if kind == "inquiries" and score:
            score += gain_by_asking(region, columns, around=around, told=told)
        rated.append((score, kind, columns))
    score, kind, columns = max(rated, key=lambda entry: entry[0])
    fields = {field for column in columns for field in column.fields}
    is_bare = kind == "products" and not fields & _SOLD
    if score < (_LEAST_FOR_PRODUCTS if kind == "products" else _LEAST) or is_bare:
        listed = listed_companies(region, found, around)
        if listed is not None:
            return KindGuess(listed.kind, listed.confidence, _NAMED_BY_ONE, listed.columns)
    if score < (_LEAST_FOR_PRODUCTS if kind == "products" else _LEAST):
        listed = listed_otherwise(region, found, said)
        if listed is None and (goods := listed_goods(region, found)) is not None:
            return KindGuess("products", _UNTOLD, _NAMED_BY_ONE, goods)
        if listed is None:
            return KindGuess(None, 0.0, Message("mapping.kind_unknown"))
        return KindGuess(listed.kind, listed.confidence, _NAMED_BY_ONE, listed.columns)
    is_of_buyers = _names_buyers(region, columns)
    is_of_buyers |= is_about_buyers(said) and not _names_sellers(region, columns)
    if not SUPPLIER_WORDS.search(said):
        is_of_buyers |= are_buying(region) or _says_they_buy(region, columns)
    if kind == "suppliers" and (is_of_buyers or is_of_shipments(region)):
        kind, columns = "buyers", map_columns(region, "buyers", found=found)
    fields = {field for column in columns for field in column.fields}
    named = Message("mapping.kind_from_fields", count=len(fields))
    return KindGuess(kind, round(min(0.99, score / (score + 2)), 2), named, columns)


def _score(kind: str, columns: tuple[ColumnMapping, ...], region: TableRegion, said: str) -> float:
    weights = _WEIGHTS[kind]
    best: dict[str, float] = {}
    filled = {field for column in columns if column.sample for field in column.fields}
    named = _NAMES_OF if filled & _NAMES_OF else frozenset()
    for column in columns:
        for field in column.fields:
            gain = weights.get(field, 0.0) * column.confidence
            if field in named and not column.sample:
                gain = 0.0
            if field == "business_type" and heading_key(column.heading) in BARE_TYPES:
                gain = 0.0  # Goods are of a type as well.
            if field in _NAMED_BY_NAME and _is_only_a_name(region, column):
                gain *= _NAMED_BY_NAME[field]
            best[field] = max(best.get(field, 0.0), gain)
    score = sum(best.values()) + _context(kind, best, region, columns, said)
    if any(need in best for group in KINDS[kind].needs for need in group):
        return score
    is_titled = kind == "products" and "price" in best and bool(region.letterhead)
    return score if is_titled else 0.0


def _is_only_a_name(region: TableRegion, column: ColumnMapping) -> bool:
    """A bare ``name`` says less than ``company name``: ports and people have names too."""
    found = readings(region.heading_parts[column.index])
    return bool(found) and found[0].field == "name"


def _context(
    kind: str,
    best: Mapping[str, float],
    region: TableRegion,
    columns: tuple[ColumnMapping, ...],
    said: str,
) -> float:
    if _OF_SHAPE.get(region.shape, kind) != kind:
        return -4.0
    if _is_of_something_else(kind, region, said):
        return -8.0
    if kind == "contacts":
        # People with their company are a company list, unless it says otherwise; people alone are contacts.
        if _PEOPLE_WORDS.search(said) and not ("company" in best and is_of_parties(said)):
            return 6.0
        is_of_people = {"first_name", "last_name"} & set(best) and not _COMPANIES & set(best)
        if is_of_people and {"first_name", "last_name"} <= set(best):
            return _OF_PEOPLE
        return -3.0 if best.get("company", 0.0) > 0.3 and not is_of_people else 0.0
    if kind == "categories":
        return 3.0 if len(best) >= 2 and len(best) >= 0.7 * len(region.headings) else -3.0
    if kind == "inquiries":
        return _context_of_inquiries(best, said, is_target_named=names_a_target(region))
    if kind == "offers":
        is_compared = region.shape == "crosstab" or bool(_OFFER_WORDS.search(said))
        return 4.0 if is_compared else -3.0
    if kind == "products":
        # A name found only by its looks, and nothing that is bought or sold: some other list.
        if best.get("product", 2.0) < 1.2 and not _GOODS & set(best):
            return -2.0
        # An article and where it is shown, or how many or in what there are of it, is a list of goods already.
        is_shown = "web" in best and best.get("product", 0.0) >= _SURELY_NAMED
        is_counted = counts_articles(region, set(best) & set(_WEIGHTS["products"]))
        is_made = "company" in best and numbers_articles(region, range(len(region.headings)))
        is_listed = is_shown or is_counted or is_made or bool(_GOODS_WORDS.search(said))
        # Where no heading tells, the name of the file or sheet does.
        is_listed |= not any(region.headings) and bool(_GOODS_NAME.search(said))
        return 1.0 * is_listed + _OF_PARTS * (designated_at(region) is not None)
    if kind == "suppliers":
        if lists_goods(region, columns) or _names_people(region, columns):
            return -3.0
        return ("company" in best) * (
            _SAID * is_of_parties(said) + _OF_SITES * have_own_sites(region, columns)
        )
    return 0.0


def _is_of_something_else(kind: str, region: TableRegion, said: str) -> bool:
    """Whether shipments, or fairs, are told, which are no goods and no parties, or what we bought ourselves."""
    if kind == "inquiries" and is_of_our_own_stock(region):
        return True
    if kind == "inquiries" and is_of_purchases(region) and not _INQUIRY_WORDS.search(said):
        return True
    if kind in ("inquiries", "products"):
        return is_of_shipments(region)
    return kind in ("suppliers", "contacts") and is_of_fairs(region)


def _context_of_inquiries(best: Mapping[str, float], said: str, *, is_target_named: bool) -> float:
    has_cue = {"buyer", "destination", "needed_on", "inquiry_no"} & set(best)
    asks = (is_target_named or bool(_INQUIRY_WORDS.search(said))) * 2.5 - bool(
        _PAPER_WORDS.search(said)
    ) * 4
    # What came in over a platform names its day, and often no quantity.
    is_told = "quantity" in best or (asks > 0 and "inquired_on" in best)
    return asks if has_cue and is_told else asks - 2.0


def _of_people_or_companies(
    kind: str,
    columns: tuple[ColumnMapping, ...],
    region: TableRegion,
    found: tuple[Evidence, ...],
) -> float:
    """What tells lists of people from lists of companies beyond their fields.

    Where most people have no company behind their name the list is theirs: as suppliers most rows
    would be refused. A bare ``Name`` that only has a website, and no way to reach a person, is a
    company's; one over names that only people have is theirs.
    """
    place = {field: c.index for c in reversed(columns) for field in c.fields}
    named = place.get("contact", place.get("first_name"))
    if named is not None and named < place.get("company", -1):
        sample = region.rows[:_COUNTED_ROWS]
        people, companies = (
            sum(not is_empty(row[at]) for row in sample) for at in (named, place["company"])
        )
        if 2 * companies < people:
            return _MUST_NOT if kind == "suppliers" else -_MUST_NOT
    if kind == "suppliers" and any(
        c.fields == ("company",)
        and _is_only_a_name(region, c)
        and found[c.index].person_names >= _MOSTLY_PEOPLE
        for c in columns
    ):
        return _MUST_NOT
    is_company = "web" in place and not _OF_A_PERSON & set(place)
    names = any(c.fields == ("contact",) and _is_only_a_name(region, c) for c in columns)
    return _MUST_NOT if kind == "contacts" and is_company and names else 0.0


def _calls_companies_people(
    columns: tuple[ColumnMapping, ...], found: tuple[Evidence, ...]
) -> bool:
    """Whether what would be people are companies by their names: ``Acme Pvt. Ltd.``"""
    return any(
        column.fields == ("contact",) and found[column.index].legal_names >= MOSTLY_COMPANIES
        for column in columns
    )


def _names_people(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether a bare ``Name`` stands beside first and last names: it is the person's, no company's."""
    fields = {field for column in columns for field in column.fields}
    return {"first_name", "last_name"} <= fields and any(
        column.fields == ("company",) and _is_only_a_name(region, column) for column in columns
    )


def _names_buyers(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether the column of the companies is headed ``Customer``, whatever else is told of them."""
    headed = [region.heading_parts[c.index] for c in columns if _COMPANY_NAMES & set(c.fields)]
    return any(readings(parts)[:1] and readings(parts)[0].field == "buyer" for parts in headed)


def _says_they_buy(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether a column tells of most that they are customers, or may become some."""
    told = (c.index for c in columns if c.field in ("roles", "status", "business_type"))
    jobs = (c.index for c in columns if c.field == "job_title")
    return any(tells_of_buyers(region, place) for place in told) or any(
        are_buying_jobs(region, place) for place in jobs
    )


def _names_sellers(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether the column of the companies says that they sell: of a register of purchases, too."""
    headed = (region.headings[c.index] for c in columns if _COMPANY_NAMES & set(c.fields))
    return any(SUPPLIER_WORDS.search(heading) for heading in headed)
