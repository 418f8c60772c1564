"""Owns finding which company a row means: one of the sheet, one of the book, or a new one.

Must not read the database; it is given what the book knows. Names that fold alike are one company;
a shared mail, phone or site is weighed with everything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from rapidfuzz import fuzz

from app.directory.duplicates import (
    LIKELY,
    POSSIBLE,
    CompanyTraits,
    Likeness,
    city_key,
    company_traits,
    likeness,
    website_host,
)
from app.directory.keys import SHORTEST_SOUND, point_keys
from app.directory.names import folded_name, name_key, sounds
from app.directory.uscc import normalised_uscc
from app.kernel.text import fold
from app.sheets.plan.drafts import AND, CompanyDraft, PersonDraft, Point, joined
from app.sheets.plan.keys_views import own_keys
from app.sheets.plan.known_views import person_key
from app.sheets.plan.outcome import Choice, Decision, Match, PlannedCompany

#: Candidates looked at for one row; a mail domain can be shared by many.
_MOST_CANDIDATES = 8


#: How keys begin of which one makes two rows of a sheet one company; others are not enough.
_SURE = ("no:", "uscc:", "name:")
#: The reason that makes a person without a company one of that company's.
_SAME_DOMAIN = "directory.same_mail_domain"
#: From here on, of 100, two addresses are one written differently.
_SAME_ADDRESS = 60
#: Folded names that say there is none: two of them are not one company.
NO_NAMES = frozenset(
    [
        "notlisted",
        "notspecified",
        "notprovided",
        "notavailable",
        "notdisclosed",
        "unknown",
        "anonymous",
        "confidential",
        "private",
        "individual",
        "tbd",
        "保密",
        "匿名",
        "不详",
        "未知",
        "未提供",
        "个人",
        "待定",
    ]
)


class Placed(NamedTuple):
    """The company a row means, whether it names it first, and what of the book the row is like."""

    company: PlannedCompany
    is_first: bool
    #: The places of the first row and of this one, where they speak against one company.
    doubt: tuple[str, str] | None = None
    match: Match | None = None


class _Candidate(NamedTuple):
    """A company of the book that a row may mean."""

    company: int
    title: str
    alike: Likeness
    #: How well its place is that of the row.
    nearness: float
    #: Whether no row with another number means it.
    is_free: bool


class Companies:
    """The companies of one import, found again by their keys."""

    def __init__(
        self,
        book_keys: Mapping[str, Sequence[int]],
        book_traits: Mapping[int, tuple[str, CompanyTraits]],
        *,
        not_duplicates: Set[tuple[int, int]] = frozenset(),
        addresses: Mapping[int, Sequence[str]] = MappingProxyType({}),
        creates_always: bool = False,
    ) -> None:
        self._book_keys = book_keys
        self._book_traits = book_traits
        self._not_duplicates = not_duplicates
        #: Of the companies that were told apart.
        self._addresses = addresses
        self._creates_always = creates_always
        self._nameless_rows: Counter[str] = Counter()
        self._by_key: dict[str, PlannedCompany] = {}
        #: The first company of a name and those a person parted from it, by the first.
        self._namesakes: dict[int, list[PlannedCompany]] = {}
        #: The companies of the book that numbered rows mean, with the number: another number is another company.
        self._meant: dict[int, str] = {}
        #: The planned companies that are one of the book, by its id and what a person said of them.
        self._by_id: dict[tuple[int, Choice | None], PlannedCompany] = {}
        self.planned: list[PlannedCompany] = []

    def place(
        self,
        draft: CompanyDraft,
        *,
        keys: Sequence[str],
        candidates: Sequence[int],
        decision: Decision | None,
    ) -> Placed:
        """The planned company of ``draft``, and whether this row is the first to name it.

        It may be one of the ``candidates`` of the book. A decision of the person goes before everything that is found.
        """
        sure = [key for key in keys if key.startswith(_SURE)]
        known = self._in_sheet(draft, sure)
        is_other = known is not None and self._is_other(known, draft, keys, candidates)
        if known is not None and decision is None and not is_other:
            return self._joined(known, draft, sure)
        company = PlannedCompany(draft)
        if decision is not None:
            if known is not None and decision.choice is Choice.CREATE:
                self._part(company, known)
            is_same = decision.choice in {Choice.SAME, Choice.OVERWRITE}
            company.choice = decision.choice
            company.existing = decision.company_id if is_same else None
            company.match = self._in_book(draft, keys, candidates)
            if company.match is not None:
                company.match = replace(company.match, is_taken=is_same)
        elif not self._creates_always and not draft.number and is_nameless(draft):
            company.existing = self._next_nameless(draft)
        elif not self._creates_always:
            company.match = self._in_book(draft, keys, candidates)
            if company.match is not None and company.match.is_taken:
                company.existing = company.match.record_id
        if company.existing is not None:
            if draft.number:
                self._meant.setdefault(company.existing, draft.number)
            known = self._by_id.setdefault((company.existing, company.choice), company)
            if known is not company and _agree(known.draft, draft):
                return self._joined(known, draft, sure, company.match)
        self.planned.append(company)
        self._remember(company, sure)
        return Placed(company, is_first=True, match=company.match)

    def _joined(
        self,
        known: PlannedCompany,
        draft: CompanyDraft,
        keys: Sequence[str],
        match: Match | None = None,
    ) -> Placed:
        """A row that adds to the company of one before it: they share a key, or are one of the book."""
        doubt = _elsewhere(known.draft, draft)
        merge_drafts(known.draft, draft)
        self._remember(known, keys)
        return Placed(known, is_first=False, doubt=doubt, match=match)

    def _part(self, company: PlannedCompany, known: PlannedCompany) -> None:
        """A row of the same name as one above is a company of its own, also beside others parted so."""
        namesakes = self._namesakes.setdefault(id(known), [known])
        company.parted_from = list(namesakes)
        namesakes.append(company)

    def _is_other(
        self,
        known: PlannedCompany,
        draft: CompanyDraft,
        keys: Sequence[str],
        candidates: Sequence[int],
    ) -> bool:
        """Whether a row means another of the book than one above with its name.

        Only where a person said that the two are not one.
        """
        own = known.existing
        if own is None or not any(self._is_apart(own, other) for other in candidates):
            return False
        match = self._in_book(draft, keys, candidates)
        return match is not None and match.is_taken and self._is_apart(own, match.record_id)

    def _is_apart(self, one: int, other: int) -> bool:
        """Whether a person said that two companies of the book are not the same."""
        return (one, other) in self._not_duplicates or (other, one) in self._not_duplicates

    def title_of(self, company_id: int) -> str:
        """What a company of the book is called that shares a key with the sheet."""
        return self._book_traits[company_id][0]

    def _remember(self, company: PlannedCompany, keys: Sequence[str]) -> None:
        for key in keys:
            self._by_key.setdefault(key, company)

    def _in_sheet(self, draft: CompanyDraft, keys: Sequence[str]) -> PlannedCompany | None:
        """A row before this one with the same code or name."""
        for key in keys:
            found = self._by_key.get(key)
            if found is not None and _agree(found.draft, draft):
                return found
        return None

    def _in_book(
        self, draft: CompanyDraft, keys: Sequence[str], candidates: Sequence[int]
    ) -> Match | None:
        if not candidates:
            return None
        own = next((self._book_keys[k][0] for k in keys if self._is_own(k)), None)
        if own is not None:
            return Match(own, self._book_traits[own][0], 1.0, (), is_taken=True)
        traits = draft_traits(draft)
        best: _Candidate | None = None
        for company in candidates:
            title, known = self._book_traits[company]
            nearness = self._nearness(company, known.city == traits.city != "", draft)
            is_free = not draft.number or self._meant.get(company, draft.number) == draft.number
            this = _Candidate(company, title, likeness(known, traits), nearness, is_free)
            if best is None or self._is_better(this, best):
                best = this
        if best is None or best.alike.score < POSSIBLE:
            return None
        reasons = best.alike.reasons
        is_colleague = draft.is_person and any(r.message.key == _SAME_DOMAIN for r in reasons)
        is_taken = best.is_free and (is_colleague or best.alike.score >= LIKELY)
        return Match(best.company, best.title, best.alike.score, reasons, is_taken)

    def _is_own(self, key: str) -> bool:
        """Whether a key is the number and name of a company that a list of ours was written from."""
        return key.startswith("no:") and key in self._book_keys

    def _next_nameless(self, draft: CompanyDraft) -> int | None:
        """Of those without a name, the first row is the book's first, the second its second …"""
        key = name_key(draft.title)
        place = self._nameless_rows[key]
        self._nameless_rows[key] += 1
        known = self._book_keys.get(f"name:{key}", ())
        return known[place] if place < len(known) else None

    def _nearness(self, company: int, is_city: bool, draft: CompanyDraft) -> float:
        """How well the place of a company that was told apart from another is that of the row."""
        here = fold(_address(draft))
        addresses = self._addresses.get(company, ()) if here else ()
        return (
            max((fuzz.ratio(fold(there), here) for there in addresses), default=0) + 100 * is_city
        )

    def _is_better(self, this: _Candidate, best: _Candidate) -> bool:
        """Of two that were said not to be the same the one nearer to the row, else the newer one.

        Of others as likely the first that no row with another number means: two of one name that nobody
        looked at are not told apart, but the rows of a list of ours with them are as many.
        """
        if this.alike.score == best.alike.score and this.is_free != best.is_free:
            return this.is_free
        if this.alike.score != best.alike.score or not self._is_apart(best.company, this.company):
            return this.alike.score > best.alike.score
        return this.nearness >= best.nearness


