"""Where the tables of a sheet are: headings, records, groups, and what stands around them.

Must not know fields or kinds beyond the lexicon of headings, nor the book.
"""

from app.sheets.layout.regions import ExcludedRow, TableRegion
from app.sheets.layout.tables import find_tables

__all__ = ["ExcludedRow", "TableRegion", "find_tables"]
