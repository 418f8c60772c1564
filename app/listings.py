"""Owns which lists a book has, in the order they are named, and by which fields its rows are told.

Must not describe any; each slice describes its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.directory.forms import FORMS
from app.directory.lists import BUYERS, CONTACTS, PRODUCTS, SUPPLIERS, TAGS
from app.directory.part_lists import PICTURES, PRICES
from app.fields import Field
from app.inquiries.forms import ASKED_FORM, INQUIRY_FORM, REQUEST_FORM
from app.inquiries.forms import LINE_FORM as ASKED_LINE_FORM
from app.inquiries.lists import INQUIRIES
from app.inquiries.part_lists import LINES, OFFERS, REQUESTS
from app.negotiation.forms import ROUND_FORM, THREAD_FORM
from app.negotiation.lists import THREADS
from app.negotiation.part_lists import FOLLOW_UPS, MESSAGES, ROUNDS
from app.quotations.forms import HEADER_FORM
from app.quotations.forms import LINE_FORM as QUOTED_LINE_FORM
from app.quotations.lists import QUOTATIONS
from app.sheets.lists import IMPORTS

LISTINGS = (
    SUPPLIERS,
    BUYERS,
    CONTACTS,
    PRODUCTS,
    PRICES,
    PICTURES,
    INQUIRIES,
    LINES,
    REQUESTS,
    OFFERS,
    THREADS,
    MESSAGES,
    ROUNDS,
    FOLLOW_UPS,
    QUOTATIONS,
    IMPORTS,
)

_FORMS = (
    *FORMS.values(),
    *(INQUIRY_FORM, ASKED_LINE_FORM, REQUEST_FORM, ASKED_FORM),
    *(THREAD_FORM, ROUND_FORM, HEADER_FORM, QUOTED_LINE_FORM),
)
#: The fields by which rows of a table are told in a history; other columns are worked out from them.
TOLD_FIELDS: Mapping[str, tuple[Field, ...]] = {
    **{form.record.__tablename__: form.fields for form in _FORMS},
    "attachment": (Field("name", label="files.file"),),
    "tag_link": (TAGS,),
    "quotation": tuple(field for field in QUOTATIONS.fields if field.key == "state"),
}
