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
_VOLUME = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:\.\d{1,5})?)\s?(?:cbm|m³|m3|立方米?)(?![^\W_])", re.IGNORECASE
)
_KG = r"\d[\d.]*(?:\s?kgs?)?"
#: ``14kg``, ``12.5/11kg``: whoever names one weight only weighs the carton with what is in it.
_BARE_WEIGHT = re.compile(
    rf"(?<![\d.,*x×])(?:{_KG}\s?/\s?)?\d[\d.]*\s?kgs?(?![^\W_])", re.IGNORECASE
)
#: ``60pcs/0.045cbm/14kg``: what is in the carton stands first, without a word for it.
_FIRST = re.compile(rf"(?P<count>\d{{1,5}})\s?{_PIECE}\.?\s?[/,;，、]\s?(?=\d)", re.IGNORECASE)
_WEIGHTS = (
    ("gross_weight", re.compile(r"(?:G\.?\s?W\.?|毛重)\s?[:：]?\s?(\d[\d.]*\s?kgs?)", re.IGNORECASE)),
    ("net_weight", re.compile(r"(?:N\.?\s?W\.?|净重)\s?[:：]?\s?(\d[\d.]*\s?kgs?)", re.IGNORECASE)),
)  # fmt: skip


def told_of_cartons(text: str) -> Iterator[tuple[str, str]]:
    """The fields a word on the packing tells, each with the part of the text that does.

    Sides are the carton's where they stand behind what is in it; nothing is told by a box or a bag.
    """
    inside = list(_IN_A_CARTON.finditer(text))
    if len({found.groups() for found in inside}) != 1:
        first = _FIRST.match(text) if not inside else None
        if first is None or not (_VOLUME.search(text) or _SIDES.search(text)):
            return
        inside = [first]
    yield "pcs_per_carton", next(filter(None, inside[0].groups()))
    behind = inside[0].end()
    if sides := _SIDES.search(text, behind):
        yield "carton_size", sides[0]
    if volume := _VOLUME.search(text, behind):
        yield "cbm", volume[1]
    yield from _weights(text, behind)


def _weights(text: str, behind: int) -> Iterator[tuple[str, str]]:
    """The weights that have their name, else those that stand ``behind`` what is in the carton."""
    named = [(field, found[1]) for field, weight in _WEIGHTS if (found := weight.search(text))]
    yield from named
    bare = _BARE_WEIGHT.search(text, behind) if not named else None
    if bare is not None:
        two = [part.rstrip("kgsKGS ") for part in bare[0].split("/")]
        heavier = sorted(two, key=_number)
        yield "gross_weight", f"{heavier[-1]}kg"
        if len(two) > 1:
            yield "net_weight", f"{heavier[0]}kg"


def _number(text: str) -> float:
    return float(re.sub(r"\.(?=.*\.)", "", text.strip().rstrip(".")))
