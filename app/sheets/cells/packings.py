"""Owns what a word on the packing tells of the carton: ``12pcs/inner, 72pcs/ctn, 45x30x25cm, G.W. 14kg``.

Must not read the amounts it finds; the readers of their fields do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = r"(?:pcs?|pieces?|sets?|prs?|pairs?|units?|ea|dozens?|stk|stück|шт|[个個只件套双對对支片瓶条把台])"
_CARTON = r"(?:(?:master|outer|export|big)\s)?(?:ctns?|cartons?|kartons?|кор(?:обк\w*|об)?|外?箱)(?![^\W_])"
_IN_A_CARTON = re.compile(
    rf"(?<![\d.,])(?P<count>\d{{1,5}})\s?{_PIECE}?\.?\s?(?:/|per|a|in a|in|в)\s?(?:1\s?)?{_CARTON}"
    rf"|(?:(?:每|一|1\s?)外?箱|外箱)\s?(?:装\s?|[:：]\s?)?(?P<behind>\d{{1,5}})\s?{_PIECE}",
    re.IGNORECASE,
)
_SIDE = r"\d{1,4}(?:\.\d{1,3})?\s?(?:cm|mm|m)?"
_SIDES = re.compile(rf"{_SIDE}\s?[x×*]\s?{_SIDE}\s?[x×*]\s?{_SIDE}", re.IGNORECASE)
_WEIGHTS = (
    ("gross_weight", re.compile(r"(?:G\.?\s?W\.?|毛重)\s?[:：]?\s?(\d[\d.]*\s?kgs?)", re.IGNORECASE)),
    ("net_weight", re.compile(r"(?:N\.?\s?W\.?|净重)\s?[:：]?\s?(\d[\d.]*\s?kgs?)", re.IGNORECASE)),
)  # fmt: skip


def told_of_cartons(text: str) -> Iterator[tuple[str, str]]:
    """The fields a word on the packing tells, each with the part of the text that does.

    Sides are the carton's where they stand behind what is in it; nothing is told by a box or a bag.
    """
    inside = list(_IN_A_CARTON.finditer(text))
    if len({found["count"] or found["behind"] for found in inside}) != 1:
        return
    yield "pcs_per_carton", inside[0]["count"] or inside[0]["behind"]
    if sides := _SIDES.search(text, inside[0].end()):
        yield "carton_size", sides[0]
    for field, weight in _WEIGHTS:
        if found := weight.search(text):
            yield field, found[1]
