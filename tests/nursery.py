"""Owns processes that are killed: forks of one that has imported what they need, so that many are cheap.

Must not know what they do.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

PROJECT = Path(__file__).resolve().parents[1]
_NURSERY = """
import os, sys
print("ready", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        live()
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


class Nursery:
    """Runs ``code``, which defines ``live()``, with ``arguments`` as ``sys.argv[1:]``, and waits for it.

    ``live`` prints its process id when it begins what it may be killed in, and never returns.
    """

    def __init__(self, code: str, *arguments: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", code + _NURSERY, *map(str, arguments)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def __enter__(self) -> Nursery:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def killed_after(self, seconds: float) -> list[str]:
        """What a new child said from its beginning until it was killed."""
        asked, said = self._process.stdin, self._process.stdout
        assert asked is not None
        assert said is not None
        asked.write("\n")
        asked.flush()
        child = int(said.readline())
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        return list(iter(said.readline, "gone\n"))
