"""Owns the program's one door: the command line, and the window where no command is given.

Must not import Qt before the window is asked for.
"""

from __future__ import annotations

import gc
import itertools
import locale
import os
import sys
import traceback
from pathlib import Path

import click

from app.desk import load_services
from app.folders import default_book
from app.kernel.errors import Cancelled
from app.kernel.language import LANGUAGES, catalogue
from ui.commands.console import Console, pass_console, utf8_output
from ui.commands.groups import CommandGroup

EXIT_DEFECT, EXIT_USAGE, EXIT_TROUBLE = 1, 2, 3
#: Garbage is looked for once there are so many: the libraries a command imports bring many that stay.
_NEW_OBJECTS = 20_000

_COMMANDS = {
    "init": ("ui.commands.book:init", "Make an empty book."),
    "demo": (
        "ui.commands.demo:demo",
        "Fill an empty book, made if there is none, with the sample data.",
    ),
    "inspect": ("ui.commands.imports:inspect", "Show what an import would see in a file."),
    "table": (
        "ui.commands.table:table",
        "Write each file's main table, as the importer reads it, to FOLDER as CSV.",
    ),
    "import": ("ui.commands.imports:import_command", "Import a file as one operation."),
    "undo": ("ui.commands.book:undo", "Take back the last operation, or the given one."),
    "redo": ("ui.commands.book:redo", "Do again what the last undo took back."),
    "history": (
        "ui.commands.book:history",
        "List what was done, newest first; of one record with what changed in it.",
    ),
    "search": ("ui.commands.search:search", "Find records by any words, codes, numbers or pinyin."),
    "complete": ("ui.commands.search:complete", "Show what the search box shows while typing."),
    "list": ("ui.commands.records:list_command", "List the records of a kind."),
    "show": ("ui.commands.records:show", "Show one record whole, by its id or number."),
    "export": (
        "ui.commands.export:export",
        "Write a list to FILE (.xlsx, .csv, contacts also .vcf).",
    ),
    "file": (
        "ui.commands.files:file",
        "Files that hang on companies, products, inquiries and quotations; `show` lists them.",
    ),
    "picture": (
        "ui.commands.pictures:picture",
        "Pictures of products and companies, the first being the main one; `show` lists them.",
    ),
    "tag": (
        "ui.commands.tags:tag",
        "Words hung on companies and products, to find them by: `list KIND --where tags:WORD`.",
    ),
    "inquiry": ("ui.commands.inquiry:inquiry", "What buyers ask for, and who can make it."),
    "request": ("ui.commands.sourcing:request", "Ask suppliers for prices."),
    "offer": ("ui.commands.offers:offer", "What suppliers offered, side by side."),
    "thread": ("ui.commands.thread:thread", "Mails, chats and what was bargained in them."),
    "quote": ("ui.commands.quote:quote", "Draft, cost, revise, compare and export quotations."),
    "backup": ("ui.commands.upkeep:backup", "Write the whole book to one verified file."),
    "restore": (
        "ui.commands.upkeep:restore",
        "Put a backup in the place of the book; what was there is kept beside it.",
    ),
    "check": (
        "ui.commands.upkeep:check",
        "Look for damage in the book; exit code 3 where some is left.",
    ),
    "reindex": ("ui.commands.search:reindex", "Build the search index anew."),
    "self-test": (
        "ui.commands.selftest:self_test",
        "Try the program on a temporary book: import, search, export, back up, undo, quote, open the window.",
    ),
}


def system_language() -> str:
    """The language of the system: Chinese where it is set to any Chinese, else English."""
    name = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


@click.group(cls=CommandGroup, places=_COMMANDS, invoke_without_command=True)
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
        from ui.display import check_display

        check_display()
        load_services()
        from ui.window.main import open_window

        sys.exit(open_window(folder, lang))


@entrepot.command(name="try-window", hidden=True)
@pass_console
def try_window(console: Console) -> int:
    """Open the window on the book, wait until it stands, and close it."""
    load_services()
    from ui.window.trial import open_and_close

    return open_and_close(console.folder, console.language)


def main(arguments: list[str] | None = None) -> int:
    """Runs the program; returns the exit code: 0, 1, 2 or 3."""
    gc.set_threshold(_NEW_OBJECTS)
    utf8_output()
    words = sys.argv[1:] if arguments is None else arguments
    try:
        result = entrepot.main(args=words, prog_name="entrepot", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return EXIT_USAGE
    except (click.Abort, Cancelled, KeyboardInterrupt):
        return EXIT_TROUBLE
    except Exception as error:
        return _report(error, words)
    return result if isinstance(result, int) else 0


def _report(error: Exception, words: list[str]) -> int:
    from app.trouble import trouble_of

    message = trouble_of(error)
    if message is None:
        traceback.print_exception(error)
        return EXIT_DEFECT
    click.echo(catalogue(_language_in(words)).text(message), err=True)
    return EXIT_TROUBLE


def _language_in(words: list[str]) -> str:
    """The language asked for on a command line, else the system's."""
    given = " ".join(words).replace("--lang=", "--lang ").split()
    pairs = itertools.pairwise(given)
    chosen = [value for option, value in pairs if option == "--lang" and value in LANGUAGES]
    return chosen[-1] if chosen else system_language()
