"""Which column holds which field, how sure that is and why, and which kind of sheet it is.

Must not change the book.
"""

from app.sheets.mapping.assignment import map_columns
from app.sheets.mapping.columns import ColumnMapping, Overrides
from app.sheets.mapping.kinds import KindGuess, guess_kind

__all__ = ["ColumnMapping", "KindGuess", "Overrides", "guess_kind", "map_columns"]
