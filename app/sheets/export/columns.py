"""Owns which columns an exported list has, and the headings by which the importer knows them.

Must not read the book or write files.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.kernel.language import Catalogue, catalogue
from app.sheets.entries import guarded, unguarded
from app.sheets.grid import Picture
from app.sheets.own_numbers import marked
from app.sheets.targets import TARGETS

#: A row of an export: the values by field; custom fields by ``custom:`` and their heading.
ExportRow = dict[str, object]
CUSTOM_PREFIX = "custom:"
#: Before the heading of a custom field that would read as a field of its own.
CUSTOM_MARKS: Mapping[str, str] = {"en": "Custom: ", "zh_CN": "自定义："}
_MARKS = tuple(CUSTOM_MARKS.values())

#: What people usually know of a company: the columns of an empty sheet.
_USUAL = """company company_en company_short country province city contact job_title department mobile
    phone email wechat whatsapp qq skype linkedin im fax web address address_2 postal_code booth hall
    fair phase main_products business_type certificates uscc tax_number export_markets established employees
    factory_area_m2 registered_capital payment currency grade source first_contact_on next_action
    next_action_on tags remark"""
_PARTY = """company company_en company_short country province city contact contact_en job_title
    department mobile phone email wechat whatsapp qq skype linkedin im fax contact_language
    contact_primary contact_notes company_phone company_fax web address address_kind address_city address_province postal_code
    address_country booth hall fair edition phase main_products business_type certificates uscc
    tax_number export_markets established employees factory_area_m2 registered_capital payment currency
    grade source first_contact_on next_action next_action_on tags remark picture aliases roles
    certificate_no certificate_issuer certificate_issued_on certificate_expires_on
    contact_no company_no"""
_PRODUCT = """picture company item_no product product_en category category_2 category_3 description
    {specification} material size colour brand model unit moq {tier} price {price_unit} currency incoterm
    vat_included vat_rate priced_on valid_until lead_time packing pcs_per_carton carton_size cbm
    net_weight gross_weight hs_code barcode origin remark"""
_INQUIRY = """inquiry_no inquired_on buyer product specification quantity {text} unit target_price
    currency incoterm destination needed_on source next_action remark"""
_OFFER = """inquiry_no company serial item_no product specification unit moq quantity_from price
    currency incoterm vat_included vat_rate priced_on valid_until lead_time payment packing
    pcs_per_carton cbm gross_weight remark company_no record_no"""
_CONTACT = """company company_en contact {contact_en} job_title department mobile phone email wechat
    whatsapp qq skype linkedin im fax {language} country {city}"""
_FIELDS = {
    kind: tuple(fields.split())
    for kind, fields in {
        "supplier": _PARTY,
        "buyer": _PARTY,
        "contact": _CONTACT.format(contact_en="contact_en", language="contact_language", city="")
        + " contact_primary contact_notes company_no contact_no",
        "product": _PRODUCT.format(
            specification="", tier="quantity_from quantity_to", price_unit="price_unit"
        )
        + """ tags certificates certificate_no certificate_issuer certificate_issued_on
        certificate_expires_on carton_length carton_width carton_height product_notes company_no
        record_no""",
        "inquiry": _INQUIRY.format(text="quantity_text") + " company_no record_no",
        "offer": _OFFER,
    }.items()
}
#: What stands in every sheet of a kind, also where no row has it; the last tells whose list it is.
_ALWAYS = {
    "supplier": "company company_no",
    "buyer": "company company_no",
    "contact": "contact company contact_no",
    "product": "company item_no product price currency record_no",
    "inquiry": "inquiry_no buyer product quantity unit record_no",
    "offer": "company product quantity_from price currency record_no",
}
KINDS = tuple(_FIELDS)
TEMPLATE_FIELDS = {
    "supplier": tuple(_USUAL.split()),
    "buyer": tuple(_USUAL.split()),
    "contact": tuple(_CONTACT.format(contact_en="", language="", city="city").split()),
    "product": tuple(
        _PRODUCT.format(specification="specification", tier="price_tier", price_unit="").split()
    ),
    "inquiry": tuple(_INQUIRY.format(text="").split()),
}


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: its field (or ``custom:`` and the heading) and what stands above it."""

    key: str
    heading: str


@dataclass(frozen=True, slots=True)
class ExportTable:
    """A list ready to be written: its name, columns and rows; pictures lie under ``picture``."""

    kind: str
    title: str
    columns: tuple[ExportColumn, ...]
    rows: Sequence[ExportRow] = field(repr=False)
    language: str


