"""Files the program ships: texts, icons, templates, reference tables, the sample book."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """The shipped file or folder at ``parts``, found alike from source and from the frozen program."""
    return files(__name__).joinpath(*parts)
