"""Owns the checks of the texts for people: both languages, every key, every placeholder.

Must not judge wording; people do.
"""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from source_tree import Module

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
Texts = dict[str, dict[str, str]]
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def texts() -> Texts:
    """Language → key → text."""
    return {folder.name: dict(_texts(folder)) for folder in sorted(TRANSLATIONS.iterdir())}


@pytest.fixture(scope="module")
def keys_used(program: tuple[Module, ...], texts: Texts) -> dict[str, str]:
    """Key → where the code names it, for every text literal shaped like a key of a text file."""
    slices = {key.partition(".")[0] for known in texts.values() for key in known}
    return {
        literal: f"{module.place}:{line}"
        for module in program
        for literal, line in module.literals()
        if KEY.fullmatch(literal) and literal.partition(".")[0] in slices
    }


def test_english_and_chinese_are_the_languages(texts: Texts) -> None:
    assert set(texts) == {"en", "zh_CN"}


def test_both_languages_have_the_same_keys(texts: Texts) -> None:
    assert sorted(set(texts["en"]) ^ set(texts["zh_CN"])) == []


def test_both_languages_have_the_same_placeholders(texts: Texts) -> None:
    different = [
        f"{key}: {_placeholders(english)} and {_placeholders(texts['zh_CN'][key])}"
        for key, english in texts["en"].items()
        if key in texts["zh_CN"] and _placeholders(english) != _placeholders(texts["zh_CN"][key])
    ]
    assert not different


def test_no_text_is_empty(texts: Texts) -> None:
    assert not [key for known in texts.values() for key, text in known.items() if not text.strip()]


def test_english_has_no_chinese_characters(texts: Texts) -> None:
    assert not [
        key
        for key, text in texts["en"].items()
        if HAN.search(text) and not key.startswith("language.")
    ]


def test_every_key_that_the_code_names_exists(texts: Texts, keys_used: dict[str, str]) -> None:
    known = set(texts["en"]) | _groups(texts["en"])
    missing = [f"{place}: {key}" for key, place in keys_used.items() if key not in known]
    assert not missing


def test_a_key_put_together_starts_with_the_name_of_a_group(
    program: tuple[Module, ...], texts: Texts
) -> None:
    starts = tuple(sorted({key.partition(".")[0] + "." for key in texts["en"]}))
    lost = [
        f"{module.place}:{line}: {start}"
        for module in program
        for start, line in _starts_of_pieced_texts(module)
        if start.startswith(starts) and not any(key.startswith(start) for key in texts["en"])
    ]
    assert not lost


def test_texts_are_there_to_be_used(
    program: tuple[Module, ...], texts: Texts, keys_used: dict[str, str]
) -> None:
    groups = {f"{literal}." for literal in keys_used if literal not in texts["en"]}
    slices = {key.partition(".")[0] for key in texts["en"]}
    pieced = {start for module in program for start, _ in _starts_of_pieced_texts(module)}
    groups |= {start for start in pieced if start.partition(".")[0] in slices and "." in start}
    unused = [
        key
        for key in texts["en"]
        if key not in keys_used and not any(key.startswith(group) for group in groups)
    ]
    assert not unused


def _groups(keys: Iterable[str]) -> set[str]:
    """The names of nested tables: ``directory.field`` where there is ``directory.field.city``."""
    return {
        key[:dot] for key in keys for dot in range(len(key)) if key[dot] == "." and "." in key[:dot]
    }


def _starts_of_pieced_texts(module: Module) -> Iterator[tuple[str, int]]:
    for node in module.nodes:
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant) and len(node.values) > 1:
                yield str(first.value), node.lineno


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.toml")):
        yield from _flat(file.stem, tomllib.loads(file.read_text(encoding="utf-8")))


def _flat(prefix: str, content: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)


def _placeholders(text: str) -> set[str]:
    return {name.partition("!")[0] for _, name, _, _ in string.Formatter().parse(text) if name}