def export_table(
    kind: str, rows: Iterable[ExportRow], *, language: str, book_id: str
) -> ExportTable:
    """The table of ``rows`` of a book; a column in which no row has a value is left out."""
    rows = [marked(row, book_id) for row in rows]
    used = {key for row in rows for key, value in row.items() if value not in (None, "", ())}
    used |= set(_ALWAYS[kind].split())
    columns = [
        ExportColumn(key, heading(kind, key, language)) for key in _FIELDS[kind] if key in used
    ]
    custom = sorted(key for key in used if key.startswith(CUSTOM_PREFIX))
    columns += [ExportColumn(key, _custom_heading(kind, key, language)) for key in custom]
    return ExportTable(kind, _title(catalogue(language), kind), tuple(columns), rows, language)


def template_table(kind: str, *, language: str) -> ExportTable:
    """The columns of an empty sheet to fill in."""
    columns = [ExportColumn(key, heading(kind, key, language)) for key in TEMPLATE_FIELDS[kind]]
    return ExportTable(kind, _title(catalogue(language), kind), tuple(columns), (), language)


def _title(words: Catalogue, kind: str) -> str:
    return words.say(f"export.title.{kind}")


@functools.cache
def heading(kind: str, key: str, language: str) -> str:
    """The heading of a field: its own in exports where it needs one, else the field's name."""
    words = catalogue(language)
    for special in (f"{kind}_{key}", key):
        if special in _SPECIAL:
            return words.say(f"export.heading.{special}")
    return words.text(TARGETS[key].label)


def _custom_heading(kind: str, key: str, language: str) -> str:
    """A custom field's own name, marked where it reads as a field; a field's where it is kept as one."""
    name = key.removeprefix(CUSTOM_PREFIX)
    known = headings(kind, language)
    if name in TARGETS and known.get(own := heading(kind, name, language)) == key:
        return own
    is_mistaken = name in known or name in signatures() or name.startswith(_MARKS)
    return guarded(CUSTOM_MARKS[language] + name if is_mistaken else name)


def custom_name(heading: str) -> str:
    """The name of the custom field under a heading."""
    name = unguarded(heading)
    return name.removeprefix(next(filter(name.startswith, _MARKS), ""))


@functools.cache
def headings(kind: str, language: str) -> Mapping[str, str]:
    """Heading → field, of all that an exported list can have; fields it keeps as custom ones too."""
    others = (key for key in TARGETS if key not in _FIELDS[kind])
    found = {heading(kind, key, language): CUSTOM_PREFIX + key for key in others}
    return found | {heading(kind, key, language): key for key in _FIELDS[kind]}


@functools.cache
def signatures() -> Mapping[str, tuple[str, str]]:
    """Heading → kind and language of the lists that have it; no other program writes these."""
    return {
        heading(kind, _ALWAYS[kind].rpartition(" ")[2], language): (kind, language)
        for language in CUSTOM_MARKS
        for kind in KINDS
    }


def pictures_of(row: ExportRow) -> tuple[Picture, ...]:
    """The pictures of a row."""
    found = row.get("picture")
    return found if isinstance(found, tuple) else ()


#: Fields whose name alone the importer would take for another one; see ``export.heading``.
_SPECIAL = frozenset(
    [
        "supplier_company_no",
        "buyer_company_no",
        "contact_contact_no",
        "product_record_no",
        "inquiry_record_no",
        "offer_record_no",
        "offer_company",
        "supplier_company",
        "buyer_company",
        "buyer_company_code",
        "contact_company",
        "contact_contact",
        "product_company",
        "company_en",
        "address_2",
        "product_en",
        "product_short",
        "category_2",
        "category_3",
        "company_code",
        "customer_item_no",
        "supplier_item_no",
        "price_tier",
        "needed_on",
        "inquired_on",
        "priced_on",
        "im",
        "fair",
        "annual_turnover",
        "export_markets",
        "warranty",
        "style_no",
        "colour_code",
        "unit",
        "latitude",
        "longitude",
        "markup",
        "first_contact_on",
        "next_action_on",
        "tax_number",
        "aliases",
        "roles",
        "certificate_no",
        "certificate_issuer",
        "certificate_issued_on",
        "certificate_expires_on",
        "carton_size",
        "net_weight",
        "gross_weight",
        "cbm",
    ]
)
