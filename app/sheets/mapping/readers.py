"""Owns the reading of a column's cells: one compiled reader a column, each distinct value read once.

Must not join columns to records; records do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from app.kernel.messages import Message
from app.kernel.quantities import unit_named
from app.quotations.incoterms import TradeTerm, parse_trade_term
from app.sheets.cells.codes import (
    read_barcode,
    read_booths,
    read_code,
    read_hs_code,
    read_uscc,
)
from app.sheets.cells.contacts import (
    SAME_AS_PHONE,
    chinese_phone,
    read_emails,
    read_people,
    read_person,
    read_phones,
    read_points,
    read_webs,
    take_chats,
    titled_people,
    titled_person,
)
from app.sheets.cells.countries import country_under_its_heading
from app.sheets.cells.dates import has_day, read_date, read_day_near
from app.sheets.cells.measures import (
    read_days,
    read_dimensions,
    read_length_cm,
    read_number,
    read_share,
    read_volume_m3,
    read_weights_kg,
)
from app.sheets.cells.networks import network_named, network_of, parted_links
from app.sheets.cells.numbers import is_below_zero, is_range
from app.sheets.cells.prices import (
    currency_of,
    of_many,
    plain_price,
    price_hints,
    read_price,
    vat_flag,
)
from app.sheets.cells.quantities import CellQuantity, read_packed, read_quantity
from app.sheets.cells.reading import (
    NOTHING,
    Hints,
    Problem,
    Reading,
    folded,
    is_absent,
    text_of,
    tidy,
    warning,
)
from app.sheets.entries import labelled, unlabelled
from app.sheets.grid import ErrorValue, Value
from app.sheets.headings import column_hints
from app.sheets.targets import TARGETS
from app.sheets.tiers import Tier, tier_of

#: ``Tel: 0574-87654321 Fax: 0574-87654322``
_FAXED = re.compile(
    r"(?:传真|факс|(?<![^\W_])(?:tele)?fax)\s*[.:：]?\s*(?P<fax>[+(]?\d[\d\s()./-]{5,20}\d)",
    re.IGNORECASE,
)
#: Reads one cell; a reader never raises.
CellReader = Callable[[Value], Reading]
_WORTH_TRYING = 2_000
_LIST_MARKS = ("、", ";", "；", "|", "\n", "•")
_BETWEEN_NAMES = re.compile(r"[;；、|\n]")
_FLAGS = {
    **dict.fromkeys(
        ("yes", "y", "true", "是", "1", "含", "含税", "да", "ja", "si", "√", "✓"), True
    ),
    **dict.fromkeys(("no", "n", "false", "否", "0", "不含", "不含税", "нет", "nein", "×"), False),
}


def field_reader(
    field: str, parts: tuple[str, ...], near: Hints, *, tier: Tier | None = None
) -> CellReader:
    """The reader for one field under the heading ``parts``."""
    if TARGETS[field].reader == "social":
        return guarded(_social(parts))
    return guarded(_single(field, column_hints(parts, field, near), tier))


def guarded(read: CellReader) -> CellReader:
    """Empty and absent cells read as nothing, errors of a formula as a warning; values are cached."""
    seen: dict[Value, Reading] = {}
    spared = 0

    def reader(value: Value) -> Reading:
        nonlocal spared
        found = seen.get(value)
        if found is not None:
            spared += 1
            return found
        found = _read_present(read, value)
        # A column in which every cell is another is not worth remembering.
        if len(seen) < _WORTH_TRYING or spared > len(seen):
            seen[value] = found
        return found

    return reader


def _read_present(read: CellReader, value: Value) -> Reading:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, ErrorValue):
        return Reading(problems=(warning("cells.formula_error", "", code=value.code),))
    if isinstance(value, str) and is_absent(value):
        return NOTHING
    return read(value)


def _single(field: str, hints: Hints, tier: Tier | None) -> CellReader:
    name = TARGETS[field].reader
    if name == "price":
        return _price(field, hints, tier)
    if field == "pcs_per_carton":
        return _packed(field, hints)
    if name in _MEASURES:
        return _measure(field, hints, _MEASURES[name])
    if name in _CODES:
        return _code(field, _CODES[name])
    if name == "phones":
        return _phones(field, hints)
    return {
        "person": lambda value: _person(value, hints),
        "emails": lambda value: Reading(*_tagged(field, read_emails(text_of(value), field=field))),
        "webs": lambda value: _webs(field, tidy(text_of(value))),
        "booths": lambda value: Reading(((field, read_booths(text_of(value))),)),
        "names": lambda value: Reading(((field, _names(text_of(value))),)),
        "list": lambda value: Reading(((field, list_of(text_of(value))),)),
        "country": lambda value: _known(
            field,
            value,
            partial(country_under_its_heading, by_code=hints.are_countries_coded),
            "cells.country_not_known",
        ),
        "currency": lambda value: _known(field, value, currency_of, "cells.currency_not_known"),
        "date": lambda value: _date(field, value, hints),
        "unit": lambda value: Reading(((field, _unit(text_of(value))),)),
        "tier": lambda value: _tier(field, value),
        "flag": lambda value: _flag(field, value),
        "uscc": lambda value: _of(field, read_uscc(text_of(value), field=field)),
        "term": lambda value: _term(field, value),
    }.get(name, lambda value: _text(field, value))


def _tagged(
    field: str, found: tuple[tuple[object, ...], tuple[Problem, ...]]
) -> tuple[tuple[tuple[str, object], ...], tuple[Problem, ...]]:
    return (((field, found[0]),) if found[0] else ()), found[1]


def _of(field: str, found: tuple[object, tuple[Problem, ...]]) -> Reading:
    value, problems = found
    return Reading(((field, value),) if value is not None else (), problems)


def _webs(field: str, text: str) -> Reading:
    """Websites; pages on social networks are ways to reach the company."""
    own, others = parted_links(read_webs(text) or (text,))
    pages = tuple(labelled(link, name) for link, name in others if name != "LinkedIn")
    linkedin = next((link for link, name in others if name == "LinkedIn"), None)
    values = ((field, own), ("social", pages), ("linkedin", linkedin))
    return Reading(tuple((key, value) for key, value in values if value))


def _social(parts: tuple[str, ...]) -> CellReader:
    """Pages on social networks, each with the network that its link or the heading names."""
    said = next(filter(None, map(network_named, reversed(parts))), None)

    def read(value: Value) -> Reading:
        text, label = unlabelled(tidy(text_of(value)))
        links = read_webs(text) or (text,)
        pages = tuple(labelled(link, network_of(link) or label or said) for link in links if link)
        return Reading((("social", pages),)) if pages else NOTHING

    return read


def _text(field: str, value: Value) -> Reading:
    text = tidy(text_of(value))
    if not text:
        return NOTHING
    return Reading(((field, (text,) if TARGETS[field].many else text),))


def _names(text: str) -> tuple[str, ...]:
    """Names of companies: a comma or a full stop belongs to the name."""
    return tuple(filter(None, map(tidy, _BETWEEN_NAMES.split(text))))


def _price(field: str, hints: Hints, tier: Tier | None) -> CellReader:
    many = TARGETS[field].many

    def read(value: Value) -> Reading:
        if isinstance(value, Decimal):
            if value <= 0:
                return NOTHING if value == 0 else _negative_price(field, value)
            price = plain_price(value, hints, tier=tier)
            return Reading(((field, (price,) if many else price),), of_many(price, hints, field))
        prices, problems = read_price(text_of(value), hints, field=field, tier=tier)
        if not prices:
            return Reading(problems=problems)
        return Reading(((field, prices if many else prices[0]),), problems)

    return read


def _negative_price(field: str, value: Value) -> Reading:
    return Reading(problems=(warning("cells.price_is_negative", field, text=text_of(value)),))


#: Days on which something has happened.
_PAST = frozenset(["inquired_on", "priced_on", "first_contact_on", "certificate_issued_on"])
#: Stock may be owed, a place lie south or west; an inquiry for less than nothing is told of as such.
_MAY_BE_BELOW_ZERO = frozenset(["stock", "latitude", "longitude", "quantity"])
_MEASURES: dict[str, Callable[[str, Hints], object]] = {
    "quantity": read_quantity,
    "dimensions": read_dimensions,
    "length": read_length_cm,
    "weight": lambda text, hints: next(iter(read_weights_kg(text, hints)), None),
    "volume": read_volume_m3,
    "number": read_number,
    "share": read_share,
    "days": lambda text, _: read_days(text),
}

_OF_SEVERAL_NUMBERS = frozenset(["dimensions", "days"])


def below_zero(field: str, text: str) -> Reading | None:
    """What is said of a measure that none can be; ``None`` for all others."""
    if field in _MAY_BE_BELOW_ZERO or not is_below_zero(folded(text)):
        return None
    return Reading(problems=(warning("cells.measure_is_negative", field, text=text),))


def _measure(field: str, hints: Hints, read: Callable[[str, Hints], object]) -> CellReader:
    is_plain = TARGETS[field].reader == "quantity"
    is_single = TARGETS[field].reader not in _OF_SEVERAL_NUMBERS

    def reader(value: Value) -> Reading:
        text = text_of(value)
        if below := below_zero(field, text):
            return below
        if is_plain and isinstance(value, Decimal):
            return Reading(((field, CellQuantity(value, hints.unit)),))
        own = replace(hints, decimal_comma=False) if isinstance(value, Decimal) else hints
        found = read(text, own)
        if found is None:
            return Reading(problems=(warning("cells.number_not_understood", field, text=text),))
        told = warning("cells.number_is_range", field, text=text)
        is_first_of_two = is_single and isinstance(value, str) and is_range(folded(text))
        return Reading(((field, found),), (told,) if is_first_of_two else ())

    return reader


def _packed(field: str, hints: Hints) -> CellReader:
    """How many a carton holds, with the inner box where a cell tells both: ``24/144``."""
    plain = _measure(field, hints, read_quantity)

    def reader(value: Value) -> Reading:
        told = read_packed(value, hints) if isinstance(value, str) else None
        if told is None:
            return plain(value)
        outer, inner = told
        return Reading(((field, outer), *((("inner_pack", inner),) if inner else ())))

    return reader


_CODES: dict[str, Callable[..., tuple[str | None, tuple[Problem, ...]]]] = {
    "code": read_code,
    "hs_code": read_hs_code,
    "barcode": read_barcode,
}


def _code(field: str, read: Callable[..., tuple[str | None, tuple[Problem, ...]]]) -> CellReader:
    return lambda value: _of(field, read(value, field=field))


def _phones(field: str, hints: Hints) -> CellReader:
    def read(value: Value) -> Reading:
        text = tidy(text_of(value))
        if hints.country == "CN" and (phone := chinese_phone(text)) is not None:
            return Reading(((field, (phone,)),))
        fax = _FAXED.search(text) if field != "fax" else None
        if fax is not None and any(map(str.isdigit, text[: fax.start()])):
            faxes, _ = read_phones(fax["fax"], field="fax", country=hints.country)
            rest = read(f"{text[: fax.start()]} {text[fax.end() :]}".strip())
            return Reading((*rest.values, *((("fax", faxes),) if faxes else ())), rest.problems)
        chats, text = take_chats(text)
        if chats and not any(sign.isdigit() for sign in text):
            return Reading(chats)
        found, problems = read_phones(text, field=field, country=hints.country)
        if found and not text.isascii() and SAME_AS_PHONE.search(text):
            chats = (*chats, ("wechat", found[0].typed))
        values = ((field, found), *chats) if found else chats
        if "@" not in text:
            return Reading(values, problems)
        mails = read_points(text, country=hints.country).emails
        return Reading((*values, ("email", mails))) if mails else Reading(values, problems)

    return read


def _person(value: Value, hints: Hints) -> Reading:
    text = text_of(value)
    if people := read_people(text, country=hints.country) or titled_people(text):
        names = "; ".join(one.name for one in people)
        return Reading((("contact", names), ("people", people)))
    name, points = read_person(text_of(value), country=hints.country)
    name, title = titled_person(name)
    values: list[tuple[str, object]] = [("contact", name)] if name else []
    values += [("job_title", title)] if title else []
    values += [("email", points.emails)] if points.emails else []
    values += sorted_phones(points.phones)
    if points.phones and SAME_AS_PHONE.search(text_of(value)):
        values.append(("wechat", points.phones[0].typed))
    return Reading(tuple(values))


def sorted_phones(phones: tuple[object, ...]) -> list[tuple[str, object]]:
    """Mobiles and other phones, each under its field."""
    mobiles = tuple(phone for phone in phones if getattr(phone, "kind", None) == "mobile")
    others = tuple(phone for phone in phones if phone not in mobiles)
    pairs: list[tuple[str, object]] = [("mobile", mobiles), ("phone", others)]
    return [pair for pair in pairs if pair[1]]


def _known(field: str, value: Value, find: Callable[[str], str | None], key: str) -> Reading:
    text = tidy(text_of(value))
    found = find(text)
    if found is None:
        return Reading(((f"{field}_text", text),), (Problem("warning", _named(key, text), field),))
    return Reading(((field, found),))


def _named(key: str, text: str) -> Message:
    return Message(key, text=text)


def _date(field: str, value: Value, hints: Hints) -> Reading:
    day = read_date(
        value, month_first=hints.month_first, year=hints.year, day_first=hints.day_first
    )
    if day is not None:
        return Reading(((field, day),))
    text = text_of(value)
    is_span = field == "valid_until" and not has_day(text)  # 12月31日 is no year.
    if is_span and (days := read_days(text, needs_unit=True)) is not None:
        return Reading(((field, days),))  # ``30 days``: from the day of the price on.
    if hints.near_day is not None:
        is_past = field in _PAST
        day = read_day_near(text, hints.near_day, day_first=hints.day_first, is_past=is_past)
    if day is not None:
        told = warning("cells.year_is_assumed", field, text=text, year=day.year)
        return Reading(((field, day),), (told,))
    told = warning("cells.date_not_understood", field, text=text)
    kept = tidy(f"{hints.label}: {text}" if hints.label else text)
    return Reading((("remark", (kept,)),), (told,))


def _unit(text: str) -> str:
    """The unit's code where one is known (``套 set`` → ``set``), else the words."""
    said = tidy(text)
    for part in (said, *said.replace("/", " ").split()):
        if code := unit_named(part):
            return code
    return said


