"""Owns the program's one door: the command line, and the window where no command is given.

Must not import Qt before the window is asked for.
"""

from __future__ import annotations

import locale
import os
import sys
import traceback
from pathlib import Path

import click

from app.desk import default_book
from app.kernel.errors import Cancelled
from app.kernel.language import LANGUAGES
from app.trouble import trouble_of
from ui.commands.book import history, init, redo, undo
from ui.commands.console import Console, pass_console, utf8_output
from ui.commands.demo import demo
from ui.commands.export import export
from ui.commands.imports import import_command, inspect
from ui.commands.inquiry import inquiry
from ui.commands.quote import quote
from ui.commands.records import list_command, show
from ui.commands.search import complete, reindex, search
from ui.commands.selftest import self_test
from ui.commands.sourcing import offer, request
from ui.commands.table import table
from ui.commands.thread import thread
from ui.commands.upkeep import backup, check, restore
from ui.display import check_display

EXIT_DEFECT, EXIT_USAGE, EXIT_TROUBLE = 1, 2, 3


def system_language() -> str:
    """The language of the system: Chinese where it is set to any Chinese, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


@click.group(invoke_without_command=True)
@click.option("--book", "folder", type=click.Path(path_type=Path), help="The book's folder.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one JSON document.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The language of messages.")
@click.version_option(package_name="entrepot")
@click.pass_context
def entrepot(context: click.Context, folder: Path | None, as_json: bool, lang: str | None) -> None:
    """Suppliers, inquiries, negotiation and quotations, offline.

    Without a command, the window opens.
    """
    language = lang or system_language()
    context.obj = Console(folder or default_book(), json=as_json, language=language)
    if context.invoked_subcommand is None:
        check_display()
        from ui.window.main import open_window

        sys.exit(open_window(folder, lang))


for _command in (
    init,
    demo,
    undo,
    redo,
    history,
    import_command,
    export,
    inspect,
    list_command,
    show,
    inquiry,
    request,
    offer,
    quote,
    table,
    thread,
    search,
    complete,
    reindex,
    check,
    backup,
    restore,
    self_test,
):
    entrepot.add_command(_command)


@entrepot.command(name="try-window", hidden=True)
@pass_console
def try_window(console: Console) -> int:
    """Open the window on the book, wait until it stands, and close it."""
    from ui.window.trial import open_and_close

    return open_and_close(console.folder, console.language)


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns the exit code: 0, 1, 2 or 3."""
    utf8_output()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        result = entrepot.main(args=_json_first(words), prog_name="entrepot", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return EXIT_USAGE
    except (click.Abort, Cancelled, KeyboardInterrupt):
        return EXIT_TROUBLE
    except Exception as error:
        return _report(error, words)
    return result if isinstance(result, int) else 0


def _json_first(words: list[str]) -> list[str]:
    """``--json`` is an option before the command and is as good after it."""
    end = words.index("--") if "--" in words else len(words)
    options = words[:end]
    if "--json" not in options:
        return words
    return ["--json", *(word for word in options if word != "--json"), *words[end:]]


def _report(error: Exception, words: list[str]) -> int:
    message = trouble_of(error)
    if message is None:
        traceback.print_exception(error)
        return EXIT_DEFECT
    language = words[words.index("--lang") + 1] if "--lang" in words else system_language()
    console = Console(default_book(), json=False, language=language)
    click.echo(console.words.text(message), err=True)
    return EXIT_TROUBLE
