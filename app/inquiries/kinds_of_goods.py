"""Owns which kinds goods belong to: a bed sheet is bedding, and a maker of bedding makes it.

Kinds and goods are data (``resources/glossary/kinds.csv``). Must not know suppliers.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from app.kernel.text import fold
from resources import resource


def kinds_of(names: Iterable[str]) -> tuple[str, ...]:
    """The folded names of the kinds that goods called one of ``names`` belong to; none unknown."""
    kinds = _kinds_by_goods()
    return tuple(dict.fromkeys(kind for name in names for kind in kinds.get(_key(name), ())))


@functools.cache
def _kinds_by_goods() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    lines = resource("glossary", "kinds.csv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            kind, *goods = line.split(",")
            for one in goods:
                found[_key(one)] += tuple(map(fold, kind.split("|")))
    return found


def _key(name: str) -> str:
    """Without the plural."""
    folded = fold(name)
    return folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded
