"""Owns a row of a sheet and the company or product of the book it may be, side by side, field by field.

Must not read the database or decide; it is given both, and the person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal

from app.directory.fields import COMPANY_FIELDS, PRODUCT_FIELDS
from app.directory.names import name_key
from app.directory.service import normal_point
from app.directory.views import CompanyDetail, Part, ProductDetail
from app.fields import Field
from app.kernel.messages import Message
from app.sheets.cells.reading import tidy
from app.sheets.plan.drafts import CompanyDraft, Point, ProductDraft

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

    record_id: int
    title: str
    lines: tuple[BesideLine, ...]


def beside(draft: CompanyDraft, known: CompanyDetail) -> Beside:
    """``draft`` beside ``known``, without the fields that neither fills."""
    return _beside(known.id, known.values, _lines(draft, known))


def product_beside(draft: ProductDraft, known: ProductDetail) -> Beside:
    """``draft`` beside ``known``, without the fields that neither fills."""
    return _beside(known.id, known.values, _product_lines(draft, known))


def _beside(id_: int, values: Mapping[str, object], lines: Iterable[BesideLine]) -> Beside:
    titles = (values.get("name_zh"), values.get("name_en"), values.get("item_number"))
    title = next((str(name) for name in titles if name), "")
    return Beside(id_, title, tuple(line for line in lines if line.sheet or line.book))


def _values(
    fields: Iterable[Field], ours: Mapping[str, object], theirs: Mapping[str, object]
) -> Iterator[BesideLine]:
    for field in fields:
        said = () if ours.get(field.key) in (None, "") else (ours[field.key],)
        held = () if theirs.get(field.key) in (None, "") else (theirs[field.key],)
        yield BesideLine(field.heading, said, held, bool(said) and said != held, field)


def _product_lines(draft: ProductDraft, known: ProductDetail) -> Iterator[BesideLine]:
    yield from _values(PRODUCT_FIELDS, draft.values, known.values)
    yield _texts(
        Message("sheets.beside.prices"),
        (_price(asdict(price)) for price in draft.prices),
        (_price(price.values) for price in known.prices),
    )
    yield from _papers_and_tags(draft, known)


def _price(values: Mapping[str, object]) -> str:
    """A price as it is told apart from others: ``500+: 1.2 USD FOB``."""
    least, amount = (
        f"{value.normalize():f}" if isinstance(value, Decimal) else ""
        for value in (values.get("min_quantity"), values.get("amount"))
    )
    words = (amount, values.get("currency"), values.get("incoterm"))
    return (f"{least}+: " if least else "") + " ".join(str(word) for word in words if word)


def _papers_and_tags(
    draft: CompanyDraft | ProductDraft, known: CompanyDetail | ProductDetail
) -> Iterator[BesideLine]:
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


def _lines(draft: CompanyDraft, known: CompanyDetail) -> Iterator[BesideLine]:
    # What stands for the company of a person who names none is no name that the book could gain.
    fields = [f for f in COMPANY_FIELDS if not (draft.is_person and f.key.startswith("name_"))]
    yield from _values(fields, draft.values, known.values)
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
    yield from _papers_and_tags(draft, known)


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
