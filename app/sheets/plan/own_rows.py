"""Owns what the rows of a list of ours say of a company and its person: all of it, as it stands.

Must not read rows of strangers; ``parties`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.directory.booths import walking_key
from app.directory.fields import ADDRESS_KIND
from app.forms import choice_named
from app.kernel.text import has_han
from app.sheets.cells.contacts import phone_of
from app.sheets.cells.countries import country_of
from app.sheets.entries import unlabelled
from app.sheets.plan.drafts import CompanyDraft, PersonDraft, Point, Values

_POINTS = {
    **{
        kind: kind
        for kind in (
            "mobile", "phone", "fax", "email", "wechat", "whatsapp", "qq", "skype", "linkedin",
        )
    },
    "im": "other",
}  # fmt: skip
_COMPANY_POINTS = {"company_phone": "phone", "company_fax": "fax"}
_PHONES = frozenset(["mobile", "phone", "fax"])
_PERSON = {
    "contact": "name",
    "contact_en": "name_en",
    "job_title": "job_title",
    "department": "department",
    "contact_language": "language",
}
_ADDRESS = {
    "address": "lines",
    "address_kind": "kind",
    "address_city": "city",
    "address_province": "province",
    "postal_code": "postal_code",
    "address_country": "country",
}
#: Fields that only lists of ours have.
OWN_FIELDS = frozenset(
    (
        *_PERSON, *_ADDRESS, *_COMPANY_POINTS, "edition", "company_no", "contact_no", "record_no",
        "price_unit", "quantity_from", "quantity_to", "quantity_text", "contact_primary",
        "contact_notes", "product_notes", "carton_length", "carton_width", "carton_height",
    )
)  # fmt: skip


def own_names(name: object, english: object) -> Values:
    """The names of a record; a lone one is Chinese or foreign as it looks."""
    if name and (english or has_han(str(name))):
        return {"name_zh": name, **({"name_en": english} if english else {})}
    return {"name_en": name or english} if name or english else {}


def add_own_parts(draft: CompanyDraft, values: Mapping[str, object]) -> None:
    """Adds the person, the ways of contact, the address and the booths of a row to ``draft``."""
    draft.number = str(values.get("company_no") or "")
    points = list(_points(values, _POINTS))
    draft.points = list(_points(values, _COMPANY_POINTS))
    if values.get("contact"):
        facts = {column: values[key] for key, column in _PERSON.items() if values.get(key)}
        person = PersonDraft(facts, points, number=str(values.get("contact_no") or ""))
        person.is_primary = values.get("contact_primary") is True
        person.notes = list(_entries(values.get("contact_notes")))
        draft.people.append(person)
    else:
        draft.points += points
    if values.get("address"):
        draft.addresses.append(_address(values))
    draft.booths = list(_booths(values))


def _address(values: Mapping[str, object]) -> Values:
    told = {column: values[key] for key, column in _ADDRESS.items() if values.get(key)}
    if kind := told.get("kind"):
        told["kind"] = choice_named(ADDRESS_KIND, str(kind))
    if country := told.get("country"):
        told["country"] = country_of(str(country)) or country
    return told


def _points(values: Mapping[str, object], fields: Mapping[str, str]) -> Iterator[Point]:
    country = str(values.get("country") or "CN")
    for field, kind in fields.items():
        for entry in _entries(values.get(field)):
            value, label = unlabelled(entry)
            normal = phone_of(value, country).e164 if kind in _PHONES else value.strip().casefold()
            yield Point(kind, value, normal, label)


def _entries(value: object) -> Iterable[str]:
    return map(str, value) if isinstance(value, tuple) else ()


def _booths(values: Mapping[str, object]) -> Iterator[Values]:
    keys = ("fair", "edition", "phase", "hall")
    for booth in _entries(values.get("booth")):
        where = {key: values.get(key) for key in keys}
        yield {**where, "booth": booth, "walking_key": walking_key(booth)}
