"""Owns the recognition of registers of fairs: when and where each takes place, who organises it.

Must not score kinds; ``kinds`` does.
"""

from __future__ import annotations

import re

from app.sheets.layout import TableRegion
from app.sheets.phrases import heading_key

#: What a register of fairs tells of each: its name, its days, where it is and who organises it.
_TOLD_OF_FAIRS = (
    re.compile(
        r"(?:name of )?(?:trade )?(?:fairs?|shows?|exhibitions?|expos?|events?|trade ?shows?)(?: name| title)?|展会(?:名称)?|展览(?:会)?名称|"
        r"(?:название )?(?:выставк[аи]|мероприяти[ея])|(?:название|наименование) (?:выставки|мероприятия)|messe(?:name)?|veranstaltung|"
        r"(?:nom du )?salon|(?:nombre de la )?feria|(?:nome da )?feira|fiera|fuar(?: adı| adi)?|tên hội chợ|hội chợ|展示会(?:名)?|전시회(?:명)?"
    ),
    re.compile(
        r"(?:dates?|start|begins?|beginning|opening)(?: (?:date|day|from))?|(?:end|closing|date to)(?: date)?|from|to|"
        r"(?:举办|开展|展会|展览|开幕)(?:时间|日期)|(?:开始|结束)(?:时间|日期)|дата (?:начала|окончания|проведения)|сроки(?: проведения)?|даты(?: проведения)?|"
        r"beginn|ende|datum|termin|debut|fin|fechas?(?: de inicio| de fin)?|inicio|datas?|periodo|tarih(?:i|ler)?|baslangic tarihi|thời gian|会期|開催日|기간"
    ),
    re.compile(
        r"venues?|(?:举办|展会|展览)(?:地点|地址|场馆|城市)|展馆名称|место(?: проведения)?|площадка|veranstaltungsort|messegelande|lieu|sede|recinto|"
        r"local|luogo|mekan|fuar alani|địa điểm|会場|장소"
    ),
    re.compile(
        r"organi[sz]ers?|organi[sz]ed by|主办(?:方|单位)?|承办(?:方|单位)?|организаторы?|veranstalter|organisateurs?|organizador(?:a|es)?|organizzator[ei]|"
        r"organizator|düzenleyen|duzenleyen|đơn vị tổ chức|主催者?|주최"
    ),
)
#: Of a list of exhibitors the fair may be told as well: it says more only where it tells several things.
_ENOUGH = 3


def is_of_fairs(region: TableRegion) -> bool:
    """Whether the rows are fairs: their headings tell when, where and by whom each is held."""
    keys = [heading_key(heading) for heading in region.headings]
    told = [any(map(pattern.fullmatch, keys)) for pattern in _TOLD_OF_FAIRS]
    return sum(told) >= _ENOUGH
