"""Owns the parsed source of the program that the tests of its shape look at.

Must not import the program: its shape is read, not run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
FLOORS = ("app", "database", "resources", "ui")
NOT_OURS = {".venv", "build", "dist", "__pycache__"}

FUNCTION_NODES = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Function:
    """One function and where it stands."""

    name: str
    place: str
    lines: int


@dataclass(frozen=True)
class Module:
    """One Python file of the project."""

    path: Path

    @property
    def place(self) -> str:
        """The path as it reads from the top of the project."""
        return self.path.relative_to(PROJECT).as_posix()

    @property
    def floor(self) -> str:
        """The top folder."""
        return self.place.split("/")[0]

    @property
    def name(self) -> str:
        """The dotted name that an import would use."""
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def is_migration(self) -> bool:
        """Whether it is a frozen step of the schema, which is written once and never shaped again."""
        return "migrations/versions/" in self.place

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The source, parsed."""
        return ast.parse(self.text, self.place)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the source."""
        return tuple(ast.walk(self.tree))

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.text.splitlines())

    @property
    def defines_something(self) -> bool:
        """Whether it has a function or class of its own."""
        return any(isinstance(node, (*FUNCTION_NODES, ast.ClassDef)) for node in self.tree.body)

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones as well."""
        for node in self.nodes:
            if isinstance(node, FUNCTION_NODES):
                assert node.end_lineno is not None
                place = f"{self.place}:{node.lineno} {node.name}"
                yield Function(node.name, place, node.end_lineno - node.lineno + 1)

    def literals(self) -> Iterator[tuple[str, int]]:
        """Every text literal that is not documentation, with its line."""
        documentation = {id(string) for string in _documentation(self.nodes)}
        for node in self.nodes:
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in documentation:
                yield node.value, node.lineno


def _documentation(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        if isinstance(node, ast.Expr):
            yield node.value


def modules_in(*folders: str) -> tuple[Module, ...]:
    """Every Python file below ``folders``."""
    found = (path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py")))
    return tuple(Module(path) for path in found if not NOT_OURS & set(path.parts))
