"""Sets Entrepot up on this computer and starts it; needs Python 3.11 and nothing else.

    python3 run.py                  opens the program
    python3 run.py tests ...        passes the tests; further words go to pytest
    python3 run.py import FILE      any other words go to the command line

Owns the set-up: the virtual environment ``.venv``, the packages of pyproject.toml at the versions
of constraints.txt, and on Debian and Ubuntu the system libraries Qt needs. What is done already
is not done again. Must not import anything outside the standard library.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
DONE = VENV / "set-up.txt"
OLDEST_PYTHON = (3, 11)

# What Qt loads on Linux beside its own files, and the Debian package that holds each.
QT_NEEDS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
CHINESE_FONTS = ("cjk", "wqy", "sourcehan", "notosanssc", "uming", "ukai", "droidsansfallback")


class SetUpError(Exception):
    """The set-up can't go on; the text says what the person can do about it."""


def main(words: list[str]) -> int:
    """Set up what is missing, then open the window, run the tests or pass ``words`` on."""
    testing = words[:1] == ["tests"]
    try:
        set_up("[dev]" if testing else "")
    except SetUpError as trouble:
        print(f"\nEntrepot can't start: {trouble}", file=sys.stderr)
        return 3
    if not testing:
        return call(in_venv("entrepot"), *words)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(PROJECT)
    return call(in_venv("python"), "-m", "pytest", *words[1:])


def set_up(extra: str) -> None:
    """Bring system libraries, virtual environment and packages to what ``extra`` asks for."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetUpError(f"it needs Python 3.11 or newer, and this is {sys.version.split()[0]}.")
    if sys.platform == "linux":
        install_for_debian(missing_on_linux())
    python, state = sys.version.split()[0], fingerprint()
    done = DONE.read_text(encoding="utf-8").split() if DONE.exists() else []
    if done in ([python, state + extra], [python, state + "[dev]"]):
        return
    say("Setting up; the first time this takes a few minutes.")
    if done[:1] != [python]:
        must("the folder .venv can't be made.", sys.executable, "-m", "venv", "--clear", VENV)
    must(
        "the packages could not be fetched. Only this step needs a network: connect the computer "
        "(behind a proxy set HTTPS_PROXY) and start again.",
        *(in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("--constraint", PROJECT / "constraints.txt", "--editable", f"{PROJECT}{extra}"),
    )
    DONE.write_text(f"{python} {state}{extra}", encoding="utf-8")


def fingerprint() -> str:
    """What the packages depend on, in short; settings of tools don't count."""
    import tomllib  # since Python 3.11; older ones are told so before this

    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [settings["build-system"], settings["project"], settings["tool"]["setuptools"]]
    content = f"{PROJECT} {named} {(PROJECT / 'constraints.txt').read_text(encoding='utf-8')}"
    return hashlib.sha256(content.encode()).hexdigest()


def missing_on_linux() -> list[str]:
    """The Debian packages whose content this computer lacks."""
    missing = [package for library, package in QT_NEEDS.items() if not is_there(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    with_apt = shutil.which("apt-get") is not None
    if with_apt and (missing or os.geteuid() == 0) and not has_chinese_font():
        missing.append("fonts-noto-cjk")
    return missing


def install_for_debian(packages: list[str]) -> None:
    """Install ``packages`` as root on Debian or Ubuntu; elsewhere say what is to be installed."""
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        needs = [library for library, package in QT_NEEDS.items() if package in packages]
        raise SetUpError(f"install with the system's package tool: {' '.join(needs or packages)}")
    if os.geteuid() != 0:
        raise SetUpError(
            f"system libraries are missing. Install them:\n\n  sudo {' '.join(command)}\n"
        )
    say(f"Installing from the system's packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["apt-get", "update"], command):
        done = subprocess.run(words, check=False, env=quiet, capture_output=True, text=True)
    if done.returncode != 0:
        raise SetUpError(f"this failed: {' '.join(command)}\n{done.stderr}")


def is_there(library: str) -> bool:
    """Whether the system finds the shared ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters lies where fontconfig looks."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    names = (file.name.lower().replace("-", "") for folder in folders for file in folder.rglob("*"))
    return any(word in name for name in names for word in CHINESE_FONTS)


def in_venv(program: str) -> Path:
    """Where ``program`` lies in the virtual environment."""
    if sys.platform == "win32":
        return VENV / "Scripts" / f"{program}.exe"
    return VENV / "bin" / program


def must(otherwise: str, *command: object) -> None:
    """Run ``command``; when it fails, stop with the words ``otherwise``."""
    if call(*command) != 0:
        raise SetUpError(otherwise)


def call(*command: object) -> int:
    """Run ``command`` with this terminal and return its exit code."""
    try:
        return subprocess.run([str(word) for word in command], check=False).returncode
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """Tell the person what is going on, on standard error, out of the way of JSON."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
