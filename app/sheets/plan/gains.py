"""Owns what a known company or product gains from a sheet: the empty fields it fills, what is new.

Must not read the database; it is given what the book holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Set
from datetime import date

from app.directory.phones import parse_phone
from app.sheets.cells.reading import tidy
from app.sheets.grid import Picture
from app.sheets.plan.drafts import Point, PriceDraft, Values
from app.sheets.plan.goods import in_two_languages
from app.sheets.plan.keys_views import own_keys
from app.sheets.plan.known_views import KnownCompany, KnownProduct, person_key
from app.sheets.plan.outcome import PlannedCompany, PlannedProduct

#: What stands between a number and its extension.
_EXTENDED = re.compile(r"\d\W*(?:ext|x|#|доб|转|轉|分机)", re.IGNORECASE)


def take_company_gains(
    company: PlannedCompany, known: KnownCompany | None, *, overwrites: bool
) -> None:
    """Leaves in the plan only what the book does not have yet."""
    draft = company.draft
    if known is None:
        company.people = draft.people
        return
    given = _without_known_names(known.values, draft.values)
    if draft.is_person:
        given = {key: value for key, value in given.items() if not key.startswith("name_")}
    company.updates = changed_values(known.values, given, overwrites=overwrites)
    for role in [*draft.roles, *([draft.role] if draft.is_role_said else [])]:
        if not known.values.get(f"is_{role}"):
            company.updates[f"is_{role}"] = True
    _add_custom(company.updates, known.values, draft.custom)
    for person in draft.people:
        own = own_keys(person.number, [person.name]) if person.number else ()
        keys = (*own, person_key(person.name))
        found = next((known.people[key] for key in keys if key in known.people), None)
        if found is None:
            company.people.append(person)
            continue
        person.points = [p for p in person.points if not _has_point(known.points, p, found)]
        held = {note for owner, note in known.notes_of_people if owner == found}
        person.notes = [n for n in person.notes if n not in held | set(map(tidy, held))]
        company.known_people[found] = person
    points = {(None, kind, normal) for _person, kind, normal in known.points}
    draft.points = [p for p in draft.points if not _has_point(points, p, None)]
    addresses = known.addresses | set(map(tidy, known.addresses))
    draft.addresses = [a for a in draft.addresses if str(a["lines"]) not in addresses]
    draft.booths = [
        b
        for b in draft.booths
        if (b.get("fair") or "", b.get("edition") or "", b["booth"]) not in known.booths
    ]
    papers = known.certificates | {(name, "") for name, _number in known.certificates}
    draft.certificates = [c for c in draft.certificates if (c.name, c.number or "") not in papers]
    draft.aliases = [n for n in draft.aliases if n not in known.aliases | _names(known.values)]
    draft.tags = [tag for tag in draft.tags if tag not in known.tags]
    notes = known.notes | set(map(tidy, known.notes))
    draft.notes = [note for note in draft.notes if note not in notes]
    draft.pictures = _new_pictures(draft.pictures, known.pictures)


def take_product_gains(
    product: PlannedProduct, known: KnownProduct | None, *, today: date, overwrites: bool
) -> None:
    """Leaves in the plan only what the book does not have yet; prices are added, never replaced."""
    draft = product.draft
    if known is None:
        return
    product.existing = known.id
    given = _without_halves_of(str(known.values.get("name_zh") or ""), draft.values)
    given = _without_known_names(known.values, given)
    product.updates = changed_values(known.values, given, overwrites=overwrites)
    _add_custom(product.updates, known.values, draft.custom)
    draft.prices = _new_prices(draft.prices, known, today)
    draft.pictures = _new_pictures(draft.pictures, known.pictures)
    draft.certificates = [
        c for c in draft.certificates if (c.name, c.number or "") not in known.certificates
    ]
    draft.tags = [tag for tag in draft.tags if tag not in known.tags]
    draft.notes = [note for note in draft.notes if note not in known.notes]


def _has_point(known: Set[tuple[int | None, str, str]], point: Point, owner: int | None) -> bool:
    """Whether the book has a way of contact; a number with an extension only where it has one, too."""
    if (owner, point.kind, point.value) in known:
        return True
    if (owner, point.kind, point.normal) not in known:
        return False
    return not _extension(point.value) or any(
        _extension(value) and parse_phone(value).e164 == point.normal
        for whose, kind, value in known
        if (whose, kind) == (owner, point.kind)
    )


def _extension(text: str) -> str:
    return parse_phone(text).extension if _EXTENDED.search(text) else ""


def _names(values: Values) -> set[object]:
    return {values.get(key) for key in ("name_zh", "name_en", "short_name")}


def _without_known_names(known: Values, given: Values) -> Values:
    """``given`` without a name that the book holds as the name in the other language."""
    held = _names(known)
    return {
        key: value
        for key, value in given.items()
        if key not in ("name_zh", "name_en") or known.get(key) or value not in held
    }


def _without_halves_of(name: str, given: Values) -> Values:
    """``given`` without the two names that the one name the book holds was parted into."""
    halves = (given.get("name_zh"), given.get("name_en"))
    if not name or in_two_languages(tidy(name)) != halves:
        return given
    return {key: value for key, value in given.items() if key not in ("name_zh", "name_en")}


def changed_values(present: Values, given: Values, *, overwrites: bool) -> Values:
    """The fields that are empty and get a value, or with ``overwrites`` get another one."""
    return {
        key: value
        for key, value in given.items()
        if value not in (None, "")
        and (present.get(key) in (None, "") or (overwrites and present.get(key) != value))
    }


def _add_custom(updates: Values, present: Values, custom: Values) -> None:
    known = present.get("custom")
    held: Values = dict(known) if isinstance(known, dict) else {}
    added = {key: value for key, value in custom.items() if key not in held}
    if added:
        updates["custom"] = {**held, **added}


def _new_prices(prices: list[PriceDraft], known: KnownProduct, today: date) -> list[PriceDraft]:
    """Prices that say something new: a price list sent again has the terms of the newest day."""
    if not prices or not known.prices:
        return prices
    newest = known.prices[max(known.prices)]
    if all(price.terms in newest for price in prices):
        return []
    return [p for p in prices if p.terms not in known.prices.get(p.quoted_on or today, ())]


def _new_pictures(pictures: Iterable[Picture], known: set[str]) -> list[Picture]:
    return [p for p in pictures if not known & {p.written_from, hashlib.sha256(p.data).hexdigest()}]
