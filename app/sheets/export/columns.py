"""Owns which columns an exported list has, and the headings by which the importer knows them.

Must not read the book or write files.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.kernel.language import Catalogue, catalogue
from app.sheets.grid import Picture
from app.sheets.headings import heading_tier, readings
from app.sheets.mapping.evidence import by_values, evidence_of
from app.sheets.targets import TARGETS

#: A row of an export: the values by field; custom fields by ``custom:`` and their heading.
ExportRow = dict[str, object]
CUSTOM_PREFIX = "custom:"
#: Before the heading of a custom field that would read as a field of its own.
CUSTOM_MARKS: Mapping[str, str] = {"en": "Custom: ", "zh_CN": "自定义："}

_PARTY = """company company_en company_short country province city contact job_title department mobile
    phone email wechat whatsapp qq skype linkedin im fax web address address_2 postal_code booth hall
    fair phase main_products business_type certificates uscc tax_number export_markets established employees
    factory_area_m2 registered_capital payment currency grade source first_contact_on next_action
    next_action_on tags remark picture aliases roles certificate_no certificate_issuer
    certificate_issued_on certificate_expires_on company_code region annual_turnover bank_account exhibition_area latitude longitude
    status serial description brand destination moq lead_time price incoterm origin"""
_FIELDS = {
    "supplier": _PARTY,
    "buyer": _PARTY,
    "contact": "company company_en contact job_title department mobile phone email wechat whatsapp qq"
    " skype linkedin im fax country city",
    "product": """picture company item_no product product_en category category_2 category_3 description
    specification material size colour brand model unit moq price_tier price currency incoterm
    vat_included vat_rate priced_on valid_until lead_time packing pcs_per_carton carton_size cbm
    net_weight gross_weight hs_code barcode origin remark style_no customer_item_no supplier_item_no
    colour_code qty_20gp qty_40gp qty_40hq weight inner_pack warranty shelf_life loading_port stock
    rebate_rate markup sample_time status inquiry_no needed_on product_short payment quantity
    company_code certificates sell_price list_price amount sample_fee mould_fee""",
    "inquiry": """inquiry_no inquired_on buyer product specification quantity unit target_price
    currency incoterm destination needed_on source next_action remark""",
}
#: What stands in every sheet of a kind, also where no row has it.
_ALWAYS = {
    "supplier": "company",
    "buyer": "company",
    "contact": "contact company",
    "product": "company item_no product price currency",
    "inquiry": "inquiry_no buyer product quantity unit",
}
KINDS = tuple(_FIELDS)
#: Columns of an empty template: what people usually know.
TEMPLATE_FIELDS = {
    kind: tuple(key for key in fields.split() if key in wanted.split())
    for kind, fields, wanted in (
        (
            kind,
            _FIELDS[kind],
            {
                "supplier": _PARTY.partition("picture")[0],
                "buyer": _PARTY.partition("picture")[0],
                "contact": _FIELDS["contact"],
                "product": _FIELDS["product"].partition("style_no")[0],
                "inquiry": _FIELDS["inquiry"],
            }[kind],
        )
        for kind in _FIELDS
    )
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


def export_table(kind: str, rows: Sequence[ExportRow], *, language: str) -> ExportTable:
    """The table of ``rows``; a column in which no row has a value is left out."""
    used = {key for row in rows for key, value in row.items() if value not in (None, "", ())}
    used |= set(_ALWAYS[kind].split())
    words = catalogue(language)
    columns = [
        ExportColumn(key, heading(kind, key, language))
        for key in _FIELDS[kind].split()
        if key in used
    ]
    custom = sorted(key for key in used if key.startswith(CUSTOM_PREFIX))
    columns += [ExportColumn(key, _custom_heading(key, rows, language)) for key in custom]
    return ExportTable(kind, _title(words, kind), tuple(columns), rows, language)


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


def _custom_heading(key: str, rows: Iterable[ExportRow], language: str) -> str:
    name = key.removeprefix(CUSTOM_PREFIX)
    found = by_values(evidence_of(str(row[key]) for row in rows if row.get(key)))
    is_mistaken = bool(found or readings((name,)) or heading_tier((name,)))
    return CUSTOM_MARKS[language] + name if is_mistaken else name


def pictures_of(row: ExportRow) -> tuple[Picture, ...]:
    """The pictures of a row."""
    found = row.get("picture")
    return found if isinstance(found, tuple) else ()


#: Fields whose name alone the importer would take for another one; see ``export.heading``.
_SPECIAL = frozenset(
    [
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
