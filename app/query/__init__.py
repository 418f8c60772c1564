"""The query language: words, phrases, conditions on fields, and their combinations, as a tree.

The same in the search box, in list filters, in saved views and on the command line.
"""

from app.query.parser import Parsed, Trouble, parse
from app.query.printing import text_of
from app.query.tree import And, Condition, Everything, Has, Not, Operator, Or, Phrase, Query, Word

__all__ = [
    "And",
    "Condition",
    "Everything",
    "Has",
    "Not",
    "Operator",
    "Or",
    "Parsed",
    "Phrase",
    "Query",
    "Trouble",
    "Word",
    "parse",
    "text_of",
]
