"""Owns the fields of quotations, their lines, seller profiles and dated rates, for every use.

Must not know SQL or widgets.
"""

from __future__ import annotations

from app.fields import Field, FieldsOf, FieldType
from app.quotations.freight import FreightMode
from app.quotations.incoterms import INCOTERMS, OFFERED
from app.quotations.revisions import LineKind

#: The terms that can be chosen: the offered ones first, then legacy ones of imported papers.
TERM_CHOICES = (*OFFERED, *(code for code in INCOTERMS if code not in OFFERED))
#: What freight is counted by.
FREIGHT_UNITS = ("wm", "cbm", "ton", "kg", "20GP", "40GP", "40HQ")


_field = FieldsOf("quotations.field")
_read_only = FieldsOf("quotations.field", is_editable=False)


HEADER_FIELDS = (
    _field("title", width_chars=28),
    _field("issued_on", FieldType.DATE, width_chars=10),
    _field("valid_until", FieldType.DATE, width_chars=10),
    _field("buyer_name", width_chars=24),
    _field("buyer_address", FieldType.LONG_TEXT, width_chars=30),
    _field("contact_name", width_chars=16),
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field(
        "incoterm",
        FieldType.CHOICE,
        choices=TERM_CHOICES,
        choice_labels="quotations.term",
        width_chars=8,
    ),
    _field("place", FieldType.PLACE, width_chars=14),
    _field("edition", FieldType.INTEGER, width_chars=6),
    _field("payment_terms", width_chars=34),
    _field("lead_time", width_chars=20),
    _field(
        "shipment",
        choices=tuple(FreightMode),
        choice_labels="quotations.freight_mode",
        width_chars=14,
    ),
    _field("port_of_loading", FieldType.PLACE, width_chars=14),
    _field("port_of_destination", FieldType.PLACE, width_chars=14),
    _field("allows_partial_shipment", FieldType.YES_NO, width_chars=8),
    _field("allows_transhipment", FieldType.YES_NO, width_chars=8),
    _field("marks", FieldType.LONG_TEXT, width_chars=20),
    _field("remarks", FieldType.LONG_TEXT, width_chars=40),
    _field("shows_bank", FieldType.YES_NO, width_chars=8),
)

#: Header fields that are ours alone: no paper has them.
INTERNAL_HEADER_FIELDS = (
    _field("margin_floor", FieldType.PERCENT, width_chars=8),
    _field("internal_note", FieldType.LONG_TEXT, width_chars=40),
)

LINE_FIELDS = (
    _field(
        "kind",
        FieldType.CHOICE,
        choices=tuple(LineKind),
        choice_labels="quotations.line_kind",
        width_chars=8,
    ),
    _field("item_number", width_chars=12),
    _field("buyer_item_number", is_shown=False, width_chars=12),
    _field("name_en", width_chars=24),
    _field("name_zh", width_chars=18),
    _field("description", FieldType.LONG_TEXT, width_chars=28),
    _field("quantity", FieldType.DECIMAL, width_chars=8),
    _field("unit", width_chars=6),
    _field("price", FieldType.DECIMAL, width_chars=8),
    _field("discount_percent", FieldType.DECIMAL, is_shown=False, width_chars=6),
    _field("moq", FieldType.DECIMAL, is_shown=False, width_chars=8),
    _field("packing", is_shown=False, width_chars=18),
    _field("pieces_per_carton", FieldType.INTEGER, width_chars=7),
    _field("carton_length_cm", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("carton_width_cm", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("carton_height_cm", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("carton_cbm", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("net_weight_kg", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("gross_weight_kg", FieldType.DECIMAL, is_shown=False, width_chars=7),
    _field("hs_code", is_shown=False, width_chars=11),
    _field("origin", is_shown=False, width_chars=8),
    _field("lead_time", is_shown=False, width_chars=14),
    _field("remarks", FieldType.LONG_TEXT, width_chars=20),
    _field("is_optional", FieldType.YES_NO, is_shown=False, width_chars=6),
    _read_only("alternative_to", is_shown=False, width_chars=6),
)

#: What a line costs us: no paper has it.
INTERNAL_LINE_FIELDS = (
    _field("cost", FieldType.DECIMAL, width_chars=8),
    _field("cost_currency", FieldType.CURRENCY, width_chars=6),
    _field("cost_has_invoice", FieldType.YES_NO, width_chars=6),
    _field(
        "cost_incoterm",
        FieldType.CHOICE,
        choices=TERM_CHOICES,
        choice_labels="quotations.term",
        width_chars=6,
    ),
    _field("cost_source", is_shown=False, width_chars=24),
)

PROFILE_FIELDS = (
    Field("name_en", FieldType.TEXT, "quotations.field.seller_name_en", width_chars=28),
    Field("name_zh", FieldType.TEXT, "quotations.field.seller_name_zh", width_chars=24),
    _field("address_en", FieldType.LONG_TEXT, width_chars=36),
    _field("address_zh", FieldType.LONG_TEXT, width_chars=30),
    _field("contact_name"),
    _field("phone"),
    _field("email", width_chars=22),
    _field("website", width_chars=20),
    _field("tax_number"),
    _field("bank_beneficiary", width_chars=28),
    _field("bank_name", width_chars=28),
    _field("bank_address", width_chars=28),
    _field("bank_account", width_chars=20),
    _field("bank_swift", width_chars=12),
    _field("bank_notes", FieldType.LONG_TEXT, width_chars=28),
)

TEXT_FIELDS = (
    _field("name", width_chars=20),
    _field(
        "language",
        choices=("en", "zh"),
        choice_labels="language",
        also=(
            ("en", "en"),
            ("zh", "zh"),
            ("zh_CN", "zh"),
            ("Chinese", "zh"),
            ("简体中文", "zh"),
            ("英文", "en"),
            ("英语", "en"),
        ),
        width_chars=8,
    ),
    _field("text", FieldType.LONG_TEXT, width_chars=50),
)

EXCHANGE_RATE_FIELDS = (
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field("valid_on", FieldType.DATE, width_chars=10),
    Field("rate", FieldType.DECIMAL, "quotations.field.exchange_rate", width_chars=10),
    _field("source", width_chars=20),
)
VAT_RATE_FIELDS = (
    _field("name", width_chars=20),
    _field("rate", FieldType.PERCENT, width_chars=8),
    _field("valid_from", FieldType.DATE, width_chars=10),
)
REBATE_RATE_FIELDS = (
    _field("hs_code", width_chars=12),
    _field("rate", FieldType.PERCENT, width_chars=8),
    _field("valid_from", FieldType.DATE, width_chars=10),
    _field("source", width_chars=20),
)
FREIGHT_RATE_FIELDS = (
    _field(
        "mode",
        FieldType.CHOICE,
        choices=tuple(FreightMode),
        choice_labels="quotations.freight_mode",
        width_chars=10,
    ),
    _field("port_of_loading", FieldType.PLACE),
    _field("port_of_destination", FieldType.PLACE),
    _field(
        "unit",
        FieldType.CHOICE,
        choices=FREIGHT_UNITS,
        choice_labels="quotations.freight_unit",
        width_chars=8,
    ),
    _field("amount", FieldType.DECIMAL, width_chars=10),
    _field("minimum", FieldType.DECIMAL, width_chars=10),
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field("valid_from", FieldType.DATE, width_chars=10),
    _field("valid_until", FieldType.DATE, width_chars=10),
    _field("source", width_chars=20),
)
