"""Owns where prices beyond the port of loading lead, and whether two of them lead to one place.

A CIF price to Rotterdam is no CIF price to Hamburg: the freight in it is another. Must not know
amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.kernel.ports import is_same_place
from app.quotations.incoterms import INCOTERMS, PlaceKind

_BEYOND = (PlaceKind.PORT_OF_DESTINATION, PlaceKind.DESTINATION)

Named = tuple[str | None, str | None]
"""A delivery term and its named place, each as far as it was said."""
NOWHERE: Named = (None, None)


def kind_of_destination(term: str | None) -> PlaceKind | None:
    """What the named place of a term beyond the port of loading is; ``None`` for other terms."""
    found = INCOTERMS.get(term or "")
    return found.place_kind if found is not None and found.place_kind in _BEYOND else None


def destinations(wanted: Named, offered: Iterable[Named]) -> Mapping[PlaceKind, str]:
    """The port and the place that prices are compared at.

    Where freight leads is said by ``wanted``, for terms up to the port of loading, too; else it is
    the place most prices are for.
    """
    found: dict[PlaceKind, str] = {}
    for kind in _BEYOND:
        places = [place for term, place in offered if place and kind_of_destination(term) is kind]
        alike = Counter(
            next(first for first in places if is_same_place(first, place)) for place in places
        )
        if alike:
            found[kind] = alike.most_common(1)[0][0]
    term, place = wanted
    if place:
        found[kind_of_destination(term) or PlaceKind.PORT_OF_DESTINATION] = place
    return found


def other_destination(priced: Named, compared_at: Mapping[PlaceKind, str]) -> str | None:
    """The place that a price is compared at and does not lead to; ``None`` where it does."""
    term, place = priced
    kind = kind_of_destination(term)
    wanted = compared_at.get(kind) if kind is not None else None
    return wanted if place and wanted and not is_same_place(place, wanted) else None
