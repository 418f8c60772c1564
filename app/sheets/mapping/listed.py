"""Owns lists of companies and people that hardly any heading tells: by the name of their file, by names with
mails or phones, by the ways to reach whoever is in them.

Must not weigh one kind against another; ``kinds`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.messages import Message
from app.sheets.headings import readings
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.mapping.assignment import map_columns
from app.sheets.mapping.columns import ColumnMapping, column_of
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.fairs import is_of_fairs
from app.sheets.mapping.shipments import RECEIVED, is_of_shipments
from app.sheets.mapping.stand_ins import NAMED

#: A list of no more columns than this is told by its file's or sheet's name alone.
_NARROW = 3
#: Without any heading a list of people is told by its values, be it somewhat wider.
_WITHOUT_HEADINGS = 8
#: And one called after companies by it where no heading names goods.
_WIDEST_CALLED = 6
#: Names of which this share has a legal form are companies'.
MOSTLY_COMPANIES = 0.4
_SURE = 0.9
_OF_GOODS = frozenset(["product", "item_no", "model", "style_no", "barcode", "specification"])
#: By what whoever a list is of is reached; so many of them tell that it is one of companies.
_REACHED_BY = frozenset(["phone", "mobile", "fax", "email", "web", "address"])
_ENOUGH_WAYS = 3
#: From this share of legal forms on the names of a list that nothing else tells of are companies'.
_TELLING = 0.5
#: Of names alone so many tell; and names in Latin letters have more of them than 黄色 and 白色.
_FEWEST_NAMES = 3
_SHORTEST_NAME = 5.0
_SOME_PLACES = 0.3
_MOSTLY = 0.8
_HEADED = frozenset(["name", "contact"])
#: ``Last order``, ``Samples given``: what only those have done, got or want that buy.
_BUYING = re.compile(
    r"(?<![^\W_])(?:(?:last|latest|previous|total|lifetime) (?:orders?|purchases?|sales?)(?! price)"
    r"|[uú]ltim[ao]s? (?:compra|pedido|venta|acquist|ordin)|derni[eè]re? (?:commande|achat|vente)"
    r"|letzte[rs]? (?:bestellung|auftrag|kauf|umsatz)|laatste (?:bestelling|order)|последн\w+ (?:заказ|покупк|продаж)"
    r"|samples? (?:given|sent|taken)|our (?:price|offer|quot\w+)|(?:price|quot\w+) (?:given|sent)|expected (?:order )?quantity|plan(?:ning)? to buy"
    r"|(?:which|what) products? are you|(?:已)?寄样|已报价|给客户报价|采购意向|意向产品|感兴趣|المطلوبة|interesad[oa]s? en|productos? de interés|produits recherchés|interessiert an|produktinteresse|prodotti di interesse|interessad[oa]s? em|интересу"
    r"|son (?:sipariş|siparis|satış|satis)|ostatni\w* (?:zamówieni|zakup)|đơn hàng (?:cuối|gần nhất))"
    r"|(?:最近|上次|末次|首次|累计|历史)(?:一次)?(?:下单|成交|订单|购买)|最終(?:購入|注文|受注)|(?:최근|최종|마지막)\s?(?:주문|구매)|آخر (?:طلب|شراء)",
    re.IGNORECASE,
)
#: What such a list says of a company, or of people it does not name.
_SAID_OF_PEOPLE = ((), ("job_title",))
BUYER_WORDS = re.compile(
    r"buyer|customer|client|visitors?(?! id)|访客|来访|观众|importer|debtor|(?<![^\W_])cust(?![^\W_])|purchasers?\b|distributor|dealer|reseller|wholesaler|prospects?\b|(?<![^\W_])leads?(?![^\W_])(?![\W_]*time)|客户|买家|采购商|进口商|バイヤー|바이어|顾客|kunde|comprador|покупат|клиент|заказчик|"
    r"acheteur|müşteri|klient|klant|pelanggan|pembeli|العميل|العملاء|عملاء|khách hàng",
    re.IGNORECASE,
)
SUPPLIER_WORDS = re.compile(
    r"supplier|vendor|exhibitor|factory|manufactur|供应商|厂|展商|工厂|仕入|공급|lieferant|proveedor|поставщик|"
    r"fournisseur|fornitore|fornecedor|tedarik|dostawc|leverancier|pemasok|المورد|nhà cung cấp|\bncc\b",
    re.IGNORECASE,
)
#: The whole name of a file or sheet that lists companies and nothing else.
_COMPANIES_NAME = re.compile(
    r"[\W\d_]*(?:suppliers?|vendors?|exhibitors?|manufacturers?|factories|customers?|clients?|buyers?|importers?|proveedores|"
    r"firms|partners|companies|dealers|distributors|distribuidores|revendedores|revendeurs|fournisseurs|fornitori|fornecedores|exposants|aussteller|expositores|espositori|firmen|firmy|"
    r"firmalar|entreprises|empresas|aziende|dostawcy|klienci|kontrahenci|clienti|müşteriler|tedarikçiler|"
    r"clientes|compradores|lieferanten|kunden|поставщики|покупатели|клиенты|компании|фирмы|организации|контрагенты|партнёры|партнеры|供应商|客户|买家|采购商|参展商|展商|企业|公司)"
    r"(?:[\W_]*(?:list|data|directory|名单|列表|名录|信息|资料|表))?[\W\d_]*(?:\.\w{2,4})?",
    re.IGNORECASE,
)
_COMPANY_LIST = re.compile(
    r"[\W\d_]*(?:company|firm|vendor|supplier|customer|client|member|dealer|exhibitor)[\W_]*(?:list|directory|data|master)[\W\d_]*(?:\.\w{2,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """The kind of such a list, how sure, and its mapping."""

    kind: str
    columns: tuple[ColumnMapping, ...]
    confidence: float = 0.4


def listed_companies(
    region: TableRegion, found: tuple[Evidence, ...], around: tuple[str, ...]
) -> Listed | None:
    """A short list in a file or sheet called after suppliers or buyers: its names are theirs.

    Or one whose names are companies' by their legal forms.
    """
    named = next((name for name in around if _is_of_companies(name)), None)
    most = _NARROW if named is None or _names_goods(region) else _WIDEST_CALLED
    if region.shape != "table" or len(region.headings) > most:
        return None
    if named is None and not _call_themselves_companies(region, found):
        return None
    kind = "buyers" if is_about_buyers(named or " ".join(around)) else "suppliers"
    columns = _map_companies(region, kind, found=found)
    if columns is None or _is_a_count(region, columns, found):
        return None
    return Listed(kind, columns)


def _is_a_count(
    region: TableRegion, columns: tuple[ColumnMapping, ...], found: tuple[Evidence, ...]
) -> bool:
    """Whether words without headings stand beside numbers: what there is how often, no companies."""
    if any(region.headings):
        return False
    named = next(found[c.index] for c in columns if "company" in c.fields)
    is_counted = any(seen.filled and seen.numbers >= 1 for seen in found)
    return is_counted and named.legal_names < MOSTLY_COMPANIES


def _call_themselves_companies(region: TableRegion, found: tuple[Evidence, ...]) -> bool:
    """Whether below a bare ``Name``, or no heading at all, most have a legal form."""
    return len(region.rows) >= _FEWEST_NAMES and any(
        found[place].legal_names >= _TELLING
        and (not any(region.headings) or _calls_a_name(region.heading_parts[place]))
        for place in _named_places(found)
    )


def are_buying(region: TableRegion) -> bool:
    """Whether a heading tells when or how much somebody bought, or what they were shown: it is those who buy."""
    return any(map(_BUYING.search, region.headings))


def _listed_people(region: TableRegion, found: tuple[Evidence, ...]) -> Listed | None:
    """A short list of mails or phones, of which no heading tells whose they are."""
    most = _NARROW if any(region.headings) else _WITHOUT_HEADINGS
    if region.shape != "table" or len(region.headings) > most or len(region.rows) < 2:
        return None
    columns = _map_people(region, found=found)
    return None if columns is None else Listed("contacts", columns)


def _listed_receivers(region: TableRegion, found: tuple[Evidence, ...]) -> Listed | None:
    """Shipments that tell nothing of who received them but the name."""
    columns = map_columns(region, "buyers", found=found)
    named = [region.headings[c.index] for c in columns if "company" in c.fields]
    if not (any(map(RECEIVED.search, named)) and is_of_shipments(region)):
        return None
    return Listed("buyers", columns, 0.5)


def is_of_parties(said: str) -> bool:
    """Whether those who sell or those who buy are named."""
    return bool(SUPPLIER_WORDS.search(said) or BUYER_WORDS.search(said))


def is_about_buyers(said: str) -> bool:
    """Whether more is said of those who buy than of those who sell."""
    return len(BUYER_WORDS.findall(said)) > len(SUPPLIER_WORDS.findall(said))


def listed_otherwise(region: TableRegion, found: tuple[Evidence, ...], said: str) -> Listed | None:
    """A list of people or companies of whom only the ways to reach them are told."""
    return (
        _listed_people(region, found)
        or _listed_receivers(region, found)
        or _listed_by_reach(region, found, said)
    )


def _listed_by_reach(region: TableRegion, found: tuple[Evidence, ...], said: str) -> Listed | None:
    """Those with a phone, a mail, a site and an address are companies, whatever their names are headed."""
    kind = "buyers" if is_about_buyers(said) else "suppliers"
    columns = map_columns(region, kind, found=found)
    fields = {field for column in columns if column.sample for field in column.fields}
    if region.shape != "table" or not any(region.headings) or {"company", "contact"} & fields:
        return None
    is_of_others = _names_goods(region) or is_of_fairs(region)
    if len(fields & _REACHED_BY) < _ENOUGH_WAYS or is_of_others:
        return None
    names = _named_places(found)
    free = [p for p in names if columns[p].fields in _SAID_OF_PEOPLE and region.headings[p]]
    mapped = _map_companies(region, kind, found=found, among=free[:1])
    return None if mapped is None else Listed(kind, mapped)


def _is_of_companies(name: str) -> bool:
    return bool(_COMPANIES_NAME.fullmatch(name) or _COMPANY_LIST.fullmatch(name))


def _names_goods(region: TableRegion) -> bool:
    """Whether a heading surely is one of goods; a bare ``Name`` may be anybody's."""
    heard = (meaning for parts in region.heading_parts for meaning in readings(parts)[:1])
    return any(meaning.field in _OF_GOODS and meaning.strength >= _SURE for meaning in heard)


