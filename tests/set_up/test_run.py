"""Owns the checks of ``run.py``: what it says where it can't go on, and when it sets up again.

Must not install anything; that is shown on a bare system, not in a test.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run() -> ModuleType:
    """A fresh copy of ``run.py`` as a module."""
    spec = importlib.util.spec_from_file_location("run", PROJECT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((PROJECT / "run.py").read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_python_that_is_too_old_is_named(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "OLDEST_PYTHON", (99, 0))
    assert run.main(["--help"]) == 3
    assert sys.version.split()[0] in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="a system with apt-get is needed")
def test_an_ordinary_user_is_told_the_command_that_installs_what_is_missing(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(run.QT_NEEDS, "libnowhere.so.0", "libnowhere0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(run.SetUpError, match=r"sudo apt-get install .*libnowhere0"):
        run.install_for_debian(run.missing_on_linux())


@pytest.mark.skipif(sys.platform != "linux", reason="Linux looks for shared libraries")
def test_a_system_without_apt_is_told_the_names_of_the_libraries(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(run.QT_NEEDS, "libnowhere.so.0", "libnowhere0")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(run.SetUpError, match=r"libnowhere\.so\.0"):
        run.install_for_debian(["libnowhere0"])


def test_the_packages_are_installed_again_only_when_their_versions_change(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("pyproject.toml", "constraints.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    monkeypatch.setattr(run, "PROJECT", tmp_path)
    before = run.fingerprint()
    assert run.fingerprint() == before
    with (tmp_path / "constraints.txt").open("a", encoding="utf-8") as constraints:
        constraints.write("one-more==1.0\n")
    assert run.fingerprint() != before


def test_a_step_that_fails_stops_with_what_to_do(run: ModuleType) -> None:
    with pytest.raises(run.SetUpError, match="connect the computer"):
        run.must("connect the computer", sys.executable, "-c", "raise SystemExit(1)")