def is_nameless(draft: CompanyDraft) -> bool:
    """Whether a company's name says that it has none."""
    return name_key(draft.title) in NO_NAMES


def book_candidates(book_keys: Mapping[str, Sequence[int]], keys: Iterable[str]) -> list[int]:
    """The companies of the book that share a key, first those of the keys that the fewest have.

    A name may be that of dozens of branches, of which the number tells the one.
    """
    if book_keys.keys().isdisjoint(keys):
        return []
    known = sorted((k for k in keys if k in book_keys), key=lambda k: len(book_keys[k]))
    found = {c: None for key in known for c in book_keys[key][:_MOST_CANDIDATES]}
    return list(found)[:_MOST_CANDIDATES]


def _agree(first: CompanyDraft, second: CompanyDraft) -> bool:
    """Whether nothing says that two rows of one name are two companies."""
    if first.number and second.number and first.number != second.number:
        return False
    for key in ("uscc", "country"):
        one, other = first.values.get(key), second.values.get(key)
        if one and other and one != other:
            return False
    return True


def _elsewhere(first: CompanyDraft, second: CompanyDraft) -> tuple[str, str] | None:
    """The two places of rows with one name, where they differ and nothing else is shared."""
    there, here = (str(draft.values.get("city") or "") for draft in (first, second))
    if there and here:
        if city_key(there) == city_key(here):
            return None
    else:
        there, here = _address(first), _address(second)
        if not there or not here or fuzz.token_set_ratio(fold(there), fold(here)) >= _SAME_ADDRESS:
            return None
    shared = {p.normal for p in _all_points(first)} & {p.normal for p in _all_points(second)}
    site = first.values.get("website")
    is_one = bool(shared - {""}) or (site and site == second.values.get("website"))
    return None if is_one else (there, here)


