"""Owns what a search of everything is built of: the fields of all lists and their values.

Must not search.
"""

from __future__ import annotations

from ui.context import Context
from ui.forms.condition_editor import QueryTerms


def search_terms(context: Context) -> QueryTerms:
    """The terms of the search box and of the page of what it found."""
    fields, lists = context.desk.search.fields, context.desk.lists
    return QueryTerms(fields.offered, fields.parsed, lists.values, context.tasks)
