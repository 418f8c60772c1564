"""Owns groups of commands: imported when one of them is called, each with the options of all.

Must not know any command; a group is told where its commands are.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

from app.kernel.language import LANGUAGES
from ui.commands.console import Console


class CommandGroup(click.Group):
    """A group whose ``places`` say where each command is (``module:attribute``) and what it does.

    A command takes with it what it needs (the services, the database, readers of sheets), so that
    calling one does not wait for those of all others, and telling what there is for none. ``--json`` and ``--lang`` are as good behind
    a command as before it; a command with such an option of its own keeps that.
    """

    def __init__(
        self, *args: Any, places: Mapping[str, tuple[str, str]] | None = None, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._places = dict(places or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, imported or not."""
        return [*self._places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now if it was not before."""
        command = self._placed(cmd_name) or super().get_command(ctx, cmd_name)
        if command is not None and not isinstance(command, click.Group):
            own = {name for param in command.params for name in param.opts}
            command.params += [option for option in _shared() if own.isdisjoint(option.opts)]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tells what each command does, in the words of the ``places``."""
        own = {
            name: one.get_short_help_str() for name, one in self.commands.items() if not one.hidden
        }
        told = {name: does for name, (_, does) in self._places.items()} | own
        with formatter.section("Commands"):
            formatter.write_dl(list(told.items()))

    def _placed(self, name: str) -> click.Command | None:
        if name not in self._places:
            return None
        module, _, attribute = self._places[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


def _shared() -> list[click.Option]:
    """The options before the command, once more for behind it."""
    return [
        click.Option(["--json"], is_flag=True, expose_value=False, callback=_set_json, hidden=True),
        click.Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_set_language,
            hidden=True,
        ),
    ]


def _set_json(context: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Console).json = True


def _set_language(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        context.ensure_object(Console).language = value
