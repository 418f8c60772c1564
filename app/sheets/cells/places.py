"""Owns places that share a cell: a country and a city or a company, a postal code and a city.

Must not decide whose place it is.
"""

from __future__ import annotations

import re

from app.sheets.cells.countries import country_of

_BETWEEN = re.compile(r"\s*[/／|,，;；、\n]\s*|\s+[-–—]\s+")
_POSTAL_FIRST = re.compile(r"(?P<code>(?:[A-Z]{1,3}-)?\d[\d -]{1,7}\d)[,\s]+(?P<city>[^\d\s].*)")
_POSTAL_LAST = re.compile(r"(?P<city>.*[^\d\s,])[,\s]+(?P<code>(?:[A-Z]{1,3}-)?\d[\d-]{2,8})")

_COUNTRY_LAST = re.compile(
    r"(?P<rest>.*\S)(?:\s*[/／|,，;；(（\[]\s*|\s+[-–—]\s*)(?P<country>[^/／|,，;；(（\[]+?)\s*[)）\]]?"
)
_COUNTRY_FIRST = re.compile(
    r"(?P<country>[^/／|,，;；:：–—-]+?)\s*[/／|,，;；:：–—-]\s*(?P<rest>\S.*)"
)


def country_and_city(text: str) -> tuple[str | None, str]:
    """ISO 3166 code and city of ``UAE / Dubai`` or ``Ningbo, China``; ``None`` where no part is a country."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) == 1:
        parts = _parted_by_blank(text)
    found = [(place, code) for place, part in enumerate(parts) if (code := country_of(part))]
    if not found:
        return None, text
    place, code = found[0]
    return code, ", ".join(parts[:place] + parts[place + 1 :])


def company_and_country(text: str) -> tuple[str, str | None]:
    """The two of ``K-Living, Korea``, ``Hogar SpA (Chile)`` or ``Italy - Rossi S.r.l.``; ``None`` where neither end
    is a country.
    """
    for pattern in (_COUNTRY_LAST, _COUNTRY_FIRST):
        if (parted := pattern.fullmatch(text)) and (code := country_of(parted["country"])):
            return parted["rest"], code
    return text, None


def _parted_by_blank(text: str) -> list[str]:
    """``China Ningbo`` in two; a country of several words stays one."""
    first, _, rest = text.partition(" ")
    if not rest or country_of(text):
        return [text]
    head, _, last = text.rpartition(" ")
    return [head, last] if country_of(last) and not country_of(first) else [first, rest]


def postal_code_and_city(text: str) -> tuple[str, str]:
    """The two of ``86150 Augsburg`` or ``Milano 20121``; the code is empty where there is none."""
    found = _POSTAL_FIRST.fullmatch(text) or _POSTAL_LAST.fullmatch(text)
    if found is None:
        return (text, "") if text.replace(" ", "").isdigit() else ("", text)
    return found["code"], found["city"]
