"""Owns where the user's book, backups and what can be made anew lie where no folder is named.

Must not make a folder nor open a book.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs


def default_book() -> Path:
    """The book used where none is named: in the user's data folder."""
    return Path(platformdirs.user_data_dir("Entrepot", appauthor=False)) / "book"


def default_data() -> Path:
    """The user's data folder, where automatic backups lie."""
    return default_book().parent


def default_cache() -> Path:
    """The folder for what can be made anew, the user's own."""
    return Path(platformdirs.user_cache_dir("Entrepot", appauthor=False))


def has_book(folder: Path) -> bool:
    """Whether there is a book, or what should be one, in ``folder``."""
    from database.opening import DATABASE_FILE

    return (folder / DATABASE_FILE).exists()
