"""Owns the commands for the book's health: check, backup and restore.

Must not hold rules; it prints what the services answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.kernel.clock import SystemClock
from app.upkeep.backups import restore as restore_backup
from ui.commands.console import Console, pass_console
from ui.commands.imports import Percent

_EXIT_FAULTS = 3


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended without guessing.")
@pass_console
def check(console: Console, repair: bool) -> int:
    """Look for damage in the book; exit code 3 where some is left."""
    with console.desk() as desk:
        results = desk.upkeep.check(repair=repair, progress=Percent(console))
    left = sum(result.found - result.repaired for result in results)
    words = console.words

    def lines() -> Iterator[str]:
        for result in results:
            name = words.say(f"upkeep.check.{result.name}")
            if result.found:
                yield words.say(
                    "upkeep.found", name=name, found=result.found, repaired=result.repaired
                )
                yield from (f"    {example}" for example in result.examples)
            else:
                yield words.say("upkeep.sound", name=name)

    console.answer({"checks": results, "found": sum(r.found for r in results), "left": left}, lines)
    return _EXIT_FAULTS if left else 0


@click.command()
@click.option("--to", "target", required=True, type=click.Path(path_type=Path, dir_okay=False))
@pass_console
def backup(console: Console, target: Path) -> None:
    """Write the whole book to one verified file."""
    with console.desk() as desk:
        made = desk.upkeep.back_up(target, progress=Percent(console))
    console.answer(made, lambda: iter([console.words.say("upkeep.backed_up", path=made.file)]))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@pass_console
def restore(console: Console, file: Path) -> None:
    """Put a backup in the place of the book; what was there is kept beside it."""
    done = restore_backup(file, console.folder, now=SystemClock().now(), progress=Percent(console))
    words = console.words

    def lines() -> Iterator[str]:
        yield words.say("upkeep.restored", path=done.book)
        if done.before is not None:
            yield words.say("upkeep.before_kept", path=done.before)

    console.answer(done, lines)