def _address(draft: CompanyDraft) -> str:
    return next((str(address["lines"]) for address in draft.addresses), "")


def draft_keys(draft: CompanyDraft) -> tuple[str, ...]:
    """The keys under which a company of the sheet is found."""
    found = list(own_keys(draft.number, draft.names)) if draft.number else []
    names = [name_key(name) for name in draft.names]
    found += [f"name:{name}" for name in names if name and name not in NO_NAMES]
    uscc, website = draft.values.get("uscc"), draft.values.get("website")
    if uscc and (code := normalised_uscc(str(uscc))):
        found.append(f"uscc:{code}")
    if website and (host := website_host(str(website))):
        found.append(f"domain:{host}")
    for point in _all_points(draft):
        if point.normal:
            found += point_keys(point.kind, point.normal)
    return tuple(found)


def sounds_in(draft: CompanyDraft, *, is_chinese: bool) -> Iterator[str]:
    """The keys of how a company is spoken that is named in this script only."""
    names = [folded_name(name) for name in draft.names]
    if {name.is_chinese for name in names} == {is_chinese}:
        for sound in {sound for name in names for sound in sounds(name)}:
            if len(sound) >= SHORTEST_SOUND:
                yield f"sound:{sound}"


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
        city=str(draft.values.get("city") or ""),
    )


def _all_points(draft: CompanyDraft) -> Iterator[Point]:
    yield from draft.points
    for person in draft.people:
        yield from person.points


#: What rows of one company may tell several of.
_SEVERAL = frozenset(["main_products", "markets"])


def merge_drafts(first: CompanyDraft, second: CompanyDraft) -> None:
    """Adds what a later row of the same company says to the first; what is filled stays."""
    for key, value in second.values.items():
        between = AND if key in _SEVERAL else None
        first.values[key] = joined(first.values.get(key), value, between=between)
    for key, value in second.custom.items():
        first.custom[key] = joined(first.custom.get(key), str(value), between=AND)
    for kind in (
        "points",
        "addresses",
        "booths",
        "certificates",
        "tags",
        "notes",
        "pictures",
        "aliases",
        "roles",
    ):
        present = getattr(first, kind)
        present += [entry for entry in getattr(second, kind) if entry not in present]
    for person in second.people:
        _merge_person(first, person)


def _merge_person(company: CompanyDraft, person: PersonDraft) -> None:
    key = person_key(person.name)
    for known in company.people:
        is_other = known.number and person.number and known.number != person.number
        if person_key(known.name) == key and not is_other:
            known.points += [point for point in person.points if point not in known.points]
            known.notes += [note for note in person.notes if note not in known.notes]
            known.is_primary |= person.is_primary
            for field, value in person.values.items():
                known.values[field] = known.values.get(field) or value
            return
    company.people.append(person)
