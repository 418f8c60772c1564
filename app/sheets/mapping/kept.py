"""Owns the columns that are no field, whatever they hold: customs, classes of other systems, scores,
who of us keeps a record, why a row was rejected.

Must not choose fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from app.kernel.messages import Message
from app.sheets.grid import Value
from app.sheets.headings import REASON_HEADING
from app.sheets.layout import TableRegion
from app.sheets.layout.shapes import is_empty, text_of
from app.sheets.mapping.columns import IGNORED, ColumnMapping, kept_column
from app.sheets.phrases import heading_key

#: What a shop adds to its articles by itself: ``Dollar Amount (product.metafields.custom.dollar_amount)``;
#: its own words for colours and sizes are read, sums are no price of the article.
_METAFIELD = re.compile(r".*\(product\.metafields\..*\)\s*", re.IGNORECASE)
_SUM = re.compile(r"[$€£¥₹]?\s?\d[\d.,]*\s?[$€£¥₹]?")
#: Exports of this program write it so.
_CUSTOM_MARK = re.compile(r"(?:custom|自定义)\s*[:：]\s*", re.IGNORECASE)
_NUMBERED = r"[\W_]*(?:code|codes|no|nr|number|class|id|classification|分类编码|分类代码|分类号|编码|编号|号|代码)"
#: What a catalogue or a register files the goods or the company under; no number of the article's own.
_CLASSIFICATION = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?:unspsc|e-?cl[@a]ss|etim|naics|nace|cpv|gpc|cas|einecs)(?![^\W_])(?:{_NUMBERED})?"
    # A bare ``UN`` is the unit in Portuguese.
    rf"|(?:ec|un)(?![^\W_]){_NUMBERED})\W*",
    re.IGNORECASE,
)
#: What machines are called by, what a picture shows, what an attribute is called, what weights are told in: ``Variant Weight Unit``.
_OF_MACHINES = re.compile(
    r"ip[\s_-]?address(?:es)?|(?:image|picture|photo|图片)[\s_]*(?:alt(?:[\s_]*text)?|position|order|count)|"
    r"(?:.*\s)?(?:weight|length|dimensions?|size|volume)[\s_]*(?:unit|uom)(?:[\s_]*of[\s_]*measure)?s?|(?:重量|尺寸|长度|体积)单位"
    # What an order must be worth, and how many pieces make one set.
    r"|mindestbestellwert|min(?:imum|\.)? order (?:value|amount)|mov|起订金额|(?:valor|importe) mínimo(?: de pedido)?"
    r"|(?:pcs|pieces|pc)\s*(?:/|per)\s*set|(?:每套)?(?:件数|件|个|只)\s*/\s*套|每套(?:件数|数量)"
    r"|attribute[\s_]*\d*[\s_]*name|(?:назва|название|имя)[\s_]*характеристики(?:[._]\d+)?",
    re.IGNORECASE,
)
#: ``价格(30)``, ``Price (30 points)``: what an evaluation gives at most.
_SCORE = re.compile(
    r"(?P<word>.{0,40}?[^\W\d].{0,40}?)\s*[(（\[]\s*(?:[01]\s*[-–~]\s*)?(?P<most>\d{1,3})\s*(?P<unit>分|points?|pts\.?|%|punkte|puntos|баллов)?\s*[)）\]]",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST_SCORES = 2
_FEWEST_LETTERS = 3
#: Who of us keeps the record, in exports of other programs: their mail is not the company's.
_KEEPER = re.compile(
    r"(?:(?:hubspot|record|contact|company|account|lead|deal|client|opportunity|customer) owner"
    r"|assigned to|assignee|(?:last )?(?:created|modified|updated|edited) by|业务归属|创建人|修改人|更新人|录入人)"
    r"(?: (?:name|e ?mail|id|alias))?"
)
#: What is as well whose the company is, where each has a name of its own.
_OWNED_BY = re.compile(r"(?:company|business) owner(?: name)?")
_FEWEST_BOSSES = 3
_MOSTLY_OTHERS = 0.8
#: The number of a row in another program: no person, and no phone however long. And what a family or
#: another program's sales are filed under.
_ROW_ID = re.compile(
    r"marital status|time ?zone|e ?mail(?: \d)? (?:display name|type)|distribution channel|(?:contact|company profile|profile|person|task|record|user|employee) (?:id|uuid|guid)(?: .*)?"
)
#: What customs count in beside what the deal is in: 法定单位, 第一法定数量 beside 成交单位.
_STATUTORY = re.compile(r"(?:第[一二])?法定(?:第[一二])?(?:计量)?(?:单位|数量)")
_OF_THE_DEAL = "成交"


def no_fields(region: TableRegion) -> Iterator[tuple[int, ColumnMapping]]:
    """The places and mappings of such columns."""
    others = _scores(region) | _statutory(region) | _lettered(region)
    for place, heading in enumerate(region.headings):
        mark = _CUSTOM_MARK.match(heading)
        if mark is not None:
            name = heading[mark.end() :].strip() or heading
            yield place, replace(kept_column(region, place), name=name)
        elif heading == REASON_HEADING:
            why = Message("mapping.why_reason")
            yield place, replace(kept_column(region, place), keep_as=IGNORED, why=why)
        elif place in others or _is_told_of_machines(region, place):
            yield place, kept_column(region, place)


def _is_told_of_machines(region: TableRegion, place: int) -> bool:
    heading = region.headings[place]
    if any(pattern.fullmatch(heading.strip()) for pattern in (_CLASSIFICATION, _OF_MACHINES)):
        return True
    if _METAFIELD.fullmatch(heading) and _are_sums(region, place):
        return True
    spaced = heading_key(heading)
    is_kept = _KEEPER.fullmatch(spaced) and not _names_bosses(region, place)
    return bool(is_kept or _ROW_ID.fullmatch(spaced))


def _are_sums(region: TableRegion, place: int) -> bool:
    said = [text for row in region.rows if (text := text_of(row[place]).strip())]
    return bool(said) and all(map(_SUM.fullmatch, said))


def _names_bosses(region: TableRegion, place: int) -> bool:
    """Whether below ``Company owner`` nearly every company has another one, and no mail of ours."""
    if not _OWNED_BY.fullmatch(heading_key(region.headings[place])):
        return False
    names = [text for row in region.rows if (text := text_of(row[place]).strip())]
    several = len(names) >= _FEWEST_BOSSES and len(set(names)) >= _MOSTLY_OTHERS * len(names)
    return several and not any("@" in name for name in names)


def _statutory(region: TableRegion) -> frozenset[int]:
    """The columns of a customs list that count in other units than the deal."""
    found = (p for p, heading in enumerate(region.headings) if _STATUTORY.fullmatch(heading))
    is_told = any(_OF_THE_DEAL in heading for heading in region.headings)
    return frozenset(found) if is_told else frozenset()


def _lettered(region: TableRegion) -> frozenset[int]:
    """The columns that are headed by nothing but their own letter: ``H`` is no height there."""
    own = [
        place
        for place, heading in enumerate(region.headings)
        if len(heading) == 1 and ord(heading) - ord("A") == region.columns[place]
    ]
    return frozenset(own) if len(own) >= _FEWEST_LETTERS else frozenset()


def _scores(region: TableRegion) -> frozenset[int]:
    """The columns of an evaluation's points: several criteria, each with the most it can bring."""
    words: dict[int, str] = {}
    for place, heading in enumerate(region.headings):
        match = _SCORE.fullmatch(heading)
        if match is not None and _are_at_most(region, place, int(match["most"])):
            words[place] = match["word"]
    # ``Price (100)`` beside ``Price (500)`` are steps by quantity.
    several = len(set(words.values())) >= _FEWEST_SCORES
    return frozenset(words) if several else frozenset()


def _are_at_most(region: TableRegion, place: int, most: int) -> bool:
    values = [row[place] for row in region.rows if not is_empty(row[place])]
    return bool(values) and all(_is_at_most(value, most) for value in values)


def _is_at_most(value: Value, most: int) -> bool:
    try:
        return 0 <= Decimal(text_of(value)) <= most
    except ArithmeticError:
        return False
