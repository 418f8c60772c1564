"""Owns how the values of a row become a product with its prices, or a line of an offer.

Must not read cells (they are typed already) and must not know the book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.kernel.text import has_han
from app.quotations.incoterms import TradeTerm
from app.sheets.cells.measures import Days, Dimensions
from app.sheets.cells.prices import CellPrice
from app.sheets.cells.quantities import CellQuantity
from app.sheets.cells.reading import Hints
from app.sheets.own_lists import is_own
from app.sheets.plan.drafts import (
    AND,
    OfferLineDraft,
    PriceDraft,
    ProductDraft,
    Values,
    joined,
)
from app.sheets.plan.own_rows import OWN_FIELDS, own_names
from app.sheets.plan.parties import certificates_of, left_over, several
from app.sheets.records import Record

_PRODUCT_COLUMNS = {
    "item_no": "item_number",
    "description": "description",
    "material": "material",
    "size": "size",
    "colour": "colour",
    "brand": "brand",
    "model": "model",
    "unit": "unit",
    "hs_code": "hs_code",
    "barcode": "barcode",
    "origin": "origin",
    "packing": "packing",
    "cbm": "carton_cbm",
    "net_weight": "net_weight_kg",
    "gross_weight": "gross_weight_kg",
}
#: What an offered line holds as a product does.
_OFFERED_COLUMNS = ("packing", "pieces_per_carton", "carton_cbm", "gross_weight_kg", "remarks")
#: Fields that are read below, or belong to the supplier of the row.
_READ_FIELDS = frozenset((
    "product", "product_en", "moq", "pcs_per_carton", "carton_size", "length", "width", "height",
    "specification", "remark", "category", "category_2", "category_3", "price", "price_tier",
    "incoterm", "currency", "priced_on", "valid_until", "vat_rate", "vat_included", "picture",
    "company", "contact", "people", "phone", "mobile", "email", "fax", "wechat", "web", "address", "booth", "hall",
    "serial", "certificates", "tags",
))  # fmt: skip
_KNOWN_FIELDS = _READ_FIELDS | _PRODUCT_COLUMNS.keys() | OWN_FIELDS
#: What rows of one article may tell several of, and what stands between them.
_BETWEEN = {
    **dict.fromkeys(("colour", "size", "material", "model", "packing"), AND),
    **dict.fromkeys(("description", "remarks"), "\n"),
}
#: An English name has a word: ``DN20 PN16`` behind a Chinese one is its size.
_TWO_LANGUAGES = re.compile(
    r"(?P<zh>[^A-Za-z]*[\u4e00-\u9fff）)]\S*)[ /|]+(?=.*[A-Za-z]{3})(?P<en>[A-Za-z][A-Za-z0-9 ,.&'\"()%/-]{2,})"
)
_ENGLISH_FIRST = re.compile(
    r"(?P<en>[A-Za-z][A-Za-z0-9 ,.&'\"()%-]{2,}?) ?[/|] ?(?P<zh>[\u4e00-\u9fff][^/|A-Za-z]*)"
)
_SIX_PLACES = Decimal("0.000001")


def product_of(record: Record, *, hints: Hints, facts: Mapping[str, object]) -> ProductDraft | None:
    """The product a row describes; ``None`` where it names none."""
    values = record.values
    columns: Values = {
        column: values[key] for key, column in _PRODUCT_COLUMNS.items() if values.get(key)
    }
    if is_own(values):
        columns.update(own_names(values.get("product"), values.get("product_en")))
    else:
        _name(columns, values)
    if not any(columns.get(key) for key in ("item_number", "name_zh", "name_en")):
        return None
    _measure(columns, values)
    _describe(columns, values)
    draft = ProductDraft(columns, category_of(record), _prices(record, hints, facts))
    draft.pictures = list(record.pictures)
    draft.custom = left_over(values, _KNOWN_FIELDS)
    draft.certificates = certificates_of(values, draft.custom)
    draft.tags = [str(tag) for tag in several(values.get("tags"))]
    draft.notes = [str(note) for note in several(values.get("product_notes"))]
    draft.number = str(values.get("record_no") or "")
    if is_own(values):
        draft.custom.pop("lead_time", None)
    draft.custom |= dict(record.custom)
    return draft


def _name(columns: Values, values: Mapping[str, object]) -> None:
    for key in ("product", "product_en"):
        for text in in_two_languages(str(values.get(key) or "")):
            columns.setdefault("name_zh" if has_han(text) else "name_en", text)
    if "item_number" not in columns:
        own = (values.get(key) for key in ("style_no", "supplier_item_no"))
        if number := next((number for number in own if number), None):
            columns["item_number"] = number
    if "item_number" in columns:
        _name_by_first_line(columns)


def _name_by_first_line(columns: Values) -> None:
    """What stands in the lines below the name of a numbered article describes it, where nothing else does.

    Without a number the whole name tells articles apart.
    """
    for key in ("name_zh", "name_en"):
        name, _, more = str(columns.get(key) or "").partition("\n")
        if name.strip() and more.strip() and not columns.get("description"):
            columns[key], columns["description"] = name.strip(), more.strip()


def in_two_languages(name: str) -> tuple[str, ...]:
    """The Chinese and the English part of a name that gives both: ``硅胶铲 Silicone spatula``.

    Written below each other they may stand in either order.
    """
    lines = [line.strip() for line in name.split("\n") if line.strip()]
    if len(lines) == 2 and has_han(lines[0]) != has_han(lines[1]):
        return tuple(sorted(lines, key=has_han, reverse=True))
    said = name.replace("\n", " ")
    both = _TWO_LANGUAGES.fullmatch(said) or _ENGLISH_FIRST.fullmatch(said)
    if both is None:
        return (name,) if name else ()
    return both["zh"], both["en"]


def _measure(columns: Values, values: Mapping[str, object]) -> None:
    if isinstance(moq := values.get("moq"), CellQuantity):
        columns["moq"] = exact(moq.amount)
        columns.setdefault("unit", moq.unit)
    if isinstance(pieces := values.get("pcs_per_carton"), CellQuantity):
        columns["pieces_per_carton"] = int(pieces.amount)
    if isinstance(carton := values.get("carton_size"), Dimensions):
        columns["carton_length_cm"] = exact(carton.length_cm)
        columns["carton_width_cm"] = exact(carton.width_cm)
        columns["carton_height_cm"] = exact(carton.height_cm)
    for side in ("length", "width", "height"):
        if (known := _number(values.get(f"carton_{side}"))) is not None:
            columns[f"carton_{side}_cm"] = exact(known)
    if isinstance(days := values.get("lead_time"), Days):
        columns["lead_time_days_min"] = days.at_least
        columns["lead_time_days_max"] = days.at_most
    for key in ("carton_cbm", "net_weight_kg", "gross_weight_kg"):
        if isinstance(number := columns.get(key), Decimal):
            columns[key] = exact(number)


def _describe(columns: Values, values: Mapping[str, object]) -> None:
    sizes = [values.get(key) for key in ("length", "width", "height")]
    if any(sizes) and "size" not in columns:
        columns["size"] = (
            " × ".join(f"{size.normalize():f}" for size in sizes if isinstance(size, Decimal))
            + " cm"
        )
    specification = values.get("specification")
    if specification:
        texts = (columns.get("description"), specification)
        columns["description"] = "\n".join(dict.fromkeys(str(text) for text in texts if text))
    if remarks := values.get("remark"):
        columns["remarks"] = "\n".join(
            map(str, remarks if isinstance(remarks, tuple) else (remarks,))
        )


def category_of(record: Record) -> tuple[str, ...]:
    """The path of the category a row names, or of the group it stands in."""
    named = (record.values.get(key) for key in ("category", "category_2", "category_3"))
    path = tuple(str(name) for name in named if name)
    return path or ((record.group,) if record.group else ())


def _prices(record: Record, hints: Hints, facts: Mapping[str, object]) -> list[PriceDraft]:
    values = record.values
    written = values.get("price")
    prices = written if isinstance(written, tuple) else (written,)
    term = values.get("incoterm")
    quoted_on = day_of(values.get("priced_on")) or day_of(facts.get("priced_on"))
    own = {"quoted_on": quoted_on, "valid_until": _valid_until(values, facts, quoted_on)}
    unit = str(values.get("price_unit") or "") if is_own(values) else unit_of(values)
    return [
        PriceDraft(
            min_quantity=_from(price, values),
            max_quantity=_to(price, values),
            amount=exact(price.amount),
            currency=price.currency or hints.currency or "CNY",
            unit=price.unit or unit or None,
            incoterm=price.incoterm or (term.code if isinstance(term, TradeTerm) else None),
            place=price.place or (term.place or None if isinstance(term, TradeTerm) else None),
            includes_vat=_vat(price, values, hints),
            vat_rate=price.vat_rate or hints.vat_rate or _number(values.get("vat_rate")),
            **own,
        )
        for price in prices
        if isinstance(price, CellPrice)
    ]


def _valid_until(
    values: Mapping[str, object], facts: Mapping[str, object], quoted_on: date | None
) -> date | None:
    """Until when a price holds; ``30 days`` count from the day it was quoted, where that is told."""
    told = values.get("valid_until") or facts.get("valid_until")
    if isinstance(told, date):
        return told
    days = told.at_most if isinstance(told, Days) else facts.get("valid_days")
    return quoted_on + timedelta(days) if quoted_on and isinstance(days, int) else None


def _from(price: CellPrice, values: Mapping[str, object]) -> Decimal | None:
    """From which quantity a price holds; from nothing on (``0+``) means for every quantity."""
    if is_own(values):
        return _number(values.get("quantity_from"))
    if price.at_least is None:
        moq = values.get("moq")
        return exact(moq.amount) if isinstance(moq, CellQuantity) else None
    return None if price.at_least == 0 and price.at_most is None else Decimal(price.at_least)


def _to(price: CellPrice, values: Mapping[str, object]) -> Decimal | None:
    """Up to which quantity a price holds."""
    if is_own(values):
        return _number(values.get("quantity_to"))
    return Decimal(price.at_most) if price.at_most is not None else None


def _number(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _vat(price: CellPrice, values: Mapping[str, object], hints: Hints) -> bool | None:
    said = values.get("vat_included")
    if price.includes_vat is not None:
        return price.includes_vat
    return said if isinstance(said, bool) else hints.includes_vat


def unit_of(values: Mapping[str, object]) -> str | None:
    """In what the goods of a row are counted."""
    unit = values.get("unit")
    return str(unit) if unit else None


def keep_papers(product: ProductDraft) -> None:
    """Keeps the certificates of a product without a supplier as words: a certificate is a company's."""
    if product.certificates:
        product.custom["certificates"] = "、".join(paper.name for paper in product.certificates)
        product.certificates = []


