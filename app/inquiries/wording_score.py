"""Owns how well the words of a candidate name the goods that are asked for.

Goods are concepts with names in both languages; sizes and codes are told apart from them. Must not
know where names come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.inquiries.kinds_of_goods import kinds_of
from app.kernel.text import fold, has_han, is_han

_UNITS = r"ml|l|oz|mm|cm|m|inch|in|\"|w|v|mah|gsm|g|kg|hz|lm|k"
_CODE = re.compile(
    rf"\d+(?:\.\d+)?\s?(?:{_UNITS})\b|\b[a-z]{{0,4}}-?\d[\w\-*×./]*|\b\d+\b", re.ASCII
)
_UNIT = re.compile(rf"{_UNITS}|毫升|厘米|英寸")
_WORD = re.compile(r"[a-z][a-z'\-]+|[\u3400-\u9fff]+")
_EMPTY_WORDS = frozenset(
    {
        *(
            [
                "the",
                "a",
                "an",
                "of",
                "for",
                "with",
                "and",
                "or",
                "to",
                "in",
                "on",
                "by",
                "from",
                "as",
                "per",
                "new",
                "hot",
                "sale",
                "best",
                "quality",
                "high",
                "good",
            ]
        ),
        *(
            [
                "price",
                "type",
                "style",
                "set",
                "pcs",
                "pc",
                "pieces",
                "piece",
                "size",
                "color",
                "colour",
                "custom",
                "customized",
                "oem",
                "logo",
            ]
        ),
        *(
            [
                "please",
                "quote",
                "need",
                "want",
                "any",
                "some",
                "our",
                "your",
                "other",
                "various",
                "wholesale",
                "supply",
                "product",
                "products",
            ]
        ),
    }
)
_IN_NAME, _IN_TEXT, _BY_KIND = Decimal(1), Decimal("0.6"), Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the goods are or have: its folded names, any of which will do, and its weight.

    ``kinds`` are folded names of what it belongs to: they count, but less.
    """

    said: str
    names: tuple[str, ...]
    weight: int
    kinds: tuple[str, ...] = ()


def specifications_in(text: str) -> tuple[str, ...]:
    """The sizes, grades and codes in ``text``, folded, each once: ``500ml``, ``304``, ``5050``."""
    found = (match.group().strip().replace(" ", "") for match in _CODE.finditer(fold(text)))
    return tuple(dict.fromkeys(one for one in found if one))


def words_in(text: str) -> tuple[str, ...]:
    """The words of ``text`` that say what the goods are, folded, without sizes and empty words."""
    without_codes = _CODE.sub(" ", fold(text))
    words = (word for word in _WORD.findall(without_codes) if word not in _EMPTY_WORDS)
    return tuple(dict.fromkeys(word for word in words if len(word) > 1 or has_han(word)))


def concepts_of(text: str, groups: Iterable[tuple[str, Sequence[str]]]) -> tuple[Concept, ...]:
    """The concepts of ``text``: known phrases with their other names, then the words left over.

    ``groups`` are (phrase in the text, other names). A phrase counts most, unless it is a unit of
    a size; of the words left over the last Latin one is the thing itself (``yoga mat``), the ones
    before only tell its kind.
    """
    concepts = []
    rest = fold(text)
    for phrase, names in groups:
        folded = fold(phrase)
        if _UNIT.fullmatch(folded):
            continue
        every = dict.fromkeys((folded, *(fold(name) for name in names)))
        concepts.append(Concept(phrase, tuple(every), 6, kinds_of(every)))
        rest = rest.replace(folded, " ")
    left = words_in(rest)
    head = next((word for word in reversed(left) if not concepts), None)
    for before, word in zip(("", *left), left, strict=False):
        kinds = kinds_of((f"{before} {word}", word)) if word == head else ()
        concepts.append(Concept(word, (word,), 4 if word == head else 2, kinds))
    return tuple(concepts)


def wording_points(
    concepts: Sequence[Concept], *, names: str, texts: str
) -> tuple[Decimal, tuple[str, ...]]:
    """The share of the concepts that a candidate's folded words meet, and those met.

    A word in the name counts whole, elsewhere less. Goods that miss the weightiest concept are
    other goods: nothing is met then.
    """
    if not concepts:
        return Decimal(0), ()
    whole, earned, met = 0, Decimal(0), []
    heaviest = max(concept.weight for concept in concepts)
    head_met = False
    for concept in concepts:
        whole += concept.weight
        share = max((_place(name, names, texts) for name in concept.names), default=Decimal(0))
        if share:
            earned += share * concept.weight
            met.append(concept.said)
            head_met = head_met or concept.weight == heaviest
        elif kind := next((one for one in concept.kinds if _place(one, names, texts)), None):
            earned += _BY_KIND * concept.weight
            met.append(f"{concept.said} ({kind})")
            head_met = head_met or concept.weight == heaviest
    return (earned / whole, tuple(met)) if head_met else (Decimal(0), ())


def _place(word: str, names: str, texts: str) -> Decimal:
    if _stands_in(word, names):
        return _IN_NAME
    return _IN_TEXT if _stands_in(word, texts) else Decimal(0)


def _stands_in(word: str, text: str) -> bool:
    """Whether ``word`` stands in ``text``: Chinese anywhere, Latin at the start of a word."""
    if not word or not text:
        return False
    if is_han(word[0]):
        return word in text or _most_of(word, text)
    stem = word[:-1] if len(word) > 4 and word.endswith("s") else word
    at = text.find(stem)
    while at >= 0:
        if at == 0 or not text[at - 1].isalpha() or is_han(text[at - 1]):
            return True
        at = text.find(stem, at + 1)
    return False


def _most_of(word: str, text: str) -> bool:
    """Whether a longer Chinese run is in ``text`` but for words put between (不锈钢真空保温杯)."""
    if len(word) < 4:
        return False
    pairs = [word[n : n + 2] for n in range(len(word) - 1)]
    return sum(pair in text for pair in pairs) >= 0.75 * len(pairs)
