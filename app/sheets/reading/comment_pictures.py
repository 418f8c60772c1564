"""Owns pictures shown by a cell's comment: photos hung on a cell by filling its comment with them.

Must not know floating pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element

from app.sheets.reading.drafts import PictureDraft
from app.sheets.reading.package import Package, attribute, descendants


def comment_pictures(package: Package, part: str) -> Iterator[PictureDraft]:
    """The pictures of the VML drawing ``part`` that fill a comment, at the comment's cell."""
    relations = package.relations(part)
    for shape in descendants(package.xml(part), "shape"):
        place = _place(shape)
        for fill in descendants(shape, "fill"):
            relation = relations.get(attribute(fill, "relid") or "")
            if place is not None and relation is not None:
                target = relation[1]
                yield PictureDraft(*place, "comment", target.lower(), partial(package.read, target))


def _place(shape: Element) -> tuple[int, int] | None:
    texts = {
        name: next((element.text or "" for element in descendants(shape, name)), "")
        for name in ("Row", "Column")
    }
    if not all(text.strip().isdecimal() for text in texts.values()):
        return None
    return int(texts["Row"]), int(texts["Column"])
