"""Owns the measures of the source: size of modules and functions, and what a module says of itself.

Must not have a list of exceptions; a migration step is the only kind of file that is not measured.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from statistics import median

from source_tree import Module

MOST_LINES_OF_A_MODULE = 500
MOST_LINES_OF_A_FUNCTION = 60
LINES_OF_A_SHORT_FUNCTION = 30
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "base"}


def test_no_module_is_longer_than_500_lines(everything: tuple[Module, ...]) -> None:
    too_long = [
        f"{module.place}: {module.lines}"
        for module in everything
        if module.lines > MOST_LINES_OF_A_MODULE and not module.is_migration
    ]
    assert not too_long


def test_half_of_the_modules_have_fewer_than_150_lines(program: tuple[Module, ...]) -> None:
    assert median(module.lines for module in program) < 150


def test_no_function_is_longer_than_60_lines(everything: tuple[Module, ...]) -> None:
    too_long = [
        f"{function.place}: {function.lines}"
        for module in everything
        if not module.is_migration
        for function in module.functions()
        if function.lines > MOST_LINES_OF_A_FUNCTION
    ]
    assert not too_long


def test_nine_functions_in_ten_have_at_most_30_lines(program: tuple[Module, ...]) -> None:
    lengths = [
        function.lines
        for module in program
        if not module.is_migration
        for function in module.functions()
    ]
    short = sum(length <= LINES_OF_A_SHORT_FUNCTION for length in lengths)
    assert short >= 0.9 * len(lengths)


def test_every_module_says_what_it_owns_and_what_it_must_not_do(
    program: tuple[Module, ...],
) -> None:
    silent = [
        module.place
        for module in program
        if module.defines_something and not module.is_migration and not _says_both(module.tree)
    ]
    assert not silent, "a module's docstring needs 'Owns …' and 'Must not …'"


def test_names_say_what_things_are(everything: tuple[Module, ...]) -> None:
    vague = [
        f"{module.place}: {name}"
        for module in everything
        for name in _names(module)
        if VAGUE & set(_words(name))
    ]
    assert not vague


def _says_both(tree: ast.Module) -> bool:
    said = ast.get_docstring(tree) or ""
    return bool(re.search(r"\bOwns\b", said) and re.search(r"\bMust not\b", said))


def _names(module: Module) -> Iterator[str]:
    """The folder and file names, and the names of classes."""
    yield from module.place.removesuffix(".py").split("/")
    for node in module.nodes:
        if isinstance(node, ast.ClassDef):
            yield node.name


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
