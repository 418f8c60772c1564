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
from collections.abc import Mapping
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
        return typing.cast("_Kind", _read(kind, json.loads(stored)))
    except (KeyError, TypeError, ArithmeticError) as error:
        raise ValueError(f"this is no stored {kind.__name__}: {error}") from error


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: Any, stored: Any) -> Any:
    """``stored`` as ``kind``, which is a type or the type hint of a field."""
    options = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        return None if stored is None else _read(options[0], stored)
    if typing.get_origin(kind) is tuple:
        if options[-1] is Ellipsis:
            return tuple(_read(options[0], item) for item in stored)
        pairs = zip(options, stored, strict=True)
        return tuple(_read(option, item) for option, item in pairs)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _read_fields(kind, stored)
    if kind is date:
        return date.fromisoformat(stored)
    return kind(stored) if kind is Decimal or issubclass(kind, Enum) else stored


def _read_fields(kind: type, stored: object) -> object:
    if not isinstance(stored, dict):
        raise TypeError(f"{kind.__name__} is stored as an object")
    hints = _hints(kind)
    return kind(
        **{name: _read(hints[name], item) for name, item in stored.items() if name in hints}
    )


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)
