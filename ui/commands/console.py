"""Owns what every command shares: the book it works on, the language, and how answers are printed.

Must not import Qt: the command line works on a machine without a screen.
"""

from __future__ import annotations

import dataclasses
import enum
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from app.desk import Desk
from app.folders import has_book
from app.kernel.language import Catalogue, catalogue
from app.kernel.messages import Message, Named


@dataclasses.dataclass(slots=True)
class Console:
    """The options before the command."""

    folder: Path
    json: bool
    language: str

    @property
    def words(self) -> Catalogue:
        """The texts of the chosen language."""
        return catalogue(self.language)

    @contextmanager
    def desk(self, *, create: bool = False, keep: bool = True) -> Iterator[Desk]:
        """The desk on the book, closed at the end.

        A book made for what then fails goes again, and so does one made only to look (not ``keep``).
        """
        is_new = create and not has_book(self.folder)
        there = set(self.folder.iterdir()) if self.folder.is_dir() else None
        desk = Desk(self.folder, create=create)
        is_kept = False
        try:
            yield desk
            is_kept = keep
        finally:
            desk.close()
            if is_new and not is_kept:
                _clear(self.folder, there)

    def answer(self, content: object, lines: Callable[[], Iterator[str]]) -> None:
        """Prints ``content`` as one JSON document, or the ``lines`` for people."""
        if self.json:
            click.echo(json.dumps(plain(content, self.words), ensure_ascii=False, indent=1))
            return
        for line in lines():
            click.echo(line)

    def tell(self, key: str, /, **params: object) -> None:
        """Prints a message beside the answer, on standard error."""
        click.echo(self.words.say(key, **params), err=True)


def _clear(folder: Path, there: set[Path] | None) -> None:
    """Removes what was not ``there`` before, and the folder where there was none."""
    for path in set(folder.iterdir()) - (there or set()):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if there is None:
        folder.rmdir()


pass_console = click.make_pass_decorator(Console)


def plain(value: object, words: Catalogue) -> Any:
    """``value`` in JSON's own types: decimals as text, records as objects, messages as words."""
    if isinstance(value, Message):
        return words.text(value)
    if isinstance(value, Named):
        return value.named(words.language)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: plain(getattr(value, field.name), words) for field in fields}
    if isinstance(value, Mapping):
        return {str(key): plain(item, words) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, words) for item in value]
    return value


def utf8_output() -> None:
    """Makes the console print any script, also where the system's own encoding is another."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
