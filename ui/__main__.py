"""Owns the start as a program: ``python -m ui`` and the installed one.

Must not import the program before it is known that this is not one of its reading processes: in
the installed program those start here as well, and end in ``freeze_support``.
"""

import multiprocessing
import sys


def start() -> int:
    """Runs the program; returns the exit code."""
    multiprocessing.freeze_support()
    from ui.entry import main

    return main()


if __name__ == "__main__":
    sys.exit(start())
