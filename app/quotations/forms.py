"""Owns the forms of quotations, seller profiles, standard texts and dated rates.

Must not write; the services do.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.forms import Form
from app.quotations.fields import (
    EXCHANGE_RATE_FIELDS,
    FREIGHT_RATE_FIELDS,
    HEADER_FIELDS,
    INTERNAL_HEADER_FIELDS,
    INTERNAL_LINE_FIELDS,
    LINE_FIELDS,
    PROFILE_FIELDS,
    REBATE_RATE_FIELDS,
    TEXT_FIELDS,
    VAT_RATE_FIELDS,
)
from database.records import (
    ExchangeRateRecord,
    FreightRateRecord,
    QuotationLineRecord,
    RebateRateRecord,
    RevisionRecord,
    SellerProfileRecord,
    StandardTextRecord,
    VatRateRecord,
)

HEADER_FORM = Form(
    RevisionRecord,
    (*HEADER_FIELDS, *INTERNAL_HEADER_FIELDS),
    ("buyer_id", "contact_id", "profile_id"),
)
LINE_FORM = Form(
    QuotationLineRecord,
    (*LINE_FIELDS, *INTERNAL_LINE_FIELDS),
    ("product_id", "inquiry_line_id", "picture_file_id"),
)
RATE_FORMS: Mapping[str, Form] = {
    "exchange_rate": Form(
        ExchangeRateRecord, EXCHANGE_RATE_FIELDS, required=("currency", "rate", "valid_on")
    ),
    "vat_rate": Form(VatRateRecord, VAT_RATE_FIELDS, required=("name", "rate", "valid_from")),
    "rebate_rate": Form(
        RebateRateRecord, REBATE_RATE_FIELDS, required=("hs_code", "rate", "valid_from")
    ),
    "freight_rate": Form(
        FreightRateRecord,
        FREIGHT_RATE_FIELDS,
        required=("mode", "unit", "amount", "currency", "valid_from"),
    ),
    "seller_profile": Form(
        SellerProfileRecord, PROFILE_FIELDS, ("logo_id", "signature_id"), ("name_en", "name_zh")
    ),
    "standard_text": Form(StandardTextRecord, TEXT_FIELDS, required=("name", "language", "text")),
}
