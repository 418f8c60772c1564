"""Owns the book's files: each content once, named by its SHA-256, written whole or not at all.

Must not know where a file is used; ``FileRecord`` and what refers to it do.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class FileStore:
    """The folder of contents; two-letter subfolders keep it listable."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies, whether or not it is there."""
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keeps ``content`` and returns its hash; a content that is there already costs nothing."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
        return sha256

    def read(self, sha256: str) -> bytes:
        """The content with this hash; raises :class:`FileNotFoundError` where it is missing."""
        return self.path(sha256).read_bytes()
