"""Owns the commands for pictures of products and companies: picture add, move, remove.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from pathlib import Path

import click

from app.directory.forms import MAIN_KINDS
from ui.commands.console import Console, pass_console
from ui.commands.groups import CommandGroup
from ui.commands.imports import Percent
from ui.commands.numbered import ID, require


@click.group(cls=CommandGroup)
def picture() -> None:
    """Pictures of products and companies, the first being the main one; `show` lists them."""


@picture.command()
@click.argument("kind", type=click.Choice(MAIN_KINDS))
@click.argument("record_id", metavar="ID", type=ID)
@click.argument("paths", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1, required=True)
@pass_console
def add(console: Console, kind: str, record_id: int, paths: tuple[Path, ...]) -> None:
    """Add pictures (PNG, JPEG, GIF, WebP, BMP) behind those a record has."""
    with console.desk() as desk:
        require(desk, kind, [record_id])
        new = desk.pictures.add(kind, record_id, paths, progress=Percent(console))
        held = desk.pictures.of(kind, record_id)
    console.answer(
        {"kind": kind, "id": record_id, "added": new, "pictures": held},
        lambda: iter([console.words.say("pictures.added", count=len(new))]),
    )


@picture.command()
@click.argument("picture_id", metavar="PICTURE", type=ID)
@click.option("--to", "place", type=click.IntRange(min=1), default=1, show_default=True)
@pass_console
def move(console: Console, picture_id: int, place: int) -> None:
    """Put a picture in another place among those of its record; in the first it is the main one."""
    with console.desk() as desk:
        desk.pictures.move(picture_id, place - 1)
    console.answer(
        {"picture": picture_id, "place": place},
        lambda: iter([console.words.say("pictures.moved")]),
    )


@picture.command()
@click.argument("ids", metavar="PICTURE…", type=ID, nargs=-1, required=True)
@pass_console
def remove(console: Console, ids: tuple[int, ...]) -> None:
    """Take pictures off their records."""
    with console.desk() as desk:
        desk.pictures.remove(ids)
    console.answer(
        {"removed": len(ids)},
        lambda: iter([console.words.say("pictures.removed", count=len(ids))]),
    )
