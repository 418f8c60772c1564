"""Owns the recognition of sheets that explain the columns of a template instead of filling them.

Must not know kinds or fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.kernel.text import fold
from app.sheets.grid import Value
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import text_of
from app.sheets.lexicon import is_known_heading

_LOOKED_AT = 200
_FEWEST = 4
#: A template has no more columns than this; longer lists are of something else.
_MOST_FIELDS = 150
#: From this share on the values of a column are what columns are called.
_MOSTLY = 0.6
#: The share of the names of fields that are known, and of the headings they explain.
_HALF = 0.5
_SOME = 0.3
#: An explanation is a sentence.
_SENTENCE = 12.0
_NOT_LETTERS = re.compile(r"[\W_]+")
_EXPLAINED = re.compile(
    r"descri|defin|meaning|explan|erklär|beschreib|bedeutung|signific|spiegazion|açıkla|opis|описан|"
    r"пояснен|значение|说明|說明|解释|定义|定義|含义|用途|説明|설명|giải thích|mô tả",
    re.IGNORECASE,
)
_TOLD_HOW = re.compile(
    r"exampl|sample|required|mandatory|optional|format|accepted|allowed|valid values|data ?type|beispiel|pflicht|"
    r"ejemplo|obligator|exemple|obligat|esempio|örnek|zorunlu|przykład|wymagan|пример|обязательн|формат|"
    r"示例|举例|必填|可接受|格式|例$|必須|예시|필수|ví dụ|bắt buộc",
    re.IGNORECASE,
)


def explains_headings(region: TableRegion, others: Iterable[TableRegion]) -> bool:
    """Whether the values of a column are the headings of another sheet's table.

    So are the labels of a list of explanations that was read as one record.
    """
    if region.shape == "table":
        places = range(len(region.headings))
        columns = [_keys(row[place] for row in region.rows[:_LOOKED_AT]) for place in places]
        columns = [said for said in columns if len(said) <= _MOST_FIELDS]
    elif region.shape in ("transposed", "form") and _are_sentences(region):
        columns = [_keys(region.headings)]
    else:
        return False
    named = [_keys(other.headings) for other in others if _is_of_known_columns(other)]
    return any(_are_explained(said, headings) for said in columns for headings in named)


def _is_of_known_columns(region: TableRegion) -> bool:
    """Whether a table's columns are called as columns are: not one for each article or shop."""
    known = sum(map(is_known_heading, region.headings))
    return region.shape == "table" and known >= max(_FEWEST, _SOME * len(region.headings))


def _are_explained(said: list[str], headings: list[str]) -> bool:
    """Whether most of what is ``said`` is called as the columns, or most of these are among it."""
    told = len(set(said).intersection(headings))
    return told >= max(_FEWEST, _MOSTLY * min(len(said), len(headings)))


def explains_fields(region: TableRegion) -> bool:
    """Whether the first column names fields, and others say what they mean and how they are filled."""
    if region.shape == "transposed":
        said, rest = region.headings[1:], [text_of(row[0]) for row in region.rows]
    elif region.shape == "table" and region.headings:
        said = tuple(text_of(row[0]).strip() for row in region.rows[:_LOOKED_AT])
        rest = list(region.headings[1:])
    else:
        return False
    named = [text for text in said if text]
    is_explained = any(map(_EXPLAINED.search, rest)) and any(map(_TOLD_HOW.search, rest))
    known = sum(map(is_known_heading, named))
    return is_explained and known >= _FEWEST and known >= _HALF * len(named)


def _keys(values: Iterable[Value]) -> list[str]:
    texts = (value for value in values if isinstance(value, str))
    return [key for text in texts if (key := _NOT_LETTERS.sub("", fold(text)))]


def _are_sentences(region: TableRegion) -> bool:
    texts = [text for row in region.rows for value in row if (text := text_of(value))]
    return bool(texts) and sum(map(len, texts)) >= _SENTENCE * len(texts)
