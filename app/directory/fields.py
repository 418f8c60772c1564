"""Owns the fields of the directory's records, described once for every use.

Must not know SQL or widgets.
"""

from __future__ import annotations

from app.fields import Field, FieldsOf, FieldType

BUSINESS_TYPES = ("manufacturer", "trading", "wholesaler", "retailer", "agent", "brand", "other")
POINT_KINDS = (
    "email",
    "mobile",
    "phone",
    "fax",
    "wechat",
    "whatsapp",
    "qq",
    "skype",
    "linkedin",
    "other",
)
ADDRESS_KINDS = ("office", "factory", "registered", "delivery")


_field = FieldsOf("directory.field")


COMPANY_FIELDS = (
    _field("name_zh", width_chars=24),
    _field("name_en", width_chars=26),
    _field("short_name", is_shown=False),
    _field("country", FieldType.COUNTRY, width_chars=10),
    _field("province", is_shown=False),
    _field("city", width_chars=10),
    _field(
        "business_type",
        FieldType.CHOICE,
        choices=BUSINESS_TYPES,
        choice_labels="directory.business_type",
        is_shown=False,
    ),
    _field("main_products", width_chars=28),
    _field("website", is_shown=False, width_chars=20),
    _field("uscc", is_shown=False, width_chars=18),
    _field("tax_number", is_shown=False),
    _field("markets", is_shown=False),
    _field("established_year", FieldType.INTEGER, is_shown=False, width_chars=6),
    _field("employees", is_shown=False),
    _field("factory_area", is_shown=False),
    _field("registered_capital", is_shown=False),
    _field("payment_terms", is_shown=False, width_chars=20),
    _field("currency", FieldType.CURRENCY, is_shown=False, width_chars=6),
    _field("grade", width_chars=6),
    _field("source", width_chars=14),
    _field("first_contact_on", FieldType.DATE, is_shown=False, width_chars=10),
    _field("next_action", is_shown=False, width_chars=20),
    _field("next_action_on", FieldType.DATE, is_shown=False, width_chars=10),
)

CONTACT_FIELDS = (
    _field("name", width_chars=14),
    _field("name_en", width_chars=16),
    _field("job_title", width_chars=16),
    _field("department", is_shown=False),
    _field("language", is_shown=False),
    _field("is_primary", FieldType.YES_NO, is_shown=False, width_chars=6),
)

POINT_FIELDS = (
    _field(
        "kind",
        FieldType.CHOICE,
        choices=POINT_KINDS,
        choice_labels="directory.point_kind",
        width_chars=10,
    ),
    _field("value", width_chars=24),
    _field("label"),
)

ADDRESS_KIND = _field(
    "kind",
    FieldType.CHOICE,
    choices=ADDRESS_KINDS,
    choice_labels="directory.address_kind",
    width_chars=10,
)
ADDRESS_FIELDS = (
    ADDRESS_KIND,
    _field("lines", FieldType.LONG_TEXT, width_chars=40),
    _field("city"),
    _field("province"),
    _field("postal_code", width_chars=8),
    _field("country", FieldType.COUNTRY),
)

CERTIFICATE_FIELDS = (
    Field("name", FieldType.TEXT, "directory.field.certificate_name"),
    _field("number"),
    _field("issuer"),
    _field("issued_on", FieldType.DATE),
    _field("expires_on", FieldType.DATE),
)

BOOTH_FIELDS = (
    _field("fair"),
    _field("edition"),
    _field("phase"),
    _field("hall"),
    _field("booth"),
)

NOTE_FIELDS = (_field("text", FieldType.LONG_TEXT, width_chars=60),)

PRODUCT_FIELDS = (
    _field("item_number", width_chars=12),
    _field("name_zh", width_chars=22),
    _field("name_en", width_chars=24),
    _field("description", FieldType.LONG_TEXT, is_shown=False, width_chars=28),
    _field("material", is_shown=False),
    _field("size", is_shown=False),
    _field("colour", is_shown=False),
    _field("brand", is_shown=False),
    _field("model", is_shown=False),
    _field("unit", width_chars=6),
    _field("moq", FieldType.DECIMAL, width_chars=8),
    _field("hs_code", is_shown=False, width_chars=12),
    _field("barcode", is_shown=False, width_chars=14),
    _field("origin", FieldType.COUNTRY, is_shown=False),
    _field("lead_time_days_min", FieldType.INTEGER, is_shown=False, width_chars=8),
    _field("lead_time_days_max", FieldType.INTEGER, width_chars=8),
    _field("packing", is_shown=False),
    _field("pieces_per_carton", FieldType.INTEGER, width_chars=8),
    _field("carton_length_cm", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("carton_width_cm", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("carton_height_cm", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("carton_cbm", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("net_weight_kg", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("gross_weight_kg", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("remarks", FieldType.LONG_TEXT, is_shown=False, width_chars=28),
)

PRICE_FIELDS = (
    _field("min_quantity", FieldType.DECIMAL, width_chars=8),
    _field("amount", FieldType.DECIMAL, width_chars=10),
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field("unit", width_chars=6),
    _field("incoterm", width_chars=6),
    _field("place", FieldType.PLACE),
    _field("includes_vat", FieldType.YES_NO, width_chars=6),
    _field("vat_rate", FieldType.PERCENT, width_chars=6),
    _field("quoted_on", FieldType.DATE, width_chars=10),
    _field("valid_until", FieldType.DATE, width_chars=10),
    _field("source", width_chars=20),
)
