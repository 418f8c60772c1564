"""Owns printing a workbook as a PDF with the office program on this computer, where there is one.

Only a program that draws any workbook can print a person's own template in its own look. Must not
be needed for the papers of the built-in templates.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from app.kernel.errors import AppError
from app.kernel.safe_write import safe_write

#: LibreOffice starts in seconds; what has not printed by then has stopped.
_SECONDS = 90
_USUAL_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


def office_program() -> str | None:
    """LibreOffice on this computer, None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def print_workbook(program: str, workbook: Path, path: Path) -> None:
    """Prints ``workbook`` as the PDF ``path``, which is whole or untouched.

    Raises :class:`AppError` ``papers.office_failed`` where the program prints nothing.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A profile of its own: an open LibreOffice would take the work over, and its macros run.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--norestore", "--convert-to", "pdf"]
        environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
        try:
            subprocess.run(
                [*command, "--outdir", str(folder), str(workbook)],
                check=True,
                capture_output=True,
                timeout=_SECONDS,
                env=environment,
            )
            content = (folder / workbook.with_suffix(".pdf").name).read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise AppError("papers.office_failed", file=path.name) from error
    with safe_write(path) as file:
        file.write_bytes(content)