def is_same_article(first: ProductDraft, second: ProductDraft) -> bool:
    """Whether two rows with the same number or name may be one article: no price denies the other."""
    if first.number and second.number:
        return first.number == second.number
    if second.values.get("item_number"):
        return True
    tiers = {price.min_quantity for price in first.prices}
    prices = {price.terms for price in first.prices}
    return all(p.min_quantity not in tiers or p.terms in prices for p in second.prices)


def merge_products(first: ProductDraft, second: ProductDraft) -> None:
    """Adds what a later row of the same article says to the first; what is filled stays.

    Articles with a row for each colour have all of them.
    """
    known = {(price.terms, price.quoted_on) for price in first.prices}
    first.prices += [p for p in second.prices if (p.terms, p.quoted_on) not in known]
    first.pictures += second.pictures
    first.certificates += [c for c in second.certificates if c not in first.certificates]
    first.tags += [tag for tag in second.tags if tag not in first.tags]
    first.notes += [note for note in second.notes if note not in first.notes]
    for key, value in second.values.items():
        first.values[key] = joined(first.values.get(key), value, between=_BETWEEN.get(key))
    for key, value in second.custom.items():
        first.custom[key] = joined(first.custom.get(key), value, between=AND)


def offer_line_of(record: Record, product: ProductDraft, *, asked_in: str) -> OfferLineDraft:
    """What the supplier of a row offers for the article the row asks for.

    ``asked_in`` is the number of the inquiry where the row does not tell it.
    """
    values = record.values
    moq = values.get("moq")
    texts = (values.get("offer"), values.get("specification"))
    days = product.values.get("lead_time_days_max") or product.values.get("lead_time_days_min")
    number, product.number = product.number, ""
    return OfferLineDraft(
        wording=str(values.get("product") or product.title) if number else product.title,
        values={
            "specification": "\n".join(str(text) for text in texts if text) or None,
            "unit": unit_of(values),
            "moq": exact(moq.amount) if isinstance(moq, CellQuantity) else None,
            "lead_time_days": days,
            **{key: product.values.get(key) for key in _OFFERED_COLUMNS},
        },
        prices=tuple(product.prices),
        payment=str(values.get("payment") or ""),
        number=number,
        position=str(values.get("serial") or ""),
        asked_in=str(values.get("inquiry_no") or asked_in),
    )


def exact(number: Decimal) -> Decimal:
    """``number`` with at most the six places the book keeps."""
    return number.quantize(_SIX_PLACES) if number.as_tuple().exponent < -6 else number  # type: ignore[operator]


def day_of(value: object) -> date | None:
    """``value`` where it is a day."""
    return value if isinstance(value, date) else None