def _tier(field: str, value: Value) -> Reading:
    text = text_of(value)
    tier = tier_of(text)
    if tier is None:
        return Reading(problems=(warning("cells.number_not_understood", field, text=text),))
    return Reading(((field, tier),))


def _flag(field: str, value: Value) -> Reading:
    text = folded(text_of(value)).lower()
    found = _FLAGS.get(text, vat_flag(text))
    return Reading(((field, found),)) if found is not None else NOTHING


def _term(field: str, value: Value) -> Reading:
    text = tidy(text_of(value))
    term = parse_trade_term(text)
    if term is None:
        hints = price_hints(text)
        term = TradeTerm(hints.incoterm) if hints.incoterm else None
    if term is None:
        return Reading(problems=(warning("cells.term_not_known", field, text=text),))
    return Reading(((field, term),))


def list_of(text: str) -> tuple[str, ...]:
    """The entries of a list in a cell; commas part them only where no other mark does."""
    said = tidy(text)
    parts = [said]
    for mark in _LIST_MARKS:
        parts = [piece for part in parts for piece in part.split(mark)]
    if len(parts) == 1:
        parts = (
            said.replace("，", ",").split(",")
            if said.count("/") == 0 or " / " not in said
            else said.split(" / ")
        )
    entries = (part.strip(" ,.-•") for part in parts)
    return tuple(dict.fromkeys(entry for entry in entries if entry))
