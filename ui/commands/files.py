"""Owns the commands for files that hang on records: file attach, save, remove.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from pathlib import Path

import click

from app.desk import Desk
from app.files.service import OWNER_KINDS
from ui.commands.console import Console, pass_console
from ui.commands.groups import CommandGroup
from ui.commands.numbered import ID, id_named


@click.group(cls=CommandGroup)
def file() -> None:
    """Files that hang on companies, products, inquiries and quotations; `show` lists them."""


@file.command()
@click.argument("kind", type=click.Choice(OWNER_KINDS))
@click.argument("name", metavar="ID")
@click.argument("paths", metavar="FILE…", type=click.Path(path_type=Path), nargs=-1, required=True)
@pass_console
def attach(console: Console, kind: str, name: str, paths: tuple[Path, ...]) -> None:
    """Hang copies of FILEs on a record, by its id or number."""
    with console.desk() as desk:
        attach_and_answer(console, desk, kind, id_named(desk, kind, name), paths)


@file.command()
@click.argument("attachment_id", metavar="ID", type=ID)
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path), help="A file or folder."
)
@pass_console
def save(console: Console, attachment_id: int, target: Path) -> None:
    """Write a copy of an attached file."""
    with console.desk() as desk:
        saved = desk.files.save_copy(attachment_id, target)
    console.answer(
        {"attachment": attachment_id, "file": saved},
        lambda: iter([console.words.say("files.saved", file=saved)]),
    )


@file.command()
@click.argument("ids", metavar="ID…", type=ID, nargs=-1, required=True)
@pass_console
def remove(console: Console, ids: tuple[int, ...]) -> None:
    """Take attached files off their records."""
    with console.desk() as desk:
        desk.files.remove(ids)
    console.answer(
        {"removed": len(ids)},
        lambda: iter([console.words.say("files.removed", count=len(ids))]),
    )


def attach_and_answer(
    console: Console, desk: Desk, kind: str, record_id: int, paths: tuple[Path, ...]
) -> None:
    """Hangs files on a record and prints all that hang on it."""
    new = desk.files.attach(kind, record_id, paths)
    held = desk.files.of(kind, record_id)
    content = {"kind": kind, "id": record_id, "attached": new, "attachments": held}
    console.answer(
        content,
        lambda: (f"{one.id:>6}  {one.name}  {one.size_bytes:,} B" for one in held),
    )
