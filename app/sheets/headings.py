"""Owns what a column's stacked heading says: its possible fields, combined fields, and hints.

Must not look at values.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from app.sheets.cells.measures import length_unit, volume_unit, weight_unit
from app.sheets.cells.prices import price_hints
from app.sheets.cells.reading import Hints
from app.sheets.lexicon import Meaning, meanings, segments
from app.sheets.phrases import heading_key
from app.sheets.targets import TARGETS
from app.sheets.tiers import Tier, tier_of

#: Above why a row was rejected; both languages, so that the column is known in whichever it is opened.
REASON_HEADING = "Reason 原因"
#: Ways to reach somebody that often share a cell; the reader tells them apart.
POINT_FIELDS = frozenset(
    ["email", "wechat", "mobile", "phone", "fax", "whatsapp", "qq", "skype", "web", "im", "contact"]
)
COUNTRY_AND_CITY = frozenset(["country", "city"])
POSTAL_CODE_AND_CITY = frozenset(["postal_code", "city"])
COMPANY_AND_COUNTRY = frozenset(["company", "country"])
_COMBINED = (
    POINT_FIELDS,
    COMPANY_AND_COUNTRY,
    COUNTRY_AND_CITY,
    frozenset(["gross_weight", "net_weight"]),
    frozenset(["inner_pack", "pcs_per_carton"]),
    frozenset(["qty_20gp", "qty_40gp", "qty_40hq"]),
)
#: ``PLZ Ort``, ``CP / Ciudad``, ``Zip and City``: a town with its number before it, or behind.
_POSTAL_AND_CITY = re.compile(
    r"(?i)(?:plz|postleitzahl|c\.?p\.?|zip(?: ?code)?|post(?:al )?code|cap|codice postale|code postal|c[oó]digo postal|cep|индекс)"
    r"[\s/,&+-]+(?:(?:und|and|y|et|e|и)\s+)?(?:ort|stadt|wohnort|city|town|ciudad|poblaci[oó]n|localidad|ville|citt[aà]|cidade|город)"
    r"|(?:ort|stadt|city|town|ciudad|ville|citt[aà]|cidade|город)[\s/,&+-]+(?:plz|c\.?p\.?|zip(?: ?code)?|post(?:al )?code|cap|cep|индекс)"
)
_COMMA = re.compile(r"\s*[,，]\s*|\s+(?:and|und|y|et|e|и)\s+", re.IGNORECASE)
_GARMENT_SIZES = frozenset(["XXS", "XS", "S", "M", "L", "XL", "XXL", "2XL", "3XL", "XXXL", "4XL"])
_A_RUN = 3
_SIZES = frozenset(["length", "width", "height"])
#: ``CGST``, ``GST (18%)``, ``НДС 20%``: what is paid to the state.
TAX = re.compile(
    r"(?:[cisu]\.?)?(?:gst|vat|tax|cess|tds|iva|icms|ipi|mwst|ust|tva|kdv|ppn|btw|ндс|пдв|增值税|税[额金]?|부가세)"
    r"\W*(?:@?\s*\d{1,2}(?:[.,]\d+)?)?\s*%?\W*",
    re.IGNORECASE,
)
_MONEY = frozenset(["price", "cost", "sell_price", "list_price", "amount", "name"])
#: A bare ``Type`` over a few words sorts the goods, where no column is called a category.
BARE_TYPES = frozenset(
    [
        "type", "typ", "tipo", "тип", "tür", "tip", "jenis", "loại", "类型", "類型", "種類", "종류", "유형",
    ]
)  # fmt: skip
_OF_GOODS = {
    "name": "product",
    "company_en": "product_en",
    "company": "product",
    "contact": "product",
}
_OWNERS = {
    "company": {"name": "company", "company_en": "company_en", "web": "web"},
    "buyer": {"name": "buyer", "company_en": "company_en"},
    "contact": {"name": "contact", "company_en": "contact", "company": "contact"},
    "product": _OF_GOODS,
    "main_products": _OF_GOODS,
    "carton_size": {
        "length": "length",
        "width": "width",
        "height": "height",
        "weight": "gross_weight",
        "size": "carton_size",
        "quantity": "pcs_per_carton",
    },
    "inner_pack": {"quantity": "inner_pack", "pcs_per_carton": "inner_pack", "size": ""},
    "packing": {"size": "carton_size", "weight": "gross_weight", "quantity": "pcs_per_carton"},
}
#: What a letter is below a heading for sizes: ``B``, ``T`` and ``H`` in German, too.
_SIDES = {
    **dict.fromkeys("lt长長深d", "length"),
    **dict.fromkeys("bw宽寬ш", "width"),
    **dict.fromkeys("h高в", "height"),
}
_PER_CARTON = re.compile(r"(?:(?:per|/)\s*(?:ctn|carton)s?|每箱|/箱)\.?", re.IGNORECASE)
_COUNTED_IN = re.compile(r"(?:pcs?|pieces|sets?|шт|只|个|件|stk|szt|uds?)\.?", re.IGNORECASE)
_SIZED = frozenset(["size", "carton_size"])
#: What stands alone over the columns of a carton, and is no heading of one column.
_CARTON = re.compile(
    r"(?:(?:master|outer|export) )?(?:ctns?|cartons?)\.?|外?箱|纸箱", re.IGNORECASE
)


_OF_CARTON = re.compile(
    r"(?<![^\W_])(?:cartons?|ctns?|case|box|packing|(?:package|packaging) (?:size|dimensions?)|kartons?|caja|caixa|cartone|koli)(?![^\W_])|короб|箱|包装(?:尺寸|规格)",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=10_000)
def readings(parts: tuple[str, ...]) -> tuple[Meaning, ...]:
    """What the heading of a column can mean, the surest first.

    The lowest part says what the column is; the parts above it say whose.
    """
    if len(parts) > 1 and _only_measures(parts[-1].strip(), meanings(parts[-2])[:1]):
        return readings(parts[:-1])
    best: dict[str, Meaning] = {}
    joined = " ".join(parts)
    side = _SIDES.get(parts[-1].strip().lower()) if len(parts) > 1 else None
    if side and any(m.field in _SIZED for part in parts[:-1] for m in meanings(part)[:1]):
        return (Meaning(side, 0.95, parts[-1]),)
    for text, weight in ((parts[-1] if parts else "", 1.0), (joined, 0.98)):
        for meaning in meanings(text) if text else ():
            _keep(best, _owned(meaning, parts[:-1], weight))
    for part in parts[:-1]:
        for meaning in meanings(part):
            _keep(best, replace(meaning, strength=meaning.strength * 0.55))
    return tuple(sorted(best.values(), key=lambda meaning: -meaning.strength))


def _only_measures(part: str, above: Sequence[Meaning]) -> bool:
    """Whether a part only tells what the heading above it counts in: ``CBM`` over ``per ctn``."""
    if _COUNTED_IN.fullmatch(part):
        return any(TARGETS[m.field].reader == "quantity" for m in above if m.field in TARGETS)
    return bool(above) and _PER_CARTON.fullmatch(part) is not None


def _keep(best: dict[str, Meaning], meaning: Meaning) -> None:
    known = best.get(meaning.field)
    if known is None or known.strength < meaning.strength:
        best[meaning.field] = meaning


def _owned(meaning: Meaning, above: Sequence[str], weight: float) -> Meaning:
    """``English name`` under ``Product`` is the product's, under ``Company`` the company's."""
    if meaning.field in _MONEY and any(TAX.fullmatch(part.strip()) for part in above):
        return replace(meaning, field="")  # The tax of a line is neither its price nor its amount.
    for part in above:
        owners = [owner.field for owner in meanings(part) if owner.strength > 0.7]
        owners += ["carton_size"] if _CARTON.fullmatch(part) else []
        for owner in owners:
            if (found := _OWNERS.get(owner, {}).get(meaning.field)) is not None:
                return replace(meaning, field=found, strength=meaning.strength * weight)
    return replace(meaning, strength=meaning.strength * weight)


@functools.lru_cache(maxsize=10_000)
def combined_fields(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The fields that share the column's cells, in the heading's order; empty for a single field."""
    if not parts:
        return ()
    if _POSTAL_AND_CITY.fullmatch(parts[-1].strip()):
        return ("postal_code", "city")
    found: list[str] = []
    for segment in segments(parts[-1]):
        known = [meaning for meaning in meanings(segment) if meaning.strength >= 0.9]
        if known and known[0].field not in found:
            found.append(known[0].field)
    if set(found) >= _SIZES:
        return ("carton_size",)
    found = found if len(found) > 1 else _behind_commas(parts[-1]) or found
    for group in _COMBINED:
        together = tuple(field for field in found if field in group)
        if len(together) > 1 and len(together) == len(found):
            return together
    return ()


