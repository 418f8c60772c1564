"""Owns what a heading's word is worth in its table: less or more, or another field, for what stands
beside it and below it.

Must not read headings; the lexicon has said already what the word can mean.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from app.kernel.text import has_han
from app.sheets.cells.contacts import read_person
from app.sheets.headings import BARE_TYPES, garment_sizes
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty, text_of
from app.sheets.lexicon import Meaning
from app.sheets.mapping.cell_meanings import TOLD_BY_CELLS, told_by_cells
from app.sheets.mapping.evidence import Evidence
from app.sheets.mapping.roles import BARE_ROLES, field_of_roles
from app.sheets.mapping.stand_ins import NAMED
from app.sheets.phrases import heading_key
from app.sheets.targets import TARGETS, Kind

#: A bare name, over names as people have them, is no company's beside a column that says ``Company``.
_BARE_NAMES = frozenset(["name", "nombre", "nom", "nome"])
_LESS_FOR_NAMES = 0.8
#: What a company is called comes before what the register calls it, where a list has both.
_LEGAL_NAMES = frozenset(["legal name", "legal entity name", "registered name"])
#: A register writes the whole name of each company under it, a list of people theirs.
_WHOLE_NAMES = frozenset(
    ["full name", "fullname", "volledige naam", "nom complet", "nome completo"]
)
#: A bare ``Total`` is the amount of a line, but beside ``Amount`` something else's.
_BARE_TOTAL = "total"
#: Beside first and last names, or a company, a bare ``Title`` is what people are there, or ``Ms.``, and no name.
_BARE_TITLE = "title"
_LESS_FOR_A_TITLE = 0.5
#: Who heads a company is a person there, but not the one to turn to where that one is named, too.
_HEADS = frozenset(
    [
        "대표자", "대표", "대표자명", "代表者", "代表者名", "法人", "法定代表人", "法人代表", "директор", "руководитель",
        "генеральныи директор", "representante legal", "gerant", "geschaftsfuhrer",
    ]
)  # fmt: skip
#: Words that stand for these fields only where no other column does, and what they are worth beside one.
_SECOND = {"contact": (_HEADS, 0.95), "company": (_LEGAL_NAMES, 0.93)}
#: What is a first name beside a last one: Turkish ``Ad`` beside ``Soyad``.
_CALLED = re.compile(
    r"(?:musteri |contact |customer )?(?:adi?|isim|imie|имя|name|nombres?|nome|nom|prenume)"
)
#: And what is the last name beside a first one: French ``Nom`` beside ``Prénom``, German ``Name``.
_FAMILY = frozenset(["name", "nom", "nume"])
_NAMED = frozenset(["company", "contact", "buyer"])
#: The picture of each variant rather than the one of its group.
_VARIANT = re.compile(r"variant|\bsku\b|变体|规格", re.IGNORECASE)
_MORE_FOR_VARIANTS = 0.02
_MOSTLY = 0.9
_LOOKED_AT = 200
#: What only a list of components has: its ``Value`` is 10k or 100nF, no money.
_OF_COMPONENTS = re.compile(
    r"designators?|foot\s?print|ref(?:erence)?s?\.?\s*(?:des(?:ignators?)?)?|parts?|位号|封装|元件|comment",
    re.IGNORECASE,
)
_VALUES = frozenset(
    ["value", "values", "val", "值", "参数值", "valor", "wert", "valeur", "значение", "номинал"]
)
_PLAIN = re.compile(r"\d[\d.,' ]*")
_UNIT_OR_FIRM = "单位"
#: A company that buys, and what is the person there beside it.
_BUYING_COMPANY = re.compile(
    r"(?:buyer|customer|client|importer)s? (?:company|organi[sz]ation)(?: name)?|(?:买家|客户|采购商)公司(?:名称)?"
)
_BUYER = re.compile(
    r"(?:buyer|customer|client|importer)s?(?: (?:full )?name)?|(?:买家|客户|采购商)(?:姓名|名称)?"
)
_SOME_FIRMS = 0.3
#: What may hold the name of somebody beside their phone and mail.
_DETAILS = frozenset(
    [
        "contact details", "contact detail", "contact info", "contact information", "联系方式", "联系信息", "連絡先", "연락처",
        "kontaktdaten", "datos de contacto", "contatos", "contatti", "coordonnees", "контактные данные", "контакты",
    ]
)  # fmt: skip
#: In French where people work in their company, elsewhere what the company does.
_SERVICE = "service"
_TOLD_OF_PEOPLE = frozenset(["first_name", "last_name", "job_title"])
#: Over names these are people's; over nothing the cards lie there as pictures.
_CARDS = frozenset(["name card", "business card", "visiting card", "名片"])
#: Where a street or a quarter has a column of its own, a number is the house's and counts no lines.
_OF_A_STREET = re.compile(r"logradouro|rua|bairro|calle|colonia|strasse|straße", re.IGNORECASE)
_HOUSE_NUMBER = frozenset(["numero", "número", "num", "nº", "nro", "nr", "no", "number"])
#: Where provinces, districts or towns have columns of their own ``Departamento`` is a part of the land.
_OF_A_LAND = frozenset(["departamento", "departement"])
_PART_OF_A_LAND = re.compile(r"provincia|distrito|municipio|ciudad|commune|ville|localidad")
#: Where a shop keeps the goods, which sorts them less than their category; among people where they work.
OF_A_SHOP = frozenset(["department", "departamento", "abteilung", "reparto"])
_LESS_FOR_A_SHOP = 0.9
#: ``Location`` over Ningbo, Zhejiang is an address, over A-12 a shelf or a booth.
LOCATION = "location"
#: What such words are worth.
_LESS_FOR_WORD = {_BARE_TOTAL: 0.95, LOCATION: 0.8}
#: When goods expire, which a quotation does, too: where a store counts its batches it is the goods'.
_EXPIRY = re.compile(
    r"(?:product |item )?(?:exp(?:iry|iration|ires|iring|ired)?|valid(?:ade|ity)|vencimiento|venc|caducidad|scadenza|échéance|skt)"
    r"(?: (?:date|on|dt))?|(?:fecha(?: de)? |data(?: de)? |date d(?:e )?)(?:vencimiento|caducidad|validade|vencimento|expiration|peremption|scadenza)"
)
_OF_A_STORE = re.compile(
    r"(?:batch|lot|lote|lotto|charge|серия|партия|批号|批次)(?: ?(?:no|number|nr|n|#|num|numero|code|id))?|(?:units|qty|pcs|cases) (?:per|in) (?:box|case|carton)|"
    r"(?:current |available |closing |opening )?(?:stock|inventory)(?: qty| quantity| on hand)?|(?:qty )?on hand|existencias?|estoque|bestand|остаток|stok|库存(?:数量)?"
)
_SHORTEST_PLACE = 9.0
#: Words of fewer characters on average are no towns: ``On, Off``.
_SHORTEST_TOWN = 4.5
#: What only a feed of goods for advertisements has: its ``id`` is the article's, and counts no lines.
_OF_A_FEED = re.compile(r"image link|item group id|google product category|availability")
_ID = "id"
_OF_FEEDS = 0.6
_OF_TYPES = 0.5
_MOST_TYPES = 0.6
_SHORTEST_SORT = 6
#: What programs of shops call the sort of their records: it tells nothing of the goods.
_SORTS_OF_RECORDS = frozenset(
    [
        "simple",
        "variable",
        "variation",
        "grouped",
        "external",
        "virtual",
        "configurable",
        "bundle",
        "product",
        "products",
        "goods",
        "service",
        "item",
        "physical",
        "digital",
        "storable",
        "consumable",
        "inventory",
        "stock",
        "consu",
        "default",
        "standard",
    ]
)
#: From this strength on a reading covers the whole heading.
_WHOLE = 0.75
_SEVERAL = 5
#: What stands over the pieces of all sizes.
_SUM = re.compile(
    r"totals?|ttl|sum|sub ?total|gesamt|summe|suma|somme|итого|всего|合计|总计|小计|総計|합계|計"
)
#: Yes and no, or 1 and 0.
_ANSWERS = 2
_LONGEST_ANSWER = 4.0
#: A number that somebody pays taxes under is longer.
_SHORTEST_NUMBER = 8.0
#: Where a part stands on a board: ``C3,C7,C6``, ``R1-R4``; and the parts that a board has.
_DESIGNATORS = re.compile(r"[A-Z]{1,4}\d{1,4}[A-Z]?(?:[\s,;、~-]+[A-Z]{1,4}\d{1,4}[A-Z]?)*\W*")
_KINDS_OF_PARTS = re.compile(r"[CRULDQJ](?=\d)")
_FEWEST_KINDS = 3
_LOOKED_AT_PARTS = 60


@dataclass(frozen=True, slots=True)
class Beside:
    """What the columns of a table say together: whom it names, what it lists, how it tells places."""

    names_companies: bool
    names_buying_companies: bool
    names_people: bool
    names_employers: bool
    lacks_first_names: bool
    lacks_last_names: bool
    #: The column of places on a board, where there is one.
    designated: int | None
    lists_components: bool
    parts_addresses: bool
    is_feed: bool
    parts_a_land: bool
    names_provinces: bool
    #: Whether companies are listed, and nothing of what people there do.
    offers_services: bool
    names_contacts: bool
    #: Whether batches or what lies in a store are told: goods expire there, no prices.
    counts_a_store: bool
    #: Whether each size of a garment has a column for its pieces.
    counts_sizes: bool
    #: Whether prices are told that may go by the quantity.
    has_steps: bool


def beside(region: TableRegion, rules: Kind, said: Set[str]) -> Beside:
    """What the headings of ``region`` say together; ``said`` are the fields they surely mean."""
    keys = [heading_key(heading) for heading in region.headings]
    designated = designated_at(region)
    return Beside(
        names_companies=rules.readings.get("name") == "company" and "company" in said,
        names_buying_companies=any(map(_BUYING_COMPANY.fullmatch, keys)),
        names_people={"first_name", "last_name"} <= said,
        names_employers="company" in said,
        lacks_first_names="last_name" in said and "first_name" not in said,
        lacks_last_names="first_name" in said and "last_name" not in said,
        designated=designated,
        lists_components=designated is not None
        or any(map(_OF_COMPONENTS.fullmatch, region.headings)),
        parts_addresses=any(map(_OF_A_STREET.fullmatch, region.headings)),
        is_feed=any(map(_OF_A_FEED.fullmatch, keys)),
        parts_a_land=any(map(_PART_OF_A_LAND.fullmatch, keys)),
        names_provinces="province" in said,
        names_contacts=bool(said & {"contact", "first_name", "last_name"}),
        offers_services=lists_parties(rules) and not said & _TOLD_OF_PEOPLE,
        counts_a_store=any(map(_OF_A_STORE.fullmatch, keys)),
        counts_sizes=bool(garment_sizes(region.heading_parts)),
        has_steps="price_tier" in rules.fields and "price" in said,
    )


def weighed(
    reading: tuple[str, float, str],
    beside: Beside,
    *,
    region: TableRegion,
    place: int,
    found: Evidence,
) -> tuple[str, float]:
    """Field and score of a ``reading`` (field, score, word) of the column at ``place``."""
    field, score, phrase = reading
    word = heading_key(phrase)
    if beside.names_companies and word in _BARE_NAMES and found.full_names >= NAMED:
        score *= _LESS_FOR_NAMES
    field = _person_or_company(field, word, beside, found)
    field = _told_by_cells(field, word, beside, region, place)
    is_employed = beside.names_people or beside.names_employers
    if is_employed and word == _BARE_TITLE and field in ("contact", "company"):
        score *= _LESS_FOR_A_TITLE
    second, less = _SECOND.get(field, (frozenset(), 1.0))
    score *= less if word in second else 1.0
    field = _beside_others(field, word, beside)
    if _is_of_others(field, word, beside, place):
        score = 0.0
    if field == "inquiry_no" and beside.lists_components and found.codes >= _MOSTLY:
        field = "item_no"  # ``Order No.`` of a part is what its maker sells it by.
    if beside.is_feed and field == "serial" and word == _ID:
        field, score = "item_no", _OF_FEEDS
    if field == "category" and word in BARE_TYPES:
        score *= _OF_TYPES if _sorts_goods(region, place) else 0.0
    if field == "category" and word in OF_A_SHOP:
        score *= _LESS_FOR_A_SHOP
    if word == LOCATION:
        field = "city" if found.mean_length < _SHORTEST_PLACE else field
    if field in TOLD_BY_CELLS:
        field = told_by_cells(field, word, region, place, has_steps=beside.has_steps)
        score *= bool(field)
    score *= _LESS_FOR_WORD.get(word, 1.0)
    if field == "picture" and _is_of_each_variant(region, place):
        score += _MORE_FOR_VARIANTS
    if beside.lists_components and word in _VALUES and _are_of_parts(region, place, found):
        field = "specification"
    return field, score


def _is_of_others(field: str, word: str, beside: Beside, place: int) -> bool:
    """Whether the columns beside say that a word means something that has no field."""
    if beside.names_people and word == "owner" and field in ("contact", "company"):
        return True  # Who of us keeps the record.
    if field == "valid_until" and beside.counts_a_store and _EXPIRY.fullmatch(word):
        return True
    is_house = beside.parts_addresses and field == "serial" and word in _HOUSE_NUMBER
    return is_house or (field == "item_no" and place == beside.designated)


def _person_or_company(field: str, word: str, beside: Beside, found: Evidence) -> str:
    """``Customer`` beside a company of theirs is a person, a whole name over firms a company's."""
    are_firms = found.legal_names >= _SOME_FIRMS
    if beside.names_buying_companies and field in ("company", "buyer"):
        return "contact" if not are_firms and _BUYER.fullmatch(word) else field
    return "company" if field == "contact" and word in _WHOLE_NAMES and are_firms else field


