"""Owns where prices are loaded and where they lead, and whether two of them go the same way.

A CIF price to Rotterdam is no CIF price to Hamburg: the freight in it is another. A FOB price at
Shenzhen is none at Ningbo: the goods are in another harbour. Must not know amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.kernel.ports import is_same_place, may_be_one_harbour, port_named
from app.quotations.incoterms import INCOTERMS, PlaceKind

_BEYOND = (PlaceKind.PORT_OF_DESTINATION, PlaceKind.DESTINATION)

Named = tuple[str | None, str | None]
"""A delivery term and its named place, each as far as it was said."""
NOWHERE: Named = (None, None)


def kind_of_destination(term: str | None) -> PlaceKind | None:
    """What the named place of a term beyond the port of loading is; ``None`` for other terms."""
    kind = _kind(term)
    return kind if kind in _BEYOND else None


def is_loaded_at_place(term: str | None) -> bool:
    """Whether the named place of a term is the port of loading."""
    return _kind(term) is PlaceKind.PORT_OF_LOADING


def compared_places(
    wanted: Named, offered: Iterable[Named], *, loading: str = ""
) -> Mapping[PlaceKind, str]:
    """The ports and the place that prices are compared at.

    Where freight leads is said by ``wanted``, for terms up to the port of loading, too, and where
    goods go on board by ``loading``; else it is the place most prices are for.
    """
    named = [(_kind(term), place) for term, place in offered if place]
    found: dict[PlaceKind, str] = {}
    for kind in (PlaceKind.PORT_OF_LOADING, *_BEYOND):
        places = [place for of_kind, place in named if of_kind is kind]
        if kind is PlaceKind.PORT_OF_LOADING:
            places = [place for place in places if port_named(place)]
        alike = Counter(
            next(first for first in places if is_same_place(first, place)) for place in places
        )
        if alike:
            found[kind] = alike.most_common(1)[0][0]
    term, place = wanted
    if place:
        found[kind_of_destination(term) or PlaceKind.PORT_OF_DESTINATION] = place
    if loading:
        found[PlaceKind.PORT_OF_LOADING] = loading
    return found


def other_place(priced: Named, compared_at: Mapping[PlaceKind, str]) -> str | None:
    """The place prices are compared at where ``priced`` is for another; ``None`` where it is not."""
    term, place = priced
    kind = _kind(term)
    wanted = compared_at.get(kind) if kind is not None else None
    if not place or not wanted:
        return None
    is_same = may_be_one_harbour if kind is PlaceKind.PORT_OF_LOADING else is_same_place
    return None if is_same(place, wanted) else wanted


def _kind(term: str | None) -> PlaceKind | None:
    found = INCOTERMS.get(term or "")
    return found.place_kind if found is not None else None
