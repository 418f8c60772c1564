"""Owns finding which company a row means: one of the sheet, one of the book, or a new one.

Must not read the database; it is given what the book knows. Names that fold alike are one company;
a shared mail, phone or site is weighed with everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from app.directory.duplicates import (
    LIKELY,
    POSSIBLE,
    CompanyTraits,
    Likeness,
    company_traits,
    likeness,
    website_host,
)
from app.directory.names import name_key
from app.directory.uscc import normalised_uscc
from app.sheets.plan.drafts import CompanyDraft, PersonDraft, Point
from app.sheets.plan.known_views import keys_of
from app.sheets.plan.outcome import Match, PlannedCompany

#: Candidates looked at for one row; a mail domain can be shared by many.
_MOST_CANDIDATES = 8


class Companies:
    """The companies of one import, found again by their keys."""

    def __init__(
        self,
        book_keys: Mapping[str, list[int]],
        book_traits: Callable[[int], tuple[str, CompanyTraits]],
        *,
        creates_always: bool = False,
    ) -> None:
        self._book_keys = book_keys
        self._book_traits = book_traits
        self._creates_always = creates_always
        self._by_key: dict[str, PlannedCompany] = {}
        self.planned: list[PlannedCompany] = []

    def place(self, draft: CompanyDraft) -> tuple[PlannedCompany, bool]:
        """The planned company of ``draft``, and whether this row is the first to name it."""
        keys = list(draft_keys(draft))
        known = self._in_sheet(draft, keys)
        if known is not None:
            merge_drafts(known.draft, draft)
            self._remember(known, keys)
            return known, False
        company = PlannedCompany(draft)
        if not self._creates_always:
            company.match = self._in_book(draft, keys)
            if company.match is not None and company.match.is_taken:
                company.existing = company.match.company_id
        self.planned.append(company)
        self._remember(company, keys)
        return company, True

    def _remember(self, company: PlannedCompany, keys: list[str]) -> None:
        for key in keys:
            self._by_key.setdefault(key, company)

    def _in_sheet(self, draft: CompanyDraft, keys: list[str]) -> PlannedCompany | None:
        """A row before this one with the same code or name; other keys alone are not enough."""
        for key in keys:
            found = self._by_key.get(key)
            if (
                found is not None
                and key.startswith(("uscc:", "name:"))
                and _agree(found.draft, draft)
            ):
                return found
        return None

    def _in_book(self, draft: CompanyDraft, keys: list[str]) -> Match | None:
        candidates = {
            c: None for key in keys for c in self._book_keys.get(key, ())[:_MOST_CANDIDATES]
        }
        if not candidates:
            return None
        traits = draft_traits(draft)
        best: tuple[Likeness, int, str] | None = None
        for company in list(candidates)[:_MOST_CANDIDATES]:
            title, known = self._book_traits(company)
            found = likeness(known, traits)
            if best is None or found.score > best[0].score:
                best = (found, company, title)
        if best is None or best[0].score < POSSIBLE:
            return None
        return Match(best[1], best[2], best[0].score, best[0].reasons, best[0].score >= LIKELY)


def _agree(first: CompanyDraft, second: CompanyDraft) -> bool:
    """Whether nothing says that two rows of one name are two companies."""
    for key in ("uscc", "country"):
        one, other = first.values.get(key), second.values.get(key)
        if one and other and one != other:
            return False
    return True


def draft_keys(draft: CompanyDraft) -> Iterator[str]:
    """The keys under which a company of the sheet is found."""
    website = str(draft.values.get("website") or "")
    yield from keys_of(
        names=[name_key(name) for name in draft.names],
        uscc=normalised_uscc(str(draft.values.get("uscc") or "")) or None,
        hosts=(website_host(website),) if website else (),
        points=[(point.kind, point.normal) for point in _all_points(draft)],
    )


def draft_traits(draft: CompanyDraft) -> CompanyTraits:
    """What a company of the sheet is compared by."""
    points = list(_all_points(draft))
    return company_traits(
        names=draft.names,
        uscc=str(draft.values.get("uscc") or ""),
        mails=[point.value for point in points if point.kind == "email"],
        phones=[p.normal for p in points if p.kind in {"phone", "mobile"}],
        websites=[str(draft.values.get("website") or "")],
        country=str(draft.values.get("country") or ""),
    )


def _all_points(draft: CompanyDraft) -> Iterator[Point]:
    yield from draft.points
    for person in draft.people:
        yield from person.points


def merge_drafts(first: CompanyDraft, second: CompanyDraft) -> None:
    """Adds what a later row of the same company says to the first; what is filled stays."""
    for key, value in second.values.items():
        if not first.values.get(key):
            first.values[key] = value
    for key, value in second.custom.items():
        first.custom.setdefault(key, value)
    for kind in ("points", "addresses", "booths", "certificates", "tags", "notes", "pictures"):
        present = getattr(first, kind)
        present += [entry for entry in getattr(second, kind) if entry not in present]
    for person in second.people:
        _merge_person(first, person)


def _merge_person(company: CompanyDraft, person: PersonDraft) -> None:
    key = name_key(person.name)
    for known in company.people:
        if name_key(known.name) == key:
            known.points += [point for point in person.points if point not in known.points]
            for field, value in person.values.items():
                known.values[field] = known.values.get(field) or value
            return
    company.people.append(person)
