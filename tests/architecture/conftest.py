"""Owns the fixtures that give the tests of the program's shape its source.

Must not import the program: its shape is read, not run.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from source_tree import FLOORS, PROJECT, Module, modules_in


@pytest.fixture(scope="session")
def program() -> tuple[Module, ...]:
    """The modules of the program's floors."""
    return modules_in(*FLOORS)


@pytest.fixture(scope="session")
def everything(program: tuple[Module, ...]) -> tuple[Module, ...]:
    """The program, its tests and the files at the top."""
    top = tuple(Module(path) for path in sorted(PROJECT.glob("*.py")))
    return program + modules_in("tests") + top


@pytest.fixture(scope="session")
def kept_files() -> tuple[Path, ...]:
    """The files under version control; every file where git is not there to ask."""
    command = ["git", "-C", str(PROJECT), "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the list of files under version control needs git and a clone")
    paths = (PROJECT / line for line in answer.stdout.splitlines())
    return tuple(path for path in paths if path.is_file())
