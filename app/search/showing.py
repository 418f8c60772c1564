"""Owns why a hit is here: the fields and words that matched, with the places to highlight.

Works on the document as it is now in the book, so that what is shown is never stale. Must not
change which hits there are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.kernel.text import simplify, strip_accents
from app.search import analysis, pinyin
from app.search.documents import PLACES, SearchDocument
from app.search.needs import Need
from app.search.results import FieldHit, Span

_MOST_FIELDS = 4
_EXCERPT = 160
_BEFORE = 40
_SPOKEN = ("title", "goods", *PLACES)


def matched_fields(document: SearchDocument, needs: Sequence[Need]) -> tuple[FieldHit, ...]:
    """The fields of ``document`` in which ``needs`` are found, names first."""
    found: list[FieldHit] = []
    missing = list(needs)
    for name, text in _fields(document):
        folded, places = folded_with_places(text)
        spans: list[Span] = []
        for need in needs:
            here = _spans(need, folded, name)
            spans += here
            if here and need in missing:
                missing.remove(need)
        if spans:
            found.append(_excerpt(name, text, _merged(spans, places)))
        if len(found) == _MOST_FIELDS or (found and not missing and name != "title"):
            break
    return tuple(found)


def _fields(document: SearchDocument) -> Iterator[tuple[str, str]]:
    for title in document.titles:
        yield "title", title
    for code in document.codes:
        yield "code", code
    for goods in document.goods:
        yield "goods", goods
    for phone in document.phones:
        yield "phone", phone
    for mail in document.mails:
        yield "mail", mail
    yield from document.told_facets
    yield from document.texts.items()


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """``text`` folded character by character, and where each folded character came from."""
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        part = _folded_character(character)
        folded.append(part)
        places += [at] * len(part)
    return "".join(folded), places


@lru_cache(maxsize=8_192)
def _folded_character(character: str) -> str:
    return simplify(strip_accents(unicodedata.normalize("NFKC", character).casefold()))


def matched_title(title: str, needs: Sequence[Need]) -> tuple[FieldHit, ...]:
    """Where ``needs`` stand in the title that is shown, when they do."""
    folded, places = folded_with_places(title)
    spans = [span for need in needs for span in _spans(need, folded, "title")]
    return (FieldHit("title", title, tuple(_merged(spans, places))),) if spans else ()


def _spans(need: Need, folded: str, field: str) -> list[Span]:
    if field == "phone" or (need.digits and field == "code"):
        return _number_spans(need.digits, folded)
    spans = _word_spans(need.word, folded) or _squeezed_spans(need.word, folded)
    if not spans and (root := analysis.stem(need.word)) != need.word:
        spans = _word_spans(root, folded)
    if not spans and need.may_be_sound and field in _SPOKEN:
        spans = _sound_spans(need.word, folded)
    return spans


def _word_spans(word: str, folded: str) -> list[Span]:
    spans: list[Span] = []
    start = folded.find(word)
    while start >= 0:
        before = folded[start - 1] if start else " "
        if analysis.is_cjk(word) or not _continues(before, word[0]):
            spans.append((start, start + len(word)))
        start = folded.find(word, start + len(word))
    return spans


def _continues(before: str, first: str) -> bool:
    """Whether a letter follows a letter, or a digit a digit: then no word starts there."""
    return (before.isalpha() and before.isascii() and first.isalpha()) or (
        before.isdigit() and first.isdigit()
    )


def _squeezed_spans(word: str, folded: str) -> list[Span]:
    """Where ``word`` stands when the joints of codes are left out: ``gd101`` in ``gd-101``."""
    wanted, bare = analysis.squeezed(word), analysis.squeezed(folded)
    if not wanted or wanted not in bare or analysis.is_cjk(word):
        return []
    places = [at for at, character in enumerate(folded) if analysis.squeezed(character)]
    spans = _word_spans(wanted, bare)
    return [(places[start], places[end - 1] + 1) for start, end in spans]


def _number_spans(wanted: str, folded: str) -> list[Span]:
    places = [at for at, character in enumerate(folded) if character.isdigit()]
    found = "".join(folded[at] for at in places).find(wanted) if wanted else -1
    return [] if found < 0 else [(places[found], places[found + len(wanted) - 1] + 1)]


def _sound_spans(typed: str, folded: str) -> list[Span]:
    place = pinyin.place_of(typed, folded)
    return [] if place is None else [place]


def _merged(spans: list[Span], places: list[int]) -> list[Span]:
    """Spans of the folded text as spans of the text itself, overlapping ones joined."""
    result: list[Span] = []
    for start, end in sorted(spans):
        first, last = places[start], places[end - 1] + 1
        if result and first <= result[-1][1]:
            result[-1] = (result[-1][0], max(last, result[-1][1]))
        else:
            result.append((first, last))
    return result


def _excerpt(field: str, text: str, spans: list[Span]) -> FieldHit:
    """The part of a long text around its first span."""
    if len(text) <= _EXCERPT:
        return FieldHit(field, text, tuple(spans))
    first = max(0, spans[0][0] - _BEFORE)
    inside = [(a - first, b - first) for a, b in spans if b <= first + _EXCERPT]
    return FieldHit(field, text[first : first + _EXCERPT], tuple(inside))
