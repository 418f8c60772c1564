"""Owns the commands for tags of companies and products: tag add, remove.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Callable

import click

from app.directory.forms import MAIN_KINDS
from ui.commands.console import Console, pass_console
from ui.commands.groups import CommandGroup
from ui.commands.numbered import ID, require


@click.group(cls=CommandGroup)
def tag() -> None:
    """Words hung on companies and products, to find them by: `list KIND --where tags:WORD`."""


def _of_records(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the arguments KIND, TAG and ID…."""
    for argument in (
        click.argument("ids", metavar="ID…", type=ID, nargs=-1, required=True),
        click.argument("name", metavar="TAG"),
        click.argument("kind", type=click.Choice(MAIN_KINDS)),
    ):
        command = argument(command)
    return command


@tag.command()
@_of_records
@pass_console
def add(console: Console, kind: str, name: str, ids: tuple[int, ...]) -> None:
    """Hang TAG on records; those that have it stay as they are."""
    with console.desk() as desk:
        require(desk, kind, ids)
        desk.directory.tag(kind, ids, name)
    _answer(console, kind, ids, name, done="directory.tagged")


@tag.command()
@_of_records
@pass_console
def remove(console: Console, kind: str, name: str, ids: tuple[int, ...]) -> None:
    """Take TAG off records."""
    with console.desk() as desk:
        require(desk, kind, ids)
        desk.directory.untag(kind, ids, name)
    _answer(console, kind, ids, name, done="directory.untagged")


def _answer(console: Console, kind: str, ids: tuple[int, ...], name: str, *, done: str) -> None:
    console.answer(
        {"kind": kind, "ids": ids, "tag": name},
        lambda: iter([console.words.say(done, name=name, count=len(set(ids)))]),
    )