def _named_places(found: Sequence[Evidence]) -> list[int]:
    """The columns with different words in nearly all rows, as names are."""
    return [
        place
        for place, seen in enumerate(found)
        if seen.filled
        and seen.distinct >= 0.8 * seen.filled
        and max(seen.numbers, seen.codes, seen.emails, seen.webs, seen.phones, seen.dates) < 0.5
    ]


def _map_companies(
    region: TableRegion,
    kind: str,
    *,
    found: tuple[Evidence, ...],
    among: Sequence[int] | None = None,
) -> tuple[ColumnMapping, ...] | None:
    """The mapping of a list known to be of companies, whose names no heading surely tells.

    The column headed ``Name`` holds them, else the one with the longest of different words, of
    those ``among`` which they are sought; ``None`` where there is no such column.
    """
    names = _named_places(found) if among is None else among
    if not names:
        return None
    headed = [place for place in names if _calls_a_name(region.heading_parts[place])]
    best = max(headed or names, key=lambda place: found[place].mean_length)
    columns = list(map_columns(region, kind, found=found))
    why = Message("mapping.why_stand_in")
    columns[best] = column_of(region, best, ("company",), 0.5, why)
    return tuple(columns)


def _calls_a_name(parts: tuple[str, ...]) -> bool:
    first = next(iter(readings(parts)), None)
    return first is not None and first.field in ("name", "company", "buyer")


