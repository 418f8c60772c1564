"""Owns how terms and cost sheets are stored: as JSON that gives back the same frozen dataclasses.

Decimals and dates are text, tuples are lists; a field that is not stored takes its default, so that
a quotation of an older version stays readable. Must not know which dataclasses there are.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

_Kind = TypeVar("_Kind")


def to_json(value: object) -> str:
    """``value``, a frozen dataclass of plain fields, as stored text."""
    return json.dumps(_plain(value), ensure_ascii=False)


def from_json(kind: type[_Kind], stored: str) -> _Kind:
    """The ``kind`` that :func:`to_json` wrote; :class:`ValueError` for text that is none."""
    try:
        return typing.cast("_Kind", _reader(typing.cast("Any", kind))(json.loads(stored)))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"this is no stored {kind.__name__}: {error}") from error


def _plain(value: object) -> object:
    if value is None or (isinstance(value, str | int) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    names = _names(typing.cast("Any", type(value)))
    if names:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass; none of anything else."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))


_Reader = Callable[[Any], Any]


@functools.cache
def _reader(kind: Any) -> _Reader:
    """What reads a stored value as ``kind``, which is a type or the type hint of a field."""
    options = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        read = _reader(options[0])
        return lambda stored: None if stored is None else read(stored)
    if typing.get_origin(kind) is tuple:
        return _tuple_reader(options)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _fields_reader(kind)
    if kind is date:
        return date.fromisoformat
    if kind is Decimal or issubclass(kind, Enum):
        return typing.cast("_Reader", kind)
    return lambda stored: stored


def _tuple_reader(options: tuple[Any, ...]) -> _Reader:
    if options[-1] is Ellipsis:
        read = _reader(options[0])
        return lambda stored: tuple([read(item) for item in stored])
    readers = [_reader(option) for option in options]
    return lambda stored: tuple(read(item) for read, item in zip(readers, stored, strict=True))


def _fields_reader(kind: type) -> _Reader:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hints[name]) for name in _names(kind)}

    def read(stored: object) -> object:
        if not isinstance(stored, dict):
            raise TypeError(f"{kind.__name__} is stored as an object")
        return kind(
            **{name: readers[name](item) for name, item in stored.items() if name in readers}
        )

    return read
