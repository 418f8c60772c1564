"""Owns the fields of inquiries and their lines, described once for every use.

Must not know SQL or widgets.
"""

from __future__ import annotations

from app.fields import Field, FieldsOf, FieldType
from app.inquiries.stages import Stage

#: Where inquiries come from; the user adds others by typing them.
CHANNELS = (
    "Alibaba.com",
    "Made-in-China",
    "Global Sources",
    "Canton Fair",
    "Trade fair",
    "Website",
    "Referral",
    "Email",
    "WhatsApp",
    "WeChat",
    "Phone",
)

#: What they are called in sheets and in talk, besides their names.
_ALSO_CALLED = (
    *((words, "Alibaba.com") for words in ("Alibaba", "阿里", "阿里巴巴", "阿里国际站", "国际站")),
    *((words, "Made-in-China") for words in ("MIC", "Made in China", "Made-in-China.com")),
    *((words, "Global Sources") for words in ("GlobalSources", "环球")),
    *((words, "Canton Fair") for words in ("CantonFair", "广州交易会", "中国进出口商品交易会")),
    *((words, "Trade fair") for words in ("Fair", "Exhibition", "Trade show", "展会客户")),
    *((words, "Website") for words in ("Web", "独立站", "网站")),
    *((words, "Referral") for words in ("Recommendation", "推荐", "客户介绍", "朋友介绍")),
    *((words, "Email") for words in ("E-mail", "Mail", "邮箱", "电子邮件")),
    *((words, "Phone") for words in ("Telephone", "Call", "来电")),
)

_field = FieldsOf("inquiries.field")
_read_only = FieldsOf("inquiries.field", is_editable=False)


CHANNEL = _field("channel", choices=CHANNELS, choice_labels="inquiries.channel", also=_ALSO_CALLED)

INQUIRY_FIELDS = (
    _read_only("number", width_chars=15),
    _read_only(
        "stage",
        FieldType.CHOICE,
        choices=tuple(Stage),
        choice_labels="stages",
        width_chars=10,
    ),
    _field("subject", width_chars=28),
    CHANNEL,
    _field("channel_detail", is_shown=False),
    _field("received_at", FieldType.INSTANT, width_chars=17),
    _field("first_answered_at", FieldType.INSTANT, is_shown=False),
    _field("destination", FieldType.PLACE, width_chars=14),
    _field("incoterm", is_shown=False, width_chars=6),
    _field("place", FieldType.PLACE, is_shown=False),
    _field("currency", FieldType.CURRENCY, is_shown=False, width_chars=6),
    _field("required_by_on", FieldType.DATE, is_shown=False, width_chars=10),
    _field("certificates", is_shown=False),
    _field("owner", is_shown=False),
    _field("lost_reason", is_shown=False),
    _field("next_action", width_chars=20),
    _field("next_action_on", FieldType.DATE, width_chars=10),
    _field("original_text", FieldType.LONG_TEXT, is_shown=False, width_chars=40),
)

LINE_FIELDS = (
    _field("wording", width_chars=22),
    _field("specification", FieldType.LONG_TEXT, width_chars=14),
    _field("quantity", FieldType.DECIMAL, width_chars=8),
    _field("unit", width_chars=6),
    _field("quantity_text", width_chars=10),
    _field("target_price", FieldType.DECIMAL, width_chars=8),
    _field("currency", FieldType.CURRENCY, width_chars=6),
    _field("incoterm", is_shown=False, width_chars=6),
    _field("place", FieldType.PLACE, is_shown=False),
    _field("required_by_on", FieldType.DATE, is_shown=False, width_chars=10),
)

#: What a request to suppliers says besides its lines.
REQUEST_FIELDS = (
    Field("respond_by_on", FieldType.DATE, "sourcing.respond_by"),
    Field("text", FieldType.LONG_TEXT, "sourcing.message"),
    Field("shows_buyer", FieldType.YES_NO, "sourcing.show_buyer"),
    Field("shows_target", FieldType.YES_NO, "sourcing.show_target"),
)

#: What is set of one supplier on a request.
ASKED_FIELDS = (Field("remind_on", FieldType.DATE, "sourcing.remind_day"),)
