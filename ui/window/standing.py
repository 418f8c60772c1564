"""Owns what the window shows of the book as a whole: what can be undone, how many there are, saved views.

Must not show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.desk import Desk
from app.history.service import Operation
from app.lists.saved_views_service import SavedView
from ui.places import PLACES


@dataclass(frozen=True, slots=True)
class Standing:
    """How the book stands after a commit; ``counts`` are by kind of record."""

    undoable: Operation | None
    redoable: Operation | None
    counts: dict[str, int]
    views: Sequence[SavedView]

    @classmethod
    def of(cls, desk: Desk) -> Standing:
        """Reads it; takes a while in a large book."""
        kinds = [place.kind for place in PLACES if place.kind in desk.lists.kinds]
        counts = {kind: desk.lists.count(kind) for kind in kinds}
        history, views = desk.history, desk.saved_views.all()
        return cls(history.undoable(), history.redoable(), counts, views)