def _behind_commas(heading: str) -> list[str]:
    """``Страна, город``: the fields of two words with a comma or an ``and`` between."""
    words = _COMMA.split(heading.strip())
    said = [meaning for word in words for meaning in meanings(word)[:1] if meaning.strength >= 0.9]
    return [meaning.field for meaning in said] if len(words) == len(said) == 2 else []


def heading_tier(parts: tuple[str, ...]) -> Tier | None:
    """The quantity step a price column is for, from any level of its heading."""
    for part in reversed(parts):
        if (tier := tier_of(part)) is not None:
            return tier
    return None


def column_hints(parts: tuple[str, ...], field: str, near: Hints) -> Hints:
    """What the heading says for all cells of a column mapped to ``field``."""
    heading = " ".join(parts)
    reader = TARGETS[field].reader if field in TARGETS else "text"
    if reader == "price":
        return price_hints(heading, near=near)
    if reader in ("dimensions", "length"):
        return replace(near, unit=length_unit(heading))
    if reader == "weight":
        return replace(near, unit=weight_unit(heading))
    if reader == "volume":
        return replace(near, unit=volume_unit(heading))
    return replace(near, unit=None)


def is_of_carton(parts: tuple[str, ...]) -> bool:
    """Whether a side is the carton's, not that of what is in it: ``Carton length (cm)``, 外箱长."""
    return any(map(_OF_CARTON.search, parts))


def garment_sizes(heading_parts: Sequence[tuple[str, ...]]) -> frozenset[int]:
    """The places of the headings that are a run of sizes, where ``L`` is no length; empty where there is none."""
    found = {
        place: parts[-1].strip().upper()
        for place, parts in enumerate(heading_parts)
        if parts and parts[-1].strip().upper() in _GARMENT_SIZES
    }
    return frozenset(found) if len(set(found.values())) >= _A_RUN else frozenset()


def layout_key(headings: Sequence[str]) -> str:
    """A name for a layout that stays the same when the rows change: for remembered mappings.

    The workbook of the rows that were rejected has the layout of the sheet they stood in.
    """
    own = (heading for heading in headings if heading != REASON_HEADING)
    folded = "\n".join(map(heading_key, own))
    return hashlib.sha256(folded.encode()).hexdigest()[:16]
