"""Owns what a sheet can bring in: for each kind its fields, how a cell of each is read, what is needed.

Must not know headings (the lexicon does) or records of the book (the import does).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.kernel.messages import Message


@dataclass(frozen=True, slots=True)
class Target:
    """A field that columns can be mapped to; ``reader`` names how its cells are read.

    ``many`` fields hold a tuple of values: several columns, or several values in a cell.
    """

    key: str
    reader: str = "text"
    many: bool = False

    @property
    def label(self) -> Message:
        """The field's name for people."""
        return Message(f"mapping.field.{self.key}")


def _targets(reader: str, keys: str, *, many: bool = False) -> dict[str, Target]:
    return {key: Target(key, reader, many) for key in keys.split()}


#: Every field by its key.
TARGETS: Mapping[str, Target] = {
    **_targets(
        "text",
        """company company_en company_short buyer salutation first_name last_name job_title department
        skype linkedin im address address_2 city province region exhibition_area phase fair
        business_type employees factory_area_m2 registered_capital established annual_turnover
        export_markets bank_account grade source follow_up next_action status
        product product_en product_short description specification model material size colour
        category category_2 category_3 brand payment packing loading_port destination
        offer warranty shelf_life hall certificate_issuer""",
    ),
    **_targets("text", "remark", many=True),
    # Of lists that this program wrote; no column of another sheet is taken for one of these.
    **_targets(
        "text",
        """contact_en contact_language edition address_kind address_city address_province
        address_country price_unit quantity_text company_no contact_no record_no""",
    ),
    **_targets("phones", "company_phone company_fax", many=True),
    **_targets("number", "quantity_from quantity_to carton_length carton_width carton_height"),
    **_targets("flag", "contact_primary"),
    **_targets("list", "contact_notes product_notes", many=True),
    **_targets("list", "main_products certificates tags roles", many=True),
    **_targets(
        "code",
        """company_code item_no style_no customer_item_no supplier_item_no colour_code postal_code
        inquiry_no serial wechat whatsapp qq tax_number certificate_no""",
    ),
    **_targets("person", "contact"),
    **_targets("names", "aliases", many=True),
    **_targets("phones", "mobile phone fax", many=True),
    **_targets("emails", "email", many=True),
    **_targets("webs", "web", many=True),
    **_targets("social", "social", many=True),
    **_targets("booths", "booth", many=True),
    **_targets("country", "country origin"),
    **_targets("uscc", "uscc"),
    **_targets("hs_code", "hs_code"),
    **_targets("barcode", "barcode"),
    **_targets("unit", "unit"),
    **_targets("currency", "currency"),
    **_targets("price", "price", many=True),
    **_targets("price", "sell_price list_price target_price amount sample_fee mould_fee"),
    **_targets(
        "quantity",
        """quantity moq pcs_per_carton inner_pack qty_20gp qty_40gp qty_40hq stock""",
    ),
    **_targets("tier", "price_tier"),
    **_targets("dimensions", "carton_size"),
    **_targets("length", "length width height"),
    **_targets("weight", "net_weight gross_weight weight"),
    **_targets("volume", "cbm"),
    **_targets("number", "latitude longitude"),
    **_targets("share", "vat_rate rebate_rate markup"),
    **_targets("flag", "vat_included"),
    **_targets("days", "lead_time sample_time"),
    **_targets(
        "date",
        """inquired_on needed_on reply_by valid_until priced_on first_contact_on next_action_on
        certificate_issued_on certificate_expires_on""",
    ),
    **_targets("term", "incoterm"),
    **_targets("picture", "picture"),
}

_PARTY = """company company_en company_short company_code contact first_name last_name salutation
    job_title department mobile phone fax email wechat whatsapp qq skype linkedin im social web address
    address_2 city province postal_code country region main_products category certificates uscc
    employees factory_area_m2 registered_capital established business_type annual_turnover
    export_markets bank_account grade source first_contact_on follow_up next_action payment currency
    moq price lead_time incoterm booth hall exhibition_area phase fair latitude longitude picture tags
    status description remark serial vat_rate brand origin tax_number aliases roles next_action_on
    certificate_no certificate_issuer certificate_issued_on certificate_expires_on"""
_GOODS = """product product_en product_short item_no style_no customer_item_no supplier_item_no
    picture description specification model material size colour colour_code unit category category_2
    category_3 brand origin barcode hs_code packing pcs_per_carton inner_pack carton_size length width
    height cbm net_weight gross_weight weight qty_20gp qty_40gp qty_40hq certificates warranty
    shelf_life currency incoterm loading_port payment lead_time quantity moq remark serial status
    tags"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet: its fields, which of them a record needs, and how other words map to them.

    Of each group in ``needs`` a record must have one. ``readings`` says what a word of the lexicon
    means in this kind (``name`` is a company among suppliers and a product in a price list).
    """

    name: str
    fields: frozenset[str]
    needs: tuple[tuple[str, ...], ...]
    readings: Mapping[str, str] = field(default_factory=dict)


def _kind(name: str, fields: str, *, needs: str, readings: str = "") -> Kind:
    pairs = (pair.split(">") for pair in readings.split())
    groups = tuple(tuple(group.split("|")) for group in needs.split())
    return Kind(name, frozenset(fields.split()), groups, {pair[0]: pair[1] for pair in pairs})


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        _kind(
            "suppliers",
            _PARTY,
            needs="company|company_en",
            readings="name>company buyer>company product>main_products cost>price inquired_on>first_contact_on sell_price>price origin>country",
        ),
        _kind(
            "buyers",
            _PARTY + " destination",
            needs="company|company_en",
            readings="name>company buyer>company product>main_products inquired_on>first_contact_on origin>country",
        ),
        _kind(
            "contacts",
            _PARTY,
            needs="contact|first_name|last_name|email|mobile|phone",
            readings="name>contact buyer>company product>main_products category>tags",
        ),
        _kind(
            "products",
            _GOODS
            + """ price price_tier sell_price list_price amount vat_rate vat_included rebate_rate markup
            sample_time contact phone mobile email fax wechat web address booth hall
            sample_fee mould_fee valid_until priced_on company stock needed_on inquiry_no company_code""",
            needs="product|product_en|item_no",
            readings="name>product company_en>product_en cost>price main_products>product exhibition_area>category inquired_on>priced_on country>origin",
        ),
        _kind(
            "inquiries",
            _GOODS
            + """ buyer contact job_title department mobile phone fax email wechat whatsapp qq skype im web
            address city country region target_price amount destination inquired_on needed_on reply_by
            inquiry_no source grade follow_up next_action next_action_on stock business_type company_code""",
            needs="product|product_en|item_no|description",
            readings="company>buyer main_products>product name>product price>target_price cost>target_price first_contact_on>inquired_on",
        ),
        _kind(
            "offers",
            _GOODS
            + """ company contact phone mobile email offer price price_tier amount vat_rate vat_included valid_until
            priced_on sample_fee mould_fee sample_time inquiry_no""",
            needs="company",
            readings="name>product cost>price main_products>product",
        ),
        _kind("categories", "category category_2 category_3 remark serial", needs="category"),
    )
}
