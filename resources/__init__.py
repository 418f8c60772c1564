"""Owns the way to the files the program ships: texts, icons, templates, tables, the sample book.

Must not read or understand any of them.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """The shipped file or folder at ``parts``, found alike from source and from the frozen program."""
    return files(__name__).joinpath(*parts)
