"""Owns a row of a sheet and the company of the book it may be, side by side, field by field.

Must not read the database or decide; it is given both, and the person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.directory.fields import COMPANY_FIELDS
from app.directory.names import name_key
from app.directory.service import normal_point
from app.directory.views import CompanyDetail, Part
from app.fields import Field
from app.kernel.messages import Message
from app.sheets.cells.reading import tidy
from app.sheets.plan.drafts import CompanyDraft, Point

_POINT_KINDS = (
    "email", "mobile", "phone", "fax", "wechat", "whatsapp", "qq", "skype", "linkedin", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BesideLine:
    """One field: what the sheet says and what the book holds; several values each may have.

    ``field`` says how the values look; ``None`` where they are plain texts.
    """

    label: Message
    sheet: tuple[object, ...]
    book: tuple[object, ...]
    #: Whether the sheet says something that the book does not have.
    is_news: bool
    field: Field | None = None

    @property
    def is_conflict(self) -> bool:
        """Whether both say something and the sheet says something else."""
        return self.is_news and bool(self.book)


@dataclass(frozen=True, slots=True)
class Beside:
    """The sheet's row and the book's record."""

    company_id: int
    title: str
    lines: tuple[BesideLine, ...]


def beside(draft: CompanyDraft, known: CompanyDetail) -> Beside:
    """``draft`` beside ``known``, without the fields that neither fills."""
    titles = (known.values.get("name_zh"), known.values.get("name_en"))
    title = next((str(name) for name in titles if name), "")
    lines = (line for line in _lines(draft, known) if line.sheet or line.book)
    return Beside(known.id, title, tuple(lines))


def _lines(draft: CompanyDraft, known: CompanyDetail) -> Iterator[BesideLine]:
    for field in COMPANY_FIELDS:
        ours, theirs = draft.values.get(field.key), known.values.get(field.key)
        said = () if ours in (None, "") else (ours,)
        held = () if theirs in (None, "") else (theirs,)
        yield BesideLine(field.heading, said, held, bool(said) and said != held, field)
    yield _texts(Message("sheets.beside.aliases"), draft.aliases, known.aliases)
    yield _people(draft, known)
    yield from _points(draft, known)
    yield _texts(
        Message("sheets.beside.addresses"),
        (str(address["lines"]) for address in draft.addresses),
        (str(address.values.get("lines") or "") for address in known.addresses),
    )
    yield _texts(
        Message("sheets.beside.booths"),
        (str(booth["booth"]) for booth in draft.booths),
        (str(booth.values.get("booth") or "") for booth in known.booths),
    )
    yield _texts(
        Message("sheets.beside.certificates"),
        (paper.name for paper in draft.certificates),
        (str(paper.values.get("name") or "") for paper in known.certificates),
    )
    yield _texts(Message("sheets.beside.tags"), draft.tags, known.tags)
    yield _texts(
        Message("sheets.beside.custom"),
        (f"{key}: {value}" for key, value in draft.custom.items()),
        (f"{key}: {value}" for key, value in known.custom.items()),
    )


def _people(draft: CompanyDraft, known: CompanyDetail) -> BesideLine:
    return _texts(
        Message("sheets.beside.people"),
        (person.name for person in draft.people),
        (str(person.values.get("name") or "") for person in known.contacts),
    )


def _points(draft: CompanyDraft, known: CompanyDetail) -> Iterator[BesideLine]:
    ours: list[Point] = [*draft.points, *(p for one in draft.people for p in one.points)]
    theirs: list[Part] = [*known.points, *(p for one in known.contacts for p in one.points)]
    country = str(known.values.get("country") or "") or None
    for kind in _POINT_KINDS:
        said = {p.normal or p.value: p.value for p in ours if p.kind == kind}
        written = [str(p.values["value"]) for p in theirs if p.values.get("kind") == kind]
        held = {normal_point(kind, value, country) or value: value for value in written}
        yield BesideLine(
            Message(f"directory.point_kind.{kind}"),
            tuple(said.values()),
            tuple(held.values()),
            not said.keys() <= held.keys(),
        )


def _texts(label: Message, ours: Iterable[str], theirs: Iterable[str]) -> BesideLine:
    said, held = tuple(filter(None, ours)), tuple(filter(None, theirs))
    known = {name_key(text) or tidy(text) for text in held}
    is_news = any((name_key(text) or tidy(text)) not in known for text in said)
    return BesideLine(label, said, held, is_news)
