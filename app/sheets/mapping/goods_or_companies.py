"""Owns what tells lists of companies from lists of the goods that they make or sell, beyond the fields.

Must not score kinds; ``kinds`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set

from app.directory.duplicates import website_host
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.mapping.listed import SUPPLIER_WORDS
from app.sheets.mapping.weighing import designated_at
from app.sheets.phrases import heading_key

#: How strong a further reading of a heading is that counts beside the first.
_SURE = 0.9
#: What a heading of goods may have become in a list of companies.
_MAY_BE_GOODS = ((), ("main_products",), ("company",))
_ARTICLES = frozenset(["item_no", "barcode", "model"])
_TOLD_OF_GOODS = frozenset(
    ["price", "sell_price", "list_price", "cost", "stock", "quantity", "hs_code"]
)
#: A column called so holds numbers of articles, whoever makes them; a bare ``code`` is a company's.
_PART_NUMBERS = frozenset(
    [
        "part number", "part no", "part #", "partnumber", "part num", "mpn", "p/n", "pn", "mfr part number", "mfr part no",
        "manufacturer part number", "manufacturer part no", "item number", "item no", "item #", "model number", "model no",
        "article number", "article no", "artikelnummer", "teilenummer", "catalog number", "catalogue number", "catalog no",
        "sku", "商品id", "产品id", "商品コード", "item id", "product id", "product code", "ean", "型号", "料号", "货号", "零件号", "部件号", "物料编码", "品番", "型番", "부품번호", "품번", "артикул",
        "каталожный номер", "numero de parte", "numero de pieza", "referencia fabricante", "reference fabricant",
    ]
)  # fmt: skip
#: By what a company is reached or found: where nothing of it is told the rows are of something else.
_REACHED_BY = frozenset(
    [
        "contact", "first_name", "last_name", "phone", "mobile", "fax", "email", "wechat", "whatsapp", "linkedin",
        "social", "web", "address", "city", "postal_code", "booth", "uscc", "main_products", "employees",
    ]
)  # fmt: skip
_NUMBERS = frozenset(["item_no", "style_no", "model"])
#: What a list of goods may tell that only counts them.
_ONLY_COUNTED = frozenset([
    "item_no", "style_no", "model", "product", "supplier_item_no", "customer_item_no", "barcode", "quantity",
    "unit", "serial", "remark", "stock", "weight", "gross_weight", "net_weight", "cbm", "size", "colour",
    "packing", "pcs_per_carton", "carton_size",
])  # fmt: skip
_FACTORY_PRICE = re.compile(r"工厂价|出厂价|厂价|factory price|ex[ -]factory price", re.IGNORECASE)
_LOOKED_AT = 200
_FEWEST_SITES = 3
_SEVERAL = 2
_MOSTLY = 0.7


def lists_goods(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether beside the companies each row names one article.

    Its price, cost or stock says so, or its number where nothing is told of the company but the name.
    """
    heard = [
        {m.field for at, m in enumerate(readings(parts)) if at == 0 or m.strength >= _SURE}
        for parts in region.heading_parts
    ]
    free = [column.index for column in columns if column.fields in _MAY_BE_GOODS]
    names = any(heard[place] & (_ARTICLES | {"product"}) for place in free)
    told = set[str]().union(*heard) & _TOLD_OF_GOODS
    if names and told:
        return True
    said = {field for column in columns for field in column.fields}
    if not said & _REACHED_BY - {"main_products"}:
        # ``Produits`` with price and quantity, 商品名 with 商品ID.
        is_numbered = numbers_articles(region, range(len(region.headings)))
        names = any("product" in heard[place] for place in free)
        made = any("main_products" in heard[place] for place in free)
        if (names and is_numbered) or (made and len(told) >= _SEVERAL):
            return True
    return not said & _REACHED_BY and numbers_articles(region, free)


def counts_articles(region: TableRegion, fields: Set[str]) -> bool:
    """Whether numbers of articles stand beside hardly more than how many, or in what, there are."""
    first = (meaning for parts in region.heading_parts for meaning in readings(parts)[:1])
    is_numbered = any(m.field in _NUMBERS and m.strength >= _SURE for m in first)
    is_counted = fields <= _ONLY_COUNTED and bool({"quantity", "unit"} & fields)
    return region.shape == "table" and is_numbered and is_counted


def numbers_articles(region: TableRegion, places: Iterable[int]) -> bool:
    """Whether one of the columns at ``places`` is headed by words for the number of an article."""
    return any(heading_key(region.headings[place]) in _PART_NUMBERS for place in places)


def have_own_sites(region: TableRegion, columns: tuple[ColumnMapping, ...]) -> bool:
    """Whether nearly each row has a website of its own: then those named are companies."""
    place = next((column.index for column in columns if column.fields == ("web",)), None)
    if place is None:
        return False
    sites = [website_host(text_of(row[place])) for row in region.rows[:_LOOKED_AT]]
    own = set(sites) - {""}
    return len(own) >= max(_FEWEST_SITES, _MOSTLY * len(sites))


def is_of_purchases(region: TableRegion) -> bool:
    """Whether each row tells of whom an article was bought and at what price, or what it costs at the factory:
    no buyer asks so.
    """
    if any(map(_FACTORY_PRICE.search, region.headings)):
        return True
    heard = [
        m for parts in region.heading_parts for m in readings(parts)[:1] if m.strength >= _SURE
    ]
    fields = {m.field for m in heard}
    sellers = any(m.field == "company" and SUPPLIER_WORDS.search(m.phrase) for m in heard)
    return sellers and bool(fields & {"price", "cost"}) and "buyer" not in fields


def is_of_our_own_stock(region: TableRegion) -> bool:
    """Whether what goods cost and what they are sold for stand side by side, or parts of a board are
    listed: nobody asks so for an offer.
    """
    heard = {m.field for parts in region.heading_parts for m in readings(parts)[:1]}
    return {"cost", "sell_price"} <= heard or designated_at(region) is not None
