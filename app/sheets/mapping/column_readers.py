"""Owns the reader of each column: of one field, or of several that share its cells.

Must not know how the values of a single field are written; the readers of fields do.
"""

from __future__ import annotations

import re

from app.sheets.cells.codes import code_and_name, name_and_number
from app.sheets.cells.contacts import read_points
from app.sheets.cells.measures import read_weights_kg
from app.sheets.cells.places import company_and_country, country_and_city, postal_code_and_city
from app.sheets.cells.reading import Hints, Reading, text_of, tidy, warning
from app.sheets.grid import Value
from app.sheets.headings import (
    COMPANY_AND_COUNTRY,
    COUNTRY_AND_CITY,
    POINT_FIELDS,
    POSTAL_CODE_AND_CITY,
    column_hints,
    is_of_carton,
)
from app.sheets.mapping.coded_names import CODED_NAME, NUMBERED_NAME
from app.sheets.mapping.columns import ColumnMapping
from app.sheets.mapping.readers import (
    CellReader,
    below_zero,
    field_reader,
    guarded,
    sorted_phones,
)

#: ``Carton length (cm)``, 外箱长, ``Box width``: each side in a column of its own.
_SIDES = frozenset(["length", "width", "height"])
#: Where one of these is told in a cell, digits may be a phone.
_CALLED = frozenset(["phone", "mobile", "fax", "email", "web", "contact", "whatsapp"])
_BARE_NAME = re.compile(r"[\w-]{5,20}", re.ASCII)
_CN_MOBILE = re.compile(r"1[3-9]\d{9}")


def column_reader(mapping: ColumnMapping, parts: tuple[str, ...], near: Hints) -> CellReader:
    """The reader for a mapped column; what its heading says is compiled in."""
    if len(mapping.fields) > 1:
        return guarded(_combined(mapping, near))
    read = field_reader(mapping.fields[0], parts, near, tier=mapping.tier)
    return _of_carton(read) if mapping.fields[0] in _SIDES and is_of_carton(parts) else read


def _of_carton(read: CellReader) -> CellReader:
    """A side of the carton, not of what is in it."""

    def reader(value: Value) -> Reading:
        found = read(value)
        if not found.values:
            return found
        sides = tuple((f"carton_{key}", side) for key, side in found.values)
        return Reading(sides, found.problems)

    return reader


def _combined(mapping: ColumnMapping, near: Hints) -> CellReader:
    fields = mapping.fields
    if set(fields) == {"gross_weight", "net_weight"}:
        return lambda value: _weights(
            fields, value, column_hints((mapping.heading,), "weight", near)
        )
    if fields == CODED_NAME:
        return _coded_name
    if set(fields) == COUNTRY_AND_CITY:
        return _country_and_city
    if fields == NUMBERED_NAME:
        return _numbered_name
    if set(fields) == COMPANY_AND_COUNTRY:
        return _company_and_country
    if set(fields) == POSTAL_CODE_AND_CITY:
        return _postal_code_and_city
    if set(fields) <= POINT_FIELDS:
        return lambda value: _points(fields, value, near)
    return lambda value: _split(fields, value, near)


def _coded_name(value: Value) -> Reading:
    text = tidy(text_of(value))
    parted = code_and_name(text)
    return Reading(tuple(zip(CODED_NAME, parted, strict=True)) if parted else (("company", text),))


def _numbered_name(value: Value) -> Reading:
    text = text_of(value).strip()
    parted = name_and_number(text)
    return _filled(product=parted[0], item_no=parted[1]) if parted else _filled(product=text)


def _country_and_city(value: Value) -> Reading:
    country, city = country_and_city(tidy(text_of(value)))
    return _filled(country=country, city=city)


def _company_and_country(value: Value) -> Reading:
    company, country = company_and_country(tidy(text_of(value)))
    return _filled(company=company, country=country)


def _postal_code_and_city(value: Value) -> Reading:
    code, city = postal_code_and_city(tidy(text_of(value)))
    return _filled(postal_code=code, city=city)


def _filled(**values: str | None) -> Reading:
    return Reading(tuple((field, value) for field, value in values.items() if value))


def _weights(fields: tuple[str, ...], value: Value, hints: Hints) -> Reading:
    if below := below_zero(fields[0], text_of(value)):
        return below
    weights = read_weights_kg(text_of(value), hints)
    if not weights:
        found = warning("cells.number_not_understood", fields[0], text=text_of(value))
        return Reading(problems=(found,))
    pairs = dict(zip(fields, weights, strict=False))
    if len(pairs) == 2 and pairs["net_weight"] > pairs["gross_weight"]:
        pairs = {"net_weight": pairs["gross_weight"], "gross_weight": pairs["net_weight"]}
    return Reading(tuple(pairs.items()))


def _points(fields: tuple[str, ...], value: Value, hints: Hints) -> Reading:
    if not _CALLED & set(fields) and (chat := _chat_of(fields, tidy(text_of(value)))):
        return Reading((chat,))
    points = read_points(text_of(value), country=hints.country)
    values: list[tuple[str, object]] = [("email", points.emails)] if points.emails else []
    values += [("web", points.webs)] if points.webs else []
    phone_fields = [field for field in fields if field in ("mobile", "phone", "fax", "whatsapp")]
    if points.phones and phone_fields == ["phone", "fax"] and len(points.phones) == 2:
        values += [("phone", points.phones[:1]), ("fax", points.phones[1:])]
    elif points.phones and phone_fields and phone_fields[0] == "whatsapp":
        values.append(("whatsapp", points.phones[0].typed))
    else:
        values += sorted_phones(points.phones)
    others = [
        field for field in fields if field in ("wechat", "qq", "skype", "im", "contact", "whatsapp")
    ]
    if points.rest:
        values.append((others[0] if others else "im", points.rest))
    return Reading(tuple(values))


def _chat_of(fields: tuple[str, ...], text: str) -> tuple[str, str] | None:
    """Which of two chats a bare name or number is of: QQ has short numbers, WeChat mobiles and letters."""
    if "qq" not in fields or not _BARE_NAME.fullmatch(text):
        return None
    is_qq = text.isdigit() and not _CN_MOBILE.fullmatch(text)
    others = [field for field in fields if field != "qq"]
    return ("qq" if is_qq else others[0], text) if others else None


def _split(fields: tuple[str, ...], value: Value, near: Hints) -> Reading:
    """A cell the person told to split: at slashes, semicolons, commas, else at blanks."""
    text = tidy(text_of(value))
    for mark in (" / ", "/", ";", "；", "|", "，", ",", "、", "\n", " "):
        pieces = [piece.strip() for piece in text.split(mark, len(fields) - 1)]
        if len(pieces) == len(fields):
            break
    readings = [
        field_reader(field, (), near)(piece)
        for field, piece in zip(fields, pieces, strict=False)
        if piece
    ]
    return Reading(
        tuple(pair for reading in readings for pair in reading.values),
        tuple(problem for reading in readings for problem in reading.problems),
    )