def _map_people(
    region: TableRegion, *, found: tuple[Evidence, ...]
) -> tuple[ColumnMapping, ...] | None:
    """The mapping of a short list of mails or phones with the names of people beside them.

    ``None`` where there is no way to reach anybody, or nobody is named.
    """
    are_reached = any(max(seen.emails, seen.mobiles, seen.real_phones) >= NAMED for seen in found)
    if not are_reached:
        return _map_bare_names(region, found)
    columns = list(map_columns(region, "contacts", found=found))
    if any("contact" in column.fields for column in columns):
        return tuple(columns)
    free = (p for p, column in enumerate(columns) if not column.fields and found[p].filled)
    named = next((p for p in free if found[p].full_names >= NAMED), None)
    if named is None:
        return None
    why = Message("mapping.why_stand_in")
    columns[named] = column_of(region, named, ("contact",), 0.5, why)
    return tuple(columns)


def _map_bare_names(
    region: TableRegion, found: tuple[Evidence, ...]
) -> tuple[ColumnMapping, ...] | None:
    """The mapping of a list of names and hardly more, which are surely people's: ``Foster, Jeovanni``."""
    is_priced = any(seen.filled and max(seen.prices, seen.currencies) >= NAMED for seen in found)
    if is_priced or _names_goods(region) or len(region.rows) < _FEWEST_NAMES:
        return None
    named = next((p for p in _named_places(found) if _are_of_people(region, p, found[p])), None)
    if named is None:
        return None
    columns = list(map_columns(region, "contacts", found=found))
    why = Message("mapping.why_stand_in")
    columns[named] = column_of(region, named, ("contact",), 0.5, why)
    return tuple(columns)


def _are_of_people(region: TableRegion, place: int, seen: Evidence) -> bool:
    parts = region.heading_parts[place]
    said = next(iter(readings(parts)), None)
    if said is not None and said.field == "contact" and said.strength >= _SURE:
        return max(seen.person_names, seen.full_names) >= NAMED
    is_open = not any(parts) or (said is not None and said.field in _HEADED)
    if not is_open or seen.person_names < NAMED or seen.mean_length < _SHORTEST_NAME:
        return False
    if seen.countries >= _SOME_PLACES:
        return False  # ``Paris, France``
    parted = [text.split(",") for row in region.rows if "," in (text := text_of(row[place]))]
    # ``Bolt, Hex``, ``Bolt, Carriage``: of goods many begin alike, and of towns many end so.
    families, others = ({part[end].strip() for part in parted} for end in (0, -1))
    if not parted:
        return True
    return len(families) >= _MOSTLY * len(parted) and len(others) > _TELLING * len(parted)
