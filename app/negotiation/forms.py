"""Owns the fields and forms of rounds and threads.

Must not write; ``app.negotiation.service`` does.
"""

from __future__ import annotations

from app.fields import Field, FieldType
from app.forms import Form
from app.negotiation.offered import Side
from database.records import RoundRecord, ThreadRecord

THREAD_FIELDS = (
    Field("subject", FieldType.TEXT, "negotiation.field.subject"),
    Field("next_step", FieldType.TEXT, "negotiation.field.next_step"),
    Field("next_step_on", FieldType.DATE, "negotiation.field.next_step_on"),
)
ROUND_FIELDS = (
    Field(
        "side",
        FieldType.CHOICE,
        "negotiation.round.side",
        choices=tuple(Side),
        choice_labels="negotiation.side",
    ),
    Field("prices", FieldType.TEXT, "negotiation.round.prices"),
    Field("currency", FieldType.CURRENCY, "negotiation.round.currency"),
    Field("unit", FieldType.TEXT, "negotiation.round.unit"),
    Field("moq", FieldType.DECIMAL, "negotiation.term.moq"),
    Field("incoterm", FieldType.TEXT, "negotiation.term.delivery"),
    Field("place", FieldType.PLACE, "negotiation.round.place"),
    Field("payment_terms", FieldType.TEXT, "negotiation.term.payment"),
    Field("lead_time_days", FieldType.INTEGER, "negotiation.round.lead_time_days"),
    Field("valid_until", FieldType.DATE, "negotiation.term.validity"),
    Field("extras", FieldType.LONG_TEXT, "negotiation.term.extras"),
)

ROUND_FORM = Form(RoundRecord, ROUND_FIELDS)
THREAD_FORM = Form(ThreadRecord, THREAD_FIELDS)
