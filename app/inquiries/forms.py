"""Owns the forms of an inquiry and its lines.

Must not write; ``app.inquiries.service`` does.
"""

from __future__ import annotations

from app.forms import Form
from app.inquiries.fields import ASKED_FIELDS, INQUIRY_FIELDS, LINE_FIELDS, REQUEST_FIELDS
from database.records import InquiryLineRecord, InquiryRecord, RequestRecord, RequestSupplierRecord

INQUIRY_FORM = Form(InquiryRecord, INQUIRY_FIELDS, ("buyer_id", "contact_id"))
LINE_FORM = Form(InquiryLineRecord, LINE_FIELDS, ("product_id",), required=("wording",))
REQUEST_FORM = Form(RequestRecord, REQUEST_FIELDS)
ASKED_FORM = Form(RequestSupplierRecord, ASKED_FIELDS)
