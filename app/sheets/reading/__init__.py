"""Owns reading of foreign files: any spreadsheet, text table or vCard becomes a plain workbook.

Must not know layouts, mappings or the book. Nothing in here trusts the file: everything is parsed
in a child process with limits.
"""

from app.sheets.reading.front import Reader, read

__all__ = ["Reader", "read"]