def _beside_others(field: str, word: str, beside: Beside) -> str:
    """What a word means beside columns that tell the other half: a part of the land, a first name."""
    if field == "amount" and beside.counts_sizes and _SUM.fullmatch(word):
        return "quantity"
    if field == "department" and word in _OF_A_LAND and beside.parts_a_land:
        return "region" if beside.names_provinces else "province"
    if field == "department" and word == _SERVICE and beside.offers_services:
        return "main_products"
    if field not in _NAMED or not _CALLED.fullmatch(word):
        return field
    if beside.lacks_last_names and word in _FAMILY:
        return "last_name"
    return "first_name" if beside.lacks_first_names else field


def is_out_of_place(
    meaning: Meaning, field: str, rules: Kind, *, found: Evidence, is_asked: bool
) -> bool:
    """Whether the values, or their want, leave nothing of a meaning.

    ``In stock?`` over 1 and 0 is answered with yes and no: that counts nothing. And nothing below
    单位 says that it is a company's: then goods are counted in it.
    """
    if field == "company_code" and found.distinct == 1 and found.filled >= _SEVERAL:
        return True  # One number for all of them is somebody else's: our own in another program.
    if heading_key(meaning.phrase) in _CARDS and _is_no_card(field, found):
        return True
    if field == "moq" and found.prices >= _MOSTLY:
        return True  # ``$250`` is the least to be spent.
    if field == "tax_number" and found.numbers >= _MOSTLY and found.mean_length < _SHORTEST_NUMBER:
        return True  # ``GST`` over 270.5 is the tax itself.
    if field == "follow_up" and found.dates >= _MOSTLY:
        return True  # The day of the last one tells nothing of what was said.
    if field == "shelf_life" and found.dates >= _MOSTLY:
        return True  # The day on which a batch goes off is not how long goods keep.
    if field == "first_contact_on" and meaning.strength < _WHOLE:
        return True  # ``Licensure Date`` is another day.
    if meaning.field == "cost" and meaning.strength < _WHOLE and lists_parties(rules):
        return True  # ``Typical Job Cost`` is no price of the company's.
    if field == "category" and heading_key(meaning.phrase) in BARE_TYPES:
        are_few = found.distinct <= _MOST_TYPES * found.filled
        return not (are_few and max(found.codes, found.numbers) < _SOME_FIRMS)
    if field == "address" and heading_key(meaning.phrase) == LOCATION:
        is_named = meaning.strength >= _WHOLE and lists_parties(rules)
        return not (is_named and _are_places(found))
    longest = _LONGEST_ANSWER if found.numbers < _MOSTLY else 1
    is_answered = found.distinct <= _ANSWERS and found.mean_length <= longest
    if is_asked and is_answered and TARGETS[field].reader == "quantity":
        return True
    is_firm = meaning.phrase == _UNIT_OR_FIRM and field in ("company", "buyer")
    return is_firm and not found.filled and "unit" in rules.fields


