"""Owns values of an object that are made when they are first asked for, and then kept.

Must not make one twice, whichever threads ask for it at the same moment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar, overload

Owner = TypeVar("Owner")
Made = TypeVar("Made")

#: One lock for all: what is made may ask for what else is made.
_making = threading.RLock()


class Once(Generic[Owner, Made]):
    """Turns a method into an attribute that the method makes at the first look at it."""

    def __init__(self, make: Callable[[Owner], Made]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type[Owner]) -> Once[Owner, Made]: ...

    @overload
    def __get__(self, owner: Owner, kind: type[Owner]) -> Made: ...

    def __get__(self, owner: Owner | None, kind: type[Owner]) -> Once[Owner, Made] | Made:
        if owner is None:
            return self
        with _making:
            if not self.is_made(owner):
                vars(owner)[self._name] = self._make(owner)
            made: Made = vars(owner)[self._name]
            return made

    def is_made(self, owner: Owner) -> bool:
        """Whether anyone asked ``owner`` for it yet."""
        return self._name in vars(owner)
