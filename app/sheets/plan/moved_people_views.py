"""Owns people of the sheet who are in the book at another company: they may have changed jobs.

Must not move or merge anybody; it only tells. Reads the book in sets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.sheets.cells.reading import Problem, warning
from app.sheets.plan.companies import Companies
from app.sheets.plan.drafts import CompanyDraft, PersonDraft
from app.sheets.plan.known_views import person_key
from app.sheets.plan.outcome import PlannedCompany
from database.listed import among
from database.records import ContactPointRecord, ContactRecord

#: What somebody takes along to a new job; the phone on a desk stays there.
_PERSONAL = frozenset(["mobile", "email", "wechat", "whatsapp", "qq", "linkedin"])


class MovedPeople:
    """The rows whose person shares a name and a personal number with one of another company."""

    def __init__(self) -> None:
        self._noted: dict[int, tuple[PlannedCompany, CompanyDraft, tuple[int, ...]]] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._titles: dict[int, str] = {}

    def note(
        self,
        row_id: int,
        company: PlannedCompany,
        draft: CompanyDraft,
        *,
        candidates: Collection[int],
    ) -> None:
        """Remembers a row whose keys also lead to other companies."""
        others = tuple(one for one in candidates if one != company.existing)
        if others and any(person.points for person in draft.people):
            self._noted[row_id] = (company, draft, others)

    def look_up(self, session: Session, companies: Companies) -> None:
        """Reads the people of those other companies."""
        wanted = sorted({one for _, _, others in self._noted.values() for one in others})
        self._titles = {one: companies.title_of(one) for one in wanted}
        point, person = ContactPointRecord, ContactRecord
        query = (
            select(person.company_id, person.name, point.normal)
            .join(point, point.contact_id == person.id)
            .where(person.company_id.in_(among(wanted)), point.kind.in_(_PERSONAL))
        )
        for company, name, normal in session.execute(query):
            if company and normal:
                self._places.setdefault((person_key(name), normal), company)

    def problems(self, row_id: int) -> Iterator[Problem]:
        """What there is to tell of the people of a row that was noted."""
        company, draft, _ = self._noted.get(row_id, (None, None, ()))
        if company is None or draft is None:
            return
        for person in draft.people:
            if not any(person is one for one in company.people):
                continue
            there, known_by = self._elsewhere(person)
            if there is not None and there != company.existing:
                yield warning(
                    "mapping.person_is_elsewhere",
                    "contact",
                    person=person.name,
                    company=self._titles[there],
                    shared=known_by,
                )

    def _elsewhere(self, person: PersonDraft) -> tuple[int | None, str]:
        key = person_key(person.name)
        found = (
            (place, point.value)
            for point in person.points
            if point.kind in _PERSONAL and (place := self._places.get((key, point.normal)))
        )
        return next(found, (None, ""))