def _told_by_cells(field: str, word: str, beside: Beside, region: TableRegion, place: int) -> str:
    """What ``Role`` and ``Contact details`` hold is told by their cells alone."""
    if field == "job_title" and word in BARE_ROLES:
        return field_of_roles(region, place)
    may_name = field == "phone" and word in _DETAILS and not beside.names_contacts
    return "contact" if may_name and _tell_of_people(region, place) else field


def _tell_of_people(region: TableRegion, place: int) -> bool:
    """Whether names stand among the phones and mails of a column, in most of its first rows."""
    texts = [text for row in region.rows[:_LOOKED_AT_PARTS] if (text := text_of(row[place]))]
    names = (read_person(text)[0] for text in texts)
    named = sum(any(c.isalpha() for c in name) for name in names)
    return bool(texts) and named >= NAMED * len(texts)


def _is_no_card(field: str, found: Evidence) -> bool:
    are_pictures = not found.filled or found.pictures >= NAMED
    others = max(found.answers, found.codes, found.numbers)
    return not are_pictures if field == "picture" else are_pictures or others >= NAMED


def designated_at(region: TableRegion) -> int | None:
    """The column that tells where on a board each part stands; ``None`` where no parts are listed."""
    rows = region.rows[:_LOOKED_AT_PARTS]
    for place in range(len(region.headings)):
        said = [text for row in rows if (text := text_of(row[place]).strip())]
        if not any(map(_DESIGNATORS.fullmatch, said[:_FEWEST_KINDS])):
            continue
        places = sum(bool(_DESIGNATORS.fullmatch(text)) for text in said)
        kinds = {text[:1] for text in said if _KINDS_OF_PARTS.match(text)}
        if places >= _MOSTLY * len(said) and len(kinds) >= _FEWEST_KINDS:
            return place
    return None


