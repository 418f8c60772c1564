"""Owns the check that everything the program ships may be given on under the MIT licence.

Must not let a package through whose licence nobody knows.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parents[2]

FREE = re.compile(
    r"\b(MIT|MIT-CMU|HPND|BSD|0BSD|BSD-[234]-Clause|Apache|Apache-2\.0|Apache License|ISC|ISCL|zlib"
    r"|PSF|PSFL|PSF-2\.0|Python-2\.0|Python Software Foundation|MPL|MPL-2\.0|Unlicense|CC0-1\.0"
    r"|LGPL|LGPL-[23]\.[01](-only|-or-later)?|GNU Lesser General Public License)\b",
    re.IGNORECASE,
)
BINDING = re.compile(
    r"\b(AGPL|GPL|Affero|GNU General Public License|SSPL|Commons Clause)", re.IGNORECASE
)

# Packages whose metadata name no licence: words that stand in the licence file they ship.
READ_BY_HAND = {
    "sqlcipher3": "Altered source versions must be plainly marked as such",
}


def _needed() -> dict[str, Distribution]:
    """Every package the program needs at run time, through all levels."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    waiting = [Requirement(line) for line in settings["project"]["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        requirement = waiting.pop()
        name = requirement.name.lower()
        if name in found or not _applies(requirement):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(line) for line in found[name].requires or ()]
    return found


def _applies(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _stated(package: Distribution) -> str:
    """The licence as the package's metadata state it."""
    stated = package.metadata.get("License-Expression")
    if stated:
        return stated
    classifiers = package.metadata.get_all("Classifier") or []
    trove = [line.rpartition("::")[2] for line in classifiers if line.startswith("License ::")]
    return " AND ".join([*trove, *filter(None, [package.metadata.get("License")])])[:200]


def _may_be_given_on(stated: str) -> bool:
    """Whether one of the licences offered, or all of those that hold together, are free enough."""
    choices = re.split(r"\s+OR\s+", stated)
    return any(FREE.search(choice) and not BINDING.search(choice) for choice in choices)


def _shipped_licence(package: Distribution) -> str:
    files = [file for file in package.files or () if "licen" in file.name.lower()]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


NEEDED = _needed()


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_the_licence_allows_giving_the_program_on(name: str) -> None:
    if name in READ_BY_HAND:
        assert READ_BY_HAND[name] in _shipped_licence(NEEDED[name])
    else:
        assert _may_be_given_on(_stated(NEEDED[name])), _stated(NEEDED[name]) or "unknown"


@pytest.mark.parametrize(
    "stated",
    [
        "GPL-3.0-only",
        "GNU General Public License v3",
        "AGPL-3.0",
        "",
        "Proprietary",
        "MIT AND GPL-2.0",
    ],
)
def test_a_binding_or_unknown_licence_is_refused(stated: str) -> None:
    assert not _may_be_given_on(stated)


def test_every_direct_dependency_is_pinned_to_one_version() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = settings["dependencies"] + settings["optional-dependencies"]["dev"]
    assert not [line for line in lines if "==" not in line]
