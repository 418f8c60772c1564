"""Owns the forms of the directory's records.

Must not write; ``app.directory.service`` does.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.directory.fields import (
    ADDRESS_FIELDS,
    BOOTH_FIELDS,
    CERTIFICATE_FIELDS,
    COMPANY_FIELDS,
    CONTACT_FIELDS,
    NOTE_FIELDS,
    POINT_FIELDS,
    PRICE_FIELDS,
    PRODUCT_FIELDS,
)
from app.forms import Form
from app.kernel.errors import AppError
from database.records import (
    AddressRecord,
    BoothRecord,
    CertificateRecord,
    CompanyRecord,
    ContactPointRecord,
    ContactRecord,
    NoteRecord,
    PriceRecord,
    ProductRecord,
)

#: The records of the directory that stand by themselves: pictures and tags hang on them.
MAIN_KINDS = ("supplier", "buyer", "product")
FORMS: Mapping[str, Form] = {
    "supplier": Form(CompanyRecord, COMPANY_FIELDS, required=("name_zh", "name_en")),
    "buyer": Form(CompanyRecord, COMPANY_FIELDS, required=("name_zh", "name_en")),
    "contact": Form(ContactRecord, CONTACT_FIELDS, ("company_id",), required=("name",)),
    "contact_point": Form(
        ContactPointRecord, POINT_FIELDS, ("company_id", "contact_id"), required=("value",)
    ),
    "address": Form(AddressRecord, ADDRESS_FIELDS, ("company_id",), required=("lines",)),
    "booth": Form(BoothRecord, BOOTH_FIELDS, ("company_id",), required=("booth",)),
    "certificate": Form(
        CertificateRecord, CERTIFICATE_FIELDS, ("company_id", "product_id"), required=("name",)
    ),
    "note": Form(
        NoteRecord,
        NOTE_FIELDS,
        ("company_id", "contact_id", "product_id", "inquiry_id", "quotation_id"),
        required=("text",),
    ),
    "product": Form(
        ProductRecord,
        PRODUCT_FIELDS,
        ("supplier_id", "category_id"),
        required=("name_zh", "name_en", "item_number"),
    ),
    "price": Form(PriceRecord, PRICE_FIELDS, ("product_id",), required=("amount",)),
}


def form(kind: str) -> Form:
    """The form of ``kind``; raises ``AppError`` for an unknown one."""
    if kind not in FORMS:
        raise AppError("lists.unknown_kind", kind=kind, kinds=", ".join(FORMS))
    return FORMS[kind]
