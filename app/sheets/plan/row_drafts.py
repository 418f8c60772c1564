"""Owns what one record of a sheet becomes, by the kind of the sheet: a company, goods, an inquiry, an offer.

Must not know the book, nor other records of the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.sheets.own_numbers import number_here
from app.sheets.plan.asked import asks_as_a_whole, buyer_of
from app.sheets.plan.drafts import CompanyDraft, RowDraft
from app.sheets.plan.goods import (
    category_of,
    keep_papers,
    offer_line_of,
    product_of,
)
from app.sheets.plan.groups import told_of
from app.sheets.plan.inquired import OF_A_BUYER, inquiry_of, line_of_whole
from app.sheets.plan.parties import company_of, person_names, several, tell_of_person
from app.sheets.records import Record
from app.sheets.targets import KINDS
from app.sheets.understanding import UnderstoodSheet

_ROLE_OF_KIND = {
    "suppliers": "supplier",
    "contacts": "supplier",
    "buyers": "buyer",
    "products": "supplier",
    "offers": "supplier",
    "inquiries": "buyer",
}

_OF_A_COMPANY = KINDS["suppliers"].fields | {"people"}
_SUPPLIER_FIELDS = (
    "company", "company_no", "company_code", "contact", "people", "phone", "mobile", "email", "fax", "wechat", "web",
    "address", "booth", "hall",
)  # fmt: skip


def row_draft(sheet: UnderstoodSheet, record: Record) -> RowDraft:
    """What one record of a sheet of this kind holds."""
    kind = sheet.kind or "suppliers"
    if kind == "categories":
        return RowDraft(category=category_of(record))
    role = _ROLE_OF_KIND.get(kind, "supplier")
    if kind in {"products", "offers"}:
        company = _supplier_of(sheet, record, role)
        product = product_of(record, hints=sheet.hints, facts=sheet.facts)
        if product is not None and company is None:
            keep_papers(product)
        if kind == "offers" and product is not None:
            number = str(sheet.facts.get("inquiry_no") or "")
            offer = offer_line_of(record, product, asked_in=number)
            return RowDraft(company, product, offer=offer)
        return RowDraft(company, product)
    if kind == "inquiries":
        return _asked_in(sheet, record)
    told = told_of(record)
    company = company_of(told, role=role) or _person_alone(told, role)
    if company is not None:
        company.custom |= dict(record.custom)
        company.pictures = list(record.pictures)
        company.is_role_said = kind != "contacts"
        if kind == "contacts" and company.people:
            tell_of_person(company)
    return RowDraft(company)


def _asked_in(sheet: UnderstoodSheet, record: Record) -> RowDraft:
    """What a buyer asks for in a row, be it an inquiry of its own or a line of the sheet's."""
    headings = {field: column.name for column in sheet.columns for field in column.fields}
    if asks_as_a_whole(sheet):
        asked = inquiry_of(record, headings=headings)
        return RowDraft(buyer_of(sheet), inquiry=line_of_whole(asked) if asked else None)
    own = {key: value for key, value in record.values.items() if key in OF_A_BUYER}
    role = _ROLE_OF_KIND["inquiries"]
    buyer = company_of(own, role=role, name_field="buyer") or _person_alone(own, role)
    return RowDraft(buyer, inquiry=inquiry_of(record, headings=headings, tells_buyer=True))


def say_numbers_here(draft: RowDraft, book_id: str) -> None:
    """Has the numbers of a row of a list of ours say what they mean in this book."""
    company, product = draft.company, draft.product
    for numbered in (company, product, *(company.people if company is not None else ())):
        if numbered is not None:
            numbered.number = number_here(numbered.number, book_id)
    if draft.offer is not None:
        draft.offer = replace(draft.offer, number=number_here(draft.offer.number, book_id))


def _supplier_of(sheet: UnderstoodSheet, record: Record, role: str) -> CompanyDraft | None:
    """The supplier of a price list: named in the row, or by the letterhead."""
    if record.values.get("company"):
        own = (key for key in _SUPPLIER_FIELDS if record.values.get(key))
        return company_of({key: record.values[key] for key in own}, role=role)
    facts: Mapping[str, object] = sheet.facts
    return company_of({k: v for k, v in facts.items() if k in _OF_A_COMPANY}, role=role)


def _person_alone(values: Mapping[str, object], role: str) -> CompanyDraft | None:
    """A person of whom no company is told: of the one with their mail's domain, else under their own name."""
    names = person_names(values) or several(values.get("email"))
    named = {**values, "company": next(iter(names), None)}
    company = company_of(named, role=role) if named["company"] else None
    if company is not None:
        company.is_person = True
    return company


def title_of(draft: RowDraft) -> str:
    """What a row is shown as; empty where it holds nothing."""
    if draft.product is not None:
        return draft.product.title
    if draft.company is None and draft.inquiry is not None:
        return str(draft.inquiry.values["subject"])
    return draft.company.title if draft.company is not None else ""
