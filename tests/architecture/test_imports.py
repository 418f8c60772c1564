"""Owns the rules about imports: runs the contracts of pyproject.toml and adds what they can't say.

Must not have exceptions by name; a rule that needs one is the wrong rule.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_tree import Module

PROJECT = Path(__file__).resolve().parents[2]
LINT = Path(sysconfig.get_path("scripts"), "lint-imports")

# Slices that are about the trade. The others work machinery: workbooks, an index, the journal.
TRADE = ("directory", "inquiries", "negotiation", "quotations")
# What touches the database in them: services write, views and lists read, drafts become records.
DOORS = {"service", "services", "views", "lists", "forms"}
SHARED = {"", "kernel", "fields", "query"}
# What every slice stands on and may use anywhere.
MACHINERY = SHARED | {"lists", "forms", "trouble"}
# Where all slices are put together: the desk, and the lists it offers.
COMPOSITION = {"desk", "services", "listings"}
VALUE_LIBRARIES = {"babel", "opencc", "phonenumbers", "pypinyin", "rapidfuzz", "stdnum"}
# A slice's ``reading`` package takes foreign files apart, in a process of its own.
PARSERS = {"nh3", "olefile"}


def test_the_contracts_of_the_floors_hold() -> None:
    # In a process of its own: it sets up logging anew, and no test after it would see a stray line.
    said = subprocess.run([LINT], check=False, cwd=PROJECT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_every_package_at_the_top_has_its_place_in_the_contracts() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    packages = {file.parent.name for file in PROJECT.glob("*/__init__.py")}
    assert packages == set(settings["importlinter"]["root_packages"])


def test_only_services_and_views_of_a_trade_slice_touch_the_database(
    program: tuple[Module, ...],
) -> None:
    wrong = [
        f"{module.place}:{line} imports {name}"
        for module in program
        if _slice(module.name) in TRADE and not _is_a_door(module.name)
        for name, line in _imports(module)
        if name.split(".")[0] in {"database", "sqlalchemy"}
    ]
    assert not wrong, "rules are pure; reading belongs in views, writing in the service"


def test_rules_need_only_the_standard_library_and_small_value_libraries(
    program: tuple[Module, ...],
) -> None:
    wrong = [
        f"{module.place}:{line} imports {name}"
        for module in program
        if (_slice(module.name) in TRADE and not _is_a_door(module.name))
        or _slice(module.name) == "kernel"
        for name, line in _imports(module)
        if not _is_fit_for_rules(name, of=_slice(module.name))
        and not ("reading" in module.name.split(".") and name.split(".")[0] in PARSERS)
    ]
    assert not wrong


def test_slices_meet_in_services_and_views_only(program: tuple[Module, ...]) -> None:
    wrong = [
        f"{module.place}:{line} imports {name}"
        for module in program
        if module.floor == "app"
        and _slice(module.name) not in COMPOSITION
        and not _is_a_door(module.name)
        for name, line in _imports(module)
        if name.startswith("app.")
        and _slice(name) not in MACHINERY | {_slice(module.name)}
        and not (_slice(module.name) not in TRADE and _is_rule(name))
    ]
    assert not wrong, "machinery may use the pure rules of the trade, not its services and views"


@pytest.mark.parametrize("library", ["random", "requests"])
def test_the_check_tells_own_names_from_foreign_ones(library: str) -> None:
    assert _is_fit_for_rules(library, of="quotations") == (library == "random")
    assert not _is_fit_for_rules(f"app.quotations.service.{library}", of="quotations")
    assert not _is_fit_for_rules("app.inquiries.matching", of="quotations")
    assert _is_fit_for_rules("app.kernel.money", of="quotations")


def _slice(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[0] == "app" and len(parts) > 1 else ""


def _is_rule(name: str) -> bool:
    """Whether a module is a pure rule of the trade: a workbook's phones are read by the phones' rule."""
    return _slice(name) in TRADE and not _is_a_door(name)


def _is_a_door(name: str) -> bool:
    """Whether a module may touch the database, by the words of its path inside the slice."""
    return any(DOORS & set(part.split("_")) for part in name.split(".")[2:])


def _is_fit_for_rules(name: str, *, of: str) -> bool:
    top = name.split(".")[0]
    if top == "app":
        return _slice(name) in SHARED | {of} and not _is_a_door(name)
    return top in sys.stdlib_module_names | VALUE_LIBRARIES or top == "resources"


def _imports(module: Module) -> Iterator[tuple[str, int]]:
    """Every imported name with its line, wherever the import stands."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