def lists_parties(rules: Kind) -> bool:
    """Whether a bare ``Name`` is a company's or a person's in a list of this kind."""
    return rules.readings.get("name") in ("company", "contact")


def _sorts_goods(region: TableRegion, place: int) -> bool:
    """Whether a type is one of goods, and not of the records of a shop's program."""
    said = {text_of(row[place]).strip() for row in region.rows[:_LOOKED_AT]} - {""}
    word = min(said, default="")
    if len(said) == 1 and len(word) < _SHORTEST_SORT and not (has_han(word) or word[1:].islower()):
        return False  # ``AEEB`` is a maker's type, ``Tote`` and ``Nightstand`` what they all are.
    return bool({word.lower() for word in said} - _SORTS_OF_RECORDS)


def _are_places(found: Evidence) -> bool:
    others = max(found.codes, found.numbers, found.booths, found.webs)
    are_long = found.mean_length >= _SHORTEST_PLACE
    are_towns = found.digits == 0 and found.mean_length >= _SHORTEST_TOWN
    return others < _SOME_FIRMS and found.countries < NAMED and (are_long or are_towns)


def _are_of_parts(region: TableRegion, place: int, found: Evidence) -> bool:
    """Whether values such as ``10k`` stand there; an invoice with a ``Reference`` has money there."""
    texts = (text_of(row[place]).strip() for row in region.rows)
    return found.prices < _MOSTLY and any(text and not _PLAIN.fullmatch(text) for text in texts)


def _is_of_each_variant(region: TableRegion, place: int) -> bool:
    """Whether nearly every row has a picture of its own, besides the one of its group."""
    filled = sum(not is_empty(row[place]) for row in region.rows)
    return filled >= _MOSTLY * len(region.rows) and bool(_VARIANT.search(region.headings[place]))
