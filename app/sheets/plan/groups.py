"""Owns what the title of a group tells of the companies below it: where they are, in a land or at a fair, or what they
are filed under.

Must not find groups; the layout does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from app.kernel.text import has_han, simplify
from app.sheets.cells.countries import country_of
from app.sheets.records import Record

#: ``浙江省（12家）``, ``Spain (4)``: how many there are is no part of the name.
_COUNTED = re.compile(
    r"\s*(?:[(（\[]\s*\d+\s*(?:家|个|人|companies|firms)?\s*[)）\]]|\d+\s*(?:家|companies|firms))\s*[:：]?$"
)
_PROVINCE = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:省|自治区)|(?:北京|上海|天津|重庆)市?|"
    r"河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)
_HALL = re.compile(
    r"(?:halle?|pavilion|pabell[oó]n|padiglione|зал|павильон)\s*[\w.]{1,5}|[\w.]{1,5}\s*号?[展馆]馆?",
    re.IGNORECASE,
)
#: ``A``, ``B``: letters that a directory is sorted by file nobody under anything.
_SHORTEST = 3
#: What is longer is no word to find records by.
_LONGEST_TAG = 60


def told_of(record: Record) -> Mapping[str, object]:
    """The values of ``record`` with what its group tells besides."""
    found = _read(record.group) if record.group else None
    if found is None:
        return record.values
    key, value = found
    if key not in ("tags", "remark"):
        return {key: value, **record.values}
    present = record.values.get(key)
    present = present if isinstance(present, tuple) else ()
    return {**record.values, key: (*(one for one in present if one != value), value)}


@functools.lru_cache(maxsize=1_000)
def _read(group: str) -> tuple[str, str] | None:
    title = _COUNTED.sub("", group.strip()).strip(" :：-–")
    if _PROVINCE.fullmatch(simplify(title)):
        return "province", title
    if _HALL.fullmatch(group.strip()):
        return "hall", group.strip()
    if (code := country_of(title)) is not None:
        return "country", code
    if len(title) > _LONGEST_TAG:
        return "remark", title
    return ("tags", title) if len(title) >= _SHORTEST or has_han(title) else None
