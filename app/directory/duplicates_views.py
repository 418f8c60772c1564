"""Owns finding the companies of the book that are likely one, without comparing each with all.

Reads in sets. Must not merge; the person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.directory.duplicates import POSSIBLE, Reason, company_traits, likeness
from app.directory.keys import PHONES, SHORTEST_SOUND, point_keys
from app.directory.names import folded_name, sound_of_key, sounds
from app.kernel.messages import Message
from app.kernel.progress import UNWATCHED, Progress
from database.book import Book
from database.records import CompanyRecord, ContactPointRecord, NotDuplicateRecord

#: A key that more companies share says nothing: a switchboard, an agent's mail.
_MOST_SHARING = 8
_MOST_PAIRS = 500
_TELL_EVERY = 500

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two companies that are likely one: the older first, how likely (0 to 1), and why."""

    first: int
    second: int
    first_title: str
    second_title: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Company:
    names: tuple[str, ...]
    uscc: str
    website: str
    country: str


def likely_duplicates(book: Book, progress: Progress = UNWATCHED) -> tuple[LikelyPair, ...]:
    """The likeliest pairs of the book, likeliest first; those said to be two are left out."""
    with book.read() as session:
        progress.at(Message("directory.finding_duplicates"))
        groups = _groups(session)
        apart = {
            (low, high)
            for low, high in session.execute(
                select(NotDuplicateRecord.company_id, NotDuplicateRecord.other_id)
            )
        }
        pairs = {pair for ids in groups for pair in combinations(sorted(ids), 2)} - apart
        companies = _companies(session, {id_ for pair in pairs for id_ in pair})
        points = _points(session, companies)
    found = list(_judged(sorted(pairs), companies, points, progress))
    found.sort(key=lambda pair: (-pair.score, pair.first, pair.second))
    return tuple(found[:_MOST_PAIRS])


def _groups(session: Session) -> Iterable[set[int]]:
    """The companies that share a name, in one script or by its sound, a code, a site, a mail or a phone."""
    sharing: dict[str, set[int]] = defaultdict(set)
    columns = (
        CompanyRecord.id,
        CompanyRecord.name_key,
        CompanyRecord.name_en_key,
        CompanyRecord.uscc,
        CompanyRecord.website_host,
    )
    for company, *keys in session.execute(select(*columns)):
        for kind, key in zip(("name", "name", "uscc", "domain"), keys, strict=True):
            if key:
                sharing[f"{kind}:{key}"].add(company)
    points = select(
        ContactPointRecord.company_id, ContactPointRecord.kind, ContactPointRecord.normal
    ).where(ContactPointRecord.normal.is_not(None), ContactPointRecord.company_id.is_not(None))
    for owner, kind, normal in session.execute(points):
        for key in point_keys(kind, str(normal)):
            sharing[key].add(owner or 0)
    for key, ids in _spoken_alike(session):
        sharing[key].update(ids)
    return (ids for ids in sharing.values() if 2 <= len(ids) <= _MOST_SHARING)


def _spoken_alike(session: Session) -> Iterator[tuple[str, list[int]]]:
    """The companies named in Chinese alone, with those named in Latin letters alone that sound so."""
    latin = sound_keys(session, is_chinese=False)
    chinese = sound_keys(session, is_chinese=True) if latin else {}
    for key in latin.keys() & chinese.keys():
        yield key, latin[key] + chinese[key]


def sound_keys(session: Session, *, is_chinese: bool) -> dict[str, list[int]]:
    """How the companies are spoken that have a name in this script only → the companies."""
    named, missing = CompanyRecord.name_key, CompanyRecord.name_en_key
    if not is_chinese:
        named, missing = missing, named
    found: dict[str, list[int]] = defaultdict(list)
    query = select(CompanyRecord.id, named).where(missing.is_(None), named.is_not(None))
    for company, key in session.execute(query):
        spoken = set(sounds(folded_name(key or ""))) if is_chinese else {sound_of_key(key or "")}
        for sound in spoken:
            if len(sound) >= SHORTEST_SOUND:
                found[f"sound:{sound}"].append(company)
    return found


def _companies(session: Session, wanted: set[int]) -> dict[int, _Company]:
    columns = (
        CompanyRecord.id,
        CompanyRecord.name_zh,
        CompanyRecord.name_en,
        CompanyRecord.uscc,
        CompanyRecord.website,
        CompanyRecord.country,
    )
    return {
        company: _Company(
            tuple(name for name in (zh, en) if name), uscc or "", website or "", country or ""
        )
        for company, zh, en, uscc, website, country in session.execute(select(*columns))
        if company in wanted
    }


def _points(session: Session, wanted: Mapping[int, _Company]) -> dict[int, dict[str, list[str]]]:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(
        ContactPointRecord.company_id, ContactPointRecord.kind, ContactPointRecord.normal
    ).where(ContactPointRecord.normal.is_not(None))
    for owner, kind, normal in session.execute(query):
        if owner in wanted:
            found[owner or 0]["mail" if kind == "email" else kind].append(str(normal))
    return found


def _judged(
    pairs: Iterable[Pair],
    companies: Mapping[int, _Company],
    points: Mapping[int, Mapping[str, list[str]]],
    progress: Progress,
) -> Iterable[LikelyPair]:
    traits = {}
    for id_, company in companies.items():
        own = points.get(id_, {})
        traits[id_] = company_traits(
            names=company.names,
            uscc=company.uscc,
            mails=own.get("mail", ()),
            phones=[phone for kind in sorted(PHONES) for phone in own.get(kind, ())],
            websites=[company.website],
            country=company.country,
        )
    for done, (first, second) in enumerate(pairs):
        if done % _TELL_EVERY == 0:
            progress.at(Message("directory.finding_duplicates"), done)
        found = likeness(traits[first], traits[second])
        if found.score >= POSSIBLE:
            one, other = (next(iter(companies[id_].names), "") for id_ in (first, second))
            yield LikelyPair(first, second, one, other, found.score, found.reasons)
